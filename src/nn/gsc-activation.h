/* gsc-activation.h - which nonlinearity the MLP uses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/* The paper uses ReLU. GELU is the tanh form, as in the authors' code. */
typedef enum
{
  GSC_ACTIVATION_RELU,
  GSC_ACTIVATION_GELU,
} GscActivation;
