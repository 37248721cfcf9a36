/* data-fixture.h - figures' data without a training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run-data.h"

typedef enum
{
  FIXTURE_RISING, /* every accuracy rises from 0 to 1, losses fall */
  FIXTURE_EQUAL,  /* every number is 0.5 */
  FIXTURE_NAN,    /* every number is NaN */
} FixtureKind;

/* A run of prime @p with @n_records records at steps 0, 100, 200 ... (transfer full) */
GscRunData *data_fixture_new (int p, guint n_records, FixtureKind kind);

/* One of its records. (transfer full) */
GscRecord *data_fixture_make_record (
    const GscConfig *config, const GscTaskSplit *tasks, gint64 step, double value, double loss);
