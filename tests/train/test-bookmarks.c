/* test-bookmarks.c - bookmarks.json: kept, ordered, damaged and unwritable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-bookmarks.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-snapshot-files.h"
#include "run-fixture.h"

static GscBookmark *
make_bookmark (const char *text)
{
  GscBookmark *bookmark = gsc_bookmark_new ("attention");
  GVariantDict choices;

  g_variant_dict_init (&choices, NULL);
  g_variant_dict_insert (&choices, "scale", "s", "log");
  g_variant_dict_insert (&choices, "single-head", "b", TRUE);
  gsc_bookmark_set_text (bookmark, text);
  gsc_bookmark_set_panel (bookmark, 0, "attention", g_variant_dict_end (&choices));
  gsc_bookmark_set_panel (bookmark, 1, "from-the-future", NULL);
  bookmark->live = FALSE;
  bookmark->step = G_GINT64_CONSTANT (12345678901);
  bookmark->a = 3;
  bookmark->b = 7;
  bookmark->shot = 12;
  bookmark->layer = 1;
  bookmark->head = 2;
  bookmark->seed = 99;
  bookmark->sequence = g_strdup ("4 21 5 | 2 6");
  bookmark->zoom = 1.15;
  return bookmark;
}

static void
assert_equal (const GscBookmark *a, const GscBookmark *b)
{
  g_assert_cmpstr (a->text, ==, b->text);
  g_assert_cmpint (a->live, ==, b->live);
  g_assert_cmpint (a->step, ==, b->step);
  g_assert_cmpint (a->a, ==, b->a);
  g_assert_cmpint (a->b, ==, b->b);
  g_assert_cmpuint (a->shot, ==, b->shot);
  g_assert_cmpuint (a->layer, ==, b->layer);
  g_assert_cmpuint (a->head, ==, b->head);
  g_assert_cmpint (a->seed, ==, b->seed);
  g_assert_cmpstr (a->sequence, ==, b->sequence);
  g_assert_cmpfloat (a->zoom, ==, b->zoom);
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    g_assert_cmpstr (a->panels[i].figure, ==, b->panels[i].figure);
}

static void
append (GscBookmarks *bookmarks, const char *text)
{
  g_autoptr (GscBookmark) bookmark = make_bookmark (text);
  g_autoptr (GError) error = NULL;

  gsc_bookmarks_insert (bookmarks, G_MAXUINT, bookmark, &error);
  g_assert_no_error (error);
}

/* The texts in their order, as "a b c". */
static void
assert_texts (GscBookmarks *bookmarks, const char *expected)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < gsc_bookmarks_get_length (bookmarks); i++)
    g_string_append_printf (texts, "%s%s", i > 0 ? " " : "",
                            gsc_bookmarks_get (bookmarks, i)->text);
  g_assert_cmpstr (texts->str, ==, expected);
  g_string_free (texts, TRUE);
}

static void
count_change (guint *n)
{
  (*n)++;
}

static void
test_round_trip (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmarks) again = NULL;
  g_autoptr (GscBookmark) full = make_bookmark ("Größe \"zwei\"\n\\ \t 数");
  g_autoptr (GscBookmark) plain = gsc_bookmark_new ("shots");
  g_autoptr (GError) error = NULL;
  const GscBookmark *read;
  gboolean single = FALSE;
  const char *scale = NULL;

  /* a run without any */
  g_assert_cmpuint (gsc_bookmarks_get_length (bookmarks), ==, 0);
  g_assert_null (gsc_bookmarks_get_fault (bookmarks));
  g_assert_cmpstr (full->text, ==, "Größe \"zwei\" \\   数");
  g_assert_true (gsc_bookmarks_insert (bookmarks, 0, full, &error));
  g_assert_true (gsc_bookmarks_insert (bookmarks, 9, plain, &error));
  g_assert_no_error (error);

  again = gsc_bookmarks_new (fixture->path);
  g_assert_null (gsc_bookmarks_get_fault (again));
  g_assert_cmpuint (gsc_bookmarks_get_length (again), ==, 2);
  read = gsc_bookmarks_get (again, 0);
  assert_equal (read, full);
  g_assert_true (g_variant_lookup (read->panels[0].choices, "single-head", "b", &single));
  g_assert_true (g_variant_lookup (read->panels[0].choices, "scale", "&s", &scale));
  g_assert_true (single);
  g_assert_cmpstr (scale, ==, "log");
  assert_equal (gsc_bookmarks_get (again, 1), plain);
  g_assert_true (gsc_bookmarks_get (again, 1)->live);
}

static void
test_text (void)
{
  g_autoptr (GscBookmark) bookmark = gsc_bookmark_new ("shots");
  g_autofree char *half = g_strnfill (GSC_BOOKMARK_MAX_TEXT - 1, 'x');
  g_autofree char *longer = g_strconcat (half, "数数", NULL);

  gsc_bookmark_set_text (bookmark, longer);
  g_assert_cmpstr (bookmark->text, ==, half);
  gsc_bookmark_set_text (bookmark, " \xff ");
  g_assert_true (g_utf8_validate (bookmark->text, -1, NULL));
  gsc_bookmark_set_text (bookmark, bookmark->text);
  g_assert_true (g_utf8_validate (bookmark->text, -1, NULL));
}

static void
test_order (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmarks) again = NULL;
  g_autoptr (GscBookmark) other = make_bookmark ("x");
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  append (bookmarks, "a");
  append (bookmarks, "b");
  append (bookmarks, "c");
  append (bookmarks, "d");
  g_signal_connect_swapped (bookmarks, "changed", G_CALLBACK (count_change), &n_changes);
  g_assert_true (gsc_bookmarks_move (bookmarks, 0, 2, &error));
  assert_texts (bookmarks, "b c a d");
  g_assert_true (gsc_bookmarks_move (bookmarks, 3, 0, &error));
  assert_texts (bookmarks, "d b c a");
  g_assert_true (gsc_bookmarks_move (bookmarks, 1, 99, &error));
  assert_texts (bookmarks, "d c a b");
  g_assert_true (gsc_bookmarks_remove (bookmarks, 1, &error));
  g_assert_true (gsc_bookmarks_insert (bookmarks, 1, other, &error));
  assert_texts (bookmarks, "d x a b");
  gsc_bookmark_set_text (other, "y");
  g_assert_true (gsc_bookmarks_replace (bookmarks, 0, other, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 6);
  again = gsc_bookmarks_new (fixture->path);
  assert_texts (again, "y x a b");
}

/* More than the reader's brackets and keys of a flat file would let pass. */
static void
test_many (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmarks) again = NULL;

  for (guint i = 0; i < 60; i++)
    append (bookmarks, "x");
  again = gsc_bookmarks_new (fixture->path);
  g_assert_cmpstr (gsc_bookmarks_get_fault (again), ==, NULL);
  g_assert_cmpuint (gsc_bookmarks_get_length (again), ==, 60);
}

static void
test_damaged (RunFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "{\"bookmarks\": 3}",
    "{\"bookmarks\": [3]}",
    "{\"bookmarks\": [{}]}",
    "{\"bookmarks\": [{\"panels\": []}]}",
    "{\"bookmarks\": [{\"panels\": [{}]}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"\"}]}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\"}, {\"figure\": \"b\"}, {\"figure\": "
    "\"c\"}]}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\"}], \"step\": -1}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\"}], \"a\": \"3\"}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\"}], \"shot\": 1e30}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\"}], \"zoom\": 0}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\"}], \"seed\": null}]}",
    "{\"bookmarks\": [{\"panels\": [{\"figure\": \"a\", \"figure\": \"b\"}]}]}",
    "{\"bookmarks\": [], \"bookmarks\": []}",
  };
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GscBookmarks) bookmarks = NULL;
      g_autofree char *after = NULL;
      const char *fault;

      g_test_message ("case %u", i);
      run_fixture_write_file (fixture, GSC_BOOKMARKS_FILE, texts[i], strlen (texts[i]));
      bookmarks = gsc_bookmarks_new (fixture->path);
      g_assert_cmpuint (gsc_bookmarks_get_length (bookmarks), ==, 0);
      fault = gsc_bookmarks_get_fault (bookmarks);
      g_assert_nonnull (fault);
      g_assert_nonnull (strstr (fault, GSC_BOOKMARKS_FILE));
      g_assert_true (g_str_has_suffix (fault, "."));
      after = run_fixture_read_file (fixture, GSC_BOOKMARKS_FILE, NULL);
      g_assert_cmpstr (after, ==, texts[i]);
    }
}

/* What could not be read is still there after a new list took its place; twice. */
static void
test_set_aside (RunFixture *fixture, gconstpointer data)
{
  static const char *const kept[] = { "bookmarks.json.damaged", "bookmarks.json.damaged-2" };
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *damaged = g_strdup_printf ("{ %u", i);
      g_autofree char *after = NULL;
      g_autoptr (GscBookmarks) bookmarks = NULL;
      g_autoptr (GscBookmarks) again = NULL;

      run_fixture_write_file (fixture, GSC_BOOKMARKS_FILE, damaged, strlen (damaged));
      bookmarks = gsc_bookmarks_new (fixture->path);
      append (bookmarks, "new");
      g_assert_null (gsc_bookmarks_get_fault (bookmarks));
      after = run_fixture_read_file (fixture, kept[i], NULL);
      g_assert_cmpstr (after, ==, damaged);
      again = gsc_bookmarks_new (fixture->path);
      assert_texts (again, "new");
    }
}

/* Unknown keys and kinds of choices are passed over, and what is missing has its usual value. */
static void
test_other_keys (RunFixture *fixture, gconstpointer data)
{
  static const char text[]
      = "{\"new\": {\"text\": 1}, \"bookmarks\": [{\"panels\": [{\"figure\": \"shots\", \"n\": 3, "
        "\"x\": [1]}], \"speed\": {\"a\": 1}, \"a\": 2}]}";
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) bookmarks = NULL;
  const GscBookmark *bookmark;

  run_fixture_write_file (fixture, GSC_BOOKMARKS_FILE, text, strlen (text));
  bookmarks = gsc_bookmarks_new (fixture->path);
  g_assert_cmpstr (gsc_bookmarks_get_fault (bookmarks), ==, NULL);
  g_assert_cmpuint (gsc_bookmarks_get_length (bookmarks), ==, 1);
  bookmark = gsc_bookmarks_get (bookmarks, 0);
  g_assert_cmpstr (bookmark->panels[0].figure, ==, "shots");
  g_assert_cmpuint (g_variant_n_children (bookmark->panels[0].choices), ==, 0);
  g_assert_cmpint (bookmark->a, ==, 2);
  g_assert_true (bookmark->live);
  g_assert_cmpfloat (bookmark->zoom, ==, 1);
}

/* Two programs: nobody's bookmarks are lost. */
static void
test_two_writers (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) first = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmarks) second = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmark) bookmark = make_bookmark ("mine");
  g_autoptr (GError) error = NULL;

  append (second, "theirs");
  g_assert_false (gsc_bookmarks_insert (first, 0, bookmark, &error));
  run_fixture_assert_message (error, GSC_BOOKMARKS_FILE, "Another program");
  assert_texts (first, "theirs");
  append (first, "mine");
  assert_texts (first, "theirs mine");
  gsc_bookmarks_reload (second);
  assert_texts (second, "theirs mine");
}

/* A folder that cannot be written to (here: one that is gone; root may write everywhere). */
static void
test_unwritable (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmark) bookmark = make_bookmark ("a");
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect_swapped (bookmarks, "changed", G_CALLBACK (count_change), &n_changes);
  g_assert_false (gsc_bookmarks_insert (bookmarks, 0, bookmark, &error));
  run_fixture_assert_message (error, GSC_BOOKMARKS_FILE, "");
  g_assert_cmpuint (gsc_bookmarks_get_length (bookmarks), ==, 0);
  g_assert_cmpuint (n_changes, ==, 0);
}

/* One byte changed anywhere: a fault or other bookmarks, never harm. */
static void
test_mutations (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (fixture->path);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree char *text = NULL;
  guint n_refused = 0;
  gsize length;

  append (bookmarks, "one");
  append (bookmarks, "two");
  text = run_fixture_read_file (fixture, GSC_BOOKMARKS_FILE, &length);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *changed = g_memdup2 (text, length);
      g_autoptr (GscBookmarks) read = NULL;

      changed[g_rand_int_range (random, 0, (gint32) length)]
          = (char) g_rand_int_range (random, 0, 256);
      run_fixture_write_file (fixture, GSC_BOOKMARKS_FILE, changed, length);
      read = gsc_bookmarks_new (fixture->path);
      n_refused += gsc_bookmarks_get_fault (read) != NULL;
      for (guint k = 0; k < gsc_bookmarks_get_length (read); k++)
        {
          const GscBookmark *bookmark = gsc_bookmarks_get (read, k);

          g_assert_nonnull (bookmark->panels[0].figure);
          g_assert_true (g_utf8_validate (bookmark->text, -1, NULL));
          g_assert_cmpint (bookmark->a, >=, 0);
        }
    }
  g_assert_cmpuint (n_refused, >, 100);
}

/* The model that a bookmark shows stays, however small the budget. */
static void
test_model_stays (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (fixture->path);
  g_autoptr (GscBookmark) bookmark = make_bookmark ("x");
  g_autoptr (GArray) left = NULL;
  gboolean found = FALSE;

  for (guint i = 0; i <= 8; i++)
    run_fixture_save_snapshot (fixture, folder, 100 * i);
  bookmark->step = 300;
  g_assert_true (gsc_bookmarks_insert (bookmarks, 0, bookmark, NULL));
  g_assert_true (gsc_snapshot_files_thin (fixture->path, 1, NULL));
  left = gsc_snapshot_files_list (fixture->path, NULL);
  g_assert_cmpuint (left->len, <, 9);
  for (guint i = 0; i < left->len; i++)
    found = found || g_array_index (left, GscSnapshotInfo, i).step == 300;
  g_assert_true (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/bookmarks/round-trip", test_round_trip);
  g_test_add_func ("/bookmarks/text", test_text);
  RUN_FIXTURE_ADD ("/bookmarks/order", test_order);
  RUN_FIXTURE_ADD ("/bookmarks/many", test_many);
  RUN_FIXTURE_ADD ("/bookmarks/damaged", test_damaged);
  RUN_FIXTURE_ADD ("/bookmarks/set-aside", test_set_aside);
  RUN_FIXTURE_ADD ("/bookmarks/other-keys", test_other_keys);
  RUN_FIXTURE_ADD ("/bookmarks/two-writers", test_two_writers);
  RUN_FIXTURE_ADD ("/bookmarks/unwritable", test_unwritable);
  RUN_FIXTURE_ADD ("/bookmarks/mutations", test_mutations);
  RUN_FIXTURE_ADD ("/bookmarks/model-stays", test_model_stays);
  return g_test_run ();
}
