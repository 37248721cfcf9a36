/* gsc-player.h - plays a run's records one after another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_PLAYER (gsc_player_get_type ())

/* Moves the session's time, and waits where the model of a record is not there yet, so that every
 * record is seen. Ends by itself at the last one, where the session is live again; also when
 * another run is shown, or somebody else makes the session live. For the main thread. Properties,
 * notified: playing (boolean) speed (double)     records a second, 0.5 to 8; default 2 */
G_DECLARE_FINAL_TYPE (GscPlayer, gsc_player, GSC, PLAYER, GObject)

#define GSC_PLAYER_MIN_SPEED 0.5
#define GSC_PLAYER_MAX_SPEED 8.0

GscPlayer *gsc_player_new (GscSession *session);

/* Whether there is something to play: at least two records. */
gboolean gsc_player_can_play (GscPlayer *player);

/* From the record shown, or from the first one where the last is shown. */
void gsc_player_set_playing (GscPlayer *player, gboolean playing);
gboolean gsc_player_get_playing (GscPlayer *player);

void gsc_player_set_speed (GscPlayer *player, double speed);
double gsc_player_get_speed (GscPlayer *player);

G_END_DECLS
