/* gsc-figure-task-grid.c - roles or accuracies in the plane of all tasks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-maps.h"
#include "gsc-figure-pages.h"
#include "gsc-task-scores.h"

/* A legend entry for each: two roles, not measured. */
#define MAX_ENTRIES 3

static const GscColorScale scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 };

static const char *const role_names[] = {
  [GSC_TASK_ROLE_PRE_TRAINING] = N_ ("pre-training task (i.d.)"),
  [GSC_TASK_ROLE_OOD] = N_ ("held-out task (o.o.d.)"),
};

static const GscTask *
find_task (const GscRunData *data, int a, int b)
{
  return &data->tasks->tasks[gsc_task_split_lookup (data->tasks, a, b)];
}

/* Grids */

/* The cursor's task, whose partners' cells get a hint in @flags. */
static const GscHeatMapCursor *
add_cursor (GscFigurePage *page, const GscFrame *frame, guint8 *flags)
{
  const GscRunData *data = frame->run;
  const GscTask *task = gsc_figure_pages_get_task (frame);
  GscHeatMapCursor *cursor = gsc_figure_page_alloc (page, sizeof *cursor);

  cursor->column = (guint) task->a;
  cursor->row = (guint) task->b;
  for (guint i = 0; task->rectangle >= 0 && i < data->tasks->n_id; i++)
    {
      const GscTask *partner = &data->tasks->tasks[i];

      if (partner->rectangle == task->rectangle && partner != task)
        flags[gsc_task_scores_get_cell (data, partner)] |= GSC_CELL_HINTED;
    }
  return cursor;
}

static GscHeatMapInput
make_grid (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  guint p = (guint) frame->run->config.p;
  guint8 *flags = gsc_figure_page_alloc (page, p * p);

  return (GscHeatMapInput){
    .x_title = "a",
    .y_title = "b",
    .columns = p,
    .rows = p,
    .values = gsc_figure_page_alloc (page, p * p * sizeof (double)),
    .flags = flags,
    .scale = scale,
    .cursor = options->show_cursor ? add_cursor (page, frame, flags) : NULL,
  };
}

static GscHeatMapInput
make_accuracy_grid (GscFigurePage *page,
                    const GscFrame *frame,
                    const GscFigureOptions *options,
                    GscInputs inputs)
{
  const GscRunData *data = frame->run;
  guint n = (guint) (data->config.p * data->config.p);
  GscHeatMapInput grid = make_grid (page, frame, options);
  double *values = (double *) grid.values;
  guint8 *flags = (guint8 *) grid.flags;
  g_autofree GscTaskScore *scores = g_new (GscTaskScore, n);

  gsc_task_scores_fill (frame, inputs, options->measure, scores);
  for (guint i = 0; i < n; i++)
    values[i] = scores[i].accuracy;
  for (guint i = 0; i < data->tasks->n_id; i++)
    flags[gsc_task_scores_get_cell (data, &data->tasks->tasks[i])] |= GSC_CELL_DOTTED;
  grid.heading = gsc_figure_pages_get_inputs_title (inputs);
  return grid;
}

/* Blue and orange, as everything of i.d. and o.o.d. tasks. */
static const GscColor *
get_role_color (const GscStyle *style, GscTaskRole role)
{
  GscSeriesRole series
      = role == GSC_TASK_ROLE_PRE_TRAINING ? GSC_SERIES_ID_TRAIN : GSC_SERIES_OOD_TRAIN;

  return &style->palette->series[series].color;
}

static GscHeatMapInput
make_role_grid (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  const GscRunData *data = frame->run;
  guint n = (guint) (data->config.p * data->config.p);
  GscHeatMapInput grid = make_grid (page, frame, options);
  GscColor *colors = gsc_figure_page_alloc (page, n * sizeof *colors);

  for (guint i = 0; i < n; i++)
    {
      const GscTask *task = &data->tasks->tasks[i];

      colors[gsc_task_scores_get_cell (data, task)]
          = *get_role_color (gsc_figure_page_get_style (page), task->role);
    }
  grid.colors = colors;
  return grid;
}

static gboolean
has_missing (const GscHeatMapInput *grid)
{
  for (guint i = 0; i < grid->columns * grid->rows; i++)
    if (isnan (grid->values[i]))
      return TRUE;
  return FALSE;
}

static GscLegendInput
make_accuracy_legend (GscFigurePage *page, gboolean missing)
{
  GscLegendEntry *entries = gsc_figure_page_alloc (page, MAX_ENTRIES * sizeof *entries);
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;

  for (guint i = 0; i <= GSC_TASK_ROLE_OOD; i++)
    entries[i] = (GscLegendEntry){
      .text = _ (role_names[i]),
      .kind = GSC_LEGEND_CELL,
      .color = palette->background,
      .dotted = i == GSC_TASK_ROLE_PRE_TRAINING,
    };
  entries[2] = (GscLegendEntry){
    .text = _ ("not measured"),
    .kind = GSC_LEGEND_CELL,
    .color = palette->missing,
  };
  return (GscLegendInput){ entries, missing ? 3 : 2 };
}

static GscLegendInput
make_role_legend (GscFigurePage *page, const GscRunData *data)
{
  GscLegendEntry *entries = gsc_figure_page_alloc (page, MAX_ENTRIES * sizeof *entries);
  const guint counts[] = {
    [GSC_TASK_ROLE_PRE_TRAINING] = data->tasks->n_id,
    [GSC_TASK_ROLE_OOD] = data->tasks->n_ood,
  };

  for (guint i = 0; i <= GSC_TASK_ROLE_OOD; i++)
    entries[i] = (GscLegendEntry){
      .text = gsc_figure_page_print (page, "%s: %u", _ (role_names[i]), counts[i]),
      .kind = GSC_LEGEND_CELL,
      .color = *get_role_color (gsc_figure_page_get_style (page), i),
    };
  return (GscLegendInput){ entries, 2 };
}

/* Pages */

static GscFigurePage *
lay_out_roles (const GscFrame *frame,
               const GscFigureOptions *options,
               const GscStyle *style,
               double width,
               double height)
{
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                _ ("Roles of the tasks z = ax + by"), FALSE);
  GscRect content = gsc_figure_page_get_content (page);
  GscHeatMapInput grid = make_role_grid (page, frame, options);
  GscLegendInput legend = make_role_legend (page, frame->run);

  gsc_figure_maps_add (page, &grid, 1, NULL, &legend, &content);
  return page;
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  gboolean last = options->measure == GSC_MEASURE_LAST_ACCURACY;
  GscColorBarInput bar = { .scale = scale, .title = _ ("accuracy") };
  GscHeatMapInput grids[GSC_N_INPUTS];
  GscFigurePage *page;
  GscLegendInput legend;
  GscRect content;

  if (options->grid_colors == GSC_GRID_ROLES)
    return lay_out_roles (frame, options, style, width, height);
  page = gsc_figure_pages_begin (frame, options, style, width, height,
                                 last ? _ ("Accuracy of each task z = ax + by at the last shot")
                                      : _ ("Accuracy of each task z = ax + by over all shots"),
                                 TRUE);
  content = gsc_figure_page_get_content (page);
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    grids[i] = make_accuracy_grid (page, frame, options, i);
  legend = make_accuracy_legend (page, has_missing (&grids[GSC_INPUTS_TRAIN])
                                           || has_missing (&grids[GSC_INPUTS_TEST]));
  gsc_figure_maps_add (page, grids, GSC_N_INPUTS, &bar, &legend, &content);
  return page;
}

/* Pick and move */

static void
append_partners (GString *text, const GscRunData *data, const GscTask *task)
{
  guint n_a = 0, n_b = 0;
  g_autoptr (GString) partners = g_string_new (NULL);

  for (guint i = 0; i < data->tasks->n_id; i++)
    {
      const GscTask *other = &data->tasks->tasks[i];

      if (other == task)
        continue;
      n_a += other->a == task->a;
      n_b += other->b == task->b;
      if (task->rectangle < 0 || other->rectangle != task->rectangle)
        continue;
      g_string_append_printf (partners, "%s(%d, %d)", partners->len > 0 ? ", " : "", other->a,
                              other->b);
    }
  g_string_append_c (text, '\n');
  if (partners->len > 0)
    {
      /* Translators: tasks that are corners of the same rectangle: (a, b), (a, b'), (a', b) ... */
      g_string_append_printf (text, _ ("rectangle partners: %s"), partners->str);
      g_string_append_c (text, '\n');
    }
  g_string_append_printf (text,
                          task->role == GSC_TASK_ROLE_PRE_TRAINING
                              ? _ ("other pre-training tasks: %u with a = %d, %u with b = %d")
                              : _ ("pre-training tasks: %u with a = %d, %u with b = %d"),
                          n_a, task->a, n_b, task->b);
}

static char *
describe_scores (const GscFrame *frame, const GscFigureOptions *options, const GscTask *task)
{
  guint n = (guint) (frame->run->config.p * frame->run->config.p);
  g_autofree GscTaskScore *scores = g_new (GscTaskScore, n);
  guint sequences[GSC_N_INPUTS];
  double accuracies[GSC_N_INPUTS];

  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      const GscTaskScore *score = &scores[gsc_task_scores_get_cell (frame->run, task)];

      gsc_task_scores_fill (frame, i, options->measure, scores);
      sequences[i] = score->sequences;
      accuracies[i] = score->accuracy;
    }
  /* Translators: accuracies on inputs of the training and of the test. */
  if (sequences[0] == sequences[1])
    return g_strdup_printf (ngettext ("train %s, test %s (%u sequence)",
                                      "train %s, test %s (%u sequences)", sequences[0]),
                            GSC_SHARE (accuracies[0]), GSC_SHARE (accuracies[1]), sequences[0]);
  return g_strdup_printf (_ ("train %s, test %s (%u and %u sequences)"), GSC_SHARE (accuracies[0]),
                          GSC_SHARE (accuracies[1]), sequences[0], sequences[1]);
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
      const GscTask *task;
      GString *text;

      if (cell < 0)
        continue;
      pick->kind = GSC_PICK_TASK;
      pick->a = cell % p;
      pick->b = cell / p;
      pick->rect = gsc_heat_map_layout_get_cell (layout, (guint) pick->a, (guint) pick->b);
      task = find_task (frame->run, pick->a, pick->b);
      scores = describe_scores (frame, options, task);
      text = g_string_new (NULL);
      g_string_append_printf (text, "(a, b) = (%d, %d) – %s\n%s", task->a, task->b,
                              _ (role_names[task->role]), scores);
      append_partners (text, frame->run, task);
      pick->text = g_string_free (text, FALSE);
      return TRUE;
    }
  return FALSE;
}

static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  static const int steps[][2] = {
    [GSC_DIRECTION_LEFT] = { -1, 0 },
    [GSC_DIRECTION_RIGHT] = { 1, 0 },
    [GSC_DIRECTION_UP] = { 0, 1 },
    [GSC_DIRECTION_DOWN] = { 0, -1 },
  };
  int a = cursor->a + steps[direction][0];
  int b = cursor->b + steps[direction][1];

  if (gsc_task_split_lookup (frame->run->tasks, a, b) < 0)
    return FALSE;
  cursor->a = a;
  cursor->b = b;
  return TRUE;
}

/* Words and numbers */

static double
get_mean (const GscSetScore *score, GscMeasure measure)
{
  return measure == GSC_MEASURE_LAST_ACCURACY ? score->last_accuracy : score->accuracy;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscRunData *data = frame->run;
  const GscRecord *record = gsc_frame_get_scores (frame);
  const GscTask *task = gsc_figure_pages_get_task (frame);
  GString *text = g_string_new (NULL);
  g_autofree char *scores = describe_scores (frame, options, task);

  if (record != NULL)
    {
      double values[GSC_N_SETS];
      g_autofree char *list = NULL;

      for (guint i = 0; i < GSC_N_SETS; i++)
        values[i] = get_mean (&record->sets[i], options->measure);
      list = gsc_figure_pages_describe_sets (values, ", ");
      /* Translators: two numbers, a step and a list of accuracies. */
      g_string_append_printf (text,
                              _ ("%u pre-training tasks and %u held-out tasks; mean accuracy at "
                                 "step %s: %s."),
                              data->tasks->n_id, data->tasks->n_ood, GSC_COUNT (record->step),
                              list);
    }
  else
    g_string_append_printf (text, _ ("%u pre-training tasks and %u held-out tasks."),
                            data->tasks->n_id, data->tasks->n_ood);
  g_string_append_c (text, ' ');
  /* Translators: a task, and its accuracies. */
  g_string_append_printf (text,
                          task->role == GSC_TASK_ROLE_PRE_TRAINING
                              ? _ ("(a, b) = (%d, %d) is a pre-training task (i.d.): %s.")
                              : _ ("(a, b) = (%d, %d) is a held-out task (o.o.d.): %s."),
                          task->a, task->b, scores);
  return g_string_free (text, FALSE);
}

/* A row for each task, by a and b. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = { "a",
                                         "b",
                                         "role",
                                         "rectangle",
                                         "train_accuracy",
                                         "test_accuracy",
                                         "train_sequences",
                                         "test_sequences",
                                         NULL };
  static const char *const role_columns[] = { "a", "b", "role", "rectangle", NULL };
  const GscRunData *data = frame->run;
  gboolean roles = options->grid_colors == GSC_GRID_ROLES;
  GscFigureTable *table = gsc_figure_table_new (roles ? role_columns : columns);
  int p = data->config.p;
  g_autofree GscTaskScore *train = g_new (GscTaskScore, p * p);
  g_autofree GscTaskScore *test = g_new (GscTaskScore, p * p);

  gsc_task_scores_fill (frame, GSC_INPUTS_TRAIN, options->measure, train);
  gsc_task_scores_fill (frame, GSC_INPUTS_TEST, options->measure, test);
  for (int i = 0; i < p * p; i++)
    {
      const GscTask *task = find_task (data, i / p, i % p);
      guint cell = gsc_task_scores_get_cell (data, task);

      gsc_figure_table_add_int (table, task->a);
      gsc_figure_table_add_int (table, task->b);
      gsc_figure_table_add_text (table,
                                 task->role == GSC_TASK_ROLE_PRE_TRAINING ? "pre-training" : "ood");
      gsc_figure_table_add_number (table, task->rectangle >= 0 ? task->rectangle : NAN);
      if (roles)
        continue;
      gsc_figure_table_add_number (table, train[cell].accuracy);
      gsc_figure_table_add_number (table, test[cell].accuracy);
      gsc_figure_table_add_int (table, train[cell].sequences);
      gsc_figure_table_add_int (table, test[cell].sequences);
    }
  return table;
}

const GscFigureClass gsc_figure_task_grid = {
  .name = "task-grid",
  .title = N_ ("Task grid"),
  .slope = 0.5,
  .base = 24,
  .narrow = 20,
  .measure = GSC_MEASURE_ACCURACY,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
  .difference = &gsc_figure_task_grid_difference,
};
