/* gsc-analyse-roles.c - grokscope-cli analyse --what roles
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-head-maps.h"
#include "gsc-text-table.h"

/* JSON and CSV */

static void
add_role (GscJsonWriter *json, const GscHeadRoles *roles, GscHeadRole role)
{
  gsc_json_writer_name (json, gsc_head_role_get_name (role));
  gsc_json_writer_begin_object (json);
  gsc_analyse_add_number (json, "share", roles->share[role]);
  gsc_analyse_add_number (json, "chance", roles->chance[role]);
  gsc_analyse_add_number (json, "excess", gsc_head_roles_get_excess (roles, role));
  gsc_analyse_add_int (json, "queries", roles->queries[role]);
  gsc_json_writer_end_object (json);
}

static void
add_head (GscJsonWriter *json, const GscHeadMaps *maps, int layer, int head)
{
  const GscHeadRoles *roles = gsc_head_maps_get_roles (maps, (guint) layer, (guint) head);

  gsc_json_writer_begin_object (json);
  gsc_analyse_add_int (json, "layer", layer + 1);
  gsc_analyse_add_int (json, "head", head + 1);
  gsc_analyse_add_string (json, "best",
                          roles->best != GSC_HEAD_ROLE_NONE ? gsc_head_role_get_name (roles->best)
                                                            : NULL);
  gsc_analyse_add_number (json, "spread", roles->spread);
  gsc_json_writer_name (json, "roles");
  gsc_json_writer_begin_object (json);
  for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
    add_role (json, roles, role);
  gsc_json_writer_end_object (json);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscHeadMaps *maps)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  guint n_heads = (guint) (maps->model.depth * maps->model.heads);

  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_string (&json, "set", gsc_set_get_name (maps->set));
  gsc_analyse_add_int (&json, "sequences", maps->n_sequences);
  gsc_json_writer_name (&json, "heads");
  gsc_json_writer_begin_array (&json);
  for (int layer = 0; layer < maps->model.depth; layer++)
    for (int head = 0; head < maps->model.heads; head++)
      if (gsc_analyse_wants_head (analyse, layer, head))
        add_head (&json, maps, layer, head);
  gsc_json_writer_end_array (&json);
  gsc_json_writer_name (&json, "similarity");
  gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < n_heads; i++)
    {
      gsc_json_writer_begin_array (&json);
      for (guint j = 0; j < n_heads; j++)
        gsc_json_writer_float (&json, maps->similarity[i * n_heads + j]);
      gsc_json_writer_end_array (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_analyse_end_json (&json);
}

static void
print_csv (const GscAnalyse *analyse, const GscHeadMaps *maps)
{
  static const char *const columns[]
      = { "layer", "head", "role", "share", "chance", "excess", "queries", "best", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  for (int layer = 0; layer < maps->model.depth; layer++)
    for (int head = 0; head < maps->model.heads; head++)
      for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
        {
          const GscHeadRoles *roles = gsc_head_maps_get_roles (maps, (guint) layer, (guint) head);

          if (!gsc_analyse_wants_head (analyse, layer, head))
            continue;
          gsc_figure_table_add_int (csv, layer + 1);
          gsc_figure_table_add_int (csv, head + 1);
          gsc_figure_table_add_text (csv, gsc_head_role_get_name (role));
          gsc_figure_table_add_number (csv, roles->share[role]);
          gsc_figure_table_add_number (csv, roles->chance[role]);
          gsc_figure_table_add_number (csv, gsc_head_roles_get_excess (roles, role));
          gsc_figure_table_add_int (csv, roles->queries[role]);
          gsc_figure_table_add_int (csv, roles->best == role);
        }
  gsc_analyse_print_csv (csv);
}

/* Text */

static void
print_table (const GscAnalyse *analyse, const GscHeadMaps *maps)
{
  g_autoptr (GString) alignment = g_string_new ("ll");
  g_autoptr (GscTextTable) table = NULL;

  for (guint role = 0; role <= GSC_N_HEAD_ROLES; role++)
    g_string_append_c (alignment, 'r');
  table = gsc_text_table_new (alignment->str);
  gsc_text_table_add (table, "%s", _ ("head"));
  gsc_text_table_add (table, "%s", _ ("role"));
  for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
    gsc_text_table_add (table, "%s", gsc_head_role_get_name (role));
  gsc_text_table_add (table, "%s", _ ("spread"));
  for (int layer = 0; layer < maps->model.depth; layer++)
    for (int head = 0; head < maps->model.heads; head++)
      {
        const GscHeadRoles *roles = gsc_head_maps_get_roles (maps, (guint) layer, (guint) head);

        if (!gsc_analyse_wants_head (analyse, layer, head))
          continue;
        gsc_text_table_add (table, _ ("layer %u, head %u"), (guint) layer + 1, (guint) head + 1);
        gsc_text_table_add (
            table, "%s",
            roles->best != GSC_HEAD_ROLE_NONE ? gsc_head_role_get_title (roles->best) : "-");
        for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
          if (isnan (roles->share[role]))
            gsc_text_table_add (table, "-");
          else
            gsc_text_table_add (table, "%.2f (%.2f)", roles->share[role], roles->chance[role]);
        gsc_text_table_add (table, isnan (roles->spread) ? "-" : "%.2f", roles->spread);
      }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscHeadMaps *maps)
{
  guint n_roles = 0;

  for (int i = 0; i < maps->model.depth * maps->model.heads; i++)
    n_roles += maps->roles[i].best != GSC_HEAD_ROLE_NONE;
  gsc_analyse_print_heading (analyse);
  gsc_cli_print (_ ("%u of %d heads have a role, on %u sequences of %s.\n"), n_roles,
                 maps->model.depth * maps->model.heads, maps->n_sequences,
                 gsc_cli_get_set_title (maps->set));
  gsc_cli_print (_ ("Share of the attention (by chance); spread: 0 one token, 1 even.\n\n"));
  print_table (analyse, maps);
}

gboolean
gsc_analyse_roles (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscHeadMaps) maps
      = gsc_head_maps_new (&analyse->subject, analyse->set, analyse->team, &analyse->watch, error);

  gsc_analyse_end_progress ();
  if (maps == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, maps);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (analyse, maps);
  else
    print_text (analyse, maps);
  return TRUE;
}
