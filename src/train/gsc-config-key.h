/* gsc-config-key.h - one key of a recipe: the table everything about keys is read from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading and writing as text and JSON, ranges and help all come from one table, so that they
 * cannot disagree. Used by the gsc-config*.c files only.
 */

#pragma once

#include "gsc-config.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_CONFIG_KEY_INT,     /* int */
  GSC_CONFIG_KEY_INT64,   /* gint64 */
  GSC_CONFIG_KEY_DOUBLE,  /* double */
  GSC_CONFIG_KEY_BOOLEAN, /* gboolean */
  GSC_CONFIG_KEY_CHOICE,  /* an enum; its text is values[number] */
} GscConfigKeyType;

typedef struct
{
  const char *name;
  GscConfigKeyType type;
  gsize offset;              /* of the field in GscConfig */
  const char *const *values; /* CHOICE: NULL-terminated */
  double min, max;           /* numbers: the range, whatever the other keys say */
  gboolean above_min;        /* min itself is not allowed */
  gboolean below_max;        /* nor max */
  const char *why;           /* what sets the limit, where it is no matter of course, or NULL */
  const char *help;          /* one sentence for --help and the manual */
} GscConfigKey;

/* All keys in file order. Static. */
const GscConfigKey *gsc_config_key_get_all (guint *n_keys);

/* The key called @name; UNKNOWN_KEY naming the nearest one if there is none. */
const GscConfigKey *gsc_config_key_find (const char *name, GError **error);

/* The field's value as a number; of any type. */
double gsc_config_key_get_number (const GscConfigKey *key, const GscConfig *config);

/* Stores a whole number or a choice's index, which must fit the field. */
void gsc_config_key_set_int (const GscConfigKey *key, GscConfig *config, gint64 value);
void gsc_config_key_set_double (const GscConfigKey *key, GscConfig *config, double value);

/* The field's whole number, truth value or choice index. */
gint64 gsc_config_key_get_int (const GscConfigKey *key, const GscConfig *config);

/* The value as text that gsc_config_set() reads back exactly. (transfer full) */
char *gsc_config_key_get_text (const GscConfigKey *key, const GscConfig *config);

/* What the key takes: "a whole number from 1 to 8", "rectangle or random". (transfer full) */
char *gsc_config_key_describe (const GscConfigKey *key);

/* Whether the value is in the key's own range. */
gboolean gsc_config_key_in_range (const GscConfigKey *key, const GscConfig *config);

/* Index of @text among the choices, or -1. */
int gsc_config_key_find_choice (const GscConfigKey *key, const char *text);

G_END_DECLS
