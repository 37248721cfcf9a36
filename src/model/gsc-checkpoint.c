/* gsc-checkpoint.c - models on disk: our snapshots and the authors' checkpoints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-checkpoint.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-format-error.h"
#include "gsc-state-dict.h"

#define WTE "transformer.wte.weight"
#define LN_F "transformer.ln_f.weight"
#define HEAD "lm_head.weight"
#define BLOCK "transformer.h."

#define ROPE_THETA 10000.0
#define LAYERNORM_EPSILON 1e-5

/* A file under examination. Errors inside are without its name. */
typedef struct
{
  const GscStateDict *dict;
  GHashTable *metadata;
  GscModelConfig config; /* filled bit by bit */
} Loader;

/* The name of the frequencies that the authors' rotary embedding keeps beside the weights. */
static char *
get_rotary_name (int block)
{
  return g_strdup_printf (BLOCK "%d.attn.rotary_emb.freqs", block);
}

/* The number of the block that a tensor belongs to, or -1. */
static int
get_block (const char *name)
{
  const char *digits = name + strlen (BLOCK);
  char *end;
  gint64 block;

  if (!g_str_has_prefix (name, BLOCK) || !g_ascii_isdigit (*digits))
    return -1;
  block = g_ascii_strtoll (digits, &end, 10);
  return *end == '.' ? (int) MIN (block, G_MAXINT - 1) : -1;
}

/* Depth: the highest block there is. Blocks missing below it are found by check_names(). */
static gboolean
find_depth (Loader *loader, GList *names, GError **error)
{
  int depth = 1;

  for (GList *link = names; link != NULL; link = link->next)
    depth = MAX (depth, get_block (link->data) + 1);
  if (depth > GSC_MODEL_MAX_DEPTH)
    return gsc_format_error (error, _ ("The model has %d blocks; at most %d are supported."), depth,
                             GSC_MODEL_MAX_DEPTH);
  loader->config.depth = depth;
  return TRUE;
}

static gboolean
report_unknown (GPtrArray *unknown, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n_shown = MIN (unknown->len, 3);

  for (guint i = 0; i < n_shown; i++)
    g_string_append_printf (list, "%s“%s”", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (unknown, i));
  if (n_shown < unknown->len)
    {
      guint n = unknown->len - n_shown;

      /* Translators: after a list of names of tensors */
      g_string_append_printf (list, ngettext (" and %u more", " and %u more", n), n);
    }
  return gsc_format_error (
      error, _ ("The file has tensors that are not part of this kind of model: %s."), list->str);
}

/* All names must be known and, but for the output matrix and the rotary frequencies, all known
 * names must be there. */
static gboolean
check_names (Loader *loader, GList *names, GError **error)
{
  /* Sizes do not matter for names; the true ones are not known yet. */
  GscModelConfig config
      = { .vocab = 2, .width = 2, .heads = 1, .depth = loader->config.depth, .tied = FALSE };
  g_autoptr (GscParamLayout) layout = gsc_param_layout_new (&config);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();

  for (GList *link = names; link != NULL; link = link->next)
    {
      const char *name = link->data;
      g_autofree char *rotary = get_rotary_name (MAX (get_block (name), 0));

      if (gsc_param_layout_find (layout, name) == NULL && strcmp (name, rotary) != 0)
        g_ptr_array_add (unknown, (gpointer) name);
    }
  if (unknown->len > 0)
    return report_unknown (unknown, error);

  for (guint i = 0; i < layout->n_views; i++)
    {
      const char *name = layout->views[i].name;

      if (gsc_state_dict_find (loader->dict, name) == NULL && strcmp (name, HEAD) != 0)
        return gsc_format_error (error, _ ("The tensor “%s” is missing."), name);
    }
  return TRUE;
}

static gboolean
find_width_and_vocab (Loader *loader, GError **error)
{
  const GscTensorInfo *ln_f = gsc_state_dict_find (loader->dict, LN_F);
  const GscTensorInfo *wte = gsc_state_dict_find (loader->dict, WTE);

  if (ln_f->n_dims != 1)
    return gsc_format_error (error, _ ("The tensor “%s” has %u dimensions, not 1."), LN_F,
                             ln_f->n_dims);
  if (wte->n_dims != 2)
    return gsc_format_error (error, _ ("The tensor “%s” has %u dimensions, not 2."), WTE,
                             wte->n_dims);
  loader->config.width = (int) MIN (ln_f->dims[0], G_MAXINT);
  loader->config.vocab = (int) MIN (wte->dims[0], G_MAXINT);
  return TRUE;
}

/* A whole number from the metadata; 0 if it does not say. */
static gboolean
get_metadata_int (Loader *loader, const char *key, int *number, GError **error)
{
  const char *text = g_hash_table_lookup (loader->metadata, key);
  gint64 value = 0;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, 1, G_MAXINT, &value, NULL))
    return gsc_format_error (
        error, _ ("The metadata give %s as “%s”, which is no whole number above 0."), key, text);
  *number = (int) value;
  return TRUE;
}

static gboolean
check_metadata_int (Loader *loader, const char *key, int actual, GError **error)
{
  int claimed = 0;

  if (!get_metadata_int (loader, key, &claimed, error))
    return FALSE;
  if (claimed != 0 && claimed != actual)
    return gsc_format_error (error, _ ("The metadata give %s as %d, but the tensors have %d."), key,
                             claimed, actual);
  return TRUE;
}

/* Constants that this program cannot change. */
static gboolean
check_metadata_constant (Loader *loader, const char *key, double constant, GError **error)
{
  const char *text = g_hash_table_lookup (loader->metadata, key);
  char *end;
  double value;

  if (text == NULL)
    return TRUE;
  value = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !(fabs (value - constant) <= 1e-6 * constant))
    return gsc_format_error (error, _ ("The model's %s is “%s”; only %g is supported."), key, text,
                             constant);
  return TRUE;
}

static gboolean
find_activation (Loader *loader, GError **error)
{
  const char *text = g_hash_table_lookup (loader->metadata, "activation");

  if (text != NULL && strcmp (text, "relu") != 0 && strcmp (text, "gelu") != 0)
    return gsc_format_error (
        error, _ ("The model's activation is “%s”; only relu and gelu are supported."), text);
  loader->config.activation
      = text != NULL && strcmp (text, "gelu") == 0 ? GSC_ACTIVATION_GELU : GSC_ACTIVATION_RELU;
  return TRUE;
}

/* Heads: what the caller says, else the metadata, else the size of the rotary frequencies. */
static gboolean
find_heads (Loader *loader, int heads, GError **error)
{
  g_autofree char *rotary = get_rotary_name (0);
  const GscTensorInfo *info = gsc_state_dict_find (loader->dict, rotary);
  int claimed = 0;

  if (!get_metadata_int (loader, "heads", &claimed, error))
    return FALSE;
  if (heads != 0 && claimed != 0 && heads != claimed)
    return gsc_format_error (error, _ ("%d heads were asked for, but the metadata give %d."), heads,
                             claimed);
  if (heads == 0)
    heads = claimed;
  if (heads == 0 && info != NULL && info->n_elements > 0
      && info->n_elements <= GSC_MODEL_MAX_WIDTH / 2)
    heads = loader->config.width / (int) (2 * info->n_elements);
  if (heads == 0)
    return gsc_format_error (
        error, _ ("The file does not say how many heads the model has; give their number."));
  loader->config.heads = heads;
  return TRUE;
}

/* The frequencies must be base^(-2i / head size) with our base, for they are not used otherwise. */
static gboolean
check_rotary (Loader *loader, int block, GError **error)
{
  g_autofree char *name = get_rotary_name (block);
  const GscTensorInfo *info = gsc_state_dict_find (loader->dict, name);
  int size = loader->config.width / loader->config.heads;
  g_autofree float *values = NULL;
  double tolerance;

  if (info == NULL)
    return TRUE;
  if (info->n_dims != 1 || info->dims[0] * 2 != size)
    return gsc_format_error (
        error, _ ("The tensor “%s” has %zu frequencies, but heads of size %d need %d."), name,
        info->n_elements, size, size / 2);
  /* Half-precision files round them. */
  tolerance = info->dtype == GSC_DTYPE_F16 ? 1e-3 : info->dtype == GSC_DTYPE_BF16 ? 8e-3 : 1e-4;
  values = g_new (float, info->n_elements);
  gsc_state_dict_read_f32 (loader->dict, info, values);
  for (int i = 0; i < size / 2; i++)
    {
      double expected = pow (ROPE_THETA, -2.0 * i / size);

      if (!(fabs (values[i] - expected) <= tolerance * expected))
        return gsc_format_error (
            error,
            _ ("The model uses another RoPE base than %g (frequency %d of “%s” "
               "is %g, not %g)."),
            ROPE_THETA, i, name, values[i], expected);
    }
  return TRUE;
}

static gboolean
check_metadata (Loader *loader, GError **error)
{
  const GscModelConfig *config = &loader->config;

  return check_metadata_int (loader, "width", config->width, error)
         && check_metadata_int (loader, "depth", config->depth, error)
         && check_metadata_int (loader, "vocab", config->vocab, error)
         && check_metadata_constant (loader, "rope_theta", ROPE_THETA, error)
         && check_metadata_constant (loader, "layernorm_epsilon", LAYERNORM_EPSILON, error);
}

static gboolean
check_shape (const GscTensorInfo *info, const GscParamView *view, GError **error)
{
  gboolean is_norm = view->kind == GSC_PARAM_NORM;
  g_autoptr (GString) shape = NULL;

  if (!gsc_dtype_is_float (info->dtype))
    return gsc_format_error (error, _ ("The tensor “%s” holds whole numbers, not weights."),
                             view->name);
  if (info->n_dims == (is_norm ? 1 : 2) && info->dims[0] == view->rows
      && (is_norm || info->dims[1] == view->cols))
    return TRUE;

  shape = g_string_new ("[");
  for (guint i = 0; i < info->n_dims; i++)
    g_string_append_printf (shape, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", info->dims[i]);
  if (is_norm)
    return gsc_format_error (error, _ ("The tensor “%s” has the shape %s], but [%d] is needed."),
                             view->name, shape->str, view->rows);
  return gsc_format_error (error, _ ("The tensor “%s” has the shape %s], but [%d, %d] is needed."),
                           view->name, shape->str, view->rows, view->cols);
}

/* All shapes, before anything is allocated for them. */
static gboolean
check_shapes (Loader *loader, GError **error)
{
  GscModelConfig config = loader->config;
  g_autoptr (GscParamLayout) layout = NULL;

  config.tied = gsc_state_dict_find (loader->dict, HEAD) == NULL;
  if (!gsc_model_config_check (&config, error))
    return FALSE;
  layout = gsc_param_layout_new (&config);
  for (guint i = 0; i < layout->n_views; i++)
    {
      const GscParamView *view = &layout->views[i];

      if (!check_shape (gsc_state_dict_find (loader->dict, view->name), view, error))
        return FALSE;
    }
  return TRUE;
}

/* An output matrix equal to the embedding is PyTorch's way of writing a tied one, unless the
 * metadata say that the two are merely equal at the moment. */
static gboolean
find_tied (Loader *loader, GError **error)
{
  const char *claimed = g_hash_table_lookup (loader->metadata, "tied");
  const GscTensorInfo *wte = gsc_state_dict_find (loader->dict, WTE);
  const GscTensorInfo *head = gsc_state_dict_find (loader->dict, HEAD);
  gboolean equal = TRUE;

  if (claimed != NULL && strcmp (claimed, "true") != 0 && strcmp (claimed, "false") != 0)
    return gsc_format_error (
        error, _ ("The metadata give tied as “%s”, which is neither true nor false."), claimed);
  if (head != NULL)
    {
      g_autofree float *one = g_new (float, wte->n_elements);
      g_autofree float *other = g_new (float, head->n_elements);

      gsc_state_dict_read_f32 (loader->dict, wte, one);
      gsc_state_dict_read_f32 (loader->dict, head, other);
      equal = memcmp (one, other, wte->n_elements * sizeof (float)) == 0;
    }
  if (claimed != NULL && strcmp (claimed, "true") == 0 && !equal)
    return gsc_format_error (
        error, _ ("The metadata say that “%s” and “%s” are tied, but they differ."), HEAD, WTE);
  if (claimed != NULL && strcmp (claimed, "false") == 0 && head == NULL)
    return gsc_format_error (
        error, _ ("The metadata say that the model is not tied, but “%s” is missing."), HEAD);
  loader->config.tied = equal && g_strcmp0 (claimed, "false") != 0;
  return TRUE;
}

/* Everything about the model's shape, from names to sizes. */
static gboolean
find_config (Loader *loader, int heads, GError **error)
{
  g_autoptr (GList) names = gsc_state_dict_list_names (loader->dict);

  if (!find_depth (loader, names, error) || !check_names (loader, names, error)
      || !find_width_and_vocab (loader, error) || !check_metadata (loader, error)
      || !find_activation (loader, error) || !find_heads (loader, heads, error)
      || !check_shapes (loader, error))
    return FALSE;
  for (int block = 0; block < loader->config.depth; block++)
    if (!check_rotary (loader, block, error))
      return FALSE;
  return find_tied (loader, error);
}

static GscModel *
load (Loader *loader, int heads, GError **error)
{
  g_autoptr (GscModel) model = NULL;
  const GscParamLayout *layout;

  if (!find_config (loader, heads, error))
    return NULL;
  model = gsc_model_new (&loader->config, error);
  if (model == NULL)
    return NULL;
  layout = gsc_model_get_layout (model);
  for (guint i = 0; i < layout->n_views; i++)
    gsc_state_dict_read_f32 (loader->dict,
                             gsc_state_dict_find (loader->dict, layout->views[i].name),
                             gsc_model_get_weights (model) + layout->views[i].offset);
  return gsc_model_check_finite (model, error) ? g_steal_pointer (&model) : NULL;
}

GscModel *
gsc_checkpoint_load (const char *path, int heads, GHashTable **metadata, GError **error)
{
  g_autoptr (GscStateDict) dict = NULL;
  Loader loader = { 0 };
  GscModel *model;

  if (metadata != NULL)
    *metadata = NULL;
  dict = gsc_state_dict_open (path, error);
  if (dict == NULL)
    return NULL;
  loader.dict = dict;
  loader.metadata = gsc_state_dict_get_metadata (dict);
  model = load (&loader, heads, error);
  if (model == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  if (metadata != NULL)
    *metadata = g_hash_table_ref (loader.metadata);
  return model;
}

static void
set_metadata (GHashTable *metadata, const char *key, const char *value)
{
  g_hash_table_insert (metadata, g_strdup (key), g_strdup (value));
}

static void
set_metadata_int (GHashTable *metadata, const char *key, int value)
{
  g_hash_table_insert (metadata, g_strdup (key), g_strdup_printf ("%d", value));
}

static GHashTable *
describe (const GscModelConfig *config, GHashTable *additional)
{
  GHashTable *metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, value;

  set_metadata_int (metadata, "vocab", config->vocab);
  set_metadata_int (metadata, "width", config->width);
  set_metadata_int (metadata, "heads", config->heads);
  set_metadata_int (metadata, "depth", config->depth);
  set_metadata (metadata, "activation",
                config->activation == GSC_ACTIVATION_GELU ? "gelu" : "relu");
  set_metadata (metadata, "tied", config->tied ? "true" : "false");
  set_metadata (metadata, "rope_theta", "10000");
  set_metadata (metadata, "layernorm_epsilon", "1e-05");
  if (additional != NULL)
    {
      g_hash_table_iter_init (&iter, additional);
      while (g_hash_table_iter_next (&iter, &key, &value))
        set_metadata (metadata, key, value);
    }
  return metadata;
}

gboolean
gsc_checkpoint_save (const GscModel *model, GHashTable *metadata, const char *path, GError **error)
{
  const GscModelConfig *config = gsc_model_get_config (model);
  const GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  g_autoptr (GHashTable) described = describe (config, metadata);
  g_autofree GscTensorSource *tensors = g_new0 (GscTensorSource, layout->n_views);

  if (!gsc_model_check_finite (model, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, _ ("%s: The model was not saved: "), name);
      return FALSE;
    }
  for (guint i = 0; i < layout->n_views; i++)
    {
      const GscParamView *view = &layout->views[i];

      tensors[i].name = view->name;
      tensors[i].dtype = GSC_DTYPE_F32;
      tensors[i].n_dims = view->kind == GSC_PARAM_NORM ? 1 : 2;
      tensors[i].dims[0] = view->rows;
      tensors[i].dims[1] = view->cols;
      tensors[i].data = weights + view->offset;
    }
  return gsc_tensor_file_write (path, tensors, layout->n_views, described, error);
}
