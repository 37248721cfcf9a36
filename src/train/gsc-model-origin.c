/* gsc-model-origin.c - what a model file says about the experiment it comes from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-model-origin.h"

#include <string.h>

#include "gsc-number.h"

/* A whole number; FALSE if it is not there or none. */
static gboolean
read_int (GHashTable *metadata, const char *key, gint64 *value)
{
  const char *text = g_hash_table_lookup (metadata, key);

  return text != NULL && gsc_number_parse_int (text, value) && *value >= 0 && *value <= G_MAXINT;
}

void
gsc_model_origin_read (GscModelOrigin *origin, GHashTable *metadata, GscConfig *config)
{
  const char *text = g_hash_table_lookup (metadata, "config");
  GscConfig found = *config;
  gint64 number;

  *origin = (GscModelOrigin){ .step = read_int (metadata, "step", &number) ? number : -1 };
  origin->whole = text != NULL && gsc_config_read_text (&found, text, strlen (text), NULL)
                  && gsc_config_validate (&found, NULL);
  if (origin->whole)
    {
      *config = found;
      origin->knows_p = origin->knows_shots = TRUE;
      return;
    }
  origin->knows_shots = read_int (metadata, "shots", &number);
  if (origin->knows_shots)
    config->shots = (int) number;
  origin->knows_p = read_int (metadata, "p", &number);
  if (origin->knows_p)
    config->p = (int) number;
}

void
gsc_model_origin_take_shape (GscConfig *config, const GscModelConfig *model)
{
  config->width = model->width;
  config->heads = model->heads;
  config->depth = model->depth;
  config->activation = model->activation;
  config->tied = model->tied;
}
