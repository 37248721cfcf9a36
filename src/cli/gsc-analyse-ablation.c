/* gsc-analyse-ablation.c - grokscope-cli analyse --what ablation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ablation-table.h"
#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-text-table.h"

static const char *
get_mode_name (const GscAblationTable *table)
{
  return table->mode == GSC_ABLATION_MEAN ? "mean" : "zero";
}

/* JSON */

static void
add_measure (GscJsonWriter *json, const char *name, const GscAblationMeasure *measure)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_begin_object (json);
  gsc_analyse_add_number (json, "accuracy", measure->accuracy);
  gsc_analyse_add_number (json, "error", measure->error);
  gsc_analyse_add_number (json, "change", measure->change);
  gsc_analyse_add_number (json, "change_error", measure->change_error);
  gsc_json_writer_end_object (json);
}

static void
add_score (GscJsonWriter *json, const GscAblationScore *score)
{
  gsc_json_writer_name (json, "sets");
  gsc_json_writer_begin_object (json);
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      gsc_json_writer_name (json, gsc_set_get_name (set));
      gsc_json_writer_begin_object (json);
      add_measure (json, "all", &score->all[set]);
      add_measure (json, "last", &score->last[set]);
      gsc_json_writer_end_object (json);
    }
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscAblationTable *table)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_string (&json, "mode", get_mode_name (table));
  gsc_analyse_add_int (&json, "sequences", table->sequences);
  gsc_json_writer_name (&json, "base");
  gsc_json_writer_begin_object (&json);
  add_score (&json, &table->base);
  gsc_json_writer_end_object (&json);
  gsc_json_writer_name (&json, "heads");
  gsc_json_writer_begin_array (&json);
  for (guint layer = 0; layer < (guint) table->model.depth; layer++)
    for (guint head = 0; head < (guint) table->model.heads; head++)
      {
        gsc_json_writer_begin_object (&json);
        gsc_analyse_add_int (&json, "layer", layer + 1);
        gsc_analyse_add_int (&json, "head", head + 1);
        gsc_json_writer_name (&json, "already");
        gsc_json_writer_boolean (&json, gsc_ablation_table_is_ablated (table, layer, head));
        add_score (&json, gsc_ablation_table_get (table, layer, head));
        gsc_json_writer_end_object (&json);
      }
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

/* CSV */

/* @layer < 0: the base line. */
static void
add_rows (GscFigureTable *csv, const GscAblationTable *table, int layer, int head)
{
  const GscAblationScore *score
      = layer < 0 ? &table->base : gsc_ablation_table_get (table, (guint) layer, (guint) head);

  for (guint set = 0; set < GSC_N_SETS; set++)
    for (guint last = 0; last < 2; last++)
      {
        const GscAblationMeasure *measure = last ? &score->last[set] : &score->all[set];

        if (layer < 0)
          {
            gsc_figure_table_add_text (csv, "");
            gsc_figure_table_add_text (csv, "");
            gsc_figure_table_add_text (csv, "none");
          }
        else
          {
            gsc_figure_table_add_int (csv, layer + 1);
            gsc_figure_table_add_int (csv, head + 1);
            gsc_figure_table_add_text (
                csv, gsc_ablation_table_is_ablated (table, (guint) layer, (guint) head)
                         ? "already"
                         : get_mode_name (table));
          }
        gsc_figure_table_add_text (csv, gsc_set_get_name (set));
        gsc_figure_table_add_text (csv, last ? "last" : "all");
        gsc_figure_table_add_number (csv, measure->accuracy);
        gsc_figure_table_add_number (csv, measure->error);
        gsc_figure_table_add_number (csv, measure->change);
        gsc_figure_table_add_number (csv, measure->change_error);
        gsc_figure_table_add_int (csv, table->sequences);
      }
}

static void
print_csv (const GscAblationTable *table)
{
  static const char *const columns[]
      = { "layer",          "head",   "ablation",     "set",       "shots", "accuracy",
          "standard_error", "change", "change_error", "sequences", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  add_rows (csv, table, -1, -1);
  for (int layer = 0; layer < table->model.depth; layer++)
    for (int head = 0; head < table->model.heads; head++)
      add_rows (csv, table, layer, head);
  gsc_analyse_print_csv (csv);
}

/* Text */

static void
print_headline (const GscAblationTable *table)
{
  int worst = gsc_ablation_table_find_worst (table, GSC_SET_OOD_TEST, TRUE);
  double base = table->base.last[GSC_SET_OOD_TEST].accuracy;
  const GscAblationMeasure *measure;
  g_autofree char *text = NULL;

  if (worst < 0 || !gsc_ablation_measure_is_clear (&table->heads[worst].last[GSC_SET_OOD_TEST]))
    text = g_strdup_printf (_ ("No head alone matters clearly for o.o.d./test at the last shot: "
                               "without any of them the accuracy stays near %.3f."),
                            base);
  else
    {
      measure = &table->heads[worst].last[GSC_SET_OOD_TEST];
      text = g_strdup_printf (_ ("Layer %d, head %d matters most: without it the accuracy on "
                                 "o.o.d./test at the last shot goes from %.3f to %.3f "
                                 "(%+.3f ± %.3f)."),
                              worst / table->model.heads + 1, worst % table->model.heads + 1, base,
                              measure->accuracy, measure->change, measure->change_error);
    }
  gsc_cli_print_paragraph (text, 0);
}

/* Changes at the last shot (@last) or over all shots. */
static void
print_table (const GscAblationTable *table, gboolean last)
{
  g_autoptr (GscTextTable) text = gsc_text_table_new ("lrrrr");

  gsc_cli_print ("\n%s\n", last ? _ ("Change of accuracy at the last shot (± standard error):")
                                : _ ("Change of accuracy over all shots (± standard error):"));
  gsc_text_table_add (text, "%s", _ ("without"));
  for (guint set = 0; set < GSC_N_SETS; set++)
    gsc_text_table_add (text, "%s", gsc_cli_get_set_title (set));
  gsc_text_table_add (text, "%s", _ ("nothing: accuracy"));
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      const GscAblationMeasure *base = last ? &table->base.last[set] : &table->base.all[set];

      gsc_text_table_add (text, "%.3f ± %.3f", base->accuracy, base->error);
    }
  for (guint layer = 0; layer < (guint) table->model.depth; layer++)
    for (guint head = 0; head < (guint) table->model.heads; head++)
      {
        const GscAblationScore *score = gsc_ablation_table_get (table, layer, head);

        gsc_text_table_add (text, _ ("layer %u, head %u"), layer + 1, head + 1);
        for (guint set = 0; set < GSC_N_SETS; set++)
          if (gsc_ablation_table_is_ablated (table, layer, head))
            gsc_text_table_add (text, "%s", _ ("ablated"));
          else if (last)
            gsc_text_table_add (text, "%+.3f ± %.3f", score->last[set].change,
                                score->last[set].change_error);
          else
            gsc_text_table_add (text, "%+.3f ± %.3f", score->all[set].change,
                                score->all[set].change_error);
      }
  gsc_text_table_print (text, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscAblationTable *table)
{
  gsc_analyse_print_heading (analyse);
  print_headline (table);
  gsc_cli_print (ngettext ("%s ablation, %u sequence in each set.\n",
                           "%s ablation, %u sequences in each set.\n", table->sequences),
                 table->mode == GSC_ABLATION_MEAN ? _ ("Mean") : _ ("Zero"), table->sequences);
  print_table (table, TRUE);
  print_table (table, FALSE);
}

gboolean
gsc_analyse_ablation (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscAblationTable) table = gsc_ablation_table_new (
      &analyse->subject, analyse->mode, analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (table == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, table);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (table);
  else
    print_text (analyse, table);
  return TRUE;
}
