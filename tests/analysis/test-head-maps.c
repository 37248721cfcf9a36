/* test-head-maps.c - mean attention and roles of the heads of a whole model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "gsc-evaluation.h"
#include "gsc-head-maps.h"
#include "gsc-head-similarity.h"
#include "gsc-ops.h"
#include "gsc-probe.h"
#include "subject-fixture.h"

#define MANY 100 /* more than are looked at */

static GscHeadMaps *
make (const SubjectFixture *fixture, GscSet set, GscTeam *team)
{
  g_autoptr (GError) error = NULL;
  GscHeadMaps *maps = gsc_head_maps_new (&fixture->subject, set, team, NULL, &error);

  g_assert_no_error (error);
  return maps;
}

/* Against probes of the same sequences, one by one. */
static void
check_against_probes (const SubjectFixture *fixture, const GscHeadMaps *maps, GscSet set)
{
  g_autoptr (GscEvaluation) evaluation
      = gsc_evaluation_new (&fixture->config, fixture->tasks, fixture->inputs);
  guint n_rows, n = maps->n, n_heads = (guint) (maps->model.depth * maps->model.heads);
  const gint32 *rows = gsc_evaluation_get_rows (evaluation, set, &n_rows);
  gsize size = (gsize) n * n;
  g_autofree double *mean = g_new0 (double, n_heads *size);
  g_autofree double *products = g_new0 (double, n_heads *n_heads);
  g_autofree float *similarity = g_new (float, n_heads *n_heads);
  g_autofree GscHeadRoles *roles = g_new (GscHeadRoles, maps->n_sequences * n_heads);

  g_assert_cmpuint (n, ==, 3 * fixture->config.shots - 1);
  g_assert_cmpuint (maps->n_sequences, ==, MIN (n_rows, GSC_HEAD_MAPS_MAX_SEQUENCES));
  for (guint i = 0; i < maps->n_sequences; i++)
    {
      const gint32 *tokens = rows + (i * n_rows / maps->n_sequences) * (n + 1);
      g_autoptr (GscProbe) probe = gsc_probe_new (&fixture->subject, tokens, n + 1, NULL);

      g_assert_cmpuint (probe->n_read, ==, n);
      for (gsize k = 0; k < n_heads * size; k++)
        mean[k] += probe->attention[k] / maps->n_sequences;
      for (guint head = 0; head < n_heads; head++)
        gsc_head_roles_measure (&roles[i * n_heads + head], maps->p, tokens, n,
                                probe->attention + head * size, n);
      gsc_head_similarity_add (products, probe->attention, n_heads, n);
    }
  gsc_head_similarity_finish (products, n_heads, similarity);
  for (gsize k = 0; k < n_heads * size; k++)
    g_assert_cmpfloat_with_epsilon (maps->attention[k], mean[k], 1e-6);
  for (guint i = 0; i < n_heads * n_heads; i++)
    g_assert_cmpfloat_with_epsilon (maps->similarity[i], similarity[i], 1e-5);
  for (guint head = 0; head < n_heads; head++)
    {
      const GscHeadRoles *found = gsc_head_maps_get_roles (maps, head / (guint) maps->model.heads,
                                                           head % (guint) maps->model.heads);
      GscHeadRoles expected;

      gsc_head_roles_pool (&expected, roles + head, maps->n_sequences, n_heads);
      g_assert_cmpint (found->best, ==, expected.best);
      for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
        {
          g_assert_cmpuint (found->queries[role], ==, expected.queries[role]);
          g_assert_cmpfloat_with_epsilon (found->share[role], expected.share[role], 1e-6);
          g_assert_cmpfloat_with_epsilon (found->chance[role], expected.chance[role], 1e-6);
        }
      g_assert_cmpfloat_with_epsilon (found->spread, expected.spread, 1e-6);
    }
}

static void
test_brute_force (void)
{
  static const int counts[] = { 1, 7, MANY };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      {
        g_auto (SubjectFixture) fixture = { 0 };
        g_autoptr (GscHeadMaps) maps = NULL;

        subject_fixture_init (&fixture, counts[i]);
        maps = make (&fixture, set, NULL);
        g_assert_cmpint (maps->set, ==, set);
        g_assert_cmpint (maps->p, ==, fixture.config.p);
        check_against_probes (&fixture, maps, set);
      }
}

/* Later blocks see what is left without a head; its own attention is measured all the same. */
static void
test_ablation (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblation) ablation = NULL;
  g_autoptr (GscHeadMaps) whole = NULL;
  g_autoptr (GscHeadMaps) maps = NULL;
  gsize block;

  subject_fixture_init (&fixture, 10);
  whole = make (&fixture, GSC_SET_OOD_TEST, NULL);
  block = (gsize) whole->model.heads * whole->n * whole->n;
  ablation = gsc_ablation_new (gsc_model_get_config (fixture.model), NULL, 0);
  gsc_ablation_set (ablation, 0, 1, GSC_ABLATION_ZERO);
  fixture.subject.ablation = ablation;
  maps = make (&fixture, GSC_SET_OOD_TEST, NULL);
  check_against_probes (&fixture, maps, GSC_SET_OOD_TEST);
  g_assert_cmpmem (maps->attention, block * sizeof (float), whole->attention,
                   block * sizeof (float));
  g_assert_cmpint (
      memcmp (maps->attention + block, whole->attention + block, block * sizeof (float)), !=, 0);
}

/* Makes a head that looks @back tokens back, whatever the tokens are (@back < 0: evenly). LayerNorm
 * gives the same vector for all of them, so that only the rotation of queries and keys tells
 * positions apart: pair i turns by theta_i a token, and a query turned back by back * theta_i meets
 * the key of the token that far back at the angle 0 in all pairs, where their product is greatest.
 */
static void
build_head (GscModel *model, guint layer, guint head, int back)
{
  const GscModelConfig *config = gsc_model_get_config (model);
  const GscBlockOffsets *block = &gsc_model_get_layout (model)->blocks[layer];
  float *weights = gsc_model_get_weights (model);
  int width = config->width, size = width / config->heads;

  memset (weights + block->ln_1_weight, 0, (gsize) width * sizeof (float));
  memset (weights + block->ln_1_bias, 0, (gsize) width * sizeof (float));
  weights[block->ln_1_bias] = 1;
  for (int i = 0; i < size; i += 2)
    {
      double angle = back * pow (GSC_ROPE_BASE, -(double) i / size);
      gsize query = block->qkv + ((gsize) head * size + i) * width;
      gsize key = query + (gsize) width * width;

      weights[query] = back < 0 ? 0 : (float) (50 * cos (angle));
      weights[query + width] = back < 0 ? 0 : (float) (-50 * sin (angle));
      weights[key] = 50;
      weights[key + width] = 0;
    }
}

static void
test_known_heads (void)
{
  static const struct
  {
    int back;
    GscHeadRole role;
  } heads[] = {
    { 1, GSC_HEAD_ROLE_PREVIOUS },
    { 0, GSC_HEAD_ROLE_EXAMPLE },
    { -1, GSC_HEAD_ROLE_NONE },
    { 3, GSC_HEAD_ROLE_SLOT },
  };
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscHeadMaps) maps = NULL;

  subject_fixture_init (&fixture, 20);
  for (guint layer = 0; layer < 2; layer++)
    for (guint i = 0; i < 4; i++)
      build_head (fixture.model, layer, (i + layer) % 4, heads[i].back);
  maps = make (&fixture, GSC_SET_ID_TRAIN, NULL);
  for (guint layer = 0; layer < 2; layer++)
    for (guint i = 0; i < 4; i++)
      {
        guint head = (i + layer) % 4, mate = layer == 0 ? 4 + (i + 1) % 4 : i;
        const GscHeadRoles *roles = gsc_head_maps_get_roles (maps, layer, head);
        gboolean even = heads[i].back < 0;

        g_assert_cmpint (roles->best, ==, heads[i].role);
        if (!even)
          g_assert_cmpfloat_with_epsilon (roles->share[heads[i].role], 1, 1e-6);
        g_assert_cmpfloat_with_epsilon (roles->spread, even ? 1 : 0, 1e-5);
        for (guint query = 3; query < maps->n; query++)
          for (guint key = 0; key < maps->n; key++)
            {
              double expected = key + (guint) MAX (heads[i].back, 0) == query;

              if (even)
                expected = key <= query ? 1.0 / (query + 1) : 0;
              g_assert_cmpfloat_with_epsilon (
                  gsc_head_maps_get_weight (maps, layer, head, query, key), expected, 1e-6);
            }
        /* the other block's head of the same kind */
        g_assert_cmpfloat_with_epsilon (maps->similarity[(layer * 4 + head) * 8 + mate],
                                        even ? 0 : 1, 1e-6);
      }
}

/* The same bits for any number of threads. */
static void
test_threads (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscHeadMaps) expected = NULL;

  subject_fixture_init (&fixture, 21);
  expected = make (&fixture, GSC_SET_ID_TEST, NULL);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (GscTeam) team = gsc_team_new (threads);
      g_autoptr (GscHeadMaps) maps = make (&fixture, GSC_SET_ID_TEST, team);
      gsize n_heads = (gsize) maps->model.depth * maps->model.heads;

      g_assert_cmpmem (maps->attention, n_heads * maps->n * maps->n * sizeof (float),
                       expected->attention, n_heads * maps->n * maps->n * sizeof (float));
      g_assert_cmpmem (maps->similarity, n_heads * n_heads * sizeof (float), expected->similarity,
                       n_heads * n_heads * sizeof (float));
      for (guint head = 0; head < n_heads; head++)
        for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
          g_assert_cmpfloat (maps->roles[head].share[role], ==, expected->roles[head].share[role]);
    }
}

typedef struct
{
  GCancellable *cancellable;
  guint calls;
  guint stop_at;
  double last;
} Follower;

static void
follow (double done, gpointer data)
{
  Follower *follower = data;

  g_assert_cmpfloat (done, >=, follower->last);
  follower->last = done;
  if (++follower->calls == follower->stop_at)
    g_cancellable_cancel (follower->cancellable);
}

/* Wherever it is cancelled it stops, at once. */
static void
test_watch (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscHeadMaps) maps = NULL;
  Follower all = { 0 };
  GscWatch watch = { .progress = follow, .data = &all };

  subject_fixture_init (&fixture, 40);
  maps = gsc_head_maps_new (&fixture.subject, GSC_SET_ID_TRAIN, NULL, &watch, NULL);
  g_assert_nonnull (maps);
  g_assert_cmpfloat (all.last, ==, 1);
  g_assert_cmpuint (all.calls, >, 3);
  for (guint stop_at = 1; stop_at <= all.calls; stop_at++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Follower follower = { .cancellable = cancellable, .stop_at = stop_at };
      GscWatch stopped = { cancellable, follow, &follower };
      g_autoptr (GError) error = NULL;

      g_assert_null (
          gsc_head_maps_new (&fixture.subject, GSC_SET_ID_TRAIN, NULL, &stopped, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (follower.calls, ==, stop_at);
    }
}

static void
assert_refused (const GscSubject *subject, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_head_maps_new (subject, GSC_SET_OOD_TRAIN, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_refused (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  const GscParamLayout *layout;
  GscSubject subject;
  float *weights;

  subject_fixture_init (&fixture, 4);
  subject = fixture.subject;
  subject.p = 11;
  assert_refused (&subject, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);

  /* a head that has diverged, even if nothing comes of it as it is ablated */
  layout = gsc_model_get_layout (fixture.model);
  weights = gsc_model_get_weights (fixture.model);
  weights[layout->blocks[1].qkv] = NAN;
  assert_refused (&fixture.subject, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
  {
    g_autoptr (GscAblation) ablation = gsc_ablation_new (&layout->config, NULL, 0);

    gsc_ablation_set (ablation, 1, 0, GSC_ABLATION_ZERO);
    subject = fixture.subject;
    subject.ablation = ablation;
    assert_refused (&subject, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
  }
}

static void
test_references (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  GscHeadMaps *maps;

  subject_fixture_init (&fixture, 2);
  maps = make (&fixture, GSC_SET_ID_TRAIN, NULL);
  g_assert_true (gsc_head_maps_ref (maps) == maps);
  gsc_head_maps_unref (maps);
  g_assert_true (g_atomic_ref_count_compare (&maps->ref_count, 1));
  gsc_head_maps_unref (maps);
  gsc_head_maps_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/head-maps/brute-force", test_brute_force);
  g_test_add_func ("/head-maps/ablation", test_ablation);
  g_test_add_func ("/head-maps/known-heads", test_known_heads);
  g_test_add_func ("/head-maps/threads", test_threads);
  g_test_add_func ("/head-maps/watch", test_watch);
  g_test_add_func ("/head-maps/refused", test_refused);
  g_test_add_func ("/head-maps/references", test_references);
  return g_test_run ();
}
