/* gsc-dtype.c - the kinds of numbers that tensor files hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-dtype.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *name;
  gsize size;
} kinds[] = {
  [GSC_DTYPE_F32] = { "F32", 4 }, [GSC_DTYPE_F16] = { "F16", 2 }, [GSC_DTYPE_BF16] = { "BF16", 2 },
  [GSC_DTYPE_F64] = { "F64", 8 }, [GSC_DTYPE_I32] = { "I32", 4 }, [GSC_DTYPE_I64] = { "I64", 8 },
};

gsize
gsc_dtype_get_size (GscDtype dtype)
{
  return kinds[dtype].size;
}

const char *
gsc_dtype_get_name (GscDtype dtype)
{
  return kinds[dtype].name;
}

gboolean
gsc_dtype_from_name (const char *name, GscDtype *dtype)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].name, name) == 0)
      {
        *dtype = (GscDtype) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
gsc_dtype_is_float (GscDtype dtype)
{
  return dtype != GSC_DTYPE_I32 && dtype != GSC_DTYPE_I64;
}

/* Every access goes through memcpy, because tensors may start at any byte. */
static guint16
load_16 (const guint8 *bytes)
{
  guint16 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT16_FROM_LE (value);
}

static guint32
load_32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static guint64
load_64 (const guint8 *bytes)
{
  guint64 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static float
float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
double_from_bits (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static float
float_from_half (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000) << 16;
  guint32 exponent = (half >> 10) & 0x1f;
  guint32 fraction = half & 0x3ff;

  if (exponent == 0)
    {
      float value = ldexpf ((float) fraction, -24);

      return sign != 0 ? -value : value;
    }
  if (exponent == 0x1f)
    return float_from_bits (sign | 0x7f800000 | fraction << 13);
  return float_from_bits (sign | (exponent + 112) << 23 | fraction << 13);
}

void
gsc_dtype_to_f32 (GscDtype dtype, gconstpointer bytes, gsize n, gsize stride, float *out)
{
  const guint8 *from = bytes;
  gsize step = stride * gsc_dtype_get_size (dtype);

  if (n == 0)
    return;
  if (dtype == GSC_DTYPE_F32 && stride == 1 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    {
      memcpy (out, bytes, n * sizeof (float));
      return;
    }
  for (gsize i = 0; i < n; i++)
    {
      const guint8 *at = from + i * step;

      switch (dtype)
        {
        case GSC_DTYPE_F32:
          out[i] = float_from_bits (load_32 (at));
          break;
        case GSC_DTYPE_F16:
          out[i] = float_from_half (load_16 (at));
          break;
        case GSC_DTYPE_BF16:
          out[i] = float_from_bits ((guint32) load_16 (at) << 16);
          break;
        case GSC_DTYPE_F64:
          out[i] = (float) double_from_bits (load_64 (at));
          break;
        case GSC_DTYPE_I32:
          out[i] = (float) (gint32) load_32 (at);
          break;
        case GSC_DTYPE_I64:
          out[i] = (float) (gint64) load_64 (at);
          break;
        }
    }
}
