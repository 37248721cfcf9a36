/* test-malformed.c - files that must be refused, with a reason, cheaply; and random damage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-checkpoint.h"
#include "malformed-files.h"
#include "model-files.h"
#include "pth-files.h"

/* The load must fail with this error, a message that names the file and says @phrase, and nothing
 * else to free. */
static void
assert_refused (const char *path, int heads, GQuark domain, int code, const char *phrase)
{
  g_autoptr (GError) error = NULL;
  GHashTable *metadata = (GHashTable *) &error;
  GscModel *model = gsc_checkpoint_load (path, heads, &metadata, &error);

  g_assert_null (model);
  g_assert_null (metadata);
  if (!g_error_matches (error, domain, code) || !g_str_has_prefix (error->message, path)
      || strstr (error->message + strlen (path), phrase) == NULL
      || !g_str_has_suffix (error->message, "."))
    g_test_fail_printf ("%s: expected “%s”, got “%s” (%s %d)", path, phrase, error->message,
                        g_quark_to_string (error->domain), error->code);
}

/* Address space now in use, in bytes. */
static rlim_t
get_memory (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  return (rlim_t) g_ascii_strtoull (text, NULL, 10) * (rlim_t) sysconf (_SC_PAGESIZE);
}

/* Tries all files; with @memory above 0, each within that many bytes more than are in use. */
static void
refuse_all (rlim_t memory)
{
  char *folder = make_folder ();
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  for (guint i = 0; i < n_malformed_files; i++)
    {
      const MalformedFile *file = &malformed_files[i];
      g_autofree char *path = g_build_filename (folder, file->name, NULL);
      GByteArray *bytes = file->make (file);
      gboolean is_pth = bytes->len >= 2 && memcmp (bytes->data, "PK", 2) == 0;

      write_bytes (path, bytes);
      g_byte_array_unref (bytes);
      if (memory > 0)
        {
          struct rlimit low = { get_memory () + memory, limit.rlim_max };

          g_assert_cmpint (setrlimit (RLIMIT_AS, &low), ==, 0);
        }
      assert_refused (path, is_pth ? 2 : 0, GSC_MODEL_ERROR, (int) file->code, file->phrase);
      g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
    }
  remove_folder (folder);
}

static void
test_table (void)
{
  g_assert_cmpuint (n_malformed_files, >=, 50);
  refuse_all (0);
}

/* Files that lie about sizes are refused before memory is taken. */
static void
test_memory (void)
{
  if (g_test_subprocess ())
    {
      refuse_all (24 << 20);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_places (void)
{
  char *folder = make_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent", NULL);
  g_autofree char *below = g_build_filename (file, "below", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);

  g_assert_true (g_file_set_contents (file, "{}", 2, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  assert_refused (folder, 2, G_FILE_ERROR, G_FILE_ERROR_ISDIR, "folder, not a file");
  assert_refused (absent, 2, G_FILE_ERROR, G_FILE_ERROR_NOENT, "cannot be opened");
  assert_refused (below, 2, G_FILE_ERROR, G_FILE_ERROR_NOTDIR, "cannot be opened");
  assert_refused (pipe, 2, G_FILE_ERROR, G_FILE_ERROR_INVAL, "not a regular file");
  assert_refused (loop, 2, G_FILE_ERROR, G_FILE_ERROR_LOOP, "cannot be opened");
  remove_folder (folder);
}

/* Root may read everything, so that root becomes somebody else for a moment. */
static void
test_permission (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "secret", NULL);
  g_autoptr (GByteArray) bytes = fixture_bytes ("depth2.model.safetensors");
  uid_t user = geteuid ();

  write_bytes (path, bytes);
  g_assert_cmpint (g_chmod (folder, 0711), ==, 0);
  g_assert_cmpint (g_chmod (path, 0000), ==, 0);
  if (user == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_refused (path, 2, G_FILE_ERROR, G_FILE_ERROR_ACCES, "cannot be opened");
  if (user == 0)
    g_assert_cmpint (seteuid (user), ==, 0);
  remove_folder (folder);
}

/* Damages @bytes in one of several ways, in its first or last part more often than in between:
 * that is where the formats keep their structure. */
static void
damage (GByteArray *bytes, GRand *rand)
{
  gint32 part = MIN ((gint32) bytes->len, 4000);
  gint32 where = g_rand_int_range (rand, 0, 3);
  gint32 at = where == 0   ? g_rand_int_range (rand, 0, part)
              : where == 1 ? (gint32) bytes->len - 1 - g_rand_int_range (rand, 0, part)
                           : g_rand_int_range (rand, 0, (gint32) bytes->len);
  guint length;
  static const guint8 special[] = { 0, 1, 0x7f, 0x80, 0xff, '"', '{', '[', '9', '-' };

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      bytes->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      bytes->data[at] = special[g_rand_int_range (rand, 0, G_N_ELEMENTS (special))];
      break;
    case 2:
      bytes->data[at] = (guint8) g_rand_int (rand);
      break;
    case 3:
      length = (guint) g_rand_int_range (rand, 1, 9);
      g_byte_array_remove_range (bytes, (guint) at, MIN (bytes->len - (guint) at, length));
      break;
    default:
      g_byte_array_set_size (bytes, (guint) at);
      break;
    }
}

/* Whatever comes of @bytes: a sound model, or a reason that names the file. */
static gboolean
try_bytes (const char *path, const GByteArray *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscModel) model = NULL;

  write_bytes (path, bytes);
  model = gsc_checkpoint_load (path, g_str_has_suffix (path, "pth") ? 2 : 0, NULL, &error);
  if (model != NULL)
    {
      g_assert_no_error (error);
      g_assert_true (gsc_model_check_finite (model, NULL));
      return TRUE;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == GSC_MODEL_ERROR);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return FALSE;
}

static void
test_damaged_fixtures (void)
{
  static const char *const names[]
      = { "depth2.model.safetensors", "depth3.model.safetensors", "depth2.pth", "depth3.pth" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240604);
  char *folder = make_folder ();
  guint n_loaded = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GByteArray) original = fixture_bytes (names[i]);

      for (int n = 0; n < 700; n++)
        {
          g_autoptr (GByteArray) bytes = g_byte_array_new ();
          gint32 n_faults = g_rand_int_range (rand, 1, 4);

          g_byte_array_append (bytes, original->data, original->len);
          for (gint32 fault = 0; fault < n_faults && bytes->len > 0; fault++)
            damage (bytes, rand);
          n_loaded += try_bytes (path, bytes);
        }
    }
  /* Some damage goes to weights, which are still numbers; most of it must be noticed. */
  g_assert_cmpuint (n_loaded, >, 0);
  g_assert_cmpuint (n_loaded, <, 1400);
  remove_folder (folder);
}

/* Damaged pickles in sound archives, which would otherwise be found by their checksum. */
static void
test_damaged_pickles (void)
{
  const GscModelConfig config = { 5, 4, 2, 1, GSC_ACTIVATION_RELU, TRUE };
  g_autoptr (GscModel) model = gsc_model_new (&config, NULL);
  g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");
  g_autoptr (GRand) rand = g_rand_new_with_seed (2562);
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "damaged.pth", NULL);
  guint n_loaded = 0;

  for (guint n = 0; n < 3000; n++)
    {
      g_autoptr (GByteArray) pickle = build_pickle (tensors, (PickleFlags) (n % 16), NULL);
      g_autoptr (GByteArray) bytes = NULL;
      gint32 n_faults = g_rand_int_range (rand, 1, 4);

      for (gint32 fault = 0; fault < n_faults && pickle->len > 0; fault++)
        damage (pickle, rand);
      bytes = build_pth_around (tensors, pickle, (PickleFlags) (n % 16));
      n_loaded += try_bytes (path, bytes);
    }
  g_assert_cmpuint (n_loaded, <, 1500);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/malformed/table", test_table);
  g_test_add_func ("/malformed/memory", test_memory);
  g_test_add_func ("/malformed/places", test_places);
  g_test_add_func ("/malformed/permission", test_permission);
  g_test_add_func ("/malformed/damaged-fixtures", test_damaged_fixtures);
  g_test_add_func ("/malformed/damaged-pickles", test_damaged_pickles);
  return g_test_run ();
}
