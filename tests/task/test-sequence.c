/* test-sequence.c - drawing and reading sequences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-sequence.h"
#include "gsc-zp.h"

/* Pearson's statistic for a uniform distribution must not be more than 5 standard deviations above
 * its mean. The seeds are fixed, so a test that passes once always does. */
static void
check_uniform (const guint *counts, guint n_cells)
{
  double total = 0, sum = 0;
  double freedom = n_cells - 1.0;

  for (guint i = 0; i < n_cells; i++)
    total += counts[i];
  for (guint i = 0; i < n_cells; i++)
    {
      double expected = total / n_cells;

      sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
  g_assert_cmpfloat (sum, <, freedom + 5 * sqrt (2 * freedom));
}

static void
test_draw (void)
{
  enum
  {
    P = 7,
    N_PAIRS = 10,
    SHOTS = 5000
  };
  static const guint16 pairs[N_PAIRS] = { 0, 3, 7, 11, 12, 20, 33, 41, 47, 48 };
  static gint32 tokens[3 * SHOTS + 1];
  GscTask task = { .a = 3, .b = 5 };
  guint counts[P * P] = { 0 };
  guint pair_counts[N_PAIRS];
  guint follow_counts[P * P][P * P] = { 0 };
  GscRng rng;

  tokens[3 * SHOTS] = -77;
  gsc_rng_init (&rng, 9, GSC_RNG_EVAL, 1, 2);
  gsc_sequence_draw (&rng, P, &task, pairs, N_PAIRS, SHOTS, tokens);
  g_assert_cmpint (tokens[3 * SHOTS], ==, -77);
  for (int i = 0; i < SHOTS; i++)
    {
      const gint32 *example = &tokens[3 * i];

      g_assert_cmpint (example[0], >=, 0);
      g_assert_cmpint (example[0], <, P);
      g_assert_cmpint (example[1], >=, 0);
      g_assert_cmpint (example[1], <, P);
      g_assert_cmpint (example[2], ==, (3 * example[0] + 5 * example[1]) % P);
      counts[P * example[0] + example[1]]++;
      if (i > 0)
        follow_counts[P * example[-3] + example[-2]][P * example[0] + example[1]]++;
    }
  for (int i = 0; i < N_PAIRS; i++)
    {
      pair_counts[i] = counts[pairs[i]];
      counts[pairs[i]] = 0;
      g_assert_cmpuint (follow_counts[pairs[i]][pairs[i]], >, 0); /* with replacement */
    }
  for (int i = 0; i < P * P; i++)
    g_assert_cmpuint (counts[i], ==, 0); /* no pair from elsewhere */
  check_uniform (pair_counts, N_PAIRS);
}

static void
test_rows_any_order (void)
{
  enum
  {
    P = 11,
    SHOTS = 16,
    ROWS = 50
  };
  guint16 pairs[P * P];
  gint32 forward[ROWS][3 * SHOTS];
  gint32 backward[3 * SHOTS];
  GscTask task = { .a = 10, .b = 1 };

  for (int i = 0; i < P * P; i++)
    pairs[i] = (guint16) i;
  for (guint row = 0; row < ROWS; row++)
    gsc_sequence_draw_row (5, 1000, row, P, &task, pairs, P * P, SHOTS, forward[row]);
  for (guint row = ROWS; row-- > 0;)
    {
      gsc_sequence_draw_row (5, 1000, row, P, &task, pairs, P * P, SHOTS, backward);
      g_assert_cmpmem (backward, sizeof backward, forward[row], sizeof forward[row]);
      for (guint other = 0; other < row; other++)
        g_assert_cmpint (memcmp (forward[row], forward[other], sizeof forward[row]), !=, 0);

      gsc_sequence_draw_row (5, 1001, row, P, &task, pairs, P * P, SHOTS, backward);
      g_assert_cmpint (memcmp (backward, forward[row], sizeof backward), !=, 0);
      gsc_sequence_draw_row (6, 1000, row, P, &task, pairs, P * P, SHOTS, backward);
      g_assert_cmpint (memcmp (backward, forward[row], sizeof backward), !=, 0);
    }

  /* Fewer shots are the beginning of the same sequence. */
  gsc_sequence_draw_row (5, 1000, 7, P, &task, pairs, P * P, 4, backward);
  g_assert_cmpmem (backward, 12 * sizeof (gint32), forward[7], 12 * sizeof (gint32));
}

/* The same on every machine and in every later version: a run that is resumed must go on with the
 * data it would have had. */
static void
test_known_batch (void)
{
  static const gint32 known_row[] = { 1, 0, 2, 0, 1, 3, 1, 0, 2, 0, 3, 4 };
  static const guint known_tasks[] = { 2, 2, 1, 1, 2, 0, 0, 1 };
  static const guint16 pairs[] = { 1, 2, 3, 5, 8, 13, 21 };
  GscTask task = { .a = 2, .b = 3 };
  gint32 tokens[12];
  guint tasks[8];

  gsc_sequence_draw_row (42, 3, 1, 5, &task, pairs, G_N_ELEMENTS (pairs), 4, tokens);
  g_assert_cmpmem (tokens, sizeof tokens, known_row, sizeof known_row);
  gsc_sequence_batch_tasks (42, 3, 3, 8, tasks);
  g_assert_cmpmem (tasks, sizeof tasks, known_tasks, sizeof known_tasks);
}

static void
test_batch_balanced (void)
{
  static const guint sizes[][2] = {
    { 1, 1 },   { 1, 7 },     { 7, 1 },     { 7, 7 },   { 3, 8 },      { 96, 96 },
    { 96, 97 }, { 96, 1000 }, { 1000, 96 }, { 64, 96 }, { 512, 1024 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint64 step = 0; step < 20; step++)
      {
        guint n_tasks = sizes[i][0];
        guint batch = sizes[i][1];
        g_autofree guint *counts = g_new0 (guint, n_tasks);
        g_autofree guint *tasks = g_new0 (guint, batch + 1);
        g_autofree guint *again = g_new0 (guint, batch + 1);
        guint n_more = 0;

        tasks[batch] = again[batch] = 4711;
        gsc_sequence_batch_tasks (i, step, n_tasks, batch, tasks);
        gsc_sequence_batch_tasks (i, step, n_tasks, batch, again);
        g_assert_cmpuint (tasks[batch], ==, 4711);
        g_assert_cmpmem (tasks, batch * sizeof (guint), again, batch * sizeof (guint));
        for (guint row = 0; row < batch; row++)
          {
            g_assert_cmpuint (tasks[row], <, n_tasks);
            counts[tasks[row]]++;
          }
        for (guint task = 0; task < n_tasks; task++)
          {
            g_assert_cmpuint (counts[task], >=, batch / n_tasks);
            g_assert_cmpuint (counts[task], <=, batch / n_tasks + 1);
            n_more += counts[task] > batch / n_tasks;
          }
        g_assert_cmpuint (n_more, ==, batch % n_tasks);
      }
}

/* Over many steps: every subset of tasks is as likely to get a row more, and any task as likely to
 * be in any row. */
static void
test_batch_random (void)
{
  enum
  {
    N_TASKS = 5,
    BATCH = 7,
    N_STEPS = 20000
  };
  guint pair_counts[N_TASKS * N_TASKS] = { 0 };
  guint subset_counts[N_TASKS * (N_TASKS - 1) / 2];
  guint row_counts[BATCH][N_TASKS] = { 0 };
  guint n_subsets = 0;

  for (guint64 step = 0; step < N_STEPS; step++)
    {
      guint tasks[BATCH];
      guint counts[N_TASKS] = { 0 };

      gsc_sequence_batch_tasks (1, step, N_TASKS, BATCH, tasks);
      for (guint row = 0; row < BATCH; row++)
        {
          counts[tasks[row]]++;
          row_counts[row][tasks[row]]++;
        }
      for (guint i = 0; i < N_TASKS; i++)
        for (guint j = 0; j < i; j++)
          if (counts[i] == 2 && counts[j] == 2)
            pair_counts[i * N_TASKS + j]++;
    }
  for (guint i = 0; i < N_TASKS; i++)
    for (guint j = 0; j < i; j++)
      subset_counts[n_subsets++] = pair_counts[i * N_TASKS + j];
  check_uniform (subset_counts, n_subsets);
  for (guint row = 0; row < BATCH; row++)
    check_uniform (row_counts[row], N_TASKS);
}

static void
test_parse (void)
{
  static const gint32 expected[] = { 4, 21, 5, 2, 6, 19, 3, 8 };
  static const char *const spellings[] = {
    "4 21 5 2 6 19 3 8",         "4,21,5,2,6,19,3,8",         "4, 21, 5, 2, 6, 19, 3, 8",
    "  4\t21 5\n2 6 19\r\n3 8 ", "4 21 5 | 2 6 19 | 3 8",     "4 21 5; 2 6 19; 3 8;",
    "04 021 5 2 6 19 3 00008",   ",,4 21 ,5,, 2 6 19 3 8,,,",
  };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree gint32 *tokens = NULL;
      guint n = 0;

      g_assert_true (gsc_sequence_parse (spellings[i], 29, &tokens, &n, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (tokens, n * sizeof (gint32), expected, sizeof expected);
    }
}

static void
test_parse_refused (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } refused[] = {
    { "", "is empty" },
    { " \t\n", "is empty" },
    { ",|;", "is empty" },
    { "4 21 x", "“x” is not a whole number from 0 to 28 (number 3 of the sequence)." },
    { "4 29 5", "“29” is not a whole number from 0 to 28 (number 2" },
    { "-1 2", "“-1” is not" },
    { "+1 2", "“+1” is not" },
    { "1.5 2", "“1.5” is not" },
    { "1e1 2", "“1e1” is not" },
    { "0x10 2", "“0x10” is not" },
    { "1 2 3?", "“3?” is not" },
    { "99999999999999999999999999", "is not a whole number" },
    { "4294967296 1", "is not a whole number" },
    { "1 2 \xff\xfe", "number 3" },
    { "1 é", "“é” is not" },
    { "éééééééééééééééééééééééééééééééééééééééééééééééééé",
      "“éééééééééééééééééééééééééééééééééééééééé”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      gint32 *tokens = NULL;
      guint n = 4711;

      g_assert_false (gsc_sequence_parse (refused[i].text, 29, &tokens, &n, &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, refused[i].says));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (tokens);
      g_assert_cmpuint (n, ==, 4711);
    }
}

static void
test_length (void)
{
  for (guint n = 0; n < 100; n++)
    {
      g_autoptr (GError) error = NULL;
      gboolean ends_after_y = n % 3 == 2;
      gboolean complete = n > 0 && n % 3 == 0;

      g_assert_cmpint (gsc_sequence_check_length (n, &error), ==, ends_after_y || complete);
      if (ends_after_y || complete)
        g_assert_no_error (error);
      else
        g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
    }
}

static void
test_context (void)
{
  /* A question after the last example of a drawn sequence would stand where none did in training.
   */
  g_assert_cmpuint (gsc_sequence_count_context (48, FALSE), ==, 45);
  g_assert_cmpuint (gsc_sequence_count_context (48, TRUE), ==, 48);
  g_assert_cmpuint (gsc_sequence_count_context (6, FALSE), ==, 3);
  g_assert_cmpuint (gsc_sequence_count_context (3, FALSE), ==, 3);
  g_assert_cmpuint (gsc_sequence_count_context (3, TRUE), ==, 3);
  /* ends after a y */
  g_assert_cmpuint (gsc_sequence_count_context (8, TRUE), ==, 6);
  g_assert_cmpuint (gsc_sequence_count_context (2, TRUE), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequence/draw", test_draw);
  g_test_add_func ("/sequence/rows-any-order", test_rows_any_order);
  g_test_add_func ("/sequence/known-batch", test_known_batch);
  g_test_add_func ("/sequence/batch-balanced", test_batch_balanced);
  g_test_add_func ("/sequence/batch-random", test_batch_random);
  g_test_add_func ("/sequence/parse", test_parse);
  g_test_add_func ("/sequence/parse-refused", test_parse_refused);
  g_test_add_func ("/sequence/length", test_length);
  g_test_add_func ("/sequence/context", test_context);
  return g_test_run ();
}
