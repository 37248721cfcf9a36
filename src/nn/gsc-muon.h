/* gsc-muon.h - Muon: orthogonalised momentum
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024); experiment.md,
 * "Training".
 */

#pragma once

#include <stddef.h>

typedef struct
{
  float lr;
  float weight_decay; /* decoupled: weights shrink by 1 - lr * weight_decay first */
  float momentum;     /* Nesterov */
} GscMuonStep;

/* Floats of scratch gsc_muon_step() needs for a matrix [rows][cols]. */
size_t gsc_muon_scratch_floats (int rows, int cols);

/* One step for one matrix: momentum = mu * momentum + gradient; the Nesterov mixture gradient + mu
 * * momentum is orthogonalised by gsc_muon_orthogonalise() and applied times lr * sqrt (max (1,
 * rows / cols)). */
void gsc_muon_step (float *weights,
                    float *momentum,
                    const float *gradient,
                    int rows,
                    int cols,
                    const GscMuonStep *step,
                    float *scratch);

/* x [rows][cols] = the nearest semi-orthogonal matrix, roughly: five quintic Newton-Schulz steps
 * (3.4445, -4.7750, 2.0315) on x divided by its Frobenius norm; singular values end in about 0.7
 * to 1.2. A zero matrix stays zero. @scratch as for gsc_muon_step(). */
void gsc_muon_orthogonalise (float *x, int rows, int cols, float *scratch);
