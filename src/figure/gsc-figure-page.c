/* gsc-figure-page.c - plots put together on one page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-page.h"

/* Of a subtitle that is wider than the page; what is left over after them is cut. */
#define MAX_SUBTITLE_LINES 3

/* Of a note; as above. */
#define MAX_NOTE_LINES 6

typedef enum
{
  KIND_LINE_PLOT,
  KIND_HEAT_MAP,
  KIND_COLOR_BAR,
  KIND_LEGEND,
  KIND_MULTIPLES,
  KIND_SCATTER,
  KIND_NOTE,
  KIND_STRIP,
} Kind;

typedef struct
{
  GscLabel lines[MAX_NOTE_LINES];
} Note;

/* One plot: its input and layout by kind. */
typedef struct
{
  Kind kind;
  union
  {
    GscLinePlotInput line_plot;
    GscHeatMapInput heat_map;
    GscColorBarInput color_bar;
    GscLegendInput legend;
    GscMultiplesInput multiples;
    GscScatterInput scatter;
    GscStripInput strip;
  } input;
  union
  {
    GscLinePlotLayout *line_plot;
    GscHeatMapLayout *heat_map;
    GscColorBarLayout *color_bar;
    GscLegendLayout *legend;
    GscMultiplesLayout *multiples;
    GscScatterLayout *scatter;
    Note *note;
    GscStripLayout *strip;
  } layout;
} Panel;

struct _GscFigurePage
{
  GscStyle style;
  GscRect page;
  GscRect content;
  GscLabel title;
  GscLabel subtitle[MAX_SUBTITLE_LINES];
  GArray *panels;    /* of Panel */
  GPtrArray *memory; /* for g_free() */
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

  switch (panel->kind)
    {
    case KIND_LINE_PLOT:
      gsc_line_plot_layout_free (panel->layout.line_plot);
      break;
    case KIND_HEAT_MAP:
      gsc_heat_map_layout_free (panel->layout.heat_map);
      break;
    case KIND_COLOR_BAR:
      gsc_color_bar_layout_free (panel->layout.color_bar);
      break;
    case KIND_MULTIPLES:
      gsc_multiples_layout_free (panel->layout.multiples);
      break;
    case KIND_SCATTER:
      gsc_scatter_layout_free (panel->layout.scatter);
      break;
    case KIND_NOTE:
      note_free (panel->layout.note);
      break;
    case KIND_STRIP:
      gsc_strip_layout_free (panel->layout.strip);
      break;
    case KIND_LEGEND:
    default:
      gsc_legend_layout_free (panel->layout.legend);
      break;
    }
}

/* Puts the pieces of @text between @separator, each but the last with @ending, into labels[max] of
 * at most @width. */
static void
break_text (const GscStyle *style,
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
      gsc_label_init (label, style, GSC_FONT_NORMAL, longer);
      if (label->rect.width > width && line->len > 0 && n + 1 < max)
        {
          gsc_label_clear (label);
          gsc_label_init (label, style, GSC_FONT_NORMAL, line->str);
          n++;
          g_string_printf (line, "%s%s", parts[i], end);
          gsc_label_init (&labels[n], style, GSC_FONT_NORMAL, line->str);
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

  gsc_label_init (&page->title, style, GSC_FONT_TITLE, title);
  gsc_label_shorten (&page->title, inside);
  gsc_label_place (&page->title, margin, y, 0, 0);
  y += page->title.rect.height;
  break_text (style, subtitle, ", ", ",", inside, page->subtitle, MAX_SUBTITLE_LINES);
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
  gsc_label_clear (&page->title);
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

const GscLinePlotLayout *
gsc_figure_page_add_line_plot (GscFigurePage *page,
                               const GscLinePlotInput *input,
                               const GscRect *area)
{
  Panel panel = { .kind = KIND_LINE_PLOT, .input.line_plot = *input };

  panel.layout.line_plot = gsc_line_plot_layout (input, &page->style, area);
  g_array_append_val (page->panels, panel);
  return panel.layout.line_plot;
}

const GscHeatMapLayout *
gsc_figure_page_add_heat_map (GscFigurePage *page,
                              const GscHeatMapInput *input,
                              const GscRect *area)
{
  Panel panel = { .kind = KIND_HEAT_MAP, .input.heat_map = *input };

  panel.layout.heat_map = gsc_heat_map_layout (input, &page->style, area);
  g_array_append_val (page->panels, panel);
  return panel.layout.heat_map;
}

const GscColorBarLayout *
gsc_figure_page_add_color_bar (GscFigurePage *page,
                               const GscColorBarInput *input,
                               const GscRect *area)
{
  Panel panel = { .kind = KIND_COLOR_BAR, .input.color_bar = *input };

  panel.layout.color_bar = gsc_color_bar_layout (input, &page->style, area);
  g_array_append_val (page->panels, panel);
  return panel.layout.color_bar;
}

const GscStripLayout *
gsc_figure_page_add_strip (GscFigurePage *page, const GscStripInput *input, const GscRect *area)
{
  Panel panel = { .kind = KIND_STRIP, .input.strip = *input };

  panel.layout.strip = gsc_strip_layout (input, &page->style, area);
  g_array_append_val (page->panels, panel);
  return panel.layout.strip;
}

const GscMultiplesLayout *
gsc_figure_page_add_multiples (GscFigurePage *page,
                               const GscMultiplesInput *input,
                               const GscRect *area)
{
  Panel panel = { .kind = KIND_MULTIPLES, .input.multiples = *input };

  panel.layout.multiples = gsc_multiples_layout (input, &page->style, area);
  g_array_append_val (page->panels, panel);
  return panel.layout.multiples;
}

const GscScatterLayout *
gsc_figure_page_add_scatter (GscFigurePage *page, const GscScatterInput *input, const GscRect *area)
{
  Panel panel = { .kind = KIND_SCATTER, .input.scatter = *input };

  panel.layout.scatter = gsc_scatter_layout (input, &page->style, area);
  g_array_append_val (page->panels, panel);
  return panel.layout.scatter;
}

GscRect
gsc_figure_page_add_legend (GscFigurePage *page, const GscLegendInput *input, const GscRect *area)
{
  Panel panel = { .kind = KIND_LEGEND, .input.legend = *input };
  g_autoptr (GscLegendLayout) probe = gsc_legend_layout (input, &page->style, area);
  GscRect left = *area;
  GscRect place = *area;

  if (probe->rect.height > GSC_LEGEND_MAX_SHARE * area->height)
    return left;
  left.height = MAX (area->height - probe->rect.height - 2 * page->style.gap, 1);
  place.y = gsc_rect_bottom (area) - probe->rect.height;
  place.x += MAX (area->width - probe->rect.width, 0) / 2;
  place.width -= place.x - area->x;
  panel.layout.legend = gsc_legend_layout (input, &page->style, &place);
  g_array_append_val (page->panels, panel);
  return left;
}

void
gsc_figure_page_add_note (GscFigurePage *page, const char *text, const GscRect *area)
{
  Panel panel = { .kind = KIND_NOTE, .layout.note = g_new0 (Note, 1) };
  GscLabel *lines = panel.layout.note->lines;
  double height = 0, y;

  break_text (&page->style, text, " ", "", area->width, lines, MAX_NOTE_LINES);
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

void
gsc_figure_page_paint (const GscFigurePage *page, cairo_t *cr)
{
  const GscStyle *style = &page->style;

  cairo_save (cr);
  gsc_style_add_rect (cr, &page->page);
  cairo_clip_preserve (cr);
  gsc_style_set_color (cr, &style->palette->background);
  cairo_fill (cr);
  gsc_label_paint (cr, &page->title, style, &style->palette->foreground);
  for (guint i = 0; i < MAX_SUBTITLE_LINES; i++)
    gsc_label_paint (cr, &page->subtitle[i], style, &style->palette->dim);
  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);

      switch (panel->kind)
        {
        case KIND_LINE_PLOT:
          gsc_line_plot_paint (cr, panel->layout.line_plot, &panel->input.line_plot, style);
          break;
        case KIND_HEAT_MAP:
          gsc_heat_map_paint (cr, panel->layout.heat_map, &panel->input.heat_map, style);
          break;
        case KIND_COLOR_BAR:
          gsc_color_bar_paint (cr, panel->layout.color_bar, &panel->input.color_bar, style);
          break;
        case KIND_MULTIPLES:
          gsc_multiples_paint (cr, panel->layout.multiples, &panel->input.multiples, style);
          break;
        case KIND_SCATTER:
          gsc_scatter_paint (cr, panel->layout.scatter, &panel->input.scatter, style);
          break;
        case KIND_NOTE:
          for (guint j = 0; j < MAX_NOTE_LINES; j++)
            gsc_label_paint (cr, &panel->layout.note->lines[j], style, &style->palette->dim);
          break;
        case KIND_STRIP:
          gsc_strip_paint (cr, panel->layout.strip, &panel->input.strip, style);
          break;
        case KIND_LEGEND:
        default:
          gsc_legend_paint (cr, panel->layout.legend, &panel->input.legend, style);
          break;
        }
    }
  cairo_restore (cr);
}

/* Text */

static void
list_labels (GArray *list, const GscLabel *labels, guint n)
{
  for (guint i = 0; i < n; i++)
    if (labels[i].text != NULL)
      g_array_append_val (list, labels[i]);
}

static void
list_axis (GArray *list, const GscAxis *axis)
{
  list_labels (list, axis->labels, axis->ticks->len);
  list_labels (list, &axis->title, 1);
}

static void
list_line_plot (GArray *list, const GscLinePlotLayout *layout)
{
  list_labels (list, &layout->heading, 1);
  list_axis (list, &layout->x);
  list_axis (list, &layout->y);
  list_labels (list, layout->mark_labels, layout->n_marks);
  if (layout->end_labels != NULL)
    list_labels (list, layout->end_labels->labels, layout->end_labels->n);
  if (layout->legend != NULL)
    list_labels (list, layout->legend->labels, layout->legend->n_entries);
}

static void
list_strip (GArray *list, const GscStripLayout *layout)
{
  list_labels (list, layout->titles, layout->n_titles);
  for (guint i = 0; i < layout->n_groups; i++)
    {
      list_labels (list, layout->groups[i].numbers, GSC_STRIP_N_CELLS);
      list_labels (list, layout->groups[i].lines, GSC_STRIP_N_LINES);
    }
}

static void
list_multiples (GArray *list, const GscMultiplesLayout *layout)
{
  list_labels (list, &layout->heading, 1);
  list_labels (list, layout->row_labels, layout->rows);
  list_labels (list, layout->column_labels, layout->columns);
  list_labels (list, layout->x_labels, layout->n);
  list_labels (list, layout->y_labels, layout->n);
  list_labels (list, &layout->x_title, 1);
  list_labels (list, &layout->y_title, 1);
}

static void
list_scatter (GArray *list, const GscScatterLayout *layout)
{
  list_labels (list, &layout->heading, 1);
  list_axis (list, &layout->x);
  list_axis (list, &layout->y);
  list_labels (list, layout->labels, layout->n_labels);
}

GArray *
gsc_figure_page_list_labels (const GscFigurePage *page)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (GscLabel));

  list_labels (list, &page->title, 1);
  list_labels (list, page->subtitle, MAX_SUBTITLE_LINES);
  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);

      switch (panel->kind)
        {
        case KIND_LINE_PLOT:
          list_line_plot (list, panel->layout.line_plot);
          break;
        case KIND_HEAT_MAP:
          list_labels (list, &panel->layout.heat_map->heading, 1);
          list_axis (list, &panel->layout.heat_map->x);
          list_axis (list, &panel->layout.heat_map->y);
          break;
        case KIND_COLOR_BAR:
          list_axis (list, &panel->layout.color_bar->axis);
          break;
        case KIND_MULTIPLES:
          list_multiples (list, panel->layout.multiples);
          break;
        case KIND_SCATTER:
          list_scatter (list, panel->layout.scatter);
          break;
        case KIND_NOTE:
          list_labels (list, panel->layout.note->lines, MAX_NOTE_LINES);
          break;
        case KIND_STRIP:
          list_strip (list, panel->layout.strip);
          break;
        case KIND_LEGEND:
        default:
          list_labels (list, panel->layout.legend->labels, panel->layout.legend->n_entries);
          break;
        }
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

/* The number @index among the panels of that kind. */
static const Panel *
get_panel (const GscFigurePage *page, Kind kind, guint index)
{
  for (guint i = 0; i < page->panels->len; i++)
    {
      const Panel *panel = &g_array_index (page->panels, Panel, i);

      if (panel->kind == kind && index-- == 0)
        return panel;
    }
  return NULL;
}

const GscLinePlotLayout *
gsc_figure_page_get_line_plot (const GscFigurePage *page, guint index)
{
  const Panel *panel = get_panel (page, KIND_LINE_PLOT, index);

  return panel != NULL ? panel->layout.line_plot : NULL;
}

const GscHeatMapLayout *
gsc_figure_page_get_heat_map (const GscFigurePage *page, guint index)
{
  const Panel *panel = get_panel (page, KIND_HEAT_MAP, index);

  return panel != NULL ? panel->layout.heat_map : NULL;
}

const GscStripLayout *
gsc_figure_page_get_strip (const GscFigurePage *page, guint index)
{
  const Panel *panel = get_panel (page, KIND_STRIP, index);

  return panel != NULL ? panel->layout.strip : NULL;
}

const GscMultiplesLayout *
gsc_figure_page_get_multiples (const GscFigurePage *page, guint index)
{
  const Panel *panel = get_panel (page, KIND_MULTIPLES, index);

  return panel != NULL ? panel->layout.multiples : NULL;
}

const GscScatterLayout *
gsc_figure_page_get_scatter (const GscFigurePage *page, guint index)
{
  const Panel *panel = get_panel (page, KIND_SCATTER, index);

  return panel != NULL ? panel->layout.scatter : NULL;
}
