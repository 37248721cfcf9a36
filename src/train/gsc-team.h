/* gsc-team.h - a team of threads that share out numbered pieces of work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GscTeam GscTeam;

/* One piece of work. @thread is 0 to threads - 1 and never runs two pieces at once, so it can index
 * buffers. */
typedef void (*GscTeamFunc) (guint item, guint thread, gpointer data);

/* A team of @threads (0: one per processor), the caller of gsc_team_run() included. */
GscTeam *gsc_team_new (guint threads);
void gsc_team_free (GscTeam *team);

guint gsc_team_get_threads (const GscTeam *team);

/* Runs @func for items 0 to n_items - 1, each once, in any order and thread; returns when all are
 * done. One caller at a time. */
void gsc_team_run (GscTeam *team, guint n_items, GscTeamFunc func, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTeam, gsc_team_free)

G_END_DECLS
