/* test-heads.c - taking heads out, and waiting for what takes its time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <string.h>

#include "gsc-ablation-bar.h"
#include "gsc-board.h"
#include "gsc-head-menu.h"
#include "gsc-insight-bar.h"
#include "gsc-shot-slider.h"
#include "session-fixture.h"
#include "widget-fixture.h"

typedef struct
{
  SessionFixture session;
  GtkWidget *window;
  GscBoard *board;
  GscAblationBar *bar;
} Fixture;

static void
open_fixture (Fixture *fixture)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  session_fixture_open (&fixture->session, 5);
  fixture->board = GSC_BOARD (gsc_board_new ());
  gsc_board_set_session (fixture->board, fixture->session.session);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->board), TRUE);
  fixture->bar = GSC_ABLATION_BAR (gsc_ablation_bar_new (fixture->session.session));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 900);
  gtk_widget_insert_action_group (fixture->window, "heads",
                                  gsc_board_get_head_actions (fixture->board));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->bar));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->board));
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  session_fixture_settle (fixture->window);
  session_fixture_wait (&fixture->session);
}

static void
close_fixture (Fixture *fixture)
{
  gtk_widget_insert_action_group (fixture->window, "heads", NULL);
  g_object_add_weak_pointer (G_OBJECT (fixture->board), (gpointer *) &fixture->board);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  session_fixture_iterate (10);
  g_assert_null (fixture->board);
  session_fixture_close (&fixture->session);
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_in_panel (Fixture *fixture, GscFigure figure, GType type)
{
  return find (GTK_WIDGET (gsc_board_get_panel (fixture->board, figure)), type);
}

static GscPlotView *
get_plot (Fixture *fixture, GscFigure figure)
{
  return gsc_panel_get_plot (gsc_board_get_panel (fixture->board, figure));
}

/* Not only the note that stands there before the model has been asked. */
static gboolean
has_heads (gpointer plot)
{
  const GscFigurePage *page = gsc_plot_view_get_page (plot);

  return page != NULL && gsc_figure_page_get_multiples (page, 0) != NULL;
}

static gboolean
has_scores (gpointer session)
{
  GscFrame *frame = gsc_session_get_frame (session);

  return frame->ablation != NULL && frame->insights[GSC_INSIGHT_SCORES] != NULL;
}

static gboolean
is_whole (gpointer session)
{
  return gsc_session_get_frame (session)->ablation == NULL;
}

static GscAblationMode
get_mode (Fixture *fixture)
{
  GscCursor cursor = gsc_session_get_cursor (fixture->session.session);

  return gsc_session_get_head_mode (fixture->session.session, cursor.layer, cursor.head);
}

/* The menu at the pointer is for the head there; its entries ablate and restore it. */
static void
test_menu (void)
{
  Fixture fixture;
  GscSession *session;
  GscPlotView *plot;
  GscHeadMenu *menu;
  GtkWidget *popover;
  gboolean opened = FALSE;
  double before;

  open_fixture (&fixture);
  session = fixture.session.session;
  gsc_board_set_enlarged (fixture.board, GSC_FIGURE_ATTENTION);
  session_fixture_settle (fixture.window);
  plot = get_plot (&fixture, GSC_FIGURE_ATTENTION);
  session_fixture_iterate_until (has_heads, plot);
  menu = GSC_HEAD_MENU (find_in_panel (&fixture, GSC_FIGURE_ATTENTION, GSC_TYPE_HEAD_MENU));
  popover = GTK_WIDGET (gsc_head_menu_get_popover (menu));
  g_assert_false (gsc_head_menu_open_at (menu, 1, 1));
  g_assert_false (gtk_widget_get_visible (popover));
  for (int x = 20; x < gtk_widget_get_width (GTK_WIDGET (plot)) && !opened; x += 10)
    opened = gsc_head_menu_open_at (menu, x, 100);
  g_assert_true (opened);
  g_assert_true (gtk_widget_get_visible (popover));

  before = gsc_session_get_frame (session)->probe->answers[3].chances[0];
  g_assert_cmpint (get_mode (&fixture), ==, GSC_ABLATION_NONE);
  g_assert_true (gtk_widget_activate_action (popover, "heads.ablate", "s", "zero"));
  g_assert_cmpint (get_mode (&fixture), ==, GSC_ABLATION_ZERO);
  session_fixture_iterate_until (has_scores, session);
  g_assert_cmpfloat (gsc_session_get_frame (session)->probe->answers[3].chances[0], !=, before);
  g_assert_nonnull (gsc_ablation_bar_get_text (fixture.bar));
  g_assert_nonnull (strstr (gsc_ablation_bar_get_text (fixture.bar), "1 head"));
  g_assert_nonnull (strstr (gsc_ablation_bar_get_text (fixture.bar), "→"));
  g_assert_true (gtk_widget_activate_action (popover, "heads.ablate", "s", "nothing"));
  g_assert_true (gtk_widget_activate_action (popover, "heads.ablate", "s", "mean"));
  g_assert_cmpint (get_mode (&fixture), ==, GSC_ABLATION_MEAN);
  g_assert_true (gtk_widget_activate_action (popover, "heads.restore-all", NULL));
  session_fixture_iterate_until (is_whole, session);
  g_assert_null (gsc_ablation_bar_get_text (fixture.bar));
  g_assert_cmpfloat (gsc_session_get_frame (session)->probe->answers[3].chances[0], ==, before);
  g_assert_true (gtk_widget_activate_action (popover, "board.show-head", NULL));
  g_assert_true (gsc_plot_view_get_options (plot)->single_head);
  gtk_popover_popdown (GTK_POPOVER (popover));

  /* from the keyboard it is for the cursor's head */
  g_assert_true (widget_fixture_press (GTK_WIDGET (plot), "Menu|<Shift>F10"));
  g_assert_true (gtk_widget_get_visible (popover));
  gtk_popover_popdown (GTK_POPOVER (popover));
  session_fixture_iterate (50);
  close_fixture (&fixture);
}

/* States of the actions follow the cursor. */
static void
test_actions (void)
{
  Fixture fixture;
  GActionGroup *heads;
  g_autoptr (GVariant) zero = NULL;
  g_autoptr (GVariant) none = NULL;

  open_fixture (&fixture);
  heads = gsc_board_get_head_actions (fixture.board);
  gsc_session_set_head (fixture.session.session, 0, 1);
  g_assert_false (g_action_group_get_action_enabled (heads, "restore-all"));
  g_action_group_activate_action (heads, "toggle", g_variant_new_string ("zero"));
  zero = g_action_group_get_action_state (heads, "ablate");
  g_assert_cmpstr (g_variant_get_string (zero, NULL), ==, "zero");
  g_assert_true (g_action_group_get_action_enabled (heads, "restore-all"));
  gsc_session_set_head (fixture.session.session, 0, 0);
  none = g_action_group_get_action_state (heads, "ablate");
  g_assert_cmpstr (g_variant_get_string (none, NULL), ==, "none");
  gsc_session_set_head (fixture.session.session, 0, 1);
  g_action_group_activate_action (heads, "toggle", g_variant_new_string ("zero"));
  g_assert_cmpuint (gsc_session_count_ablated (fixture.session.session), ==, 0);
  close_fixture (&fixture);
}

/* While a figure is computed its panel says so, and Cancel and Compute do what they say. */
static void
test_bar (void)
{
  Fixture fixture;
  GscSession *session;
  GscInsightBar *bar;
  GtkWidget *button;

  open_fixture (&fixture);
  session = fixture.session.session;
  bar = GSC_INSIGHT_BAR (find_in_panel (&fixture, GSC_FIGURE_KSHOT, GSC_TYPE_INSIGHT_BAR));
  button = gsc_insight_bar_get_button (bar);
  gsc_session_new_context (session);
  session_fixture_iterate (300);
  gsc_session_cancel_insight (session, GSC_INSIGHT_KSHOT);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Compute");
  session_fixture_settle (fixture.window);
  g_assert_true (gtk_widget_get_visible (gtk_widget_get_parent (button)));
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gsc_session_is_insight_cancelled (session, GSC_INSIGHT_KSHOT));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Cancel");
  close_fixture (&fixture);
}

/* The slider is there with one number of shots, and is the cursor's. */
static void
test_slider (void)
{
  Fixture fixture;
  GscShotSlider *slider;
  GtkRange *range;

  open_fixture (&fixture);
  slider = GSC_SHOT_SLIDER (find_in_panel (&fixture, GSC_FIGURE_KSHOT, GSC_TYPE_SHOT_SLIDER));
  range = gsc_shot_slider_get_range (slider);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (slider)));
  g_action_group_change_action_state (
      gsc_panel_get_action_group (gsc_board_get_panel (fixture.board, GSC_FIGURE_KSHOT)), "view",
      g_variant_new_string ("cursor"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (slider)));
  session_fixture_settle (fixture.window);
  widget_fixture_assert_named (GTK_WIDGET (slider));
  gtk_range_set_value (range, 2);
  g_assert_cmpuint (gsc_session_get_cursor (fixture.session.session).shot, ==, 2);
  gsc_session_set_shot (fixture.session.session, 1);
  g_assert_cmpfloat (gtk_range_get_value (range), ==, 1);
  close_fixture (&fixture);
}

static gboolean
has_all (gpointer session)
{
  GscFrame *frame = gsc_session_get_frame (session);

  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (i != GSC_INSIGHT_SCORES && frame->insights[i] == NULL)
      return FALSE;
  return TRUE;
}

/* With all panels shown all insights arrive, and each panel has something to say about it. */
static void
test_all (void)
{
  Fixture fixture;

  open_fixture (&fixture);
  g_action_group_activate_action (gsc_board_get_action_group (fixture.board), "show-all", NULL);
  session_fixture_settle (fixture.window);
  session_fixture_iterate_until (has_all, fixture.session.session);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GscPlotView *plot = get_plot (&fixture, (GscFigure) i);
      g_autofree char *text
          = gsc_figure_summarise ((GscFigure) i, gsc_session_get_frame (fixture.session.session),
                                  gsc_plot_view_get_options (plot));

      g_assert_cmpuint (strlen (text), >, 20);
    }
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/heads/menu", test_menu);
  g_test_add_func ("/heads/actions", test_actions);
  g_test_add_func ("/heads/bar", test_bar);
  g_test_add_func ("/heads/slider", test_slider);
  g_test_add_func ("/heads/all", test_all);
  return g_test_run ();
}
