/* gsc-bookmark.c - one view of a run, to come back to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-bookmark.h"

#include <string.h>

/* A bound for what a file may say; runs have far less. */
#define MAX_INDEX 1000000

GscBookmark *
gsc_bookmark_new (const char *figure)
{
  GscBookmark *bookmark = g_new0 (GscBookmark, 1);

  bookmark->text = g_strdup ("");
  bookmark->panels[0].figure = g_strdup (figure);
  bookmark->live = TRUE;
  bookmark->seed = 1;
  bookmark->zoom = 1;
  return bookmark;
}

GscBookmark *
gsc_bookmark_copy (const GscBookmark *bookmark)
{
  GscBookmark *copy = g_memdup2 (bookmark, sizeof *bookmark);

  copy->text = g_strdup (bookmark->text);
  copy->sequence = g_strdup (bookmark->sequence);
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    {
      const GscBookmarkPanel *panel = &bookmark->panels[i];

      copy->panels[i].figure = g_strdup (panel->figure);
      copy->panels[i].choices = panel->choices != NULL ? g_variant_ref (panel->choices) : NULL;
    }
  return copy;
}

static void
clear_panel (GscBookmarkPanel *panel)
{
  g_clear_pointer (&panel->figure, g_free);
  g_clear_pointer (&panel->choices, g_variant_unref);
}

void
gsc_bookmark_free (GscBookmark *bookmark)
{
  if (bookmark == NULL)
    return;
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    clear_panel (&bookmark->panels[i]);
  g_free (bookmark->text);
  g_free (bookmark->sequence);
  g_free (bookmark);
}

void
gsc_bookmark_set_text (GscBookmark *bookmark, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  char *end = valid + MIN (strlen (valid), GSC_BOOKMARK_MAX_TEXT);

  /* not in the midst of a character */
  while (end > valid && (*end & 0xc0) == 0x80)
    end--;
  *end = '\0';
  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strstrip (valid);
  g_free (bookmark->text);
  bookmark->text = g_steal_pointer (&valid);
}

void
gsc_bookmark_set_panel (GscBookmark *bookmark, guint index, const char *figure, GVariant *choices)
{
  GscBookmarkPanel *panel = &bookmark->panels[index];
  GscBookmarkPanel before = *panel;

  panel->figure = g_strdup (figure);
  panel->choices = choices != NULL ? g_variant_ref_sink (choices) : NULL;
  clear_panel (&before);
}

/* Writing */

static void
write_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, value);
}

static void
write_text (JsonBuilder *builder, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, valid);
}

static void
write_panel (JsonBuilder *builder, const GscBookmarkPanel *panel)
{
  json_builder_begin_object (builder);
  write_text (builder, "figure", panel->figure);
  if (panel->choices != NULL)
    {
      GVariantIter iter;
      const char *key;
      GVariant *value;

      g_variant_iter_init (&iter, panel->choices);
      while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
        {
          if (g_str_equal (key, "figure"))
            continue;
          if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
            write_text (builder, key, g_variant_get_string (value, NULL));
          else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
            {
              json_builder_set_member_name (builder, key);
              json_builder_add_boolean_value (builder, g_variant_get_boolean (value));
            }
        }
    }
  json_builder_end_object (builder);
}

void
gsc_bookmark_write (const GscBookmark *bookmark, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  write_text (builder, "text", bookmark->text);
  json_builder_set_member_name (builder, "panels");
  json_builder_begin_array (builder);
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (bookmark->panels[i].figure != NULL)
      write_panel (builder, &bookmark->panels[i]);
  json_builder_end_array (builder);
  /* live where there is no step */
  if (!bookmark->live)
    write_int (builder, "step", bookmark->step);
  write_int (builder, "a", bookmark->a);
  write_int (builder, "b", bookmark->b);
  write_int (builder, "shot", bookmark->shot);
  write_int (builder, "layer", bookmark->layer);
  write_int (builder, "head", bookmark->head);
  write_int (builder, "seed", bookmark->seed);
  if (bookmark->sequence != NULL)
    write_text (builder, "sequence", bookmark->sequence);
  json_builder_set_member_name (builder, "zoom");
  json_builder_add_double_value (builder, bookmark->zoom);
  json_builder_end_object (builder);
}

/* Reading. FALSE when a member is something else than it has to be; none is all right. */

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
read_int (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_INT64))
    return FALSE;
  *value = json_node_get_int (node);
  return *value >= min && *value <= max;
}

static gboolean
read_index (JsonObject *object, const char *key, guint *value)
{
  gint64 number = *value;

  if (!read_int (object, key, 0, MAX_INDEX, &number))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

static gboolean
read_value (JsonObject *object, const char *key, int *value)
{
  guint number = (guint) *value;

  if (!read_index (object, key, &number))
    return FALSE;
  *value = (int) number;
  return TRUE;
}

static gboolean
read_zoom (JsonObject *object, double *zoom)
{
  JsonNode *node = json_object_get_member (object, "zoom");

  if (node == NULL)
    return TRUE;
  if (!holds (node, G_TYPE_DOUBLE) && !holds (node, G_TYPE_INT64))
    return FALSE;
  *zoom = json_node_get_double (node);
  return *zoom >= GSC_BOOKMARK_MIN_ZOOM && *zoom <= GSC_BOOKMARK_MAX_ZOOM;
}

static gboolean
read_panel (GscBookmark *bookmark, guint index, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *figure = object != NULL ? json_object_get_member (object, "figure") : NULL;
  GVariantDict choices;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (figure == NULL || !holds (figure, G_TYPE_STRING) || *json_node_get_string (figure) == '\0')
    return FALSE;
  g_variant_dict_init (&choices, NULL);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &value))
    if (value == figure)
      continue;
    else if (holds (value, G_TYPE_STRING))
      g_variant_dict_insert (&choices, key, "s", json_node_get_string (value));
    else if (holds (value, G_TYPE_BOOLEAN))
      g_variant_dict_insert (&choices, key, "b", json_node_get_boolean (value));
  gsc_bookmark_set_panel (bookmark, index, json_node_get_string (figure),
                          g_variant_dict_end (&choices));
  return TRUE;
}

static gboolean
read_panels (JsonObject *object, GscBookmark *bookmark)
{
  JsonNode *node = json_object_get_member (object, "panels");
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n < 1 || n > GSC_BOOKMARK_PANELS)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!read_panel (bookmark, i, json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

static gboolean
read_text (JsonObject *object, const char *key, const char **text)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!holds (node, G_TYPE_STRING))
    return FALSE;
  *text = json_node_get_string (node);
  return TRUE;
}

static const char *
read_members (JsonObject *object, GscBookmark *bookmark)
{
  const char *text = "";
  const char *sequence = NULL;

  if (!read_text (object, "text", &text))
    return "text";
  gsc_bookmark_set_text (bookmark, text);
  if (!read_panels (object, bookmark))
    return "panels";
  bookmark->live = !json_object_has_member (object, "step");
  if (!read_int (object, "step", 0, G_MAXINT64 / 4, &bookmark->step))
    return "step";
  if (!read_value (object, "a", &bookmark->a))
    return "a";
  if (!read_value (object, "b", &bookmark->b))
    return "b";
  if (!read_index (object, "shot", &bookmark->shot))
    return "shot";
  if (!read_index (object, "layer", &bookmark->layer))
    return "layer";
  if (!read_index (object, "head", &bookmark->head))
    return "head";
  if (!read_int (object, "seed", 0, G_MAXINT64 / 4, &bookmark->seed))
    return "seed";
  if (!read_text (object, "sequence", &sequence))
    return "sequence";
  bookmark->sequence = g_strdup (sequence);
  return read_zoom (object, &bookmark->zoom) ? NULL : "zoom";
}

GscBookmark *
gsc_bookmark_read (JsonObject *object, const char **fault)
{
  g_autoptr (GscBookmark) bookmark = gsc_bookmark_new (NULL);

  *fault = read_members (object, bookmark);
  return *fault == NULL ? g_steal_pointer (&bookmark) : NULL;
}
