/* gsc-scatter-labels.h - labels beside points, none on another thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-scatter.h"

G_BEGIN_DECLS

/* Fills in labels, labelled and n_labels of @layout, whose points, texts and box have their places
 * and sizes. */
void gsc_scatter_labels_place (GscScatterLayout *layout,
                               const GscScatterInput *input,
                               const GscStyle *style);

G_END_DECLS
