/* gsc-window-archive.c - the main window: runs as files, and files that are dropped
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-archive-bar.h"
#include "gsc-run-archive.h"
#include "gsc-sweep.h"
#include "gsc-window-private.h"

static void
on_failed (GscWindow *self, const char *message)
{
  gsc_banner_show (self->banner, message, NULL, NULL, NULL);
}

static void
on_opened (GscWindow *self, GscRun *run)
{
  g_autofree char *text = NULL;

  gsc_banner_hide (self->banner);
  gsc_window_show_run (self, run);
  text = g_strdup_printf (_ ("“%s” is in the list of runs now"), gsc_run_get_title (run));
  gsc_window_toast (self, text);
}

static void
on_saved (GscWindow *self, const char *title, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: the title of a run, and the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("“%s” is saved as “%s”"), title, name);

  gsc_window_toast (self, text);
}

GtkWidget *
gsc_window_make_archive_bar (GscWindow *self)
{
  GtkWidget *bar = gsc_archive_bar_new (self->library);

  self->archive_bar = GSC_ARCHIVE_BAR (bar);
  g_signal_connect_object (bar, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (bar, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  return bar;
}

/* What is no file is taken for a run's folder, so that its absence is said. */
void
gsc_window_open_file (GscWindow *self, GFile *file)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  GscRun *run = NULL;

  g_return_if_fail (GSC_IS_WINDOW (self));

  path = g_file_get_path (file);
  if (path == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);
      g_autofree char *message
          = g_strdup_printf (_ ("%s: Only files on this computer can be opened."), uri);

      on_failed (self, message);
    }
  else if (!g_file_test (path, G_FILE_TEST_IS_DIR) && gsc_run_archive_is_archive (path))
    gsc_archive_bar_open (self->archive_bar, path);
  else if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    gsc_window_open_model_file (self, path);
  else if (gsc_sweep_is_sweep (path))
    gsc_window_open_sweep (self, path);
  else if ((run = gsc_library_open (self->library, path, &error)) != NULL)
    gsc_window_show_run (self, run);
  else
    on_failed (self, error->message);
}

/* Dropping */

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    gsc_window_open_file (data, l->data);
  return files != NULL;
}

static void
add_drop_target (GscWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* Choosing */

static GtkFileFilter *
make_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Run archives"));
  gtk_file_filter_add_pattern (filter, "*" GSC_RUN_ARCHIVE_SUFFIX);
  return filter;
}

/* For archives; @name: of a new one, or NULL. */
static GtkFileChooserNative *
show_dialog (GscWindow *self,
             const char *title,
             GtkFileChooserAction action,
             const char *label,
             const char *name,
             GCallback on_response)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, label, NULL);
  g_autoptr (GtkFileFilter) filter = make_filter ();

  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", on_response, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  return dialog;
}

static void
on_archive_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      gsc_window_open_file (data, file);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
on_open_archive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_dialog (data, _ ("Open a Run’s Archive"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL,
               G_CALLBACK (on_archive_chosen));
}

static void
on_target_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  GscWindow *self = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);
      GscRun *run = g_object_get_data (G_OBJECT (dialog), "run");

      if (path != NULL)
        gsc_archive_bar_save (self->archive_bar, run, path);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* A file name from a title, which may have anything in it. */
static char *
make_name (GscRun *run)
{
  g_autofree char *title = g_strdup (gsc_run_get_title (run));

  g_strdelimit (title, G_DIR_SEPARATOR_S "\\:*?\"<>|\n\t", '-');
  return g_strconcat (title[0] == '.' ? "run" : "", title, GSC_RUN_ARCHIVE_SUFFIX, NULL);
}

static void
on_save_archive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  g_autofree char *name = make_name (self->run);
  GtkFileChooserNative *dialog
      = show_dialog (self, _ ("Save the Run as an Archive"), GTK_FILE_CHOOSER_ACTION_SAVE,
                     _ ("_Save"), name, G_CALLBACK (on_target_chosen));

  /* Another run may be shown by then. */
  g_object_set_data_full (G_OBJECT (dialog), "run", g_object_ref (self->run), g_object_unref);
}

static void
on_cancel_archive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_archive_bar_cancel (((GscWindow *) data)->archive_bar);
}

static const GActionEntry entries[] = {
  { .name = "open-archive", .activate = on_open_archive },
  { .name = "save-archive", .activate = on_save_archive },
  { .name = "cancel-archive", .activate = on_cancel_archive },
};

void
gsc_window_update_archive_actions (GscWindow *self)
{
  GAction *save = g_action_map_lookup_action (G_ACTION_MAP (self), "save-archive");
  gboolean folder = self->run != NULL && gsc_run_get_state (self->run) != GSC_RUN_MODEL_FILE
                    && gsc_run_get_state (self->run) != GSC_RUN_BROKEN;

  g_simple_action_set_enabled (G_SIMPLE_ACTION (save), folder);
}

void
gsc_window_add_archive_actions (GscWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_drop_target (self);
}
