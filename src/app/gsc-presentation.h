/* gsc-presentation.h - a run on a stage: bookmark after bookmark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-bookmarks.h"
#include "gsc-panel.h"

G_BEGIN_DECLS

#define GSC_TYPE_PRESENTATION (gsc_presentation_get_type ())

/* One panel or a pair, the bookmark's line below, and nothing to click on; the pointer hides when
 * it rests. It moves the session that it is given, and says what that has to compute; a comparison
 * that is in effect stays as it is. While the next view is prepared the one before stays to be
 * seen, and the model of the next bookmark is read ahead.
 *
 * Keys: Page Down and Space the next bookmark, Page Up the one before, 1 to 9 that of the number,
 * B and the full stop blank the screen, Esc and F11 leave. All others go on to the window.
 *
 * Signal "leave" (): the user wants back. */
G_DECLARE_FINAL_TYPE (GscPresentation, gsc_presentation, GSC, PRESENTATION, GtkWidget)

/* @comparison: nullable, of the session. @bookmarks: nullable. @plain: what is shown where there
 * are no bookmarks; of its time and cursor nothing is used: the session stays where it is. */
GtkWidget *gsc_presentation_new (GscSession *session,
                                 GscComparison *comparison,
                                 GscBookmarks *bookmarks,
                                 const GscBookmark *plain);

/* How much larger than in the window text is; 1.5 at first. */
void gsc_presentation_set_text_scale (GscPresentation *presentation, double scale);

/* The figures' text beside that: each bookmark brings its own. */
void gsc_presentation_set_zoom (GscPresentation *presentation, double zoom);
double gsc_presentation_get_zoom (GscPresentation *presentation);

/* Shows the bookmark, and ends a blank. FALSE if there is none of that index. */
gboolean gsc_presentation_go (GscPresentation *presentation, int index);

/* The bookmark shown; -1: there are none. */
int gsc_presentation_get_index (GscPresentation *presentation);

void gsc_presentation_set_blank (GscPresentation *presentation, gboolean blank);
gboolean gsc_presentation_get_blank (GscPresentation *presentation);

/* The first panel or the second. Borrowed, or NULL. */
GscPanel *gsc_presentation_get_panel (GscPresentation *presentation, guint index);

/* What is written below the panels: the bookmark's line, "step 4,250 · 2/7", and why something else
 * is shown than the bookmark says (or NULL). Borrowed. */
const char *gsc_presentation_get_caption (GscPresentation *presentation);
const char *gsc_presentation_get_status (GscPresentation *presentation);
const char *gsc_presentation_get_notice (GscPresentation *presentation);

/* The view as a bookmark of its own. (transfer full) */
GscBookmark *gsc_presentation_make_bookmark (GscPresentation *presentation);

G_END_DECLS
