/* gsc-phase-reader.c - follows a sweep's folder as it fills up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-reader.h"

#include <string.h>

#include "gsc-sweep-watch.h"

/* Seconds between two looks. */
#define PAUSE 2

struct _GscPhaseReader
{
  GObject parent_instance;

  GscSweepTableOptions options;
  GscPhaseView view;
  guint n_states[GSC_SWEEP_N_STATES];
  gboolean reading;
  gboolean wanted; /* a reading after the present one ... */
  gboolean look;   /* ... which looks at the files */
  guint timeout;

  /* Owned References */
  char *folder;
  GscSweep *sweep;
  GscSweepWatch *watch; /* the thread's while reading */
  GscPhaseFrame *frame;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPhaseReader, gsc_phase_reader, G_TYPE_OBJECT)

/* One reading. The reader lives as long. */
typedef struct
{
  const GscSweep *sweep;
  GscSweepWatch *watch;
  GscSweepTableOptions options;
  GscPhaseView view;
  gboolean look;
  gboolean asked; /* for a frame, whether or not files have changed */

  /* What comes of it. */
  GscPhaseFrame *frame; /* NULL: nothing is new */
  guint n_states[GSC_SWEEP_N_STATES];
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->frame, gsc_phase_frame_unref);
  g_free (reading);
}

static void
read_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  g_autoptr (GscSweepTable) table = NULL;
  gboolean changed = reading->look && gsc_sweep_watch_update (reading->watch);

  if (changed || reading->asked)
    {
      table = gsc_sweep_watch_make_table (reading->watch, &reading->options);
      reading->frame
          = gsc_phase_frame_new (reading->sweep, table, &reading->options, &reading->view);
      for (guint i = 0; i < table->n_cells; i++)
        reading->n_states[table->results[i].state]++;
    }
  g_task_return_boolean (task, TRUE);
}

static void start (GscPhaseReader *self, gboolean look, gboolean asked);

static void
on_read (GObject *object, GAsyncResult *result, gpointer data)
{
  GscPhaseReader *self = GSC_PHASE_READER (object);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  gboolean look = self->look;

  self->reading = FALSE;
  if (self->wanted)
    {
      self->wanted = self->look = FALSE;
      start (self, look, TRUE);
    }
  if (reading->frame == NULL)
    return;
  g_clear_pointer (&self->frame, gsc_phase_frame_unref);
  self->frame = g_steal_pointer (&reading->frame);
  memcpy (self->n_states, reading->n_states, sizeof self->n_states);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
start (GscPhaseReader *self, gboolean look, gboolean asked)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  if (self->reading)
    {
      self->wanted = self->wanted || asked;
      self->look = self->look || look;
      return;
    }
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->sweep = self->sweep;
  reading->watch = self->watch;
  reading->options = self->options;
  reading->view = self->view;
  reading->look = look;
  reading->asked = asked;
  task = g_task_new (self, NULL, on_read, NULL);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

static gboolean
on_timeout (gpointer data)
{
  start (data, TRUE, FALSE);
  return G_SOURCE_CONTINUE;
}

/* Public functions */

const char *
gsc_phase_reader_get_folder (GscPhaseReader *self)
{
  return self->folder;
}

const GscSweep *
gsc_phase_reader_get_sweep (GscPhaseReader *self)
{
  return self->sweep;
}

void
gsc_phase_reader_set_options (GscPhaseReader *self, const GscSweepTableOptions *options)
{
  g_return_if_fail (GSC_IS_PHASE_READER (self));

  self->options = *options;
  start (self, FALSE, TRUE);
}

void
gsc_phase_reader_set_view (GscPhaseReader *self, const GscPhaseView *view)
{
  g_return_if_fail (GSC_IS_PHASE_READER (self));

  self->view = *view;
  start (self, FALSE, TRUE);
}

const GscSweepTableOptions *
gsc_phase_reader_get_options (GscPhaseReader *self)
{
  return &self->options;
}

const GscPhaseView *
gsc_phase_reader_get_view (GscPhaseReader *self)
{
  return &self->view;
}

void
gsc_phase_reader_look (GscPhaseReader *self)
{
  g_return_if_fail (GSC_IS_PHASE_READER (self));

  start (self, TRUE, TRUE);
}

GscPhaseFrame *
gsc_phase_reader_get_frame (GscPhaseReader *self)
{
  return self->frame;
}

guint
gsc_phase_reader_count (GscPhaseReader *self, GscSweepState state)
{
  g_return_val_if_fail (GSC_IS_PHASE_READER (self) && state < GSC_SWEEP_N_STATES, 0);

  return self->n_states[state];
}

gboolean
gsc_phase_reader_is_busy (GscPhaseReader *self)
{
  return self->reading;
}

/* GObject */

/* The thread holds a reference: what it uses is freed in finalize only. */
static void
gsc_phase_reader_finalize (GObject *object)
{
  GscPhaseReader *self = GSC_PHASE_READER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->frame, gsc_phase_frame_unref);
  g_clear_pointer (&self->watch, gsc_sweep_watch_free);
  g_clear_pointer (&self->sweep, gsc_sweep_free);
  g_free (self->folder);

  G_OBJECT_CLASS (gsc_phase_reader_parent_class)->finalize (object);
}

static void
gsc_phase_reader_class_init (GscPhaseReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gsc_phase_reader_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_phase_reader_init (GscPhaseReader *self)
{
  self->options = gsc_sweep_table_options_default ();
  self->options.unfinished = TRUE;
}

GscPhaseReader *
gsc_phase_reader_new (const char *folder, GError **error)
{
  g_autoptr (GscPhaseReader) self = g_object_new (GSC_TYPE_PHASE_READER, NULL);

  self->folder = g_canonicalize_filename (folder, NULL);
  self->sweep = gsc_sweep_load (self->folder, error);
  if (self->sweep == NULL)
    return NULL;
  self->watch = gsc_sweep_watch_new (self->sweep, self->folder);
  gsc_phase_view_init (&self->view, self->sweep);
  self->timeout = g_timeout_add_seconds (PAUSE, on_timeout, self);
  start (self, TRUE, TRUE);
  return g_steal_pointer (&self);
}
