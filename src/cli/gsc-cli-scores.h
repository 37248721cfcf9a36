/* gsc-cli-scores.h - how far a run has come, as a small table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-record.h"

G_BEGIN_DECLS

/* The record with the highest o.o.d./test accuracy at the last shot, the earliest of several; NULL
 * if there is none.
 * @records: array of GscRecord*. Borrowed. */
const GscRecord *gsc_cli_scores_find_best (const GPtrArray *records);

/* Prints the accuracies at the last shot of the last record and the best. @records is not empty. */
void gsc_cli_scores_print (const GPtrArray *records);

G_END_DECLS
