/* gsc-model.c - a transformer's weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-model.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-rng.h"

struct _GscModel
{
  GscParamLayout *layout;
  float *weights;
};

GscModel *
gsc_model_new (const GscModelConfig *config, GError **error)
{
  GscModel *model;

  if (!gsc_model_config_check (config, error))
    return NULL;

  model = g_new0 (GscModel, 1);
  model->layout = gsc_param_layout_new (config);
  model->weights = gsc_param_block_new (model->layout);
  return model;
}

GscModel *
gsc_model_copy (const GscModel *model)
{
  GscModel *copy = g_new0 (GscModel, 1);

  copy->layout = gsc_param_layout_ref (model->layout);
  copy->weights = gsc_param_block_new (copy->layout);
  memcpy (copy->weights, model->weights, copy->layout->n_floats * sizeof (float));
  return copy;
}

void
gsc_model_free (GscModel *model)
{
  if (model == NULL)
    return;
  gsc_param_block_free (model->weights);
  gsc_param_layout_unref (model->layout);
  g_free (model);
}

const GscModelConfig *
gsc_model_get_config (const GscModel *model)
{
  return &model->layout->config;
}

GscParamLayout *
gsc_model_get_layout (const GscModel *model)
{
  return model->layout;
}

float *
gsc_model_get_weights (GscModel *model)
{
  return model->weights;
}

const float *
gsc_model_peek_weights (const GscModel *model)
{
  return model->weights;
}

void
gsc_model_init_weights (GscModel *model, guint64 seed)
{
  const GscParamLayout *layout = model->layout;
  const GscModelConfig *config = &layout->config;
  /* The paper's 0.02 at width 512; sigma * sqrt (width) is kept at other widths. */
  double sigma = 0.02 * sqrt (512.0 / config->width);

  for (guint i = 0; i < layout->n_views; i++)
    {
      const GscParamView *view = &layout->views[i];
      float *values = model->weights + view->offset;
      gsize size = (gsize) view->rows * view->cols;
      GscRng rng;
      double scale = sigma;

      if (view->kind == GSC_PARAM_NORM)
        {
          float value = g_str_has_suffix (view->name, ".weight") ? 1.0f : 0.0f;

          for (gsize j = 0; j < size; j++)
            values[j] = value;
          continue;
        }
      if (g_str_has_suffix (view->name, "mlp.c_proj.weight"))
        scale /= sqrt (2.0 * config->depth);
      gsc_rng_init (&rng, seed, GSC_RNG_WEIGHTS, 0, i);
      for (gsize j = 0; j < size; j++)
        values[j] = (float) (scale * gsc_rng_normal (&rng));
    }
}

gboolean
gsc_model_check_finite (const GscModel *model, GError **error)
{
  const GscParamLayout *layout = model->layout;

  for (guint i = 0; i < layout->n_views; i++)
    {
      const GscParamView *view = &layout->views[i];
      const float *values = model->weights + view->offset;

      for (gsize j = 0; j < (gsize) view->rows * view->cols; j++)
        if (!isfinite (values[j]))
          {
            g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE,
                         _ ("%s holds a value that is not a finite number (element %zu)."),
                         view->name, j);
            return FALSE;
          }
    }
  return TRUE;
}
