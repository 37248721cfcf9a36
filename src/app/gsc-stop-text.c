/* gsc-stop-text.c - the rule of early stopping as a user types it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-stop-text.h"

#include <glib/gi18n.h>

#include "gsc-number.h"

char *
gsc_stop_text_get (const GscStopRule *rule, const char *key)
{
  char number[GSC_NUMBER_TEXT_SIZE];

  if (g_str_equal (key, "stop_patience"))
    return g_strdup_printf ("%d", rule->patience);
  if (g_str_equal (key, "stop_step"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, rule->step);
  if (g_str_equal (key, "stop_accuracy"))
    return g_strdup (gsc_number_format (rule->accuracy, number));
  if (g_str_equal (key, "stop_only_marks"))
    return g_strdup (rule->only_marks ? "true" : "false");
  return g_strdup (gsc_stop_mode_get_name (rule->mode));
}

char *
gsc_stop_text_set (GscStopRule *rule, const char *key, const char *text)
{
  gint64 whole;
  double number;

  if (g_str_equal (key, "stop_patience"))
    {
      if (!gsc_number_parse_int (text, &whole) || whole < 1 || whole > G_MAXINT)
        return g_strdup_printf (
            _ ("The patience must be a whole number of records, at least 1, not “%s”."), text);
      rule->patience = (int) whole;
    }
  else if (g_str_equal (key, "stop_step"))
    {
      if (!gsc_number_parse_int (text, &whole) || whole < 1)
        return g_strdup_printf (
            _ ("The step to stop at must be a whole number of at least 1, not “%s”."), text);
      rule->step = whole;
    }
  else if (g_str_equal (key, "stop_accuracy"))
    {
      if (!gsc_number_parse (text, &number) || !(number > 0 && number <= 1))
        return g_strdup_printf (
            _ ("The accuracy to stop at must be a number above 0 and at most 1, not “%s”."), text);
      rule->accuracy = number;
    }
  else if (g_str_equal (key, "stop_only_marks"))
    {
      if (!g_str_equal (text, "true") && !g_str_equal (text, "false"))
        return g_strdup_printf (_ ("Only marking must be true or false, not “%s”."), text);
      rule->only_marks = g_str_equal (text, "true");
    }
  else
    {
      int mode = gsc_stop_mode_find (text);

      if (mode < 0)
        return g_strdup_printf (
            _ ("Early stopping must be off, patience, step or accuracy, not “%s”."), text);
      rule->mode = (GscStopMode) mode;
    }
  return NULL;
}

const char *
gsc_stop_text_get_key (GscStopMode mode)
{
  switch (mode)
    {
    case GSC_STOP_PATIENCE:
      return "stop_patience";
    case GSC_STOP_AT_STEP:
      return "stop_step";
    case GSC_STOP_AT_ACCURACY:
      return "stop_accuracy";
    case GSC_STOP_OFF:
    default:
      return NULL;
    }
}

gboolean
gsc_stop_text_is_used (const GscStopRule *rule, const char *key)
{
  if (g_str_equal (key, "stop"))
    return TRUE;
  if (g_str_equal (key, "stop_only_marks"))
    return rule->mode != GSC_STOP_OFF;
  return g_strcmp0 (gsc_stop_text_get_key (rule->mode), key) == 0;
}
