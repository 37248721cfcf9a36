/* gsc-session-bookmark.c - from what a session shows to a bookmark, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-session-bookmark.h"

#include <glib/gi18n.h>

#include "gsc-snapshot-files.h"

GscBookmark *
gsc_session_make_bookmark (GscSession *session, const char *figure)
{
  GscBookmark *bookmark = gsc_bookmark_new (figure);
  const GscFrame *frame = gsc_session_get_frame (session);
  const GscRecord *record = frame != NULL ? gsc_frame_get_record (frame) : NULL;
  GscCursor cursor = gsc_session_get_cursor (session);

  bookmark->live = gsc_session_get_live (session) || record == NULL;
  bookmark->step = record != NULL ? record->step : 0;
  bookmark->a = MAX (cursor.a, 0);
  bookmark->b = MAX (cursor.b, 0);
  bookmark->shot = cursor.shot;
  bookmark->layer = cursor.layer;
  bookmark->head = cursor.head;
  bookmark->seed = gsc_session_get_context_seed (session);
  if (gsc_session_has_own_sequence (session))
    bookmark->sequence = gsc_session_get_sequence (session);
  return bookmark;
}

/* The latest record at or before @step; the first if none is. */
static int
find_record (const GscRunData *data, gint64 step)
{
  int found = 0;

  for (int i = 0; i < (int) data->records->len; i++)
    if (gsc_run_data_get_record (data, i)->step <= step)
      found = i;
  return found;
}

/* The latest stored model at or before @step, -1: none is. FALSE where nothing can be said. */
static gboolean
find_stored (GscSession *session, gint64 step, gint64 *found)
{
  GscRun *run = gsc_session_get_run (session);
  g_autoptr (GArray) stored = gsc_snapshot_files_list (gsc_run_get_path (run), NULL);

  *found = -1;
  for (guint i = 0; stored != NULL && i < stored->len; i++)
    if (g_array_index (stored, GscSnapshotInfo, i).step <= step)
      *found = MAX (*found, g_array_index (stored, GscSnapshotInfo, i).step);
  return stored != NULL;
}

static char *
show_time (GscSession *session, const GscBookmark *bookmark, gboolean needs_model)
{
  const GscRunData *data = gsc_session_get_frame (session)->run;
  gint64 shown, stored;
  int record;

  if (bookmark->live || data->records->len == 0)
    {
      gsc_session_set_live (session, TRUE);
      return NULL;
    }
  record = find_record (data, bookmark->step);
  shown = gsc_run_data_get_record (data, record)->step;
  if (needs_model && find_stored (session, shown, &stored) && stored >= 0 && stored != shown)
    {
      record = find_record (data, stored);
      gsc_session_set_record (session, record);
      return g_strdup_printf (
          _ ("The model at step %'d is not stored any more: step %'d is shown."),
          (int) bookmark->step, (int) gsc_run_data_get_record (data, record)->step);
    }
  gsc_session_set_record (session, record);
  if (shown == bookmark->step)
    return NULL;
  return g_strdup_printf (_ ("This run has no record of step %'d: step %'d is shown."),
                          (int) bookmark->step, (int) shown);
}

char *
gsc_session_show_bookmark (GscSession *session, const GscBookmark *bookmark, gboolean needs_model)
{
  g_autoptr (GError) error = NULL;
  GscCursor cursor = { bookmark->a, bookmark->b, bookmark->shot, bookmark->layer, bookmark->head };
  char *notice;

  if (gsc_session_get_frame (session) == NULL)
    return NULL;
  gsc_session_set_cursor (session, &cursor);
  gsc_session_set_context_seed (session, bookmark->seed);
  notice = show_time (session, bookmark, needs_model);
  if (bookmark->sequence != NULL && !gsc_session_set_sequence (session, bookmark->sequence, &error)
      && notice == NULL)
    notice = g_strdup (error->message);
  return notice;
}

char *
gsc_session_describe_time (GscSession *session)
{
  const GscFrame *frame = gsc_session_get_frame (session);
  const GscRecord *record = frame != NULL ? gsc_frame_get_record (frame) : NULL;
  gint64 step;

  if (frame == NULL)
    return NULL;
  step = record != NULL ? record->step : MAX (frame->step, 0);
  if (frame->run->from_file)
    return g_strdup (_ ("model file"));
  if (gsc_session_get_live (session)
      && gsc_run_get_state (gsc_session_get_run (session)) == GSC_RUN_TRAINING)
    return g_strdup_printf (_ ("step %'d, live"), (int) step);
  return g_strdup_printf (_ ("step %'d"), (int) step);
}
