/* gsc-bookmarks-dialog.c - the bookmarks of a run, to order and to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-bookmarks-dialog.h"

#include <glib/gi18n.h>

#include "gsc-board-order.h"

#define WIDTH 760
#define HEIGHT 560

/* Seconds a deleted bookmark can be had back. */
#define UNDO_SECONDS 8

#define ROW_INDEX "gsc-bookmark-index"
#define ROW_PAIR "gsc-bookmark-pair"

struct _GscBookmarksDialog
{
  AdwWindow parent_instance;

  gboolean filling;

  /* Borrowed References */
  AdwToastOverlay *toasts;
  GtkStack *stack; /* "list" or "empty" */
  GtkListBox *list;

  /* Owned References */
  GscBookmarks *bookmarks;
};

G_DEFINE_FINAL_TYPE (GscBookmarksDialog, gsc_bookmarks_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_GO,
  SIGNAL_PRESENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
say (GscBookmarksDialog *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Whether it was done; a toast says why not. */
static gboolean
report (GscBookmarksDialog *self, gboolean done, GError *error)
{
  if (!done && error != NULL)
    say (self, error->message);
  return done;
}

static guint
get_index (gpointer widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), ROW_INDEX));
}

char *
gsc_bookmarks_dialog_describe (const GscBookmark *bookmark)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < GSC_BOOKMARK_PANELS && bookmark->panels[i].figure != NULL; i++)
    {
      int figure = gsc_board_order_find_figure (bookmark->panels[i].figure);

      g_string_append_printf (text, "%s%s", i > 0 ? " + " : "",
                              figure >= 0 ? _ (gsc_figure_get_title ((GscFigure) figure))
                                          : bookmark->panels[i].figure);
    }
  g_string_append (text, " · ");
  if (bookmark->live)
    g_string_append (text, _ ("newest step"));
  else
    g_string_append_printf (text, _ ("step %'d"), (int) bookmark->step);
  return g_string_free (text, FALSE);
}

/* Changes */

gboolean
gsc_bookmarks_dialog_move (GscBookmarksDialog *self, guint from, int by)
{
  int to = (int) from + by;
  GtkWidget *row;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (GSC_IS_BOOKMARKS_DIALOG (self), FALSE);

  if (to < 0 || to >= (int) gsc_bookmarks_get_length (self->bookmarks)
      || !report (self, gsc_bookmarks_move (self->bookmarks, from, (guint) to, &error), error))
    return FALSE;
  row = gsc_bookmarks_dialog_get_row (self, (guint) to);
  gtk_widget_grab_focus (row);
  return TRUE;
}

typedef struct
{
  GscBookmarks *bookmarks;
  GscBookmark *bookmark;
  guint index;
} Removed;

static void
removed_free (gpointer data, GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->bookmarks);
  gsc_bookmark_free (removed->bookmark);
  g_free (removed);
}

static void
on_undo (AdwToast *toast, gpointer data)
{
  Removed *removed = data;
  g_autoptr (GError) error = NULL;

  if (!gsc_bookmarks_insert (removed->bookmarks, removed->index, removed->bookmark, &error))
    g_warning ("%s", error->message);
}

gboolean
gsc_bookmarks_dialog_remove (GscBookmarksDialog *self, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscBookmark) bookmark = NULL;
  AdwToast *toast;
  Removed *removed;

  g_return_val_if_fail (GSC_IS_BOOKMARKS_DIALOG (self), FALSE);

  bookmark = gsc_bookmark_copy (gsc_bookmarks_get (self->bookmarks, index));
  if (!report (self, gsc_bookmarks_remove (self->bookmarks, index, &error), error))
    return FALSE;
  removed = g_new (Removed, 1);
  *removed = (Removed){ g_object_ref (self->bookmarks), g_steal_pointer (&bookmark), index };
  toast = adw_toast_new (_ ("Bookmark deleted"));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), removed, removed_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return TRUE;
}

static void
on_text_applied (GtkEditable *row, GscBookmarksDialog *self)
{
  guint index = get_index (row);
  g_autoptr (GscBookmark) bookmark = gsc_bookmark_copy (gsc_bookmarks_get (self->bookmarks, index));
  g_autoptr (GError) error = NULL;

  gsc_bookmark_set_text (bookmark, gtk_editable_get_text (row));
  report (self, gsc_bookmarks_replace (self->bookmarks, index, bookmark, &error), error);
}

/* "None", then the figures. */
static void
on_pair_chosen (GtkDropDown *pair, GParamSpec *pspec, GscBookmarksDialog *self)
{
  guint index = get_index (pair);
  int figure = (int) gtk_drop_down_get_selected (pair) - 1;
  const char *name = figure >= 0 ? gsc_figure_get_name ((GscFigure) figure) : NULL;
  g_autoptr (GscBookmark) bookmark = NULL;
  g_autoptr (GError) error = NULL;

  if (self->filling)
    return;
  bookmark = gsc_bookmark_copy (gsc_bookmarks_get (self->bookmarks, index));
  if (g_strcmp0 (name, bookmark->panels[1].figure) == 0)
    return;
  gsc_bookmark_set_panel (bookmark, 1, name, NULL);
  report (self, gsc_bookmarks_replace (self->bookmarks, index, bookmark, &error), error);
}

static void
on_go (GtkWidget *button, GscBookmarksDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_GO], 0, get_index (button));
}

static void
on_present (GtkWidget *button, GscBookmarksDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_PRESENT], 0, get_index (button));
}

static void
on_remove (GtkWidget *button, GscBookmarksDialog *self)
{
  gsc_bookmarks_dialog_remove (self, get_index (button));
}

static gboolean
on_move_key (GtkWidget *row, GVariant *arguments, gpointer data)
{
  gsc_bookmarks_dialog_move (data, get_index (row), g_variant_get_int32 (arguments));
  return TRUE;
}

/* Rows */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (GTK_TYPE_LIST_BOX_ROW, row);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, icon, 0, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GscBookmarksDialog *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  GtkWidget *other = g_value_get_object (value);

  if (other == NULL || other == row || gtk_widget_get_parent (other) != GTK_WIDGET (self->list))
    return FALSE;
  return gsc_bookmarks_dialog_move (self, get_index (other),
                                    (int) get_index (row) - (int) get_index (other));
}

static void
add_drag_and_drop (GscBookmarksDialog *self, GtkWidget *row, GtkWidget *handle)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GTK_TYPE_LIST_BOX_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), row);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* In the capture phase: the text inside has the focus. */
static void
add_keys (GscBookmarksDialog *self, GtkWidget *row)
{
  static const struct
  {
    const char *trigger;
    int by;
  } keys[] = { { "<Alt>Up", -1 }, { "<Alt>Down", 1 } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                gtk_callback_action_new (on_move_key, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (row, controller);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_button (
    GscBookmarksDialog *self, GtkWidget *row, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  set_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", clicked, self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static void
add_pair (GscBookmarksDialog *self, GtkWidget *row)
{
  const char *titles[GSC_N_FIGURES + 2] = { _ ("Alone") };
  GtkWidget *pair;

  for (int i = 0; i < GSC_N_FIGURES; i++)
    titles[i + 1] = _ (gsc_figure_get_title ((GscFigure) i));
  pair = gtk_drop_down_new_from_strings (titles);
  g_object_set_data (G_OBJECT (row), ROW_PAIR, pair);
  set_name (pair, _ ("Pair with another panel"));
  /* It is the button inside that has the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (pair)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pair with another panel"), -1);
  gtk_widget_set_valign (pair, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (pair, "flat");
  gtk_widget_add_css_class (pair, "bookmark-pair");
  g_signal_connect (pair, "notify::selected", G_CALLBACK (on_pair_chosen), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), pair);
}

static GtkWidget *
make_row (GscBookmarksDialog *self, guint index)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *handle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *name = g_strdup_printf (_ ("Text of bookmark %u"), index + 1);
  GtkWidget *label = gtk_label_new (number);

  g_object_set_data (G_OBJECT (row), ROW_INDEX, GUINT_TO_POINTER (index));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "apply", G_CALLBACK (on_text_applied), self);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (handle), gtk_image_new_from_icon_name ("list-drag-handle-symbolic"));
  gtk_box_append (GTK_BOX (handle), label);
  gtk_widget_set_tooltip_text (handle, _ ("Drag to another place (Alt+Up, Alt+Down)"));
  gtk_widget_set_cursor_from_name (handle, "grab");
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (row), handle);
  add_pair (self, row);
  add_button (self, row, "go-jump-symbolic", _ ("Show in the window"), G_CALLBACK (on_go));
  add_button (self, row, "media-playback-start-symbolic", _ ("Present from here"),
              G_CALLBACK (on_present));
  add_button (self, row, "user-trash-symbolic", _ ("Delete"), G_CALLBACK (on_remove));
  add_drag_and_drop (self, row, handle);
  add_keys (self, row);
  return row;
}

static void
fill_row (GtkWidget *row, const GscBookmark *bookmark)
{
  GtkDropDown *pair = g_object_get_data (G_OBJECT (row), ROW_PAIR);
  const char *second = bookmark->panels[1].figure;
  int figure = second != NULL ? gsc_board_order_find_figure (second) : -1;
  g_autofree char *title = gsc_bookmarks_dialog_describe (bookmark);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), bookmark->text))
    {
      /* What is set here needs no applying. */
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), FALSE);
      gtk_editable_set_text (GTK_EDITABLE (row), bookmark->text);
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
    }
  gtk_drop_down_set_selected (pair, (guint) (figure + 1));
}

/* Rows stay, whatever they show: what is in one of them may be in the midst of something. */
static void
fill (GscBookmarksDialog *self)
{
  guint n = gsc_bookmarks_get_length (self->bookmarks);
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++)
    {
      row = gtk_list_box_get_row_at_index (self->list, (int) i);
      if (row == NULL)
        {
          row = GTK_LIST_BOX_ROW (make_row (self, i));
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      fill_row (GTK_WIDGET (row), gsc_bookmarks_get (self->bookmarks, i));
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  self->filling = FALSE;
}

/* Construction */

static void
gsc_bookmarks_dialog_dispose (GObject *object)
{
  GscBookmarksDialog *self = GSC_BOOKMARKS_DIALOG (object);

  if (self->bookmarks != NULL)
    g_signal_handlers_disconnect_by_data (self->bookmarks, self);
  g_clear_object (&self->bookmarks);

  G_OBJECT_CLASS (gsc_bookmarks_dialog_parent_class)->dispose (object);
}

static void
gsc_bookmarks_dialog_class_init (GscBookmarksDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_bookmarks_dialog_dispose;

  signals[SIGNAL_GO] = g_signal_new ("go", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_PRESENT] = g_signal_new ("present", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkWidget *
make_empty_page (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "user-bookmarks-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("No Bookmarks"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _ ("Ctrl+D in the window adds what is shown: the focused panel, "
                                      "at its step, with its cursor. "
                                      "F5 presents one after the other."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (page)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("No Bookmarks"), -1);
  return page;
}

static GtkWidget *
make_list_page (GscBookmarksDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Bookmarks"), -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 900);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_widget_add_css_class (clamp, "compare-dialog");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Bookmarks"), -1);
  return scroller;
}

static void
gsc_bookmarks_dialog_init (GscBookmarksDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_list_page (self), "list");
  gtk_stack_add_named (self->stack, make_empty_page (), "empty");
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_widget_set_vexpand (GTK_WIDGET (self->toasts), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
}

GscBookmarksDialog *
gsc_bookmarks_dialog_new (GtkWindow *parent, GscBookmarks *bookmarks)
{
  GscBookmarksDialog *self = g_object_new (
      GSC_TYPE_BOOKMARKS_DIALOG, "title", _ ("Bookmarks"), "transient-for", parent, "modal", TRUE,
      "default-width", WIDTH, "default-height", HEIGHT, "destroy-with-parent", TRUE, NULL);
  const char *fault = gsc_bookmarks_get_fault (bookmarks);

  self->bookmarks = g_object_ref (bookmarks);
  g_signal_connect_swapped (bookmarks, "changed", G_CALLBACK (fill), self);
  fill (self);
  if (fault != NULL)
    say (self, fault);
  return self;
}

GtkWidget *
gsc_bookmarks_dialog_get_row (GscBookmarksDialog *self, guint index)
{
  g_return_val_if_fail (GSC_IS_BOOKMARKS_DIALOG (self), NULL);

  return GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) index));
}
