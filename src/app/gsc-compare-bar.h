/* gsc-compare-bar.h - says what is compared with what, and how it is seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-comparison.h"

G_BEGIN_DECLS

#define GSC_TYPE_COMPARE_BAR (gsc_compare_bar_get_type ())

/* Under the header bar while something is compared: both names, a slider for B's record, and
 * buttons for the actions win.compare-show, win.compare-swap and win.compare-stop. */
G_DECLARE_FINAL_TYPE (GscCompareBar, gsc_compare_bar, GSC, COMPARE_BAR, GtkWidget)

GtkWidget *gsc_compare_bar_new (GscComparison *comparison);

/* "A: …" and "B: …" on two lines; NULL: it is not there. Borrowed. */
const char *gsc_compare_bar_get_text (GscCompareBar *bar);

/* The slider: its value is the index of B's record. Borrowed. */
GtkRange *gsc_compare_bar_get_slider (GscCompareBar *bar);

G_END_DECLS
