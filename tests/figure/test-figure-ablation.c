/* test-figure-ablation.c - how the accuracies change without each head
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"

#define FIGURE GSC_FIGURE_ABLATION

typedef enum
{
  TABLE_MIXED,   /* head 2 of block 1 matters most, the last one is ablated already */
  TABLE_NOTHING, /* no change is clear */
} TableKind;

static GscAblationTable *
make_table (int depth, int heads, TableKind kind)
{
  GscAblationTable *table = g_new0 (GscAblationTable, 1);

  g_atomic_ref_count_init (&table->ref_count);
  table->model = (GscModelConfig){ 11, 8 * heads, heads, depth, GSC_ACTIVATION_RELU, TRUE };
  table->p = 11;
  table->mode = GSC_ABLATION_ZERO;
  table->n_shots = 16;
  table->sequences = 512;
  table->heads = g_new0 (GscAblationScore, (gsize) depth * heads);
  if (kind == TABLE_MIXED)
    {
      table->ablated = gsc_ablation_new (&table->model, NULL, 0);
      gsc_ablation_set (table->ablated, (guint) depth - 1, (guint) heads - 1, GSC_ABLATION_ZERO);
    }
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      table->base.last[set] = (GscAblationMeasure){ 0.7 + 0.01 * set, 0.02, 0, 0 };
      table->base.all[set] = (GscAblationMeasure){ 0.5, 0.01, 0, 0 };
      for (int i = 0; i < depth * heads; i++)
        {
          double change = kind == TABLE_NOTHING     ? -0.001
                          : i == 1                  ? -0.61
                          : i == depth * heads - 1  ? 0
                          : set == GSC_SET_ID_TRAIN ? 0.02 * i
                                                    : -0.01 * i;

          table->heads[i].last[set] = (GscAblationMeasure){ table->base.last[set].accuracy + change,
                                                            0.02, change, 0.011 };
          table->heads[i].all[set]
              = (GscAblationMeasure){ 0.5 + change / 2, 0.01, change / 2, 0.005 };
        }
    }
  return table;
}

/* @table is taken over; NULL: none. */
static GscFrame *
make_frame (GscAblationTable *table)
{
  GscFrame *frame = frame_fixture_new (11, 2, FIXTURE_RISING);
  GscInsight *insight;

  if (table == NULL)
    return frame;
  insight = g_new0 (GscInsight, 1);
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_ABLATION;
  insight->ablation = table;
  gsc_frame_set_insight (frame, insight);
  gsc_insight_unref (insight);
  frame->cursor.layer = 0;
  frame->cursor.head = 1;
  return frame;
}

static gboolean
has_label (GArray *labels, const char *text)
{
  for (guint i = 0; i < labels->len; i++)
    if (g_strcmp0 (g_array_index (labels, GscLabel, i).text, text) == 0)
      return TRUE;
  return FALSE;
}

/* Shapes and sizes: all text on the page, none on other text; numbers wherever rows are high
 * enough, and else a key to the colours. */
static void
test_layout (void)
{
  static const int shapes[][2] = { { 1, 1 }, { 2, 4 }, { 4, 4 }, { 8, 8 }, { 6, 16 } };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 220, 14 }, { 450, 300, 12 }, { 234, 180, 8 },
          { 396, 240, 8 },  { 300, 700, 12 }, { 160, 120, 11 }, { 1920, 1080, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GscFrame) frame
          = make_frame (make_table (shapes[i][0], shapes[i][1], TABLE_MIXED));

      for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 2];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;
          g_autoptr (GArray) labels = NULL;
          const GscCellTableLayout *layout;

          gsc_figure_options_init (&options, FIGURE);
          options.bare = k % 2 == 0;
          page = page_fixture_lay_out (FIGURE, frame, &options, size[2], size[0], size[1]);
          layout = gsc_figure_page_get_cell_table (page, 0);
          g_assert_nonnull (layout);
          labels = gsc_figure_page_list_labels (page);
          g_assert_true (has_label (labels, "0.73") == (layout->text_size > 0));
          g_assert_true (has_label (labels, "change") || layout->text_size > 0 || size[1] < 200);
          page_fixture_assert_tidy (page, size[0], size[1], PAGE_FIXTURE_CORNERS, "ablation");
        }
    }
}

/* Without an insight it is a note, nothing can be picked and there is no row. */
static void
test_nothing (void)
{
  g_autoptr (GscFrame) frame = make_frame (NULL);
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autofree char *text = NULL;
  g_auto (GscFigurePick) pick = { 0 };
  GscCursor cursor = frame->cursor;
  int record = 0;

  gsc_figure_options_init (&options, FIGURE);
  page = page_fixture_lay_out (FIGURE, frame, &options, 11, 300, 220);
  g_assert_null (gsc_figure_page_get_cell_table (page, 0));
  g_assert_false (gsc_figure_pick (page, 150, 110, &pick));
  g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_DOWN, &cursor, &record));
  text = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (text, ==, "No ablations yet.");
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 0);
  g_assert_true (gsc_figure_needs_model (FIGURE));
}

/* Every cell is the head and the set it stands for; the base line is no head. */
static void
test_pick (void)
{
  g_autoptr (GscFrame) frame = make_frame (make_table (2, 4, TABLE_MIXED));
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscCellTableLayout *layout;

  gsc_figure_options_init (&options, FIGURE);
  page = page_fixture_lay_out (FIGURE, frame, &options, 8, 396, 240);
  layout = gsc_figure_page_get_cell_table (page, 0);
  for (guint row = 0; row < 9; row++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      {
        GscRect cell = gsc_cell_table_layout_get_cell (layout, row, set);
        g_auto (GscFigurePick) pick = { 0 };
        gboolean found
            = gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick);

        g_assert_true (found == (row > 0));
        if (row == 0)
          continue;
        g_assert_cmpint (pick.kind, ==, GSC_PICK_HEAD);
        g_assert_cmpuint (pick.layer, ==, (row - 1) / 4);
        g_assert_cmpuint (pick.head, ==, (row - 1) % 4);
        g_assert_cmpint (pick.query, ==, -1);
        g_assert_cmpfloat (pick.rect.x, ==, cell.x);
        g_assert_cmpfloat (pick.rect.y, ==, cell.y);
        if (row == 2 && set == GSC_SET_OOD_TEST)
          g_assert_cmpstr (pick.text, ==,
                           "layer 1, head 2, zero ablation\n"
                           "o.o.d./test 0.73 → 0.12 (−0.61 ± 0.011)\n512 sequences");
        if (row == 8)
          g_assert_cmpstr (pick.text, ==, "layer 2, head 4\nablated in all rows");
      }
  /* a name is all four sets */
  {
    const GscRect *name = &layout->row_names[2].rect;
    g_auto (GscFigurePick) pick = { 0 };

    g_assert_true (
        gsc_figure_pick (page, name->x + name->width / 2, name->y + name->height / 2, &pick));
    g_assert_cmpuint (pick.layer, ==, 0);
    g_assert_cmpuint (pick.head, ==, 1);
    g_assert_nonnull (strstr (pick.text, "i.d./train"));
    g_assert_nonnull (strstr (pick.text, "o.o.d./test"));
  }
}

/* From the first head to the last one and back. */
static void
test_move (void)
{
  g_autoptr (GscFrame) frame = make_frame (make_table (2, 4, TABLE_MIXED));
  GscCursor cursor = { .layer = 0, .head = 0 };
  int record = 0;

  g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_UP, &cursor, &record));
  g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_LEFT, &cursor, &record));
  for (guint i = 1; i < 8; i++)
    {
      g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_DOWN, &cursor, &record));
      g_assert_cmpuint (cursor.layer * 4 + cursor.head, ==, i);
    }
  g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_DOWN, &cursor, &record));
  g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_UP, &cursor, &record));
  g_assert_cmpuint (cursor.layer, ==, 1);
  g_assert_cmpuint (cursor.head, ==, 2);
}

static void
test_words (void)
{
  g_autoptr (GscFrame) frame = make_frame (make_table (2, 4, TABLE_MIXED));
  g_autoptr (GscFrame) nothing = make_frame (make_table (2, 4, TABLE_NOTHING));
  GscFigureOptions options;
  g_autofree char *last = NULL;
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  gsc_figure_options_init (&options, FIGURE);
  last = gsc_figure_summarise (FIGURE, frame, &options);
  none = gsc_figure_summarise (FIGURE, nothing, &options);
  options.measure = GSC_MEASURE_ACCURACY;
  all = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (last, ==,
                   "Layer 1, head 2 matters most: without it the accuracy on o.o.d./test at the "
                   "last shot goes 0.73 → 0.12 (−0.61 ± 0.011). Zero ablation of 8 heads one by "
                   "one, 512 sequences in each set. Beside them 1 head is ablated already.");
  g_assert_nonnull (strstr (all, "over all shots goes 0.50 → 0.20"));
  g_assert_nonnull (strstr (none, "No head alone matters clearly"));
}

/* What is drawn, in numbers. */
static void
test_table (void)
{
  g_autoptr (GscFrame) frame = make_frame (make_table (2, 4, TABLE_MIXED));
  GscFigureOptions options;
  g_autoptr (GscFigureTable) table = NULL;

  gsc_figure_options_init (&options, FIGURE);
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 9 * GSC_N_SETS);
  g_assert_cmpstr (frame_fixture_get_text (table, 0, "ablation"), ==, "none");
  g_assert_cmpstr (frame_fixture_get_text (table, 0, "layer"), ==, "");
  g_assert_cmpstr (frame_fixture_get_text (table, 8, "ablation"), ==, "zero");
  g_assert_cmpstr (frame_fixture_get_text (table, 8, "set"), ==, "id_train");
  g_assert_cmpstr (frame_fixture_get_text (table, 35, "ablation"), ==, "already");
  g_assert_cmpfloat (frame_fixture_get_number (table, 8, "layer"), ==, 1);
  g_assert_cmpfloat (frame_fixture_get_number (table, 8, "head"), ==, 2);
  g_assert_cmpfloat (frame_fixture_get_number (table, 8, "change"), ==, -0.61);
  g_assert_cmpfloat (frame_fixture_get_number (table, 8, "change_error"), ==, 0.011);
  g_assert_cmpfloat (frame_fixture_get_number (table, 8, "sequences"), ==, 512);
}

/* A fall is of one side of the diverging scale, a rise of the other, 0 white. */
static void
test_colors (void)
{
  g_autoptr (GscFrame) frame = make_frame (make_table (2, 4, TABLE_MIXED));
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscCellTableLayout *layout;
  cairo_surface_t *surface;
  const struct
  {
    guint row;
    double share; /* of the scale's limit */
  } cells[] = { { 1, 0 }, { 2, -1 }, { 7, 0.12 / 0.61 } };

  gsc_figure_options_init (&options, FIGURE);
  page = page_fixture_lay_out (FIGURE, frame, &options, 8, 396, 240);
  layout = gsc_figure_page_get_cell_table (page, 0);
  surface = frame_fixture_paint (page, 396, 240, 2);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      GscRect cell = gsc_cell_table_layout_get_cell (layout, cells[i].row, GSC_SET_ID_TRAIN);
      GscColor color = gsc_palette_diverging (cells[i].share);
      guint32 pixel
          = frame_fixture_get_pixel (surface, 2 * (cell.x + 3), 2 * (cell.y + cell.height / 2));

      for (guint part = 0; part < 3; part++)
        {
          const double values[] = { color.blue, color.green, color.red };

          g_assert_cmpfloat_with_epsilon (pixel >> (8 * part) & 0xff, 255 * values[part], 2);
        }
    }
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-ablation/layout", test_layout);
  g_test_add_func ("/figure-ablation/nothing", test_nothing);
  g_test_add_func ("/figure-ablation/pick", test_pick);
  g_test_add_func ("/figure-ablation/move", test_move);
  g_test_add_func ("/figure-ablation/words", test_words);
  g_test_add_func ("/figure-ablation/table", test_table);
  g_test_add_func ("/figure-ablation/colors", test_colors);
  return g_test_run ();
}
