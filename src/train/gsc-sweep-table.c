/* gsc-sweep-table.c - what a sweep has found: accuracies and phases by place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-table.h"

#include <math.h>

#include "gsc-stop-rule.h"

const char *
gsc_sweep_moment_get_name (GscSweepMoment moment)
{
  static const char *const names[GSC_SWEEP_N_MOMENTS] = { "best", "final" };

  g_return_val_if_fail ((guint) moment < GSC_SWEEP_N_MOMENTS, NULL);
  return names[moment];
}

GscSweepTableOptions
gsc_sweep_table_options_default (void)
{
  GscSweepTableOptions options = { .set = GSC_SET_OOD_TEST };

  for (int set = 0; set < GSC_N_SETS; set++)
    options.thresholds[set] = GSC_PHASE_THRESHOLD;
  return options;
}

/* Runs */

static void
take_record (GscSweepResult *result,
             GscSweepMoment moment,
             const GscRecord *record,
             const GscSweepTableOptions *options)
{
  result->at[moment].step = record->step;
  for (int set = 0; set < GSC_N_SETS; set++)
    result->at[moment].accuracy[set] = record->sets[set].last_accuracy;
  result->at[moment].phase = gsc_phase_of_record (record, options->thresholds);
}

static void
take_run (GscSweepResult *result,
          GPtrArray *records,
          GscSweepState state,
          const GscSweepTableOptions *options)
{
  GscStopSummary summary = gsc_stop_summarise (records, options->set);

  result->state = state;
  result->counts
      = summary.peak >= 0
        && (state == GSC_SWEEP_FINISHED || (options->unfinished && state != GSC_SWEEP_FAILED));
  if (!result->counts)
    return;
  take_record (result, GSC_SWEEP_BEST, g_ptr_array_index (records, (guint) summary.peak), options);
  take_record (result, GSC_SWEEP_FINAL, g_ptr_array_index (records, records->len - 1), options);
}

/* Places */

/* The index of @cell's place: that of its values without the seed's. */
static guint
find_place (const GscSweep *sweep, guint cell, GHashTable *places)
{
  g_autoptr (GString) key = g_string_new (NULL);
  gpointer value;
  guint place;

  for (guint i = 0; i < sweep->n_axes; i++)
    if (!g_str_equal (sweep->axes[i].key, "seed"))
      g_string_append_printf (key, "%u,", sweep->cells[cell].at[i]);
  if (g_hash_table_lookup_extended (places, key->str, NULL, &value))
    return GPOINTER_TO_UINT (value);
  place = g_hash_table_size (places);
  g_hash_table_insert (places, g_strdup (key->str), GUINT_TO_POINTER (place));
  return place;
}

static void
make_places (GscSweepTable *table, const GscSweep *sweep)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  table->place_of = g_new (guint, sweep->n_cells);
  for (guint i = 0; i < sweep->n_cells; i++)
    table->place_of[i] = find_place (sweep, i, places);
  table->n_places = g_hash_table_size (places);
  table->places = g_new0 (GscSweepPlace, table->n_places);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      GscSweepPlace *place = &table->places[table->place_of[i]];

      if (place->n_cells++ == 0)
        place->first_cell = i;
      place->n_finished += table->results[i].state == GSC_SWEEP_FINISHED;
      place->n_runs += table->results[i].counts;
    }
}

/* Two passes, for exact spreads. */
static void
score_places (GscSweepTable *table, GscSweepMoment moment)
{
  g_autofree guint *phases = g_new0 (guint, (gsize) table->n_places * GSC_N_PHASES);

  for (guint i = 0; i < table->n_cells; i++)
    {
      GscSweepPlace *place = &table->places[table->place_of[i]];
      const GscSweepResult *result = &table->results[i];

      if (!result->counts)
        continue;
      place->at[moment].step += (double) result->at[moment].step / place->n_runs;
      for (int set = 0; set < GSC_N_SETS; set++)
        place->at[moment].mean[set] += result->at[moment].accuracy[set] / place->n_runs;
      phases[table->place_of[i] * GSC_N_PHASES + result->at[moment].phase]++;
    }
  for (guint i = 0; i < table->n_cells; i++)
    {
      GscSweepScore *score = &table->places[table->place_of[i]].at[moment];
      const GscSweepResult *result = &table->results[i];

      for (int set = 0; set < GSC_N_SETS && result->counts; set++)
        {
          double off = result->at[moment].accuracy[set] - score->mean[set];

          score->spread[set] += off * off;
        }
    }
  for (guint i = 0; i < table->n_places; i++)
    {
      GscSweepScore *score = &table->places[i].at[moment];
      guint n = table->places[i].n_runs;

      for (int set = 0; set < GSC_N_SETS; set++)
        score->spread[set] = n > 1 ? sqrt (score->spread[set] / (n - 1)) : NAN;
      for (guint phase = 0; phase < GSC_N_PHASES; phase++)
        if (phases[i * GSC_N_PHASES + phase] > score->n_phase)
          {
            score->phase = (GscPhase) phase;
            score->n_phase = phases[i * GSC_N_PHASES + phase];
          }
    }
}

/* The table */

static void
complete (GscSweepTable *table, const GscSweep *sweep)
{
  make_places (table, sweep);
  for (int moment = 0; moment < GSC_SWEEP_N_MOMENTS; moment++)
    score_places (table, (GscSweepMoment) moment);
}

static GscSweepTable *
table_new (const GscSweep *sweep)
{
  GscSweepTable *table = g_new0 (GscSweepTable, 1);

  table->n_cells = sweep->n_cells;
  table->results = g_new0 (GscSweepResult, sweep->n_cells);
  return table;
}

GscSweepTable *
gsc_sweep_table_new (const GscSweep *sweep,
                     GPtrArray *const *records,
                     const GscSweepState *states,
                     const GscSweepTableOptions *options)
{
  GscSweepTable *table = table_new (sweep);

  for (guint i = 0; i < sweep->n_cells; i++)
    take_run (&table->results[i], records[i], states[i], options);
  complete (table, sweep);
  return table;
}

GscSweepTable *
gsc_sweep_table_load (const GscSweep *sweep,
                      const char *folder,
                      const GscSweepTableOptions *options)
{
  GscSweepTable *table = table_new (sweep);

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };
      g_autoptr (GPtrArray) records = NULL;

      gsc_sweep_get_status (sweep, folder, i, &status, &records);
      take_run (&table->results[i], records, status.state, options);
    }
  complete (table, sweep);
  return table;
}

void
gsc_sweep_table_free (GscSweepTable *table)
{
  if (table == NULL)
    return;
  g_free (table->results);
  g_free (table->places);
  g_free (table->place_of);
  g_free (table);
}
