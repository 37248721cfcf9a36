/* gsc-figure-task-table.c - z over (x, y) for one task
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-maps.h"
#include "gsc-figure-pages.h"

/* Test inputs, right and wrong answers. */
#define MAX_ENTRIES 3

/* What the model said about one pair. */
typedef struct
{
  const GscProbeAnswer *answer; /* NULL: the pair is not asked for in the sequence shown */
  guint example;
} PairAnswer;

static char *
print_task (const GscTask *task, int p)
{
  return g_strdup_printf ("z = %dx + %dy mod %d", task->a, task->b, p);
}

/* Whether the frame's sequence has examples of this task only. */
static gboolean
has_own_probe (const GscFrame *frame, const GscTask *task)
{
  const GscProbe *probe = frame->probe;

  if (probe == NULL || probe->p != frame->run->config.p)
    return FALSE;
  for (guint i = 0; i + 2 < probe->n_tokens; i += 3)
    if (gsc_task_answer (task, probe->p, probe->tokens[i], probe->tokens[i + 1])
        != probe->tokens[i + 2])
      return FALSE;
  return TRUE;
}

/* answers[p * p], by cell: the latest answer of the model to each pair of the sequence. */
static void
fill_answers (const GscFrame *frame, const GscTask *task, PairAnswer *answers)
{
  const GscProbe *probe = frame->probe;
  int p = frame->run->config.p;

  memset (answers, 0, (gsize) (p * p) * sizeof *answers);
  if (!has_own_probe (frame, task))
    return;
  for (guint i = 0; i < probe->n_answers; i++)
    {
      const GscProbeAnswer *answer = &probe->answers[i];
      const gint32 *query = &probe->tokens[3 * answer->shot];

      answers[query[1] * p + query[0]] = (PairAnswer){ answer, answer->shot };
    }
}

static gboolean
is_right (const GscFrame *frame, const GscTask *task, const GscProbeAnswer *answer)
{
  const gint32 *query = &frame->probe->tokens[3 * answer->shot];

  return answer->answer == gsc_task_answer (task, frame->run->config.p, query[0], query[1]);
}

/* Cells x across and y up. */
static GscHeatMapInput
make_grid (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  const GscTask *task = gsc_figure_pages_get_task (frame);
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  int p = frame->run->config.p;
  gsize n = (gsize) (p * p);
  double *values = gsc_figure_page_alloc (page, n * sizeof *values);
  GscColor *colors = gsc_figure_page_alloc (page, n * sizeof *colors);
  guint8 *flags = gsc_figure_page_alloc (page, n);
  g_autofree PairAnswer *answers = g_new (PairAnswer, n);
  const GscColorScale scale = { GSC_COLOR_SCALE_LIGHT, 0, p - 1 };

  fill_answers (frame, task, answers);
  for (int i = 0; i < p * p; i++)
    {
      int x = i % p, y = i / p;
      gboolean test = !gsc_input_split_is_train (frame->run->inputs, x, y);

      values[i] = gsc_task_answer (task, p, x, y);
      colors[i] = gsc_color_scale_get (&scale, values[i]);
      if (test && options->hide_test_inputs)
        {
          values[i] = NAN;
          colors[i] = palette->hidden;
        }
      else if (test)
        flags[i] |= GSC_CELL_DOTTED;
      if (answers[i].answer != NULL)
        flags[i] |= is_right (frame, task, answers[i].answer) ? GSC_CELL_RIGHT : GSC_CELL_WRONG;
    }
  return (GscHeatMapInput){
    .x_title = "x",
    .y_title = "y",
    .columns = (guint) p,
    .rows = (guint) p,
    .values = values,
    .numbers = TRUE,
    .flags = flags,
    .scale = scale,
    .colors = colors,
  };
}

static GscLegendInput
make_legend (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  const GscTask *task = gsc_figure_pages_get_task (frame);
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscLegendEntry *entries = gsc_figure_page_alloc (page, MAX_ENTRIES * sizeof *entries);
  GscLegendInput legend = { .entries = entries };

  entries[legend.n_entries++] = (GscLegendEntry){
    .text = options->hide_test_inputs ? _ ("test input") : _ ("test input (others: training)"),
    .kind = GSC_LEGEND_CELL,
    .color = options->hide_test_inputs ? palette->hidden : palette->background,
    .dotted = !options->hide_test_inputs,
  };
  if (!has_own_probe (frame, task))
    return legend;
  for (guint verdict = GSC_VERDICT_RIGHT; verdict <= GSC_VERDICT_WRONG; verdict++)
    entries[legend.n_entries++] = (GscLegendEntry){
      .text
      = verdict == GSC_VERDICT_RIGHT ? _ ("right in the sequence") : _ ("wrong in the sequence"),
      .kind = GSC_LEGEND_CELL,
      .color = palette->background,
      .verdict = verdict,
    };
  return legend;
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const GscTask *task = gsc_figure_pages_get_task (frame);
  gboolean ood = task->role == GSC_TASK_ROLE_OOD;
  g_autofree char *formula = print_task (task, frame->run->config.p);
  g_autofree char *title
      /* Translators: a formula, and what the task is in this run. */
      = g_strdup_printf (ood ? _ ("%s (held out, o.o.d.)") : _ ("%s (pre-training, i.d.)"),
                         formula);
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, FALSE);
  GscRect content = gsc_figure_page_get_content (page);
  GscHeatMapInput grid = make_grid (page, frame, options);
  GscLegendInput legend = make_legend (page, frame, options);
  GscColorBarInput bar = { .scale = grid.scale, .whole = TRUE, .title = "z" };

  if (options->bare)
    grid.heading = gsc_figure_page_print (page, "%s", formula);
  gsc_figure_maps_add (page, &grid, 1, &bar, &legend, &content);
  return page;
}

static void
append_answer (GString *text, const GscFrame *frame, const GscTask *task, const PairAnswer *pair)
{
  g_string_append_c (text, '\n');
  /* Translators: the model's answer and its probability. */
  g_string_append_printf (text,
                          is_right (frame, task, pair->answer)
                              ? _ ("example %u of the sequence: the model says %d (%s), right")
                              : _ ("example %u of the sequence: the model says %d (%s), wrong"),
                          pair->example + 1, pair->answer->answer,
                          GSC_PERCENT (pair->answer->probability));
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscHeatMapLayout *layout = gsc_figure_page_get_heat_map (page, 0);
  const GscTask *task = gsc_figure_pages_get_task (frame);
  int p = frame->run->config.p;
  int cell = gsc_heat_map_pick (layout, x, y);
  g_autofree PairAnswer *answers = NULL;
  gboolean train;
  GString *text;

  if (cell < 0)
    return FALSE;
  pick->kind = GSC_PICK_INPUT;
  pick->x = cell % p;
  pick->y = cell / p;
  pick->rect = gsc_heat_map_layout_get_cell (layout, (guint) pick->x, (guint) pick->y);
  train = gsc_input_split_is_train (frame->run->inputs, pick->x, pick->y);
  text = g_string_new (NULL);
  g_string_append_printf (text,
                          train ? _ ("(x, y) = (%d, %d), z = %d, training input")
                                : _ ("(x, y) = (%d, %d), z = %d, test input"),
                          pick->x, pick->y, gsc_task_answer (task, p, pick->x, pick->y));
  answers = g_new (PairAnswer, p * p);
  fill_answers (frame, task, answers);
  if (answers[cell].answer != NULL)
    append_answer (text, frame, task, &answers[cell]);
  pick->text = g_string_free (text, FALSE);
  return TRUE;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscTask *task = gsc_figure_pages_get_task (frame);
  const GscInputSplit *inputs = frame->run->inputs;
  g_autofree char *formula = print_task (task, frame->run->config.p);
  gboolean hidden = options->hide_test_inputs;
  const char *format;

  /* Translators: a formula and three numbers. */
  if (task->role == GSC_TASK_ROLE_OOD)
    format = hidden
                 ? _ ("%s, a held-out task (o.o.d.), for all %u pairs (x, y): %u training inputs "
                      "and %u test inputs, which are blacked out.")
                 : _ ("%s, a held-out task (o.o.d.), for all %u pairs (x, y): %u training inputs "
                      "and %u test inputs.");
  else
    format = hidden ? _ ("%s, a pre-training task (i.d.), for all %u pairs (x, y): %u training "
                         "inputs and %u test inputs, which are blacked out.")
                    : _ ("%s, a pre-training task (i.d.), for all %u pairs (x, y): %u training "
                         "inputs and %u test inputs.");
  return g_strdup_printf (format, formula, inputs->n_train + inputs->n_test, inputs->n_train,
                          inputs->n_test);
}

/* A row for each pair, by x and y. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = { "x", "y", "z", "inputs", "model_answer", NULL };
  const GscTask *task = gsc_figure_pages_get_task (frame);
  GscFigureTable *table = gsc_figure_table_new (columns);
  int p = frame->run->config.p;
  g_autofree PairAnswer *answers = g_new (PairAnswer, p * p);

  fill_answers (frame, task, answers);
  for (int i = 0; i < p * p; i++)
    {
      int x = i / p, y = i % p;
      const GscProbeAnswer *answer = answers[y * p + x].answer;
      gboolean train = gsc_input_split_is_train (frame->run->inputs, x, y);
      gboolean hidden = !train && options->hide_test_inputs;

      gsc_figure_table_add_int (table, x);
      gsc_figure_table_add_int (table, y);
      gsc_figure_table_add_number (table, hidden ? NAN : gsc_task_answer (task, p, x, y));
      gsc_figure_table_add_text (table, train ? "training" : "test");
      gsc_figure_table_add_number (table, answer != NULL ? answer->answer : NAN);
    }
  return table;
}

const GscFigureClass gsc_figure_task_table = {
  .name = "task-table",
  .title = N_ ("Task table"),
  .slope = 0.8,
  .base = 40,
  .narrow = 20,
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
};
