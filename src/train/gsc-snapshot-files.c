/* gsc-snapshot-files.c - the snapshot files of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-snapshot-files.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "gsc-bookmarks.h"
#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-record-tables.h"
#include "gsc-run-error.h"
#include "gsc-run-notes.h"

#define SNAPSHOT_PREFIX "step-"
#define SNAPSHOT_SUFFIX ".safetensors"

char *
gsc_snapshot_files_get_path (const char *run, gint64 step)
{
  g_autofree char *name
      = g_strdup_printf (SNAPSHOT_PREFIX "%08" G_GINT64_FORMAT SNAPSHOT_SUFFIX, step);

  return g_build_filename (run, GSC_SNAPSHOT_FOLDER, name, NULL);
}

gboolean
gsc_snapshot_files_parse_name (const char *name, gint64 *step)
{
  g_autofree char *number = NULL;
  g_autofree char *back = NULL;

  if (!g_str_has_prefix (name, SNAPSHOT_PREFIX) || !g_str_has_suffix (name, SNAPSHOT_SUFFIX))
    return FALSE;
  number = g_strndup (name + strlen (SNAPSHOT_PREFIX),
                      strlen (name) - strlen (SNAPSHOT_PREFIX SNAPSHOT_SUFFIX));
  if (!gsc_number_parse_int (number, step) || *step < 0)
    return FALSE;
  /* Other spellings of the number are not ours. */
  back = g_strdup_printf ("%08" G_GINT64_FORMAT, *step);
  return g_str_equal (number, back);
}

static int
compare_snapshots (gconstpointer a, gconstpointer b)
{
  const GscSnapshotInfo *first = a;
  const GscSnapshotInfo *second = b;

  return first->step < second->step ? -1 : first->step > second->step;
}

GArray *
gsc_snapshot_files_list (const char *run, GError **error)
{
  g_autofree char *path = g_build_filename (run, GSC_SNAPSHOT_FOLDER, NULL);
  g_autoptr (GArray) snapshots = g_array_new (FALSE, FALSE, sizeof (GscSnapshotInfo));
  g_autoptr (GError) fault = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &fault);
  const char *name;

  if (dir == NULL && !g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      GscSnapshotInfo info = { .ood_test_last = -1 };
      GStatBuf status;

      if (!gsc_snapshot_files_parse_name (name, &info.step) || g_stat (file, &status) != 0
          || !S_ISREG (status.st_mode))
        continue;
      info.size = status.st_size;
      g_array_append_val (snapshots, info);
    }
  g_array_sort (snapshots, compare_snapshots);
  return g_steal_pointer (&snapshots);
}

GArray *
gsc_snapshot_files_list_scored (const char *run, GError **error)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list (run, error);
  g_autoptr (GHashTable) scores = NULL;

  if (snapshots == NULL)
    return NULL;
  scores = gsc_record_tables_read_scores (run, error);
  if (scores == NULL)
    return NULL;
  for (guint i = 0; i < snapshots->len; i++)
    {
      GscSnapshotInfo *info = &g_array_index (snapshots, GscSnapshotInfo, i);
      const double *score = g_hash_table_lookup (scores, &info->step);

      if (score != NULL)
        info->ood_test_last = *score;
    }
  return g_steal_pointer (&snapshots);
}

static gboolean
delete_snapshot (const char *run, gint64 step, GError **error)
{
  g_autofree char *path = gsc_snapshot_files_get_path (run, step);
  g_autofree char *name = NULL;
  int code;

  if (g_unlink (path) == 0)
    return TRUE;
  code = errno;
  if (code == ENOENT)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("%s: The snapshot cannot be deleted (%s)."), name, g_strerror (code));
  return FALSE;
}

static gboolean
is_bookmarked (GscBookmarks *bookmarks, gint64 step)
{
  for (guint i = 0; i < gsc_bookmarks_get_length (bookmarks); i++)
    {
      const GscBookmark *bookmark = gsc_bookmarks_get (bookmarks, i);

      if (!bookmark->live && bookmark->step == step)
        return TRUE;
    }
  return FALSE;
}

/* Marks what notes.json and bookmarks.json name. What cannot be read names nothing; the front ends
 * say so. */
static void
mark_named (const char *run, GArray *snapshots)
{
  g_autoptr (GscRunNotes) notes = gsc_run_notes_load (run, NULL);
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (run);

  for (guint i = 0; i < snapshots->len; i++)
    {
      GscSnapshotInfo *info = &g_array_index (snapshots, GscSnapshotInfo, i);

      info->named
          = (notes != NULL && info->step == notes->best) || is_bookmarked (bookmarks, info->step);
    }
}

gboolean
gsc_snapshot_files_thin (const char *run, goffset budget, GError **error)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list (run, error);
  g_autofree gboolean *keep = NULL;
  goffset total = 0;

  if (snapshots == NULL)
    return FALSE;
  for (guint i = 0; i < snapshots->len; i++)
    total += g_array_index (snapshots, GscSnapshotInfo, i).size;
  if (total <= budget) /* most often; the scores need not be read then */
    return TRUE;

  g_clear_pointer (&snapshots, g_array_unref);
  snapshots = gsc_snapshot_files_list_scored (run, error);
  if (snapshots == NULL)
    return FALSE;
  mark_named (run, snapshots);
  keep = g_new (gboolean, snapshots->len);
  gsc_snapshot_policy_thin ((const GscSnapshotInfo *) snapshots->data, snapshots->len, budget,
                            keep);
  for (guint i = 0; i < snapshots->len; i++)
    if (!keep[i]
        && !delete_snapshot (run, g_array_index (snapshots, GscSnapshotInfo, i).step, error))
      return FALSE;
  return TRUE;
}

gboolean
gsc_snapshot_files_rewind (const char *run, gint64 step, GError **error)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list (run, error);

  if (snapshots == NULL)
    return FALSE;
  for (guint i = 0; i < snapshots->len; i++)
    {
      gint64 present = g_array_index (snapshots, GscSnapshotInfo, i).step;

      if (present > step && !delete_snapshot (run, present, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
fail_to_find (const char *run, const char *fault, GError **error)
{
  g_autofree char *name = g_filename_display_name (run);

  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT, "%s: %s", name, fault);
  return -1;
}

static gint64
find_best (const char *run, GError **error)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list_scored (run, error);
  int best;

  if (snapshots == NULL)
    return -1;
  best = gsc_snapshot_policy_find_best ((const GscSnapshotInfo *) snapshots->data, snapshots->len);
  if (best < 0)
    return fail_to_find (
        run,
        _ ("No snapshot has a row in metrics.csv that says how good it is; ask for "
           "the last one or for a step."),
        error);
  return g_array_index (snapshots, GscSnapshotInfo, best).step;
}

/* @snapshots: not empty. */
static gint64
find_exact (const char *run, GArray *snapshots, gint64 step, GError **error)
{
  gint64 nearest = -1;
  g_autofree char *fault = NULL;

  for (guint i = 0; i < snapshots->len; i++)
    {
      gint64 present = g_array_index (snapshots, GscSnapshotInfo, i).step;

      if (present == step)
        return step;
      if (nearest < 0 || ABS (present - step) < ABS (nearest - step))
        nearest = present;
    }
  fault = g_strdup_printf (
      _ ("There is no snapshot of step %" PRId64 "; the nearest is of step %" PRId64 "."), step,
      nearest);
  return fail_to_find (run, fault, error);
}

gint64
gsc_snapshot_files_find (const char *run, const char *which, GError **error)
{
  g_autoptr (GArray) snapshots = NULL;
  gboolean is_best = g_str_equal (which, "best");
  gboolean is_last = g_str_equal (which, "last");
  gint64 step = 0;

  if (!is_best && !is_last && (!gsc_number_parse_int (which, &step) || step < 0))
    {
      g_autofree char *quoted = gsc_nearest_name_quote (which);
      g_autofree char *fault
          = g_strdup_printf (_ ("“%s” names no snapshot; ask for best, last or the "
                                "number of a step."),
                             quoted);

      return fail_to_find (run, fault, error);
    }
  snapshots = gsc_snapshot_files_list (run, error);
  if (snapshots == NULL)
    return -1;
  if (snapshots->len == 0)
    return fail_to_find (run, _ ("The run has no snapshots yet; train it first."), error);
  if (is_best)
    return find_best (run, error);
  if (is_last)
    return g_array_index (snapshots, GscSnapshotInfo, snapshots->len - 1).step;
  return find_exact (run, snapshots, step, error);
}
