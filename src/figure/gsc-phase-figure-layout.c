/* gsc-phase-figure-layout.c - phase diagrams on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-phase-arrangement.h"
#include "gsc-phase-cells.h"
#include "gsc-phase-figure.h"

#define MAX_ENTRIES (GSC_N_PHASES + 2)

/* Legend */

static gboolean
has_phase (const GscPhaseFigure *figure, GscPhase phase)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if (figure->parts[i].map == GSC_PHASE_MAP_PHASES && figure->parts[i].frame->n_phases[phase] > 0)
      return TRUE;
  return FALSE;
}

/* Whether any cell of any map has that flag. */
static gboolean
has_flag (const GscCellMapInput *maps, guint n, GscCellMapFlags flag)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < maps[i].rows * maps[i].columns; j++)
      if (maps[i].flags[j] & flag)
        return TRUE;
  return FALSE;
}

/* @named: the phases' names stand in the cells. */
static GscLegendInput
make_legend (GscFigurePage *page,
             const GscPhaseFigure *figure,
             const GscCellMapInput *maps,
             gboolean named)
{
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscLegendEntry *entries = gsc_figure_page_alloc (page, MAX_ENTRIES * sizeof *entries);
  guint n = 0;

  for (guint i = 0; i < GSC_N_PHASES && !named && gsc_phase_cells_have_maps (figure, TRUE); i++)
    {
      /* the paper's four, and none only where it occurs */
      GscPhase phase = (GscPhase) ((i + 1) % GSC_N_PHASES);

      if (phase == GSC_PHASE_NONE && !has_phase (figure, phase))
        continue;
      entries[n++] = (GscLegendEntry){
        .text = gsc_figure_page_print (page, "%s %s", gsc_phase_map_get_letters (phase),
                                       _ (gsc_phase_get_title (phase))),
        .kind = GSC_LEGEND_CELL,
        .color = gsc_phase_cells_get_phase_color (palette, phase),
        .map_flags = phase == GSC_PHASE_ID_MEMORISATION ? GSC_CELL_MAP_SPOTTED : 0,
      };
    }
  if (has_flag (maps, figure->n_parts, GSC_CELL_MAP_HATCHED))
    entries[n++] = (GscLegendEntry){ .text = _ ("no result yet"),
                                     .kind = GSC_LEGEND_CELL,
                                     .color = palette->missing,
                                     .map_flags = GSC_CELL_MAP_HATCHED };
  if (has_flag (maps, figure->n_parts, GSC_CELL_MAP_CORNERED))
    entries[n++] = (GscLegendEntry){ .text = _ ("not all runs finished"),
                                     .kind = GSC_LEGEND_CELL,
                                     .color = palette->background,
                                     .map_flags = GSC_CELL_MAP_CORNERED };
  return (GscLegendInput){ entries, n };
}

/* Maps */

static void
add_maps (GscFigurePage *page,
          const GscPhaseFigure *figure,
          const GscCellMapInput *maps,
          const GscPhaseArrangement *all,
          const GscPhaseRoom *room,
          const GscPoint *origin)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  double right = 0, top = G_MAXDOUBLE, bottom = 0;

  for (guint i = 0; i < figure->n_parts; i++)
    {
      guint slot = gsc_phase_arrangement_get_slot (figure, all->columns, i);
      GscRect area = gsc_phase_arrangement_get_map_area (all, room, frame, slot, origin);
      double line = gsc_label_get_line_height (gsc_figure_page_get_style (page), GSC_FONT_NORMAL);
      GscCellMapInput map = maps[i];
      const GscCellMapLayout *layout;

      if (slot % all->columns > 0)
        map.y_title[0] = NULL;
      if (gsc_phase_arrangement_is_above_another (figure, all->columns, slot)
          && map.x_title[0] != NULL)
        {
          map.x_title[0] = NULL;
          area.height -= line;
        }
      layout = gsc_figure_page_add_cell_map (page, &map, &area);
      right = MAX (right, gsc_rect_right (&layout->plot));
      top = MIN (top, layout->plot.y);
      bottom = MAX (bottom, gsc_rect_bottom (&layout->plot));
    }
  if (room->bar > 0)
    {
      GscColorBarInput bar = gsc_phase_cells_make_bar ();
      GscRect area = { right + room->gap, top, room->bar - room->gap, bottom - top };

      gsc_figure_page_add_color_bar (page, &bar, &area);
    }
}

/* Whether the names of the phases stand in the cells of all maps that have them. */
static gboolean
are_named (const GscPhaseFigure *figure,
           const GscCellMapInput *maps,
           const GscStyle *style,
           const GscPhaseArrangement *all)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if (figure->parts[i].map == GSC_PHASE_MAP_PHASES
        && gsc_cell_map_choose_text (&maps[i], style, all->cell_width, all->cell_height) != 0)
      return FALSE;
  return TRUE;
}

/* Maps of one kind write alike: as the one with the least room can. */
static void
share_ways (const GscPhaseFigure *figure,
            GscCellMapInput *maps,
            const GscStyle *style,
            const GscPhaseArrangement *all)
{
  for (guint phases = 0; phases < 2; phases++)
    {
      guint skipped = 0;

      for (guint i = 0; i < figure->n_parts; i++)
        {
          int way = gsc_cell_map_choose_text (&maps[i], style, all->cell_width, all->cell_height);

          if ((figure->parts[i].map == GSC_PHASE_MAP_PHASES) == phases)
            skipped = MAX (skipped, way >= 0 ? (guint) way : maps[i].n_texts);
        }
      for (guint i = 0; i < figure->n_parts; i++)
        {
          guint mine = MIN (skipped, maps[i].n_texts);

          if ((figure->parts[i].map == GSC_PHASE_MAP_PHASES) != phases)
            continue;
          maps[i].texts += mine * maps[i].rows * maps[i].columns * GSC_CELL_MAP_N_LINES;
          maps[i].n_texts -= mine;
        }
    }
}

static void
fill_page (GscFigurePage *page,
           const GscPhaseFigure *figure,
           const GscPhaseFigureOptions *options,
           const GscStyle *style)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  GscRect content = gsc_figure_page_get_content (page), slot;
  g_autofree GscCellMapInput *maps = g_new0 (GscCellMapInput, figure->n_parts);
  GscLegendInput legend;
  GscPhaseArrangement all;
  GscPoint origin;
  double width, height;
  GscPhaseRoom room;

  for (guint i = 0; i < figure->n_parts; i++)
    maps[i] = gsc_phase_cells_make (page, figure, i, options);
  legend = make_legend (page, figure, maps, FALSE);
  room = gsc_phase_room_measure (figure, maps, &legend, style, &content);
  all = gsc_phase_arrangement_choose (figure, &room, &legend, style, &content);
  if (are_named (figure, maps, style, &all))
    {
      legend = make_legend (page, figure, maps, TRUE);
      room = gsc_phase_room_measure (figure, maps, &legend, style, &content);
      all = gsc_phase_arrangement_choose (figure, &room, &legend, style, &content);
    }
  share_ways (figure, maps, style, &all);
  gsc_phase_arrangement_add_up (&all, &room, &width, &height);
  width += all.columns * all.cell_width * frame->across.n;
  height += all.rows * all.cell_height * frame->up.n;
  origin = (GscPoint){ content.x + MAX (content.width - width, 0) / 2,
                       content.y + MAX (content.height - height, 0) / 2 };
  add_maps (page, figure, maps, &all, &room, &origin);
  if (legend.n_entries == 0 || room.legend == 0)
    return;
  if (all.legend_in_slot)
    {
      slot = gsc_phase_arrangement_get_map_area (&all, &room, frame, figure->n_parts, &origin);
      slot.height -= room.bottom;
      /* it stands at the bottom, and has been found to fit: its share of the height is no matter */
      slot.y -= 2 * slot.height;
      slot.height *= 3;
    }
  else
    slot = (GscRect){ content.x, origin.y, content.width, height };
  gsc_figure_page_add_legend (page, &legend, &slot);
}

GscFigurePage *
gsc_phase_figure_lay_out (const GscPhaseFigure *figure,
                          const GscPhaseFigureOptions *options,
                          const GscStyle *style,
                          double width,
                          double height)
{
  g_autofree char *title = options->bare ? NULL : gsc_phase_figure_get_title (figure);
  g_autofree char *settings = options->bare ? NULL : gsc_phase_figure_describe (figure);
  GscFigurePage *page = gsc_figure_page_new (style, width, height, title, settings);

  gsc_figure_page_set_subject (page, gsc_phase_figure_ref ((GscPhaseFigure *) figure),
                               (GDestroyNotify) gsc_phase_figure_unref);
  fill_page (page, figure, options, style);
  return page;
}

/* With the most maps in a row whose numbers can be read. */
double
gsc_phase_figure_get_height (const GscPhaseFigure *figure, double width)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  g_autofree char *title = gsc_phase_figure_get_title (figure);
  g_autofree char *settings = gsc_phase_figure_describe (figure);
  GscStyle style;
  GscRect content;
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree GscCellMapInput *maps = g_new0 (GscCellMapInput, figure->n_parts);
  const GscPhaseFigureOptions options = { .bare = FALSE };
  GscPhaseArrangement all;
  GscLegendInput legend;
  double around, above;
  GscPhaseRoom room;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  page = gsc_figure_page_new (&style, width, width, title, settings);
  content = gsc_figure_page_get_content (page);
  for (guint i = 0; i < figure->n_parts; i++)
    maps[i] = gsc_phase_cells_make (page, figure, i, &options);
  legend = make_legend (page, figure, maps, FALSE);
  room = gsc_phase_room_measure (figure, maps, &legend, &style, &content);
  all = gsc_phase_arrangement_choose_height (figure, &room, &legend, &style, content.width);
  gsc_phase_arrangement_add_up (&all, &room, &around, &above);
  return content.y + style.gap + above + all.rows * all.cell_height * frame->up.n + 1;
}
