/* gsc-figure-projection.c - a part of the model in two dimensions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures 1d, 1e and 6 of the paper. Points that agree in the first slot look alike: the colour
 * goes round a circle as numbers modulo p (or logarithms modulo p - 1) do, the marker says whether
 * the logarithm is even or odd. The lens shows those of one first value, large and by their second
 * value: one of the small circles of a circle of circles.
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-projection-text.h"

/* In sizes of the text: on a narrower page the plot needs the colour bar's place more, the labels
 * say the same. */
#define MIN_WIDTH_OF_BAR 26.0

/* ... and on a lower one than this that of the circle score. */
#define MIN_HEIGHT_OF_SCORE 18.0

/* The lens's share of the longer side. */
#define LENS_SHARE 0.4

/* What everything on the page is made from. */
typedef struct
{
  GscFigurePage *page;
  const GscProjection *projection;
  const GscProjection *beside; /* or NULL */
  const GscFigureOptions *options;
  GscProjectionLogs logs;
} Work;

static gboolean
has_lens (const GscProjection *projection, const GscFigureOptions *options)
{
  return options->lens && projection->source.part != GSC_PROJECTION_EMBEDDING;
}

/* The points of the lens are as many as there are numbers, from this one on. */
static guint
get_lens_start (const GscProjection *projection, const GscFigureOptions *options)
{
  return MIN (options->lens_value, (guint) projection->p - 1) * (guint) projection->p;
}

/* Looks */

static GscMarker
get_marker (int log)
{
  return log < 0 ? GSC_MARKER_DIAMOND : log % 2 == 0 ? GSC_MARKER_CIRCLE : GSC_MARKER_TRIANGLE;
}

/* What the colours go round. */
static GscColorScale
make_scale (const Work *work)
{
  int p = work->projection->p;

  return (GscColorScale){ GSC_COLOR_SCALE_CYCLIC, 0,
                          work->options->labels == GSC_LABELS_LOG ? p - 1 : p };
}

static GscColor
get_color (const Work *work, int number)
{
  const GscPalette *palette = gsc_figure_page_get_style (work->page)->palette;
  const GscColorScale scale = make_scale (work);
  int log = work->logs.log[number];

  if (work->options->parity_colors && log >= 0)
    return palette->series[log % 2 == 0 ? GSC_SERIES_ID_TRAIN : GSC_SERIES_OOD_TRAIN].color;
  if (work->options->parity_colors || (work->options->labels == GSC_LABELS_LOG && log < 0))
    return palette->foreground;
  return gsc_color_scale_get (&scale, work->options->labels == GSC_LABELS_LOG ? log : number);
}

/* One for each number. */
static GscScatterGroup *
make_groups (const Work *work)
{
  int p = work->projection->p;
  GscScatterGroup *groups = gsc_figure_page_alloc (work->page, (gsize) p * sizeof *groups);

  for (int i = 0; i < p; i++)
    {
      int log = work->logs.log[i];

      groups[i].marker = get_marker (log);
      groups[i].color = get_color (work, i);
      if (work->options->labels == GSC_LABELS_VALUE)
        groups[i].label = gsc_figure_page_print (work->page, "%d", i);
      else
        groups[i].label = log < 0 ? _ ("zero") : gsc_figure_page_print (work->page, "%d", log);
    }
  return groups;
}

static GscRect
add_legend (const Work *work, const GscRect *content)
{
  static const int logs[] = { 0, 1, -1 };
  GscFigurePage *page = work->page;
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  g_autofree char *first = gsc_projection_text_name_first (&work->projection->source);
  gboolean both = has_lens (work->projection, work->options); /* it is of the second value, too */
  const char *const texts[G_N_ELEMENTS (logs)] = {
    /* Translators: points whose logarithm, in the numbers modulo p, is even or odd. */
    both ? _ ("log even") : gsc_figure_page_print (page, _ ("log %s even"), first),
    both ? _ ("log odd") : gsc_figure_page_print (page, _ ("log %s odd"), first),
    both ? _ ("zero") : gsc_figure_page_print (page, "%s = 0", first),
  };
  GscLegendEntry *entries = gsc_figure_page_alloc (page, G_N_ELEMENTS (logs) * sizeof *entries);
  GscLegendInput legend = { entries, G_N_ELEMENTS (logs) };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      GscSeriesLook *look = gsc_figure_page_alloc (page, sizeof *look);

      /* 1 and the root have the logarithms 0 and 1 */
      *look = (GscSeriesLook){ .color = palette->dim,
                               .marker = get_marker (logs[i]),
                               .filled = TRUE };
      if (work->options->parity_colors)
        look->color = get_color (work, logs[i] < 0 ? 0 : logs[i] == 0 ? 1 : work->logs.root);
      entries[i] = (GscLegendEntry){ .text = texts[i], .kind = GSC_LEGEND_MARKER, .look = look };
    }
  return gsc_figure_page_add_legend (page, &legend, content);
}

/* Lines of text, as much as fits */

static gboolean
fits (const GscStyle *style, const char *text, double width)
{
  GscLabel label;
  gboolean result;

  gsc_label_init (&label, style, GSC_FONT_NORMAL, text);
  result = label.rect.width <= width;
  gsc_label_clear (&label);
  return result;
}

static const char *
make_heading (const Work *work, double width)
{
  const GscProjectionSource *source = &work->projection->source;
  g_autofree char *text = gsc_projection_text_describe_source (source, FALSE);

  if (!fits (gsc_figure_page_get_style (work->page), text, width))
    {
      g_free (text);
      text = gsc_projection_text_describe_source (source, TRUE);
    }
  return gsc_figure_page_print (work->page, "%s", text);
}

/* The circle score at the bottom of @area; returns what is left above it. */
static GscRect
add_score (const Work *work, const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (work->page);
  double height = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  GscRect left = *area, line = *area;

  if (area->height < MIN_HEIGHT_OF_SCORE * style->text_size)
    return left;
  for (guint detail = 3; detail-- > 0;)
    {
      g_autofree char *text = gsc_projection_text_describe_score (work->projection, detail);

      if (text == NULL || !fits (style, text, area->width))
        continue;
      left.height -= height + style->gap;
      line.y = gsc_rect_bottom (area) - height;
      line.height = height;
      gsc_figure_page_add_note (work->page, text, &line);
      break;
    }
  return left;
}

/* Plots */

/* Of the points from number @start on: those of the lens are its own, all of them the plot's. */
static GscScatterInput
make_scatter (const Work *work, guint start, guint n, const guint16 *values)
{
  const GscProjection *projection = work->projection;
  guint *group = gsc_figure_page_alloc (work->page, n * sizeof *group);

  for (guint i = 0; i < n; i++)
    group[i] = MIN (values[start + i], (guint) projection->p - 1);
  return (GscScatterInput){
    .equal_aspect = TRUE,
    .n = n,
    .x = projection->x + start,
    .y = projection->y + start,
    .group = group,
    .groups = make_groups (work),
    .n_groups = (guint) projection->p,
  };
}

/* What @n points from number @start on cover. */
static const GscScatterBox *
make_box (const Work *work, const GscProjection *projection, guint start, guint n)
{
  GscScatterBox *box = gsc_figure_page_alloc (work->page, sizeof *box);

  *box = (GscScatterBox){ projection->x[start], projection->x[start], projection->y[start],
                          projection->y[start] };
  for (guint i = start; i < start + n; i++)
    {
      box->min_x = MIN (box->min_x, projection->x[i]);
      box->max_x = MAX (box->max_x, projection->x[i]);
      box->min_y = MIN (box->min_y, projection->y[i]);
      box->max_y = MAX (box->max_y, projection->y[i]);
    }
  return box;
}

static void
add_lens (const Work *work, const GscRect *area)
{
  const GscProjection *projection = work->projection;
  guint start = get_lens_start (projection, work->options);
  GscScatterInput scatter = make_scatter (work, start, (guint) projection->p, projection->second);
  char first = gsc_projection_text_get_slot (&projection->source, 0);
  char second = gsc_projection_text_get_slot (&projection->source, 1);
  int log = work->logs.log[projection->first[start]];

  if (work->options->labels == GSC_LABELS_VALUE || log < 0)
    /* Translators: the points of one value of a slot, looking as another slot's value says. */
    scatter.heading = gsc_figure_page_print (work->page, _ ("%c = %d: by %c"), first,
                                             projection->first[start], second);
  else
    scatter.heading
        = gsc_figure_page_print (work->page, _ ("log %c = %d: by log %c"), first, log, second);
  /* Translators: principal components. */
  scatter.x_title = _ ("PC 1");
  scatter.y_title = _ ("PC 2");
  gsc_figure_page_add_scatter (work->page, &scatter, area);
}

static const GscScatterLayout *
add_scatter (const Work *work, const GscRect *area)
{
  const GscProjection *projection = work->projection;
  GscScatterInput scatter = make_scatter (work, 0, projection->n, projection->first);
  gboolean centred = projection->source.centred;

  scatter.heading = make_heading (work, area->width);
  /* Translators: principal components with their shares of the variance; those of the paper are not
   * centred: they contain the mean. */
  scatter.x_title
      = gsc_figure_page_print (work->page, centred ? _ ("PC 1 (%s)") : _ ("PC 1 + mean (%s)"),
                               GSC_PERCENT (projection->variance[0]));
  scatter.y_title
      = gsc_figure_page_print (work->page, centred ? _ ("PC 2 (%s)") : _ ("PC 2 + mean (%s)"),
                               GSC_PERCENT (projection->variance[1]));
  if (has_lens (projection, work->options))
    scatter.box = make_box (work, projection, get_lens_start (projection, work->options),
                            (guint) projection->p);
  if (work->beside != NULL && work->beside->n > 0)
    scatter.around = make_box (work, work->beside, 0, work->beside->n);
  return gsc_figure_page_add_scatter (work->page, &scatter, area);
}

/* Makes room for the lens beside @area or below it. */
static GscRect
split_area (const Work *work, GscRect *area)
{
  double gap = 1.5 * gsc_figure_page_get_style (work->page)->text_size;
  GscRect lens = *area;

  if (area->width >= area->height)
    {
      lens.width = MAX (LENS_SHARE * area->width - gap, 1);
      area->width = MAX (area->width - lens.width - gap, 1);
      lens.x = gsc_rect_right (area) + gap;
    }
  else
    {
      lens.height = MAX (LENS_SHARE * area->height - gap, 1);
      area->height = MAX (area->height - lens.height - gap, 1);
      lens.y = gsc_rect_bottom (area) + gap;
    }
  return lens;
}

static void
add_plots (const Work *work)
{
  GscFigurePage *page = work->page;
  const GscStyle *style = gsc_figure_page_get_style (page);
  const GscProjection *projection = work->projection;
  GscRect content = gsc_figure_page_get_content (page);
  GscRect above = add_score (work, &content);
  GscRect area = add_legend (work, &above);
  GscRect bar_area = area, lens_area = area;
  g_autofree char *first = gsc_projection_text_name_first (&projection->source);
  gboolean by_log = work->options->labels == GSC_LABELS_LOG;
  gboolean with_lens = has_lens (projection, work->options);
  gboolean has_bar = !work->options->parity_colors && !(with_lens && area.width < area.height)
                     && area.width >= (with_lens ? 2 : 1) * MIN_WIDTH_OF_BAR * style->text_size;
  GscColorBarInput bar = { .scale = make_scale (work), .whole = TRUE };
  const GscScatterLayout *layout;

  bar.title = !by_log ? gsc_figure_page_print (page, "%s", with_lens ? _ ("value") : first)
              : with_lens
                  ? gsc_figure_page_print (page, _ ("log (base %d)"), work->logs.root)
                  : gsc_figure_page_print (page, _ ("log %s (base %d)"), first, work->logs.root);
  if (has_bar)
    {
      g_autoptr (GscColorBarLayout) probe = gsc_color_bar_layout (&bar, style, &area);

      area.width = MAX (area.width - probe->width - style->text_size, 1);
      bar_area.x = gsc_rect_right (&area) + style->text_size;
    }
  if (with_lens)
    lens_area = split_area (work, &area);
  layout = add_scatter (work, &area);
  if (with_lens)
    add_lens (work, &lens_area);
  if (has_bar)
    {
      bar_area.y = layout->plot.y;
      bar_area.height = layout->plot.height;
      gsc_figure_page_add_color_bar (page, &bar, &bar_area);
    }
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                _ ("Projection on two principal components"), TRUE);
  GscRect content = gsc_figure_page_get_content (page);
  Work work = {
    .page = page,
    .projection = frame->projection,
    .beside = frame->beside != NULL ? frame->beside->projection : NULL,
    .options = options,
  };

  if (frame->projection == NULL)
    {
      gsc_figure_page_add_note (page, gsc_figure_pages_get_no_model (), &content);
      return page;
    }
  gsc_projection_logs_init (&work.logs, frame->projection->p);
  add_plots (&work);
  gsc_projection_logs_clear (&work.logs);
  return page;
}

/* Picks */

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscProjection *projection = frame->projection;

  for (guint i = 0; i < 2; i++)
    {
      const GscScatterLayout *layout = gsc_figure_page_get_scatter (page, i);
      int found = layout != NULL && gsc_rect_contains (&layout->area, x, y)
                      ? gsc_scatter_pick (layout, x, y)
                      : -1;
      double side;

      if (found < 0)
        continue;
      side = 2 * layout->marker_size;
      pick->kind = GSC_PICK_POINT;
      pick->point = (guint) found + (i == 0 ? 0 : get_lens_start (projection, options));
      pick->x = projection->first[pick->point];
      pick->y = projection->second[pick->point];
      pick->rect = (GscRect){ layout->points[found].x - side / 2,
                              layout->points[found].y - side / 2, side, side };
      pick->text = gsc_projection_text_describe_point (projection, pick->point);
      return TRUE;
    }
  return FALSE;
}

/* Text */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  if (frame->projection == NULL)
    return gsc_figure_pages_end_sentence (gsc_figure_pages_get_no_model ());
  return gsc_projection_text_summarise (frame->projection);
}

static void
add_log (GscFigureTable *table, int log)
{
  if (log < 0)
    gsc_figure_table_add_text (table, "");
  else
    gsc_figure_table_add_int (table, log);
}

static GscFigureTable *
tabulate_embedding (const GscProjection *projection, const GscProjectionLogs *logs)
{
  static const char *const columns[] = { "number", "log", "pc1", "pc2", NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint i = 0; i < projection->n; i++)
    {
      gsc_figure_table_add_int (table, projection->first[i]);
      add_log (table, logs->log[MIN (projection->first[i], projection->p - 1)]);
      gsc_figure_table_add_number (table, projection->x[i]);
      gsc_figure_table_add_number (table, projection->y[i]);
    }
  return table;
}

static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscProjection *projection = frame->projection;
  char names[4][8] = { "x", "y", "log_x", "log_y" };
  const char *columns[] = { names[0], names[1], names[2], names[3], "pc1", "pc2", NULL };
  g_auto (GscProjectionLogs) logs = { 0 };
  GscFigureTable *table;

  if (projection != NULL)
    gsc_projection_logs_init (&logs, projection->p);
  if (projection != NULL && projection->source.part == GSC_PROJECTION_EMBEDDING)
    return tabulate_embedding (projection, &logs);
  for (guint i = 0; projection != NULL && i < 2; i++)
    {
      names[i][0] = gsc_projection_text_get_slot (&projection->source, i);
      names[2 + i][4] = names[i][0];
    }
  table = gsc_figure_table_new (columns);
  for (guint i = 0; projection != NULL && i < projection->n; i++)
    {
      gsc_figure_table_add_int (table, projection->first[i]);
      gsc_figure_table_add_int (table, projection->second[i]);
      add_log (table, logs.log[MIN (projection->first[i], projection->p - 1)]);
      add_log (table, logs.log[MIN (projection->second[i], projection->p - 1)]);
      gsc_figure_table_add_number (table, projection->x[i]);
      gsc_figure_table_add_number (table, projection->y[i]);
    }
  return table;
}

const GscFigureClass gsc_figure_projection = {
  .name = "projection",
  .title = N_ ("Projection"),
  .needs_model = TRUE,
  .slope = 0.62,
  .base = 50,
  .narrow = 20,
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
};
