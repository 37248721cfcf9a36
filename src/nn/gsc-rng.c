/* gsc-rng.c - counter-based random numbers (Philox4x32-10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-rng.h"

#include <math.h>

void
gsc_rng_philox (const uint32_t key[2], const uint32_t counter[4], uint32_t out[4])
{
  uint32_t k0 = key[0], k1 = key[1];
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];

  for (int round = 0; round < 10; round++)
    {
      uint64_t a = (uint64_t) 0xD2511F53u * c0;
      uint64_t b = (uint64_t) 0xCD9E8D57u * c2;

      c0 = (uint32_t) (b >> 32) ^ c1 ^ k0;
      c1 = (uint32_t) b;
      c2 = (uint32_t) (a >> 32) ^ c3 ^ k1;
      c3 = (uint32_t) a;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

void
gsc_rng_init (GscRng *rng, uint64_t seed, GscRngDomain domain, uint64_t step, uint64_t row)
{
  rng->key[0] = (uint32_t) seed;
  rng->key[1] = (uint32_t) (seed >> 32);
  rng->counter[0] = 0; /* block number within the stream */
  rng->counter[1] = (uint32_t) domain;
  rng->counter[2] = (uint32_t) step;
  rng->counter[3] = (uint32_t) row;
  rng->used = 4;
}

uint32_t
gsc_rng_next (GscRng *rng)
{
  if (rng->used == 4)
    {
      gsc_rng_philox (rng->key, rng->counter, rng->block);
      rng->counter[0]++;
      rng->used = 0;
    }
  return rng->block[rng->used++];
}

uint32_t
gsc_rng_below (GscRng *rng, uint32_t n)
{
  /* Lemire's multiply-shift: the low half tells whether the draw falls into the
   * incomplete last interval, which is drawn again. */
  uint64_t product = (uint64_t) gsc_rng_next (rng) * n;

  if ((uint32_t) product < n)
    {
      uint32_t threshold = -n % n;

      while ((uint32_t) product < threshold)
        product = (uint64_t) gsc_rng_next (rng) * n;
    }
  return (uint32_t) (product >> 32);
}

double
gsc_rng_uniform (GscRng *rng)
{
  uint64_t high = gsc_rng_next (rng) >> 5;
  uint64_t low = gsc_rng_next (rng) >> 6;

  return (double) (high << 26 | low) * 0x1p-53;
}

double
gsc_rng_normal (GscRng *rng)
{
  double u = 1.0 - gsc_rng_uniform (rng); /* never 0, so that log() is finite */
  double v = gsc_rng_uniform (rng);

  return sqrt (-2.0 * log (u)) * cos (2.0 * M_PI * v);
}

void
gsc_rng_shuffle (GscRng *rng, uint32_t *values, size_t n)
{
  for (size_t i = n; i > 1; i--)
    {
      size_t j = gsc_rng_below (rng, (uint32_t) i);
      uint32_t held = values[i - 1];

      values[i - 1] = values[j];
      values[j] = held;
    }
}
