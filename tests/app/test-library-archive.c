/* test-library-archive.c - runs that come into the library as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-library.h"
#include "training-fixture.h"

typedef struct
{
  gboolean ended;
  GscRun *run; /* borrowed */
  GError *error;
} Result;

static void
on_imported (GObject *object, GAsyncResult *async, gpointer data)
{
  Result *result = data;

  result->run = gsc_library_import_finish (GSC_LIBRARY (object), async, &result->error);
  result->ended = TRUE;
}

static gboolean
has_ended (gpointer data)
{
  return ((Result *) data)->ended;
}

static Result
import (GscLibrary *library, const char *archive, GCancellable *cancellable)
{
  Result result = { 0 };

  gsc_library_import (library, archive, cancellable, NULL, NULL, on_imported, &result);
  training_fixture_wait (has_ended, &result);
  return result;
}

static guint
count (GscLibrary *library)
{
  return g_list_model_get_n_items (G_LIST_MODEL (library));
}

static guint
count_folders (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A trained run, and its archive. */
static void
make_archive (const char *archive)
{
  g_autofree char *path = training_fixture_folder ("trained");
  GscConfig config = training_fixture_config ();

  training_fixture_train (path, &config, 20);
  g_assert_true (gsc_run_archive_save (path, archive, NULL, NULL, NULL, NULL));
}

static void
test_import (void)
{
  g_autofree char *runs = training_fixture_folder ("runs");
  g_autofree char *original = training_fixture_folder ("trained");
  g_autofree char *archive = training_fixture_folder ("A talk.GrokRun");
  g_autoptr (GscLibrary) library = gsc_library_new (runs);
  Result first, second;

  make_archive (archive);
  first = import (library, archive, NULL);
  g_assert_no_error (first.error);
  g_assert_cmpuint (count (library), ==, 1);
  g_assert_cmpstr (gsc_run_get_title (first.run), ==, "A talk");
  g_assert_cmpint (gsc_run_get_state (first.run), ==, GSC_RUN_WAITING);
  training_fixture_assert_same_runs (original, gsc_run_get_path (first.run));

  /* the same once more is another run */
  second = import (library, archive, NULL);
  g_assert_cmpuint (count (library), ==, 2);
  g_assert_true (first.run != second.run);
  training_fixture_idle (500);
  g_assert_cmpuint (count (library), ==, 2);
  g_assert_cmpuint (count_folders (runs), ==, 2);

  /* and can be trained on */
  g_assert_true (gsc_library_resume (library, second.run, NULL));
  gsc_worker_stop_and_wait (gsc_library_get_worker (library));
}

/* What is no archive changes nothing. */
static void
test_damaged (void)
{
  g_autofree char *runs = training_fixture_folder ("runs");
  g_autofree char *archive = training_fixture_folder ("damaged.grokrun");
  g_autofree char *nothing = training_fixture_folder ("nothing.grokrun");
  g_autofree char *nameless = training_fixture_folder (".grokrun");
  const char *const archives[] = { archive, nothing, nameless };
  g_autoptr (GscLibrary) library = gsc_library_new (runs);
  g_autofree char *bytes = NULL;
  gsize length;

  make_archive (archive);
  g_assert_true (g_file_get_contents (archive, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (archive, bytes, (gssize) length / 2, NULL));
  g_assert_true (g_file_set_contents (nameless, bytes, (gssize) length / 3, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      Result result = import (library, archives[i], NULL);

      g_assert_null (result.run);
      training_fixture_assert_sentence (result.error->message, archives[i]);
      g_clear_error (&result.error);
      g_assert_cmpuint (count_folders (runs), ==, 0);
    }
  training_fixture_idle (500);
  g_assert_cmpuint (count (library), ==, 0);
}

static void
test_cancelled (void)
{
  g_autofree char *runs = training_fixture_folder ("runs");
  g_autofree char *archive = training_fixture_folder ("run.grokrun");
  g_autoptr (GscLibrary) library = gsc_library_new (runs);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Result result;

  make_archive (archive);
  g_cancellable_cancel (cancellable);
  result = import (library, archive, cancellable);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&result.error);
  g_assert_cmpuint (count_folders (runs), ==, 0);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/library-archive/import", test_import);
  training_fixture_add ("/library-archive/damaged", test_damaged);
  training_fixture_add ("/library-archive/cancelled", test_cancelled);
  return g_test_run ();
}
