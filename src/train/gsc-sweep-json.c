/* gsc-sweep-json.c - a sweep as a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-json-text.h"
#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-preset.h"
#include "gsc-text-file.h"

enum
{
  MAX_FILE_LENGTH = 1024 * 1024,
};

static const char *const members[] = { "name", "base", "axes", "stop", NULL };
static const char *const stop_keys[] = { "mode", "set", "patience", "step", "accuracy", NULL };

/* Reading */

static GType
get_type (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
}

/* One key of a recipe. FALSE when it is no such key or value; @faults says what. */
static gboolean
read_key (GscConfig *config, const char *key, JsonNode *value, GPtrArray *faults)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_member (object, key, json_node_copy (value));
  json_node_set_object (node, object);
  if (gsc_config_read_json (config, node, &error))
    return TRUE;
  gsc_sweep_add_fault (faults, "%s", error->message);
  return FALSE;
}

static void
read_preset (GscConfig *config, JsonNode *node, GPtrArray *faults)
{
  g_autoptr (GError) error = NULL;
  const GscPreset *preset;

  if (get_type (node) != G_TYPE_STRING)
    {
      gsc_sweep_add_fault (faults, _ ("“preset” must be the name of a preset in quotes."));
      return;
    }
  preset = gsc_preset_find (json_node_get_string (node), &error);
  if (preset != NULL)
    *config = preset->config;
  else
    gsc_sweep_add_fault (faults, "%s", error->message);
}

static void
read_base (GscConfig *config, JsonNode *node, GPtrArray *faults)
{
  JsonObject *object;
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      gsc_sweep_add_fault (faults, _ ("“base” must be an object, { \"preset\": \"quick\", ... }."));
      return;
    }
  object = json_node_get_object (node);
  if (json_object_has_member (object, "preset"))
    read_preset (config, json_object_get_member (object, "preset"), faults);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_str_equal (key, "preset"))
      read_key (config, key, value, faults);
}

static void
axis_clear (gpointer data)
{
  GscSweepAxis *axis = data;

  g_strfreev (axis->values);
}

/* The values as text; those that are none of the key's are faults. */
static void
read_axis (GArray *axes, const char *key, JsonNode *node, GPtrArray *faults)
{
  GscSweepAxis axis = { .key = key };
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  JsonArray *array;
  GscConfig config;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree char *quoted = gsc_nearest_name_quote (key);

      gsc_sweep_add_fault (faults, _ ("The axis “%s” must be a list of values, as in [1, 2]."),
                           quoted);
      return;
    }
  gsc_config_init_default (&config);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!read_key (&config, key, json_array_get_element (array, i), faults))
        {
          if (gsc_config_get_help (key) == NULL) /* once is enough */
            return;
          continue;
        }
      g_ptr_array_add (values, gsc_config_get (&config, key));
    }
  /* Where all values are faults, that it has none is not another. */
  if (values->len == 0 && json_array_get_length (array) > 0)
    return;
  axis.n_values = values->len;
  g_ptr_array_add (values, NULL);
  axis.values = (char **) g_ptr_array_free (g_steal_pointer (&values), FALSE);
  g_array_append_val (axes, axis);
}

static void
read_axes (GArray *axes, JsonNode *node, GPtrArray *faults)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      gsc_sweep_add_fault (faults, _ ("“axes” must be an object, { \"seed\": [1, 2], ... }."));
      return;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    read_axis (axes, key, value, faults);
}

/* A name among @names, or -1. */
static int
find_name (JsonNode *node, int (*find) (const char *))
{
  return get_type (node) == G_TYPE_STRING ? find (json_node_get_string (node)) : -1;
}

static int
find_set (const char *name)
{
  for (int set = 0; set < GSC_N_SETS; set++)
    if (g_str_equal (name, gsc_set_get_name ((GscSet) set)))
      return set;
  return -1;
}

static gboolean
read_count (JsonNode *node, gint64 max, gint64 *count)
{
  if (get_type (node) != G_TYPE_INT64)
    return FALSE;
  *count = json_node_get_int (node);
  return *count >= 1 && *count <= max;
}

static void
read_stop_key (GscStopRule *stop, const char *key, JsonNode *node, GPtrArray *faults)
{
  GType type = get_type (node);
  gint64 count;
  int index;

  if (g_str_equal (key, "mode"))
    {
      index = find_name (node, gsc_stop_mode_find);
      if (index < 0)
        gsc_sweep_add_fault (
            faults, _ ("“mode” of “stop” must be off, patience, step or accuracy, in quotes."));
      else
        stop->mode = (GscStopMode) index;
    }
  else if (g_str_equal (key, "set"))
    {
      index = find_name (node, find_set);
      if (index < 0)
        gsc_sweep_add_fault (
            faults,
            _ ("“set” of “stop” must be id_train, id_test, ood_train or ood_test, in quotes."));
      else
        stop->set = (GscSet) index;
    }
  else if (g_str_equal (key, "patience"))
    {
      if (read_count (node, G_MAXINT, &count))
        stop->patience = (int) count;
      else
        gsc_sweep_add_fault (faults,
                             _ ("“patience” of “stop” must be a number of records, from 1 on."));
    }
  else if (g_str_equal (key, "step"))
    {
      if (read_count (node, G_MAXINT64, &count))
        stop->step = count;
      else
        gsc_sweep_add_fault (faults, _ ("“step” of “stop” must be a number of steps, from 1 on."));
    }
  else if (g_str_equal (key, "accuracy"))
    {
      double accuracy
          = type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : 0.0;

      if (accuracy > 0 && accuracy <= 1)
        stop->accuracy = accuracy;
      else
        gsc_sweep_add_fault (faults,
                             _ ("“accuracy” of “stop” must be a number above 0 and at most 1."));
    }
  else
    {
      g_autofree char *quoted = gsc_nearest_name_quote (key);

      gsc_sweep_add_fault (faults, _ ("“stop” has no key “%s”; the nearest one is “%s”."), quoted,
                           gsc_nearest_name (key, stop_keys));
    }
}

static void
read_stop (GscStopRule *stop, JsonNode *node, GPtrArray *faults)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node)
      || !json_object_has_member (json_node_get_object (node), "mode"))
    {
      gsc_sweep_add_fault (
          faults, _ ("“stop” must be an object that says the mode, { \"mode\": \"patience\", "
                     "... }."));
      return;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &key, &value))
    read_stop_key (stop, key, value, faults);
}

static void
check_members (JsonObject *object, GPtrArray *faults)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &key, &value))
    if (!g_strv_contains (members, key))
      {
        g_autofree char *quoted = gsc_nearest_name_quote (key);

        gsc_sweep_add_fault (faults, _ ("A sweep has no member “%s”; the nearest one is “%s”."),
                             quoted, gsc_nearest_name (key, members));
      }
}

static GscSweep *
read_sweep (JsonObject *object, GPtrArray *faults)
{
  g_autoptr (GArray) axes = g_array_new (FALSE, TRUE, sizeof (GscSweepAxis));
  GscStopRule stop = gsc_stop_rule_default ();
  JsonNode *node = json_object_get_member (object, "name");
  const char *name = "";
  GscConfig base;

  g_array_set_clear_func (axes, axis_clear);
  gsc_config_init_default (&base);
  check_members (object, faults);
  if (node != NULL && get_type (node) == G_TYPE_STRING)
    name = json_node_get_string (node);
  else if (node != NULL)
    gsc_sweep_add_fault (faults, _ ("“name” must be a text in quotes."));
  if ((node = json_object_get_member (object, "base")) != NULL)
    read_base (&base, node, faults);
  if ((node = json_object_get_member (object, "stop")) != NULL)
    read_stop (&stop, node, faults);
  if ((node = json_object_get_member (object, "axes")) != NULL)
    {
      guint before = faults->len;

      read_axes (axes, node, faults);
      if (axes->len == 0 && faults->len > before)
        return NULL; /* that there is none left is no other fault */
    }
  return gsc_sweep_build (name, &base, (GscSweepAxis *) axes->data, axes->len, &stop, faults);
}

GscSweep *
gsc_sweep_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root = NULL;
  GscSweep *sweep;

  if (!gsc_json_text_parse (text, length, &root, error))
    return NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE,
                   _ ("A sweep must be a JSON object, { \"base\": ..., \"axes\": ... }."));
      return NULL;
    }
  sweep = read_sweep (json_node_get_object (root), faults);
  if (sweep == NULL)
    gsc_sweep_set_faults (faults, error);
  return sweep;
}

gboolean
gsc_sweep_is_sweep (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, GSC_SWEEP_FILE, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

GscSweep *
gsc_sweep_load (const char *path, GError **error)
{
  gboolean folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  g_autofree char *file = folder ? g_build_filename (path, GSC_SWEEP_FILE, NULL) : g_strdup (path);
  g_autofree char *name = g_filename_display_name (file);
  g_autofree char *text = NULL;
  g_autoptr (GError) fault = NULL;
  GscSweep *sweep;
  gsize length;

  text = gsc_text_file_read (file, MAX_FILE_LENGTH, &length, error);
  if (text == NULL)
    return NULL;
  sweep = gsc_sweep_parse (text, length, &fault);
  if (sweep != NULL)
    return sweep;
  /* Several sentences stand in lines of their own. */
  g_set_error (error, fault->domain, fault->code, "%s:%s%s", name,
               strchr (fault->message, '\n') != NULL ? "\n" : " ", fault->message);
  return NULL;
}

/* Writing */

static void
append_string (GString *text, const char *string)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *valid = g_utf8_make_valid (string, -1);
  g_autofree char *json = NULL;

  json_node_set_string (node, valid);
  json = json_to_string (node, FALSE);
  g_string_append (text, json);
}

/* A key's value as JSON: in quotes where config.json has it so. */
static void
append_value (GString *text, const char *value)
{
  double number;
  gboolean plain = gsc_number_parse (value, &number) || g_str_equal (value, "true")
                   || g_str_equal (value, "false");

  g_string_append_printf (text, plain ? "%s" : "\"%s\"", value);
}

static void
append_axes (GString *text, const GscSweep *sweep)
{
  g_string_append (text, "  \"axes\": {\n");
  for (guint i = 0; i < sweep->n_axes; i++)
    {
      const GscSweepAxis *axis = &sweep->axes[i];

      g_string_append_printf (text, "    \"%s\": [", axis->key);
      for (guint j = 0; j < axis->n_values; j++)
        {
          g_string_append (text, j > 0 ? ", " : "");
          append_value (text, axis->values[j]);
        }
      g_string_append (text, i + 1 < sweep->n_axes ? "],\n" : "]\n");
    }
  g_string_append (text, "  },\n");
}

/* No key may stand twice in a file, and those of the axes have no meaning here. */
static void
append_base (GString *text, const GscSweep *sweep)
{
  const char *const *keys = gsc_config_get_keys ();
  gboolean first = TRUE;

  g_string_append (text, "  \"base\": {");
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (gsc_sweep_find_axis (sweep, keys[i]) >= 0)
        continue;
      value = gsc_config_get (&sweep->base, keys[i]);
      g_string_append_printf (text, "%s\n    \"%s\": ", first ? "" : ",", keys[i]);
      append_value (text, value);
      first = FALSE;
    }
  g_string_append (text, "\n  },\n");
}

char *
gsc_sweep_to_text (const GscSweep *sweep)
{
  GString *text = g_string_new ("{\n  \"name\": ");
  char accuracy[GSC_NUMBER_TEXT_SIZE];

  append_string (text, sweep->name);
  g_string_append (text, ",\n");
  append_base (text, sweep);
  append_axes (text, sweep);
  g_string_append_printf (text,
                          "  \"stop\": { \"mode\": \"%s\", \"set\": \"%s\", \"patience\": %d, "
                          "\"step\": %" G_GINT64_FORMAT ", \"accuracy\": %s }\n}\n",
                          gsc_stop_mode_get_name (sweep->stop.mode),
                          gsc_set_get_name (sweep->stop.set), sweep->stop.patience,
                          sweep->stop.step, gsc_number_format (sweep->stop.accuracy, accuracy));
  return g_string_free (text, FALSE);
}

gboolean
gsc_sweep_save (const GscSweep *sweep, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, GSC_SWEEP_FILE, NULL);
  g_autofree char *text = gsc_sweep_to_text (sweep);

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      int code = errno;
      g_autofree char *name = g_filename_display_name (folder);

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("%s: The folder cannot be made (%s)."), name, g_strerror (code));
      return FALSE;
    }
  return gsc_atomic_file_write (path, text, strlen (text), error);
}
