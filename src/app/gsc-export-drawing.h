/* gsc-export-drawing.h - a figure that is to be written or seen, of one model or of two
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-export-source.h"

G_BEGIN_DECLS

/* For one thread. */
typedef struct _GscExportDrawing GscExportDrawing;

/* Of two that are compared: A and B with common scales, side by side (below each other on a narrow
 * page), or in one plot where the figure can; or their difference, where there is one. A recipe has
 * rows of A and of B. Any thread. @error: as gsc_export_source_make_frame(). */
GscExportDrawing *gsc_export_drawing_new (GscExportSource *source,
                                          const GscExportItem *item,
                                          const GscFigurePaper *paper,
                                          const GscWatch *watch,
                                          GError **error);
void gsc_export_drawing_free (GscExportDrawing *drawing);

/* Points. */
double gsc_export_drawing_get_height (const GscExportDrawing *drawing);

void gsc_export_drawing_paint (GscExportDrawing *drawing, cairo_t *cr);

/* @error: as gsc_figure_export(). */
gboolean gsc_export_drawing_write (GscExportDrawing *drawing, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscExportDrawing, gsc_export_drawing_free)

G_END_DECLS
