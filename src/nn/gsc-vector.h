/* gsc-vector.h - vectors of the instruction set a file is compiled for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GCC and Clang vector extensions, so that one source serves SSE2, AVX2, AVX-512 and NEON.
 */

#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX512F__)
#define GSC_VLEN 16
#elif defined(__AVX__)
#define GSC_VLEN 8
#else
#define GSC_VLEN 4
#endif

typedef float GscVec __attribute__ ((vector_size (GSC_VLEN * 4)));
typedef int32_t GscVecInt __attribute__ ((vector_size (GSC_VLEN * 4)));
typedef uint32_t GscVecBits __attribute__ ((vector_size (GSC_VLEN * 4))); /* wraps around */
typedef float GscVecUnaligned __attribute__ ((vector_size (GSC_VLEN * 4), aligned (4), may_alias));

static inline GscVec
gsc_vec_load (const float *p)
{
  return *(const GscVecUnaligned *) p;
}

static inline void
gsc_vec_store (float *p, GscVec v)
{
  *(GscVecUnaligned *) p = v;
}

static inline GscVec
gsc_vec_set1 (float x)
{
  return x - (GscVec){ 0 };
}

static inline GscVec
gsc_vec_max (GscVec a, GscVec b)
{
  GscVecInt greater = a > b;

  return (GscVec) ((greater & (GscVecInt) a) | (~greater & (GscVecInt) b));
}

static inline GscVec
gsc_vec_min (GscVec a, GscVec b)
{
  GscVecInt less = a < b;

  return (GscVec) ((less & (GscVecInt) a) | (~less & (GscVecInt) b));
}

/* a where @mask is all ones, 0 where it is all zeros */
static inline GscVec
gsc_vec_and (GscVecInt mask, GscVec a)
{
  return (GscVec) (mask & (GscVecInt) a);
}

/* v with the lanes of each pair exchanged */
#if GSC_VLEN == 16
#define GSC_SWAP_PAIRS(v)                                                                          \
  __builtin_shufflevector (v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)
#elif GSC_VLEN == 8
#define GSC_SWAP_PAIRS(v) __builtin_shufflevector (v, v, 1, 0, 3, 2, 5, 4, 7, 6)
#else
#define GSC_SWAP_PAIRS(v) __builtin_shufflevector (v, v, 1, 0, 3, 2)
#endif

/* Sums and maxima of all lanes fold the vector by half until four lanes are left: narrow
 * instructions are the cheaper ones. */
typedef float GscVec4 __attribute__ ((vector_size (16)));
typedef int32_t GscVecInt4 __attribute__ ((vector_size (16)));
typedef float GscVec8 __attribute__ ((vector_size (32)));
typedef int32_t GscVecInt8 __attribute__ ((vector_size (32)));

#define GSC_MAX_OF(type, a, b)                                                                     \
  ((GscVec##type) ((((a) > (b)) & (GscVecInt##type) (a)) | (~((a) > (b)) & (GscVecInt##type) (b))))

#if GSC_VLEN == 16
#define GSC_LOW_8(v) __builtin_shufflevector (v, v, 0, 1, 2, 3, 4, 5, 6, 7)
#define GSC_HIGH_8(v) __builtin_shufflevector (v, v, 8, 9, 10, 11, 12, 13, 14, 15)
#else
#define GSC_LOW_8(v) (v)
#endif

static inline float
gsc_vec_sum (GscVec v)
{
#if GSC_VLEN == 16
  GscVec8 half = GSC_LOW_8 (v) + GSC_HIGH_8 (v);
#elif GSC_VLEN == 8
  GscVec8 half = v;
#endif
#if GSC_VLEN >= 8
  GscVec4 x = __builtin_shufflevector (half, half, 0, 1, 2, 3)
              + __builtin_shufflevector (half, half, 4, 5, 6, 7);
#else
  GscVec4 x = v;
#endif

  x += __builtin_shufflevector (x, x, 2, 3, 0, 1);
  x += __builtin_shufflevector (x, x, 1, 0, 3, 2);
  return x[0];
}

static inline float
gsc_vec_max_of (GscVec v)
{
#if GSC_VLEN == 16
  GscVec8 low = GSC_LOW_8 (v), high = GSC_HIGH_8 (v);
  GscVec8 half = GSC_MAX_OF (8, low, high);
#elif GSC_VLEN == 8
  GscVec8 half = v;
#endif
#if GSC_VLEN >= 8
  GscVec4 first = __builtin_shufflevector (half, half, 0, 1, 2, 3);
  GscVec4 second = __builtin_shufflevector (half, half, 4, 5, 6, 7);
  GscVec4 x = GSC_MAX_OF (4, first, second);
#else
  GscVec4 x = v;
#endif
  GscVec4 turned = __builtin_shufflevector (x, x, 2, 3, 0, 1);

  x = GSC_MAX_OF (4, x, turned);
  turned = __builtin_shufflevector (x, x, 1, 0, 3, 2);
  x = GSC_MAX_OF (4, x, turned);
  return x[0];
}

/* Lanes of a and b in turn: the first halves, or the second halves. */
static inline GscVec
gsc_vec_zip_low (GscVec a, GscVec b)
{
#if GSC_VLEN == 16
  return __builtin_shufflevector (a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
#elif GSC_VLEN == 8
  return __builtin_shufflevector (a, b, 0, 8, 1, 9, 2, 10, 3, 11);
#else
  return __builtin_shufflevector (a, b, 0, 4, 1, 5);
#endif
}

static inline GscVec
gsc_vec_zip_high (GscVec a, GscVec b)
{
#if GSC_VLEN == 16
  return __builtin_shufflevector (a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15,
                                  31);
#elif GSC_VLEN == 8
  return __builtin_shufflevector (a, b, 4, 12, 5, 13, 6, 14, 7, 15);
#else
  return __builtin_shufflevector (a, b, 2, 6, 3, 7);
#endif
}

/* One round of the perfect shuffle that, made log2 (GSC_VLEN) times, transposes GSC_VLEN vectors.
 */
static inline __attribute__ ((always_inline)) void
gsc_vec_shuffle_round (GscVec *to, const GscVec *from)
{
#pragma GCC unroll 8
  for (int i = 0; i < GSC_VLEN / 2; i++)
    {
      to[2 * i] = gsc_vec_zip_low (from[i], from[i + GSC_VLEN / 2]);
      to[2 * i + 1] = gsc_vec_zip_high (from[i], from[i + GSC_VLEN / 2]);
    }
}

/* block [GSC_VLEN][GSC_VLEN] transposed, from rows @in_stride apart to rows @out_stride apart */
static inline void
gsc_vec_transpose (float *out, size_t out_stride, const float *in, size_t in_stride)
{
  GscVec a[GSC_VLEN], b[GSC_VLEN];

#pragma GCC unroll 16
  for (int i = 0; i < GSC_VLEN; i++)
    a[i] = gsc_vec_load (in + (size_t) i * in_stride);
  gsc_vec_shuffle_round (b, a);
  gsc_vec_shuffle_round (a, b);
#if GSC_VLEN >= 8
  gsc_vec_shuffle_round (b, a);
#endif
#if GSC_VLEN == 16
  gsc_vec_shuffle_round (a, b);
#endif
#pragma GCC unroll 16
  for (int i = 0; i < GSC_VLEN; i++)
    gsc_vec_store (out + (size_t) i * out_stride, GSC_VLEN == 8 ? b[i] : a[i]);
}

/* exp (x) to 2 units in the last place for x in [-87, 88]; outside, the value at the nearer end.
 * NaN stays NaN, by the order of the operands below, so that one NaN logit makes the loss NaN. */
static inline GscVec
gsc_vec_exp (GscVec x)
{
  const float magic = 12582912.0f; /* 1.5 * 2^23: adding it rounds to a whole number */
  GscVec clamped = gsc_vec_min (gsc_vec_set1 (88.0f), gsc_vec_max (gsc_vec_set1 (-87.0f), x));
  GscVec shifted = clamped * 1.44269504088896341f + magic;
  GscVec n = shifted - magic;
  GscVecBits exponent = (GscVecBits) shifted << 23; /* low bits of the mantissa hold n */
  GscVec r = clamped - n * 0.693359375f;
  GscVec poly;

  r = r + n * 2.12194440e-4f;
  poly = r * 1.9875691500e-4f + 1.3981999507e-3f;
  poly = poly * r + 8.3334519073e-3f;
  poly = poly * r + 4.1665795894e-2f;
  poly = poly * r + 1.6666665459e-1f;
  poly = poly * r + 5.0000001201e-1f;
  poly = poly * r * r + r + 1.0f;
  return (GscVec) ((GscVecBits) poly + exponent);
}

/* 2^x to a few units in the last place for x <= 0; 0 from -126 down. NaN stays NaN. */
static inline GscVec
gsc_vec_exp2_negative (GscVec x)
{
  const float magic = 12582912.0f;
  GscVecInt vanishes = x <= -126.0f - (GscVec){ 0 };
  GscVec shifted = x + magic;
  GscVec r = x - (shifted - magic); /* -1/2 to 1/2 */
  GscVecBits exponent = (GscVecBits) shifted << 23;
  GscVec poly;

  poly = r * 1.5351362e-4f + 1.3398874e-3f;
  poly = poly * r + 9.6184373e-3f;
  poly = poly * r + 5.5503324e-2f;
  poly = poly * r + 2.4022648e-1f;
  poly = poly * r + 6.9314718e-1f;
  poly = poly * r + 1.0f;
  return gsc_vec_and (~vanishes, (GscVec) ((GscVecBits) poly + exponent));
}
