/* gsc-run-table.c - runs beside each other, in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-table.h"

#include <math.h>

static const char *const columns[] = {
  "run",       "p",        "depth",    "heads",      "width",       "shots", "tasks",
  "alpha",     "seed",     "steps",    "peak_step",  "peak",        "final", "drop",
  "half_life", "shots_50", "shots_90", "peak_phase", "final_phase", NULL,
};

/* Where there is none, the cell is empty. */
static void
add_natural (GscFigureTable *table, gint64 value)
{
  if (value >= 0)
    gsc_figure_table_add_int (table, value);
  else
    gsc_figure_table_add_text (table, "");
}

static void
add_recipe (GscFigureTable *table, const GscRunData *run)
{
  const GscConfig *config = &run->config;

  gsc_figure_table_add_text (table, run->name);
  gsc_figure_table_add_int (table, config->p);
  gsc_figure_table_add_int (table, config->depth);
  gsc_figure_table_add_int (table, config->heads);
  gsc_figure_table_add_int (table, config->width);
  gsc_figure_table_add_int (table, config->shots);
  gsc_figure_table_add_int (table, config->tasks);
  gsc_figure_table_add_number (table, config->alpha);
  gsc_figure_table_add_int (table, config->seed);
}

static void
add_summary (GscFigureTable *table, const GscRunSummary *summary)
{
  gboolean known = summary->peak >= 0;

  add_natural (table, known ? summary->final_step : -1);
  add_natural (table, known ? summary->peak_step : -1);
  gsc_figure_table_add_number (table, known ? summary->peak_accuracy : NAN);
  gsc_figure_table_add_number (table, known ? summary->final_accuracy : NAN);
  gsc_figure_table_add_number (table, known ? summary->drop : NAN);
  add_natural (table, summary->half_life);
  add_natural (table, summary->shots_50);
  add_natural (table, summary->shots_90);
  gsc_figure_table_add_text (table, known ? gsc_phase_get_name (summary->peak_phase) : "");
  gsc_figure_table_add_text (table, known ? gsc_phase_get_name (summary->final_phase) : "");
}

GscFigureTable *
gsc_run_table_new (GPtrArray *runs, GscSet set, const double thresholds[GSC_N_SETS])
{
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint i = 0; i < runs->len; i++)
    {
      const GscRunData *run = g_ptr_array_index (runs, i);
      GscRunSummary summary = gsc_run_summarise (run->records, set, run->config.p, thresholds);

      add_recipe (table, run);
      add_summary (table, &summary);
    }
  return table;
}
