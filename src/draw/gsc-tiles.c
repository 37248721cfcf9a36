/* gsc-tiles.c - a table of small maps whose cells are of a few colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-tiles.h"

#include "gsc-color-scale.h"

/* Lines of a row's title. */
#define N_LINES 2

/* Titles of rows take no more of the width. */
#define MAX_ROW_TITLES 0.35

/* Maps lower than this, in lines of text, need the place of their titles more. */
#define MIN_HEIGHT_UNDER_TITLE 1.5

/* Of the outline of a chosen map, in widths of a line. */
#define OUTLINE 1.5

/* No outline is wider than this share of its map. */
#define MAX_OUTLINE 0.1

/* What stands around the maps takes so much. */
typedef struct
{
  double left;
  double top;
  double bottom;
  double title; /* above each map, with its outline */
  double gap;   /* between two */
} Room;

/* Layout */

static double
get_widest (const GscLabel *labels, guint n)
{
  double width = 0;

  for (guint i = 0; i < n; i++)
    width = MAX (width, labels[i].rect.width);
  return width;
}

static void
clear_all (GscLabel *labels, guint n)
{
  for (guint i = 0; i < n; i++)
    gsc_label_clear (&labels[i]);
}

static GscLabel *
make_labels (const GscStyle *style, const char *const *texts, guint n)
{
  GscLabel *labels = g_new0 (GscLabel, n);

  for (guint i = 0; i < n && texts != NULL; i++)
    gsc_label_init (&labels[i], style, GSC_FONT_NORMAL, texts[i]);
  return labels;
}

/* The numbers at the ends of each of @n_sides, and @title. */
static GscLabel *
make_ticks (const GscTilesInput *input, const GscStyle *style, guint n_sides, const char *title)
{
  GscLabel *labels = g_new0 (GscLabel, n_sides * GSC_TILES_N_TICKS);
  g_autofree char *last = g_strdup_printf ("%u", input->n - 1);

  for (guint i = 0; i < n_sides; i++)
    {
      GscLabel *side = labels + i * GSC_TILES_N_TICKS;

      gsc_label_init (&side[GSC_TILES_FIRST], style, GSC_FONT_NORMAL, "0");
      gsc_label_init (&side[GSC_TILES_TITLE], style, GSC_FONT_NORMAL, title);
      gsc_label_init (&side[GSC_TILES_LAST], style, GSC_FONT_NORMAL, last);
    }
  return labels;
}

static Room
measure_room (GscTilesLayout *layout, const GscTilesInput *input, const GscStyle *style)
{
  const GscRect *area = &layout->area;
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double titles;
  Room room = { 0 };

  if (get_widest (layout->row_titles, N_LINES * layout->rows) > MAX_ROW_TITLES * area->width)
    clear_all (layout->row_titles, N_LINES * layout->rows);
  titles = get_widest (layout->row_titles, N_LINES * layout->rows);
  room.left = titles > 0 ? titles + 2 * style->gap : 0;
  room.left += get_widest (layout->y_ticks, GSC_TILES_N_TICKS * layout->rows) + style->gap / 2;
  room.top = input->column_titles != NULL ? line : 0;
  room.bottom = line + style->gap / 2;
  room.title = OUTLINE * style->line_width + (input->titles != NULL ? line : 0);
  room.gap = 2 * style->gap;
  return room;
}

/* The sides that maps would have. */
static void
measure_maps (GscTilesLayout *layout, const GscTilesInput *input, const Room *room)
{
  double rows = layout->rows, columns = layout->columns, stretch = MAX (input->stretch, 1);

  layout->width
      = MAX ((layout->area.width - room->left - (columns - 1) * room->gap) / columns, 0.01);
  layout->height = MAX (
      (layout->area.height - room->top - room->bottom - rows * room->title - (rows - 1) * room->gap)
          / rows,
      0.01);
  layout->width = MIN (layout->width, layout->height * stretch);
  layout->height = MIN (layout->height, layout->width * stretch);
  layout->across = layout->width + room->gap;
  layout->down = layout->height + room->title + room->gap;
}

/* Where the page is wider than the maps, they stand as far apart as their titles want. */
static void
spread (GscTilesLayout *layout, const Room *room, const GscStyle *style)
{
  double widest = MAX (get_widest (layout->column_titles, layout->columns),
                       get_widest (layout->titles, layout->rows * layout->columns));
  double most = (layout->area.width - room->left) / layout->columns;

  layout->across = MAX (layout->across, MIN (widest + 2 * style->gap, most));
}

static void
place_titles (GscTilesLayout *layout, const Room *room, const GscStyle *style)
{
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double ticks = get_widest (layout->y_ticks, GSC_TILES_N_TICKS * layout->rows) + style->gap / 2;
  double away = OUTLINE * style->line_width;

  for (guint row = 0; row < layout->rows; row++)
    {
      GscRect map = gsc_tiles_layout_get_map (layout, row, 0);
      GscLabel *lines = layout->row_titles + N_LINES * row;
      double n = lines[1].text != NULL ? 2 : 1;

      for (guint i = 0; i < N_LINES; i++)
        gsc_label_place (&lines[i], map.x - ticks - 2 * style->gap,
                         map.y + map.height / 2 + (i - (n - 1) / 2) * line, 1, 0.5);
    }
  for (guint column = 0; column < layout->columns; column++)
    {
      GscRect map = gsc_tiles_layout_get_map (layout, 0, column);

      gsc_label_shorten (&layout->column_titles[column], layout->across - style->gap);
      gsc_label_place (&layout->column_titles[column], map.x + map.width / 2, map.y - room->title,
                       0.5, 1);
      for (guint row = 0; row < layout->rows; row++)
        {
          GscLabel *title = &layout->titles[row * layout->columns + column];

          map = gsc_tiles_layout_get_map (layout, row, column);
          gsc_label_shorten (title, layout->across - style->gap);
          gsc_label_place (title, map.x + map.width / 2, map.y - away, 0.5, 1);
        }
    }
}

/* Removes from the middle and then the ends of a side what would touch its neighbour. */
static void
thin_out (GscLabel *side, double distance)
{
  if (gsc_label_is_near (&side[GSC_TILES_TITLE], &side[GSC_TILES_FIRST], distance)
      || gsc_label_is_near (&side[GSC_TILES_TITLE], &side[GSC_TILES_LAST], distance))
    gsc_label_clear (&side[GSC_TILES_TITLE]);
  if (gsc_label_is_near (&side[GSC_TILES_FIRST], &side[GSC_TILES_LAST], distance))
    clear_all (side, GSC_TILES_N_TICKS);
}

/* Below the last maps and at the left of the first ones, within the map's side. */
static void
place_ticks (GscTilesLayout *layout, const GscStyle *style)
{
  for (guint column = 0; column < layout->columns; column++)
    {
      GscRect map = gsc_tiles_layout_get_map (layout, layout->rows - 1, column);
      GscLabel *side = layout->x_ticks + column * GSC_TILES_N_TICKS;
      double y = gsc_rect_bottom (&map) + style->gap / 2;

      gsc_label_place (&side[GSC_TILES_FIRST], map.x, y, 0, 0);
      gsc_label_place (&side[GSC_TILES_TITLE], map.x + map.width / 2, y, 0.5, 0);
      gsc_label_place (&side[GSC_TILES_LAST], gsc_rect_right (&map), y, 1, 0);
      thin_out (side, style->gap);
    }
  for (guint row = 0; row < layout->rows; row++)
    {
      GscRect map = gsc_tiles_layout_get_map (layout, row, 0);
      GscLabel *side = layout->y_ticks + row * GSC_TILES_N_TICKS;
      double x = map.x - style->gap / 2;

      gsc_label_place (&side[GSC_TILES_FIRST], x, gsc_rect_bottom (&map), 1, 1);
      gsc_label_place (&side[GSC_TILES_TITLE], x, map.y + map.height / 2, 1, 0.5);
      gsc_label_place (&side[GSC_TILES_LAST], x, map.y, 1, 0);
      thin_out (side, 0);
    }
}

GscTilesLayout *
gsc_tiles_layout (const GscTilesInput *input, const GscStyle *style, const GscRect *area)
{
  GscTilesLayout *layout = g_new0 (GscTilesLayout, 1);
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  guint n_maps = input->rows * input->columns;
  double width, height;
  Room room;

  layout->area = *area;
  layout->rows = input->rows;
  layout->columns = input->columns;
  layout->n = input->n;
  layout->row_titles = make_labels (style, input->row_titles, N_LINES * input->rows);
  layout->column_titles = make_labels (style, input->column_titles, input->columns);
  layout->titles = make_labels (style, input->titles, n_maps);
  layout->x_ticks = make_ticks (input, style, input->columns, input->x_title);
  layout->y_ticks = make_ticks (input, style, input->rows, input->y_title);

  room = measure_room (layout, input, style);
  measure_maps (layout, input, &room);
  if (layout->height < MIN_HEIGHT_UNDER_TITLE * line)
    {
      clear_all (layout->titles, n_maps);
      room.title = OUTLINE * style->line_width;
      measure_maps (layout, input, &room);
    }
  if (layout->down < N_LINES * line)
    {
      clear_all (layout->row_titles, N_LINES * input->rows);
      clear_all (layout->y_ticks, GSC_TILES_N_TICKS * input->rows);
      room.left = 0;
      measure_maps (layout, input, &room);
    }
  spread (layout, &room, style);
  width = room.left + (layout->columns - 1) * layout->across + layout->width;
  height = room.top + layout->rows * layout->down - room.gap + room.bottom;
  layout->first.x = area->x + room.left + MAX (area->width - width, 0) / 2;
  layout->first.y = area->y + room.top + room.title + MAX (area->height - height, 0) / 2;
  place_ticks (layout, style);
  place_titles (layout, &room, style);
  return layout;
}

void
gsc_tiles_layout_free (GscTilesLayout *layout)
{
  if (layout == NULL)
    return;
  clear_all (layout->row_titles, N_LINES * layout->rows);
  clear_all (layout->column_titles, layout->columns);
  clear_all (layout->titles, layout->rows * layout->columns);
  clear_all (layout->x_ticks, GSC_TILES_N_TICKS * layout->columns);
  clear_all (layout->y_ticks, GSC_TILES_N_TICKS * layout->rows);
  g_free (layout->row_titles);
  g_free (layout->column_titles);
  g_free (layout->titles);
  g_free (layout->x_ticks);
  g_free (layout->y_ticks);
  g_free (layout);
}

GscRect
gsc_tiles_layout_get_map (const GscTilesLayout *layout, guint row, guint column)
{
  return (GscRect){
    layout->first.x + column * layout->across,
    layout->first.y + row * layout->down,
    layout->width,
    layout->height,
  };
}

GscRect
gsc_tiles_layout_get_cell (const GscTilesLayout *layout, guint row, guint column, guint x, guint y)
{
  GscRect map = gsc_tiles_layout_get_map (layout, row, column);
  double width = map.width / layout->n, height = map.height / layout->n;

  return (GscRect){ map.x + x * width, map.y + (layout->n - 1 - y) * height, width, height };
}

gboolean
gsc_tiles_pick (const GscTilesLayout *layout, double x, double y, GscTilesPick *pick)
{
  for (pick->row = 0; pick->row < layout->rows; pick->row++)
    for (pick->column = 0; pick->column < layout->columns; pick->column++)
      {
        GscRect map = gsc_tiles_layout_get_map (layout, pick->row, pick->column);

        if (!gsc_rect_contains (&map, x, y))
          continue;
        pick->x = MIN ((guint) ((x - map.x) / map.width * layout->n), layout->n - 1);
        pick->y
            = MIN ((guint) ((gsc_rect_bottom (&map) - y) / map.height * layout->n), layout->n - 1);
        return TRUE;
      }
  return FALSE;
}

/* Painting */

static void
paint_map (cairo_t *cr, const GscTilesInput *input, const guint8 *cells, const GscRect *map)
{
  guint n = input->n;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) n, (int) n);
  unsigned char *data = cairo_image_surface_get_data (image);

  if (data != NULL) /* else there is no memory: no picture */
    {
      gsize stride = (gsize) cairo_image_surface_get_stride (image);

      for (guint y = 0; y < n; y++)
        for (guint x = 0; x < n; x++)
          ((guint32 *) (gpointer) (data + (n - 1 - y) * stride))[x]
              = gsc_color_scale_pack (&input->colors[cells[x * n + y]]);
      cairo_surface_mark_dirty (image);
      gsc_color_scale_paint_image (cr, image, map);
    }
  cairo_surface_destroy (image);
}

static void
paint_frame (cairo_t *cr, const GscRect *map, gboolean chosen, const GscStyle *style)
{
  double width = style->axis_width;
  GscRect frame = *map;

  if (chosen) /* around the cells, none of which it may hide */
    {
      width = MIN (OUTLINE * style->line_width, MAX_OUTLINE * MIN (map->width, map->height));
      frame = (GscRect){ map->x - width / 2, map->y - width / 2, map->width + width,
                         map->height + width };
    }
  gsc_style_set_dash (cr, GSC_DASH_SOLID, width);
  gsc_style_set_color (cr, chosen ? &style->palette->foreground : &style->palette->dim);
  gsc_style_add_rect (cr, &frame);
  cairo_stroke (cr);
}

static void
paint_labels (
    cairo_t *cr, const GscLabel *labels, guint n, const GscStyle *style, const GscColor *color)
{
  for (guint i = 0; i < n; i++)
    gsc_label_paint (cr, &labels[i], style, color);
}

void
gsc_tiles_paint (cairo_t *cr,
                 const GscTilesLayout *layout,
                 const GscTilesInput *input,
                 const GscStyle *style)
{
  const GscPalette *palette = style->palette;
  guint n_maps = layout->rows * layout->columns;

  cairo_save (cr);
  for (guint i = 0; i < n_maps; i++)
    {
      guint column = i % layout->columns;
      GscRect map = gsc_tiles_layout_get_map (layout, i / layout->columns, column);

      paint_map (cr, input, input->cells + (gsize) i * input->n * input->n, &map);
      paint_frame (cr, &map, (int) column == input->chosen_column, style);
    }
  cairo_restore (cr);
  paint_labels (cr, layout->row_titles, N_LINES * layout->rows, style, &palette->foreground);
  paint_labels (cr, layout->column_titles, layout->columns, style, &palette->foreground);
  paint_labels (cr, layout->titles, n_maps, style, &palette->foreground);
  paint_labels (cr, layout->x_ticks, GSC_TILES_N_TICKS * layout->columns, style, &palette->dim);
  paint_labels (cr, layout->y_ticks, GSC_TILES_N_TICKS * layout->rows, style, &palette->dim);
}
