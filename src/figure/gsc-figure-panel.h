/* gsc-figure-panel.h - one figure to be made, and what it has to be made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* What a panel is about, of the things that the cursor points at. */
typedef enum
{
  GSC_PANEL_OF_CURSOR,
  GSC_PANEL_OF_FIRST_LAYER,  /* the cursor's head, but of the first layer */
  GSC_PANEL_OF_LAST_LAYER,   /* the same of the last one */
  GSC_PANEL_OF_PRE_TRAINING, /* the first pre-training task */
  GSC_PANEL_OF_LAST_RECORD,  /* the scores at the end of the run */
} GscPanelSubject;

/* A plain value. */
typedef struct
{
  GscFigure figure;
  GscFigureOptions options;
  GscPanelSubject about;
  GscProjectionPart part; /* projection: of the cursor's layer and head */
  GscSlotPair slots;
  gboolean centred;
  GscSlot slot;         /* similarity */
  GscSet set;           /* noise, attention as a mean */
  GscAblationMode mode; /* ablation */
} GscFigurePanel;

/* The figure as it is in a file (gsc_figure_options_init()). */
void gsc_figure_panel_init (GscFigurePanel *panel, GscFigure figure);

/* Whether to make it takes minutes with a large model. */
gboolean gsc_figure_panel_is_slow (const GscFigurePanel *panel);

G_END_DECLS
