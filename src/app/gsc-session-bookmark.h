/* gsc-session-bookmark.h - from what a session shows to a bookmark, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-bookmark.h"
#include "gsc-session.h"

G_BEGIN_DECLS

/* Time, cursor and sequence, in a bookmark of the figure called @figure. (transfer full) */
GscBookmark *gsc_session_make_bookmark (GscSession *session, const char *figure);

/* Shows what @bookmark says, as far as the session's run has it: the record at its step, or the
 * latest before. With @needs_model, where no model of that record is stored any more, the latest
 * record before that has one. Returns a sentence where something else is shown than the bookmark
 * says, or NULL. (transfer full) */
char *
gsc_session_show_bookmark (GscSession *session, const GscBookmark *bookmark, gboolean needs_model);

/* "step 4,250", "step 4,250, live"; NULL without a run. (transfer full) */
char *gsc_session_describe_time (GscSession *session);

G_END_DECLS
