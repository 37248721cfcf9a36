/* gsc-trainer-state.c - everything a trainer needs to go on, as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-trainer-state.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-tensor-file.h"
#include "gsc-trainer.h"

#define N_BLOCKS 3

static const char *const block_names[N_BLOCKS] = { "weights", "optimizer.m", "optimizer.v" };

/* The recipe without what a continued run may change. */
static char *
fingerprint (const GscConfig *config)
{
  GString *text = g_string_new (NULL);
  const char *const *keys = gsc_config_get_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (g_str_equal (keys[i], "steps") || g_str_equal (keys[i], "record_every"))
        continue;
      value = gsc_config_get (config, keys[i]);
      g_string_append_printf (text, "%s=%s;", keys[i], value);
    }
  return g_string_free (text, FALSE);
}

/* Counters and clocks, kept as metadata: text holds 64-bit integers and doubles exactly. */
typedef struct
{
  const char *key;
  gsize offset;
  gboolean integer; /* gint64, else double */
  gint64 least;     /* of an integer */
} Counter;

static const Counter counters[] = {
  { "step", G_STRUCT_OFFSET (GscTrainerState, step), TRUE, 0 },
  { "recorded_step", G_STRUCT_OFFSET (GscTrainerState, recorded_step), TRUE, -1 },
  { "record_step", G_STRUCT_OFFSET (GscTrainerState, record_step), TRUE, 0 },
  { "loss", G_STRUCT_OFFSET (GscTrainerState, loss), FALSE, 0 },
  { "grad_norm", G_STRUCT_OFFSET (GscTrainerState, grad_norm), FALSE, 0 },
  { "lr", G_STRUCT_OFFSET (GscTrainerState, lr), FALSE, 0 },
  { "seconds", G_STRUCT_OFFSET (GscTrainerState, seconds), FALSE, 0 },
  { "record_seconds", G_STRUCT_OFFSET (GscTrainerState, record_seconds), FALSE, 0 },
};

static char *
counter_to_text (const Counter *counter, const GscTrainerState *state)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (counter->integer)
    return g_strdup_printf ("%" G_GINT64_FORMAT, G_STRUCT_MEMBER (gint64, state, counter->offset));
  return g_strdup (
      g_ascii_dtostr (text, sizeof text, G_STRUCT_MEMBER (double, state, counter->offset)));
}

static gboolean
counter_from_text (const Counter *counter, GscTrainerState *state, const char *text)
{
  char *end = NULL;
  double number;

  if (text == NULL)
    return FALSE;
  if (counter->integer)
    return g_ascii_string_to_signed (text, 10, counter->least, G_MAXINT64,
                                     &G_STRUCT_MEMBER (gint64, state, counter->offset), NULL);
  number = g_ascii_strtod (text, &end);
  G_STRUCT_MEMBER (double, state, counter->offset) = number;
  return end != text && *end == '\0' && isfinite (number);
}

gboolean
gsc_trainer_state_save (const GscTrainerState *state, const char *path, GError **error)
{
  g_autoptr (GHashTable) metadata = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  float *blocks[N_BLOCKS] = { state->weights, state->m, state->v };
  GscTensorSource tensors[N_BLOCKS];

  for (guint i = 0; i < N_BLOCKS; i++)
    tensors[i] = (GscTensorSource){ .name = block_names[i],
                                    .dtype = GSC_DTYPE_F32,
                                    .n_dims = 1,
                                    .dims = { state->layout->n_floats },
                                    .data = blocks[i] };
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    g_hash_table_insert (metadata, (gpointer) counters[i].key,
                         counter_to_text (&counters[i], state));
  g_hash_table_insert (metadata, (gpointer) "config", fingerprint (state->config));
  g_hash_table_insert (metadata, (gpointer) "format", g_strdup ("grokscope-state-1"));
  return gsc_tensor_file_write (path, tensors, G_N_ELEMENTS (tensors), metadata, error);
}

static gboolean
fail (GError **error, const char *path, const char *fault)
{
  g_set_error (error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_STATE,
               _ ("%s cannot be resumed from: %s."), path, fault);
  return FALSE;
}

static const GscTensorInfo *
find_vector (const GscTensorFile *file, const char *name, GscDtype dtype, gsize n)
{
  const GscTensorInfo *info = gsc_tensor_file_find (file, name);

  return info != NULL && info->dtype == dtype && info->n_dims == 1 && info->n_elements == n ? info
                                                                                            : NULL;
}

static gboolean
all_finite (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

gboolean
gsc_trainer_state_load (GscTrainerState *state, const char *path, GError **error)
{
  g_autoptr (GscTensorFile) file = gsc_tensor_file_open (path, error);
  g_autofree char *expected = fingerprint (state->config);
  float *blocks[N_BLOCKS] = { state->weights, state->m, state->v };
  g_autofree float *loaded = NULL;
  GscTrainerState read = *state;
  GHashTable *metadata;
  gsize n = state->layout->n_floats;
  const char *recipe;

  if (file == NULL)
    return FALSE;
  metadata = gsc_tensor_file_get_metadata (file);
  recipe = g_hash_table_lookup (metadata, "config");
  if (recipe == NULL)
    return fail (error, path, _ ("it is not a training state of this program"));
  if (!g_str_equal (recipe, expected))
    return fail (error, path, _ ("it belongs to a run with another recipe"));

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    if (!counter_from_text (&counters[i], &read, g_hash_table_lookup (metadata, counters[i].key)))
      return fail (error, path, _ ("its counters are missing or make no sense"));

  loaded = g_new (float, N_BLOCKS *n);
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      const GscTensorInfo *info = find_vector (file, block_names[i], GSC_DTYPE_F32, n);

      if (info == NULL)
        return fail (error, path, _ ("its weights or moments do not fit the model"));
      gsc_tensor_file_read_f32 (file, info, loaded + i * n);
    }
  if (!all_finite (loaded, N_BLOCKS * n))
    return fail (error, path, _ ("it holds values that are not finite numbers"));

  for (guint i = 0; i < N_BLOCKS; i++)
    memcpy (blocks[i], loaded + i * n, n * sizeof (float));
  *state = read;
  return TRUE;
}
