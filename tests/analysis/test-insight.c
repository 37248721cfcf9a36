/* test-insight.c - any analysis, asked for by a plain value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-evaluation.h"
#include "gsc-insight.h"
#include "subject-fixture.h"

static const gint32 tokens[] = { 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 3, 3 };

static GscInsightRequest
make_request (GscInsightKind kind)
{
  return (GscInsightRequest){
    .kind = kind,
    .set = GSC_SET_OOD_TEST,
    .a = 2,
    .b = 3,
    .tokens = tokens,
    .n_tokens = G_N_ELEMENTS (tokens),
    .shot = 2,
    .slot = GSC_SLOT_Y,
    .mode = GSC_ABLATION_ZERO,
    .step = 300,
  };
}

/* Each kind is made, named, counted and freed. */
static void
test_kinds (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  subject_fixture_init (&fixture, 20);
  for (int kind = 0; kind < GSC_N_INSIGHTS; kind++)
    {
      GscInsightRequest request = make_request ((GscInsightKind) kind);
      g_autoptr (GError) error = NULL;
      g_autoptr (GscInsight) insight
          = gsc_insight_new (&request, &fixture.subject, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpint (insight->kind, ==, kind);
      g_assert_nonnull (insight->scores); /* all parts of the union are pointers */
      g_assert_cmpuint (gsc_insight_get_size (insight), >, 0);
      g_assert_true (g_hash_table_add (names, (gpointer) gsc_insight_kind_get_name (kind)));
      g_assert_true (gsc_insight_ref (insight) == insight);
      gsc_insight_unref (insight);
    }
  gsc_insight_unref (NULL);
}

/* What is asked reaches the analysis. */
static void
test_dispatch (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  GscInsightRequest request = make_request (GSC_INSIGHT_SIMILARITY);
  g_autoptr (GscInsight) similarity = NULL;
  g_autoptr (GscInsight) noise = NULL;
  g_autoptr (GscInsight) ablation = NULL;

  subject_fixture_init (&fixture, 20);
  similarity = gsc_insight_new (&request, &fixture.subject, NULL, NULL, NULL);
  g_assert_cmpint (similarity->similarity->a, ==, 2);
  g_assert_cmpint (similarity->similarity->b, ==, 3);
  g_assert_cmpuint (similarity->similarity->shot, ==, 2);
  g_assert_cmpint (similarity->similarity->slot, ==, GSC_SLOT_Y);
  request = make_request (GSC_INSIGHT_NOISE);
  noise = gsc_insight_new (&request, &fixture.subject, NULL, NULL, NULL);
  g_assert_cmpint (noise->noise->set, ==, GSC_SET_OOD_TEST);
  request = make_request (GSC_INSIGHT_ABLATION);
  request.mode = GSC_ABLATION_MEAN;
  ablation = gsc_insight_new (&request, &fixture.subject, NULL, NULL, NULL);
  g_assert_cmpint (ablation->ablation->mode, ==, GSC_ABLATION_MEAN);
}

/* Scores are what an evaluation says, with the ablation and without. */
static void
test_scores (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  GscInsightRequest request = make_request (GSC_INSIGHT_SCORES);
  g_autoptr (GscTeam) team = gsc_team_new (2);

  subject_fixture_init (&fixture, 150); /* more than one chunk */
  for (guint ablated = 0; ablated < 2; ablated++)
    {
      const float *weights = gsc_model_peek_weights (fixture.model);
      g_autoptr (GscAblation) ablation
          = gsc_ablation_new (gsc_model_get_config (fixture.model), NULL, 0);
      g_autoptr (GscEvaluation) evaluation
          = gsc_evaluation_new (&fixture.config, fixture.tasks, fixture.inputs);
      g_autoptr (GscPass) pass
          = gsc_pass_new (team, gsc_model_get_layout (fixture.model), fixture.config.shots, 0);
      g_autoptr (GscRecord) expected = NULL;
      g_autoptr (GscInsight) insight = NULL;

      gsc_ablation_set (ablation, 1, 2, ablated ? GSC_ABLATION_ZERO : GSC_ABLATION_NONE);
      gsc_pass_update (pass, weights);
      gsc_pass_set_ablation (pass, ablation);
      expected = gsc_evaluation_run (evaluation, pass, weights);
      fixture.subject.ablation = ablation;
      insight = gsc_insight_new (&request, &fixture.subject, ablated ? team : NULL, NULL, NULL);
      g_assert_cmpint (insight->scores->step, ==, 300);
      for (guint set = 0; set < GSC_N_SETS; set++)
        {
          g_assert_cmpuint (insight->scores->sets[set].sequences, ==, 150);
          g_assert_cmpfloat_with_epsilon (insight->scores->sets[set].loss, expected->sets[set].loss,
                                          1e-6);
          g_assert_cmpfloat_with_epsilon (insight->scores->sets[set].accuracy,
                                          expected->sets[set].accuracy, 0.003);
        }
      fixture.subject.ablation = NULL;
    }
}

static void
note (double done, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (done, >=, 0);
  g_assert_cmpfloat (done, <=, 1);
  *last = MAX (*last, done);
}

/* All but the spectrum, which is there at once, stop when they are told to. */
static void
test_cancel (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  subject_fixture_init (&fixture, 20);
  g_cancellable_cancel (cancelled);
  for (int kind = 0; kind < GSC_N_INSIGHTS; kind++)
    {
      GscInsightRequest request = make_request ((GscInsightKind) kind);
      double last = 0;
      GscWatch stopped = { .cancellable = cancelled };
      GscWatch followed = { .progress = note, .data = &last };
      g_autoptr (GError) error = NULL;
      g_autoptr (GscInsight) whole = NULL;

      if (kind == GSC_INSIGHT_SPECTRUM)
        continue;
      g_assert_null (gsc_insight_new (&request, &fixture.subject, NULL, &stopped, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      whole = gsc_insight_new (&request, &fixture.subject, NULL, &followed, NULL);
      g_assert_nonnull (whole);
      g_assert_cmpfloat (last, >, 0);
    }
}

/* Each kind looks only at what concerns it. */
static void
test_equal (void)
{
  static const gint32 other_tokens[] = { 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 3, 4 };

  for (int kind = 0; kind < GSC_N_INSIGHTS; kind++)
    {
      const GscInsightRequest request = make_request ((GscInsightKind) kind);
      gboolean of_context = kind == GSC_INSIGHT_KSHOT || kind == GSC_INSIGHT_SIMILARITY;
      gboolean of_set = kind == GSC_INSIGHT_HEAD_MAPS || kind == GSC_INSIGHT_NOISE;
      GscInsightRequest other = make_request ((GscInsightKind) ((kind + 1) % GSC_N_INSIGHTS));

      g_assert_true (gsc_insight_request_equal (&request, &request));
      g_assert_false (gsc_insight_request_equal (&request, &other));
      other = request;
      other.step = 1;
      g_assert_true (gsc_insight_request_equal (&request, &other));
      other.a = 5;
      g_assert_true (gsc_insight_request_equal (&request, &other) == !of_context);
      other = request;
      other.tokens = other_tokens;
      g_assert_true (gsc_insight_request_equal (&request, &other) == !of_context);
      other = request;
      other.shot = 1;
      g_assert_true (gsc_insight_request_equal (&request, &other)
                     == (kind != GSC_INSIGHT_SIMILARITY));
      other = request;
      other.set = GSC_SET_ID_TEST;
      g_assert_true (gsc_insight_request_equal (&request, &other) == !of_set);
      other = request;
      other.mode = GSC_ABLATION_MEAN;
      g_assert_true (gsc_insight_request_equal (&request, &other)
                     == (kind != GSC_INSIGHT_ABLATION));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insight/kinds", test_kinds);
  g_test_add_func ("/insight/dispatch", test_dispatch);
  g_test_add_func ("/insight/scores", test_scores);
  g_test_add_func ("/insight/cancel", test_cancel);
  g_test_add_func ("/insight/equal", test_equal);
  return g_test_run ();
}
