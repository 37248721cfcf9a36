/* gsc-ablation.c - heads that are taken out of a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ablation.h"

#include <string.h>

/* Tokens of an example: positions that far apart have the same slot. */
#define SLOTS 3

struct _GscAblation
{
  gatomicrefcount ref_count;
  guint depth;
  guint heads;
  guint head_size;
  guint time;    /* of the means; 0: there are none */
  GBytes *means; /* of float [depth][time][heads * head_size], or NULL */
  guint8 *modes; /* [depth * heads] of GscAblationMode */
};

GscAblation *
gsc_ablation_new (const GscModelConfig *config, const float *means, int time)
{
  GscAblation *ablation;

  g_return_val_if_fail (means == NULL || time >= SLOTS, NULL);

  ablation = g_new0 (GscAblation, 1);
  g_atomic_ref_count_init (&ablation->ref_count);
  ablation->depth = config->depth;
  ablation->heads = config->heads;
  ablation->head_size = config->width / config->heads;
  ablation->modes = g_new0 (guint8, ablation->depth * ablation->heads);
  if (means != NULL)
    {
      ablation->time = time;
      ablation->means
          = g_bytes_new (means, (gsize) config->depth * time * config->width * sizeof (float));
    }
  return ablation;
}

GscAblation *
gsc_ablation_copy (const GscAblation *ablation)
{
  GscAblation *copy = g_memdup2 (ablation, sizeof *ablation);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->modes = g_memdup2 (ablation->modes, ablation->depth * ablation->heads);
  if (copy->means != NULL)
    g_bytes_ref (copy->means);
  return copy;
}

GscAblation *
gsc_ablation_ref (GscAblation *ablation)
{
  g_atomic_ref_count_inc (&ablation->ref_count);
  return ablation;
}

void
gsc_ablation_unref (GscAblation *ablation)
{
  if (ablation == NULL || !g_atomic_ref_count_dec (&ablation->ref_count))
    return;
  g_clear_pointer (&ablation->means, g_bytes_unref);
  g_free (ablation->modes);
  g_free (ablation);
}

void
gsc_ablation_set (GscAblation *ablation, guint layer, guint head, GscAblationMode mode)
{
  g_return_if_fail (layer < ablation->depth && head < ablation->heads);
  g_return_if_fail (mode != GSC_ABLATION_MEAN || ablation->means != NULL);

  ablation->modes[layer * ablation->heads + head] = mode;
}

GscAblationMode
gsc_ablation_get (const GscAblation *ablation, guint layer, guint head)
{
  g_return_val_if_fail (layer < ablation->depth && head < ablation->heads, GSC_ABLATION_NONE);

  return ablation->modes[layer * ablation->heads + head];
}

gboolean
gsc_ablation_has_means (const GscAblation *ablation)
{
  return ablation->means != NULL;
}

guint
gsc_ablation_count (const GscAblation *ablation)
{
  guint n = 0;

  for (guint i = 0; ablation != NULL && i < ablation->depth * ablation->heads; i++)
    n += ablation->modes[i] != GSC_ABLATION_NONE;
  return n;
}

gboolean
gsc_ablation_equal (const GscAblation *a, const GscAblation *b)
{
  guint n = gsc_ablation_count (a);

  if (n != gsc_ablation_count (b))
    return FALSE;
  return n == 0
         || (a->depth == b->depth && a->heads == b->heads
             && memcmp (a->modes, b->modes, a->depth * a->heads) == 0);
}

/* The mean outputs of all heads at @position. */
static const float *
find_means (const GscAblation *ablation, guint layer, guint position)
{
  const float *means = g_bytes_get_data (ablation->means, NULL);
  guint time = ablation->time;

  if (position >= time)
    position = time - SLOTS + (position - (time - SLOTS)) % SLOTS;
  return means + ((gsize) layer * time + position) * ablation->heads * ablation->head_size;
}

void
gsc_ablation_apply (const GscAblation *ablation,
                    guint layer,
                    float *mix,
                    gsize rows,
                    int queries,
                    int first,
                    int stride)
{
  gsize width;

  if (ablation == NULL)
    return;
  width = (gsize) ablation->heads * ablation->head_size;
  for (guint head = 0; head < ablation->heads; head++)
    {
      GscAblationMode mode = ablation->modes[layer * ablation->heads + head];
      gsize at = (gsize) head * ablation->head_size;
      gsize bytes = ablation->head_size * sizeof (float);

      if (mode == GSC_ABLATION_NONE)
        continue;
      for (gsize row = 0; row < rows; row++)
        {
          float *output = mix + row * width + at;
          guint position = (guint) first + (guint) stride * (guint) (row % (gsize) queries);

          if (mode == GSC_ABLATION_ZERO)
            memset (output, 0, bytes);
          else
            memcpy (output, find_means (ablation, layer, position) + at, bytes);
        }
    }
}
