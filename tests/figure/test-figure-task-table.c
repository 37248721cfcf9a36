/* test-figure-task-table.c - z over (x, y) for one task
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"

#define SCALE 2.0

static GscFigurePage *
lay_out (const GscFrame *frame, const GscFigureOptions *options, double width, double height)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_figure_lay_out (GSC_FIGURE_TASK_TABLE, frame, options, &style, width, height);
}

static int
get_answer (const GscFrame *frame, int x, int y)
{
  return (frame->cursor.a * x + frame->cursor.b * y) % frame->run->config.p;
}

/* Numbers where they can be read, else a colour bar. */
static void
test_numbers (void)
{
  static const struct
  {
    int p;
    double width;
    double height;
    gboolean numbers;
  } cases[] = {
    { 3, 200, 150, TRUE },    { 11, 300, 220, TRUE }, { 13, 500, 300, TRUE },
    { 29, 300, 220, FALSE },  { 29, 700, 600, TRUE }, { 97, 700, 600, FALSE },
    { 97, 3840, 2160, TRUE }, { 11, 90, 60, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GscFrame) frame = frame_fixture_new (cases[i].p, 0, FIXTURE_RISING);
      g_autoptr (GscFigurePage) page = NULL;
      const GscHeatMapLayout *layout;
      GscFigureOptions options;

      gsc_figure_options_init (&options, GSC_FIGURE_TASK_TABLE);
      options.bare = TRUE;
      page = lay_out (frame, &options, cases[i].width, cases[i].height);
      layout = gsc_figure_page_get_heat_map (page, 0);
      g_assert_cmpint (layout->number_size > 0, ==, cases[i].numbers);
      if (cases[i].numbers)
        g_assert_cmpfloat (layout->number_size, >=, 5.9);
    }
}

/* Test inputs are black, and their z is in no file; or they have a dot. */
static void
test_hidden (void)
{
  const int p = 7;
  g_autoptr (GscFrame) frame = frame_fixture_new (p, 0, FIXTURE_RISING);

  for (guint hidden = 0; hidden < 2; hidden++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      g_autoptr (GscFigureTable) table = NULL;
      GscFigureOptions options;
      cairo_surface_t *surface;

      gsc_figure_options_init (&options, GSC_FIGURE_TASK_TABLE);
      options.hide_test_inputs = hidden == 1;
      page = lay_out (frame, &options, 396, 300);
      table = gsc_figure_tabulate (GSC_FIGURE_TASK_TABLE, frame, &options);
      g_assert_cmpuint (table->n_rows, ==, p * p);
      surface = frame_fixture_paint (page, 396, 300, SCALE);
      for (int i = 0; i < p * p; i++)
        {
          int x = i / p, y = i % p;
          GscRect cell = gsc_heat_map_layout_get_cell (gsc_figure_page_get_heat_map (page, 0),
                                                       (guint) x, (guint) y);
          guint32 corner = frame_fixture_get_pixel (surface, SCALE * (cell.x + 0.1 * cell.width),
                                                    SCALE * (cell.y + 0.1 * cell.height));
          gboolean train = gsc_input_split_is_train (frame->run->inputs, x, y);

          g_assert_cmpint (corner == 0x000000, ==, hidden == 1 && !train);
          g_assert_cmpfloat (frame_fixture_get_number (table, i, "x"), ==, x);
          g_assert_cmpfloat (frame_fixture_get_number (table, i, "y"), ==, y);
          g_assert_cmpstr (frame_fixture_get_text (table, i, "inputs"), ==,
                           train ? "training" : "test");
          if (hidden == 1 && !train)
            g_assert_cmpstr (frame_fixture_get_text (table, i, "z"), ==, "");
          else
            g_assert_cmpfloat (frame_fixture_get_number (table, i, "z"), ==,
                               get_answer (frame, x, y));
        }
      cairo_surface_destroy (surface);
    }
}

/* Equal z, equal colour. */
static void
test_colors (void)
{
  const int p = 11;
  g_autoptr (GscFrame) frame = frame_fixture_new (p, 0, FIXTURE_RISING);
  g_autoptr (GscFigurePage) page = NULL;
  GscFigureOptions options;
  cairo_surface_t *surface;
  guint32 colors[11] = { 0 };

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_TABLE);
  options.hide_test_inputs = FALSE;
  page = lay_out (frame, &options, 396, 300);
  surface = frame_fixture_paint (page, 396, 300, SCALE);
  for (int i = 0; i < p * p; i++)
    {
      GscRect cell = gsc_heat_map_layout_get_cell (gsc_figure_page_get_heat_map (page, 0),
                                                   (guint) (i % p), (guint) (i / p));
      guint32 corner = frame_fixture_get_pixel (surface, SCALE * (cell.x + 0.1 * cell.width),
                                                SCALE * (cell.y + 0.1 * cell.height));
      int z = get_answer (frame, i % p, i / p);

      if (colors[z] == 0)
        colors[z] = corner;
      g_assert_cmphex (corner, ==, colors[z]);
    }
  for (int z = 1; z < p; z++)
    g_assert_cmphex (colors[z], !=, colors[z - 1]);
  cairo_surface_destroy (surface);
}

static void
test_picks (void)
{
  static const int primes[] = { 3, 11, 29 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      const int p = primes[i];
      g_autoptr (GscFrame) frame = frame_fixture_new (p, 0, FIXTURE_RISING);
      g_autoptr (GscFigurePage) page = NULL;
      GscFigureOptions options;

      gsc_figure_options_init (&options, GSC_FIGURE_TASK_TABLE);
      page = lay_out (frame, &options, 396, 300);
      for (int j = 0; j < p * p; j++)
        {
          int x = j % p, y = j / p;
          GscRect cell = gsc_heat_map_layout_get_cell (gsc_figure_page_get_heat_map (page, 0),
                                                       (guint) x, (guint) y);
          gboolean train = gsc_input_split_is_train (frame->run->inputs, x, y);
          g_autofree char *text
              = g_strdup_printf ("(x, y) = (%d, %d), z = %d, %s input", x, y,
                                 get_answer (frame, x, y), train ? "training" : "test");
          g_auto (GscFigurePick) pick = { 0 };

          g_assert_true (
              gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
          g_assert_cmpint (pick.kind, ==, GSC_PICK_INPUT);
          g_assert_cmpint (pick.x, ==, x);
          g_assert_cmpint (pick.y, ==, y);
          g_assert_cmpstr (pick.text, ==, text);
        }
    }
}

/* What the model said about the pairs of the sequence shown; nothing if it is of another task. */
static void
test_answers (void)
{
  const int p = 5;
  g_autoptr (GscFrame) frame = frame_fixture_new (p, 0, FIXTURE_RISING);

  frame_fixture_add_probe (frame, 24);
  for (guint other = 0; other < 2; other++)
    {
      g_autoptr (GscFigureTable) table = NULL;
      GscFigureOptions options;
      guint n_answers = 0;

      if (other)
        {
          const GscTask *task = &frame->run->tasks->tasks[0];

          frame->cursor.a = task->a;
          frame->cursor.b = task->b;
        }
      gsc_figure_options_init (&options, GSC_FIGURE_TASK_TABLE);
      table = gsc_figure_tabulate (GSC_FIGURE_TASK_TABLE, frame, &options);
      for (guint i = 0; i < table->n_rows; i++)
        {
          double answer = frame_fixture_get_number (table, i, "model_answer");
          int x = (int) i / p, y = (int) i % p;
          const GscProbeAnswer *expected = NULL;

          for (guint j = 0; j < frame->probe->n_answers; j++)
            if (frame->probe->tokens[3 * j] == x && frame->probe->tokens[3 * j + 1] == y)
              expected = &frame->probe->answers[j];
          if (other || expected == NULL)
            g_assert_true (isnan (answer));
          else
            {
              g_assert_cmpfloat (answer, ==, expected->answer);
              n_answers++;
            }
        }
      g_assert_cmpint (n_answers > 0, ==, !other);
    }
}

static void
test_summary (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 0, FIXTURE_RISING);
  g_autofree char *formula
      = g_strdup_printf ("z = %dx + %dy mod 5, a held-out task", frame->cursor.a, frame->cursor.b);
  g_autofree char *text = NULL;
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_TASK_TABLE);
  text = gsc_figure_summarise (GSC_FIGURE_TASK_TABLE, frame, &options);
  g_assert_true (g_str_has_prefix (text, formula));
  g_assert_nonnull (strstr (text, "all 25 pairs (x, y): 15 training inputs and 10 test inputs"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task-table/numbers", test_numbers);
  g_test_add_func ("/task-table/hidden", test_hidden);
  g_test_add_func ("/task-table/colors", test_colors);
  g_test_add_func ("/task-table/picks", test_picks);
  g_test_add_func ("/task-table/answers", test_answers);
  g_test_add_func ("/task-table/summary", test_summary);
  return g_test_run ();
}
