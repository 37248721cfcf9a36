/* gsc-film-webm.c - films as WebM files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * appsrc ! videoconvert ! vp9enc or vp8enc ! webmmux ! filesink, into a file beside the one that is
 * asked for.
 */

#include "gsc-film-webm.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/video/video.h>

/* So many pictures may wait for the encoder. */
#define MAX_WAITING 4

/* How long to wait for it, or for its end, before looking at the cancellable again. */
#define WAIT (20 * GST_MSECOND)

/* Flat areas and thin lines: no visible blocks, and still small since little moves. 0..63. */
#define QUALITY 20

/* Bits a second and pixel that even the busiest picture keeps to. */
#define MAX_BITS 12.0

/* Seconds from one picture that is complete in itself to the next: what seeking jumps to. */
#define KEY_SECONDS 2

/* One file under way. */
typedef struct
{
  GscFilm *film;
  GCancellable *cancellable; /* or NULL */
  GstElement *pipeline;
  GstElement *source; /* borrowed */
  GstBus *bus;
  GBytes *picture; /* the latest */
} Work;

/* What there is */

static const char *
find_encoder (void)
{
  static const char *const names[] = { "vp9enc", "vp8enc" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GstElementFactory *factory = gst_element_factory_find (names[i]);

      if (factory != NULL)
        {
          gst_object_unref (factory);
          return names[i];
        }
    }
  return NULL;
}

/* Elements beside the encoder, and the plug-ins they come in. */
static gboolean
has_elements (GError **error)
{
  static const char *const needed[][2] = {
    { "appsrc", "app (gst-plugins-base)" },
    { "videoconvert", "videoconvertscale (gst-plugins-base)" },
    { "webmmux", "matroska (gst-plugins-good)" },
    { "filesink", "coreelements (gstreamer)" },
  };
  const char *missing = find_encoder () == NULL ? "vpx (gst-plugins-good)" : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (needed) && missing == NULL; i++)
    {
      GstElementFactory *factory = gst_element_factory_find (needed[i][0]);

      if (factory == NULL)
        missing = needed[i][1];
      g_clear_pointer (&factory, gst_object_unref);
    }
  if (missing == NULL)
    return TRUE;
  g_set_error (
      error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
      _ ("WebM films need the GStreamer plug-in %s, which is not installed; install it, or "
         "export a sequence of PNG pictures instead."),
      missing);
  return FALSE;
}

gboolean
gsc_film_webm_is_supported (GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (gst_init_check (NULL, NULL, &fault))
    return has_elements (error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("GStreamer, which makes WebM films, could not be started (%s)."),
               fault != NULL ? fault->message : _ ("no reason given"));
  return FALSE;
}

/* The pipeline */

static void
set_up_encoder (GstElement *encoder, const GscFilm *film)
{
  double pixels = (double) gsc_film_get_width (film) * gsc_film_get_height (film);
  int bits = (int) MIN (pixels * MAX_BITS, 200e6);

  gst_util_set_object_arg (G_OBJECT (encoder), "end-usage", "cq");
  g_object_set (encoder, "cq-level", QUALITY, "target-bitrate", bits, "deadline",
                G_GINT64_CONSTANT (1000000), "cpu-used", 4, "threads",
                (int) CLAMP (g_get_num_processors (), 1, 16), "lag-in-frames", 16,
                "keyframe-max-dist", KEY_SECONDS * gsc_film_get_rate (film), NULL);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (encoder), "row-mt") != NULL)
    g_object_set (encoder, "row-mt", TRUE, "tile-columns", 2, NULL);
}

static void
set_up_source (GstElement *source, const GscFilm *film)
{
  GstCaps *caps = gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, G_BYTE_ORDER == G_LITTLE_ENDIAN ? "BGRx" : "xRGB",
      "width", G_TYPE_INT, gsc_film_get_width (film), "height", G_TYPE_INT,
      gsc_film_get_height (film), "framerate", GST_TYPE_FRACTION, gsc_film_get_rate (film), 1,
      "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, "interlace-mode", G_TYPE_STRING, "progressive",
      NULL);

  g_object_set (source, "format", GST_FORMAT_TIME, "caps", caps, "max-bytes", (guint64) 0, NULL);
  gst_caps_unref (caps);
}

/* VP9 says in the file by which of the two standards its colours are meant, VP8 always means the
 * older one. */
static GstCaps *
make_encoder_caps (const char *encoder)
{
  return gst_caps_new_simple (
      "video/x-raw", "format", G_TYPE_STRING, "I420", "colorimetry", G_TYPE_STRING,
      g_str_equal (encoder, "vp9enc") ? GST_VIDEO_COLORIMETRY_BT709 : GST_VIDEO_COLORIMETRY_BT601,
      NULL);
}

static void
set_up_muxer (GstElement *muxer, const GscFilm *film)
{
  g_object_set (muxer, "writing-app", "Grokscope " GSC_VERSION, NULL);
  gst_tag_setter_add_tags (GST_TAG_SETTER (muxer), GST_TAG_MERGE_REPLACE, GST_TAG_TITLE,
                           gsc_film_get_title (film), GST_TAG_APPLICATION_NAME,
                           "Grokscope " GSC_VERSION, NULL);
}

static gboolean
make_pipeline (Work *work, const char *path, GError **error)
{
  const char *name = find_encoder ();
  GstElement *convert = gst_element_factory_make ("videoconvert", NULL);
  GstElement *encoder = gst_element_factory_make (name, NULL);
  GstElement *muxer = gst_element_factory_make ("webmmux", NULL);
  GstElement *sink = gst_element_factory_make ("filesink", NULL);
  GstCaps *caps = make_encoder_caps (name);
  gboolean linked;

  work->source = gst_element_factory_make ("appsrc", NULL);
  work->pipeline = gst_pipeline_new (NULL);
  work->bus = gst_element_get_bus (work->pipeline);
  set_up_source (work->source, work->film);
  set_up_encoder (encoder, work->film);
  set_up_muxer (muxer, work->film);
  g_object_set (sink, "location", path, NULL);
  gst_bin_add_many (GST_BIN (work->pipeline), work->source, convert, encoder, muxer, sink, NULL);
  linked = gst_element_link (work->source, convert)
           && gst_element_link_filtered (convert, encoder, caps)
           && gst_element_link_many (encoder, muxer, sink, NULL);
  gst_caps_unref (caps);
  if (!linked)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("GStreamer could not be set up to write a WebM film by %s."), name);
  return linked;
}

/* Running it */

/* FALSE and @error for a message that ends the film. */
static gboolean
take_message (GstMessage *message, GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return TRUE;
  gst_message_parse_error (message, &fault, NULL);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The film could not be written: %s"),
               fault->message);
  return FALSE;
}

/* Waits a moment for the end or a fault. FALSE and @error: a fault, or cancelled. @ended: nullable.
 */
static gboolean
wait_moment (Work *work, GstClockTime time, gboolean *ended, GError **error)
{
  GstMessage *message
      = gst_bus_timed_pop_filtered (work->bus, time, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  gboolean good = TRUE;

  if (message != NULL)
    {
      good = take_message (message, error);
      if (ended != NULL)
        *ended = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
      gst_message_unref (message);
    }
  return good && !g_cancellable_set_error_if_cancelled (work->cancellable, error);
}

static GBytes *
copy_pixels (cairo_surface_t *picture)
{
  cairo_surface_flush (picture);
  /* rows are as long as GStreamer takes them: four bytes a pixel need no padding */
  return g_bytes_new (cairo_image_surface_get_data (picture),
                      (gsize) cairo_image_surface_get_stride (picture)
                          * (gsize) cairo_image_surface_get_height (picture));
}

static gboolean
take_frame (cairo_surface_t *picture, gboolean changed, guint frame, gpointer data, GError **error)
{
  Work *work = data;
  guint64 rate = (guint64) gsc_film_get_rate (work->film);
  GstBuffer *buffer;
  guint64 most;

  if (changed || work->picture == NULL)
    {
      g_clear_pointer (&work->picture, g_bytes_unref);
      work->picture = copy_pixels (picture);
    }
  /* Not by appsrc's own waiting, which nobody wakes up after a fault. */
  most = MAX_WAITING * g_bytes_get_size (work->picture);
  do
    {
      gboolean full = gst_app_src_get_current_level_bytes (GST_APP_SRC (work->source)) >= most;

      if (!wait_moment (work, full ? WAIT : 0, NULL, error))
        return FALSE;
    }
  while (gst_app_src_get_current_level_bytes (GST_APP_SRC (work->source)) >= most);
  buffer = gst_buffer_new_wrapped_bytes (work->picture);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (frame, GST_SECOND, rate);
  GST_BUFFER_DURATION (buffer)
      = gst_util_uint64_scale (frame + 1, GST_SECOND, rate) - GST_BUFFER_PTS (buffer);
  /* a fault further down is on the bus */
  gst_app_src_push_buffer (GST_APP_SRC (work->source), buffer);
  return TRUE;
}

static gboolean
run_pipeline (Work *work, const GscWatch *watch, GError **error)
{
  gboolean done, ended = FALSE;

  if (gst_element_set_state (work->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    {
      if (wait_moment (work, 0, NULL, error))
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                             _ ("The film could not be written: GStreamer did not start."));
      return FALSE;
    }
  done = gsc_film_run (work->film, take_frame, work, watch, error);
  if (done)
    gst_app_src_end_of_stream (GST_APP_SRC (work->source));
  while (done && !ended)
    done = wait_moment (work, WAIT, &ended, error);
  return done;
}

static gboolean
write_film (GscFilm *film, const char *path, const GscWatch *watch, GError **error)
{
  Work work = { .film = film, .cancellable = watch != NULL ? watch->cancellable : NULL };
  gboolean done = make_pipeline (&work, path, error) && run_pipeline (&work, watch, error);

  gst_element_set_state (work.pipeline, GST_STATE_NULL);
  gst_object_unref (work.bus);
  gst_object_unref (work.pipeline);
  g_clear_pointer (&work.picture, g_bytes_unref);
  return done;
}

/* The file */

static void
set_file_error (GError **error, const char *path)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("%s: The film could not be written (%s)."), name, g_strerror (code));
}

/* An empty file beside @path to write to. (transfer full) */
static char *
make_file_beside (const char *path, int *fd, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_strdup_printf (".%s.XXXXXX", base);
  g_autofree char *beside = g_build_filename (folder, name, NULL);

  *fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0666);
  if (*fd >= 0)
    return g_steal_pointer (&beside);
  set_file_error (error, path);
  return NULL;
}

gboolean
gsc_film_webm_write (GscFilm *film, const char *path, const GscWatch *watch, GError **error)
{
  g_autofree char *beside = NULL;
  gboolean done = FALSE;
  int fd = -1;

  if (!gsc_film_webm_is_supported (error))
    return FALSE;
  beside = make_file_beside (path, &fd, error);
  if (beside == NULL)
    return FALSE;
  if (write_film (film, beside, watch, error))
    {
      done = fsync (fd) == 0 && g_rename (beside, path) == 0;
      if (!done)
        set_file_error (error, path);
    }
  close (fd);
  if (!done)
    g_unlink (beside);
  return done;
}
