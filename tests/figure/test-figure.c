/* test-figure.c - the figures of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "data-fixture.h"

static void
init_options (GscFigureOptions *options, GscFigure figure, guint variant, int record)
{
  gsc_figure_options_init (options, figure, record);
  if (variant > 0)
    {
      options->measure = (GscMeasure) (variant - 1);
      options->logarithmic_steps = variant % 2 == 0;
    }
}

enum
{
  N_VARIANTS = 4,
};

static GscFigurePage *
lay_out (GscFigure figure, const GscFigureData *data, guint variant, double width, double height)
{
  GscFigureOptions options;
  GscStyle style;

  init_options (&options, figure, variant, (int) data->records->len - 1);
  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_figure_lay_out (figure, data, &options, &style, width, height);
}

/* At every size that is printed, in every variant: all text on the page, and none on other text. */
static void
test_no_overlap (void)
{
  static const double widths[] = { 234, 252, 396, 486, 516, 720 }; /* ICML, Nature ... slides */
  static const int primes[] = { 3, 11, 29, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      g_autoptr (GscFigureData) data = data_fixture_new (primes[i], 12, FIXTURE_RISING);

      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        for (guint k = 0; k < G_N_ELEMENTS (widths) * N_VARIANTS; k++)
          {
            double width = widths[k / N_VARIANTS];
            double height = gsc_figure_get_height (figure, width);
            g_autoptr (GscFigurePage) page = lay_out (figure, data, k % N_VARIANTS, width, height);
            g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

            g_assert_cmpuint (labels->len, >=, 12);
            for (guint a = 0; a < labels->len; a++)
              {
                const GscLabel *label = &g_array_index (labels, GscLabel, a);

                g_assert_cmpfloat (label->rect.x, >=, 0);
                g_assert_cmpfloat (label->rect.y, >=, 0);
                g_assert_cmpfloat (gsc_rect_right (&label->rect), <=, width);
                g_assert_cmpfloat (gsc_rect_bottom (&label->rect), <=, height);
                for (guint b = 0; b < a; b++)
                  {
                    const GscLabel *other = &g_array_index (labels, GscLabel, b);

                    if (gsc_label_is_near (label, other, -0.01))
                      g_error ("%s, %g wide, variant %u: “%s” is on “%s”",
                               gsc_figure_get_name (figure), width, k % N_VARIANTS, label->text,
                               other->text);
                  }
              }
          }
    }
}

static gboolean
has_label (GscFigurePage *page, const char *text)
{
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (g_array_index (labels, GscLabel, i).text, text) != NULL)
      return TRUE;
  return FALSE;
}

/* The settings and every line's name are on the page. */
static void
test_texts (void)
{
  static const char *const texts[GSC_N_FIGURES][8] = {
    { "last shot", "p = 11, 60 of 121 tasks, α = 0.6", "i.d./train", "o.o.d./test", "chance, 1/11",
      "ratio matching", "training step", "step 300" },
    { "examples", "p = 11, 60 of 121 tasks", "step 300", "Bayes", "ratio matching",
      "memorising, o.o.d.", "training inputs", "test inputs" },
    { "each task", "p = 11, 60 of 121 tasks", "step 300", "pre-training", "held-out", "accuracy",
      "a", "b" },
  };
  g_autoptr (GscFigureData) data = data_fixture_new (11, 4, FIXTURE_RISING);

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autoptr (GscFigurePage) page = lay_out (figure, data, 0, 396, 220);

      for (guint i = 0; i < 8; i++)
        if (!has_label (page, texts[figure][i]))
          g_error ("%s lacks “%s”", gsc_figure_get_name (figure), texts[figure][i]);
    }
}

/* Settings that are too long for one line go on in the next; nothing of them is cut. */
static void
test_narrow (void)
{
  g_autoptr (GscFigureData) data = data_fixture_new (11, 4, FIXTURE_RISING);

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autoptr (GscFigurePage) page = lay_out (figure, data, 0, 180, 260);
      g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

      g_assert_true (has_label (page, "seed 1"));
      /* the title may be cut */
      for (guint i = 1; i < 4; i++)
        {
          const GscLabel *label = &g_array_index (labels, GscLabel, i);
          GscLabel whole;

          gsc_label_init (&whole, gsc_figure_page_get_style (page), GSC_FONT_NORMAL, label->text);
          g_assert_cmpfloat (label->rect.width, ==, whole.rect.width);
          gsc_label_clear (&whole);
        }
    }
}

/* Nothing to show, or nothing that makes sense: a page all the same, at any size. */
static void
test_degenerate (void)
{
  static const struct
  {
    int p;
    guint n_records;
    FixtureKind kind;
  } runs[] = {
    { 3, 0, FIXTURE_RISING }, { 3, 1, FIXTURE_RISING }, { 3, 1, FIXTURE_NAN },
    { 3, 2, FIXTURE_EQUAL },  { 3, 3, FIXTURE_NAN },    { 97, 0, FIXTURE_RISING },
    { 97, 2, FIXTURE_NAN },
  };
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 }, { 400, 200 } };
  static const GscPaletteKind palettes[] = { GSC_PALETTE_LIGHT, GSC_PALETTE_DARK };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 500);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (GscFigureData) data
          = data_fixture_new (runs[i].p, runs[i].n_records, runs[i].kind);

      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        for (guint k = 0; k < G_N_ELEMENTS (sizes) * N_VARIANTS; k++)
          {
            GscFigureOptions options;
            GscStyle style;

            gsc_style_init (&style, gsc_palette_get (palettes[k % 2]), 8);
            init_options (&options, figure, k % N_VARIANTS, (int) runs[i].n_records - 1);
            gsc_figure_paint (figure, data, &options, &style, cr, sizes[k / N_VARIANTS][0],
                              sizes[k / N_VARIANTS][1]);
            g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
          }
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static guint32
get_pixel (cairo_surface_t *surface, double x, double y)
{
  const unsigned char *row = cairo_image_surface_get_data (surface)
                             + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[(gsize) x] & 0xffffff;
}

/* In the grid, a runs to the right and b upwards, pre-training tasks have a dot, and each task has
 * the colour of its own accuracy. */
static void
test_task_grid (void)
{
  g_autoptr (GscFigureData) data = data_fixture_new (7, 1, FIXTURE_RISING);
  GscRecord *record = g_ptr_array_index (data->records, 0);
  const double width = 396, height = 260;
  GscFigureOptions options;
  GscStyle style;
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * (int) width, 2 * (int) height);
  cairo_t *cr = cairo_create (surface);
  double left = NAN, right = NAN, top = NAN, bottom = NAN;

  /* every task another accuracy: its place in the plane, from 0 to 1 */
  for (guint set = 0; set < GSC_N_SETS; set++)
    for (guint i = 0; i < record->sets[set].n_tasks; i++)
      {
        const GscTask *task = &data->tasks->tasks[record->sets[set].task[i]];

        record->sets[set].task_accuracy[i] = (7 * task->b + task->a) / 48.0;
      }
  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  gsc_figure_options_init (&options, GSC_FIGURE_TASK_GRID, 0);
  cairo_scale (cr, 2, 2);
  gsc_figure_paint (GSC_FIGURE_TASK_GRID, data, &options, &style, cr, width, height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  /* The first grid's corners are where its first and last colours are seen. */
  for (double y = 0; y < 2 * height; y++)
    for (double x = 0; x < width; x++)
      {
        if (get_pixel (surface, x, y) == 0x440154)
          {
            left = isnan (left) ? x : MIN (left, x);
            bottom = y;
          }
        if (get_pixel (surface, x, y) == 0xfde725)
          {
            right = x;
            top = isnan (top) ? y : top;
          }
      }
  g_assert_cmpfloat (right - left, >, 200);
  g_assert_cmpfloat_with_epsilon (right - left, bottom - top, 2);
  for (guint i = 0; i < 49; i++)
    {
      const GscTask *task = &data->tasks->tasks[i];
      double side = (right - left + 1) / 7;
      double x = left + (task->a + 0.5) * side;
      double y = bottom - (task->b + 0.5) * side;
      GscColor color = gsc_palette_sequential ((7 * task->b + task->a) / 48.0);
      guint32 expected = gsc_color_scale_pack (&color);
      guint32 middle = get_pixel (surface, x, y);

      g_assert_cmphex (get_pixel (surface, x - 0.3 * side, y + 0.3 * side), ==, expected);
      if (task->role == GSC_TASK_ROLE_PRE_TRAINING)
        g_assert_true (middle == 0x000000 || middle == 0xffffff);
      else
        g_assert_cmphex (middle, ==, expected);
    }
  cairo_surface_destroy (surface);
}

/* Files: embedded outline fonts only, the same bytes from the same data, small. */
static void
test_write (void)
{
  g_autofree char *folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  g_autoptr (GscFigureData) data = data_fixture_new (97, 200, FIXTURE_RISING);
  g_autoptr (GError) error = NULL;

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autofree char *name = g_strdup_printf ("%s.pdf", gsc_figure_get_name (figure));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      gsize first_length, second_length;
      GscFigureOptions options;

      gsc_figure_options_init (&options, figure, 199);
      gsc_figure_write (figure, data, &options, path, 396, 220, 300, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &first, &first_length, NULL));
      gsc_figure_write (figure, data, &options, path, 396, 220, 300, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &second, &second_length, NULL));
      g_assert_cmpmem (first, first_length, second, second_length);
      g_assert_cmpuint (first_length, <, 1000 * 1000);
      g_assert_nonnull (memmem (first, first_length, "/FontFile", 9));
      g_assert_null (memmem (first, first_length, "/Type3", 6));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/no-overlap", test_no_overlap);
  g_test_add_func ("/figure/texts", test_texts);
  g_test_add_func ("/figure/narrow", test_narrow);
  g_test_add_func ("/figure/degenerate", test_degenerate);
  g_test_add_func ("/figure/task-grid", test_task_grid);
  g_test_add_func ("/figure/write", test_write);
  return g_test_run ();
}
