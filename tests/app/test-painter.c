/* test-painter.c - the thread that paints the panels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-painter.h"

#include <string.h>

#include "data-fixture.h"
#include "session-fixture.h"

typedef struct
{
  guint n;
  int width; /* of the last job */
  GdkTexture *texture;
  GscFigurePage *page;
} Client;

static void
painted (const GscPainterJob *job, GdkTexture *texture, GscFigurePage *page, gpointer data)
{
  Client *client = data;

  client->n++;
  client->width = job->width;
  g_set_object (&client->texture, texture);
  gsc_figure_page_free (client->page);
  client->page = page;
}

static void
client_clear (Client *client)
{
  g_clear_object (&client->texture);
  g_clear_pointer (&client->page, gsc_figure_page_free);
}

static GscFrame *
make_frame (void)
{
  g_autoptr (GscRunData) data = data_fixture_new (11, 4, FIXTURE_RISING);

  return gsc_frame_new (data, 3);
}

static GscPainterJob
make_job (GscFrame *frame, GscFigure figure, int width, int height, int scale)
{
  GscPainterJob job = { .frame = frame,
                        .figure = figure,
                        .palette = GSC_PALETTE_DARK,
                        .text_size = 11,
                        .width = width,
                        .height = height,
                        .scale = scale };

  gsc_figure_options_init (&job.options, figure);
  return job;
}

/* Ends the painter, which must be the last to hold it. */
static void
drop (GscPainter *painter)
{
  g_object_add_weak_pointer (G_OBJECT (painter), (gpointer *) &painter);
  g_object_unref (painter);
  g_assert_null (painter);
}

/* The pixels of @texture are those of painting the figure by hand. */
static void
assert_painted (GdkTexture *texture, const GscPainterJob *job)
{
  int width = job->width * job->scale;
  int height = job->height * job->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autofree guchar *pixels = g_malloc (stride * (gsize) height);
  g_autoptr (GscFigurePage) page = NULL;
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (job->palette), job->text_size);
  page = gsc_figure_lay_out (job->figure, job->frame, &job->options, &style, job->width,
                             job->height);
  cairo_scale (cr, job->scale, job->scale);
  gsc_figure_page_paint (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
  gdk_texture_download (texture, pixels, stride);
  g_assert_cmpmem (pixels, stride * (gsize) height, cairo_image_surface_get_data (surface),
                   stride * (gsize) height);
  cairo_surface_destroy (surface);
}

static void
test_same_as_by_hand (void)
{
  GscPainter *painter = gsc_painter_new ();
  g_autoptr (GscFrame) frame = make_frame ();

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    for (int scale = 1; scale <= 2; scale++)
      {
        Client client = { 0 };
        GscPainterJob job = make_job (frame, figure, 333, 217, scale);
        GscPainterClient *slot = gsc_painter_add_client (painter, painted, &client);
        g_autoptr (GArray) labels = NULL;

        gsc_painter_request (painter, slot, &job, GSC_PAINTER_PACED);
        g_assert_true (gsc_painter_is_busy (painter));
        gsc_painter_flush (painter);
        g_assert_false (gsc_painter_is_busy (painter));
        g_assert_cmpuint (client.n, ==, 1);
        assert_painted (client.texture, &job);
        labels = gsc_figure_page_list_labels (client.page);
        g_assert_cmpuint (labels->len, >, 0);
        gsc_painter_remove_client (painter, slot);
        client_clear (&client);
      }
  drop (painter);
}

/* Of many wishes only the last counts; what was under way may still come before it. */
static void
test_latest_wins (void)
{
  GscPainter *painter = gsc_painter_new ();
  g_autoptr (GscFrame) frame = make_frame ();
  Client client = { 0 };
  GscPainterClient *slot = gsc_painter_add_client (painter, painted, &client);

  for (int i = 1; i <= 50; i++)
    {
      GscPainterJob job = make_job (frame, GSC_FIGURE_TASK_GRID, 200 + i, 200, 1);

      gsc_painter_request (painter, slot, &job, GSC_PAINTER_AT_ONCE);
    }
  gsc_painter_flush (painter);
  g_assert_cmpuint (client.n, >=, 1);
  g_assert_cmpuint (client.n, <=, 50);
  g_assert_cmpint (client.width, ==, 250);
  g_assert_cmpint (gdk_texture_get_width (client.texture), ==, 250);
  gsc_painter_remove_client (painter, slot);
  drop (painter);
  client_clear (&client);
}

static void
test_cancel (void)
{
  GscPainter *painter = gsc_painter_new ();
  g_autoptr (GscFrame) frame = make_frame ();

  /* before, while and after it is painted */
  for (guint wait = 0; wait < 30; wait++)
    {
      Client client = { 0 };
      GscPainterClient *slot = gsc_painter_add_client (painter, painted, &client);
      GscPainterJob job = make_job (frame, GSC_FIGURE_SHOTS, 300, 200, 1);

      gsc_painter_request (painter, slot, &job, GSC_PAINTER_AT_ONCE);
      g_usleep (300 * wait);
      gsc_painter_cancel (painter, slot);
      gsc_painter_flush (painter);
      g_assert_cmpuint (client.n, ==, 0);

      gsc_painter_request (painter, slot, &job, GSC_PAINTER_AT_ONCE);
      g_usleep (300 * wait);
      gsc_painter_remove_client (painter, slot);
      gsc_painter_flush (painter);
      g_assert_cmpuint (client.n, ==, 0);
      client_clear (&client);
    }
  /* the painter goes with jobs of all kinds left */
  for (guint i = 0; i < 3; i++)
    {
      GscPainterJob job = make_job (frame, GSC_FIGURE_SHOTS, 300, 200, 1);

      gsc_painter_request (painter, gsc_painter_add_client (painter, painted, NULL), &job,
                           GSC_PAINTER_AT_ONCE);
    }
  drop (painter);
}

/* The frame lives as long as a page needs it, and no longer. */
static void
test_frames (void)
{
  GscPainter *painter = gsc_painter_new ();
  GscFrame *frame = make_frame ();
  Client client = { 0 };
  GscPainterClient *slot = gsc_painter_add_client (painter, painted, &client);
  GscPainterJob job = make_job (frame, GSC_FIGURE_TASK_GRID, 300, 200, 1);

  gsc_painter_request (painter, slot, &job, GSC_PAINTER_AT_ONCE);
  gsc_painter_flush (painter);
  gsc_painter_remove_client (painter, slot);
  drop (painter);
  g_assert_true (g_atomic_ref_count_compare (&frame->ref_count, 2));
  client_clear (&client);
  g_assert_true (g_atomic_ref_count_compare (&frame->ref_count, 1));
  gsc_frame_unref (frame);
}

static gboolean
is_idle (gpointer painter)
{
  return !gsc_painter_is_busy (painter);
}

/* What comes by itself takes a bounded share of a processor; what a user waits for does not wait
 * for it. */
static void
test_pace (void)
{
  GscPainter *painter = gsc_painter_new ();
  g_autoptr (GscFrame) frame = make_frame ();
  Client paced = { 0 };
  Client user = { 0 };
  GscPainterClient *paced_slot = gsc_painter_add_client (painter, painted, &paced);
  GscPainterClient *user_slot = gsc_painter_add_client (painter, painted, &user);
  GscPainterJob big = make_job (frame, GSC_FIGURE_TASK_GRID, 1600, 1200, 1);
  GscPainterJob small = make_job (frame, GSC_FIGURE_LEARNING_CURVES, 200, 100, 1);
  const guint duration = 1000;
  gint64 begin = g_get_monotonic_time ();

  while (g_get_monotonic_time () < begin + duration * 1000)
    {
      gsc_painter_request (painter, paced_slot, &big, GSC_PAINTER_PACED);
      session_fixture_iterate (5);
    }
  g_assert_cmpuint (paced.n, >=, 1);
  g_assert_cmpuint (paced.n, <=, duration / GSC_PAINTER_INTERVAL + 1);

  gsc_painter_request (painter, paced_slot, &big, GSC_PAINTER_PACED);
  paced.n = 0;
  gsc_painter_request (painter, user_slot, &small, GSC_PAINTER_AT_ONCE);
  begin = g_get_monotonic_time ();
  while (user.n == 0)
    session_fixture_iterate (1);
  g_assert_cmpuint (paced.n, <=, 1);
  session_fixture_iterate_until (is_idle, painter);
  g_assert_cmpuint (paced.n, ==, 1);
  gsc_painter_remove_client (painter, paced_slot);
  gsc_painter_remove_client (painter, user_slot);
  drop (painter);
  client_clear (&paced);
  client_clear (&user);
}

/* One for all, as long as there is any. */
static void
test_default (void)
{
  GscPainter *first = gsc_painter_get_default ();
  GscPainter *second = gsc_painter_get_default ();

  g_assert_true (first == second);
  g_object_unref (second);
  drop (first);
  first = gsc_painter_get_default ();
  drop (first);
}

/* Sizes that no window has. */
static void
test_sizes (void)
{
  static const int sizes[][3]
      = { { 1, 1, 1 }, { 0, 0, 0 }, { -5, 10, 1 }, { 20000, 2, 1 }, { 3, 2000, 10 } };
  g_autoptr (GscFrame) frame = make_frame ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GscPainterJob job
          = make_job (frame, GSC_FIGURE_TASK_TABLE, sizes[i][0], sizes[i][1], sizes[i][2]);
      g_autoptr (GscFigurePage) page = NULL;
      g_autoptr (GdkTexture) texture = gsc_painter_paint (&job, &page);

      g_assert_nonnull (page);
      g_assert_nonnull (texture);
      g_assert_cmpint (gdk_texture_get_width (texture), >=, 1);
      g_assert_cmpint (gdk_texture_get_width (texture), <=, GSC_PAINTER_MAX_SIZE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/painter/same-as-by-hand", test_same_as_by_hand);
  g_test_add_func ("/painter/latest-wins", test_latest_wins);
  g_test_add_func ("/painter/cancel", test_cancel);
  g_test_add_func ("/painter/frames", test_frames);
  g_test_add_func ("/painter/pace", test_pace);
  g_test_add_func ("/painter/default", test_default);
  g_test_add_func ("/painter/sizes", test_sizes);
  return g_test_run ();
}
