/* gsc-strip.c - a sequence of numbers in groups, and what was said about each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-strip.h"

#include <math.h>

/* In text sizes. */
#define CELL_HEIGHT 1.6
#define CELL_PADDING 0.6 /* beside the widest number, both sides together */
#define MAX_CELL_WIDTH 2.8
#define GROUP_GAP 0.7
#define ROW_GAP 0.8
#define MARK_SIZE 0.85
#define TITLE_GAP 1.0

/* Titles take at most this share of the width. */
#define MAX_TITLE_SHARE 0.2

/* What is shown of each group, at which size of the text, from the best to the least. */
typedef struct
{
  double scale;
  gboolean heading;
  gboolean answer;
  gboolean detail;
  gboolean below; /* the detail has a line of its own */
  gboolean note;
} Plan;

static const Plan plans[] = {
  { 1.5, TRUE, TRUE, TRUE, FALSE, TRUE },     { 1.25, TRUE, TRUE, TRUE, FALSE, TRUE },
  { 1, TRUE, TRUE, TRUE, FALSE, TRUE },       { 1, TRUE, TRUE, TRUE, TRUE, TRUE },
  { 0.85, TRUE, TRUE, TRUE, FALSE, TRUE },    { 0.85, TRUE, TRUE, TRUE, TRUE, TRUE },
  { 1, FALSE, TRUE, TRUE, FALSE, TRUE },      { 1, FALSE, TRUE, TRUE, TRUE, TRUE },
  { 0.85, FALSE, TRUE, TRUE, FALSE, TRUE },   { 0.85, FALSE, TRUE, TRUE, TRUE, TRUE },
  { 1, FALSE, TRUE, TRUE, FALSE, FALSE },     { 1, FALSE, TRUE, TRUE, TRUE, FALSE },
  { 0.85, FALSE, TRUE, TRUE, FALSE, FALSE },  { 0.85, FALSE, TRUE, TRUE, TRUE, FALSE },
  { 1, FALSE, TRUE, FALSE, FALSE, FALSE },    { 0.85, FALSE, TRUE, FALSE, FALSE, FALSE },
  { 0.75, FALSE, TRUE, TRUE, FALSE, FALSE },  { 0.75, FALSE, TRUE, FALSE, FALSE, FALSE },
  { 1, FALSE, FALSE, FALSE, FALSE, FALSE },   { 0.85, FALSE, FALSE, FALSE, FALSE, FALSE },
  { 0.7, FALSE, FALSE, FALSE, FALSE, FALSE },
};

/* The widest texts at the style's size. */
typedef struct
{
  double line;
  double number;
  double lines[GSC_STRIP_N_LINES];
} Widths;

/* Lengths of a plan. */
typedef struct
{
  GscStyle style;
  double width; /* of a group, at least */
  double height;
  double line;
  double mark; /* width of a mark and the gap after it */
  guint per_row;
  guint rows;
} Metrics;

/* Measuring */

static double
measure_text (const GscStyle *style, const char *text)
{
  GscLabel label;
  double width;

  gsc_label_init (&label, style, GSC_FONT_NORMAL, text);
  width = label.rect.width;
  gsc_label_clear (&label);
  return width;
}

/* Only the longest texts are measured, for speed: with figures only, they are the widest but for
 * little, for which there is CELL_PADDING and a reserve. */
static double
measure_longest (const GscStyle *style, const GscStripInput *input, int line)
{
  const char *longest = NULL;
  glong length = 0;

  for (guint i = 0; i < input->n_groups; i++)
    for (guint j = 0; j < (line < 0 ? GSC_STRIP_N_CELLS : 1); j++)
      {
        const char *text = line < 0 ? input->groups[i].cells[j] : input->groups[i].lines[line];
        glong text_length = text != NULL ? g_utf8_strlen (text, -1) : 0;

        if (text_length > length)
          {
            longest = text;
            length = text_length;
          }
      }
  return longest != NULL ? 1.05 * measure_text (style, longest) + 0.1 * style->text_size : 0;
}

static Widths
measure_all (const GscStyle *style, const GscStripInput *input)
{
  Widths widths = {
    .line = gsc_label_get_line_height (style, GSC_FONT_NORMAL),
    .number = measure_longest (style, input, -1),
  };

  for (int i = 0; i < GSC_STRIP_N_LINES; i++)
    widths.lines[i] = measure_longest (style, input, i);
  return widths;
}

static gboolean
shows_line (const Plan *plan, GscStripLine line)
{
  switch (line)
    {
    case GSC_STRIP_HEADING:
      return plan->heading;
    case GSC_STRIP_ANSWER:
      return plan->answer;
    case GSC_STRIP_DETAIL:
      return plan->detail;
    case GSC_STRIP_NOTE:
    default:
      return plan->note;
    }
}

static double
get_width (const Plan *plan, const Widths *widths, double size, double mark)
{
  double width = GSC_STRIP_N_CELLS * (widths->number + CELL_PADDING * size);
  double answer = mark + widths->lines[GSC_STRIP_ANSWER];

  if (plan->heading)
    width = MAX (width, widths->lines[GSC_STRIP_HEADING]);
  if (plan->detail && plan->below)
    width = MAX (width, widths->lines[GSC_STRIP_DETAIL]);
  else if (plan->detail)
    answer += 0.5 * size + widths->lines[GSC_STRIP_DETAIL];
  if (plan->answer)
    width = MAX (width, answer);
  if (plan->note)
    width = MAX (width, widths->lines[GSC_STRIP_NOTE]);
  return width;
}

static Metrics
get_metrics (const Plan *plan,
             const Widths *widths,
             const GscStyle *style,
             guint n_groups,
             const GscRect *area)
{
  double size = style->text_size;
  double mark = MARK_SIZE * size + style->gap;
  guint n_lines = (guint) plan->heading + (guint) plan->answer + (guint) plan->note
                  + (plan->detail && plan->below ? 1 : 0);
  double gap = GROUP_GAP * size * plan->scale;
  Metrics metrics = {
    .style = *style,
    .width = plan->scale * get_width (plan, widths, size, mark),
    .line = plan->scale * widths->line,
    .mark = plan->scale * mark,
  };

  metrics.style.text_size = plan->scale * size;
  metrics.height = plan->scale * CELL_HEIGHT * size + n_lines * metrics.line
                   + (n_lines > (plan->heading ? 1 : 0) ? plan->scale * 0.2 * size : 0);
  metrics.per_row = (guint) CLAMP ((area->width + gap) / (metrics.width + gap), 1, n_groups);
  metrics.rows = (n_groups + metrics.per_row - 1) / metrics.per_row;
  return metrics;
}

static gboolean
fits (const Metrics *metrics, const GscRect *area)
{
  double gap = ROW_GAP * metrics->style.text_size;

  return metrics->width <= area->width
         && metrics->rows * metrics->height + (metrics->rows - 1) * gap <= area->height;
}

/* Placing */

static void
place_line (GscStripGroupLayout *group,
            const GscStripGroup *input,
            GscStripLine line,
            const Metrics *metrics,
            double x,
            double y,
            double across)
{
  GscLabel *label = &group->lines[line];

  gsc_label_init (label, &metrics->style, GSC_FONT_NORMAL, input->lines[line]);
  gsc_label_shorten (label, group->rect.width);
  gsc_label_place (label, x, y, across, 0);
}

/* The mark, the answer and perhaps the detail, together in the middle of the group. */
static void
place_answer (GscStripGroupLayout *group,
              const GscStripGroup *input,
              const Plan *plan,
              const Metrics *metrics,
              double y)
{
  double middle = group->rect.x + group->rect.width / 2;
  double size = metrics->style.text_size;
  gboolean beside = plan->detail && !plan->below;
  GscLabel *answer = &group->lines[GSC_STRIP_ANSWER];
  GscLabel *detail = &group->lines[GSC_STRIP_DETAIL];
  double mark = input->verdict != GSC_VERDICT_NONE ? metrics->mark : 0;
  double width, x;

  place_line (group, input, GSC_STRIP_ANSWER, metrics, middle, y, 0);
  if (beside)
    place_line (group, input, GSC_STRIP_DETAIL, metrics, middle, y, 0);
  width = mark + answer->rect.width + (detail->text != NULL ? 0.5 * size + detail->rect.width : 0);
  x = middle - width / 2;
  group->mark = (GscPoint){ x + MARK_SIZE * size / 2, y + metrics->line / 2 };
  gsc_label_place (answer, x + mark, y, 0, 0);
  gsc_label_place (detail, x + width, y, 1, 0);
}

static void
place_group (GscStripGroupLayout *group,
             const GscStripGroup *input,
             const Plan *plan,
             const Metrics *metrics)
{
  const GscRect *rect = &group->rect;
  double size = metrics->style.text_size;
  double cell = MIN (rect->width / GSC_STRIP_N_CELLS, MAX_CELL_WIDTH * size);
  double middle = rect->x + rect->width / 2;
  double y = rect->y;

  if (plan->heading)
    {
      place_line (group, input, GSC_STRIP_HEADING, metrics, middle, y, 0.5);
      y += metrics->line;
    }
  group->frame = (GscRect){ middle - GSC_STRIP_N_CELLS * cell / 2, y, GSC_STRIP_N_CELLS * cell,
                            CELL_HEIGHT * size };
  for (guint i = 0; i < GSC_STRIP_N_CELLS; i++)
    {
      group->cells[i] = (GscRect){ group->frame.x + i * cell, y, cell, group->frame.height };
      gsc_label_init (&group->numbers[i], &metrics->style, GSC_FONT_NORMAL, input->cells[i]);
      gsc_label_place (&group->numbers[i], group->cells[i].x + cell / 2,
                       y + group->frame.height / 2, 0.5, 0.5);
    }
  y += group->frame.height + 0.2 * size;
  if (plan->answer)
    {
      place_answer (group, input, plan, metrics, y);
      y += metrics->line;
    }
  if (plan->detail && plan->below)
    {
      place_line (group, input, GSC_STRIP_DETAIL, metrics, middle, y, 0.5);
      y += metrics->line;
    }
  if (plan->note)
    place_line (group, input, GSC_STRIP_NOTE, metrics, middle, y, 0.5);
}

/* Right-aligned beside the first row; returns the width they take. */
static double
add_titles (GscStripLayout *layout,
            const GscStripInput *input,
            const Plan *plan,
            const Metrics *metrics,
            const GscRect *area)
{
  double width = 0, size = metrics->style.text_size;
  double gap = GROUP_GAP * size;
  double room;

  layout->titles = g_new0 (GscLabel, GSC_STRIP_N_LINES + 1);
  for (guint i = 0; i <= GSC_STRIP_N_LINES; i++)
    {
      gboolean shown = i == GSC_STRIP_N_LINES
                       || (shows_line (plan, i) && (i != GSC_STRIP_DETAIL || plan->below));
      const char *title = i == GSC_STRIP_N_LINES ? input->cells_title : input->titles[i];

      gsc_label_init (&layout->titles[i], &metrics->style, GSC_FONT_NORMAL, shown ? title : NULL);
      width = MAX (width, layout->titles[i].rect.width);
    }
  layout->n_titles = GSC_STRIP_N_LINES + 1;
  room = area->width - width - TITLE_GAP * size;
  if (width == 0)
    return 0;
  if (width > MAX_TITLE_SHARE * area->width
      || metrics->per_row * (metrics->width + gap) - gap > room)
    {
      for (guint i = 0; i < layout->n_titles; i++)
        gsc_label_clear (&layout->titles[i]);
      return 0;
    }
  return width + TITLE_GAP * size;
}

static void
place_titles (GscStripLayout *layout, const Metrics *metrics, double right)
{
  const GscStripGroupLayout *group = &layout->groups[layout->first];

  for (guint i = 0; i < layout->n_titles; i++)
    {
      double middle = i == GSC_STRIP_N_LINES ? group->frame.y + group->frame.height / 2
                                             : group->lines[i].rect.y + metrics->line / 2;

      gsc_label_place (&layout->titles[i], right, middle, 1, 0.5);
    }
}

/* Which groups there is room for, around the cursor or at the end. */
static void
choose_groups (GscStripLayout *layout,
               const GscStripInput *input,
               const Metrics *metrics,
               const GscRect *area)
{
  double gap = ROW_GAP * metrics->style.text_size;
  guint rows = (guint) CLAMP ((area->height + gap) / (metrics->height + gap), 1, metrics->rows);
  guint last = input->n_groups - 1;

  layout->n_shown = MIN (rows * metrics->per_row, input->n_groups);
  if (input->cursor >= 0 && (guint) input->cursor < input->n_groups)
    last = MIN (last, MAX ((guint) input->cursor + layout->n_shown / 2, layout->n_shown - 1));
  layout->first = last + 1 - layout->n_shown;
}

static void
place_groups (GscStripLayout *layout,
              const GscStripInput *input,
              const Plan *plan,
              const Metrics *metrics,
              const GscRect *area)
{
  guint rows = (layout->n_shown + metrics->per_row - 1) / metrics->per_row;
  guint per_row = (layout->n_shown + rows - 1) / rows; /* rows as equal as can be */
  double size = metrics->style.text_size;
  double titles = add_titles (layout, input, plan, metrics, area);
  double gap = GROUP_GAP * size;
  double width = (area->width - titles + gap) / per_row - gap;
  double height = metrics->height;
  double row_gap, left, top;

  width = CLAMP (width, MIN (metrics->width, area->width),
                 MAX (metrics->width, GSC_STRIP_N_CELLS * MAX_CELL_WIDTH * size));
  row_gap = rows > 1 ? (area->height - rows * height) / (rows - 1) : 0;
  row_gap = CLAMP (row_gap, 0, 2 * ROW_GAP * size);
  left = area->x + titles + MAX (area->width - titles - per_row * (width + gap) + gap, 0) / 2;
  top = area->y + MAX (area->height - rows * (height + row_gap) + row_gap, 0) / 2;
  for (guint i = 0; i < layout->n_shown; i++)
    {
      guint index = layout->first + i;
      GscStripGroupLayout *group = &layout->groups[index];

      group->rect = (GscRect){ left + (i % per_row) * (width + gap),
                               top + (i / per_row) * (height + row_gap), width, height };
      place_group (group, &input->groups[index], plan, metrics);
    }
  if (titles > 0)
    place_titles (layout, metrics, left - TITLE_GAP * size);
}

GscStripLayout *
gsc_strip_layout (const GscStripInput *input, const GscStyle *style, const GscRect *area)
{
  GscStripLayout *layout = g_new0 (GscStripLayout, 1);
  const Plan *plan = NULL;
  Widths widths;
  Metrics metrics;

  layout->text_size = style->text_size;
  layout->n_groups = input->n_groups;
  layout->groups = g_new0 (GscStripGroupLayout, input->n_groups);
  if (input->n_groups == 0)
    return layout;
  widths = measure_all (style, input);
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      plan = &plans[i];
      metrics = get_metrics (plan, &widths, style, input->n_groups, area);
      if (fits (&metrics, area))
        break;
    }
  layout->text_size = metrics.style.text_size;
  layout->answers = plan->answer;
  choose_groups (layout, input, &metrics, area);
  place_groups (layout, input, plan, &metrics, area);
  return layout;
}

void
gsc_strip_layout_free (GscStripLayout *layout)
{
  if (layout == NULL)
    return;
  for (guint i = 0; i < layout->n_groups; i++)
    {
      for (guint j = 0; j < GSC_STRIP_N_CELLS; j++)
        gsc_label_clear (&layout->groups[i].numbers[j]);
      for (guint j = 0; j < GSC_STRIP_N_LINES; j++)
        gsc_label_clear (&layout->groups[i].lines[j]);
    }
  for (guint i = 0; i < layout->n_titles; i++)
    gsc_label_clear (&layout->titles[i]);
  g_free (layout->titles);
  g_free (layout->groups);
  g_free (layout);
}

/* Painting */

static void
paint_cells (cairo_t *cr,
             const GscStripGroupLayout *group,
             const GscStripGroup *input,
             gboolean framed,
             const GscStyle *style)
{
  const GscPalette *palette = style->palette;

  for (guint i = 0; i < GSC_STRIP_N_CELLS; i++)
    {
      gboolean last = i == GSC_STRIP_N_CELLS - 1;

      if (last && input->open)
        gsc_style_set_color (cr, &palette->background);
      else
        gsc_style_set_color (cr, last ? &palette->output : &palette->input);
      gsc_style_add_rect (cr, &group->cells[i]);
      cairo_fill (cr);
      gsc_label_paint (cr, &group->numbers[i], style, &palette->foreground);
    }
  gsc_style_set_dash (cr, GSC_DASH_SOLID, framed ? 2 * style->axis_width : style->grid_width);
  gsc_style_set_color (cr, framed ? &palette->foreground : &palette->dim);
  gsc_style_add_rect (cr, &group->frame);
  cairo_stroke (cr);
  if (input->open && !framed)
    {
      gsc_style_add_rect (cr, &group->cells[GSC_STRIP_N_CELLS - 1]);
      cairo_stroke (cr);
    }
}

static void
paint_lines (cairo_t *cr,
             const GscStripGroupLayout *group,
             const GscStripGroup *input,
             gboolean marked,
             const GscStyle *style)
{
  const GscPalette *palette = style->palette;
  const GscColor *color = input->verdict == GSC_VERDICT_RIGHT ? &palette->right : &palette->wrong;

  for (guint i = 0; i < GSC_STRIP_N_LINES; i++)
    gsc_label_paint (cr, &group->lines[i], style,
                     i == GSC_STRIP_ANSWER ? &palette->foreground : &palette->dim);
  if (marked)
    gsc_style_paint_verdict (cr, input->verdict, group->mark.x, group->mark.y,
                             MARK_SIZE * style->text_size, color);
}

void
gsc_strip_paint (cairo_t *cr,
                 const GscStripLayout *layout,
                 const GscStripInput *input,
                 const GscStyle *style)
{
  GscStyle own = *style;

  own.text_size = layout->text_size;
  cairo_save (cr);
  for (guint i = layout->first; i < layout->first + layout->n_shown; i++)
    {
      paint_cells (cr, &layout->groups[i], &input->groups[i], (int) i == input->cursor, &own);
      paint_lines (cr, &layout->groups[i], &input->groups[i], layout->answers, &own);
    }
  for (guint i = 0; i < layout->n_titles; i++)
    gsc_label_paint (cr, &layout->titles[i], &own, &own.palette->dim);
  cairo_restore (cr);
}

gboolean
gsc_strip_pick (const GscStripLayout *layout, double x, double y, GscStripPick *pick)
{
  for (guint i = layout->first; i < layout->first + layout->n_shown; i++)
    {
      const GscStripGroupLayout *group = &layout->groups[i];
      double share = (x - group->frame.x) / group->frame.width;

      if (!gsc_rect_contains (&group->rect, x, y))
        continue;
      pick->group = i;
      pick->cell = (guint) CLAMP (share * GSC_STRIP_N_CELLS, 0, GSC_STRIP_N_CELLS - 1);
      return TRUE;
    }
  return FALSE;
}
