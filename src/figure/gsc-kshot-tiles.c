/* gsc-kshot-tiles.c - maps of right and wrong answers, by number of shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-kshot-tiles.h"

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* Many small maps use a panel of another shape than theirs better as rectangles. */
#define STRETCH 1.5

const GscColor *
gsc_kshot_tiles_make_colors (GscFigurePage *page)
{
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscColor *colors = gsc_figure_page_alloc (page, GSC_KSHOT_N_CELLS * sizeof *colors);

  colors[GSC_KSHOT_CELL_RIGHT] = palette->right;
  colors[GSC_KSHOT_CELL_OPEN] = palette->grid;
  colors[GSC_KSHOT_CELL_WRONG] = palette->wrong;
  return colors;
}

void
gsc_kshot_tiles_add (GscFigurePage *page, const GscKshotTiles *input, const GscRect *area)
{
  guint n = input->n_shots, n_cells = (guint) (input->p * input->p);
  const char **column_titles = gsc_figure_page_alloc (page, n * sizeof *column_titles);
  const char **titles = gsc_figure_page_alloc (page, input->n_maps * n * sizeof *titles);
  guint8 *cells = gsc_figure_page_alloc (page, input->n_maps * n * n_cells);
  GscTilesInput tiles = {
    .rows = input->n_maps,
    .columns = n,
    .row_titles = input->row_titles,
    .column_titles = column_titles,
    .titles = titles,
    .x_title = "x",
    .y_title = "y",
    .stretch = STRETCH,
    .n = (guint) input->p,
    .cells = cells,
    .colors = gsc_kshot_tiles_make_colors (page),
    .chosen_column = -1,
  };

  for (guint column = 0; column < n; column++)
    {
      guint shot = input->shots[column];
      g_autofree char *title = gsc_figure_pages_describe_shots (shot);

      column_titles[column] = gsc_figure_page_print (page, "%s", title);
      if ((int) shot == input->chosen_shot)
        tiles.chosen_column = (int) column;
      for (guint map = 0; map < input->n_maps; map++)
        {
          guint at = map * n + column;

          titles[at] = input->print_number (page, input->data, map, shot);
          for (guint cell = 0; cell < n_cells; cell++)
            cells[at * n_cells + cell] = (guint8) input->get_cell (input->data, map, shot, cell);
        }
    }
  gsc_figure_page_add_tiles (page, &tiles, area);
}

GscRect
gsc_kshot_tiles_add_legend (GscFigurePage *page,
                            const char *const texts[GSC_KSHOT_N_CELLS],
                            const GscRect *area)
{
  GscLegendEntry *entries = gsc_figure_page_alloc (page, GSC_KSHOT_N_CELLS * sizeof *entries);
  const GscColor *colors = gsc_kshot_tiles_make_colors (page);

  for (guint i = 0; i < GSC_KSHOT_N_CELLS; i++)
    entries[i]
        = (GscLegendEntry){ .text = _ (texts[i]), .kind = GSC_LEGEND_CELL, .color = colors[i] };
  return gsc_figure_page_add_legend (page, &(GscLegendInput){ entries, GSC_KSHOT_N_CELLS }, area);
}

const char *
gsc_kshot_tiles_print_signs (GscFigurePage *page, const guint counts[GSC_KSHOT_N_CELLS])
{
  return gsc_figure_page_print (page, "+%u −%u", counts[GSC_KSHOT_CELL_RIGHT],
                                counts[GSC_KSHOT_CELL_WRONG]);
}
