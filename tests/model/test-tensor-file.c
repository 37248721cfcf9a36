/* test-tensor-file.c - safetensors files: what is written, what is read, what a failure leaves
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-dtype.h"
#include "gsc-tensor-file.h"
#include "model-files.h"

static const float floats[6] = { 1.0f, -2.5f, 0.0f, 3.25e-20f, 1e30f, 7.0f };
static const double doubles[2] = { 1.0 / 3.0, -1e300 };
static const gint32 ints[3] = { 7, -8, 16777216 };
static const gint64 longs[1] = { -1234567 };

static const GscTensorSource sources[] = {
  { .name = "b.floats", .dtype = GSC_DTYPE_F32, .n_dims = 2, .dims = { 2, 3 }, .data = floats },
  { .name = "ints", .dtype = GSC_DTYPE_I32, .n_dims = 1, .dims = { 3 }, .data = ints },
  { .name = "a.doubles", .dtype = GSC_DTYPE_F64, .n_dims = 1, .dims = { 2 }, .data = doubles },
  { .name = "nothing", .dtype = GSC_DTYPE_F32, .n_dims = 3, .dims = { 4, 0, 2 }, .data = floats },
  { .name = "a scalar \"ü\"\n", .dtype = GSC_DTYPE_I64, .n_dims = 0, .data = longs },
};

static GHashTable *
make_metadata (gboolean reversed)
{
  static const char *const pairs[][2]
      = { { "width", "32" }, { "note", "a \"quote\", ü,\na line" }, { "Zeta", "" } };
  GHashTable *metadata = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      guint at = reversed ? (guint) G_N_ELEMENTS (pairs) - 1 - i : i;

      g_hash_table_insert (metadata, (gpointer) pairs[at][0], (gpointer) pairs[at][1]);
    }
  return metadata;
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length = 0;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_round_trip (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.safetensors", NULL);
  g_autoptr (GHashTable) metadata = make_metadata (FALSE);
  g_autoptr (GscTensorFile) file = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *read;
  const GscTensorInfo *info;
  float out[6];

  gsc_tensor_file_write (path, sources, G_N_ELEMENTS (sources), metadata, &error);
  g_assert_no_error (error);
  file = gsc_tensor_file_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (gsc_tensor_file_get_path (file), ==, path);

  read = gsc_tensor_file_get_metadata (file);
  g_assert_cmpuint (g_hash_table_size (read), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (read, "width"), ==, "32");
  g_assert_cmpstr (g_hash_table_lookup (read, "note"), ==, "a \"quote\", ü,\na line");
  g_assert_cmpstr (g_hash_table_lookup (read, "Zeta"), ==, "");

  g_assert_cmpuint (gsc_tensor_file_get_n_tensors (file), ==, G_N_ELEMENTS (sources));
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      info = gsc_tensor_file_find (file, sources[i].name);
      g_assert_true (info == gsc_tensor_file_get_info (file, i));
      g_assert_cmpstr (info->name, ==, sources[i].name);
      g_assert_cmpint (info->dtype, ==, sources[i].dtype);
      g_assert_cmpuint (info->n_dims, ==, sources[i].n_dims);
      for (guint j = 0; j < info->n_dims; j++)
        g_assert_cmpint (info->dims[j], ==, sources[i].dims[j]);
    }
  g_assert_null (gsc_tensor_file_find (file, "none"));
  g_assert_null (gsc_tensor_file_find (file, "__metadata__"));

  info = gsc_tensor_file_find (file, "b.floats");
  g_assert_cmpuint (info->n_elements, ==, 6);
  gsc_tensor_file_read_f32 (file, info, out);
  g_assert_cmpmem (out, sizeof out, floats, sizeof floats);
  info = gsc_tensor_file_find (file, "ints");
  gsc_tensor_file_read_f32 (file, info, out);
  g_assert_true (out[0] == 7.0f && out[1] == -8.0f && out[2] == 16777216.0f);
  info = gsc_tensor_file_find (file, "a.doubles");
  gsc_tensor_file_read_f32 (file, info, out);
  g_assert_true (out[0] == 1.0f / 3.0f && out[1] == -INFINITY);
  info = gsc_tensor_file_find (file, "nothing");
  g_assert_cmpuint (info->n_elements, ==, 0);
  out[0] = 5.0f;
  gsc_tensor_file_read_f32 (file, info, out);
  g_assert_true (out[0] == 5.0f);
  info = gsc_tensor_file_find (file, "a scalar \"ü\"\n");
  g_assert_cmpuint (info->n_elements, ==, 1);
  gsc_tensor_file_read_f32 (file, info, out);
  g_assert_true (out[0] == -1234567.0f);

  remove_folder (folder);
}

/* Byte for byte, by the format's description. */
static void
test_layout (void)
{
  static const char header[] = "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"\","
                               "\"step\":\"9\",\"width\":\"\"},"
                               "\"t\":{\"dtype\":\"I32\",\"shape\":[3],\"data_offsets\":[0,12]}}";
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.safetensors", NULL);
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GByteArray) expected = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GscTensorSource source = sources[1];

  source.name = "t";
  g_hash_table_insert (metadata, (gpointer) "width", (gpointer) "");
  g_hash_table_insert (metadata, (gpointer) "c", (gpointer) "");
  g_hash_table_insert (metadata, (gpointer) "step", (gpointer) "9");
  g_hash_table_insert (metadata, (gpointer) "b", (gpointer) "2");
  g_hash_table_insert (metadata, (gpointer) "a", (gpointer) "1");
  gsc_tensor_file_write (path, &source, 1, metadata, &error);
  g_assert_no_error (error);
  bytes = read_bytes (path);

  append_number (expected, (strlen (header) + 7) / 8 * 8, 8);
  append_text (expected, header);
  while (expected->len % 8 != 0)
    append_text (expected, " ");
  for (guint i = 0; i < 3; i++)
    append_number (expected, (guint32) ints[i], 4);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected->data,
                   expected->len);
  remove_folder (folder);
}

static void
test_deterministic (void)
{
  char *folder = make_folder ();
  g_autofree char *one = g_build_filename (folder, "one", NULL);
  g_autofree char *two = g_build_filename (folder, "two", NULL);
  g_autoptr (GHashTable) forward = make_metadata (FALSE);
  g_autoptr (GHashTable) backward = make_metadata (TRUE);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;

  g_assert_true (gsc_tensor_file_write (one, sources, G_N_ELEMENTS (sources), forward, NULL));
  g_assert_true (gsc_tensor_file_write (two, sources, G_N_ELEMENTS (sources), backward, NULL));
  first = read_bytes (one);
  second = read_bytes (two);
  g_assert_true (g_bytes_equal (first, second));
  remove_folder (folder);
}

static void
test_refused_sources (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.safetensors", NULL);
  GscTensorSource twins[] = { sources[0], sources[0] };
  g_autoptr (GHashTable) metadata = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_tensor_file_write (path, twins, 2, NULL, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);
  g_hash_table_insert (metadata, (gpointer) "latin1", (gpointer) "\xfc");
  g_assert_false (gsc_tensor_file_write (path, sources, 1, metadata, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT);
  g_assert_cmpuint (count_files (folder), ==, 0);
  remove_folder (folder);
}

/* Numbers at odd addresses; UBSan decides whether they are read the allowed way. */
static void
test_unaligned (void)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.safetensors", NULL);

  append_value (data, GSC_DTYPE_F16, -1.5);
  append_value (data, GSC_DTYPE_F64, 2.75);
  append_value (data, GSC_DTYPE_F32, 0.125);
  append_value (data, GSC_DTYPE_I64, 1e6);
  for (guint shift = 0; shift < 8; shift++)
    {
      g_autofree char *header
          = g_strdup_printf ("{\"h\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]},"
                             "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[2,10]},"
                             "\"f\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[10,14]},"
                             "\"l\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[14,22]}}%*s",
                             (int) shift, "");
      g_autoptr (GByteArray) bytes = join_safetensors (header, data->data, data->len);
      g_autoptr (GscTensorFile) file = NULL;
      g_autoptr (GError) error = NULL;
      static const char *const names[] = { "h", "d", "f", "l" };
      static const float expected[] = { -1.5f, 2.75f, 0.125f, 1e6f };

      write_bytes (path, bytes);
      file = gsc_tensor_file_open (path, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < 4; i++)
        {
          float out = 0.0f;

          gsc_tensor_file_read_f32 (file, gsc_tensor_file_find (file, names[i]), &out);
          g_assert_true (out == expected[i]);
        }
    }
  remove_folder (folder);
}

static float
convert (GscDtype dtype, guint64 bits)
{
  guint8 bytes[9];
  float out;

  for (guint i = 0; i < 8; i++)
    bytes[i + 1] = (guint8) (bits >> (8 * i));
  gsc_dtype_to_f32 (dtype, bytes + 1, 1, 1, &out);
  return out;
}

static void
test_half (void)
{
  static const struct
  {
    guint16 bits;
    double value;
  } known[] = {
    { 0x0000, 0.0 },
    { 0x0001, 0x1p-24 },   /* smallest subnormal */
    { 0x03ff, 0x3ffp-24 }, /* largest subnormal */
    { 0x0400, 0x1p-14 },   /* smallest normal */
    { 0x3555, 0.333251953125 },
    { 0x3c00, 1.0 },
    { 0xc000, -2.0 },
    { 0x7bff, 65504.0 },
    { 0xfbff, -65504.0 },
    { 0x7c00, INFINITY },
    { 0xfc00, -INFINITY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_true (convert (GSC_DTYPE_F16, known[i].bits) == known[i].value);
  g_assert_true (signbit (convert (GSC_DTYPE_F16, 0x8000)) != 0);

  for (guint bits = 0; bits < 65536; bits++)
    {
      int exponent = (int) (bits >> 10 & 0x1f);
      double fraction = bits & 0x3ff;
      double value
          = exponent == 0 ? ldexp (fraction, -24) : ldexp (1.0 + fraction / 1024.0, exponent - 15);
      float out = convert (GSC_DTYPE_F16, bits);

      if (exponent == 0x1f)
        g_assert_true (fraction != 0 ? isnan (out) : isinf (out));
      else
        g_assert_true (out == (bits >= 0x8000 ? -value : value));
    }
}

static void
test_conversions (void)
{
  static const guint8 strided[] = { 1, 0, 0, 0, 9, 9, 9, 9, 2, 0, 0, 0, 9, 9, 9, 9, 3, 0, 0, 0 };
  float out[3];

  g_assert_true (convert (GSC_DTYPE_BF16, 0x3f80) == 1.0f);
  g_assert_true (convert (GSC_DTYPE_BF16, 0xc049) == -3.140625f);
  g_assert_true (convert (GSC_DTYPE_BF16, 0x0001) == 0x1p-133f);
  g_assert_true (convert (GSC_DTYPE_BF16, 0x7f7f) == 0x1.fep127f);
  g_assert_true (convert (GSC_DTYPE_BF16, 0x7f80) == INFINITY);
  g_assert_true (isnan (convert (GSC_DTYPE_BF16, 0x7fc0)));

  g_assert_true (convert (GSC_DTYPE_F32, 0x3eaaaaab) == 1.0f / 3.0f);
  g_assert_true (convert (GSC_DTYPE_F32, 0x00000001) == 0x1p-149f);
  g_assert_true (convert (GSC_DTYPE_F32, 0xff800000) == -INFINITY);
  g_assert_true (isnan (convert (GSC_DTYPE_F32, 0x7fc00000)));

  g_assert_true (convert (GSC_DTYPE_F64, G_GUINT64_CONSTANT (0x3fd5555555555555)) == 1.0f / 3.0f);
  g_assert_true (convert (GSC_DTYPE_F64, G_GUINT64_CONSTANT (0xc000000000000000)) == -2.0f);
  g_assert_true (convert (GSC_DTYPE_F64, G_GUINT64_CONSTANT (0x0000000000000001)) == 0.0f);
  g_assert_true (isnan (convert (GSC_DTYPE_F64, G_GUINT64_CONSTANT (0x7ff8000000000000))));

  g_assert_true (convert (GSC_DTYPE_I32, 0xffffffff) == -1.0f);
  g_assert_true (convert (GSC_DTYPE_I32, 0x7fffffff) == 2147483648.0f);
  g_assert_true (convert (GSC_DTYPE_I32, 25) == 25.0f);
  g_assert_true (convert (GSC_DTYPE_I64, G_GUINT64_CONSTANT (0xfffffffffffffff6)) == -10.0f);
  g_assert_true (convert (GSC_DTYPE_I64, G_GUINT64_CONSTANT (0x0000000100000000)) == 0x1p32f);

  gsc_dtype_to_f32 (GSC_DTYPE_I32, strided, 3, 2, out);
  g_assert_true (out[0] == 1.0f && out[1] == 2.0f && out[2] == 3.0f);
}

static void
test_names (void)
{
  static const char *const unknown[] = { "", "f32", "F8_E4M3", "BOOL", "F321" };
  GscDtype dtype;

  for (int i = GSC_DTYPE_F32; i <= GSC_DTYPE_I64; i++)
    {
      g_assert_true (gsc_dtype_from_name (gsc_dtype_get_name ((GscDtype) i), &dtype));
      g_assert_cmpint (dtype, ==, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_false (gsc_dtype_from_name (unknown[i], &dtype));
}

/* Both kinds of numbers in files that somebody else wrote. */
static void
test_fixture (void)
{
  g_autofree char *path = fixture_path ("depth2.expected.safetensors");
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTensorFile) file = gsc_tensor_file_open (path, &error);
  const GscTensorInfo *tokens;
  float values[54];

  g_assert_no_error (error);
  tokens = gsc_tensor_file_find (file, "tokens");
  g_assert_cmpint (tokens->dtype, ==, GSC_DTYPE_I32);
  g_assert_cmpuint (tokens->n_elements, ==, 54);
  gsc_tensor_file_read_f32 (file, tokens, values);
  for (guint i = 0; i < 54; i++)
    g_assert_true (values[i] >= 0.0f && values[i] < 7.0f && values[i] == floorf (values[i]));
  g_assert_cmpstr (g_hash_table_lookup (gsc_tensor_file_get_metadata (file), "adamw_lr"), ==,
                   "0.001");
}

static void
assert_content (const char *path, const char *expected)
{
  g_autoptr (GBytes) bytes = read_bytes (path);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

/* A full disk, played by a limit on the length of files. */
static void
test_failing_write (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x.safetensors", NULL);
  g_autofree float *large = g_new0 (float, 65536);
  GscTensorSource source = { .name = "t", .n_dims = 1, .dims = { 65536 }, .data = large };
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;
  gboolean written;

  g_assert_true (gsc_atomic_file_write (path, "old", 3, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 65536;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = gsc_tensor_file_write (path, &source, 1, NULL, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_assert_false (written);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_nonnull (strstr (error->message, path));
  assert_content (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);

  g_assert_true (gsc_tensor_file_write (path, &source, 1, NULL, NULL));
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

/* Until the commit nobody sees anything, and without it nothing remains. */
static void
test_abandoned_write (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x", NULL);
  GscAtomicFile *file;

  g_assert_true (gsc_atomic_file_write (path, "old", 3, NULL));
  file = gsc_atomic_file_new (path, NULL);
  g_assert_true (gsc_atomic_file_append (file, "ne", 2, NULL));
  g_assert_true (gsc_atomic_file_append (file, "", 0, NULL));
  g_assert_cmpuint (count_files (folder), ==, 2);
  assert_content (path, "old");
  gsc_atomic_file_free (file);
  assert_content (path, "old");
  g_assert_cmpuint (count_files (folder), ==, 1);

  file = gsc_atomic_file_new (path, NULL);
  g_assert_true (gsc_atomic_file_append (file, "ne", 2, NULL));
  g_assert_true (gsc_atomic_file_append (file, "w", 1, NULL));
  g_assert_true (gsc_atomic_file_commit (file, NULL));
  gsc_atomic_file_free (file);
  assert_content (path, "new");
  g_assert_cmpuint (count_files (folder), ==, 1);
  remove_folder (folder);
}

static void
assert_refused (const char *path, GFileError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_atomic_file_write (path, "x", 1, &error));
  g_assert_error (error, G_FILE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_places (void)
{
  char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "x", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *below = g_build_filename (folder, "x", "y", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent", "y", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  GStatBuf status;

  assert_refused (folder, G_FILE_ERROR_ISDIR);
  assert_refused (absent, G_FILE_ERROR_NOENT);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (pipe, G_FILE_ERROR_INVAL);

  g_assert_true (gsc_atomic_file_write (path, "old", 3, NULL));
  assert_refused (below, G_FILE_ERROR_NOTDIR);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink ("x", link), ==, 0);
  g_assert_true (gsc_atomic_file_write (link, "new", 3, NULL));
  assert_content (path, "new");
  g_assert_cmpint (g_lstat (link, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_files (folder), ==, 3);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tensor-file/round-trip", test_round_trip);
  g_test_add_func ("/tensor-file/layout", test_layout);
  g_test_add_func ("/tensor-file/deterministic", test_deterministic);
  g_test_add_func ("/tensor-file/refused-sources", test_refused_sources);
  g_test_add_func ("/tensor-file/unaligned", test_unaligned);
  g_test_add_func ("/tensor-file/fixture", test_fixture);
  g_test_add_func ("/tensor-file/failing-write", test_failing_write);
  g_test_add_func ("/dtype/half", test_half);
  g_test_add_func ("/dtype/conversions", test_conversions);
  g_test_add_func ("/dtype/names", test_names);
  g_test_add_func ("/atomic-file/abandoned", test_abandoned_write);
  g_test_add_func ("/atomic-file/places", test_places);
  return g_test_run ();
}
