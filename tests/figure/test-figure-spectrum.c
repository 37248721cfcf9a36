/* test-figure-spectrum.c - characters in the embedding
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"

#define FIGURE GSC_FIGURE_SPECTRUM
#define WIDTH 16

/* A frame of a model with random weights, or one whose embedding is one wave of @frequency over the
 * numbers (above 0), or nothing at all (below). */
static GscFrame *
make_frame (int p, int frequency)
{
  const GscModelConfig config = { .vocab = p,
                                  .width = WIDTH,
                                  .heads = 2,
                                  .depth = 1,
                                  .activation = GSC_ACTIVATION_RELU,
                                  .tied = TRUE };
  const GscInsightRequest request = { .kind = GSC_INSIGHT_SPECTRUM };
  g_autoptr (GError) error = NULL;
  g_autoptr (GscModel) model = gsc_model_new (&config, &error);
  g_autoptr (GscRunData) data = data_fixture_new (p, 2, FIXTURE_RISING);
  g_autoptr (GscInsight) insight = NULL;
  GscFrame *frame = gsc_frame_new (data, 1);
  float *embedding = gsc_model_get_weights (model) + gsc_model_get_layout (model)->embedding;

  g_assert_no_error (error);
  if (frequency == 0)
    gsc_model_init_weights (model, 5);
  for (int i = 0; i < p * WIDTH && frequency > 0; i++)
    embedding[i] = (float) cos (2 * G_PI * frequency * (i / WIDTH) / p + i % WIDTH);
  insight = gsc_insight_new (&request, &(GscSubject){ .model = model, .p = p }, NULL, NULL, &error);
  g_assert_no_error (error);
  gsc_frame_set_insight (frame, insight);
  return frame;
}

static GscFigurePage *
lay_out (const GscFrame *frame, gboolean bare, double text_size, double width, double height)
{
  GscFigureOptions options;
  GscStyle style;

  gsc_figure_options_init (&options, FIGURE);
  options.bare = bare;
  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), text_size);
  return gsc_figure_lay_out (FIGURE, frame, &options, &style, width, height);
}

/* Primes and sizes of panels: all text on the page, none on other text. */
static void
test_layout (void)
{
  static const int primes[] = { 3, 11, 29, 97 };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 260, 14 }, { 450, 300, 12 },  { 234, 200, 8 },
          { 396, 280, 8 },  { 280, 380, 11 }, { 1920, 1080, 20 } };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (primes); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (primes[i / 3], (int) (i % 3) - 1);

      for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 2];
          g_autoptr (GscFigurePage) page = lay_out (frame, k % 2 == 0, size[2], size[0], size[1]);
          g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

          g_assert_cmpuint (labels->len, >=, 8);
          page_fixture_assert_tidy (page, size[0], size[1], 0, "spectrum");
        }
    }
}

/* Bars are as high as the shares in the table, on one scale in both plots; each tells its own. */
static void
test_bars (void)
{
  g_autoptr (GscFrame) frame = make_frame (29, 0);
  g_autoptr (GscFigurePage) page = lay_out (frame, FALSE, 8, 396, 280);
  GscFigureOptions options;
  g_autoptr (GscFigureTable) table = NULL;
  double unit = 0, sums[2] = { 0 };

  gsc_figure_options_init (&options, FIGURE);
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 28);
  for (guint i = 0; i < 28; i++)
    {
      const GscBarPlotLayout *layout = gsc_figure_page_get_bar_plot (page, i / 14);
      const GscRect *bar = &layout->bars[i % 14];
      double share = frame_fixture_get_number (table, i, "share");
      double noise = frame_fixture_get_number (table, i, "without_order");
      g_auto (GscFigurePick) pick = { 0 };
      g_autofree char *start
          = g_strdup_printf ("%s frequency %u of %d", i < 14 ? "additive" : "multiplicative",
                             i % 14 + 1, i < 14 ? 29 : 28);

      if (i == 0)
        unit = bar->height / share;
      sums[i / 14] += share;
      g_assert_cmpfloat_with_epsilon (bar->height, share * unit, 1e-6);
      g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (bar) - layout->levels[i % 14], noise * unit,
                                      1e-6);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "frequency"), ==, i % 14 + 1);
      g_assert_true (gsc_figure_pick (page, bar->x, gsc_rect_bottom (bar) - 1, &pick));
      g_assert_cmpint (pick.kind, ==, GSC_PICK_BAR);
      g_assert_true (g_str_has_prefix (pick.text, start));
      g_assert_cmpint (strstr (pick.text, "odd against even") != NULL, ==, i == 27);
    }
  g_assert_cmpfloat_with_epsilon (sums[0], 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (sums[1], 1, 1e-9);
  g_assert_false (gsc_figure_pick (page, 0, 0, &(GscFigurePick){ 0 }));
}

/* The sentence names the frequency that the embedding is made of. */
static void
test_text (void)
{
  g_autoptr (GscFrame) wave = make_frame (11, 3);
  g_autoptr (GscFrame) nothing = make_frame (11, -1);
  g_autoptr (GscFrame) empty = frame_fixture_new (11, 2, FIXTURE_RISING);
  GscFigureOptions options;
  g_autofree char *of_wave = NULL;
  g_autofree char *of_nothing = NULL;
  g_autofree char *without = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autoptr (GscFigurePage) page = lay_out (wave, TRUE, 8, 396, 280);

  gsc_figure_options_init (&options, FIGURE);
  of_wave = gsc_figure_summarise (FIGURE, wave, &options);
  g_assert_nonnull (strstr (of_wave, "Additive characters: 1.0 of 5 frequencies matter, the "
                                     "strongest, 3, has 100 % (20 % without any order)."));
  g_assert_nonnull (strstr (of_wave, "Multiplicative characters: "));
  g_assert_cmpstr (gsc_figure_page_get_bar_plot (page, 0)->heading.text, ==, "additive: 1.0 of 5");

  of_nothing = gsc_figure_summarise (FIGURE, nothing, &options);
  g_assert_nonnull (strstr (of_nothing, "Additive characters: nothing varies."));

  without = gsc_figure_summarise (FIGURE, empty, &options);
  g_assert_cmpstr (without, ==, "No model to show yet.");
  table = gsc_figure_tabulate (FIGURE, empty, &options);
  g_assert_cmpuint (table->n_rows, ==, 0);
}

/* Pages too small for anything, with and without a model. */
static void
test_small (void)
{
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 } };
  g_autoptr (GscFrame) full = make_frame (5, 0);
  g_autoptr (GscFrame) empty = frame_fixture_new (5, 2, FIXTURE_RISING);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (sizes); i++)
    {
      const double *size = sizes[i / 2];
      g_autoptr (GscFigurePage) page
          = lay_out (i % 2 == 0 ? full : empty, FALSE, 8, size[0], size[1]);
      cairo_surface_t *surface = frame_fixture_paint (page, size[0], size[1], 1);
      g_auto (GscFigurePick) pick = { 0 };

      g_assert_cmpint (gsc_figure_pick (page, size[0] / 2, size[1] / 2, &pick), ==,
                       pick.kind != GSC_PICK_NONE);
      cairo_surface_destroy (surface);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-spectrum/layout", test_layout);
  g_test_add_func ("/figure-spectrum/bars", test_bars);
  g_test_add_func ("/figure-spectrum/text", test_text);
  g_test_add_func ("/figure-spectrum/small", test_small);
  return g_test_run ();
}
