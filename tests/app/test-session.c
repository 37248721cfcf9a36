/* test-session.c - what the window shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-session.h"
#include "gsc-sequence.h"
#include "training-fixture.h"

static gboolean
has_model (gpointer data)
{
  GscFrame *frame = gsc_session_get_frame (data);

  return frame != NULL && frame->probe != NULL && frame->projection != NULL;
}

static gboolean
is_at_rest (gpointer data)
{
  gboolean busy;

  g_object_get (data, "busy", &busy, NULL);
  return !busy && has_model (data);
}

/* A trained run, shown. */
static GscSession *
open_run (const char *name, GscRun **run)
{
  g_autofree char *path = training_fixture_folder (name);
  GscConfig config = training_fixture_config ();
  GscSession *session = gsc_session_new ();

  training_fixture_train (path, &config, -1);
  *run = gsc_run_new (path);
  gsc_run_set_config (*run, &config);
  gsc_session_set_run (session, *run);
  training_fixture_wait (is_at_rest, session);
  return session;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
close_run (GscSession *session, GscRun *run)
{
  gpointer weak_session = session;
  gpointer weak_run = run;

  g_object_add_weak_pointer (G_OBJECT (session), &weak_session);
  g_object_add_weak_pointer (G_OBJECT (run), &weak_run);
  gsc_session_set_run (session, NULL);
  g_assert_null (gsc_session_get_frame (session));
  g_object_unref (session);
  g_object_unref (run);
  /* a load under way holds the run until it is done */
  training_fixture_wait (is_gone, &weak_session);
  training_fixture_wait (is_gone, &weak_run);
}

static void
test_shows (void)
{
  GscRun *run;
  GscSession *session = open_run ("shows", &run);
  GscFrame *frame = gsc_session_get_frame (session);
  const GscConfig *config = gsc_run_get_config (run);
  const GscTask *task;
  gint64 last = config->steps;

  g_assert_true (gsc_session_get_live (session));
  g_assert_false (gsc_session_is_locked (session));
  g_assert_cmpint (frame->record, ==, (int) frame->run->records->len - 1);
  g_assert_cmpint (frame->step, ==, last);
  g_assert_cmpint (frame->probe->p, ==, config->p);
  g_assert_cmpuint (frame->probe->n_tokens, ==, 3 * config->shots);
  g_assert_cmpint (frame->projection->n, ==, config->p * config->p);

  /* the sequence is of the cursor's task, from training inputs */
  task = &frame->run->tasks
              ->tasks[gsc_task_split_lookup (frame->run->tasks, frame->cursor.a, frame->cursor.b)];
  g_assert_cmpint (task->role, ==, GSC_TASK_ROLE_OOD);
  for (guint i = 0; i < frame->probe->n_tokens; i += 3)
    {
      const gint32 *example = frame->probe->tokens + i;

      g_assert_cmpint (gsc_task_answer (task, config->p, example[0], example[1]), ==, example[2]);
      g_assert_true (gsc_input_split_is_train (frame->run->inputs, example[0], example[1]));
    }
  close_run (session, run);
}

typedef struct
{
  GscSession *session;
  gint64 step;
} Wish;

static gboolean
shows_step (gpointer data)
{
  Wish *wish = data;

  return is_at_rest (wish->session) && gsc_session_get_frame (wish->session)->step == wish->step;
}

/* Every record brings the weights of its step: what is shown is what was measured there. */
static void
test_time (void)
{
  GscRun *run;
  GscSession *session = open_run ("time", &run);
  GscRunData *data = gsc_run_get_data (run);

  for (int i = (int) data->records->len - 1; i >= 0; i--)
    {
      Wish wish = { session, gsc_run_data_get_record (data, i)->step };
      g_autoptr (GscModel) model
          = training_fixture_load_snapshot (gsc_run_get_path (run), wish.step);
      g_autoptr (GscProbe) expected = NULL;
      GscFrame *frame;

      gsc_session_set_record (session, i);
      g_assert_false (gsc_session_get_live (session));
      training_fixture_wait (shows_step, &wish);
      frame = gsc_session_get_frame (session);
      g_assert_cmpint (frame->record, ==, i);
      expected = gsc_probe_new (model, data->config.p, frame->probe->tokens, frame->probe->n_tokens,
                                NULL);
      for (guint j = 0; j < expected->n_answers; j++)
        g_assert_cmpfloat (expected->answers[j].probability, ==,
                           frame->probe->answers[j].probability);
    }
  gsc_session_set_record (session, 1000);
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==, (int) data->records->len - 1);
  gsc_session_set_live (session, TRUE);
  g_assert_true (gsc_session_get_live (session));
  close_run (session, run);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_cursor (void)
{
  GscRun *run;
  GscSession *session = open_run ("cursor", &run);
  GscCursor usual = gsc_session_get_cursor (session);
  GscCursor cursor = { .a = -5, .b = 1000, .shot = 1000, .layer = 1000, .head = 1000 };
  const GscConfig *config = gsc_run_get_config (run);
  g_autofree char *before = gsc_session_get_sequence (session);
  g_autofree char *after = NULL;
  guint frames = 0;

  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (count), &frames);
  gsc_session_set_cursor (session, &cursor);
  g_assert_cmpuint (frames, ==, 1);
  cursor = gsc_session_get_cursor (session);
  g_assert_true (gsc_frame_has_cursor (gsc_run_get_data (run), &cursor));
  g_assert_cmpint (cursor.a, ==, 0);
  g_assert_cmpint (cursor.b, ==, config->p - 1);
  g_assert_cmpuint (cursor.head, ==, config->heads - 1);
  g_assert_true (gsc_session_is_locked (session));
  after = gsc_session_get_sequence (session);
  g_assert_cmpstr (before, !=, after);

  /* the same again is nothing new */
  training_fixture_wait (is_at_rest, session);
  frames = 0;
  gsc_session_set_cursor (session, &cursor);
  g_assert_cmpuint (frames, ==, 0);

  gsc_session_unlock (session);
  cursor = gsc_session_get_cursor (session);
  g_assert_cmpmem (&cursor, sizeof cursor, &usual, sizeof usual);
  g_assert_false (gsc_session_is_locked (session));
  close_run (session, run);
}

static void
test_sequence (void)
{
  static const char *const bad[] = { "", "x", "1 2 3 4", "1", "1 2 3 99 1 2", "1 -1" };
  GscRun *run;
  GscSession *session = open_run ("sequence", &run);
  g_autofree char *drawn = gsc_session_get_sequence (session);
  g_autofree char *typed = NULL;
  g_autofree char *other = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GString) longer = g_string_new (NULL);
  g_autoptr (GError) too_long = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = NULL;

      g_assert_false (gsc_session_set_sequence (session, bad[i], &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
      kept = gsc_session_get_sequence (session);
      g_assert_cmpstr (kept, ==, drawn);
    }
  for (int i = 0; i < gsc_run_get_config (run)->shots; i++)
    g_string_append (longer, "1 1 1 ");
  g_string_append (longer, "1 1");
  g_assert_false (gsc_session_set_sequence (session, longer->str, &too_long));
  training_fixture_assert_sentence (too_long->message, "trained on at most");

  g_assert_true (gsc_session_set_sequence (session, "1 2 3|2 4 1, 1 1", NULL));
  g_assert_true (gsc_session_has_own_sequence (session));
  typed = gsc_session_get_sequence (session);
  g_assert_cmpstr (typed, ==, "1 2 3 | 2 4 1 | 1 1");
  training_fixture_wait (is_at_rest, session);
  g_assert_cmpuint (gsc_session_get_frame (session)->probe->n_tokens, ==, 8);

  gsc_session_new_context (session);
  g_assert_false (gsc_session_has_own_sequence (session));
  other = gsc_session_get_sequence (session);
  g_assert_cmpstr (other, !=, drawn);
  gsc_session_unlock (session);
  again = gsc_session_get_sequence (session);
  g_assert_cmpstr (again, ==, other);
  close_run (session, run);
}

static void
test_projection (void)
{
  GscRun *run;
  GscSession *session = open_run ("projection", &run);
  GscProjectionSource source = gsc_session_get_projection (session);
  GscFrame *frame;

  g_assert_cmpint (source.part, ==, GSC_PROJECTION_HEAD);
  source.part = GSC_PROJECTION_EMBEDDING;
  gsc_session_set_projection (session, &source);
  training_fixture_wait (is_at_rest, session);
  frame = gsc_session_get_frame (session);
  g_assert_cmpint (frame->projection->source.part, ==, GSC_PROJECTION_EMBEDDING);
  g_assert_cmpuint (frame->projection->n, ==, gsc_run_get_config (run)->p);

  gsc_session_set_wanted (session, FALSE, FALSE);
  gsc_session_set_shot (session, 0);
  training_fixture_idle (50);
  g_assert_null (gsc_session_get_frame (session)->probe);
  gsc_session_set_wanted (session, TRUE, TRUE);
  training_fixture_wait (is_at_rest, session);
  close_run (session, run);
}

static gboolean
has_message (gpointer data)
{
  g_autofree char *message = NULL;

  g_object_get (data, "message", &message, NULL);
  return message != NULL;
}

/* A snapshot that is gone or damaged is said, and the numbers are still shown. */
static void
test_damaged_snapshot (void)
{
  GscRun *run;
  GscSession *session = open_run ("damaged", &run);
  g_autofree char *snapshot
      = g_build_filename (gsc_run_get_path (run), "snapshots", "step-00000010.safetensors", NULL);
  g_autofree char *message = NULL;

  g_assert_true (g_file_test (snapshot, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (snapshot, "nothing", -1, NULL));
  for (int i = 0; i < (int) gsc_run_get_data (run)->records->len; i++)
    if (gsc_run_data_get_record (gsc_run_get_data (run), i)->step == 10)
      gsc_session_set_record (session, i);
  training_fixture_wait (has_message, session);
  g_object_get (session, "message", &message, NULL);
  training_fixture_assert_sentence (message, "step-00000010");
  g_assert_cmpint (gsc_frame_get_record (gsc_session_get_frame (session))->step, ==, 10);
  close_run (session, run);
}

/* Runs are changed while analyses are under way: none of the old run's arrives. */
static void
test_switching (void)
{
  GscRun *runs[2];
  GscSession *session = open_run ("first", &runs[0]);
  g_autofree char *path = training_fixture_folder ("second");
  GscConfig config = training_fixture_config ();

  config.seed++;
  training_fixture_train (path, &config, -1);
  runs[1] = gsc_run_new (path);
  gsc_run_set_config (runs[1], &config);
  for (guint i = 0; i < 20; i++)
    {
      gsc_session_set_run (session, runs[i % 2]);
      training_fixture_idle (i);
      if (gsc_session_get_frame (session) != NULL)
        g_assert_true (gsc_session_get_frame (session)->run == gsc_run_get_data (runs[i % 2]));
    }
  training_fixture_wait (is_at_rest, session);
  g_assert_true (gsc_session_get_run (session) == runs[1]);
  g_object_unref (runs[0]);
  close_run (session, runs[1]);
}

/* Data and weights that come together are told of in any order. */
static void
test_order (void)
{
  for (guint i = 0; i < 2; i++)
    {
      GscRun *trained;
      GscSession *source = open_run (i ? "weights-first" : "data-first", &trained);
      GscRun *run = gsc_run_new ("");
      GscSession *session = gsc_session_new ();
      g_autoptr (GscModel) model = training_fixture_load_snapshot (gsc_run_get_path (trained), 30);
      g_autoptr (GscSnapshot) snapshot = gsc_snapshot_new (gsc_model_copy (model), 30);
      g_autofree char *message = NULL;

      gsc_run_set_config (run, gsc_run_get_config (trained));
      gsc_session_set_run (session, run);
      g_object_freeze_notify (G_OBJECT (run));
      if (i)
        gsc_run_set_snapshot (run, snapshot);
      gsc_run_set_data (run, gsc_run_get_data (trained));
      if (!i)
        gsc_run_set_snapshot (run, snapshot);
      g_object_thaw_notify (G_OBJECT (run));
      training_fixture_wait (is_at_rest, session);
      g_object_get (session, "message", &message, NULL);
      g_assert_null (message);
      close_run (session, run);
      close_run (source, trained);
    }
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);

  g_test_add_func ("/session/shows", test_shows);
  g_test_add_func ("/session/time", test_time);
  g_test_add_func ("/session/cursor", test_cursor);
  g_test_add_func ("/session/sequence", test_sequence);
  g_test_add_func ("/session/projection", test_projection);
  g_test_add_func ("/session/damaged-snapshot", test_damaged_snapshot);
  g_test_add_func ("/session/switching", test_switching);
  g_test_add_func ("/session/order", test_order);
  return g_test_run ();
}
