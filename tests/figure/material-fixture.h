/* material-fixture.h - a run with a model, to make whole figures of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-studio.h"

typedef struct
{
  GscRunData *run; /* of data_fixture_new(), with its numbers rising */
  GscModel *model; /* random weights, 2 layers of @heads heads */
  GscConfig config;
  GscSubject subject;
  gint32 *tokens;
  GscFigureMaterial material; /* of all these */
} MaterialFixture;

void material_fixture_init (MaterialFixture *fixture, int p, int heads, guint n_records);
void material_fixture_clear (MaterialFixture *fixture);

/* (transfer full) */
GscFrame *material_fixture_make_frame (const MaterialFixture *fixture, const GscFigurePanel *panel);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MaterialFixture, material_fixture_clear)
