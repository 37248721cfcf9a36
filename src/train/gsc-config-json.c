/* gsc-config-json.c - a recipe as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-config.h"

#include <math.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-config-key.h"
#include "gsc-nearest-name.h"
#include "gsc-text-file.h"

enum
{
  MAX_FILE_LENGTH = 1024 * 1024,
  MAX_BRACKETS = 64, /* a recipe has one */
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
    return g_strdup ("an object");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup ("a list");
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
                   "A recipe must be a JSON object, { \"p\": 11, ... }.");
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

          g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE, "%s must be %s, not %s.",
                       key->name, takes, value);
          return FALSE;
        }
    }
  *config = result;
  return TRUE;
}

/* Keys met while parsing; the parsed object itself keeps only the last of two equal ones. */
typedef struct
{
  GHashTable *seen;
  char *twice; /* the first that came again, or NULL */
} Duplicates;

static void
on_object_member (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Duplicates *duplicates = data;

  if (!g_hash_table_add (duplicates->seen, g_strdup (name)) && duplicates->twice == NULL)
    duplicates->twice = g_strdup (name);
}

/* Whether the digit text[i] is the first of a number, and not of its fraction or exponent. */
static gboolean
begins_number (const char *text, gsize i)
{
  if (i > 0 && text[i - 1] == '-')
    i--;
  return i == 0 || (!g_ascii_isalnum (text[i - 1]) && strchr (".+-", text[i - 1]) == NULL);
}

/* Looks at the raw text before json-glib does, which goes down one call a bracket, so that many
 * would overflow the stack, and reads more than JSON: comments, assignments, single quotes, octal
 * numbers. */
static gboolean
check_text (const char *text, gsize length, GError **error)
{
  gboolean in_string = FALSE;
  const char *fault = NULL;
  guint n_brackets = 0;

  for (gsize i = 0; i < length && fault == NULL; i++)
    {
      char c = text[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
          else if ((guchar) c < ' ')
            fault = "a control character in a string";
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '0' && begins_number (text, i) && i + 1 < length
               && (g_ascii_isdigit (text[i + 1]) || g_ascii_tolower (text[i + 1]) == 'x'))
        fault = "a number that begins with 0";
      else if (c == '\0' || (!g_ascii_isalnum (c) && strchr (" \t\r\n{}[]:,+-.", c) == NULL))
        fault = "a character that has no place outside a string";
      else if ((c == '{' || c == '[') && ++n_brackets > MAX_BRACKETS)
        fault = "more opening brackets than any recipe";
    }
  if (fault == NULL)
    return TRUE;
  g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
               "This is no recipe in JSON: it has %s.", fault);
  return FALSE;
}

gboolean
gsc_config_read_text (GscConfig *config, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) local_error = NULL;
  Duplicates duplicates = { seen, NULL };
  gboolean parsed;

  if (!check_text (text, length, error))
    return FALSE;
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                   "This is no JSON: the text is not valid UTF-8.");
      return FALSE;
    }

  g_signal_connect (parser, "object-member", G_CALLBACK (on_object_member), &duplicates);
  parsed = json_parser_load_from_data (parser, text, (gssize) length, &local_error);
  if (!parsed)
    g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE, "This is no JSON (%s).",
                 local_error->message);
  else if (duplicates.twice != NULL)
    {
      g_autofree char *quoted = gsc_nearest_name_quote (duplicates.twice);

      g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                   "The key “%s” occurs twice; keep one.", quoted);
      parsed = FALSE;
    }
  g_free (duplicates.twice);
  return parsed && gsc_config_read_json (config, json_parser_get_root (parser), error);
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
