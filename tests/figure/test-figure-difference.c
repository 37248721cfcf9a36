/* test-figure-difference.c - one frame compared with another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "gsc-sequence.h"

#define WIDTH 396.0
#define HEIGHT 240.0
#define PRIME 7
#define N_TOKENS 14
#define N_EXAMPLES 5

static const GscFigure differences[]
    = { GSC_FIGURE_TASK_GRID, GSC_FIGURE_ATTENTION, GSC_FIGURE_KSHOT };

/* Right where x + *data is even. */
static gboolean
predict (const GscKshot *kshot,
         guint shot,
         guint8 *answers,
         float *probabilities,
         gpointer data,
         GError **error)
{
  for (int cell = 0; cell < kshot->p * kshot->p; cell++)
    {
      answers[cell]
          = (guint8) ((kshot->truth[cell] + (cell / kshot->p + *(int *) data) % 2) % kshot->p);
      probabilities[cell] = 0.25F;
    }
  return TRUE;
}

static void
add_kshot (GscFrame *frame, int shift)
{
  int p = frame->run->config.p;
  const GscTask task = { .a = frame->cursor.a, .b = frame->cursor.b };
  gint32 tokens[3 * N_EXAMPLES];
  g_autoptr (GError) error = NULL;
  GscInsight *insight = g_new0 (GscInsight, 1);
  GscRng rng;

  gsc_rng_init (&rng, 5, 0, 0, 0);
  gsc_sequence_draw (&rng, p, &task, frame->run->inputs->train, frame->run->inputs->n_train,
                     N_EXAMPLES, tokens);
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_KSHOT;
  insight->kshot = gsc_kshot_new_predicted (p, task.a, task.b, tokens, 3 * N_EXAMPLES, predict,
                                            &shift, &error);
  g_assert_no_error (error);
  gsc_frame_set_insight (frame, insight);
  gsc_insight_unref (insight);
}

/* A shows its last record, B the first of a run of its own. */
static GscFrame *
make_frame (int p, int other_p, FixtureKind other_kind)
{
  GscFrame *a = frame_fixture_new (p, 5, FIXTURE_RISING);
  g_autoptr (GscFrame) b = frame_fixture_new (other_p, 3, other_kind);

  b->record = 0;
  frame_fixture_add_probe (a, N_TOKENS);
  frame_fixture_add_probe (b, N_TOKENS);
  add_kshot (a, 0);
  add_kshot (b, 1);
  gsc_frame_set_beside (a, b);
  return a;
}

static GscFigureOptions
make_options (GscFigure figure, GscCompare compare)
{
  GscFigureOptions options;

  gsc_figure_options_init (&options, figure);
  options.compare = compare;
  options.show_cursor = TRUE;
  return options;
}

static GscFigurePage *
lay_out (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_figure_lay_out (figure, frame, options, &style, WIDTH, HEIGHT);
}

static void
paint (const GscFigurePage *page)
{
  cairo_surface_t *surface = frame_fixture_paint (page, WIDTH, HEIGHT, 1);

  cairo_surface_destroy (surface);
}

/* Without a frame beside there is no difference, and the options change nothing. */
static void
test_alone (void)
{
  g_autoptr (GscFrame) frame = make_frame (PRIME, PRIME, FIXTURE_EQUAL);

  gsc_frame_set_beside (frame, NULL);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GscFigureOptions options = make_options (i, GSC_COMPARE_SCALES);
      g_autofree char *usual = gsc_figure_summarise (i, frame, &options);
      g_autofree char *same = NULL;

      options.compare = GSC_COMPARE_DIFFERENCE;
      same = gsc_figure_summarise (i, frame, &options);
      g_assert_cmpstr (same, ==, usual);
    }
}

/* Every figure is drawn with every kind of comparison, also with runs that have little in common.
 */
static void
test_every_figure (void)
{
  for (int other = 5; other <= PRIME; other += 2)
    for (FixtureKind kind = FIXTURE_RISING; kind <= FIXTURE_NAN; kind++)
      {
        g_autoptr (GscFrame) frame = make_frame (PRIME, other, kind);

        for (guint i = 0; i < GSC_N_FIGURES; i++)
          for (GscCompare compare = GSC_COMPARE_SCALES; compare <= GSC_COMPARE_DIFFERENCE;
               compare++)
            {
              GscFigureOptions options = make_options (i, compare);
              g_autoptr (GscFigurePage) page = lay_out (i, frame, &options);
              g_autofree char *text = gsc_figure_summarise (i, frame, &options);
              g_autoptr (GscFigureTable) table = gsc_figure_tabulate (i, frame, &options);

              paint (page);
              g_assert_cmpstr (text, !=, "");
              g_assert_cmpuint (table->n_columns, >, 0);
              for (double x = 5; x < WIDTH; x += 37)
                for (double y = 5; y < HEIGHT; y += 23)
                  {
                    g_auto (GscFigurePick) pick = { .kind = GSC_PICK_NONE };

                    gsc_figure_pick (page, x, y, &pick);
                  }
            }
      }
}

static void
test_task_grid (void)
{
  g_autoptr (GscFrame) frame = make_frame (PRIME, PRIME, FIXTURE_EQUAL);
  GscFigureOptions options = make_options (GSC_FIGURE_TASK_GRID, GSC_COMPARE_DIFFERENCE);
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (GSC_FIGURE_TASK_GRID, frame, &options);
  g_autoptr (GscFigurePage) page = lay_out (GSC_FIGURE_TASK_GRID, frame, &options);
  const GscHeatMapLayout *layout = gsc_figure_page_get_heat_map (page, 1);
  const GscRect cell = gsc_heat_map_layout_get_cell (layout, 3, 2);
  g_auto (GscFigurePick) pick = { .kind = GSC_PICK_NONE };
  guint measured = 0;

  g_assert_cmpuint (table->n_rows, ==, PRIME * PRIME);
  for (guint row = 0; row < table->n_rows; row++)
    {
      double a = frame_fixture_get_number (table, row, "test_accuracy_a");
      double b = frame_fixture_get_number (table, row, "test_accuracy_b");
      double difference = frame_fixture_get_number (table, row, "test_difference");

      g_assert_true (isnan (difference) == (isnan (a) || isnan (b)));
      if (isnan (difference))
        continue;
      g_assert_cmpfloat_with_epsilon (difference, a - b, 1e-6);
      measured++;
    }
  g_assert_cmpuint (measured, >, 0);

  g_assert_true (gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
  g_assert_cmpint (pick.kind, ==, GSC_PICK_TASK);
  g_assert_cmpint (pick.a, ==, 3);
  g_assert_cmpint (pick.b, ==, 2);
  g_assert_nonnull (strstr (pick.text, "(A "));
}

/* A frame minus itself is nothing, and white. */
static void
test_same (void)
{
  g_autoptr (GscFrame) frame = make_frame (PRIME, PRIME, FIXTURE_RISING);
  g_autoptr (GscFrame) same = gsc_frame_copy (frame);
  GscFigureOptions options;
  g_autoptr (GscFigureTable) grid = NULL;
  g_autoptr (GscFigureTable) attention = NULL;
  g_autoptr (GscFigureTable) kshot = NULL;
  g_autoptr (GscFigurePage) page = NULL;
  const GscHeatMapLayout *layout;
  cairo_surface_t *surface;
  GscRect cell;

  gsc_frame_set_beside (same, NULL);
  gsc_frame_set_beside (frame, same);
  options = make_options (GSC_FIGURE_TASK_GRID, GSC_COMPARE_DIFFERENCE);
  options.show_cursor = FALSE;
  grid = gsc_figure_tabulate (GSC_FIGURE_TASK_GRID, frame, &options);
  for (guint row = 0; row < grid->n_rows; row++)
    g_assert_false (fabs (frame_fixture_get_number (grid, row, "train_difference")) > 0);
  page = lay_out (GSC_FIGURE_TASK_GRID, frame, &options);
  surface = frame_fixture_paint (page, WIDTH, HEIGHT, 2);
  layout = gsc_figure_page_get_heat_map (page, 0);
  cell = gsc_heat_map_layout_get_cell (layout, 1, 1);
  g_assert_cmphex (frame_fixture_get_pixel (surface, 2 * (cell.x + 0.2 * cell.width),
                                            2 * (cell.y + 0.8 * cell.height)),
                   ==, 0xffffff);
  cairo_surface_destroy (surface);

  options = make_options (GSC_FIGURE_ATTENTION, GSC_COMPARE_DIFFERENCE);
  attention = gsc_figure_tabulate (GSC_FIGURE_ATTENTION, frame, &options);
  g_assert_cmpuint (attention->n_rows, >, 0);
  for (guint row = 0; row < attention->n_rows; row++)
    g_assert_cmpfloat (frame_fixture_get_number (attention, row, "difference"), ==, 0);
  options = make_options (GSC_FIGURE_KSHOT, GSC_COMPARE_DIFFERENCE);
  kshot = gsc_figure_tabulate (GSC_FIGURE_KSHOT, frame, &options);
  g_assert_cmpuint (kshot->n_rows, >, 0);
  for (guint row = 0; row < kshot->n_rows; row++)
    g_assert_cmpfloat (frame_fixture_get_number (kshot, row, "difference"), ==, 0);
}

/* A is right where x is even, B where it is odd. */
static void
test_kshot (void)
{
  g_autoptr (GscFrame) frame = make_frame (PRIME, PRIME, FIXTURE_RISING);
  GscFigureOptions options = make_options (GSC_FIGURE_KSHOT, GSC_COMPARE_DIFFERENCE);
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (GSC_FIGURE_KSHOT, frame, &options);
  g_autofree char *text = gsc_figure_summarise (GSC_FIGURE_KSHOT, frame, &options);

  g_assert_cmpuint (table->n_rows, >, 0);
  for (guint row = 0; row < table->n_rows; row++)
    {
      int x = (int) frame_fixture_get_number (table, row, "x");

      g_assert_cmpfloat (frame_fixture_get_number (table, row, "difference"), ==,
                         x % 2 == 0 ? 1 : -1);
    }
  g_assert_nonnull (strstr (text, " 28 and 21 after "));
}

static void
test_attention (void)
{
  g_autoptr (GscFrame) frame = make_frame (PRIME, PRIME, FIXTURE_RISING);
  GscFigureOptions options = make_options (GSC_FIGURE_ATTENTION, GSC_COMPARE_DIFFERENCE);
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (GSC_FIGURE_ATTENTION, frame, &options);
  double sum = 0;

  /* both rows of weights sum to 1 */
  for (guint row = 0; row < table->n_rows; row++)
    {
      double difference = frame_fixture_get_number (table, row, "difference");

      g_assert_cmpfloat_with_epsilon (difference,
                                      frame_fixture_get_number (table, row, "weight_a")
                                          - frame_fixture_get_number (table, row, "weight_b"),
                                      1e-5);
      sum += difference;
      if (frame_fixture_get_number (table, row, "query")
          == frame_fixture_get_number (table, row, "key"))
        {
          g_assert_cmpfloat_with_epsilon (sum, 0, 1e-4);
          sum = 0;
        }
    }
}

/* Other primes have no difference, and say so. */
static void
test_incomparable (void)
{
  g_autoptr (GscFrame) frame = make_frame (PRIME, 5, FIXTURE_RISING);
  GscFigureOptions options = make_options (GSC_FIGURE_TASK_GRID, GSC_COMPARE_DIFFERENCE);
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (GSC_FIGURE_TASK_GRID, frame, &options);
  g_autoptr (GscFigurePage) page = lay_out (GSC_FIGURE_TASK_GRID, frame, &options);
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);
  gboolean found = FALSE;

  for (guint i = 0; i < labels->len; i++)
    found = found || strstr (g_array_index (labels, GscLabel, i).text, "mod 5") != NULL;
  g_assert_true (found);
  g_assert_cmpuint (table->n_rows, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (differences); i++)
    g_assert_true (gsc_figure_has_difference (differences[i]));
}

/* Common axes: as far as the longer run goes; together, both are there. */
static void
test_curves (void)
{
  g_autoptr (GscFrame) shorter = frame_fixture_new (PRIME, 3, FIXTURE_RISING);
  g_autoptr (GscFrame) longer = frame_fixture_new (PRIME, 9, FIXTURE_EQUAL);
  GscFigureOptions options = make_options (GSC_FIGURE_LEARNING_CURVES, GSC_COMPARE_SCALES);
  g_autoptr (GscFigurePage) alone = lay_out (GSC_FIGURE_LEARNING_CURVES, shorter, &options);
  g_autoptr (GscFigurePage) scaled = NULL;
  g_autoptr (GscFigurePage) together = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  guint n_series;

  gsc_frame_set_beside (shorter, longer);
  scaled = lay_out (GSC_FIGURE_LEARNING_CURVES, shorter, &options);
  g_assert_cmpfloat (gsc_figure_page_get_line_plot (alone, 0)->x.max, ==, 200);
  g_assert_cmpfloat (gsc_figure_page_get_line_plot (scaled, 0)->x.max, ==, 800);
  n_series = gsc_figure_page_get_line_plot (scaled, 0)->n_series;
  options.compare = GSC_COMPARE_TOGETHER;
  together = lay_out (GSC_FIGURE_LEARNING_CURVES, shorter, &options);
  g_assert_cmpuint (gsc_figure_page_get_line_plot (together, 0)->n_series, ==,
                    n_series + GSC_N_SETS);
  table = gsc_figure_tabulate (GSC_FIGURE_LEARNING_CURVES, shorter, &options);
  g_assert_cmpuint (table->n_rows, ==, 3 + 9);
  g_assert_cmpstr (frame_fixture_get_text (table, 0, "run"), ==, "A");
  g_assert_cmpstr (frame_fixture_get_text (table, 11, "run"), ==, "B");
  g_assert_true (gsc_figure_has_together (GSC_FIGURE_LEARNING_CURVES));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-difference/alone", test_alone);
  g_test_add_func ("/figure-difference/every-figure", test_every_figure);
  g_test_add_func ("/figure-difference/task-grid", test_task_grid);
  g_test_add_func ("/figure-difference/same", test_same);
  g_test_add_func ("/figure-difference/kshot", test_kshot);
  g_test_add_func ("/figure-difference/attention", test_attention);
  g_test_add_func ("/figure-difference/incomparable", test_incomparable);
  g_test_add_func ("/figure-difference/curves", test_curves);
  return g_test_run ();
}
