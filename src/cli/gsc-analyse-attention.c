/* gsc-analyse-attention.c - grokscope-cli analyse --what attention
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On one sequence, or the mean of many (--on).
 */

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-head-maps.h"
#include "gsc-probe.h"
#include "gsc-text-table.h"

/* Keys that are named for each query in the text. */
#define MAX_KEYS 4

/* Both kinds of source in one shape. */
typedef struct
{
  const GscModelConfig *model;
  guint n;           /* tokens read */
  const float *maps; /* [depth][heads][n][n] */
  guint sequences;   /* 0: one sequence, that of the command line */
} Attention;

static const float *
get_map (const Attention *attention, int layer, int head)
{
  gsize n = attention->n;

  return attention->maps + ((gsize) layer * attention->model->heads + head) * n * n;
}

/* JSON and CSV */

static void
add_map (GscJsonWriter *json, const Attention *attention, int layer, int head)
{
  const float *map = get_map (attention, layer, head);

  gsc_json_writer_begin_object (json);
  gsc_analyse_add_int (json, "layer", layer + 1);
  gsc_analyse_add_int (json, "head", head + 1);
  gsc_json_writer_name (json, "weights");
  gsc_json_writer_begin_array (json);
  for (guint query = 0; query < attention->n; query++)
    {
      gsc_json_writer_begin_array (json);
      for (guint key = 0; key < attention->n; key++)
        gsc_json_writer_float (json, map[query * attention->n + key]);
      gsc_json_writer_end_array (json);
    }
  gsc_json_writer_end_array (json);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const Attention *attention)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  if (attention->sequences == 0)
    gsc_analyse_add_context (analyse, &json, analyse->n_tokens);
  else
    {
      gsc_analyse_add_string (&json, "set", gsc_set_get_name (analyse->set));
      gsc_analyse_add_int (&json, "sequences", attention->sequences);
    }
  gsc_json_writer_name (&json, "heads");
  gsc_json_writer_begin_array (&json);
  for (int layer = 0; layer < attention->model->depth; layer++)
    for (int head = 0; head < attention->model->heads; head++)
      if (gsc_analyse_wants_head (analyse, layer, head))
        add_map (&json, attention, layer, head);
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

static void
print_csv (const GscAnalyse *analyse, const Attention *attention)
{
  static const char *const columns[] = { "layer", "head", "query", "key", "weight", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  for (int layer = 0; layer < attention->model->depth; layer++)
    for (int head = 0; head < attention->model->heads; head++)
      for (guint query = 0; query < attention->n; query++)
        for (guint key = 0; key <= query; key++)
          {
            if (!gsc_analyse_wants_head (analyse, layer, head))
              continue;
            gsc_figure_table_add_int (csv, layer + 1);
            gsc_figure_table_add_int (csv, head + 1);
            gsc_figure_table_add_int (csv, query + 1);
            gsc_figure_table_add_int (csv, key + 1);
            gsc_figure_table_add_number (
                csv, (double) get_map (attention, layer, head)[query * attention->n + key]);
          }
  gsc_analyse_print_csv (csv);
}

/* Text */

/* "z5" for the z of the fifth example. */
static char *
name_token (guint token)
{
  return g_strdup_printf ("%c%u", "xyz"[token % 3], token / 3 + 1);
}

/* The keys that a query looks at most, as "z5 0.41, y5 0.20". */
static char *
describe_query (const float *weights, guint n_keys)
{
  g_autofree gboolean *named = g_new0 (gboolean, n_keys);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (MAX_KEYS, n_keys); i++)
    {
      guint best = 0;
      g_autofree char *name = NULL;

      while (named[best])
        best++;
      for (guint key = best; key < n_keys; key++)
        if (!named[key] && weights[key] > weights[best])
          best = key;
      named[best] = TRUE;
      name = name_token (best);
      g_string_append_printf (text, "%s%s %.2f", i > 0 ? ", " : "", name, (double) weights[best]);
    }
  return g_string_free (text, FALSE);
}

/* One head: all queries. */
static void
print_head (const GscAnalyse *analyse, const Attention *attention)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("ll");

  gsc_text_table_add (table, "%s", _ ("query"));
  gsc_text_table_add (table, "%s", _ ("looks at"));
  for (guint query = 0; query < attention->n; query++)
    {
      g_autofree char *name = name_token (query);
      g_autofree char *keys = describe_query (get_map (attention, analyse->layer, analyse->head)
                                                  + (gsize) query * attention->n,
                                              query + 1);

      gsc_text_table_add (table, "%s", name);
      gsc_text_table_add (table, "%s", keys);
    }
  gsc_text_table_print (table, 0);
}

/* All heads: the last query, after whose answer is asked. */
static void
print_heads (const GscAnalyse *analyse, const Attention *attention)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("ll");
  g_autofree char *last = name_token (attention->n - 1);

  gsc_text_table_add (table, "%s", _ ("head"));
  gsc_text_table_add (table, _ ("%s looks at"), last);
  for (int layer = 0; layer < attention->model->depth; layer++)
    for (int head = 0; head < attention->model->heads; head++)
      {
        g_autofree char *keys = NULL;

        if (!gsc_analyse_wants_head (analyse, layer, head))
          continue;
        keys = describe_query (get_map (attention, layer, head)
                                   + (gsize) (attention->n - 1) * attention->n,
                               attention->n);
        gsc_text_table_add (table, _ ("layer %u, head %u"), (guint) layer + 1, (guint) head + 1);
        gsc_text_table_add (table, "%s", keys);
      }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const Attention *attention)
{
  gsc_analyse_print_heading (analyse);
  if (attention->sequences == 0)
    gsc_analyse_print_context (analyse, analyse->n_tokens);
  else
    gsc_cli_print (_ ("Mean of %u sequences of %s.\n"), attention->sequences,
                   gsc_cli_get_set_title (analyse->set));
  gsc_cli_print (_ ("Largest weights; z5 is the z of example 5.\n\n"));
  if (analyse->layer >= 0 && analyse->head >= 0)
    print_head (analyse, attention);
  else
    print_heads (analyse, attention);
}

static void
print (const GscAnalyse *analyse, const Attention *attention)
{
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, attention);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (analyse, attention);
  else
    print_text (analyse, attention);
}

static gboolean
print_mean (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscHeadMaps) maps
      = gsc_head_maps_new (&analyse->subject, analyse->set, analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (maps == NULL)
    return FALSE;
  print (analyse, &(Attention){ &maps->model, maps->n, maps->attention, maps->n_sequences });
  return TRUE;
}

gboolean
gsc_analyse_attention (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscProbe) probe = NULL;

  if (analyse->set_given)
    return print_mean (analyse, error);
  probe = gsc_probe_new (&analyse->subject, analyse->tokens, analyse->n_tokens, error);
  if (probe == NULL)
    return FALSE;
  print (analyse, &(Attention){ &probe->model, probe->n_read, probe->attention, 0 });
  return TRUE;
}
