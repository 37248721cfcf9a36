/* gsc-export-tables.c - the tables that an exported figure has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-tables.h"

/* @part: of the recipe, "" for none. */
static void
add (GArray *tables, const GscFigurePanel *panel, GscShow show, const char *part, const char *side)
{
  GscExportTable table = { .panel = *panel, .show = show };

  table.panel.options.compare
      = show == GSC_SHOW_DIFFERENCE ? GSC_COMPARE_DIFFERENCE : GSC_COMPARE_SCALES;
  g_snprintf (table.suffix, sizeof table.suffix, "%s%s", part, side);
  g_array_append_val (tables, table);
}

static void
add_panel (GArray *tables,
           const GscExportSource *source,
           const GscFigurePanel *panel,
           GscShow wanted,
           const char *part)
{
  GscShow show = gsc_export_source_get_show (source, panel->figure, wanted);

  if (show == GSC_SHOW_A || show == GSC_SHOW_B)
    {
      add (tables, panel, show, part, "");
      return;
    }
  add (tables, panel, GSC_SHOW_A, part, "-a");
  add (tables, panel, GSC_SHOW_B, part, "-b");
  if (show == GSC_SHOW_DIFFERENCE)
    add (tables, panel, show, part, "-difference");
}

GArray *
gsc_export_tables_list (const GscExportSource *source, const GscExportItem *item)
{
  GArray *tables = g_array_new (FALSE, FALSE, sizeof (GscExportTable));
  g_autoptr (GArray) panels = NULL;

  if (item->recipe == NULL)
    {
      add_panel (tables, source, &item->panel, item->show, "");
      return tables;
    }
  panels = gsc_figure_recipe_list_panels (item->recipe);
  for (guint i = 0; i < panels->len; i++)
    {
      const char part[] = { '-', (char) ('a' + i), '\0' };

      add_panel (tables, source, &g_array_index (panels, GscFigureSheetPanel, i).panel, item->show,
                 panels->len > 1 ? part : "");
    }
  return tables;
}

const char *const *
gsc_export_table_get_extensions (const GscExportTable *table)
{
  static const char *const all[] = { ".csv", ".json", ".py", NULL };
  static const char *const of_difference[] = { ".csv", ".json", NULL };

  return table->show == GSC_SHOW_DIFFERENCE ? of_difference : all;
}

/* (transfer full) */
static GscFrame *
make_frame (const GscExportTable *table,
            GscExportSource *source,
            const GscWatch *watch,
            GError **error)
{
  GscFrame *frames[2] = { NULL, NULL };

  if (table->show != GSC_SHOW_DIFFERENCE)
    return gsc_export_source_make_frame (source, &table->panel, watch, error);
  if (gsc_export_source_make_pair (source, &table->panel, frames, watch, error))
    gsc_frame_unref (frames[1]);
  return frames[0];
}

gboolean
gsc_export_table_write (const GscExportTable *table,
                        GscExportSource *source,
                        const GscFigurePaper *paper,
                        const GscWatch *watch,
                        const char *path,
                        GError **error)
{
  GscExportSource *side = table->show == GSC_SHOW_B ? gsc_export_source_get_other (source) : source;
  g_autoptr (GscFrame) frame = make_frame (table, side, watch, error);

  return frame != NULL
         && gsc_figure_export_table (&table->panel, frame, paper,
                                     gsc_export_source_get_origin (side), path, error);
}
