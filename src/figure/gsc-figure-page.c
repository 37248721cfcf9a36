/* gsc-figure-page.c - plots put together on one page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-page.h"

/* Of a title that is wider than the page; what is left over after them is cut. */
#define MAX_TITLE_LINES 2

/* Of a subtitle that is wider than the page; as above. */
#define MAX_SUBTITLE_LINES 3

/* Of a note; as above. */
#define MAX_NOTE_LINES 6

typedef struct
{
  GscLabel lines[MAX_NOTE_LINES];
} Note;

/* One plot, or a note where there is none. */
typedef struct
{
  const GscFigurePlotClass *klass; /* NULL: a note */
  gpointer input;
  gpointer layout; /* of the class, or a Note */
} Panel;

struct _GscFigurePage
{
  GscStyle style;
  GscRect page;
  GscRect content;
  GscLabel title[MAX_TITLE_LINES];
  GscLabel subtitle[MAX_SUBTITLE_LINES];
  GArray *panels;    /* of Panel */
  GPtrArray *memory; /* for g_free() */
  gboolean transparent;
  gpointer subject;
  GDestroyNotify free_subject;
};

static void
note_free (Note *note)
{
  for (guint i = 0; i < MAX_NOTE_LINES; i++)
    gsc_label_clear (&note->lines[i]);
  g_free (note);
}

static void
panel_clear (gpointer data)
{
  Panel *panel = data;

  if (panel->klass != NULL)
    panel->klass->free (panel->layout);
  else
    note_free (panel->layout);
  g_free (panel->input);
}

/* Puts the pieces of @text between @separator, each but the last with @ending, into labels[max] of
 * at most @width. */
static void
break_text (const GscStyle *style,
            GscFont font,
            const char *text,
            const char *separator,
            const char *ending,
            double width,
            GscLabel *labels,
            guint max)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", separator, -1);
  g_autoptr (GString) line = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *end = parts[i + 1] != NULL ? ending : "";
      g_autofree char *longer
          = g_strdup_printf ("%s%s%s%s", line->str, line->len > 0 ? " " : "", parts[i], end);
      GscLabel *label = &labels[n];

      gsc_label_clear (label);
      gsc_label_init (label, style, font, longer);
      if (label->rect.width > width && line->len > 0 && n + 1 < max)
        {
          gsc_label_clear (label);
          gsc_label_init (label, style, font, line->str);
          n++;
          g_string_printf (line, "%s%s", parts[i], end);
          gsc_label_init (&labels[n], style, font, line->str);
        }
      else
        g_string_assign (line, longer);
      gsc_label_shorten (&labels[n], width);
    }
}

GscFigurePage *
gsc_figure_page_new (
    const GscStyle *style, double width, double height, const char *title, const char *subtitle)
{
  GscFigurePage *page = g_new0 (GscFigurePage, 1);
  double margin = style->gap;
  double inside = MAX (width - 2 * margin, 1);
  double y = margin;

  page->style = *style;
  page->page = (GscRect){ 0, 0, width, height };
  page->panels = g_array_new (FALSE, FALSE, sizeof (Panel));
  g_array_set_clear_func (page->panels, panel_clear);
  page->memory = g_ptr_array_new_with_free_func (g_free);

  break_text (style, GSC_FONT_TITLE, title, " ", "", inside, page->title, MAX_TITLE_LINES);
  for (guint i = 0; i < MAX_TITLE_LINES; i++)
    {
      gsc_label_place (&page->title[i], margin, y, 0, 0);
      y += page->title[i].rect.height;
    }
  break_text (style, GSC_FONT_NORMAL, subtitle, ", ", ",", inside, page->subtitle,
              MAX_SUBTITLE_LINES);
  for (guint i = 0; i < MAX_SUBTITLE_LINES; i++)
    {
      gsc_label_place (&page->subtitle[i], margin, y, 0, 0);
      y += page->subtitle[i].rect.height;
    }
  if (title != NULL || subtitle != NULL)
    y += 2 * style->gap;
  page->content = (GscRect){ margin, y, inside, MAX (height - y - margin, 1) };
  return page;
}

void
gsc_figure_page_free (GscFigurePage *page)
{
  if (page == NULL)
    return;
  for (guint i = 0; i < MAX_TITLE_LINES; i++)
    gsc_label_clear (&page->title[i]);
  for (guint i = 0; i < MAX_SUBTITLE_LINES; i++)
    gsc_label_clear (&page->subtitle[i]);
  g_array_unref (page->panels);
  g_ptr_array_unref (page->memory);
  if (page->free_subject != NULL)
    page->free_subject (page->subject);
  g_free (page);
}

const GscStyle *
gsc_figure_page_get_style (const GscFigurePage *page)
{
  return &page->style;
}

GscRect
gsc_figure_page_get_content (const GscFigurePage *page)
{
  return page->content;
}

gpointer
gsc_figure_page_alloc (GscFigurePage *page, gsize size)
{
  gpointer memory = g_malloc0 (MAX (size, 1));

  g_ptr_array_add (page->memory, memory);
  return memory;
}

const char *
gsc_figure_page_print (GscFigurePage *page, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (page->memory, text);
  return text;
}

/* Lays a plot out and keeps it. Returns its layout. */
static gpointer
add_plot (GscFigurePage *page,
          const GscFigurePlotClass *klass,
          gconstpointer input,
          const GscRect *area)
{
  Panel panel
      = { klass, g_memdup2 (input, klass->input_size), klass->lay_out (input, &page->style, area) };

  g_array_append_val (page->panels, panel);
  return panel.layout;
}

/* The layout of number @index among the plots of that kind. */
static gconstpointer
get_plot (const GscFigurePage *page, const GscFigurePlotClass *klass, guint index)
{
  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);

      if (panel->klass == klass && index-- == 0)
        return panel->layout;
    }
  return NULL;
}

#define DEFINE_ADD(name, Name)                                                                     \
  const Gsc##Name##Layout *gsc_figure_page_add_##name (                                            \
      GscFigurePage *page, const Gsc##Name##Input *input, const GscRect *area)                     \
  {                                                                                                \
    return add_plot (page, &gsc_figure_plot_##name, input, area);                                  \
  }

#define DEFINE_GET(name, Name)                                                                     \
  const Gsc##Name##Layout *gsc_figure_page_get_##name (const GscFigurePage *page, guint index)     \
  {                                                                                                \
    return get_plot (page, &gsc_figure_plot_##name, index);                                        \
  }

DEFINE_ADD (bar_plot, BarPlot)
DEFINE_ADD (line_plot, LinePlot)
DEFINE_ADD (heat_map, HeatMap)
DEFINE_ADD (color_bar, ColorBar)
DEFINE_ADD (multiples, Multiples)
DEFINE_ADD (scatter, Scatter)
DEFINE_ADD (strip, Strip)
DEFINE_ADD (tiles, Tiles)
DEFINE_ADD (cell_map, CellMap)
DEFINE_ADD (cell_table, CellTable)

DEFINE_GET (bar_plot, BarPlot)
DEFINE_GET (line_plot, LinePlot)
DEFINE_GET (heat_map, HeatMap)
DEFINE_GET (multiples, Multiples)
DEFINE_GET (scatter, Scatter)
DEFINE_GET (strip, Strip)
DEFINE_GET (tiles, Tiles)
DEFINE_GET (cell_map, CellMap)
DEFINE_GET (cell_table, CellTable)

GscRect
gsc_figure_page_add_legend (GscFigurePage *page, const GscLegendInput *input, const GscRect *area)
{
  g_autoptr (GscLegendLayout) probe = gsc_legend_layout (input, &page->style, area);
  GscRect left = *area;
  GscRect place = *area;

  if (probe->rect.height > GSC_LEGEND_MAX_SHARE * area->height)
    return left;
  left.height = MAX (area->height - probe->rect.height - 2 * page->style.gap, 1);
  place.y = gsc_rect_bottom (area) - probe->rect.height;
  place.x += MAX (area->width - probe->rect.width, 0) / 2;
  place.width -= place.x - area->x;
  add_plot (page, &gsc_figure_plot_legend, input, &place);
  return left;
}

void
gsc_figure_page_add_note (GscFigurePage *page, const char *text, const GscRect *area)
{
  Note *note = g_new0 (Note, 1);
  Panel panel = { .layout = note };
  GscLabel *lines = note->lines;
  double height = 0, y;

  break_text (&page->style, GSC_FONT_NORMAL, text, " ", "", area->width, lines, MAX_NOTE_LINES);
  for (guint i = 0; i < MAX_NOTE_LINES; i++)
    height += lines[i].rect.height;
  y = area->y + MAX (area->height - height, 0) / 2;
  for (guint i = 0; i < MAX_NOTE_LINES; i++)
    {
      gsc_label_place (&lines[i], area->x + area->width / 2, y, 0.5, 0);
      y += lines[i].rect.height;
    }
  g_array_append_val (page->panels, panel);
}

GscRect
gsc_figure_page_add_text (GscFigurePage *page,
                          const char *text,
                          guint max_lines,
                          const GscRect *area)
{
  Note *note = g_new0 (Note, 1);
  Panel panel = { .layout = note };
  GscLabel *lines = note->lines;
  double y = area->y;

  break_text (&page->style, GSC_FONT_NORMAL, text, " ", "", area->width, lines,
              MIN (max_lines, MAX_NOTE_LINES));
  for (guint i = 0; i < MAX_NOTE_LINES; i++)
    {
      gsc_label_place (&lines[i], area->x, y, 0, 0);
      y += lines[i].rect.height;
    }
  y += page->style.gap;
  g_array_append_val (page->panels, panel);
  return (GscRect){ area->x, y, area->width, MAX (gsc_rect_bottom (area) - y, 1) };
}

gboolean
gsc_figure_page_get_frame (const GscFigurePage *page, GscRect *frame)
{
  double left = G_MAXDOUBLE, top = G_MAXDOUBLE, right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);
      GscRect plot;

      if (panel->klass == NULL || panel->klass->get_frame == NULL)
        continue;
      plot = panel->klass->get_frame (panel->layout);
      left = MIN (left, plot.x);
      top = MIN (top, plot.y);
      right = MAX (right, gsc_rect_right (&plot));
      bottom = MAX (bottom, gsc_rect_bottom (&plot));
    }
  *frame = left <= right ? (GscRect){ left, top, right - left, bottom - top } : page->content;
  return left <= right;
}

void
gsc_figure_page_set_transparent (GscFigurePage *page, gboolean transparent)
{
  page->transparent = transparent;
}

void
gsc_figure_page_paint (const GscFigurePage *page, cairo_t *cr)
{
  const GscStyle *style = &page->style;

  cairo_save (cr);
  gsc_style_add_rect (cr, &page->page);
  cairo_clip_preserve (cr);
  gsc_style_set_color (cr, &style->palette->background);
  if (page->transparent)
    cairo_new_path (cr);
  else
    cairo_fill (cr);
  for (guint i = 0; i < MAX_TITLE_LINES; i++)
    gsc_label_paint (cr, &page->title[i], style, &style->palette->foreground);
  for (guint i = 0; i < MAX_SUBTITLE_LINES; i++)
    gsc_label_paint (cr, &page->subtitle[i], style, &style->palette->dim);
  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);

      if (panel->klass != NULL)
        panel->klass->paint (cr, panel->layout, panel->input, style);
      else
        for (guint j = 0; j < MAX_NOTE_LINES; j++)
          gsc_label_paint (cr, &((const Note *) panel->layout)->lines[j], style,
                           &style->palette->dim);
    }
  cairo_restore (cr);
}

GArray *
gsc_figure_page_list_labels (const GscFigurePage *page)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (GscLabel));

  gsc_figure_plot_list_labels (list, page->title, MAX_TITLE_LINES);
  gsc_figure_plot_list_labels (list, page->subtitle, MAX_SUBTITLE_LINES);
  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);

      if (panel->klass != NULL)
        panel->klass->list (list, panel->layout);
      else
        gsc_figure_plot_list_labels (list, ((const Note *) panel->layout)->lines, MAX_NOTE_LINES);
    }
  return list;
}

void
gsc_figure_page_set_subject (GscFigurePage *page, gpointer subject, GDestroyNotify free_subject)
{
  page->subject = subject;
  page->free_subject = free_subject;
}

gconstpointer
gsc_figure_page_get_subject (const GscFigurePage *page)
{
  return page->subject;
}
