/* gsc-multiples.c - small heat maps in rows and columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-multiples.h"

/* Layout */

/* The labels 1 to n of the rows or columns: the number with its name if all fit into @length,
 * else the number alone, else nothing; @last (nullable) stands at the last one. Whether the name is
 * there. */
static gboolean
init_headings (GscLabel *labels,
               guint n,
               const char *name,
               const char *last,
               const GscStyle *style,
               double length,
               gboolean vertical)
{
  for (guint form = 0; form < 2; form++)
    {
      double longest = 0;

      for (guint i = 0; i < n; i++)
        {
          gboolean own = i + 1 == n && last != NULL;
          g_autofree char *text = own         ? g_strdup (last)
                                  : form == 0 ? g_strdup_printf ("%s %u", name, i + 1)
                                              : g_strdup_printf ("%u", i + 1);

          gsc_label_clear (&labels[i]);
          if (form == 0 && vertical)
            gsc_label_init_vertical (&labels[i], style, text);
          else
            gsc_label_init (&labels[i], style, GSC_FONT_NORMAL, text);
          if (form == 1 && own && labels[i].rect.width > length)
            gsc_label_clear (&labels[i]);
          else
            longest = MAX (longest, vertical ? labels[i].rect.height : labels[i].rect.width);
        }
      if (longest <= length)
        return form == 0;
    }
  for (guint i = 0; i < n; i++)
    gsc_label_clear (&labels[i]);
  return FALSE;
}

/* Puts the name that headings have no room for before @title, where there is room for it. */
static void
add_name (GscLabel *title, const char *name, const GscStyle *style, double length)
{
  g_autofree char *text = g_strdup_printf ("%s, %s", name, title->text);
  GscLabel longer;

  if (title->vertical)
    gsc_label_init_vertical (&longer, style, text);
  else
    gsc_label_init (&longer, style, GSC_FONT_NORMAL, text);
  if ((title->vertical ? longer.rect.height : longer.rect.width) <= length)
    {
      gsc_label_clear (title);
      *title = longer;
    }
  else
    gsc_label_clear (&longer);
}

/* Whether labels at every @stride-th cell from @first on keep their distance. */
static gboolean
labels_fit (const GscLabel *labels,
            guint n,
            guint first,
            guint stride,
            double cell,
            double distance,
            gboolean vertical)
{
  double previous = -G_MAXDOUBLE;

  for (guint i = first; i < n; i += stride)
    {
      double half = (vertical ? labels[i].rect.height : labels[i].rect.width) / 2;
      double middle = (i + 0.5) * cell;

      if (middle - half < previous + distance)
        return FALSE;
      previous = middle + half;
    }
  return TRUE;
}

/* Keeps the labels of all cells if they fit, else those of the ticks, else of every second, third
 * ... tick. */
static void
thin_out (GscLabel *labels,
          const GscMultiplesInput *input,
          double cell,
          double distance,
          gboolean vertical)
{
  guint first = 0, stride = 1;
  guint ticks = MAX (input->tick_stride, 1);

  if (!labels_fit (labels, input->n, 0, 1, cell, distance, vertical))
    {
      first = input->tick_stride > 0 ? input->first_tick : 0;
      stride = ticks;
      while (stride < input->n
             && !labels_fit (labels, input->n, first, stride, cell, distance, vertical))
        stride += ticks;
    }
  for (guint i = 0; i < input->n; i++)
    if (i < first || (i - first) % stride != 0)
      gsc_label_clear (&labels[i]);
}

static void
init_cell_labels (GscMultiplesLayout *layout, const GscMultiplesInput *input, const GscStyle *style)
{
  layout->x_labels = g_new0 (GscLabel, input->n);
  layout->y_labels = g_new0 (GscLabel, input->n);
  if (input->labels == NULL || input->rows != 1 || input->columns != 1)
    return;
  for (guint i = 0; i < input->n; i++)
    {
      gsc_label_init (&layout->x_labels[i], style, GSC_FONT_NORMAL, input->labels[i]);
      gsc_label_init (&layout->y_labels[i], style, GSC_FONT_NORMAL, input->labels[i]);
    }
}

/* What stands around the maps takes so much. */
typedef struct
{
  double left;
  double top;
  double bottom;
  double right;
  double title;   /* the share of left or bottom from the page's side to the inner edge of titles */
  double heading; /* the same of the top */
} Room;

static Room
measure_room (const GscMultiplesLayout *layout,
              const GscMultiplesInput *input,
              const GscStyle *style)
{
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double label_width = 0, label_height = 0;
  double border = style->line_width;
  Room room = { 0 };

  for (guint i = 0; i < layout->n; i++)
    {
      label_width = MAX (label_width, layout->y_labels[i].rect.width);
      label_height = MAX (label_height, layout->x_labels[i].rect.height);
    }
  room.title = layout->y_title.text != NULL ? line + style->gap / 2 : 0;
  room.left = border + layout->tick_length + room.title;
  if (input->row_name != NULL)
    room.left += line + style->gap / 2;
  if (label_width > 0)
    room.left += label_width + style->gap / 2;
  room.bottom = border + layout->tick_length;
  if (label_height > 0)
    room.bottom += label_height + style->gap / 2;
  if (layout->x_title.text != NULL)
    room.bottom += line + style->gap / 2;
  room.heading = layout->heading.text != NULL ? line + style->gap / 2 : 0;
  room.top = border + room.heading;
  if (input->column_name != NULL)
    room.top += line + style->gap / 2;
  room.right = border;
  return room;
}

static void
place_cell_labels (GscMultiplesLayout *layout,
                   const GscMultiplesInput *input,
                   const GscStyle *style)
{
  double width = layout->width / layout->n;
  double height = layout->height / layout->n;
  double away = layout->tick_length + style->gap / 2;

  if (input->labels == NULL || input->rows != 1 || input->columns != 1)
    return;
  thin_out (layout->x_labels, input, width, 0.4 * style->text_size, FALSE);
  thin_out (layout->y_labels, input, height, 0, TRUE);
  for (guint i = 0; i < layout->n; i++)
    {
      gsc_label_place (&layout->x_labels[i], layout->plot.x + (i + 0.5) * width,
                       gsc_rect_bottom (&layout->plot) + away, 0.5, 0);
      gsc_label_place (&layout->y_labels[i], layout->plot.x - away,
                       layout->plot.y + (i + 0.5) * height, 1, 0.5);
      /* at an end it may reach to where other text stands */
      if (layout->x_labels[i].rect.x < layout->plot.x - away
          || gsc_rect_right (&layout->x_labels[i].rect) > gsc_rect_right (&layout->area))
        gsc_label_clear (&layout->x_labels[i]);
      if (layout->y_labels[i].rect.y < layout->plot.y - style->gap / 2
          || gsc_rect_bottom (&layout->y_labels[i].rect) > gsc_rect_bottom (&layout->plot) + away)
        gsc_label_clear (&layout->y_labels[i]);
    }
}

static void
place_headings (GscMultiplesLayout *layout,
                const GscMultiplesInput *input,
                const GscStyle *style,
                const Room *room,
                gboolean *rows_named,
                gboolean *columns_named)
{
  const GscRect *area = &layout->area;
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double rows_at = layout->plot.x - room->left + room->title + line / 2;
  double middle = layout->plot.x + layout->plot.width / 2;
  double half;

  *rows_named = input->row_name == NULL
                || init_headings (layout->row_labels, layout->rows, input->row_name, NULL, style,
                                  layout->height, TRUE);
  *columns_named = input->column_name == NULL
                   || init_headings (layout->column_labels, layout->columns, input->column_name,
                                     input->last_column, style,
                                     layout->width + layout->gap - style->gap, FALSE);
  for (guint i = 0; i < layout->rows; i++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, i, 0);

      gsc_label_place (&layout->row_labels[i], rows_at, map.y + map.height / 2, 0.5, 0.5);
    }
  for (guint i = 0; i < layout->columns; i++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, 0, i);

      gsc_label_place (&layout->column_labels[i], map.x + map.width / 2, area->y + room->heading,
                       0.5, 0);
    }

  gsc_label_shorten (&layout->heading, area->width);
  half = layout->heading.rect.width / 2;
  middle = CLAMP (middle, area->x + half, MAX (gsc_rect_right (area) - half, area->x + half));
  gsc_label_place (&layout->heading, middle, area->y, 0.5, 0);
}

/* A title that is longer than the maps reaches to the left or downwards, but not both do. */
static void
place_titles (GscMultiplesLayout *layout,
              const GscMultiplesInput *input,
              const GscStyle *style,
              const Room *room)
{
  const GscRect *plot = &layout->plot;
  double right = gsc_rect_right (plot);
  double x_length = right - layout->area.x;
  double y_length = plot->height;
  gboolean rows_named, columns_named;

  place_headings (layout, input, style, room, &rows_named, &columns_named);
  if (!columns_named && layout->x_title.text != NULL)
    add_name (&layout->x_title, input->column_name, style, x_length);
  gsc_label_shorten (&layout->x_title, x_length);
  gsc_label_place (&layout->x_title,
                   MIN (plot->x + plot->width / 2, right - layout->x_title.rect.width / 2),
                   gsc_rect_bottom (plot) + room->bottom, 0.5, 1);

  if (layout->x_title.rect.width <= plot->width)
    y_length = gsc_rect_bottom (&layout->area) - plot->y;
  if (!rows_named && layout->y_title.text != NULL)
    add_name (&layout->y_title, input->row_name, style, y_length);
  gsc_label_shorten (&layout->y_title, y_length);
  gsc_label_place (&layout->y_title, plot->x - room->left,
                   MAX (plot->y + plot->height / 2, plot->y + layout->y_title.rect.height / 2), 0,
                   0.5);
}

static void
add_badges (GscMultiplesLayout *layout, const GscMultiplesInput *input, const GscStyle *style)
{
  guint n = layout->rows * layout->columns;

  layout->badges = g_new0 (GscLabel, n * GSC_MAP_BADGE_LINES);
  if (input->badges == NULL)
    return;
  gsc_map_badges_init (layout->badges, n, input->badges, input->badge_forms, style, layout->width,
                       layout->height);
  for (guint i = 0; i < n; i++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, i / layout->columns, i % layout->columns);

      gsc_map_badges_place (&layout->badges[i * GSC_MAP_BADGE_LINES], &map, style);
    }
}

GscMultiplesLayout *
gsc_multiples_layout (const GscMultiplesInput *input, const GscStyle *style, const GscRect *area)
{
  GscMultiplesLayout *layout = g_new0 (GscMultiplesLayout, 1);
  double across, down;
  Room room;

  layout->area = *area;
  layout->rows = input->rows;
  layout->columns = input->columns;
  layout->n = input->n;
  layout->tick_length = input->tick_stride > 0 ? 0.7 * style->tick_length : 0;
  layout->row_labels = g_new0 (GscLabel, input->rows);
  layout->column_labels = g_new0 (GscLabel, input->columns);
  gsc_label_init (&layout->heading, style, GSC_FONT_NORMAL, input->heading);
  gsc_label_init (&layout->x_title, style, GSC_FONT_NORMAL, input->x_title);
  gsc_label_init_vertical (&layout->y_title, style, input->y_title);
  init_cell_labels (layout, input, style);

  room = measure_room (layout, input, style);
  across = MAX (area->width - room.left - room.right, 0.01);
  down = MAX (area->height - room.top - room.bottom, 0.01);
  layout->gap = 2 * style->gap;
  if (layout->gap > 0.15 * MIN (across / input->columns, down / input->rows))
    layout->gap = 0.15 * MIN (across / input->columns, down / input->rows);
  layout->width = (across - (input->columns - 1) * layout->gap) / input->columns;
  layout->height = (down - (input->rows - 1) * layout->gap) / input->rows;
  layout->width = MIN (layout->width, layout->height * MAX (input->stretch, 1));
  layout->height = MIN (layout->height, layout->width * MAX (input->stretch, 1));
  layout->plot.width = input->columns * (layout->width + layout->gap) - layout->gap;
  layout->plot.height = input->rows * (layout->height + layout->gap) - layout->gap;
  layout->plot.x = area->x + room.left + (across - layout->plot.width) / 2;
  layout->plot.y = area->y + room.top;
  place_cell_labels (layout, input, style);
  place_titles (layout, input, style, &room);
  add_badges (layout, input, style);
  return layout;
}

void
gsc_multiples_layout_free (GscMultiplesLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_label_clear (&layout->heading);
  gsc_label_clear (&layout->x_title);
  gsc_label_clear (&layout->y_title);
  for (guint i = 0; i < layout->rows; i++)
    gsc_label_clear (&layout->row_labels[i]);
  for (guint i = 0; i < layout->columns; i++)
    gsc_label_clear (&layout->column_labels[i]);
  for (guint i = 0; i < layout->n; i++)
    {
      gsc_label_clear (&layout->x_labels[i]);
      gsc_label_clear (&layout->y_labels[i]);
    }
  g_free (layout->row_labels);
  g_free (layout->column_labels);
  g_free (layout->x_labels);
  g_free (layout->y_labels);
  for (guint i = 0; i < layout->rows * layout->columns * GSC_MAP_BADGE_LINES; i++)
    gsc_label_clear (&layout->badges[i]);
  g_free (layout->badges);
  g_free (layout);
}

GscRect
gsc_multiples_layout_get_map (const GscMultiplesLayout *layout, guint row, guint column)
{
  return (GscRect){
    layout->plot.x + column * (layout->width + layout->gap),
    layout->plot.y + row * (layout->height + layout->gap),
    layout->width,
    layout->height,
  };
}

GscRect
gsc_multiples_layout_get_cell (
    const GscMultiplesLayout *layout, guint row, guint column, guint cell_row, guint cell_column)
{
  GscRect map = gsc_multiples_layout_get_map (layout, row, column);
  double width = layout->width / layout->n;
  double height = layout->height / layout->n;

  return (GscRect){ map.x + cell_column * width, map.y + cell_row * height, width, height };
}

/* The map of @length among @n in a line, and its cell, at @offset from the first one's edge. FALSE
 * outside and between two. */
static gboolean
find_map (const GscMultiplesLayout *layout,
          double offset,
          double length,
          guint n,
          guint *map,
          guint *cell)
{
  double step = length + layout->gap;
  double inside;

  if (offset < 0)
    return FALSE;
  *map = (guint) MIN (offset / step, n - 1);
  inside = offset - *map * step;
  if (inside > length)
    return FALSE;
  *cell = MIN ((guint) (inside / length * layout->n), layout->n - 1);
  return TRUE;
}

gboolean
gsc_multiples_pick (const GscMultiplesLayout *layout, double x, double y, GscMultiplesPick *pick)
{
  return find_map (layout, x - layout->plot.x, layout->width, layout->columns, &pick->column,
                   &pick->cell_column)
         && find_map (layout, y - layout->plot.y, layout->height, layout->rows, &pick->row,
                      &pick->cell_row);
}
