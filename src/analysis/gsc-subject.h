/* gsc-subject.h - the model that an analysis looks at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-ablation.h"
#include "gsc-config.h"
#include "gsc-input-split.h"
#include "gsc-model.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

/* A model and the experiment it belongs to. A plain value; everything is borrowed and must not
 * change while an analysis runs. */
typedef struct
{
  const GscModel *model;
  int p;                       /* its numbers are 0..p-1; its vocabulary may be larger */
  const GscAblation *ablation; /* heads that are taken out; NULL: none */

  /* Only for analyses that draw sequences, which say so; else they may be NULL. */
  const GscConfig *config;
  const GscTaskSplit *tasks;
  const GscInputSplit *inputs;
} GscSubject;

G_END_DECLS
