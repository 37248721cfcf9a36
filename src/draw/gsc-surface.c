/* gsc-surface.c - a painted page as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-surface.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "gsc-png-chunks.h"
#include "gsc-svg.h"

/* clang-format off */
G_DEFINE_QUARK (gsc-surface-error-quark, gsc_surface_error)
/* clang-format on */

/* The most pixels cairo's pictures have in a row or column. */
#define MAX_PIXELS 32767

/* One page under way, or several of a size. */
typedef struct
{
  double width;
  double height;
  double dpi;
  const GscSurfaceInfo *info;
  GscPaintFunc paint; /* of a single page; NULL: there are ... */
  gpointer data;
  guint n_pages; /* ... so many */
  GscPaintSheetFunc paint_sheet;
} Page;

const char *const *
gsc_surface_get_extensions (void)
{
  static const char *const extensions[] = { "pdf", "svg", "png", NULL };

  return extensions;
}

static cairo_status_t
append_bytes (gpointer bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_ground (cairo_t *cr, const Page *page)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  if (!page->info->transparent)
    cairo_paint (cr);
}

static void
paint_sheets (cairo_t *cr, const Page *page)
{
  for (guint i = 0; i < page->n_pages; i++)
    {
      cairo_save (cr);
      paint_ground (cr, page);
      page->paint_sheet (cr, i, page->data);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
}

static cairo_status_t
paint_page (cairo_surface_t *surface, const Page *page)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  if (page->paint != NULL)
    {
      paint_ground (cr, page);
      page->paint (cr, page->width, page->height, page->data);
    }
  else
    paint_sheets (cr, page);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

/* PDF */

/* The date for the file. (transfer full) */
static GDateTime *
get_date (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds = 0;
  GDateTime *date = NULL;

  if (epoch != NULL && g_ascii_string_to_signed (epoch, 10, 0, G_MAXINT64, &seconds, NULL))
    date = g_date_time_new_from_unix_utc (seconds);
  return date != NULL ? date : g_date_time_new_from_unix_utc (0);
}

/* cairo 1.16 leaves out the "D:" that PDF dates begin with. The file's table of contents counts
 * bytes, so the right date is written over the wrong one and its time zone. */
static void
repair_date (GByteArray *bytes, const char *key, GDateTime *date)
{
  g_autofree char *digits = g_date_time_format (date, "%Y%m%d%H%M%S");
  g_autofree char *wrong = g_strdup_printf ("/%s (%s+00'00)", key, digits);
  g_autofree char *right = g_strdup_printf ("/%s (D:%sZ) ", key, digits);
  gsize length = strlen (wrong);
  guint8 *found = bytes->len > 0 ? memmem (bytes->data, bytes->len, wrong, length) : NULL;

  g_return_if_fail (strlen (right) <= length);
  if (found == NULL)
    return;
  memset (found, ' ', length);
  memcpy (found, right, strlen (right));
}

static void
set_metadata (cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *value)
{
  if (value != NULL)
    cairo_pdf_surface_set_metadata (surface, key, value);
}

static cairo_status_t
make_pdf (const Page *page, GByteArray *bytes)
{
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append_bytes, bytes, page->width, page->height);
  g_autoptr (GDateTime) date = get_date ();
  g_autofree char *iso = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S+00:00");
  cairo_status_t status;

  set_metadata (surface, CAIRO_PDF_METADATA_TITLE, page->info->title);
  set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, page->info->subject);
  set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, page->info->creator);
  set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, iso);
  set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, iso);
  status = paint_page (surface, page);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  repair_date (bytes, "CreationDate", date);
  repair_date (bytes, "ModDate", date);
  return status;
}

/* PNG */

static cairo_status_t
make_png (const Page *page, GByteArray *bytes)
{
  double scale = page->dpi / 72;
  int width = (int) lround (page->width * scale);
  int height = (int) lround (page->height * scale);
  cairo_surface_t *surface = cairo_image_surface_create (
      page->info->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width, height);
  const GscPngText texts[] = {
    { "Title", page->info->title },
    { "Description", page->info->subject },
    { "Software", page->info->creator },
  };
  cairo_status_t status;

  cairo_surface_set_device_scale (surface, width / page->width, height / page->height);
  status = paint_page (surface, page);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    gsc_png_chunks_insert (bytes, page->dpi, texts, G_N_ELEMENTS (texts));
  return status;
}

/* Files */

static gboolean
check_page (const Page *page, const char *name, gboolean png, GError **error)
{
  gboolean fits = page->width >= GSC_SURFACE_MIN_SIZE && page->height >= GSC_SURFACE_MIN_SIZE
                  && page->width <= GSC_SURFACE_MAX_SIZE && page->height <= GSC_SURFACE_MAX_SIZE;

  if (!fits)
    {
      g_set_error (error, GSC_SURFACE_ERROR, GSC_SURFACE_ERROR_SIZE,
                   _ ("%s: A page must be from %.2f to %.0f inches wide and high."), name,
                   GSC_SURFACE_MIN_SIZE / 72, GSC_SURFACE_MAX_SIZE / 72);
      return FALSE;
    }
  if (png && !(page->dpi >= 1 && MAX (page->width, page->height) * page->dpi / 72 <= MAX_PIXELS))
    {
      g_set_error (error, GSC_SURFACE_ERROR, GSC_SURFACE_ERROR_SIZE,
                   _ ("%s: %g dots per inch would make a picture of less than 1 or more than %d "
                      "pixels; choose another number or another size."),
                   name, page->dpi, MAX_PIXELS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
write_bytes (
    const char *path, const char *name, GByteArray *bytes, cairo_status_t status, GError **error)
{
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, GSC_SURFACE_ERROR, GSC_SURFACE_ERROR_FAILED,
                   _ ("%s: The figure could not be drawn (%s)."), name,
                   cairo_status_to_string (status));
      return FALSE;
    }
  return g_file_set_contents_full (path, (const char *) bytes->data, bytes->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}

gboolean
gsc_surface_write (const char *path,
                   double width,
                   double height,
                   double dpi,
                   const GscSurfaceInfo *info,
                   GscPaintFunc paint,
                   gpointer data,
                   GError **error)
{
  const Page page = {
    .width = width, .height = height, .dpi = dpi, .info = info, .paint = paint, .data = data
  };
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean png = g_str_has_suffix (lower, ".png");
  gboolean svg = g_str_has_suffix (lower, ".svg");
  cairo_status_t status;

  if (!png && !svg && !g_str_has_suffix (lower, ".pdf"))
    {
      g_set_error (error, GSC_SURFACE_ERROR, GSC_SURFACE_ERROR_FORMAT,
                   _ ("%s: The file's name must end in .pdf, .svg or .png."), name);
      return FALSE;
    }
  if (!check_page (&page, name, png, error))
    return FALSE;

  if (svg)
    status = gsc_svg_make (bytes, width, height, info, paint, data);
  else
    status = png ? make_png (&page, bytes) : make_pdf (&page, bytes);
  return write_bytes (path, name, bytes, status, error);
}

gboolean
gsc_surface_write_pages (const char *path,
                         double width,
                         double height,
                         guint n_pages,
                         const GscSurfaceInfo *info,
                         GscPaintSheetFunc paint,
                         gpointer data,
                         GError **error)
{
  const Page page = { .width = width,
                      .height = height,
                      .info = info,
                      .data = data,
                      .n_pages = n_pages,
                      .paint_sheet = paint };
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (!check_page (&page, name, FALSE, error))
    return FALSE;
  return write_bytes (path, name, bytes, make_pdf (&page, bytes), error);
}
