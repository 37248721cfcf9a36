/* gsc-window-film.c - the main window: exporting a film of the training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-film-dialog.h"
#include "gsc-window-private.h"

/* A film that is there, while its toast is shown. */
typedef struct
{
  GscWindow *window; /* borrowed: the toast is within it */
  char *path;
} Made;

static void
made_free (gpointer data, GClosure *closure)
{
  Made *made = data;

  g_free (made->path);
  g_free (made);
}

static void
on_open (AdwToast *toast, gpointer data)
{
  const Made *made = data;
  g_autoptr (GFile) file = g_file_new_for_path (made->path);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri (GTK_WINDOW (made->window), uri, GDK_CURRENT_TIME);
}

static void
on_exported (GscWindow *self, const char *path, gboolean pictures)
{
  AdwToast *toast = adw_toast_new (pictures ? _ ("Pictures exported") : _ ("Animation exported"));
  Made *made = g_new (Made, 1);

  made->window = self;
  made->path = pictures ? g_path_get_dirname (path) : g_strdup (path);
  adw_toast_set_button_label (toast, _ ("Open"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_open), made, made_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_export_animation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscFilmDialog *dialog = gsc_film_dialog_new (GTK_WINDOW (self), self->session, self->settings);

  if (dialog == NULL)
    {
      gsc_window_toast (self, _ ("There is nothing to film yet: the run has no records."));
      return;
    }
  g_signal_connect_object (dialog, "exported", G_CALLBACK (on_exported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A model file has no training to be filmed. */
static void
update (GscWindow *self)
{
  const GscFrame *frame = gsc_session_get_frame (self->session);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "export-animation");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), frame != NULL && !frame->run->from_file);
}

void
gsc_window_add_film_actions (GscWindow *self)
{
  static const GActionEntry entry = { .name = "export-animation", .activate = on_export_animation };

  g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
  g_signal_connect_object (self->session, "notify::frame", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
