/* gsc-export-image.h - a figure as a picture for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the clipboard, and to be dragged into other windows: the same bytes as in files.
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-export-source.h"

G_BEGIN_DECLS

/* Immutable; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  GBytes *png;
  GBytes *svg;
} GscExportImage;

GscExportImage *gsc_export_image_ref (GscExportImage *image);
void gsc_export_image_unref (GscExportImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscExportImage, gsc_export_image_unref)

/* Draws @item here and now; any thread. @error: as gsc_export_drawing_new() and
 * gsc_export_drawing_write(). */
GscExportImage *gsc_export_image_make (GscExportSource *source,
                                       const GscExportItem *item,
                                       const GscFigurePaper *paper,
                                       GCancellable *cancellable,
                                       GError **error);

/* The same in a thread. */
void gsc_export_image_make_async (GscExportSource *source,
                                  const GscExportItem *item,
                                  const GscFigurePaper *paper,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GscExportImage *gsc_export_image_make_finish (GAsyncResult *result, GError **error);

/* Both pictures, as image/png and image/svg+xml: for the clipboard. (transfer full) */
GdkContentProvider *gsc_export_image_make_content (const GscExportImage *image);

G_END_DECLS
