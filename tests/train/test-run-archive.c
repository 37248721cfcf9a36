/* test-run-archive.c - a run as one file, also one that somebody has tampered with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-run-archive.h"
#include "gsc-run-notes.h"
#include "gsc-zip-writer.h"
#include "run-fixture.h"

/* Everything goes into the fixture's parent folder, which is deleted in the end. */
static char *
in_parent (RunFixture *fixture, const char *name)
{
  return g_build_filename (fixture->parent, name, NULL);
}

static void
make_run (RunFixture *fixture)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();

  for (gint64 step = 0; step <= 20; step += 10)
    {
      run_fixture_append (fixture, folder, step);
      run_fixture_save_snapshot (fixture, folder, step);
    }
  notes->title = g_strdup ("A title");
  g_assert_true (gsc_run_notes_save (notes, fixture->path, NULL));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names below @path, sorted, and for files their bytes. */
static void
describe (GString *text, const char *path, const char *relative)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autofree char *below = g_build_filename (relative, g_ptr_array_index (names, i), NULL);

      if (g_str_equal (below, "lock"))
        continue;
      g_string_append_printf (text, "%s\n", below);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        describe (text, child, below);
      else
        {
          g_autofree char *bytes = NULL;
          g_autofree char *sum = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (child, &bytes, &length, NULL));
          sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
          g_string_append_printf (text, " %s\n", sum);
        }
    }
}

static void
assert_same (const char *a, const char *b)
{
  g_autoptr (GString) first = g_string_new (NULL);
  g_autoptr (GString) second = g_string_new (NULL);

  describe (first, a, "");
  describe (second, b, "");
  g_assert_cmpstr (first->str, ==, second->str);
}

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* The archive of the run, as bytes. */
static GByteArray *
save (RunFixture *fixture)
{
  g_autofree char *file = in_parent (fixture, "run.grokrun");
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  gsc_run_archive_save (fixture->path, file, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

/* Unpacks bytes. What is left besides a whole run is a fault. Whether there is a run now, which is
 * deleted again. */
static gboolean
load (RunFixture *fixture, const guint8 *bytes, gsize length, GError **error)
{
  g_autofree char *file = in_parent (fixture, "tried.grokrun");
  g_autofree char *target = in_parent (fixture, "tried");
  g_autofree char *snapshots = in_parent (fixture, "tried/snapshots");
  guint before;
  gboolean fine;

  g_remove (file);
  g_assert_true (g_file_set_contents_full (file, (const char *) bytes, (gssize) length,
                                           G_FILE_SET_CONTENTS_NONE, 0666, NULL));
  before = count_entries (fixture->parent);
  fine = gsc_run_archive_load (file, target, NULL, NULL, NULL, error);
  g_assert_cmpuint (count_entries (fixture->parent), ==, before + (fine ? 1 : 0));
  if (fine)
    {
      const char *const folders[] = { snapshots, target };
      g_autoptr (GscRunFolder) folder = gsc_run_folder_open (target, FALSE, error);

      g_assert_nonnull (folder);
      for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
        {
          g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
          const char *name;

          while ((name = g_dir_read_name (dir)) != NULL)
            {
              g_autofree char *child = g_build_filename (folders[i], name, NULL);

              g_remove (child);
            }
          g_assert_cmpint (g_rmdir (folders[i]), ==, 0);
        }
    }
  return fine;
}

static void
assert_refused (RunFixture *fixture, const GByteArray *bytes, const char *fault)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (load (fixture, bytes->data, bytes->len, &error));
  g_assert_nonnull (error);
  run_fixture_assert_message (error, "tried.grokrun", fault);
}

static void
test_round_trip (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *file = in_parent (fixture, "run.grokrun");
  g_autofree char *copy = in_parent (fixture, "copy");
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) again = NULL;
  g_autoptr (GError) error = NULL;

  make_run (fixture);
  bytes = save (fixture);
  g_assert_true (gsc_run_archive_is_archive (file));
  gsc_run_archive_load (file, copy, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_same (fixture->path, copy);
  again = save (fixture);
  g_assert_cmpmem (bytes->data, bytes->len, again->data, again->len);
}

static void
test_strangers_are_left_out (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) again = NULL;
  g_autofree char *link = run_fixture_get_path (fixture, "snapshots/step-00000007.safetensors");

  make_run (fixture);
  bytes = save (fixture);
  run_fixture_write_file (fixture, "mine.txt", "mine", 4);
  run_fixture_write_file (fixture, "lock", "somebody", 8);
  run_fixture_write_file (fixture, "snapshots/mine.safetensors", "mine", 4);
  g_assert_cmpint (symlink ("/dev/zero", link), ==, 0);
  again = save (fixture);
  g_assert_cmpmem (bytes->data, bytes->len, again->data, again->len);
}

static void
test_told_by_its_bytes (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *file = in_parent (fixture, "run.grokrun");
  g_autofree char *other = in_parent (fixture, "other.bin");
  g_autofree char *upper = in_parent (fixture, "OTHER.GROKRUN");
  g_autoptr (GByteArray) bytes = NULL;

  make_run (fixture);
  bytes = save (fixture);
  g_assert_cmpint (g_rename (file, other), ==, 0);
  g_assert_true (gsc_run_archive_is_archive (other));
  g_assert_true (gsc_run_archive_is_archive (upper));
  g_assert_false (gsc_run_archive_is_archive (fixture->path));
  bytes->data[31] = 'x';
  g_assert_true (
      g_file_set_contents (other, (const char *) bytes->data, (gssize) bytes->len, NULL));
  g_assert_false (gsc_run_archive_is_archive (other));
}

static void
test_nothing_is_overwritten (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *file = in_parent (fixture, "run.grokrun");
  g_autofree char *target = in_parent (fixture, "target");
  g_autofree char *mine = in_parent (fixture, "target/mine");
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) error = NULL;

  make_run (fixture);
  bytes = save (fixture);
  g_assert_cmpint (g_mkdir (target, 0777), ==, 0);
  g_assert_true (g_file_set_contents (mine, "mine", 4, NULL));
  g_assert_false (gsc_run_archive_load (file, target, NULL, NULL, NULL, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS);
  run_fixture_assert_message (error, "target", "already");
  g_assert_cmpuint (count_entries (target), ==, 1);
  g_assert_cmpint (g_remove (mine), ==, 0);
  g_assert_true (gsc_run_archive_load (file, target, NULL, NULL, NULL, NULL));
  assert_same (fixture->path, target);
}

/* Progress, and what it cancels. */
typedef struct
{
  GCancellable *cancellable;
  double fraction;
  guint n_calls;
} Watch;

static void
on_progress (double fraction, gpointer data)
{
  Watch *watch = data;

  g_assert_cmpfloat (fraction, >=, watch->fraction);
  g_assert_cmpfloat (fraction, <=, 1);
  watch->fraction = fraction;
  watch->n_calls++;
  if (watch->cancellable != NULL && fraction > 0.5)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_progress_and_cancelling (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *file = in_parent (fixture, "run.grokrun");
  g_autofree char *other = in_parent (fixture, "other.grokrun");
  g_autofree char *target = in_parent (fixture, "target");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { NULL };
  guint before;

  make_run (fixture);
  bytes = save (fixture);
  g_assert_true (gsc_run_archive_save (fixture->path, file, NULL, on_progress, &watch, NULL));
  g_assert_cmpfloat (watch.fraction, ==, 1);
  g_assert_cmpuint (watch.n_calls, >, 5);
  watch = (Watch){ NULL };
  g_assert_true (gsc_run_archive_load (file, target, NULL, on_progress, &watch, NULL));
  g_assert_cmpfloat (watch.fraction, ==, 1);

  before = count_entries (fixture->parent);
  watch = (Watch){ .cancellable = cancellable };
  g_assert_false (
      gsc_run_archive_save (fixture->path, other, cancellable, on_progress, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_cancellable_reset (cancellable);
  watch = (Watch){ .cancellable = cancellable };
  g_free (target);
  target = in_parent (fixture, "second");
  g_assert_false (gsc_run_archive_load (file, target, cancellable, on_progress, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_entries (fixture->parent), ==, before);
}

/* A disk that is full is like a limit on the size of files. */
static void
test_no_room (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *file = in_parent (fixture, "run.grokrun");
  g_autofree char *other = in_parent (fixture, "other.grokrun");
  g_autofree char *target = in_parent (fixture, "target");
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit old, low;
  guint before;

  make_run (fixture);
  bytes = save (fixture);
  before = count_entries (fixture->parent);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  low = (struct rlimit){ 1000, old.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &low), ==, 0);
  gsc_run_archive_save (fixture->path, other, NULL, NULL, NULL, &error);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  run_fixture_assert_message (error, "other.grokrun", "cannot be written");
  g_clear_error (&error);
  gsc_run_archive_load (file, target, NULL, NULL, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  run_fixture_assert_message (error, "target/", "cannot be written");
  g_assert_cmpuint (count_entries (fixture->parent), ==, before);
}

/* Archives made for harm */

typedef struct
{
  const char *name; /* of one more file, or NULL */
  const char *fault;
} Stranger;

static const Stranger strangers[] = {
  { "../x", "no file of a run" },
  { "../../x", "no file of a run" },
  { "/tmp/x", "no file of a run" },
  { "snapshots/../../x", "no file of a run" },
  { "snapshots/../x", "no file of a run" },
  { "./config.json", "no file of a run" },
  { "snapshots//step-00000099.safetensors", "no file of a run" },
  { "snapshots/step-99.safetensors", "no file of a run" },
  { "snapshots/step--0000001.safetensors", "no file of a run" },
  { "snapshots/step-00000099.safetensors/x", "no file of a run" },
  { "config.json/x", "no file of a run" },
  { "lock", "no file of a run" },
  { "CONFIG.JSON", "no file of a run" },
  { "..", "no file of a run" },
  { "run.sh", "no file of a run" },
  { "config.json", "twice" },
};

static GByteArray *
pack (RunFixture *fixture, const char *const *names, const char *const *texts, guint n)
{
  g_autofree char *file = in_parent (fixture, "made.grokrun");
  g_autoptr (GscZipWriter) writer = gsc_zip_writer_new (file, NULL);
  char *bytes;
  gsize length;

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (gsc_zip_writer_begin (writer, names[i], strlen (texts[i]), i % 2 == 0, NULL));
      g_assert_true (gsc_zip_writer_append (writer, texts[i], strlen (texts[i]), NULL));
    }
  g_assert_true (gsc_zip_writer_commit (writer, NULL));
  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

static void
test_strangers (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *config = NULL;
  const char *const only[] = { "tasks.csv" };
  const char *const empty[] = { "" };
  g_autoptr (GByteArray) none = pack (fixture, only, empty, 1);

  assert_refused (fixture, none, "no config.json");
  make_run (fixture);
  config = run_fixture_read_file (fixture, "config.json", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      const char *const names[] = { strangers[i].name, "config.json" };
      const char *const texts[] = { "harm", config };
      g_autoptr (GByteArray) bytes = pack (fixture, names, texts, 2);

      assert_refused (fixture, bytes, strangers[i].fault);
    }
}

/* What cannot be read as a run is not one, and the message is about the archive. */
static void
test_no_readable_run (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *config = NULL;
  const char *const names[] = { "tasks.csv", "inputs.csv", "config.json" };
  const char *texts[] = { "a,b\n", "x,y\n", NULL };
  g_autoptr (GByteArray) bytes = NULL;

  make_run (fixture);
  config = run_fixture_read_file (fixture, "config.json", NULL);
  texts[2] = config;
  bytes = pack (fixture, names, texts, 3);
  assert_refused (fixture, bytes, "tasks.csv");
}

/* The central directory's header of entry @name; the file's name stands at 46. */
static guint8 *
find_header (GByteArray *bytes, const char *name)
{
  for (gsize i = 0; i + 46 + strlen (name) <= bytes->len; i++)
    if (memcmp (bytes->data + i, "PK\001\002", 4) == 0 && bytes->data[i + 28] == strlen (name)
        && memcmp (bytes->data + i + 46, name, strlen (name)) == 0)
      return bytes->data + i;
  g_assert_not_reached ();
}

static void
put (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (8 * i));
}

static guint32
get (const guint8 *at)
{
  return at[0] | (guint32) at[1] << 8 | (guint32) at[2] << 16 | (guint32) at[3] << 24;
}

static void
test_links_and_sizes (RunFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint32 attributes; /* or 0 */
    guint32 size;       /* once unpacked, or 0 */
    const char *fault;
  } changes[] = {
    { (guint32) (S_IFLNK | 0777) << 16, 0, "no file of a run" },
    { (guint32) (S_IFDIR | 0777) << 16, 0, "no file of a run" },
    { (guint32) (S_IFCHR | 0777) << 16, 0, "no file of a run" },
    { 0, 0xfffffff0, "as large as it says" },
    { 0, 100 << 20, "damaged" },
    { 0, 1, "damaged" },
  };

  make_run (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) bytes = save (fixture);
      guint8 *header = find_header (bytes, "metrics.csv");
      g_autoptr (GError) error = NULL;

      if (changes[i].attributes != 0)
        put (header + 38, changes[i].attributes);
      if (changes[i].size != 0)
        {
          /* where the file begins, it is said once more */
          put (header + 24, changes[i].size);
          put (bytes->data + get (header + 42) + 22, changes[i].size);
        }
      g_assert_false (load (fixture, bytes->data, bytes->len, &error));
      if (g_str_equal (changes[i].fault, "damaged"))
        /* the words depend on where it is noticed */
        run_fixture_assert_message (error, "tried.grokrun", "");
      else
        run_fixture_assert_message (error, "tried.grokrun", changes[i].fault);
    }
}

/* Damage */

static void
test_truncated (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = NULL;

  make_run (fixture);
  bytes = save (fixture);
  for (gsize length = 0; length < bytes->len; length += length < 300 ? 7 : bytes->len / 40)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (load (fixture, bytes->data, length, &error));
      run_fixture_assert_message (error, "tried.grokrun", "");
    }
}

/* Bits anywhere, most of them where the structure is: in headers and the central directory. */
static void
test_flipped (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n_fine = 0;
  gsize directory;

  make_run (fixture);
  bytes = save (fixture);
  directory = (gsize) (find_header (bytes, "mimetype") - bytes->data);
  for (guint i = 0; i < 500; i++)
    {
      gsize from = i % 2 == 0 ? directory : 0;
      gsize at = from + (gsize) g_rand_int_range (random, 0, (gint32) (bytes->len - from));
      guint8 kept = bytes->data[at];
      g_autoptr (GError) error = NULL;

      bytes->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
      if (load (fixture, bytes->data, bytes->len, &error))
        n_fine++;
      else
        run_fixture_assert_message (error, "tried.grokrun", "");
      bytes->data[at] = kept;
    }
  /* dates, versions and the like matter to nobody */
  g_assert_cmpuint (n_fine, <, 300);
  g_assert_true (load (fixture, bytes->data, bytes->len, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-archive/round-trip", test_round_trip);
  RUN_FIXTURE_ADD ("/run-archive/strangers-are-left-out", test_strangers_are_left_out);
  RUN_FIXTURE_ADD ("/run-archive/told-by-its-bytes", test_told_by_its_bytes);
  RUN_FIXTURE_ADD ("/run-archive/nothing-is-overwritten", test_nothing_is_overwritten);
  RUN_FIXTURE_ADD ("/run-archive/progress-and-cancelling", test_progress_and_cancelling);
  RUN_FIXTURE_ADD ("/run-archive/no-room", test_no_room);
  RUN_FIXTURE_ADD ("/run-archive/strangers", test_strangers);
  RUN_FIXTURE_ADD ("/run-archive/no-readable-run", test_no_readable_run);
  RUN_FIXTURE_ADD ("/run-archive/links-and-sizes", test_links_and_sizes);
  RUN_FIXTURE_ADD ("/run-archive/truncated", test_truncated);
  RUN_FIXTURE_ADD ("/run-archive/flipped", test_flipped);
  return g_test_run ();
}
