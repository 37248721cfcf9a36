/* test-run-summary.c - phases and summaries of made-up runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-summary.h"

#include <math.h>

#define P 10 /* chance 0.1 */
#define N_SHOTS 4

static const double thresholds[GSC_N_SETS] = { 0.5, 0.5, 0.5, 0.5 };

/* Records every 10 steps; o.o.d./test has @accuracies at the last shot and, after k examples, a
 * (k + 1)-th part of N_SHOTS of them; the other sets are all solved. */
static GPtrArray *
make_records (const double *accuracies, guint n)
{
  static const guint n_tasks[GSC_N_SETS] = { 0 };
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);

  for (guint i = 0; i < n; i++)
    {
      GscRecord *record = gsc_record_new (N_SHOTS, n_tasks);

      record->step = 10 * i;
      for (int set = 0; set < GSC_N_SETS; set++)
        record->sets[set].last_accuracy = set == GSC_SET_OOD_TEST ? accuracies[i] : 1.0;
      for (guint shot = 0; shot < N_SHOTS; shot++)
        record->sets[GSC_SET_OOD_TEST].shot_accuracy[shot]
            = accuracies[i] * (shot + 1) / (double) N_SHOTS;
      g_ptr_array_add (records, record);
    }
  return records;
}

#define SUMMARISE(...)                                                                             \
  summarise ((const double[]){ __VA_ARGS__ },                                                      \
             sizeof ((const double[]){ __VA_ARGS__ }) / sizeof (double))

static GscRunSummary
summarise (const double *accuracies, guint n)
{
  g_autoptr (GPtrArray) records = make_records (accuracies, n);

  return gsc_run_summarise (records, GSC_SET_OOD_TEST, P, thresholds);
}

/* All sixteen combinations against the sentence of the paper. */
static void
test_phases (void)
{
  static const GscPhase expected[16] = {
    /* bits: i.d./train 1, i.d./test 2, o.o.d./train 4, o.o.d./test 8 */
    [1] = GSC_PHASE_ID_MEMORISATION,          [1 | 2] = GSC_PHASE_ID_GENERALISATION,
    [1 | 4] = GSC_PHASE_OOD_MEMORISATION,     [1 | 2 | 4] = GSC_PHASE_OOD_MEMORISATION,
    [1 | 8] = GSC_PHASE_ID_MEMORISATION,      [1 | 2 | 8] = GSC_PHASE_ID_GENERALISATION,
    [1 | 4 | 8] = GSC_PHASE_OOD_MEMORISATION, [15] = GSC_PHASE_OOD_GENERALISATION,
  };

  for (int bits = 0; bits < 16; bits++)
    {
      double accuracies[GSC_N_SETS];

      for (int set = 0; set < GSC_N_SETS; set++)
        accuracies[set] = bits & (1 << set) ? 0.5 : 0.4999;
      g_assert_cmpint (gsc_phase_of_accuracies (accuracies, thresholds), ==, expected[bits]);
    }
  g_assert_cmpint (gsc_phase_of_accuracies ((const double[]){ NAN, 1, 1, 1 }, thresholds), ==,
                   GSC_PHASE_NONE);
  g_assert_cmpint (gsc_phase_of_accuracies ((const double[]){ 0.3, 1, 1, NAN },
                                            (const double[]){ 0.2, 0.5, 0.5, 0.5 }),
                   ==, GSC_PHASE_OOD_MEMORISATION);
}

static void
test_rise_and_fall (void)
{
  GscRunSummary summary = SUMMARISE (0.1, 0.3, 0.9, 0.7, 0.5, 0.4, 0.45);

  g_assert_cmpint (summary.peak, ==, 2);
  g_assert_cmpint (summary.peak_step, ==, 20);
  g_assert_cmpfloat (summary.peak_accuracy, ==, 0.9);
  g_assert_cmpint (summary.final_step, ==, 60);
  g_assert_cmpfloat (summary.final_accuracy, ==, 0.45);
  g_assert_cmpfloat_with_epsilon (summary.drop, 0.45, 1e-12);
  /* half of what exceeds chance: 0.1 + 0.8 / 2 */
  g_assert_cmpint (summary.half_life, ==, 20);
  g_assert_cmpint (summary.shots_50, ==, 2); /* 0.9 * 3 / 4 */
  g_assert_cmpint (summary.shots_90, ==, 3);
  g_assert_cmpint (summary.peak_phase, ==, GSC_PHASE_OOD_GENERALISATION);
  g_assert_cmpint (summary.final_phase, ==, GSC_PHASE_OOD_MEMORISATION);
}

static void
test_steady (void)
{
  GscRunSummary summary = SUMMARISE (0.1, 0.2, 0.3);

  g_assert_cmpint (summary.peak, ==, 2);
  g_assert_cmpfloat (summary.drop, ==, 0);
  g_assert_cmpint (summary.half_life, ==, -1);
  g_assert_cmpint (summary.shots_50, ==, -1);
  g_assert_cmpint (summary.shots_90, ==, -1);
  g_assert_cmpint (summary.final_phase, ==, GSC_PHASE_OOD_MEMORISATION);
}

/* What never exceeded chance cannot be forgotten. */
static void
test_nothing_learnt (void)
{
  g_assert_cmpint (SUMMARISE (0.1, 0.05, 0.01).half_life, ==, -1);
}

static void
test_not_numbers (void)
{
  GscRunSummary summary = SUMMARISE (NAN, 0.4, NAN, 0.2);

  g_assert_cmpint (summary.peak, ==, 1);
  g_assert_cmpint (summary.half_life, ==, 20);
  g_assert_cmpint (SUMMARISE (NAN, NAN).peak, ==, -1);
  g_assert_cmpint (summarise (NULL, 0).peak, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-summary/phases", test_phases);
  g_test_add_func ("/run-summary/rise-and-fall", test_rise_and_fall);
  g_test_add_func ("/run-summary/steady", test_steady);
  g_test_add_func ("/run-summary/nothing-learnt", test_nothing_learnt);
  g_test_add_func ("/run-summary/not-numbers", test_not_numbers);
  return g_test_run ();
}
