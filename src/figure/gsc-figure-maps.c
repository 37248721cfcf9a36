/* gsc-figure-maps.c - heat maps with their bar and legend on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-maps.h"

/* Between grids, and between a grid and the bar; in text sizes. */
#define GAP 1.5
#define SMALL_GAP 0.8

/* Grids smaller than this, in text sizes, get all the room there is. */
#define SMALL_GRID 14

/* How the grids stand. */
typedef struct
{
  gboolean stacked;
  double cells;    /* side of what the axes enclose, if it is square */
  double width[2]; /* of each grid with its axes */
  double height;
  double gap;
} Arrangement;

static gboolean
has_numbers (const GscHeatMapInput *grid, const GscStyle *style, const GscRect *area)
{
  g_autoptr (GscHeatMapLayout) layout = NULL;

  if (!grid->numbers)
    return FALSE;
  layout = gsc_heat_map_layout (grid, style, area);
  return layout->number_size > 0;
}

/* The grid as it stands there: side by side they share the y axis's title. */
static GscHeatMapInput
get_grid (const GscHeatMapInput *grids, guint index, gboolean stacked)
{
  GscHeatMapInput grid = grids[index];

  if (index > 0 && !stacked)
    grid.y_title = NULL;
  return grid;
}

/* Room beside the cells of a grid and around them in its height. */
static void
measure (const GscHeatMapInput *grid,
         const GscStyle *style,
         const GscRect *area,
         double *beside,
         double *around)
{
  g_autoptr (GscHeatMapLayout) probe = gsc_heat_map_layout (grid, style, area);

  *beside = probe->y.room + style->axis_width;
  *around = probe->plot.y - area->y + probe->x.room;
}

static Arrangement
arrange (
    const GscHeatMapInput *grids, guint n, const GscStyle *style, const GscRect *area, double gap)
{
  const GscHeatMapInput second = get_grid (grids, n - 1, FALSE);
  double beside, beside_second, around, beside_each_other, stacked, side;
  double gaps = (n - 1) * gap;
  Arrangement all;

  measure (&grids[0], style, area, &beside, &around);
  measure (&second, style, area, &beside_second, &around);
  beside_each_other
      = MIN ((area->width - gaps - beside - (n - 1) * beside_second) / n / grids->columns,
             (area->height - around) / grids->rows);
  stacked = MIN ((area->width - beside) / grids->columns,
                 ((area->height - gaps) / n - around) / grids->rows);
  side = MAX (MAX (beside_each_other, stacked), 0.01);
  all.stacked = stacked > beside_each_other;
  all.cells = side * grids->columns;
  all.width[0] = beside + all.cells;
  all.width[1] = (all.stacked ? beside : beside_second) + all.cells;
  all.height = around + side * grids->rows;
  all.gap = gap;
  return all;
}

/* Leaves room for the bar at the right of *inside, if there is to be one. */
static Arrangement
arrange_with_bar (const GscHeatMapInput *grids,
                  guint n,
                  const GscStyle *style,
                  GscColorBarInput *bar,
                  const GscRect *inside,
                  double gap,
                  double *bar_width)
{
  GscRect left = *inside;

  *bar_width = 0;
  if (bar != NULL)
    {
      g_autoptr (GscColorBarLayout) probe = gsc_color_bar_layout (bar, style, inside);

      *bar_width = probe->width + gap;
      left.width = MAX (left.width - *bar_width, 1);
    }
  return arrange (grids, n, style, &left, gap);
}

void
gsc_figure_maps_add (GscFigurePage *page,
                     const GscHeatMapInput *grids,
                     guint n_grids,
                     const GscColorBarInput *bar_input,
                     const GscLegendInput *legend,
                     const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  g_autoptr (GscLegendLayout) legend_probe = gsc_legend_layout (legend, style, area);
  double bar_width, width, height, legend_height = legend_probe->rect.height + 2 * style->gap;
  GscRect inside = *area;
  GscRect place = *area;
  GscRect bar_area = { 0, 0, 0, 0 };
  GscColorBarInput copy;
  GscColorBarInput *bar = NULL;
  Arrangement all;

  if (legend_probe->rect.height <= GSC_LEGEND_MAX_SHARE * area->height)
    inside.height = MAX (inside.height - legend_height, 1);
  else
    legend_height = 0;
  if (bar_input != NULL && !has_numbers (&grids[0], style, &inside))
    {
      copy = *bar_input;
      bar = &copy;
    }
  all = arrange_with_bar (grids, n_grids, style, bar, &inside, GAP * style->text_size, &bar_width);
  if (all.cells < SMALL_GRID * style->text_size)
    {
      copy.title = NULL;
      all = arrange_with_bar (grids, n_grids, style, bar, &inside, SMALL_GAP * style->text_size,
                              &bar_width);
    }
  width = all.width[0] + bar_width;
  height = all.height + legend_height;
  if (n_grids > 1 && all.stacked)
    height += all.gap + all.height;
  else if (n_grids > 1)
    width += all.gap + all.width[1];
  place.x += MAX (area->width - width, 0) / 2;
  place.y += MAX (area->height - height, 0) / 2;
  for (guint i = 0; i < n_grids; i++)
    {
      GscRect grid_area = {
        place.x + (all.stacked ? 0 : i * (all.width[0] + all.gap)),
        place.y + (all.stacked ? i * (all.height + all.gap) : 0),
        all.width[i],
        all.height,
      };
      const GscHeatMapInput grid = get_grid (grids, i, all.stacked);
      const GscHeatMapLayout *layout = gsc_figure_page_add_heat_map (page, &grid, &grid_area);

      /* right of the last grid, from the top of the first one to the bottom of the last one */
      if (i == 0)
        bar_area.y = layout->plot.y;
      bar_area.x = gsc_rect_right (&layout->plot) + all.gap;
      bar_area.height = gsc_rect_bottom (&layout->plot) - bar_area.y;
    }
  if (bar != NULL)
    gsc_figure_page_add_color_bar (page, bar, &bar_area);
  if (legend_height > 0)
    {
      place.x = area->x;
      place.width = area->width;
      place.height = height;
      gsc_figure_page_add_legend (page, legend, &place);
    }
}
