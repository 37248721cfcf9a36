/* gsc-sweep.c - many runs that differ in a few keys: the recipe of a phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "gsc-sweep-json.h"

/* A folder's name can have no more bytes on the usual file systems. */
#define MAX_NAME 255

/* Faults */

void
gsc_sweep_add_fault (GPtrArray *faults, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (faults, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
gsc_sweep_set_faults (GPtrArray *faults, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "",
                            (const char *) g_ptr_array_index (faults, i));
  g_set_error_literal (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID, lines->str);
}

/* Axes */

static const char *
find_key (const char *name)
{
  const char *const *keys = gsc_config_get_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    if (g_str_equal (keys[i], name))
      return keys[i];
  return NULL;
}

/* The values in the form that gsc_config_get() gives them, so that folders have stable names. */
static void
read_values (GscSweepAxis *axis, const GscSweepAxis *from, GPtrArray *faults)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; i < from->n_values; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *value = NULL;
      GscConfig config;

      gsc_config_init_default (&config);
      if (!gsc_config_set (&config, axis->key, from->values[i], &error))
        {
          gsc_sweep_add_fault (faults, "%s", error->message);
          continue;
        }
      value = gsc_config_get (&config, axis->key);
      if (g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
        gsc_sweep_add_fault (faults, _ ("The axis %s has the value %s twice; keep one."), axis->key,
                             value);
      else
        g_ptr_array_add (values, g_steal_pointer (&value));
    }
  axis->n_values = values->len;
  g_ptr_array_add (values, NULL);
  axis->values = (char **) g_ptr_array_free (g_steal_pointer (&values), FALSE);
}

static void
add_axis (GscSweep *sweep, const GscSweepAxis *from, GPtrArray *faults)
{
  GscSweepAxis *axis = &sweep->axes[sweep->n_axes];
  g_autoptr (GError) error = NULL;
  GscConfig config;

  axis->key = find_key (from->key);
  if (axis->key == NULL)
    {
      gsc_config_init_default (&config);
      if (!gsc_config_set (&config, from->key, "", &error)) /* names the nearest */
        gsc_sweep_add_fault (faults, "%s", error->message);
      return;
    }
  if (gsc_sweep_find_axis (sweep, axis->key) >= 0)
    {
      gsc_sweep_add_fault (faults, _ ("There are two axes %s; make them one."), axis->key);
      return;
    }
  sweep->n_axes++;
  if (from->n_values == 0)
    gsc_sweep_add_fault (faults, _ ("The axis %s needs at least one value."), axis->key);
  read_values (axis, from, faults);
}

/* Cells */

static char *
make_name (const GscSweep *sweep, const guint *at)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < sweep->n_axes; i++)
    g_string_append_printf (name, "%s%s=%s", i > 0 ? "," : "", sweep->axes[i].key,
                            sweep->axes[i].values[at[i]]);
  return g_string_free (name, FALSE);
}

static void
make_cell (GscSweep *sweep, guint index)
{
  GscSweepCell *cell = &sweep->cells[index];

  cell->at = g_new (guint, sweep->n_axes);
  cell->config = sweep->base;
  for (guint i = sweep->n_axes; i-- > 0;)
    {
      const GscSweepAxis *axis = &sweep->axes[i];

      cell->at[i] = index % axis->n_values;
      index /= axis->n_values;
      gsc_config_set (&cell->config, axis->key, axis->values[cell->at[i]], NULL);
    }
  cell->name = make_name (sweep, cell->at);
}

/* A sentence that is wrong with many cells is said once, with the first of them. */
static void
check_cells (const GscSweep *sweep, GPtrArray *faults)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) count = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_autoptr (GPtrArray) found = gsc_config_get_faults (&sweep->cells[i].config);

      for (guint j = 0; j < found->len; j++)
        {
          const GscConfigFault *fault = g_ptr_array_index (found, j);
          guint at;

          if (!g_ptr_array_find_with_equal_func (messages, fault->message, g_str_equal, &at))
            {
              at = messages->len;
              g_ptr_array_add (messages, g_strdup (fault->message));
              g_array_append_val (first, i);
              g_array_set_size (count, at + 1);
            }
          g_array_index (count, guint, at)++;
        }
    }
  for (guint i = 0; i < messages->len; i++)
    {
      const char *cell = sweep->cells[g_array_index (first, guint, i)].name;
      guint n = g_array_index (count, guint, i);

      if (n == sweep->n_cells)
        gsc_sweep_add_fault (faults, "%s", (const char *) g_ptr_array_index (messages, i));
      else if (n == 1)
        gsc_sweep_add_fault (faults, "%s: %s", cell,
                             (const char *) g_ptr_array_index (messages, i));
      else
        gsc_sweep_add_fault (faults, _ ("%s and %u more: %s"), cell, n - 1,
                             (const char *) g_ptr_array_index (messages, i));
    }
}

static void
make_cells (GscSweep *sweep, GPtrArray *faults)
{
  guint64 n = 1;

  for (guint i = 0; i < sweep->n_axes; i++)
    n = MIN (n * MAX (sweep->axes[i].n_values, 1), (guint64) G_MAXUINT);
  if (n > GSC_SWEEP_MAX_CELLS)
    {
      gsc_sweep_add_fault (
          faults,
          _ ("A sweep has at most %d runs, not %" PRIu64 "; take fewer values, or several sweeps."),
          GSC_SWEEP_MAX_CELLS, n);
      return;
    }
  sweep->n_cells = (guint) n;
  sweep->cells = g_new0 (GscSweepCell, n);
  for (guint i = 0; i < sweep->n_cells; i++)
    make_cell (sweep, i);
  if (strlen (sweep->cells[n - 1].name) > MAX_NAME)
    gsc_sweep_add_fault (
        faults, _ ("So many axes make the names of the runs longer than %d bytes."), MAX_NAME);
  check_cells (sweep, faults);
}

/* The sweep */

GscSweep *
gsc_sweep_build (const char *name,
                 const GscConfig *base,
                 const GscSweepAxis *axes,
                 guint n_axes,
                 const GscStopRule *stop,
                 GPtrArray *faults)
{
  g_autoptr (GscSweep) sweep = g_new0 (GscSweep, 1);
  gboolean complete = TRUE;

  sweep->name = g_strdup (name);
  sweep->base = *base;
  sweep->stop = *stop;
  sweep->axes = g_new0 (GscSweepAxis, n_axes);
  if (n_axes == 0)
    gsc_sweep_add_fault (faults, _ ("A sweep needs at least one axis, as in \"seed\": [1, 2]."));
  for (guint i = 0; i < n_axes; i++)
    add_axis (sweep, &axes[i], faults);
  for (guint i = 0; i < sweep->n_axes; i++)
    complete = complete && sweep->axes[i].n_values > 0;
  if (complete && sweep->n_axes > 0)
    make_cells (sweep, faults);
  return faults->len == 0 ? g_steal_pointer (&sweep) : NULL;
}

GscSweep *
gsc_sweep_new (const char *name,
               const GscConfig *base,
               const GscSweepAxis *axes,
               guint n_axes,
               const GscStopRule *stop,
               GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  GscSweep *sweep = gsc_sweep_build (name, base, axes, n_axes, stop, faults);

  if (sweep == NULL)
    gsc_sweep_set_faults (faults, error);
  return sweep;
}

void
gsc_sweep_free (GscSweep *sweep)
{
  if (sweep == NULL)
    return;
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_free (sweep->cells[i].name);
      g_free (sweep->cells[i].at);
    }
  for (guint i = 0; i < sweep->n_axes; i++)
    g_strfreev (sweep->axes[i].values);
  g_free (sweep->cells);
  g_free (sweep->axes);
  g_free (sweep->name);
  g_free (sweep);
}

static gboolean
stop_equal (const GscStopRule *a, const GscStopRule *b)
{
  if (a->mode != b->mode)
    return FALSE;
  switch (a->mode)
    {
    case GSC_STOP_PATIENCE:
      return a->set == b->set && a->patience == b->patience;
    case GSC_STOP_AT_STEP:
      return a->step == b->step;
    case GSC_STOP_AT_ACCURACY:
      return a->set == b->set && a->accuracy == b->accuracy;
    case GSC_STOP_OFF:
    default:
      return TRUE;
    }
}

gboolean
gsc_sweep_contains (const GscSweep *whole, const GscSweep *part)
{
  g_autoptr (GHashTable) cells = g_hash_table_new (g_str_hash, g_str_equal);

  if (!stop_equal (&whole->stop, &part->stop))
    return FALSE;
  for (guint i = 0; i < whole->n_cells; i++)
    g_hash_table_insert (cells, whole->cells[i].name, &whole->cells[i]);
  for (guint i = 0; i < part->n_cells; i++)
    {
      const GscSweepCell *cell = g_hash_table_lookup (cells, part->cells[i].name);

      if (cell == NULL || !gsc_config_equal (&cell->config, &part->cells[i].config))
        return FALSE;
    }
  return TRUE;
}

int
gsc_sweep_find_cell (const GscSweep *sweep, const char *name)
{
  for (guint i = 0; i < sweep->n_cells; i++)
    if (g_str_equal (sweep->cells[i].name, name))
      return (int) i;
  return -1;
}

int
gsc_sweep_find_axis (const GscSweep *sweep, const char *key)
{
  for (guint i = 0; i < sweep->n_axes; i++)
    if (g_str_equal (sweep->axes[i].key, key))
      return (int) i;
  return -1;
}

char *
gsc_sweep_get_path (const GscSweep *sweep, const char *folder, guint cell)
{
  return g_build_filename (folder, sweep->cells[cell].name, NULL);
}
