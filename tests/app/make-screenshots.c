/* make-screenshots.c - pictures of the main window for the README and the metainfo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage: make-screenshots RUN OUT_DIR
 *
 * Opens the run in windows of several sizes and styles, waits until everything is painted, and
 * renders each window into OUT_DIR/NAME.png.
 */

#include <glib/gstdio.h>

#include "gsc-application.h"
#include "gsc-painter.h"

typedef struct
{
  const char *name;
  int width;
  int height;
  gboolean dark;
  int enlarged; /* a figure, or -1 */
} Picture;

static const Picture pictures[] = {
  { "light", 1280, 800, FALSE, -1 },
  { "dark", 1280, 800, TRUE, -1 },
  { "narrow", 900, 600, FALSE, -1 },
  { "large", 1920, 1080, FALSE, -1 },
  { "attention", 1000, 700, FALSE, GSC_FIGURE_ATTENTION },
  { "projection", 1000, 700, TRUE, GSC_FIGURE_PROJECTION },
};

static const char *run_path;
static const char *out_path;

static void
spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static gboolean
is_computing (GscSession *session)
{
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (gsc_session_get_progress (session, (GscInsightKind) i) >= 0)
      return TRUE;
  return FALSE;
}

static void
wait_until_painted (GscWindow *window)
{
  GscSession *session = gsc_window_get_session (window);
  g_autoptr (GscPainter) painter = gsc_painter_get_default ();
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  GscFrame *frame;

  do
    {
      spin (200);
      frame = gsc_session_get_frame (session);
    }
  while (
      (frame == NULL || frame->step < 0 || is_computing (session) || gsc_painter_is_busy (painter))
      && g_get_monotonic_time () < end);
  spin (600);
  gsc_painter_flush (painter);
  spin (300);
}

static void
save (GtkWidget *window, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.png", name);
  g_autofree char *path = g_build_filename (out_path, file, NULL);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot),
                          gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s could not be written", path);
  g_print ("%s\n", path);
}

static void
take (GscApplication *application, const Picture *picture)
{
  GscLibrary *library = gsc_application_get_library (application);
  g_autoptr (GError) error = NULL;
  GscWindow *window;
  GscRun *run;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      picture->dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  run = gsc_library_open (library, run_path, &error);
  if (run == NULL)
    g_error ("%s", error->message);
  window = gsc_window_new (ADW_APPLICATION (application), library, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), picture->width, picture->height);
  gsc_window_show_run (window, run);
  gtk_window_present (GTK_WINDOW (window));
  gsc_board_set_enlarged (gsc_window_get_board (window), picture->enlarged);
  wait_until_painted (window);
  save (GTK_WIDGET (window), picture->name);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_activate (GscApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    take (application, &pictures[i]);
  g_application_quit (G_APPLICATION (application));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GscApplication) application = NULL;
  int status;

  if (argc != 3)
    {
      g_printerr ("Usage: make-screenshots RUN OUT_DIR\n");
      return 2;
    }
  run_path = argv[1];
  out_path = argv[2];
  folder = g_dir_make_tmp ("grokscope-screenshots-XXXXXX", NULL);
  application = gsc_application_new (NULL, folder);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  status = g_application_run (G_APPLICATION (application), 1, argv);
  g_rmdir (folder);
  return status;
}
