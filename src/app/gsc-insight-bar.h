/* gsc-insight-bar.h - how far the computing of an insight is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_INSIGHT_BAR (gsc_insight_bar_get_type ())

/* A progress bar with Cancel while a user waits for the session's insight of one kind, or a button
 * to compute it after it was cancelled; else invisible. What is there in a moment is not announced.
 */
G_DECLARE_FINAL_TYPE (GscInsightBar, gsc_insight_bar, GSC, INSIGHT_BAR, GtkWidget)

/* @title: of what is computed, for accessibility. */
GtkWidget *gsc_insight_bar_new (GscInsightKind kind, const char *title);

void gsc_insight_bar_set_session (GscInsightBar *bar, GscSession *session);

/* The button: Cancel or Compute. Borrowed. */
GtkWidget *gsc_insight_bar_get_button (GscInsightBar *bar);

G_END_DECLS
