/* gsc-ops.c - choice of the instruction set, and tables computed once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops.h"

#include <math.h>

extern const GscOps gsc_generic_ops;
#ifdef GSC_HAVE_X86_LEVELS
extern const GscOps gsc_v3_ops;
extern const GscOps gsc_v4_ops;
#endif

const GscOps *
gsc_ops_get_nth (int i)
{
#ifdef GSC_HAVE_X86_LEVELS
  __builtin_cpu_init ();
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512vl")
      && __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq")
      && __builtin_cpu_supports ("avx512cd") && i-- == 0)
    return &gsc_v4_ops;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma")
      && __builtin_cpu_supports ("bmi2") && i-- == 0)
    return &gsc_v3_ops;
#endif
  return i == 0 ? &gsc_generic_ops : NULL;
}

const GscOps *
gsc_ops_get (void)
{
  return gsc_ops_get_nth (0);
}

void
gsc_rope_table (float *cosines, float *sines, int time, int head_size)
{
  int pairs = head_size / 2;

  for (int t = 0; t < time; t++)
    for (int i = 0; i < pairs; i++)
      {
        double angle = t * pow (GSC_ROPE_BASE, -2.0 * i / head_size);

        cosines[t * pairs + i] = (float) cos (angle);
        sines[t * pairs + i] = (float) sin (angle);
      }
}

size_t
gsc_attention_scratch_floats (const GscAttentionShape *shape)
{
  size_t head = GSC_PADDED (shape->head_size), time = GSC_PADDED (shape->time);
  size_t rows = GSC_PADDED (shape->queries);

  return 6 * time * head   /* cosines, sines, k, v, dk, dv */
         + 2 * head * time /* transposed k and v */
         + 3 * rows * head /* q, out, dq */
         + rows * time;    /* scores' gradient */
}
