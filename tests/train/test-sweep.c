/* test-sweep.c - the file of a sweep, its faults, its runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep.h"

#include <string.h>

#include "gsc-preset.h"
#include "gsc-sweep-work.h"
#include "gsc-work.h"
#include "run-fixture.h"
#include "sweep-fixture.h"

static void
test_cells (void)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (
      "{ \"name\": \"try\", \"base\": { \"preset\": \"memorise\", \"steps\": 500 },"
      "  \"axes\": { \"tasks\": [16, 8], \"alpha\": [0.40, 0.8], \"optimizer\": [\"adamw\"],"
      "              \"seed\": [1, 2, 3] } }");
  static const char *const first[]
      = { "tasks=16,alpha=0.4,optimizer=adamw,seed=1", "tasks=16,alpha=0.4,optimizer=adamw,seed=2",
          "tasks=16,alpha=0.4,optimizer=adamw,seed=3",
          "tasks=16,alpha=0.8,optimizer=adamw,seed=1" };
  GscConfig expected = gsc_preset_find ("memorise", NULL)->config;
  g_autofree char *path = NULL;

  g_assert_cmpstr (sweep->name, ==, "try");
  g_assert_cmpuint (sweep->n_cells, ==, 12);
  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    g_assert_cmpstr (sweep->cells[i].name, ==, first[i]);
  g_assert_cmpstr (sweep->cells[11].name, ==, "tasks=8,alpha=0.8,optimizer=adamw,seed=3");
  g_assert_cmpint (gsc_sweep_find_cell (sweep, first[3]), ==, 3);
  g_assert_cmpint (gsc_sweep_find_cell (sweep, "tasks=16"), ==, -1);
  g_assert_cmpint (gsc_sweep_find_axis (sweep, "alpha"), ==, 1);
  g_assert_cmpint (gsc_sweep_find_axis (sweep, "p"), ==, -1);

  expected.steps = 500;
  expected.tasks = 8;
  expected.alpha = 0.8;
  expected.optimizer = GSC_OPTIMIZER_ADAMW;
  expected.seed = 3;
  g_assert_true (gsc_config_equal (&sweep->cells[11].config, &expected));
  path = gsc_sweep_get_path (sweep, "folder", 11);
  g_assert_cmpstr (path, ==, "folder/tasks=8,alpha=0.8,optimizer=adamw,seed=3");
}

/* Every cell's values are those its place says, and no two cells have the same name. */
static void
test_all_combinations (void)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (
      "{ \"axes\": { \"depth\": [1, 2, 4], \"alpha\": [0.2, 0.35, 0.5], \"tied\": [true, false],"
      "              \"muon_lr\": [1e-5, 0.001] } }");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (sweep->n_cells, ==, 36);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      const GscSweepCell *cell = &sweep->cells[i];

      g_assert_true (g_hash_table_add (names, cell->name));
      for (guint j = 0; j < sweep->n_axes; j++)
        {
          g_autofree char *value = gsc_config_get (&cell->config, sweep->axes[j].key);

          g_assert_cmpstr (value, ==, sweep->axes[j].values[cell->at[j]]);
        }
    }
}

static void
assert_faults (const char *text, const char *const *parts)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_null (gsc_sweep_parse (text, strlen (text), &error));
  g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  lines = g_strsplit (error->message, "\n", -1);
  for (guint i = 0; parts[i] != NULL || lines[i] != NULL; i++)
    {
      g_assert_nonnull (parts[i]);
      g_assert_nonnull (lines[i]);
      if (strstr (lines[i], parts[i]) == NULL)
        g_assert_cmpstr (lines[i], ==, parts[i]);
      g_assert_true (g_str_has_suffix (lines[i], "."));
    }
}

#define ASSERT_FAULTS(text, ...) assert_faults (text, (const char *const[]){ __VA_ARGS__, NULL })

static void
test_faults (void)
{
  /* All at once, with the nearest names. */
  ASSERT_FAULTS ("{ \"bas\": {}, \"name\": 3, \"base\": { \"widht\": 64, \"batch\": \"many\" },"
                 "  \"stop\": { \"mode\": \"sometimes\", \"pateince\": 3, \"accuracy\": 2 },"
                 "  \"axes\": { \"taks\": [16, 32], \"alpha\": 0.4, \"depth\": [2, 2, \"x\"] } }",
                 "“bas”; the nearest one is “base”", "“name” must be a text",
                 "the nearest one is "
                 "“width”",
                 "batch must be", "“mode” of “stop” must be",
                 "“pateince”; the nearest "
                 "one is “patience”",
                 "“accuracy” of “stop”", "the nearest one is “tasks”",
                 "The axis “alpha” must be a list", "depth must be",
                 "The axis depth has the value 2 twice");
  ASSERT_FAULTS ("{}", "needs at least one axis");
  ASSERT_FAULTS ("{ \"axes\": [] }", "“axes” must be an object");
  ASSERT_FAULTS ("{ \"axes\": { \"seed\": [] } }", "The axis seed needs at least one value");
  ASSERT_FAULTS ("{ \"axes\": { \"sead\": [] } }", "the nearest one is “seed”");
  ASSERT_FAULTS ("{ \"base\": { \"preset\": \"quik\" }, \"axes\": { \"seed\": [1] } }",
                 "the nearest one is “quick”");
  ASSERT_FAULTS ("{ \"stop\": {}, \"axes\": { \"seed\": [1] } }", "“stop” must be an object");
  ASSERT_FAULTS ("{ \"stop\": { \"mode\": \"patience\", \"patience\": 0, \"step\": -1,"
                 "              \"set\": \"test\" }, \"axes\": { \"seed\": [1] } }",
                 "“patience” of “stop”", "“step” of “stop”", "“set” of “stop”");
}

/* Each sentence once, however many cells it is about. */
static void
test_impossible_cells (void)
{
  ASSERT_FAULTS ("{ \"axes\": { \"tasks\": [16, 18, 500], \"alpha\": [0.4, 0.8, 0.001] } }",
                 "tasks=16,alpha=0.001 and 2 more: alpha must be from",
                 "tasks=18,alpha=0.4 and 2 more: tasks must be a multiple of 4",
                 "tasks=500,alpha=0.4 and 2 more: tasks must be from 1 to 120 at p = 11");
  ASSERT_FAULTS ("{ \"base\": { \"p\": 12 }, \"axes\": { \"seed\": [1, 2] } }",
                 "p must be a prime");
  ASSERT_FAULTS ("{ \"axes\": { \"heads\": [4, 3] } }", "heads=3: width must be a multiple of 6");
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("{ \"axes\": { \"seed\": [1");

  for (int i = 2; i <= 101; i++)
    g_string_append_printf (text, ", %d", i);
  g_string_append (text, "], \"steps\": [1");
  for (int i = 2; i <= 100; i++)
    g_string_append_printf (text, ", %d", i);
  g_string_append (text, "] } }");
  ASSERT_FAULTS (text->str, "at most 10000 runs, not 10100");
}

static void
test_no_sweep (void)
{
  static const char *const texts[]
      = { "",
          "[",
          "[]",
          "3",
          "{ \"axes\": { \"seed\": [1], \"seed\": [2] } }",
          "{ \"base\": { \"seed\": 3 }, \"axes\": { \"seed\": [1, 2] } }" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gsc_sweep_parse (texts[i], strlen (texts[i]), &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE);
    }
}

static void
test_save_and_load (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (
      "{ \"name\": \"a \\\"quoted\\\" name\", \"base\": { \"preset\": \"adamw\" },"
      "  \"stop\": { \"mode\": \"accuracy\", \"set\": \"id_test\", \"accuracy\": 0.7 },"
      "  \"axes\": { \"task_rule\": [\"random\", \"rectangle\"], \"tied\": [false, true],"
      "              \"alpha\": [0.1, 0.7], \"seed\": [9007199254740991] } }");
  g_autoptr (GscSweep) loaded = NULL;
  g_autoptr (GscSweep) from_file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) damaged_error = NULL;
  g_autofree char *file = run_fixture_get_path (fixture, GSC_SWEEP_FILE);
  g_autofree char *text = gsc_sweep_to_text (sweep);
  g_autofree char *again = NULL;

  g_assert_false (gsc_sweep_is_sweep (fixture->path));
  g_assert_true (gsc_sweep_save (sweep, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_true (gsc_sweep_is_sweep (fixture->path));
  loaded = gsc_sweep_load (fixture->path, &error);
  g_assert_no_error (error);
  from_file = gsc_sweep_load (file, &error);
  g_assert_no_error (error);
  again = gsc_sweep_to_text (loaded);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (loaded->name, ==, "a \"quoted\" name");
  g_assert_cmpint (loaded->stop.mode, ==, GSC_STOP_AT_ACCURACY);
  g_assert_cmpint (loaded->stop.set, ==, GSC_SET_ID_TEST);
  g_assert_cmpfloat (loaded->stop.accuracy, ==, 0.7);
  g_assert_cmpuint (loaded->n_cells, ==, sweep->n_cells);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_assert_cmpstr (loaded->cells[i].name, ==, sweep->cells[i].name);
      g_assert_true (gsc_config_equal (&loaded->cells[i].config, &sweep->cells[i].config));
    }

  run_fixture_write_file (fixture, GSC_SWEEP_FILE, "{ \"axes\": {} }", 14);
  g_assert_null (gsc_sweep_load (fixture->path, &damaged_error));
  run_fixture_assert_message (damaged_error, file, "needs at least one axis");
}

static void
test_contains (void)
{
  g_autoptr (GscSweep) small = sweep_fixture_parse ("{ \"axes\": { \"seed\": [1, 2] } }");
  g_autoptr (GscSweep) large = sweep_fixture_parse ("{ \"axes\": { \"seed\": [3, 2, 1] } }");
  g_autoptr (GscSweep) longer
      = sweep_fixture_parse ("{ \"base\": { \"steps\": 9 }, \"axes\": { \"seed\": [1, 2, 3] } }");
  g_autoptr (GscSweep) stopped = sweep_fixture_parse (
      "{ \"axes\": { \"seed\": [1, 2] }, \"stop\": { \"mode\": \"patience\" } }");

  g_assert_true (gsc_sweep_contains (small, small));
  g_assert_true (gsc_sweep_contains (large, small));
  g_assert_false (gsc_sweep_contains (small, large));
  g_assert_false (gsc_sweep_contains (longer, small));
  g_assert_false (gsc_sweep_contains (stopped, small));
}

/* Work adds up, whatever the pieces, and counts the records. */
static void
test_work (void)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  GscConfig config = sweep->cells[0].config;
  double whole = gsc_work_count (&config, 0, 60), sum = 0;
  double seconds, total;
  g_autoptr (GError) error = NULL;

  for (int step = 0; step < 60; step++)
    sum += gsc_work_count (&config, step, step + 1);
  g_assert_cmpfloat_with_epsilon (sum / whole, 1, 1e-9);
  g_assert_cmpfloat (gsc_work_count (&config, 60, 60), ==, 0);
  /* The last step has a record, whatever the steps between records. */
  g_assert_cmpint (gsc_work_count_records (&config, 0, 60), ==, 60 / config.record_every + 1);
  config.steps = 61;
  g_assert_cmpint (gsc_work_count_records (&config, 60, 61), ==, 1);
  config.steps = 60;
  config.record_every = 1;
  g_assert_cmpfloat (gsc_work_count (&config, 0, 60), >, whole);
  config.depth = 2;
  g_assert_cmpfloat (gsc_work_estimate_memory (&config, 2), >,
                     gsc_work_estimate_memory (&sweep->base, 1));
  g_assert_true (gsc_sweep_estimate_time (sweep, 1, &seconds, &total, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (seconds, >, 0);
  g_assert_cmpfloat_with_epsilon (total / seconds, 4, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep/cells", test_cells);
  g_test_add_func ("/sweep/all-combinations", test_all_combinations);
  g_test_add_func ("/sweep/faults", test_faults);
  g_test_add_func ("/sweep/impossible-cells", test_impossible_cells);
  g_test_add_func ("/sweep/too-many", test_too_many);
  g_test_add_func ("/sweep/no-sweep", test_no_sweep);
  RUN_FIXTURE_ADD ("/sweep/save-and-load", test_save_and_load);
  g_test_add_func ("/sweep/contains", test_contains);
  g_test_add_func ("/sweep/work", test_work);
  return g_test_run ();
}
