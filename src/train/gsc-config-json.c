/* gsc-config-json.c - a recipe as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-config-key.h"
#include "gsc-json-text.h"
#include "gsc-nearest-name.h"
#include "gsc-text-file.h"

enum
{
  MAX_FILE_LENGTH = 1024 * 1024,
};

JsonNode *
gsc_config_to_json (const GscConfig *config)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  guint n_keys;
  const GscConfigKey *keys = gsc_config_key_get_all (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      const GscConfigKey *key = &keys[i];
      g_autofree char *text = NULL;

      switch (key->type)
        {
        case GSC_CONFIG_KEY_DOUBLE:
          json_object_set_double_member (object, key->name,
                                         gsc_config_key_get_number (key, config));
          break;
        case GSC_CONFIG_KEY_BOOLEAN:
          json_object_set_boolean_member (object, key->name,
                                          gsc_config_key_get_int (key, config) != 0);
          break;
        case GSC_CONFIG_KEY_CHOICE:
          text = gsc_config_key_get_text (key, config);
          json_object_set_string_member (object, key->name, text);
          break;
        case GSC_CONFIG_KEY_INT:
        case GSC_CONFIG_KEY_INT64:
        default:
          json_object_set_int_member (object, key->name, gsc_config_key_get_int (key, config));
          break;
        }
    }
  json_node_set_object (node, object);
  return node;
}

/* json-glib writes 0.8 as 0.80000000000000004 and other releases of it write other bytes, so the
 * few lines are put together here; no key or choice has a character that JSON would want escaped.
 */
char *
gsc_config_to_text (const GscConfig *config)
{
  GString *text = g_string_new ("{\n");
  guint n_keys;
  const GscConfigKey *keys = gsc_config_key_get_all (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *value = gsc_config_key_get_text (&keys[i], config);
      const char *quote = keys[i].type == GSC_CONFIG_KEY_CHOICE ? "\"" : "";

      g_string_append_printf (text, "  \"%s\": %s%s%s%s\n", keys[i].name, quote, value, quote,
                              i + 1 < n_keys ? "," : "");
    }
  g_string_append (text, "}\n");
  return g_string_free (text, FALSE);
}

static gboolean
read_value (GscConfig *config, const GscConfigKey *key, JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  gint64 whole = 0;
  double number;

  switch (key->type)
    {
    case GSC_CONFIG_KEY_DOUBLE:
      if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
        return FALSE;
      number
          = type == G_TYPE_DOUBLE ? json_node_get_double (node) : (double) json_node_get_int (node);
      if (!isfinite (number)) /* 1e999 */
        return FALSE;
      gsc_config_key_set_double (key, config, number);
      return TRUE;
    case GSC_CONFIG_KEY_BOOLEAN:
      if (type != G_TYPE_BOOLEAN)
        return FALSE;
      whole = json_node_get_boolean (node);
      break;
    case GSC_CONFIG_KEY_CHOICE:
      if (type != G_TYPE_STRING)
        return FALSE;
      whole = gsc_config_key_find_choice (key, json_node_get_string (node));
      if (whole < 0)
        return FALSE;
      break;
    case GSC_CONFIG_KEY_INT:
    case GSC_CONFIG_KEY_INT64:
    default:
      if (type != G_TYPE_INT64)
        return FALSE;
      whole = json_node_get_int (node);
      if (key->type == GSC_CONFIG_KEY_INT && (whole < G_MININT || whole > G_MAXINT))
        return FALSE;
      break;
    }
  gsc_config_key_set_int (key, config, whole);
  return TRUE;
}

/* "64.5", "“relu”", "a list": what a message says the file holds. */
static char *
describe_node (JsonNode *node)
{
  g_autofree char *json = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (_ ("an object"));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup (_ ("a list"));
  json = json_to_string (node, FALSE);
  return gsc_nearest_name_quote (json);
}

gboolean
gsc_config_read_json (GscConfig *config, JsonNode *node, GError **error)
{
  GscConfig result = *config;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                   _ ("A recipe must be a JSON object, { \"p\": 11, ... }."));
      return FALSE;
    }

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    {
      const GscConfigKey *key = gsc_config_key_find (name, error);

      if (key == NULL)
        return FALSE;
      if (!read_value (&result, key, member))
        {
          g_autofree char *takes = gsc_config_key_describe (key);
          g_autofree char *value = describe_node (member);

          g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                       _ ("%s must be %s, not %s."), key->name, takes, value);
          return FALSE;
        }
    }
  *config = result;
  return TRUE;
}

gboolean
gsc_config_read_text (GscConfig *config, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  return gsc_json_text_parse (text, length, &root, error)
         && gsc_config_read_json (config, root, error);
}

gboolean
gsc_config_load (GscConfig *config, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = NULL;
  GscConfig result = *config;
  gsize length;

  text = gsc_text_file_read (path, MAX_FILE_LENGTH, &length, error);
  if (text == NULL)
    return FALSE;
  if (!gsc_config_read_text (&result, text, length, error) || !gsc_config_validate (&result, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  *config = result;
  return TRUE;
}

gboolean
gsc_config_save (const GscConfig *config, const char *path, GError **error)
{
  g_autofree char *text = gsc_config_to_text (config);

  return gsc_atomic_file_write (path, text, strlen (text), error);
}
