/* gsc-task.h - one task z = a x + b y mod p
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GSC_TASK_ROLE_PRE_TRAINING, /* i.d. */
  GSC_TASK_ROLE_OOD,
} GscTaskRole;

/* How a task came to be in its role (experiment.md, "Tasks and data"). */
typedef enum
{
  GSC_TASK_ORIGIN_SEED,      /* corner a rectangle was started from */
  GSC_TASK_ORIGIN_RECTANGLE, /* one of the three corners that complete it */
  GSC_TASK_ORIGIN_FILLED,    /* no free rectangle was left: a random unused task */
  GSC_TASK_ORIGIN_RANDOM,    /* chosen by the random rule */
  GSC_TASK_ORIGIN_HELD_OUT,  /* every o.o.d. task */
} GscTaskOrigin;

typedef struct
{
  int a;
  int b;
  GscTaskRole role;
  GscTaskOrigin origin;
  int rectangle; /* number of its rectangle, or -1 */
} GscTask;

/* The answer z in 0..p-1 for x, y in 0..p-1. */
static inline int
gsc_task_answer (const GscTask *task, int p, int x, int y)
{
  return (task->a * x + task->b * y) % p;
}

G_END_DECLS
