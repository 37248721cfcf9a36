/* test-inspector.c - insights that take their time: order, cancelling, keeping
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-inspector.h"

#include <math.h>

#include "gsc-head-modes.h"
#include "training-fixture.h"

typedef struct
{
  GscInspector *inspector;
  GscRunData *data;
  GscSnapshot *snapshot;
  guint n_done;
  GscInsight *insight; /* the latest */
  gint64 step;
  char *message;
} Fixture;

static void
on_done (Fixture *fixture, GscInspection *inspection)
{
  fixture->n_done++;
  gsc_insight_unref (fixture->insight);
  fixture->insight = inspection->insight != NULL ? gsc_insight_ref (inspection->insight) : NULL;
  fixture->step = inspection->key->step;
  g_free (fixture->message);
  fixture->message = g_strdup (inspection->message);
}

static void
open_fixture (Fixture *fixture, int eval_sequences)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  GscModelConfig shape;
  GscModel *model;

  config.eval_sequences = eval_sequences;
  tasks = gsc_task_split_new (config.p, (guint) config.tasks, config.task_rule, 1, NULL);
  inputs = gsc_input_split_new (config.p, config.alpha, 1, NULL);
  gsc_config_get_model (&config, &shape);
  model = gsc_model_new (&shape, NULL);
  gsc_model_init_weights (model, 1);
  *fixture = (Fixture){ .inspector = gsc_inspector_new () };
  fixture->data = gsc_run_data_new ("run", &config, tasks, inputs, records);
  fixture->snapshot = gsc_snapshot_new (model, 100);
  g_signal_connect_swapped (fixture->inspector, "done", G_CALLBACK (on_done), fixture);
}

static void
close_fixture (Fixture *fixture)
{
  gsc_insight_unref (fixture->insight);
  g_free (fixture->message);
  g_object_add_weak_pointer (G_OBJECT (fixture->inspector), (gpointer *) &fixture->inspector);
  g_object_unref (fixture->inspector);
  g_assert_null (fixture->inspector);
  gsc_snapshot_unref (fixture->snapshot);
  gsc_run_data_unref (fixture->data);
}

static void
ask (Fixture *fixture, GscInsightKind kind, gint64 step, GBytes *modes, gboolean urgent)
{
  const GscInsightRequest request = { .kind = kind, .mode = GSC_ABLATION_ZERO };
  const GscModelConfig *shape = gsc_model_get_config (fixture->snapshot->model);
  g_autoptr (GscInsightKey) key
      = gsc_insight_key_new ("run", step, &fixture->data->config, modes, &request);
  g_autoptr (GscAblation) ablation = gsc_head_modes_make_ablation (modes, shape, NULL);
  GscInspectorWish wish = { key, fixture->snapshot, fixture->data, ablation, urgent };

  gsc_inspector_request (fixture->inspector, &wish);
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->n_done > 0;
}

/* What was computed once is there at once; another ablation is another insight. */
static void
test_keeps (void)
{
  Fixture fixture;
  g_autoptr (GBytes) modes = NULL;
  g_autoptr (GscInsight) first = NULL;

  open_fixture (&fixture, 16);
  modes = gsc_head_modes_set (NULL, gsc_model_get_config (fixture.snapshot->model), 1, 0,
                              GSC_ABLATION_ZERO);
  ask (&fixture, GSC_INSIGHT_SCORES, 100, NULL, TRUE);
  g_assert_cmpfloat (gsc_inspector_get_progress (fixture.inspector, GSC_INSIGHT_SCORES), >=, 0);
  g_assert_cmpfloat (gsc_inspector_get_progress (fixture.inspector, GSC_INSIGHT_NOISE), <, 0);
  g_assert_cmpuint (fixture.n_done, ==, 0);
  training_fixture_wait (is_done, &fixture);
  g_assert_cmpfloat (gsc_inspector_get_progress (fixture.inspector, GSC_INSIGHT_SCORES), <, 0);
  first = gsc_insight_ref (fixture.insight);

  fixture.n_done = 0;
  ask (&fixture, GSC_INSIGHT_SCORES, 100, modes, TRUE);
  training_fixture_wait (is_done, &fixture);
  g_assert_true (fixture.insight != first);
  g_assert_cmpfloat (fixture.insight->scores->sets[0].loss, !=, first->scores->sets[0].loss);
  g_assert_cmpuint (gsc_inspector_get_n_computed (fixture.inspector), ==, 2);

  fixture.n_done = 0;
  ask (&fixture, GSC_INSIGHT_SCORES, 100, NULL, TRUE);
  g_assert_cmpuint (fixture.n_done, ==, 1);
  g_assert_true (fixture.insight == first);
  g_assert_cmpuint (gsc_inspector_get_n_computed (fixture.inspector), ==, 2);
  close_fixture (&fixture);
}

/* A cancelled insight does not come; the next of another kind does. */
static void
test_cancels (void)
{
  Fixture fixture;

  open_fixture (&fixture, 20000);
  ask (&fixture, GSC_INSIGHT_ABLATION, 100, NULL, TRUE);
  training_fixture_idle (20);
  gsc_inspector_cancel (fixture.inspector, GSC_INSIGHT_ABLATION);
  g_assert_cmpfloat (gsc_inspector_get_progress (fixture.inspector, GSC_INSIGHT_ABLATION), <, 0);
  ask (&fixture, GSC_INSIGHT_SPECTRUM, 100, NULL, TRUE);
  training_fixture_wait (is_done, &fixture);
  g_assert_cmpint (fixture.insight->kind, ==, GSC_INSIGHT_SPECTRUM);
  training_fixture_idle (50);
  g_assert_cmpuint (fixture.n_done, ==, 1);

  /* and one that is asked for anew instead of another */
  fixture.n_done = 0;
  ask (&fixture, GSC_INSIGHT_SCORES, 100, NULL, TRUE);
  ask (&fixture, GSC_INSIGHT_SCORES, 200, NULL, TRUE);
  training_fixture_wait (is_done, &fixture);
  g_assert_cmpint (fixture.step, ==, 200);
  g_assert_cmpuint (fixture.n_done, ==, 1);

  /* the end of the program does not wait for it */
  ask (&fixture, GSC_INSIGHT_ABLATION, 300, NULL, TRUE);
  training_fixture_idle (20);
  close_fixture (&fixture);
}

/* While a model trains, what nobody waits for comes seldom, what somebody waits for at once. */
static void
test_paces (void)
{
  Fixture fixture;
  guint computed;

  open_fixture (&fixture, 2000);
  gsc_inspector_set_sharing (fixture.inspector, TRUE);
  ask (&fixture, GSC_INSIGHT_SCORES, 100, NULL, FALSE);
  g_assert_cmpfloat (gsc_inspector_get_progress (fixture.inspector, GSC_INSIGHT_SCORES), <, 0);
  training_fixture_wait (is_done, &fixture);
  for (int i = 1; i < 20; i++)
    {
      ask (&fixture, GSC_INSIGHT_SCORES, 100 + i, NULL, FALSE);
      training_fixture_idle (2);
    }
  computed = gsc_inspector_get_n_computed (fixture.inspector);
  g_assert_cmpuint (computed, <=, 3);
  fixture.n_done = 0;
  ask (&fixture, GSC_INSIGHT_SCORES, 500, NULL, TRUE);
  training_fixture_wait (is_done, &fixture);
  g_assert_cmpint (fixture.step, ==, 500);
  close_fixture (&fixture);
}

/* A model that cannot be looked at is said. */
static void
test_faults (void)
{
  Fixture fixture;

  open_fixture (&fixture, 16);
  for (gsize i = 0; i < 10; i++)
    gsc_model_get_weights (fixture.snapshot->model)[i] = (float) NAN;
  ask (&fixture, GSC_INSIGHT_SPECTRUM, 100, NULL, TRUE);
  training_fixture_wait (is_done, &fixture);
  g_assert_null (fixture.insight);
  g_assert_nonnull (fixture.message);
  close_fixture (&fixture);
}

/* The oldest go first, and what is larger than all the room stays as long as it is the newest. */
static void
test_cache (void)
{
  Fixture fixture;
  g_autoptr (GscInsightCache) cache = gsc_insight_cache_new (G_MAXSIZE, 3);
  g_autoptr (GscInsightCache) tiny = gsc_insight_cache_new (1, 100);
  const GscInsightRequest request = { .kind = GSC_INSIGHT_SPECTRUM };

  open_fixture (&fixture, 16);
  ask (&fixture, GSC_INSIGHT_SPECTRUM, 100, NULL, TRUE);
  training_fixture_wait (is_done, &fixture);
  for (int step = 0; step < 5; step++)
    {
      g_autoptr (GscInsightKey) key
          = gsc_insight_key_new ("run", step, &fixture.data->config, NULL, &request);
      g_autoptr (GscInsightKey) oldest
          = gsc_insight_key_new ("run", 0, &fixture.data->config, NULL, &request);

      gsc_insight_cache_add (cache, key, fixture.insight);
      gsc_insight_cache_add (tiny, key, fixture.insight);
      g_assert_nonnull (gsc_insight_cache_find (cache, oldest)); /* looked at: it stays */
      g_assert_cmpuint (gsc_insight_cache_get_length (cache), ==, MIN (step + 1, 3));
      g_assert_cmpuint (gsc_insight_cache_get_length (tiny), ==, 1);
      g_assert_nonnull (gsc_insight_cache_find (tiny, key));
    }
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);

  g_test_add_func ("/inspector/keeps", test_keeps);
  g_test_add_func ("/inspector/cancels", test_cancels);
  g_test_add_func ("/inspector/paces", test_paces);
  g_test_add_func ("/inspector/faults", test_faults);
  g_test_add_func ("/inspector/cache", test_cache);
  return g_test_run ();
}
