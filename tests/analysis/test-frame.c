/* test-frame.c - what is shown at one moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "data-fixture.h"

#include "gsc-frame.h"
#include "gsc-snapshot.h"

#define P 5

static GscModel *
make_model (void)
{
  g_autoptr (GError) error = NULL;
  GscModelConfig config = {
    .vocab = P, .width = 8, .heads = 2, .depth = 1, .activation = GSC_ACTIVATION_RELU, .tied = TRUE
  };
  GscModel *model = gsc_model_new (&config, &error);

  g_assert_no_error (error);
  gsc_model_init_weights (model, 1);
  return model;
}

static void
test_new (void)
{
  g_autoptr (GscRunData) run = data_fixture_new (P, 3, FIXTURE_RISING);
  g_autoptr (GscFrame) frame = gsc_frame_new (run, 1);
  g_autoptr (GscFrame) none = gsc_frame_new (run, -1);

  g_assert_true (frame->run == run);
  g_assert_true (gsc_frame_get_record (frame) == g_ptr_array_index (run->records, 1));
  g_assert_null (gsc_frame_get_record (none));
  g_assert_cmpint (frame->step, ==, -1);
  g_assert_null (frame->probe);
  g_assert_null (frame->projection);
  g_assert_true (gsc_frame_has_cursor (run, &frame->cursor));
  g_assert_true (g_atomic_ref_count_compare (&run->ref_count, 3));
}

static void
test_default_cursor (void)
{
  g_autoptr (GscRunData) run = data_fixture_new (P, 0, FIXTURE_RISING);
  GscCursor cursor = gsc_frame_default_cursor (run);
  int index = gsc_task_split_lookup (run->tasks, cursor.a, cursor.b);

  g_assert_cmpint (index, ==, (int) run->tasks->n_id);
  g_assert_cmpint (run->tasks->tasks[index].role, ==, GSC_TASK_ROLE_OOD);
  g_assert_cmpuint (cursor.shot, ==, (guint) run->config.shots - 1);
  g_assert_cmpuint (cursor.layer, ==, (guint) run->config.depth - 1);
  g_assert_cmpuint (cursor.head, ==, 0);
}

/* The last of each is in the run, the next is not. */
static void
test_has_cursor (void)
{
  g_autoptr (GscRunData) run = data_fixture_new (P, 0, FIXTURE_RISING);
  const GscConfig *config = &run->config;
  const GscCursor last = { .a = P - 1,
                           .b = P - 1,
                           .shot = (guint) config->shots - 1,
                           .layer = (guint) config->depth - 1,
                           .head = (guint) config->heads - 1 };
  const GscCursor first = { 0 };
  GscCursor outside[7];

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    outside[i] = last;
  outside[0].a++;
  outside[1].b++;
  outside[2].shot++;
  outside[3].layer++;
  outside[4].head++;
  outside[5].a = -1;
  outside[6].b = -1;
  g_assert_true (gsc_frame_has_cursor (run, &first));
  g_assert_true (gsc_frame_has_cursor (run, &last));
  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    g_assert_false (gsc_frame_has_cursor (run, &outside[i]));
}

/* A copy shares the parts, and what is set in it leaves the original as it was. */
static void
test_copy (void)
{
  const gint32 tokens[] = { 1, 2, 3, 2, 4, 1 };
  const GscProjectionSource source = { .part = GSC_PROJECTION_EMBEDDING, .centred = TRUE };
  g_autoptr (GscModel) model = make_model ();
  const GscSubject subject = { .model = model, .p = P };
  g_autoptr (GscRunData) run = data_fixture_new (P, 2, FIXTURE_RISING);
  g_autoptr (GscProbe) probe = gsc_probe_new (&subject, tokens, 6, NULL);
  g_autoptr (GscProbe) other = gsc_probe_new (&subject, tokens, 3, NULL);
  g_autoptr (GscProjection) projection
      = gsc_projection_new (&subject, tokens, 6, &source, NULL, NULL);
  GscFrame *frame = gsc_frame_new (run, 0);
  GscFrame *copy;

  gsc_frame_set_probe (frame, probe);
  gsc_frame_set_projection (frame, projection);
  frame->step = 300;
  frame->cursor.shot = 2;
  copy = gsc_frame_copy (frame);
  g_assert_true (copy->run == run && copy->probe == probe && copy->projection == projection);
  g_assert_cmpint (copy->step, ==, 300);
  g_assert_cmpint (copy->record, ==, 0);
  g_assert_cmpuint (copy->cursor.shot, ==, 2);
  g_assert_true (g_atomic_ref_count_compare (&copy->ref_count, 1));
  g_assert_true (g_atomic_ref_count_compare (&run->ref_count, 3));
  g_assert_true (g_atomic_ref_count_compare (&probe->ref_count, 3));
  g_assert_true (g_atomic_ref_count_compare (&projection->ref_count, 3));

  gsc_frame_set_probe (copy, other);
  gsc_frame_set_probe (copy, other); /* itself again */
  gsc_frame_set_projection (copy, NULL);
  g_assert_true (frame->probe == probe && frame->projection == projection);
  g_assert_true (copy->probe == other && copy->projection == NULL);
  g_assert_true (g_atomic_ref_count_compare (&probe->ref_count, 2));
  g_assert_true (g_atomic_ref_count_compare (&other->ref_count, 2));
  g_assert_true (g_atomic_ref_count_compare (&projection->ref_count, 2));

  g_assert_true (gsc_frame_ref (frame) == frame);
  gsc_frame_unref (frame);
  g_assert_true (frame->probe == probe);
  gsc_frame_unref (frame);
  gsc_frame_unref (copy);
  gsc_frame_unref (NULL);
  g_assert_true (g_atomic_ref_count_compare (&run->ref_count, 1));
  g_assert_true (g_atomic_ref_count_compare (&probe->ref_count, 1));
  g_assert_true (g_atomic_ref_count_compare (&other->ref_count, 1));
  g_assert_true (g_atomic_ref_count_compare (&projection->ref_count, 1));
}

static void
test_snapshot (void)
{
  GscModel *model = make_model ();
  GscSnapshot *snapshot = gsc_snapshot_new (model, 7);

  g_assert_true (snapshot->model == model);
  g_assert_cmpint (snapshot->step, ==, 7);
  g_assert_true (gsc_snapshot_ref (snapshot) == snapshot);
  gsc_snapshot_unref (snapshot);
  g_assert_true (g_atomic_ref_count_compare (&snapshot->ref_count, 1));
  gsc_snapshot_unref (snapshot);
  gsc_snapshot_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/new", test_new);
  g_test_add_func ("/frame/default-cursor", test_default_cursor);
  g_test_add_func ("/frame/has-cursor", test_has_cursor);
  g_test_add_func ("/frame/copy", test_copy);
  g_test_add_func ("/frame/snapshot", test_snapshot);
  return g_test_run ();
}
