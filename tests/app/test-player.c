/* test-player.c - a run's records played one after another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-player.h"
#include "training-fixture.h"

/* What was seen while it played. */
typedef struct
{
  GscSession *session;
  GscPlayer *player;
  GscRun *run;
  GArray *records; /* of int: as they came */
  GArray *steps;   /* of gint64: of the models */
} Show;

static void
on_frame (Show *show)
{
  GscFrame *frame = gsc_session_get_frame (show->session);

  if (frame == NULL || !gsc_player_get_playing (show->player))
    return;
  if (show->records->len == 0
      || g_array_index (show->records, int, show->records->len - 1) != frame->record)
    g_array_append_val (show->records, frame->record);
  if (frame->step >= 0
      && (show->steps->len == 0
          || g_array_index (show->steps, gint64, show->steps->len - 1) != frame->step))
    g_array_append_val (show->steps, frame->step);
}

static gboolean
is_at_rest (gpointer data)
{
  Show *show = data;
  gboolean busy;

  g_object_get (show->session, "busy", &busy, NULL);
  return !busy && gsc_session_get_frame (show->session) != NULL
         && gsc_session_get_frame (show->session)->probe != NULL;
}

static void
show_open (Show *show)
{
  g_autofree char *path = training_fixture_folder ("played");
  GscConfig config = training_fixture_config ();

  training_fixture_train (path, &config, -1);
  show->run = gsc_run_new (path);
  gsc_run_set_config (show->run, &config);
  show->session = gsc_session_new ();
  show->player = gsc_player_new (show->session);
  show->records = g_array_new (FALSE, FALSE, sizeof (int));
  show->steps = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_assert_false (gsc_player_can_play (show->player));
  gsc_player_set_playing (show->player, TRUE);
  g_assert_false (gsc_player_get_playing (show->player));
  gsc_session_set_run (show->session, show->run);
  training_fixture_wait (is_at_rest, show);
  g_signal_connect_swapped (show->session, "notify::frame", G_CALLBACK (on_frame), show);
  gsc_player_set_speed (show->player, 100);
  g_assert_cmpfloat (gsc_player_get_speed (show->player), ==, GSC_PLAYER_MAX_SPEED);
}

static void
show_close (Show *show)
{
  g_signal_handlers_disconnect_by_data (show->session, show);
  g_assert_finalize_object (show->player);
  gsc_session_set_run (show->session, NULL);
  g_assert_finalize_object (show->session);
  g_object_unref (show->run);
  g_array_unref (show->records);
  g_array_unref (show->steps);
}

static gboolean
has_ended (gpointer data)
{
  return !gsc_player_get_playing (((Show *) data)->player);
}

/* From the first to the last, each of them with its model, and live at the end. */
static void
test_all (void)
{
  Show show;
  gint64 begin;
  guint n;

  show_open (&show);
  n = gsc_run_get_data (show.run)->records->len;
  g_assert_true (gsc_player_can_play (show.player));
  begin = g_get_monotonic_time ();
  gsc_player_set_playing (show.player, TRUE);
  g_assert_false (gsc_session_get_live (show.session));
  training_fixture_wait (has_ended, &show);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, (gint64) (n - 1) * 120000);
  g_assert_true (gsc_session_get_live (show.session));
  g_assert_cmpuint (show.records->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (g_array_index (show.records, int, i), ==, i);
  for (guint i = 0; i + 1 < n; i++)
    {
      gint64 step = gsc_run_data_get_record (gsc_run_get_data (show.run), (int) i)->step;
      gboolean seen = FALSE;

      for (guint j = 0; j < show.steps->len; j++)
        seen |= g_array_index (show.steps, gint64, j) == step;
      g_assert_true (seen);
    }
  show_close (&show);
}

/* From where it stands; and it stops where somebody else says so. */
static void
test_stops (void)
{
  Show show;

  show_open (&show);
  gsc_session_set_record (show.session, 3);
  gsc_player_set_playing (show.player, TRUE);
  training_fixture_idle (300);
  gsc_player_set_playing (show.player, FALSE);
  g_assert_cmpint (gsc_session_get_frame (show.session)->record, >, 3);

  gsc_session_set_record (show.session, 0);
  gsc_player_set_playing (show.player, TRUE);
  gsc_session_set_live (show.session, TRUE);
  g_assert_false (gsc_player_get_playing (show.player));

  gsc_player_set_playing (show.player, TRUE);
  g_assert_cmpint (gsc_session_get_frame (show.session)->record, ==, 0);
  gsc_session_set_run (show.session, NULL);
  g_assert_false (gsc_player_get_playing (show.player));
  show_close (&show);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/player/all", test_all);
  training_fixture_add ("/player/stops", test_stops);
  return g_test_run ();
}
