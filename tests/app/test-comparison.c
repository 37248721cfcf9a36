/* test-comparison.c - two models side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-comparison.h"

#include <adwaita.h>
#include <math.h>

#include "data-fixture.h"
#include "gsc-board.h"
#include "gsc-compare-bar.h"
#include "session-fixture.h"
#include "widget-fixture.h"

/* Two runs, and a comparison of the first one's session. */
typedef struct
{
  SessionFixture a;
  SessionFixture b; /* only its run is of use */
  GscComparison *comparison;
} Fixture;

static void
open_fixture (Fixture *fixture)
{
  session_fixture_open (&fixture->a, 5);
  session_fixture_open (&fixture->b, 4);
  session_fixture_wait (&fixture->a);
  fixture->comparison = gsc_comparison_new (fixture->a.session);
}

static void
close_fixture (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->comparison), (gpointer *) &fixture->comparison);
  g_object_unref (fixture->comparison);
  g_assert_null (fixture->comparison);
  session_fixture_close (&fixture->b);
  session_fixture_close (&fixture->a);
}

/* Both have each other's frame, by itself, beside their own. */
static void
assert_beside (GscComparison *comparison)
{
  GscFrame *a = gsc_session_get_frame (gsc_comparison_get_session (comparison));
  GscFrame *b = gsc_session_get_frame (gsc_comparison_get_other (comparison));

  g_assert_nonnull (a->beside);
  g_assert_nonnull (b->beside);
  g_assert_null (a->beside->beside);
  g_assert_null (b->beside->beside);
  g_assert_true (a->beside->run == b->run && b->beside->run == a->run);
  g_assert_cmpint (a->beside->record, ==, b->record);
  g_assert_cmpint (b->beside->record, ==, a->record);
  g_assert_true (a->beside->probe == b->probe && b->beside->probe == a->probe);
}

static void
test_frames (void)
{
  Fixture fixture;
  GscSession *other;
  GscFrame *a, *b;
  g_autofree char *text = NULL;
  g_autofree char *same = NULL;

  open_fixture (&fixture);
  g_assert_null (gsc_comparison_get_other (fixture.comparison));
  g_assert_null (gsc_session_get_frame (fixture.a.session)->beside);

  gsc_comparison_start (fixture.comparison, fixture.b.run, "100");
  other = gsc_comparison_get_other (fixture.comparison);
  g_assert_true (gsc_session_get_run (other) == fixture.b.run);
  g_assert_cmpint (gsc_session_get_frame (other)->record, ==, 1);
  assert_beside (fixture.comparison);

  /* time is each one's own; the cursor and the sequence are A's */
  gsc_session_set_record (fixture.a.session, 2);
  gsc_session_set_task (fixture.a.session, 3, 4);
  gsc_session_set_shot (fixture.a.session, 2);
  gsc_session_set_head (fixture.a.session, 0, 1);
  a = gsc_session_get_frame (fixture.a.session);
  b = gsc_session_get_frame (other);
  g_assert_cmpint (a->record, ==, 2);
  g_assert_cmpint (b->record, ==, 1);
  g_assert_cmpint (b->cursor.a, ==, 3);
  g_assert_cmpint (b->cursor.b, ==, 4);
  g_assert_cmpuint (b->cursor.shot, ==, 2);
  g_assert_cmpuint (b->cursor.layer, ==, 0);
  g_assert_cmpuint (b->cursor.head, ==, 1);
  assert_beside (fixture.comparison);
  g_assert_true (gsc_session_set_sequence (fixture.a.session, "1 2 3 | 4 5 6", NULL));
  text = gsc_session_get_sequence (fixture.a.session);
  same = gsc_session_get_sequence (other);
  g_assert_cmpstr (text, ==, same);
  session_fixture_iterate (100); /* what needs the model comes later */
  assert_beside (fixture.comparison);

  gsc_session_set_record (other, 3);
  g_assert_cmpint (gsc_session_get_frame (fixture.a.session)->beside->record, ==, 3);
  g_assert_cmpint (gsc_session_get_frame (fixture.a.session)->record, ==, 2);

  g_object_add_weak_pointer (G_OBJECT (other), (gpointer *) &other);
  gsc_comparison_stop (fixture.comparison);
  g_assert_null (other);
  g_assert_null (gsc_comparison_get_other (fixture.comparison));
  g_assert_null (gsc_session_get_frame (fixture.a.session)->beside);
  g_assert_cmpint (gsc_session_get_frame (fixture.a.session)->record, ==, 2);
  close_fixture (&fixture);
}

static gboolean
has_projection (gpointer session)
{
  GscFrame *frame = gsc_session_get_frame (session);

  return frame != NULL && frame->projection != NULL;
}

/* B's projection is turned to A's: no turn about the origin brings the points nearer to each other,
 * whether or not B's was mirrored first. */
static void
test_projection (void)
{
  Fixture fixture;
  const GscProjection *a, *b;
  double along = 0, across = 0;

  open_fixture (&fixture);
  gsc_comparison_start (fixture.comparison, fixture.b.run, "100");
  gsc_session_set_live (gsc_comparison_get_other (fixture.comparison), TRUE); /* has a model */
  gsc_session_set_wanted (gsc_comparison_get_other (fixture.comparison), FALSE, TRUE);
  session_fixture_iterate_until (has_projection, gsc_comparison_get_other (fixture.comparison));
  a = gsc_session_get_frame (fixture.a.session)->projection;
  b = gsc_session_get_frame (gsc_comparison_get_other (fixture.comparison))->projection;
  g_assert_cmpuint (a->n, ==, b->n);
  for (guint i = 0; i < a->n; i++)
    {
      along += a->x[i] * b->x[i] + a->y[i] * b->y[i];
      across += a->x[i] * b->y[i] - a->y[i] * b->x[i];
    }
  g_assert_cmpfloat (along, >, 0);
  g_assert_cmpfloat (fabs (across), <, 1e-6 * along);
  close_fixture (&fixture);
}

static void
test_peak_and_final (void)
{
  Fixture fixture;
  GscSession *other;
  g_autoptr (GscRecord) worse = NULL;
  g_autoptr (GscRunData) data = NULL;

  open_fixture (&fixture);
  {
    GscRunData *before = gsc_run_get_data (fixture.a.run);

    worse = data_fixture_make_record (&before->config, before->tasks, 1000, 0.25, 1);
    data = gsc_run_data_append (before, worse);
  }
  gsc_run_set_data (fixture.a.run, data);
  gsc_comparison_start_peak_and_final (fixture.comparison);
  other = gsc_comparison_get_other (fixture.comparison);
  g_assert_true (gsc_session_get_run (other) == fixture.a.run);
  g_assert_cmpint (gsc_session_get_frame (fixture.a.session)->record, ==,
                   gsc_run_data_find_record (data, "best", NULL));
  g_assert_cmpint (gsc_session_get_frame (other)->record, ==, (int) data->records->len - 1);
  g_assert_cmpint (gsc_session_get_frame (other)->record, !=,
                   gsc_session_get_frame (fixture.a.session)->record);
  close_fixture (&fixture);
}

/* A task, a shot and a sequence that B has not: it shows what it has instead. */
static void
test_other_shape (void)
{
  Fixture fixture;
  g_autoptr (GscRunData) smaller = data_fixture_new (7, 3, FIXTURE_EQUAL);
  g_autoptr (GscRun) run = gsc_run_new ("smaller");
  GscFrame *b;
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;

  open_fixture (&fixture);
  gsc_run_set_data (run, smaller);
  gsc_session_set_task (fixture.a.session, 10, 9);
  gsc_comparison_start (fixture.comparison, run, "last");
  b = gsc_session_get_frame (gsc_comparison_get_other (fixture.comparison));
  g_assert_true (gsc_frame_has_cursor (smaller, &b->cursor));
  text = gsc_session_get_sequence (fixture.a.session);
  other = gsc_session_get_sequence (gsc_comparison_get_other (fixture.comparison));
  g_assert_cmpstr (text, !=, other);
  g_assert_cmpint (gsc_session_get_cursor (fixture.a.session).a, ==, 10);
  assert_beside (fixture.comparison);
  close_fixture (&fixture);
}

/* What is seen of it */

typedef struct
{
  Fixture models;
  GtkWidget *window;
  GscBoard *board;
} View;

static void
open_view (View *view)
{
  open_fixture (&view->models);
  view->board = GSC_BOARD (gsc_board_new ());
  gsc_board_set_session (view->board, view->models.a.session);
  gsc_board_set_comparison (view->board, view->models.comparison);
  view->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (view->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (view->window), GTK_WIDGET (view->board));
  gtk_window_present (GTK_WINDOW (view->window));
  session_fixture_settle (view->window);
}

static void
close_view (View *view)
{
  g_object_add_weak_pointer (G_OBJECT (view->board), (gpointer *) &view->board);
  gtk_window_destroy (GTK_WINDOW (view->window));
  session_fixture_iterate (10);
  g_assert_null (view->board);
  close_fixture (&view->models);
}

static GscCompare
get_compare (GscPanel *panel)
{
  return gsc_plot_view_get_options (gsc_panel_get_plot (panel))->compare;
}

static void
assert_seen (GscPanel *panel, gboolean a, gboolean b, GscCompare compare)
{
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (gsc_panel_get_plot (panel))) == a);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (gsc_panel_get_other_plot (panel))) == b);
  if (a)
    g_assert_cmpint (get_compare (panel), ==, compare);
}

static void
test_panels (void)
{
  View view;
  GscPanel *curves, *grid, *table;

  open_view (&view);
  curves = gsc_board_get_panel (view.board, GSC_FIGURE_LEARNING_CURVES);
  grid = gsc_board_get_panel (view.board, GSC_FIGURE_TASK_GRID);
  table = gsc_board_get_panel (view.board, GSC_FIGURE_TASK_TABLE);
  assert_seen (grid, TRUE, FALSE, GSC_COMPARE_SCALES);

  gsc_comparison_start (view.models.comparison, view.models.b.run, "last");
  session_fixture_settle (view.window);
  assert_seen (curves, TRUE, FALSE, GSC_COMPARE_TOGETHER);
  assert_seen (grid, TRUE, TRUE, GSC_COMPARE_SCALES);
  assert_seen (table, TRUE, TRUE, GSC_COMPARE_SCALES);
  g_assert_true (gsc_panel_is_pair (grid));
  g_assert_false (gsc_panel_is_pair (curves));

  gsc_comparison_set_show (view.models.comparison, GSC_SHOW_DIFFERENCE);
  session_fixture_settle (view.window);
  assert_seen (grid, TRUE, FALSE, GSC_COMPARE_DIFFERENCE);
  assert_seen (table, TRUE, TRUE, GSC_COMPARE_SCALES);
  gsc_comparison_set_show (view.models.comparison, GSC_SHOW_B);
  session_fixture_settle (view.window);
  assert_seen (grid, FALSE, TRUE, GSC_COMPARE_SCALES);
  gsc_comparison_set_show (view.models.comparison, GSC_SHOW_A);
  session_fixture_settle (view.window);
  assert_seen (grid, TRUE, FALSE, GSC_COMPARE_SCALES);

  /* Esc */
  g_assert_true (widget_fixture_press (GTK_WIDGET (view.board), "Escape"));
  g_assert_null (gsc_comparison_get_other (view.models.comparison));
  session_fixture_settle (view.window);
  assert_seen (curves, TRUE, FALSE, GSC_COMPARE_SCALES);
  assert_seen (grid, TRUE, FALSE, GSC_COMPARE_SCALES);
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (view.board)), >, 0);
  close_view (&view);
}

static gboolean
has_page (gpointer view)
{
  return gsc_plot_view_get_page (view) != NULL;
}

/* A place in B's figure means the same place in A's. */
static void
test_choose (void)
{
  View view;
  GscPlotView *plot;
  const GscHeatMapLayout *layout;
  GscRect cell;

  open_view (&view);
  gsc_comparison_start (view.models.comparison, view.models.b.run, "last");
  session_fixture_settle (view.window);
  plot = gsc_panel_get_other_plot (gsc_board_get_panel (view.board, GSC_FIGURE_TASK_GRID));
  session_fixture_iterate_until (has_page, plot);
  layout = gsc_figure_page_get_heat_map (gsc_plot_view_get_page (plot), 0);
  cell = gsc_heat_map_layout_get_cell (layout, 2, 5);
  g_assert_true (gsc_plot_view_choose (plot, cell.x + cell.width / 2, cell.y + cell.height / 2));
  g_assert_cmpint (gsc_session_get_cursor (view.models.a.session).a, ==, 2);
  g_assert_cmpint (gsc_session_get_cursor (view.models.a.session).b, ==, 5);
  g_assert_cmpint (
      gsc_session_get_frame (gsc_comparison_get_other (view.models.comparison))->cursor.a, ==, 2);
  close_view (&view);
}

static void
test_bar (void)
{
  Fixture fixture;
  GtkWidget *window = gtk_window_new ();
  GscCompareBar *bar;
  const char *text;

  open_fixture (&fixture);
  bar = GSC_COMPARE_BAR (gsc_compare_bar_new (fixture.comparison));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bar));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_null (gsc_compare_bar_get_text (bar));
  gsc_comparison_start (fixture.comparison, fixture.b.run, "100");
  text = gsc_compare_bar_get_text (bar);
  g_assert_nonnull (g_strstr_len (text, -1, "A: fixture, step 400"));
  g_assert_nonnull (g_strstr_len (text, -1, "B: fixture, step 100"));
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (bar)), ==, 7);
  gtk_range_set_value (gsc_compare_bar_get_slider (bar), 3);
  g_assert_nonnull (g_strstr_len (gsc_compare_bar_get_text (bar), -1, "B: fixture, step 300"));
  gsc_comparison_stop (fixture.comparison);
  g_assert_null (gsc_compare_bar_get_text (bar));
  g_object_add_weak_pointer (G_OBJECT (bar), (gpointer *) &bar);
  gtk_window_destroy (GTK_WINDOW (window));
  session_fixture_iterate (10);
  g_assert_null (bar);
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/comparison/frames", test_frames);
  g_test_add_func ("/comparison/projection", test_projection);
  g_test_add_func ("/comparison/peak-and-final", test_peak_and_final);
  g_test_add_func ("/comparison/other-shape", test_other_shape);
  g_test_add_func ("/comparison/panels", test_panels);
  g_test_add_func ("/comparison/choose", test_choose);
  g_test_add_func ("/comparison/bar", test_bar);
  return g_test_run ();
}
