/* test-checkpoint.c - models that must load, and load right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "gsc-checkpoint.h"
#include "model-files.h"
#include "pth-files.h"

static GscModel *
load (const char *path, int heads, GHashTable **metadata)
{
  g_autoptr (GError) error = NULL;
  GscModel *model = gsc_checkpoint_load (path, heads, metadata, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  return model;
}

/* Writes @bytes, which it frees, and loads them. */
static GscModel *
load_bytes (GByteArray *bytes, int heads, GError **error)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "model", NULL);
  GscModel *model;

  write_bytes (path, bytes);
  g_byte_array_unref (bytes);
  model = gsc_checkpoint_load (path, heads, NULL, error);
  remove_folder (folder);
  return model;
}

static GscModel *
load_good (GByteArray *bytes, int heads)
{
  g_autoptr (GError) error = NULL;
  GscModel *model = load_bytes (bytes, heads, &error);

  g_assert_no_error (error);
  g_assert_nonnull (model);
  return model;
}

static void
assert_refused (GByteArray *bytes, int heads, const char *phrase)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load_bytes (bytes, heads, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT);
  if (strstr (error->message, phrase) == NULL)
    g_error ("“%s” does not say “%s”", error->message, phrase);
}

static void
assert_equal (const GscModel *one, const GscModel *other)
{
  gsize size = gsc_model_get_layout (one)->n_floats * sizeof (float);

  g_assert_true (gsc_model_config_equal (gsc_model_get_config (one), gsc_model_get_config (other)));
  g_assert_cmpmem (gsc_model_peek_weights (one), size, gsc_model_peek_weights (other), size);
}

static GscModel *
make_model (int vocab, int width, int heads, int depth, GscActivation activation, gboolean tied)
{
  GscModelConfig config = { vocab, width, heads, depth, activation, tied };
  GscModel *model = gsc_model_new (&config, NULL);
  const GscParamLayout *layout = gsc_model_get_layout (model);

  gsc_model_init_weights (model, 5);
  /* LayerNorm's, too, must be told apart. */
  for (guint i = 0; i < layout->n_views; i++)
    if (layout->views[i].kind == GSC_PARAM_NORM)
      for (int j = 0; j < layout->views[i].rows; j++)
        gsc_model_get_weights (model)[layout->views[i].offset + (gsize) j]
            += 0.01f * (float) (i + 1) + 0.001f * (float) j;
  return model;
}

/* A small model for files made to order. */
static GscModel *
make_small (void)
{
  return make_model (7, 8, 2, 2, GSC_ACTIVATION_RELU, TRUE);
}

static void
check_fixture (const char *name, const GscModelConfig *expected)
{
  g_autofree char *safetensors_name = g_strconcat (name, ".model.safetensors", NULL);
  g_autofree char *pth_name = g_strconcat (name, ".pth", NULL);
  g_autofree char *safetensors_path = fixture_path (safetensors_name);
  g_autofree char *pth_path = fixture_path (pth_name);
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GHashTable) none = NULL;
  g_autoptr (GscModel) one = load (safetensors_path, 0, &metadata);
  g_autoptr (GscModel) other = load (pth_path, expected->heads, &none);
  g_autoptr (GError) error = NULL;

  g_assert_true (gsc_model_config_equal (gsc_model_get_config (one), expected));
  g_assert_cmpstr (g_hash_table_lookup (metadata, "rope_theta"), ==, "10000");
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  assert_equal (one, other);
  /* Not by chance equal because nothing was read. */
  for (guint i = 0; i < gsc_model_get_layout (one)->n_views; i++)
    {
      const GscParamView *view = &gsc_model_get_layout (one)->views[i];
      const float *values = gsc_model_peek_weights (one) + view->offset;
      double sum = 0.0;

      for (int j = 0; j < view->rows * view->cols; j++)
        sum += fabs (values[j]);
      g_assert_cmpfloat (sum, >, 0.0);
    }

  g_assert_null (gsc_checkpoint_load (pth_path, 0, NULL, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "how many heads"));
  g_assert_nonnull (strstr (error->message, pth_path));
}

static void
test_fixtures (void)
{
  const GscModelConfig depth2 = { 25, 32, 2, 2, GSC_ACTIVATION_RELU, TRUE };
  const GscModelConfig depth3 = { 29, 24, 3, 3, GSC_ACTIVATION_RELU, TRUE };

  check_fixture ("depth2", &depth2);
  check_fixture ("depth3", &depth3);
}

/* Where each tensor's values end up: known bytes at known places. */
static void
test_places (void)
{
  g_autoptr (GscModel) model = make_small ();
  g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");
  g_autoptr (GscModel) loaded = NULL;
  const GscParamLayout *layout;

  for (guint i = 0; i < tensors->len; i++)
    {
      FileTensor *tensor = g_ptr_array_index (tensors, i);
      guint n = tensor->bytes->len / 4;

      g_byte_array_set_size (tensor->bytes, 0);
      for (guint j = 0; j < n; j++)
        append_value (tensor->bytes, GSC_DTYPE_F32, i * 1000.0 + j);
    }
  loaded = load_good (build_pth (tensors, PICKLE_PLAIN, NULL), 2);
  layout = gsc_model_get_layout (loaded);
  for (guint i = 0; i < tensors->len; i++)
    {
      const FileTensor *tensor = g_ptr_array_index (tensors, i);
      const GscParamView *view = gsc_param_layout_find (layout, tensor->name);

      for (guint j = 0; j < tensor->bytes->len / 4; j++)
        g_assert_true (gsc_model_peek_weights (loaded)[view->offset + j] == (float) (i * 1000 + j));
    }
}

static void
check_round_trip (const GscModel *model)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "a.safetensors", NULL);
  g_autofree char *again = g_build_filename (folder, "b.safetensors", NULL);
  g_autoptr (GHashTable) given = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GscModel) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  gsize size_one, size_two;

  g_hash_table_insert (given, (gpointer) "step", (gpointer) "1200");
  g_hash_table_insert (given, (gpointer) "rope_theta", (gpointer) "1e4");
  gsc_checkpoint_save (model, given, path, &error);
  g_assert_no_error (error);
  loaded = load (path, 0, &metadata);
  assert_equal (model, loaded);
  g_assert_cmpstr (g_hash_table_lookup (metadata, "step"), ==, "1200");
  g_assert_cmpstr (g_hash_table_lookup (metadata, "rope_theta"), ==, "1e4");
  g_assert_cmpstr (g_hash_table_lookup (metadata, "layernorm_epsilon"), ==, "1e-05");

  g_assert_true (gsc_checkpoint_save (loaded, given, again, NULL));
  g_assert_true (g_file_get_contents (path, &one, &size_one, NULL));
  g_assert_true (g_file_get_contents (again, &two, &size_two, NULL));
  g_assert_cmpmem (one, size_one, two, size_two);
  remove_folder (folder);
}

static void
test_round_trip (void)
{
  for (int depth = 1; depth <= GSC_MODEL_MAX_DEPTH; depth++)
    {
      g_autoptr (GscModel) model
          = make_model (3 + depth, 4 * depth, depth, depth,
                        depth % 2 == 0 ? GSC_ACTIVATION_GELU : GSC_ACTIVATION_RELU, depth % 3 != 0);

      check_round_trip (model);
    }
}

/* An untied model whose output matrix equals its embedding stays untied. */
static void
test_round_trip_untied (void)
{
  g_autoptr (GscModel) model = make_model (7, 8, 2, 1, GSC_ACTIVATION_RELU, FALSE);
  const GscParamLayout *layout = gsc_model_get_layout (model);
  float *weights = gsc_model_get_weights (model);

  memcpy (weights + layout->head, weights + layout->embedding, 7 * 8 * sizeof (float));
  check_round_trip (model);
}

static void
test_save_refuses_nan (void)
{
  g_autoptr (GscModel) model = make_small ();
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "a.safetensors", NULL);
  g_autoptr (GscModel) kept = NULL;
  g_autoptr (GscModel) old = gsc_model_copy (model);
  g_autoptr (GError) error = NULL;

  g_assert_true (gsc_checkpoint_save (model, NULL, path, NULL));
  gsc_model_get_weights (model)[3] = NAN;
  g_assert_false (gsc_checkpoint_save (model, NULL, path, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, path));
  kept = load (path, 0, NULL);
  assert_equal (old, kept);
  remove_folder (folder);
}

static void
test_precisions (void)
{
  static const struct
  {
    GscDtype dtype;
    double relative;
    double absolute;
  } kinds[] = {
    { GSC_DTYPE_F32, 0.0, 0.0 },
    { GSC_DTYPE_F64, 0.0, 0.0 },
    { GSC_DTYPE_F16, 0x1p-10, 0x1p-24 },
    { GSC_DTYPE_BF16, 0x1p-7, 0.0 },
  };
  g_autofree char *path = fixture_path ("depth3.model.safetensors");
  g_autoptr (GscModel) model = load (path, 0, NULL);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (kinds); i++)
    {
      guint kind = i / 2;
      g_autoptr (GPtrArray) tensors = tensors_from_model (model, kinds[kind].dtype, "");
      g_autoptr (GscModel) loaded = load_good (i % 2 == 0 ? build_safetensors (tensors, NULL)
                                                          : build_pth (tensors, PICKLE_PLAIN, NULL),
                                               3);
      const float *expected = gsc_model_peek_weights (model);
      const float *actual = gsc_model_peek_weights (loaded);
      gboolean exact = TRUE;

      g_assert_true (
          gsc_model_config_equal (gsc_model_get_config (model), gsc_model_get_config (loaded)));
      for (gsize j = 0; j < gsc_model_get_layout (model)->n_floats; j++)
        {
          g_assert_cmpfloat (fabs (actual[j] - expected[j]), <=,
                             kinds[kind].relative * fabs (expected[j]) + kinds[kind].absolute);
          exact = exact && actual[j] == expected[j];
        }
      g_assert_true (exact == (kinds[kind].relative == 0.0));
    }
}

static void
test_prefixes (void)
{
  static const char *const prefixes[]
      = { "module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module." };
  g_autoptr (GscModel) model = make_small ();

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, prefixes[i]);
      g_autoptr (GscModel) one = load_good (build_safetensors (tensors, NULL), 2);
      g_autoptr (GscModel) other = load_good (build_pth (tensors, PICKLE_PLAIN, NULL), 2);

      assert_equal (model, one);
      assert_equal (model, other);
    }
}

/* Adds lm_head.weight with the embedding's values, but for what is added to the last one. */
static void
add_head (GPtrArray *tensors, const GscModel *model, double difference)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  int vocab = layout->config.vocab, width = layout->config.width;
  FileTensor *head = tensors_add (tensors, "lm_head.weight", GSC_DTYPE_F32, vocab, width);

  for (int i = 0; i < vocab * width; i++)
    append_value (head->bytes, GSC_DTYPE_F32,
                  gsc_model_peek_weights (model)[layout->embedding + (gsize) i]
                      + (i == vocab * width - 1 ? difference : 0.0));
}

static void
test_tied (void)
{
  g_autoptr (GscModel) model = make_small ();
  g_autoptr (GPtrArray) equal = tensors_from_model (model, GSC_DTYPE_F32, "");
  g_autoptr (GPtrArray) different = tensors_from_model (model, GSC_DTYPE_F32, "");
  g_autoptr (GscModel) tied = NULL;
  g_autoptr (GscModel) tied_pth = NULL;
  g_autoptr (GscModel) untied = NULL;
  g_autoptr (GscModel) claimed = NULL;
  const float *weights;
  const GscParamLayout *layout;

  add_head (equal, model, 0.0);
  add_head (different, model, 1.0);
  tied = load_good (build_safetensors (equal, NULL), 2);
  tied_pth = load_good (build_pth (equal, PICKLE_PLAIN, NULL), 2);
  assert_equal (model, tied);
  assert_equal (model, tied_pth);

  untied = load_good (build_safetensors (different, NULL), 2);
  layout = gsc_model_get_layout (untied);
  weights = gsc_model_peek_weights (untied);
  g_assert_false (layout->config.tied);
  g_assert_true (weights[layout->head + 54] == weights[layout->embedding + 54]);
  g_assert_true (weights[layout->head + 55]
                 == (float) ((double) weights[layout->embedding + 55] + 1.0));

  claimed = load_good (build_safetensors (equal, "{\"tied\":\"false\"}"), 2);
  g_assert_false (gsc_model_get_config (claimed)->tied);
  assert_refused (build_safetensors (different, "{\"tied\":\"true\"}"), 2, "tied");
}

static void
add_rotary (GPtrArray *tensors, GscDtype dtype, int depth, int n, double base)
{
  for (int block = 0; block < depth; block++)
    {
      g_autofree char *name = g_strdup_printf ("transformer.h.%d.attn.rotary_emb.freqs", block);
      FileTensor *tensor = tensors_add (tensors, name, dtype, n, 0);

      for (int i = 0; i < n; i++)
        append_value (tensor->bytes, dtype, pow (base, -(double) i / n));
    }
}

static void
test_rotary (void)
{
  static const GscDtype dtypes[] = { GSC_DTYPE_F32, GSC_DTYPE_F16, GSC_DTYPE_BF16 };
  g_autoptr (GscModel) model = make_model (7, 64, 2, 2, GSC_ACTIVATION_RELU, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (dtypes); i++)
    {
      g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");
      g_autoptr (GscModel) inferred = NULL;
      g_autoptr (GscModel) given = NULL;
      GByteArray *bytes;

      add_rotary (tensors, dtypes[i], 2, 16, 10000.0);
      inferred = load_good (build_pth (tensors, PICKLE_PLAIN, NULL), 0);
      given = load_good (build_safetensors (tensors, NULL), 2);
      assert_equal (model, inferred);
      assert_equal (model, given);
      bytes = build_safetensors (tensors, NULL);
      assert_refused (bytes, 4, "heads of size 16 need 8");
    }
  for (guint i = 0; i < G_N_ELEMENTS (dtypes); i++)
    {
      g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");

      add_rotary (tensors, dtypes[i], 2, 16, 5000.0);
      assert_refused (build_safetensors (tensors, NULL), 2, "another RoPE base");
    }
}

static void
test_wrappers (void)
{
  static const char *const keys[] = { "model", "state_dict", "model_state_dict" };
  g_autoptr (GscModel) model = make_small ();
  g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GscModel) loaded = load_good (build_pth (tensors, PICKLE_PLAIN, keys[i]), 2);

      assert_equal (model, loaded);
    }
  assert_refused (build_pth (tensors, PICKLE_PLAIN, "weights"), 2, "holds no tensors");
}

/* All the ways of saying the same, a tied output matrix that shares its storage included. */
static void
test_pickles (void)
{
  g_autoptr (GscModel) model = make_small ();
  g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");

  for (guint flags = 0; flags < 64; flags++)
    {
      g_autoptr (GscModel) loaded
          = load_good (build_pth (tensors, (PickleFlags) flags, flags % 3 ? "model" : NULL), 2);

      assert_equal (model, loaded);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checkpoint/fixtures", test_fixtures);
  g_test_add_func ("/checkpoint/places", test_places);
  g_test_add_func ("/checkpoint/round-trip", test_round_trip);
  g_test_add_func ("/checkpoint/round-trip-untied", test_round_trip_untied);
  g_test_add_func ("/checkpoint/save-refuses-nan", test_save_refuses_nan);
  g_test_add_func ("/checkpoint/precisions", test_precisions);
  g_test_add_func ("/checkpoint/prefixes", test_prefixes);
  g_test_add_func ("/checkpoint/tied", test_tied);
  g_test_add_func ("/checkpoint/rotary", test_rotary);
  g_test_add_func ("/checkpoint/wrappers", test_wrappers);
  g_test_add_func ("/checkpoint/pickles", test_pickles);
  return g_test_run ();
}
