/* gsc-end-labels.c - a legend beside the ends of the lines it names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-end-labels.h"

#include <stdlib.h>

static double
get_leader_width (const GscStyle *style)
{
  return 1.2 * style->text_size;
}

static double
get_distance (const GscStyle *style)
{
  return gsc_label_get_line_height (style, GSC_FONT_NORMAL);
}

GscEndLabels *
gsc_end_labels_new (const GscLegendInput *input, const GscStyle *style)
{
  GscEndLabels *labels;
  double widest = 0;

  if (input->n_entries == 0)
    return NULL;
  labels = g_new0 (GscEndLabels, 1);
  labels->n = input->n_entries;
  labels->ends = g_new0 (GscPoint, labels->n);
  labels->keys = g_new0 (GscRect, labels->n);
  labels->labels = g_new0 (GscLabel, labels->n);
  for (guint i = 0; i < labels->n; i++)
    {
      gsc_label_init (&labels->labels[i], style, GSC_FONT_NORMAL, input->entries[i].text);
      widest = MAX (widest, labels->labels[i].rect.width);
    }
  labels->width = get_leader_width (style) + gsc_legend_get_key_width (style, GSC_LEGEND_LINE)
                  + style->gap + widest;
  labels->height = labels->n * get_distance (style);
  return labels;
}

void
gsc_end_labels_free (GscEndLabels *labels)
{
  if (labels == NULL)
    return;
  for (guint i = 0; i < labels->n; i++)
    gsc_label_clear (&labels->labels[i]);
  g_free (labels->ends);
  g_free (labels->keys);
  g_free (labels->labels);
  g_free (labels);
}

/* Least squares under an order is solved by pooling neighbours that break it into their mean
 * (pool adjacent violators); taking i * distance off place i turns "apart by at least distance"
 * into "in order". */
void
gsc_end_labels_spread (double *places, guint n, double distance, double min, double max)
{
  g_autofree double *sums = g_new (double, n + 1);
  g_autofree guint *counts = g_new (guint, n + 1);
  double last_start = MAX (max - (n > 0 ? n - 1 : 0) * distance, min);
  guint n_pools = 0, at = 0;

  for (guint i = 0; i < n; i++)
    {
      sums[n_pools] = places[i] - i * distance;
      counts[n_pools] = 1;
      n_pools++;
      while (n_pools > 1
             && sums[n_pools - 1] / counts[n_pools - 1] < sums[n_pools - 2] / counts[n_pools - 2])
        {
          sums[n_pools - 2] += sums[n_pools - 1];
          counts[n_pools - 2] += counts[n_pools - 1];
          n_pools--;
        }
    }
  for (guint pool = 0; pool < n_pools; pool++)
    for (guint i = 0; i < counts[pool]; i++, at++)
      places[at] = CLAMP (sums[pool] / counts[pool], min, last_start) + at * distance;
}

typedef struct
{
  guint index;
  double y;
} Order;

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const Order *first = a;
  const Order *second = b;

  if (first->y != second->y)
    return first->y < second->y ? -1 : 1;
  return first->index < second->index ? -1 : 1;
}

void
gsc_end_labels_place (GscEndLabels *labels,
                      const GscStyle *style,
                      const GscRect *plot,
                      const GscPoint *ends)
{
  double distance = get_distance (style);
  double key_x = gsc_rect_right (plot) + get_leader_width (style);
  double key_width = gsc_legend_get_key_width (style, GSC_LEGEND_LINE);
  double key_height = 0.8 * style->text_size;
  g_autofree Order *order = g_new (Order, labels->n);
  g_autofree double *places = g_new (double, labels->n);

  for (guint i = 0; i < labels->n; i++)
    {
      labels->ends[i] = ends[i];
      order[i] = (Order){ i, ends[i].y };
    }
  qsort (order, labels->n, sizeof *order, compare_order);
  for (guint i = 0; i < labels->n; i++)
    places[i] = order[i].y;
  gsc_end_labels_spread (places, labels->n, distance, plot->y + distance / 2,
                         gsc_rect_bottom (plot) - distance / 2);
  for (guint i = 0; i < labels->n; i++)
    {
      guint index = order[i].index;

      labels->keys[index] = (GscRect){ key_x, places[i] - key_height / 2, key_width, key_height };
      gsc_label_place (&labels->labels[index], key_x + key_width + style->gap, places[i], 0, 0.5);
    }
}

void
gsc_end_labels_paint (cairo_t *cr,
                      const GscEndLabels *labels,
                      const GscLegendInput *input,
                      const GscStyle *style)
{
  for (guint i = 0; i < labels->n; i++)
    {
      const GscRect *key = &labels->keys[i];

      cairo_save (cr);
      gsc_style_set_dash (cr, GSC_DASH_SOLID, style->grid_width);
      gsc_style_set_color_alpha (cr, &input->entries[i].look->color, 0.6);
      cairo_move_to (cr, labels->ends[i].x + style->marker_size / 2, labels->ends[i].y);
      cairo_line_to (cr, key->x - style->gap / 2, key->y + key->height / 2);
      cairo_stroke (cr);
      cairo_restore (cr);
      gsc_legend_paint_key (cr, &input->entries[i], key, style);
      gsc_label_paint (cr, &labels->labels[i], style, &style->palette->foreground);
    }
}
