/* gsc-window-present.c - the main window: presenting, and bookmarks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-board-order.h"
#include "gsc-bookmarks-dialog.h"
#include "gsc-presentation.h"
#include "gsc-session-bookmark.h"
#include "gsc-window-private.h"

struct _GscWindowPresent
{
  GscBookmarks *bookmarks;       /* of the run shown; NULL: not read yet */
  GscPresentation *presentation; /* borrowed; NULL: none is under way */

  /* As it was before the presentation. */
  AdwFlap *flap; /* owned meanwhile */
  GscBookmark *view;
  GscProjectionSource source;
  GscInsightRequest options[GSC_N_INSIGHTS];
  gboolean fullscreen;
};

/* Bookmarks */

static gboolean
has_folder (GscWindow *self)
{
  return self->run != NULL && gsc_run_get_state (self->run) != GSC_RUN_MODEL_FILE
         && gsc_run_get_state (self->run) != GSC_RUN_BROKEN;
}

/* Of the run shown, as they are on the disk. Borrowed; NULL: it has none. */
static GscBookmarks *
get_bookmarks (GscWindow *self)
{
  GscWindowPresent *present = self->present;

  if (!has_folder (self))
    return NULL;
  if (present->bookmarks == NULL)
    present->bookmarks = gsc_bookmarks_new (gsc_run_get_path (self->run));
  else
    gsc_bookmarks_reload (present->bookmarks);
  return present->bookmarks;
}

/* The panel that has the focus, or is enlarged, or comes first. */
static GscFigure
find_figure (GscWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *panel = focus != NULL ? gtk_widget_get_ancestor (focus, GSC_TYPE_PANEL) : NULL;
  g_auto (GStrv) order = gsc_board_get_order (self->board);

  if (gsc_board_get_enlarged (self->board) >= 0)
    return (GscFigure) gsc_board_get_enlarged (self->board);
  if (panel != NULL)
    return gsc_panel_get_figure (GSC_PANEL (panel));
  for (guint i = 0; order[i] != NULL; i++)
    {
      GscFigure figure = (GscFigure) gsc_board_order_find_figure (order[i]);

      if (gsc_board_is_shown (self->board, figure))
        return figure;
    }
  return GSC_FIGURE_LEARNING_CURVES;
}

static GscBookmark *
make_bookmark (GscWindow *self)
{
  GscFigure figure = find_figure (self);
  const char *name = gsc_figure_get_name (figure);
  GscBookmark *bookmark;

  if (self->present->presentation != NULL)
    return gsc_presentation_make_bookmark (self->present->presentation);
  bookmark = gsc_session_make_bookmark (self->session, name);
  bookmark->zoom = self->zoom;
  gsc_bookmark_set_panel (bookmark, 0, name,
                          gsc_panel_save_state (gsc_board_get_panel (self->board, figure)));
  return bookmark;
}

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscBookmarks *bookmarks = get_bookmarks (self);
  g_autoptr (GscBookmark) bookmark = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;

  if (bookmarks == NULL || gsc_session_get_frame (self->session) == NULL)
    return;
  bookmark = make_bookmark (self);
  if (bookmark->panels[0].figure == NULL)
    return;
  what = gsc_bookmarks_dialog_describe (bookmark);
  if (!gsc_bookmarks_insert (bookmarks, G_MAXUINT, bookmark, &error))
    {
      gsc_window_toast (self, error->message);
      return;
    }
  /* Translators: a number, and what the bookmark shows, as "Attention · step 4,250" */
  text = g_strdup_printf (_ ("Bookmark %u added: %s"), gsc_bookmarks_get_length (bookmarks), what);
  gsc_window_toast (self, text);
}

/* In the window: its first panel gets the focus. */
static void
on_go (GscWindow *self, guint index)
{
  const GscBookmark *bookmark = gsc_bookmarks_get (self->present->bookmarks, index);
  int figure = gsc_board_order_find_figure (bookmark->panels[0].figure);
  g_autofree char *notice = NULL;

  for (guint i = 0; i < GSC_BOOKMARK_PANELS && bookmark->panels[i].figure != NULL; i++)
    {
      int shown = gsc_board_order_find_figure (bookmark->panels[i].figure);

      if (shown < 0)
        continue;
      gsc_board_set_shown (self->board, (GscFigure) shown, TRUE);
      if (bookmark->panels[i].choices != NULL)
        gsc_panel_load_state (gsc_board_get_panel (self->board, (GscFigure) shown),
                              bookmark->panels[i].choices);
    }
  notice = gsc_session_show_bookmark (self->session, bookmark,
                                      figure >= 0 && gsc_figure_needs_model ((GscFigure) figure));
  gsc_window_set_zoom (self, bookmark->zoom);
  if (figure >= 0)
    gtk_widget_grab_focus (
        GTK_WIDGET (gsc_panel_get_plot (gsc_board_get_panel (self->board, (GscFigure) figure))));
  if (notice != NULL)
    gsc_window_toast (self, notice);
}

static void
on_present_wish (GscWindow *self, guint index, GtkWindow *dialog)
{
  gtk_window_close (dialog);
  g_action_group_activate_action (G_ACTION_GROUP (self), "present-from",
                                  g_variant_new_int32 ((int) index));
}

static void
on_bookmarks (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscBookmarks *bookmarks = get_bookmarks (self);
  GscBookmarksDialog *dialog;

  if (bookmarks == NULL)
    return;
  dialog = gsc_bookmarks_dialog_new (GTK_WINDOW (self), bookmarks);
  g_signal_connect_object (dialog, "go", G_CALLBACK (on_go), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "present", G_CALLBACK (on_present_wish), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Presenting */

static void
keep_view (GscWindow *self)
{
  GscWindowPresent *present = self->present;

  present->view = gsc_session_make_bookmark (self->session, "");
  present->source = gsc_session_get_projection (self->session);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    present->options[i] = gsc_session_get_insight_options (self->session, (GscInsightKind) i);
}

/* Of another run nothing is kept. */
static void
restore_view (GscWindow *self, gboolean same_run)
{
  GscWindowPresent *present = self->present;

  gsc_session_set_projection (self->session, &present->source);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    gsc_session_set_insight_options (self->session, &present->options[i]);
  if (same_run)
    g_free (gsc_session_show_bookmark (self->session, present->view, FALSE));
  g_clear_pointer (&present->view, gsc_bookmark_free);
}

static void
leave (GscWindow *self, gboolean same_run)
{
  GscWindowPresent *present = self->present;

  if (present->presentation == NULL)
    return;
  present->presentation = NULL;
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (present->flap));
  g_clear_object (&present->flap);
  restore_view (self, same_run);
  gsc_board_set_active (self->board, TRUE);
  if (!present->fullscreen)
    gtk_window_unfullscreen (GTK_WINDOW (self));
  gsc_window_update_actions (self);
}

static void
on_leave (GscWindow *self)
{
  leave (self, TRUE);
}

static void
on_other_run (GscWindow *self)
{
  leave (self, FALSE);
  g_clear_object (&self->present->bookmarks);
}

static double
get_text_scale (GscWindow *self)
{
  return self->settings != NULL ? g_settings_get_double (self->settings, "presentation-text") : 1.5;
}

static void
present_from (GscWindow *self, int index)
{
  GscWindowPresent *present = self->present;
  GscBookmarks *bookmarks = get_bookmarks (self);
  g_autoptr (GscBookmark) plain = NULL;
  GtkWidget *presentation;

  if (present->presentation != NULL || gsc_session_get_frame (self->session) == NULL)
    return;
  plain = make_bookmark (self);
  keep_view (self);
  gsc_player_set_playing (self->player, FALSE);
  gsc_board_set_active (self->board, FALSE);
  presentation = gsc_presentation_new (self->session, self->comparison, bookmarks, plain);
  present->presentation = GSC_PRESENTATION (presentation);
  gsc_presentation_set_text_scale (present->presentation, get_text_scale (self));
  if (index > 0)
    gsc_presentation_go (present->presentation, index);
  g_signal_connect_object (presentation, "leave", G_CALLBACK (on_leave), self, G_CONNECT_SWAPPED);
  present->flap = g_object_ref (self->flap);
  present->fullscreen = gtk_window_is_fullscreen (GTK_WINDOW (self));
  adw_toast_overlay_set_child (self->toasts, presentation);
  gtk_window_fullscreen (GTK_WINDOW (self));
  if (bookmarks != NULL && gsc_bookmarks_get_fault (bookmarks) != NULL)
    gsc_window_toast (self, gsc_bookmarks_get_fault (bookmarks));
  else if (gsc_presentation_get_index (present->presentation) < 0)
    gsc_window_toast (self,
                      _ ("There are no bookmarks yet: Ctrl+D adds what is shown. Esc leaves."));
  gsc_window_update_actions (self);
}

static void
on_present (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present_from (data, 0);
}

static void
on_present_from (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  present_from (data, g_variant_get_int32 (parameter));
}

GscPresentation *
gsc_window_get_presentation (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return self->present->presentation;
}

/* The window's */

static const GActionEntry entries[] = {
  { .name = "present", .activate = on_present },
  { .name = "present-from", .activate = on_present_from, .parameter_type = "i" },
  { .name = "add-bookmark", .activate = on_add },
  { .name = "bookmarks", .activate = on_bookmarks },
};

void
gsc_window_update_present_actions (GscWindow *self)
{
  gboolean shown = self->run != NULL && gsc_run_get_state (self->run) != GSC_RUN_BROKEN
                   && gsc_session_get_frame (self->session) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name);
      gboolean bookmarks = entries[i].activate == on_add || entries[i].activate == on_bookmarks;

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                   shown && (!bookmarks || has_folder (self)));
    }
}

void
gsc_window_add_present_actions (GscWindow *self)
{
  self->present = g_new0 (GscWindowPresent, 1);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->session, "notify::run", G_CALLBACK (on_other_run), self,
                           G_CONNECT_SWAPPED);
}

void
gsc_window_zoom_presentation (GscWindow *self, double by)
{
  GscPresentation *presentation = self->present->presentation;

  gsc_presentation_set_zoom (presentation,
                             by > 0 ? gsc_presentation_get_zoom (presentation) * by : 1);
}

void
gsc_window_clear_present (GscWindow *self)
{
  GscWindowPresent *present = g_steal_pointer (&self->present);

  if (present == NULL)
    return;
  g_clear_object (&present->bookmarks);
  g_clear_object (&present->flap);
  g_clear_pointer (&present->view, gsc_bookmark_free);
  g_free (present);
}
