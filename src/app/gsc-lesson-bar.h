/* gsc-lesson-bar.h - the lessons' cards, below the board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-lesson.h"

G_BEGIN_DECLS

#define GSC_TYPE_LESSON_BAR (gsc_lesson_bar_get_type ())

/* One card at a time, beside which everything stays usable. Nothing moves by itself: a card's key
 * moves the session's cursor and emits "show-panel" with the lesson's figure; leaving that card, or
 * the lessons, emits it with -1. With the focus in it Left and Right turn the cards and Escape ends
 * the lessons, which gives the focus back to what had it. */
G_DECLARE_FINAL_TYPE (GscLessonBar, gsc_lesson_bar, GSC, LESSON_BAR, GtkWidget)

/* Invisible until it is opened. */
GtkWidget *gsc_lesson_bar_new (GscSession *session);

/* Shows the first card, or the one that is shown already, and takes the focus. */
void gsc_lesson_bar_open (GscLessonBar *bar);
void gsc_lesson_bar_close (GscLessonBar *bar);
gboolean gsc_lesson_bar_is_open (GscLessonBar *bar);

/* The card that is shown, from 0. */
guint gsc_lesson_bar_get_card (GscLessonBar *bar);

/* Goes @by cards on, or back where it is negative; from the last one on the lessons end. */
void gsc_lesson_bar_move (GscLessonBar *bar, int by);

/* The card's key. */
void gsc_lesson_bar_show_me (GscLessonBar *bar);

/* The line about the run shown, or NULL. Borrowed. */
const char *gsc_lesson_bar_get_fact (GscLessonBar *bar);

G_END_DECLS
