/* test-run-store.c - folders of runs: nothing but the run is ever touched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-store.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "training-fixture.h"

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0777), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static gboolean
exists (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* Like a run, with a folder and a file outside that links lead to. */
typedef struct
{
  char *folder;
  char *path;
  char *outside;
} Place;

static Place
make_place (void)
{
  Place place = { .folder = training_fixture_folder ("runs") };

  place.path = g_build_filename (place.folder, "quick-1", NULL);
  place.outside = training_fixture_folder ("outside");
  write_file (place.path, "config.json", "{}");
  write_file (place.path, "state.safetensors", "state");
  write_file (place.path, "notes.json", "{}");
  write_file (place.path, "lock", "");
  write_file (place.path, ".grokscope-abc", "unfinished");
  write_file (place.path, "snapshots/step-00000000.safetensors", "weights");
  write_file (place.path, "figures/page.pdf", "figure");
  write_file (place.outside, "precious", "precious");
  return place;
}

static void
place_clear (Place *place)
{
  g_assert_true (exists (place->outside, "precious"));
  g_free (place->folder);
  g_free (place->path);
  g_free (place->outside);
}

static void
link_outside (const Place *place, const char *name)
{
  g_autofree char *path = g_build_filename (place->path, name, NULL);

  g_assert_cmpint (symlink (place->outside, path), ==, 0);
}

static void
test_claim (void)
{
  g_autofree char *folder = training_fixture_folder ("some/runs");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *other = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  guint number = 0;

  one = gsc_run_store_claim (folder, "quick", &number, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (one, "/some/runs/quick-1"));
  g_assert_cmpuint (number, ==, 1);
  write_file (folder, "quick-2", "a file");
  two = gsc_run_store_claim (folder, "quick", &number, &error);
  g_assert_true (g_str_has_suffix (two, "/quick-3"));
  g_assert_cmpuint (number, ==, 3);
  other = gsc_run_store_claim (folder, "deep", &number, &error);
  g_assert_true (g_str_has_suffix (other, "/deep-1"));

  file = g_build_filename (folder, "quick-2", NULL);
  g_assert_null (gsc_run_store_claim (file, "quick", &number, &error));
  training_fixture_assert_sentence (error->message, file);
}

static void
test_stem (void)
{
  static const char *const cases[][2]
      = { { "/x/quick-12", "quick" }, { "/x/paper-d2-1", "paper-d2" },
          { "/x/mine", "mine" },      { "/x/mine-", "mine-" },
          { "/x/-3", "-3" },          { "/x/a-1b", "a-1b" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stem = gsc_run_store_get_stem (cases[i][0]);

      g_assert_cmpstr (stem, ==, cases[i][1]);
    }
}

static void
test_copy (void)
{
  Place place = make_place ();
  g_autofree char *to = g_build_filename (place.folder, "copy", NULL);
  g_autoptr (GError) error = NULL;

  link_outside (&place, "figures/link");
  g_assert_cmpint (gsc_run_store_measure (place.path), >, 20);
  g_assert_cmpint (g_mkdir (to, 0777), ==, 0);
  g_assert_true (gsc_run_store_copy (place.path, to, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (exists (to, "config.json"));
  g_assert_true (exists (to, "state.safetensors"));
  g_assert_true (exists (to, "snapshots/step-00000000.safetensors"));
  g_assert_true (exists (to, "figures/page.pdf"));
  g_assert_false (exists (to, "figures/link"));
  g_assert_false (exists (to, "lock"));
  g_assert_false (exists (to, "notes.json"));
  g_assert_false (exists (to, ".grokscope-abc"));
  place_clear (&place);
}

/* A copy that fails or is cancelled leaves nothing. */
static void
test_copy_fails (void)
{
  Place place = make_place ();
  g_autofree char *to = g_build_filename (place.folder, "copy", NULL);
  g_autofree char *config = g_build_filename (place.path, "config.json", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (g_mkdir (to, 0777), ==, 0);
  g_assert_false (gsc_run_store_copy (place.path, to, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (exists (place.folder, "copy"));
  g_clear_error (&error);

  g_assert_cmpint (g_unlink (config), ==, 0);
  g_assert_cmpint (g_mkdir (to, 0777), ==, 0);
  g_assert_false (gsc_run_store_copy (place.path, to, NULL, &error));
  training_fixture_assert_sentence (error->message, "config.json");
  g_assert_false (exists (place.folder, "copy"));
  g_assert_true (exists (place.path, "snapshots/step-00000000.safetensors"));
  place_clear (&place);
}

static void
test_aside_and_back (void)
{
  Place place = make_place ();
  g_autofree char *aside = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  aside = gsc_run_store_set_aside (place.path, &error);
  g_assert_no_error (error);
  g_assert_false (exists (place.path, ""));
  g_assert_true (exists (aside, "config.json"));

  /* another run of that name: the way back is taken, and it can be deleted, too */
  write_file (place.path, "config.json", "other");
  g_assert_false (gsc_run_store_bring_back (aside, place.path, &error));
  training_fixture_assert_sentence (error->message, place.path);
  g_clear_error (&error);
  second = gsc_run_store_set_aside (place.path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second, !=, aside);

  g_assert_true (gsc_run_store_bring_back (aside, place.path, &error));
  g_assert_true (exists (place.path, "snapshots/step-00000000.safetensors"));
  g_assert_false (gsc_run_store_bring_back (aside, place.path, &error));
  place_clear (&place);
}

static void
test_purge (void)
{
  Place place = make_place ();
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  link_outside (&place, "link");
  link_outside (&place, "snapshots/link");
  aside = gsc_run_store_set_aside (place.path, &error);
  g_assert_no_error (error);
  g_assert_true (gsc_run_store_purge (aside, place.path, &error));
  g_assert_no_error (error);
  g_assert_false (exists (aside, ""));
  g_assert_false (exists (place.path, ""));
  place_clear (&place);
}

/* Where there is a trash the run goes there, as one that lay where the user knew it. */
static void
test_trash (void)
{
  Place place = make_place ();
  g_autofree char *trash = training_fixture_folder ("Trash");
  g_autofree char *info = g_build_filename (trash, "info", "quick-1.trashinfo", NULL);
  g_autofree char *text = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  aside = gsc_run_store_set_aside (place.path, &error);
  g_assert_true (gsc_run_store_purge (aside, place.path, &error));
  g_assert_no_error (error);
  g_assert_true (exists (trash, "files/quick-1/config.json"));
  g_assert_true (g_file_get_contents (info, &text, NULL, &error));
  g_assert_no_error (error);
  origin = g_strdup_printf ("Path=%s\n", place.path);
  g_assert_nonnull (strstr (text, origin));
  place_clear (&place);
}

/* A run whose place is taken, and one that is only a link. */
static void
test_purge_unusual (void)
{
  Place place = make_place ();
  g_autofree char *link = g_build_filename (place.folder, "link", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *link_aside = NULL;
  g_autoptr (GError) error = NULL;

  aside = gsc_run_store_set_aside (place.path, &error);
  write_file (place.path, "config.json", "other");
  g_assert_true (gsc_run_store_purge (aside, place.path, &error));
  g_assert_no_error (error);
  g_assert_false (exists (aside, ""));
  g_assert_true (exists (place.path, "config.json"));

  g_assert_cmpint (symlink (place.outside, link), ==, 0);
  link_aside = gsc_run_store_set_aside (link, &error);
  g_assert_no_error (error);
  g_assert_true (gsc_run_store_purge (link_aside, link, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (link_aside, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  place_clear (&place);
}

/* Only what lies in a ".deleted" of its own is ever deleted. */
static void
test_purge_refused (void)
{
  Place place = make_place ();
  g_autofree char *deleted = g_build_filename (place.folder, ".deleted", NULL);
  g_autofree char *through = g_build_filename (deleted, "precious", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) link_error = NULL;
  g_autoptr (GError) aside_error = NULL;

  g_assert_false (gsc_run_store_purge (place.path, place.path, &error));
  training_fixture_assert_sentence (error->message, place.path);
  g_assert_true (exists (place.path, "config.json"));

  g_assert_cmpint (symlink (place.outside, deleted), ==, 0);
  g_assert_false (gsc_run_store_purge (through, place.path, &link_error));
  training_fixture_assert_sentence (link_error->message, through);
  gsc_run_store_purge_all (place.folder);
  g_assert_null (gsc_run_store_set_aside (place.path, &aside_error));
  training_fixture_assert_sentence (aside_error->message, ".deleted");
  g_assert_true (exists (place.path, "config.json"));
  place_clear (&place);
}

static void
test_purge_all (void)
{
  Place place = make_place ();
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;

  gsc_run_store_purge_all (place.folder); /* nothing there */
  link_outside (&place, "link");
  aside = gsc_run_store_set_aside (place.path, &error);
  write_file (place.path, "config.json", "a new one");
  gsc_run_store_purge_all (place.folder);
  g_assert_false (exists (place.folder, ".deleted"));
  g_assert_true (exists (place.path, "config.json"));
  place_clear (&place);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/run-store/claim", test_claim);
  training_fixture_add ("/run-store/stem", test_stem);
  training_fixture_add ("/run-store/copy", test_copy);
  training_fixture_add ("/run-store/copy-fails", test_copy_fails);
  training_fixture_add ("/run-store/aside-and-back", test_aside_and_back);
  training_fixture_add ("/run-store/purge", test_purge);
  training_fixture_add ("/run-store/trash", test_trash);
  training_fixture_add ("/run-store/purge-unusual", test_purge_unusual);
  training_fixture_add ("/run-store/purge-refused", test_purge_refused);
  training_fixture_add ("/run-store/purge-all", test_purge_all);
  return g_test_run ();
}
