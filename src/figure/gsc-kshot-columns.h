/* gsc-kshot-columns.h - the numbers of shots that the k-shot grid shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* Columns of the paper's figure 5: 1, 2, 13 and 31 of 31 examples. */
#define GSC_KSHOT_MAX_COLUMNS 4

/* The frame's grid, or NULL. Borrowed. */
const GscKshot *gsc_kshot_columns_get_kshot (const GscFrame *frame);

/* The most shots that the cursor can have here, and those that it has. */
guint gsc_kshot_columns_find_last (const GscFrame *frame, const GscKshot *kshot);
guint gsc_kshot_columns_find_shot (const GscFrame *frame, const GscKshot *kshot);

/* The numbers of shots of the columns: those of the paper, scaled to the sequences of this run, of
 * which some may be the same where they are short; or the cursor's alone. Returns how many. */
guint gsc_kshot_columns_find (const GscFrame *frame,
                              const GscFigureOptions *options,
                              const GscKshot *kshot,
                              guint shots[GSC_KSHOT_MAX_COLUMNS]);

G_END_DECLS
