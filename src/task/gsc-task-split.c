/* gsc-task-split.c - which tasks are pre-training tasks and which are held out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-task-split.h"

#include <glib/gi18n.h>

#include "gsc-rng.h"
#include "gsc-zp.h"

gboolean
gsc_task_split_check (int p, guint n_id, GscTaskRule rule, GError **error)
{
  guint n_all;
  guint below;

  if (!gsc_zp_check_prime (p, error))
    return FALSE;

  n_all = (guint) (p * p);
  if (n_id < 1 || n_id >= n_all)
    {
      g_set_error (
          error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
          _ ("The number of pre-training tasks must be from 1 to %u (there are %u tasks at "
             "p = %d and at least one must be held out), not %u."),
          n_all - 1, n_all, p, n_id);
      return FALSE;
    }
  if (rule == GSC_TASK_RULE_RANDOM || n_id % 4 == 0)
    return TRUE;

  below = n_id - n_id % 4;
  if (below > 0)
    g_set_error (
        error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
        _ ("The rectangle rule needs a number of pre-training tasks that is a multiple of 4, "
           "such as %u or %u, not %u."),
        below, below + 4, /* p^2 - 1 is a multiple of 4 itself, so this is in range */
        n_id);
  else
    g_set_error (
        error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
        _ ("The rectangle rule needs a number of pre-training tasks that is a multiple of 4, "
           "4 at least, not %u."),
        n_id);
  return FALSE;
}

static void
task_split_clear (gpointer data)
{
  GscTaskSplit *split = data;

  g_free (split->tasks);
  g_free (split->index);
}

static GscTaskSplit *
task_split_alloc (int p)
{
  GscTaskSplit *split = g_atomic_rc_box_new0 (GscTaskSplit);

  split->p = p;
  split->tasks = g_new0 (GscTask, p * p);
  split->index = g_new0 (guint, p * p);
  return split;
}

GscTaskSplit *
gsc_task_split_ref (GscTaskSplit *split)
{
  return g_atomic_rc_box_acquire (split);
}

void
gsc_task_split_unref (GscTaskSplit *split)
{
  g_atomic_rc_box_release_full (split, task_split_clear);
}

/* A split under construction: which cells a * p + b are taken, and how many tasks are placed. */
typedef struct
{
  GscTaskSplit *split;
  gboolean *used;
  guint n_placed;
} Placing;

static void
place (Placing *placing, int cell, GscTaskOrigin origin, int rectangle)
{
  int p = placing->split->p;
  GscTask *task = &placing->split->tasks[placing->n_placed];

  task->a = cell / p;
  task->b = cell % p;
  task->role = origin == GSC_TASK_ORIGIN_HELD_OUT ? GSC_TASK_ROLE_OOD : GSC_TASK_ROLE_PRE_TRAINING;
  task->origin = origin;
  task->rectangle = rectangle;
  placing->split->index[cell] = placing->n_placed++;
  placing->used[cell] = TRUE;
}

/* Lists in @choices the cells (x, y) opposite to @seed in every rectangle that is still free. */
static guint
list_free_rectangles (const Placing *placing, const GscTask *seed, guint32 *choices)
{
  int p = placing->split->p;
  const gboolean *used = placing->used;
  guint n = 0;

  for (int x = 0; x < p; x++)
    {
      if (x == seed->a || x == seed->b || used[x * p + seed->b])
        continue;
      for (int y = 0; y < p; y++)
        {
          if (y == seed->a || y == seed->b || y == x)
            continue;
          if (!used[seed->a * p + y] && !used[x * p + y])
            choices[n++] = (guint32) (x * p + y);
        }
    }
  return n;
}

/* @cells: all cells in random order, used up as scratch space. */
static void
place_rectangles (Placing *placing, guint n_seeds, guint32 *cells, GscRng *rng)
{
  GscTaskSplit *split = placing->split;
  int p = split->p;

  for (guint i = 0; i < n_seeds; i++)
    place (placing, (int) cells[i], GSC_TASK_ORIGIN_SEED, -1);

  for (guint i = 0; i < n_seeds; i++)
    {
      GscTask *seed = &split->tasks[i];
      guint n_choices = list_free_rectangles (placing, seed, cells);
      int number, opposite, x, y;

      if (n_choices == 0)
        {
          split->n_filled += 3;
          continue;
        }
      number = (int) split->n_rectangles++;
      opposite = (int) cells[gsc_rng_below (rng, n_choices)];
      x = opposite / p;
      y = opposite % p;
      seed->rectangle = number;
      place (placing, seed->a * p + y, GSC_TASK_ORIGIN_RECTANGLE, number);
      place (placing, x * p + seed->b, GSC_TASK_ORIGIN_RECTANGLE, number);
      place (placing, opposite, GSC_TASK_ORIGIN_RECTANGLE, number);
    }
}

GscTaskSplit *
gsc_task_split_new (int p, guint n_id, GscTaskRule rule, guint64 seed, GError **error)
{
  GscTaskSplit *split;
  g_autofree gboolean *used = NULL;
  g_autofree guint32 *cells = NULL;
  Placing placing = { 0 };
  GscRng rng;
  guint n_all;
  guint n_left = 0;
  guint next = 0;

  if (!gsc_task_split_check (p, n_id, rule, error))
    return NULL;

  n_all = (guint) (p * p);
  split = task_split_alloc (p);
  split->n_id = n_id;
  split->n_ood = n_all - n_id;
  used = g_new0 (gboolean, n_all);
  cells = g_new (guint32, n_all);
  placing.split = split;
  placing.used = used;

  gsc_rng_init (&rng, seed, GSC_RNG_TASKS, 0, 0);
  for (guint i = 0; i < n_all; i++)
    cells[i] = i;
  gsc_rng_shuffle (&rng, cells, n_all);

  if (rule == GSC_TASK_RULE_RECTANGLE)
    place_rectangles (&placing, n_id / 4, cells, &rng);
  else
    for (guint i = 0; i < n_id; i++)
      place (&placing, (int) cells[i], GSC_TASK_ORIGIN_RANDOM, -1);

  for (guint cell = 0; cell < n_all; cell++)
    if (!used[cell])
      cells[n_left++] = cell;
  gsc_rng_shuffle (&rng, cells, n_left);
  while (placing.n_placed < n_id)
    place (&placing, (int) cells[next++], GSC_TASK_ORIGIN_FILLED, -1);
  while (next < n_left)
    place (&placing, (int) cells[next++], GSC_TASK_ORIGIN_HELD_OUT, -1);
  return split;
}

/* Checks one task of a file by itself. */
static gboolean
check_task (int p, const GscTask *task, guint row, GError **error)
{
  gboolean held_out = task->origin == GSC_TASK_ORIGIN_HELD_OUT;
  gboolean may_have_rectangle
      = task->origin == GSC_TASK_ORIGIN_SEED || task->origin == GSC_TASK_ORIGIN_RECTANGLE;
  const char *fault = NULL;

  /* Translators: these follow "Task 3 of the list, (1, 2), " */
  if (task->a < 0 || task->a >= p || task->b < 0 || task->b >= p)
    fault = _ ("has a number outside 0..p-1");
  else if (task->role != GSC_TASK_ROLE_PRE_TRAINING && task->role != GSC_TASK_ROLE_OOD)
    fault = _ ("has no known role");
  else if ((int) task->origin < 0 || task->origin > GSC_TASK_ORIGIN_HELD_OUT)
    fault = _ ("has no known origin");
  else if ((task->role == GSC_TASK_ROLE_OOD) != held_out)
    fault = _ ("has an origin that does not go with its role");
  else if (task->rectangle < -1 || task->rectangle >= p * p / 4)
    fault = _ ("has an impossible rectangle number");
  else if (task->rectangle >= 0 && !may_have_rectangle)
    fault = _ ("has a rectangle number but is no corner of a rectangle");
  else if (task->rectangle < 0 && task->origin == GSC_TASK_ORIGIN_RECTANGLE)
    fault = _ ("is a corner of a rectangle but has no rectangle number");
  if (fault == NULL)
    return TRUE;
  g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
               _ ("Task %u of the list, (%d, %d), %s (p = %d)."), row + 1, task->a, task->b, fault,
               p);
  return FALSE;
}

static gboolean
check_rectangles (const GscTaskSplit *split, GError **error)
{
  guint n_numbers = (guint) (split->p * split->p) / 4;
  g_autofree guint *corners = g_new0 (guint, n_numbers);

  for (guint i = 0; i < split->n_id; i++)
    if (split->tasks[i].rectangle >= 0)
      corners[split->tasks[i].rectangle]++;
  for (guint i = 0; i < n_numbers; i++)
    {
      guint expected = i < split->n_rectangles ? 4 : 0;

      if (corners[i] != expected)
        {
          g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                       _ ("Rectangle %u of the list of tasks has %u corners instead of %u."), i,
                       corners[i], expected);
          return FALSE;
        }
    }
  return TRUE;
}

GscTaskSplit *
gsc_task_split_new_from_tasks (int p, const GscTask *tasks, guint n_tasks, GError **error)
{
  g_autoptr (GscTaskSplit) split = NULL;
  g_autofree gboolean *seen = NULL;
  guint n_corners = 0;

  if (!gsc_zp_check_prime (p, error))
    return NULL;
  if (n_tasks != (guint) (p * p))
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   _ ("The list has %u tasks, but there are %d at p = %d."), n_tasks, p * p, p);
      return NULL;
    }

  split = task_split_alloc (p);
  seen = g_new0 (gboolean, n_tasks);
  for (guint i = 0; i < n_tasks; i++)
    {
      const GscTask *task = &tasks[i];
      int cell;

      if (!check_task (p, task, i, error))
        return NULL;
      cell = task->a * p + task->b;
      if (seen[cell])
        {
          g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                       _ ("The list holds the task (%d, %d) twice."), task->a, task->b);
          return NULL;
        }
      if (task->role == GSC_TASK_ROLE_PRE_TRAINING && split->n_ood > 0)
        {
          g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                       _ ("The pre-training task (%d, %d) stands after an o.o.d. task in the list; "
                          "the pre-training tasks must come first."),
                       task->a, task->b);
          return NULL;
        }
      seen[cell] = TRUE;
      split->tasks[i] = *task;
      split->index[cell] = i;
      if (task->role == GSC_TASK_ROLE_OOD)
        split->n_ood++;
      else
        split->n_id++;
      if (task->origin == GSC_TASK_ORIGIN_FILLED)
        split->n_filled++;
      if (task->rectangle >= 0)
        n_corners++;
    }
  split->n_rectangles = n_corners / 4;
  if (split->n_id == 0 || split->n_ood == 0)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   _ ("The list must hold at least one pre-training task and one o.o.d. task."));
      return NULL;
    }
  if (!check_rectangles (split, error))
    return NULL;
  return g_steal_pointer (&split);
}

int
gsc_task_split_lookup (const GscTaskSplit *split, int a, int b)
{
  if (a < 0 || a >= split->p || b < 0 || b >= split->p)
    return -1;
  return (int) split->index[a * split->p + b];
}

guint
gsc_task_split_n_scored_ood (const GscTaskSplit *split)
{
  return MIN (split->n_ood, GSC_TASK_SPLIT_MAX_SCORED_OOD);
}
