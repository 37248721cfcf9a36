/* gsc-insight-cache.h - insights that were computed before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"
#include "gsc-insight.h"

G_BEGIN_DECLS

/* What an insight is of: everything its result depends on. Immutable; reference-counted
 * (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  char *run_path;
  gint64 step;
  GscConfig config;
  GBytes *modes; /* gsc-head-modes.h; NULL: all heads work */
  GscInsightRequest request;
} GscInsightKey;

/* Everything is copied, the tokens too. */
GscInsightKey *gsc_insight_key_new (const char *run_path,
                                    gint64 step,
                                    const GscConfig *config,
                                    GBytes *modes,
                                    const GscInsightRequest *request);
GscInsightKey *gsc_insight_key_ref (GscInsightKey *key);
void gsc_insight_key_unref (GscInsightKey *key);

/* Whether both ask the same of the same run, at whatever step. */
gboolean gsc_insight_key_is_alike (const GscInsightKey *a, const GscInsightKey *b);
gboolean gsc_insight_key_equal (const GscInsightKey *a, const GscInsightKey *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscInsightKey, gsc_insight_key_unref)

/* Not locked: for one thread. Holds at most so many bytes and insights, but at least one; those
 * looked at longest ago go first. */
typedef struct _GscInsightCache GscInsightCache;

GscInsightCache *gsc_insight_cache_new (gsize max_bytes, guint max_length);
void gsc_insight_cache_free (GscInsightCache *cache);

/* Borrowed, or NULL. */
GscInsight *gsc_insight_cache_find (GscInsightCache *cache, const GscInsightKey *key);

/* Takes references. */
void gsc_insight_cache_add (GscInsightCache *cache, GscInsightKey *key, GscInsight *insight);

guint gsc_insight_cache_get_length (const GscInsightCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscInsightCache, gsc_insight_cache_free)

G_END_DECLS
