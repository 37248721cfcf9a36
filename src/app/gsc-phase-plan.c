/* gsc-phase-plan.c - a phase diagram as a user types it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-plan.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "gsc-stop-text.h"

#define SEPARATORS ",; \t\n"

/* The words of @text. (transfer full), NULL-terminated */
static char **
split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", SEPARATORS, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

static void
add_line (GString *text, const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* Several axes of a key are gsc_sweep_new()'s to refuse. */
static void
add_axis (GArray *axes, const char *key, char **values)
{
  GscSweepAxis axis = { .key = key, .n_values = g_strv_length (values), .values = values };

  g_array_append_val (axes, axis);
}

static gboolean
set_key (GscConfig *base, const char *key, char **words, GString *faults)
{
  g_autoptr (GError) error = NULL;

  if (gsc_config_set (base, key, words[0], &error))
    return TRUE;
  add_line (faults, error->message);
  return FALSE;
}

static void
set_stop_number (GscStopRule *stop, const char *text, GString *faults)
{
  const char *key = gsc_stop_text_get_key (stop->mode);
  g_autofree char *fault = key != NULL ? gsc_stop_text_set (stop, key, text) : NULL;

  if (fault != NULL)
    add_line (faults, fault);
}

GscSweep *
gsc_phase_plan_make (const GscPhasePlan *plan, GError **error)
{
  g_autoptr (GArray) axes = g_array_new (FALSE, FALSE, sizeof (GscSweepAxis));
  g_autoptr (GString) faults = g_string_new (NULL);
  g_auto (GStrv) seeds = split (plan->seeds);
  g_auto (GStrv) steps = split (plan->steps);
  char **values[GSC_PHASE_PLAN_AXES] = { NULL };
  g_autoptr (GError) fault = NULL;
  g_autoptr (GscSweep) sweep = NULL;
  GscConfig base = plan->base;
  GscStopRule stop = plan->stop;

  for (guint i = 0; i < GSC_PHASE_PLAN_AXES; i++)
    if (plan->keys[i] != NULL)
      {
        values[i] = split (plan->values[i]);
        add_axis (axes, plan->keys[i], values[i]);
      }
  if (g_strv_length (seeds) > 1)
    add_axis (axes, "seed", seeds);
  else if (seeds[0] == NULL)
    add_line (faults, _ ("Give at least one seed."));
  else
    set_key (&base, "seed", seeds, faults);
  if (g_strv_length (steps) != 1)
    add_line (faults, _ ("Give one number of steps."));
  else
    set_key (&base, "steps", steps, faults);
  set_stop_number (&stop, plan->stop_number, faults);
  sweep = gsc_sweep_new (plan->name, &base, (const GscSweepAxis *) (gpointer) axes->data, axes->len,
                         &stop, &fault);
  if (sweep == NULL)
    add_line (faults, fault->message);
  for (guint i = 0; i < GSC_PHASE_PLAN_AXES; i++)
    g_strfreev (values[i]);
  if (faults->len > 0)
    {
      g_set_error_literal (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID, faults->str);
      return NULL;
    }
  return g_steal_pointer (&sweep);
}

char *
gsc_phase_plan_join_values (const GscSweepAxis *axis)
{
  return axis != NULL ? g_strjoinv (", ", axis->values) : g_strdup ("");
}

char *
gsc_phase_plan_get_folder (const char *root, const char *name, GError **error)
{
  g_autofree char *path = NULL;

  if (name[0] == '\0' || name[0] == '.' || strchr (name, G_DIR_SEPARATOR) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                           _ ("Give a name that can be a folder’s: without “/”, and not beginning "
                              "with a point."));
      return NULL;
    }
  path = g_build_filename (root, name, NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("There is a phase diagram called “%s” already; choose another name."), name);
      return NULL;
    }
  return g_steal_pointer (&path);
}

char *
gsc_phase_plan_find_name (const char *root)
{
  for (guint n = 1;; n++)
    {
      g_autofree char *name
          = n == 1 ? g_strdup ("phase-diagram") : g_strdup_printf ("phase-diagram-%u", n);
      g_autofree char *path = gsc_phase_plan_get_folder (root, name, NULL);

      if (path != NULL)
        return g_steal_pointer (&name);
    }
}
