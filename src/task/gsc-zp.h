/* gsc-zp.h - arithmetic in Z_p, the whole numbers modulo a prime
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Errors of src/task. Every message is a sentence for the user. */
typedef enum
{
  GSC_TASK_ERROR_RANGE,  /* a size no experiment can have */
  GSC_TASK_ERROR_FORMAT, /* a list of tasks or numbers is not what it should be */
} GscTaskError;

#define GSC_TASK_ERROR (gsc_task_error_quark ())
GQuark gsc_task_error_quark (void);

/* The primes an experiment may have. */
enum
{
  GSC_ZP_MIN = 3,
  GSC_ZP_MAX = 97,
};

/* All functions below are pure and safe in any thread. Numbers of Z_p are 0..p-1. */

gboolean gsc_zp_is_prime (int n);

/* FALSE and @error (GSC_TASK_ERROR_RANGE) unless @p is a prime from GSC_ZP_MIN to GSC_ZP_MAX. */
gboolean gsc_zp_check_prime (int p, GError **error);

/* base^exponent mod p; base in 0..p-1, exponent >= 0. */
int gsc_zp_power (int base, int exponent, int p);

/* The c in 1..p-1 with a c = 1 mod p; a in 1..p-1, p prime. */
int gsc_zp_inverse (int a, int p);

/* Whether the powers of @g are all of 1..p-1; FALSE for any @g outside 1..p-1. p prime. */
gboolean gsc_zp_is_primitive_root (int g, int p);

/* The smallest primitive root of the prime @p (the paper shows p = 29 to base 27, another one). */
int gsc_zp_primitive_root (int p);

/* The primitive root whose logarithms are shown: 27 at p = 29, as in the paper, else the smallest.
 * Which logarithms are even does not depend on it. */
int gsc_zp_shown_root (int p);

/* Fills log[0..p): @root to the power of log[n] is n, 0 <= log[n] < p-1; log[0] = -1, because 0 is
 * no power. @root must be a primitive root of the prime @p (paper, section 5: the circles of
 * circles of head outputs are ordered by this logarithm). */
void gsc_zp_discrete_log (int p, int root, int *log);

G_END_DECLS
