/* gsc-film-job.c - a film under way, in a thread of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-job.h"

#include <string.h>

#include "gsc-film-png.h"
#include "gsc-film-webm.h"

/* Progress as a whole number, to be shared between threads. */
#define PROGRESS_SCALE 1000000

/* Earlier than this the time left is a guess. */
#define MIN_PROGRESS 0.02

typedef struct
{
  gatomicrefcount ref_count;
  GscFilmOrder order;
  GscCursor cursor;
} Order;

struct _GscFilmJob
{
  GObject parent_instance;

  /* Owned References */
  GscFilmOrder *order;
  GCancellable *cancellable;
  char *path;

  gboolean pictures;
  double where;
  gint64 started; /* monotonic time */
  int progress;   /* atomic; of PROGRESS_SCALE */
};

G_DEFINE_FINAL_TYPE (GscFilmJob, gsc_film_job, G_TYPE_OBJECT)

/* Orders */

static Order *
get_order (GscFilmOrder *order)
{
  return (Order *) ((char *) order - G_STRUCT_OFFSET (Order, order));
}

GscFilmOrder *
gsc_film_order_new (GscRunData *run,
                    const char *path,
                    const GscFilmSettings *settings,
                    guint threads)
{
  Order *order = g_new0 (Order, 1);
  GscFilmSettings *copy = &order->order.settings;

  g_atomic_ref_count_init (&order->ref_count);
  order->order.run = gsc_run_data_ref (run);
  order->order.path = g_strdup (path);
  order->order.threads = threads;
  *copy = *settings;
  copy->panels = g_memdup2 (settings->panels, settings->n_panels * sizeof *settings->panels);
  copy->tokens = g_memdup2 (settings->tokens, settings->n_tokens * sizeof (gint32));
  if (settings->cursor != NULL)
    {
      order->cursor = *settings->cursor;
      copy->cursor = &order->cursor;
    }
  return &order->order;
}

GscFilmOrder *
gsc_film_order_ref (GscFilmOrder *order)
{
  g_atomic_ref_count_inc (&get_order (order)->ref_count);
  return order;
}

void
gsc_film_order_unref (GscFilmOrder *order)
{
  if (order == NULL || !g_atomic_ref_count_dec (&get_order (order)->ref_count))
    return;
  gsc_run_data_unref (order->run);
  g_free (order->path);
  g_free ((gpointer) order->settings.panels);
  g_free ((gpointer) order->settings.tokens);
  g_free (get_order (order));
}

/* In the thread */

static void
take_progress (double done, gpointer data)
{
  g_atomic_int_set (&((GscFilmJob *) data)->progress, (int) (done * PROGRESS_SCALE));
}

/* "/folder" and "name" of "/folder/name.png". */
static gboolean
write_pictures (GscFilm *film, const char *path, const GscWatch *watch, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, ".png"))
    name[strlen (name) - strlen (".png")] = '\0';
  return gsc_film_png_write (film, folder, name, watch, error);
}

static void
write_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GscFilmJob *self = object;
  const GscFilmOrder *order = self->order;
  const GscWatch watch = { .cancellable = cancellable, .progress = take_progress, .data = self };
  g_autoptr (GscTeam) team = gsc_team_new (order->threads);
  GError *error = NULL;
  g_autoptr (GscFilm) film = gsc_film_new (order->run, order->path, &order->settings, team, &error);
  gboolean done = film != NULL
                  && (self->pictures ? write_pictures (film, self->path, &watch, &error)
                                     : gsc_film_webm_write (film, self->path, &watch, &error));

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
paint_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GscFilmJob *self = object;
  const GscFilmOrder *order = self->order;
  GError *error = NULL;
  g_autoptr (GscFilm) film = gsc_film_new (order->run, order->path, &order->settings, NULL, &error);
  cairo_surface_t *picture = NULL;

  if (film != NULL)
    {
      guint last = gsc_film_count_frames (film) - 1;

      picture
          = gsc_film_paint (film, (guint) (CLAMP (self->where, 0, 1) * last), cancellable, &error);
    }
  if (picture != NULL)
    g_task_return_pointer (task, picture, (GDestroyNotify) cairo_surface_destroy);
  else
    g_task_return_error (task, error);
}

/* The job */

void
gsc_film_job_write_async (GscFilmJob *self,
                          const char *path,
                          gboolean pictures,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GSC_IS_FILM_JOB (self) && self->started == 0);

  self->path = g_strdup (path);
  self->pictures = pictures;
  self->started = g_get_monotonic_time ();
  task = g_task_new (self, self->cancellable, callback, user_data);
  /* what has been written is there, even if it was cancelled at the very end */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
gsc_film_job_write_finish (GscFilmJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gsc_film_job_preview_async (GscFilmJob *self,
                            double where,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GSC_IS_FILM_JOB (self) && self->started == 0);

  self->where = where;
  self->started = g_get_monotonic_time ();
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_run_in_thread (task, paint_in_thread);
}

cairo_surface_t *
gsc_film_job_preview_finish (GscFilmJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gsc_film_job_cancel (GscFilmJob *self)
{
  g_return_if_fail (GSC_IS_FILM_JOB (self));

  g_cancellable_cancel (self->cancellable);
}

double
gsc_film_job_get_progress (GscFilmJob *self)
{
  g_return_val_if_fail (GSC_IS_FILM_JOB (self), 0);

  return (double) g_atomic_int_get (&self->progress) / PROGRESS_SCALE;
}

double
gsc_film_job_get_seconds_left (GscFilmJob *self)
{
  double done = gsc_film_job_get_progress (self);
  double seconds = (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;

  return done < MIN_PROGRESS ? -1 : seconds * (1 - done) / done;
}

/* GObject */

static void
gsc_film_job_finalize (GObject *object)
{
  GscFilmJob *self = GSC_FILM_JOB (object);

  gsc_film_order_unref (self->order);
  g_object_unref (self->cancellable);
  g_free (self->path);

  G_OBJECT_CLASS (gsc_film_job_parent_class)->finalize (object);
}

static void
gsc_film_job_class_init (GscFilmJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gsc_film_job_finalize;
}

static void
gsc_film_job_init (GscFilmJob *self)
{
  self->cancellable = g_cancellable_new ();
}

GscFilmJob *
gsc_film_job_new (GscFilmOrder *order)
{
  GscFilmJob *self = g_object_new (GSC_TYPE_FILM_JOB, NULL);

  self->order = gsc_film_order_ref (order);
  return self;
}
