/* gsc-comparison.h - two models side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A is what a session shows; B is a second session, at any record of the same run or of another
 * one. B follows A's cursor and reads the same sequence, and each has the other's frame beside its
 * own (gsc_frame_set_beside()), so that figures have common scales and differences.
 */

#pragma once

#include "gsc-session.h"

G_BEGIN_DECLS

/* What is seen of the two. */
typedef enum
{
  GSC_SHOW_A,
  GSC_SHOW_B,
  GSC_SHOW_BOTH,
  GSC_SHOW_DIFFERENCE, /* A − B, and both where there is no difference */
} GscShow;

#define GSC_TYPE_COMPARISON (gsc_comparison_get_type ())

/* For the main thread. Properties, notified:
 *   other (GscSession or NULL)  B; NULL: nothing is compared
 *   show (int, GscShow)         BOTH when a comparison begins
 * Signal "changed" (): what gsc_comparison_describe() says has changed, or one of the above. */
G_DECLARE_FINAL_TYPE (GscComparison, gsc_comparison, GSC, COMPARISON, GObject)

GscComparison *gsc_comparison_new (GscSession *session);

GscSession *gsc_comparison_get_session (GscComparison *comparison); /* A; borrowed */
GscSession *gsc_comparison_get_other (GscComparison *comparison);   /* B; borrowed, or NULL */

/* Compares with @run at the record that @which means (gsc_run_data_find_record(); the last one if
 * there is none such, which is also what a model file has). Where a comparison is under way, B
 * becomes another. */
void gsc_comparison_start (GscComparison *comparison, GscRun *run, const char *which);

/* A is the best record of its run, B its last one. Nothing without records. */
void gsc_comparison_start_peak_and_final (GscComparison *comparison);

/* B goes; A stays where it is. */
void gsc_comparison_stop (GscComparison *comparison);

void gsc_comparison_set_show (GscComparison *comparison, GscShow show);
GscShow gsc_comparison_get_show (GscComparison *comparison);

/* "quick 1, step 8 200" of A, or of B. (transfer full) */
char *gsc_comparison_describe (GscComparison *comparison, gboolean other);

G_END_DECLS
