/* gsc-lapack.h - the functions of LAPACK that are used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * OpenBLAS holds LAPACK, but its C header for it is a package of its own on some systems. Matrices
 * are column-major: a symmetric one is the same either way, any other appears transposed. Compilers
 * of Fortran add the lengths of texts at the end.
 */

#pragma once

#include <stddef.h>

/* Eigenvalues w [n], ascending, of the symmetric a [n][n], and with jobz "V" the eigenvectors as
 * rows of @a. */
void dsyev_ (const char *jobz,
             const char *uplo,
             const int *n,
             double *a,
             const int *lda,
             double *w,
             double *work,
             const int *lwork,
             int *info,
             size_t jobz_length,
             size_t uplo_length);

/* A = Q R: R is left in the upper triangle of the column-major a [m x n]. */
void dgeqrf_ (const int *m,
              const int *n,
              double *a,
              const int *lda,
              double *tau,
              double *work,
              const int *lwork,
              int *info);
