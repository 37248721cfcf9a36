/* gsc-sweep-watch.c - a sweep's folder that fills up, read again cheaply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-watch.h"

#include <string.h>
#include <sys/stat.h>

#include "gsc-run-folder.h"
#include "gsc-snapshot-files.h"

/* What of a run's folder says where it stands: if none of these has changed, only whether a process
 * holds its lock can have. */
static const char *const signs[]
    = { "config.json", "metrics.csv", "notes.json", GSC_SNAPSHOT_FOLDER, "state.safetensors" };

/* What stat() says of a file; zeroes where there is none. */
typedef struct
{
  gint64 inode;
  gint64 size;
  gint64 seconds;
  gint64 nanoseconds;
} Sign;

typedef struct
{
  char *path;
  Sign signs[G_N_ELEMENTS (signs)];
  GscSweepState state;
  GPtrArray *records; /* of GscRecord; NULL before the first update */
} Run;

struct _GscSweepWatch
{
  const GscSweep *sweep; /* borrowed */
  char *folder;
  Run *runs; /* [sweep->n_cells] */
  guint n_reads;
};

GscSweepWatch *
gsc_sweep_watch_new (const GscSweep *sweep, const char *folder)
{
  GscSweepWatch *watch = g_new0 (GscSweepWatch, 1);

  watch->sweep = sweep;
  watch->folder = g_strdup (folder);
  watch->runs = g_new0 (Run, MAX (sweep->n_cells, 1));
  for (guint i = 0; i < sweep->n_cells; i++)
    watch->runs[i].path = gsc_sweep_get_path (sweep, folder, i);
  return watch;
}

void
gsc_sweep_watch_free (GscSweepWatch *watch)
{
  if (watch == NULL)
    return;
  for (guint i = 0; i < watch->sweep->n_cells; i++)
    {
      g_clear_pointer (&watch->runs[i].records, g_ptr_array_unref);
      g_free (watch->runs[i].path);
    }
  g_free (watch->runs);
  g_free (watch->folder);
  g_free (watch);
}

static void
look (const char *folder, Sign found[G_N_ELEMENTS (signs)])
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_autofree char *path = g_build_filename (folder, signs[i], NULL);
      struct stat info;

      found[i] = (Sign){ 0 };
      if (stat (path, &info) == 0)
        found[i] = (Sign){ (gint64) info.st_ino, info.st_size, info.st_mtim.tv_sec,
                           info.st_mtim.tv_nsec };
    }
}

static gboolean
is_same (const Sign *a, const Sign *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (a[i].inode != b[i].inode || a[i].size != b[i].size || a[i].seconds != b[i].seconds
        || a[i].nanoseconds != b[i].nanoseconds)
      return FALSE;
  return TRUE;
}

static gboolean
is_under_way (GscSweepState state)
{
  return state == GSC_SWEEP_TO_DO || state == GSC_SWEEP_BEGUN || state == GSC_SWEEP_TRAINING;
}

/* Of a run whose files are as before: it may have been begun or left. */
static gboolean
update_lock (Run *run)
{
  GscSweepState state = run->state;

  if (!is_under_way (state))
    return FALSE;
  if (gsc_run_folder_is_busy (run->path))
    run->state = GSC_SWEEP_TRAINING;
  else
    run->state = gsc_run_folder_is_run (run->path) ? GSC_SWEEP_BEGUN : GSC_SWEEP_TO_DO;
  return run->state != state;
}

/* What is looked at before reading: what changes while it is read shows the next time. */
static gboolean
update_run (GscSweepWatch *watch, guint cell)
{
  Run *run = &watch->runs[cell];
  Sign now[G_N_ELEMENTS (signs)];
  g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };

  look (run->path, now);
  if (run->records != NULL && is_same (now, run->signs))
    return update_lock (run);
  g_clear_pointer (&run->records, g_ptr_array_unref);
  gsc_sweep_get_status (watch->sweep, watch->folder, cell, &status, &run->records);
  run->state = status.state;
  memcpy (run->signs, now, sizeof now);
  watch->n_reads++;
  return TRUE;
}

gboolean
gsc_sweep_watch_update (GscSweepWatch *watch)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < watch->sweep->n_cells; i++)
    changed = update_run (watch, i) || changed;
  return changed;
}

GscSweepTable *
gsc_sweep_watch_make_table (const GscSweepWatch *watch, const GscSweepTableOptions *options)
{
  guint n = watch->sweep->n_cells;
  g_autofree GPtrArray **records = g_new (GPtrArray *, MAX (n, 1));
  g_autofree GscSweepState *states = g_new (GscSweepState, MAX (n, 1));
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      records[i] = watch->runs[i].records != NULL ? watch->runs[i].records : none;
      states[i] = watch->runs[i].state;
    }
  return gsc_sweep_table_new (watch->sweep, records, states, options);
}

guint
gsc_sweep_watch_count_reads (const GscSweepWatch *watch)
{
  return watch->n_reads;
}
