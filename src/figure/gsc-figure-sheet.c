/* gsc-figure-sheet.c - several figures on one page, as in a paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-sheet.h"

#include <math.h>

/* A frame that would begin so much of a panel further down or right than it has to is left where it
 * is: what is aligned with it would lose too much room. */
#define MAX_SHIFT 0.2

/* The same for panels that are as wide as each other, which lose it alike. */
#define MAX_COMMON_SHIFT 0.4

/* Where rows would be lower than this share of what suits them, panels stand in one row. */
#define MIN_FACTOR 0.75

/* Points. */
#define SAME_PLACE 0.01

/* Between panels, in gaps of the style. */
#define SPACING 4

typedef struct
{
  GscFigureSheetPanel input; /* with a reference to its frame; its texts are not kept */
  GscRect area;              /* the panel's, below its caption */
  GscRect place;             /* where its page is */
  GscFigurePage *page;
  GscLabel letter;
  GscLabel caption;
} Panel;

struct _GscFigureSheet
{
  GscStyle style;
  double width;
  double height;
  gboolean transparent;
  gboolean for_screen;
  GArray *headings; /* of GscLabel */
  guint n;
  Panel *panels; /* [n] */
};

static double
get_spacing (const GscStyle *style)
{
  return SPACING * style->gap;
}

/* A page as it is at @place, in place of the one before. */
static void
lay_out_panel (GscFigureSheet *sheet, Panel *panel, const GscRect *place)
{
  g_clear_pointer (&panel->page, gsc_figure_page_free);
  panel->place = *place;
  panel->page = gsc_figure_lay_out (panel->input.panel.figure, panel->input.frame,
                                    &panel->input.panel.options, &sheet->style, place->width,
                                    place->height);
  gsc_figure_page_set_transparent (panel->page, TRUE);
}

/* How far the frame of a panel's plots is from the edges of its area. */
typedef struct
{
  gboolean framed;
  double left, right, top, bottom;
} Insets;

static GscRect
get_frame (const Panel *panel)
{
  GscRect frame;

  gsc_figure_page_get_frame (panel->page, &frame);
  frame.x += panel->place.x;
  frame.y += panel->place.y;
  return frame;
}

static Insets
get_insets (const Panel *panel)
{
  GscRect frame = get_frame (panel), unused;

  return (Insets){
    .framed = gsc_figure_page_get_frame (panel->page, &unused),
    .left = frame.x - panel->area.x,
    .right = gsc_rect_right (&panel->area) - gsc_rect_right (&frame),
    .top = frame.y - panel->area.y,
    .bottom = gsc_rect_bottom (&panel->area) - gsc_rect_bottom (&frame),
  };
}

/* Areas */

/* The width of the panel: its share of what the row's panels and the room between them leave. */
static double
get_width (const GscFigureSheet *sheet, guint index)
{
  double shares = 0, spacing = -get_spacing (&sheet->style);

  for (guint i = 0; i < sheet->n; i++)
    if (sheet->panels[i].input.row == sheet->panels[index].input.row)
      {
        shares += sheet->panels[i].input.share;
        spacing += get_spacing (&sheet->style);
      }
  return MAX ((sheet->width - spacing) * sheet->panels[index].input.share / shares, 1);
}

/* The height that suits all panels of a row, without their captions. */
static double
get_row_height (const GscFigureSheet *sheet, guint row)
{
  double height = 0;

  for (guint i = 0; i < sheet->n; i++)
    if (sheet->panels[i].input.row == row)
      height
          = MAX (height, gsc_figure_get_height (sheet->panels[i].input.panel.figure,
                                                get_width (sheet, i) * 8 / sheet->style.text_size));
  return height * sheet->style.text_size / 8;
}

static double
get_caption_height (const GscFigureSheet *sheet)
{
  return gsc_label_get_line_height (&sheet->style, GSC_FONT_TITLE) + sheet->style.gap;
}

static guint
count_rows (const GscFigureSheet *sheet)
{
  return sheet->panels[sheet->n - 1].input.row + 1;
}

/* The height that would suit all rows. */
static double
get_wanted_height (const GscFigureSheet *sheet)
{
  double wanted = 0;

  for (guint row = 0; row < count_rows (sheet); row++)
    wanted += get_row_height (sheet, row);
  return wanted;
}

/* What is above the first row. */
static double
get_top (const GscFigureSheet *sheet)
{
  return sheet->style.gap
         + sheet->headings->len * gsc_label_get_line_height (&sheet->style, GSC_FONT_NORMAL);
}

/* What headings, captions and the room between rows take. */
static double
get_fixed_height (const GscFigureSheet *sheet)
{
  double spacing = get_spacing (&sheet->style);

  return get_top (sheet) + (get_caption_height (sheet) + spacing) * count_rows (sheet) - spacing;
}

/* All panels in one row, the rows as wide as each other: for pages much wider than high. */
static void
flatten (GscFigureSheet *sheet)
{
  for (guint row = 0; row < count_rows (sheet); row++)
    {
      double shares = 0;

      for (guint i = 0; i < sheet->n; i++)
        if (sheet->panels[i].input.row == row)
          shares += sheet->panels[i].input.share;
      for (guint i = 0; i < sheet->n; i++)
        if (sheet->panels[i].input.row == row)
          sheet->panels[i].input.share /= shares;
    }
  for (guint i = 0; i < sheet->n; i++)
    sheet->panels[i].input.row = 0;
}

/* Puts the areas of all panels in rows from the top. @height: 0 for what suits them. */
static void
place_areas (GscFigureSheet *sheet, double height)
{
  double caption = get_caption_height (sheet), spacing = get_spacing (&sheet->style);
  double y = get_top (sheet), factor = 1;

  if (height > 0 && !sheet->for_screen
      && height - get_fixed_height (sheet) < MIN_FACTOR * get_wanted_height (sheet))
    flatten (sheet);
  if (height > 0)
    factor = MAX (height - get_fixed_height (sheet), 1) / get_wanted_height (sheet);
  for (guint row = 0; row < count_rows (sheet); row++)
    {
      double row_height = get_row_height (sheet, row) * factor, x = 0;

      for (guint i = 0; i < sheet->n; i++)
        if (sheet->panels[i].input.row == row)
          {
            sheet->panels[i].area = (GscRect){ x, y + caption, get_width (sheet, i), row_height };
            x += sheet->panels[i].area.width + spacing;
          }
      y += caption + row_height + spacing;
    }
  sheet->height = height > 0 ? height : y - spacing;
}

/* Alignment */

/* The larger of @inset and @most, unless it is too large to be followed. */
static double
follow (double most, double inset, double limit)
{
  return inset < limit ? MAX (most, inset) : most;
}

/* How much of its width a panel in @area may lose to be aligned with one in @other. */
static double
get_limit (const GscRect *other, const GscRect *area)
{
  gboolean alike = fabs (other->width - area->width) < SAME_PLACE;

  return (alike ? MAX_COMMON_SHIFT : MAX_SHIFT) * area->width;
}

/* Panels whose areas begin or end at the same place at the left or right get frames that do, too.
 */
static void
align_columns (GscFigureSheet *sheet)
{
  g_autofree Insets *insets = g_new (Insets, sheet->n);

  for (guint i = 0; i < sheet->n; i++)
    insets[i] = get_insets (&sheet->panels[i]);
  for (guint i = 0; i < sheet->n; i++)
    {
      Panel *panel = &sheet->panels[i];
      double left = insets[i].left, right = insets[i].right;
      GscRect place = panel->area;

      for (guint j = 0; j < sheet->n && insets[i].framed; j++)
        {
          const GscRect *other = &sheet->panels[j].area;

          double limit = get_limit (other, &panel->area);

          if (!insets[j].framed)
            continue;
          if (fabs (other->x - place.x) < SAME_PLACE)
            left = follow (left, insets[j].left, limit);
          if (fabs (gsc_rect_right (other) - gsc_rect_right (&panel->area)) < SAME_PLACE)
            right = follow (right, insets[j].right, limit);
        }
      place.x += left - insets[i].left;
      place.width -= left - insets[i].left + right - insets[i].right;
      if (place.width < panel->area.width)
        lay_out_panel (sheet, panel, &place);
    }
}

/* Panels of one row get frames that begin and end at the same heights. */
static void
align_row (GscFigureSheet *sheet, guint row)
{
  double top = 0, bottom = 0;

  for (guint i = 0; i < sheet->n; i++)
    {
      const Panel *panel = &sheet->panels[i];
      Insets insets = get_insets (panel);

      if (panel->input.row != row || !insets.framed)
        continue;
      top = follow (top, insets.top, MAX_SHIFT * panel->area.height);
      bottom = follow (bottom, insets.bottom, MAX_SHIFT * panel->area.height);
    }
  for (guint i = 0; i < sheet->n; i++)
    {
      Panel *panel = &sheet->panels[i];
      Insets insets = get_insets (panel);
      GscRect place = panel->place;

      if (panel->input.row != row || !insets.framed)
        continue;
      place.y += MAX (top - insets.top, 0);
      place.height -= MAX (top - insets.top, 0) + MAX (bottom - insets.bottom, 0);
      if (place.height < panel->place.height)
        lay_out_panel (sheet, panel, &place);
    }
}

/* Captions */

static void
place_caption (GscFigureSheet *sheet, guint index)
{
  Panel *panel = &sheet->panels[index];
  const char next[] = { (char) ('a' + index), '\0' };
  const char *letter = panel->input.letter != NULL ? panel->input.letter : next;
  gboolean lettered = sheet->n > 1 && !sheet->for_screen;
  double x = panel->area.x + sheet->style.gap;
  double y = panel->area.y - get_caption_height (sheet);
  double line;

  gsc_label_init (&panel->letter, &sheet->style, GSC_FONT_TITLE, lettered ? letter : NULL);
  gsc_label_place (&panel->letter, x, y, 0, 0);
  if (lettered)
    x += panel->letter.rect.width + 2 * sheet->style.gap;
  line = gsc_label_get_line_height (&sheet->style, GSC_FONT_TITLE);
  gsc_label_init (&panel->caption, &sheet->style,
                  sheet->for_screen ? GSC_FONT_TITLE : GSC_FONT_NORMAL, panel->input.caption);
  gsc_label_shorten (&panel->caption, gsc_rect_right (&panel->area) - sheet->style.gap - x);
  gsc_label_place (&panel->caption, x, y + line / 2, 0, 0.5);
  panel->input.caption = NULL;
  panel->input.letter = NULL;
}

static void
place_headings (GscFigureSheet *sheet, const char *const *headings)
{
  double line = gsc_label_get_line_height (&sheet->style, GSC_FONT_NORMAL);

  for (guint i = 0; headings != NULL && headings[i] != NULL; i++)
    {
      GscLabel label;

      gsc_label_init (&label, &sheet->style, GSC_FONT_NORMAL, headings[i]);
      gsc_label_shorten (&label, sheet->width - 2 * sheet->style.gap);
      gsc_label_place (&label, sheet->style.gap, sheet->style.gap + i * line, 0, 0);
      g_array_append_val (sheet->headings, label);
    }
}

static void
clear_label (gpointer label)
{
  gsc_label_clear (label);
}

static GscFigureSheet *
make_sheet (const GscFigureSheetPanel *panels,
            guint n,
            const char *const *headings,
            const GscStyle *style,
            double width,
            double height,
            gboolean for_screen)
{
  GscFigureSheet *sheet = g_new0 (GscFigureSheet, 1);

  sheet->style = *style;
  sheet->for_screen = for_screen;
  sheet->width = width;
  sheet->headings = g_array_new (FALSE, FALSE, sizeof (GscLabel));
  g_array_set_clear_func (sheet->headings, clear_label);
  place_headings (sheet, headings);
  sheet->n = n;
  sheet->panels = g_new0 (Panel, n);
  for (guint i = 0; i < n; i++)
    {
      sheet->panels[i].input = panels[i];
      sheet->panels[i].input.panel.options.bare = TRUE;
      gsc_frame_ref (panels[i].frame);
    }
  place_areas (sheet, height);
  for (guint i = 0; i < n; i++)
    {
      lay_out_panel (sheet, &sheet->panels[i], &sheet->panels[i].area);
      place_caption (sheet, i);
    }
  align_columns (sheet);
  for (guint row = 0; row < count_rows (sheet); row++)
    align_row (sheet, row);
  return sheet;
}

GscFigureSheet *
gsc_figure_sheet_new (
    const GscFigureSheetPanel *panels, guint n, const GscStyle *style, double width, double height)
{
  g_return_val_if_fail (n >= 1 && n <= 26, NULL);
  return make_sheet (panels, n, NULL, style, width, height, FALSE);
}

GscFigureSheet *
gsc_figure_sheet_new_headed (const GscFigureSheetPanel *panels,
                             guint n,
                             const char *const *headings,
                             const GscStyle *style,
                             double width,
                             double height)
{
  g_return_val_if_fail (n >= 1 && n <= 26, NULL);
  return make_sheet (panels, n, headings, style, width, height, FALSE);
}

GscFigureSheet *
gsc_figure_sheet_new_for_screen (
    const GscFigureSheetPanel *panels, guint n, const GscStyle *style, double width, double height)
{
  g_return_val_if_fail (n >= 1 && n <= 26 && height > 0, NULL);
  return make_sheet (panels, n, NULL, style, width, height, TRUE);
}

void
gsc_figure_sheet_free (GscFigureSheet *sheet)
{
  if (sheet == NULL)
    return;
  for (guint i = 0; i < sheet->n; i++)
    {
      Panel *panel = &sheet->panels[i];

      gsc_figure_page_free (panel->page);
      gsc_frame_unref (panel->input.frame);
      gsc_label_clear (&panel->letter);
      gsc_label_clear (&panel->caption);
    }
  g_array_unref (sheet->headings);
  g_free (sheet->panels);
  g_free (sheet);
}

double
gsc_figure_sheet_get_height (const GscFigureSheet *sheet)
{
  return sheet->height;
}

const GscFrame *
gsc_figure_sheet_get_subject (const GscFigureSheet *sheet)
{
  return sheet->panels[0].input.frame;
}

GscRect
gsc_figure_sheet_get_frame (const GscFigureSheet *sheet, guint panel)
{
  return get_frame (&sheet->panels[panel]);
}

void
gsc_figure_sheet_set_transparent (GscFigureSheet *sheet, gboolean transparent)
{
  sheet->transparent = transparent;
}

void
gsc_figure_sheet_paint (const GscFigureSheet *sheet, cairo_t *cr)
{
  const GscPalette *palette = sheet->style.palette;

  cairo_save (cr);
  gsc_style_add_rect (cr, &(GscRect){ 0, 0, sheet->width, sheet->height });
  cairo_clip_preserve (cr);
  gsc_style_set_color (cr, &palette->background);
  if (sheet->transparent)
    cairo_new_path (cr);
  else
    cairo_fill (cr);
  for (guint i = 0; i < sheet->headings->len; i++)
    gsc_label_paint (cr, &g_array_index (sheet->headings, GscLabel, i), &sheet->style,
                     &palette->foreground);
  for (guint i = 0; i < sheet->n; i++)
    {
      const Panel *panel = &sheet->panels[i];

      gsc_label_paint (cr, &panel->letter, &sheet->style, &palette->foreground);
      gsc_label_paint (cr, &panel->caption, &sheet->style, &palette->foreground);
      cairo_save (cr);
      cairo_translate (cr, panel->place.x, panel->place.y);
      gsc_figure_page_paint (panel->page, cr);
      cairo_restore (cr);
    }
  cairo_restore (cr);
}

GArray *
gsc_figure_sheet_list_labels (const GscFigureSheet *sheet)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (GscLabel));

  gsc_figure_plot_list_labels (list, (const GscLabel *) (gconstpointer) sheet->headings->data,
                               sheet->headings->len);
  for (guint i = 0; i < sheet->n; i++)
    {
      const Panel *panel = &sheet->panels[i];
      g_autoptr (GArray) labels = gsc_figure_page_list_labels (panel->page);

      gsc_figure_plot_list_labels (list, &panel->letter, 1);
      gsc_figure_plot_list_labels (list, &panel->caption, 1);
      for (guint j = 0; j < labels->len; j++)
        {
          GscLabel label = g_array_index (labels, GscLabel, j);

          label.rect.x += panel->place.x;
          label.rect.y += panel->place.y;
          g_array_append_val (list, label);
        }
    }
  return list;
}
