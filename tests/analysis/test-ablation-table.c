/* test-ablation-table.c - mean outputs of heads, and what the model is without each of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ablation-table.h"

#include <math.h>
#include <string.h>

#include "gsc-evaluation.h"
#include "gsc-head-means.h"
#include "gsc-ops.h"
#include "gsc-workspace.h"
#include "subject-fixture.h"

#define LAYERS 2
#define HEADS 4

/* Several pieces of work (gsc-ablation-table.c), the last of them not full. */
#define SEQUENCES 150

static GscAblationTable *
make_table (const GscSubject *subject, GscAblationMode mode, guint threads)
{
  g_autoptr (GscTeam) team = threads > 0 ? gsc_team_new (threads) : NULL;
  g_autoptr (GError) error = NULL;
  GscAblationTable *table = gsc_ablation_table_new (subject, mode, team, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static GscAblation *
measure_means (const GscSubject *subject, guint threads)
{
  g_autoptr (GscTeam) team = threads > 0 ? gsc_team_new (threads) : NULL;
  g_autoptr (GError) error = NULL;
  GscAblation *means = gsc_head_means_measure (subject, team, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (gsc_ablation_count (means), ==, 0);
  g_assert_true (gsc_ablation_has_means (means));
  return means;
}

/* What a record of the run says about other weights. */
static GscRecord *
evaluate (const SubjectFixture *fixture, const GscModel *model, const GscAblation *ablation)
{
  g_autoptr (GscEvaluation) evaluation
      = gsc_evaluation_new (&fixture->config, fixture->tasks, fixture->inputs);
  GscTeam *team = gsc_team_new (1);
  GscPass *pass = gsc_pass_new (team, gsc_model_get_layout (model), fixture->config.shots, 0);
  GscRecord *record;

  gsc_pass_update (pass, gsc_model_peek_weights (model));
  gsc_pass_set_ablation (pass, ablation);
  record = gsc_evaluation_run (evaluation, pass, gsc_model_peek_weights (model));
  gsc_pass_free (pass);
  gsc_team_free (team);
  return record;
}

static void
check_score (const GscAblationScore *score, const GscAblationScore *base, const GscRecord *record)
{
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      g_assert_cmpfloat (score->all[set].accuracy, ==, record->sets[set].accuracy);
      g_assert_cmpfloat (score->last[set].accuracy, ==, record->sets[set].last_accuracy);
      g_assert_cmpfloat_with_epsilon (score->all[set].change,
                                      score->all[set].accuracy - base->all[set].accuracy, 1e-12);
      g_assert_cmpfloat_with_epsilon (score->last[set].change,
                                      score->last[set].accuracy - base->last[set].accuracy, 1e-12);
    }
}

/* The model without a head's columns of Wo: what the head gives goes nowhere. */
static GscModel *
cut_head (const GscModel *model, guint layer, guint head)
{
  GscModel *cut = gsc_model_copy (model);
  const GscParamLayout *layout = gsc_model_get_layout (cut);
  guint width = (guint) layout->config.width, size = width / HEADS;
  float *out = gsc_model_get_weights (cut) + layout->blocks[layer].out;

  for (guint i = 0; i < width; i++)
    memset (out + i * width + head * size, 0, size * sizeof *out);
  return cut;
}

/* Zero ablation of a head is the model whose Wo has nothing for it, and the base line is the
 * evaluation of the model itself. */
static void
test_zero (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblationTable) table = NULL;
  g_autoptr (GscRecord) whole = NULL;
  guint n_changed = 0;

  subject_fixture_init (&fixture, SEQUENCES);
  table = make_table (&fixture.subject, GSC_ABLATION_ZERO, 0);
  whole = evaluate (&fixture, fixture.model, NULL);
  g_assert_cmpuint (table->sequences, ==, SEQUENCES);
  g_assert_cmpuint (table->n_shots, ==, 5);
  g_assert_cmpint (table->mode, ==, GSC_ABLATION_ZERO);
  g_assert_null (table->ablated);
  check_score (&table->base, &table->base, whole);
  for (guint i = 0; i < LAYERS * HEADS; i++)
    {
      g_autoptr (GscModel) cut = cut_head (fixture.model, i / HEADS, i % HEADS);
      g_autoptr (GscRecord) record = evaluate (&fixture, cut, NULL);
      const GscAblationScore *score = gsc_ablation_table_get (table, i / HEADS, i % HEADS);

      check_score (score, &table->base, record);
      g_assert_false (gsc_ablation_table_is_ablated (table, i / HEADS, i % HEADS));
      n_changed += score->all[GSC_SET_ID_TRAIN].change != 0;
    }
  g_assert_cmpuint (n_changed, >, LAYERS * HEADS / 2);
}

/* Beside heads that are ablated already: these have the base line's row, the others one with both
 * cut. */
static void
test_beside (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblation) ablation = NULL;
  g_autoptr (GscAblationTable) table = NULL;
  g_autoptr (GscModel) base = NULL;
  g_autoptr (GscRecord) base_record = NULL;

  subject_fixture_init (&fixture, SEQUENCES);
  ablation = gsc_ablation_new (gsc_model_get_config (fixture.model), NULL, 0);
  gsc_ablation_set (ablation, 0, 2, GSC_ABLATION_ZERO);
  fixture.subject.ablation = ablation;
  table = make_table (&fixture.subject, GSC_ABLATION_ZERO, 0);
  g_assert_cmpuint (gsc_ablation_count (ablation), ==, 1);
  g_assert_true (gsc_ablation_equal (table->ablated, ablation));

  base = cut_head (fixture.model, 0, 2);
  base_record = evaluate (&fixture, base, NULL);
  check_score (&table->base, &table->base, base_record);
  for (guint i = 0; i < LAYERS * HEADS; i++)
    {
      g_autoptr (GscModel) cut = cut_head (base, i / HEADS, i % HEADS);
      g_autoptr (GscRecord) record = evaluate (&fixture, cut, NULL);

      check_score (gsc_ablation_table_get (table, i / HEADS, i % HEADS), &table->base, record);
      g_assert_true (gsc_ablation_table_is_ablated (table, i / HEADS, i % HEADS) == (i == 2));
    }
}

/* The outputs of one block's heads on one sequence, side by side: sequences one at a time. */
static void
add_outputs (double *sums, GscWorkspace *ws, guint layer, guint time, guint width)
{
  guint size = width / HEADS;

  for (guint head = 0; head < HEADS; head++)
    {
      int n_queries, stride;
      const float *output
          = gsc_workspace_get_head_output (ws, (int) layer, 0, (int) head, &n_queries, &stride);

      g_assert_cmpint (n_queries, ==, (int) time);
      for (guint t = 0; t < time; t++)
        for (guint i = 0; i < size; i++)
          sums[t * width + head * size + i] += output[t * (guint) stride + i];
    }
}

/* Means, taken one sequence at a time. */
static double *
naive_means (const SubjectFixture *fixture)
{
  g_autoptr (GscEvaluation) evaluation
      = gsc_evaluation_new (&fixture->config, fixture->tasks, fixture->inputs);
  GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  const float *weights = gsc_model_peek_weights (fixture->model);
  guint n, width = (guint) layout->config.width, time = 3 * (guint) fixture->config.shots - 1;
  const gint32 *rows = gsc_evaluation_get_rows (evaluation, GSC_SET_ID_TRAIN, &n);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) ws = gsc_workspace_new (layout, 1, (int) time, GSC_OUTPUTS_ALL, FALSE);
  double *means = g_new0 (double, LAYERS *time *width);

  gsc_token_table_update (table, weights);
  for (guint i = 0; i < n; i++)
    {
      gsc_workspace_forward (ws, weights, table, rows + i * (time + 1), 1);
      for (guint layer = 0; layer < LAYERS; layer++)
        add_outputs (means + layer * time * width, ws, layer, time, width);
    }
  for (guint i = 0; i < LAYERS * time * width; i++)
    means[i] /= n;
  return means;
}

/* What an ablated head gives is its mean, at each position. */
static void
test_means (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblation) measured = NULL;
  g_autofree double *means = NULL;
  guint time = 14, width = 32, size = 8;

  subject_fixture_init (&fixture, SEQUENCES);
  measured = measure_means (&fixture.subject, 0);
  means = naive_means (&fixture);
  for (guint i = 0; i < LAYERS * HEADS; i++)
    {
      guint layer = i / HEADS, head = i % HEADS;
      g_autoptr (GscAblation) ablation = gsc_ablation_copy (measured);
      g_autofree float *mix = g_new (float, time *width);

      gsc_ablation_set (ablation, layer, head, GSC_ABLATION_MEAN);
      for (guint k = 0; k < time * width; k++)
        mix[k] = 1e6f;
      gsc_ablation_apply (ablation, layer, mix, time, (int) time, 0, 1);
      for (guint k = 0; k < time * width; k++)
        if (k % width / size == head)
          g_assert_cmpfloat_with_epsilon (mix[k], means[layer * time * width + k], 1e-5);
        else
          g_assert_cmpfloat (mix[k], ==, 1e6f);
    }
}

/* Mean ablation: an evaluation with those means; they are those of the whole model, whatever is
 * ablated, and are taken from the subject where it has them. */
static void
test_mean (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblation) means = NULL;
  g_autoptr (GscAblation) ablation = NULL;
  g_autoptr (GscAblation) other = NULL;
  g_autofree float *zeroes = NULL;

  subject_fixture_init (&fixture, SEQUENCES);
  means = measure_means (&fixture.subject, 0);
  ablation = gsc_ablation_new (gsc_model_get_config (fixture.model), NULL, 0);
  gsc_ablation_set (ablation, 1, 1, GSC_ABLATION_ZERO);
  fixture.subject.ablation = ablation;
  for (guint given = 0; given < 2; given++)
    {
      g_autoptr (GscAblationTable) table = NULL;

      if (given)
        {
          gsc_ablation_set (means, 1, 1, GSC_ABLATION_ZERO);
          fixture.subject.ablation = means;
        }
      table = make_table (&fixture.subject, GSC_ABLATION_MEAN, 0);
      for (guint i = 0; i < LAYERS * HEADS; i++)
        {
          g_autoptr (GscAblation) both = gsc_ablation_copy (means);
          g_autoptr (GscRecord) record = NULL;

          gsc_ablation_set (both, 1, 1, GSC_ABLATION_ZERO);
          if (i != HEADS + 1)
            gsc_ablation_set (both, i / HEADS, i % HEADS, GSC_ABLATION_MEAN);
          record = evaluate (&fixture, fixture.model, both);
          check_score (gsc_ablation_table_get (table, i / HEADS, i % HEADS), &table->base, record);
        }
    }

  /* Means of the subject that are 0: the same as zero ablation. */
  zeroes = g_new0 (float, LAYERS * 14 * 32);
  other = gsc_ablation_new (gsc_model_get_config (fixture.model), zeroes, 14);
  fixture.subject.ablation = other;
  {
    g_autoptr (GscAblationTable) mean = make_table (&fixture.subject, GSC_ABLATION_MEAN, 0);
    g_autoptr (GscAblationTable) zero = make_table (&fixture.subject, GSC_ABLATION_ZERO, 0);

    g_assert_cmpmem (mean->heads, LAYERS * HEADS * sizeof *mean->heads, zero->heads,
                     LAYERS * HEADS * sizeof *zero->heads);
  }
}

/* Standard errors by their definition, from the answers of one set. */
static void
test_errors (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblationTable) table = NULL;
  g_autoptr (GscAblationTable) single = NULL;
  const GscAblationMeasure *measure;

  subject_fixture_init (&fixture, SEQUENCES);
  table = make_table (&fixture.subject, GSC_ABLATION_ZERO, 0);
  for (guint set = 0; set < GSC_N_SETS; set++)
    for (guint i = 0; i <= LAYERS * HEADS; i++)
      {
        const GscAblationScore *score = i == 0 ? &table->base : &table->heads[i - 1];
        double accuracy = score->last[set].accuracy;

        /* Of answers that are right or wrong the spread follows from the mean. */
        g_assert_cmpfloat_with_epsilon (score->last[set].error,
                                        sqrt (accuracy * (1 - accuracy) / (SEQUENCES - 1)), 1e-9);
        /* The answers of a sequence are of one task, but cannot vary more than one answer. */
        g_assert_cmpfloat (score->all[set].error, >, 0);
        g_assert_cmpfloat (score->all[set].error, <, 0.5 / sqrt (SEQUENCES - 1));
        /* a difference spreads at most as the sum does */
        g_assert_cmpfloat (score->all[set].change_error, <=,
                           score->all[set].error + table->base.all[set].error + 1e-12);
        g_assert_cmpfloat (score->last[set].change_error, <=,
                           score->last[set].error + table->base.last[set].error + 1e-12);
      }
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      g_assert_cmpfloat (table->base.all[set].change, ==, 0);
      g_assert_cmpfloat (table->base.all[set].change_error, ==, 0);
    }

  /* Nothing is known about the spread of one sequence. */
  fixture.config.eval_sequences = 1;
  single = make_table (&fixture.subject, GSC_ABLATION_ZERO, 0);
  measure = &gsc_ablation_table_get (single, 0, 0)->all[GSC_SET_OOD_TEST];
  g_assert_cmpfloat (measure->error, ==, 0);
  g_assert_cmpfloat (measure->change_error, ==, 0);
  g_assert_true (isfinite (measure->change));
}

/* The head that matters most; none where no ablation does harm. */
static void
test_worst (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblationTable) table = NULL;

  subject_fixture_init (&fixture, 2);
  table = make_table (&fixture.subject, GSC_ABLATION_ZERO, 0);
  for (guint i = 0; i < LAYERS * HEADS; i++)
    {
      table->heads[i].all[GSC_SET_ID_TEST].change = 0.01 * i;
      table->heads[i].last[GSC_SET_ID_TEST].change = i == 5 ? -0.5 : -0.01 * i;
    }
  g_assert_cmpint (gsc_ablation_table_find_worst (table, GSC_SET_ID_TEST, FALSE), ==, -1);
  g_assert_cmpint (gsc_ablation_table_find_worst (table, GSC_SET_ID_TEST, TRUE), ==, 5);
}

/* The same bits for any number of threads. */
static void
test_threads (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblationTable) first = NULL;
  g_autoptr (GscAblation) first_means = NULL;
  guint time = 14, width = 32;

  subject_fixture_init (&fixture, SEQUENCES);
  first = make_table (&fixture.subject, GSC_ABLATION_MEAN, 0);
  first_means = measure_means (&fixture.subject, 0);
  for (guint head = 0; head < HEADS; head++)
    gsc_ablation_set (first_means, 1, head, GSC_ABLATION_MEAN);
  for (guint threads = 1; threads <= 5; threads += 2)
    {
      g_autoptr (GscAblationTable) table
          = make_table (&fixture.subject, GSC_ABLATION_MEAN, threads);
      g_autoptr (GscAblation) means = measure_means (&fixture.subject, threads);
      g_autofree float *mix = g_new0 (float, time *width);
      g_autofree float *first_mix = g_new0 (float, time *width);

      for (guint head = 0; head < HEADS; head++)
        gsc_ablation_set (means, 1, head, GSC_ABLATION_MEAN);
      gsc_ablation_apply (first_means, 1, first_mix, time, (int) time, 0, 1);
      gsc_ablation_apply (means, 1, mix, time, (int) time, 0, 1);
      g_assert_cmpmem (mix, time * width * sizeof *mix, first_mix, time * width * sizeof *mix);
      g_assert_cmpmem (&table->base, sizeof table->base, &first->base, sizeof first->base);
      g_assert_cmpmem (table->heads, LAYERS * HEADS * sizeof *table->heads, first->heads,
                       LAYERS * HEADS * sizeof *first->heads);
    }
}

typedef struct
{
  GCancellable *cancellable;
  double cancel_at; /* above 1: never */
  double latest;
  guint n_steps;
} Follower;

static void
follow (double done, gpointer data)
{
  Follower *follower = data;

  g_assert_cmpfloat (done, >=, follower->latest);
  g_assert_cmpfloat (done, <=, 1);
  follower->latest = done;
  follower->n_steps++;
  if (done >= follower->cancel_at)
    g_cancellable_cancel (follower->cancellable);
}

/* Progress rises to 1; wherever it is cancelled, the work stops there. */
static void
test_watch (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  static const double places[] = { 0, 0.001, 0.03, 0.3, 0.99, 1, 2 };

  subject_fixture_init (&fixture, SEQUENCES);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint kind = 0; kind < 3; kind++)
      {
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        Follower follower = { .cancellable = cancellable, .cancel_at = places[i] };
        const GscWatch watch
            = { .cancellable = cancellable, .progress = follow, .data = &follower };
        g_autoptr (GError) error = NULL;
        g_autoptr (GscAblationTable) table = NULL;
        g_autoptr (GscAblation) means = NULL;

        if (kind == 2)
          means = gsc_head_means_measure (&fixture.subject, NULL, &watch, &error);
        else
          table = gsc_ablation_table_new (&fixture.subject,
                                          kind == 0 ? GSC_ABLATION_ZERO : GSC_ABLATION_MEAN, NULL,
                                          &watch, &error);
        if (places[i] > 1)
          {
            g_assert_no_error (error);
            g_assert_true (table != NULL || means != NULL);
            g_assert_cmpfloat (follower.latest, ==, 1);
            g_assert_cmpuint (follower.n_steps, >, 2);
          }
        else
          {
            g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
            g_assert_null (table);
            g_assert_null (means);
          }
      }
}

/* Weights that have diverged, and numbers that the model does not have. */
static void
test_faults (void)
{
  g_auto (SubjectFixture) fixture = { 0 };

  subject_fixture_init (&fixture, 20);
  for (guint fault = 0; fault < 3; fault++)
    for (guint kind = 0; kind < 3; kind++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GscModel) broken = gsc_model_copy (fixture.model);
        GscSubject subject = fixture.subject;
        const GscParamLayout *layout = gsc_model_get_layout (broken);

        subject.model = broken;
        if (fault == 0)
          subject.p = 11;
        else
          gsc_model_get_weights (broken)[layout->blocks[0].qkv] = fault == 1 ? NAN : INFINITY;
        if (kind == 2)
          g_assert_null (gsc_head_means_measure (&subject, NULL, NULL, &error));
        else
          g_assert_null (gsc_ablation_table_new (
              &subject, kind == 0 ? GSC_ABLATION_ZERO : GSC_ABLATION_MEAN, NULL, NULL, &error));
        g_assert_nonnull (error);
        if (fault > 0)
          g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gsc_linear_init ();
  g_test_add_func ("/ablation-table/zero", test_zero);
  g_test_add_func ("/ablation-table/beside", test_beside);
  g_test_add_func ("/ablation-table/means", test_means);
  g_test_add_func ("/ablation-table/mean", test_mean);
  g_test_add_func ("/ablation-table/errors", test_errors);
  g_test_add_func ("/ablation-table/worst", test_worst);
  g_test_add_func ("/ablation-table/threads", test_threads);
  g_test_add_func ("/ablation-table/watch", test_watch);
  g_test_add_func ("/ablation-table/faults", test_faults);
  return g_test_run ();
}
