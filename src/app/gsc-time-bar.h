/* gsc-time-bar.h - the buttons that move the time: play, how fast, back to live
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GSC_TYPE_TIME_BAR (gsc_time_bar_get_type ())

/* For the header of the learning curves. It rests on the window's actions "win.play",
 * "win.play-speed" and "win.go-live", and is insensitive without them. */
G_DECLARE_FINAL_TYPE (GscTimeBar, gsc_time_bar, GSC, TIME_BAR, GtkWidget)

GtkWidget *gsc_time_bar_new (void);

G_END_DECLS
