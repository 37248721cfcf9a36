/* gsc-figure-ablation.c - how the accuracies change without each head
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row for the model as it is, then one for each head; a column for each of the four sets. Layers
 * and heads count from 1 in all text.
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-difference.h"

/* The scale reaches at least so far, or chance would look like an effect. */
#define LEAST_LIMIT 0.1

/* What to say where there is nothing to show. */
static const char *
get_missing (void)
{
  return _ ("No ablations yet");
}

static const GscAblationTable *
get_table (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_ABLATION];

  return insight != NULL ? insight->ablation : NULL;
}

static gboolean
is_last (const GscFigureOptions *options)
{
  return options->measure == GSC_MEASURE_LAST_ACCURACY;
}

static guint
count_heads (const GscAblationTable *table)
{
  return (guint) (table->model.depth * table->model.heads);
}

static guint
get_layer (const GscAblationTable *table, guint index)
{
  return index / (guint) table->model.heads;
}

static guint
get_head (const GscAblationTable *table, guint index)
{
  return index % (guint) table->model.heads;
}

static gboolean
is_ablated (const GscAblationTable *table, guint index)
{
  return gsc_ablation_table_is_ablated (table, get_layer (table, index), get_head (table, index));
}

static const GscAblationMeasure *
get_measure (const GscAblationScore *score, const GscFigureOptions *options, guint set)
{
  return is_last (options) ? &score->last[set] : &score->all[set];
}

/* For files. */
static const char *
get_mode_name (const GscAblationTable *table)
{
  return table->mode == GSC_ABLATION_MEAN ? "mean" : "zero";
}

/* The largest change, up or down, on any set. */
static double
find_limit (const GscAblationTable *table, const GscFigureOptions *options)
{
  double limit = LEAST_LIMIT;

  for (guint i = 0; i < count_heads (table); i++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      limit = MAX (limit, fabs (get_measure (&table->heads[i], options, set)->change));
  return limit;
}

/* 0 where there is no model. */
static double
get_extent (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscAblationTable *table = get_table (frame);

  return table != NULL ? find_limit (table, options) : 0;
}

/* Page */

static void
fill_rows (GscFigurePage *page,
           const GscAblationTable *table,
           const GscFigureOptions *options,
           const char **names,
           const char **groups,
           const char **texts,
           double *values)
{
  guint n_ablated = gsc_ablation_count (table->ablated);

  /* Translators: the model without a further ablation, which the others are compared with. */
  groups[0] = _ ("base line");
  names[0]
      = n_ablated == 0
            ? groups[0]
            : gsc_figure_page_print (
                page, /* Translators: heads that are switched off. */
                ngettext ("base line, %u ablated", "base line, %u ablated", n_ablated), n_ablated);
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      values[set] = NAN;
      texts[set] = gsc_figure_page_print (
          page, "%s", GSC_SHARE (get_measure (&table->base, options, set)->accuracy));
    }
  for (guint i = 0; i < count_heads (table); i++)
    {
      guint layer = get_layer (table, i), head = get_head (table, i);

      g_autofree char *name = gsc_figure_pages_describe_head (layer, head);

      names[i + 1] = gsc_figure_page_print (page, "%s", name);
      if (head == 0)
        groups[i + 1] = gsc_figure_page_print (page, _ ("layer %u"), layer + 1);
      for (guint set = 0; set < GSC_N_SETS; set++)
        {
          guint cell = (i + 1) * GSC_N_SETS + set;
          double change = get_measure (&table->heads[i], options, set)->change;

          values[cell] = is_ablated (table, i) ? NAN : change;
          texts[cell] = is_ablated (table, i)
                            ? "–"
                            : gsc_figure_page_print (page, "%s", GSC_DIFFERENCE (change));
        }
    }
}

static GscCellTableInput
make_input (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  /* Translators: in and out of distribution: tasks of the pre-training and tasks held out. */
  const char *id = _ ("i.d."), *ood = _ ("o.o.d.");
  /* Translators: inputs of the training and of the test. */
  const char *train = C_ ("inputs", "train"), *test = C_ ("inputs", "test");
  const char **tasks = gsc_figure_page_alloc (page, 2 * GSC_N_SETS * sizeof *tasks);
  const char **inputs = tasks + GSC_N_SETS;
  const GscAblationTable *table = get_table (frame);
  guint rows = count_heads (table) + 1;
  const char **names = gsc_figure_page_alloc (page, rows * sizeof *names);
  const char **groups = gsc_figure_page_alloc (page, rows * sizeof *groups);
  const char **texts = gsc_figure_page_alloc (page, rows * GSC_N_SETS * sizeof *texts);
  double *values = gsc_figure_page_alloc (page, rows * GSC_N_SETS * sizeof *values);
  double limit = MAX (get_extent (frame, options),
                      frame->beside != NULL ? get_extent (frame->beside, options) : 0);
  guint cursor = frame->cursor.layer * (guint) table->model.heads + frame->cursor.head;

  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      tasks[set] = set == GSC_SET_ID_TRAIN || set == GSC_SET_ID_TEST ? id : ood;
      inputs[set] = set == GSC_SET_ID_TRAIN || set == GSC_SET_OOD_TRAIN ? train : test;
    }
  fill_rows (page, table, options, names, groups, texts, values);
  return (GscCellTableInput){
    .rows = rows,
    .columns = GSC_N_SETS,
    .headings = { tasks, inputs },
    .row_names = names,
    .groups = groups,
    .values = values,
    .texts = texts,
    .scale = { GSC_COLOR_SCALE_DIVERGING, -limit, limit },
    .cursor = options->show_cursor && cursor < rows - 1 ? (int) cursor + 1 : -1,
  };
}

static const char *
get_title (const GscAblationTable *table, const GscFigureOptions *options)
{
  gboolean last = is_last (options);

  if (table == NULL)
    return last ? _ ("Change of accuracy at the last shot without each head")
                : _ ("Change of accuracy over all shots without each head");
  /* Translators: what each head gives is replaced by its mean, or by zero. */
  if (table->mode == GSC_ABLATION_MEAN)
    return last ? _ ("Change of accuracy at the last shot without each head (its mean instead)")
                : _ ("Change of accuracy over all shots without each head (its mean instead)");
  return last ? _ ("Change of accuracy at the last shot without each head (zero instead)")
              : _ ("Change of accuracy over all shots without each head (zero instead)");
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const GscAblationTable *table = get_table (frame);
  const char *title = get_title (table, options);
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  g_autoptr (GscCellTableLayout) probe = NULL;
  g_autoptr (GscColorBarLayout) bar_probe = NULL;
  const GscCellTableLayout *layout;
  GscCellTableInput input;
  GscColorBarInput bar;
  GscRect bar_area;

  if (table == NULL)
    {
      gsc_figure_page_add_note (page, get_missing (), &area);
      return page;
    }
  input = make_input (page, frame, options);
  probe = gsc_cell_table_layout (&input, style, &area);
  if (probe->text_size > 0)
    {
      gsc_figure_page_add_cell_table (page, &input, &area);
      return page;
    }

  /* without numbers in the cells a key to the colours is needed */
  bar = (GscColorBarInput){ .scale = input.scale, .title = _ ("change") };
  bar_probe = gsc_color_bar_layout (&bar, style, &area);
  area.width = MAX (area.width - bar_probe->width - style->text_size, 1);
  layout = gsc_figure_page_add_cell_table (page, &input, &area);
  bar_area = (GscRect){ gsc_rect_right (&layout->plot) + style->text_size, layout->plot.y,
                        bar_probe->width, layout->plot.height };
  gsc_figure_page_add_color_bar (page, &bar, &bar_area);
  return page;
}

/* Picks and words */

/* "0.71 → 0.40 (−0.31 ± 0.02)" */
static char *
describe_measure (const GscAblationMeasure *base, const GscAblationMeasure *measure)
{
  char error[GSC_TICK_LABEL_SIZE];

  return g_strdup_printf ("%s → %s (%s ± %s)", GSC_SHARE (base->accuracy),
                          GSC_SHARE (measure->accuracy), GSC_DIFFERENCE (measure->change),
                          gsc_ticks_format (measure->change_error, -3, FALSE, error));
}

static char *
describe_head (const GscAblationTable *table,
               const GscFigureOptions *options,
               guint index,
               int only)
{
  guint layer = get_layer (table, index) + 1, head = get_head (table, index) + 1;
  g_autofree char *sequences = gsc_figure_pages_describe_sequences (table->sequences);
  GString *text;

  if (is_ablated (table, index))
    return g_strdup_printf (_ ("layer %u, head %u\nablated in all rows"), layer, head);
  text = g_string_new (NULL);
  /* Translators: what the head gives is replaced by its mean, or by zero. */
  g_string_append_printf (text,
                          table->mode == GSC_ABLATION_MEAN ? _ ("layer %u, head %u, mean ablation")
                                                           : _ ("layer %u, head %u, zero ablation"),
                          layer, head);
  for (guint set = 0; set < GSC_N_SETS; set++)
    if (only < 0 || set == (guint) only)
      {
        g_autofree char *measure
            = describe_measure (get_measure (&table->base, options, set),
                                get_measure (&table->heads[index], options, set));

        g_string_append_printf (text, "\n%s %s", gsc_figure_pages_get_set_title (set), measure);
      }
  g_string_append_printf (text, "\n%s", sequences);
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
  const GscAblationTable *table = get_table (frame);
  const GscCellTableLayout *layout = gsc_figure_page_get_cell_table (page, 0);
  GscCellTablePick found;

  if (layout == NULL || !gsc_cell_table_pick (layout, x, y, &found) || found.row == 0)
    return FALSE;
  pick->kind = GSC_PICK_HEAD;
  pick->layer = get_layer (table, found.row - 1);
  pick->head = get_head (table, found.row - 1);
  pick->rect = gsc_cell_table_layout_get_cell (layout, found.row, (guint) MAX (found.column, 0));
  if (found.column < 0)
    pick->rect.width = layout->plot.width;
  pick->text = describe_head (table, options, found.row - 1, found.column);
  return TRUE;
}

/* Up and down go through the rows. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  const GscAblationTable *table = get_table (frame);
  guint heads, n, index;

  if (table == NULL)
    return FALSE;
  heads = (guint) table->model.heads;
  n = count_heads (table);
  index = MIN (cursor->layer * heads + MIN (cursor->head, heads - 1), n - 1);
  if (direction == GSC_DIRECTION_UP && index > 0)
    index--;
  else if (direction == GSC_DIRECTION_DOWN && index + 1 < n)
    index++;
  else
    return FALSE;
  cursor->layer = index / heads;
  cursor->head = index % heads;
  return TRUE;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscAblationTable *table = get_table (frame);
  gboolean last = is_last (options);
  g_autofree char *sequences = NULL;
  const GscAblationMeasure *base;
  GString *text;
  guint n_ablated;
  int worst;

  if (table == NULL)
    return gsc_figure_pages_end_sentence (get_missing ());
  sequences = gsc_figure_pages_describe_sequences (table->sequences);
  n_ablated = gsc_ablation_count (table->ablated);
  text = g_string_new (NULL);
  worst = gsc_ablation_table_find_worst (table, GSC_SET_OOD_TEST, is_last (options));
  base = get_measure (&table->base, options, GSC_SET_OOD_TEST);
  if (worst < 0
      || !gsc_ablation_measure_is_clear (
          get_measure (&table->heads[worst], options, GSC_SET_OOD_TEST)))
    g_string_append_printf (
        text,
        last ? _ ("No head alone matters clearly for o.o.d./test at the last shot: without any of "
                  "them the accuracy stays near %s.")
             : _ ("No head alone matters clearly for o.o.d./test over all shots: without any of "
                  "them the accuracy stays near %s."),
        GSC_SHARE (base->accuracy));
  else
    {
      g_autofree char *change
          = describe_measure (base, get_measure (&table->heads[worst], options, GSC_SET_OOD_TEST));

      /* Translators: the last is "0.71 → 0.40 (−0.31 ± 0.02)". */
      g_string_append_printf (
          text,
          last ? _ ("Layer %u, head %u matters most: without it the accuracy on o.o.d./test at the "
                    "last shot goes %s.")
               : _ ("Layer %u, head %u matters most: without it the accuracy on o.o.d./test over "
                    "all shots goes %s."),
          get_layer (table, (guint) worst) + 1, get_head (table, (guint) worst) + 1, change);
    }
  g_string_append_c (text, ' ');
  /* Translators: the last is "256 sequences". */
  g_string_append_printf (text,
                          table->mode == GSC_ABLATION_MEAN
                              ? _ ("Mean ablation of %u heads one by one, %s in each set.")
                              : _ ("Zero ablation of %u heads one by one, %s in each set."),
                          count_heads (table), sequences);
  if (n_ablated > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text,
                              ngettext ("Beside them %u head is ablated already.",
                                        "Beside them %u heads are ablated already.", n_ablated),
                              n_ablated);
    }
  return g_string_free (text, FALSE);
}

static void
add_row (GscFigureTable *tidy,
         const GscAblationTable *table,
         const GscAblationScore *score,
         const GscFigureOptions *options,
         int index,
         guint set)
{
  const GscAblationMeasure *measure = get_measure (score, options, set);
  gboolean base = index < 0;

  if (base)
    {
      gsc_figure_table_add_text (tidy, "");
      gsc_figure_table_add_text (tidy, "");
    }
  else
    {
      gsc_figure_table_add_int (tidy, get_layer (table, (guint) index) + 1);
      gsc_figure_table_add_int (tidy, get_head (table, (guint) index) + 1);
    }
  gsc_figure_table_add_text (tidy, base                                ? "none"
                                   : is_ablated (table, (guint) index) ? "already"
                                                                       : get_mode_name (table));
  gsc_figure_table_add_text (tidy, gsc_set_get_name (set));
  gsc_figure_table_add_number (tidy, measure->accuracy);
  gsc_figure_table_add_number (tidy, measure->error);
  gsc_figure_table_add_number (tidy, measure->change);
  gsc_figure_table_add_number (tidy, measure->change_error);
  gsc_figure_table_add_int (tidy, table->sequences);
}

/* The base line has neither layer nor head. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[]
      = { "layer",          "head",   "ablation",     "set",       "accuracy",
          "standard_error", "change", "change_error", "sequences", NULL };
  const GscAblationTable *table = get_table (frame);
  GscFigureTable *tidy = gsc_figure_table_new (columns);

  for (int i = -1; table != NULL && i < (int) count_heads (table); i++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      add_row (tidy, table, i < 0 ? &table->base : &table->heads[i], options, i, set);
  return tidy;
}

const GscFigureClass gsc_figure_ablation = {
  .name = "ablation",
  .title = N_ ("Ablation"),
  .needs_model = TRUE,
  .measure = GSC_MEASURE_LAST_ACCURACY,
  .slope = 0.4,
  .base = 60,
  .narrow = 30,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
  .get_extent = get_extent,
};
