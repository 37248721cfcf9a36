/* gsc-phase-plan.h - a phase diagram as a user types it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-sweep.h"

G_BEGIN_DECLS

#define GSC_PHASE_PLAN_AXES 3

/* What stands in the fields of the dialog. Text is the user's, right or wrong. */
typedef struct
{
  const char *name;
  GscConfig base;
  const char *keys[GSC_PHASE_PLAN_AXES];   /* NULL: no such axis */
  const char *values[GSC_PHASE_PLAN_AXES]; /* "8, 24 48": separated by commas, semicolons, blanks */
  const char *seeds;                       /* one or several; an axis if several */
  const char *steps;
  GscStopRule stop;
  const char *stop_number; /* the one that the rule's mode has; stands in place of stop's */
} GscPhasePlan;

/* The sweep, or NULL and GSC_CONFIG_ERROR_INVALID with one sentence a line for every fault. */
GscSweep *gsc_phase_plan_make (const GscPhasePlan *plan, GError **error);

/* "8, 24, 48": the values of an axis as text; "" without. (transfer full) */
char *gsc_phase_plan_join_values (const GscSweepAxis *axis);

/* The folder in @root for a sweep called @name. NULL, and a sentence, if there can be none or there
 * is one. (transfer full) */
char *gsc_phase_plan_get_folder (const char *root, const char *name, GError **error);

/* A name that is still free in @root: "phase-diagram", "phase-diagram-2". (transfer full) */
char *gsc_phase_plan_find_name (const char *root);

G_END_DECLS
