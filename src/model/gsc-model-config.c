/* gsc-model-config.c - shape of a transformer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-model-config.h"

#include <glib/gi18n.h>

/* clang-format off */
G_DEFINE_QUARK (gsc-model-error-quark, gsc_model_error)
/* clang-format on */

gboolean
gsc_model_config_check (const GscModelConfig *config, GError **error)
{
  const char *fault = NULL;

  if (config->vocab < 2 || config->vocab > GSC_MODEL_MAX_VOCAB)
    fault = _ ("The vocabulary must have 2 to 1024 tokens");
  else if (config->heads < 1)
    fault = _ ("There must be at least one head");
  else if (config->width < 2 || config->width > GSC_MODEL_MAX_WIDTH)
    fault = _ ("The width must be 2 to 4096");
  else if (config->heads > config->width / 2 || config->width % (2 * config->heads) != 0)
    fault = _ ("The width must be divisible by twice the number of heads");
  else if (config->depth < 1 || config->depth > GSC_MODEL_MAX_DEPTH)
    fault = _ ("The depth must be 1 to 8 blocks");
  else if (config->activation != GSC_ACTIVATION_RELU && config->activation != GSC_ACTIVATION_GELU)
    fault = _ ("The activation must be relu or gelu");

  if (fault != NULL)
    {
      g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_SHAPE,
                   _ ("%s (vocabulary %d, width %d, heads %d, depth %d)."), fault, config->vocab,
                   config->width, config->heads, config->depth);
      return FALSE;
    }
  return TRUE;
}

gboolean
gsc_model_config_equal (const GscModelConfig *a, const GscModelConfig *b)
{
  return a->vocab == b->vocab && a->width == b->width && a->heads == b->heads
         && a->depth == b->depth && a->activation == b->activation && !a->tied == !b->tied;
}
