/* gsc-head-modes.c - which heads a user has ablated, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-modes.h"

static gsize
get_index (const GscModelConfig *config, guint layer, guint head)
{
  return layer * (gsize) config->heads + head;
}

GBytes *
gsc_head_modes_set (
    GBytes *modes, const GscModelConfig *config, guint layer, guint head, GscAblationMode mode)
{
  gsize n = (gsize) config->depth * (gsize) config->heads;
  g_autofree guint8 *changed = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (layer < (guint) config->depth && head < (guint) config->heads, NULL);
  g_return_val_if_fail (modes == NULL || g_bytes_get_size (modes) == n, NULL);

  changed = modes != NULL ? g_memdup2 (g_bytes_get_data (modes, NULL), n) : g_new0 (guint8, n);
  changed[get_index (config, layer, head)] = (guint8) mode;
  bytes = g_bytes_new_take (g_steal_pointer (&changed), n);
  return gsc_head_modes_count (bytes) > 0 ? g_steal_pointer (&bytes) : NULL;
}

GscAblationMode
gsc_head_modes_get (GBytes *modes, const GscModelConfig *config, guint layer, guint head)
{
  gsize n = 0;
  const guint8 *data = modes != NULL ? g_bytes_get_data (modes, &n) : NULL;
  gsize index = get_index (config, layer, head);

  return index < n ? (GscAblationMode) data[index] : GSC_ABLATION_NONE;
}

static guint
count (GBytes *modes, gboolean means_only)
{
  gsize n = 0;
  const guint8 *data = modes != NULL ? g_bytes_get_data (modes, &n) : NULL;
  guint found = 0;

  for (gsize i = 0; i < n; i++)
    found += means_only ? data[i] == GSC_ABLATION_MEAN : data[i] != GSC_ABLATION_NONE;
  return found;
}

guint
gsc_head_modes_count (GBytes *modes)
{
  return count (modes, FALSE);
}

gboolean
gsc_head_modes_need_means (GBytes *modes)
{
  return count (modes, TRUE) > 0;
}

gboolean
gsc_head_modes_equal (GBytes *a, GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

GscAblation *
gsc_head_modes_make_ablation (GBytes *modes, const GscModelConfig *config, const GscAblation *means)
{
  GscAblation *ablation;

  if (modes == NULL)
    return NULL;
  ablation = means != NULL ? gsc_ablation_copy (means) : gsc_ablation_new (config, NULL, 0);
  for (guint layer = 0; layer < (guint) config->depth; layer++)
    for (guint head = 0; head < (guint) config->heads; head++)
      gsc_ablation_set (ablation, layer, head, gsc_head_modes_get (modes, config, layer, head));
  return ablation;
}
