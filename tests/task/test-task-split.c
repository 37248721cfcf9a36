/* test-task-split.c - invariants of the task split over many primes, sizes and seeds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-task-split.h"
#include "gsc-zp.h"

/* Roles, sizes, and that every task is there once and found by its numbers. */
static void
check_partition (const GscTaskSplit *split, int p, guint n_id)
{
  g_autofree gboolean *seen = g_new0 (gboolean, p * p);

  g_assert_cmpint (split->p, ==, p);
  g_assert_cmpuint (split->n_id, ==, n_id);
  g_assert_cmpuint (split->n_id + split->n_ood, ==, p * p);
  g_assert_cmpuint (gsc_task_split_n_scored_ood (split), ==, MIN (p * p - n_id, 256));
  for (guint i = 0; i < (guint) (p * p); i++)
    {
      const GscTask *task = &split->tasks[i];

      g_assert_cmpint (task->a, >=, 0);
      g_assert_cmpint (task->a, <, p);
      g_assert_cmpint (task->b, >=, 0);
      g_assert_cmpint (task->b, <, p);
      g_assert_false (seen[task->a * p + task->b]);
      seen[task->a * p + task->b] = TRUE;
      g_assert_cmpint (gsc_task_split_lookup (split, task->a, task->b), ==, (int) i);
      g_assert_cmpint (task->role, ==, i < n_id ? GSC_TASK_ROLE_PRE_TRAINING : GSC_TASK_ROLE_OOD);
      g_assert_cmpint (task->origin == GSC_TASK_ORIGIN_HELD_OUT, ==, i >= n_id);
      if (task->role == GSC_TASK_ROLE_OOD)
        g_assert_cmpint (task->rectangle, ==, -1);
    }
  g_assert_cmpint (gsc_task_split_lookup (split, -1, 0), ==, -1);
  g_assert_cmpint (gsc_task_split_lookup (split, 0, p), ==, -1);
}

static gboolean
is_allowed (const GscTask *seed, int x, int y)
{
  return x != seed->a && x != seed->b && y != seed->a && y != seed->b && y != x;
}

/* Goes through the rectangles in the order they were made and checks each choice against the cells
 * that were taken by then. */
static void
check_rectangles (const GscTaskSplit *split)
{
  int p = split->p;
  guint n_seeds = split->n_id / 4;
  guint next = n_seeds;
  guint n_without = 0;
  int number = 0;
  g_autofree gboolean *used = g_new0 (gboolean, p * p);

  for (guint i = 0; i < n_seeds; i++)
    {
      g_assert_cmpint (split->tasks[i].origin, ==, GSC_TASK_ORIGIN_SEED);
      used[split->tasks[i].a * p + split->tasks[i].b] = TRUE;
    }
  for (guint i = 0; i < n_seeds; i++)
    {
      const GscTask *seed = &split->tasks[i];
      const GscTask *corner = &split->tasks[next];

      if (seed->rectangle == -1)
        {
          n_without++;
          for (int x = 0; x < p; x++)
            for (int y = 0; y < p; y++)
              g_assert_false (is_allowed (seed, x, y) && !used[seed->a * p + y]
                              && !used[x * p + seed->b] && !used[x * p + y]);
          continue;
        }
      g_assert_cmpint (seed->rectangle, ==, number);
      for (int j = 0; j < 3; j++)
        {
          g_assert_cmpint (corner[j].origin, ==, GSC_TASK_ORIGIN_RECTANGLE);
          g_assert_cmpint (corner[j].rectangle, ==, number);
          g_assert_false (used[corner[j].a * p + corner[j].b]);
          used[corner[j].a * p + corner[j].b] = TRUE;
        }
      g_assert_true (is_allowed (seed, corner[2].a, corner[2].b));
      g_assert_cmpint (corner[0].a, ==, seed->a);
      g_assert_cmpint (corner[0].b, ==, corner[2].b);
      g_assert_cmpint (corner[1].a, ==, corner[2].a);
      g_assert_cmpint (corner[1].b, ==, seed->b);
      next += 3;
      number++;
    }
  for (guint i = next; i < split->n_id; i++)
    {
      g_assert_cmpint (split->tasks[i].origin, ==, GSC_TASK_ORIGIN_FILLED);
      g_assert_cmpint (split->tasks[i].rectangle, ==, -1);
    }
  g_assert_cmpuint (split->n_rectangles, ==, (guint) number);
  g_assert_cmpuint (split->n_filled, ==, 3 * n_without);
  g_assert_cmpuint (split->n_filled, ==, split->n_id - next);
}

static gboolean
splits_equal (const GscTaskSplit *a, const GscTaskSplit *b)
{
  return a->p == b->p && a->n_id == b->n_id && a->n_ood == b->n_ood && a->n_filled == b->n_filled
         && a->n_rectangles == b->n_rectangles
         && memcmp (a->tasks, b->tasks, a->p * a->p * sizeof (GscTask)) == 0;
}

static void
check_split (int p, guint n_id, GscTaskRule rule, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTaskSplit) split = gsc_task_split_new (p, n_id, rule, seed, &error);
  g_autoptr (GscTaskSplit) again = gsc_task_split_new (p, n_id, rule, seed, &error);
  g_autoptr (GscTaskSplit) loaded = NULL;

  g_assert_no_error (error);
  check_partition (split, p, n_id);
  if (rule == GSC_TASK_RULE_RECTANGLE)
    check_rectangles (split);
  else
    {
      g_assert_cmpuint (split->n_filled, ==, 0);
      g_assert_cmpuint (split->n_rectangles, ==, 0);
      for (guint i = 0; i < n_id; i++)
        {
          g_assert_cmpint (split->tasks[i].origin, ==, GSC_TASK_ORIGIN_RANDOM);
          g_assert_cmpint (split->tasks[i].rectangle, ==, -1);
        }
    }
  g_assert_true (splits_equal (split, again));

  loaded = gsc_task_split_new_from_tasks (p, split->tasks, p * p, &error);
  g_assert_no_error (error);
  g_assert_true (splits_equal (split, loaded));
  check_partition (loaded, p, n_id);
}

static void
test_invariants (void)
{
  for (int p = GSC_ZP_MIN; p <= GSC_ZP_MAX; p++)
    {
      guint n_all = (guint) (p * p);
      guint rectangle_sizes[]
          = { 4, 8, n_all / 16 * 4, n_all / 8 * 4, n_all / 5 * 4, n_all - 5, n_all - 1 };
      guint random_sizes[] = { 1, 2, 3, n_all / 3, n_all / 2, n_all - 2, n_all - 1 };
      guint n_seeds = p < 30 ? 20 : 1;

      if (!gsc_zp_is_prime (p))
        continue;
      for (guint seed = 0; seed < n_seeds; seed++)
        for (guint i = 0; i < G_N_ELEMENTS (random_sizes); i++)
          {
            if (rectangle_sizes[i] >= 4)
              check_split (p, rectangle_sizes[i], GSC_TASK_RULE_RECTANGLE, seed);
            check_split (p, random_sizes[i], GSC_TASK_RULE_RANDOM, seed);
          }
    }
}

static void
test_filling (void)
{
  guint n_filled = 0;

  /* experiment.md: 96 of 121 tasks at p = 11 needs filling (for nearly every seed); the paper's
   * sizes do not. */
  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (GscTaskSplit) crowded
          = gsc_task_split_new (11, 96, GSC_TASK_RULE_RECTANGLE, seed, NULL);
      g_autoptr (GscTaskSplit) paper
          = gsc_task_split_new (29, 256, GSC_TASK_RULE_RECTANGLE, seed, NULL);

      n_filled += crowded->n_filled > 0;
      g_assert_cmpuint (paper->n_filled, ==, 0);
      g_assert_cmpuint (paper->n_rectangles, ==, 64);
    }
  g_assert_cmpuint (n_filled, >, 40);
}

static void
test_seeds_differ (void)
{
  static const guint64 seeds[] = { 0, 1, 2, G_GUINT64_CONSTANT (1) << 32, G_MAXUINT64 };
  GscTaskSplit *splits[G_N_ELEMENTS (seeds)];

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      splits[i] = gsc_task_split_new (11, 32, GSC_TASK_RULE_RECTANGLE, seeds[i], NULL);
      for (guint j = 0; j < i; j++)
        g_assert_false (splits_equal (splits[i], splits[j]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    gsc_task_split_unref (splits[i]);
}

/* A run's folder names its seed: the split must be the same on every machine and in every later
 * version. The hashes are from an independent implementation (Python, from experiment.md). */
static void
test_known_splits (void)
{
  static const struct
  {
    int p;
    guint n_id;
    GscTaskRule rule;
    guint64 seed;
    guint32 hash;
  } known[] = {
    { 11, 96, GSC_TASK_RULE_RECTANGLE, 1, 0x0fd25e94 },
    { 29, 64, GSC_TASK_RULE_RECTANGLE, 42, 0xa1c1f09d },
    { 29, 100, GSC_TASK_RULE_RANDOM, 7, 0x8334e499 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GscTaskSplit) split
          = gsc_task_split_new (known[i].p, known[i].n_id, known[i].rule, known[i].seed, NULL);
      guint32 hash = 2166136261u;

      for (int j = 0; j < split->p * split->p; j++)
        {
          hash = (hash ^ (guint32) split->tasks[j].a) * 16777619u;
          hash = (hash ^ (guint32) split->tasks[j].b) * 16777619u;
          hash = (hash ^ (guint32) split->tasks[j].origin) * 16777619u;
        }
      g_assert_cmphex (hash, ==, known[i].hash);
    }
}

/* Pearson's statistic may be this large: 5 standard deviations above its mean. The seeds are fixed,
 * so a test that passes once always does. */
static double
chi_square_limit (guint n_cells)
{
  double freedom = n_cells - 1.0;

  return freedom + 5 * sqrt (2 * freedom);
}

static double
chi_square (const guint *counts, const double *expected, guint n_cells)
{
  double sum = 0;

  for (guint i = 0; i < n_cells; i++)
    sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  return sum;
}

/* The first seed is uniform over all tasks, and its rectangle uniform over those allowed. */
static void
test_rectangle_distribution (void)
{
  enum
  {
    P = 5,
    N_SPLITS = 18000
  };
  guint counts[P * P * P * P] = { 0 };
  guint cell_counts[P * P * P * P];
  double expected[P * P * P * P];
  guint n_cells = 0;

  for (guint64 seed = 0; seed < N_SPLITS; seed++)
    {
      g_autoptr (GscTaskSplit) split
          = gsc_task_split_new (P, 4, GSC_TASK_RULE_RECTANGLE, seed, NULL);
      const GscTask *tasks = split->tasks;

      counts[((tasks[0].a * P + tasks[0].b) * P + tasks[3].a) * P + tasks[3].b]++;
    }
  for (int a = 0; a < P; a++)
    for (int b = 0; b < P; b++)
      {
        /* x avoids a and b, y avoids a, b and x. */
        double n_choices = a == b ? (P - 1) * (P - 2) : (P - 2) * (P - 3);
        GscTask task = { .a = a, .b = b };

        for (int x = 0; x < P; x++)
          for (int y = 0; y < P; y++)
            {
              guint count = counts[((a * P + b) * P + x) * P + y];

              if (!is_allowed (&task, x, y))
                {
                  g_assert_cmpuint (count, ==, 0);
                  continue;
                }
              cell_counts[n_cells] = count;
              expected[n_cells++] = N_SPLITS / (P * P * n_choices);
            }
      }
  g_assert_cmpuint (n_cells, ==, 180);
  g_assert_cmpfloat (chi_square (cell_counts, expected, n_cells), <, chi_square_limit (n_cells));
}

/* Random rule: any task is as likely pre-trained, and as likely the first of the held-out ones. */
static void
test_random_distribution (void)
{
  enum
  {
    P = 5,
    N_ID = 10,
    N_SPLITS = 10000
  };
  guint n_id[P * P] = { 0 };
  guint n_first[P * P] = { 0 };
  double expected_id[P * P];
  double expected_first[P * P];

  for (guint64 seed = 0; seed < N_SPLITS; seed++)
    {
      g_autoptr (GscTaskSplit) split
          = gsc_task_split_new (P, N_ID, GSC_TASK_RULE_RANDOM, seed, NULL);

      for (guint i = 0; i < N_ID; i++)
        n_id[split->tasks[i].a * P + split->tasks[i].b]++;
      n_first[split->tasks[N_ID].a * P + split->tasks[N_ID].b]++;
    }
  for (guint i = 0; i < P * P; i++)
    {
      expected_id[i] = N_SPLITS * (double) N_ID / (P * P);
      expected_first[i] = N_SPLITS / (double) (P * P);
    }
  g_assert_cmpfloat (chi_square (n_id, expected_id, P * P), <, chi_square_limit (P * P));
  g_assert_cmpfloat (chi_square (n_first, expected_first, P * P), <, chi_square_limit (P * P));
}

static void
test_refused_sizes (void)
{
  static const struct
  {
    int p;
    guint n_id;
    GscTaskRule rule;
    const char *says;
  } refused[] = {
    { 10, 8, GSC_TASK_RULE_RECTANGLE, "p must be a prime from 3 to 97, not 10." },
    { 2, 1, GSC_TASK_RULE_RANDOM, "p must be a prime" },
    { 101, 8, GSC_TASK_RULE_RANDOM, "p must be a prime" },
    { -11, 8, GSC_TASK_RULE_RANDOM, "p must be a prime" },
    { 11, 0, GSC_TASK_RULE_RANDOM, "must be from 1 to 120" },
    { 11, 0, GSC_TASK_RULE_RECTANGLE, "must be from 1 to 120" },
    { 11, 121, GSC_TASK_RULE_RANDOM, "not 121." },
    { 11, 124, GSC_TASK_RULE_RECTANGLE, "must be from 1 to 120" },
    { 11, G_MAXUINT, GSC_TASK_RULE_RANDOM, "must be from 1 to 120" },
    { 11, 30, GSC_TASK_RULE_RECTANGLE, "multiple of 4, such as 28 or 32, not 30." },
    { 11, 119, GSC_TASK_RULE_RECTANGLE, "such as 116 or 120, not 119." },
    { 11, 3, GSC_TASK_RULE_RECTANGLE, "multiple of 4, 4 at least, not 3." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          gsc_task_split_new (refused[i].p, refused[i].n_id, refused[i].rule, 0, &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
      g_assert_nonnull (strstr (error->message, refused[i].says));
      g_assert_false (gsc_task_split_check (refused[i].p, refused[i].n_id, refused[i].rule, NULL));
    }
}

/* Each fault in turn in an otherwise good list of p = 5 tasks: 8 in 2 rectangles, 17 held out. */
static void
test_refused_lists (void)
{
  enum
  {
    P = 5,
    N = P * P
  };
  static const struct
  {
    guint row;
    GscTask task; /* a = -2: keep the numbers of the good list */
    const char *says;
  } faults[] = {
    { 0, { -1, 0, 0, 0, 0 }, "Task 1 of the list, (-1, 0), has a number outside 0..p-1" },
    { 3, { 0, P, 0, 1, 0 }, "outside 0..p-1" },
    { 3, { G_MAXINT, 0, 0, 1, 0 }, "outside 0..p-1" },
    { 3, { -2, 0, 7, GSC_TASK_ORIGIN_RECTANGLE, 0 }, "no known role" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, 99, 0 }, "no known origin" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_HELD_OUT, -1 }, "go with its role" },
    { 20, { -2, 0, GSC_TASK_ROLE_OOD, GSC_TASK_ORIGIN_FILLED, -1 }, "go with its role" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_RECTANGLE, -2 }, "impossible" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_RECTANGLE, 6 }, "impossible" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_FILLED, 0 }, "no corner" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_RECTANGLE, -1 }, "no rectangle" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_RECTANGLE, 1 }, "3 corners" },
    { 3, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_RECTANGLE, 5 }, "3 corners" },
    { 20, { -2, 0, GSC_TASK_ROLE_PRE_TRAINING, GSC_TASK_ORIGIN_FILLED, -1 }, "must come first" },
  };
  g_autoptr (GscTaskSplit) good = gsc_task_split_new (P, 8, GSC_TASK_RULE_RECTANGLE, 3, NULL);
  GscTask tasks[N + 1] = { 0 };

  g_assert_cmpuint (good->n_rectangles, ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      GscTask *task = &tasks[faults[i].row];
      GscTask was;
      g_autoptr (GError) error = NULL;

      memcpy (tasks, good->tasks, N * sizeof (GscTask));
      was = *task;
      *task = faults[i].task;
      if (task->a == -2)
        {
          task->a = was.a;
          task->b = was.b;
        }
      g_assert_null (gsc_task_split_new_from_tasks (P, tasks, N, &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, faults[i].says));
    }
}

static void
test_refused_list_sizes (void)
{
  enum
  {
    P = 5,
    N = P * P
  };
  g_autoptr (GscTaskSplit) good = gsc_task_split_new (P, 8, GSC_TASK_RULE_RANDOM, 3, NULL);
  GscTask tasks[N + 1] = { 0 };
  GError *error = NULL;

  memcpy (tasks, good->tasks, N * sizeof (GscTask));
  g_assert_null (gsc_task_split_new_from_tasks (P, tasks, N - 1, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, "The list has 24 tasks, but there are 25 at p = 5.");
  g_clear_error (&error);

  g_assert_null (gsc_task_split_new_from_tasks (P, tasks, N + 1, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  g_clear_error (&error);

  g_assert_null (gsc_task_split_new_from_tasks (6, tasks, 36, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  g_clear_error (&error);

  tasks[N - 1] = tasks[N - 2];
  g_assert_null (gsc_task_split_new_from_tasks (P, tasks, N, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "twice"));
  g_clear_error (&error);

  memcpy (tasks, good->tasks, N * sizeof (GscTask));
  for (guint i = 0; i < N; i++)
    {
      tasks[i].role = GSC_TASK_ROLE_OOD;
      tasks[i].origin = GSC_TASK_ORIGIN_HELD_OUT;
    }
  g_assert_null (gsc_task_split_new_from_tasks (P, tasks, N, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "at least one pre-training task"));
  g_clear_error (&error);
}

static void
test_references (void)
{
  GscTaskSplit *split = gsc_task_split_new (5, 8, GSC_TASK_RULE_RANDOM, 3, NULL);

  g_assert_true (gsc_task_split_ref (split) == split);
  gsc_task_split_unref (split);
  check_partition (split, 5, 8);
  gsc_task_split_unref (split);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task-split/invariants", test_invariants);
  g_test_add_func ("/task-split/filling", test_filling);
  g_test_add_func ("/task-split/seeds-differ", test_seeds_differ);
  g_test_add_func ("/task-split/known-splits", test_known_splits);
  g_test_add_func ("/task-split/rectangle-distribution", test_rectangle_distribution);
  g_test_add_func ("/task-split/random-distribution", test_random_distribution);
  g_test_add_func ("/task-split/refused-sizes", test_refused_sizes);
  g_test_add_func ("/task-split/refused-lists", test_refused_lists);
  g_test_add_func ("/task-split/refused-list-sizes", test_refused_list_sizes);
  g_test_add_func ("/task-split/references", test_references);
  return g_test_run ();
}
