/* gsc-run-notes.c - what people add to a run: its name, where it comes from, when to stop it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-notes.h"

#include <glib/gi18n.h>

#include "gsc-atomic-file.h"
#include "gsc-json-text.h"
#include "gsc-run-error.h"
#include "gsc-text-file.h"

#define NOTES_FILE "notes.json"
#define MAX_FILE_LENGTH (64 * 1024)

GscRunNotes *
gsc_run_notes_new (void)
{
  GscRunNotes *notes = g_new0 (GscRunNotes, 1);

  notes->stop = gsc_stop_rule_default ();
  notes->ended_step = -1;
  notes->best = -1;
  return notes;
}

GscRunNotes *
gsc_run_notes_copy (const GscRunNotes *notes)
{
  GscRunNotes *copy = g_memdup2 (notes, sizeof *notes);

  copy->title = g_strdup (notes->title);
  copy->preset = g_strdup (notes->preset);
  copy->example = g_strdup (notes->example);
  copy->parent = g_strdup (notes->parent);
  copy->ended_why = g_strdup (notes->ended_why);
  return copy;
}

void
gsc_run_notes_free (GscRunNotes *notes)
{
  if (notes == NULL)
    return;
  g_free (notes->title);
  g_free (notes->preset);
  g_free (notes->example);
  g_free (notes->parent);
  g_free (notes->ended_why);
  g_free (notes);
}

void
gsc_run_notes_set_ended (GscRunNotes *notes, gint64 step, const char *why)
{
  char *copy = g_strdup (why);

  g_free (notes->ended_why);
  notes->ended_step = step;
  notes->ended_why = copy;
}

/* Reading. Each function reads a member where there is one; FALSE when it is something else. */

static gboolean
read_text (JsonObject *object, const char *key, char **text)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  g_free (*text);
  *text = json_node_dup_string (node);
  return TRUE;
}

static gboolean
read_int (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return *value >= min && *value <= max;
}

static gboolean
read_boolean (JsonObject *object, const char *key, gboolean *value)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node);
  return TRUE;
}

/* A share above 0 and at most 1. */
static gboolean
read_share (JsonObject *object, const char *key, double *value)
{
  JsonNode *node = json_object_get_member (object, key);
  GType type;

  if (node == NULL)
    return TRUE;
  type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_double (node);
  return *value > 0 && *value <= 1;
}

static gboolean
read_mode (JsonObject *object, const char *key, GscStopMode *mode)
{
  g_autofree char *name = NULL;
  int found;

  if (!read_text (object, key, &name))
    return FALSE;
  found = name != NULL ? gsc_stop_mode_find (name) : (int) *mode;
  *mode = (GscStopMode) found;
  return found >= 0;
}

static gboolean
read_set (JsonObject *object, const char *key, GscSet *set)
{
  g_autofree char *name = NULL;

  if (!read_text (object, key, &name))
    return FALSE;
  for (guint i = 0; i < GSC_N_SETS && name != NULL; i++)
    if (g_str_equal (name, gsc_set_get_name (i)))
      {
        *set = i;
        return TRUE;
      }
  return name == NULL;
}

/* Fills @notes in; or returns the key whose value is no such thing. */
static const char *
read_members (GscRunNotes *notes, JsonObject *object)
{
  gint64 patience = notes->stop.patience;

  if (!read_text (object, "title", &notes->title))
    return "title";
  if (!read_text (object, "preset", &notes->preset))
    return "preset";
  if (!read_text (object, "example", &notes->example))
    return "example";
  if (!read_text (object, "parent", &notes->parent))
    return "parent";
  if (!read_int (object, "parent_step", 0, G_MAXINT64, &notes->parent_step))
    return "parent_step";
  if (!read_mode (object, "stop", &notes->stop.mode))
    return "stop";
  if (!read_set (object, "stop_set", &notes->stop.set))
    return "stop_set";
  if (!read_int (object, "stop_patience", 1, G_MAXINT, &patience))
    return "stop_patience";
  notes->stop.patience = (int) patience;
  if (!read_int (object, "stop_step", 1, G_MAXINT64, &notes->stop.step))
    return "stop_step";
  if (!read_share (object, "stop_accuracy", &notes->stop.accuracy))
    return "stop_accuracy";
  if (!read_boolean (object, "stop_only_marks", &notes->stop.only_marks))
    return "stop_only_marks";
  if (!read_int (object, "ended_step", -1, G_MAXINT64, &notes->ended_step))
    return "ended_step";
  if (!read_text (object, "ended_why", &notes->ended_why))
    return "ended_why";
  if (!read_int (object, "best", -1, G_MAXINT64, &notes->best))
    return "best";
  return NULL;
}

static GscRunNotes *
read_notes (const char *text, gsize length, GError **error)
{
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *fault;

  if (!gsc_json_text_parse (text, length, &root, error))
    return NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, _ ("This is no JSON object."));
      return NULL;
    }
  fault = read_members (notes, json_node_get_object (root));
  if (fault != NULL)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
                   _ ("“%s” has a value it cannot have; correct it or delete it."), fault);
      return NULL;
    }
  return g_steal_pointer (&notes);
}

GscRunNotes *
gsc_run_notes_load (const char *run_path, GError **error)
{
  g_autofree char *path = g_build_filename (run_path, NOTES_FILE, NULL);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) fault = NULL;
  GscRunNotes *notes;
  gsize length;

  text = gsc_text_file_read (path, MAX_FILE_LENGTH, &length, &fault);
  if (g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return gsc_run_notes_new ();
  if (text == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  notes = read_notes (text, length, error);
  if (notes == NULL)
    g_prefix_error (error, "%s: ", name);
  return notes;
}

/* Writing */

static void
add_text (JsonBuilder *builder, const char *key, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return;
  valid = g_utf8_make_valid (text, -1);
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, valid);
}

static void
add_int (JsonBuilder *builder, const char *key, gint64 value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, value);
}

gboolean
gsc_run_notes_save (const GscRunNotes *notes, const char *run_path, GError **error)
{
  g_autofree char *path = g_build_filename (run_path, NOTES_FILE, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize length;

  json_builder_begin_object (builder);
  add_text (builder, "title", notes->title);
  add_text (builder, "preset", notes->preset);
  add_text (builder, "example", notes->example);
  add_text (builder, "parent", notes->parent);
  if (notes->parent != NULL)
    add_int (builder, "parent_step", notes->parent_step);
  add_text (builder, "stop", gsc_stop_mode_get_name (notes->stop.mode));
  add_text (builder, "stop_set", gsc_set_get_name (notes->stop.set));
  add_int (builder, "stop_patience", notes->stop.patience);
  add_int (builder, "stop_step", notes->stop.step);
  json_builder_set_member_name (builder, "stop_accuracy");
  json_builder_add_double_value (builder, notes->stop.accuracy);
  json_builder_set_member_name (builder, "stop_only_marks");
  json_builder_add_boolean_value (builder, notes->stop.only_marks);
  if (notes->ended_step >= 0)
    add_int (builder, "ended_step", notes->ended_step);
  add_text (builder, "ended_why", notes->ended_why);
  if (notes->best >= 0)
    add_int (builder, "best", notes->best);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  return gsc_atomic_file_write (path, text, length, error);
}
