/* gsc-plot-view-private.h - shared by the files of the view of a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-plot-card.h"
#include "gsc-plot-view.h"

G_BEGIN_DECLS

struct _GscPlotView
{
  GtkWidget parent_instance;

  GscFigure figure;
  GscFigureOptions options;
  gboolean unasked; /* a painting is wanted, but could not be asked for: there was no room */
  double drag_y;    /* where a drag along the steps began; NaN: there is none */

  /* the pointer */
  gboolean pointed;
  double pointer_x;
  double pointer_y;
  GscFigurePick pick; /* at the pointer; kind NONE: nothing */

  /* Owned References */
  GscSession *session;
  GscSession *leader; /* or NULL */
  GscPainter *painter;
  GscPainterClient *client;
  GscFrame *frame;   /* the session's, when it was last looked at */
  GscFrame *painted; /* that texture and page are of */
  GdkTexture *texture;
  GscFigurePage *page;
  int page_width; /* that texture and page are of */
  int page_height;
  char *description;
  guint description_source;
  GscPlotCard *card;
};

/* gsc-plot-view-input.c: pointer and keys. */
void gsc_plot_view_add_pointer (GscPlotView *self);
void gsc_plot_view_add_keys (GtkWidgetClass *class);

/* Looks up what is at the pointer and shows it. */
void gsc_plot_view_update_pick (GscPlotView *self);

G_END_DECLS
