/* gsc-config-key.c - one key of a recipe: the table everything about keys is read from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-config-key.h"

#include <glib/gi18n.h>

#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-zp.h"

static const char *const task_rules[] = { "rectangle", "random", NULL };
static const char *const activations[] = { "relu", "gelu", NULL };
static const char *const optimizers[] = { "adamw", "muon", NULL };

#define MAX_TASKS (GSC_ZP_MAX * GSC_ZP_MAX - 1)
#define MAX_STEPS 4294967295.0      /* 2^32 - 1 */
#define MAX_SEED 9007199254740991.0 /* 2^53 - 1 */
#define WHY_STEPS N_ ("the random streams count no further")
#define WHY_SEED N_ ("so that every JSON reader keeps it exactly")

#define FIELD(name) #name, .offset = G_STRUCT_OFFSET(GscConfig, name)

static const GscConfigKey keys[] = {
  { FIELD (p), .type = GSC_CONFIG_KEY_INT, .min = GSC_ZP_MIN, .max = GSC_ZP_MAX,
    .help
    = N_ ("The prime p: tasks are z = a x + b y mod p, and the model's tokens are 0 to p - 1.") },
  { FIELD (width), .type = GSC_CONFIG_KEY_INT, .min = 2, .max = GSC_MODEL_MAX_WIDTH,
    .help = N_ ("Width of the residual stream; a multiple of twice the number of heads.") },
  { FIELD (heads), .type = GSC_CONFIG_KEY_INT, .min = 1, .max = GSC_MODEL_MAX_WIDTH / 2,
    .help = N_ ("Attention heads in each block.") },
  { FIELD (depth), .type = GSC_CONFIG_KEY_INT, .min = 1, .max = GSC_MODEL_MAX_DEPTH,
    .help = N_ ("Number of transformer blocks.") },
  { FIELD (shots), .type = GSC_CONFIG_KEY_INT, .min = 1, .max = 128,
    .help
    = N_ ("Examples (x, y, z) in a sequence; the last one is answered after shots - 1 examples.") },
  { FIELD (batch), .type = GSC_CONFIG_KEY_INT, .min = 1, .max = 65536,
    .help = N_ ("Sequences in the batch of one step.") },
  { FIELD (tasks), .type = GSC_CONFIG_KEY_INT, .min = 1, .max = MAX_TASKS,
    .help = N_ ("Number of pre-training tasks among the p^2; the others are held out (o.o.d.).") },
  { FIELD (task_rule), .type = GSC_CONFIG_KEY_CHOICE, .values = task_rules,
    .help
    = N_ ("How the pre-training tasks are chosen: by rectangles (the paper's way) or at random.") },
  { FIELD (alpha), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .above_min = TRUE,
    .below_max = TRUE,
    .help = N_ ("Share of the p^2 input pairs (x, y) that are training inputs.") },
  { FIELD (activation), .type = GSC_CONFIG_KEY_CHOICE, .values = activations,
    .help = N_ ("Nonlinearity of the MLP; the paper uses relu.") },
  { FIELD (tied), .type = GSC_CONFIG_KEY_BOOLEAN,
    .help
    = N_ ("Whether the logits go through the token embedding (true, the paper's way) or through a "
          "matrix of their own.") },
  { FIELD (optimizer), .type = GSC_CONFIG_KEY_CHOICE, .values = optimizers,
    .help = N_ ("adamw, or muon for the weight matrices with AdamW for embedding and LayerNorm.") },
  { FIELD (lr), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .above_min = TRUE,
    .help = N_ ("AdamW's peak learning rate.") },
  { FIELD (weight_decay), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1e6,
    .help
    = N_ ("AdamW's decoupled weight decay; each step shrinks the weights by lr x weight_decay.") },
  { FIELD (beta1), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .below_max = TRUE,
    .help = N_ ("AdamW's decay of the mean gradient.") },
  { FIELD (beta2), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .below_max = TRUE,
    .help = N_ ("AdamW's decay of the mean squared gradient.") },
  { FIELD (epsilon), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .above_min = TRUE,
    .help = N_ ("AdamW's addition to the root of the mean squared gradient.") },
  { FIELD (muon_lr), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .above_min = TRUE,
    .help = N_ ("Muon's peak learning rate.") },
  { FIELD (muon_weight_decay), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1e6,
    .help = N_ ("Muon's decoupled weight decay.") },
  { FIELD (muon_momentum), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1, .below_max = TRUE,
    .help = N_ ("Muon's momentum.") },
  { FIELD (warmup_steps), .type = GSC_CONFIG_KEY_INT64, .min = 0, .max = MAX_STEPS,
    .why = WHY_STEPS,
    .help = N_ ("Steps over which the learning rates rise linearly to their peak; a shorter run "
                "ends on the "
                "way there.") },
  { FIELD (lr_start), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1,
    .help = N_ ("Share of the peak learning rate at which the warm-up starts.") },
  { FIELD (lr_floor), .type = GSC_CONFIG_KEY_DOUBLE, .min = 0, .max = 1,
    .help = N_ ("Share of the peak learning rate that the cosine decay ends at.") },
  { FIELD (steps), .type = GSC_CONFIG_KEY_INT64, .min = 1, .max = MAX_STEPS, .why = WHY_STEPS,
    .help = N_ ("Training steps.") },
  { FIELD (record_every), .type = GSC_CONFIG_KEY_INT64, .min = 1, .max = MAX_STEPS,
    .why = WHY_STEPS,
    .help
    = N_ ("Steps between two records of the four sets; the first and the last step are always "
          "recorded.") },
  { FIELD (eval_sequences), .type = GSC_CONFIG_KEY_INT, .min = 1, .max = 65536,
    .help = N_ ("Sequences in each of the four evaluation sets, drawn once per run.") },
  { FIELD (seed), .type = GSC_CONFIG_KEY_INT64, .min = 0, .max = MAX_SEED, .why = WHY_SEED,
    .help = N_ ("Seed of everything random: tasks, inputs, sequences and initial weights.") },
};

const GscConfigKey *
gsc_config_key_get_all (guint *n_keys)
{
  *n_keys = G_N_ELEMENTS (keys);
  return keys;
}

const GscConfigKey *
gsc_config_key_find (const char *name, GError **error)
{
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].name, name))
      return &keys[i];

  quoted = gsc_nearest_name_quote (name);
  g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_UNKNOWN_KEY,
               _ ("There is no key “%s”; the nearest one is “%s”."), quoted,
               gsc_nearest_name (name, gsc_config_get_keys ()));
  return NULL;
}

static gpointer
get_field (const GscConfigKey *key, const GscConfig *config)
{
  return G_STRUCT_MEMBER_P (config, key->offset);
}

gint64
gsc_config_key_get_int (const GscConfigKey *key, const GscConfig *config)
{
  if (key->type == GSC_CONFIG_KEY_INT64)
    return *(const gint64 *) get_field (key, config);
  return *(const int *) get_field (key, config);
}

double
gsc_config_key_get_number (const GscConfigKey *key, const GscConfig *config)
{
  if (key->type == GSC_CONFIG_KEY_DOUBLE)
    return *(const double *) get_field (key, config);
  return (double) gsc_config_key_get_int (key, config);
}

void
gsc_config_key_set_int (const GscConfigKey *key, GscConfig *config, gint64 value)
{
  G_STATIC_ASSERT (sizeof (GscTaskRule) == sizeof (int));
  G_STATIC_ASSERT (sizeof (GscActivation) == sizeof (int));
  G_STATIC_ASSERT (sizeof (GscOptimizer) == sizeof (int));

  if (key->type == GSC_CONFIG_KEY_INT64)
    *(gint64 *) get_field (key, config) = value;
  else
    *(int *) get_field (key, config) = (int) value;
}

void
gsc_config_key_set_double (const GscConfigKey *key, GscConfig *config, double value)
{
  *(double *) get_field (key, config) = value;
}

char *
gsc_config_key_get_text (const GscConfigKey *key, const GscConfig *config)
{
  char text[GSC_NUMBER_TEXT_SIZE];

  if (key->type == GSC_CONFIG_KEY_DOUBLE)
    return g_strdup (gsc_number_format (gsc_config_key_get_number (key, config), text));
  if (key->type == GSC_CONFIG_KEY_BOOLEAN)
    return g_strdup (gsc_config_key_get_int (key, config) ? "true" : "false");
  if (key->type == GSC_CONFIG_KEY_CHOICE && gsc_config_key_in_range (key, config))
    return g_strdup (key->values[gsc_config_key_get_int (key, config)]);
  return g_strdup_printf ("%" G_GINT64_FORMAT, gsc_config_key_get_int (key, config));
}

char *
gsc_config_key_describe (const GscConfigKey *key)
{
  char min[GSC_NUMBER_TEXT_SIZE], max[GSC_NUMBER_TEXT_SIZE];

  switch (key->type)
    {
    case GSC_CONFIG_KEY_BOOLEAN:
      /* Translators: the words true and false are typed so in any language. */
      return g_strdup (_ ("true or false"));
    case GSC_CONFIG_KEY_CHOICE:
      /* Translators: between the names to choose from, "relu or gelu" */
      return g_strjoinv (_ (" or "), (char **) key->values);
    case GSC_CONFIG_KEY_DOUBLE:
      return g_strdup_printf (key->above_min   ? key->below_max
                                                     ? _ ("a number above %s and below %s")
                                                     : _ ("a number above %s and at most %s")
                                : key->below_max ? _ ("a number of at least %s and below %s")
                                               : _ ("a number of at least %s and at most %s"),
                              gsc_number_format (key->min, min), gsc_number_format (key->max, max));
    case GSC_CONFIG_KEY_INT:
    case GSC_CONFIG_KEY_INT64:
    default:
      if (key->why == NULL)
        return g_strdup_printf (_ ("a whole number from %.0f to %.0f"), key->min, key->max);
      /* Translators: the third is a reason for the limits. */
      return g_strdup_printf (_ ("a whole number from %.0f to %.0f (%s)"), key->min, key->max,
                              _ (key->why));
    }
}

gboolean
gsc_config_key_in_range (const GscConfigKey *key, const GscConfig *config)
{
  double number = gsc_config_key_get_number (key, config);

  if (key->type == GSC_CONFIG_KEY_BOOLEAN)
    return TRUE;
  if (key->type == GSC_CONFIG_KEY_CHOICE)
    return number >= 0 && number < g_strv_length ((char **) key->values);
  /* Written so that a NaN is out of range. */
  return (key->above_min ? number > key->min : number >= key->min)
         && (key->below_max ? number < key->max : number <= key->max);
}

int
gsc_config_key_find_choice (const GscConfigKey *key, const char *text)
{
  for (int i = 0; key->values[i] != NULL; i++)
    if (g_str_equal (key->values[i], text))
      return i;
  return -1;
}
