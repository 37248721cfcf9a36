/* test-sweep-table.c - accuracies and phases by place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-table.h"

#include <math.h>

#include "sweep-fixture.h"

static const guint no_tasks[GSC_N_SETS] = { 0 };

/* A record with these accuracies at the last shot. */
static void
add_record (GPtrArray *records, gint64 step, double a, double b, double c, double d)
{
  const double accuracies[GSC_N_SETS] = { a, b, c, d };
  GscRecord *record = gsc_record_new (0, no_tasks);

  record->step = step;
  for (int set = 0; set < GSC_N_SETS; set++)
    record->sets[set].last_accuracy = accuracies[set];
  g_ptr_array_add (records, record);
}

static GPtrArray *
make_records (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
}

static void
test_by_hand (void)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new (); /* tasks 8 and 12, seeds 1 and 2 */
  GscSweepTableOptions options = gsc_sweep_table_options_default ();
  GPtrArray *records[] = { make_records (), make_records (), make_records (), make_records () };
  GscSweepState states[]
      = { GSC_SWEEP_FINISHED, GSC_SWEEP_FINISHED, GSC_SWEEP_BEGUN, GSC_SWEEP_FAILED };
  g_autoptr (GscSweepTable) table = NULL;
  g_autoptr (GscSweepTable) all = NULL;
  const GscSweepPlace *place;

  add_record (records[0], 0, 0.1, 0.1, 0.1, 0.1);
  add_record (records[0], 10, 0.9, 0.8, 0.7, 0.6); /* the best: all four solved */
  add_record (records[0], 20, 0.95, 0.8, 0.4, 0.3);
  add_record (records[1], 0, 0.1, 0.1, 0.1, 0.1);
  add_record (records[1], 10, 0.6, 0.2, 0.1, 0.2); /* the best: memorised */
  add_record (records[1], 20, 0.99, 0.1, 0.1, 0.1);
  add_record (records[2], 0, 0.2, 0.2, 0.2, 0.2);
  add_record (records[3], 0, 0.2, 0.2, 0.2, 0.2);

  table = gsc_sweep_table_new (sweep, records, states, &options);
  g_assert_cmpuint (table->n_cells, ==, 4);
  g_assert_cmpuint (table->n_places, ==, 2);
  g_assert_cmpuint (table->place_of[1], ==, 0);
  g_assert_cmpuint (table->place_of[2], ==, 1);
  place = &table->places[0];
  g_assert_cmpuint (place->first_cell, ==, 0);
  g_assert_cmpuint (place->n_cells, ==, 2);
  g_assert_cmpuint (place->n_finished, ==, 2);
  g_assert_cmpuint (place->n_runs, ==, 2);
  g_assert_cmpfloat (place->at[GSC_SWEEP_BEST].step, ==, 10);
  g_assert_cmpfloat_with_epsilon (place->at[GSC_SWEEP_BEST].mean[GSC_SET_ID_TEST], 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (place->at[GSC_SWEEP_BEST].spread[GSC_SET_ID_TEST], 0.3 * sqrt (2),
                                  1e-12);
  /* One run of each phase: the one that solves less. */
  g_assert_cmpint (place->at[GSC_SWEEP_BEST].phase, ==, GSC_PHASE_ID_MEMORISATION);
  g_assert_cmpuint (place->at[GSC_SWEEP_BEST].n_phase, ==, 1);
  g_assert_cmpfloat (place->at[GSC_SWEEP_FINAL].step, ==, 20);
  g_assert_cmpint (table->results[0].at[GSC_SWEEP_BEST].phase, ==, GSC_PHASE_OOD_GENERALISATION);
  g_assert_cmpint (table->results[0].at[GSC_SWEEP_FINAL].phase, ==, GSC_PHASE_ID_GENERALISATION);
  g_assert_cmpuint (table->places[1].n_runs, ==, 0);
  g_assert_false (table->results[2].counts);

  /* An unfinished run may count; one that cannot be read never does. */
  options.unfinished = TRUE;
  all = gsc_sweep_table_new (sweep, records, states, &options);
  g_assert_cmpuint (all->places[1].n_runs, ==, 1);
  g_assert_cmpfloat (all->places[1].at[GSC_SWEEP_FINAL].mean[0], ==, 0.2);
  g_assert_true (isnan (all->places[1].at[GSC_SWEEP_FINAL].spread[0]));
  g_assert_cmpint (all->places[1].at[GSC_SWEEP_FINAL].phase, ==, GSC_PHASE_NONE);
  g_assert_false (all->results[3].counts);
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    g_ptr_array_unref (records[i]);
}

/* Against sums over all runs, with the seed axis in the middle. */
static void
test_brute_force (void)
{
  g_autoptr (GscSweep) sweep
      = sweep_fixture_parse ("{ \"axes\": { \"tasks\": [8, 16, 24], \"seed\": [1, 2, 3, 4],"
                             "              \"alpha\": [0.4, 0.6] } }");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  GscSweepTableOptions options = gsc_sweep_table_options_default ();
  GPtrArray *records[24];
  GscSweepState states[24];
  g_autoptr (GscSweepTable) table = NULL;

  g_assert_cmpuint (sweep->n_cells, ==, 24);
  for (guint i = 0; i < 24; i++)
    {
      records[i] = make_records ();
      states[i] = g_rand_boolean (rand) ? GSC_SWEEP_FINISHED : GSC_SWEEP_BEGUN;
      add_record (records[i], 10, g_rand_double (rand), g_rand_double (rand), g_rand_double (rand),
                  g_rand_double (rand));
    }
  table = gsc_sweep_table_new (sweep, records, states, &options);
  g_assert_cmpuint (table->n_places, ==, 6);
  for (guint place = 0; place < 6; place++)
    {
      const GscSweepPlace *found = &table->places[place];
      const GscConfig *config = &sweep->cells[found->first_cell].config;
      double sum = 0, squares = 0;
      guint n = 0, phases[GSC_N_PHASES] = { 0 };

      for (guint i = 0; i < 24; i++)
        {
          const GscConfig *other = &sweep->cells[i].config;
          const GscRecord *record = g_ptr_array_index (records[i], 0);
          double accuracy = record->sets[GSC_SET_OOD_TRAIN].last_accuracy;

          if (other->tasks != config->tasks || other->alpha != config->alpha
              || states[i] != GSC_SWEEP_FINISHED)
            continue;
          n++;
          sum += accuracy;
          squares += accuracy * accuracy;
          phases[gsc_phase_of_record (record, options.thresholds)]++;
        }
      g_assert_cmpuint (found->n_cells, ==, 4);
      g_assert_cmpuint (found->n_runs, ==, n);
      if (n == 0)
        continue;
      for (int moment = 0; moment < GSC_SWEEP_N_MOMENTS; moment++)
        {
          g_assert_cmpfloat_with_epsilon (found->at[moment].mean[GSC_SET_OOD_TRAIN], sum / n,
                                          1e-12);
          if (n > 1)
            g_assert_cmpfloat_with_epsilon (found->at[moment].spread[GSC_SET_OOD_TRAIN],
                                            sqrt ((squares - sum * sum / n) / (n - 1)), 1e-9);
          g_assert_cmpuint (phases[found->at[moment].phase], ==, found->at[moment].n_phase);
          for (guint phase = 0; phase < GSC_N_PHASES; phase++)
            g_assert_cmpuint (phases[phase], <=, found->at[moment].n_phase);
        }
    }
  for (guint i = 0; i < 24; i++)
    g_ptr_array_unref (records[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep-table/by-hand", test_by_hand);
  g_test_add_func ("/sweep-table/brute-force", test_brute_force);
  return g_test_run ();
}
