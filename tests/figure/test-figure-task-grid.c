/* test-figure-task-grid.c - roles and accuracies in the plane of all tasks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"

#define WIDTH 396.0
#define HEIGHT 260.0
#define SCALE 2.0

/* Another accuracy for every task and kind of inputs. */
static double
make_accuracy (const GscTask *task, int p, guint set)
{
  double place = (p * task->b + task->a) / (double) (p * p - 1);

  return set == GSC_SET_ID_TRAIN || set == GSC_SET_OOD_TRAIN ? place : 1 - place;
}

/* A frame with one record of such accuracies. */
static GscFrame *
make_frame (int p)
{
  GscFrame *frame = frame_fixture_new (p, 1, FIXTURE_RISING);
  GscRecord *record = g_ptr_array_index (frame->run->records, 0);

  for (guint set = 0; set < GSC_N_SETS; set++)
    for (guint i = 0; i < record->sets[set].n_tasks; i++)
      {
        const GscTask *task = &frame->run->tasks->tasks[record->sets[set].task[i]];

        record->sets[set].task_accuracy[i] = make_accuracy (task, p, set);
        record->sets[set].task_sequences[i] = 5;
      }
  return frame;
}

static GscFigurePage *
lay_out (const GscFrame *frame, const GscFigureOptions *options, double width, double height)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_figure_lay_out (GSC_FIGURE_TASK_GRID, frame, options, &style, width, height);
}

/* a runs to the right and b upwards, pre-training tasks have a dot, and each task has the colour of
 * its own accuracy in either map. */
static void
test_accuracies (void)
{
  const int p = 7;
  g_autoptr (GscFrame) frame = make_frame (p);
  g_autoptr (GscFigurePage) page = NULL;
  GscFigureOptions options;
  cairo_surface_t *surface;

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
  page = lay_out (frame, &options, WIDTH, HEIGHT);
  surface = frame_fixture_paint (page, WIDTH, HEIGHT, SCALE);
  for (guint map = 0; map < GSC_N_INPUTS; map++)
    {
      const GscHeatMapLayout *layout = gsc_figure_page_get_heat_map (page, map);

      g_assert_cmpfloat (layout->plot.width, >, 100);
      for (int i = 0; i < p * p; i++)
        {
          const GscTask *task = &frame->run->tasks->tasks[i];
          GscRect cell = { layout->plot.x + task->a * layout->plot.width / p,
                           layout->plot.y + (p - 1 - task->b) * layout->plot.height / p,
                           layout->plot.width / p, layout->plot.height / p };
          GscColor color
              = gsc_palette_sequential (make_accuracy (task, p, gsc_run_data_get_set (FALSE, map)));
          guint32 expected = gsc_color_scale_pack (&color);
          guint32 middle = frame_fixture_get_pixel (surface, SCALE * (cell.x + cell.width / 2),
                                                    SCALE * (cell.y + cell.height / 2));

          g_assert_cmphex (frame_fixture_get_pixel (surface, SCALE * (cell.x + 0.2 * cell.width),
                                                    SCALE * (cell.y + 0.8 * cell.height)),
                           ==, expected);
          if (task->role == GSC_TASK_ROLE_PRE_TRAINING)
            g_assert_true (middle == 0x000000 || middle == 0xffffff);
          else
            g_assert_cmphex (middle, ==, expected);
        }
    }
  g_assert_null (gsc_figure_page_get_heat_map (page, GSC_N_INPUTS));
  cairo_surface_destroy (surface);
}

/* One map in two colours, which need no record. */
static void
test_roles (void)
{
  const int p = 5;
  g_autoptr (GscFrame) frame = frame_fixture_new (p, 0, FIXTURE_RISING);
  g_autoptr (GscFigurePage) page = NULL;
  guint32 colors[2] = { 0 };
  GscFigureOptions options;
  const GscHeatMapLayout *layout;
  cairo_surface_t *surface;

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
  options.grid_colors = GSC_GRID_ROLES;
  page = lay_out (frame, &options, WIDTH, HEIGHT);
  surface = frame_fixture_paint (page, WIDTH, HEIGHT, SCALE);
  layout = gsc_figure_page_get_heat_map (page, 0);
  g_assert_null (gsc_figure_page_get_heat_map (page, 1));
  for (int i = 0; i < p * p; i++)
    {
      const GscTask *task = &frame->run->tasks->tasks[i];
      GscRect cell = gsc_heat_map_layout_get_cell (layout, (guint) task->a, (guint) task->b);
      guint32 color = frame_fixture_get_pixel (surface, SCALE * (cell.x + cell.width / 2),
                                               SCALE * (cell.y + cell.height / 2));

      if (colors[task->role] == 0)
        colors[task->role] = color;
      g_assert_cmphex (color, ==, colors[task->role]);
    }
  g_assert_cmphex (colors[0], !=, colors[1]);
  cairo_surface_destroy (surface);
}

/* Two maps stand as their cells are larger. */
static void
test_arrangement (void)
{
  static const struct
  {
    double width;
    double height;
    gboolean stacked;
  } sizes[] = { { 600, 300, FALSE }, { 300, 220, FALSE }, { 220, 420, TRUE }, { 320, 600, TRUE } };
  g_autoptr (GscFrame) frame = make_frame (11);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      GscFigureOptions options;
      const GscRect *first, *second;

      gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
      options.bare = TRUE;
      page = lay_out (frame, &options, sizes[i].width, sizes[i].height);
      first = &gsc_figure_page_get_heat_map (page, 0)->plot;
      second = &gsc_figure_page_get_heat_map (page, 1)->plot;
      if (sizes[i].stacked)
        {
          g_assert_cmpfloat (second->y, >, gsc_rect_bottom (first));
          g_assert_cmpfloat_with_epsilon (first->x, second->x, 0.01);
        }
      else
        {
          g_assert_cmpfloat (second->x, >, gsc_rect_right (first));
          g_assert_cmpfloat_with_epsilon (first->y, second->y, 0.01);
        }
      g_assert_cmpfloat_with_epsilon (first->width, second->width, 0.01);
      g_assert_cmpfloat (first->width, >, 0.28 * MIN (sizes[i].width, sizes[i].height));
    }
}

/* The middle of every cell names its task, with its accuracies. */
static void
test_picks (void)
{
  static const int primes[] = { 3, 11, 29, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      const int p = primes[i];
      g_autoptr (GscFrame) frame = make_frame (p);
      g_autoptr (GscFigurePage) page = NULL;
      GscFigureOptions options;

      gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
      page = lay_out (frame, &options, WIDTH, HEIGHT);
      for (int j = 0; j<2 * p * p; j += p> 29 ? 13 : 1)
        {
          const GscHeatMapLayout *layout = gsc_figure_page_get_heat_map (page, j / (p * p));
          int a = j % p, b = j / p % p;
          GscRect cell = gsc_heat_map_layout_get_cell (layout, (guint) a, (guint) b);
          double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;
          g_autofree char *name = g_strdup_printf ("(a, b) = (%d, %d) – ", a, b);
          int index = gsc_task_split_lookup (frame->run->tasks, a, b);
          gboolean ood = frame->run->tasks->tasks[index].role == GSC_TASK_ROLE_OOD;
          g_auto (GscFigurePick) pick = { 0 };

          g_assert_true (gsc_figure_pick (page, x, y, &pick));
          g_assert_cmpint (pick.kind, ==, GSC_PICK_TASK);
          g_assert_cmpint (pick.a, ==, a);
          g_assert_cmpint (pick.b, ==, b);
          g_assert_true (gsc_rect_contains (&pick.rect, x, y));
          g_assert_true (g_str_has_prefix (pick.text, name));
          g_assert_cmpint (strstr (pick.text, "o.o.d.") != NULL, ==, ood);
        }
    }
}

static void
test_pick_text (void)
{
  g_autoptr (GscFrame) frame = make_frame (11);
  g_autoptr (GscFigurePage) page = NULL;
  const GscTask *task = &frame->run->tasks->tasks[frame->run->tasks->n_id];
  double accuracy = make_accuracy (task, 11, GSC_SET_OOD_TRAIN);
  g_auto (GscFigurePick) pick = { 0 };
  GscFigureOptions options;
  GscRect cell;
  g_autofree char *numbers = NULL;

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
  page = lay_out (frame, &options, WIDTH, HEIGHT);
  cell = gsc_heat_map_layout_get_cell (gsc_figure_page_get_heat_map (page, 0), (guint) task->a,
                                       (guint) task->b);
  g_assert_true (gsc_figure_pick (page, cell.x + 1, cell.y + 1, &pick));
  numbers = g_strdup_printf ("\ntrain %.2f, test %.2f (5 sequences)\n", accuracy, 1 - accuracy);
  g_assert_nonnull (strstr (pick.text, numbers));
}

/* A split of one rectangle: its corners know each other. */
static void
test_partners (void)
{
  const int p = 5;
  g_autoptr (GscTaskSplit) tasks = gsc_task_split_new (p, 4, GSC_TASK_RULE_RECTANGLE, 1, NULL);
  g_autoptr (GscFrame) random = frame_fixture_new (p, 0, FIXTURE_RISING);
  g_autoptr (GscRunData) data = NULL;
  g_autoptr (GscFrame) frame = NULL;
  g_autoptr (GscFigurePage) page = NULL;
  GscFigureOptions options;

  data = gsc_run_data_new ("one", &random->run->config, tasks, random->run->inputs,
                           random->run->records);
  frame = gsc_frame_new (data, -1);
  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
  options.grid_colors = GSC_GRID_ROLES;
  page = lay_out (frame, &options, WIDTH, HEIGHT);
  for (guint i = 0; i < 4; i++)
    {
      GscRect cell
          = gsc_heat_map_layout_get_cell (gsc_figure_page_get_heat_map (page, 0),
                                          (guint) tasks->tasks[i].a, (guint) tasks->tasks[i].b);
      g_auto (GscFigurePick) pick = { 0 };
      const char *partners;

      g_assert_true (gsc_figure_pick (page, cell.x + 1, cell.y + 1, &pick));
      partners = strstr (pick.text, "rectangle partners: ");
      g_assert_nonnull (partners);
      g_assert_nonnull (strstr (pick.text, "other pre-training tasks: 1 with a"));
      for (guint j = 0; j < 4; j++)
        {
          g_autofree char *name
              = g_strdup_printf ("(%d, %d)", tasks->tasks[j].a, tasks->tasks[j].b);

          g_assert_cmpint (strstr (partners, name) != NULL, ==, i != j);
        }
    }
}

/* The cursor's frame is there, and only where it is asked for. */
static void
test_cursor (void)
{
  g_autoptr (GscFrame) frame = make_frame (7);
  guint32 pixels[2];

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      GscFigureOptions options;
      cairo_surface_t *surface;
      GscRect cell;

      gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
      options.show_cursor = i == 1;
      frame->cursor.a = 3;
      frame->cursor.b = 4;
      page = lay_out (frame, &options, WIDTH, HEIGHT);
      surface = frame_fixture_paint (page, WIDTH, HEIGHT, SCALE);
      cell = gsc_heat_map_layout_get_cell (gsc_figure_page_get_heat_map (page, 1), 3, 4);
      pixels[i]
          = frame_fixture_get_pixel (surface, SCALE * cell.x, SCALE * (cell.y + 0.5 * cell.height));
      cairo_surface_destroy (surface);
    }
  g_assert_cmphex (pixels[0], !=, 0x000000);
  g_assert_cmphex (pixels[1], ==, 0x000000);
}

/* Every task once, with the numbers of the record. */
static void
test_table (void)
{
  const int p = 11;
  g_autoptr (GscFrame) frame = make_frame (p);
  GscFigureOptions options;
  g_autoptr (GscFigureTable) table = NULL;
  g_autoptr (GscFigureTable) roles = NULL;

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
  table = gsc_figure_tabulate (GSC_FIGURE_TASK_GRID, frame, &options);
  options.grid_colors = GSC_GRID_ROLES;
  roles = gsc_figure_tabulate (GSC_FIGURE_TASK_GRID, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, p * p);
  g_assert_cmpuint (roles->n_rows, ==, p * p);
  for (int i = 0; i < p * p; i++)
    {
      const GscTask *task
          = &frame->run->tasks->tasks[gsc_task_split_lookup (frame->run->tasks, i / p, i % p)];
      const char *role = task->role == GSC_TASK_ROLE_OOD ? "ood" : "pre-training";

      g_assert_cmpfloat (frame_fixture_get_number (table, i, "a"), ==, i / p);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "b"), ==, i % p);
      g_assert_cmpstr (frame_fixture_get_text (table, i, "role"), ==, role);
      g_assert_cmpstr (frame_fixture_get_text (roles, i, "role"), ==, role);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "train_accuracy"), ==,
                         make_accuracy (task, p, GSC_SET_ID_TRAIN));
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "test_accuracy"), ==,
                         make_accuracy (task, p, GSC_SET_ID_TEST));
    }
}

static void
test_summary (void)
{
  g_autoptr (GscFrame) frame = make_frame (11);
  GscFigureOptions options;
  g_autofree char *text = NULL;

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID);
  text = gsc_figure_summarise (GSC_FIGURE_TASK_GRID, frame, &options);
  g_assert_nonnull (strstr (text, "60 pre-training tasks and 61 held-out tasks"));
  g_assert_nonnull (strstr (text, "i.d./train 1"));
  g_assert_nonnull (strstr (text, "is a held-out task (o.o.d.)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task-grid/accuracies", test_accuracies);
  g_test_add_func ("/task-grid/roles", test_roles);
  g_test_add_func ("/task-grid/arrangement", test_arrangement);
  g_test_add_func ("/task-grid/picks", test_picks);
  g_test_add_func ("/task-grid/pick-text", test_pick_text);
  g_test_add_func ("/task-grid/partners", test_partners);
  g_test_add_func ("/task-grid/cursor", test_cursor);
  g_test_add_func ("/task-grid/table", test_table);
  g_test_add_func ("/task-grid/summary", test_summary);
  return g_test_run ();
}
