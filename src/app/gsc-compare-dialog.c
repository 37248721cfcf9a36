/* gsc-compare-dialog.c - chooses what to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-compare-dialog.h"

#include <glib/gi18n.h>

#include "gsc-run-row.h"

#define DEFAULT_WIDTH 420
#define DEFAULT_HEIGHT 460

static const struct
{
  const char *which;
  const char *title;
} steps[] = {
  { "best", N_ ("its peak (best o.o.d./test)") },
  { "last", N_ ("its last step") },
  { "same", N_ ("the same step as A") },
  { "first", N_ ("its first step") },
};

struct _GscCompareDialog
{
  AdwWindow parent_instance;

  /* Owned References */
  GscLibrary *library;
  GscComparison *comparison;

  /* Borrowed References */
  GtkListBox *list;
  GtkDropDown *step;
  GtkWidget *compare;
};

G_DEFINE_FINAL_TYPE (GscCompareDialog, gsc_compare_dialog, ADW_TYPE_WINDOW)

static GscRun *
get_run (GscCompareDialog *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "run") : NULL;
}

/* Of @run, or NULL: its data are not read yet. */
static const GscRecord *
find_nearest (GscRun *run, gint64 step)
{
  const GscRunData *data = gsc_run_get_data (run);
  const GscRecord *nearest = NULL;

  for (guint i = 0; data != NULL && i < data->records->len; i++)
    {
      const GscRecord *record = gsc_run_data_get_record (data, (int) i);

      if (nearest == NULL || ABS (record->step - step) < ABS (nearest->step - step))
        nearest = record;
    }
  return nearest;
}

/* What gsc_run_data_find_record() takes. (transfer full) */
static char *
make_which (GscCompareDialog *self, GscRun *run)
{
  const char *which = steps[gtk_drop_down_get_selected (self->step)].which;
  const GscFrame *frame = gsc_session_get_frame (gsc_comparison_get_session (self->comparison));
  const GscRecord *a = frame != NULL ? gsc_frame_get_record (frame) : NULL;
  gint64 wanted = g_str_equal (which, "same") && a != NULL ? a->step : 0;
  const GscRecord *record;

  if (g_str_equal (which, "best") || g_str_equal (which, "last"))
    return g_strdup (which);
  record = find_nearest (run, wanted);
  return g_strdup_printf ("%" G_GINT64_FORMAT, record != NULL ? record->step : wanted);
}

static void
start (GscCompareDialog *self, GscRun *run)
{
  g_autofree char *which = make_which (self, run);

  gsc_comparison_start (self->comparison, run, which);
}

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscCompareDialog) self = data;

  if (gsc_run_load_finish (GSC_RUN (object), result, NULL))
    start (self, GSC_RUN (object));
}

void
gsc_compare_dialog_apply (GscCompareDialog *self)
{
  GscRun *run = get_run (self);

  g_return_if_fail (GSC_IS_COMPARE_DIALOG (self));

  if (run == NULL)
    return;
  /* The nearest step is known when the run has been read. */
  if (gsc_run_get_data (run) != NULL)
    start (self, run);
  else
    gsc_run_load_async (run, on_loaded, g_object_ref (self));
  gtk_window_destroy (GTK_WINDOW (self));
}

void
gsc_compare_dialog_choose (GscCompareDialog *self, GscRun *run, const char *which)
{
  GtkListBoxRow *row;

  g_return_if_fail (GSC_IS_COMPARE_DIALOG (self));

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_object_get_data (G_OBJECT (row), "run") == run)
      gtk_list_box_select_row (self->list, row);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].which, which))
      gtk_drop_down_set_selected (self->step, i);
}

/* Another run than A's, if there is one. */
static void
choose_first (GscCompareDialog *self)
{
  GscRun *a = gsc_session_get_run (gsc_comparison_get_session (self->comparison));
  GtkListBoxRow *first = NULL;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      GscRun *run = g_object_get_data (G_OBJECT (row), "run");

      if (gsc_run_get_state (run) == GSC_RUN_BROKEN)
        continue;
      if (first == NULL || g_object_get_data (G_OBJECT (first), "run") == a)
        first = row;
    }
  gtk_list_box_select_row (self->list, first);
}

static void
on_selected (GscCompareDialog *self)
{
  gtk_widget_set_sensitive (self->compare, get_run (self) != NULL);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GscRun *run = item;
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *status = gsc_run_row_describe (run);

  g_object_set_data_full (G_OBJECT (row), "run", g_object_ref (run), g_object_unref);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gsc_run_get_title (run));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), status);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_sensitive (row, gsc_run_get_state (run) != GSC_RUN_BROKEN);
  return row;
}

/* GObject */

static void
gsc_compare_dialog_dispose (GObject *object)
{
  GscCompareDialog *self = GSC_COMPARE_DIALOG (object);

  if (self->library != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
    }
  g_clear_object (&self->library);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (gsc_compare_dialog_parent_class)->dispose (object);
}

static void
gsc_compare_dialog_class_init (GscCompareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_compare_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_step (GscCompareDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ ("Compare with"));
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_string_list_append (titles, _ (steps[i].title));
  self->step = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (titles), NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->step), TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->step))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Compare with"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->step));
  return box;
}

static void
gsc_compare_dialog_init (GscCompareDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->compare = gtk_button_new_with_mnemonic (_ ("C_ompare"));
  gtk_widget_add_css_class (self->compare, "suggested-action");
  g_signal_connect_swapped (self->compare, "clicked", G_CALLBACK (gsc_compare_dialog_apply), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->compare);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (gsc_compare_dialog_apply),
                            self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs"), -1);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_add_css_class (content, "compare-dialog");
  gtk_box_append (GTK_BOX (content), make_step (self));
  gtk_box_append (GTK_BOX (content), scroller);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

GscCompareDialog *
gsc_compare_dialog_new (GtkWindow *parent, GscLibrary *library, GscComparison *comparison)
{
  GscCompareDialog *self
      = g_object_new (GSC_TYPE_COMPARE_DIALOG, "transient-for", parent, "title",
                      _ ("Compare With a Run"), "destroy-with-parent", TRUE, NULL);

  self->library = g_object_ref (library);
  self->comparison = g_object_ref (comparison);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (library), make_row, self, NULL);
  choose_first (self);
  on_selected (self);
  return self;
}
