/* gsc-head-maps.c - the attention of all heads on many sequences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-maps.h"

#include <math.h>
#include <string.h>

#include "gsc-context.h"
#include "gsc-evaluation.h"
#include "gsc-head-similarity.h"
#include "gsc-ops.h"
#include "gsc-workspace.h"

/* Sequences whose attention is kept at once, before it is added to the means in their order: the
 * same bits for any number of threads. */
#define ROUND 8

typedef struct
{
  GscHeadMaps *maps;
  const GscSubject *subject;
  const gint32 *rows; /* [n_rows][maps->n + 1] */
  guint n_rows;
  GscTokenTable *table;
  GscTeam *team;
  GscWorkspace **spaces; /* by thread */
  guint n_heads;         /* of all blocks */
  guint first;           /* sequence of the round */
  guint n_round;
  float *attention;    /* [ROUND][n_heads][n][n] */
  double *products;    /* [ROUND][n_heads][n_heads] */
  gboolean *finite;    /* [ROUND] */
  GscHeadRoles *roles; /* [maps->n_sequences][n_heads] */
  double *sums;        /* [n_heads][n][n] */
} Work;

/* The tokens of sequence @index of those that are looked at. */
static const gint32 *
get_tokens (const Work *work, guint index)
{
  gsize row = (gsize) index * work->n_rows / work->maps->n_sequences;

  return work->rows + row * (work->maps->n + 1);
}

static gboolean
are_finite (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

static void
copy_attention (const Work *work, const GscWorkspace *ws, float *to)
{
  gsize n = work->maps->n;

  for (guint i = 0; i < work->n_heads; i++)
    {
      int heads = work->maps->model.heads, n_queries, stride;
      const float *map = gsc_workspace_get_attention (ws, (int) i / heads, 0, (int) i % heads,
                                                      &n_queries, &stride);

      for (gsize query = 0; query < n; query++, to += n)
        memcpy (to, map + query * stride, n * sizeof *to);
    }
}

static void
run_sequence (guint item, guint thread, gpointer data)
{
  Work *work = data;
  guint n = work->maps->n;
  gsize size = (gsize) n * n;
  GscWorkspace *ws = work->spaces[thread];
  const gint32 *tokens = get_tokens (work, work->first + item);
  float *attention = work->attention + item * work->n_heads * size;
  double *products = work->products + (gsize) item * work->n_heads * work->n_heads;

  gsc_workspace_forward (ws, gsc_model_peek_weights (work->subject->model), work->table, tokens, 1);
  copy_attention (work, ws, attention);
  work->finite[item]
      = are_finite (gsc_workspace_get_logits (ws), (gsize) n * work->maps->model.vocab)
        && are_finite (attention, work->n_heads * size);
  if (!work->finite[item])
    return;
  for (guint head = 0; head < work->n_heads; head++)
    gsc_head_roles_measure (&work->roles[(gsize) (work->first + item) * work->n_heads + head],
                            work->maps->p, tokens, n, attention + head * size, n);
  memset (products, 0, (gsize) work->n_heads * work->n_heads * sizeof *products);
  gsc_head_similarity_add (products, attention, work->n_heads, n);
}

/* Adds a head's maps of the round to the sum. */
static void
add_head (guint head, guint thread, gpointer data)
{
  Work *work = data;
  gsize size = (gsize) work->maps->n * work->maps->n;
  double *sum = work->sums + head * size;

  for (guint i = 0; i < work->n_round; i++)
    {
      const float *map = work->attention + (i * (gsize) work->n_heads + head) * size;

      for (gsize k = 0; k < size; k++)
        sum[k] += map[k];
    }
}

static gboolean
run_round (Work *work, double *products, GError **error)
{
  gsize n_products = (gsize) work->n_heads * work->n_heads;

  gsc_team_run (work->team, work->n_round, run_sequence, work);
  for (guint i = 0; i < work->n_round; i++)
    {
      if (!work->finite[i])
        {
          gsc_context_set_diverged (error);
          return FALSE;
        }
      for (gsize k = 0; k < n_products; k++)
        products[k] += work->products[i * n_products + k];
    }
  gsc_team_run (work->team, work->n_heads, add_head, work);
  return TRUE;
}

static gboolean
run (Work *work, const GscWatch *watch, GError **error)
{
  GscHeadMaps *maps = work->maps;
  gsize n_weights = (gsize) work->n_heads * maps->n * maps->n;
  g_autofree double *products = g_new0 (double, (gsize) work->n_heads * work->n_heads);

  for (work->first = 0; work->first < maps->n_sequences; work->first += work->n_round)
    {
      work->n_round = MIN (ROUND, maps->n_sequences - work->first);
      if (!gsc_watch_step (watch, (double) work->first / maps->n_sequences, error)
          || !run_round (work, products, error))
        return FALSE;
    }
  for (gsize i = 0; i < n_weights; i++)
    maps->attention[i] = (float) (work->sums[i] / maps->n_sequences);
  for (guint head = 0; head < work->n_heads; head++)
    gsc_head_roles_pool (&maps->roles[head], work->roles + head, maps->n_sequences, work->n_heads);
  gsc_head_similarity_finish (products, work->n_heads, maps->similarity);
  return gsc_watch_step (watch, 1, error);
}

/* Maps that nothing has been read into yet. */
static GscHeadMaps *
make_maps (const GscSubject *subject, GscSet set, guint n_rows)
{
  GscHeadMaps *maps = g_new0 (GscHeadMaps, 1);
  gsize n_heads;

  g_atomic_ref_count_init (&maps->ref_count);
  maps->model = *gsc_model_get_config (subject->model);
  maps->p = subject->p;
  maps->set = set;
  maps->n_sequences = MIN (n_rows, GSC_HEAD_MAPS_MAX_SEQUENCES);
  maps->n = (guint) (3 * subject->config->shots - 1);
  n_heads = (gsize) maps->model.depth * maps->model.heads;
  maps->attention = g_new (float, n_heads * maps->n * maps->n);
  maps->roles = g_new (GscHeadRoles, n_heads);
  maps->similarity = g_new (float, n_heads *n_heads);
  return maps;
}

static void
work_init (Work *work)
{
  guint n = work->maps->n, threads = gsc_team_get_threads (work->team);
  GscParamLayout *layout = gsc_model_get_layout (work->subject->model);
  gsize n_heads;

  work->n_heads = (guint) (work->maps->model.depth * work->maps->model.heads);
  n_heads = work->n_heads;
  work->table = gsc_token_table_new (layout);
  gsc_token_table_update (work->table, gsc_model_peek_weights (work->subject->model));
  work->spaces = g_new (GscWorkspace *, threads);
  for (guint i = 0; i < threads; i++)
    {
      work->spaces[i] = gsc_workspace_new (layout, 1, (int) n, GSC_OUTPUTS_ALL, FALSE);
      gsc_workspace_set_ablation (work->spaces[i], work->subject->ablation);
    }
  work->attention = g_new (float, ROUND *n_heads *n *n);
  work->products = g_new (double, ROUND *n_heads *n_heads);
  work->finite = g_new (gboolean, ROUND);
  work->roles = g_new (GscHeadRoles, work->maps->n_sequences * n_heads);
  work->sums = g_new0 (double, n_heads *n *n);
}

static void
work_clear (Work *work)
{
  for (guint i = 0; i < gsc_team_get_threads (work->team); i++)
    gsc_workspace_free (work->spaces[i]);
  g_free (work->spaces);
  gsc_token_table_free (work->table);
  g_free (work->attention);
  g_free (work->products);
  g_free (work->finite);
  g_free (work->roles);
  g_free (work->sums);
}

GscHeadMaps *
gsc_head_maps_new (
    const GscSubject *subject, GscSet set, GscTeam *team, const GscWatch *watch, GError **error)
{
  g_autoptr (GscEvaluation) evaluation = NULL;
  g_autoptr (GscHeadMaps) maps = NULL;
  g_autoptr (GscTeam) own = NULL;
  Work work = { .subject = subject };
  gboolean done;

  if (!gsc_context_check_prime (subject->model, subject->p, error)
      || !gsc_watch_step (watch, 0, error))
    return NULL;
  gsc_linear_init ();
  evaluation = gsc_evaluation_new (subject->config, subject->tasks, subject->inputs);
  work.rows = gsc_evaluation_get_rows (evaluation, set, &work.n_rows);
  work.maps = maps = make_maps (subject, set, work.n_rows);
  work.team = team != NULL ? team : (own = gsc_team_new (1));
  work_init (&work);
  done = run (&work, watch, error);
  work_clear (&work);
  return done ? g_steal_pointer (&maps) : NULL;
}

GscHeadMaps *
gsc_head_maps_ref (GscHeadMaps *maps)
{
  g_atomic_ref_count_inc (&maps->ref_count);
  return maps;
}

void
gsc_head_maps_unref (GscHeadMaps *maps)
{
  if (maps == NULL || !g_atomic_ref_count_dec (&maps->ref_count))
    return;
  g_free (maps->attention);
  g_free (maps->roles);
  g_free (maps->similarity);
  g_free (maps);
}
