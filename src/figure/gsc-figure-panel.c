/* gsc-figure-panel.c - one figure to be made, and what it has to be made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-panel.h"

void
gsc_figure_panel_init (GscFigurePanel *panel, GscFigure figure)
{
  *panel = (GscFigurePanel){
    .figure = figure,
    .part = GSC_PROJECTION_HEAD,
    .slots = GSC_SLOTS_XY,
    .centred = TRUE,
    .slot = GSC_SLOT_X,
    .set = GSC_SET_OOD_TEST,
    .mode = GSC_ABLATION_ZERO,
  };
  gsc_figure_options_init (&panel->options, figure);
  panel->options.every_pair = TRUE;
}

gboolean
gsc_figure_panel_is_slow (const GscFigurePanel *panel)
{
  return panel->figure == GSC_FIGURE_NOISE || panel->figure == GSC_FIGURE_ABLATION
         || (panel->figure == GSC_FIGURE_SIMILARITY && panel->slot != GSC_SLOT_X);
}
