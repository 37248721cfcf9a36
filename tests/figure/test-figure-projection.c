/* test-figure-projection.c - a part of the model in two dimensions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frame-fixture.h"
#include "gsc-zp.h"
#include "view-fixture.h"

#define FIGURE GSC_FIGURE_PROJECTION

/* A frame of @p with the projection, which it takes over. */
static GscFrame *
make_frame (int p, GscProjection *projection)
{
  g_autoptr (GscRunData) data = data_fixture_new (p, 2, FIXTURE_RISING);
  GscFrame *frame = gsc_frame_new (data, 1);

  gsc_frame_set_projection (frame, projection);
  gsc_projection_unref (projection);
  return frame;
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         GscPaletteKind palette,
         double text_size,
         double width,
         double height)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (palette), text_size);
  return gsc_figure_lay_out (FIGURE, frame, options, &style, width, height);
}

/* Primes, kinds and sizes of panels: all text on the page, none on other text. */
static void
test_layout (void)
{
  static const int primes[] = { 3, 11, 29, 97 };
  static const double sizes[][3] = { { 300, 220, 11 }, { 300, 220, 14 }, { 450, 300, 12 },
                                     { 234, 200, 8 },  { 396, 280, 8 },  { 1920, 1080, 20 } };

  for (guint i = 0; i < 3 * G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i / 3];
      GscProjectionPart part = i % 3 == 2 ? GSC_PROJECTION_EMBEDDING : GSC_PROJECTION_HEAD;
      g_autoptr (GscFrame) frame = make_frame (
          p, view_fixture_new_projection (p, part, i % 3 == 0 ? VIEW_RANDOM : VIEW_PATTERN));

      for (guint k = 0; k < 4 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 4];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;
          g_autoptr (GArray) labels = NULL;

          if (p == 97 && k % 5 != 0) /* some sizes are enough: it takes a while */
            continue;
          gsc_figure_options_init (&options, FIGURE);
          options.bare = k % 2 == 0;
          options.labels = k / 2 % 2 == 0 ? GSC_LABELS_VALUE : GSC_LABELS_LOG;
          options.lens = (i + k) % 3 != 0;
          options.lens_value = (guint) p * k / (4 * G_N_ELEMENTS (sizes) - 1); /* up to p */
          options.parity_colors = k % 4 == 3;
          frame->projection->source.centred = k % 3 != 0;
          page = lay_out (frame, &options, GSC_PALETTE_LIGHT, size[2], size[0], size[1]);
          labels = gsc_figure_page_list_labels (page);
          g_assert_cmpuint (labels->len, >=, 8);
          for (guint a = 0; a < labels->len; a++)
            {
              const GscLabel *label = &g_array_index (labels, GscLabel, a);

              g_assert_cmpfloat (label->rect.x, >=, 0);
              g_assert_cmpfloat (label->rect.y, >=, 0);
              g_assert_cmpfloat (gsc_rect_right (&label->rect), <=, size[0] + 0.01);
              g_assert_cmpfloat (gsc_rect_bottom (&label->rect), <=, size[1] + 0.01);
              for (guint b = 0; b < a; b++)
                g_assert_false (gsc_label_is_near (label, &g_array_index (labels, GscLabel, b), 0));
            }
        }
    }
}

/* What is written beside points and above them. */
static void
test_labels (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_EMBEDDING, VIEW_PATTERN));
  g_autoptr (GscFrame) head
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_HEAD, VIEW_PATTERN));
  int log[11];
  GscFigureOptions options;

  gsc_zp_discrete_log (11, gsc_zp_primitive_root (11), log);
  gsc_figure_options_init (&options, FIGURE);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      const GscScatterLayout *layout;

      options.labels = i == 0 ? GSC_LABELS_VALUE : GSC_LABELS_LOG;
      page = lay_out (frame, &options, GSC_PALETTE_PAPER, 8, 396, 280);
      layout = gsc_figure_page_get_scatter (page, 0);
      g_assert_cmpstr (layout->heading.text, ==, "embedding of the numbers");
      g_assert_cmpstr (layout->x.title.text, ==, "PC 1 (38 %)");
      g_assert_cmpstr (layout->y.title.text, ==, "PC 2 (21 %)");
      g_assert_cmpuint (layout->n_labels, ==, 11);
      for (guint k = 0; k < 11; k++)
        {
          guint number = layout->labelled[k];
          g_autofree char *expected = g_strdup_printf ("%d", i == 0 ? (int) number : log[number]);

          g_assert_cmpstr (layout->labels[k].text, ==, i == 1 && number == 0 ? "zero" : expected);
        }
    }

  {
    g_autoptr (GscFigurePage) page = lay_out (head, &options, GSC_PALETTE_PAPER, 8, 396, 280);
    g_autoptr (GscFigurePage) narrow = lay_out (head, &options, GSC_PALETTE_PAPER, 14, 300, 220);

    g_assert_cmpstr (gsc_figure_page_get_scatter (page, 0)->heading.text, ==,
                     "layer 2, head 1, slots x and y of example 16");
    g_assert_cmpstr (gsc_figure_page_get_scatter (narrow, 0)->heading.text, ==,
                     "layer 2, head 1: x, y of example 16");
  }
}

/* Whether @text is the whole of a label of the page. */
static gboolean
has_label (const GscFigurePage *page, const char *text)
{
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (g_array_index (labels, GscLabel, i).text, text))
      return TRUE;
  return FALSE;
}

/* What is projected, whether as in the paper, and how good a circle it is. */
static void
test_source (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (29, view_fixture_new_projection (29, GSC_PROJECTION_HEAD, VIEW_PATTERN));
  GscProjection *projection = frame->projection;
  static const char *const headings[] = {
    [GSC_PROJECTION_HEAD] = "layer 2, head 1, slots y and z of example 16, as in the paper",
    [GSC_PROJECTION_BLOCK] = "output of layer 2, slots y and z of example 16, as in the paper",
    [GSC_PROJECTION_MLP] = "MLP of layer 2, slots y and z of example 16, as in the paper",
  };
  GscFigureOptions options;

  gsc_figure_options_init (&options, FIGURE);
  projection->source.slots = GSC_SLOTS_YZ;
  projection->source.centred = FALSE;
  for (guint part = GSC_PROJECTION_HEAD; part <= GSC_PROJECTION_MLP; part++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      const GscScatterLayout *layout;

      projection->source.part = part;
      page = lay_out (frame, &options, GSC_PALETTE_PAPER, 8, 396, 280);
      layout = gsc_figure_page_get_scatter (page, 0);
      g_assert_cmpstr (layout->heading.text, ==, headings[part]);
      g_assert_cmpstr (layout->x.title.text, ==, "PC 1 + mean (38 %)");
      g_assert_cmpstr (layout->y.title.text, ==, "PC 2 + mean (21 %)");
      /* the fixture's circles have the radii 1 and 0.2 and go round with the logarithm to base 2,
       * which is 13 times, or -13, that to the paper's base */
      g_assert_true (has_label (page,
                                "circle score 0.96: 13 log y, then 0.04: 13 log z; noise 0.01 "
                                "(base 27)"));
    }
}

/* The lens shows the small circle of one value, by the second value, and where it is. */
static void
test_lens (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_HEAD, VIEW_PATTERN));
  g_autoptr (GscFrame) embedding
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_EMBEDDING, VIEW_PATTERN));
  static const double sizes[][2] = { { 396, 280 }, { 280, 396 } };
  GscFigureOptions options;
  int log[11];

  gsc_zp_discrete_log (11, 2, log);
  gsc_figure_options_init (&options, FIGURE);
  options.labels = GSC_LABELS_LOG;
  options.lens = TRUE;
  for (guint value = 0; value < 12; value++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        guint shown = MIN (value, 10);
        g_autoptr (GscFigurePage) page = NULL;
        const GscScatterLayout *plot, *lens;
        g_autofree char *heading = shown == 0
                                       ? g_strdup ("x = 0: by y")
                                       : g_strdup_printf ("log x = %d: by log y", log[shown]);

        options.lens_value = value;
        page = lay_out (frame, &options, GSC_PALETTE_PAPER, 8, sizes[s][0], sizes[s][1]);
        plot = gsc_figure_page_get_scatter (page, 0);
        lens = gsc_figure_page_get_scatter (page, 1);
        g_assert_cmpuint (plot->n, ==, 121);
        g_assert_cmpuint (lens->n, ==, 11);
        g_assert_cmpstr (lens->heading.text, ==, heading);
        for (guint i = 0; i < 121; i++) /* the box is around these points, and no others */
          g_assert_cmpint (gsc_rect_contains (&plot->box, plot->points[i].x, plot->points[i].y), ==,
                           i / 11 == shown);
        for (guint i = 0; i < lens->n_labels; i++)
          {
            guint second = lens->labelled[i];
            g_autofree char *expected
                = second == 0 ? g_strdup ("zero") : g_strdup_printf ("%d", log[second]);

            g_assert_cmpstr (lens->labels[i].text, ==, expected);
          }
        for (guint i = 0; i < 11; i++)
          {
            g_auto (GscFigurePick) pick = { 0 };

            g_assert_true (gsc_figure_pick (page, lens->points[i].x, lens->points[i].y, &pick));
            g_assert_cmpint (pick.kind, ==, GSC_PICK_POINT);
            g_assert_cmpuint (pick.point, ==, 11 * shown + i);
            g_assert_cmpint (pick.x, ==, shown);
            g_assert_cmpint (pick.y, ==, i);
          }
      }

  {
    g_autoptr (GscFigurePage) page = lay_out (embedding, &options, GSC_PALETTE_PAPER, 8, 396, 280);

    g_assert_null (gsc_figure_page_get_scatter (page, 1));
  }
}

/* Each point is found where it is, and says what it is. */
static void
test_pick (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_HEAD, VIEW_RANDOM));
  const GscProjection *projection = frame->projection;
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscScatterLayout *layout;

  gsc_figure_options_init (&options, FIGURE);
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 12, 450, 300);
  layout = gsc_figure_page_get_scatter (page, 0);
  for (guint i = 0; i < projection->n; i++)
    {
      g_auto (GscFigurePick) pick = { 0 };
      g_autofree char *start = g_strdup_printf ("x = %d, y = %d\n", (int) i / 11, (int) i % 11);

      g_assert_true (gsc_figure_pick (page, layout->points[i].x, layout->points[i].y, &pick));
      g_assert_cmpint (pick.kind, ==, GSC_PICK_POINT);
      g_assert_cmpuint (pick.point, ==, i);
      g_assert_true (gsc_rect_contains (&pick.rect, layout->points[i].x, layout->points[i].y));
      g_assert_true (g_str_has_prefix (pick.text, start));
      g_assert_nonnull (strstr (pick.text, "(base 2)\nPC 1 = "));
      if (i == 2) /* x = 0, y = 2 */
        g_assert_nonnull (strstr (pick.text, "log x: none, log y = 1 "));
    }
  g_assert_false (gsc_figure_pick (page, 0, 0, &(GscFigurePick){ 0 }));
}

/* Colours go round the circle with the logarithm; 0 has none of them. */
static void
test_colors (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_EMBEDDING, VIEW_PATTERN));
  cairo_surface_t *surface;
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscScatterLayout *layout;
  int log[11];

  gsc_zp_discrete_log (11, gsc_zp_primitive_root (11), log);
  gsc_figure_options_init (&options, FIGURE);
  options.labels = GSC_LABELS_LOG;
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, 400, 300);
  layout = gsc_figure_page_get_scatter (page, 0);
  surface = frame_fixture_paint (page, 400, 300, 4);
  for (guint i = 0; i < 11; i++)
    {
      guint32 found
          = frame_fixture_get_pixel (surface, 4 * layout->points[i].x, 4 * layout->points[i].y);
      GscColor color = i == 0 ? gsc_palette_get (GSC_PALETTE_DARK)->foreground
                              : gsc_palette_cyclic (log[i] / 10.0);

      for (guint shift = 0; shift < 24; shift += 8)
        g_assert_cmpint (ABS ((int) (found >> shift & 0xff)
                              - (int) (gsc_color_scale_pack (&color) >> shift & 0xff)),
                         <=, 1);
    }
  cairo_surface_destroy (surface);
}

/* Two colours for even and odd logarithms, a third one for 0, and no colour bar. */
static void
test_parity_colors (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_EMBEDDING, VIEW_PATTERN));
  const GscPalette *palette = gsc_palette_get (GSC_PALETTE_DARK);
  cairo_surface_t *surface;
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscScatterLayout *layout;
  int log[11];

  gsc_zp_discrete_log (11, 2, log);
  gsc_figure_options_init (&options, FIGURE);
  options.parity_colors = TRUE;
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, 400, 300);
  g_assert_false (has_label (page, "number"));
  layout = gsc_figure_page_get_scatter (page, 0);
  surface = frame_fixture_paint (page, 400, 300, 4);
  for (guint i = 0; i < 11; i++)
    {
      guint32 found
          = frame_fixture_get_pixel (surface, 4 * layout->points[i].x, 4 * layout->points[i].y);
      const GscColor *color = i == 0            ? &palette->foreground
                              : log[i] % 2 == 0 ? &palette->series[GSC_SERIES_ID_TRAIN].color
                                                : &palette->series[GSC_SERIES_OOD_TRAIN].color;

      g_assert_cmphex (found, ==, gsc_color_scale_pack (color) & 0xffffff);
    }
  cairo_surface_destroy (surface);
}

/* Sentence and table say what is drawn. */
static void
test_text (void)
{
  g_autoptr (GscFrame) frame
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_HEAD, VIEW_RANDOM));
  g_autoptr (GscFrame) embedding
      = make_frame (11, view_fixture_new_projection (11, GSC_PROJECTION_EMBEDDING, VIEW_PATTERN));
  GscProjection *projection = frame->projection;
  GscFigureOptions options;
  g_autoptr (GscFigureTable) table = NULL;
  g_autoptr (GscFigureTable) numbers = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *parity = NULL;
  int log[11];

  gsc_zp_discrete_log (11, gsc_zp_primitive_root (11), log);
  gsc_figure_options_init (&options, FIGURE);
  projection->source.slots = GSC_SLOTS_XZ;
  projection->source.centred = FALSE;
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpstr (table->columns[1], ==, "z");
  g_assert_cmpstr (table->columns[3], ==, "log_z");
  g_assert_cmpuint (table->n_rows, ==, 121);
  for (guint i = 0; i < 121; i++)
    {
      g_autofree char *expected = g_strdup_printf ("%d", log[i % 11]);

      g_assert_cmpint (atoi (gsc_figure_table_get (table, i, 0)), ==, (int) i / 11);
      g_assert_cmpstr (gsc_figure_table_get (table, i, 3), ==, i % 11 == 0 ? "" : expected);
      g_assert_cmpfloat (g_ascii_strtod (gsc_figure_table_get (table, i, 4), NULL), ==,
                         projection->x[i]);
      g_assert_cmpfloat (g_ascii_strtod (gsc_figure_table_get (table, i, 5), NULL), ==,
                         projection->y[i]);
    }
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_nonnull (strstr (summary, "slots x and z of example 16, as in the paper, 121 points"));
  g_assert_nonnull (strstr (summary, "38 % and 21 %"));

  numbers = gsc_figure_tabulate (FIGURE, embedding, &options);
  g_assert_cmpuint (numbers->n_rows, ==, 11);
  g_assert_cmpstr (numbers->columns[0], ==, "number");

  /* even logarithms at one place, odd ones at another: all of the spread lies between them */
  projection = embedding->projection;
  for (guint i = 1; i < 11; i++)
    projection->x[i] = projection->y[i] = log[i] % 2;
  parity = gsc_figure_summarise (FIGURE, embedding, &options);
  g_assert_nonnull (strstr (parity, "100 % lies between even and odd logarithms"));
  g_assert_nonnull (strstr (parity, "Circle score 0; even/odd 1.00; noise 0.30 (base 2)."));
}

/* Without a model, with points all in one place or that are no numbers, on pages of any size. */
static void
test_degenerate (void)
{
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 }, { 400, 200 } };
  static const ViewKind kinds[] = { VIEW_EQUAL, VIEW_NAN, VIEW_RANDOM };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 500);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GscFrame) frame
          = make_frame (3, view_fixture_new_projection (3, GSC_PROJECTION_HEAD, kinds[i]));
      GscFigureOptions options;
      g_autofree char *summary = NULL;
      g_autoptr (GscFigureTable) table = NULL;

      if (kinds[i] == VIEW_RANDOM)
        gsc_frame_set_projection (frame, NULL);
      gsc_figure_options_init (&options, FIGURE);
      for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
        {
          g_autoptr (GscFigurePage) page = NULL;
          g_auto (GscFigurePick) pick = { 0 };

          options.bare = k % 2 == 0;
          options.lens = k % 4 >= 2;
          page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, sizes[k / 2][0], sizes[k / 2][1]);
          gsc_figure_page_paint (page, cr);
          gsc_figure_pick (page, sizes[k / 2][0] / 2, sizes[k / 2][1] / 2, &pick);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        }
      summary = gsc_figure_summarise (FIGURE, frame, &options);
      g_assert_nonnull (strstr (summary, kinds[i] == VIEW_RANDOM ? "No model" : "9 points"));
      g_assert_null (strstr (summary, "nan"));
      table = gsc_figure_tabulate (FIGURE, frame, &options);
      g_assert_cmpuint (table->n_rows, ==, kinds[i] == VIEW_RANDOM ? 0 : 9);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-projection/layout", test_layout);
  g_test_add_func ("/figure-projection/labels", test_labels);
  g_test_add_func ("/figure-projection/source", test_source);
  g_test_add_func ("/figure-projection/lens", test_lens);
  g_test_add_func ("/figure-projection/pick", test_pick);
  g_test_add_func ("/figure-projection/colors", test_colors);
  g_test_add_func ("/figure-projection/parity-colors", test_parity_colors);
  g_test_add_func ("/figure-projection/text", test_text);
  g_test_add_func ("/figure-projection/degenerate", test_degenerate);
  return g_test_run ();
}
