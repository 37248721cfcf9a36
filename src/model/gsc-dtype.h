/* gsc-dtype.h - the kinds of numbers that tensor files hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GSC_DTYPE_F32,
  GSC_DTYPE_F16,
  GSC_DTYPE_BF16,
  GSC_DTYPE_F64,
  GSC_DTYPE_I32,
  GSC_DTYPE_I64,
} GscDtype;

/* Bytes of one number. */
gsize gsc_dtype_get_size (GscDtype dtype);

/* The safetensors name: "F32", "F16", "BF16", "F64", "I32" or "I64". */
const char *gsc_dtype_get_name (GscDtype dtype);

/* FALSE if no dtype is called @name. */
gboolean gsc_dtype_from_name (const char *name, GscDtype *dtype);

/* FALSE for the integers. */
gboolean gsc_dtype_is_float (GscDtype dtype);

/* Converts @n little-endian numbers to float32. They start at @bytes, which may be unaligned, and
 * lie @stride numbers apart (1: back to back). float16 and bfloat16 are exact, subnormals,
 * infinities and NaN included; float64 and integers are rounded to nearest. */
void gsc_dtype_to_f32 (GscDtype dtype, gconstpointer bytes, gsize n, gsize stride, float *out);

G_END_DECLS
