/* guarded.h - arrays that notice when something outside them is touched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gsc-rng.h"

/* All arrays below belong to this module until guarded_release(). */

/* n floats, all NaN. They end where a page begins that may not be touched, so that the program dies
 * when something is read or written behind them, and a canary lies in front of them. Aligned to
 * 64 bytes if n is a multiple of 16, else as the end happens to fall. */
float *guarded_floats (size_t n);

/* The same for whole numbers, all minus one. */
int32_t *guarded_ints (size_t n);

/* n normal numbers of this mean and deviation. */
float *guarded_random (GscRng *rng, size_t n, double mean, double deviation);

/* n whole numbers in [0, below). */
int32_t *guarded_random_ints (GscRng *rng, size_t n, uint32_t below);

float *guarded_copy (const float *from, size_t n);

/* n zeros, and the n numbers of @from, in double precision and without guards: for the twins. */
double *doubles (size_t n);
double *widened (const float *from, size_t n);

/* Checks all canaries and frees all arrays. */
void guarded_release (void);
