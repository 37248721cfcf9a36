/* gsc-run-archive-names.c - the files in a run's archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-archive-names.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "gsc-run-archive.h"
#include "gsc-snapshot-files.h"

const char *const gsc_run_archive_names[] = {
  "state.safetensors", "tasks.csv",           "inputs.csv", "metrics.csv", "per_shot.csv",
  "per_task.csv",      "initial.safetensors", "notes.json", "events.log",  "bookmarks.json",
  NULL,
};

gboolean
gsc_run_archive_knows_name (const char *name)
{
  gint64 step;

  return g_strv_contains (gsc_run_archive_names, name)
         || g_str_equal (name, GSC_RUN_ARCHIVE_LAST_NAME)
         || (g_str_has_prefix (name, GSC_SNAPSHOT_FOLDER "/")
             && gsc_snapshot_files_parse_name (name + strlen (GSC_SNAPSHOT_FOLDER "/"), &step));
}

/* A local header of 30 bytes, the name of the first file, what more there is to say of it, and its
 * bytes. */
static gboolean
has_type (const char *path)
{
  static const char signature[] = { 'P', 'K', 3, 4 };
  char bytes[160];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  gssize length = fd >= 0 ? read (fd, bytes, sizeof bytes) : -1;

  if (fd >= 0)
    close (fd);
  return length > 30 && memcmp (bytes, signature, sizeof signature) == 0
         && memmem (bytes + 30, (gsize) length - 30, GSC_RUN_ARCHIVE_TYPE_NAME,
                    strlen (GSC_RUN_ARCHIVE_TYPE_NAME))
                == bytes + 30
         && memmem (bytes + 30, (gsize) length - 30, GSC_RUN_ARCHIVE_TYPE,
                    strlen (GSC_RUN_ARCHIVE_TYPE))
                != NULL;
}

gboolean
gsc_run_archive_is_archive (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, GSC_RUN_ARCHIVE_SUFFIX) || has_type (path);
}
