/* test-figure-kshot.c - all queries of one task after every number of examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"
#include "gsc-sequence.h"

#define WIDTH 396.0
#define HEIGHT 380.0
#define SCALE 2.0

/* Right where x is even. */
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
      answers[cell] = (guint8) ((kshot->truth[cell] + cell / kshot->p % 2) % kshot->p);
      probabilities[cell] = 0.25F;
    }
  return TRUE;
}

/* A frame with the answers of predict() after up to @n_examples of the cursor's task. */
static GscFrame *
make_frame (int p, guint n_examples)
{
  GscFrame *frame = frame_fixture_new (p, 2, FIXTURE_RISING);
  const GscTask task = { .a = frame->cursor.a, .b = frame->cursor.b };
  g_autofree gint32 *tokens = g_new (gint32, 3 * n_examples);
  g_autoptr (GError) error = NULL;
  GscInsight *insight = g_new0 (GscInsight, 1);
  GscRng rng;

  gsc_rng_init (&rng, 5, 0, 0, 0);
  gsc_sequence_draw (&rng, p, &task, frame->run->inputs->train, frame->run->inputs->n_train,
                     (int) n_examples, tokens);
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_KSHOT;
  insight->kshot
      = gsc_kshot_new_predicted (p, task.a, task.b, tokens, 3 * n_examples, predict, NULL, &error);
  g_assert_no_error (error);
  gsc_frame_set_insight (frame, insight);
  gsc_insight_unref (insight);
  return frame;
}

static const GscKshot *
get_kshot (const GscFrame *frame)
{
  return frame->insights[GSC_INSIGHT_KSHOT]->kshot;
}

static GscFigurePage *
lay_out (const GscFrame *frame, GscKshotView view, double width, double height)
{
  GscFigureOptions options;
  GscStyle style;

  gsc_figure_options_init (&options, GSC_FIGURE_KSHOT);
  options.kshot_view = view;
  options.show_cursor = TRUE;
  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_figure_lay_out (GSC_FIGURE_KSHOT, frame, &options, &style, width, height);
}

static gboolean
has_label (const GscFigurePage *page, const char *text)
{
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (g_array_index (labels, GscLabel, i).text, text) != NULL)
      return TRUE;
  return FALSE;
}

static guint32
get_color (
    cairo_surface_t *surface, const GscTilesLayout *layout, guint row, guint column, int x, int y)
{
  GscRect cell = gsc_tiles_layout_get_cell (layout, row, column, (guint) x, (guint) y);

  return frame_fixture_get_pixel (surface, SCALE * (cell.x + cell.width / 2),
                                  SCALE * (cell.y + cell.height / 2));
}

/* What a cell has to look like where the model is right and where a rule is (-1: it has no
 * answer). */
static guint32
expect_color (int right)
{
  const GscPalette *palette = gsc_palette_get (GSC_PALETTE_PAPER);

  return gsc_color_scale_pack (right > 0    ? &palette->right
                               : right == 0 ? &palette->wrong
                                            : &palette->grid);
}

static int
judge (guint8 answer, guint8 truth)
{
  return answer == GSC_KSHOT_NONE ? -1 : answer == truth;
}

/* Each row of maps shows what the grid has of it. */
static void
test_colors (void)
{
  const int p = 7;
  g_autoptr (GscFrame) frame = make_frame (p, 4);
  const GscKshot *kshot = get_kshot (frame);
  g_autoptr (GscFigurePage) page = lay_out (frame, GSC_KSHOT_FOUR, WIDTH, HEIGHT);
  const GscTilesLayout *layout = gsc_figure_page_get_tiles (page, 0);
  cairo_surface_t *surface = frame_fixture_paint (page, WIDTH, HEIGHT, SCALE);

  g_assert_cmpuint (layout->rows, ==, 4);
  g_assert_cmpuint (layout->columns, ==, 4);
  for (guint column = 0; column < 4; column++)
    for (int i = 0; i < p * p; i++)
      {
        guint shot = column + 1; /* 1, 2, 3, 4 */
        const GscKshotColumn *cells = &kshot->columns[shot];
        int x = i / p, y = i % p;
        int difference = gsc_kshot_get_difference (kshot, shot, (guint) i);

        g_assert_cmphex (get_color (surface, layout, 0, column, x, y), ==,
                         expect_color (x % 2 == 0));
        g_assert_cmphex (get_color (surface, layout, 1, column, x, y), ==,
                         expect_color (judge (cells->ratio[i], kshot->truth[i])));
        g_assert_cmphex (get_color (surface, layout, 2, column, x, y), ==,
                         expect_color (judge (cells->bayes[i], kshot->truth[i])));
        g_assert_cmphex (get_color (surface, layout, 3, column, x, y), ==,
                         expect_color (difference > 0   ? 1
                                       : difference < 0 ? 0
                                                        : -1));
      }
  cairo_surface_destroy (surface);
}

/* The columns of the paper, scaled; each number of shots once. */
static void
test_columns (void)
{
  static const struct
  {
    guint n_examples;
    guint n;
    const char *shots[4];
  } contexts[] = {
    { 0, 1, { "0 shots" } },
    { 1, 1, { "1 shot" } },
    { 2, 2, { "1 shot", "2 shots" } },
    { 3, 3, { "1 shot", "2 shots", "3 shots" } },
    { 7, 4, { "1 shot", "2 shots", "3 shots", "7 shots" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (contexts); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (5, contexts[i].n_examples);
      g_autoptr (GscFigurePage) page = lay_out (frame, GSC_KSHOT_FOUR, WIDTH, HEIGHT);
      const GscTilesLayout *layout = gsc_figure_page_get_tiles (page, 0);

      g_assert_cmpint (frame->run->config.shots, >=, 8);
      g_assert_cmpuint (layout->columns, ==, contexts[i].n);
      for (guint column = 0; column < layout->columns; column++)
        g_assert_cmpstr (layout->column_titles[column].text, ==, contexts[i].shots[column]);
    }
}

/* The cursor's shot alone, in as many columns as make its four maps largest. */
static void
test_one_shot (void)
{
  g_autoptr (GscFrame) frame = make_frame (5, 6);
  g_autoptr (GscFigurePage) wide = NULL;
  g_autoptr (GscFigurePage) square = NULL;

  frame->cursor.shot = 2;
  wide = lay_out (frame, GSC_KSHOT_CURSOR, 900, 280);
  square = lay_out (frame, GSC_KSHOT_CURSOR, 400, 420);
  g_assert_cmpuint (gsc_figure_page_get_tiles (wide, 0)->columns, ==, 4);
  g_assert_cmpuint (gsc_figure_page_get_tiles (square, 0)->columns, ==, 2);
  g_assert_true (has_label (wide, "after 2 shots"));
  g_assert_true (has_label (wide, "model 0.60"));
  frame->cursor.shot = 100;
  g_clear_pointer (&wide, gsc_figure_page_free);
  wide = lay_out (frame, GSC_KSHOT_CURSOR, 900, 280);
  g_assert_true (has_label (wide, "after 6 shots"));
}

/* What is picked is what is shown there, with the rules' words of it. */
static void
test_pick (void)
{
  const int p = 5;
  g_autoptr (GscFrame) frame = make_frame (p, 4);
  const GscKshot *kshot = get_kshot (frame);
  guint n_explained = 0;

  for (guint view = GSC_KSHOT_FOUR; view <= GSC_KSHOT_CURSOR; view++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      const GscTilesLayout *layout;

      frame->cursor.shot = 3;
      page = lay_out (frame, view, WIDTH, HEIGHT);
      layout = gsc_figure_page_get_tiles (page, 0);
      for (guint i = 0; i < layout->rows * layout->columns * (guint) (p * p); i++)
        {
          guint map = i / (guint) (p * p), cell = i % (guint) (p * p);
          guint row = map / layout->columns, column = map % layout->columns;
          guint shot = view == GSC_KSHOT_FOUR ? column + 1 : 3;
          GscRect rect = gsc_tiles_layout_get_cell (layout, row, column, cell / p, cell % p);
          g_auto (GscFigurePick) pick = { 0 };
          g_autofree char *truth = g_strdup_printf ("true z: %d\n", kshot->truth[cell]);
          g_autofree char *example
              = g_strdup_printf ("by example %d (", kshot->explained_from[cell] + 1);
          gboolean explained = kshot->explained_from[cell] < shot;

          g_assert_true (
              gsc_figure_pick (page, rect.x + rect.width / 3, rect.y + rect.height / 3, &pick));
          g_assert_cmpint (pick.kind, ==, GSC_PICK_INPUT);
          g_assert_cmpint (pick.x, ==, cell / p);
          g_assert_cmpint (pick.y, ==, cell % p);
          g_assert_cmpuint (pick.shot, ==, shot);
          g_assert_nonnull (strstr (pick.text, truth));
          g_assert_nonnull (strstr (pick.text, "(0.25)"));
          g_assert_nonnull (strstr (pick.text, pick.x % 2 == 0 ? "), right" : "), wrong"));
          g_assert_true ((strstr (pick.text, example) != NULL) == explained);
          g_assert_true ((strstr (pick.text, "for certain") != NULL)
                         == (kshot->columns[shot].bayes[cell] != GSC_KSHOT_NONE));
          n_explained += explained;
        }
    }
  g_assert_cmpuint (n_explained, >, 0);
}

static void
test_curves (void)
{
  g_autoptr (GscFrame) frame = make_frame (7, 7);
  const GscKshot *kshot = get_kshot (frame);
  g_autoptr (GscFigurePage) page = lay_out (frame, GSC_KSHOT_CURVES, WIDTH, 260);
  const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, 0);
  const GscKshotColumn *column = &kshot->columns[5];
  g_autofree char *explained = g_strdup_printf ("explained by ratio matching: %u of %u (",
                                                column->n_right_explained, column->n_explained);
  g_auto (GscFigurePick) pick = { 0 };

  g_assert_null (gsc_figure_page_get_tiles (page, 0));
  g_assert_cmpuint (layout->n_points[0], ==, 8);
  for (guint k = 0; k <= 7; k++)
    {
      g_assert_cmpfloat_with_epsilon (gsc_axis_unmap (&layout->y, layout->points[0][k].y),
                                      kshot->columns[k].explained_accuracy, 1e-9);
      g_assert_cmpfloat_with_epsilon (gsc_axis_unmap (&layout->y, layout->points[1][k].y),
                                      kshot->columns[k].unexplained_accuracy, 1e-9);
    }
  g_assert_true (gsc_figure_pick (page, gsc_axis_map (&layout->x, 5.2),
                                  layout->plot.y + layout->plot.height / 2, &pick));
  g_assert_cmpint (pick.kind, ==, GSC_PICK_SHOT);
  g_assert_cmpuint (pick.shot, ==, 5);
  g_assert_nonnull (strstr (pick.text, explained));
}

static void
check_cell_row (
    const GscFigureTable *table, guint row, const GscKshot *kshot, guint shot, guint cell)
{
  const GscKshotColumn *column = &kshot->columns[shot];
  double ratio = frame_fixture_get_number (table, row, "ratio_matching");
  double bayes = frame_fixture_get_number (table, row, "bayes");
  double by = frame_fixture_get_number (table, row, "explained_by");

  g_assert_cmpfloat (frame_fixture_get_number (table, row, "shots"), ==, shot);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "x"), ==, cell / (guint) kshot->p);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "y"), ==, cell % (guint) kshot->p);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "z"), ==, kshot->truth[cell]);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "model"), ==, column->answers[cell]);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "probability"), ==, 0.25);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "right"), ==,
                     gsc_kshot_is_right (kshot, shot, cell));
  g_assert_cmpfloat (isnan (ratio) ? GSC_KSHOT_NONE : ratio, ==, column->ratio[cell]);
  g_assert_cmpfloat (isnan (bayes) ? GSC_KSHOT_NONE : bayes, ==, column->bayes[cell]);
  if (kshot->explained_from[cell] < shot)
    g_assert_cmpfloat (by, ==, kshot->explained_from[cell] + 1);
  else
    g_assert_true (isnan (by));
  g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (table, row, "bayes_probability"),
                                  gsc_kshot_get_bayes_probability (kshot, shot, cell), 1e-9);
  g_assert_cmpfloat (frame_fixture_get_number (table, row, "difference"), ==,
                     gsc_kshot_get_difference (kshot, shot, cell));
}

static void
test_table (void)
{
  g_autoptr (GscFrame) frame = make_frame (5, 4);
  const GscKshot *kshot = get_kshot (frame);
  g_autoptr (GscFigureTable) grid = NULL;
  g_autoptr (GscFigureTable) curves = NULL;
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_KSHOT);
  grid = gsc_figure_tabulate (GSC_FIGURE_KSHOT, frame, &options);
  g_assert_cmpuint (grid->n_rows, ==, 4 * 25);
  for (guint row = 0; row < grid->n_rows; row++)
    check_cell_row (grid, row, kshot, row / 25 + 1, row % 25);

  options.kshot_view = GSC_KSHOT_CURVES;
  curves = gsc_figure_tabulate (GSC_FIGURE_KSHOT, frame, &options);
  g_assert_cmpuint (curves->n_rows, ==, 5);
  for (guint k = 0; k <= 4; k++)
    {
      const GscKshotColumn *column = &kshot->columns[k];

      g_assert_cmpfloat (frame_fixture_get_number (curves, k, "shots"), ==, k);
      g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (curves, k, "model"),
                                      column->accuracy, 1e-9);
      g_assert_cmpfloat (frame_fixture_get_number (curves, k, "n_explained")
                             + frame_fixture_get_number (curves, k, "n_unexplained"),
                         ==, 25);
      g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (curves, k, "unexplained_accuracy"),
                                      column->unexplained_accuracy, 1e-9);
    }
}

static void
test_summary (void)
{
  g_autoptr (GscFrame) frame = make_frame (5, 4);
  g_autofree char *summary = NULL;
  GscFigureOptions options;

  frame->cursor.shot = 3;
  gsc_figure_options_init (&options, GSC_FIGURE_KSHOT);
  summary = gsc_figure_summarise (GSC_FIGURE_KSHOT, frame, &options);
  g_assert_nonnull (strstr (summary, "After 3 examples"));
  g_assert_nonnull (strstr (summary, "right on 0.60 of 25 queries"));
}

/* Without an analysis it is a note. */
static void
test_nothing (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 2, FIXTURE_RISING);

  for (guint view = GSC_KSHOT_FOUR; view <= GSC_KSHOT_CURVES; view++)
    {
      g_autoptr (GscFigurePage) page = lay_out (frame, view, WIDTH, HEIGHT);
      g_auto (GscFigurePick) pick = { 0 };

      g_assert_true (has_label (page, "No model"));
      g_assert_false (gsc_figure_pick (page, WIDTH / 2, HEIGHT / 2, &pick));
    }
}

/* Left and right arrows change the shot, to both ends and no further. */
static void
test_moves (void)
{
  g_autoptr (GscFrame) frame = make_frame (5, 4);
  GscCursor cursor = frame->cursor;
  int record = 0;
  guint n = 0;

  g_assert_false (gsc_figure_move (GSC_FIGURE_KSHOT, frame, GSC_DIRECTION_UP, &cursor, &record));
  cursor.shot = 0;
  g_assert_false (gsc_figure_move (GSC_FIGURE_KSHOT, frame, GSC_DIRECTION_LEFT, &cursor, &record));
  while (gsc_figure_move (GSC_FIGURE_KSHOT, frame, GSC_DIRECTION_RIGHT, &cursor, &record))
    {
      n++;
      g_assert_cmpuint (cursor.shot, ==, n);
      g_assert_true (gsc_frame_has_cursor (frame->run, &cursor));
    }
  g_assert_cmpuint (n, ==, frame->run->config.shots - 1);
}

/* All text is on the page, and none on other text, in files and in panels. */
static void
test_tidy (void)
{
  static const double sizes[][3]
      = { { 234, 296, 8 },   { 252, 300, 8 },  { 396, 387, 8 },   { 720, 630, 8 },
          { 300, 220, 11 },  { 300, 220, 14 }, { 380, 280, 11 },  { 220, 420, 11 },
          { 1200, 180, 11 }, { 900, 900, 11 }, { 3840, 2160, 14 } };
  static const int primes[] = { 3, 11, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (primes[i], 7);

      for (guint k = 0; k < 6 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 6];
          g_autoptr (GscFigurePage) page = NULL;
          GscFigureOptions options;
          GscStyle style;

          gsc_figure_options_init (&options, GSC_FIGURE_KSHOT);
          options.bare = k % 2 == 0;
          options.kshot_view = k / 2 % 3;
          gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), size[2]);
          page = gsc_figure_lay_out (GSC_FIGURE_KSHOT, frame, &options, &style, size[0], size[1]);
          page_fixture_assert_tidy (page, size[0], size[1], PAGE_FIXTURE_TOUCHING, "k-shot grid");
        }
    }
}

/* Any page, however small. */
static void
test_small (void)
{
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 } };
  g_autoptr (GscFrame) frame = make_frame (11, 7);

  for (guint i = 0; i < 3 * G_N_ELEMENTS (sizes); i++)
    {
      const double *size = sizes[i / 3];
      g_autoptr (GscFigurePage) page = lay_out (frame, i % 3, size[0], size[1]);

      cairo_surface_destroy (frame_fixture_paint (page, size[0], size[1], 1));
      for (guint j = 0; j < 36; j++)
        {
          g_auto (GscFigurePick) pick = { 0 };

          if (gsc_figure_pick (page, size[0] * (j % 6) / 5.1, size[1] * (j / 6) / 5.1, &pick))
            g_assert_true (g_utf8_validate (pick.text, -1, NULL));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-kshot/colors", test_colors);
  g_test_add_func ("/figure-kshot/columns", test_columns);
  g_test_add_func ("/figure-kshot/one-shot", test_one_shot);
  g_test_add_func ("/figure-kshot/pick", test_pick);
  g_test_add_func ("/figure-kshot/curves", test_curves);
  g_test_add_func ("/figure-kshot/table", test_table);
  g_test_add_func ("/figure-kshot/summary", test_summary);
  g_test_add_func ("/figure-kshot/nothing", test_nothing);
  g_test_add_func ("/figure-kshot/moves", test_moves);
  g_test_add_func ("/figure-kshot/tidy", test_tidy);
  g_test_add_func ("/figure-kshot/small", test_small);
  return g_test_run ();
}
