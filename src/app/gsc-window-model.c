/* gsc-window-model.c - the main window: opening model files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-model-dialog.h"
#include "gsc-window-private.h"

static void
on_opened (GscWindow *self, GscRun *run)
{
  gsc_banner_hide (self->banner);
  gsc_library_add_model_file (self->library, run);
  gsc_window_show_run (self, run);
}

static void
read_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GscModelFile *file = gsc_model_file_open (data, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) gsc_model_file_free);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscWindow) self = data;
  g_autoptr (GError) error = NULL;
  GscModelFile *file = g_task_propagate_pointer (G_TASK (result), &error);
  GscModelDialog *dialog;

  if (file == NULL)
    {
      gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
      return;
    }
  dialog = gsc_model_dialog_new (GTK_WINDOW (self), file);
  g_signal_connect_object (dialog, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
gsc_window_open_model_file (GscWindow *self, const char *path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GSC_IS_WINDOW (self));

  task = g_task_new (NULL, NULL, on_read, g_object_ref (self));
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = g_file_get_path (file);
      if (path != NULL)
        gsc_window_open_model_file (data, path);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* All files are offered: what a file is is told by its content, not by its name. */
void
gsc_window_choose_model_file (GscWindow *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Open a Model"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
