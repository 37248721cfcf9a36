/* gsc-figure-export.h - figures as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same pages as on the screen. Same frame, panel and paper: same bytes.
 */

#pragma once

#include "gsc-figure-panel.h"
#include "gsc-figure-sheet.h"
#include "gsc-figure-venue.h"

G_BEGIN_DECLS

/* Where the sequence of a frame comes from, for the files' metadata. */
typedef struct
{
  gint64 context_seed;  /* it was drawn with; -1: typed */
  const gint32 *tokens; /* NULL: there is no sequence */
  guint n_tokens;
} GscFigureOrigin;

/* How high the figure's page is, in points: the paper's height, or what suits the figure. */
double gsc_figure_export_get_height (GscFigure figure, const GscFigurePaper *paper);

/* Draws the panel into @path, whose extension says the format (gsc-surface.h). @origin: nullable.
 * @error: as gsc_surface_write(). */
gboolean gsc_figure_export (const GscFigurePanel *panel,
                            const GscFrame *frame,
                            const GscFigurePaper *paper,
                            const GscFigureOrigin *origin,
                            const char *path,
                            GError **error);

/* The same for a sheet, which has its size and colours; @title names it. */
gboolean gsc_figure_export_sheet (GscFigureSheet *sheet,
                                  const char *title,
                                  const GscFigurePaper *paper,
                                  const GscFigureOrigin *origin,
                                  const char *path,
                                  GError **error);

/* Writes what is drawn as numbers into three files: @path (NAME.csv), beside it NAME.json, which
 * says of what run, step, settings and seed they are, and NAME.py, which draws them with matplotlib
 * (gsc-figure-script.h). @paper: the size that the script draws. A difference has no script: those
 * of the two that are compared draw what it is made of. @error: G_FILE_ERROR. */
gboolean gsc_figure_export_table (const GscFigurePanel *panel,
                                  const GscFrame *frame,
                                  const GscFigurePaper *paper,
                                  const GscFigureOrigin *origin,
                                  const char *path,
                                  GError **error);

/* Writes @text into the file of that extension (".json") beside @path. @error: G_FILE_ERROR. */
gboolean gsc_figure_export_write_beside (const char *path,
                                         const char *extension,
                                         const char *text,
                                         GError **error);

/* The content of NAME.json. (transfer full) */
char *gsc_figure_export_describe (const GscFigurePanel *panel,
                                  const GscFrame *frame,
                                  const GscFigureOrigin *origin);

G_END_DECLS
