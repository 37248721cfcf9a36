/* gsc-panel-private.h - shared by the files of the panel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-panel.h"

G_BEGIN_DECLS

struct _GscPanel
{
  GtkWidget parent_instance;

  GscFigure figure;
  GscPanelSettings settings;
  gboolean enlarged;

  /* Borrowed References */
  GtkWidget *header;
  GtkWidget *subtitle;
  GtkWidget *menu_button;
  GtkWidget *enlarge_button;
  GtkWidget *overlay; /* of plot, note and bar */
  GscPlotView *plot;
  GscPlotView *other_plot; /* B of a comparison; hidden without one */
  GtkWidget *side;         /* of A: caption and plot */
  GtkWidget *other_side;
  GtkWidget *caption;
  GtkWidget *other_caption;
  GtkWidget *note;
  GtkWidget *bar;    /* of the figure's insight; or NULL */
  GtkWidget *editor; /* of the sequence; or NULL */
  GtkWidget *slider; /* of the shot; or NULL */

  /* Owned References */
  GscSession *session;
  GscComparison *comparison; /* or NULL */
  GSimpleActionGroup *actions;
  GMenuModel *menu;
};

/* gsc-panel.c: emit the signals of these names. */
void gsc_panel_emit_enlarge (GscPanel *self);
void gsc_panel_emit_hide (GscPanel *self);
void gsc_panel_emit_move (GscPanel *self, int places);
void gsc_panel_emit_changed (GscPanel *self);

/* Brings what is written on it in line with what is shown. */
void gsc_panel_refresh (GscPanel *self);

/* gsc-panel-compare.c: makes both plots and the box that they are in. */
GtkWidget *gsc_panel_make_sides (GscPanel *self);

/* Shows and hides what the comparison says. */
void gsc_panel_update_comparison (GscPanel *self);

/* What is seen: the plot (borrowed), and how the figure is drawn. */
GscPlotView *gsc_panel_get_shown_plot (GscPanel *self);
GscFigureOptions gsc_panel_get_shown_options (GscPanel *self);

/* "A and B"; NULL: nothing is compared. (transfer full) */
char *gsc_panel_describe_comparison (GscPanel *self);

/* gsc-panel-actions.c: the actions "panel" and the menu, which are made once. */
void gsc_panel_add_actions (GscPanel *self);
GMenuModel *gsc_panel_make_menu (GscPanel *self);

/* Brings plot, session and the widgets beside the plot in line with the settings. */
void gsc_panel_apply_settings (GscPanel *self);

G_END_DECLS
