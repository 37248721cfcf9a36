/* gsc-kshot-curves.h - the algorithmic shift as curves against the shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* A model's accuracy where ratio matching explains the answer, elsewhere and everywhere, beside the
 * accuracies of the rules: the second view of the k-shot grid. @kshot must live as long as @page.
 */
void gsc_kshot_curves_add (GscFigurePage *page,
                           const GscKshot *kshot,
                           double cursor, /* NaN: none */
                           const GscRect *area);

/* As the figure's own, with kind SHOT; no shot after @last, which the run's cursor may not have. */
gboolean gsc_kshot_curves_pick (const GscFigurePage *page,
                                const GscKshot *kshot,
                                guint last,
                                double x,
                                double y,
                                GscFigurePick *pick);

/* A row for each number of shots. (transfer full) */
GscFigureTable *gsc_kshot_curves_tabulate (const GscKshot *kshot);

G_END_DECLS
