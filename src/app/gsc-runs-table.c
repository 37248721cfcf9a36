/* gsc-runs-table.c - the library's runs in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-runs-table.h"

#include <glib/gi18n.h>

#include "gsc-run-table.h"

/* Milliseconds: while a training goes on the table changes at most this often. */
#define PAUSE 500

#define WINDOW_WIDTH 1100
#define WINDOW_HEIGHT 520

struct _GscRunsTable
{
  GObject parent_instance;

  /* Owned References */
  GscLibrary *library;
  GPtrArray *followed; /* of GscRun */
  GPtrArray *rows;     /* of GscRun */

  guint timeout;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscRunsTable, gsc_runs_table, G_TYPE_OBJECT)

/* Following */

static gboolean
on_timeout (gpointer data)
{
  GscRunsTable *self = data;

  self->timeout = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_change (GscRunsTable *self)
{
  if (self->timeout == 0)
    self->timeout = g_timeout_add (PAUSE, on_timeout, self);
}

static void
forget_runs (GscRunsTable *self)
{
  for (guint i = 0; i < self->followed->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->followed, i), self);
  g_ptr_array_set_size (self->followed, 0);
}

static void
follow_runs (GscRunsTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->library));

  for (guint i = 0; i < n; i++)
    {
      GscRun *run = g_list_model_get_item (G_LIST_MODEL (self->library), i);

      g_ptr_array_add (self->followed, run);
      g_signal_connect_swapped (run, "notify::data", G_CALLBACK (queue_change), self);
      g_signal_connect_swapped (run, "notify::title", G_CALLBACK (queue_change), self);
      if (gsc_run_get_data (run) == NULL && gsc_run_get_state (run) != GSC_RUN_BROKEN
          && gsc_run_get_state (run) != GSC_RUN_TRAINING)
        gsc_run_load_async (run, NULL, NULL);
    }
}

static void
on_items_changed (GscRunsTable *self)
{
  forget_runs (self);
  follow_runs (self);
  queue_change (self);
}

/* The table */

GscFigureTable *
gsc_runs_table_make_table (GscRunsTable *self)
{
  g_autoptr (GPtrArray) datas = g_ptr_array_new ();
  double thresholds[GSC_N_SETS];

  g_return_val_if_fail (GSC_IS_RUNS_TABLE (self), NULL);

  for (guint i = 0; i < GSC_N_SETS; i++)
    thresholds[i] = GSC_PHASE_THRESHOLD;
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->followed->len; i++)
    {
      GscRun *run = g_ptr_array_index (self->followed, i);

      if (gsc_run_get_data (run) == NULL)
        continue;
      g_ptr_array_add (self->rows, g_object_ref (run));
      g_ptr_array_add (datas, gsc_run_get_data (run));
    }
  return gsc_run_table_new (datas, GSC_SET_OOD_TEST, thresholds);
}

GscRun *
gsc_runs_table_get_run (GscRunsTable *self, guint row)
{
  g_return_val_if_fail (GSC_IS_RUNS_TABLE (self), NULL);

  return row < self->rows->len ? g_ptr_array_index (self->rows, row) : NULL;
}

/* The window */

static void
on_changed (GscRunsTable *self, GscTableDialog *dialog)
{
  gsc_table_dialog_set_table (dialog, gsc_runs_table_make_table (self));
}

static void
on_chosen (GscTableDialog *dialog, guint row, GscRunsTable *self)
{
  GscRun *run = gsc_runs_table_get_run (self, row);

  if (run != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, run);
}

GtkWindow *
gsc_runs_table_make_window (GscRunsTable *self, GtkWindow *parent)
{
  GscTableDialog *dialog;

  g_return_val_if_fail (GSC_IS_RUNS_TABLE (self), NULL);

  dialog = gsc_table_dialog_new (parent, _ ("Runs"), gsc_runs_table_make_table (self));
  gtk_window_set_default_size (GTK_WINDOW (dialog), WINDOW_WIDTH, WINDOW_HEIGHT);
  g_object_set_data_full (G_OBJECT (dialog), "runs-table", g_object_ref (self), g_object_unref);
  g_signal_connect_object (self, "changed", G_CALLBACK (on_changed), dialog, 0);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen), self, 0);
  return GTK_WINDOW (dialog);
}

/* GObject */

static void
gsc_runs_table_dispose (GObject *object)
{
  GscRunsTable *self = GSC_RUNS_TABLE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  forget_runs (self);
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (gsc_runs_table_parent_class)->dispose (object);
}

static void
gsc_runs_table_finalize (GObject *object)
{
  GscRunsTable *self = GSC_RUNS_TABLE (object);

  g_ptr_array_unref (self->followed);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (gsc_runs_table_parent_class)->finalize (object);
}

static void
gsc_runs_table_class_init (GscRunsTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_runs_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_runs_table_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, GSC_TYPE_RUN);
}

static void
gsc_runs_table_init (GscRunsTable *self)
{
  self->followed = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

GscRunsTable *
gsc_runs_table_new (GscLibrary *library)
{
  GscRunsTable *self;

  g_return_val_if_fail (GSC_IS_LIBRARY (library), NULL);

  self = g_object_new (GSC_TYPE_RUNS_TABLE, NULL);
  self->library = g_object_ref (library);
  g_signal_connect_swapped (library, "items-changed", G_CALLBACK (on_items_changed), self);
  follow_runs (self);
  return self;
}
