/* gsc-pass.c - many sequences through one model, in parallel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-pass.h"

#include <string.h>

#include "gsc-ops.h"
#include "gsc-workspace.h"

/* Gradients are summed in at most this many lanes, each by one thread at a time, and the lanes in
 * order afterwards: more lanes serve more threads, but each costs a block of memory and a pass over
 * it. */
#define MAX_LANES 8

/* Looks at a lane before the processor is given to others. */
#define SPINS 500

/* Elements of the gradient one thread reduces at a time. */
#define REDUCE_CHUNK 16384

/* One thread's own buffers. */
typedef struct
{
  GscWorkspace *workspace;
  int32_t *tokens;  /* [micro][time] */
  int32_t *targets; /* [micro][shots] */
  int32_t *row;     /* [3 shots] */
} Seat;

struct _GscPass
{
  GscTeam *team;
  GscParamLayout *layout;
  int shots;
  int time;
  guint batch;
  guint micro;   /* sequences of a micro-batch */
  guint n_micro; /* micro-batches of a gradient */
  guint n_lanes;
  guint n_rounds; /* micro-batches of the longest lane */
  guint n_chunks;
  GscTokenTable *table;
  Seat *seats; /* one per thread */
  GscGradient **lanes;
  int lane_done[MAX_LANES]; /* atomic: micro-batches of the call that are in the lane's sum */
  double *micro_losses;     /* [n_micro] */
  double *chunk_squares;    /* [n_chunks] */

  /* of the call under way */
  const float *weights;
  GscPassDraw draw;
  gpointer draw_data;
  const int32_t *rows;
  guint n_rows;
  float *losses;
  int32_t *best;
};

/* Rows of a micro-batch: enough for efficient products, few enough that its activations stay in the
 * second cache level (measured with grokscope-cli bench). */
static guint
micro_batch_size (const GscParamLayout *layout, int time, guint n)
{
  int rows = layout->config.width <= 96 ? 376 : 760;

  return CLAMP ((guint) (rows / time), 1, MAX (n, 1));
}

static guint
seats_needed (const GscPass *pass)
{
  return gsc_team_get_threads (pass->team);
}

GscPass *
gsc_pass_new (GscTeam *team, GscParamLayout *layout, int shots, guint batch)
{
  GscPass *pass = g_new0 (GscPass, 1);

  pass->team = team;
  pass->layout = gsc_param_layout_ref (layout);
  pass->shots = shots;
  pass->time = 3 * shots - 1;
  pass->batch = batch;
  pass->micro = micro_batch_size (layout, pass->time, batch > 0 ? batch : G_MAXUINT);
  pass->table = gsc_token_table_new (layout);
  pass->seats = g_new0 (Seat, seats_needed (pass));
  for (guint i = 0; i < seats_needed (pass); i++)
    {
      Seat *seat = &pass->seats[i];

      seat->workspace
          = gsc_workspace_new (layout, pass->micro, pass->time, GSC_OUTPUTS_ANSWERS, batch > 0);
      seat->tokens = g_new (int32_t, pass->micro * pass->time);
      seat->targets = g_new (int32_t, pass->micro * shots);
      seat->row = g_new (int32_t, 3 * shots);
    }
  if (batch > 0)
    {
      guint per_lane;

      pass->n_micro = (batch + pass->micro - 1) / pass->micro;
      per_lane = (pass->n_micro + MAX_LANES - 1) / MAX_LANES;
      pass->n_lanes = (pass->n_micro + per_lane - 1) / per_lane;
      pass->n_rounds = per_lane;
      pass->lanes = g_new0 (GscGradient *, pass->n_lanes);
      for (guint i = 0; i < pass->n_lanes; i++)
        pass->lanes[i] = gsc_gradient_new (layout);
      pass->micro_losses = g_new0 (double, pass->n_micro);
      pass->n_chunks = (layout->n_floats + REDUCE_CHUNK - 1) / REDUCE_CHUNK;
      pass->chunk_squares = g_new0 (double, pass->n_chunks);
    }
  return pass;
}

void
gsc_pass_free (GscPass *pass)
{
  if (pass == NULL)
    return;
  for (guint i = 0; i < seats_needed (pass); i++)
    {
      Seat *seat = &pass->seats[i];

      gsc_workspace_free (seat->workspace);
      g_free (seat->tokens);
      g_free (seat->targets);
      g_free (seat->row);
    }
  for (guint i = 0; i < pass->n_lanes; i++)
    gsc_gradient_free (pass->lanes[i]);
  g_free (pass->seats);
  g_free (pass->lanes);
  g_free (pass->micro_losses);
  g_free (pass->chunk_squares);
  gsc_token_table_free (pass->table);
  gsc_param_layout_unref (pass->layout);
  g_free (pass);
}

gsize
gsc_pass_get_size (const GscParamLayout *layout, int shots, guint batch, guint threads)
{
  int time = 3 * shots - 1;
  guint micro = micro_batch_size (layout, time, batch > 0 ? batch : G_MAXUINT);
  gsize lanes = MIN ((batch + micro - 1) / micro, MAX_LANES);

  return threads * gsc_workspace_get_size (layout, micro, time, GSC_OUTPUTS_ANSWERS, batch > 0)
         + lanes * layout->n_floats * sizeof (float);
}

void
gsc_pass_update (GscPass *pass, const float *weights)
{
  gsc_token_table_update (pass->table, weights);
}

/* What the model reads and what it should answer, from a whole sequence. */
static void
split_row (const GscPass *pass, const int32_t *row, int32_t *tokens, int32_t *targets)
{
  memcpy (tokens, row, pass->time * sizeof (int32_t));
  for (int i = 0; i < pass->shots; i++)
    targets[i] = row[3 * i + 2];
}

/* Until the micro-batch of @lane before this one is in its sum. It was taken up before this one, so
 * that it is done unless its thread has lost its processor. */
static void
wait_for_lane (GscPass *pass, guint lane, int done)
{
  for (guint i = 1; g_atomic_int_get (&pass->lane_done[lane]) != done; i++)
    if (i % SPINS == 0)
      g_thread_yield ();
}

/* The first micro-batch of each lane, then the second of each: pieces as small as can be, so that a
 * thread that loses its processor for a moment holds up little. */
static void
run_piece (guint piece, guint thread, gpointer data)
{
  GscPass *pass = data;
  Seat *seat = &pass->seats[thread];
  guint lane = piece % pass->n_lanes;
  guint round = piece / pass->n_lanes;
  guint begin = (guint64) pass->n_micro * lane / pass->n_lanes;
  guint end = (guint64) pass->n_micro * (lane + 1) / pass->n_lanes;
  guint m = begin + round;
  guint first = m * pass->micro;
  guint n = MIN (pass->micro, pass->batch - first);
  float scale = 1.0f / ((float) pass->batch * pass->shots);

  if (m >= end)
    return; /* a lane of one fewer */
  for (guint i = 0; i < n; i++)
    {
      pass->draw (first + i, seat->row, pass->draw_data);
      split_row (pass, seat->row, seat->tokens + i * pass->time, seat->targets + i * pass->shots);
    }
  gsc_workspace_forward (seat->workspace, pass->weights, pass->table, seat->tokens, n);
  pass->micro_losses[m] = gsc_workspace_loss (seat->workspace, seat->targets, scale, NULL, NULL);
  if (round == 0)
    gsc_gradient_clear (pass->lanes[lane]);
  else
    wait_for_lane (pass, lane, (int) round);
  gsc_workspace_backward (seat->workspace, pass->weights, pass->table, seat->tokens,
                          pass->lanes[lane]);
  g_atomic_int_set (&pass->lane_done[lane], (int) round + 1);
}

static void
reduce_chunk (guint chunk, guint thread, gpointer data)
{
  GscPass *pass = data;
  gsize begin = (gsize) chunk * REDUCE_CHUNK;
  gsize n = MIN (REDUCE_CHUNK, pass->layout->n_floats - begin);
  const float *parts[MAX_LANES];

  for (guint i = 0; i < pass->n_lanes; i++)
    parts[i] = pass->lanes[i]->block + begin;
  pass->chunk_squares[chunk]
      = gsc_ops_get ()->reduce (pass->lanes[0]->block + begin, parts, pass->n_lanes, n);
}

double
gsc_pass_gradient (GscPass *pass,
                   const float *weights,
                   GscPassDraw draw,
                   gpointer data,
                   const float **gradient,
                   double *squared_norm)
{
  gsize token_floats = (gsize) pass->layout->config.vocab * 3 * pass->layout->config.width;
  double loss = 0.0;

  pass->weights = weights;
  pass->draw = draw;
  pass->draw_data = data;
  for (guint i = 0; i < pass->n_lanes; i++)
    g_atomic_int_set (&pass->lane_done[i], 0);
  gsc_team_run (pass->team, pass->n_rounds * pass->n_lanes, run_piece, pass);

  for (guint i = 1; i < pass->n_lanes; i++)
    gsc_ops_get ()->add (pass->lanes[0]->token_qkv, pass->lanes[i]->token_qkv, token_floats);
  gsc_gradient_finish (pass->lanes[0], weights, pass->table);
  gsc_team_run (pass->team, pass->n_chunks, reduce_chunk, pass);

  *squared_norm = 0.0;
  for (guint i = 0; i < pass->n_chunks; i++)
    *squared_norm += pass->chunk_squares[i];
  for (guint i = 0; i < pass->n_micro; i++)
    loss += pass->micro_losses[i];
  *gradient = pass->lanes[0]->block;
  return loss / ((double) pass->batch * pass->shots);
}

static void
run_losses (guint item, guint thread, gpointer data)
{
  GscPass *pass = data;
  Seat *seat = &pass->seats[thread];
  guint first = item * pass->micro;
  guint n = MIN (pass->micro, pass->n_rows - first);
  gsize answers = (gsize) first * pass->shots;

  for (guint i = 0; i < n; i++)
    split_row (pass, pass->rows + (gsize) (first + i) * 3 * pass->shots,
               seat->tokens + i * pass->time, seat->targets + i * pass->shots);
  gsc_workspace_forward (seat->workspace, pass->weights, pass->table, seat->tokens, n);
  gsc_workspace_loss (seat->workspace, seat->targets, 0.0f, pass->losses + answers,
                      pass->best + answers);
}

void
gsc_pass_set_ablation (GscPass *pass, const GscAblation *ablation)
{
  for (guint i = 0; i < gsc_team_get_threads (pass->team); i++)
    gsc_workspace_set_ablation (pass->seats[i].workspace, ablation);
}

void
gsc_pass_losses (
    GscPass *pass, const float *weights, const int32_t *rows, guint n, float *losses, int32_t *best)
{
  pass->weights = weights;
  pass->rows = rows;
  pass->n_rows = n;
  pass->losses = losses;
  pass->best = best;
  gsc_team_run (pass->team, (n + pass->micro - 1) / pass->micro, run_losses, pass);
}
