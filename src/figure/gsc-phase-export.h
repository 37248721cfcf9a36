/* gsc-phase-export.h - phase diagrams as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As gsc-figure-export.h: the same pages as on the screen; same figure and paper, same bytes.
 */

#pragma once

#include "gsc-figure-venue.h"
#include "gsc-phase-figure.h"

G_BEGIN_DECLS

/* Draws @figure into @path, whose extension says the format (gsc-surface.h). @error: as
 * gsc_surface_write(). */
gboolean gsc_phase_export (const GscPhaseFigure *figure,
                           const GscFigurePaper *paper,
                           const char *path,
                           GError **error);

/* Writes what is drawn as numbers into @path (NAME.csv), with NAME.json and NAME.py beside it, as
 * gsc_figure_export_table() does. @error: G_FILE_ERROR. */
gboolean gsc_phase_export_table (const GscPhaseFigure *figure,
                                 const GscFigurePaper *paper,
                                 const char *path,
                                 GError **error);

/* The content of NAME.json. (transfer full) */
char *gsc_phase_export_describe (const GscPhaseFigure *figure);

G_END_DECLS
