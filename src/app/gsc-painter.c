/* gsc-painter.c - the thread that paints the panels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-painter.h"

#include <time.h>

/* After redrawing, before the app's own idle work. */
#define HAND_OUT_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

/* Time for painting that can be saved up, in microseconds: a burst after a rest. */
#define MAX_SAVED 20000

/* A job on its way from the main thread to the painter and back. */
typedef struct
{
  GscPainterJob job; /* owns its frame until page does */
  GscPainterPace pace;
  gint64 asked; /* monotonic time; of the first of the jobs that this one replaced */
  GdkTexture *texture;
  GscFigurePage *page;
} Slip;

struct _GscPainterClient
{
  GscPainterFunc func;
  gpointer data;
  Slip *waiting;     /* or NULL */
  Slip *done;        /* painted, not handed out yet; or NULL */
  guint cancels;     /* counts them, so that the thread sees one that came while it painted */
  gint64 last_paced; /* when a paced job was begun */
};

struct _GscPainter
{
  GObject parent_instance;

  GMutex lock; /* of all that follows */
  GCond wake;  /* for the thread: something to do */
  GCond idle;  /* for gsc_painter_flush(): nothing to do */
  GPtrArray *clients;
  GscPainterClient *current; /* painted for at this moment; NULL: none, or removed */
  gboolean painting;
  gboolean in_batch; /* paced jobs are done that wait to be handed out together */
  gboolean hurry;    /* paces do not count */
  gboolean quit;
  gint64 saved;   /* microseconds of processor time that paced jobs may take; may be a debt */
  gint64 counted; /* until when time has been added to it */

  /* Owned References */
  GThread *thread;
  GMainContext *context;
  GSource *source; /* hands out; NULL: not pending */
};

G_DEFINE_FINAL_TYPE (GscPainter, gsc_painter, G_TYPE_OBJECT)

/* Slips */

static void
slip_free (Slip *slip)
{
  if (slip == NULL)
    return;
  gsc_frame_unref (slip->job.frame);
  g_clear_object (&slip->texture);
  gsc_figure_page_free (slip->page);
  g_free (slip);
}

static void
client_free (gpointer data)
{
  GscPainterClient *client = data;

  slip_free (client->waiting);
  slip_free (client->done);
  g_free (client);
}

/* Painting */

/* Milliseconds that paced jobs may come too soon, to be shown together: each new frame of the
 * window costs more than the painting of a panel. */
#define SLACK 40

#define SURFACE_KEY "gsc-painter-surface"

static void
surface_release (gpointer surface)
{
  cairo_surface_destroy (surface);
}

GdkTexture *
gsc_painter_paint (const GscPainterJob *job, GscFigurePage **page)
{
  int scale = MAX (job->scale, 1);
  int width = CLAMP (job->width * scale, 1, GSC_PAINTER_MAX_SIZE);
  int height = CLAMP (job->height * scale, 1, GSC_PAINTER_MAX_SIZE);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  g_autoptr (GscFigurePage) painted = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *picture;
  cairo_t *cr;
  GscStyle style;
  gsize stride;

  gsc_style_init (&style, gsc_palette_get (job->palette), job->text_size);
  painted = gsc_figure_lay_out (job->figure, job->frame, &job->options, &style, job->width,
                                job->height);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  gsc_figure_page_paint (painted, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  if (page != NULL)
    *page = g_steal_pointer (&painted);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      return NULL;
    }
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height, surface_release, surface);
  /* GDK_MEMORY_DEFAULT is by definition what CAIRO_FORMAT_ARGB32 is, in either byte order. */
  picture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  g_object_set_data_full (G_OBJECT (picture), SURFACE_KEY, cairo_surface_reference (surface),
                          surface_release);
  return picture;
}

cairo_surface_t *
gsc_painter_get_surface (GdkTexture *picture)
{
  return g_object_get_data (G_OBJECT (picture), SURFACE_KEY);
}

/* Microseconds of this thread. */
static gint64
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* The thread */

/* Adds the time that has passed to what paced jobs may take. */
static void
save_time (GscPainter *self, gint64 now)
{
  self->saved += (gint64) ((double) (now - self->counted) * GSC_PAINTER_SHARE);
  self->saved = MIN (self->saved, MAX_SAVED);
  self->counted = now;
}

/* When the job of @client may begin. */
static gint64
get_due (GscPainter *self, const GscPainterClient *client, gint64 now)
{
  gint64 due;

  if (client->waiting->pace == GSC_PAINTER_AT_ONCE || self->hurry)
    return now;
  due = client->last_paced + (GSC_PAINTER_INTERVAL - (self->in_batch ? SLACK : 0)) * 1000;
  if (self->saved < 0)
    due = MAX (due, now + (gint64) ((double) -self->saved / GSC_PAINTER_SHARE) + 1);
  return due;
}

/* Whether the job of @a goes before that of @b where both are due: those that a user waits for go
 * first; then who has waited longest. */
static gboolean
goes_before (const GscPainterClient *a, const GscPainterClient *b)
{
  if (a->waiting->pace != b->waiting->pace)
    return a->waiting->pace == GSC_PAINTER_AT_ONCE;
  return a->waiting->asked < b->waiting->asked;
}

/* The client to paint for now; or NULL, and when to look again (-1: when woken). */
static GscPainterClient *
choose_client (GscPainter *self, gint64 *next)
{
  gint64 now = g_get_monotonic_time ();
  GscPainterClient *best = NULL;

  *next = -1;
  save_time (self, now);
  for (guint i = 0; i < self->clients->len; i++)
    {
      GscPainterClient *client = g_ptr_array_index (self->clients, i);
      gint64 due;

      if (client->waiting == NULL)
        continue;
      due = get_due (self, client, now);
      if (due > now)
        *next = *next < 0 ? due : MIN (*next, due);
      else if (best == NULL || goes_before (client, best))
        best = client;
    }
  return best;
}

static gboolean hand_out (gpointer data);

/* Hands what is done to the main thread. */
static void
schedule (GscPainter *self)
{
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, HAND_OUT_PRIORITY);
  g_source_set_callback (self->source, hand_out, self, NULL);
  g_source_set_static_name (self->source, "GscPainter");
  g_source_attach (self->source, self->context);
}

/* Paints the job of @client. Holds the lock but for the painting itself. */
static void
paint_for (GscPainter *self, GscPainterClient *client)
{
  Slip *slip = g_steal_pointer (&client->waiting);
  guint cancels = client->cancels;
  gint64 cost;

  if (slip->pace == GSC_PAINTER_PACED)
    client->last_paced = g_get_monotonic_time ();
  self->current = client;
  self->painting = TRUE;
  g_mutex_unlock (&self->lock);

  cost = get_thread_time ();
  slip->texture = gsc_painter_paint (&slip->job, &slip->page);
  cost = get_thread_time () - cost;

  g_mutex_lock (&self->lock);
  self->painting = FALSE;
  if (slip->pace == GSC_PAINTER_PACED)
    self->saved -= cost;
  if (self->current == client && client->cancels == cancels)
    {
      slip_free (client->done);
      client->done = slip;
      if (slip->pace == GSC_PAINTER_PACED)
        self->in_batch = TRUE;
      else
        schedule (self);
    }
  else
    slip_free (slip);
  self->current = NULL;
}

static gpointer
run (gpointer data)
{
  GscPainter *self = data;

  g_mutex_lock (&self->lock);
  while (!self->quit)
    {
      gint64 next;
      GscPainterClient *client = choose_client (self, &next);

      if (client != NULL)
        {
          paint_for (self, client);
          continue;
        }
      if (self->in_batch)
        {
          self->in_batch = FALSE;
          schedule (self);
        }
      if (next >= 0)
        g_cond_wait_until (&self->wake, &self->lock, next);
      else
        {
          g_cond_broadcast (&self->idle);
          g_cond_wait (&self->wake, &self->lock);
        }
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* The main thread */

/* Takes what has been painted for one client; NULL when all is handed out. */
static Slip *
take_done (GscPainter *self, GscPainterFunc *func, gpointer *data)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      GscPainterClient *client = g_ptr_array_index (self->clients, i);

      if (client->done == NULL)
        continue;
      *func = client->func;
      *data = client->data;
      return g_steal_pointer (&client->done);
    }
  return NULL;
}

static gboolean
hand_out (gpointer user_data)
{
  /* A client may drop the last reference. */
  g_autoptr (GscPainter) self = g_object_ref (GSC_PAINTER (user_data));
  Slip *slip;

  g_mutex_lock (&self->lock);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
  do
    {
      GscPainterFunc func = NULL;
      gpointer data = NULL;

      slip = take_done (self, &func, &data);
      if (slip != NULL)
        {
          /* The client may ask for the next, or go. */
          g_mutex_unlock (&self->lock);
          func (&slip->job, slip->texture, g_steal_pointer (&slip->page), data);
          slip_free (slip);
          g_mutex_lock (&self->lock);
        }
    }
  while (slip != NULL);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

GscPainterClient *
gsc_painter_add_client (GscPainter *self, GscPainterFunc func, gpointer data)
{
  GscPainterClient *client = g_new0 (GscPainterClient, 1);

  client->func = func;
  client->data = data;
  client->last_paced = G_MININT64 / 2;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->clients, client);
  g_mutex_unlock (&self->lock);
  return client;
}

void
gsc_painter_remove_client (GscPainter *self, GscPainterClient *client)
{
  g_mutex_lock (&self->lock);
  if (self->current == client)
    self->current = NULL;
  g_ptr_array_remove (self->clients, client);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

void
gsc_painter_request (GscPainter *self,
                     GscPainterClient *client,
                     const GscPainterJob *job,
                     GscPainterPace pace)
{
  Slip *slip = g_new0 (Slip, 1);

  slip->job = *job;
  gsc_frame_ref (job->frame);
  slip->pace = pace;
  slip->asked = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  if (client->waiting != NULL)
    {
      /* What a user waits for does not wait longer because a training has news. */
      if (client->waiting->pace == GSC_PAINTER_AT_ONCE)
        slip->pace = GSC_PAINTER_AT_ONCE;
      slip->asked = client->waiting->asked;
      slip_free (client->waiting);
    }
  client->waiting = slip;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

void
gsc_painter_cancel (GscPainter *self, GscPainterClient *client)
{
  g_mutex_lock (&self->lock);
  client->cancels++;
  g_clear_pointer (&client->waiting, slip_free);
  g_clear_pointer (&client->done, slip_free);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

/* Whether anything is waiting or being painted; with @done, or not handed out. */
static gboolean
has_work (GscPainter *self, gboolean done)
{
  if (self->painting)
    return TRUE;
  for (guint i = 0; i < self->clients->len; i++)
    {
      const GscPainterClient *client = g_ptr_array_index (self->clients, i);

      if (client->waiting != NULL || (done && client->done != NULL))
        return TRUE;
    }
  return FALSE;
}

gboolean
gsc_painter_is_busy (GscPainter *self)
{
  gboolean busy;

  g_mutex_lock (&self->lock);
  busy = has_work (self, TRUE);
  g_mutex_unlock (&self->lock);
  return busy;
}

void
gsc_painter_flush (GscPainter *self)
{
  g_mutex_lock (&self->lock);
  self->hurry = TRUE;
  g_cond_signal (&self->wake);
  while (has_work (self, FALSE))
    g_cond_wait (&self->idle, &self->lock);
  self->hurry = FALSE;
  g_mutex_unlock (&self->lock);
  hand_out (self);
}

/* Lifetime */

static void
gsc_painter_dispose (GObject *object)
{
  GscPainter *self = GSC_PAINTER (object);

  if (self->thread != NULL)
    {
      g_mutex_lock (&self->lock);
      self->quit = TRUE;
      g_cond_signal (&self->wake);
      g_mutex_unlock (&self->lock);
      g_thread_join (g_steal_pointer (&self->thread));
    }
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
  G_OBJECT_CLASS (gsc_painter_parent_class)->dispose (object);
}

static void
gsc_painter_finalize (GObject *object)
{
  GscPainter *self = GSC_PAINTER (object);

  g_ptr_array_unref (self->clients);
  g_main_context_unref (self->context);
  g_cond_clear (&self->idle);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (gsc_painter_parent_class)->finalize (object);
}

static void
gsc_painter_class_init (GscPainterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gsc_painter_dispose;
  object_class->finalize = gsc_painter_finalize;
}

static void
gsc_painter_init (GscPainter *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_cond_init (&self->idle);
  self->clients = g_ptr_array_new_with_free_func (client_free);
  self->context = g_main_context_ref_thread_default ();
  self->counted = g_get_monotonic_time ();
  self->thread = g_thread_new ("painter", run, self);
}

GscPainter *
gsc_painter_new (void)
{
  return g_object_new (GSC_TYPE_PAINTER, NULL);
}

GscPainter *
gsc_painter_get_default (void)
{
  static GscPainter *shared;

  if (shared != NULL)
    return g_object_ref (shared);
  shared = gsc_painter_new ();
  g_object_add_weak_pointer (G_OBJECT (shared), (gpointer *) &shared);
  return shared;
}
