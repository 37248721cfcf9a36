/* gsc-tensor-header.c - the JSON header of a safetensors file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-tensor-header.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gsc-format-error.h"

/* A header is an object of objects of lists: three levels. */
#define MAX_NESTING 3

/* Bounds the memory of the parsed JSON; our largest files need about 2,000. */
#define MAX_VALUES 200000

#define METADATA_KEY "__metadata__"

/* Looks at the raw text before json-glib does, because json-glib recurses without bound, keeps the
 * last of two equal keys without a word and accepts more than JSON (comments, assignments, single
 * quotes, text after the end). Only what a header needs gets through: strings, whole numbers, lists
 * and objects, few levels deep. @n_members: (out): how many keys the text has. */
static gboolean
scan_text (const char *text, gsize length, gsize *n_members, GError **error)
{
  gboolean in_string = FALSE;
  guint nesting = 0;
  gsize n_values = 0;

  *n_members = 0;
  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
          else if ((guchar) c < ' ')
            return gsc_format_error (error,
                                     _ ("The header has a control character inside a string."));
          continue;
        }
      if (nesting == 0 && i > 0 && !g_ascii_isspace (c))
        return gsc_format_error (error, _ ("The header has more text after its end."));
      if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        {
          if (++nesting > MAX_NESTING)
            return gsc_format_error (error, _ ("The header is nested too deeply."));
        }
      else if (c == '}' || c == ']')
        nesting--;
      else if (c == ':' || c == ',')
        {
          *n_members += c == ':';
          if (++n_values > MAX_VALUES)
            return gsc_format_error (error, _ ("The header has more than %d values."), MAX_VALUES);
        }
      else if (strchr (" \t\r\n-0123456789", c) == NULL)
        return gsc_format_error (
            error,
            _ ("The header holds something other than strings, whole numbers, lists and "
               "objects (byte %zu)."),
            i);
    }
  return TRUE;
}

/* A whole number of at least 0. */
static gboolean
get_count (JsonNode *node, gint64 *count)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *count = json_node_get_int (node);
  return *count >= 0;
}

static const char *
get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonArray *
get_array (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
parse_metadata (JsonNode *node, GHashTable *metadata, gsize *n_members, GError **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gsc_format_error (error, _ ("The header's %s is not an object."), METADATA_KEY);
  *n_members += json_object_get_size (json_node_get_object (node));
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &key, &value))
    {
      const char *string = get_string (value);

      if (string == NULL)
        return gsc_format_error (error, _ ("The metadatum “%s” is not a string."), key);
      g_hash_table_replace (metadata, g_strdup (key), g_strdup (string));
    }
  return TRUE;
}

static gboolean
parse_shape (JsonArray *shape, GscTensorInfo *info, GError **error)
{
  guint n = json_array_get_length (shape);
  gsize bytes = gsc_dtype_get_size (info->dtype);

  if (n > G_N_ELEMENTS (info->dims))
    return gsc_format_error (error, _ ("Tensor “%s” has more than 8 dimensions."), info->name);
  info->n_dims = n;
  info->n_elements = 1;
  for (guint i = 0; i < n; i++)
    {
      if (!get_count (json_array_get_element (shape, i), &info->dims[i]))
        return gsc_format_error (
            error, _ ("Tensor “%s” has a shape that is not made of whole numbers."), info->name);
      if ((guint64) info->dims[i] > G_MAXSIZE
          || !g_size_checked_mul (&info->n_elements, info->n_elements, (gsize) info->dims[i])
          || !g_size_checked_mul (&bytes, bytes, (gsize) info->dims[i]))
        return gsc_format_error (error, _ ("Tensor “%s” has an impossibly large shape."),
                                 info->name);
    }
  return TRUE;
}

static gboolean
parse_offsets (JsonArray *offsets, gsize data_length, GscTensorInfo *info, GError **error)
{
  gint64 begin, end;

  if (json_array_get_length (offsets) != 2
      || !get_count (json_array_get_element (offsets, 0), &begin)
      || !get_count (json_array_get_element (offsets, 1), &end) || begin > end)
    return gsc_format_error (error, _ ("Tensor “%s” has offsets that make no sense."), info->name);
  if ((guint64) end > data_length)
    return gsc_format_error (
        error, _ ("Tensor “%s” ends at byte %" PRId64 " of the data, but there are only %zu."),
        info->name, end, data_length);
  info->begin = (gsize) begin;
  info->end = (gsize) end;
  if (info->end - info->begin != info->n_elements * gsc_dtype_get_size (info->dtype))
    return gsc_format_error (
        error, _ ("Tensor “%s” has %zu bytes of data, which does not match its shape."), info->name,
        info->end - info->begin);
  return TRUE;
}

static gboolean
parse_tensor (
    JsonNode *node, gsize data_length, GscTensorInfo *info, gsize *n_members, GError **error)
{
  JsonObject *object;
  const char *dtype;
  JsonArray *shape, *offsets;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return gsc_format_error (error, _ ("The header's entry “%s” is not an object."), info->name);
  object = json_node_get_object (node);
  *n_members += json_object_get_size (object);
  dtype = get_string (json_object_get_member (object, "dtype"));
  shape = get_array (json_object_get_member (object, "shape"));
  offsets = get_array (json_object_get_member (object, "data_offsets"));
  if (dtype == NULL || shape == NULL || offsets == NULL)
    return gsc_format_error (error, _ ("Tensor “%s” lacks a dtype, shape or data_offsets."),
                             info->name);
  if (!gsc_dtype_from_name (dtype, &info->dtype))
    return gsc_format_error (error, _ ("Tensor “%s” holds numbers of the unsupported kind “%s”."),
                             info->name, dtype);
  return parse_shape (shape, info, error) && parse_offsets (offsets, data_length, info, error);
}

static int
compare_by_position (gconstpointer a, gconstpointer b)
{
  const GscTensorInfo *one = a, *other = b;

  if (one->begin != other->begin)
    return one->begin < other->begin ? -1 : 1;
  if (one->end != other->end)
    return one->end < other->end ? -1 : 1;
  return strcmp (one->name, other->name);
}

/* @infos in the order of their data: each must begin where the one before ends. */
static gboolean
check_tiling (GArray *infos, gsize data_length, GError **error)
{
  gsize end = 0;

  for (guint i = 0; i < infos->len; i++)
    {
      const GscTensorInfo *info = &g_array_index (infos, GscTensorInfo, i);

      if (info->begin < end)
        return gsc_format_error (
            error, _ ("The data of tensor “%s” overlap those of another tensor."), info->name);
      if (info->begin > end)
        return gsc_format_error (error, _ ("There is a hole in the data before tensor “%s”."),
                                 info->name);
      end = info->end;
    }
  if (end != data_length)
    return gsc_format_error (error, _ ("The file has %zu bytes that belong to no tensor."),
                             data_length - end);
  return TRUE;
}

static gboolean
parse_root (JsonNode *root,
            gsize n_members,
            gsize data_length,
            GArray *infos,
            GHashTable *metadata,
            GError **error)
{
  gsize n_found;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return gsc_format_error (error, _ ("The header is not a JSON object."));

  n_found = json_object_get_size (json_node_get_object (root));
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &key, &value))
    {
      GscTensorInfo info = { 0 };

      if (strcmp (key, METADATA_KEY) == 0)
        {
          if (!parse_metadata (value, metadata, &n_found, error))
            return FALSE;
          continue;
        }
      info.name = g_strdup (key);
      g_array_append_val (infos, info);
      if (!parse_tensor (value, data_length, &g_array_index (infos, GscTensorInfo, infos->len - 1),
                         &n_found, error))
        return FALSE;
    }
  if (n_found != n_members)
    return gsc_format_error (error, _ ("The header has the same name twice."));
  g_array_sort (infos, compare_by_position);
  return check_tiling (infos, data_length, error);
}

gboolean
gsc_tensor_header_parse (const char *text,
                         gsize length,
                         gsize data_length,
                         GArray *infos,
                         GHashTable *metadata,
                         GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) json_error = NULL;
  gsize n_members;

  if (length == 0 || text[0] != '{')
    return gsc_format_error (error, _ ("The header is not a JSON object."));
  if (!g_utf8_validate_len (text, length, NULL))
    return gsc_format_error (error, _ ("The header is not UTF-8 text."));
  if (!scan_text (text, length, &n_members, error))
    return FALSE;

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &json_error))
    return gsc_format_error (error, _ ("The header is not valid JSON (%s)."), json_error->message);
  return parse_root (json_parser_get_root (parser), n_members, data_length, infos, metadata, error);
}

static gboolean
add_metadata (JsonBuilder *builder, GHashTable *metadata, GError **error)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (metadata), (GCompareFunc) strcmp);

  json_builder_set_member_name (builder, METADATA_KEY);
  json_builder_begin_object (builder);
  for (GList *link = keys; link != NULL; link = link->next)
    {
      const char *value = g_hash_table_lookup (metadata, link->data);

      if (!g_utf8_validate (link->data, -1, NULL) || !g_utf8_validate (value, -1, NULL))
        return gsc_format_error (error, _ ("A metadatum is not UTF-8 text."));
      json_builder_set_member_name (builder, link->data);
      json_builder_add_string_value (builder, value);
    }
  json_builder_end_object (builder);
  return TRUE;
}

static void
add_tensor (JsonBuilder *builder, const GscTensorSource *tensor, gsize begin, gsize end)
{
  json_builder_set_member_name (builder, tensor->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "dtype");
  json_builder_add_string_value (builder, gsc_dtype_get_name (tensor->dtype));
  json_builder_set_member_name (builder, "shape");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tensor->n_dims; i++)
    json_builder_add_int_value (builder, tensor->dims[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "data_offsets");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, (gint64) begin);
  json_builder_add_int_value (builder, (gint64) end);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
gsc_tensor_header_build (const GscTensorSource *tensors,
                         guint n_tensors,
                         GHashTable *metadata,
                         GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;
  gsize begin = 0;
  gsize length;

  json_builder_begin_object (builder);
  if (metadata != NULL && g_hash_table_size (metadata) > 0
      && !add_metadata (builder, metadata, error))
    return NULL;
  g_hash_table_add (names, (gpointer) METADATA_KEY);
  for (guint i = 0; i < n_tensors; i++)
    {
      gsize size = gsc_dtype_get_size (tensors[i].dtype);

      if (!g_utf8_validate (tensors[i].name, -1, NULL)
          || !g_hash_table_add (names, (gpointer) tensors[i].name))
        {
          gsc_format_error (error, _ ("The name of tensor %u is not UTF-8 text or is used twice."),
                            i + 1);
          return NULL;
        }
      for (guint j = 0; j < tensors[i].n_dims; j++)
        size *= (gsize) tensors[i].dims[j];
      add_tensor (builder, &tensors[i], begin, begin + size);
      begin += size;
    }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_strdup_printf ("%s%*s", text, (int) ((8 - length % 8) % 8), "");
}
