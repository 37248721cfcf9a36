/* gsc-surface.h - a painted page as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-rect.h"

#include <cairo.h>

G_BEGIN_DECLS

typedef enum
{
  GSC_SURFACE_ERROR_FORMAT, /* no format has that file name extension */
  GSC_SURFACE_ERROR_SIZE,   /* a page of a size that cannot be */
  GSC_SURFACE_ERROR_FAILED, /* the drawing library could not do it */
} GscSurfaceError;

#define GSC_SURFACE_ERROR (gsc_surface_error_quark ())
GQuark gsc_surface_error_quark (void);

/* Paints a page of @width x @height points at (0, 0). */
typedef void (*GscPaintFunc) (cairo_t *cr, double width, double height, gpointer data);

/* What the file says about itself, UTF-8 or NULL, and what the page is painted on. */
typedef struct
{
  const char *title;
  const char *subject;  /* settings, in words */
  const char *creator;  /* program and version */
  gboolean transparent; /* nothing, instead of white */
} GscSurfaceInfo;

/* From 10 points to the 200 inches that every PDF reader takes. */
#define GSC_SURFACE_MIN_SIZE 10.0
#define GSC_SURFACE_MAX_SIZE 14400.0

/* The formats' file name extensions without a dot, "pdf", "svg" and "png", NULL-terminated. Static.
 */
const char *const *gsc_surface_get_extensions (void);

/* Paints a page into the file @path, whose extension says the format: PDF with embedded fonts,
 * SVG with text as text (gsc-svg.h), or PNG of @dpi dots per inch (which the file says, so that
 * other programs print it at the same size). The page is white where nothing is painted,
 * unless @info says otherwise. The file
 * is written completely or not at all, and the same painting and @info give the same bytes with the
 * same libraries: the date in a PDF is 1970-01-01, or that of the environment variable
 * SOURCE_DATE_EPOCH (seconds since then).
 * @error: GSC_SURFACE_ERROR or G_FILE_ERROR, naming the file. */
gboolean gsc_surface_write (const char *path,
                            double width,
                            double height,
                            double dpi,
                            const GscSurfaceInfo *info,
                            GscPaintFunc paint,
                            gpointer data,
                            GError **error);

/* Paints page @page, counted from 0, at (0, 0). */
typedef void (*GscPaintSheetFunc) (cairo_t *cr, guint page, gpointer data);

/* The same for a PDF of @n_pages pages of one size, whatever the extension of @path. */
gboolean gsc_surface_write_pages (const char *path,
                                  double width,
                                  double height,
                                  guint n_pages,
                                  const GscSurfaceInfo *info,
                                  GscPaintSheetFunc paint,
                                  gpointer data,
                                  GError **error);

G_END_DECLS
