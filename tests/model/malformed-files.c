/* malformed-files.c - model files that must be refused, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "malformed-files.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "model-files.h"
#include "pth-files.h"

typedef MalformedFile Row;

/* The same header as @row->text with @row->number zero bytes of data. */
static GByteArray *
header (const Row *row)
{
  g_autofree guint8 *zeros = g_malloc0 (row->number + 1);

  return join_safetensors (row->text, zeros, row->number);
}

/* A header that claims to be @row->number bytes long. */
static GByteArray *
header_length (const Row *row)
{
  GByteArray *bytes = g_byte_array_new ();

  append_number (bytes, row->number, 8);
  append_text (bytes, row->text);
  return bytes;
}

/* @row->number times @row->text between an opening and a closing part. */
static GByteArray *
header_repeated (const Row *row)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":[");

  for (gsize i = 0; i < row->number; i++)
    g_string_append (text, row->text);
  g_string_append (text, row->replacement);
  return join_safetensors (text->str, "", 0);
}

/* The first @row->number bytes of a fixture; beyond its length: counted from its end. */
static GByteArray *
truncated (const Row *row)
{
  GByteArray *bytes = fixture_bytes (row->text);

  return g_byte_array_set_size (
      bytes, (guint) (row->number < bytes->len ? row->number : bytes->len + row->number));
}

/* A fixture with @row->text in its header replaced everywhere, and @row->number bytes fewer. */
static GByteArray *
edited (const Row *row)
{
  g_autoptr (GByteArray) bytes = fixture_bytes ("depth2.model.safetensors");
  gsize length = bytes->data[0] | (gsize) bytes->data[1] << 8;
  g_autoptr (GString) text = g_string_new_len ((const char *) bytes->data + 8, (gssize) length);

  g_assert_cmpuint (g_string_replace (text, row->text, row->replacement, 0), >, 0);
  return join_safetensors (text->str, bytes->data + 8 + length,
                           bytes->len - 8 - length - row->number);
}

/* A fixture with weight number @row->number from its end replaced. */
static GByteArray *
poked (const Row *row)
{
  GByteArray *bytes = fixture_bytes ("depth2.model.safetensors");
  g_autoptr (GByteArray) value = g_byte_array_new ();

  append_value (value, GSC_DTYPE_F32, strcmp (row->text, "nan") == 0 ? NAN : -INFINITY);
  memcpy (bytes->data + bytes->len - 4 * row->number, value->data, 4);
  return bytes;
}

/* A valid small model, with one tensor spoilt. */
static GByteArray *
spoilt (const Row *row)
{
  GscModelConfig config = { 7, 8, 2, 2, GSC_ACTIVATION_RELU, TRUE };
  g_autoptr (GscModel) model = gsc_model_new (&config, NULL);
  g_autoptr (GPtrArray) tensors = tensors_from_model (model, GSC_DTYPE_F32, "");
  FileTensor *first = g_ptr_array_index (tensors, 0);

  if (strcmp (row->text, "nan") == 0)
    {
      g_byte_array_set_size (first->bytes, first->bytes->len - 4);
      append_value (first->bytes, GSC_DTYPE_F32, NAN);
    }
  else if (strcmp (row->text, "rows") == 0)
    {
      g_autofree guint8 *more = g_malloc0 (row->number * 8 * 4);

      g_byte_array_append (first->bytes, more, (guint) (row->number * 8 * 4));
      first->dims[0] += (gint64) row->number;
    }
  else
    {
      g_free (first->name);
      first->name = g_strdup (row->text);
    }
  return build_pth (tensors, PICKLE_PLAIN, NULL);
}

/* Pickles are written as words: two hexadecimal digits, 'raw text' (~: end of line), <string> and
 * #number. */
static GByteArray *
assemble (const char *words)
{
  GByteArray *bytes = g_byte_array_new ();
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      char *word = list[i];
      gsize length = strlen (word);

      if (word[0] == '\'' || word[0] == '<')
        {
          gboolean is_string = word[0] == '<';

          word[length - 1] = '\0';
          g_strdelimit (word + 1, "~", '\n');
          if (is_string)
            append_text (bytes, "X");
          if (is_string)
            append_number (bytes, length - 2, 4);
          append_text (bytes, word + 1);
        }
      else if (word[0] == '#')
        {
          append_number (bytes, 0x088a, 2);
          append_number (bytes, (guint64) g_ascii_strtoll (word + 1, NULL, 10), 8);
        }
      else if (length > 0)
        append_number (bytes, g_ascii_strtoull (word, NULL, 16), 1);
    }
  return bytes;
}

/* A .pth file with the pickle @row->text, followed by @row->number times @row->replacement, and a
 * storage of 32 bytes. */
static GByteArray *
pickle (const Row *row)
{
  g_autoptr (GByteArray) bytes = assemble (row->text);
  g_autoptr (GByteArray) more = row->replacement != NULL ? assemble (row->replacement) : NULL;

  for (gsize i = 0; i < row->number; i++)
    g_byte_array_append (bytes, more->data, more->len);
  return wrap_pickle (bytes, 32);
}

#define ORDERED_DICT "'ccollections~OrderedDict~)R'"
#define STORAGE(kind, key, numel) "'(' <storage> 'ctorch~" kind "~' <" key "> <cpu> " numel " 'tQ'"
#define REBUILD(storage, offset, size, stride)                                                     \
  "'ctorch._utils~_rebuild_tensor_v2~(' " storage " " offset " '(' " size " 't(' " stride          \
  " 't' 89 " ORDERED_DICT " 'tR'"
#define VIEW(offset, size, stride)                                                                 \
  REBUILD (STORAGE ("FloatStorage", "0", "#8"), offset, size, stride)
#define STATE(entries) "80 02 '}(' " entries " 'u.'"

static GByteArray *
compress (const guint8 *data, gsize length)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 1);
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[65536];
  GConverterResult result;

  do
    {
      gsize n_read, n_written;

      result = g_converter_convert (G_CONVERTER (compressor), data, length, buffer, sizeof buffer,
                                    G_CONVERTER_INPUT_AT_END, &n_read, &n_written, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (bytes, buffer, (guint) n_written);
      data += n_read;
      length -= n_read;
    }
  while (result != G_CONVERTER_FINISHED);
  return bytes;
}

/* An archive with a good pickle for 8 numbers, and one fault in the zip itself. */
static GByteArray *
archive (const Row *row)
{
  g_autoptr (GByteArray) good = assemble (STATE ("<a> " VIEW ("#0", "#8", "#1")));
  g_autoptr (GByteArray) small = NULL;
  guint8 data[32] = { 0 };
  guint8 more[40] = { 0 };
  guint32 crc = zip_crc (data, sizeof data);
  const char *fault = row->text;
  ZipWriter zip;

  zip_begin (&zip);
  if (strcmp (fault, "no pickle") == 0)
    zip_add (&zip, "model/data.pickle", good->data, good->len);
  else if (strcmp (fault, "large pickle") == 0)
    zip_add_raw (&zip, "model/data.pkl", good->data, good->len, 8, 0, 17 << 20);
  else
    zip_add (&zip, "model/data.pkl", good->data, good->len);

  small = compress (data, sizeof data);
  if (strcmp (fault, "two pickles") == 0)
    zip_add (&zip, "other/data.pkl", good->data, good->len);
  if (strcmp (fault, "twice") == 0)
    zip_add (&zip, "model/data/0", data, sizeof data);
  if (strcmp (fault, "big") == 0)
    zip_add (&zip, "model/byteorder", "big", 3);

  if (strcmp (fault, "checksum") == 0)
    zip_add_raw (&zip, "model/data/0", data, sizeof data, 0, crc + 1, sizeof data);
  else if (strcmp (fault, "method") == 0)
    zip_add_raw (&zip, "model/data/0", data, sizeof data, 99, crc, sizeof data);
  else if (strcmp (fault, "too little") == 0)
    zip_add_raw (&zip, "model/data/0", small->data, small->len - 3, 8, crc, sizeof data);
  else if (strcmp (fault, "length") == 0)
    zip_add_raw (&zip, "model/data/0", data, sizeof data - 4, 0, crc, sizeof data);
  else if (strcmp (fault, "excess") == 0)
    zip_add_raw (&zip, "model/data/0", more, sizeof more, 0, zip_crc (more, sizeof more), 32);
  else if (strcmp (fault, "short storage") == 0)
    zip_add (&zip, "model/data/0", data, sizeof data - 4);
  else if (strcmp (fault, "long storage") == 0)
    zip_add_raw (&zip, "model/data/0", small->data, small->len, 8, crc, 0xfffffff0);
  else if (strcmp (fault, "no storage") == 0)
    zip_add (&zip, "model/data/1", data, sizeof data);
  else
    zip_add (&zip, "model/data/0", data, sizeof data);
  return zip_finish (&zip);
}

/* Little file, much data: @row->number zeros, honestly compressed or (0) only claimed. */
static GByteArray *
bomb (const Row *row)
{
  guint32 length = row->number > 0 ? (guint32) row->number : 0xfffffff0;
  g_autofree char *words = g_strdup_printf (
      STATE ("<a> " REBUILD (STORAGE ("FloatStorage", "0", "#%u"), "#0", "#%u", "#1")), length / 4,
      length / 4);
  g_autoptr (GByteArray) bytes = assemble (words);
  g_autofree guint8 *zeros = g_malloc0 (row->number + 1);
  g_autoptr (GByteArray) packed = compress (zeros, row->number);
  ZipWriter zip;

  zip_begin (&zip);
  zip_add (&zip, "model/data.pkl", bytes->data, bytes->len);
  zip_add_raw (&zip, "model/data/0", packed->data, packed->len, 8, zip_crc (zeros, row->number),
               length);
  return zip_finish (&zip);
}

#define ENTRY(name, dtype, shape, offsets)                                                         \
  "\"" name "\":{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
#define TENSOR_A(shape, offsets) "{" ENTRY ("a", "F32", shape, offsets) "}"

#define FORMAT .code = GSC_MODEL_ERROR_FORMAT
#define SAFETENSORS "depth2.model.safetensors"
#define PTH "depth2.pth"

const MalformedFile malformed_files[] = {
  /* Length and header of .safetensors. */
  { "empty", truncated, "is empty", SAFETENSORS, .number = 0, FORMAT },
  { "truncated-3", truncated, "too short", SAFETENSORS, .number = 3, FORMAT },
  { "truncated-8", truncated, "ends before", SAFETENSORS, .number = 8, FORMAT },
  { "truncated-100", truncated, "ends before", SAFETENSORS, .number = 100, FORMAT },
  { "truncated-3000", truncated, "only", SAFETENSORS, .number = 3000, FORMAT },
  { "truncated-last", truncated, "only", SAFETENSORS, .number = (guint64) -1, FORMAT },
  { "header-2^62", header_length, "ends before", "{}", .number = (guint64) 1 << 62, FORMAT },
  { "header-2^64", header_length, "ends before", "{}", .number = G_MAXUINT64 - 1, FORMAT },
  { "header-one-more", header_length, "ends before", "{}", .number = 3, FORMAT },
  { "header-none", header_length, "not a JSON object", "", .number = 0, FORMAT },
  { "text", header_length, "ends before", "step,loss,accuracy\n", .number = 0x6c6c65480a0a,
    FORMAT },
  { "not-json", header, "not a JSON object", "hello", FORMAT },
  { "list", header, "not a JSON object", "[]", FORMAT },
  { "unfinished", header, "not valid JSON", "{\"a\":", FORMAT },
  { "unfinished-string", header, "not valid JSON", "{\"a", FORMAT },
  { "unfinished-escape", header, "not valid JSON", "{\"a\\", FORMAT },
  { "two-objects", header, "after its end", "{}{}", FORMAT },
  { "not-utf8", header, "not UTF-8", "{\"\xff\":1}", FORMAT },
  { "comment", header, "something other", "{/*\"*/}", FORMAT },
  { "single-quotes", header, "something other", "{'a':1}", FORMAT },
  { "control-character", header, "control character", "{\"a\n\":1}", FORMAT },
  { "brackets", header, "after its end", "{}}", FORMAT },
  { "deep", header_repeated, "too deeply", "[", "", 1000000, FORMAT },
  { "deep-objects", header_repeated, "too deeply", "{\"a\":", "", 100000, FORMAT },
  { "many-values", header_repeated, "values", "1,", "1]}", 300000, FORMAT },
  /* Entries. */
  { "entry-number", header, "not an object", "{\"a\":5}", FORMAT },
  { "no-dtype", header, "lacks", "{\"a\":{\"shape\":[],\"data_offsets\":[0,4]}}", 0, 4, FORMAT },
  { "dtype-float8", header, "F8_E4M3", "{" ENTRY ("a", "F8_E4M3", "[4]", "[0,4]") "}", 0, 4,
    FORMAT },
  { "dtype-case", header, "“f32”", "{" ENTRY ("a", "f32", "[1]", "[0,4]") "}", 0, 4, FORMAT },
  { "shape-text", header, "whole numbers", TENSOR_A ("[\"1\"]", "[0,4]"), 0, 4, FORMAT },
  { "shape-negative", header, "whole numbers", TENSOR_A ("[-1]", "[0,4]"), 0, 4, FORMAT },
  { "shape-fraction", header, "something other", TENSOR_A ("[1.5]", "[0,4]"), 0, 4, FORMAT },
  { "shape-list", header, "lacks", TENSOR_A ("1", "[0,4]"), 0, 4, FORMAT },
  { "shape-2^64", header, "whole numbers", TENSOR_A ("[18446744073709551617]", "[0,4]"), 0, 4,
    FORMAT },
  { "shape-product", header, "impossibly large", TENSOR_A ("[4294967296,4294967297]", "[0,4]"), 0,
    4, FORMAT },
  { "shape-bytes", header, "impossibly large", TENSOR_A ("[4611686018427387904]", "[0,0]"), 0, 0,
    FORMAT },
  { "shape-9", header, "8 dimensions", TENSOR_A ("[1,1,1,1,1,1,1,1,1]", "[0,4]"), 0, 4, FORMAT },
  { "shape-huge", header, "does not match", TENSOR_A ("[1099511627776]", "[0,4]"), 0, 4, FORMAT },
  { "offsets-one", header, "no sense", TENSOR_A ("[1]", "[4]"), 0, 4, FORMAT },
  { "offsets-reversed", header, "no sense", TENSOR_A ("[1]", "[4,0]"), 0, 4, FORMAT },
  { "offsets-negative", header, "no sense", TENSOR_A ("[1]", "[-4,0]"), 0, 4, FORMAT },
  { "offsets-beyond", header, "only 4", TENSOR_A ("[2]", "[0,8]"), 0, 4, FORMAT },
  { "offsets-2^63", header, "only 4", TENSOR_A ("[1]", "[9223372036854775803,9223372036854775807]"),
    0, 4, FORMAT },
  { "offsets-short", header, "does not match", TENSOR_A ("[2]", "[0,4]"), 0, 4, FORMAT },
  { "overlap", header, "overlap",
    "{" ENTRY ("a", "F32", "[2]", "[0,8]") "," ENTRY ("b", "F32", "[2]", "[4,12]") "}", 0, 12,
    FORMAT },
  { "same-range", header, "overlap",
    "{" ENTRY ("a", "F32", "[1]", "[0,4]") "," ENTRY ("b", "F32", "[1]", "[0,4]") "}", 0, 4,
    FORMAT },
  { "hole", header, "hole",
    "{" ENTRY ("a", "F32", "[1]", "[0,4]") "," ENTRY ("b", "F32", "[1]", "[8,12]") "}", 0, 12,
    FORMAT },
  { "hole-first", header, "hole", TENSOR_A ("[1]", "[4,8]"), 0, 8, FORMAT },
  { "excess", header, "belong to no tensor", TENSOR_A ("[1]", "[0,4]"), 0, 5, FORMAT },
  { "name-twice", header, "twice",
    "{" ENTRY ("a", "F32", "[1]", "[0,4]") "," ENTRY ("a", "F32", "[1]", "[4,8]") "}", 0, 8,
    FORMAT },
  { "name-twice-escaped", header, "twice",
    "{" ENTRY ("a", "F32", "[1]", "[0,4]") "," ENTRY ("\\u0061", "F32", "[1]", "[0,4]") "}", 0, 4,
    FORMAT },
  { "key-twice", header, "twice",
    "{\"a\":{\"dtype\":\"F16\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 0, 4,
    FORMAT },
  { "metadata-list", header, "not an object", "{\"__metadata__\":[]}", FORMAT },
  { "metadata-number", header, "not a string", "{\"__metadata__\":{\"p\":7}}", FORMAT },
  { "metadata-twice", header, "twice", "{\"__metadata__\":{\"p\":\"7\",\"p\":\"11\"}}", FORMAT },
  /* Good files of the wrong model. */
  { "no-tensors", header, "“transformer.wte.weight” is missing", "{}", FORMAT },
  { "other-model", header, "not part of this kind of model: “a”", TENSOR_A ("[1]", "[0,4]"), 0, 4,
    FORMAT },
  { "wrong-name", edited, "“transformer.ln_f.bios”", "ln_f.bias", "ln_f.bios", 0, FORMAT },
  { "missing", edited, "“transformer.ln_f.bias” is missing",
    ", \"transformer.ln_f.bias\": {\"dtype\": \"F32\", \"shape\": [32], \"data_offsets\": [102656, "
    "102784]}",
    "", 128, FORMAT },
  { "twice-with-prefix", edited, "twice", "transformer.ln_f.bias", "module.transformer.ln_f.weight",
    0, FORMAT },
  { "block-missing", edited, "“transformer.h.1.ln_1.weight” is missing", "h.1.", "h.2.", 0,
    FORMAT },
  { "block-9", edited, "9 blocks", "h.1.", "h.8.", 0, FORMAT },
  { "block-2^64", edited, "blocks", "h.1.", "h.18446744073709551617.", 0, FORMAT },
  { "block-negative", edited, "not part", "h.1.", "h.-1.", 0, FORMAT },
  { "block-leading-zero", edited, "not part", "h.1.", "h.01.", 0, FORMAT },
  { "shape-transposed", edited, "shape [128, 32], but [32, 128]", "[32, 128]", "[128, 32]", 0,
    FORMAT },
  { "shape-of-columns", edited, "shape [32, 64], but [32, 32]", "F32\", \"shape\": [32, 32]",
    "F16\", \"shape\": [32, 64]", 0, FORMAT },
  { "shape-of-norm", edited, "shape [4, 8], but [32]",
    "h.1.ln_2.bias\": {\"dtype\": \"F32\", \"shape\": [32]",
    "h.1.ln_2.bias\": {\"dtype\": \"F32\", \"shape\": [4, 8]", 0, FORMAT },
  { "shape-of-last-norm", edited, "2 dimensions, not 1",
    "ln_f.weight\": {\"dtype\": \"F32\", \"shape\": [32]",
    "ln_f.weight\": {\"dtype\": \"F32\", \"shape\": [1, 32]", 0, FORMAT },
  { "shape-of-embedding", edited, "1 dimensions, not 2", "[25, 32]", "[800]", 0, FORMAT },
  { "whole-numbers", edited, "whole numbers, not weights", "wte.weight\": {\"dtype\": \"F32\"",
    "wte.weight\": {\"dtype\": \"I32\"", 0, FORMAT },
  { "metadata-width", edited, "width as 64", "\"width\": \"32\"", "\"width\": \"64\"", 0, FORMAT },
  { "metadata-depth", edited, "depth as 3", "\"depth\": \"2\"", "\"depth\": \"3\"", 0, FORMAT },
  { "metadata-vocab", edited, "vocab as 24", "\"vocab\": \"25\"", "\"vocab\": \"24\"", 0, FORMAT },
  { "metadata-heads", edited, "heads as “two”", "\"heads\": \"2\"", "\"heads\": \"two\"", 0,
    FORMAT },
  { "metadata-heads-0", edited, "heads as “0”", "\"heads\": \"2\"", "\"heads\": \"0\"", 0, FORMAT },
  { "metadata-no-heads", edited, "how many heads", "\"heads\": \"2\"", "\"hands\": \"2\"", 0,
    FORMAT },
  { "metadata-heads-3", edited, "twice the number of heads", "\"heads\": \"2\"", "\"heads\": \"3\"",
    0, .code = GSC_MODEL_ERROR_SHAPE },
  { "metadata-heads-huge", edited, "divisible", "\"heads\": \"2\"", "\"heads\": \"1073741824\"", 0,
    .code = GSC_MODEL_ERROR_SHAPE },
  { "metadata-rope", edited, "rope_theta is “500000”", "\"10000\"", "\"500000\"", 0, FORMAT },
  { "metadata-rope-text", edited, "rope_theta is “big”", "\"10000\"", "\"big\"", 0, FORMAT },
  { "metadata-epsilon", edited, "layernorm_epsilon is “1e-06”", "1e-05", "1e-06", 0, FORMAT },
  { "metadata-activation", edited, "activation is “swish”", "\"p\": \"7\"",
    "\"activation\": \"swish\"", 0, FORMAT },
  { "metadata-tied", edited, "tied as “maybe”", "\"p\": \"7\"", "\"tied\": \"maybe\"", 0, FORMAT },
  { "metadata-untied", edited, "not tied, but", "\"p\": \"7\"", "\"tied\": \"false\"", 0, FORMAT },
  { "nan", poked, "transformer.ln_f.bias holds a value that is not a finite", "nan", NULL, 1,
    GSC_MODEL_ERROR_VALUE },
  { "infinite", poked, "transformer.ln_f.weight holds a value that is not a finite", "inf", NULL,
    33, GSC_MODEL_ERROR_VALUE },
  /* Zip archives. */
  { "pth-truncated-4", truncated, "zip archive is damaged", PTH, .number = 4, FORMAT },
  { "pth-truncated-100", truncated, "zip archive is damaged", PTH, .number = 100, FORMAT },
  { "pth-truncated-50000", truncated, "zip archive is damaged", PTH, .number = 50000, FORMAT },
  { "pth-truncated-last", truncated, "zip archive is damaged", PTH, .number = (guint64) -1,
    FORMAT },
  { "pth-truncated-directory", truncated, "zip archive is damaged", PTH, .number = (guint64) -22,
    FORMAT },
  { "old-pth", header_length, "before version 1.6", "\xf9\x20", .number = 0x469cfc6c0a8a0280,
    FORMAT },
  { "zip-no-pickle", archive, "no data.pkl", "no pickle", FORMAT },
  { "zip-two-pickles", archive, "more than one data.pkl", "two pickles", FORMAT },
  { "zip-large-pickle", archive, "too large", "large pickle", FORMAT },
  { "zip-twice", archive, "“model/data/0” twice", "twice", FORMAT },
  { "zip-big-endian", archive, "byte order", "big", FORMAT },
  { "zip-checksum", archive, "zip archive is damaged", "checksum", FORMAT },
  { "zip-method", archive, "zip archive", "method", FORMAT },
  { "zip-too-little", archive, "zip archive", "too little", FORMAT },
  { "zip-length", archive, "zip archive", "length", FORMAT },
  { "zip-excess", archive, "not as long", "excess", FORMAT },
  { "zip-short-storage", archive, "28 bytes long, not 8 numbers of kind F32", "short storage",
    FORMAT },
  { "zip-long-storage", archive, "bytes long, not 8 numbers", "long storage", FORMAT },
  { "zip-no-storage", archive, "data of tensor “a” are missing", "no storage", FORMAT },
  { "zip-bomb", bomb, "far more data", .number = 32 << 20, FORMAT },
  { "zip-bomb-claimed", bomb, "far more data", .number = 0, FORMAT },
  /* Pickles that ask for more than tensors. */
  { "pickle-system", pickle, "asks to call os.system; only tensors",
    "80 02 'cos~system~' <id> 85 'R.'", FORMAT },
  { "pickle-eval", pickle, "asks to call builtins.eval; only tensors",
    "80 04 8c 08 'builtins' 94 8c 04 'eval' 94 93 94 8c 01 '1' 94 85 94 52 94 '.'", FORMAT },
  { "pickle-inst", pickle, "asks to call posix.system", "80 02 '(' <id> 'iposix~system~.'",
    FORMAT },
  { "pickle-inst-known", pickle, "a call no state dict needs",
    "80 02 '(icollections~OrderedDict~.'", FORMAT },
  { "pickle-module-attribute", pickle, "asks to call torch._utils.os.system",
    "80 02 'ctorch._utils~os.system~' <id> 85 'R.'", FORMAT },
  { "pickle-name-not-utf8", pickle, "asks to call", "80 02 63 ff 0a fe 0a", FORMAT },
  { "pickle-name-endless", pickle, "ends too early", "80 02 63", "'x'", 100000, FORMAT },
  { "pickle-load-from-bytes", pickle, "torch.storage._load_from_bytes",
    "80 02 'ctorch.storage~_load_from_bytes~.'", FORMAT },
  { "pickle-numpy", pickle, "numpy.core.multiarray._reconstruct",
    "80 02 'cnumpy.core.multiarray~_reconstruct~.'", FORMAT },
  { "pickle-bool-storage", pickle, "unsupported kind torch.BoolStorage",
    STATE ("<a> " REBUILD (STORAGE ("BoolStorage", "0", "#8"), "#0", "#8", "#1")), FORMAT },
  { "pickle-new-object", pickle, "instruction 0x81", "80 02 'ccollections~OrderedDict~)' 81 '.'",
    FORMAT },
  { "pickle-extension", pickle, "instruction 0x82", "80 02 82 01 '.'", FORMAT },
  { "pickle-object", pickle, "instruction 0x6f", "80 02 '(o.'", FORMAT },
  { "pickle-zero", pickle, "instruction 0x00", "80 02 00", FORMAT },
  { "pickle-text-reference", pickle, "instruction 0x50", "80 02 'P1~.'", FORMAT },
  { "pickle-arguments", pickle, "a call that no state dict",
    "80 02 'ccollections~OrderedDict~' <a> 85 'R.'", FORMAT },
  { "pickle-call-storage", pickle, "a call that no state dict", "80 02 'ctorch~FloatStorage~)R.'",
    FORMAT },
  { "pickle-call-string", pickle, "a call that no state dict", "80 02 <eval> ')R.'", FORMAT },
  { "pickle-parameter-of-dict", pickle, "a call that no state dict",
    "80 02 'ctorch._utils~_rebuild_parameter~(}' 88 '}tR.'", FORMAT },
  { "pickle-attributes", pickle, "sets attributes", "80 02 '}}' <x> 'Nsb.'", FORMAT },
  { "pickle-more-attributes", pickle, "sets attributes", "80 02 '}}(' <_metadata> 'N' <x> 'Nub.'",
    FORMAT },
  { "pickle-attributes-of-tensor", pickle, "sets attributes",
    "80 02 " VIEW ("#0", "#8", "#1") " '}' <_metadata> 'Nsb.'", FORMAT },
  /* Pickles that are damaged, or endless. */
  { "pickle-empty", pickle, "ends too early", "", FORMAT },
  { "pickle-no-stop", pickle, "ends too early", "80 02 '}'", FORMAT },
  { "pickle-unfinished-line", pickle, "ends too early", "80 02 'cos'", FORMAT },
  { "pickle-string-4GB", pickle, "ends too early", "80 02 'X' ff ff ff ff 'a'", FORMAT },
  { "pickle-string-not-utf8", pickle, "not UTF-8", "80 02 'X' 01 00 00 00 ff '.'", FORMAT },
  { "pickle-protocol-1", pickle, "protocol 1", "80 01 '}.'", FORMAT },
  { "pickle-protocol-9", pickle, "protocol 9", "80 09 '}.'", FORMAT },
  { "pickle-long", pickle, "more than 64 bits", "80 02 8a 09 00 00 00 00 00 00 00 00 01 '.'",
    FORMAT },
  { "pickle-underflow", pickle, "not there", "80 02 '.'", FORMAT },
  { "pickle-tuple-underflow", pickle, "not there", "80 02 'N' 86 '.'", FORMAT },
  { "pickle-underflow-mark", pickle, "not there", "80 02 '}(s.'", FORMAT },
  { "pickle-no-mark", pickle, "not there", "80 02 '}u.'", FORMAT },
  { "pickle-fill-nothing", pickle, "not there", "80 02 '(NNu.'", FORMAT },
  { "pickle-no-container", pickle, "no container", "80 02 'N(NNu.'", FORMAT },
  { "pickle-append-to-dict", pickle, "no container", "80 02 '}Na.'", FORMAT },
  { "pickle-odd", pickle, "key without a value", "80 02 '}(Nu.'", FORMAT },
  { "pickle-unknown-memo", pickle, "unknown value", "80 02 'h' 07 '.'", FORMAT },
  { "pickle-function-without-name", pickle, "without a name", "80 04 'NN' 93 '.'", FORMAT },
  { "pickle-endless-memo", pickle, "more than 200000 instructions", "80 02 '}'", "'r' ff ff ff 7f",
    300000, FORMAT },
  { "pickle-endless-memoize", pickle, "more than 200000 instructions", "80 04 '}'", "94", 300000,
    FORMAT },
  { "pickle-endless-values", pickle, "more than 200000 instructions", "80 02", "'}'", 300000,
    FORMAT },
  { "pickle-marks", pickle, "too deeply", "80 02", "'('", 100000, FORMAT },
  { "pickle-nested", pickle, "no dictionary", "80 02 ')'",
    "85 85 85 85 85 85 85 85 85 85 85 85 85 85 85 '.'", 1, FORMAT },
  /* Pickles that describe what cannot be. */
  { "pickle-not-a-dict", pickle, "no dictionary", "80 02 '].'", FORMAT },
  { "pickle-no-tensors", pickle, "no tensors", "80 02 '}.'", FORMAT },
  { "pickle-holds-itself", pickle, "no tensors", "80 02 '}q' 00 <model> 'h' 00 's.'", FORMAT },
  { "pickle-no-name", pickle, "without a name", STATE ("#1 " VIEW ("#0", "#8", "#1")), FORMAT },
  { "pickle-twice", pickle, "“a” twice",
    STATE ("<a> " VIEW ("#0", "#8", "#1") " <a> " VIEW ("#0", "#8", "#1")), FORMAT },
  { "pickle-no-storage", pickle, "no storage", "80 02 <a> 'Q.'", FORMAT },
  { "pickle-strange-storage", pickle, "no storage",
    "80 02 " STORAGE ("FloatStorage", "0", "<8>") " '.'", FORMAT },
  { "pickle-negative-storage", pickle, "no storage",
    "80 02 " STORAGE ("FloatStorage", "0", "#-8") " '.'", FORMAT },
  { "pickle-huge-storage", pickle, "bytes long",
    STATE (
        "<a> " REBUILD (STORAGE ("FloatStorage", "0", "#4611686018427387912"), "#0", "#8", "#1")),
    FORMAT },
  { "pickle-storage-outside", pickle, "are missing",
    STATE ("<a> " REBUILD (STORAGE ("FloatStorage", "../data.pkl", "#8"), "#0", "#8", "#1")),
    FORMAT },
  { "view-offset", pickle, "beyond the end", STATE ("<a> " VIEW ("#1", "#8", "#1")), FORMAT },
  { "view-offset-huge", pickle, "beyond the end",
    STATE ("<a> " VIEW ("#9223372036854775807", "#2", "#9223372036854775807")), FORMAT },
  { "view-offset-negative", pickle, "makes no sense", STATE ("<a> " VIEW ("#-1", "#8", "#1")),
    FORMAT },
  { "view-size", pickle, "beyond the end", STATE ("<a> " VIEW ("#0", "#3 #3", "#3 #1")), FORMAT },
  { "view-size-negative", pickle, "makes no sense", STATE ("<a> " VIEW ("#0", "#-8", "#1")),
    FORMAT },
  { "view-stride", pickle, "beyond the end", STATE ("<a> " VIEW ("#0", "#8", "#2")), FORMAT },
  { "view-stride-huge", pickle, "beyond the end",
    STATE ("<a> " VIEW ("#0", "#5", "#4611686018427387904")), FORMAT },
  { "view-stride-negative", pickle, "makes no sense", STATE ("<a> " VIEW ("#7", "#8", "#-1")),
    FORMAT },
  { "view-stride-count", pickle, "makes no sense", STATE ("<a> " VIEW ("#0", "#8", "#1 #1")),
    FORMAT },
  { "view-expanded", pickle, "larger than its data",
    STATE ("<a> " VIEW ("#0", "#1099511627776", "#0")), FORMAT },
  { "view-expanded-overflow", pickle, "beyond the end",
    STATE ("<a> " VIEW ("#0", "#4294967296 #4294967296", "#0 #0")), FORMAT },
  { "view-9-dimensions", pickle, "makes no sense",
    STATE ("<a> " VIEW ("#0", "#1 #1 #1 #1 #1 #1 #1 #1 #1", "#1 #1 #1 #1 #1 #1 #1 #1 #1")),
    FORMAT },
  { "view-many", pickle, "more numbers than the file",
    STATE ("<a> " VIEW ("#0", "#8", "#1") " <b> " VIEW ("#0", "#8", "#1") " <c> " VIEW (
        "#0", "#8", "#1") " <d> " VIEW ("#0", "#8", "#1") " <e> " VIEW ("#0",
                                                                        "#8",
                                                                        "#1") " <f> " VIEW ("#0",
                                                                                            "#8",
                                                                                            "#1")),
    FORMAT },
  { "pth-other-model", pickle, "not part of this kind of model: “a”",
    STATE ("<a> " VIEW ("#0", "#8", "#1")), FORMAT },
  { "pth-nan", spoilt, "transformer.wte.weight holds a value that is not a finite", "nan",
    .code = GSC_MODEL_ERROR_VALUE },
  { "pth-vocabulary", spoilt, "2 to 1024 tokens", "rows", .number = 1018,
    .code = GSC_MODEL_ERROR_SHAPE },
  { "pth-wrong-name", spoilt, "“transformer.wpe.weight”", "transformer.wpe.weight", FORMAT },
};

const guint n_malformed_files = G_N_ELEMENTS (malformed_files);
