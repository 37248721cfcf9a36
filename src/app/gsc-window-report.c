/* gsc-window-report.c - the main window: a run's report as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-low-priority.h"
#include "gsc-report.h"
#include "gsc-window-private.h"

/* How often the progress is looked at, in milliseconds. */
#define INTERVAL 150

/* Nicer than the window, as a training is. */
#define LOW_PRIORITY 5

/* What the thread gets; it alone writes to @percent. */
typedef struct
{
  char *run_path;
  char *path;
  char *step;
  guint threads;
  int percent; /* atomic */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->run_path);
  g_free (job->path);
  g_free (job->step);
  g_free (job);
}

/* In the thread */

static void
on_progress (double done, gpointer data)
{
  g_atomic_int_set (&((Job *) data)->percent, (int) (100 * done));
}

static gpointer
write_in_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr (GscTeam) team = NULL;
  const GscWatch watch = {
    .cancellable = g_task_get_cancellable (task),
    .progress = on_progress,
    .data = job,
  };
  GscReportOptions options = { .step = job->step, .watch = &watch };
  GError *error = NULL;

  gsc_low_priority_enter (LOW_PRIORITY);
  team = gsc_team_new (job->threads);
  options.team = team;
  if (gsc_report_write (job->run_path, job->path, &options, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return NULL;
}

/* Its progress and its end */

static void
on_cancel (AdwToast *toast, gpointer data)
{
  GscWindow *self = data;

  if (self->report != NULL)
    g_cancellable_cancel (g_task_get_cancellable (self->report));
}

static gboolean
show_progress (gpointer data)
{
  GscWindow *self = data;
  Job *job = g_task_get_task_data (self->report);
  /* Translators: how far it is, in percent */
  g_autofree char *text
      = g_strdup_printf (_ ("Writing the report: %d %%"), g_atomic_int_get (&job->percent));

  if (self->report_toast != NULL)
    adw_toast_set_title (self->report_toast, text);
  return G_SOURCE_CONTINUE;
}

void
gsc_window_end_report (GscWindow *self)
{
  if (self->report == NULL)
    return;
  g_cancellable_cancel (g_task_get_cancellable (self->report));
  g_clear_handle_id (&self->report_timeout, g_source_remove);
  if (self->report_toast != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->report_toast, self);
      adw_toast_dismiss (self->report_toast);
      g_clear_weak_pointer (&self->report_toast);
    }
  g_clear_object (&self->report);
}

static void
on_launched (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
}

static void
on_open (GscWindow *self, AdwToast *toast)
{
  const char *path = g_object_get_data (G_OBJECT (toast), "path");
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  if (uri != NULL)
    g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched,
                                             g_object_ref (self));
}

static void
offer_to_open (GscWindow *self, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_filename_display_basename (path);
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("“%s” is written"), name);
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_button_label (toast, _ ("Open"));
  g_object_set_data_full (G_OBJECT (toast), "path", g_steal_pointer (&absolute), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_open), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscWindow) self = data;
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;
  gboolean written = g_task_propagate_boolean (task, &error);

  if (task != self->report) /* the window is closed */
    return;
  g_object_ref (task);
  gsc_window_end_report (self);
  if (written)
    offer_to_open (self, ((Job *) g_task_get_task_data (task))->path);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gsc_window_toast (self, _ ("No report was written"));
  else
    gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
  g_object_unref (task);
  gsc_window_update_report_actions (self);
}

/* The step shown, or NULL for the peak while the newest is followed. (transfer full) */
static char *
get_step (GscWindow *self)
{
  const GscFrame *frame = gsc_session_get_frame (self->session);
  const GscRecord *record = frame != NULL ? gsc_frame_get_record (frame) : NULL;

  if (record == NULL || gsc_session_get_live (self->session))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, record->step);
}

void
gsc_window_save_report (GscWindow *self, const char *path)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  Job *job;

  g_return_if_fail (GSC_IS_WINDOW (self));
  g_return_if_fail (self->run != NULL);

  if (self->report != NULL)
    return;
  if (!gsc_report_check_path (path, &error))
    {
      gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
      return;
    }
  job = g_new0 (Job, 1);
  job->run_path = g_strdup (gsc_run_get_path (self->run));
  job->path = g_strdup (path);
  job->step = get_step (self);
  job->threads = gsc_library_get_training (self->library) != NULL ? 1 : 0;
  self->report = g_task_new (NULL, cancellable, on_written, g_object_ref (self));
  g_task_set_check_cancellable (self->report, FALSE); /* a file that is there is told of */
  g_task_set_task_data (self->report, job, job_free);

  self->report_toast = adw_toast_new (_ ("Writing the report…"));
  g_object_add_weak_pointer (G_OBJECT (self->report_toast), (gpointer *) &self->report_toast);
  adw_toast_set_timeout (self->report_toast, 0);
  adw_toast_set_button_label (self->report_toast, _ ("_Cancel"));
  g_signal_connect (self->report_toast, "button-clicked", G_CALLBACK (on_cancel), self);
  adw_toast_overlay_add_toast (self->toasts, self->report_toast);
  self->report_timeout = g_timeout_add (INTERVAL, show_progress, self);
  thread = g_thread_new ("report", write_in_thread, g_object_ref (self->report));
  g_thread_unref (thread);
  gsc_window_update_report_actions (self);
}

/* The actions */

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  GscWindow *self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = g_file_get_path (file);
      if (path != NULL && self->run != NULL)
        gsc_window_save_report (self, path);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/* One filter for both formats: the name chosen says which it is. */
static void
add_filter (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  const char *const *extensions = gsc_report_get_extensions ();

  gtk_file_filter_set_name (filter, _ ("Reports (.html, .pdf)"));
  for (guint i = 0; extensions[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, extensions[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
on_report (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save a Report"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *title = g_strdelimit (g_strdup (gsc_run_get_title (self->run)), "/", '-');
  g_autofree char *name = g_strdup_printf ("%s.html", title);

  add_filter (GTK_FILE_CHOOSER (dialog));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
gsc_window_update_report_actions (GscWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "report");
  GscRunData *data = self->run != NULL ? gsc_run_get_data (self->run) : NULL;

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               self->report == NULL && data != NULL && !data->from_file);
}

void
gsc_window_add_report_actions (GscWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "report", .activate = on_report },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
