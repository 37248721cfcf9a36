/* test-session.c - what the window shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-model-file.h"
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
has_message (gpointer data)
{
  g_autofree char *message = NULL;

  g_object_get (data, "message", &message, NULL);
  return message != NULL;
}

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
      expected = gsc_probe_new (&(GscSubject){ .model = model, .p = data->config.p },
                                frame->probe->tokens, frame->probe->n_tokens, NULL);
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

static void
keep_notice (GscSession *session, const char *message, GPtrArray *notices)
{
  g_ptr_array_add (notices, g_strdup (message));
}

static int
find_record (GscRun *run, gint64 step)
{
  GscRunData *data = gsc_run_get_data (run);

  for (int i = 0; i < (int) data->records->len; i++)
    if (gsc_run_data_get_record (data, i)->step == step)
      return i;
  g_assert_not_reached ();
}

static char *
get_snapshot (GscRun *run, gint64 step)
{
  g_autofree char *name = g_strdup_printf ("step-%08d.safetensors", (int) step);

  return g_build_filename (gsc_run_get_path (run), "snapshots", name, NULL);
}

/* A snapshot that is damaged is passed over, and said once; the nearest other model is shown, with
 * the numbers of the record. One that is gone is as if it had been thinned. */
static void
test_damaged_snapshot (void)
{
  g_autoptr (GPtrArray) notices = g_ptr_array_new_with_free_func (g_free);
  GscRun *run;
  GscSession *session = open_run ("damaged", &run);
  g_autofree char *damaged = get_snapshot (run, 10);
  g_autofree char *gone = get_snapshot (run, 20);
  g_autofree char *path = training_fixture_folder ("damaged");
  Wish wish = { NULL, 15 };

  g_assert_true (g_file_set_contents (damaged, "nothing", -1, NULL));
  g_assert_cmpint (g_unlink (gone), ==, 0);
  /* from the disk, and not from those that were read ahead */
  close_run (session, run);
  session = gsc_session_new ();
  run = gsc_run_new (path);
  wish.session = session;
  g_signal_connect (session, "notice", G_CALLBACK (keep_notice), notices);
  gsc_session_set_run (session, run);
  training_fixture_wait (is_at_rest, session);
  for (guint i = 0; i < 2; i++)
    {
      gsc_session_set_record (session, find_record (run, 10));
      wish.step = 15;
      training_fixture_wait (shows_step, &wish);
      g_assert_cmpint (gsc_frame_get_record (gsc_session_get_frame (session))->step, ==, 10);
      g_assert_false (has_message (session));
      g_assert_cmpuint (notices->len, ==, 1);
      training_fixture_assert_sentence (g_ptr_array_index (notices, 0), "step-00000010");

      gsc_session_set_record (session, find_record (run, 0));
      wish.step = 0;
      training_fixture_wait (shows_step, &wish);
    }
  gsc_session_set_record (session, find_record (run, 20));
  wish.step = 25;
  training_fixture_wait (shows_step, &wish);
  g_assert_cmpuint (notices->len, ==, 1);
  close_run (session, run);
}

/* Where none can be read, that is said, and the numbers are still shown. */
static void
test_no_snapshot (void)
{
  GscRun *run;
  GscSession *session = open_run ("none", &run);
  g_autofree char *path = training_fixture_folder ("none");
  g_autofree char *message = NULL;
  GscRunData *data = gsc_run_get_data (run);

  for (int i = 0; i < (int) data->records->len; i++)
    {
      g_autofree char *file = get_snapshot (run, gsc_run_data_get_record (data, i)->step);

      g_assert_true (g_file_set_contents (file, "nothing", -1, NULL));
    }
  /* from the disk, and not from those that were read ahead */
  close_run (session, run);
  session = gsc_session_new ();
  run = gsc_run_new (path);
  gsc_session_set_run (session, run);
  training_fixture_wait (has_message, session);
  g_object_get (session, "message", &message, NULL);
  training_fixture_assert_sentence (message, "step-");
  gsc_session_set_record (session, 2);
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 2);
  close_run (session, run);
}

/* Time dragged faster than models are read: no queue forms, what is passed may be seen, and the
 * last one is what is shown. */
static void
test_drag (void)
{
  GscRun *run;
  GscSession *session = open_run ("drag", &run);
  int n = (int) gsc_run_get_data (run)->records->len;
  guint frames = 0;
  guint n_moves = 0;
  Wish wish = { session, gsc_run_data_get_record (gsc_run_get_data (run), 2)->step };

  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (count), &frames);
  for (int i = 0; i < 500; i++)
    {
      int record = i % (2 * n) < n ? i % (2 * n) : 2 * n - 1 - i % (2 * n);
      gboolean moves = record != gsc_session_get_frame (session)->record;

      gsc_session_set_record (session, record);
      n_moves += moves;
      g_assert_cmpint (gsc_session_get_frame (session)->record, ==, record);
      while (i % 50 == 0 && g_main_context_iteration (NULL, FALSE))
        continue;
    }
  gsc_session_set_record (session, 2);
  n_moves++;
  frames = 0;
  training_fixture_wait (shows_step, &wish);
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 2);
  /* the one under way and the last one, not those of five hundred moves */
  g_assert_cmpuint (n_moves, >, 300);
  g_assert_cmpuint (frames, <=, 3);
  training_fixture_idle (100);
  g_assert_cmpuint (frames, <=, 3);
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

static gboolean
has_scores (gpointer data)
{
  GscFrame *frame = gsc_session_get_frame (data);

  return frame->ablation != NULL && frame->insights[GSC_INSIGHT_SCORES] != NULL;
}

static gboolean
has_kshot (gpointer data)
{
  return gsc_session_get_frame (data)->insights[GSC_INSIGHT_KSHOT] != NULL;
}

static gboolean
has_no_ablation (gpointer data)
{
  return is_at_rest (data) && gsc_session_get_frame (data)->ablation == NULL;
}

/* Heads are taken out of everything that is shown, and come back. */
static void
test_ablation (void)
{
  GscRun *run;
  GscSession *session = open_run ("ablation", &run);
  const GscRecord *record = gsc_frame_get_record (gsc_session_get_frame (session));
  double whole = gsc_session_get_frame (session)->probe->answers[3].chances[0];
  guint n = 0;

  g_assert_true (gsc_frame_get_scores (gsc_session_get_frame (session)) == record);
  g_signal_connect_swapped (session, "notify::ablated", G_CALLBACK (count), &n);
  gsc_session_ablate (session, 1, 0, GSC_ABLATION_ZERO);
  gsc_session_ablate (session, 0, 1, GSC_ABLATION_MEAN);
  gsc_session_ablate (session, 0, 1, GSC_ABLATION_MEAN);
  gsc_session_ablate (session, 99, 0, GSC_ABLATION_ZERO);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 2);
  g_assert_cmpint (gsc_session_get_head_mode (session, 0, 1), ==, GSC_ABLATION_MEAN);
  training_fixture_wait (has_scores, session);
  g_assert_cmpuint (gsc_ablation_count (gsc_session_get_frame (session)->ablation), ==, 2);
  g_assert_cmpfloat (gsc_session_get_frame (session)->probe->answers[3].chances[0], !=, whole);
  g_assert_true (gsc_frame_get_record (gsc_session_get_frame (session)) == record);
  g_assert_true (gsc_frame_get_scores (gsc_session_get_frame (session)) != record);
  g_assert_cmpint (gsc_frame_get_scores (gsc_session_get_frame (session))->step, ==, record->step);

  gsc_session_restore_heads (session);
  g_assert_cmpuint (n, ==, 3);
  training_fixture_wait (has_no_ablation, session);
  g_assert_cmpfloat (gsc_session_get_frame (session)->probe->answers[3].chances[0], ==, whole);
  g_assert_true (gsc_frame_get_scores (gsc_session_get_frame (session)) == record);

  /* another run begins whole */
  gsc_session_ablate (session, 1, 0, GSC_ABLATION_ZERO);
  close_run (session, run);
}

/* Insights come when they are wanted, of the cursor's task and context; an earlier task's is not
 * shown in their place. */
static void
test_insights (void)
{
  GscRun *run;
  GscSession *session = open_run ("insights", &run);
  GscInsightRequest options = gsc_session_get_insight_options (session, GSC_INSIGHT_SIMILARITY);
  GscCursor cursor;

  g_assert_false (has_kshot (session));
  gsc_session_set_wanted_insights (session, 1u << GSC_INSIGHT_KSHOT);
  training_fixture_wait (has_kshot, session);
  cursor = gsc_session_get_cursor (session);
  g_assert_cmpint (gsc_session_get_frame (session)->insights[GSC_INSIGHT_KSHOT]->kshot->a, ==,
                   cursor.a);
  gsc_session_set_task (session, (cursor.a + 1) % 5, cursor.b);
  training_fixture_wait (is_at_rest, session);
  training_fixture_wait (has_kshot, session);
  g_assert_cmpint (gsc_session_get_frame (session)->insights[GSC_INSIGHT_KSHOT]->kshot->a, ==,
                   (cursor.a + 1) % 5);

  /* cancelled: it comes when it is asked for again */
  gsc_session_new_context (session);
  training_fixture_wait (is_at_rest, session);
  gsc_session_set_wanted_insights (session, 0);
  g_assert_false (has_kshot (session));
  gsc_session_new_context (session);
  training_fixture_wait (is_at_rest, session);
  gsc_session_set_wanted_insights (session, 1u << GSC_INSIGHT_KSHOT);
  gsc_session_cancel_insight (session, GSC_INSIGHT_KSHOT);
  g_assert_true (gsc_session_is_insight_cancelled (session, GSC_INSIGHT_KSHOT));
  training_fixture_idle (100);
  g_assert_false (has_kshot (session));
  gsc_session_compute_insight (session, GSC_INSIGHT_KSHOT);
  g_assert_false (gsc_session_is_insight_cancelled (session, GSC_INSIGHT_KSHOT));
  training_fixture_wait (has_kshot, session);

  options.slot = GSC_SLOT_Z;
  gsc_session_set_insight_options (session, &options);
  g_assert_cmpint (gsc_session_get_insight_options (session, GSC_INSIGHT_SIMILARITY).slot, ==,
                   GSC_SLOT_Z);
  close_run (session, run);
}

static gboolean
has_record (gpointer data)
{
  return gsc_session_get_frame (data)->record >= 0;
}

/* A model file is looked at like a run; its scores are measured once and stay. */
static void
test_model_file (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "depth2.pth", NULL);
  g_autoptr (GscModelFile) file = gsc_model_file_open (path, NULL);
  GscConfig config = file->config;
  GscSession *session = gsc_session_new ();
  g_autoptr (GError) error = NULL;
  GscRun *run;

  config.tasks = 4;
  config.eval_sequences = 8;
  run = gsc_model_file_make_run (file, &config, &error);
  g_assert_no_error (error);
  gsc_session_set_run (session, run);
  training_fixture_wait (is_at_rest, session);
  training_fixture_wait (has_record, session);
  g_assert_cmpuint (gsc_run_get_data (run)->records->len, ==, 1);
  training_fixture_idle (50);
  g_assert_cmpuint (gsc_run_get_data (run)->records->len, ==, 1);
  gsc_session_set_record (session, 0);
  training_fixture_wait (is_at_rest, session);
  close_run (session, run);
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
  g_test_add_func ("/session/no-snapshot", test_no_snapshot);
  g_test_add_func ("/session/drag", test_drag);
  g_test_add_func ("/session/switching", test_switching);
  g_test_add_func ("/session/ablation", test_ablation);
  g_test_add_func ("/session/insights", test_insights);
  g_test_add_func ("/session/model-file", test_model_file);
  g_test_add_func ("/session/order", test_order);
  return g_test_run ();
}
