/* test-config-json.c - recipes as JSON and as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "gsc-config.h"

/* Nothing in it is as in the default recipe. */
static void
init_unusual (GscConfig *config)
{
  *config = (GscConfig){
    .p = 29,
    .shots = 5,
    .tasks = 60,
    .task_rule = GSC_TASK_RULE_RANDOM,
    .alpha = 0.3,
    .width = 48,
    .heads = 3,
    .depth = 7,
    .activation = GSC_ACTIVATION_GELU,
    .tied = FALSE,
    .batch = 33,
    .optimizer = GSC_OPTIMIZER_ADAMW,
    .lr = 0.00015,
    .weight_decay = 2,
    .beta1 = 0.1,
    .beta2 = 0.999,
    .epsilon = 1e-12,
    .muon_lr = 0.02,
    .muon_weight_decay = 1.0 / 3,
    .muon_momentum = 0,
    .warmup_steps = 7,
    .lr_start = 1,
    .lr_floor = 0.25,
    .steps = 4294967295,
    .record_every = 3,
    .eval_sequences = 17,
    .seed = 9007199254740991,
  };
}

static void
test_json_round_trip (void)
{
  GscConfig config, back;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  init_unusual (&config);
  text = gsc_config_to_text (&config);
  g_assert_true (g_str_has_prefix (text, "{\n  \"p\": 29,\n  \"width\": 48,\n"));
  g_assert_nonnull (strstr (text, "\n  \"tied\": false,\n  \"optimizer\": \"adamw\",\n"));
  g_assert_true (g_str_has_suffix (text, "\n  \"seed\": 9007199254740991\n}\n"));

  gsc_config_init_default (&back);
  g_assert_true (gsc_config_read_text (&back, text, strlen (text), &error));
  g_assert_no_error (error);
  g_assert_true (gsc_config_equal (&config, &back));
  again = gsc_config_to_text (&back);
  g_assert_cmpstr (text, ==, again);

  node = gsc_config_to_json (&config);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==,
                    g_strv_length ((char **) gsc_config_get_keys ()));
  gsc_config_init_default (&back);
  g_assert_true (gsc_config_read_json (&back, node, &error));
  g_assert_no_error (error);
  g_assert_true (gsc_config_equal (&config, &back));
}

static void
test_json_partial (void)
{
  const char *text = "{ \"tasks\": 16, \"weight_decay\": 2, \"lr\": 1e-3 }";
  GscConfig config, expected;

  init_unusual (&config);
  expected = config;
  expected.tasks = 16;
  expected.weight_decay = 2;
  expected.lr = 0.001;
  g_assert_true (gsc_config_read_text (&config, text, strlen (text), NULL));
  g_assert_true (gsc_config_equal (&config, &expected));
  g_assert_true (gsc_config_read_text (&config, "{}", 2, NULL));
  g_assert_true (gsc_config_equal (&config, &expected));
}

static void
test_json_refusals (void)
{
  static const struct
  {
    const char *text, *message;
    GscConfigError code;
  } cases[] = {
    { "", "A recipe must be a JSON object*", GSC_CONFIG_ERROR_PARSE },
    { "null", "A recipe must be a JSON object*", GSC_CONFIG_ERROR_PARSE },
    { "[]", "A recipe must be a JSON object*", GSC_CONFIG_ERROR_PARSE },
    { "[{\"p\": 11}]", "A recipe must be a JSON object*", GSC_CONFIG_ERROR_PARSE },
    { "11", "A recipe must be a JSON object*", GSC_CONFIG_ERROR_PARSE },
    { "\"p\"", "A recipe must be a JSON object*", GSC_CONFIG_ERROR_PARSE },
    { "{", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\"", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11,}", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11} x", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11}}", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{p: 11}", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"lr\": NaN}", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "{\"lr\": -}", "This is no JSON (*", GSC_CONFIG_ERROR_PARSE },
    { "\xff\xfe{}", "This is no*", GSC_CONFIG_ERROR_PARSE },
    { "{\"\xff\": 1}", "This is no JSON: the text is not valid UTF-8.", GSC_CONFIG_ERROR_PARSE },
    { "{'p': 11}", "*a character that has no place*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": /* prime */ 11}", "*a character that has no place*", GSC_CONFIG_ERROR_PARSE },
    { "var x = {\"p\": 11};", "*a character that has no place*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 013}", "*a number that begins with 0.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": -013}", "*a number that begins with 0.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 0xb}", "*a number that begins with 0.", GSC_CONFIG_ERROR_PARSE },
    { "{\"a\nb\": 1}", "*a control character in a string.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11, \"p\": 13}", "The key “p” occurs twice; keep one.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11, \"p\": 11}", "The key “p” occurs twice; keep one.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 11.0}", "p must be a whole number from 3 to 97, not 11*", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": \"11\"}", "p must be a whole number from 3 to 97, not \"11\".",
      GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": null}", "p must be a whole number from 3 to 97, not null.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": true}", "p must be a whole number from 3 to 97, not true.", GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": [11]}", "p must be a whole number from 3 to 97, not a list.",
      GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": {}}", "p must be a whole number from 3 to 97, not an object.",
      GSC_CONFIG_ERROR_PARSE },
    { "{\"p\": 4294967307}", "*not 4294967307.", GSC_CONFIG_ERROR_PARSE }, /* 11 in 32 bits */
    { "{\"seed\": 1.5}", "seed must be a whole number*", GSC_CONFIG_ERROR_PARSE },
    { "{\"lr\": \"0.1\"}", "lr must be a number*not \"0.1\".", GSC_CONFIG_ERROR_PARSE },
    { "{\"lr\": 1e999}", "lr must be a number*", GSC_CONFIG_ERROR_PARSE },
    { "{\"tied\": 1}", "tied must be true or false, not 1.", GSC_CONFIG_ERROR_PARSE },
    { "{\"tied\": \"true\"}", "tied must be true or false, not \"true\".", GSC_CONFIG_ERROR_PARSE },
    { "{\"optimizer\": 1}", "optimizer must be adamw or muon, not 1.", GSC_CONFIG_ERROR_PARSE },
    { "{\"optimizer\": \"sgd\"}", "optimizer must be adamw or muon, not \"sgd\".",
      GSC_CONFIG_ERROR_PARSE },
    { "{\"widht\": 64}", "There is no key “widht”; the nearest one is “width”.",
      GSC_CONFIG_ERROR_UNKNOWN_KEY },
    { "{\"\": 64}", "There is no key “”*", GSC_CONFIG_ERROR_UNKNOWN_KEY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GscConfig config, before;
      g_autoptr (GError) error = NULL;

      gsc_config_init_default (&config);
      before = config;
      g_test_message ("case %u", i);
      g_assert_false (
          gsc_config_read_text (&config, cases[i].text, strlen (cases[i].text), &error));
      g_assert_error (error, GSC_CONFIG_ERROR, (int) cases[i].code);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_true (gsc_config_equal (&config, &before));
    }
}

/* No part of a recipe, and no recipe with one byte changed, does any harm. */
static void
test_json_mutations (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  GscConfig config;
  gsize length;

  init_unusual (&config);
  text = gsc_config_to_text (&config);
  length = strlen (text);
  for (gsize cut = 0; cut + 2 < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (gsc_config_read_text (&config, text, cut, &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE);
    }
  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *changed = g_memdup2 (text, length);
      g_autoptr (GError) error = NULL;
      GscConfig before = config, read = config;

      changed[g_rand_int_range (random, 0, (gint32) length)]
          = (char) g_rand_int_range (random, 0, 256);
      if (!gsc_config_read_text (&read, changed, length, &error))
        {
          g_assert_true (error != NULL && error->domain == GSC_CONFIG_ERROR);
          g_assert_true (gsc_config_equal (&read, &before));
        }
    }
}

/* The text of a recipe must be the same under every locale this machine has, whatever its decimal
 * sign; the last rounds run in plain C, so that the comparison is always made. */
static void
test_locales (void)
{
  static const char *const locales[]
      = { "de_DE.UTF-8", "fr_FR.UTF-8", "ru_RU.UTF-8", "tr_TR.UTF-8", "C.UTF-8", "C" };
  g_autofree char *expected = NULL;
  GscConfig config;

  init_unusual (&config);
  setlocale (LC_ALL, "C");
  expected = gsc_config_to_text (&config);
  g_assert_nonnull (strstr (expected, "\"lr\": 0.00015,"));
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *text = NULL;
      GscConfig back;
      g_autoptr (GError) error = NULL;

      /* One that is not installed leaves the one before in place. */
      if (setlocale (LC_ALL, locales[i]) != NULL)
        g_test_message ("in %s", locales[i]);
      text = gsc_config_to_text (&config);
      g_assert_cmpstr (text, ==, expected);
      gsc_config_init_default (&back);
      g_assert_true (gsc_config_read_text (&back, text, strlen (text), &error));
      g_assert_no_error (error);
      g_assert_true (gsc_config_equal (&back, &config));
      g_assert_true (gsc_config_set (&back, "lr", "0.25", NULL));
      g_assert_cmpfloat (back.lr, ==, 0.25);
      g_assert_false (gsc_config_set (&back, "lr", "0,25", NULL));
    }
  setlocale (LC_ALL, "C");
}

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
place_init (Place *place)
{
  place->folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  g_assert_nonnull (place->folder);
  place->path = g_build_filename (place->folder, "config.json", NULL);
}

static void
place_clear (Place *place)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->path);
  g_free (place->folder);
}

static void
test_files (void)
{
  Place place;
  GscConfig config, back;
  g_autofree char *text = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  gsc_config_init_default (&config);
  config.tasks = 48;
  g_assert_true (gsc_config_save (&config, place.path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (place.path, &content, NULL, NULL));
  text = gsc_config_to_text (&config);
  g_assert_cmpstr (content, ==, text);
  gsc_config_init_default (&back);
  g_assert_true (gsc_config_load (&back, place.path, &error));
  g_assert_no_error (error);
  g_assert_true (gsc_config_equal (&config, &back));
  place_clear (&place);
}

/* Loads @path, which must fail with a message that names it and has @fault in it. */
static void
assert_load_fails (const char *path, const char *fault)
{
  GscConfig config, before;
  g_autoptr (GError) error = NULL;

  gsc_config_init_default (&config);
  before = config;
  g_assert_false (gsc_config_load (&config, path, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, path));
  if (strstr (error->message, fault) == NULL)
    g_assert_cmpstr (error->message, ==, fault);
  g_assert_true (gsc_config_equal (&config, &before));
}

static void
test_bad_files (void)
{
  Place place;
  g_autofree char *huge = g_strnfill (1024 * 1024 + 1, ' ');
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autofree char *zeros = g_malloc0 (100);

  place_init (&place);
  assert_load_fails (place.path, "cannot be opened");
  assert_load_fails (place.folder, "folder");
  assert_load_fails ("/dev/zero", "not a regular file");

  g_assert_true (g_file_set_contents (place.path, "", 0, NULL));
  assert_load_fails (place.path, "empty");
  g_assert_true (g_file_set_contents (place.path, huge, -1, NULL));
  assert_load_fails (place.path, "1048577 bytes");
  g_assert_true (g_file_set_contents (place.path, deep, -1, NULL));
  assert_load_fails (place.path, "brackets");
  g_assert_true (g_file_set_contents (place.path, zeros, 100, NULL));
  assert_load_fails (place.path, "no place");
  g_assert_true (g_file_set_contents (place.path, "{\"tasks\": 95}", -1, NULL));
  assert_load_fails (place.path, "tasks must be a multiple of 4");
  g_assert_true (g_file_set_contents (place.path, "{\"taks\": 96}", -1, NULL));
  assert_load_fails (place.path, "“tasks”");

  g_unlink (place.path);
  g_assert_cmpint (g_mkdir (place.path, 0777), ==, 0);
  {
    GscConfig config;
    g_autoptr (GError) error = NULL;

    gsc_config_init_default (&config);
    g_assert_false (gsc_config_save (&config, place.path, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
    g_assert_nonnull (strstr (error->message, place.path));
  }
  g_assert_cmpint (g_rmdir (place.path), ==, 0);
  place_clear (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-json/json-round-trip", test_json_round_trip);
  g_test_add_func ("/config-json/json-partial", test_json_partial);
  g_test_add_func ("/config-json/json-refusals", test_json_refusals);
  g_test_add_func ("/config-json/json-mutations", test_json_mutations);
  g_test_add_func ("/config-json/locales", test_locales);
  g_test_add_func ("/config-json/files", test_files);
  g_test_add_func ("/config-json/bad-files", test_bad_files);
  return g_test_run ();
}
