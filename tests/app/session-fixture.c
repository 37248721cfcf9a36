/* session-fixture.c - a session with a run that nobody trained
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session-fixture.h"

#include "data-fixture.h"

#define PRIME 11
#define PATIENCE (30 * G_USEC_PER_SEC)

static GscSnapshot *
make_snapshot (const GscConfig *config)
{
  GscModelConfig shape;
  GscModel *model;

  gsc_config_get_model (config, &shape);
  model = gsc_model_new (&shape, NULL);
  gsc_model_init_weights (model, 1);
  return gsc_snapshot_new (model, 100);
}

void
session_fixture_open (SessionFixture *fixture, guint n_records)
{
  g_autoptr (GscRunData) data = data_fixture_new (PRIME, n_records, FIXTURE_RISING);
  g_autoptr (GscSnapshot) snapshot = make_snapshot (&data->config);

  fixture->run = gsc_run_new ("fixture");
  gsc_run_set_data (fixture->run, data);
  gsc_run_set_snapshot (fixture->run, snapshot);
  fixture->session = gsc_session_new ();
  gsc_session_set_run (fixture->session, fixture->run);
}

void
session_fixture_close (SessionFixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->session), (gpointer *) &fixture->session);
  g_object_unref (fixture->session);
  g_assert_null (fixture->session);
  g_clear_object (&fixture->run);
}

void
session_fixture_append (SessionFixture *fixture)
{
  GscRunData *data = gsc_run_get_data (fixture->run);
  guint n = data->records->len;
  GscRecord *record = data_fixture_make_record (&data->config, data->tasks, 100 * n, 0.5, 1);
  GscRunData *longer = gsc_run_data_append (data, record);

  gsc_record_unref (record);
  gsc_run_set_data (fixture->run, longer);
  gsc_run_data_unref (longer);
}

void
session_fixture_iterate_until (SessionFixtureTest done, gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  while (!done (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("nothing happened for half a minute");
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

void
session_fixture_iterate (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
count_frame (guint *n)
{
  (*n)++;
}

static gboolean
has_two_frames (gpointer n)
{
  return *(guint *) n >= 2;
}

static gboolean
is_mapped (gpointer window)
{
  return gtk_widget_get_mapped (window);
}

void
session_fixture_settle (GtkWidget *window)
{
  GdkFrameClock *clock;
  guint n = 0;

  session_fixture_iterate_until (is_mapped, window);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (count_frame), &n);
  gdk_frame_clock_begin_updating (clock);
  session_fixture_iterate_until (has_two_frames, &n);
  gdk_frame_clock_end_updating (clock);
  g_signal_handlers_disconnect_by_data (clock, &n);
}

static gboolean
has_analysis (gpointer data)
{
  GscFrame *frame = gsc_session_get_frame (data);

  return frame != NULL && frame->probe != NULL && frame->projection != NULL;
}

void
session_fixture_wait (SessionFixture *fixture)
{
  session_fixture_iterate_until (has_analysis, fixture->session);
}
