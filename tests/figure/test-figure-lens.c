/* test-figure-lens.c - what each layer would answer on pages of any size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"

#define FIGURE GSC_FIGURE_LENS

#define SHOTS 8

static double
get_accuracy (guint layer, guint set, guint shot)
{
  return 0.1 * layer + 0.05 * set + 0.01 * shot;
}

static GscFrame *
make_frame (guint depth)
{
  GscFrame *frame = frame_fixture_new (11, 2, FIXTURE_RISING);
  GscLens *lens = g_new0 (GscLens, 1);
  g_autoptr (GscInsight) insight = g_new0 (GscInsight, 1);

  g_atomic_ref_count_init (&lens->ref_count);
  lens->n_layers = depth + 1;
  lens->shots = SHOTS;
  lens->scores = g_new0 (GscLensScore, (depth + 1) * GSC_N_SETS * SHOTS);
  lens->means = g_new0 (GscLensScore, (depth + 1) * GSC_N_SETS);
  for (guint i = 0; i < (depth + 1) * GSC_N_SETS; i++)
    {
      guint layer = i / GSC_N_SETS, set = i % GSC_N_SETS;

      lens->sequences[set] = 512;
      lens->means[i] = (GscLensScore){ get_accuracy (layer, set, 3), 0.02 * layer };
      for (guint k = 0; k < SHOTS; k++)
        lens->scores[i * SHOTS + k] = (GscLensScore){ get_accuracy (layer, set, k), 0.03 * layer };
    }
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_LENS;
  insight->lens = lens;
  gsc_frame_set_insight (frame, insight);
  return frame;
}

/* All text on the page, none on other text. */
static void
test_layout (void)
{
  static const guint depths[] = { 1, 2, 4, 8 };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 220, 14 }, { 380, 280, 11 }, { 700, 340, 11 },  { 234, 180, 8 },
          { 396, 240, 8 },  { 300, 700, 12 }, { 160, 140, 11 }, { 1920, 1080, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (depths[i]);

      for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 2];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;

          gsc_figure_options_init (&options, FIGURE);
          options.bare = options.show_cursor = k % 2 == 0;
          page = page_fixture_lay_out (FIGURE, frame, &options, size[2], size[0], size[1]);
          page_fixture_assert_tidy (page, size[0], size[1], 0, "lens");
        }
    }
}

/* Each layer is where it is drawn, in both plots; by the last shot or all of them. */
static void
test_pick (void)
{
  g_autoptr (GscFrame) frame = make_frame (2);

  for (guint last = 0; last < 2; last++)
    {
      GscFigureOptions options;
      g_autoptr (GscFigurePage) page = NULL;

      gsc_figure_options_init (&options, FIGURE);
      g_assert_cmpint (options.measure, ==, GSC_MEASURE_LAST_ACCURACY);
      options.measure = last ? GSC_MEASURE_LAST_ACCURACY : GSC_MEASURE_ACCURACY;
      page = page_fixture_lay_out (FIGURE, frame, &options, 8, 600, 300);
      for (guint plot = 0; plot < 2; plot++)
        for (guint layer = 0; layer <= 2; layer++)
          {
            const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, plot);
            double x = layout->points[0][layer].x;
            g_auto (GscFigurePick) pick = { 0 };
            g_autofree char *ood = g_strdup_printf (
                "o.o.d./test %.2f\n", get_accuracy (layer, GSC_SET_OOD_TEST, last ? 7 : 3));

            g_assert_true (gsc_figure_pick (page, x, layout->plot.y + 2, &pick));
            g_assert_cmpint (pick.kind, ==, layer > 0 ? GSC_PICK_HEAD : GSC_PICK_BAR);
            g_assert_cmpuint (pick.layer, ==, layer > 0 ? layer - 1 : 0);
            g_assert_cmpuint (pick.head, ==, frame->cursor.head);
            g_assert_nonnull (strstr (pick.text, ood));
            if (layer == 0)
              g_assert_true (g_str_has_prefix (pick.text, "embedding\naccuracy: i.d./train 0.0"));
            else
              g_assert_true (g_str_has_prefix (pick.text, "after layer "));
            /* the axes have room for all numbers from 0 to 1 */
            if (plot == 0)
              g_assert_cmpfloat_with_epsilon (
                  gsc_axis_unmap (&layout->y, layout->points[GSC_SET_ID_TEST][layer].y),
                  get_accuracy (layer, GSC_SET_ID_TEST, last ? 7 : 3), 1e-6);
          }
    }
}

static void
test_move (void)
{
  g_autoptr (GscFrame) frame = make_frame (2);
  GscCursor cursor = { .layer = 0, .head = 1 };
  int record = 1;

  g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_LEFT, &cursor, &record));
  g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_RIGHT, &cursor, &record));
  g_assert_cmpuint (cursor.layer, ==, 1);
  g_assert_cmpuint (cursor.head, ==, 1);
  g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_UP, &cursor, &record));
  g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_LEFT, &cursor, &record));
  g_assert_cmpuint (cursor.layer, ==, 0);
}

static void
test_text (void)
{
  g_autoptr (GscFrame) frame = make_frame (2);
  GscFigureOptions options;
  g_autofree char *summary = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  guint row = 0;

  gsc_figure_options_init (&options, FIGURE);
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_prefix (
      summary, "Accuracy that the layers would have after 7 shots: embedding i.d./train 0.07, "));
  g_assert_true (g_str_has_suffix (summary, "; after layer 2 i.d./train 0.27, i.d./test 0.32, "
                                            "o.o.d./train 0.37, o.o.d./test 0.42."));
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 3 * GSC_N_SETS * (SHOTS + 1));
  for (guint layer = 0; layer < 3; layer++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      for (guint k = 0; k <= SHOTS; k++, row++)
        {
          g_assert_cmpfloat (frame_fixture_get_number (table, row, "layer"), ==, layer);
          g_assert_cmpstr (frame_fixture_get_text (table, row, "set"), ==, gsc_set_get_name (set));
          g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (table, row, "accuracy"),
                                          get_accuracy (layer, set, k < SHOTS ? k : 3), 1e-9);
          if (k < SHOTS)
            g_assert_cmpfloat (frame_fixture_get_number (table, row, "shots"), ==, k);
          else
            g_assert_true (isnan (frame_fixture_get_number (table, row, "shots")));
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
  g_assert_null (gsc_figure_page_get_line_plot (page, 0));
  g_assert_false (gsc_figure_pick (page, 150, 100, &(GscFigurePick){ 0 }));
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (summary, ==, "No logit lens to show yet.");
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-lens/layout", test_layout);
  g_test_add_func ("/figure-lens/pick", test_pick);
  g_test_add_func ("/figure-lens/move", test_move);
  g_test_add_func ("/figure-lens/text", test_text);
  g_test_add_func ("/figure-lens/missing", test_missing);
  return g_test_run ();
}
