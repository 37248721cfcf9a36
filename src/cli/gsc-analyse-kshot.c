/* gsc-analyse-kshot.c - grokscope-cli analyse --what kshot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-kshot.h"

#include <math.h>

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-sequence.h"
#include "gsc-text-table.h"

static guint
count_cells (const GscKshot *kshot)
{
  return (guint) (kshot->p * kshot->p);
}

/* JSON */

/* Numbers, or null for none. */
static void
add_answers (GscJsonWriter *json, const char *name, const guint8 *answers, guint n)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < n; i++)
    if (answers[i] == GSC_KSHOT_NONE)
      gsc_json_writer_null (json);
    else
      gsc_json_writer_int (json, answers[i]);
  gsc_json_writer_end_array (json);
}

static void
add_column (GscJsonWriter *json, const GscKshot *kshot, guint shot)
{
  const GscKshotColumn *column = &kshot->columns[shot];
  guint n = count_cells (kshot);

  gsc_json_writer_begin_object (json);
  gsc_analyse_add_int (json, "shot", shot);
  gsc_analyse_add_number (json, "accuracy", column->accuracy);
  gsc_analyse_add_number (json, "ratio_accuracy", column->ratio_accuracy);
  gsc_analyse_add_number (json, "bayes_accuracy", column->bayes_accuracy);
  gsc_analyse_add_int (json, "explained", column->n_explained);
  gsc_analyse_add_number (json, "explained_accuracy", column->explained_accuracy);
  gsc_analyse_add_number (json, "unexplained_accuracy", column->unexplained_accuracy);
  gsc_analyse_add_bytes (json, "answers", column->answers, n);
  gsc_json_writer_name (json, "probabilities");
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < n; i++)
    gsc_json_writer_float (json, column->probabilities[i]);
  gsc_json_writer_end_array (json);
  add_answers (json, "ratio", column->ratio, n);
  add_answers (json, "bayes", column->bayes, n);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscKshot *kshot)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_context (analyse, &json, 3 * kshot->n_examples);
  gsc_analyse_add_bytes (&json, "truth", kshot->truth, count_cells (kshot));
  gsc_json_writer_name (&json, "shots");
  gsc_json_writer_begin_array (&json);
  for (guint shot = 0; shot <= kshot->n_examples; shot++)
    if (!analyse->shot_given || shot == analyse->shot)
      add_column (&json, kshot, shot);
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

/* CSV */

static void
add_answer (GscFigureTable *csv, guint8 answer)
{
  if (answer == GSC_KSHOT_NONE)
    gsc_figure_table_add_text (csv, "");
  else
    gsc_figure_table_add_int (csv, answer);
}

static void
print_csv (const GscAnalyse *analyse, const GscKshot *kshot)
{
  static const char *const columns[]
      = { "shot", "x", "y", "truth", "answer", "probability", "right", "ratio", "bayes", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  for (guint shot = 0; shot <= kshot->n_examples; shot++)
    for (guint cell = 0; cell < count_cells (kshot); cell++)
      {
        const GscKshotColumn *column = &kshot->columns[shot];

        if (analyse->shot_given && shot != analyse->shot)
          continue;
        gsc_figure_table_add_int (csv, shot);
        gsc_figure_table_add_int (csv, cell / (guint) kshot->p);
        gsc_figure_table_add_int (csv, cell % (guint) kshot->p);
        gsc_figure_table_add_int (csv, kshot->truth[cell]);
        gsc_figure_table_add_int (csv, column->answers[cell]);
        gsc_figure_table_add_number (csv, (double) column->probabilities[cell]);
        gsc_figure_table_add_int (csv, gsc_kshot_is_right (kshot, shot, cell));
        add_answer (csv, column->ratio[cell]);
        add_answer (csv, column->bayes[cell]);
      }
  gsc_analyse_print_csv (csv);
}

/* Text */

static void
add_share (GscTextTable *table, double share)
{
  if (isnan (share))
    gsc_text_table_add (table, "-");
  else
    gsc_text_table_add (table, "%.3f", share);
}

static void
print_curves (const GscAnalyse *analyse, const GscKshot *kshot)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("rrrrrrr");

  gsc_text_table_add (table, "%s", _ ("shots"));
  gsc_text_table_add (table, "%s", _ ("model"));
  gsc_text_table_add (table, "%s", _ ("ratio"));
  gsc_text_table_add (table, "%s", _ ("Bayes"));
  gsc_text_table_add (table, "%s", _ ("cells explained"));
  gsc_text_table_add (table, "%s", _ ("model there"));
  gsc_text_table_add (table, "%s", _ ("elsewhere"));
  for (guint shot = 0; shot <= kshot->n_examples; shot++)
    {
      const GscKshotColumn *column = &kshot->columns[shot];

      if (analyse->shot_given && shot != analyse->shot)
        continue;
      gsc_text_table_add (table, "%u", shot);
      add_share (table, column->accuracy);
      add_share (table, column->ratio_accuracy);
      add_share (table, column->bayes_accuracy);
      gsc_text_table_add (table, "%u / %u", column->n_explained, count_cells (kshot));
      add_share (table, column->explained_accuracy);
      add_share (table, column->unexplained_accuracy);
    }
  gsc_text_table_print (table, 0);
}

static void
print_grid (const GscKshot *kshot, guint shot)
{
  gsc_cli_print (
      ngettext ("\nAfter %u shot, x to the right and y up: O right, o right though ratio matching "
                "does not\nexplain it, x wrong though it does, . wrong.\n",
                "\nAfter %u shots, x to the right and y up: O right, o right though ratio matching "
                "does not\nexplain it, x wrong though it does, . wrong.\n",
                shot),
      shot);
  for (int y = kshot->p - 1; y >= 0; y--)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      for (int x = 0; x < kshot->p; x++)
        {
          guint cell = gsc_kshot_get_cell (kshot, x, y);
          gboolean explained = kshot->columns[shot].ratio[cell] != GSC_KSHOT_NONE;
          gboolean right = gsc_kshot_is_right (kshot, shot, cell);

          g_string_append_printf (line, " %c",
                                  right ? (explained ? 'O' : 'o') : (explained ? 'x' : '.'));
        }
      gsc_cli_print ("%3d %s\n", y, line->str);
    }
}

static void
print_text (const GscAnalyse *analyse, const GscKshot *kshot)
{
  guint shot = analyse->shot_given ? analyse->shot : kshot->n_examples;
  const GscKshotColumn *column = &kshot->columns[shot];

  gsc_analyse_print_heading (analyse);
  gsc_analyse_print_context (analyse, 3 * kshot->n_examples);
  gsc_cli_print (_ ("\nOf all %u queries after %u shots the model answers %.1f %%, ratio matching "
                    "%.1f %%, Bayes %.1f %%.\n\n"),
                 count_cells (kshot), shot, 100 * column->accuracy, 100 * column->ratio_accuracy,
                 100 * column->bayes_accuracy);
  print_curves (analyse, kshot);
  print_grid (kshot, shot);
}

gboolean
gsc_analyse_kshot (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscKshot) kshot
      = gsc_kshot_new (&analyse->subject, analyse->a, analyse->b, analyse->tokens,
                       gsc_sequence_count_context (analyse->n_tokens, analyse->typed),
                       analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (kshot == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, kshot);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (analyse, kshot);
  else
    print_text (analyse, kshot);
  return TRUE;
}
