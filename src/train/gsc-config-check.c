/* gsc-config-check.c - what is wrong with a recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "gsc-config-key.h"
#include "gsc-input-split.h"
#include "gsc-number.h"
#include "gsc-zp.h"

/* The faults found so far, and which keys are fine by themselves: a check that relates two keys
 * makes sense only then. */
typedef struct
{
  const GscConfig *config;
  GPtrArray *faults;
} Checking;

static void
fault_free (gpointer data)
{
  GscConfigFault *fault = data;

  g_free (fault->message);
  g_free (fault);
}

static void G_GNUC_PRINTF (3, 4)
    add_fault (Checking *checking, const char *key, const char *format, ...)
{
  GscConfigFault *fault = g_new0 (GscConfigFault, 1);
  va_list arguments;

  va_start (arguments, format);
  fault->key = key;
  fault->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (checking->faults, fault);
}

static gboolean
is_fine (const Checking *checking, const char *key)
{
  for (guint i = 0; i < checking->faults->len; i++)
    {
      const GscConfigFault *fault = g_ptr_array_index (checking->faults, i);

      if (g_str_equal (fault->key, key))
        return FALSE;
    }
  return TRUE;
}

static void
check_prime (Checking *checking)
{
  int p = checking->config->p;
  int below = p - 1, above = p + 1;

  if (gsc_zp_check_prime (p, NULL))
    return;
  if (p < GSC_ZP_MIN || p > GSC_ZP_MAX)
    {
      add_fault (checking, "p", _ ("p must be a prime from %d to %d, not %d; the nearest is %d."),
                 GSC_ZP_MIN, GSC_ZP_MAX, p, p < GSC_ZP_MIN ? GSC_ZP_MIN : GSC_ZP_MAX);
      return;
    }
  while (!gsc_zp_is_prime (below))
    below--;
  while (!gsc_zp_is_prime (above))
    above++;
  if (p - below == above - p)
    add_fault (checking, "p",
               _ ("p must be a prime from %d to %d, not %d; the nearest are %d and %d."),
               GSC_ZP_MIN, GSC_ZP_MAX, p, below, above);
  else
    add_fault (checking, "p", _ ("p must be a prime from %d to %d, not %d; the nearest is %d."),
               GSC_ZP_MIN, GSC_ZP_MAX, p, p - below < above - p ? below : above);
}

static void
check_ranges (Checking *checking)
{
  guint n_keys;
  const GscConfigKey *keys = gsc_config_key_get_all (&n_keys);

  for (guint i = 0; i < n_keys; i++)
    if (g_str_equal (keys[i].name, "p"))
      check_prime (checking);
    else if (!gsc_config_key_in_range (&keys[i], checking->config))
      {
        g_autofree char *takes = gsc_config_key_describe (&keys[i]);
        g_autofree char *value = gsc_config_key_get_text (&keys[i], checking->config);

        add_fault (checking, keys[i].name, _ ("%s must be %s, not %s."), keys[i].name, takes,
                   value);
      }
}

/* "the nearest are 56 and 64": the multiples of @step next to @value, those within @max. */
static char *
describe_multiples (int value, int step, int max)
{
  int below = value / step * step;
  int above = below + step;

  if (below < step)
    return g_strdup_printf (_ ("the nearest is %d"), above);
  if (above > max)
    return g_strdup_printf (_ ("the nearest is %d"), below);
  return g_strdup_printf (_ ("the nearest are %d and %d"), below, above);
}

static void
check_width (Checking *checking)
{
  const GscConfig *config = checking->config;
  g_autofree char *multiples = NULL;

  if (!is_fine (checking, "width") || !is_fine (checking, "heads")
      || config->width % (2 * config->heads) == 0)
    return;
  multiples = describe_multiples (config->width, 2 * config->heads, GSC_MODEL_MAX_WIDTH);
  add_fault (checking, "width",
             _ ("width must be a multiple of %d (twice the number of heads), not %d; %s."),
             2 * config->heads, config->width, multiples);
}

static void
check_tasks (Checking *checking)
{
  const GscConfig *config = checking->config;
  int max = is_fine (checking, "p") ? config->p * config->p - 1 : G_MAXINT;
  g_autofree char *multiples = NULL;

  if (!is_fine (checking, "tasks"))
    return;
  if (config->tasks > max)
    {
      add_fault (
          checking, "tasks",
          _ ("tasks must be from 1 to %d at p = %d, so that at least one task is held out, not "
             "%d."),
          max, config->p, config->tasks);
      return;
    }
  if (!is_fine (checking, "task_rule") || config->task_rule != GSC_TASK_RULE_RECTANGLE
      || config->tasks % 4 == 0)
    return;
  multiples = describe_multiples (config->tasks, 4, max);
  add_fault (checking, "tasks",
             _ ("tasks must be a multiple of 4 by the rectangle rule, not %d; %s."), config->tasks,
             multiples);
}

static void
check_alpha (Checking *checking)
{
  const GscConfig *config = checking->config;
  int n_pairs;
  char least[GSC_NUMBER_TEXT_SIZE], most[GSC_NUMBER_TEXT_SIZE], alpha[GSC_NUMBER_TEXT_SIZE];

  if (!is_fine (checking, "p") || !is_fine (checking, "alpha")
      || gsc_input_split_check (config->p, config->alpha, NULL))
    return;
  n_pairs = config->p * config->p;
  add_fault (
      checking, "alpha",
      _ ("alpha must be from %s to %s at p = %d, so that of the %d input pairs at least one is "
         "a training input and one a test input, not %s."),
      g_ascii_formatd (least, sizeof least, "%.4f", 1.0 / n_pairs),
      g_ascii_formatd (most, sizeof most, "%.4f", 1 - 1.0 / n_pairs), config->p, n_pairs,
      gsc_number_format (config->alpha, alpha));
}

/* A step multiplies the weights by 1 - lr x decay. */
static void
check_decay (Checking *checking, const char *decay_key, double decay, const char *lr_key, double lr)
{
  char limit[GSC_NUMBER_TEXT_SIZE], rate[GSC_NUMBER_TEXT_SIZE], value[GSC_NUMBER_TEXT_SIZE];

  if (!is_fine (checking, decay_key) || !is_fine (checking, lr_key) || lr * decay < 1)
    return;
  add_fault (checking, decay_key,
             _ ("%s must be below %s (1 / %s) when %s is %s, not %s: each step would take away all "
                "the weights."),
             decay_key, g_ascii_formatd (limit, sizeof limit, "%.6g", 1 / lr), lr_key, lr_key,
             gsc_number_format (lr, rate), gsc_number_format (decay, value));
}

GPtrArray *
gsc_config_get_faults (const GscConfig *config)
{
  Checking checking = { config, g_ptr_array_new_with_free_func (fault_free) };

  check_ranges (&checking);
  check_width (&checking);
  check_tasks (&checking);
  check_alpha (&checking);
  check_decay (&checking, "weight_decay", config->weight_decay, "lr", config->lr);
  check_decay (&checking, "muon_weight_decay", config->muon_weight_decay, "muon_lr",
               config->muon_lr);
  return checking.faults;
}

gboolean
gsc_config_validate (const GscConfig *config, GError **error)
{
  g_autoptr (GPtrArray) faults = gsc_config_get_faults (config);
  g_autoptr (GString) lines = g_string_new (NULL);

  if (faults->len == 0)
    return TRUE;
  for (guint i = 0; i < faults->len; i++)
    {
      const GscConfigFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "", fault->message);
    }
  g_set_error_literal (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID, lines->str);
  return FALSE;
}
