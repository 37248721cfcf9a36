/* gsc-cli-runs.c - grokscope-cli runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "gsc-cli.h"
#include "gsc-json-writer.h"
#include "gsc-run-table.h"
#include "gsc-text-table.h"

typedef struct
{
  char *set;
  double threshold;
  char *sort;
  gboolean csv;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->set);
  g_free (options->sort);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Runs that cannot be read are told of and left out. */
static gboolean
add_run (GPtrArray *runs, const char *path)
{
  g_autoptr (GError) error = NULL;
  GscRunData *run = gsc_run_data_load (path, &error);

  if (run != NULL)
    g_ptr_array_add (runs, run);
  else
    gsc_cli_fail (error);
  return run != NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* A run, or a folder of runs: those, by name. */
static gboolean
add_folder (GPtrArray *runs, const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  gboolean fine = TRUE;

  if (gsc_run_folder_is_run (path))
    return add_run (runs, path);
  dir = g_dir_open (path, 0, &error);
  if (dir == NULL)
    {
      gsc_cli_fail (error);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (gsc_run_folder_is_run (file))
        g_ptr_array_add (names, g_steal_pointer (&file));
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    fine &= add_run (runs, g_ptr_array_index (names, i));
  if (names->len == 0)
    {
      g_autofree char *shown = g_filename_display_name (path);

      gsc_cli_say (_ ("%s: There is no run in this folder."), shown);
    }
  return fine && names->len > 0;
}

static int
find_set (const char *name)
{
  for (int set = 0; set < GSC_N_SETS; set++)
    if (strcmp (name, gsc_set_get_name (set)) == 0)
      return set;
  return -1;
}

static int
find_column (const GscFigureTable *table, const char *name)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (strcmp (table->columns[i], name) == 0)
      return (int) i;
  return -1;
}

typedef struct
{
  const GscFigureTable *table;
  guint column;
} Order;

/* Numbers from the highest down, texts from A on, empty cells last. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Order *order = data;
  guint x = *(const guint *) a, y = *(const guint *) b;
  const char *s = gsc_figure_table_get (order->table, x, order->column);
  const char *t = gsc_figure_table_get (order->table, y, order->column);
  char *s_end, *t_end;
  double u = g_ascii_strtod (s, &s_end), v = g_ascii_strtod (t, &t_end);
  int result;

  if (*s == '\0' || *t == '\0')
    result = (*s == '\0') - (*t == '\0');
  else if (*s_end == '\0' && *t_end == '\0')
    result = (u < v) - (u > v);
  else
    result = strcmp (s, t);
  return result != 0 ? result : (x > y) - (x < y);
}

/* The rows' numbers in the order asked for. */
static GArray *
list_rows (const GscFigureTable *table, int column)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < table->n_rows; i++)
    g_array_append_val (rows, i);
  if (column >= 0)
    g_array_sort_with_data (rows, compare_rows, &(Order){ table, (guint) column });
  return rows;
}

static void
print_csv (const GscFigureTable *table, GArray *rows)
{
  g_autoptr (GscFigureTable) sorted = gsc_figure_table_new ((const char *const *) table->columns);
  g_autofree char *csv = NULL;

  for (guint i = 0; i < rows->len; i++)
    for (guint column = 0; column < table->n_columns; column++)
      gsc_figure_table_add_text (
          sorted, gsc_figure_table_get (table, g_array_index (rows, guint, i), column));
  csv = gsc_figure_table_to_csv (sorted);
  gsc_cli_print ("%s", csv);
}

static void
print_json (const GscFigureTable *table, GArray *rows)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < rows->len; i++)
    {
      gsc_json_writer_begin_object (&json);
      for (guint column = 0; column < table->n_columns; column++)
        {
          const char *cell = gsc_figure_table_get (table, g_array_index (rows, guint, i), column);
          char *end;
          double number = g_ascii_strtod (cell, &end);

          gsc_json_writer_name (&json, table->columns[column]);
          if (*cell == '\0')
            gsc_json_writer_null (&json);
          else if (column > 0 && *end == '\0') /* a run may be called 7 */
            gsc_json_writer_number (&json, number);
          else
            gsc_json_writer_string (&json, cell);
        }
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_json_writer_finish (&json);
}

static void
print_text (const GscFigureTable *table, GArray *rows)
{
  g_autoptr (GscTextTable) text = gsc_text_table_new ("lrrrrrrrrrrrrrrrrll");

  for (guint column = 0; column < table->n_columns; column++)
    gsc_text_table_add (text, "%s", table->columns[column]);
  for (guint i = 0; i < rows->len; i++)
    for (guint column = 0; column < table->n_columns; column++)
      {
        const char *cell = gsc_figure_table_get (table, g_array_index (rows, guint, i), column);
        const char *name = table->columns[column];

        /* Accuracies need no more digits than can be trusted. */
        if (*cell != '\0'
            && (!strcmp (name, "peak") || !strcmp (name, "final") || !strcmp (name, "drop")))
          gsc_text_table_add (text, "%.3f", g_ascii_strtod (cell, NULL));
        else if (column == 0) /* a run may be called 1.5 */
          gsc_text_table_add (text, "%s", cell);
        else
          {
            g_autofree char *shown
                = gsc_figure_table_format (table, g_array_index (rows, guint, i), column);

            gsc_text_table_add (text, "%s", shown);
          }
      }
  gsc_text_table_print (text, 0);
}

static GscCliStatus
print_runs (const Options *options, GscSet set, char **folders, const char *command)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_run_data_unref);
  g_autoptr (GscFigureTable) table = NULL;
  g_autoptr (GArray) rows = NULL;
  double thresholds[GSC_N_SETS];
  gboolean fine = TRUE;
  int column = -1;

  for (int i = 0; i < GSC_N_SETS; i++)
    thresholds[i] = options->threshold;
  for (guint i = 0; folders[i] != NULL; i++)
    fine &= add_folder (runs, folders[i]);
  table = gsc_run_table_new (runs, set, thresholds);
  if (options->sort != NULL)
    {
      column = find_column (table, options->sort);
      if (column < 0)
        return gsc_cli_misused (command, _ ("There is no column “%s” to sort by."), options->sort);
    }
  rows = list_rows (table, column);
  if (options->csv)
    print_csv (table, rows);
  else if (options->json)
    print_json (table, rows);
  else
    print_text (table, rows);
  return fine ? GSC_CLI_OK : GSC_CLI_FAILED;
}

GscCliStatus
gsc_cli_runs (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_auto (Options) options = { .threshold = GSC_PHASE_THRESHOLD };
  const GOptionEntry entries[] = {
    { "set", 0, 0, G_OPTION_ARG_STRING, &options.set,
      N_ ("The set whose accuracy at the last shot is followed (default: ood_test)"),
      N_ ("id_train|id_test|ood_train|ood_test") },
    { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &options.threshold,
      N_ ("Accuracy from which a set counts as solved in the phases (default: 0.5)"), N_ ("A") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, N_ ("Sort by a column, best first"),
      N_ ("COLUMN") },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("Print CSV"), NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &options.json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("FOLDER..."),
    .summary
    = N_ ("Compares runs: when the accuracy was highest (peak_step, peak), what is left of it at "
          "the\nend (final, drop), after how many steps half of it was lost (half_life), how many "
          "examples\nthe model needs for 50 and 90 % (shots_50, shots_90) and in which phase of "
          "the paper it was\nat the peak and at the end. FOLDER is a run, or a folder of runs."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = G_MAXUINT,
  };
  GscCliStatus status = GSC_CLI_OK;
  int set = GSC_SET_OOD_TEST;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (options.csv && options.json)
    return gsc_cli_misused (argv[0], _ ("It is either --csv or --json."));
  if (options.set != NULL && (set = find_set (options.set)) < 0)
    return gsc_cli_misused (argv[0], _ ("There is no set “%s”."), options.set);
  if (!(options.threshold >= 0 && options.threshold <= 1))
    return gsc_cli_misused (argv[0], _ ("The threshold must be from 0 to 1."));
  return print_runs (&options, (GscSet) set, arguments, argv[0]);
}
