/* test-figure-noise.c - accuracy with wrong labels on pages of any size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"

#define FIGURE GSC_FIGURE_NOISE

static GscNoiseScore
make_score (guint sequences, double accuracy)
{
  return (GscNoiseScore){ sequences, accuracy, sqrt (accuracy * (1 - accuracy) / sequences) };
}

/* The last z after k shots is right in k - m of 2 S cases; the third example matters most. */
static GscFrame *
make_frame (guint shots)
{
  g_autoptr (GscFrame) plain = frame_fixture_new (11, 2, FIXTURE_RISING);
  g_autoptr (GscRunData) data = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  GscConfig config = plain->run->config;
  GscFrame *frame;
  GscNoise *noise = g_new0 (GscNoise, 1);
  g_autoptr (GscInsight) insight = g_new0 (GscInsight, 1);

  config.shots = (int) shots;
  data = gsc_run_data_new ("fixture", &config, plain->run->tasks, plain->run->inputs, records);
  frame = gsc_frame_new (data, -1);
  g_atomic_ref_count_init (&noise->ref_count);
  noise->set = GSC_SET_OOD_TEST;
  noise->p = 11;
  noise->shots = shots;
  noise->grid = g_new0 (GscNoiseScore, shots * shots);
  noise->single = g_new0 (GscNoiseScore, shots);
  for (guint k = 0; k < shots; k++)
    for (guint m = 0; m <= k; m++)
      noise->grid[k * shots + m] = make_score (m == 0 ? 512 : 64, (k - m) / (2.0 * shots));
  for (guint j = 0; j + 1 < shots; j++)
    noise->single[j] = make_score (64, j == 2 ? 0.1 : 0.4);
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_NOISE;
  insight->noise = noise;
  gsc_frame_set_insight (frame, insight);
  return frame;
}

/* All text on the page, none on other text. */
static void
test_layout (void)
{
  static const guint shots[] = { 1, 2, 8, 16, 32 };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 220, 14 }, { 380, 280, 11 }, { 700, 340, 11 },  { 234, 180, 8 },
          { 396, 240, 8 },  { 300, 700, 12 }, { 160, 140, 11 }, { 1920, 1080, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (shots); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (shots[i]);

      for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 2];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;

          gsc_figure_options_init (&options, FIGURE);
          options.bare = options.show_cursor = k % 2 == 0;
          page = page_fixture_lay_out (FIGURE, frame, &options, size[2], size[0], size[1]);
          g_assert_nonnull (gsc_figure_page_get_heat_map (page, 0));
          page_fixture_assert_tidy (page, size[0], size[1], 0, "noise");
        }
    }
}

/* Every cell in words; those of more wrong labels than examples say so. */
static void
test_pick (void)
{
  g_autoptr (GscFrame) frame = make_frame (8);
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscHeatMapLayout *map;
  const GscLinePlotLayout *plot;

  gsc_figure_options_init (&options, FIGURE);
  page = page_fixture_lay_out (FIGURE, frame, &options, 8, 600, 300);
  map = gsc_figure_page_get_heat_map (page, 0);
  plot = gsc_figure_page_get_line_plot (page, 0);
  for (guint k = 0; k < 8; k++)
    for (guint m = 0; m < 8; m++)
      {
        GscRect cell = gsc_heat_map_layout_get_cell (map, k, m);
        g_auto (GscFigurePick) pick = { 0 };

        g_assert_true (
            gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
        g_assert_cmpint (pick.kind, ==, GSC_PICK_SHOT);
        g_assert_cmpuint (pick.shot, ==, k);
        if (k == 6 && m == 2)
          g_assert_cmpstr (pick.text, ==,
                           "6 shots, 2 of them wrong\naccuracy 0.25 ± 0.05 (64 sequences)");
        g_assert_true ((strstr (pick.text, "fewer") != NULL) == (m > k));
      }
  for (guint j = 0; j < 7; j++)
    {
      g_auto (GscFigurePick) pick = { 0 };
      g_autofree char *start = g_strdup_printf ("example %u alone wrong\naccuracy after 7 shots %s",
                                                j + 1, j == 2 ? "0.10" : "0.40");

      g_assert_true (gsc_figure_pick (page, plot->points[0][j].x, plot->plot.y + 5, &pick));
      g_assert_cmpint (pick.kind, ==, GSC_PICK_BAR);
      g_assert_true (g_str_has_prefix (pick.text, start));
    }
  g_assert_false (gsc_figure_pick (page, 1, 1, &(GscFigurePick){ 0 }));
}

static void
test_text (void)
{
  g_autoptr (GscFrame) frame = make_frame (8);
  GscFigureOptions options;
  g_autofree char *summary = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  guint row = 0;

  gsc_figure_options_init (&options, FIGURE);
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (summary, ==,
                   "Accuracy on o.o.d./test after 7 shots: 0.44 ± 0.02 (512 sequences) without "
                   "wrong labels, 0.38 ± 0.06 (64 sequences) with one, 0.25 ± 0.05 (64 sequences) "
                   "with 3. It is lowest if example 3 alone is wrong: 0.10 ± 0.04 (64 sequences).");
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 36 + 7);
  for (guint k = 0; k < 8; k++)
    for (guint m = 0; m <= k; m++, row++)
      {
        g_assert_cmpstr (frame_fixture_get_text (table, row, "set"), ==, "ood_test");
        g_assert_cmpfloat (frame_fixture_get_number (table, row, "shots"), ==, k);
        g_assert_cmpfloat (frame_fixture_get_number (table, row, "wrong"), ==, m);
        g_assert_true (isnan (frame_fixture_get_number (table, row, "wrong_example")));
        g_assert_cmpfloat (frame_fixture_get_number (table, row, "accuracy"), ==, (k - m) / 16.0);
      }
  for (guint j = 0; j < 7; j++)
    {
      g_assert_cmpfloat (frame_fixture_get_number (table, 36 + j, "wrong_example"), ==, j + 1);
      g_assert_cmpfloat (frame_fixture_get_number (table, 36 + j, "sequences"), ==, 64);
    }
}

/* Without an insight it is a note. */
static void
test_missing (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 2, FIXTURE_RISING);
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (GscFigureTable) table = NULL;

  gsc_figure_options_init (&options, FIGURE);
  page = page_fixture_lay_out (FIGURE, frame, &options, 8, 300, 200);
  g_assert_null (gsc_figure_page_get_heat_map (page, 0));
  g_assert_false (gsc_figure_pick (page, 150, 100, &(GscFigurePick){ 0 }));
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (summary, ==, "No label noise to show yet.");
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-noise/layout", test_layout);
  g_test_add_func ("/figure-noise/pick", test_pick);
  g_test_add_func ("/figure-noise/text", test_text);
  g_test_add_func ("/figure-noise/missing", test_missing);
  return g_test_run ();
}
