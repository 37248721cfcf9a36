/* gsc-phase-arrangement.c - where the maps of a phase diagram stand on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-arrangement.h"

#include "gsc-phase-cells.h"

/* Between maps, and between them and the bar; in text sizes. */
#define GAP 1.2

/* Of cells: at most so wide for their height, and so high for their width, in that many text sizes.
 */
#define MAX_WIDE 2.4
#define MAX_HIGH 1.2
#define MAX_WIDTH 11.0
#define MAX_HEIGHT 6.0

/* Letters are wider than high: cells of this shape serve them as well as square ones half again as
 * high. */
#define TEXT_SHAPE 1.6

/* For good heights, at text of 8 points: the narrowest cells whose numbers can be read, their
 * heights for their widths, and limits of these. */
#define WIDE_WIDTH 16.0 /* of all maps in one row */
#define GOOD_WIDTH 9.5
#define SMALL_WIDTH 6.0 /* rather than one map below the other */
#define GOOD_SHAPE 0.75
#define MIN_GOOD_HEIGHT 11.0
#define MIN_TWO_LINES 18.0
#define MAX_GOOD_HEIGHT 30.0

/* Room */

GscPhaseRoom
gsc_phase_room_measure (const GscPhaseFigure *figure,
                        const GscCellMapInput *maps,
                        const GscLegendInput *legend,
                        const GscStyle *style,
                        const GscRect *content)
{
  GscCellMapInput untitled = maps[0];
  GscCellMapRoom with = gsc_cell_map_measure (&maps[0], style), without;
  GscPhaseRoom room;

  untitled.y_title[0] = NULL;
  without = gsc_cell_map_measure (&untitled, style);
  room = (GscPhaseRoom){ .left = without.left,
                         .title = with.left - without.left,
                         .right = with.right,
                         .top = with.top,
                         .bottom = with.bottom,
                         .gap = GAP * style->text_size };
  if (gsc_phase_cells_have_maps (figure, FALSE))
    {
      GscColorBarInput bar = gsc_phase_cells_make_bar ();
      g_autoptr (GscColorBarLayout) probe = gsc_color_bar_layout (&bar, style, content);

      room.bar = room.gap + probe->width;
    }
  if (legend->n_entries > 0)
    {
      g_autoptr (GscLegendLayout) probe = gsc_legend_layout (legend, style, content);

      room.legend = probe->rect.height + 2 * style->gap;
      if (probe->rect.height > GSC_LEGEND_MAX_SHARE * content->height)
        room.legend = 0;
    }
  return room;
}

/* Slots */

guint
gsc_phase_arrangement_get_slot (const GscPhaseFigure *figure, guint columns, guint index)
{
  static const guint diagram[GSC_PHASE_N_MAPS] = { 0, 1, 3, 4, 2 };

  if (figure->n_parts == GSC_PHASE_N_MAPS && columns == 3
      && figure->parts[GSC_PHASE_N_MAPS - 1].map == GSC_PHASE_MAP_PHASES)
    return diagram[index];
  return index;
}

void
gsc_phase_arrangement_add_up (const GscPhaseArrangement *all,
                              const GscPhaseRoom *room,
                              double *width,
                              double *height)
{
  *width = room->title + all->columns * (room->left + room->right) + (all->columns - 1) * room->gap
           + room->bar;
  *height = all->rows * (room->top + room->bottom) + (all->rows - 1) * room->gap
            + (all->legend_in_slot ? 0 : room->legend);
}

static GscPhaseArrangement
fill (const GscPhaseFigure *figure,
      const GscPhaseRoom *room,
      const GscStyle *style,
      guint columns,
      double width,
      double height)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  GscPhaseArrangement all
      = { .columns = columns, .rows = (figure->n_parts + columns - 1) / columns };
  double text = style->text_size, around, above;

  all.legend_in_slot = columns > 1 && all.rows > 1 && all.rows * columns == figure->n_parts + 1;
  gsc_phase_arrangement_add_up (&all, room, &around, &above);
  all.cell_width = MAX ((width - around) / columns / frame->across.n, 0.01);
  all.cell_height = MAX ((height - above) / all.rows / frame->up.n, 0.01);
  all.cell_width = MIN (all.cell_width, MIN (MAX_WIDTH * text, MAX_WIDE * all.cell_height));
  all.cell_height = MIN (all.cell_height, MIN (MAX_HEIGHT * text, MAX_HIGH * all.cell_width));
  all.score = MIN (all.cell_width, TEXT_SHAPE * all.cell_height);
  return all;
}

/* Whether the last row would have free places, but for one of an odd number of maps. */
static gboolean
is_ragged (const GscPhaseFigure *figure, guint columns)
{
  guint rows = (figure->n_parts + columns - 1) / columns;

  return rows * columns > figure->n_parts + figure->n_parts % 2;
}

GscRect
gsc_phase_arrangement_get_map_area (const GscPhaseArrangement *all,
                                    const GscPhaseRoom *room,
                                    const GscPhaseFrame *frame,
                                    guint slot,
                                    const GscPoint *origin)
{
  double cells_width = all->cell_width * frame->across.n;
  double cells_height = all->cell_height * frame->up.n;
  guint column = slot % all->columns, row = slot / all->columns;
  GscRect area = {
    origin->x + room->title + column * (room->left + cells_width + room->right + room->gap),
    origin->y + row * (room->top + cells_height + room->bottom + room->gap),
    room->left + cells_width + room->right,
    room->top + cells_height + room->bottom,
  };

  if (column == 0)
    {
      area.x -= room->title;
      area.width += room->title;
    }
  return area;
}

/* Whether a legend fits into the slot that the maps leave free. */
static gboolean
fits_slot (const GscPhaseFigure *figure,
           const GscPhaseArrangement *all,
           const GscPhaseRoom *room,
           const GscLegendInput *legend,
           const GscStyle *style)
{
  GscRect slot = gsc_phase_arrangement_get_map_area (all, room, figure->parts[0].frame,
                                                     figure->n_parts, &(GscPoint){ 0, 0 });
  g_autoptr (GscLegendLayout) probe = gsc_legend_layout (legend, style, &slot);

  const GscRect endless = { 0, 0, G_MAXDOUBLE / 4, slot.height };

  if (probe->rect.height > slot.height - room->bottom)
    return FALSE;
  for (guint i = 0; i < legend->n_entries; i++)
    {
      const GscLegendInput entry = { &legend->entries[i], 1 };
      g_autoptr (GscLegendLayout) whole = gsc_legend_layout (&entry, style, &endless);

      if (whole->rect.width > slot.width)
        return FALSE; /* its text would be cut */
    }
  return TRUE;
}

GscPhaseArrangement
gsc_phase_arrangement_choose (const GscPhaseFigure *figure,
                              const GscPhaseRoom *room,
                              const GscLegendInput *legend,
                              const GscStyle *style,
                              const GscRect *content)
{
  GscPhaseArrangement best = { .score = -1 };

  for (guint columns = 1; columns <= figure->n_parts; columns++)
    {
      GscPhaseArrangement all;

      if (is_ragged (figure, columns))
        continue;
      all = fill (figure, room, style, columns, content->width, content->height);
      if (all.legend_in_slot && !fits_slot (figure, &all, room, legend, style))
        {
          all = fill (figure, room, style, columns, content->width, content->height - room->legend);
          all.legend_in_slot = FALSE;
        }
      if (all.score > best.score)
        best = all;
    }
  return best;
}

gboolean
gsc_phase_arrangement_is_above_another (const GscPhaseFigure *figure, guint columns, guint slot)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if (gsc_phase_arrangement_get_slot (figure, columns, i) == slot + columns)
      return TRUE;
  return FALSE;
}

/* Of cells, for an arrangement to be good. */
static double
get_least_width (const GscPhaseArrangement *all)
{
  if (all->columns == 2)
    return SMALL_WIDTH;
  return all->rows == 1 ? WIDE_WIDTH : GOOD_WIDTH;
}

GscPhaseArrangement
gsc_phase_arrangement_choose_height (const GscPhaseFigure *figure,
                                     const GscPhaseRoom *room,
                                     const GscLegendInput *legend,
                                     const GscStyle *style,
                                     double width)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  GscPhaseArrangement all = { 0 };
  double cell_width = 0;

  for (guint columns = figure->n_parts; columns > 0; columns--)
    {
      if (is_ragged (figure, columns))
        continue;
      if (cell_width >= get_least_width (&all))
        break;
      all = fill (figure, room, style, columns, width, G_MAXDOUBLE / 4);
      cell_width = all.cell_width;
    }
  all.cell_height = CLAMP (GOOD_SHAPE * cell_width,
                           gsc_phase_cells_have_several (frame) ? MIN_TWO_LINES : MIN_GOOD_HEIGHT,
                           MAX_GOOD_HEIGHT);
  all.cell_width = MIN (all.cell_width, MAX_WIDE * all.cell_height);
  if (all.legend_in_slot)
    all.legend_in_slot = fits_slot (figure, &all, room, legend, style);
  return all;
}
