/* model-fixture.h - the fixtures' models, and a plain computation of what they do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model.h"
#include "gsc-tensor-file.h"

/* One of tests/data: its model, and what PyTorch makes of it. */
typedef struct
{
  GscModel *model;
  GscTensorFile *expected;
  int p;
  guint n_shots;
  guint n_sequences;
  gint32 *tokens; /* [n_sequences][3 n_shots] */
} ModelFixture;

/* Setup and teardown of g_test_add(); @data is the fixture's name. */
void model_fixture_open (ModelFixture *fixture, gconstpointer data);
void model_fixture_close (ModelFixture *fixture, gconstpointer data);

/* The values of a tensor of the expected ones (transfer full). */
float *model_fixture_read (const ModelFixture *fixture, const char *name);

/* What @head of block @layer adds to the residual stream at each of tokens[0 .. n), by definition
 * and in double precision, from nothing but the weights (experiment.md, "Model"): [n][width]
 * (transfer full). */
double *naive_head_output (const GscModel *model, const gint32 *tokens, int n, int layer, int head);

/* The same of what the block's MLP adds, and of the residual stream after the block. */
double *naive_mlp_output (const GscModel *model, const gint32 *tokens, int n, int layer);
double *naive_stream (const GscModel *model, const gint32 *tokens, int n, int layer);
