/* gsc-table-dialog.c - a figure's numbers as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-table-dialog.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-table-words.h"
#include "gsc-term.h"

#define DEFAULT_WIDTH 560
#define DEFAULT_HEIGHT 520

/* A row: only its number. */
#define GSC_TYPE_TABLE_ROW (gsc_table_row_get_type ())
G_DECLARE_FINAL_TYPE (GscTableRow, gsc_table_row, GSC, TABLE_ROW, GObject)

struct _GscTableRow
{
  GObject parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (GscTableRow, gsc_table_row, G_TYPE_OBJECT)

static void
gsc_table_row_class_init (GscTableRowClass *klass)
{
}

static void
gsc_table_row_init (GscTableRow *self)
{
}

/* A column, for its cells and its sorter. */
typedef struct
{
  GscTableDialog *dialog;
  guint index;
  double *numbers; /* [n_rows] NaN: empty; NULL: the column has other text than numbers */
} Column;

struct _GscTableDialog
{
  AdwWindow parent_instance;

  /* Borrowed References */
  GtkColumnView *view;
  GtkDropDown *sort_by;
  GtkToggleButton *descending;

  /* Owned References */
  GscFigureTable *table;
  Column *columns; /* [n_columns] */
  GListStore *rows;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscTableDialog, gsc_table_dialog, ADW_TYPE_WINDOW)

/* Columns */

/* NULL if there is other text in it. */
static double *
parse_column (const GscFigureTable *table, guint column)
{
  g_autofree double *numbers = g_new (double, MAX (table->n_rows, 1));

  for (guint row = 0; row < table->n_rows; row++)
    {
      const char *text = gsc_figure_table_get (table, row, column);
      char *end;

      numbers[row] = NAN;
      if (*text == '\0')
        continue;
      numbers[row] = g_ascii_strtod (text, &end);
      if (*end != '\0')
        return NULL;
    }
  return g_steal_pointer (&numbers);
}

/* Empty cells come first. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (b) - isnan (a);
  return (a > b) - (a < b);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Column *column = data;
  guint first = ((const GscTableRow *) a)->index;
  guint second = ((const GscTableRow *) b)->index;
  int order;

  if (column->numbers != NULL)
    order = compare_numbers (column->numbers[first], column->numbers[second]);
  else
    order = g_utf8_collate (gsc_figure_table_get (column->dialog->table, first, column->index),
                            gsc_figure_table_get (column->dialog->table, second, column->index));
  return order < 0 ? GTK_ORDERING_SMALLER : order > 0 ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static void
set_up_cell (Column *column, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), column->numbers != NULL ? 1 : 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (column->numbers != NULL)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
bind_cell (Column *column, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  GscTableRow *row = gtk_list_item_get_item (item);
  const GscFigureTable *table = column->dialog->table;
  const char *exact = gsc_figure_table_get (table, row->index, column->index);
  const char *name = table->columns[column->index];
  g_autofree char *text = NULL;

  /* A run may be called "1.50". */
  if (column->numbers != NULL && !g_str_equal (name, "run"))
    text = gsc_figure_table_format (table, row->index, column->index);
  else if (column->numbers == NULL)
    text = g_strdup (gsc_table_words_find_cell (name, exact));
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : exact);
  gtk_widget_set_tooltip_text (label, text != NULL && !g_str_equal (text, exact) ? exact : NULL);
}

static GtkColumnViewColumn *
make_column (Column *column)
{
  g_autofree char *heading
      = gsc_table_words_make_heading (column->dialog->table->columns[column->index]);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *result = gtk_column_view_column_new (heading, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, column, NULL));

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (set_up_cell), column);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cell), column);
  gtk_column_view_column_set_sorter (result, sorter);
  gtk_column_view_column_set_resizable (result, TRUE);
  gtk_column_view_column_set_expand (result, TRUE);
  return result;
}

/* GTK has no tooltips for columns: they go to the widgets of the headings, which stand in the row
 * above the others. */
static void
explain_columns (GscTableDialog *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < self->table->n_columns && title != NULL; i++)
    {
      const char *term = gsc_table_words_get_term (self->table->columns[i]);
      g_autofree char *text = term != NULL ? gsc_term_explain (term) : NULL;

      gtk_widget_set_tooltip_text (title, text);
      title = gtk_widget_get_next_sibling (title);
    }
}

/* Rows */

static void
fill_rows (GscTableDialog *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->table->n_rows; i++)
    {
      GscTableRow *row = g_object_new (GSC_TYPE_TABLE_ROW, NULL);

      row->index = i;
      g_ptr_array_add (rows, row);
    }
  g_list_store_splice (self->rows, 0, g_list_model_get_n_items (G_LIST_MODEL (self->rows)),
                       rows->pdata, rows->len);
}

/* The number in the table of the row that is selected, or G_MAXUINT. */
static guint
get_selected (GscTableDialog *self)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (self->view));
  GscTableRow *row = gtk_single_selection_get_selected_item (selection);

  return row != NULL ? row->index : G_MAXUINT;
}

static void
select_row (GscTableDialog *self, guint index)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (self->view));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GscTableRow) row = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (row->index == index)
        gtk_single_selection_set_selected (selection, i);
    }
}

void
gsc_table_dialog_set_table (GscTableDialog *self, GscFigureTable *table)
{
  guint selected;

  g_return_if_fail (GSC_IS_TABLE_DIALOG (self));
  g_return_if_fail (table->n_columns == self->table->n_columns);

  selected = get_selected (self);
  /* No row may look into the table that goes. */
  g_list_store_remove_all (self->rows);
  gsc_figure_table_free (self->table);
  self->table = table;
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_free (self->columns[i].numbers);
      self->columns[i].numbers = parse_column (table, i);
    }
  fill_rows (self);
  select_row (self, selected);
}

GListModel *
gsc_table_dialog_get_rows (GscTableDialog *self)
{
  return G_LIST_MODEL (gtk_column_view_get_model (self->view));
}

const char *
gsc_table_dialog_get_cell (GscTableDialog *self, guint position, guint column)
{
  g_autoptr (GscTableRow) row = g_list_model_get_item (gsc_table_dialog_get_rows (self), position);

  return gsc_figure_table_get (self->table, row->index, column);
}

void
gsc_table_dialog_sort (GscTableDialog *self, int index, GtkSortType order)
{
  g_autoptr (GtkColumnViewColumn) column = NULL;

  if (index >= 0)
    column = g_list_model_get_item (gtk_column_view_get_columns (self->view), (guint) index);
  /* It adds to the columns sorted by before. */
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  if (column != NULL)
    gtk_column_view_sort_by_column (self->view, column, order);
}

static void
sort_chosen (GscTableDialog *self)
{
  gboolean descending = gtk_toggle_button_get_active (self->descending);

  gsc_table_dialog_sort (self, (int) gtk_drop_down_get_selected (self->sort_by) - 1,
                         descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GscTableDialog *self = GSC_TABLE_DIALOG (widget);
  g_autofree char *csv = gsc_figure_table_to_csv (self->table);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), csv);
}

gboolean
gsc_table_dialog_save (GscTableDialog *self, const char *path, GError **error)
{
  g_autofree char *csv = NULL;

  g_return_val_if_fail (GSC_IS_TABLE_DIALOG (self), FALSE);

  csv = gsc_figure_table_to_csv (self->table);
  return gsc_atomic_file_write (path, csv, strlen (csv), error);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  GscTableDialog *self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = g_file_get_path (file);
      if (path != NULL && !gsc_table_dialog_save (self, path, &error))
        {
          GtkWidget *message = adw_message_dialog_new (
              GTK_WINDOW (self), _ ("The Table Could Not Be Saved"), error->message);

          adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (message), "close", _ ("_Close"));
          gtk_window_present (GTK_WINDOW (message));
        }
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save as CSV"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *file = g_strconcat (gtk_window_get_title (GTK_WINDOW (widget)), ".csv", NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_activated (GscTableDialog *self, guint position)
{
  g_autoptr (GscTableRow) row = g_list_model_get_item (gsc_table_dialog_get_rows (self), position);

  if (row != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, row->index);
}

/* GObject */

static void
gsc_table_dialog_finalize (GObject *object)
{
  GscTableDialog *self = GSC_TABLE_DIALOG (object);

  for (guint i = 0; self->table != NULL && i < self->table->n_columns; i++)
    g_free (self->columns[i].numbers);
  g_free (self->columns);
  gsc_figure_table_free (self->table);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (gsc_table_dialog_parent_class)->finalize (object);
}

static void
gsc_table_dialog_class_init (GscTableDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gsc_table_dialog_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "table.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "table.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "table.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
name_widget (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
gsc_table_dialog_init (GscTableDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy as CSV"));
  GtkWidget *save = gtk_button_new_from_icon_name ("document-save-symbolic");
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->sort_by = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  name_widget (GTK_WIDGET (self->sort_by), _ ("Sort by"));
  /* It is the button inside that has the focus. */
  name_widget (gtk_widget_get_first_child (GTK_WIDGET (self->sort_by)), _ ("Sort by"));
  self->descending = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->descending), "view-sort-descending-symbolic");
  name_widget (GTK_WIDGET (self->descending), _ ("Largest first"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (copy), "table.copy");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "table.save");
  name_widget (save, _ ("Save as CSV (Ctrl+S)"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), copy);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), save);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->descending));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->sort_by));

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rows"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rows"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
}

static void
fill (GscTableDialog *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkSortListModel *sorted;

  self->columns = g_new0 (Column, MAX (self->table->n_columns, 1));
  gtk_string_list_append (names, _ ("Figure’s order"));
  for (guint i = 0; i < self->table->n_columns; i++)
    {
      g_autofree char *heading = gsc_table_words_make_heading (self->table->columns[i]);
      g_autoptr (GtkColumnViewColumn) column = NULL;

      self->columns[i] = (Column){ self, i, parse_column (self->table, i) };
      column = make_column (&self->columns[i]);
      gtk_column_view_append_column (self->view, column);
      gtk_string_list_append (names, heading);
    }
  explain_columns (self);
  gtk_drop_down_set_model (self->sort_by, G_LIST_MODEL (names));
  g_object_unref (names);
  self->rows = g_list_store_new (GSC_TYPE_TABLE_ROW);
  fill_rows (self);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->rows)),
                                    g_object_ref (gtk_column_view_get_sorter (self->view)));
  {
    g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (G_LIST_MODEL (sorted));

    gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  }
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->sort_by, "notify::selected", G_CALLBACK (sort_chosen), self);
  g_signal_connect_swapped (self->descending, "toggled", G_CALLBACK (sort_chosen), self);
}

GscTableDialog *
gsc_table_dialog_new (GtkWindow *parent, const char *title, GscFigureTable *table)
{
  GscTableDialog *self = g_object_new (GSC_TYPE_TABLE_DIALOG, "transient-for", parent, "title",
                                       title, "destroy-with-parent", TRUE, NULL);

  self->table = table;
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return self;
}
