/* gsc-analyse-noise.c - grokscope-cli analyse --what noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-noise.h"
#include "gsc-text-table.h"

/* Columns of the text's table: so many wrong labels at most, evenly spaced in the logarithm. */
static const guint shown[] = { 0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96 };

/* JSON and CSV */

static void
add_score (GscJsonWriter *json, const GscNoiseScore *score)
{
  gsc_analyse_add_int (json, "sequences", score->sequences);
  gsc_json_writer_name (json, "accuracy");
  if (score->sequences > 0)
    gsc_json_writer_number (json, score->accuracy);
  else
    gsc_json_writer_null (json);
  gsc_json_writer_name (json, "error");
  if (score->sequences > 0)
    gsc_json_writer_number (json, score->error);
  else
    gsc_json_writer_null (json);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscNoise *noise)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_string (&json, "set", gsc_set_get_name (noise->set));
  gsc_json_writer_name (&json, "grid");
  gsc_json_writer_begin_array (&json);
  for (guint k = 0; k < noise->shots; k++)
    for (guint m = 0; m <= k; m++)
      {
        gsc_json_writer_begin_object (&json);
        gsc_analyse_add_int (&json, "shot", k);
        gsc_analyse_add_int (&json, "wrong", m);
        add_score (&json, gsc_noise_get (noise, k, m));
      }
  gsc_json_writer_end_array (&json);
  gsc_json_writer_name (&json, "single");
  gsc_json_writer_begin_array (&json);
  for (guint j = 0; j + 1 < noise->shots; j++)
    {
      gsc_json_writer_begin_object (&json);
      gsc_analyse_add_int (&json, "example", j + 1);
      add_score (&json, &noise->single[j]);
    }
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

/* @example < 0: any. */
static void
add_row (GscFigureTable *csv, guint shot, guint wrong, int example, const GscNoiseScore *score)
{
  gsc_figure_table_add_int (csv, shot);
  gsc_figure_table_add_int (csv, wrong);
  if (example >= 0)
    gsc_figure_table_add_int (csv, example + 1);
  else
    gsc_figure_table_add_text (csv, "");
  gsc_figure_table_add_int (csv, score->sequences);
  if (score->sequences > 0)
    {
      gsc_figure_table_add_number (csv, score->accuracy);
      gsc_figure_table_add_number (csv, score->error);
    }
  else
    {
      gsc_figure_table_add_text (csv, "");
      gsc_figure_table_add_text (csv, "");
    }
}

static void
print_csv (const GscNoise *noise)
{
  static const char *const columns[]
      = { "shot", "wrong", "example", "sequences", "accuracy", "standard_error", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  for (guint k = 0; k < noise->shots; k++)
    for (guint m = 0; m <= k; m++)
      add_row (csv, k, m, -1, gsc_noise_get (noise, k, m));
  for (guint j = 0; j + 1 < noise->shots; j++)
    add_row (csv, noise->shots - 1, 1, (int) j, &noise->single[j]);
  gsc_analyse_print_csv (csv);
}

/* Text */

static void
add_accuracy (GscTextTable *table, const GscNoiseScore *score)
{
  if (score->sequences > 0)
    gsc_text_table_add (table, "%.2f", score->accuracy);
  else
    gsc_text_table_add (table, "-");
}

static void
print_grid (const GscNoise *noise)
{
  g_autoptr (GString) alignment = g_string_new ("r");
  g_autoptr (GscTextTable) table = NULL;
  guint n = 0;

  while (n < G_N_ELEMENTS (shown) && shown[n] < noise->shots)
    {
      g_string_append_c (alignment, 'r');
      n++;
    }
  table = gsc_text_table_new (alignment->str);
  gsc_text_table_add (table, "%s", _ ("shots"));
  for (guint i = 0; i < n; i++)
    gsc_text_table_add (table, "%u", shown[i]);
  for (guint k = 0; k < noise->shots; k++)
    {
      gsc_text_table_add (table, "%u", k);
      for (guint i = 0; i < n; i++)
        if (shown[i] <= k)
          add_accuracy (table, gsc_noise_get (noise, k, shown[i]));
        else
          gsc_text_table_add (table, "%s", "");
    }
  gsc_text_table_print (table, 0);
}

static void
print_single (const GscNoise *noise)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("rrr");

  gsc_cli_print (_ ("\nAfter %u shots, with one label wrong, by its example:\n\n"),
                 noise->shots - 1);
  gsc_text_table_add (table, "%s", _ ("example"));
  gsc_text_table_add (table, "%s", _ ("accuracy"));
  gsc_text_table_add (table, "±");
  for (guint j = 0; j + 1 < noise->shots; j++)
    {
      gsc_text_table_add (table, "%u", j + 1);
      add_accuracy (table, &noise->single[j]);
      gsc_text_table_add (table, "%.2f", noise->single[j].error);
    }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscNoise *noise)
{
  guint last = noise->shots - 1;

  gsc_analyse_print_heading (analyse);
  gsc_cli_print (_ ("Accuracy on %s by shots and wrong labels among them.\n"),
                 gsc_cli_get_set_title (noise->set));
  if (last > 0)
    gsc_cli_print (_ ("After %u shots: %.3f ± %.3f with right labels, %.3f ± %.3f with one "
                      "wrong.\n"),
                   last, gsc_noise_get (noise, last, 0)->accuracy,
                   gsc_noise_get (noise, last, 0)->error, gsc_noise_get (noise, last, 1)->accuracy,
                   gsc_noise_get (noise, last, 1)->error);
  gsc_cli_print ("\n");
  print_grid (noise);
  if (last > 0)
    print_single (noise);
}

gboolean
gsc_analyse_noise (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscNoise) noise
      = gsc_noise_new (&analyse->subject, analyse->set, analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (noise == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, noise);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (noise);
  else
    print_text (analyse, noise);
  return TRUE;
}
