/* gsc-config.c - one experiment's whole recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-config.h"

#include <glib/gi18n.h>

#include "gsc-config-key.h"
#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-preset.h"

/* clang-format off */
G_DEFINE_QUARK (gsc-config-error-quark, gsc_config_error)
/* clang-format on */

void
gsc_config_init_default (GscConfig *config)
{
  *config = gsc_preset_get_default ()->config;
}

const char *const *
gsc_config_get_keys (void)
{
  static gsize names = 0;

  if (g_once_init_enter (&names))
    {
      guint n_keys;
      const GscConfigKey *keys = gsc_config_key_get_all (&n_keys);
      const char **list = g_new0 (const char *, n_keys + 1);

      for (guint i = 0; i < n_keys; i++)
        list[i] = keys[i].name;
      g_once_init_leave (&names, (gsize) list);
    }
  return (const char *const *) names;
}

const char *
gsc_config_get_help (const char *key)
{
  const GscConfigKey *found = gsc_config_key_find (key, NULL);

  return found != NULL ? _ (found->help) : NULL;
}

char *
gsc_config_describe_values (const char *key)
{
  const GscConfigKey *found = gsc_config_key_find (key, NULL);

  return found != NULL ? gsc_config_key_describe (found) : NULL;
}

/* Reads "true" and what people write for it. */
static gboolean
parse_boolean (const char *text, gint64 *value)
{
  static const char *const words[] = { "false", "true", "no", "yes", "0", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      {
        *value = i % 2;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_value (const GscConfigKey *key, GscConfig *config, const char *text)
{
  gint64 whole = 0;
  double number;

  switch (key->type)
    {
    case GSC_CONFIG_KEY_DOUBLE:
      if (!gsc_number_parse (text, &number))
        return FALSE;
      gsc_config_key_set_double (key, config, number);
      return TRUE;
    case GSC_CONFIG_KEY_BOOLEAN:
      if (!parse_boolean (text, &whole))
        return FALSE;
      break;
    case GSC_CONFIG_KEY_CHOICE:
      whole = gsc_config_key_find_choice (key, text);
      if (whole < 0)
        return FALSE;
      break;
    case GSC_CONFIG_KEY_INT:
      if (!gsc_number_parse_int (text, &whole) || whole < G_MININT || whole > G_MAXINT)
        return FALSE;
      break;
    case GSC_CONFIG_KEY_INT64:
    default:
      if (!gsc_number_parse_int (text, &whole))
        return FALSE;
      break;
    }
  gsc_config_key_set_int (key, config, whole);
  return TRUE;
}

gboolean
gsc_config_set (GscConfig *config, const char *key, const char *value, GError **error)
{
  const GscConfigKey *found = gsc_config_key_find (key, error);
  g_autofree char *takes = NULL;
  g_autofree char *quoted = NULL;

  if (found == NULL)
    return FALSE;
  if (parse_value (found, config, value))
    return TRUE;
  takes = gsc_config_key_describe (found);
  quoted = gsc_nearest_name_quote (value);
  g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE, _ ("%s must be %s, not “%s”."),
               found->name, takes, quoted);
  return FALSE;
}

char *
gsc_config_get (const GscConfig *config, const char *key)
{
  const GscConfigKey *found = gsc_config_key_find (key, NULL);

  return found != NULL ? gsc_config_key_get_text (found, config) : NULL;
}

gboolean
gsc_config_equal (const GscConfig *a, const GscConfig *b)
{
  guint n_keys;
  const GscConfigKey *keys = gsc_config_key_get_all (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    {
      gboolean equal;

      if (keys[i].type == GSC_CONFIG_KEY_DOUBLE)
        equal = gsc_config_key_get_number (&keys[i], a) == gsc_config_key_get_number (&keys[i], b);
      else if (keys[i].type == GSC_CONFIG_KEY_BOOLEAN)
        equal = !gsc_config_key_get_int (&keys[i], a) == !gsc_config_key_get_int (&keys[i], b);
      else
        equal = gsc_config_key_get_int (&keys[i], a) == gsc_config_key_get_int (&keys[i], b);
      if (!equal)
        return FALSE;
    }
  return TRUE;
}

void
gsc_config_get_model (const GscConfig *config, GscModelConfig *model)
{
  *model = (GscModelConfig){
    .vocab = config->p,
    .width = config->width,
    .heads = config->heads,
    .depth = config->depth,
    .activation = config->activation,
    .tied = config->tied,
  };
}
