/* gsc-head-actions.h - what can be done with the heads of the model shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_HEAD_ACTIONS (gsc_head_actions_get_type ())

/* Actions on the head of the session's cursor, to be inserted as "heads": ablate (its state is
 * "none", "zero" or "mean"), toggle (takes such a text: the head is that, or "none" if it is that
 * already), restore-all. */
G_DECLARE_FINAL_TYPE (GscHeadActions, gsc_head_actions, GSC, HEAD_ACTIONS, GSimpleActionGroup)

GscHeadActions *gsc_head_actions_new (GscSession *session);

/* The menu for a head: these actions, and @alone (a detailed action) for "Show Only This Head".
 * (transfer full) */
GMenuModel *gsc_head_actions_make_menu (const char *alone);

G_END_DECLS
