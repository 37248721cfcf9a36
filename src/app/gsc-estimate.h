/* gsc-estimate.h - time, memory and disk space that a run will take on this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Time is the number of operations (gsc_benchmark_count_real()) over this machine's speed. The
 * speed is learnt once for each width, to the nearest power of two: from a training that runs, or
 * by measuring for a second. It is a property of the machine, so that it is kept for the whole
 * process; any thread may ask for it and set it.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-config.h"
#include "gsc-stop-rule.h"

G_BEGIN_DECLS

/* A plain value. */
typedef struct
{
  double seconds;   /* of training with its evaluations; negative: the speed is not known */
  gboolean at_most; /* early stopping may end the run sooner */
  double memory;    /* bytes: weights, moments, gradients, activations */
  double available; /* bytes of memory that the machine has; 0: not known */
  double disk;      /* bytes: snapshots, tables, state */
} GscEstimate;

/* What is known at once; takes well below a millisecond. @config: a valid one. @rule: nullable. */
void gsc_estimate_compute (const GscConfig *config, const GscStopRule *rule, GscEstimate *estimate);

/* "about 3 minutes · 45 MB of memory · 30 MB on disk"; says so when the machine has less memory.
 * (transfer full) */
char *gsc_estimate_to_text (const GscEstimate *estimate);

/* "about 3 minutes", "2 to 3 hours"; seconds must not be negative. (transfer full) */
char *gsc_estimate_seconds_to_text (double seconds);

/* Whether the speed at models of this width is known, so that measuring gains nothing. */
gboolean gsc_estimate_is_measured (const GscConfig *config);

/* Measures the speed by some steps of @config (valid; a smaller model stands in for a large one),
 * in threads of the lowest priority; a second or a few. Fails with G_IO_ERROR_BUSY while a training
 * runs here. */
void gsc_estimate_measure_async (const GscConfig *config,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean gsc_estimate_measure_finish (GAsyncResult *result, GError **error);

/* What a real training of @config achieves, with its evaluations. */
void gsc_estimate_set_measured (const GscConfig *config, double steps_per_second);

/* While a training runs nothing is measured: it would take its time, and be wrong. */
void gsc_estimate_set_busy (gboolean busy);

G_END_DECLS
