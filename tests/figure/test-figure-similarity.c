/* test-figure-similarity.c - the cosine similarity of heads and blocks on pages of any size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"

#define FIGURE GSC_FIGURE_SIMILARITY

typedef float (*Value) (const GscSimilarity *similarity, guint map, guint i, guint j);

/* Another number for each map and pair of inputs. */
static float
mixed_value (const GscSimilarity *similarity, guint map, guint i, guint j)
{
  guint low = MIN (i, j), high = MAX (i, j);

  return i == j ? 1.0f : (float) ((low * 31 + high * 17 + map * 7) % 41) / 20.0f - 1.0f;
}

static float
checkered_value (const GscSimilarity *similarity, guint map, guint i, guint j)
{
  return (i + j) % 2 == 0 ? 0.8f : -0.8f;
}

/* 1 where both inputs are of the first half, or both of the second. */
static float
halved_value (const GscSimilarity *similarity, guint map, guint i, guint j)
{
  return (2 * i < similarity->n) == (2 * j < similarity->n) ? 1.0f : -1.0f;
}

static GscFrame *
make_frame (int p, int depth, int heads, GscSlot slot, Value value)
{
  GscFrame *frame = frame_fixture_new (p, 2, FIXTURE_RISING);
  GscSimilarity *similarity = g_new0 (GscSimilarity, 1);
  g_autoptr (GscInsight) insight = g_new0 (GscInsight, 1);
  gsize n = (gsize) (slot == GSC_SLOT_X ? p : p * p);

  g_atomic_ref_count_init (&similarity->ref_count);
  similarity->model = (GscModelConfig){ p, 8 * heads, heads, depth, GSC_ACTIVATION_RELU, TRUE };
  similarity->p = p;
  similarity->a = 1;
  similarity->b = 2;
  similarity->slot = slot;
  similarity->shot = 4;
  similarity->n = (guint) n;
  similarity->n_maps = (guint) (depth * (heads + 1));
  similarity->values = g_new (float, similarity->n_maps *n *n);
  similarity->scores = g_new0 (GscSimilarityScore, similarity->n_maps);
  for (guint map = 0; map < similarity->n_maps; map++)
    {
      float *values = similarity->values + map * n * n;

      for (guint i = 0; i < n * n; i++)
        values[i] = value (similarity, map, i / (guint) n, i % (guint) n);
      if (n < 200) /* else it takes its time */
        gsc_similarity_score_measure (&similarity->scores[map], values, p, 1, 2, slot);
    }
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_SIMILARITY;
  insight->similarity = similarity;
  gsc_frame_set_insight (frame, insight);
  frame->cursor.layer = 0;
  frame->cursor.head = (guint) heads - 1;
  return frame;
}

/* Shapes, slots and sizes of panels: all text on the page, none on other text. */
static void
test_layout (void)
{
  static const int shapes[][4] = { { 3, 1, 1, GSC_SLOT_Y },
                                   { 11, 2, 4, GSC_SLOT_X },
                                   { 11, 2, 4, GSC_SLOT_Z },
                                   { 11, 8, 16, GSC_SLOT_X },
                                   { 29, 1, 4, GSC_SLOT_Y } };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 220, 14 }, { 380, 280, 11 }, { 700, 340, 11 },  { 234, 180, 8 },
          { 396, 240, 8 },  { 300, 700, 12 }, { 90, 60, 11 },   { 1920, 1080, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (shapes[i][0], shapes[i][1], shapes[i][2],
                                               (GscSlot) shapes[i][3], mixed_value);

      for (guint k = 0; k < 4 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 4];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;

          gsc_figure_options_init (&options, FIGURE);
          options.bare = options.show_cursor = k % 2 == 0;
          options.single_head = k / 2 % 2 == 1;
          options.show_block = k % 4 == 3;
          page = page_fixture_lay_out (FIGURE, frame, &options, size[2], size[0], size[1]);
          if (size[0] >= 100) /* else too small for what it must have */
            page_fixture_assert_tidy (page, size[0], size[1], 0, "similarity");
        }
    }
}

/* All maps, and the cursor's large beside or below them where there is room. */
static void
test_arrangement (void)
{
  static const struct
  {
    double width, height;
    gboolean both;
  } pages[] = { { 700, 340, TRUE }, { 400, 700, TRUE }, { 300, 220, FALSE } };
  g_autoptr (GscFrame) frame = make_frame (11, 2, 4, GSC_SLOT_Y, mixed_value);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      GscFigureOptions options;
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *all, *large;

      gsc_figure_options_init (&options, FIGURE);
      options.bare = TRUE;
      page = page_fixture_lay_out (FIGURE, frame, &options, 11, pages[i].width, pages[i].height);
      all = gsc_figure_page_get_multiples (page, 0);
      large = gsc_figure_page_get_multiples (page, 1);
      g_assert_cmpuint (all->rows, ==, 2);
      g_assert_cmpuint (all->columns, ==, 5);
      g_assert_cmpuint (all->n, ==, 121);
      g_assert_true ((large != NULL) == pages[i].both);
      if (large == NULL)
        continue;
      g_assert_cmpstr (large->heading.text, ==, "layer 1, head 4");
      g_assert_cmpfloat (large->width, >, 1.5 * all->width);
      g_assert_cmpfloat (large->width, ==, large->height);
      if (pages[i].width > pages[i].height)
        g_assert_cmpfloat (large->plot.x, >, gsc_rect_right (&all->plot));
      else
        g_assert_cmpfloat (large->plot.y, >, gsc_rect_bottom (&all->plot));
      g_assert_cmpstr (all->column_labels[4].text, ==, "block");
    }
}

/* The number after "similarity". */
static double
read_similarity (const char *text)
{
  static const char heading[] = "\nsimilarity ";
  const char *at = strstr (text, heading);

  g_assert_nonnull (at);
  at += strlen (heading);
  if (g_str_has_prefix (at, "−"))
    return -g_ascii_strtod (at + strlen ("−"), NULL);
  return g_ascii_strtod (at, NULL);
}

/* Every map, and some of its cells: the inputs and their number in words. */
static void
test_pick (void)
{
  for (guint slot = 0; slot < GSC_N_SLOTS; slot++)
    {
      g_autoptr (GscFrame) frame = make_frame (11, 2, 4, slot, mixed_value);
      const GscSimilarity *similarity = frame->insights[GSC_INSIGHT_SIMILARITY]->similarity;
      GscFigureOptions options;
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *all;

      gsc_figure_options_init (&options, FIGURE);
      page = page_fixture_lay_out (FIGURE, frame, &options, 8, 700, 340);
      all = gsc_figure_page_get_multiples (page, 0);
      for (guint k = 0; k < 10 * 25; k++)
        {
          guint layer = k / 25 / 5, head = k / 25 % 5;
          guint i = k % 5 * 2 + 1, j = k / 5 % 5 * 2;
          GscRect cell = gsc_multiples_layout_get_cell (all, layer, head, i, j);
          g_auto (GscFigurePick) pick = { 0 };
          g_autofree char *inputs
              = slot == GSC_SLOT_X ? g_strdup_printf ("\nx = %u and %u\n", i, j)
                : slot == GSC_SLOT_Y
                    ? g_strdup_printf ("\n(x, y) = (0, %u) and (0, %u)\n", i, j)
                    : g_strdup_printf ("\n(x, y, z) = (0, %u, %u) and (0, %u, %u)\n", i, 2 * i % 11,
                                       j, 2 * j % 11);

          g_assert_true (
              gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
          g_assert_cmpint (pick.kind, ==, head < 4 ? GSC_PICK_HEAD : GSC_PICK_BAR);
          g_assert_cmpuint (pick.layer, ==, layer);
          g_assert_cmpuint (pick.head, ==, MIN (head, 3));
          g_assert_cmpint (pick.query, ==, -1);
          g_assert_nonnull (strstr (pick.text, inputs));
          g_assert_nonnull (strstr (pick.text, head < 4 ? ", head " : ", block\n"));
          g_assert_nonnull (strstr (pick.text, slot == GSC_SLOT_X ? "by quotient " : "by x "));
          g_assert_cmpfloat_with_epsilon (
              read_similarity (pick.text),
              gsc_similarity_get (similarity, gsc_similarity_get_map (similarity, layer, head), i,
                                  j),
              0.0051);
        }
      g_assert_false (gsc_figure_pick (page, 1, 1, &(GscFigurePick){ 0 }));
    }
}

/* The large map is the cursor's head or block. */
static void
test_single (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, 2, 4, GSC_SLOT_Y, mixed_value);

  for (guint block = 0; block < 2; block++)
    {
      const char *name = block ? "layer 2, block" : "layer 2, head 4";
      GscFigureOptions options;
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *layout;
      g_auto (GscFigurePick) pick = { 0 };

      frame->cursor.layer = 77; /* the nearest there is */
      gsc_figure_options_init (&options, FIGURE);
      options.single_head = TRUE;
      options.show_block = block;
      page = page_fixture_lay_out (FIGURE, frame, &options, 8, 400, 400);
      layout = gsc_figure_page_get_multiples (page, 0);
      g_assert_null (gsc_figure_page_get_multiples (page, 1));
      g_assert_cmpstr (layout->heading.text, ==, name);
      g_assert_cmpstr (layout->x_labels[11].text, ==, "11");
      g_assert_null (layout->x_labels[12].text);
      g_assert_true (gsc_figure_pick (page, layout->plot.x + layout->plot.width - 0.1,
                                      layout->plot.y + layout->plot.height - 0.1, &pick));
      g_assert_true (g_str_has_prefix (pick.text, name));
      g_assert_nonnull (strstr (pick.text, "(10, 10) and (10, 10)"));
      g_assert_cmpfloat_with_epsilon (read_similarity (pick.text), 1, 1e-9);
    }
}

static void
assert_color (cairo_surface_t *surface, double x, double y, double value)
{
  const GscColorScale scale = { GSC_COLOR_SCALE_DIVERGING, -1, 1 };
  GscColor color = gsc_color_scale_get (&scale, value);
  guint32 expected = gsc_color_scale_pack (&color);
  guint32 found = frame_fixture_get_pixel (surface, x, y);

  for (guint shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS ((int) (found >> shift & 0xff) - (int) (expected >> shift & 0xff)), <=, 3);
}

/* Where the page has dots enough each value has its colour; else their averages have, in their
 * places. */
static void
test_colors (void)
{
  g_autoptr (GscFrame) small = make_frame (11, 1, 2, GSC_SLOT_X, mixed_value);
  const GscSimilarity *similarity = small->insights[GSC_INSIGHT_SIMILARITY]->similarity;
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscMultiplesLayout *layout;
  cairo_surface_t *surface;

  gsc_figure_options_init (&options, FIGURE);
  options.single_head = TRUE;
  page = page_fixture_lay_out (FIGURE, small, &options, 8, 300, 300);
  layout = gsc_figure_page_get_multiples (page, 0);
  surface = frame_fixture_paint (page, 300, 300, 2);
  for (guint i = 0; i < 11; i++)
    for (guint j = 0; j < 11; j++)
      {
        GscRect cell = gsc_multiples_layout_get_cell (layout, 0, 0, i, j);

        assert_color (surface, 2 * (cell.x + cell.width / 2), 2 * (cell.y + cell.height / 2),
                      gsc_similarity_get (similarity, 1, i, j));
      }
  cairo_surface_destroy (surface);

  for (guint kind = 0; kind < 2; kind++)
    {
      g_autoptr (GscFrame) large
          = make_frame (29, 1, 2, GSC_SLOT_Y, kind == 0 ? checkered_value : halved_value);
      g_autoptr (GscFigurePage) averaged
          = page_fixture_lay_out (FIGURE, large, &options, 8, 300, 300);

      layout = gsc_figure_page_get_multiples (averaged, 0);
      g_assert_cmpuint (layout->n, ==, 841);
      surface = frame_fixture_paint (averaged, 300, 300, 2);
      for (guint i = 0; i < 64; i++)
        {
          double x = (i % 8 + 0.5) / 8, y = (i / 8 + 0.5) / 8;

          assert_color (surface, 2 * (layout->plot.x + x * layout->width),
                        2 * (layout->plot.y + y * layout->height),
                        kind == 0                ? 0
                        : (x < 0.5) == (y < 0.5) ? 1
                                                 : -1);
        }
      cairo_surface_destroy (surface);
    }
}

/* Of all maps what they depend on; of one its values. */
static void
test_text (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, 2, 4, GSC_SLOT_X, mixed_value);
  const GscSimilarity *similarity = frame->insights[GSC_INSIGHT_SIMILARITY]->similarity;
  GscFigureOptions options;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autoptr (GscFigureTable) scores = NULL;
  g_autoptr (GscFigureTable) values = NULL;
  guint row = 0;

  gsc_figure_options_init (&options, FIGURE);
  all = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_prefix (
      all, "Cosine similarity of outputs at x of example 5 for 11 inputs. Layer 1, head 4: mean "));
  g_assert_nonnull (strstr (all, "The quotient explains most of layer "));
  scores = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (scores->n_rows, ==, 10);
  for (guint map = 0; map < 10; map++)
    {
      g_assert_cmpfloat (frame_fixture_get_number (scores, map, "layer"), ==, map / 5 + 1);
      if (map % 5 == 4)
        g_assert_cmpstr (frame_fixture_get_text (scores, map, "head"), ==, "block");
      else
        g_assert_cmpfloat (frame_fixture_get_number (scores, map, "head"), ==, map % 5 + 1);
      g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (scores, map, "mean"),
                                      similarity->scores[map].mean, 1e-9);
      g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (scores, map, "by_quotient"),
                                      similarity->scores[map].shares[GSC_RELATION_QUOTIENT], 1e-9);
      g_assert_true (isnan (frame_fixture_get_number (scores, map, "by_ratio")));
    }

  options.single_head = TRUE;
  one = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_null (strstr (one, "explains most"));
  values = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (values->n_rows, ==, 66);
  for (guint i = 0; i < 11; i++)
    for (guint j = i; j < 11; j++, row++)
      {
        g_assert_cmpfloat (frame_fixture_get_number (values, row, "input"), ==, i);
        g_assert_cmpfloat (frame_fixture_get_number (values, row, "other_input"), ==, j);
        g_assert_cmpfloat_with_epsilon (frame_fixture_get_number (values, row, "similarity"),
                                        gsc_similarity_get (similarity, 3, i, j), 1e-6);
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
  g_assert_null (gsc_figure_page_get_multiples (page, 0));
  g_assert_false (gsc_figure_pick (page, 150, 100, &(GscFigurePick){ 0 }));
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (summary, ==, "No similarities to show yet.");
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-similarity/layout", test_layout);
  g_test_add_func ("/figure-similarity/arrangement", test_arrangement);
  g_test_add_func ("/figure-similarity/pick", test_pick);
  g_test_add_func ("/figure-similarity/single", test_single);
  g_test_add_func ("/figure-similarity/colors", test_colors);
  g_test_add_func ("/figure-similarity/text", test_text);
  g_test_add_func ("/figure-similarity/missing", test_missing);
  return g_test_run ();
}
