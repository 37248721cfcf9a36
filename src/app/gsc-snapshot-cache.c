/* gsc-snapshot-cache.c - models read from a run's folder, the latest kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-snapshot-cache.h"

#include "gsc-run-folder.h"
#include "gsc-snapshot-files.h"

#define MAX_BYTES (64 * 1024 * 1024) /* of weights */
#define MAX_LENGTH 64

/* Damaged files in a row: something else is the matter then than a file. */
#define MAX_ATTEMPTS 8

#define MAX_PREFETCHED 4

typedef struct
{
  char *run_path;
  GscSnapshot *snapshot;
} Entry;

struct _GscSnapshotCache
{
  GQueue entries; /* of Entry, the latest first */
  gsize bytes;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->run_path);
  gsc_snapshot_unref (entry->snapshot);
  g_free (entry);
}

GscSnapshotCache *
gsc_snapshot_cache_new (void)
{
  GscSnapshotCache *cache = g_new0 (GscSnapshotCache, 1);

  g_queue_init (&cache->entries);
  return cache;
}

void
gsc_snapshot_cache_free (GscSnapshotCache *cache)
{
  if (cache == NULL)
    return;
  g_queue_clear_full (&cache->entries, entry_free);
  g_free (cache);
}

static gsize
get_bytes (const GscSnapshot *snapshot)
{
  return gsc_model_get_layout (snapshot->model)->n_floats * sizeof (float);
}

static GscSnapshot *
find (GscSnapshotCache *cache, const char *run_path, gint64 step)
{
  for (GList *l = cache->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (entry->snapshot->step == step && g_str_equal (entry->run_path, run_path))
        {
          g_queue_unlink (&cache->entries, l);
          g_queue_push_head_link (&cache->entries, l);
          return gsc_snapshot_ref (entry->snapshot);
        }
    }
  return NULL;
}

static void
add (GscSnapshotCache *cache, const char *run_path, GscSnapshot *snapshot)
{
  Entry *entry = g_new (Entry, 1);

  *entry = (Entry){ g_strdup (run_path), gsc_snapshot_ref (snapshot) };
  g_queue_push_head (&cache->entries, entry);
  cache->bytes += get_bytes (snapshot);
  while (cache->entries.length > 1
         && (cache->bytes > MAX_BYTES || cache->entries.length > MAX_LENGTH))
    {
      entry = g_queue_pop_tail (&cache->entries);
      cache->bytes -= get_bytes (entry->snapshot);
      entry_free (entry);
    }
}

/* By distance from the step at @data; of two as far away, the later first. */
static int
compare_distances (gconstpointer a, gconstpointer b, gpointer data)
{
  gint64 step = *(const gint64 *) data;
  gint64 first = ((const GscSnapshotInfo *) a)->step;
  gint64 second = ((const GscSnapshotInfo *) b)->step;
  gint64 difference = ABS (first - step) - ABS (second - step);

  if (difference == 0)
    difference = second - first;
  return (difference > 0) - (difference < 0);
}

static GscSnapshot *
load_stored (GscSnapshotCache *cache, GscRunFolder *folder, gint64 step, GError **error)
{
  const char *run_path = gsc_run_folder_get_path (folder);
  GscModel *model = gsc_run_folder_load_snapshot (folder, step, error);
  GscSnapshot *snapshot;

  if (model == NULL)
    return NULL;
  snapshot = gsc_snapshot_new (model, step);
  add (cache, run_path, snapshot);
  return snapshot;
}

GscSnapshot *
gsc_snapshot_cache_load (
    GscSnapshotCache *cache, const char *run_path, gint64 step, char **notice, GError **error)
{
  g_autoptr (GArray) stored = gsc_snapshot_files_list (run_path, error);
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GError) first = NULL;

  if (notice != NULL)
    *notice = NULL;
  if (stored == NULL)
    return NULL;
  g_array_sort_with_data (stored, compare_distances, &step);
  for (guint i = 0; i < MIN (stored->len, MAX_ATTEMPTS); i++)
    {
      gint64 at = g_array_index (stored, GscSnapshotInfo, i).step;
      g_autoptr (GError) fault = NULL;
      GscSnapshot *snapshot = find (cache, run_path, at);

      if (snapshot == NULL && folder == NULL)
        folder = gsc_run_folder_open (run_path, FALSE, error);
      if (snapshot == NULL && folder == NULL)
        return NULL;
      if (snapshot == NULL)
        snapshot = load_stored (cache, folder, at, &fault);
      if (snapshot != NULL)
        {
          if (notice != NULL && first != NULL)
            *notice = g_strdup (first->message);
          return snapshot;
        }
      if (first == NULL)
        first = g_steal_pointer (&fault);
    }
  if (first != NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

gboolean
gsc_snapshot_cache_prefetch (GscSnapshotCache *cache,
                             const char *run_path,
                             gint64 from,
                             gint64 step)
{
  g_autoptr (GArray) stored = gsc_snapshot_files_list (run_path, NULL);
  Entry *latest = g_queue_peek_head (&cache->entries);
  gsize size = latest != NULL ? get_bytes (latest->snapshot) : 0;
  gboolean later = step > from;
  /* Few enough not to push what is just being looked at out. */
  guint left = size > 0 ? (guint) MIN (MAX_PREFETCHED, MAX_BYTES / 2 / size) : 0;
  guint passed = 0;

  for (guint i = 0; stored != NULL && i < stored->len && left > 0; i++)
    {
      guint index = later ? i : stored->len - 1 - i;
      gint64 at = g_array_index (stored, GscSnapshotInfo, index).step;
      g_autoptr (GscRunFolder) folder = NULL;
      g_autoptr (GscSnapshot) snapshot = NULL;

      if (later ? at <= step : at >= step)
        {
          passed += later ? at > from : at < from;
          continue;
        }
      /* A jump says nothing about where the next one leads. */
      if (passed > MAX_PREFETCHED)
        return FALSE;
      left--;
      snapshot = find (cache, run_path, at);
      if (snapshot != NULL)
        continue;
      folder = gsc_run_folder_open (run_path, FALSE, NULL);
      if (folder != NULL)
        snapshot = load_stored (cache, folder, at, NULL);
      /* One that cannot be read is said when it is wanted. */
      return snapshot != NULL;
    }
  return FALSE;
}
