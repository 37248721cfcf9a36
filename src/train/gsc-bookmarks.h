/* gsc-bookmarks.h - the bookmarks of a run, in their order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file bookmarks.json in the run's folder, written atomically with each change:
 *
 *   { "bookmarks": [
 *       { "text": "Heads split into roles",
 *         "panels": [ { "figure": "attention", "single-head": false }, { "figure": "shots" } ],
 *         "step": 4250,               (left out: the newest step, live)
 *         "a": 3, "b": 7,             (the task)
 *         "shot": 12, "layer": 0, "head": 2,
 *         "seed": 1,                  (of the sequence drawn for the task)
 *         "sequence": "4 21 5 | 2 6", (typed in its place; left out: none)
 *         "zoom": 1.0 }               (of the figures' text)
 *   ] }
 *
 * No file is no error. Of each bookmark only "panels" (one or two) is needed; a panel's other keys
 * are its figure's choices; unknown keys are passed over. A file that cannot be read is left alone,
 * and set aside as bookmarks.json.damaged (or .damaged-2 ...) before another takes its place.
 */

#pragma once

#include <glib-object.h>

#include "gsc-bookmark.h"
#include "gsc-run-error.h"

G_BEGIN_DECLS

#define GSC_BOOKMARKS_FILE "bookmarks.json"

/* More are refused. */
#define GSC_BOOKMARKS_MAX 1000

#define GSC_TYPE_BOOKMARKS (gsc_bookmarks_get_type ())

/* Not locked: for one thread at a time. Signal "changed" (): after every change of the list or the
 * fault. */
G_DECLARE_FINAL_TYPE (GscBookmarks, gsc_bookmarks, GSC, BOOKMARKS, GObject)

/* Reads those of the run folder @run. */
GscBookmarks *gsc_bookmarks_new (const char *run);

const char *gsc_bookmarks_get_run (GscBookmarks *bookmarks); /* the folder; borrowed */

guint gsc_bookmarks_get_length (GscBookmarks *bookmarks);
const GscBookmark *gsc_bookmarks_get (GscBookmarks *bookmarks, guint index); /* borrowed */

/* Why the file cannot be read, a sentence naming it, or NULL. Borrowed. The list is empty then. */
const char *gsc_bookmarks_get_fault (GscBookmarks *bookmarks);

/* Reads the file again if it is another than was read or written last. */
void gsc_bookmarks_reload (GscBookmarks *bookmarks);

/* Changes, each written at once. FALSE and @error (naming the file) where it cannot be written: the
 * list is as it was; or where another program has changed the file meanwhile: the list is as it is
 * there. An @index at the end (insert) or beyond it (insert, move to) means the end. */
gboolean gsc_bookmarks_insert (GscBookmarks *bookmarks,
                               guint index,
                               const GscBookmark *bookmark,
                               GError **error);
gboolean gsc_bookmarks_replace (GscBookmarks *bookmarks,
                                guint index,
                                const GscBookmark *bookmark,
                                GError **error);
gboolean gsc_bookmarks_remove (GscBookmarks *bookmarks, guint index, GError **error);
gboolean gsc_bookmarks_move (GscBookmarks *bookmarks, guint from, guint to, GError **error);

G_END_DECLS
