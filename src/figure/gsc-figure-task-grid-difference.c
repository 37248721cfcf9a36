/* gsc-figure-task-grid-difference.c - accuracies of all tasks of one frame minus another's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-difference.h"
#include "gsc-figure-maps.h"
#include "gsc-task-scores.h"

#define MAX_ENTRIES 3

static guint
count_cells (const GscFrame *frame)
{
  return (guint) (frame->run->config.p * frame->run->config.p);
}

/* Tasks of different primes are different tasks. */
static gboolean
is_comparable (const GscFrame *frame)
{
  return frame->run->config.p == frame->beside->run->config.p;
}

static gboolean
is_pre_training (const GscRunData *data, int a, int b)
{
  return data->tasks->tasks[gsc_task_split_lookup (data->tasks, a, b)].role
         == GSC_TASK_ROLE_PRE_TRAINING;
}

/* Of both frames and of their difference, [p * p] each by cell. */
typedef struct
{
  GscTaskScore *a;
  GscTaskScore *b;
  double *difference; /* NaN where either is not measured */
} Scores;

static void
scores_init (Scores *scores, const GscFrame *frame, GscInputs inputs, GscMeasure measure)
{
  guint n = count_cells (frame);

  scores->a = g_new (GscTaskScore, n);
  scores->b = g_new (GscTaskScore, n);
  scores->difference = g_new (double, n);
  gsc_task_scores_fill (frame, inputs, measure, scores->a);
  gsc_task_scores_fill (frame->beside, inputs, measure, scores->b);
  for (guint i = 0; i < n; i++)
    scores->difference[i] = scores->a[i].accuracy - scores->b[i].accuracy;
}

static void
scores_clear (Scores *scores)
{
  g_free (scores->a);
  g_free (scores->b);
  g_free (scores->difference);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scores, scores_clear)

/* Page */

static double
find_largest (const GscHeatMapInput *grids)
{
  double largest = 0;

  for (guint i = 0; i < GSC_N_INPUTS; i++)
    for (guint cell = 0; cell < grids[i].columns * grids[i].rows; cell++)
      largest = fmax (largest, fabs (grids[i].values[cell]));
  return largest;
}

static GscHeatMapInput
make_grid (GscFigurePage *page,
           const GscFrame *frame,
           const GscFigureOptions *options,
           GscInputs inputs)
{
  guint p = (guint) frame->run->config.p;
  double *values = gsc_figure_page_alloc (page, (gsize) p * p * sizeof *values);
  guint8 *flags = gsc_figure_page_alloc (page, (gsize) p * p);
  const GscTask *task = gsc_figure_pages_get_task (frame);
  GscHeatMapCursor *cursor = gsc_figure_page_alloc (page, sizeof *cursor);
  g_auto (Scores) scores = { 0 };

  scores_init (&scores, frame, inputs, options->measure);
  for (guint i = 0; i < p * p; i++)
    {
      values[i] = scores.difference[i];
      if (is_pre_training (frame->run, (int) (i % p), (int) (i / p)))
        flags[i] |= GSC_CELL_DOTTED;
    }
  *cursor = (GscHeatMapCursor){ .column = (guint) task->a, .row = (guint) task->b };
  return (GscHeatMapInput){
    .heading = gsc_figure_pages_get_inputs_title (inputs),
    .x_title = "a",
    .y_title = "b",
    .columns = p,
    .rows = p,
    .values = values,
    .flags = flags,
    .cursor = options->show_cursor ? cursor : NULL,
  };
}

static gboolean
has_missing (const GscHeatMapInput *grids)
{
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    for (guint cell = 0; cell < grids[i].columns * grids[i].rows; cell++)
      if (isnan (grids[i].values[cell]))
        return TRUE;
  return FALSE;
}

static GscLegendInput
make_legend (GscFigurePage *page, gboolean missing)
{
  static const char *const texts[MAX_ENTRIES]
      = { N_ ("pre-training task (i.d.) of A"), N_ ("held-out task (o.o.d.) of A"),
          N_ ("not measured in both") };
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscLegendEntry *entries = gsc_figure_page_alloc (page, MAX_ENTRIES * sizeof *entries);

  for (guint i = 0; i < MAX_ENTRIES; i++)
    entries[i] = (GscLegendEntry){
      .text = _ (texts[i]),
      .kind = GSC_LEGEND_CELL,
      .color = i < 2 ? palette->background : palette->missing,
      .dotted = i == 0,
    };
  return (GscLegendInput){ entries, missing ? MAX_ENTRIES : MAX_ENTRIES - 1 };
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page
      = gsc_figure_difference_begin (frame, options, style, width, height,
                                     /* Translators: keep the formula; A and B are compared. */
                                     _ ("Accuracy of each task z = ax + by, A − B"));
  GscRect content = gsc_figure_page_get_content (page);
  GscHeatMapInput grids[GSC_N_INPUTS];
  GscColorBarInput bar = { .title = _ ("accuracy, A − B") };
  GscLegendInput legend;

  if (!is_comparable (frame))
    {
      gsc_figure_page_add_note (
          page,
          gsc_figure_page_print (page, _ ("tasks mod %d and mod %d have no difference"),
                                 frame->run->config.p, frame->beside->run->config.p),
          &content);
      return page;
    }
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    grids[i] = make_grid (page, frame, options, i);
  bar.scale = gsc_figure_difference_get_scale (find_largest (grids));
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    grids[i].scale = bar.scale;
  legend = make_legend (page, has_missing (grids));
  gsc_figure_maps_add (page, grids, GSC_N_INPUTS, &bar, &legend, &content);
  return page;
}

/* Pick */

static char *
describe_task (const GscFrame *frame,
               const GscFigureOptions *options,
               guint cell,
               const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      g_auto (Scores) scores = { 0 };

      scores_init (&scores, frame, i, options->measure);
      g_string_append (text, i > 0 ? separator : "");
      /* Translators: "training inputs", then a difference and what it is of. */
      g_string_append_printf (text, _ ("%s %s (A %s, B %s)"), gsc_figure_pages_get_inputs_title (i),
                              GSC_DIFFERENCE (scores.difference[cell]),
                              GSC_SHARE (scores.a[cell].accuracy),
                              GSC_SHARE (scores.b[cell].accuracy));
    }
  return g_string_free (text, FALSE);
}

static const char *
get_role (const GscRunData *data, int a, int b)
{
  /* Translators: what a task is in a run: one of the pre-training, or held out. */
  return is_pre_training (data, a, b) ? _ ("pre-training task") : _ ("o.o.d. task");
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscHeatMapLayout *layout;
  int p = frame->run->config.p;

  for (guint i = 0; (layout = gsc_figure_page_get_heat_map (page, i)) != NULL; i++)
    {
      int cell = gsc_heat_map_pick (layout, x, y);
      g_autofree char *scores = NULL;

      if (cell < 0)
        continue;
      pick->kind = GSC_PICK_TASK;
      pick->a = cell % p;
      pick->b = cell / p;
      pick->rect = gsc_heat_map_layout_get_cell (layout, (guint) pick->a, (guint) pick->b);
      scores = describe_task (frame, options, (guint) cell, "\n");
      /* Translators: what the task (a, b) is in A and in B, then accuracies. */
      pick->text = g_strdup_printf (_ ("(a, b) = (%d, %d) – A: %s, B: %s\n%s"), pick->a, pick->b,
                                    get_role (frame->run, pick->a, pick->b),
                                    get_role (frame->beside->run, pick->a, pick->b), scores);
      return TRUE;
    }
  return FALSE;
}

/* Words and numbers */

static void
append_mean (GString *text, const Scores *scores, guint n, GscInputs inputs)
{
  double sum = 0;
  guint measured = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (scores->difference[i]))
      {
        sum += scores->difference[i];
        measured++;
      }
  /* Translators: "training inputs", then a difference. */
  g_string_append_printf (
      text, ngettext ("%s %s on average over %u task", "%s %s on average over %u tasks", measured),
      gsc_figure_pages_get_inputs_title (inputs),
      GSC_DIFFERENCE (measured > 0 ? sum / measured : NAN), measured);
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscTask *task = gsc_figure_pages_get_task (frame);
  g_autoptr (GString) means = NULL;
  g_autofree char *scores_of_task = NULL;

  if (!is_comparable (frame))
    return g_strdup (_ ("Tasks of different primes have no difference."));
  means = g_string_new (NULL);
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      g_auto (Scores) scores = { 0 };

      scores_init (&scores, frame, i, options->measure);
      g_string_append (means, i > 0 ? ", " : "");
      append_mean (means, &scores, count_cells (frame), i);
    }
  scores_of_task
      = describe_task (frame, options, gsc_task_scores_get_cell (frame->run, task), ", ");
  /* Translators: both lists are of differences on training and on test inputs. */
  return g_strdup_printf (_ ("Accuracy of A minus that of B: %s. (a, b) = (%d, %d): %s."),
                          means->str, task->a, task->b, scores_of_task);
}

/* A row for each task, by a and b. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = { "a",
                                         "b",
                                         "role_a",
                                         "role_b",
                                         "train_accuracy_a",
                                         "train_accuracy_b",
                                         "train_difference",
                                         "test_accuracy_a",
                                         "test_accuracy_b",
                                         "test_difference",
                                         NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);
  int p = frame->run->config.p;
  g_auto (Scores) train = { 0 };
  g_auto (Scores) test = { 0 };

  if (!is_comparable (frame))
    return table;
  scores_init (&train, frame, GSC_INPUTS_TRAIN, options->measure);
  scores_init (&test, frame, GSC_INPUTS_TEST, options->measure);
  for (int a = 0; a < p; a++)
    for (int b = 0; b < p; b++)
      {
        int cell = b * p + a;

        gsc_figure_table_add_int (table, a);
        gsc_figure_table_add_int (table, b);
        gsc_figure_table_add_text (table,
                                   is_pre_training (frame->run, a, b) ? "pre-training" : "ood");
        gsc_figure_table_add_text (
            table, is_pre_training (frame->beside->run, a, b) ? "pre-training" : "ood");
        gsc_figure_table_add_number (table, train.a[cell].accuracy);
        gsc_figure_table_add_number (table, train.b[cell].accuracy);
        gsc_figure_table_add_number (table, train.difference[cell]);
        gsc_figure_table_add_number (table, test.a[cell].accuracy);
        gsc_figure_table_add_number (table, test.b[cell].accuracy);
        gsc_figure_table_add_number (table, test.difference[cell]);
      }
  return table;
}

const GscFigureClass gsc_figure_task_grid_difference = {
  .name = "task-grid-difference",
  .title = N_ ("Task grid, difference"),
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
};
