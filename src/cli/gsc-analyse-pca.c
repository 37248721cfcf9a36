/* gsc-analyse-pca.c - grokscope-cli analyse --what pca
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"
#include "gsc-circle-score.h"
#include "gsc-cli.h"
#include "gsc-text-table.h"

static const char *const part_names[] = {
  [GSC_PROJECTION_EMBEDDING] = "embedding",
  [GSC_PROJECTION_HEAD] = "head",
  [GSC_PROJECTION_BLOCK] = "block",
  [GSC_PROJECTION_MLP] = "mlp",
};

static const char *const slot_names[] = {
  [GSC_SLOTS_XY] = "xy",
  [GSC_SLOTS_XZ] = "xz",
  [GSC_SLOTS_YZ] = "yz",
};

static gboolean
is_embedding (const GscProjection *projection)
{
  return projection->source.part == GSC_PROJECTION_EMBEDDING;
}

static GscProjectionSource
make_source (const GscAnalyse *analyse)
{
  const GscModelConfig *model = gsc_model_get_config (analyse->subject.model);

  return (GscProjectionSource){
    .part = analyse->part,
    .layer = (guint) (analyse->layer >= 0 ? analyse->layer : model->depth - 1),
    .head = (guint) MAX (analyse->head, 0),
    .slots = analyse->slots,
    .example = analyse->shot,
    .centred = analyse->centred,
  };
}

/* JSON and CSV */

static void
add_values (GscJsonWriter *json, const char *name, const double *values, guint n)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < n; i++)
    gsc_json_writer_number (json, values[i]);
  gsc_json_writer_end_array (json);
}

static void
add_pairs (GscJsonWriter *json, const char *name, const guint16 *values, guint n)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < n; i++)
    gsc_json_writer_int (json, values[i]);
  gsc_json_writer_end_array (json);
}

static void
add_circle (GscJsonWriter *json, const GscCircleScore *circle)
{
  gsc_json_writer_name (json, "circle");
  gsc_json_writer_begin_object (json);
  gsc_analyse_add_int (json, "root", circle->root);
  gsc_analyse_add_number (json, "plane", circle->plane);
  gsc_analyse_add_number (json, "noise", circle->noise);
  gsc_json_writer_name (json, "strongest");
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < G_N_ELEMENTS (circle->strongest); i++)
    {
      gsc_json_writer_begin_object (json);
      gsc_analyse_add_int (json, "first", circle->strongest[i].first);
      gsc_analyse_add_int (json, "second", circle->strongest[i].second);
      gsc_analyse_add_number (json, "share", circle->strongest[i].share);
      gsc_json_writer_end_object (json);
    }
  gsc_json_writer_end_array (json);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscProjection *projection)
{
  const GscProjectionSource *source = &projection->source;
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  GscCircleScore circle;

  gsc_circle_score_init (&circle, projection);
  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_string (&json, "part", part_names[source->part]);
  if (!is_embedding (projection))
    {
      gsc_analyse_add_int (&json, "layer", source->layer + 1);
      if (source->part == GSC_PROJECTION_HEAD)
        gsc_analyse_add_int (&json, "head", source->head + 1);
      gsc_analyse_add_string (&json, "slots", slot_names[source->slots]);
      gsc_analyse_add_int (&json, "shot", source->example);
      gsc_analyse_add_context (analyse, &json, analyse->n_tokens);
    }
  gsc_json_writer_name (&json, "centred");
  gsc_json_writer_boolean (&json, source->centred);
  add_values (&json, "variance", projection->variance, 2);
  add_circle (&json, &circle);
  add_pairs (&json, "first", projection->first, projection->n);
  add_pairs (&json, "second", projection->second, projection->n);
  add_values (&json, "x", projection->x, projection->n);
  add_values (&json, "y", projection->y, projection->n);
  gsc_analyse_end_json (&json);
}

static void
print_csv (const GscProjection *projection)
{
  static const char *const columns[] = { "first", "second", "pc1", "pc2", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  for (guint i = 0; i < projection->n; i++)
    {
      gsc_figure_table_add_int (csv, projection->first[i]);
      gsc_figure_table_add_int (csv, projection->second[i]);
      gsc_figure_table_add_number (csv, projection->x[i]);
      gsc_figure_table_add_number (csv, projection->y[i]);
    }
  gsc_analyse_print_csv (csv);
}

/* Text */

static char *
describe_source (const GscProjectionSource *source)
{
  switch (source->part)
    {
    case GSC_PROJECTION_EMBEDDING:
      return g_strdup (_ ("The embedding of all numbers"));
    case GSC_PROJECTION_BLOCK:
      return g_strdup_printf (_ ("The residual stream after layer %u"), source->layer + 1);
    case GSC_PROJECTION_MLP:
      return g_strdup_printf (_ ("What the MLP of layer %u adds"), source->layer + 1);
    case GSC_PROJECTION_HEAD:
    default:
      return g_strdup_printf (_ ("Output of layer %u, head %u"), source->layer + 1,
                              source->head + 1);
    }
}

static void
print_circle (const GscProjection *projection)
{
  GscCircleScore circle;

  if (!gsc_circle_score_init (&circle, projection))
    {
      gsc_cli_print (_ ("All points lie in one place.\n"));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (circle.strongest); i++)
    {
      const GscCircleCharacter *character = &circle.strongest[i];

      if (is_embedding (projection))
        gsc_cli_print (_ ("%.1f %% of the plane goes round %d times with the logarithm\n"),
                       100 * character->share, character->first);
      else
        gsc_cli_print (_ ("%.1f %% of the plane goes round %d times with the logarithm of the "
                          "first number, %d with that of the second\n"),
                       100 * character->share, character->first, character->second);
    }
  gsc_cli_print (_ ("(to the base %d; points without order have %.1f %%)\n"), circle.root,
                 100 * circle.noise);
}

static void
print_points (const GscProjection *projection)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new (is_embedding (projection) ? "rrr" : "rrrr");

  gsc_text_table_add (table, "%s", is_embedding (projection) ? _ ("number") : _ ("first"));
  if (!is_embedding (projection))
    gsc_text_table_add (table, "%s", _ ("second"));
  gsc_text_table_add (table, "PC1");
  gsc_text_table_add (table, "PC2");
  for (guint i = 0; i < projection->n; i++)
    {
      gsc_text_table_add (table, "%d", projection->first[i]);
      if (!is_embedding (projection))
        gsc_text_table_add (table, "%d", projection->second[i]);
      gsc_text_table_add (table, "%.4f", projection->x[i]);
      gsc_text_table_add (table, "%.4f", projection->y[i]);
    }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscProjection *projection)
{
  const GscProjectionSource *source = &projection->source;
  g_autofree char *description = describe_source (source);

  gsc_analyse_print_heading (analyse);
  gsc_cli_print ("%s", description);
  if (is_embedding (projection))
    gsc_cli_print ("\n");
  else
    {
      gsc_cli_print (_ (" at the slots %c and %c of example %u, over all their values\n"),
                     slot_names[source->slots][0], slot_names[source->slots][1],
                     source->example + 1);
      gsc_analyse_print_context (analyse, analyse->n_tokens);
    }
  if (!source->centred)
    gsc_cli_print (_ ("Points are not centred, as in the paper's script.\n"));
  gsc_cli_print (_ ("\nPC1 has %.1f %% of the variance, PC2 %.1f %%.\n"),
                 100 * projection->variance[0], 100 * projection->variance[1]);
  print_circle (projection);
  gsc_cli_print ("\n");
  print_points (projection);
}

gboolean
gsc_analyse_pca (const GscAnalyse *analyse, GError **error)
{
  const GscProjectionSource source = make_source (analyse);
  g_autoptr (GscProjection) projection
      = gsc_projection_new (&analyse->subject, analyse->tokens, analyse->n_tokens, &source,
                            analyse->watch.cancellable, error);

  if (projection == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, projection);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (projection);
  else
    print_text (analyse, projection);
  return TRUE;
}
