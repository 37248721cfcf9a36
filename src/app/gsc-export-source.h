/* gsc-export-source.h - what a session shows, to make figures for files of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stays as it was when it was taken, while the session goes on.
 */

#pragma once

#include "gsc-comparison.h"
#include "gsc-figure-export.h"
#include "gsc-figure-recipe.h"
#include "gsc-session.h"

G_BEGIN_DECLS

/* One figure to be written: a panel, or a recipe. A plain value. */
typedef struct
{
  GscFigurePanel panel;
  const GscFigureRecipe *recipe; /* not NULL: this, and not the panel */
  GscShow show;                  /* where two are compared; A otherwise */
} GscExportItem;

/* "learning-curves", "figure-1a": what its files are called. (transfer full) */
char *gsc_export_item_make_name (const GscExportItem *item);

/* Immutable to its users; reference-counted (atomically). */
typedef struct _GscExportSource GscExportSource;

/* Of what @session shows at this moment, with its cursor, sequence and ablation. NULL where it
 * shows nothing. Analyses use @threads (0: one per processor). For the main thread. */
GscExportSource *gsc_export_source_new (GscSession *session, guint threads);

/* Of A, and of B where there is one. */
GscExportSource *gsc_export_source_new_compared (GscComparison *comparison, guint threads);

GscExportSource *gsc_export_source_ref (GscExportSource *source);
void gsc_export_source_unref (GscExportSource *source);

/* Borrowed. */
const GscFrame *gsc_export_source_get_frame (const GscExportSource *source);
const GscFigureOrigin *gsc_export_source_get_origin (const GscExportSource *source);

/* B alone; NULL where nothing is compared. Borrowed. */
GscExportSource *gsc_export_source_get_other (GscExportSource *source);

/* As gsc_comparison_describe(); "" where nothing is compared. Borrowed. */
const char *gsc_export_source_get_description (const GscExportSource *source);

/* What becomes of @wanted for a figure: A where nothing is compared or B has it not, both where it
 * has no difference. */
GscShow
gsc_export_source_get_show (const GscExportSource *source, GscFigure figure, GscShow wanted);

/* Whether there is anything to draw: a model file has no learning curves. */
gboolean gsc_export_source_has (const GscExportSource *source, const GscExportItem *item);

/* Whether A's session shows all that @item is drawn from, so that nothing need be computed. */
gboolean gsc_export_source_is_ready (const GscExportSource *source, const GscExportItem *item);

/* A's frame for a panel: the session's own where it has everything; otherwise the missing part is
 * computed (of the stored model, where the session has none), and kept. Any thread; one at a time,
 * others wait. @watch: nullable. @error: as gsc_figure_studio_make(), or of reading the model. */
GscFrame *gsc_export_source_make_frame (GscExportSource *source,
                                        const GscFigurePanel *panel,
                                        const GscWatch *watch,
                                        GError **error);

/* A's frame for a panel and B's, each beside the other: (transfer full). */
gboolean gsc_export_source_make_pair (GscExportSource *source,
                                      const GscFigurePanel *panel,
                                      GscFrame *frames[2],
                                      const GscWatch *watch,
                                      GError **error);

/* A's sheet for a recipe. */
GscFigureSheet *gsc_export_source_make_sheet (GscExportSource *source,
                                              const GscFigureRecipe *recipe,
                                              const GscFigurePaper *paper,
                                              const GscWatch *watch,
                                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscExportSource, gsc_export_source_unref)

G_END_DECLS
