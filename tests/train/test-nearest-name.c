/* test-nearest-name.c - what a misspelt name was meant to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-nearest-name.h"

/* The edit distance by its definition, slowly. */
static guint
slow_distance (const char *a, const char *b)
{
  guint best;

  if (*a == '\0' || *b == '\0')
    return (guint) (strlen (a) + strlen (b));
  best = slow_distance (a + 1, b + 1) + (*a != *b);
  best = MIN (best, slow_distance (a + 1, b) + 1);
  best = MIN (best, slow_distance (a, b + 1) + 1);
  if (a[1] != '\0' && b[1] != '\0' && a[0] == b[1] && a[1] == b[0])
    best = MIN (best, slow_distance (a + 2, b + 2) + 1);
  return best;
}

/* As gsc_nearest_name() counts. */
static guint
slow_score (const char *text, const char *name)
{
  guint distance = slow_distance (text, name);

  return strlen (text) >= 3 && strstr (name, text) != NULL ? MIN (distance, 1) : distance;
}

static void
test_nearest_is_nearest (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint round = 0; round < 300; round++)
    {
      char words[5][7];
      const char *names[5] = { words[0], words[1], words[2], words[3], NULL };
      guint least = G_MAXUINT;
      const char *nearest = NULL;

      for (guint i = 0; i < 5; i++)
        {
          guint n = (guint) g_rand_int_range (random, 0, 6);

          for (guint j = 0; j < n; j++)
            words[i][j] = (char) g_rand_int_range (random, 'a', 'd');
          words[i][n] = '\0';
        }
      for (guint i = 0; i < 4; i++)
        if (slow_score (words[4], words[i]) < least)
          {
            least = slow_score (words[4], words[i]);
            nearest = words[i];
          }
      g_assert_true (gsc_nearest_name (words[4], names) == nearest);
    }
}

static void
test_spelling (void)
{
  static const char *const names[] = { "weight_decay", "warmup_steps", "muon_lr", "p", NULL };
  static const char *const cases[][2] = {
    { "WEIGHT-DECAY", "weight_decay" },
    { "decay", "weight_decay" },
    { "Steps", "warmup_steps" },
    { "warm-up-steps", "warmup_steps" },
    { "mu", "p" },
    { "muo", "muon_lr" },
    { "", "p" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (gsc_nearest_name (cases[i][0], names), ==, cases[i][1]);
}

static void
test_quote (void)
{
  static const char *const cases[][2] = {
    { "width", "width" },
    { "", "" },
    { "größe", "größe" },
    { "a\tb\x1b[0m", "a\xef\xbf\xbd"
                     "b\xef\xbf\xbd[0m" },
    { "\xff", "\xef\xbf\xbd" },
    { "0123456789012345678901234567890123456789", "0123456789012345678901234567890123456789" },
    { "01234567890123456789012345678901234567890", "0123456789012345678901234567890123456789…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = gsc_nearest_name_quote (cases[i][0]);

      g_assert_cmpstr (quoted, ==, cases[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearest-name/nearest-is-nearest", test_nearest_is_nearest);
  g_test_add_func ("/nearest-name/spelling", test_spelling);
  g_test_add_func ("/nearest-name/quote", test_quote);
  return g_test_run ();
}
