/* gsc-rng.h - counter-based random numbers (Philox4x32-10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

/* What a stream of random numbers is for. Streams of different domains never
 * overlap, whatever the seed, step and row. The numbers are part of what makes
 * a run reproducible: never renumber. */
typedef enum
{
  GSC_RNG_WEIGHTS = 1, /* initial values; row: index of the tensor */
  GSC_RNG_TASKS = 2,   /* choice of the pre-training tasks */
  GSC_RNG_INPUTS = 3,  /* choice of the training inputs */
  GSC_RNG_BATCH = 4,   /* training sequences; step and row of the batch */
  GSC_RNG_EVAL = 5,    /* evaluation sequences; step: set, row: sequence */
  GSC_RNG_SHOW = 6,    /* contexts shown to the user */
} GscRngDomain;

/* One stream of random numbers: a pure function of (seed, domain, step, row) and
 * of how many numbers were taken from it. A plain value; copy it freely. */
typedef struct
{
  uint32_t key[2];
  uint32_t counter[4];
  uint32_t block[4];
  unsigned used; /* how many of block[] were taken; 4: none left */
} GscRng;

/* Philox4x32-10: ten rounds over a 128-bit counter under a 64-bit key
 * (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011). */
void gsc_rng_philox (const uint32_t key[2], const uint32_t counter[4], uint32_t out[4]);

/* Starts the stream (seed, domain, step, row). Step and row below 2^32. */
void gsc_rng_init (GscRng *rng, uint64_t seed, GscRngDomain domain, uint64_t step, uint64_t row);

/* The next 32 random bits. */
uint32_t gsc_rng_next (GscRng *rng);

/* A whole number in [0, n), each equally likely (rejection, no modulo bias); n >= 1. */
uint32_t gsc_rng_below (GscRng *rng, uint32_t n);

/* A number in [0, 1) with 53 random bits. */
double gsc_rng_uniform (GscRng *rng);

/* A standard normal number (Box-Muller, one number a call). */
double gsc_rng_normal (GscRng *rng);

/* Puts values[0..n) in random order (Fisher-Yates). */
void gsc_rng_shuffle (GscRng *rng, uint32_t *values, size_t n);
