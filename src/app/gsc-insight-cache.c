/* gsc-insight-cache.c - insights that were computed before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-insight-cache.h"

#include "gsc-head-modes.h"

GscInsightKey *
gsc_insight_key_new (const char *run_path,
                     gint64 step,
                     const GscConfig *config,
                     GBytes *modes,
                     const GscInsightRequest *request)
{
  GscInsightKey *key = g_new0 (GscInsightKey, 1);

  g_atomic_ref_count_init (&key->ref_count);
  key->run_path = g_strdup (run_path);
  key->step = step;
  key->config = *config;
  key->modes = modes != NULL ? g_bytes_ref (modes) : NULL;
  key->request = *request;
  key->request.tokens = g_memdup2 (request->tokens, request->n_tokens * sizeof *request->tokens);
  return key;
}

GscInsightKey *
gsc_insight_key_ref (GscInsightKey *key)
{
  g_atomic_ref_count_inc (&key->ref_count);
  return key;
}

void
gsc_insight_key_unref (GscInsightKey *key)
{
  if (key == NULL || !g_atomic_ref_count_dec (&key->ref_count))
    return;
  g_free (key->run_path);
  g_clear_pointer (&key->modes, g_bytes_unref);
  g_free ((gint32 *) key->request.tokens);
  g_free (key);
}

gboolean
gsc_insight_key_is_alike (const GscInsightKey *a, const GscInsightKey *b)
{
  return g_str_equal (a->run_path, b->run_path) && gsc_config_equal (&a->config, &b->config)
         && gsc_head_modes_equal (a->modes, b->modes)
         && gsc_insight_request_equal (&a->request, &b->request);
}

gboolean
gsc_insight_key_equal (const GscInsightKey *a, const GscInsightKey *b)
{
  return a->step == b->step && gsc_insight_key_is_alike (a, b);
}

/* The cache */

typedef struct
{
  GscInsightKey *key;
  GscInsight *insight;
} Entry;

struct _GscInsightCache
{
  GQueue entries; /* of Entry, the latest first */
  gsize bytes;
  gsize max_bytes;
  guint max_length;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  gsc_insight_key_unref (entry->key);
  gsc_insight_unref (entry->insight);
  g_free (entry);
}

GscInsightCache *
gsc_insight_cache_new (gsize max_bytes, guint max_length)
{
  GscInsightCache *cache = g_new0 (GscInsightCache, 1);

  cache->max_bytes = max_bytes;
  cache->max_length = max_length;
  g_queue_init (&cache->entries);
  return cache;
}

void
gsc_insight_cache_free (GscInsightCache *cache)
{
  if (cache == NULL)
    return;
  g_queue_clear_full (&cache->entries, entry_free);
  g_free (cache);
}

GscInsight *
gsc_insight_cache_find (GscInsightCache *cache, const GscInsightKey *key)
{
  for (GList *l = cache->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (!gsc_insight_key_equal (entry->key, key))
        continue;
      g_queue_unlink (&cache->entries, l);
      g_queue_push_head_link (&cache->entries, l);
      return entry->insight;
    }
  return NULL;
}

void
gsc_insight_cache_add (GscInsightCache *cache, GscInsightKey *key, GscInsight *insight)
{
  Entry *entry;

  if (gsc_insight_cache_find (cache, key) != NULL)
    return;
  entry = g_new (Entry, 1);
  *entry = (Entry){ gsc_insight_key_ref (key), gsc_insight_ref (insight) };
  g_queue_push_head (&cache->entries, entry);
  cache->bytes += gsc_insight_get_size (insight);
  while (cache->entries.length > 1
         && (cache->bytes > cache->max_bytes || cache->entries.length > cache->max_length))
    {
      entry = g_queue_pop_tail (&cache->entries);
      cache->bytes -= gsc_insight_get_size (entry->insight);
      entry_free (entry);
    }
}

guint
gsc_insight_cache_get_length (const GscInsightCache *cache)
{
  return cache->entries.length;
}
