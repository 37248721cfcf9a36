/* gsc-panel-settings.h - what a user can choose about a panel's figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table says which choices each figure has; the panel's actions, its menu and what is
 * remembered of it all come from there.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-figure.h"

G_BEGIN_DECLS

/* A plain value. */
typedef struct
{
  GscFigureOptions options;
  gboolean all_tokens;        /* max_tokens of the options is 0 */
  GscProjectionSource source; /* part, slots and centred count */
  GscInsightRequest request;  /* set, slot and mode count */
} GscPanelSettings;

/* The usual ones of a figure on screen: bare, with cursor and record marked. */
void gsc_panel_settings_init (GscPanelSettings *settings, GscFigure figure);

/* Names of the figure's choices, NULL-terminated. (transfer container) */
const char **gsc_panel_settings_list (GscFigure figure);

/* The present value of a choice, floating: a string of a few, or a boolean; NULL if the figure has
 * no such choice. */
GVariant *
gsc_panel_settings_get (const GscPanelSettings *settings, GscFigure figure, const char *name);

/* FALSE if it is no value of that choice, or the figure has no such choice. */
gboolean gsc_panel_settings_set (GscPanelSettings *settings,
                                 GscFigure figure,
                                 const char *name,
                                 GVariant *value);

/* A section for each choice, with actions @prefix.NAME. (transfer full) */
GMenu *gsc_panel_settings_make_menu (GscFigure figure, const char *prefix);

G_END_DECLS
