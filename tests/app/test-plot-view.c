/* test-plot-view.c - a figure of the session's frame, to look at and to point into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-view.h"

#include <adwaita.h>

#include "gsc-plot-card.h"
#include "session-fixture.h"

typedef struct
{
  SessionFixture session;
  GtkWidget *window;
  GscPlotView *view;
} Fixture;

static void
paint (void)
{
  g_autoptr (GscPainter) painter = gsc_painter_get_default ();

  session_fixture_iterate (20);
  gsc_painter_flush (painter);
}

static gboolean
is_painted (gpointer view)
{
  paint ();
  return gsc_plot_view_get_texture (view) != NULL;
}

static void
open_fixture (Fixture *fixture, GscFigure figure)
{
  session_fixture_open (&fixture->session, 5);
  session_fixture_wait (&fixture->session);
  fixture->view = GSC_PLOT_VIEW (gsc_plot_view_new (figure));
  gsc_plot_view_set_session (fixture->view, fixture->session.session);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 420);
  gtk_window_present (GTK_WINDOW (fixture->window));
  session_fixture_iterate_until (is_painted, fixture->view);
}

static void
close_fixture (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  session_fixture_iterate (10);
  g_assert_null (fixture->view);
  session_fixture_close (&fixture->session);
}

static gboolean
is_wide (gpointer widget)
{
  return gtk_widget_get_width (widget) >= 800;
}

/* A place where a pick of @kind is found; fails if there is none. */
static void
find (GscPlotView *view, GscPickKind kind, double *x, double *y, GscFigurePick *pick)
{
  int width = gtk_widget_get_width (GTK_WIDGET (view));
  int height = gtk_widget_get_height (GTK_WIDGET (view));

  for (*y = height - 2; *y > 0; *y -= 3)
    for (*x = 2; *x < width; *x += 3)
      {
        if (gsc_figure_pick (gsc_plot_view_get_page (view), *x, *y, pick) && pick->kind == kind)
          return;
        gsc_figure_pick_clear (pick);
      }
  g_error ("%s has no such place", gsc_figure_get_name (gsc_plot_view_get_figure (view)));
}

/* Every figure is painted at the size of the view, and painted anew when that changes. */
static void
test_texture (void)
{
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      Fixture fixture;
      GtkWidget *widget;
      GdkTexture *before;

      open_fixture (&fixture, (GscFigure) figure);
      widget = GTK_WIDGET (fixture.view);
      g_assert_cmpint (gsc_plot_view_get_figure (fixture.view), ==, figure);
      before = gsc_plot_view_get_texture (fixture.view);
      g_assert_cmpint (gdk_texture_get_width (before), ==,
                       gtk_widget_get_width (widget) * gtk_widget_get_scale_factor (widget));
      gtk_widget_set_size_request (widget, 800, 500);
      session_fixture_iterate_until (is_wide, widget);
      paint ();
      g_assert_cmpint (gdk_texture_get_width (gsc_plot_view_get_texture (fixture.view)), ==,
                       gtk_widget_get_width (widget) * gtk_widget_get_scale_factor (widget));
      g_assert_cmpint (gdk_texture_get_height (gsc_plot_view_get_texture (fixture.view)), ==,
                       gtk_widget_get_height (widget) * gtk_widget_get_scale_factor (widget));
      close_fixture (&fixture);
    }
}

static guint32
get_corner (GscPlotView *view)
{
  GdkTexture *texture = gsc_plot_view_get_texture (view);
  gsize stride = 4 * (gsize) gdk_texture_get_width (texture);
  g_autofree guchar *pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));

  gdk_texture_download (texture, pixels, stride);
  return *(const guint32 *) (gconstpointer) pixels & 0xffffff;
}

/* The palette is that of the desktop's style. */
static void
test_palette (void)
{
  static const struct
  {
    AdwColorScheme scheme;
    GscPaletteKind kind;
  } cases[] = {
    { ADW_COLOR_SCHEME_FORCE_DARK, GSC_PALETTE_DARK },
    { ADW_COLOR_SCHEME_FORCE_LIGHT, GSC_PALETTE_LIGHT },
  };
  Fixture fixture;

  open_fixture (&fixture, GSC_FIGURE_SHOTS);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GscColor *color = &gsc_palette_get (cases[i].kind)->background;

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), cases[i].scheme);
      session_fixture_settle (fixture.window);
      paint ();
      g_assert_cmphex (get_corner (fixture.view), ==, gsc_color_scale_pack (color));
    }
  close_fixture (&fixture);
}

/* Large text is honoured. */
static void
test_text_size (void)
{
  Fixture fixture;
  GtkSettings *settings = gtk_settings_get_default ();
  double before;
  int dpi;

  open_fixture (&fixture, GSC_FIGURE_SHOTS);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  before = gsc_plot_view_get_text_size (fixture.view);
  g_assert_cmpfloat (before, >, 6);
  g_assert_cmpfloat (before, <, 20);
  g_object_set (settings, "gtk-xft-dpi", dpi > 0 ? 2 * dpi : 2 * 96 * 1024, NULL);
  session_fixture_settle (fixture.window);
  g_assert_cmpfloat_with_epsilon (gsc_plot_view_get_text_size (fixture.view), 2 * before, 0.5);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  close_fixture (&fixture);
}

static void
count (guint *n)
{
  (*n)++;
}

static GtkWidget *
find_card (GscPlotView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !GSC_IS_PLOT_CARD (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* The card does not lie over a dialog that the window waits for. */
static void
test_card (void)
{
  Fixture fixture;
  g_auto (GscFigurePick) pick = { 0 };
  GtkWidget *card, *dialog;
  double x, y;

  open_fixture (&fixture, GSC_FIGURE_TASK_GRID);
  card = find_card (fixture.view);
  find (fixture.view, GSC_PICK_TASK, &x, &y, &pick);
  gsc_plot_view_hover (fixture.view, x, y);
  g_assert_true (gtk_widget_get_visible (card));
  gsc_plot_view_leave (fixture.view);
  g_assert_false (gtk_widget_get_visible (card));

  dialog = gtk_window_new ();
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (fixture.window));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  gsc_plot_view_hover (fixture.view, x, y);
  g_assert_false (gtk_widget_get_visible (card));
  gsc_plot_view_leave (fixture.view);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gsc_plot_view_hover (fixture.view, x, y);
  g_assert_true (gtk_widget_get_visible (card));
  close_fixture (&fixture);
}

/* What is there is said at the pointer, and a click moves the cursor. */
static void
test_pointer (void)
{
  Fixture fixture;
  g_auto (GscFigurePick) pick = { 0 };
  GscCursor cursor;
  guint n_frames = 0;
  double x, y;

  open_fixture (&fixture, GSC_FIGURE_TASK_GRID);
  find (fixture.view, GSC_PICK_TASK, &x, &y, &pick);
  g_assert_true (gsc_plot_view_hover (fixture.view, x, y));
  g_assert_cmpstr (gsc_plot_view_get_hover_text (fixture.view), ==, pick.text);
  g_assert_cmpstr (pick.text, !=, NULL);
  session_fixture_iterate (50);
  g_assert_false (gsc_plot_view_hover (fixture.view, 0, 0));
  g_assert_null (gsc_plot_view_get_hover_text (fixture.view));
  gsc_plot_view_hover (fixture.view, x, y);
  gsc_plot_view_leave (fixture.view);
  g_assert_null (gsc_plot_view_get_hover_text (fixture.view));

  g_signal_connect_swapped (fixture.session.session, "notify::frame", G_CALLBACK (count),
                            &n_frames);
  g_assert_true (gsc_plot_view_choose (fixture.view, x, y));
  g_assert_cmpuint (n_frames, ==, 1);
  cursor = gsc_session_get_cursor (fixture.session.session);
  g_assert_cmpint (cursor.a, ==, pick.a);
  g_assert_cmpint (cursor.b, ==, pick.b);
  g_assert_false (gsc_plot_view_choose (fixture.view, 0, 0));
  g_signal_handlers_disconnect_by_data (fixture.session.session, &n_frames);
  close_fixture (&fixture);
}

/* A click on the curves goes back in time. */
static void
test_record (void)
{
  Fixture fixture;
  g_auto (GscFigurePick) pick = { 0 };
  double x, y;

  open_fixture (&fixture, GSC_FIGURE_LEARNING_CURVES);
  g_assert_true (gsc_session_get_live (fixture.session.session));
  find (fixture.view, GSC_PICK_RECORD, &x, &y, &pick);
  gsc_plot_view_choose (fixture.view, x, y);
  g_assert_false (gsc_session_get_live (fixture.session.session));
  g_assert_cmpint (gsc_session_get_frame (fixture.session.session)->record, ==, pick.record);
  close_fixture (&fixture);
}

static void
move (Fixture *fixture, GscDirection direction, int places)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "plot.move", "(ii)",
                                             direction, places));
}

/* The keys move the cursor as the figure says. */
static void
test_keys (void)
{
  Fixture fixture;
  GscSession *session;
  GscCursor cursor;

  open_fixture (&fixture, GSC_FIGURE_TASK_GRID);
  session = fixture.session.session;
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (fixture.view)));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (fixture.view)));
  gsc_session_set_task (session, 5, 5);
  move (&fixture, GSC_DIRECTION_RIGHT, 1);
  move (&fixture, GSC_DIRECTION_UP, 2);
  cursor = gsc_session_get_cursor (session);
  g_assert_cmpint (cursor.a, ==, 6);
  g_assert_cmpint (cursor.b, ==, 7);
  move (&fixture, GSC_DIRECTION_LEFT, 0);
  move (&fixture, GSC_DIRECTION_DOWN, 10);
  cursor = gsc_session_get_cursor (session);
  g_assert_cmpint (cursor.a, ==, 0);
  g_assert_cmpint (cursor.b, ==, 0);
  /* nowhere to go, and nonsense */
  move (&fixture, GSC_DIRECTION_LEFT, 1);
  move (&fixture, 17, 1);
  move (&fixture, GSC_DIRECTION_UP, -1);
  cursor = gsc_session_get_cursor (session);
  g_assert_cmpint (cursor.a, ==, 0);
  g_assert_cmpint (cursor.b, ==, 0);
  close_fixture (&fixture);

  open_fixture (&fixture, GSC_FIGURE_LEARNING_CURVES);
  session = fixture.session.session;
  move (&fixture, GSC_DIRECTION_LEFT, 1);
  g_assert_false (gsc_session_get_live (session));
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 3);
  move (&fixture, GSC_DIRECTION_LEFT, 0);
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 0);
  move (&fixture, GSC_DIRECTION_RIGHT, 0);
  g_assert_true (gsc_session_get_live (session));
  close_fixture (&fixture);
}

/* All figures live with any key. */
static void
test_all_keys (void)
{
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      Fixture fixture;

      open_fixture (&fixture, (GscFigure) figure);
      for (int direction = 0; direction < 4; direction++)
        for (int places = 0; places <= 10; places += 5)
          move (&fixture, (GscDirection) direction, places);
      paint ();
      close_fixture (&fixture);
    }
}

static void
test_enlarge (void)
{
  Fixture fixture;
  guint n = 0;

  open_fixture (&fixture, GSC_FIGURE_SHOTS);
  g_signal_connect_swapped (fixture.view, "enlarge", G_CALLBACK (count), &n);
  g_assert_true (gtk_widget_activate (GTK_WIDGET (fixture.view)));
  g_assert_cmpuint (n, ==, 1);
  close_fixture (&fixture);
}

static gboolean
has_description (gpointer view)
{
  return gsc_plot_view_get_description (view) != NULL;
}

/* A name, and a sentence that follows what is shown, but not faster than it can be read. */
static void
test_accessible (void)
{
  Fixture fixture;
  GtkAccessible *accessible;
  g_autofree char *summary = NULL;
  guint n = 0;

  open_fixture (&fixture, GSC_FIGURE_TASK_GRID);
  accessible = GTK_ACCESSIBLE (fixture.view);
  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       gsc_figure_get_title (GSC_FIGURE_TASK_GRID));
  session_fixture_iterate_until (has_description, fixture.view);
  summary
      = gsc_figure_summarise (GSC_FIGURE_TASK_GRID, gsc_session_get_frame (fixture.session.session),
                              gsc_plot_view_get_options (fixture.view));
  g_assert_cmpstr (gsc_plot_view_get_description (fixture.view), ==, summary);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary);

  g_signal_connect_swapped (fixture.view, "notify::description", G_CALLBACK (count), &n);
  for (int a = 0; a < 11; a++)
    gsc_session_set_task (fixture.session.session, a, 3);
  g_assert_cmpuint (n, ==, 0);
  session_fixture_iterate (1600);
  g_assert_cmpuint (n, <=, 1);
  close_fixture (&fixture);
}

/* What nobody sees is not painted; and what a training changes is painted after a while only. */
static void
test_hidden (void)
{
  Fixture fixture;
  g_autoptr (GdkTexture) before = NULL;
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  open_fixture (&fixture, GSC_FIGURE_LEARNING_CURVES);
  gtk_widget_set_visible (GTK_WIDGET (fixture.view), FALSE);
  session_fixture_iterate (20);
  before = g_object_ref (gsc_plot_view_get_texture (fixture.view));
  session_fixture_append (&fixture.session);
  paint ();
  g_assert_true (gsc_plot_view_get_texture (fixture.view) == before);
  gtk_widget_set_visible (GTK_WIDGET (fixture.view), TRUE);
  while (gsc_plot_view_get_texture (fixture.view) == before && g_get_monotonic_time () < end)
    paint ();
  g_assert_false (gsc_plot_view_get_texture (fixture.view) == before);
  close_fixture (&fixture);
}

/* Without a session or a frame it is empty, and everything can be done to it all the same. */
static void
test_empty (void)
{
  GscPlotView *view = GSC_PLOT_VIEW (gsc_plot_view_new (GSC_FIGURE_ATTENTION));
  GtkWidget *window = gtk_window_new ();
  GscSession *session = gsc_session_new ();

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 2; i++)
    {
      session_fixture_iterate (50);
      g_assert_null (gsc_plot_view_get_texture (view));
      g_assert_false (gsc_plot_view_hover (view, 10, 10));
      g_assert_false (gsc_plot_view_choose (view, 10, 10));
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "plot.move", "(ii)", 0, 0));
      gsc_plot_view_set_session (view, session);
      g_assert_true (gsc_plot_view_get_session (view) == session);
    }
  g_object_unref (session);
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *) &view);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (view);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/plot-view/texture", test_texture);
  g_test_add_func ("/plot-view/palette", test_palette);
  g_test_add_func ("/plot-view/text-size", test_text_size);
  g_test_add_func ("/plot-view/card", test_card);
  g_test_add_func ("/plot-view/pointer", test_pointer);
  g_test_add_func ("/plot-view/record", test_record);
  g_test_add_func ("/plot-view/keys", test_keys);
  g_test_add_func ("/plot-view/all-keys", test_all_keys);
  g_test_add_func ("/plot-view/enlarge", test_enlarge);
  g_test_add_func ("/plot-view/accessible", test_accessible);
  g_test_add_func ("/plot-view/hidden", test_hidden);
  g_test_add_func ("/plot-view/empty", test_empty);
  return g_test_run ();
}
