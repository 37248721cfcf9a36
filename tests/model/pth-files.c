/* pth-files.c - PyTorch files made to order, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pth-files.h"

#include <string.h>

guint32
zip_crc (gconstpointer data, gsize length)
{
  static guint32 table[256];
  static gsize ready = 0;
  const guint8 *bytes = data;
  guint32 crc = 0xffffffff;

  if (g_once_init_enter (&ready))
    {
      for (guint32 i = 0; i < 256; i++)
        {
          guint32 value = i;

          for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? value >> 1 ^ 0xedb88320 : value >> 1;
          table[i] = value;
        }
      g_once_init_leave (&ready, 1);
    }
  for (gsize i = 0; i < length; i++)
    crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];
  return ~crc;
}

void
zip_begin (ZipWriter *zip)
{
  zip->bytes = g_byte_array_new ();
  zip->directory = g_byte_array_new ();
  zip->n_entries = 0;
}

/* The fields that an entry's header and its line in the directory share. */
static void
append_entry_fields (GByteArray *bytes,
                     const char *name,
                     gsize length,
                     guint method,
                     guint32 crc,
                     guint32 unpacked_length)
{
  append_number (bytes, 20, 2); /* version needed */
  append_number (bytes, 0, 2);  /* flags */
  append_number (bytes, method, 2);
  append_number (bytes, 0x00210000, 4); /* 1 January 1980 */
  append_number (bytes, crc, 4);
  append_number (bytes, length, 4);
  append_number (bytes, unpacked_length, 4);
  append_number (bytes, strlen (name), 2);
  append_number (bytes, 0, 2); /* extra field */
}

void
zip_add_raw (ZipWriter *zip,
             const char *name,
             gconstpointer data,
             gsize length,
             guint method,
             guint32 crc,
             guint32 unpacked_length)
{
  guint start = zip->bytes->len;

  append_number (zip->bytes, 0x04034b50, 4);
  append_entry_fields (zip->bytes, name, length, method, crc, unpacked_length);
  append_text (zip->bytes, name);
  g_byte_array_append (zip->bytes, data, (guint) length);

  append_number (zip->directory, 0x02014b50, 4);
  append_number (zip->directory, 20, 2); /* made by */
  append_entry_fields (zip->directory, name, length, method, crc, unpacked_length);
  append_number (zip->directory, 0, 4); /* comment, disk */
  append_number (zip->directory, 0, 6); /* attributes */
  append_number (zip->directory, start, 4);
  append_text (zip->directory, name);
  zip->n_entries++;
}

GByteArray *
zip_finish (ZipWriter *zip)
{
  guint start = zip->bytes->len;

  g_byte_array_append (zip->bytes, zip->directory->data, zip->directory->len);
  append_number (zip->bytes, 0x06054b50, 4);
  append_number (zip->bytes, 0, 4); /* disks */
  append_number (zip->bytes, zip->n_entries, 2);
  append_number (zip->bytes, zip->n_entries, 2);
  append_number (zip->bytes, zip->directory->len, 4);
  append_number (zip->bytes, start, 4);
  append_number (zip->bytes, 0, 2); /* comment */
  g_byte_array_unref (zip->directory);
  return zip->bytes;
}

void
zip_add (ZipWriter *zip, const char *name, gconstpointer data, gsize length)
{
  zip_add_raw (zip, name, data, length, 0, zip_crc (data, length), (guint32) length);
}

/* A pickle under construction. */
typedef struct
{
  GByteArray *bytes;
  PickleFlags flags;
} Pickler;

static void
put_op (Pickler *p, guint8 op)
{
  append_number (p->bytes, op, 1);
}

static void
put_string (Pickler *p, const char *text)
{
  if ((p->flags & PICKLE_PROTOCOL_4) != 0)
    {
      put_op (p, 0x8c);
      append_number (p->bytes, strlen (text), 1);
      append_text (p->bytes, text);
      put_op (p, 0x94); /* MEMOIZE */
    }
  else
    {
      put_op (p, 'X');
      append_number (p->bytes, strlen (text), 4);
      append_text (p->bytes, text);
      put_op (p, 'r'); /* LONG_BINPUT */
      append_number (p->bytes, 1000000, 4);
    }
}

static void
put_int (Pickler *p, gint64 number)
{
  guint size = number < 256 ? 1 : number < 65536 ? 2 : number <= G_MAXINT32 ? 4 : 8;

  put_op (p, size == 1 ? 'K' : size == 2 ? 'M' : size == 4 ? 'J' : 0x8a);
  if (size == 8)
    put_op (p, 8);
  append_number (p->bytes, (guint64) number, size);
}

static void
put_global (Pickler *p, const char *module, const char *name)
{
  if ((p->flags & PICKLE_PROTOCOL_4) != 0)
    {
      put_string (p, module);
      put_string (p, name);
      put_op (p, 0x93); /* STACK_GLOBAL */
    }
  else
    {
      put_op (p, 'c');
      append_text (p->bytes, module);
      append_text (p->bytes, "\n");
      append_text (p->bytes, name);
      append_text (p->bytes, "\n");
    }
}

static void
put_ordered_dict (Pickler *p)
{
  put_global (p, "collections", "OrderedDict");
  append_text (p->bytes, ")R");
}

static void
put_sizes (Pickler *p, guint n, gint64 first, gint64 second)
{
  put_int (p, first);
  if (n == 2)
    put_int (p, second);
  put_op (p, n == 2 ? 0x86 : 0x85); /* TUPLE2, TUPLE1 */
}

static void
put_storage (Pickler *p, GscDtype dtype, const char *key, gsize n)
{
  static const char *const classes[] = {
    [GSC_DTYPE_F32] = "FloatStorage",     [GSC_DTYPE_F16] = "HalfStorage",
    [GSC_DTYPE_BF16] = "BFloat16Storage", [GSC_DTYPE_F64] = "DoubleStorage",
    [GSC_DTYPE_I32] = "IntStorage",       [GSC_DTYPE_I64] = "LongStorage",
  };

  put_op (p, '(');
  put_string (p, "storage");
  put_global (p, "torch", classes[dtype]);
  put_string (p, key);
  put_string (p, "cpu");
  put_int (p, (gint64) n);
  append_text (p->bytes, "tQ");
}

/* One entry of the state dict: a view, from number @offset on, of a storage of @n numbers. */
static void
put_tensor (Pickler *p, const FileTensor *tensor, const char *key, gsize offset, gsize n)
{
  gboolean transposed = (p->flags & PICKLE_TRANSPOSED) != 0 && tensor->n_dims == 2;

  put_string (p, tensor->name);
  if ((p->flags & PICKLE_PARAMETER) != 0)
    {
      put_global (p, "torch._utils", "_rebuild_parameter");
      put_op (p, '(');
    }
  put_global (p, "torch._utils", "_rebuild_tensor_v2");
  put_op (p, '(');
  put_storage (p, tensor->dtype, key, n);
  put_int (p, (gint64) offset);
  put_sizes (p, tensor->n_dims, tensor->dims[0], tensor->dims[1]);
  if (transposed)
    put_sizes (p, 2, 1, tensor->dims[0]);
  else
    put_sizes (p, tensor->n_dims, tensor->n_dims == 2 ? tensor->dims[1] : 1, 1);
  put_op (p, 0x89); /* NEWFALSE */
  put_ordered_dict (p);
  append_text (p->bytes, "tR");
  if ((p->flags & PICKLE_PARAMETER) != 0)
    {
      put_op (p, 0x88); /* NEWTRUE */
      put_ordered_dict (p);
      append_text (p->bytes, "tR");
    }
}

/* The numbers as they lie in the storage. */
static GByteArray *
store (const FileTensor *tensor, PickleFlags flags)
{
  GByteArray *stored = g_byte_array_new ();
  guint size = (guint) gsc_dtype_get_size (tensor->dtype);

  if ((flags & PICKLE_TRANSPOSED) == 0 || tensor->n_dims != 2)
    return g_byte_array_append (stored, tensor->bytes->data, tensor->bytes->len);
  for (gint64 column = 0; column < tensor->dims[1]; column++)
    for (gint64 row = 0; row < tensor->dims[0]; row++)
      g_byte_array_append (stored, tensor->bytes->data + (row * tensor->dims[1] + column) * size,
                           size);
  return stored;
}

static void
begin_pickle (Pickler *p, const char *wrapper)
{
  put_op (p, 0x80);
  put_op (p, (p->flags & PICKLE_PROTOCOL_4) != 0 ? 4 : 2);
  if ((p->flags & PICKLE_PROTOCOL_4) != 0)
    {
      put_op (p, 0x95); /* FRAME; its length is only a hint */
      append_number (p->bytes, 0, 8);
    }
  if (wrapper != NULL)
    {
      /* {"epoch": 3, "loss": 0.5, "notes": [None, True], wrapper: ... */
      append_text (p->bytes, "}(");
      put_string (p, "epoch");
      put_int (p, 3);
      put_string (p, "loss");
      append_text (p->bytes, "G?");
      append_number (p->bytes, 0xe0, 7);
      put_string (p, "notes");
      append_text (p->bytes, "](N");
      put_op (p, 0x88);
      put_op (p, 'e');
      put_string (p, wrapper);
    }
  if ((p->flags & PICKLE_ORDERED) != 0)
    put_ordered_dict (p);
  else
    put_op (p, '}');
  put_op (p, '(');
}

static void
end_pickle (Pickler *p, const char *wrapper)
{
  put_op (p, 'u');
  if ((p->flags & PICKLE_ORDERED) != 0)
    {
      /* {"_metadata": OrderedDict ("": {"version": 1})} */
      put_op (p, '}');
      put_string (p, "_metadata");
      put_ordered_dict (p);
      put_string (p, "");
      put_op (p, '}');
      put_string (p, "version");
      put_int (p, 1);
      append_text (p->bytes, "sssb");
    }
  if (wrapper != NULL)
    put_op (p, 'u');
  put_op (p, '.');
}

/* Bytes of all tensors together. */
static gsize
get_total (GPtrArray *tensors)
{
  gsize total = 0;

  for (guint i = 0; i < tensors->len; i++)
    total += ((FileTensor *) g_ptr_array_index (tensors, i))->bytes->len;
  return total;
}

GByteArray *
build_pickle (GPtrArray *tensors, PickleFlags flags, const char *wrapper)
{
  Pickler p = { .bytes = g_byte_array_new (), .flags = flags };
  FileTensor head = *(FileTensor *) g_ptr_array_index (tensors, 0);
  gboolean one = (flags & PICKLE_ONE_STORAGE) != 0;
  gsize total = get_total (tensors);
  gsize done = 0;

  begin_pickle (&p, wrapper);
  for (guint i = 0; i < tensors->len; i++)
    {
      const FileTensor *tensor = g_ptr_array_index (tensors, i);
      g_autofree char *key = g_strdup_printf ("%u", one ? 0 : i);
      gsize size = gsc_dtype_get_size (tensor->dtype);

      put_tensor (&p, tensor, key, one ? done / size : 0,
                  (one ? total : tensor->bytes->len) / size);
      done += tensor->bytes->len;
    }
  if ((flags & PICKLE_TIED_HEAD) != 0)
    {
      head.name = (char *) "lm_head.weight";
      put_tensor (&p, &head, "0", 0,
                  (one ? total : head.bytes->len) / gsc_dtype_get_size (head.dtype));
    }
  end_pickle (&p, wrapper);
  return p.bytes;
}

GByteArray *
build_pth_around (GPtrArray *tensors, const GByteArray *pickle, PickleFlags flags)
{
  g_autoptr (GByteArray) shared = g_byte_array_new ();
  gboolean one = (flags & PICKLE_ONE_STORAGE) != 0;
  ZipWriter zip;

  zip_begin (&zip);
  for (guint i = 0; i < tensors->len; i++)
    {
      g_autoptr (GByteArray) stored = store (g_ptr_array_index (tensors, i), flags);
      g_autofree char *entry = g_strdup_printf ("model/data/%u", i);

      if (one)
        g_byte_array_append (shared, stored->data, stored->len);
      else
        zip_add (&zip, entry, stored->data, stored->len);
    }
  if (one)
    zip_add (&zip, "model/data/0", shared->data, shared->len);
  zip_add (&zip, "model/data.pkl", pickle->data, pickle->len);
  zip_add (&zip, "model/byteorder", "little", 6);
  zip_add (&zip, "model/version", "3\n", 2);
  return zip_finish (&zip);
}

GByteArray *
build_pth (GPtrArray *tensors, PickleFlags flags, const char *wrapper)
{
  g_autoptr (GByteArray) pickle = build_pickle (tensors, flags, wrapper);

  return build_pth_around (tensors, pickle, flags);
}

GByteArray *
wrap_pickle (const GByteArray *pickle, gsize n)
{
  g_autofree guint8 *zeros = g_malloc0 (n + 1);
  ZipWriter zip;

  zip_begin (&zip);
  zip_add (&zip, "model/data.pkl", pickle->data, pickle->len);
  zip_add (&zip, "model/data/0", zeros, n);
  return zip_finish (&zip);
}
