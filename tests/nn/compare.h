/* compare.h - numbers of float arithmetic against those of double arithmetic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <float.h>
#include <glib.h>
#include <stddef.h>

/* Names the case under test, for the message of a comparison that fails. */
void compare_case (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Every got[i] must be within tolerance * (|expected[i]| + s) of expected[i], where s is the root
 * of the mean square of @expected: where terms cancel, an element is as uncertain as its
 * neighbours. Where NaN is expected, NaN must be. */
void compare_floats (
    const char *what, const float *got, const double *expected, size_t n, double tolerance);

/* Every |got[i] - expected[i]| must be within @tolerance. */
void compare_absolute (
    const char *what, const float *got, const double *expected, size_t n, double tolerance);

/* The same bits, NaN included. */
void compare_bits (const char *what, const float *got, const float *expected, size_t n);
