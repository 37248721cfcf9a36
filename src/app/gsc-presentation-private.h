/* gsc-presentation-private.h - shared by the files of the presentation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-presentation.h"

G_BEGIN_DECLS

struct _GscPresentation
{
  GtkWidget parent_instance;

  int index; /* of the bookmark shown, -1: none */
  double scale;
  double zoom;
  char *notice; /* or NULL */
  double pointer_x;
  double pointer_y;
  guint pointer_timeout;
  guint cover_timeout;
  gint64 cover_end; /* monotonic time */

  /* Borrowed References */
  GtkWidget *overlay;
  GtkWidget *view;  /* panels, notice and footer */
  GtkWidget *stage; /* of the panels */
  GtkWidget *notice_label;
  GtkWidget *caption;
  GtkWidget *status;
  GtkWidget *cover; /* the view before, while the next is prepared */
  GtkWidget *blank;
  GscPanel *panels[GSC_BOOKMARK_PANELS];

  /* Owned References */
  GscSession *session;
  GscComparison *comparison; /* or NULL */
  GscBookmarks *bookmarks;   /* or NULL */
  GtkCssProvider *style;
};

/* gsc-presentation-panels.c: the bookmark's figures and their choices; figures that this program
 * does not have are left out. */
void gsc_presentation_set_panels (GscPresentation *self, const GscBookmark *bookmark);

/* Has the sessions compute what the panels show: what is not seen need not be computed. */
void gsc_presentation_update_wanted (GscPresentation *self);

/* Whether any panel shows what only a model tells. */
gboolean gsc_presentation_needs_model (GscPresentation *self);

/* Keeps the view as it is to be seen until the next is painted. */
void gsc_presentation_cover_view (GscPresentation *self);

/* gsc-presentation-input.c: keys, and the pointer, which hides when it rests. */
void gsc_presentation_add_keys (GtkWidgetClass *klass);
void gsc_presentation_add_pointer (GscPresentation *self);
void gsc_presentation_wait_for_rest (GscPresentation *self);

G_END_DECLS
