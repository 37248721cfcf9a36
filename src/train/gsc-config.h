/* gsc-config.h - one experiment's whole recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

#include "gsc-model-config.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_OPTIMIZER_ADAMW,
  GSC_OPTIMIZER_MUON, /* AdamW for embedding and LayerNorm */
} GscOptimizer;

/* Everything that decides a run; the same config gives the same bits on the same machine.
 * Field names are the keys of config.json and of --set. A plain value: copy it freely. */
typedef struct
{
  /* Task and data */
  int p;
  int shots; /* S, examples in a sequence */
  int tasks; /* n_id, pre-training tasks */
  GscTaskRule task_rule;
  double alpha; /* share of the p^2 input pairs that are training inputs */
  /* Model */
  int width;
  int heads;
  int depth;
  GscActivation activation;
  gboolean tied;
  /* Training */
  int batch; /* sequences a step */
  GscOptimizer optimizer;
  double lr; /* AdamW's peak learning rate (under Muon: of embedding and LayerNorm) */
  double weight_decay;
  double beta1;
  double beta2;
  double epsilon;
  double muon_lr;
  double muon_weight_decay;
  double muon_momentum;
  gint64 warmup_steps;
  double lr_start; /* share of the peak at step 1 of the warm-up */
  double lr_floor; /* share of the peak at the last step */
  gint64 steps;
  gint64 record_every;
  int eval_sequences; /* per set */
  gint64 seed;        /* 0 to 2^53 - 1, so that every JSON reader keeps it */
} GscConfig;

typedef enum
{
  GSC_CONFIG_ERROR_INVALID, /* one or more faults; one sentence (line) each */
  GSC_CONFIG_ERROR_UNKNOWN_KEY,
  GSC_CONFIG_ERROR_PARSE,
} GscConfigError;

#define GSC_CONFIG_ERROR (gsc_config_error_quark ())
GQuark gsc_config_error_quark (void);

/* The default experiment: the preset "quick". */
void gsc_config_init_default (GscConfig *config);

/* Checks everything at once. FALSE and GSC_CONFIG_ERROR_INVALID whose message has one sentence
 * a line for every fault. */
gboolean gsc_config_validate (const GscConfig *config, GError **error);

/* The same as a list: (transfer full) array of GscConfigFault*, empty if all is well. For
 * front ends that show each fault beside its field. */
typedef struct
{
  const char *key; /* static */
  char *message;   /* one sentence */
} GscConfigFault;
GPtrArray *gsc_config_get_faults (const GscConfig *config);

/* Sets one key from text ("task_rule", "random"). Does not validate ranges. @error: UNKNOWN_KEY
 * naming the nearest known key, or PARSE. */
gboolean gsc_config_set (GscConfig *config, const char *key, const char *value, GError **error);

/* The value of @key as text that gsc_config_set() reads back exactly, or NULL for an unknown key.
 * Free with g_free(). */
char *gsc_config_get (const GscConfig *config, const char *key);

/* All keys in file order, NULL-terminated; static. */
const char *const *gsc_config_get_keys (void);

/* What @key means, one static sentence for --help and the manual, or NULL for an unknown key. */
const char *gsc_config_get_help (const char *key);

/* What @key takes: "a whole number from 1 to 8", "rectangle or random"; NULL for an unknown key.
 * Free with g_free(). */
char *gsc_config_describe_values (const char *key);

/* JSON: an object with every key. Reading starts from @config's present values, so that a partial
 * object changes only what it names; unknown keys and wrong types are errors. Not range-checked. */
JsonNode *gsc_config_to_json (const GscConfig *config);
gboolean gsc_config_read_json (GscConfig *config, JsonNode *node, GError **error);

/* The text of config.json: one key a line, in the keys' order, shortest numbers; the same config
 * gives the same bytes. Free with g_free(). */
char *gsc_config_to_text (const GscConfig *config);

/* Reads JSON text of @length bytes as gsc_config_read_json() does; refuses keys that occur twice.
 * PARSE errors. */
gboolean gsc_config_read_text (GscConfig *config, const char *text, gsize length, GError **error);

/* Files of at most 1 MiB. @error names the file. Loading also validates, and leaves @config as it
 * was on FALSE. */
gboolean gsc_config_load (GscConfig *config, const char *path, GError **error);
gboolean gsc_config_save (const GscConfig *config, const char *path, GError **error);

gboolean gsc_config_equal (const GscConfig *a, const GscConfig *b);

/* The model this config trains; vocabulary = p. */
void gsc_config_get_model (const GscConfig *config, GscModelConfig *model);

/* Tokens the model reads per sequence: 3 * shots - 1. */
static inline int
gsc_config_get_time (const GscConfig *config)
{
  return 3 * config->shots - 1;
}

G_END_DECLS
