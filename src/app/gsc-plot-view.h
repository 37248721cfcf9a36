/* gsc-plot-view.h - a figure of the session's frame, to look at and to point into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-figure.h"
#include "gsc-painter.h"
#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_PLOT_VIEW (gsc_plot_view_get_type ())

/* Shows what gsc_painter_get_default() paints, at the size of the widget's text (so that large text
 * and a style class with another font-size count) and in the palette of the desktop's style.
 * Hovering shows values; a click, or the arrow keys (with Shift ten places, Home and End), move the
 * session's cursor.
 *
 * Properties:
 *   session (GscSession or NULL)
 *   figure (int, GscFigure; construct only)
 *   description (string, read-only): gsc_figure_summarise() of what is shown, NULL without a frame;
 *     notified at most once a second; also what accessibility tools read
 * Signal "enlarge": double click or Enter.
 * Signal "chosen" (GscFigurePick *pick): gsc_plot_view_choose() found something.
 * Action "plot.move" (ii): GscDirection and how many places (0: as far as it goes). */
G_DECLARE_FINAL_TYPE (GscPlotView, gsc_plot_view, GSC, PLOT_VIEW, GtkWidget)

GtkWidget *gsc_plot_view_new (GscFigure figure);

GscFigure gsc_plot_view_get_figure (GscPlotView *view);

void gsc_plot_view_set_session (GscPlotView *view, GscSession *session);
GscSession *gsc_plot_view_get_session (GscPlotView *view); /* borrowed, or NULL */

/* The session whose cursor moves in place of its own (nullable), but for time: that of what this
 * view's is compared with. */
void gsc_plot_view_set_leader (GscPlotView *view, GscSession *leader);

/* How the figure is drawn. Borrowed; as gsc_figure_options_init() at first, but bare, with cursor
 * and record marked. */
const GscFigureOptions *gsc_plot_view_get_options (GscPlotView *view);
void gsc_plot_view_set_options (GscPlotView *view, const GscFigureOptions *options);

const char *gsc_plot_view_get_description (GscPlotView *view); /* borrowed, or NULL */

/* The size of the figure's text in logical pixels. */
double gsc_plot_view_get_text_size (GscPlotView *view);

/* What is painted at present, and the page behind it; NULL before the first time and without a
 * frame. Borrowed. */
GdkTexture *gsc_plot_view_get_texture (GscPlotView *view);
const GscFigurePage *gsc_plot_view_get_page (GscPlotView *view);

/* The frame that is painted at present, or NULL. Borrowed. */
const GscFrame *gsc_plot_view_get_painted (GscPlotView *view);

/* What the pointer does: points at (x, y), in logical pixels, where the text of what is there is
 * shown; leaves; chooses what is at (x, y). TRUE if there is something. */
gboolean gsc_plot_view_hover (GscPlotView *view, double x, double y);
void gsc_plot_view_leave (GscPlotView *view);
gboolean gsc_plot_view_choose (GscPlotView *view, double x, double y);

/* The text that hovering shows at present, or NULL. Borrowed. */
const char *gsc_plot_view_get_hover_text (GscPlotView *view);

G_END_DECLS
