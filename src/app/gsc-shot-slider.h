/* gsc-shot-slider.h - how many examples come before the query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_SHOT_SLIDER (gsc_shot_slider_get_type ())

/* A slider for the shot of the session's cursor. */
G_DECLARE_FINAL_TYPE (GscShotSlider, gsc_shot_slider, GSC, SHOT_SLIDER, GtkWidget)

GtkWidget *gsc_shot_slider_new (void);

void gsc_shot_slider_set_session (GscShotSlider *slider, GscSession *session);

/* Borrowed. */
GtkRange *gsc_shot_slider_get_range (GscShotSlider *slider);

G_END_DECLS
