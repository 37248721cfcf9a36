/* vector-probe.c - the functions of gsc-vector.h, callable for one instruction set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Compiled once per instruction set, with the arguments of the operations' own files.
 */

#include "vector-probe.h"

#include "gsc-vector.h"

#define JOIN_(isa) vector_probe_##isa
#define JOIN(isa) JOIN_ (isa)

static void
exponential (float *y, const float *x, size_t n)
{
  for (size_t i = 0; i < n; i += GSC_VLEN)
    gsc_vec_store (y + i, gsc_vec_exp (gsc_vec_load (x + i)));
}

static void
exp2_negative (float *y, const float *x, size_t n)
{
  for (size_t i = 0; i < n; i += GSC_VLEN)
    gsc_vec_store (y + i, gsc_vec_exp2_negative (gsc_vec_load (x + i)));
}

static float
sum (const float *x)
{
  return gsc_vec_sum (gsc_vec_load (x));
}

static float
max (const float *x)
{
  return gsc_vec_max_of (gsc_vec_load (x));
}

const VectorProbe JOIN (GSC_ISA) = {
  .name = GSC_ISA_NAME,
  .length = GSC_VLEN,
  .exponential = exponential,
  .exp2_negative = exp2_negative,
  .transpose = gsc_vec_transpose,
  .sum = sum,
  .max = max,
};
