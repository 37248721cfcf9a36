/* gsc-legend.c - what lines, markers and cells mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-legend.h"

#include "gsc-cell-map.h"

double
gsc_legend_get_key_width (const GscStyle *style, GscLegendKind kind)
{
  return kind == GSC_LEGEND_LINE ? 2.4 * style->text_size : style->text_size;
}

/* The width that @n_columns take, in rows of as many entries; widths[n_columns] gets that of each.
 */
static double
measure_columns (const GscLegendLayout *layout,
                 guint n_columns,
                 double beside_text,
                 double column_gap,
                 double *widths)
{
  double total = -column_gap;

  for (guint i = 0; i < n_columns; i++)
    {
      widths[i] = 0;
      for (guint j = i; j < layout->n_entries; j += n_columns)
        widths[i] = MAX (widths[i], beside_text + layout->labels[j].rect.width);
      total += widths[i] + column_gap;
    }
  return total;
}

GscLegendLayout *
gsc_legend_layout (const GscLegendInput *input, const GscStyle *style, const GscRect *area)
{
  GscLegendLayout *layout = g_new0 (GscLegendLayout, 1);
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double row_height = line + style->gap / 2;
  double column_gap = 1.2 * style->text_size;
  double key_width = 0, x = area->x;
  g_autofree double *widths = g_new (double, input->n_entries + 1);
  guint n_columns, n_rows;

  layout->rect = (GscRect){ area->x, area->y, 0, 0 };
  layout->n_entries = input->n_entries;
  layout->keys = g_new0 (GscRect, input->n_entries);
  layout->labels = g_new0 (GscLabel, input->n_entries);
  if (input->n_entries == 0)
    return layout;

  for (guint i = 0; i < input->n_entries; i++)
    key_width = MAX (key_width, gsc_legend_get_key_width (style, input->entries[i].kind));
  for (guint i = 0; i < input->n_entries; i++)
    {
      gsc_label_init (&layout->labels[i], style, GSC_FONT_NORMAL, input->entries[i].text);
      gsc_label_shorten (&layout->labels[i], area->width - key_width - style->gap);
    }

  for (n_columns = input->n_entries; n_columns > 1; n_columns--)
    if (measure_columns (layout, n_columns, key_width + style->gap, column_gap, widths)
        <= area->width)
      break;
  n_rows = (input->n_entries + n_columns - 1) / n_columns;
  n_columns = (input->n_entries + n_rows - 1) / n_rows; /* rows as equal as can be */
  layout->rect.width
      = measure_columns (layout, n_columns, key_width + style->gap, column_gap, widths);
  layout->rect.height = n_rows * row_height - style->gap / 2;
  for (guint i = 0; i < input->n_entries; i++)
    {
      double middle = area->y + (i / n_columns) * row_height + line / 2;
      double width = gsc_legend_get_key_width (style, input->entries[i].kind);
      double height = input->entries[i].kind == GSC_LEGEND_CELL ? width : 0.8 * style->text_size;

      if (i % n_columns == 0)
        x = area->x;
      layout->keys[i]
          = (GscRect){ x + (key_width - width) / 2, middle - height / 2, width, height };
      gsc_label_place (&layout->labels[i], x + key_width + style->gap, middle, 0, 0.5);
      x += widths[i % n_columns] + column_gap;
    }
  return layout;
}

void
gsc_legend_layout_free (GscLegendLayout *layout)
{
  if (layout == NULL)
    return;
  for (guint i = 0; i < layout->n_entries; i++)
    gsc_label_clear (&layout->labels[i]);
  g_free (layout->keys);
  g_free (layout->labels);
  g_free (layout);
}

void
gsc_legend_paint_key (cairo_t *cr,
                      const GscLegendEntry *entry,
                      const GscRect *rect,
                      const GscStyle *style)
{
  double middle = rect->y + rect->height / 2;

  cairo_save (cr);
  if (entry->kind == GSC_LEGEND_LINE)
    {
      gsc_style_set_dash (cr, entry->look->dash, style->line_width);
      gsc_style_set_color (cr, &entry->look->color);
      cairo_move_to (cr, rect->x, middle);
      cairo_line_to (cr, gsc_rect_right (rect), middle);
      cairo_stroke (cr);
      gsc_style_paint_marker (cr, style, entry->look, rect->x + rect->width / 2, middle);
    }
  else if (entry->kind == GSC_LEGEND_MARKER)
    gsc_style_paint_marker (cr, style, entry->look, rect->x + rect->width / 2, middle);
  else
    {
      gsc_style_set_color (cr, &entry->color);
      gsc_style_add_rect (cr, rect);
      cairo_fill_preserve (cr);
      gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
      gsc_style_set_color (cr, &style->palette->dim);
      cairo_stroke (cr);
      if (entry->dotted)
        gsc_heat_map_paint_dot (cr, rect, &entry->color);
      gsc_cell_map_paint_flags (cr, rect, entry->map_flags, &entry->color, style);
      gsc_style_paint_verdict (cr, entry->verdict, rect->x + rect->width / 2, middle,
                               0.8 * rect->height, &style->palette->foreground);
    }
  cairo_restore (cr);
}

void
gsc_legend_paint (cairo_t *cr,
                  const GscLegendLayout *layout,
                  const GscLegendInput *input,
                  const GscStyle *style)
{
  for (guint i = 0; i < layout->n_entries; i++)
    {
      gsc_legend_paint_key (cr, &input->entries[i], &layout->keys[i], style);
      gsc_label_paint (cr, &layout->labels[i], style, &style->palette->foreground);
    }
}

int
gsc_legend_pick (const GscLegendLayout *layout, double x, double y)
{
  for (guint i = 0; i < layout->n_entries; i++)
    {
      GscRect entry = layout->keys[i];

      entry.width = gsc_rect_right (&layout->labels[i].rect) - entry.x;
      if (gsc_rect_contains (&entry, x, y) || gsc_rect_contains (&layout->labels[i].rect, x, y))
        return (int) i;
    }
  return -1;
}
