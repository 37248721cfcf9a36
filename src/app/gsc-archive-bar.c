/* gsc-archive-bar.c - a line across the window while runs are written to files or read from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-archive-bar.h"

#include <glib/gi18n.h>

#include "gsc-run-archive.h"

/* Milliseconds: what is done before is not worth a word, and how often it is looked after. */
#define PATIENCE 400
#define INTERVAL 100

/* A file to be read or written; also what its thread tells. */
typedef struct
{
  char *path;
  GscRun *run; /* to be written, or NULL */
  GCancellable *cancellable;
  int permille; /* atomic */
  GWeakRef bar;
} Job;

struct _GscArchiveBar
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkProgressBar *progress;

  /* Owned References */
  GscLibrary *library;
  GQueue jobs; /* the first one is under way */

  gint64 begun; /* monotonic */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (GscArchiveBar, gsc_archive_bar, GTK_TYPE_WIDGET)

enum
{
  OPENED,
  SAVED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void begin (GscArchiveBar *self);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_clear_object (&job->run);
  g_object_unref (job->cancellable);
  g_weak_ref_clear (&job->bar);
  g_free (job);
}

/* In the thread. */
static void
on_progress (double fraction, gpointer data)
{
  g_atomic_int_set (&((Job *) data)->permille, (int) (1000 * fraction));
}

static gboolean
on_timeout (gpointer data)
{
  GscArchiveBar *self = data;
  Job *job = g_queue_peek_head (&self->jobs);

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&job->permille) / 1000.0);
  gtk_revealer_set_reveal_child (self->revealer, g_get_monotonic_time () - self->begun
                                                     > PATIENCE * (G_USEC_PER_SEC / 1000));
  return G_SOURCE_CONTINUE;
}

/* Tells of the end of @job, which is freed, and begins the next one. */
static void
end (Job *job, GscRun *opened, const GError *error)
{
  g_autoptr (GscArchiveBar) self = g_weak_ref_get (&job->bar);

  if (self == NULL)
    {
      job_free (job);
      return;
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
  else if (opened != NULL)
    g_signal_emit (self, signals[OPENED], 0, opened);
  else if (error == NULL)
    g_signal_emit (self, signals[SAVED], 0, gsc_run_get_title (job->run), job->path);
  g_queue_pop_head (&self->jobs);
  job_free (job);
  begin (self);
}

static void
save_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (gsc_run_archive_save (gsc_run_get_path (job->run), job->path, cancellable, on_progress, job,
                            &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end (data, NULL, error);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GscRun *run = gsc_library_import_finish (GSC_LIBRARY (object), result, &error);

  end (data, run, error);
}

static void
begin (GscArchiveBar *self)
{
  Job *job = g_queue_peek_head (&self->jobs);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (job == NULL)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }
  name = g_filename_display_basename (job->path);
  /* Translators: the name of a file */
  text = g_strdup_printf (job->run != NULL ? _ ("Writing “%s”…") : _ ("Reading “%s”…"), name);
  gtk_label_set_text (self->label, text);
  self->begun = g_get_monotonic_time ();
  if (self->timeout == 0)
    self->timeout = g_timeout_add (INTERVAL, on_timeout, self);
  if (job->run != NULL)
    {
      g_autoptr (GTask) task = g_task_new (NULL, job->cancellable, on_saved, job);

      g_task_set_check_cancellable (task, FALSE);
      g_task_set_task_data (task, job, NULL);
      g_task_run_in_thread (task, save_in_thread);
    }
  else
    gsc_library_import (self->library, job->path, job->cancellable, on_progress, job, on_opened,
                        job);
}

static void
add (GscArchiveBar *self, const char *path, GscRun *run)
{
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  g_set_object (&job->run, run);
  job->cancellable = g_cancellable_new ();
  g_weak_ref_init (&job->bar, self);
  g_queue_push_tail (&self->jobs, job);
  if (g_queue_get_length (&self->jobs) == 1)
    begin (self);
}

void
gsc_archive_bar_open (GscArchiveBar *self, const char *path)
{
  g_return_if_fail (GSC_IS_ARCHIVE_BAR (self));

  add (self, path, NULL);
}

void
gsc_archive_bar_save (GscArchiveBar *self, GscRun *run, const char *path)
{
  g_return_if_fail (GSC_IS_ARCHIVE_BAR (self));
  g_return_if_fail (GSC_IS_RUN (run));

  add (self, path, run);
}

void
gsc_archive_bar_cancel (GscArchiveBar *self)
{
  Job *job;

  g_return_if_fail (GSC_IS_ARCHIVE_BAR (self));

  job = g_queue_peek_head (&self->jobs);
  if (job != NULL)
    g_cancellable_cancel (job->cancellable);
}

gboolean
gsc_archive_bar_is_idle (GscArchiveBar *self)
{
  g_return_val_if_fail (GSC_IS_ARCHIVE_BAR (self), TRUE);

  return g_queue_is_empty (&self->jobs);
}

static void
gsc_archive_bar_dispose (GObject *object)
{
  GscArchiveBar *self = GSC_ARCHIVE_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));
  Job *job = g_queue_pop_head (&self->jobs);

  /* The one under way is freed when its thread has ended. */
  if (job != NULL)
    g_cancellable_cancel (job->cancellable);
  g_queue_clear_full (&self->jobs, job_free);
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->library);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_archive_bar_parent_class)->dispose (object);
}

static void
gsc_archive_bar_class_init (GscArchiveBarClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_archive_bar_dispose;

  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, GSC_TYPE_RUN);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gscarchivebar");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
gsc_archive_bar_init (GscArchiveBar *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *progress = gtk_progress_bar_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  gtk_widget_add_css_class (box, "gsc-compare-bar");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (progress, TRUE);
  gtk_widget_set_valign (progress, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much is done"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Stop; nothing is left of what is half done"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.cancel-archive");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), progress);
  gtk_box_append (GTK_BOX (box), button);
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  gtk_widget_set_parent (revealer, GTK_WIDGET (self));
  self->revealer = GTK_REVEALER (revealer);
  self->label = GTK_LABEL (label);
  self->progress = GTK_PROGRESS_BAR (progress);
  g_queue_init (&self->jobs);
}

GtkWidget *
gsc_archive_bar_new (GscLibrary *library)
{
  GscArchiveBar *self;

  g_return_val_if_fail (GSC_IS_LIBRARY (library), NULL);

  self = g_object_new (GSC_TYPE_ARCHIVE_BAR, NULL);
  self->library = g_object_ref (library);
  return GTK_WIDGET (self);
}
