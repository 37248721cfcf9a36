/* gsc-bookmarks-dialog.h - the bookmarks of a run, to order and to edit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-bookmarks.h"

G_BEGIN_DECLS

#define GSC_TYPE_BOOKMARKS_DIALOG (gsc_bookmarks_dialog_get_type ())

/* A row for each bookmark: its line, which is edited in place, the second panel, and buttons. Rows
 * are moved by dragging, or by Alt with Up and Down; what is deleted can be had back for a moment.
 *
 * Signals: "go" (guint index), "present" (guint index): the user wants to see it, in the window or
 * on the stage. */
G_DECLARE_FINAL_TYPE (GscBookmarksDialog, gsc_bookmarks_dialog, GSC, BOOKMARKS_DIALOG, AdwWindow)

GscBookmarksDialog *gsc_bookmarks_dialog_new (GtkWindow *parent, GscBookmarks *bookmarks);

/* The row of a bookmark. Borrowed, or NULL. */
GtkWidget *gsc_bookmarks_dialog_get_row (GscBookmarksDialog *dialog, guint index);

/* "Attention, Shots · step 4,250": what a bookmark shows, for people. (transfer full) */
char *gsc_bookmarks_dialog_describe (const GscBookmark *bookmark);

/* What rows do. FALSE if it cannot be done; a toast says why. */
gboolean gsc_bookmarks_dialog_move (GscBookmarksDialog *dialog, guint from, int by);
gboolean gsc_bookmarks_dialog_remove (GscBookmarksDialog *dialog, guint index);

G_END_DECLS
