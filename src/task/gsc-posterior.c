/* gsc-posterior.c - what the examples of a context say about the next answer (Bayes)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-posterior.h"

#include <string.h>

/* Derives everything else from counts[]. */
static void
finish (GscPosterior *posterior)
{
  posterior->n_fitting = 0;
  posterior->best = -1;
  posterior->n_best = 0;
  memset (posterior->probability, 0, sizeof posterior->probability);
  for (int z = 0; z < posterior->p; z++)
    posterior->n_fitting += posterior->counts[z];
  if (posterior->n_fitting == 0)
    return;

  posterior->best = 0;
  for (int z = 0; z < posterior->p; z++)
    {
      guint count = posterior->counts[z];

      posterior->probability[z] = (double) count / posterior->n_fitting;
      if (count > posterior->counts[posterior->best])
        posterior->best = z;
    }
  for (int z = 0; z < posterior->p; z++)
    if (posterior->counts[z] == posterior->counts[posterior->best])
      posterior->n_best++;
}

/* The tasks that fit a context: the solutions (a, b) of linear equations a x_i + b y_i = z_i. */
typedef struct
{
  int rank;    /* 0: every task; 1: those of a line of p; 2: one task; -1: none */
  int x, y, z; /* rank 1: the one equation left */
  int a, b;    /* rank 2: the task */
} Solutions;

static int
modulo (int value, int p)
{
  int rest = value % p;

  return rest < 0 ? rest + p : rest;
}

/* Adds the equation a x + b y = z. */
static void
add_equation (Solutions *s, int p, int x, int y, int z)
{
  int determinant, inverse;

  if (s->rank == 2)
    {
      if ((s->a * x + s->b * y) % p != z)
        s->rank = -1;
      return;
    }
  if (x == 0 && y == 0)
    {
      if (z != 0)
        s->rank = -1;
      return;
    }
  if (s->rank == 0)
    {
      s->rank = 1;
      s->x = x;
      s->y = y;
      s->z = z;
      return;
    }
  determinant = modulo (s->x * y - s->y * x, p);
  if (determinant == 0)
    {
      /* (x, y) = c (s->x, s->y) for some c, and so z must be c times s->z. */
      int c = s->x != 0 ? x * gsc_zp_inverse (s->x, p) : y * gsc_zp_inverse (s->y, p);

      if (c % p * s->z % p != z)
        s->rank = -1;
      return;
    }
  inverse = gsc_zp_inverse (determinant, p); /* Cramer's rule */
  s->rank = 2;
  s->a = modulo (s->z * y - s->y * z, p) * inverse % p;
  s->b = modulo (s->x * z - s->z * x, p) * inverse % p;
}

static Solutions
solve (int p, const gint32 *tokens, guint n_examples)
{
  Solutions s = { 0 };

  for (guint i = 0; i < n_examples && s.rank >= 0; i++)
    add_equation (&s, p, tokens[3 * i], tokens[3 * i + 1], tokens[3 * i + 2]);
  return s;
}

void
gsc_posterior_all_tasks (
    GscPosterior *posterior, int p, const gint32 *tokens, guint n_examples, int x, int y)
{
  Solutions s = solve (p, tokens, n_examples);

  posterior->p = p;
  memset (posterior->counts, 0, sizeof posterior->counts);
  if (s.rank >= 0)
    {
      guint n_fitting = s.rank == 0 ? (guint) (p * p) : s.rank == 1 ? (guint) p : 1;

      /* Either the context fixes the answer z, so that no other equation is consistent with it, or
       * every z is answered by as many of the tasks. */
      for (int z = 0; z < p; z++)
        {
          Solutions with_answer = s;

          add_equation (&with_answer, p, x, y, z);
          if (with_answer.rank < 0)
            continue;
          posterior->counts[z] = with_answer.rank == s.rank ? n_fitting : n_fitting / (guint) p;
        }
    }
  finish (posterior);
}

static gboolean
task_fits (const GscTask *task, int p, const gint32 *tokens, guint n_examples)
{
  for (guint i = 0; i < n_examples; i++)
    if (gsc_task_answer (task, p, tokens[3 * i], tokens[3 * i + 1]) != tokens[3 * i + 2])
      return FALSE;
  return TRUE;
}

void
gsc_posterior_of_tasks (GscPosterior *posterior,
                        int p,
                        const GscTask *tasks,
                        guint n_tasks,
                        const gint32 *tokens,
                        guint n_examples,
                        int x,
                        int y)
{
  posterior->p = p;
  memset (posterior->counts, 0, sizeof posterior->counts);
  for (guint i = 0; i < n_tasks; i++)
    if (task_fits (&tasks[i], p, tokens, n_examples))
      posterior->counts[gsc_task_answer (&tasks[i], p, x, y)]++;
  finish (posterior);
}

double
gsc_posterior_accuracy (const GscPosterior *posterior, int z)
{
  if (posterior->n_fitting == 0)
    return 1.0 / posterior->p;
  if (posterior->counts[z] < posterior->counts[posterior->best])
    return 0;
  return 1.0 / posterior->n_best;
}
