/* gsc-cli-sweep-table.c - grokscope-cli sweep table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-cli-sweep.h"
#include "gsc-figure-table.h"
#include "gsc-json-writer.h"
#include "gsc-number.h"
#include "gsc-sweep-table.h"
#include "gsc-text-table.h"

typedef struct
{
  char *set;
  double threshold;
  gboolean unfinished;
  gboolean csv;
  gboolean json;
} Options;

static gboolean
is_place_axis (const GscSweepAxis *axis)
{
  return !g_str_equal (axis->key, "seed");
}

static const char *
get_value (const GscSweep *sweep, const GscSweepPlace *place, guint axis)
{
  return sweep->axes[axis].values[sweep->cells[place->first_cell].at[axis]];
}

/* CSV */

static void
take_column (GPtrArray *columns, char *name)
{
  g_ptr_array_add (columns, name);
}

static GscFigureTable *
make_columns (const GscSweep *sweep)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sweep->n_axes; i++)
    if (is_place_axis (&sweep->axes[i]))
      take_column (columns, g_strdup (sweep->axes[i].key));
  take_column (columns, g_strdup ("seeds"));
  take_column (columns, g_strdup ("finished"));
  take_column (columns, g_strdup ("runs"));
  for (int moment = 0; moment < GSC_SWEEP_N_MOMENTS; moment++)
    {
      const char *name = gsc_sweep_moment_get_name ((GscSweepMoment) moment);

      take_column (columns, g_strdup_printf ("%s_step", name));
      for (int set = 0; set < GSC_N_SETS; set++)
        {
          const char *set_name = gsc_set_get_name ((GscSet) set);

          take_column (columns, g_strdup_printf ("%s_%s", name, set_name));
          take_column (columns, g_strdup_printf ("%s_%s_spread", name, set_name));
        }
      take_column (columns, g_strdup_printf ("%s_phase", name));
      take_column (columns, g_strdup_printf ("%s_phase_runs", name));
    }
  g_ptr_array_add (columns, NULL);
  return gsc_figure_table_new ((const char *const *) columns->pdata);
}

static void
print_csv (const GscSweep *sweep, const GscSweepTable *table)
{
  g_autoptr (GscFigureTable) cells = make_columns (sweep);
  g_autofree char *csv = NULL;

  for (guint i = 0; i < table->n_places; i++)
    {
      const GscSweepPlace *place = &table->places[i];
      gboolean known = place->n_runs > 0;

      for (guint axis = 0; axis < sweep->n_axes; axis++)
        if (is_place_axis (&sweep->axes[axis]))
          gsc_figure_table_add_text (cells, get_value (sweep, place, axis));
      gsc_figure_table_add_int (cells, place->n_cells);
      gsc_figure_table_add_int (cells, place->n_finished);
      gsc_figure_table_add_int (cells, place->n_runs);
      for (int moment = 0; moment < GSC_SWEEP_N_MOMENTS; moment++)
        {
          const GscSweepScore *score = &place->at[moment];

          gsc_figure_table_add_number (cells, known ? score->step : NAN);
          for (int set = 0; set < GSC_N_SETS; set++)
            {
              gsc_figure_table_add_number (cells, known ? score->mean[set] : NAN);
              gsc_figure_table_add_number (cells, score->spread[set]);
            }
          gsc_figure_table_add_text (cells, known ? gsc_phase_get_name (score->phase) : "");
          if (known)
            gsc_figure_table_add_int (cells, score->n_phase);
          else
            gsc_figure_table_add_text (cells, "");
        }
    }
  csv = gsc_figure_table_to_csv (cells);
  gsc_cli_print ("%s", csv);
}

/* JSON */

static void
write_value (GscJsonWriter *json, const char *value)
{
  double number;

  if (gsc_number_parse (value, &number) || g_str_equal (value, "true")
      || g_str_equal (value, "false"))
    gsc_json_writer_raw (json, value);
  else
    gsc_json_writer_string (json, value);
}

static void
write_score (GscJsonWriter *json, const GscSweepScore *score)
{
  gsc_json_writer_begin_object (json);
  gsc_json_writer_name (json, "step");
  gsc_json_writer_number (json, score->step);
  for (int set = 0; set < GSC_N_SETS; set++)
    {
      gsc_json_writer_name (json, gsc_set_get_name ((GscSet) set));
      gsc_json_writer_begin_object (json);
      gsc_json_writer_name (json, "mean");
      gsc_json_writer_number (json, score->mean[set]);
      gsc_json_writer_name (json, "spread");
      gsc_json_writer_number (json, score->spread[set]);
      gsc_json_writer_end_object (json);
    }
  gsc_json_writer_name (json, "phase");
  gsc_json_writer_string (json, gsc_phase_get_name (score->phase));
  gsc_json_writer_name (json, "phase_runs");
  gsc_json_writer_int (json, score->n_phase);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscSweep *sweep, const GscSweepTable *table)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < table->n_places; i++)
    {
      const GscSweepPlace *place = &table->places[i];

      gsc_json_writer_begin_object (&json);
      gsc_json_writer_name (&json, "at");
      gsc_json_writer_begin_object (&json);
      for (guint axis = 0; axis < sweep->n_axes; axis++)
        if (is_place_axis (&sweep->axes[axis]))
          {
            gsc_json_writer_name (&json, sweep->axes[axis].key);
            write_value (&json, get_value (sweep, place, axis));
          }
      gsc_json_writer_end_object (&json);
      gsc_json_writer_name (&json, "seeds");
      gsc_json_writer_int (&json, place->n_cells);
      gsc_json_writer_name (&json, "finished");
      gsc_json_writer_int (&json, place->n_finished);
      gsc_json_writer_name (&json, "runs");
      gsc_json_writer_int (&json, place->n_runs);
      for (int moment = 0; moment < GSC_SWEEP_N_MOMENTS; moment++)
        {
          gsc_json_writer_name (&json, gsc_sweep_moment_get_name ((GscSweepMoment) moment));
          if (place->n_runs > 0)
            write_score (&json, &place->at[moment]);
          else
            gsc_json_writer_null (&json);
        }
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_json_writer_finish (&json);
}

/* Text */

static void
add_score (GscTextTable *text, const GscSweepPlace *place, GscSweepMoment moment)
{
  const GscSweepScore *score = &place->at[moment];

  if (place->n_runs == 0)
    {
      for (int i = 0; i < GSC_N_SETS + 2; i++)
        gsc_text_table_add (text, "%s", "-");
      return;
    }
  gsc_text_table_add (text, "%.0f", score->step);
  for (int set = 0; set < GSC_N_SETS; set++)
    if (place->n_runs > 1)
      gsc_text_table_add (text, "%.3f ± %.3f", score->mean[set], score->spread[set]);
    else
      gsc_text_table_add (text, "%.3f", score->mean[set]);
  if (place->n_runs > 1)
    gsc_text_table_add (text, _ ("%s (%u of %u)"), _ (gsc_phase_get_title (score->phase)),
                        score->n_phase, place->n_runs);
  else
    gsc_text_table_add (text, "%s", _ (gsc_phase_get_title (score->phase)));
}

static void
print_moment (const GscSweep *sweep, const GscSweepTable *table, GscSweepMoment moment)
{
  g_autoptr (GString) alignment = g_string_new (NULL);
  g_autoptr (GscTextTable) text = NULL;

  for (guint i = 0; i < sweep->n_axes; i++)
    if (is_place_axis (&sweep->axes[i]))
      g_string_append_c (alignment, 'r');
  g_string_append (alignment, "rrrrrrl");
  text = gsc_text_table_new (alignment->str);
  for (guint i = 0; i < sweep->n_axes; i++)
    if (is_place_axis (&sweep->axes[i]))
      gsc_text_table_add (text, "%s", sweep->axes[i].key);
  gsc_text_table_add (text, "%s", _ ("runs"));
  gsc_text_table_add (text, "%s", _ ("step"));
  for (guint set = 0; set < GSC_N_SETS; set++)
    gsc_text_table_add (text, "%s", gsc_cli_get_set_title (set));
  gsc_text_table_add (text, "%s", _ ("phase"));
  for (guint i = 0; i < table->n_places; i++)
    {
      const GscSweepPlace *place = &table->places[i];

      for (guint axis = 0; axis < sweep->n_axes; axis++)
        if (is_place_axis (&sweep->axes[axis]))
          gsc_text_table_add (text, "%s", get_value (sweep, place, axis));
      gsc_text_table_add (text, "%u/%u", place->n_runs, place->n_cells);
      add_score (text, place, moment);
    }
  gsc_text_table_print (text, 0);
}

static void
print_text (const GscSweep *sweep, const GscSweepTable *table, const Options *options, GscSet set)
{
  gsc_cli_print (_ ("Accuracies at the last shot; a set counts as solved from %.2f on.\n\n"),
                 options->threshold);
  gsc_cli_print (_ ("Early-stopped, where %s was highest:\n"), gsc_cli_get_set_title (set));
  print_moment (sweep, table, GSC_SWEEP_BEST);
  gsc_cli_print (_ ("\nFinal:\n"));
  print_moment (sweep, table, GSC_SWEEP_FINAL);
}

static int
find_set (const char *name)
{
  for (int set = 0; set < GSC_N_SETS; set++)
    if (g_str_equal (name, gsc_set_get_name ((GscSet) set)))
      return set;
  return -1;
}

static GscCliStatus
print_table (const char *folder, const Options *options, GscSet set)
{
  g_autoptr (GscSweep) sweep = gsc_cli_sweep_load (folder);
  g_autoptr (GscSweepTable) table = NULL;
  GscSweepTableOptions table_options = gsc_sweep_table_options_default ();

  if (sweep == NULL)
    return GSC_CLI_FAILED;
  table_options.set = set;
  table_options.unfinished = options->unfinished;
  for (int i = 0; i < GSC_N_SETS; i++)
    table_options.thresholds[i] = options->threshold;
  table = gsc_sweep_table_load (sweep, folder, &table_options);
  if (options->csv)
    print_csv (sweep, table);
  else if (options->json)
    print_json (sweep, table);
  else
    print_text (sweep, table, options, set);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_sweep_table (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *set_name = NULL;
  Options options = { .threshold = GSC_PHASE_THRESHOLD };
  int set = GSC_SET_OOD_TEST;
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING, &set_name,
      N_ ("Early-stopped means where this set's accuracy was highest (default: ood_test)"),
      N_ ("id_train|id_test|ood_train|ood_test") },
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &options.threshold,
      N_ ("Accuracy from which a set counts as solved in the phases (default: 0.5)"), N_ ("A") },
    { "unfinished", 0, 0, G_OPTION_ARG_NONE, &options.unfinished,
      N_ ("Count unfinished runs as they stand"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Print CSV"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("DIR"),
    .summary
    = N_ ("Shows what the runs of the sweep in the folder DIR have learnt: accuracies on the four\n"
          "sets at the last shot and the phase, early-stopped and final. Runs that differ in the\n"
          "seed alone are one row: their number, mean accuracies with their standard deviation, "
          "and\nthe most frequent phase. “grokscope-cli runs DIR” compares the runs one by one."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (options.csv && options.json)
    return gsc_cli_misused (argv[0], _ ("It is either --csv or --json."));
  if (set_name != NULL && (set = find_set (set_name)) < 0)
    return gsc_cli_misused (argv[0], _ ("There is no set “%s”."), set_name);
  if (!(options.threshold >= 0 && options.threshold <= 1))
    return gsc_cli_misused (argv[0], _ ("The threshold must be from 0 to 1."));
  return print_table (arguments[0], &options, (GscSet) set);
}
