/* test-learn.c - the tour, the guide, and how to cite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-application.h"
#include "gsc-figure.h"
#include "gsc-guide.h"
#include "gsc-report.h"
#include "gsc-tour.h"
#include "gsc-window.h"
#include "training-fixture.h"
#include "widget-fixture.h"

#define NONE -7

static void
on_show_panel (GscTour *tour, int figure, gpointer data)
{
  *(int *) data = figure;
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Every card once, on and back; what it shows goes when the card does; the end closes it. */
static void
test_tour (void)
{
  GtkWidget *parent = gtk_window_new ();
  GtkWidget *tour = gsc_tour_new (GTK_WINDOW (parent));
  int shown = NONE;
  guint n_panels = 0;
  guint n = gsc_tour_get_n_cards (GSC_TOUR (tour));
  gpointer weak = tour;

  g_object_add_weak_pointer (G_OBJECT (tour), &weak);
  g_signal_connect (tour, "show-panel", G_CALLBACK (on_show_panel), &shown);
  widget_fixture_present (GTK_WINDOW (tour));
  widget_fixture_assert_named (tour);
  g_assert_cmpuint (n, >=, 4);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (gsc_tour_get_card (GSC_TOUR (tour)), ==, i);
      shown = NONE;
      gsc_tour_show_panel (GSC_TOUR (tour));
      if (shown != NONE)
        {
          g_assert_cmpint (shown, >=, 0);
          g_assert_cmpint (shown, <, GSC_N_FIGURES);
          n_panels++;
          gsc_tour_move (GSC_TOUR (tour), 1);
          g_assert_cmpint (shown, ==, -1);
        }
      else
        gsc_tour_move (GSC_TOUR (tour), 1);
    }
  g_assert_cmpuint (n_panels, >=, 3);
  training_fixture_wait (is_null, &weak);
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* A step back, the ends, and the keys. */
static void
test_tour_keys (void)
{
  GtkWidget *tour = gsc_tour_new (NULL);
  gpointer weak = tour;

  g_object_add_weak_pointer (G_OBJECT (tour), &weak);
  widget_fixture_present (GTK_WINDOW (tour));
  g_assert_true (widget_fixture_press (tour, "Page_Down"));
  g_assert_cmpuint (gsc_tour_get_card (GSC_TOUR (tour)), ==, 1);
  g_assert_true (widget_fixture_press (tour, "Page_Up"));
  g_assert_cmpuint (gsc_tour_get_card (GSC_TOUR (tour)), ==, 0);
  gsc_tour_move (GSC_TOUR (tour), -1);
  g_assert_cmpuint (gsc_tour_get_card (GSC_TOUR (tour)), ==, 0);
  training_fixture_idle (600); /* until the cards have come to rest */
  g_assert_cmpuint (gsc_tour_get_card (GSC_TOUR (tour)), ==, 0);
  g_assert_true (widget_fixture_press (tour, "Escape"));
  training_fixture_wait (is_null, &weak);
}

static void
test_guide (void)
{
  g_autofree char *path = gsc_guide_find ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "<h1>Grokscope: user guide</h1>"));
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* The window's actions: a panel of the tour's fills the board until the tour ends, and the entry
 * is on the clipboard. */
static void
test_window (void)
{
  g_autofree char *folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  g_autoptr (GSettings) settings = gsc_application_load_settings ();
  g_autoptr (GscLibrary) library = gsc_library_new (folder);
  g_autoptr (GscApplication) application = gsc_application_new (settings, folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GscWindow *window;
  GtkWidget *tour = NULL;
  GListModel *all = gtk_window_get_toplevels ();

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_settings_set_boolean (settings, "example-offered", TRUE);
  window = gsc_window_new (ADW_APPLICATION (application), library, settings);
  widget_fixture_present (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.tour", NULL);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWidget) widget = g_list_model_get_item (all, i);

      if (GSC_IS_TOUR (widget))
        tour = widget;
    }
  g_assert_nonnull (tour);
  gsc_tour_move (GSC_TOUR (tour), 1);
  gsc_tour_show_panel (GSC_TOUR (tour));
  g_assert_cmpint (gsc_board_get_enlarged (gsc_window_get_board (window)), ==,
                   GSC_FIGURE_TASK_GRID);
  gtk_window_close (GTK_WINDOW (tour));
  g_assert_cmpint (gsc_board_get_enlarged (gsc_window_get_board (window)), ==, -1);

  gtk_widget_activate_action (GTK_WIDGET (window), "win.copy-citation", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, on_text,
                                 &text);
  training_fixture_wait (is_there, &text);
  g_assert_cmpstr (text, ==, gsc_report_get_bibtex ());
  g_assert_nonnull (strstr (text, "arXiv:2406.02550"));
  gtk_window_close (GTK_WINDOW (window));
  training_fixture_idle (300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  adw_init ();
  g_test_add_func ("/learn/tour", test_tour);
  g_test_add_func ("/learn/tour-keys", test_tour_keys);
  g_test_add_func ("/learn/guide", test_guide);
  g_test_add_func ("/learn/window", test_window);
  return g_test_run ();
}
