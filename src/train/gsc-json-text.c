/* gsc-json-text.c - JSON that others may have written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-json-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-config.h"
#include "gsc-nearest-name.h"

#define MAX_BRACKETS 16 /* open at a time; our files have four */

/* Keys met while parsing, in nested files each with the address of its object, which stays while
 * others are parsed; the parsed object itself keeps only the last of two equal ones. */
typedef struct
{
  gboolean nested;
  GHashTable *seen;
  char *twice; /* the first that came again, or NULL */
} Duplicates;

static void
on_object_member (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Duplicates *duplicates = data;
  char *key = g_strdup_printf ("%p %s", duplicates->nested ? (void *) object : NULL, name);

  if (!g_hash_table_add (duplicates->seen, key) && duplicates->twice == NULL)
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
            /* Translators: these follow "This is no JSON: it has " */
            fault = _ ("a control character in a string");
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '0' && begins_number (text, i) && i + 1 < length
               && (g_ascii_isdigit (text[i + 1]) || g_ascii_tolower (text[i + 1]) == 'x'))
        fault = _ ("a number that begins with 0");
      else if (c == '\0' || (!g_ascii_isalnum (c) && strchr (" \t\r\n{}[]:,+-.", c) == NULL))
        fault = _ ("a character that has no place outside a string");
      else if ((c == '{' || c == '[') && ++n_brackets > MAX_BRACKETS)
        fault = _ ("more opening brackets than any file of this program");
      else if ((c == '}' || c == ']') && n_brackets > 0)
        n_brackets--;
    }
  if (fault == NULL)
    return TRUE;
  g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE, _ ("This is no JSON: it has %s."),
               fault);
  return FALSE;
}

static gboolean
parse (const char *text, gsize length, gboolean nested, JsonNode **root, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) local_error = NULL;
  Duplicates duplicates = { nested, seen, NULL };
  gboolean parsed;

  if (!check_text (text, length, error))
    return FALSE;
  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                   _ ("This is no JSON: the text is not valid UTF-8."));
      return FALSE;
    }

  g_signal_connect (parser, "object-member", G_CALLBACK (on_object_member), &duplicates);
  parsed = json_parser_load_from_data (parser, text, (gssize) length, &local_error);
  if (!parsed)
    g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE, _ ("This is no JSON (%s)."),
                 local_error->message);
  else if (duplicates.twice != NULL)
    {
      g_autofree char *quoted = gsc_nearest_name_quote (duplicates.twice);

      g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                   _ ("The key “%s” occurs twice; keep one."), quoted);
      parsed = FALSE;
    }
  g_free (duplicates.twice);
  if (parsed)
    *root = json_parser_steal_root (parser);
  return parsed;
}

gboolean
gsc_json_text_parse (const char *text, gsize length, JsonNode **root, GError **error)
{
  return parse (text, length, FALSE, root, error);
}

gboolean
gsc_json_text_parse_nested (const char *text, gsize length, JsonNode **root, GError **error)
{
  return parse (text, length, TRUE, root, error);
}
