/* gsc-window-compare.c - the main window: comparing, and the table of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-compare-dialog.h"
#include "gsc-runs-table.h"
#include "gsc-window-private.h"

static const char *const shows[] = {
  [GSC_SHOW_A] = "a",
  [GSC_SHOW_B] = "b",
  [GSC_SHOW_BOTH] = "both",
  [GSC_SHOW_DIFFERENCE] = "difference",
};

static void
on_compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  gtk_window_present (
      GTK_WINDOW (gsc_compare_dialog_new (GTK_WINDOW (self), self->library, self->comparison)));
}

static void
on_peak_and_final (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_comparison_start_peak_and_final (((GscWindow *) data)->comparison);
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_comparison_stop (((GscWindow *) data)->comparison);
}

/* "400", or "last". */
static char *
describe_record (GscSession *session)
{
  const GscFrame *frame = gsc_session_get_frame (session);
  const GscRecord *record = frame != NULL ? gsc_frame_get_record (frame) : NULL;

  return record != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, record->step) : g_strdup ("last");
}

static void
on_swap (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscSession *other = gsc_comparison_get_other (self->comparison);
  g_autoptr (GscRun) a = NULL;
  g_autoptr (GscRun) b = NULL;
  g_autofree char *which = NULL;
  int record;

  if (other == NULL || self->run == NULL || gsc_session_get_run (other) == NULL
      || gsc_session_get_frame (other) == NULL)
    return;
  a = g_object_ref (self->run);
  b = g_object_ref (gsc_session_get_run (other));
  which = describe_record (self->session);
  record = gsc_session_get_frame (other)->record;
  gsc_window_show_run (self, b);
  if (record >= 0)
    gsc_session_set_record (self->session, record);
  gsc_comparison_start (self->comparison, a, which);
}

static void
change_show (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscWindow *self = data;
  const char *name = g_variant_get_string (value, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    if (g_str_equal (shows[i], name))
      gsc_comparison_set_show (self->comparison, (GscShow) i);
}

static void
on_table_opened (GscWindow *self, GscRun *run)
{
  GscRunData *data = gsc_run_get_data (run);
  int peak = data != NULL ? gsc_run_data_find_record (data, "best", NULL) : -1;

  gsc_window_show_run (self, run);
  if (peak >= 0)
    gsc_session_set_record (self->session, peak);
}

static void
on_runs_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscRunsTable *table = gsc_runs_table_new (self->library);

  g_signal_connect_object (table, "open", G_CALLBACK (on_table_opened), self, G_CONNECT_SWAPPED);
  gtk_window_present (gsc_runs_table_make_window (table, GTK_WINDOW (self)));
  g_object_unref (table);
}

static const GActionEntry entries[] = {
  { .name = "compare", .activate = on_compare },
  { .name = "compare-peak-and-final", .activate = on_peak_and_final },
  { .name = "compare-stop", .activate = on_stop },
  { .name = "compare-swap", .activate = on_swap },
  { .name = "compare-show", .parameter_type = "s", .state = "'both'", .change_state = change_show },
  { .name = "runs-table", .activate = on_runs_table },
};

static GSimpleAction *
find_action (GscWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

void
gsc_window_update_compare_actions (GscWindow *self)
{
  const GscFrame *frame = gsc_session_get_frame (self->session);
  gboolean comparing = gsc_comparison_get_other (self->comparison) != NULL;

  g_simple_action_set_enabled (find_action (self, "compare"), self->run != NULL);
  g_simple_action_set_enabled (find_action (self, "compare-peak-and-final"),
                               frame != NULL && frame->run->records->len > 1);
  g_simple_action_set_enabled (find_action (self, "compare-stop"), comparing);
  g_simple_action_set_enabled (find_action (self, "compare-swap"), comparing);
  g_simple_action_set_enabled (find_action (self, "compare-show"), comparing);
  g_simple_action_set_state (
      find_action (self, "compare-show"),
      g_variant_new_string (shows[gsc_comparison_get_show (self->comparison)]));
}

void
gsc_window_forget_compared (GscWindow *self, GscRun *run)
{
  GscSession *other = gsc_comparison_get_other (self->comparison);

  if (other != NULL && (run == NULL || gsc_session_get_run (other) == run))
    gsc_comparison_stop (self->comparison);
}

void
gsc_window_add_compare_actions (GscWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->comparison, "changed",
                           G_CALLBACK (gsc_window_update_compare_actions), self, G_CONNECT_SWAPPED);
}
