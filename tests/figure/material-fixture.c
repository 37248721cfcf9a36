/* material-fixture.c - a run with a model, to make whole figures of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "material-fixture.h"

#include "data-fixture.h"
#include "gsc-sequence.h"

#define SEED 3

void
material_fixture_init (MaterialFixture *fixture, int p, int heads, guint n_records)
{
  const GscModelConfig shape = {
    .vocab = p,
    .width = 16,
    .heads = heads,
    .depth = 2,
    .activation = GSC_ACTIVATION_RELU,
    .tied = TRUE,
  };
  g_autoptr (GError) error = NULL;
  GscRng rng;
  GscTask task;

  fixture->run = data_fixture_new (p, n_records, FIXTURE_RISING);
  fixture->run->config.width = 16;
  fixture->run->config.depth = 2;
  fixture->run->config.heads = heads;
  fixture->config = fixture->run->config;
  fixture->config.eval_sequences = 16;
  fixture->model = gsc_model_new (&shape, &error);
  g_assert_no_error (error);
  gsc_model_init_weights (fixture->model, SEED);
  fixture->subject = (GscSubject){
    .model = fixture->model,
    .p = p,
    .config = &fixture->config,
    .tasks = fixture->run->tasks,
    .inputs = fixture->run->inputs,
  };
  fixture->material = (GscFigureMaterial){
    .run = fixture->run,
    .record = (int) n_records - 1,
    .subject = &fixture->subject,
    .step = 100 * ((gint64) n_records - 1),
    .cursor = gsc_frame_default_cursor (fixture->run),
    .n_tokens = 3 * (guint) fixture->config.shots,
    .n_context = 3 * (guint) fixture->config.shots - 3,
  };
  task = (GscTask){ .a = fixture->material.cursor.a, .b = fixture->material.cursor.b };
  fixture->tokens = g_new (gint32, fixture->material.n_tokens);
  fixture->material.tokens = fixture->tokens;
  gsc_rng_init (&rng, SEED, 0, 0, 0);
  gsc_sequence_draw (&rng, p, &task, fixture->run->inputs->train, fixture->run->inputs->n_train,
                     fixture->config.shots, fixture->tokens);
}

void
material_fixture_clear (MaterialFixture *fixture)
{
  g_clear_pointer (&fixture->run, gsc_run_data_unref);
  g_clear_pointer (&fixture->model, gsc_model_free);
  g_clear_pointer (&fixture->tokens, g_free);
}

GscFrame *
material_fixture_make_frame (const MaterialFixture *fixture, const GscFigurePanel *panel)
{
  g_autoptr (GscFigureStudio) studio = gsc_figure_studio_new (&fixture->material);
  g_autoptr (GError) error = NULL;
  GscFrame *frame = gsc_figure_studio_make (studio, panel, &error);

  g_assert_no_error (error);
  return frame;
}
