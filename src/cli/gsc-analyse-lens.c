/* gsc-analyse-lens.c - grokscope-cli analyse --what lens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-lens.h"
#include "gsc-text-table.h"

/* JSON and CSV */

static void
add_set (GscJsonWriter *json, const GscLens *lens, guint layer, guint set)
{
  const GscLensScore *mean = gsc_lens_get_mean (lens, layer, set);

  gsc_json_writer_name (json, gsc_set_get_name (set));
  gsc_json_writer_begin_object (json);
  gsc_analyse_add_number (json, "accuracy", mean->accuracy);
  gsc_analyse_add_number (json, "probability", mean->probability);
  gsc_analyse_add_number (json, "last_accuracy",
                          gsc_lens_get (lens, layer, set, lens->shots - 1)->accuracy);
  gsc_json_writer_name (json, "per_shot");
  gsc_json_writer_begin_array (json);
  for (guint shot = 0; shot < lens->shots; shot++)
    gsc_json_writer_number (json, gsc_lens_get (lens, layer, set, shot)->accuracy);
  gsc_json_writer_end_array (json);
  gsc_analyse_add_int (json, "sequences", lens->sequences[set]);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscLens *lens)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  gsc_json_writer_name (&json, "layers");
  gsc_json_writer_begin_array (&json);
  for (guint layer = 0; layer < lens->n_layers; layer++)
    {
      gsc_json_writer_begin_object (&json);
      gsc_analyse_add_int (&json, "layer", layer);
      gsc_json_writer_name (&json, "sets");
      gsc_json_writer_begin_object (&json);
      for (guint set = 0; set < GSC_N_SETS; set++)
        add_set (&json, lens, layer, set);
      gsc_json_writer_end_object (&json);
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

static void
print_csv (const GscLens *lens)
{
  static const char *const columns[]
      = { "layer", "set", "shot", "accuracy", "probability", "sequences", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  for (guint layer = 0; layer < lens->n_layers; layer++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      for (guint shot = 0; shot < lens->shots; shot++)
        {
          const GscLensScore *score = gsc_lens_get (lens, layer, set, shot);

          gsc_figure_table_add_int (csv, layer);
          gsc_figure_table_add_text (csv, gsc_set_get_name (set));
          gsc_figure_table_add_int (csv, shot);
          gsc_figure_table_add_number (csv, score->accuracy);
          gsc_figure_table_add_number (csv, score->probability);
          gsc_figure_table_add_int (csv, lens->sequences[set]);
        }
  gsc_analyse_print_csv (csv);
}

/* Text */

/* At the last shot (@last) or over all shots. */
static void
print_table (const GscLens *lens, gboolean last)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("lrrrr");

  gsc_cli_print ("\n%s\n",
                 last ? _ ("Accuracy at the last shot:") : _ ("Accuracy over all shots:"));
  gsc_text_table_add (table, "%s", _ ("read out after"));
  for (guint set = 0; set < GSC_N_SETS; set++)
    gsc_text_table_add (table, "%s", gsc_cli_get_set_title (set));
  for (guint layer = 0; layer < lens->n_layers; layer++)
    {
      if (layer == 0)
        gsc_text_table_add (table, "%s", _ ("embedding"));
      else
        gsc_text_table_add (table, _ ("block %u"), layer);
      for (guint set = 0; set < GSC_N_SETS; set++)
        gsc_text_table_add (table, "%.3f",
                            last ? gsc_lens_get (lens, layer, set, lens->shots - 1)->accuracy
                                 : gsc_lens_get_mean (lens, layer, set)->accuracy);
    }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscLens *lens)
{
  gsc_analyse_print_heading (analyse);
  gsc_cli_print (ngettext ("What the model would answer after each layer; %u sequence in each "
                           "set, chance %.3f.\n",
                           "What the model would answer after each layer; %u sequences in each "
                           "set, chance %.3f.\n",
                           lens->sequences[0]),
                 lens->sequences[0], 1.0 / analyse->subject.p);
  print_table (lens, TRUE);
  print_table (lens, FALSE);
}

gboolean
gsc_analyse_lens (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscLens) lens
      = gsc_lens_new (&analyse->subject, analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (lens == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, lens);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (lens);
  else
    print_text (analyse, lens);
  return TRUE;
}
