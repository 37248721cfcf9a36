/* gsc-figure-page.h - plots put together on one page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-plot.h"

G_BEGIN_DECLS

/* A title, a line of settings below it, and plots. The page owns the plots' layouts and the memory
 * their inputs point to. For one thread. */
typedef struct _GscFigurePage GscFigurePage;

/* @title is broken between words and @subtitle after its commas if it is too wide. Either may be
 * NULL. */
GscFigurePage *gsc_figure_page_new (
    const GscStyle *style, double width, double height, const char *title, const char *subtitle);
void gsc_figure_page_free (GscFigurePage *page);

/* The style it was made with, owned by the page. */
const GscStyle *gsc_figure_page_get_style (const GscFigurePage *page);

/* What titles and margins leave. */
GscRect gsc_figure_page_get_content (const GscFigurePage *page);

/* Zeroed memory, and a formatted text, that live as long as the page. */
gpointer gsc_figure_page_alloc (GscFigurePage *page, gsize size);
const char *gsc_figure_page_print (GscFigurePage *page, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Lay a plot out in @area and put it on the page, over the earlier ones. The input is copied; what
 * it points to must live as long as the page. The layout is the page's. */
const GscLinePlotLayout *gsc_figure_page_add_line_plot (GscFigurePage *page,
                                                        const GscLinePlotInput *input,
                                                        const GscRect *area);
const GscHeatMapLayout *gsc_figure_page_add_heat_map (GscFigurePage *page,
                                                      const GscHeatMapInput *input,
                                                      const GscRect *area);
const GscColorBarLayout *gsc_figure_page_add_color_bar (GscFigurePage *page,
                                                        const GscColorBarInput *input,
                                                        const GscRect *area);

const GscStripLayout *
gsc_figure_page_add_strip (GscFigurePage *page, const GscStripInput *input, const GscRect *area);

const GscCellMapLayout *gsc_figure_page_add_cell_map (GscFigurePage *page,
                                                      const GscCellMapInput *input,
                                                      const GscRect *area);
const GscCellTableLayout *gsc_figure_page_add_cell_table (GscFigurePage *page,
                                                          const GscCellTableInput *input,
                                                          const GscRect *area);
const GscMultiplesLayout *gsc_figure_page_add_multiples (GscFigurePage *page,
                                                         const GscMultiplesInput *input,
                                                         const GscRect *area);
const GscScatterLayout *gsc_figure_page_add_scatter (GscFigurePage *page,
                                                     const GscScatterInput *input,
                                                     const GscRect *area);

const GscBarPlotLayout *gsc_figure_page_add_bar_plot (GscFigurePage *page,
                                                      const GscBarPlotInput *input,
                                                      const GscRect *area);

const GscTilesLayout *
gsc_figure_page_add_tiles (GscFigurePage *page, const GscTilesInput *input, const GscRect *area);

/* The plot that was added as number @index of its kind, or NULL. */
const GscLinePlotLayout *gsc_figure_page_get_line_plot (const GscFigurePage *page, guint index);
const GscHeatMapLayout *gsc_figure_page_get_heat_map (const GscFigurePage *page, guint index);
const GscMultiplesLayout *gsc_figure_page_get_multiples (const GscFigurePage *page, guint index);
const GscScatterLayout *gsc_figure_page_get_scatter (const GscFigurePage *page, guint index);
const GscCellMapLayout *gsc_figure_page_get_cell_map (const GscFigurePage *page, guint index);
const GscCellTableLayout *gsc_figure_page_get_cell_table (const GscFigurePage *page, guint index);
const GscStripLayout *gsc_figure_page_get_strip (const GscFigurePage *page, guint index);
const GscBarPlotLayout *gsc_figure_page_get_bar_plot (const GscFigurePage *page, guint index);
const GscTilesLayout *gsc_figure_page_get_tiles (const GscFigurePage *page, guint index);

/* The same for a legend, which stands at the bottom of @area; returns the area left above it. There
 * is none where it would take too much of the height (GSC_LEGEND_MAX_SHARE). */
GscRect
gsc_figure_page_add_legend (GscFigurePage *page, const GscLegendInput *input, const GscRect *area);

/* A sentence at the top of @area, broken between words and cut after @max_lines (up to 6); returns
 * the area left below it. */
GscRect gsc_figure_page_add_text (GscFigurePage *page,
                                  const char *text,
                                  guint max_lines,
                                  const GscRect *area);

/* A sentence in the middle of @area, broken between words: why there is no plot. */
void gsc_figure_page_add_note (GscFigurePage *page, const char *text, const GscRect *area);

/* What the page is about, for picks; owned by the page. */
void
gsc_figure_page_set_subject (GscFigurePage *page, gpointer subject, GDestroyNotify free_subject);
gconstpointer gsc_figure_page_get_subject (const GscFigurePage *page);

/* Around the frames of all plots, without their ticks and titles. FALSE, and the content, where no
 * plot has a frame. */
gboolean gsc_figure_page_get_frame (const GscFigurePage *page, GscRect *frame);

/* Whether it has no background of its own. */
void gsc_figure_page_set_transparent (GscFigurePage *page, gboolean transparent);

/* Background and everything on it. */
void gsc_figure_page_paint (const GscFigurePage *page, cairo_t *cr);

/* The rectangles of all pieces of text on the page, for tests and accessibility: (transfer full)
 * array of GscLabel whose texts are the page's. */
GArray *gsc_figure_page_list_labels (const GscFigurePage *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFigurePage, gsc_figure_page_free)

G_END_DECLS
