/* test-stop-rule.c - early stopping against a plain reading of the rule
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-stop-rule.h"

#include <math.h>
#include <string.h>

#define P 10 /* chance 0.1; learning begins above 0.15 */

/* Records every 10 steps whose o.o.d./test accuracies are @accuracies. */
static GPtrArray *
make_records (const double *accuracies, guint n)
{
  static const guint n_tasks[GSC_N_SETS] = { 0 };
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);

  for (guint i = 0; i < n; i++)
    {
      GscRecord *record = gsc_record_new (1, n_tasks);

      record->step = 10 * i;
      record->sets[GSC_SET_OOD_TEST].last_accuracy = accuracies[i];
      g_ptr_array_add (records, record);
    }
  return records;
}

#define RECORDS(...)                                                                               \
  make_records ((const double[]){ __VA_ARGS__ },                                                   \
                sizeof ((const double[]){ __VA_ARGS__ }) / sizeof (double))

static void
test_names (void)
{
  for (GscStopMode mode = GSC_STOP_OFF; mode <= GSC_STOP_AT_ACCURACY; mode++)
    g_assert_cmpint (gsc_stop_mode_find (gsc_stop_mode_get_name (mode)), ==, (int) mode);
  g_assert_cmpint (gsc_stop_mode_find ("never"), ==, -1);
  g_assert_cmpint (gsc_stop_mode_find (""), ==, -1);
  g_assert_cmpstr (gsc_stop_mode_get_name (GSC_STOP_AT_STEP), ==, "step");
}

static void
test_default (void)
{
  GscStopRule rule = gsc_stop_rule_default ();
  g_autoptr (GPtrArray) records = RECORDS (0.9, 0.1, 0.1);

  g_assert_cmpint (rule.mode, ==, GSC_STOP_OFF);
  g_assert_cmpint (rule.set, ==, GSC_SET_OOD_TEST);
  g_assert_cmpint (rule.patience, ==, 20);
  g_assert_cmpint (rule.step, ==, 5000);
  g_assert_cmpfloat (rule.accuracy, ==, 0.6);
  g_assert_false (gsc_stop_rule_holds (&rule, records, P));
}

static void
test_no_records (void)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  GscStopSummary summary = gsc_stop_summarise (records, GSC_SET_OOD_TEST);

  for (GscStopMode mode = GSC_STOP_OFF; mode <= GSC_STOP_AT_ACCURACY; mode++)
    {
      GscStopRule rule = gsc_stop_rule_default ();
      g_autofree char *why = NULL;

      rule.mode = mode;
      rule.step = 1;
      g_assert_false (gsc_stop_rule_holds (&rule, records, P));
      why = gsc_stop_rule_explain (&rule, records);
      g_assert_true (g_str_has_suffix (why, "."));
    }
  g_assert_cmpint (summary.peak, ==, -1);
  g_assert_cmpfloat (summary.drop, ==, 0);
}

static void
test_step_and_accuracy (void)
{
  g_autoptr (GPtrArray) records = RECORDS (0.1, 0.3, 0.5);
  GscStopRule rule = gsc_stop_rule_default ();

  rule.mode = GSC_STOP_AT_STEP;
  rule.step = 20;
  g_assert_true (gsc_stop_rule_holds (&rule, records, P));
  rule.step = 21;
  g_assert_false (gsc_stop_rule_holds (&rule, records, P));

  rule.mode = GSC_STOP_AT_ACCURACY;
  rule.accuracy = 0.5;
  g_assert_true (gsc_stop_rule_holds (&rule, records, P));
  rule.accuracy = 0.51;
  g_assert_false (gsc_stop_rule_holds (&rule, records, P));
  rule.set = GSC_SET_ID_TRAIN;
  rule.accuracy = 0.5;
  g_assert_false (gsc_stop_rule_holds (&rule, records, P));
}

static void
test_patience (void)
{
  static const struct
  {
    double accuracy;
    gboolean holds; /* at a patience of 2 */
  } story[] = {
    { 0.14, FALSE }, /* a plateau at chance, however long, is not forgetting */
    { 0.10, FALSE }, { 0.11, FALSE }, { 0.12, FALSE }, { 0.15, FALSE }, { 0.09, FALSE },
    { 0.10, FALSE }, { 0.16, FALSE }, /* learning begins */
    { 0.13, FALSE }, { 0.17, FALSE }, /* one lower, then a new best */
    { 0.17, FALSE },                  /* as good is no new best */
    { 0.50, FALSE }, { NAN, FALSE },  /* what is no number is no new best either */
    { NAN, TRUE },   { 0.49, TRUE },  { 0.51, FALSE }, { 0.4, FALSE },  { 0.4, TRUE },
  };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  double accuracies[G_N_ELEMENTS (story)];
  GscStopRule rule = gsc_stop_rule_default ();

  for (guint i = 0; i < G_N_ELEMENTS (story); i++)
    accuracies[i] = story[i].accuracy;
  all = make_records (accuracies, G_N_ELEMENTS (story));
  rule.mode = GSC_STOP_PATIENCE;
  rule.patience = 2;
  for (guint i = 0; i < G_N_ELEMENTS (story); i++)
    {
      g_ptr_array_add (records, g_ptr_array_index (all, i));
      g_test_message ("record %u", i);
      g_assert_cmpint (gsc_stop_rule_holds (&rule, records, P), ==, story[i].holds);
    }
}

/* Word for word: find where learning begins, then go on and count. */
static gboolean
patience_by_hand (const double *accuracies, guint n, int patience)
{
  double best = -1;
  int without = 0;

  for (guint i = 0; i < n; i++)
    if (best < 0 ? accuracies[i] > 1.5 / P : accuracies[i] > best)
      {
        best = accuracies[i];
        without = 0;
      }
    else if (best >= 0)
      without++;
  return best >= 0 && without >= patience;
}

static void
test_patience_at_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  guint n_holding = 0;

  for (guint i = 0; i < 3000; i++)
    {
      guint n = (guint) g_rand_int_range (random, 1, 12);
      double accuracies[12];
      g_autoptr (GPtrArray) records = NULL;
      GscStopRule rule = gsc_stop_rule_default ();
      gboolean expected;

      for (guint j = 0; j < n; j++)
        accuracies[j]
            = g_rand_int_range (random, 0, 8) == 0 ? NAN : g_rand_int_range (random, 0, 30) / 100.0;
      records = make_records (accuracies, n);
      rule.mode = GSC_STOP_PATIENCE;
      rule.patience = g_rand_int_range (random, 1, 6);
      expected = patience_by_hand (accuracies, n, rule.patience);
      n_holding += expected;
      g_assert_cmpint (gsc_stop_rule_holds (&rule, records, P), ==, expected);
    }
  g_assert_cmpuint (n_holding, >, 300);
  g_assert_cmpuint (n_holding, <, 2700);
}

static void
test_explain (void)
{
  g_autoptr (GPtrArray) records = RECORDS (0.1, 0.5, 0.4, 0.25);
  GscStopRule rule = gsc_stop_rule_default ();
  g_autofree char *patience = NULL;
  g_autofree char *step = NULL;
  g_autofree char *accuracy = NULL;

  rule.mode = GSC_STOP_PATIENCE;
  patience = gsc_stop_rule_explain (&rule, records);
  g_assert_cmpstr (patience, ==,
                   "For 2 records the o.o.d./test accuracy has not been higher than "
                   "at step 10 (0.500); now it is 0.250.");
  rule.mode = GSC_STOP_AT_STEP;
  step = gsc_stop_rule_explain (&rule, records);
  g_assert_cmpstr (step, ==, "Step 30 was to be the last.");
  rule.mode = GSC_STOP_AT_ACCURACY;
  rule.accuracy = 0.2;
  accuracy = gsc_stop_rule_explain (&rule, records);
  g_assert_cmpstr (accuracy, ==, "The o.o.d./test accuracy is 0.250, at least 0.2.");
}

/* The first moment is that of asking after each record in turn; whether it only marks changes
 * nothing.
 */
static void
test_find (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);

  for (guint round = 0; round < 500; round++)
    {
      guint n = (guint) g_rand_int_range (random, 0, 20);
      double accuracies[20];
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (GPtrArray) so_far = g_ptr_array_new ();
      GscStopRule rule = gsc_stop_rule_default ();
      int expected = -1;

      for (guint i = 0; i < n; i++)
        accuracies[i]
            = g_rand_int_range (random, 0, 9) ? g_rand_int_range (random, 0, 8) / 10.0 : NAN;
      records = make_records (accuracies, n);
      rule.mode = (GscStopMode) g_rand_int_range (random, GSC_STOP_OFF, GSC_STOP_AT_ACCURACY + 1);
      rule.patience = g_rand_int_range (random, 1, 6);
      rule.step = g_rand_int_range (random, 1, 250);
      rule.only_marks = g_rand_boolean (random);
      for (guint i = 0; i < n && expected < 0; i++)
        {
          g_ptr_array_add (so_far, g_ptr_array_index (records, i));
          if (gsc_stop_rule_holds (&rule, so_far, P))
            expected = (int) i;
        }
      g_assert_cmpint (gsc_stop_rule_find (&rule, records, P), ==, expected);
    }
}

static void
test_summary (void)
{
  g_autoptr (GPtrArray) records = RECORDS (NAN, 0.3, 0.6, 0.6, 0.45);
  g_autoptr (GPtrArray) rising = RECORDS (0.1, 0.2);
  g_autoptr (GPtrArray) unknown = RECORDS (NAN, NAN);
  g_autoptr (GPtrArray) lost = RECORDS (0.4, NAN);
  GscStopSummary summary = gsc_stop_summarise (records, GSC_SET_OOD_TEST);

  g_assert_cmpint (summary.peak, ==, 2);
  g_assert_cmpint (summary.peak_step, ==, 20);
  g_assert_cmpfloat (summary.peak_accuracy, ==, 0.6);
  g_assert_cmpfloat (summary.final_accuracy, ==, 0.45);
  g_assert_cmpfloat_with_epsilon (summary.drop, 0.15, 1e-12);

  summary = gsc_stop_summarise (rising, GSC_SET_OOD_TEST);
  g_assert_cmpint (summary.peak, ==, 1);
  g_assert_cmpfloat (summary.drop, ==, 0);

  summary = gsc_stop_summarise (unknown, GSC_SET_OOD_TEST);
  g_assert_cmpint (summary.peak, ==, -1);

  summary = gsc_stop_summarise (lost, GSC_SET_OOD_TEST);
  g_assert_cmpint (summary.peak, ==, 0);
  g_assert_true (isnan (summary.final_accuracy));
  g_assert_cmpfloat (summary.drop, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stop-rule/names", test_names);
  g_test_add_func ("/stop-rule/default", test_default);
  g_test_add_func ("/stop-rule/no-records", test_no_records);
  g_test_add_func ("/stop-rule/step-and-accuracy", test_step_and_accuracy);
  g_test_add_func ("/stop-rule/patience", test_patience);
  g_test_add_func ("/stop-rule/patience-at-random", test_patience_at_random);
  g_test_add_func ("/stop-rule/find", test_find);
  g_test_add_func ("/stop-rule/explain", test_explain);
  g_test_add_func ("/stop-rule/summary", test_summary);
  return g_test_run ();
}
