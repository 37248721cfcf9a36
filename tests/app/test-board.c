/* test-board.c - all panels of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-board.h"

#include <adwaita.h>

#include "gsc-board-order.h"
#include "session-fixture.h"
#include "widget-fixture.h"

typedef struct
{
  SessionFixture session;
  GtkWidget *window;
  GscBoard *board;
} Fixture;

static void
open_fixture (Fixture *fixture, int width, int height)
{
  session_fixture_open (&fixture->session, 5);
  fixture->board = GSC_BOARD (gsc_board_new ());
  gsc_board_set_session (fixture->board, fixture->session.session);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->board));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_present (GTK_WINDOW (fixture->window));
  session_fixture_wait (&fixture->session);
  session_fixture_settle (fixture->window);
}

static void
close_fixture (Fixture *fixture)
{
  GscPainter *painter = gsc_painter_get_default ();
  GscPanel *panel = gsc_board_get_panel (fixture->board, GSC_FIGURE_SHOTS);

  g_object_add_weak_pointer (G_OBJECT (fixture->board), (gpointer *) &fixture->board);
  g_object_add_weak_pointer (G_OBJECT (panel), (gpointer *) &panel);
  g_object_add_weak_pointer (G_OBJECT (painter), (gpointer *) &painter);
  g_object_unref (painter);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  session_fixture_iterate (10);
  g_assert_null (panel);
  g_assert_null (fixture->board);
  g_assert_null (painter);
  session_fixture_close (&fixture->session);
}

static void
activate (Fixture *fixture, const char *name)
{
  g_assert_true (g_action_group_has_action (gsc_board_get_action_group (fixture->board), name));
  g_action_group_activate_action (gsc_board_get_action_group (fixture->board), name, NULL);
  session_fixture_settle (fixture->window);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
assert_first (Fixture *fixture, const char *expected)
{
  g_auto (GStrv) order = gsc_board_get_order (fixture->board);

  g_assert_cmpuint (g_strv_length (order), ==, GSC_N_FIGURES);
  g_assert_cmpstr (order[0], ==, expected);
}

/* Panels do not overlap, are within the board, and have what they need. */
static void
check_places (Fixture *fixture)
{
  GtkWidget *area
      = gtk_widget_get_parent (GTK_WIDGET (gsc_board_get_panel (fixture->board, GSC_FIGURE_SHOTS)));
  graphene_rect_t bounds[GSC_N_FIGURES];
  guint n = 0;

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GtkWidget *panel = GTK_WIDGET (gsc_board_get_panel (fixture->board, (GscFigure) i));
      int min_width, min_height;

      g_assert_true (gtk_widget_get_mapped (panel)
                     == gsc_board_is_shown (fixture->board, (GscFigure) i));
      if (!gtk_widget_get_mapped (panel))
        continue;
      gtk_widget_measure (panel, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
      gtk_widget_measure (panel, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
      g_assert_cmpint (gtk_widget_get_width (panel), >=, min_width);
      g_assert_cmpint (gtk_widget_get_height (panel), >=, min_height);
      g_assert_true (gtk_widget_compute_bounds (panel, area, &bounds[n]));
      g_assert_cmpfloat (bounds[n].origin.x, >=, 0);
      g_assert_cmpfloat (bounds[n].origin.y, >=, 0);
      g_assert_cmpfloat (bounds[n].origin.x + bounds[n].size.width, <=,
                         gtk_widget_get_width (area));
      g_assert_cmpfloat (bounds[n].origin.y + bounds[n].size.height, <=,
                         gtk_widget_get_height (area));
      for (guint k = 0; k < n; k++)
        g_assert_false (graphene_rect_intersection (&bounds[n], &bounds[k], NULL));
      n++;
    }
}

static void
test_sizes (void)
{
  static const int sizes[][2]
      = { { 360, 400 }, { 560, 560 }, { 980, 700 }, { 1600, 1000 }, { 2500, 1500 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Fixture fixture;

      open_fixture (&fixture, sizes[i][0], sizes[i][1]);
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (fixture.board)), >=, sizes[i][0] - 100);
      check_places (&fixture);
      activate (&fixture, "show-attention");
      activate (&fixture, "show-task-grid");
      check_places (&fixture);
      activate (&fixture, "show-all");
      check_places (&fixture);
      close_fixture (&fixture);
    }
}

static gboolean
is_unmapped (gpointer widget)
{
  return !gtk_widget_get_mapped (widget);
}

/* Every action, and every entry of the menu. */
static void
test_actions (void)
{
  Fixture fixture;
  guint n_hidden = 0, n_order = 0, n_state = 0;
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenuModel) section = NULL;
  GtkWidget *button;

  open_fixture (&fixture, 1200, 800);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    g_assert_true (gsc_board_is_shown (fixture.board, (GscFigure) i)
                   == gsc_board_order_is_usually_shown ((GscFigure) i));
  activate (&fixture, "show-all");
  menu = gsc_board_make_menu (fixture.board);
  section = g_menu_model_get_item_link (menu, 0, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, GSC_N_FIGURES);
  g_signal_connect_swapped (fixture.board, "notify::hidden", G_CALLBACK (count), &n_hidden);
  g_signal_connect_swapped (fixture.board, "notify::order", G_CALLBACK (count), &n_order);
  g_signal_connect_swapped (fixture.board, "state-changed", G_CALLBACK (count), &n_state);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      g_autofree char *name = g_strconcat ("show-", gsc_figure_get_name ((GscFigure) i), NULL);
      GActionGroup *actions = gsc_board_get_action_group (fixture.board);
      g_autoptr (GVariant) state = NULL;

      activate (&fixture, name);
      g_assert_false (gsc_board_is_shown (fixture.board, (GscFigure) i));
      g_assert_false (
          gtk_widget_get_mapped (GTK_WIDGET (gsc_board_get_panel (fixture.board, (GscFigure) i))));
      state = g_action_group_get_action_state (actions, name);
      g_assert_false (g_variant_get_boolean (state));
    }
  g_assert_cmpuint (n_hidden, ==, GSC_N_FIGURES);
  /* with all of them hidden the board says so, and how to have them back */
  button = widget_fixture_find (fixture.window, GTK_TYPE_BUTTON, "action-name", "board.show-all");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_activate (button));
  session_fixture_iterate_until (is_unmapped, button);
  session_fixture_settle (fixture.window);
  g_assert_cmpuint (n_hidden, ==, 2 * GSC_N_FIGURES);
  check_places (&fixture);

  g_assert_true (gsc_board_move (fixture.board, GSC_FIGURE_SEQUENCE, -100));
  assert_first (&fixture, "sequence");
  g_assert_false (gsc_board_move (fixture.board, GSC_FIGURE_SEQUENCE, -1));
  activate (&fixture, "reset-order");
  assert_first (&fixture, "learning-curves");
  activate (&fixture, "reset-order");
  g_assert_cmpuint (n_order, ==, 2);

  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_SHOTS);
  activate (&fixture, "put-back");
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, -1);
  g_assert_cmpuint (n_state, ==, n_hidden + n_order + 2);
  activate (&fixture, "show-usual");
  g_assert_false (gsc_board_is_shown (fixture.board, GSC_FIGURE_LENS));
  g_assert_true (gsc_board_is_shown (fixture.board, GSC_FIGURE_KSHOT));
  gsc_board_set_shown (fixture.board, GSC_FIGURE_ATTENTION, FALSE);
  activate (&fixture, "show-head");
  g_assert_true (gsc_board_is_shown (fixture.board, GSC_FIGURE_ATTENTION));
  g_assert_true (gsc_plot_view_get_options (
                     gsc_panel_get_plot (gsc_board_get_panel (fixture.board, GSC_FIGURE_ATTENTION)))
                     ->single_head);
  close_fixture (&fixture);
}

/* The panels' own actions reach the board. */
static void
test_panels (void)
{
  Fixture fixture;

  open_fixture (&fixture, 1200, 800);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GscPanel *panel = gsc_board_get_panel (fixture.board, (GscFigure) i);
      GActionGroup *actions = gsc_panel_get_action_group (panel);

      g_action_group_activate_action (actions, "enlarge", NULL);
      g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, i);
      g_assert_true (gsc_panel_get_enlarged (panel));
      g_action_group_activate_action (actions, "enlarge", NULL);
      g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, -1);
      g_action_group_activate_action (actions, "hide", NULL);
      g_assert_false (gsc_board_is_shown (fixture.board, (GscFigure) i));
      gsc_board_set_shown (fixture.board, (GscFigure) i, TRUE);
    }
  g_action_group_activate_action (
      gsc_panel_get_action_group (gsc_board_get_panel (fixture.board, GSC_FIGURE_LEARNING_CURVES)),
      "move-later", NULL);
  assert_first (&fixture, "task-grid");
  g_action_group_activate_action (
      gsc_panel_get_action_group (gsc_board_get_panel (fixture.board, GSC_FIGURE_LEARNING_CURVES)),
      "move-earlier", NULL);
  assert_first (&fixture, "learning-curves");
  /* hidden panels are passed over */
  gsc_board_set_shown (fixture.board, GSC_FIGURE_TASK_GRID, FALSE);
  g_assert_true (gsc_board_move (fixture.board, GSC_FIGURE_TASK_TABLE, -1));
  assert_first (&fixture, "task-table");
  /* a panel is dropped on another */
  g_signal_emit_by_name (gsc_board_get_panel (fixture.board, GSC_FIGURE_TASK_TABLE), "take",
                         gsc_board_get_panel (fixture.board, GSC_FIGURE_SEQUENCE));
  assert_first (&fixture, "sequence");
  close_fixture (&fixture);
}

/* One panel fills the board, has the focus, and Esc puts it back; then Esc unlocks the cursor. */
static void
test_enlarge (void)
{
  Fixture fixture;
  GtkWidget *shots, *grid;
  guint n = 0;

  open_fixture (&fixture, 900, 560);
  shots = GTK_WIDGET (gsc_board_get_panel (fixture.board, GSC_FIGURE_SHOTS));
  grid = GTK_WIDGET (gsc_board_get_panel (fixture.board, GSC_FIGURE_TASK_GRID));
  g_signal_connect_swapped (fixture.board, "notify::enlarged", G_CALLBACK (count), &n);
  gtk_widget_grab_focus (GTK_WIDGET (gsc_panel_get_plot (GSC_PANEL (grid))));
  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_SHOTS);
  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_SHOTS);
  session_fixture_settle (fixture.window);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (gtk_widget_get_mapped (shots));
  g_assert_false (gtk_widget_get_mapped (grid));
  g_assert_cmpint (gtk_widget_get_width (shots), >,
                   gtk_widget_get_width (GTK_WIDGET (fixture.board)) - 40);
  g_assert_cmpint (gtk_widget_get_height (shots), >,
                   gtk_widget_get_height (GTK_WIDGET (fixture.board)) - 40);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gsc_panel_get_plot (GSC_PANEL (shots)))));
  gsc_session_set_task (fixture.session.session, 1, 1);

  g_assert_true (widget_fixture_press (shots, "Escape"));
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, -1);
  g_assert_true (gsc_session_is_locked (fixture.session.session));
  session_fixture_settle (fixture.window);
  g_assert_true (gtk_widget_get_mapped (grid));
  g_assert_true (widget_fixture_press (shots, "Escape"));
  g_assert_false (gsc_session_is_locked (fixture.session.session));
  g_assert_false (widget_fixture_press (shots, "Escape"));

  /* one that is hidden comes out for it; one that goes away does not stay large */
  gsc_board_set_shown (fixture.board, GSC_FIGURE_SHOTS, FALSE);
  session_fixture_settle (fixture.window);
  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_SHOTS);
  session_fixture_settle (fixture.window);
  g_assert_true (gsc_board_is_shown (fixture.board, GSC_FIGURE_SHOTS));
  gsc_board_set_shown (fixture.board, GSC_FIGURE_SHOTS, FALSE);
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, -1);
  gsc_board_set_enlarged (fixture.board, 1000);
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, -1);
  close_fixture (&fixture);
}

static GscPanel *
find_panel (GtkWidget *widget)
{
  GtkWidget *panel = gtk_widget_get_ancestor (widget, GSC_TYPE_PANEL);

  return panel != NULL ? GSC_PANEL (panel) : NULL;
}

/* Tab alone leads through all panels in the order in which they are read, each plot among them. */
static void
test_tab (void)
{
  Fixture fixture;
  GPtrArray *seen = g_ptr_array_new ();
  guint n_plots = 0;
  g_auto (GStrv) order = NULL;

  open_fixture (&fixture, 1300, 900);
  activate (&fixture, "show-all");
  gsc_board_move (fixture.board, GSC_FIGURE_PROJECTION, -4);
  gsc_board_set_shown (fixture.board, GSC_FIGURE_TASK_TABLE, FALSE);
  session_fixture_settle (fixture.window);
  gtk_root_set_focus (GTK_ROOT (fixture.window), NULL);
  for (guint i = 0; i < 100; i++)
    {
      GtkWidget *focus;
      GscPanel *panel;

      if (!gtk_widget_child_focus (GTK_WIDGET (fixture.board), GTK_DIR_TAB_FORWARD))
        break;
      focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
      panel = find_panel (focus);
      n_plots += GSC_IS_PLOT_VIEW (focus);
      if (panel != NULL
          && (seen->len == 0 || g_ptr_array_index (seen, seen->len - 1) != (gpointer) panel))
        g_ptr_array_add (seen, panel);
    }
  order = gsc_board_get_order (fixture.board);
  g_assert_cmpuint (seen->len, ==, GSC_N_FIGURES - 1);
  g_assert_cmpuint (n_plots, ==, GSC_N_FIGURES - 1);
  for (guint i = 0, k = 0; i < GSC_N_FIGURES; i++)
    if (!g_str_equal (order[i], "task-table"))
      g_assert_cmpstr (gsc_figure_get_name (gsc_panel_get_figure (g_ptr_array_index (seen, k++))),
                       ==, order[i]);
  g_ptr_array_unref (seen);
  close_fixture (&fixture);
}

/* The keys of a plot, as they are bound. */
static void
test_keys (void)
{
  Fixture fixture;
  GtkWidget *plot;
  GscCursor cursor;

  open_fixture (&fixture, 1200, 800);
  plot
      = GTK_WIDGET (gsc_panel_get_plot (gsc_board_get_panel (fixture.board, GSC_FIGURE_TASK_GRID)));
  gtk_widget_grab_focus (plot);
  gsc_session_set_task (fixture.session.session, 0, 0);
  g_assert_true (widget_fixture_press (plot, "Right"));
  g_assert_true (widget_fixture_press (plot, "Right"));
  g_assert_true (widget_fixture_press (plot, "Left"));
  g_assert_true (widget_fixture_press (plot, "<Shift>Up"));
  g_assert_true (widget_fixture_press (plot, "Down"));
  cursor = gsc_session_get_cursor (fixture.session.session);
  g_assert_cmpint (cursor.a, ==, 1);
  g_assert_cmpint (cursor.b, ==, 9);
  g_assert_true (widget_fixture_press (plot, "End"));
  g_assert_cmpint (gsc_session_get_cursor (fixture.session.session).a, ==, 10);
  g_assert_true (widget_fixture_press (plot, "Home"));
  g_assert_cmpint (gsc_session_get_cursor (fixture.session.session).a, ==, 0);
  g_assert_true (widget_fixture_press (plot, "Return"));
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, GSC_FIGURE_TASK_GRID);
  g_assert_true (widget_fixture_press (plot, "KP_Enter"));
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, -1);
  close_fixture (&fixture);
}

static void
test_names (void)
{
  Fixture fixture;

  open_fixture (&fixture, 1200, 800);
  /* plot, menu and button of each, and the editor's two */
  g_assert_cmpuint (widget_fixture_assert_named (fixture.window), >=, 3 * GSC_N_FIGURES + 2);
  close_fixture (&fixture);
}

/* What is arranged on one board is the same on the next. */
static void
test_state (void)
{
  Fixture fixture;
  g_autoptr (GVariant) usual = NULL;
  g_autoptr (GVariant) state = NULL;
  g_autoptr (GVariant) again = NULL;
  guint n = 0;

  open_fixture (&fixture, 1200, 800);
  usual = g_variant_ref_sink (gsc_board_save_state (fixture.board));
  gsc_board_move (fixture.board, GSC_FIGURE_SEQUENCE, -3);
  gsc_board_set_shown (fixture.board, GSC_FIGURE_ATTENTION, FALSE);
  g_action_group_activate_action (
      gsc_panel_get_action_group (gsc_board_get_panel (fixture.board, GSC_FIGURE_LEARNING_CURVES)),
      "log-steps", NULL);
  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_TASK_GRID);
  state = g_variant_ref_sink (gsc_board_save_state (fixture.board));
  g_assert_false (g_variant_equal (usual, state));
  close_fixture (&fixture);

  open_fixture (&fixture, 1200, 800);
  g_signal_connect_swapped (fixture.board, "state-changed", G_CALLBACK (count), &n);
  gsc_board_load_state (fixture.board, state);
  g_assert_cmpuint (n, ==, 1);
  again = g_variant_ref_sink (gsc_board_save_state (fixture.board));
  g_assert_true (g_variant_equal (state, again));
  g_assert_false (gsc_board_is_shown (fixture.board, GSC_FIGURE_ATTENTION));
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, GSC_FIGURE_TASK_GRID);
  session_fixture_settle (fixture.window);
  close_fixture (&fixture);
}

static void
test_nonsense (void)
{
  static const char *const states[] = {
    "'text'",
    "@a{sv} {}",
    "{'order': <5>, 'hidden': <'all'>, 'enlarged': <true>, 'panels': <['a']>}",
    "{'order': <['nothing', 'shots', 'shots', '']>, 'hidden': <['nothing']>, "
    "'enlarged': <'nothing'>, 'panels': <{'shots': <1>, 'nothing': <@a{sv} {}>}>}",
    "{'panels': <{'task-grid': <{'measure': <'nothing'>, 'colors': <7>}>}>}",
    "{'hidden': <['shots']>, 'enlarged': <'shots'>}",
  };
  Fixture fixture;

  open_fixture (&fixture, 1200, 800);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (GVariant) state = g_variant_parse (NULL, states[i], NULL, NULL, NULL);
      g_auto (GStrv) order = NULL;

      g_assert_nonnull (state);
      gsc_board_load_state (fixture.board, state);
      session_fixture_settle (fixture.window);
      order = gsc_board_get_order (fixture.board);
      g_assert_cmpuint (g_strv_length (order), ==, GSC_N_FIGURES);
      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        g_assert_true (g_strv_contains ((const char *const *) order,
                                        gsc_figure_get_name ((GscFigure) figure)));
    }
  /* The last but two had an order with one name in it. */
  assert_first (&fixture, "shots");
  g_assert_cmpint (gsc_board_get_enlarged (fixture.board), ==, GSC_FIGURE_SHOTS);
  close_fixture (&fixture);
}

/* A state from before there were so many panels leaves the new ones as usual. */
static void
test_old_state (void)
{
  g_autoptr (GVariant) state = g_variant_parse (
      NULL, "{'order': <['shots', 'attention', 'logit-lens']>, 'hidden': <['attention']>}", NULL, NULL,
      NULL);
  Fixture fixture;

  open_fixture (&fixture, 1200, 800);
  gsc_board_load_state (fixture.board, state);
  g_assert_true (gsc_board_is_shown (fixture.board, GSC_FIGURE_SHOTS));
  g_assert_true (gsc_board_is_shown (fixture.board, GSC_FIGURE_LENS));
  g_assert_false (gsc_board_is_shown (fixture.board, GSC_FIGURE_ATTENTION));
  g_assert_true (gsc_board_is_shown (fixture.board, GSC_FIGURE_KSHOT));
  g_assert_false (gsc_board_is_shown (fixture.board, GSC_FIGURE_NOISE));
  close_fixture (&fixture);
}

/* What is not seen is not computed. */
static void
test_wanted (void)
{
  Fixture fixture;
  GscFrame *frame;

  open_fixture (&fixture, 1200, 800);
  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_LEARNING_CURVES);
  gsc_session_set_task (fixture.session.session, 1, 2);
  session_fixture_iterate (200);
  frame = gsc_session_get_frame (fixture.session.session);
  g_assert_null (frame->probe);
  g_assert_null (frame->projection);
  gsc_board_set_enlarged (fixture.board, -1);
  session_fixture_wait (&fixture.session);
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/board/sizes", test_sizes);
  g_test_add_func ("/board/actions", test_actions);
  g_test_add_func ("/board/panels", test_panels);
  g_test_add_func ("/board/enlarge", test_enlarge);
  g_test_add_func ("/board/tab", test_tab);
  g_test_add_func ("/board/keys", test_keys);
  g_test_add_func ("/board/names", test_names);
  g_test_add_func ("/board/state", test_state);
  g_test_add_func ("/board/nonsense", test_nonsense);
  g_test_add_func ("/board/old-state", test_old_state);
  g_test_add_func ("/board/wanted", test_wanted);
  return g_test_run ();
}
