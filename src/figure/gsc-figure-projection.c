/* gsc-figure-projection.c - a part of the model in two dimensions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures 1d, 1e and 6 of the paper. Points that agree in the first slot look alike: the colour
 * goes round a circle as numbers modulo p (or logarithms modulo p - 1) do, the marker says whether
 * the logarithm is even or odd.
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-zp.h"

/* In sizes of the text: on a narrower page the plot needs the colour bar's place more, the labels
 * say the same. */
#define MIN_WIDTH_OF_BAR 26.0

/* Logarithms of the numbers 1..p-1. */
typedef struct
{
  int root;
  int *log; /* [p]; -1 for 0 */
} Logs;

static void
logs_init (Logs *logs, int p)
{
  logs->root = gsc_zp_primitive_root (p);
  logs->log = g_new (int, p);
  gsc_zp_discrete_log (p, logs->root, logs->log);
}

static void
logs_clear (Logs *logs)
{
  g_clear_pointer (&logs->log, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Logs, logs_clear)

/* "x" and "y", the two slots' names. */
static char
get_slot (const GscProjectionSource *source, guint index)
{
  static const char *const names[] = {
    [GSC_SLOTS_XY] = "xy",
    [GSC_SLOTS_XZ] = "xz",
    [GSC_SLOTS_YZ] = "yz",
  };

  return names[source->slots][index];
}

static gboolean
is_embedding (const GscProjectionSource *source)
{
  return source->part == GSC_PROJECTION_EMBEDDING;
}

/* What labels and colours are of. (transfer full) */
static char *
name_first (const GscProjectionSource *source)
{
  return is_embedding (source) ? g_strdup ("number") : g_strdup_printf ("%c", get_slot (source, 0));
}

/* "layer 2, head 1, slots x and y of example 16" (transfer full) */
static char *
describe_source (const GscProjectionSource *source)
{
  const char *centred = source->centred ? "" : ", not centred";

  if (is_embedding (source))
    return g_strdup_printf ("embedding of the numbers%s", centred);
  return g_strdup_printf ("layer %u, head %u, slots %c and %c of example %u%s", source->layer + 1,
                          source->head + 1, get_slot (source, 0), get_slot (source, 1),
                          source->example + 1, centred);
}

/* The same in fewer words. (transfer full) */
static char *
shorten_source (const GscProjectionSource *source)
{
  if (is_embedding (source))
    return g_strdup ("embedding");
  return g_strdup_printf ("layer %u, head %u: %c, %c of example %u", source->layer + 1,
                          source->head + 1, get_slot (source, 0), get_slot (source, 1),
                          source->example + 1);
}

/* Page */

/* What fits into @width. (transfer full) */
static char *
make_heading (const GscStyle *style, const GscProjectionSource *source, double width)
{
  char *text = describe_source (source);
  GscLabel label;
  gboolean fits;

  gsc_label_init (&label, style, GSC_FONT_NORMAL, text);
  fits = label.rect.width <= width;
  gsc_label_clear (&label);
  if (fits)
    return text;
  g_free (text);
  return shorten_source (source);
}

static GscMarker
get_marker (int log)
{
  return log < 0 ? GSC_MARKER_DIAMOND : log % 2 == 0 ? GSC_MARKER_CIRCLE : GSC_MARKER_TRIANGLE;
}

/* What the colours go round. */
static GscColorScale
make_scale (const GscFigureOptions *options, int p)
{
  return (GscColorScale){ GSC_COLOR_SCALE_CYCLIC, 0,
                          options->labels == GSC_LABELS_LOG ? p - 1 : p };
}

/* One for each number of the first slot. */
static GscScatterGroup *
make_groups (GscFigurePage *page, const GscFigureOptions *options, int p, const Logs *logs)
{
  GscScatterGroup *groups = gsc_figure_page_alloc (page, (gsize) p * sizeof *groups);
  const GscColorScale scale = make_scale (options, p);

  for (int i = 0; i < p; i++)
    {
      gboolean by_log = options->labels == GSC_LABELS_LOG;
      int shown = by_log ? logs->log[i] : i;

      groups[i].marker = get_marker (logs->log[i]);
      if (shown < 0)
        {
          groups[i].label = "zero";
          groups[i].color = gsc_figure_page_get_style (page)->palette->foreground;
          continue;
        }
      groups[i].label = gsc_figure_page_print (page, "%d", shown);
      groups[i].color = gsc_color_scale_get (&scale, shown);
    }
  return groups;
}

static GscRect
add_legend (GscFigurePage *page, const char *first, const GscRect *content)
{
  static const int logs[] = { 0, 1, -1 };
  const char *const texts[G_N_ELEMENTS (logs)] = {
    gsc_figure_page_print (page, "log %s even", first),
    gsc_figure_page_print (page, "log %s odd", first),
    gsc_figure_page_print (page, "%s = 0", first),
  };
  GscLegendEntry *entries = gsc_figure_page_alloc (page, G_N_ELEMENTS (logs) * sizeof *entries);
  GscLegendInput legend = { entries, G_N_ELEMENTS (logs) };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      GscSeriesLook *look = gsc_figure_page_alloc (page, sizeof *look);

      *look = (GscSeriesLook){ .color = gsc_figure_page_get_style (page)->palette->dim,
                               .marker = get_marker (logs[i]),
                               .filled = TRUE };
      entries[i] = (GscLegendEntry){ .text = texts[i], .kind = GSC_LEGEND_MARKER, .look = look };
    }
  return gsc_figure_page_add_legend (page, &legend, content);
}

static GscScatterInput
make_scatter (GscFigurePage *page,
              const GscProjection *projection,
              const GscFigureOptions *options,
              const Logs *logs,
              double width)
{
  g_autofree char *heading
      = make_heading (gsc_figure_page_get_style (page), &projection->source, width);
  guint *group = gsc_figure_page_alloc (page, projection->n * sizeof *group);
  char share[2][GSC_TICK_LABEL_SIZE];

  for (guint i = 0; i < 2; i++)
    gsc_ticks_format (100 * projection->variance[i], 0, FALSE, share[i]);
  for (guint i = 0; i < projection->n; i++)
    group[i] = MIN (projection->first[i], (guint) projection->p - 1);
  return (GscScatterInput){
    .heading = gsc_figure_page_print (page, "%s", heading),
    .x_title = gsc_figure_page_print (page, "PC 1 (%s %%)", share[0]),
    .y_title = gsc_figure_page_print (page, "PC 2 (%s %%)", share[1]),
    .equal_aspect = TRUE,
    .n = projection->n,
    .x = projection->x,
    .y = projection->y,
    .group = group,
    .groups = make_groups (page, options, projection->p, logs),
    .n_groups = (guint) projection->p,
  };
}

static void
add_plot (GscFigurePage *page, const GscProjection *projection, const GscFigureOptions *options)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  GscRect content = gsc_figure_page_get_content (page);
  g_autofree char *first = name_first (&projection->source);
  GscRect area = add_legend (page, first, &content);
  GscRect bar_area = area;
  gboolean has_bar = area.width >= MIN_WIDTH_OF_BAR * style->text_size;
  GscColorBarInput bar = { .scale = make_scale (options, projection->p), .whole = TRUE };
  g_autoptr (GscColorBarLayout) bar_probe = NULL;
  g_auto (Logs) logs = { 0 };
  const GscScatterLayout *layout;
  GscScatterInput scatter;
  double gap = style->text_size;

  logs_init (&logs, projection->p);
  bar.title = options->labels == GSC_LABELS_LOG
                  ? gsc_figure_page_print (page, "log %s (base %d)", first, logs.root)
                  : gsc_figure_page_print (page, "%s", first);
  if (has_bar)
    {
      bar_probe = gsc_color_bar_layout (&bar, style, &area);
      area.width = MAX (area.width - bar_probe->width - gap, 1);
    }
  scatter = make_scatter (page, projection, options, &logs, area.width);
  layout = gsc_figure_page_add_scatter (page, &scatter, &area);
  if (has_bar)
    {
      bar_area.x = gsc_rect_right (&area) + gap;
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
                                                "Projection on two principal components", TRUE);
  GscRect content = gsc_figure_page_get_content (page);

  if (frame->projection == NULL)
    gsc_figure_page_add_note (page, "No model to show yet", &content);
  else
    add_plot (page, frame->projection, options);
  return page;
}

/* Picks */

static void
append_log (GString *text, char slot, int log)
{
  if (log < 0)
    g_string_append_printf (text, "log %c: none", slot);
  else
    g_string_append_printf (text, "log %c = %d", slot, log);
}

static char *
describe_point (const GscProjection *projection, guint point)
{
  const GscProjectionSource *source = &projection->source;
  int first = MIN (projection->first[point], projection->p - 1);
  int second = MIN (projection->second[point], projection->p - 1);
  GString *text = g_string_new (NULL);
  char x[GSC_TICK_LABEL_SIZE], y[GSC_TICK_LABEL_SIZE];
  g_auto (Logs) logs = { 0 };

  logs_init (&logs, projection->p);
  if (is_embedding (source))
    {
      g_string_append_printf (text, "number %d\n", first);
      append_log (text, 'n', logs.log[first]);
    }
  else
    {
      g_string_append_printf (text, "%c = %d, %c = %d\n", get_slot (source, 0), first,
                              get_slot (source, 1), second);
      append_log (text, get_slot (source, 0), logs.log[first]);
      g_string_append (text, ", ");
      append_log (text, get_slot (source, 1), logs.log[second]);
    }
  g_string_append_printf (text, " (base %d)\nPC 1 = %s, PC 2 = %s", logs.root,
                          gsc_figure_pages_format (projection->x[point], 3, x),
                          gsc_figure_pages_format (projection->y[point], 3, y));
  return g_string_free (text, FALSE);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscScatterLayout *layout = gsc_figure_page_get_scatter (page, 0);
  int point = layout != NULL ? gsc_scatter_pick (layout, x, y) : -1;
  double side;

  if (point < 0)
    return FALSE;
  side = 2 * layout->marker_size;
  pick->kind = GSC_PICK_POINT;
  pick->point = (guint) point;
  pick->rect = (GscRect){ layout->points[point].x - side / 2, layout->points[point].y - side / 2,
                          side, side };
  pick->text = describe_point (frame->projection, pick->point);
  return TRUE;
}

/* Text */

/* The share of the spread in the plane that lies between groups: 1 if the points of a group are
 * all in one place. group[point] is in 0..n_groups-1, or below 0 for points that do not count; NaN
 * where all points are in one place. */
static double
measure_between (const GscProjection *projection, const int *group, guint n_groups)
{
  g_autofree double *sums = g_new0 (double, 3 * n_groups);
  double total[3] = { 0 };
  double spread = 0, between = 0;

  for (guint i = 0; i < projection->n; i++)
    {
      const double terms[] = { 1, projection->x[i], projection->y[i] };

      for (guint k = 0; k < 3 && group[i] >= 0; k++)
        {
          sums[3 * group[i] + (int) k] += terms[k];
          total[k] += terms[k];
        }
    }
  for (guint i = 0; i < projection->n; i++)
    if (group[i] >= 0)
      {
        double x = projection->x[i] - total[1] / total[0];
        double y = projection->y[i] - total[2] / total[0];

        spread += x * x + y * y;
      }
  for (guint i = 0; i < n_groups; i++)
    if (sums[3 * i] > 0)
      {
        double x = sums[3 * i + 1] / sums[3 * i] - total[1] / total[0];
        double y = sums[3 * i + 2] / sums[3 * i] - total[2] / total[0];

        between += sums[3 * i] * (x * x + y * y);
      }
  return between / spread;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscProjection *projection = frame->projection;
  g_autofree char *source = NULL;
  g_autofree char *first = NULL;
  g_autofree int *group = NULL;
  g_auto (Logs) logs = { 0 };
  char texts[4][GSC_TICK_LABEL_SIZE];
  double by_value, by_parity;

  if (projection == NULL)
    return g_strdup ("No model to show yet.");
  source = describe_source (&projection->source);
  first = name_first (&projection->source);
  group = g_new (int, projection->n);
  logs_init (&logs, projection->p);
  for (guint i = 0; i < projection->n; i++)
    group[i] = MIN (projection->first[i], projection->p - 1);
  by_value = measure_between (projection, group, (guint) projection->p);
  for (guint i = 0; i < projection->n; i++)
    group[i] = logs.log[group[i]] < 0 ? -1 : logs.log[group[i]] % 2;
  by_parity = measure_between (projection, group, 2);

  for (guint i = 0; i < 2; i++)
    gsc_ticks_format (100 * projection->variance[i], 0, FALSE, texts[i]);
  gsc_ticks_format (100 * by_value, 0, FALSE, texts[2]);
  gsc_ticks_format (100 * by_parity, 0, FALSE, texts[3]);
  if (!isfinite (by_value) || !isfinite (by_parity))
    return g_strdup_printf ("Projection of %s, %u points: they are all in one place.", source,
                            projection->n);
  if (is_embedding (&projection->source))
    return g_strdup_printf ("Projection of %s, %u points: two components hold %s %% and %s %% of "
                            "the variance. Of the spread in this plane, %s %% lies between even "
                            "and odd logarithms.",
                            source, projection->n, texts[0], texts[1], texts[3]);
  return g_strdup_printf ("Projection of %s, %u points: two components hold %s %% and %s %% of the "
                          "variance. Of the spread in this plane, %s %% lies between values of %s, "
                          "%s %% between its even and odd logarithms.",
                          source, projection->n, texts[0], texts[1], texts[2], first, texts[3]);
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
tabulate_embedding (const GscProjection *projection, const Logs *logs)
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
  g_auto (Logs) logs = { 0 };
  GscFigureTable *table;

  if (projection != NULL)
    logs_init (&logs, projection->p);
  if (projection != NULL && is_embedding (&projection->source))
    return tabulate_embedding (projection, &logs);
  for (guint i = 0; projection != NULL && i < 2; i++)
    {
      names[i][0] = get_slot (&projection->source, i);
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
  .base = 40,
  .narrow = 20,
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
};
