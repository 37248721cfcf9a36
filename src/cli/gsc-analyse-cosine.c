/* gsc-analyse-cosine.c - grokscope-cli analyse --what cosine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-text-table.h"

/* Maps in the order of layers, heads and the block itself (head = heads); all of them, or those
 * that the command line names: with --layer alone that layer's. */
static gboolean
wants_map (const GscAnalyse *analyse, const GscSimilarity *similarity, int layer, int head)
{
  return head < similarity->model.heads
             ? gsc_analyse_wants_head (analyse, layer, head)
             : (analyse->layer < 0 || analyse->layer == layer) && analyse->head < 0;
}

/* Whole matrices are large: they are printed of named maps only. */
static gboolean
wants_values (const GscAnalyse *analyse)
{
  return analyse->layer >= 0;
}

/* JSON */

static void
add_values (GscJsonWriter *json, const GscSimilarity *similarity, guint map)
{
  gsc_json_writer_name (json, "values");
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < similarity->n; i++)
    {
      gsc_json_writer_begin_array (json);
      for (guint j = 0; j < similarity->n; j++)
        gsc_json_writer_float (json, gsc_similarity_get (similarity, map, i, j));
      gsc_json_writer_end_array (json);
    }
  gsc_json_writer_end_array (json);
}

static void
add_map (const GscAnalyse *analyse,
         GscJsonWriter *json,
         const GscSimilarity *similarity,
         int layer,
         int head)
{
  guint map = gsc_similarity_get_map (similarity, (guint) layer, (guint) head);
  const GscSimilarityScore *score = &similarity->scores[map];

  gsc_json_writer_begin_object (json);
  gsc_analyse_add_int (json, "layer", layer + 1);
  gsc_json_writer_name (json, "head");
  if (head < similarity->model.heads)
    gsc_json_writer_int (json, head + 1);
  else
    gsc_json_writer_null (json);
  gsc_analyse_add_number (json, "mean", score->mean);
  gsc_json_writer_name (json, "shares");
  gsc_json_writer_begin_object (json);
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    if (gsc_relation_applies (relation, similarity->slot))
      gsc_analyse_add_number (json, gsc_relation_get_name (relation), score->shares[relation]);
  gsc_json_writer_end_object (json);
  if (wants_values (analyse))
    add_values (json, similarity, map);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscSimilarity *similarity)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_string (&json, "slot", gsc_slot_get_name (similarity->slot));
  gsc_analyse_add_int (&json, "shot", similarity->shot);
  gsc_analyse_add_context (analyse, &json, 3 * similarity->shot);
  gsc_analyse_add_int (&json, "inputs", similarity->n);
  gsc_json_writer_name (&json, "maps");
  gsc_json_writer_begin_array (&json);
  for (int layer = 0; layer < similarity->model.depth; layer++)
    for (int head = 0; head <= similarity->model.heads; head++)
      if (wants_map (analyse, similarity, layer, head))
        add_map (analyse, &json, similarity, layer, head);
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

/* CSV */

static void
add_place (GscFigureTable *csv, const GscSimilarity *similarity, int layer, int head)
{
  gsc_figure_table_add_int (csv, layer + 1);
  if (head < similarity->model.heads)
    gsc_figure_table_add_int (csv, head + 1);
  else
    gsc_figure_table_add_text (csv, "");
}

/* The block itself has no head. */
static void
add_rows (const GscAnalyse *analyse,
          GscFigureTable *csv,
          const GscSimilarity *similarity,
          int layer,
          int head)
{
  guint map = gsc_similarity_get_map (similarity, (guint) layer, (guint) head);

  for (guint i = 0; wants_values (analyse) && i < similarity->n; i++)
    for (guint j = 0; j < similarity->n; j++)
      {
        add_place (csv, similarity, layer, head);
        gsc_figure_table_add_int (csv, i);
        gsc_figure_table_add_int (csv, j);
        gsc_figure_table_add_number (csv, (double) gsc_similarity_get (similarity, map, i, j));
      }
  for (guint relation = 0; !wants_values (analyse) && relation < GSC_N_RELATIONS; relation++)
    if (gsc_relation_applies (relation, similarity->slot))
      {
        add_place (csv, similarity, layer, head);
        gsc_figure_table_add_text (csv, gsc_relation_get_name (relation));
        gsc_figure_table_add_number (csv, similarity->scores[map].shares[relation]);
        gsc_figure_table_add_number (csv, similarity->scores[map].mean);
      }
}

static void
print_csv (const GscAnalyse *analyse, const GscSimilarity *similarity)
{
  static const char *const columns[] = { "layer", "head", "relation", "share", "mean", NULL };
  static const char *const value_columns[]
      = { "layer", "head", "input", "other", "similarity", NULL };
  GscFigureTable *csv = gsc_figure_table_new (wants_values (analyse) ? value_columns : columns);

  for (int layer = 0; layer < similarity->model.depth; layer++)
    for (int head = 0; head <= similarity->model.heads; head++)
      if (wants_map (analyse, similarity, layer, head))
        add_rows (analyse, csv, similarity, layer, head);
  gsc_analyse_print_csv (csv);
}

/* Text */

/* The matrix that one relation explains best. */
static void
print_headline (const GscSimilarity *similarity)
{
  guint best_map = 0, best_relation = 0, heads = (guint) similarity->model.heads;
  double best = 0.0;

  for (guint map = 0; map < similarity->n_maps; map++)
    for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
      if (similarity->scores[map].shares[relation] > best)
        {
          best = similarity->scores[map].shares[relation];
          best_map = map;
          best_relation = relation;
        }
  if (best == 0.0)
    gsc_cli_print (_ ("No matrix has a structure.\n"));
  else if (best_map % (heads + 1) < heads)
    gsc_cli_print (_ ("Most structure: layer %u, head %u, of which “%s” explains %.1f %%.\n"),
                   best_map / (heads + 1) + 1, best_map % (heads + 1) + 1,
                   gsc_relation_get_name (best_relation), 100 * best);
  else
    gsc_cli_print (_ ("Most structure: the block %u, of which “%s” explains %.1f %%.\n"),
                   best_map / (heads + 1) + 1, gsc_relation_get_name (best_relation), 100 * best);
}

static void
print_table (const GscAnalyse *analyse, const GscSimilarity *similarity)
{
  guint n_relations = 0;
  g_autoptr (GString) alignment = g_string_new ("lr");
  g_autoptr (GscTextTable) table = NULL;

  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    n_relations += gsc_relation_applies (relation, similarity->slot);
  for (guint i = 0; i < n_relations; i++)
    g_string_append_c (alignment, 'r');
  table = gsc_text_table_new (alignment->str);
  gsc_text_table_add (table, "%s", _ ("output of"));
  gsc_text_table_add (table, "%s", _ ("mean"));
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    if (gsc_relation_applies (relation, similarity->slot))
      gsc_text_table_add (table, "%s", gsc_relation_get_name (relation));
  for (int layer = 0; layer < similarity->model.depth; layer++)
    for (int head = 0; head <= similarity->model.heads; head++)
      {
        const GscSimilarityScore *score
            = &similarity->scores[gsc_similarity_get_map (similarity, (guint) layer, (guint) head)];

        if (!wants_map (analyse, similarity, layer, head))
          continue;
        if (head < similarity->model.heads)
          gsc_text_table_add (table, _ ("layer %u, head %u"), (guint) layer + 1, (guint) head + 1);
        else
          gsc_text_table_add (table, _ ("block %u"), (guint) layer + 1);
        gsc_text_table_add (table, "%.3f", score->mean);
        for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
          if (gsc_relation_applies (relation, similarity->slot))
            gsc_text_table_add (table, "%.1f %%", 100 * score->shares[relation]);
      }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscSimilarity *similarity)
{
  gsc_analyse_print_heading (analyse);
  gsc_analyse_print_context (analyse, 3 * similarity->shot);
  gsc_cli_print (_ ("\nSimilarity of outputs at the slot %s after %u shots, between %u inputs.\n"),
                 gsc_slot_get_name (similarity->slot), similarity->shot, similarity->n);
  print_headline (similarity);
  gsc_cli_print (_ ("Mean similarity, and share of its variance that each relation explains:\n\n"));
  print_table (analyse, similarity);
}

gboolean
gsc_analyse_cosine (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscSimilarity) similarity = gsc_similarity_new (
      &analyse->subject, analyse->a, analyse->b, analyse->tokens, analyse->n_tokens, analyse->shot,
      analyse->slot, analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (similarity == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, similarity);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (analyse, similarity);
  else
    print_text (analyse, similarity);
  return TRUE;
}
