/* subject-fixture.h - a model with random weights and its experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-subject.h"

typedef struct
{
  GscConfig config; /* p = 7, 2 blocks of 4 heads, 5 shots */
  GscModel *model;
  GscTaskSplit *tasks;
  GscInputSplit *inputs;
  GscSubject subject; /* of all these */
} SubjectFixture;

/* Each set has @eval_sequences sequences. */
void subject_fixture_init (SubjectFixture *fixture, int eval_sequences);
void subject_fixture_clear (SubjectFixture *fixture);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SubjectFixture, subject_fixture_clear)
