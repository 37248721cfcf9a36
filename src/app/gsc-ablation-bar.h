/* gsc-ablation-bar.h - says that the model shown is without some heads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_ABLATION_BAR (gsc_ablation_bar_get_type ())

/* A line across the window, there while heads are ablated: how many, what that does to the
 * o.o.d./test accuracy, and a button (action heads.restore-all). */
G_DECLARE_FINAL_TYPE (GscAblationBar, gsc_ablation_bar, GSC, ABLATION_BAR, GtkWidget)

GtkWidget *gsc_ablation_bar_new (GscSession *session);

/* What it says, or NULL when hidden. Borrowed. */
const char *gsc_ablation_bar_get_text (GscAblationBar *bar);

G_END_DECLS
