/* test-run-notes.c - notes.json: kept, missing and damaged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-notes.h"

#include <glib/gstdio.h>
#include <string.h>

#include "run-fixture.h"

static void
assert_equal (const GscRunNotes *a, const GscRunNotes *b)
{
  g_assert_cmpstr (a->title, ==, b->title);
  g_assert_cmpstr (a->preset, ==, b->preset);
  g_assert_cmpstr (a->example, ==, b->example);
  g_assert_cmpstr (a->parent, ==, b->parent);
  g_assert_cmpint (a->parent_step, ==, b->parent_step);
  g_assert_cmpint (a->stop.mode, ==, b->stop.mode);
  g_assert_cmpint (a->stop.set, ==, b->stop.set);
  g_assert_cmpint (a->stop.patience, ==, b->stop.patience);
  g_assert_cmpint (a->stop.step, ==, b->stop.step);
  g_assert_cmpfloat (a->stop.accuracy, ==, b->stop.accuracy);
  g_assert_cmpint (a->ended_step, ==, b->ended_step);
  g_assert_cmpstr (a->ended_why, ==, b->ended_why);
  g_assert_cmpint (a->stop.only_marks, ==, b->stop.only_marks);
  g_assert_cmpint (a->best, ==, b->best);
}

static GscRunNotes *
make_notes (void)
{
  GscRunNotes *notes = gsc_run_notes_new ();

  notes->title = g_strdup ("Größe \"zwei\"\n\\ \t 数");
  notes->preset = g_strdup ("quick");
  notes->example = g_strdup ("quick");
  notes->parent = g_strdup ("quick-1");
  notes->parent_step = 1200;
  notes->stop.mode = GSC_STOP_AT_ACCURACY;
  notes->stop.set = GSC_SET_ID_TEST;
  notes->stop.patience = 7;
  notes->stop.step = G_GINT64_CONSTANT (12345678901);
  notes->stop.accuracy = 0.1 + 0.2;
  notes->stop.only_marks = TRUE;
  notes->best = 600;
  gsc_run_notes_set_ended (notes, 800, "Because.");
  return notes;
}

static void
test_round_trip (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscRunNotes) notes = make_notes ();
  g_autoptr (GscRunNotes) copy = gsc_run_notes_copy (notes);
  g_autoptr (GscRunNotes) read = NULL;
  g_autoptr (GscRunNotes) plain = gsc_run_notes_new ();
  g_autoptr (GscRunNotes) read_plain = NULL;
  g_autoptr (GError) error = NULL;

  assert_equal (copy, notes);
  g_assert_true (gsc_run_notes_save (notes, fixture->path, &error));
  g_assert_no_error (error);
  read = gsc_run_notes_load (fixture->path, &error);
  g_assert_no_error (error);
  assert_equal (read, notes);

  /* nothing of the notes before remains */
  g_assert_true (gsc_run_notes_save (plain, fixture->path, &error));
  read_plain = gsc_run_notes_load (fixture->path, &error);
  g_assert_no_error (error);
  assert_equal (read_plain, plain);
}

static void
test_missing (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscRunNotes) notes = NULL;
  g_autoptr (GscRunNotes) partial = NULL;
  g_autoptr (GError) error = NULL;
  static const char text[] = "{ \"title\": \"x\", \"from_the_future\": [1] }";

  notes = gsc_run_notes_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_null (notes->title);
  g_assert_cmpint (notes->stop.mode, ==, GSC_STOP_OFF);
  g_assert_cmpint (notes->ended_step, ==, -1);

  run_fixture_write_file (fixture, "notes.json", text, strlen (text));
  partial = gsc_run_notes_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (partial->title, ==, "x");
  g_assert_cmpint (partial->stop.patience, ==, notes->stop.patience);
}

static void
test_damaged (RunFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "null",
    "{\"title\": 3}",
    "{\"title\": \"a\", \"title\": \"b\"}",
    "{\"stop\": \"sometimes\"}",
    "{\"stop\": 1}",
    "{\"stop_set\": \"ood\"}",
    "{\"stop_patience\": 0}",
    "{\"stop_patience\": 4294967296}",
    "{\"stop_patience\": 2.5}",
    "{\"stop_step\": 0}",
    "{\"stop_step\": \"5\"}",
    "{\"stop_accuracy\": 0}",
    "{\"stop_accuracy\": 1.01}",
    "{\"stop_accuracy\": 1e999}",
    "{\"stop_accuracy\": null}",
    "{\"stop_only_marks\": 1}",
    "{\"best\": -2}",
    "{\"ended_step\": -2}",
    "{\"parent_step\": -1}",
    "{\"title\": \"\xff\"}",
  };
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_test_message ("case %u", i);
      run_fixture_write_file (fixture, "notes.json", texts[i], strlen (texts[i]));
      g_assert_null (gsc_run_notes_load (fixture->path, &error));
      run_fixture_assert_message (error, "notes.json", "");
      after = run_fixture_read_file (fixture, "notes.json", NULL);
      g_assert_cmpstr (after, ==, texts[i]);
    }
}

/* One byte changed anywhere: an error or other notes, never harm. */
static void
test_mutations (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscRunNotes) notes = make_notes ();
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autofree char *text = NULL;
  guint n_refused = 0;
  gsize length;

  g_assert_true (gsc_run_notes_save (notes, fixture->path, NULL));
  text = run_fixture_read_file (fixture, "notes.json", &length);
  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *changed = g_memdup2 (text, length);
      g_autoptr (GscRunNotes) read = NULL;
      g_autoptr (GError) error = NULL;

      changed[g_rand_int_range (random, 0, (gint32) length)]
          = (char) g_rand_int_range (random, 0, 256);
      run_fixture_write_file (fixture, "notes.json", changed, length);
      read = gsc_run_notes_load (fixture->path, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      n_refused += read == NULL;
      if (read != NULL)
        {
          g_assert_cmpint (read->stop.patience, >=, 1);
          g_assert_true (read->stop.accuracy > 0 && read->stop.accuracy <= 1);
          g_assert_nonnull (gsc_stop_mode_get_name (read->stop.mode));
        }
    }
  g_assert_cmpuint (n_refused, >, 100);
}

static void
test_unwritable (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_run_notes_save (notes, fixture->path, &error));
  run_fixture_assert_message (error, "notes.json", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-notes/round-trip", test_round_trip);
  RUN_FIXTURE_ADD ("/run-notes/missing", test_missing);
  RUN_FIXTURE_ADD ("/run-notes/damaged", test_damaged);
  RUN_FIXTURE_ADD ("/run-notes/mutations", test_mutations);
  RUN_FIXTURE_ADD ("/run-notes/unwritable", test_unwritable);
  return g_test_run ();
}
