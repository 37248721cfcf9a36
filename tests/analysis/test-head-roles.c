/* test-head-roles.c - heads made by hand have the roles that they were made for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-head-roles.h"
#include "gsc-head-similarity.h"
#include "gsc-ratio-match.h"

#define P 7
#define SHOTS 16
#define N (3 * SHOTS - 1)
#define STRIDE (N + 2)

typedef enum
{
  HEAD_PREVIOUS,
  HEAD_TWO_BACK, /* the first token where there is none */
  HEAD_FIRST,
  HEAD_EXAMPLE, /* evenly at its own example */
  HEAD_SLOT,    /* evenly at its slot of earlier examples, at the first token before there is one */
  HEAD_RATIO,   /* evenly at the tokens of explaining examples, else at itself */
  HEAD_SELF,
  HEAD_EVEN,
  HEAD_RANDOM,
  N_HEADS,
} Head;

static void
draw_tokens (gint32 *tokens, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < 3 * SHOTS; i++)
    tokens[i] = g_rand_int_range (random, 0, P);
}

/* Whether example @i explains the query at (x, y), by trying all c. */
static gboolean
explains (const gint32 *tokens, guint i, int x, int y)
{
  for (int c = 0; c < P; c++)
    if (c * tokens[3 * i] % P == x && c * tokens[3 * i + 1] % P == y)
      return TRUE;
  return FALSE;
}

static gboolean
likes (Head head, const gint32 *tokens, guint query, guint key)
{
  switch (head)
    {
    case HEAD_PREVIOUS:
      return key + 1 == query;
    case HEAD_TWO_BACK:
      return key + 2 == query;
    case HEAD_FIRST:
      return key == 0;
    case HEAD_EXAMPLE:
      return key / 3 == query / 3;
    case HEAD_SLOT:
      return key < query && key % 3 == query % 3;
    case HEAD_RATIO:
      return query % 3 == 1 && key / 3 < query / 3
             && explains (tokens, key / 3, tokens[query - 1], tokens[query]);
    case HEAD_SELF:
      return key == query;
    default:
      return TRUE;
    }
}

/* [N][STRIDE]; what is not part of the map is not a number. */
static float *
make_head (Head head, const gint32 *tokens)
{
  float *attention = g_new (float, N *STRIDE);
  g_autoptr (GRand) random = g_rand_new_with_seed (head);

  for (guint query = 0; query < N; query++)
    {
      float *row = attention + query * STRIDE;
      double sum = 0;

      for (guint key = 0; key < STRIDE; key++)
        row[key] = key < N ? 0 : NAN;
      for (guint key = 0; key <= query; key++)
        {
          row[key] = likes (head, tokens, query, key);
          if (head == HEAD_RANDOM)
            row[key] = (float) g_rand_double (random);
          sum += row[key];
        }
      if (sum == 0)
        sum = row[head == HEAD_RATIO ? query : 0] = 1;
      for (guint key = 0; key <= query; key++)
        row[key] = (float) (row[key] / sum);
    }
  return attention;
}

static void
measure (GscHeadRoles *roles, Head head, guint seed)
{
  gint32 tokens[3 * SHOTS];
  g_autofree float *attention = NULL;

  draw_tokens (tokens, seed);
  attention = make_head (head, tokens);
  gsc_head_roles_measure (roles, P, tokens, N, attention, STRIDE);
}

static void
test_perfect (void)
{
  static const struct
  {
    Head head;
    GscHeadRole role;
  } perfect[] = {
    { HEAD_PREVIOUS, GSC_HEAD_ROLE_PREVIOUS }, { HEAD_TWO_BACK, GSC_HEAD_ROLE_TWO_BACK },
    { HEAD_FIRST, GSC_HEAD_ROLE_FIRST },       { HEAD_EXAMPLE, GSC_HEAD_ROLE_EXAMPLE },
    { HEAD_SELF, GSC_HEAD_ROLE_EXAMPLE },      { HEAD_SLOT, GSC_HEAD_ROLE_SLOT },
    { HEAD_RATIO, GSC_HEAD_ROLE_RATIO },
  };

  for (guint seed = 0; seed < 20; seed++)
    for (guint i = 0; i < G_N_ELEMENTS (perfect); i++)
      {
        GscHeadRoles roles;

        measure (&roles, perfect[i].head, seed);
        if (roles.queries[perfect[i].role] < GSC_HEAD_ROLE_MIN_QUERIES)
          {
            g_assert_cmpint (perfect[i].role, ==, GSC_HEAD_ROLE_RATIO);
            continue;
          }
        g_assert_cmpfloat_with_epsilon (roles.share[perfect[i].role], 1, 1e-5);
        g_assert_cmpfloat (roles.share[perfect[i].role], >, roles.chance[perfect[i].role]);
        g_assert_cmpfloat_with_epsilon (gsc_head_roles_get_excess (&roles, perfect[i].role), 1,
                                        1e-5);
        if (perfect[i].head != HEAD_RATIO) /* which looks at itself most of the time */
          g_assert_cmpint (roles.best, ==, perfect[i].role);
        if (perfect[i].head == HEAD_PREVIOUS)
          {
            /* y and z see one of their own example in the token before, x does not */
            g_assert_cmpfloat_with_epsilon (roles.share[GSC_HEAD_ROLE_EXAMPLE],
                                            (2 * SHOTS - 3) / (3.0 * SHOTS - 4), 1e-9);
            g_assert_cmpfloat (roles.share[GSC_HEAD_ROLE_SLOT], ==, 0);
          }
        if (perfect[i].head != HEAD_EXAMPLE && perfect[i].head != HEAD_SLOT
            && perfect[i].head != HEAD_RATIO)
          g_assert_cmpfloat_with_epsilon (roles.spread, 0, 1e-9);
      }
}

/* An even head has what chance has, and no role. */
static void
test_even (void)
{
  for (guint seed = 0; seed < 20; seed++)
    {
      GscHeadRoles roles;

      measure (&roles, HEAD_EVEN, seed);
      for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
        g_assert_cmpfloat_with_epsilon (roles.share[role], roles.chance[role], 1e-6);
      g_assert_cmpfloat_with_epsilon (roles.spread, 1, 1e-6);
      g_assert_cmpint (roles.best, ==, GSC_HEAD_ROLE_NONE);

      measure (&roles, HEAD_RANDOM, seed);
      g_assert_cmpint (roles.best, ==, GSC_HEAD_ROLE_NONE);
    }
}

/* A head that does not look at contents has the same-ratio share that chance has, on average over
 * many sequences, though the slot head sees nothing but earlier examples. */
static void
test_chance (void)
{
  static const Head heads[]
      = { HEAD_PREVIOUS, HEAD_TWO_BACK, HEAD_FIRST, HEAD_SLOT, HEAD_RANDOM, HEAD_EVEN };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      GscHeadRoles parts[400], roles;
      double share, chance;

      for (guint seed = 0; seed < G_N_ELEMENTS (parts); seed++)
        measure (&parts[seed], heads[i], seed);
      gsc_head_roles_pool (&roles, parts, G_N_ELEMENTS (parts), 1);
      share = roles.share[GSC_HEAD_ROLE_RATIO];
      chance = roles.chance[GSC_HEAD_ROLE_RATIO];
      g_assert_cmpfloat_with_epsilon (share, chance, 0.02);
      g_assert_cmpuint (roles.queries[GSC_HEAD_ROLE_RATIO], >, 1000);
    }
}

/* By definition, key by key. */
static void
test_brute_force (void)
{
  for (guint head = 0; head < N_HEADS; head++)
    {
      double share[GSC_N_HEAD_ROLES] = { 0 }, chance[GSC_N_HEAD_ROLES] = { 0 };
      guint queries[GSC_N_HEAD_ROLES] = { 0 };
      double spread = 0;
      gint32 tokens[3 * SHOTS];
      g_autofree float *attention = NULL;
      GscHeadRoles roles;

      draw_tokens (tokens, 100 + head);
      attention = make_head (head, tokens);
      for (guint query = 1; query < N; query++)
        {
          double entropy = 0, earlier = 0;
          guint n_explaining = 0;

          for (guint i = 0; i < query / 3; i++)
            n_explaining
                += query % 3 == 1 && explains (tokens, i, tokens[query - 1], tokens[query]);
          for (guint key = 0; key <= query; key++)
            {
              double weight = attention[query * STRIDE + key];
              gboolean is[GSC_N_HEAD_ROLES] = {
                [GSC_HEAD_ROLE_PREVIOUS] = key == query - 1,
                [GSC_HEAD_ROLE_TWO_BACK] = key + 2 == query,
                [GSC_HEAD_ROLE_FIRST] = key == 0,
                [GSC_HEAD_ROLE_EXAMPLE] = key / 3 == query / 3,
                [GSC_HEAD_ROLE_SLOT] = key / 3 < query / 3 && key % 3 == query % 3,
                [GSC_HEAD_ROLE_RATIO]
                = key / 3 < query / 3 && query % 3 == 1
                  && explains (tokens, key / 3, tokens[query - 1], tokens[query]),
              };

              for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
                {
                  gboolean counts = role <= GSC_HEAD_ROLE_FIRST || query >= 3;

                  if (role == GSC_HEAD_ROLE_TWO_BACK)
                    counts = query >= 2;
                  if (role == GSC_HEAD_ROLE_RATIO)
                    counts = n_explaining > 0 && n_explaining < query / 3;
                  if (!counts)
                    continue;
                  queries[role] += key == 0;
                  share[role] += weight * is[role];
                  if (role != GSC_HEAD_ROLE_RATIO)
                    chance[role] += is[role] / (query + 1.0);
                  else if (key / 3 < query / 3)
                    chance[role] += weight * n_explaining / (query / 3);
                }
              earlier += weight;
              entropy -= weight > 0 ? weight * log2 (weight) : 0;
            }
          g_assert_cmpfloat_with_epsilon (earlier, 1, 1e-5);
          spread += entropy / log2 (query + 1) / (N - 1);
        }

      gsc_head_roles_measure (&roles, P, tokens, N, attention, STRIDE);
      for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
        {
          g_assert_cmpuint (roles.queries[role], ==, queries[role]);
          g_assert_cmpuint (queries[role], >, 0);
          g_assert_cmpfloat_with_epsilon (roles.share[role], share[role] / queries[role], 1e-6);
          g_assert_cmpfloat_with_epsilon (roles.chance[role], chance[role] / queries[role], 1e-6);
        }
      g_assert_cmpfloat_with_epsilon (roles.spread, spread, 1e-6);
    }
}

/* Pooled roles are those of all queries together. */
static void
test_pool (void)
{
  GscHeadRoles parts[6], all;
  double share = 0;
  guint n = 0;

  for (guint i = 0; i < 3; i++)
    {
      measure (&parts[2 * i], HEAD_RATIO, i);
      measure (&parts[2 * i + 1], HEAD_FIRST, i);
      share += parts[2 * i].share[GSC_HEAD_ROLE_EXAMPLE]
               * parts[2 * i].queries[GSC_HEAD_ROLE_EXAMPLE];
      n += parts[2 * i].queries[GSC_HEAD_ROLE_RATIO];
    }
  gsc_head_roles_pool (&all, parts, 3, 2);
  g_assert_cmpuint (all.queries[GSC_HEAD_ROLE_EXAMPLE], ==, 3 * (N - 3));
  g_assert_cmpfloat_with_epsilon (all.share[GSC_HEAD_ROLE_EXAMPLE], share / (3 * (N - 3)), 1e-9);
  g_assert_cmpuint (all.queries[GSC_HEAD_ROLE_RATIO], ==, n);
  g_assert_cmpfloat_with_epsilon (all.share[GSC_HEAD_ROLE_RATIO], 1, 1e-5);
  gsc_head_roles_pool (&all, parts + 1, 3, 2);
  g_assert_cmpint (all.best, ==, GSC_HEAD_ROLE_FIRST);
}

/* Sequences too short to say anything. */
static void
test_short (void)
{
  const gint32 tokens[] = { 1, 2, 3, 2, 4 };
  const float attention[25] = { 1, 0, 0, 0, 0, 0.75f, 0.25f };
  GscHeadRoles roles, pooled;

  gsc_head_roles_measure (&roles, P, tokens, 2, attention, 5);
  g_assert_cmpfloat (roles.share[GSC_HEAD_ROLE_PREVIOUS], ==, 0.75);
  g_assert_cmpfloat (roles.chance[GSC_HEAD_ROLE_PREVIOUS], ==, 0.5);
  g_assert_cmpfloat (gsc_head_roles_get_excess (&roles, GSC_HEAD_ROLE_FIRST), ==, 0.5);
  g_assert_true (isnan (roles.share[GSC_HEAD_ROLE_EXAMPLE]));
  g_assert_true (isnan (roles.share[GSC_HEAD_ROLE_RATIO]));
  g_assert_cmpint (roles.best, ==, GSC_HEAD_ROLE_NONE);
  /* the only example before explains it: it could not have looked at another one */
  gsc_head_roles_measure (&roles, P, tokens, 5, attention, 5);
  g_assert_cmpuint (roles.queries[GSC_HEAD_ROLE_RATIO], ==, 0);
  gsc_head_roles_measure (&roles, P, tokens, 1, attention, 5);
  g_assert_true (isnan (roles.share[GSC_HEAD_ROLE_PREVIOUS]));
  g_assert_true (isnan (roles.spread));
  g_assert_cmpint (roles.best, ==, GSC_HEAD_ROLE_NONE);
  gsc_head_roles_pool (&pooled, &roles, 1, 1);
  g_assert_true (isnan (pooled.share[GSC_HEAD_ROLE_PREVIOUS]));
  g_assert_true (isnan (pooled.spread));
  g_assert_cmpint (pooled.best, ==, GSC_HEAD_ROLE_NONE);
}

static void
test_names (void)
{
  for (guint a = 0; a <= GSC_N_HEAD_ROLES; a++)
    for (guint b = 0; b < a; b++)
      {
        g_assert_cmpstr (gsc_head_role_get_name (a), !=, gsc_head_role_get_name (b));
        g_assert_cmpstr (gsc_head_role_get_title (a), !=, gsc_head_role_get_title (b));
      }
}

/* Cosines against double precision; heads that are the same, and that look where the other does
 * not. */
static void
test_similarity (void)
{
  enum
  {
    SIZE = N * N
  };
  g_autofree float *attention = g_new (float, N_HEADS *SIZE);
  double products[N_HEADS * N_HEADS] = { 0 }, expected[N_HEADS * N_HEADS] = { 0 };
  float similarity[N_HEADS * N_HEADS];

  for (guint seed = 0; seed < 2; seed++)
    {
      gint32 tokens[3 * SHOTS];

      draw_tokens (tokens, seed);
      for (guint head = 0; head < N_HEADS; head++)
        {
          g_autofree float *map = make_head (head, tokens);

          for (guint query = 0; query < N; query++)
            memcpy (attention + head * SIZE + query * N, map + query * STRIDE, N * sizeof (float));
        }
      gsc_head_similarity_add (products, attention, N_HEADS, N);
      for (guint i = 0; i < N_HEADS * N_HEADS; i++)
        for (guint query = 0; query < N; query++)
          for (guint key = 0; key <= query; key++)
            expected[i] += (attention[i / N_HEADS * SIZE + query * N + key] - 1.0 / (query + 1))
                           * (attention[i % N_HEADS * SIZE + query * N + key] - 1.0 / (query + 1));
    }
  gsc_head_similarity_finish (products, N_HEADS, similarity);
  for (guint i = 0; i < N_HEADS; i++)
    for (guint j = 0; j < N_HEADS; j++)
      {
        double cosine = expected[i * N_HEADS + j]
                        / sqrt (expected[i * N_HEADS + i] * expected[j * N_HEADS + j]);

        if (i == HEAD_EVEN || j == HEAD_EVEN)
          cosine = 0;
        g_assert_cmpfloat_with_epsilon (similarity[i * N_HEADS + j], i == j ? 1 : cosine, 1e-4);
        g_assert_cmpfloat (similarity[i * N_HEADS + j], ==, similarity[j * N_HEADS + i]);
      }
  g_assert_cmpfloat (similarity[HEAD_PREVIOUS * N_HEADS + HEAD_SELF], <, 0);
  g_assert_cmpfloat (similarity[HEAD_EXAMPLE * N_HEADS + HEAD_SELF], >, 0.4);

  memcpy (attention + SIZE, attention, SIZE * sizeof (float));
  memset (products, 0, sizeof products);
  gsc_head_similarity_add (products, attention, 2, N);
  gsc_head_similarity_finish (products, 2, similarity);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (similarity[i], 1, 1e-6);
  memset (products, 0, sizeof products);
  gsc_head_similarity_add (products, attention, 2, 1); /* one token leaves no choice */
  gsc_head_similarity_finish (products, 2, similarity);
  g_assert_cmpfloat (similarity[0], ==, 1);
  g_assert_cmpfloat (similarity[1], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head-roles/perfect", test_perfect);
  g_test_add_func ("/head-roles/even", test_even);
  g_test_add_func ("/head-roles/chance", test_chance);
  g_test_add_func ("/head-roles/brute-force", test_brute_force);
  g_test_add_func ("/head-roles/pool", test_pool);
  g_test_add_func ("/head-roles/short", test_short);
  g_test_add_func ("/head-roles/names", test_names);
  g_test_add_func ("/head-roles/similarity", test_similarity);
  return g_test_run ();
}
