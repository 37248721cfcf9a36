/* vector-probe.h - the functions of gsc-vector.h, callable for each instruction set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stddef.h>

typedef struct
{
  const char *name; /* as GscOps.name */
  int length;       /* lanes of a vector */

  /* y [n] = exp (x) and 2^x; n a multiple of 16 */
  void (*exponential) (float *y, const float *x, size_t n);
  void (*exp2_negative) (float *y, const float *x, size_t n);

  /* out [length][length] = in transposed */
  void (*transpose) (float *out, size_t out_stride, const float *in, size_t in_stride);

  /* Sum and maximum of one vector. */
  float (*sum) (const float *x);
  float (*max) (const float *x);
} VectorProbe;

extern const VectorProbe vector_probe_generic;
extern const VectorProbe vector_probe_v3;
extern const VectorProbe vector_probe_v4;
