/* gsc-work.h - how much there is to do in a training, and what it takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What estimates of time and memory rest on, in the app and for sweeps alike.
 */

#pragma once

#include "gsc-config.h"

G_BEGIN_DECLS

/* Records that are made on the way from step @from (0: with that of step 0) to step @to. */
gint64 gsc_work_count_records (const GscConfig *config, gint64 from, gint64 to);

/* Floating-point operations of one record. */
double gsc_work_count_record (const GscConfig *config);

/* Floating-point operations of the steps after @from up to @to, with their records. */
double gsc_work_count (const GscConfig *config, gint64 from, gint64 to);

/* Bytes that training @config with @threads threads takes, the program itself left out: about. */
double gsc_work_estimate_memory (const GscConfig *config, guint threads);

G_END_DECLS
