/* gsc-window-export.c - the main window: figures as files and pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-export-dialog.h"
#include "gsc-export-image.h"
#include "gsc-export-provider.h"
#include "gsc-export-show.h"
#include "gsc-window-private.h"

/* Beside a training the analyses leave the processors to it. */
static GscExportSource *
make_source (GscWindow *self)
{
  gboolean training = gsc_library_get_training (self->library) != NULL;

  return gsc_export_source_new_compared (self->comparison, training ? 1 : 0);
}

/* What is seen of the two that are compared. */
static GscShow
get_show (GscWindow *self)
{
  return gsc_comparison_get_other (self->comparison) != NULL
             ? gsc_comparison_get_show (self->comparison)
             : GSC_SHOW_A;
}

/* The panel as it is seen. */
static GscExportItem
make_item (GscWindow *self, GscFigure figure)
{
  GscExportItem item = { .show = get_show (self) };

  gsc_panel_make_export (gsc_board_get_panel (self->board, figure), &item.panel);
  return item;
}

/* Menus and buttons take the focus before they do something. */
static void
on_focus (GscWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *panel = focus != NULL ? gtk_widget_get_ancestor (focus, GSC_TYPE_PANEL) : NULL;

  if (panel != NULL)
    self->focused = GSC_PANEL (panel);
}

/* The enlarged panel; otherwise the one that had the focus last, or the first that is shown. */
static GscFigure
find_figure (GscWindow *self)
{
  g_auto (GStrv) order = gsc_board_get_order (self->board);

  if (gsc_board_get_enlarged (self->board) >= 0)
    return (GscFigure) gsc_board_get_enlarged (self->board);
  if (self->focused != NULL
      && gsc_board_is_shown (self->board, gsc_panel_get_figure (self->focused)))
    return gsc_panel_get_figure (self->focused);
  for (guint i = 0; order[i] != NULL; i++)
    for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
      if (g_str_equal (order[i], gsc_figure_get_name ((GscFigure) figure))
          && gsc_board_is_shown (self->board, (GscFigure) figure))
        return (GscFigure) figure;
  return GSC_FIGURE_LEARNING_CURVES;
}

/* The figure of that name, or the focused one for "". */
static GscFigure
read_figure (GscWindow *self, GVariant *parameter)
{
  const char *name = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    if (g_str_equal (gsc_figure_get_name ((GscFigure) i), name))
      return (GscFigure) i;
  return find_figure (self);
}

/* What became of it */

static void
on_toast_button (AdwToast *toast, gpointer data)
{
  GscWindow *self = data;

  if (self->exported == NULL || self->exported[0] == NULL)
    return;
  if (self->exported[1] == NULL)
    gsc_export_show_file (GTK_WINDOW (self), self->exported[0]);
  else
    gsc_export_show_in_folder (GTK_WINDOW (self), self->exported[0]);
}

static void
on_exported (GscWindow *self, char **paths)
{
  guint n = g_strv_length (paths);
  g_autofree char *name = g_filename_display_basename (paths[0]);
  g_autofree char *text = NULL;
  AdwToast *toast;

  g_strfreev (self->exported);
  self->exported = g_strdupv (paths);
  /* Translators: %s is the name of a file */
  text = n == 1 ? g_strdup_printf (_ ("Exported %s"), name)
                : g_strdup_printf (ngettext ("Exported %u file", "Exported %u files", n), n);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, n == 1 ? _ ("Open") : _ ("Show in Folder"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_toast_button), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  gsc_window_update_export_actions (self);
}

static void
on_saved (GscWindow *self, char **paths, const char *message)
{
  if (paths != NULL)
    on_exported (self, paths);
  else if (message != NULL)
    gsc_banner_show (self->banner, message, NULL, NULL, NULL);
}

static void
on_show_exported (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  if (self->exported != NULL && self->exported[0] != NULL)
    gsc_export_show_in_folder (GTK_WINDOW (self), self->exported[0]);
}

/* Files */

static void
open_dialog (GscWindow *self, GscFigure figure)
{
  g_autoptr (GscExportSource) source = make_source (self);
  GscExportPanels panels = { .figure = figure, .show = get_show (self) };
  GscExportDialog *dialog;

  if (source == NULL)
    return;
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      gsc_panel_make_export (gsc_board_get_panel (self->board, (GscFigure) i), &panels.panels[i]);
      panels.shown[i] = gsc_board_is_shown (self->board, (GscFigure) i);
    }
  dialog = gsc_export_dialog_new (GTK_WINDOW (self), source, &panels, self->settings);
  g_signal_connect_object (dialog, "exported", G_CALLBACK (on_exported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_dialog (data, find_figure (data));
}

static void
on_export_panel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_dialog (data, read_figure (data, parameter));
}

/* The last page's size, for the script beside the numbers. */
static void
on_export_data (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscFigure figure = find_figure (self);
  g_autoptr (GscExportSource) source = make_source (self);
  g_autoptr (GscExportSaver) saver = NULL;
  GscExportItem item = make_item (self, figure);
  GscExportSettings settings;
  GscFigurePaper paper;

  if (source == NULL)
    return;
  gsc_export_settings_load (&settings, self->settings);
  gsc_export_settings_get_paper (&settings, &paper);
  saver = gsc_export_saver_new (GTK_WINDOW (self), source, &item, 1, GSC_EXPORT_TABLE, &paper,
                                self->settings);
  g_signal_connect_object (saver, "ended", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  gsc_export_saver_choose (saver);
}

/* Pictures */

/* Paper and size as last exported, at the resolution for print. */
static void
get_image_paper (GscWindow *self, GscFigurePaper *paper)
{
  GscExportSettings settings;

  gsc_export_settings_load (&settings, self->settings);
  settings.dpi = 300;
  gsc_export_settings_get_paper (&settings, paper);
}

static void
on_image (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GscExportImage) image = gsc_export_image_make_finish (result, &error);
  g_autoptr (GdkContentProvider) content = NULL;

  if (image == NULL)
    {
      gsc_window_toast (self, error->message);
      return;
    }
  content = gsc_export_image_make_content (image);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  gsc_window_toast (self, _ ("Copied as an image"));
}

static void
on_copy_image (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscExportItem item = make_item (self, read_figure (self, parameter));
  g_autoptr (GscExportSource) source = make_source (self);
  GscFigurePaper paper;

  if (source == NULL)
    return;
  get_image_paper (self, &paper);
  gsc_export_image_make_async (source, &item, &paper, NULL, on_image, g_object_ref (self));
}

/* What a dragged panel is for other windows. (transfer full) */
static GdkContentProvider *
on_picture (GscPanel *panel, gpointer data)
{
  GscWindow *self = data;
  GscExportItem item = make_item (self, gsc_panel_get_figure (panel));
  g_autoptr (GscExportSource) source = make_source (self);
  GscFigurePaper paper;

  if (source == NULL)
    return NULL;
  get_image_paper (self, &paper);
  return gsc_export_provider_new (source, &item, &paper);
}

static const GActionEntry entries[] = {
  { .name = "export", .activate = on_export },
  { .name = "export-panel", .activate = on_export_panel, .parameter_type = "s" },
  { .name = "export-data", .activate = on_export_data },
  { .name = "copy-image", .activate = on_copy_image, .parameter_type = "s" },
  { .name = "show-exported", .activate = on_show_exported },
};

void
gsc_window_update_export_actions (GscWindow *self)
{
  gboolean shown = gsc_session_get_frame (self->session) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), entries[i].name);
      gboolean possible = entries[i].activate == on_show_exported ? self->exported != NULL : shown;

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), possible);
    }
}

void
gsc_window_add_export_actions (GscWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    g_signal_connect_object (gsc_board_get_panel (self->board, (GscFigure) i), "picture",
                             G_CALLBACK (on_picture), self, 0);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  gsc_window_update_export_actions (self);
}
