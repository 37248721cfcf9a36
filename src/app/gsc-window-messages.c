/* gsc-window-messages.c - the main window: what it says to the user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passing messages, the banner for what stays, and what happens to a run that is deleted while the
 * message with "Undo" is there.
 */

#include <glib/gi18n.h>

#include "gsc-window-private.h"

/* Microseconds: libadwaita 1.2 crashes when a toast is dismissed while it still comes in. */
#define TOAST_APPEARS G_USEC_PER_SEC

/* Seconds a deleted run can be had back. */
#define UNDO_SECONDS 8

/* Passing messages */

/* What passes makes room for what comes. */
static void
dismiss_message (GscWindow *self)
{
  if (self->message == NULL)
    return;
  adw_toast_dismiss (self->message);
  g_clear_weak_pointer (&self->message);
}

void
gsc_window_toast (GscWindow *self, const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  g_return_if_fail (GSC_IS_WINDOW (self));

  if (self->message != NULL && g_get_monotonic_time () - self->message_time < TOAST_APPEARS)
    {
      adw_toast_set_title (self->message, escaped);
      return;
    }
  dismiss_message (self);
  self->message_time = g_get_monotonic_time ();
  self->message = adw_toast_new (escaped);
  g_object_add_weak_pointer (G_OBJECT (self->message), (gpointer *) &self->message);
  adw_toast_overlay_add_toast (self->toasts, self->message);
}

const char *
gsc_window_get_banner (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return gsc_banner_get_message (self->banner);
}

/* What happens */

static void
on_failed (GscWindow *self, const char *message)
{
  gsc_banner_show (self->banner, message, NULL, NULL, NULL);
}

static void
on_notice (GscWindow *self, const char *message)
{
  /* Translators: a sentence about a file that cannot be read */
  g_autofree char *text = g_strdup_printf (_ ("%s The nearest other snapshot is shown."), message);

  if (gsc_banner_get_message (self->banner) == NULL)
    gsc_banner_show (self->banner, text, NULL, NULL, NULL);
  else
    gsc_window_toast (self, text);
}

static void
on_marked (GscWindow *self, GscRun *run, const char *message)
{
  g_autofree char *text = g_strdup_printf (_ ("“%s” would be stopped now, and goes on: %s"),
                                           gsc_run_get_title (run), message);

  gsc_banner_show (self->banner, text, NULL, NULL, NULL);
}

static void
on_resumed (GscWindow *self, GscRun *run)
{
  g_autofree char *text
      = g_strdup_printf (_ ("There is room again: “%s” goes on"), gsc_run_get_title (run));

  gsc_banner_hide (self->banner);
  gsc_window_toast (self, text);
}

static void
show_no_room (GscWindow *self, GscRun *run)
{
  g_autofree char *size = g_format_size (gsc_library_get_needed_room (self->library));
  /* Translators: a run, a step, a size as "5.2 MB" */
  g_autofree char *text = g_strdup_printf (
      _ ("The disk is full: “%s” is paused at step %'d. It goes on by itself when "
         "there is room for %s."),
      gsc_run_get_title (run), (int) gsc_run_get_step (run), size);

  gsc_banner_show (self->banner, text, _ ("Stay Paused"), "win.stay-paused", NULL);
}

static void
on_ended (GscWindow *self, GscRun *run, int end, const char *message)
{
  g_autofree char *text = NULL;

  switch ((GscWorkerEnd) end)
    {
    case GSC_WORKER_FAILED:
      gsc_banner_show (self->banner, message != NULL ? message : _ ("The training failed."), NULL,
                       NULL, NULL);
      break;
    case GSC_WORKER_NO_ROOM:
      show_no_room (self, run);
      break;
    case GSC_WORKER_STOPPED_EARLY:
      text = g_strdup_printf (_ ("“%s” was stopped early: %s"), gsc_run_get_title (run),
                              message != NULL ? message : "");
      gsc_banner_show (self->banner, text, NULL, NULL, NULL);
      break;
    case GSC_WORKER_FINISHED:
      text = g_strdup_printf (_ ("“%s” is finished"), gsc_run_get_title (run));
      gsc_window_toast (self, text);
      break;
    case GSC_WORKER_STOPPED:
    default:
      break;
    }
  gsc_window_update (self);
}

/* Deleting */

typedef struct
{
  GscLibrary *library;
  GscRun *run;
  gboolean undone;
} Deletion;

static void
deletion_free (gpointer data, GClosure *closure)
{
  Deletion *deletion = data;

  g_object_unref (deletion->library);
  g_object_unref (deletion->run);
  g_free (deletion);
}

static void
on_undo_deletion (AdwToast *toast, gpointer data)
{
  Deletion *deletion = data;
  g_autoptr (GError) error = NULL;

  deletion->undone = TRUE;
  if (!gsc_library_restore (deletion->library, deletion->run, &error))
    g_signal_emit_by_name (deletion->library, "failed", error->message);
}

static void
on_deletion_final (AdwToast *toast, gpointer data)
{
  Deletion *deletion = data;

  if (!deletion->undone)
    gsc_library_purge (deletion->library, deletion->run);
}

static void
on_deleted (GscWindow *self, GscRun *run)
{
  g_autofree char *text = g_markup_printf_escaped (_ ("“%s” deleted"), gsc_run_get_title (run));
  AdwToast *toast = adw_toast_new (text);
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->library = g_object_ref (self->library);
  deletion->run = g_object_ref (run);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_undo_deletion), deletion);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (on_deletion_final), deletion,
                         deletion_free, 0);
  dismiss_message (self);
  adw_toast_overlay_add_toast (self->toasts, toast);
  gsc_window_forget_compared (self, run);
  if (run == self->origin)
    gsc_recipe_set_origin (self->recipe, NULL, NULL);
  if (run == self->run)
    gsc_window_set_run (self, NULL);
}

void
gsc_window_follow_messages (GscWindow *self)
{
  g_signal_connect_object (self->sidebar, "deleted", G_CALLBACK (on_deleted), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notice", G_CALLBACK (on_notice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "marked", G_CALLBACK (on_marked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "resumed", G_CALLBACK (on_resumed), self,
                           G_CONNECT_SWAPPED);
}
