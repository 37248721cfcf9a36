/* model-files.c - model files made to order, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-files.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

char *
fixture_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

GByteArray *
fixture_bytes (const char *name)
{
  g_autofree char *path = fixture_path (name);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize length = 0;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_byte_array_new_take ((guint8 *) bytes, length);
}

void
append_number (GByteArray *bytes, guint64 number, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = (guint8) (number >> (8 * i));

      g_byte_array_append (bytes, &byte, 1);
    }
}

void
append_text (GByteArray *bytes, const char *text)
{
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

static guint16
half_from_double (double value)
{
  guint16 sign = signbit (value) ? 0x8000 : 0;
  int exponent;
  double fraction = frexp (fabs (value), &exponent); /* in [0.5, 1) */

  if (value == 0 || exponent < -24)
    return sign;
  g_assert_cmpint (exponent, <=, 16);
  if (exponent < -13) /* subnormal: units of 2^-24 */
    return sign | (guint16) ldexp (fraction, exponent + 24);
  return sign | (guint16) ((exponent + 14) << 10) | (guint16) (fraction * 2048 - 1024);
}

void
append_value (GByteArray *bytes, GscDtype dtype, double value)
{
  float single = (float) value;
  guint32 single_bits;
  guint64 double_bits;

  memcpy (&single_bits, &single, sizeof single);
  memcpy (&double_bits, &value, sizeof value);
  switch (dtype)
    {
    case GSC_DTYPE_F32:
      append_number (bytes, single_bits, 4);
      break;
    case GSC_DTYPE_F16:
      append_number (bytes, half_from_double (value), 2);
      break;
    case GSC_DTYPE_BF16:
      append_number (bytes, single_bits >> 16, 2);
      break;
    case GSC_DTYPE_F64:
      append_number (bytes, double_bits, 8);
      break;
    case GSC_DTYPE_I32:
      append_number (bytes, (guint64) (gint64) value, 4);
      break;
    case GSC_DTYPE_I64:
      append_number (bytes, (guint64) (gint64) value, 8);
      break;
    }
}

static void
file_tensor_free (gpointer data)
{
  FileTensor *tensor = data;

  g_free (tensor->name);
  g_byte_array_unref (tensor->bytes);
  g_free (tensor);
}

/* @cols 0: one dimension. */
FileTensor *
tensors_add (GPtrArray *tensors, const char *name, GscDtype dtype, gint64 rows, gint64 cols)
{
  FileTensor *tensor = g_new0 (FileTensor, 1);

  tensor->name = g_strdup (name);
  tensor->dtype = dtype;
  tensor->n_dims = cols == 0 ? 1 : 2;
  tensor->dims[0] = rows;
  tensor->dims[1] = cols;
  tensor->bytes = g_byte_array_new ();
  g_ptr_array_add (tensors, tensor);
  return tensor;
}

GPtrArray *
tensors_from_model (const GscModel *model, GscDtype dtype, const char *prefix)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  GPtrArray *tensors = g_ptr_array_new_with_free_func (file_tensor_free);

  for (guint i = 0; i < layout->n_views; i++)
    {
      const GscParamView *view = &layout->views[i];
      g_autofree char *name = g_strconcat (prefix, view->name, NULL);
      FileTensor *tensor = tensors_add (tensors, name, dtype, view->rows,
                                        view->kind == GSC_PARAM_NORM ? 0 : view->cols);

      for (gsize j = 0; j < (gsize) view->rows * view->cols; j++)
        append_value (tensor->bytes, dtype, weights[view->offset + j]);
    }
  return tensors;
}

GByteArray *
join_safetensors (const char *header, gconstpointer data, gsize length)
{
  GByteArray *bytes = g_byte_array_new ();

  append_number (bytes, strlen (header), 8);
  append_text (bytes, header);
  g_byte_array_append (bytes, data, (guint) length);
  return bytes;
}

GByteArray *
build_safetensors (GPtrArray *tensors, const char *metadata)
{
  g_autoptr (GString) header = g_string_new ("{");
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (metadata != NULL)
    g_string_append_printf (header, "\"__metadata__\":%s,", metadata);
  for (guint i = 0; i < tensors->len; i++)
    {
      const FileTensor *tensor = g_ptr_array_index (tensors, i);

      g_string_append_printf (header, "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[%" G_GINT64_FORMAT,
                              i > 0 ? "," : "", tensor->name, gsc_dtype_get_name (tensor->dtype),
                              tensor->dims[0]);
      if (tensor->n_dims == 2)
        g_string_append_printf (header, ",%" G_GINT64_FORMAT, tensor->dims[1]);
      g_string_append_printf (header, "],\"data_offsets\":[%u,%u]}", data->len,
                              data->len + tensor->bytes->len);
      g_byte_array_append (data, tensor->bytes->data, tensor->bytes->len);
    }
  g_string_append_c (header, '}');
  return join_safetensors (header->str, data->data, data->len);
}

void
write_bytes (const char *path, const GByteArray *bytes)
{
  FILE *file;

  /* Some file systems sync a file that is emptied and written again, but not a new one. */
  g_unlink (path);
  file = fopen (path, "wb");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes->data, 1, bytes->len, file), ==, bytes->len);
  g_assert_cmpint (fclose (file), ==, 0);
}

char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("grokscope-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}
