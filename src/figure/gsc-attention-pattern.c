/* gsc-attention-pattern.c - what a head looks at, in a few numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-attention-pattern.h"

#include <math.h>

#include "gsc-ticks.h"

/* Tokens of an example: x, y and z. */
#define SLOTS 3

/* Mean weight on the token @back places before, queries from @first on. */
static double
measure_offset (const GscProbe *probe, guint layer, guint head, guint n, guint first, guint back)
{
  double sum = 0;

  for (guint query = first; query < n; query++)
    sum += gsc_probe_get_weight (probe, layer, head, query, query - back);
  return n > first ? sum / (n - first) : NAN;
}

void
gsc_attention_pattern_measure (
    GscAttentionPattern *pattern, const GscProbe *probe, guint layer, guint head, guint n)
{
  double first = 0, example = 0, same_slot = 0;

  for (guint query = 1; query < n; query++)
    {
      first += gsc_probe_get_weight (probe, layer, head, query, 0);
      if (query < SLOTS)
        continue;
      for (guint key = query - query % SLOTS; key <= query; key++)
        example += gsc_probe_get_weight (probe, layer, head, query, key);
      for (guint key = query % SLOTS; key < query; key += SLOTS)
        same_slot += gsc_probe_get_weight (probe, layer, head, query, key);
    }
  *pattern = (GscAttentionPattern){
    .previous = measure_offset (probe, layer, head, n, 1, 1),
    .offset = measure_offset (probe, layer, head, n, n / 2, 0),
    .first = n > 1 ? first / (n - 1) : NAN,
    .example = n > SLOTS ? example / (n - SLOTS) : NAN,
    .same_slot = n > SLOTS ? same_slot / (n - SLOTS) : NAN,
  };
  for (guint back = 1; back <= n / 2; back++)
    {
      double offset = measure_offset (probe, layer, head, n, n / 2, back);

      if (offset > pattern->offset)
        {
          pattern->offset = offset;
          pattern->back = back;
        }
    }
}

typedef struct
{
  const char *name;
  double value;
} Part;

static int
compare_parts (gconstpointer a, gconstpointer b, gpointer data)
{
  const Part *first = a;
  const Part *second = b;

  /* NaN after all others */
  if (isnan (first->value) || isnan (second->value))
    return isnan (first->value) - isnan (second->value);
  return (first->value < second->value) - (first->value > second->value);
}

char *
gsc_attention_pattern_describe (const GscAttentionPattern *pattern)
{
  g_autofree char *back = pattern->back == 0 ? g_strdup ("itself")
                                             : g_strdup_printf ("%u tokens before", pattern->back);
  Part parts[] = {
    { back, pattern->offset }, /* left out where it is the previous token */
    { "own example", pattern->example },
    { "same slot of earlier examples", pattern->same_slot },
    { "previous token", pattern->previous },
    { "first token", pattern->first },
  };
  guint start = pattern->back == 1;
  GString *text = g_string_new (NULL);

  /* a stable order among equals, so that the same numbers give the same sentence */
  g_qsort_with_data (parts + start, (int) (G_N_ELEMENTS (parts) - start), sizeof *parts,
                     compare_parts, NULL);
  for (guint i = start; i < G_N_ELEMENTS (parts); i++)
    {
      char value[GSC_TICK_LABEL_SIZE] = "–";

      if (!isnan (parts[i].value))
        gsc_ticks_format (parts[i].value, -2, FALSE, value);
      g_string_append_printf (text, "%s%s %s", i > start ? ", " : "", parts[i].name, value);
    }
  return g_string_free (text, FALSE);
}
