/* gsc-optimizer-state.c - AdamW's and Muon's moments, and their updates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-optimizer-state.h"

#include <math.h>

#include "gsc-muon.h"
#include "gsc-ops.h"

/* AdamW's pieces, in elements; Muon's piece is a whole matrix. */
#define ADAMW_CHUNK 16384

/* One piece of an update, the same for each step. */
typedef struct
{
  gboolean muon;
  gboolean decays;
  gsize offset;
  gsize n;        /* AdamW */
  int rows, cols; /* Muon */
} Piece;

struct _GscOptimizerState
{
  const GscConfig *config;
  GscParamLayout *layout;
  GscTeam *team;
  float *m;
  float *v;
  GArray *pieces;  /* of Piece, the dearest first */
  float **scratch; /* one per thread; NULL without Muon */

  /* of the update under way */
  float *weights;
  const float *gradient;
  GscAdamWStep adamw;
  GscMuonStep muon;
};

static void
add_adamw (GscOptimizerState *state, const GscParamView *view)
{
  gsize size = (gsize) view->rows * view->cols;

  for (gsize begin = 0; begin < size; begin += ADAMW_CHUNK)
    {
      Piece piece = {
        .decays = view->kind != GSC_PARAM_NORM,
        .offset = view->offset + begin,
        .n = MIN (ADAMW_CHUNK, size - begin),
      };

      g_array_append_val (state->pieces, piece);
    }
}

static void
add_muon (GscOptimizerState *state, const GscParamView *view)
{
  /* to_qkv stacks three matrices */
  int parts = view->rows == 3 * view->cols ? 3 : 1;
  int rows = view->rows / parts;

  for (int i = 0; i < parts; i++)
    {
      Piece piece = {
        .muon = TRUE,
        .offset = view->offset + (gsize) i * rows * view->cols,
        .n = (gsize) rows * view->cols,
        .rows = rows,
        .cols = view->cols,
      };

      g_array_append_val (state->pieces, piece);
    }
}

/* Large matrices first, so that no thread starts one when the others are done. Offsets decide ties,
 * for a fixed order. */
static int
compare_pieces (gconstpointer a, gconstpointer b)
{
  const Piece *first = a, *second = b;
  gsize first_cost = first->muon ? first->n : 0, second_cost = second->muon ? second->n : 0;

  if (first_cost != second_cost)
    return first_cost > second_cost ? -1 : 1;
  return first->offset < second->offset ? -1 : 1;
}

GscOptimizerState *
gsc_optimizer_state_new (const GscConfig *config, GscParamLayout *layout, GscTeam *team)
{
  GscOptimizerState *state = g_new0 (GscOptimizerState, 1);
  gboolean muon = config->optimizer == GSC_OPTIMIZER_MUON;
  int d = layout->config.width;

  state->config = config;
  state->layout = gsc_param_layout_ref (layout);
  state->team = team;
  state->m = gsc_param_block_new (layout);
  state->v = gsc_param_block_new (layout);
  state->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  for (guint i = 0; i < layout->n_views; i++)
    if (muon && layout->views[i].kind == GSC_PARAM_MATRIX)
      add_muon (state, &layout->views[i]);
    else
      add_adamw (state, &layout->views[i]);
  g_array_sort (state->pieces, compare_pieces);

  if (muon)
    {
      state->scratch = g_new0 (float *, gsc_team_get_threads (team));
      for (guint i = 0; i < gsc_team_get_threads (team); i++)
        state->scratch[i]
            = g_aligned_alloc (gsc_muon_scratch_floats (4 * d, d), sizeof (float), 64);
    }
  return state;
}

void
gsc_optimizer_state_free (GscOptimizerState *state)
{
  if (state == NULL)
    return;
  if (state->scratch != NULL)
    for (guint i = 0; i < gsc_team_get_threads (state->team); i++)
      g_aligned_free (state->scratch[i]);
  g_free (state->scratch);
  g_array_unref (state->pieces);
  gsc_param_block_free (state->m);
  gsc_param_block_free (state->v);
  gsc_param_layout_unref (state->layout);
  g_free (state);
}

static void
update_piece (guint item, guint thread, gpointer data)
{
  GscOptimizerState *state = data;
  const Piece *piece = &g_array_index (state->pieces, Piece, item);
  float *weights = state->weights + piece->offset;
  const float *gradient = state->gradient + piece->offset;
  GscAdamWStep adamw = state->adamw;

  if (piece->muon)
    {
      gsc_muon_step (weights, state->m + piece->offset, gradient, piece->rows, piece->cols,
                     &state->muon, state->scratch[thread]);
      return;
    }
  if (!piece->decays)
    adamw.weight_decay = 0.0f;
  gsc_ops_get ()->adamw (weights, state->m + piece->offset, state->v + piece->offset, gradient,
                         piece->n, &adamw);
}

void
gsc_optimizer_state_update (
    GscOptimizerState *state, float *weights, const float *gradient, gint64 step, double share)
{
  const GscConfig *config = state->config;

  state->weights = weights;
  state->gradient = gradient;
  state->adamw = (GscAdamWStep){
    .lr = (float) (config->lr * share),
    .weight_decay = (float) config->weight_decay,
    .beta1 = (float) config->beta1,
    .beta2 = (float) config->beta2,
    .epsilon = (float) config->epsilon,
    .correction1 = (float) (1.0 - pow (config->beta1, (double) step)),
    .correction2 = (float) (1.0 - pow (config->beta2, (double) step)),
  };
  state->muon = (GscMuonStep){
    .lr = (float) (config->muon_lr * share),
    .weight_decay = (float) config->muon_weight_decay,
    .momentum = (float) config->muon_momentum,
  };
  gsc_team_run (state->team, state->pieces->len, update_piece, state);
}

float *
gsc_optimizer_state_get_m (GscOptimizerState *state)
{
  return state->m;
}

float *
gsc_optimizer_state_get_v (GscOptimizerState *state)
{
  return state->v;
}
