/* gsc-map-badges.c - marks on triangular maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-map-badges.h"

/* Size of the text, in that of other text. */
#define TEXT_SIZE 0.85

/* From the corner's sides to the text, in its size. */
#define MARGIN 0.2

/* Between two lines, in the same. */
#define LEADING 0.05

/* Half a cross, in the map's shorter side; at most so many sizes of the text. */
#define CROSS_SIZE 0.17
#define MAX_CROSS_SIZE 1.5

/* How much of a map with a cross is hidden. */
#define VEIL 0.6

static GscStyle
get_badge_style (const GscStyle *style)
{
  GscStyle small = *style;

  small.text_size = TEXT_SIZE * style->text_size;
  return small;
}

static void
init_lines (GscLabel *lines, const GscStyle *style, const char *text)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, "\n", GSC_MAP_BADGE_LINES) : NULL;
  gboolean more = parts != NULL;

  for (guint i = 0; i < GSC_MAP_BADGE_LINES; i++)
    {
      more = more && parts[i] != NULL;
      gsc_label_init (&lines[i], style, GSC_FONT_NORMAL, more ? parts[i] : NULL);
    }
}

/* Whether every line's lower left corner is above the diagonal. */
static gboolean
fits (const GscLabel *lines, const GscStyle *style, double width, double height)
{
  double margin = MARGIN * TEXT_SIZE * style->text_size;
  double leading = LEADING * TEXT_SIZE * style->text_size;
  double down = 2 * margin;

  for (guint i = 0; i < GSC_MAP_BADGE_LINES && lines[i].text != NULL; i++)
    {
      down += lines[i].rect.height;
      if ((lines[i].rect.width + 2 * margin) / width + down / height > 1)
        return FALSE;
      down += leading;
    }
  return TRUE;
}

void
gsc_map_badges_init (GscLabel *labels,
                     guint n,
                     const char *const *texts,
                     guint forms,
                     const GscStyle *style,
                     double width,
                     double height)
{
  GscStyle small = get_badge_style (style);

  for (guint form = 0; form < forms; form++)
    {
      gboolean all = TRUE;

      for (guint i = 0; i < n; i++)
        {
          init_lines (&labels[i * GSC_MAP_BADGE_LINES], &small, texts[form * n + i]);
          all = all && fits (&labels[i * GSC_MAP_BADGE_LINES], style, width, height);
        }
      if (all)
        return;
      for (guint i = 0; i < n * GSC_MAP_BADGE_LINES; i++)
        gsc_label_clear (&labels[i]);
    }
}

void
gsc_map_badges_place (GscLabel *lines, const GscRect *map, const GscStyle *style)
{
  double margin = MARGIN * TEXT_SIZE * style->text_size;
  double down = margin;

  for (guint i = 0; i < GSC_MAP_BADGE_LINES; i++)
    {
      gsc_label_place (&lines[i], gsc_rect_right (map) - margin, map->y + down, 1, 0);
      down += lines[i].rect.height + LEADING * TEXT_SIZE * style->text_size;
    }
}

void
gsc_map_badges_paint (cairo_t *cr, const GscLabel *label, const GscStyle *style)
{
  GscStyle small = get_badge_style (style);

  gsc_label_paint (cr, label, &small, &style->palette->foreground);
}

static void
add_cross (cairo_t *cr, double x, double y, double half)
{
  cairo_move_to (cr, x - half, y - half);
  cairo_line_to (cr, x + half, y + half);
  cairo_move_to (cr, x - half, y + half);
  cairo_line_to (cr, x + half, y - half);
}

void
gsc_map_badges_paint_cross (cairo_t *cr, const GscRect *map, const GscStyle *style)
{
  double half = MIN (CROSS_SIZE * MIN (map->width, map->height), MAX_CROSS_SIZE * style->text_size);
  double x = map->x + 0.3 * map->width;
  double y = map->y + 0.7 * map->height;

  cairo_save (cr);
  gsc_style_set_color_alpha (cr, &style->palette->background, VEIL);
  gsc_style_add_rect (cr, map);
  cairo_fill (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 4 * style->line_width);
  gsc_style_set_color (cr, &style->palette->background);
  add_cross (cr, x, y, half);
  cairo_stroke (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 2 * style->line_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  add_cross (cr, x, y, half);
  cairo_stroke (cr);
  cairo_restore (cr);
}
