/* test-window-menus.c - menus, keys and what is remembered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "training-fixture.h"
#include "widget-fixture.h"
#include "window-fixture.h"

/* Every entry of a menu has an action, and every action can be activated. */
static void
walk_menu (WindowFixture *program, GMenuModel *menu, GtkWidget *widget, guint *n)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *action = NULL;
      g_autoptr (GVariant) target
          = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };

      for (guint j = 0; j < G_N_ELEMENTS (links); j++)
        {
          g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, i, links[j]);

          if (below != NULL)
            walk_menu (program, below, widget, n);
        }
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        continue;
      if (g_test_verbose ())
        g_test_message ("%s", action);
      if (gtk_widget_get_root (widget) == NULL)
        return;
      (*n)++;
      if (g_str_equal (action, "win.guide")) /* opens a browser */
        continue;
      /* of the application's and the window's own, what is not possible now is insensitive */
      if (!gtk_widget_activate_action_variant (widget, action, target))
        g_error ("the menu's action %s does not exist", action);
      training_fixture_idle (30);
      /* on the stage there are no menus */
      if (g_str_equal (action, "win.present"))
        g_assert_true (
            widget_fixture_press (gtk_root_get_focus (GTK_ROOT (program->window)), "Escape"));
    }
}

static void
collect_buttons (GtkWidget *widget, GPtrArray *buttons)
{
  if (GTK_IS_MENU_BUTTON (widget))
    g_ptr_array_add (buttons, g_object_ref (widget));
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      collect_buttons (child, buttons);
}

/* An action may take a button away, such as that of a deleted run. */
static void
walk_menus (WindowFixture *program, GtkWidget *widget, guint *n)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new_with_free_func (g_object_unref);

  collect_buttons (widget, buttons);
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkMenuButton *button = g_ptr_array_index (buttons, i);
      GMenuModel *menu = gtk_menu_button_get_menu_model (button);

      if (menu != NULL && gtk_widget_get_root (GTK_WIDGET (button)) != NULL)
        walk_menu (program, menu, GTK_WIDGET (button), n);
    }
}

static void
destroy_others (WindowFixture *program)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (all); i-- > 0;)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      if (window != GTK_WINDOW (program->window))
        gtk_window_destroy (window);
    }
}

static void
test_menus (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  guint n = 0;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  walk_menus (&program, GTK_WIDGET (program.window), &n);
  g_assert_cmpuint (n, >, 50);
  training_fixture_wait (window_fixture_is_idle, &program);
  destroy_others (&program);
  training_fixture_idle (800); /* a tooltip of what is at the pointer now comes before the end */
  window_fixture_end (&program);
}

/* Where text runs from right to left the window is a mirror image: nothing sticks out of it, and
 * no panel is cut. */
static void
test_right_to_left (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  graphene_rect_t sidebar, board, panel;
  GtkWidget *window;

  window_fixture_forget ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_has_model, &program);
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_idle (100);
  window = GTK_WIDGET (program.window);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (gsc_window_get_sidebar (program.window)),
                                            window, &sidebar));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (gsc_window_get_board (program.window)),
                                            window, &board));
  g_assert_cmpfloat (sidebar.origin.x, >=, board.origin.x + board.size.width - 1);
  g_assert_cmpfloat (sidebar.origin.x + sidebar.size.width, <=, gtk_widget_get_width (window) + 1);
  for (GscFigure figure = 0; figure < GSC_N_FIGURES; figure++)
    if (gsc_board_is_shown (gsc_window_get_board (program.window), figure))
      {
        g_assert_true (gtk_widget_compute_bounds (
            GTK_WIDGET (gsc_board_get_panel (gsc_window_get_board (program.window), figure)),
            window, &panel));
        g_assert_cmpfloat (panel.origin.x, >=, board.origin.x - 1);
        g_assert_cmpfloat (panel.origin.x + panel.size.width, <=,
                           board.origin.x + board.size.width + 1);
      }
  window_fixture_end (&program);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Figures grow and shrink, within limits. */
static void
test_zoom (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GtkWidget *plot;
  int sizes[3];

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_has_model, &program);
  plot = GTK_WIDGET (gsc_panel_get_plot (
      gsc_board_get_panel (gsc_window_get_board (program.window), GSC_FIGURE_SHOTS)));
  for (int i = 0; i < 3; i++)
    {
      for (guint j = 0; j < 40; j++)
        gtk_widget_activate_action (GTK_WIDGET (program.window), "win.zoom", "i", i - 1);
      gtk_widget_activate_action (GTK_WIDGET (program.window), "win.zoom", "i", i == 1 ? 0 : 1);
      training_fixture_idle (50);
      sizes[i] = pango_font_description_get_size (
          pango_context_get_font_description (gtk_widget_get_pango_context (plot)));
    }
  g_assert_cmpint (sizes[0], <, sizes[1]);
  g_assert_cmpint (sizes[1], <, sizes[2]);
  g_assert_cmpint (sizes[2], <, 4 * sizes[1]);
  training_fixture_wait (window_fixture_is_idle, &program);
  window_fixture_end (&program);
}

/* Every key of the window does what it says. */
static void
test_keys (void)
{
  static const char *const keys[]
      = { "Left",         "<Shift>Left", "Home",       "Right",     "End", "Up",    "Down",
          "bracketright", "bracketleft", "braceright", "braceleft", "n",   "Escape" };
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscSession *session;
  GscCursor cursor;
  int last;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  session = gsc_window_get_session (program.window);
  last = gsc_session_get_frame (session)->record;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), keys[i]));
      training_fixture_idle (20);
      cursor = gsc_session_get_cursor (session);
      switch (i)
        {
        case 0:
          g_assert_cmpint (gsc_session_get_frame (session)->record, ==, last - 1);
          g_assert_false (gsc_session_get_live (session));
          break;
        case 2:
          g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 0);
          break;
        case 3:
          g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 1);
          break;
        case 4:
          g_assert_true (gsc_session_get_live (session));
          break;
        case 6:
          g_assert_cmpuint (cursor.shot, ==, 2);
          break;
        case 7:
          g_assert_cmpuint (cursor.head, ==, 1);
          break;
        case 10:
          g_assert_cmpuint (cursor.layer, ==, 0);
          break;
        case 11:
          g_assert_cmpint (gsc_session_get_context_seed (session), ==, 2);
          break;
        case 12:
          g_assert_false (gsc_session_is_locked (session));
          break;
        default:
          break;
        }
    }
  window_fixture_end (&program);
}

/* Keys take a head out and put it back. */
static void
test_heads (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscSession *session;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  session = gsc_window_get_session (program.window);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "a"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 1);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "a"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 0);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "<Shift>a"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 1);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "<Shift>r"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 0);
  window_fixture_end (&program);
}

/* The next start shows the same. */
static void
test_remembers (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  g_autofree char *elsewhere = window_fixture_folder ("elsewhere");
  g_autofree char *path = NULL;
  g_autofree char *missing = NULL;
  g_autoptr (GError) error = NULL;
  WindowFixture program = { 0 };
  GscConfig config = training_fixture_config ();
  GscRun *run;

  window_fixture_forget ();
  training_fixture_train (elsewhere, &config, -1);
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  run = gsc_library_open (window_fixture_get_library (&program), elsewhere, &error);
  g_assert_no_error (error);
  gsc_window_show_run (program.window, run);
  gsc_board_set_shown (gsc_window_get_board (program.window), GSC_FIGURE_ATTENTION, FALSE);
  window_fixture_activate (&program, "win.show-sidebar");
  window_fixture_end (&program);

  window_fixture_start (&program, folder);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 2);
  g_assert_cmpstr (gsc_run_get_path (window_fixture_get_run (&program)), ==, elsewhere);
  g_assert_false (gsc_board_is_shown (gsc_window_get_board (program.window), GSC_FIGURE_ATTENTION));
  g_assert_false (g_settings_get_boolean (program.settings, "show-sidebar"));
  missing = g_build_filename (folder, "nothing", NULL);
  g_assert_null (gsc_library_open (window_fixture_get_library (&program), missing, &error));
  training_fixture_assert_sentence (error->message, "nothing");
  window_fixture_end (&program);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/menus", test_menus);
  g_test_add_func ("/window/right-to-left", test_right_to_left);
  g_test_add_func ("/window/zoom", test_zoom);
  g_test_add_func ("/window/keys", test_keys);
  g_test_add_func ("/window/heads", test_heads);
  g_test_add_func ("/window/remembers", test_remembers);
  return g_test_run ();
}
