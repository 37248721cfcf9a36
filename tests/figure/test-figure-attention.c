/* test-figure-attention.c - every head's attention on one sequence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frame-fixture.h"
#include "gsc-attention-pattern.h"
#include "view-fixture.h"

#define FIGURE GSC_FIGURE_ATTENTION

/* A frame of @p with the probe, which it takes over; layer 1, head 2 is the cursor's. */
static GscFrame *
make_frame (int p, GscProbe *probe)
{
  g_autoptr (GscRunData) data = data_fixture_new (p, 2, FIXTURE_RISING);
  GscFrame *frame = gsc_frame_new (data, 1);

  gsc_frame_set_probe (frame, probe);
  gsc_probe_unref (probe);
  frame->cursor.layer = 0;
  frame->cursor.head = 1;
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

/* Depths, heads, lengths, primes and sizes of panels: all text on the page, none on other text. */
static void
test_layout (void)
{
  static const int shapes[][4] = { { 1, 1, 2, 3 },   { 2, 4, 48, 11 }, { 4, 8, 48, 29 },
                                   { 8, 8, 96, 29 }, { 8, 2, 24, 11 }, { 1, 8, 47, 97 } };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 220, 14 }, { 450, 300, 12 },  { 234, 180, 8 },
          { 396, 240, 8 },  { 300, 700, 12 }, { 1920, 1080, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (
          shapes[i][3], view_fixture_new_probe (shapes[i][3], shapes[i][0], shapes[i][1],
                                                (guint) shapes[i][2], VIEW_PATTERN));

      for (guint k = 0; k < 8 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 8];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;
          g_autoptr (GArray) labels = NULL;

          gsc_figure_options_init (&options, FIGURE);
          options.bare = k % 2 == 0;
          options.single_head = k / 2 % 2 == 1;
          options.max_tokens = k / 4 % 2 == 0 ? 0 : 20;
          page = lay_out (frame, &options, GSC_PALETTE_LIGHT, size[2], size[0], size[1]);
          labels = gsc_figure_page_list_labels (page);
          g_assert_cmpuint (labels->len, >=, 2);
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

/* Every cell is found where it is, with its numbers; above the diagonal the head is. */
static void
test_pick (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_RANDOM));
  const GscProbe *probe = frame->probe;
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscMultiplesLayout *layout;

  gsc_figure_options_init (&options, FIGURE);
  page = lay_out (frame, &options, GSC_PALETTE_PAPER, 8, 396, 260);
  layout = gsc_figure_page_get_multiples (page, 0);
  g_assert_cmpuint (layout->n, ==, 23);
  for (guint i = 0; i < 8 * 23 * 23; i++)
    {
      guint head = i / (23 * 23), query = i / 23 % 23, key = i % 23;
      GscRect cell = gsc_multiples_layout_get_cell (layout, head / 4, head % 4, query, key);
      g_auto (GscFigurePick) pick = { 0 };

      g_assert_true (
          gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
      g_assert_cmpint (pick.kind, ==, GSC_PICK_HEAD);
      g_assert_cmpuint (pick.layer, ==, head / 4);
      g_assert_cmpuint (pick.head, ==, head % 4);
      g_assert_nonnull (pick.text);
      if (key > query)
        {
          g_assert_cmpint (pick.query, ==, -1);
          g_assert_cmpint (pick.key, ==, -1);
          g_assert_cmpfloat (pick.rect.width, ==, layout->width);
          continue;
        }
      g_assert_cmpint (pick.query, ==, (int) query);
      g_assert_cmpint (pick.key, ==, (int) key);
      g_assert_cmpfloat (pick.rect.width, ==, cell.width);
      if (query == 8 && key == 3 && head == 5)
        {
          g_autofree char *start
              = g_strdup_printf ("layer 2, head 2\nquery: z of example 3 (token 9 = %d)\n"
                                 "key: x of example 2 (token 4 = %d)\nweight 0.",
                                 probe->tokens[8], probe->tokens[3]);

          g_assert_true (g_str_has_prefix (pick.text, start));
          g_assert_cmpfloat_with_epsilon (g_ascii_strtod (pick.text + strlen (start) - 2, NULL),
                                          gsc_probe_get_weight (probe, 1, 1, query, key), 0.005);
        }
    }
  g_assert_false (gsc_figure_pick (page, 1, 1, &(GscFigurePick){ 0 }));
}

/* One head: the cursor's, with the tokens at its sides. */
static void
test_single (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 12, VIEW_PATTERN));
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscMultiplesLayout *layout;
  g_auto (GscFigurePick) pick = { 0 };

  gsc_figure_options_init (&options, FIGURE);
  options.single_head = TRUE;
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 12, 450, 300);
  layout = gsc_figure_page_get_multiples (page, 0);
  g_assert_cmpuint (layout->rows * layout->columns, ==, 1);
  g_assert_cmpstr (layout->heading.text, ==, "layer 1, head 2");
  for (guint i = 0; i < layout->n; i++)
    {
      g_autofree char *token = g_strdup_printf ("%d", frame->probe->tokens[i]);

      g_assert_cmpstr (layout->x_labels[i].text, ==, token);
      g_assert_cmpstr (layout->y_labels[i].text, ==, token);
    }
  g_assert_true (gsc_figure_pick (page, layout->plot.x + 2, layout->plot.y + 2, &pick));
  g_assert_cmpuint (pick.layer, ==, 0);
  g_assert_cmpuint (pick.head, ==, 1);

  /* a cursor from a deeper model */
  frame->cursor.layer = 7;
  frame->cursor.head = 9;
  g_clear_pointer (&page, gsc_figure_page_free);
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 12, 450, 300);
  g_assert_cmpstr (gsc_figure_page_get_multiples (page, 0)->heading.text, ==, "layer 2, head 4");
}

/* Each weight has the colour that the bar shows beside its tick, on every scale. */
static void
test_colors (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 2, 12, VIEW_RANDOM));

  for (guint i = 0; i < 3; i++)
    {
      cairo_surface_t *surface;
      GscFigureOptions options;
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *layout;

      gsc_figure_options_init (&options, FIGURE);
      options.weight_scale = (GscWeightScale) i;
      page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, 400, 300);
      layout = gsc_figure_page_get_multiples (page, 0);
      surface = frame_fixture_paint (page, 400, 300, 2);
      for (guint query = 0; query < 11; query++)
        for (guint key = 0; key < 11; key++)
          {
            GscRect cell = gsc_multiples_layout_get_cell (layout, 1, 1, query, key);
            guint32 found = frame_fixture_get_pixel (surface, 2 * (cell.x + cell.width / 2),
                                                     2 * (cell.y + cell.height / 2));
            double weight = gsc_probe_get_weight (frame->probe, 1, 1, query, key);
            double share = weight;
            GscColor color;

            if (i == GSC_SCALE_SQRT)
              share = sqrt (weight);
            else if (i == GSC_SCALE_LOG)
              share = 1 + log10 (MAX (weight, 0.001)) / 3;
            color = key > query ? gsc_palette_get (GSC_PALETTE_DARK)->background
                                : gsc_palette_sequential (share);
            for (guint shift = 0; shift < 24; shift += 8)
              g_assert_cmpint (ABS ((int) (found >> shift & 0xff)
                                    - (int) (gsc_color_scale_pack (&color) >> shift & 0xff)),
                               <=, 2);
          }
      cairo_surface_destroy (surface);
    }
}

/* Arrows reach every head, and stop at the borders. */
static void
test_move (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 3, 4, 12, VIEW_EQUAL));
  GscCursor cursor = { 0 };
  int record = 0;

  for (guint layer = 0; layer < 3; layer++)
    {
      for (guint head = 1; head < 4; head++)
        {
          g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_RIGHT, &cursor, &record));
          g_assert_cmpuint (cursor.head, ==, head);
        }
      g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_RIGHT, &cursor, &record));
      while (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_LEFT, &cursor, &record))
        g_assert_cmpuint (cursor.layer, ==, layer);
      g_assert_cmpuint (cursor.head, ==, 0);
      g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_DOWN, &cursor, &record)
                     == (layer < 2));
    }
  g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_UP, &cursor, &record));
  g_assert_cmpuint (cursor.layer, ==, 1);
  g_assert_cmpint (record, ==, 0);
}

/* Known heads have the numbers that they were made with. */
static void
test_pattern (void)
{
  g_autoptr (GscProbe) probe = view_fixture_new_probe (11, 1, 4, 48, VIEW_PATTERN);
  g_autoptr (GscProbe) equal = view_fixture_new_probe (11, 1, 1, 48, VIEW_EQUAL);
  g_autoptr (GscProbe) two = view_fixture_new_probe (11, 1, 1, 2, VIEW_EQUAL);
  GscAttentionPattern pattern;
  g_autofree char *text = NULL;
  double example = 0, first = 0;

  gsc_attention_pattern_measure (&pattern, probe, 0, 0, 47);
  g_assert_cmpfloat (pattern.previous, >, 0.4);
  g_assert_cmpuint (pattern.back, ==, 1);
  text = gsc_attention_pattern_describe (&pattern);
  g_assert_true (g_str_has_prefix (text, "previous token 0."));
  g_assert_null (strstr (text, "before"));
  gsc_attention_pattern_measure (&pattern, probe, 0, 1, 47);
  g_assert_cmpfloat (pattern.example, >, 0.6);
  gsc_attention_pattern_measure (&pattern, probe, 0, 2, 47);
  g_assert_cmpfloat (pattern.same_slot, >, 0.6);
  gsc_attention_pattern_measure (&pattern, probe, 0, 3, 47);
  g_assert_cmpfloat (pattern.first, >, 0.6);

  gsc_attention_pattern_measure (&pattern, equal, 0, 0, 47);
  for (guint query = 1; query < 47; query++)
    {
      first += 1.0 / (query + 1) / 46;
      if (query >= 3)
        example += (query % 3 + 1.0) / (query + 1) / 44;
    }
  g_assert_cmpfloat_with_epsilon (pattern.first, first, 1e-6);
  g_assert_cmpfloat_with_epsilon (pattern.previous, first, 1e-6);
  g_assert_cmpfloat_with_epsilon (pattern.example, example, 1e-6);

  gsc_attention_pattern_measure (&pattern, two, 0, 0, 2);
  g_assert_cmpfloat (pattern.first, ==, 0.5);
  g_assert_true (isnan (pattern.example));
  g_free (text);
  text = gsc_attention_pattern_describe (&pattern);
  g_assert_nonnull (strstr (text, "own example –"));
}

/* Sentence and table say what is drawn. */
static void
test_text (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_RANDOM));
  GscFigureOptions options;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autoptr (GscFigureTable) single = NULL;
  guint row = 0;

  gsc_figure_options_init (&options, FIGURE);
  options.max_tokens = 10;
  all = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_prefix (all, "Attention of 2 layers with 4 heads each on 10 tokens."));
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 8 * 55);
  for (guint head = 0; head < 8; head++)
    for (guint query = 0; query < 10; query++)
      for (guint key = 0; key <= query; key++, row++)
        {
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 0)), ==, (int) head / 4 + 1);
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 1)), ==, (int) head % 4 + 1);
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 2)), ==, (int) query + 1);
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 3)), ==, (int) key + 1);
          g_assert_cmpfloat_with_epsilon (
              g_ascii_strtod (gsc_figure_table_get (table, row, 4), NULL),
              gsc_probe_get_weight (frame->probe, head / 4, head % 4, query, key), 1e-6);
        }

  options.single_head = TRUE;
  one = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_prefix (one, "Attention of layer 1, head 2 on 10 tokens."));
  single = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (single->n_rows, ==, 55);
  g_assert_cmpstr (gsc_figure_table_get (single, 0, 1), ==, "2");
}

/* Without a model, with weights that are no numbers, on pages of any size: a page. */
static void
test_degenerate (void)
{
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 }, { 400, 200 } };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 500);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GscFrame) frame
          = make_frame (3, view_fixture_new_probe (3, 8, 8, i == 0 ? 2 : 96, VIEW_NAN));
      GscFigureOptions options;
      g_autofree char *summary = NULL;
      g_autoptr (GscFigureTable) table = NULL;

      if (i == 2)
        gsc_frame_set_probe (frame, NULL);
      gsc_figure_options_init (&options, FIGURE);
      options.show_cursor = TRUE;
      options.single_head = i == 1;
      for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
        {
          g_autoptr (GscFigurePage) page
              = lay_out (frame, &options, GSC_PALETTE_DARK, 8, sizes[k][0], sizes[k][1]);
          g_auto (GscFigurePick) pick = { 0 };

          gsc_figure_page_paint (page, cr);
          gsc_figure_pick (page, sizes[k][0] / 2, sizes[k][1] / 2, &pick);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        }
      summary = gsc_figure_summarise (FIGURE, frame, &options);
      g_assert_cmpuint (strlen (summary), >, 0);
      table = gsc_figure_tabulate (FIGURE, frame, &options);
      g_assert_cmpuint (table->n_rows, ==, i == 0 ? 64 * 3 : i == 1 ? 48 * 49 / 2 : 0);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-attention/layout", test_layout);
  g_test_add_func ("/figure-attention/pick", test_pick);
  g_test_add_func ("/figure-attention/single", test_single);
  g_test_add_func ("/figure-attention/colors", test_colors);
  g_test_add_func ("/figure-attention/move", test_move);
  g_test_add_func ("/figure-attention/pattern", test_pattern);
  g_test_add_func ("/figure-attention/text", test_text);
  g_test_add_func ("/figure-attention/degenerate", test_degenerate);
  return g_test_run ();
}
