/* gsc-projection-text.c - a projection in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-projection-text.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-circle-score.h"
#include "gsc-figure-pages.h"
#include "gsc-zp.h"

/* A circle with less is none: it would be written as 0.00. */
#define LEAST_SHARE 0.005

void
gsc_projection_logs_init (GscProjectionLogs *logs, int p)
{
  logs->root = gsc_zp_shown_root (p);
  logs->log = g_new (int, p);
  gsc_zp_discrete_log (p, logs->root, logs->log);
}

void
gsc_projection_logs_clear (GscProjectionLogs *logs)
{
  g_clear_pointer (&logs->log, g_free);
}

/* Names */

static gboolean
is_embedding (const GscProjectionSource *source)
{
  return source->part == GSC_PROJECTION_EMBEDDING;
}

char
gsc_projection_text_get_slot (const GscProjectionSource *source, guint index)
{
  static const char *const names[] = {
    [GSC_SLOTS_XY] = "xy",
    [GSC_SLOTS_XZ] = "xz",
    [GSC_SLOTS_YZ] = "yz",
  };

  return is_embedding (source) ? 'n' : names[source->slots][index];
}

char *
gsc_projection_text_name_first (const GscProjectionSource *source)
{
  if (is_embedding (source))
    /* Translators: a whole number modulo p. */
    return g_strdup (C_ ("modulo p", "number"));
  return g_strdup_printf ("%c", gsc_projection_text_get_slot (source, 0));
}

static char *
describe_part (const GscProjectionSource *source, gboolean shorter)
{
  if (is_embedding (source))
    return g_strdup (shorter ? _ ("embedding") : _ ("embedding of the numbers"));
  if (source->part == GSC_PROJECTION_HEAD)
    return gsc_figure_pages_describe_head (source->layer, source->head);
  /* Translators: a multi-layer perceptron, the part of a layer after its heads. */
  if (source->part == GSC_PROJECTION_MLP)
    return g_strdup_printf (shorter ? _ ("layer %u, MLP") : _ ("MLP of layer %u"),
                            source->layer + 1);
  return g_strdup_printf (shorter ? _ ("layer %u") : _ ("output of layer %u"), source->layer + 1);
}

static const char *
get_source_format (const GscProjectionSource *source, gboolean shorter)
{
  /* Translators: a part of the model, and which two numbers of which example vary. */
  if (source->centred)
    return shorter ? _ ("%s: %c, %c of example %u") : _ ("%s, slots %c and %c of example %u");
  /* Translators: the same, computed as the paper does. */
  return shorter ? _ ("%s: %c, %c of example %u (paper)")
                 : _ ("%s, slots %c and %c of example %u, as in the paper");
}

char *
gsc_projection_text_describe_source (const GscProjectionSource *source, gboolean shorter)
{
  g_autofree char *part = describe_part (source, shorter);

  if (!is_embedding (source))
    return g_strdup_printf (get_source_format (source, shorter), part,
                            gsc_projection_text_get_slot (source, 0),
                            gsc_projection_text_get_slot (source, 1), source->example + 1);
  if (source->centred)
    return g_steal_pointer (&part);
  /* Translators: a part of the model, computed as the paper does. */
  return g_strdup_printf (shorter ? _ ("%s (paper)") : _ ("%s, as in the paper"), part);
}

/* Circle score */

/* "3 log x − log y" */
static char *
describe_character (const GscCircleCharacter *character, const GscProjectionSource *source)
{
  GString *text = g_string_new (NULL);
  const int turns[] = { character->first, character->second };
  gboolean begun = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      int n = ABS (turns[i]);

      if (n == 0)
        continue;
      g_string_append (text, begun ? (turns[i] < 0 ? " − " : " + ") : (turns[i] < 0 ? "−" : ""));
      if (n > 1)
        g_string_append_printf (text, "%d ", n);
      g_string_append_printf (text, "log %c", gsc_projection_text_get_slot (source, i));
      begun = TRUE;
    }
  return g_string_free (text, FALSE);
}

char *
gsc_projection_text_describe_score (const GscProjection *projection, guint detail)
{
  g_autoptr (GString) terms = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GscCircleScore score;

  if (!gsc_circle_score_init (&score, projection))
    return NULL;
  first = describe_character (&score.strongest[0], &projection->source);
  second = describe_character (&score.strongest[1], &projection->source);
  g_string_append (terms, GSC_SHARE (score.strongest[0].share));
  if (detail > 0 && score.strongest[0].share >= LEAST_SHARE)
    g_string_append_printf (terms, ": %s", first);
  if (detail > 1 && score.strongest[1].share >= LEAST_SHARE)
    /* Translators: the next strongest circle: its share and what goes round it. */
    g_string_append_printf (terms, _ (", then %s: %s"), GSC_SHARE (score.strongest[1].share),
                            second);
  if (detail > 0 && score.parity >= LEAST_SHARE)
    /* Translators: the share that lies between even and odd logarithms. */
    g_string_append_printf (terms, _ ("; even/odd %s"), GSC_SHARE (score.parity));
  if (detail > 1)
    g_string_append_printf (terms, _ ("; noise %s"), GSC_SHARE (score.noise));
  /* Translators: how much of the points' spread lies on circles, and the base of the logarithms. */
  return g_strdup_printf (_ ("circle score %s (base %d)"), terms->str, score.root);
}

/* Points */

static void
append_log (GString *text, char slot, int log)
{
  if (log < 0)
    /* Translators: zero has no logarithm. */
    g_string_append_printf (text, _ ("log %c: none"), slot);
  else
    g_string_append_printf (text, _ ("log %c = %d"), slot, log);
}

char *
gsc_projection_text_describe_point (const GscProjection *projection, guint point)
{
  const GscProjectionSource *source = &projection->source;
  int first = MIN (projection->first[point], projection->p - 1);
  int second = MIN (projection->second[point], projection->p - 1);
  char slots[]
      = { gsc_projection_text_get_slot (source, 0), gsc_projection_text_get_slot (source, 1) };
  GString *text = g_string_new (NULL);
  char x[GSC_TICK_LABEL_SIZE], y[GSC_TICK_LABEL_SIZE];
  g_auto (GscProjectionLogs) logs = { 0 };

  gsc_projection_logs_init (&logs, projection->p);
  if (is_embedding (source))
    {
      g_string_append_printf (text, _ ("number %d\n"), first);
      append_log (text, slots[0], logs.log[first]);
    }
  else
    {
      g_string_append_printf (text, "%c = %d, %c = %d\n", slots[0], first, slots[1], second);
      append_log (text, slots[0], logs.log[first]);
      g_string_append (text, ", ");
      append_log (text, slots[1], logs.log[second]);
    }
  g_string_append_c (text, ' ');
  /* Translators: the base of the logarithms before, and two coordinates. */
  g_string_append_printf (text, _ ("(base %d)\nPC 1 = %s, PC 2 = %s"), logs.root,
                          gsc_figure_pages_format (projection->x[point], 3, x),
                          gsc_figure_pages_format (projection->y[point], 3, y));
  return g_string_free (text, FALSE);
}

/* Summary */

/* The share of the spread in the plane that lies between groups: 1 if the points of a group are
 * all in one place. group[point] is in 0..n_groups-1, or below 0 for points that do not count; NaN
 * where all points are in one place. */
static double
measure_between (const GscProjection *projection, const int *group, guint n_groups)
{
  g_autofree double *sums = g_new0 (double, 3 * n_groups);
  double total[3] = { 0 };
  double spread = 0, between = 0;

  for (guint i = 0; i < projection->n; i++)
    {
      const double terms[] = { 1, projection->x[i], projection->y[i] };

      for (guint k = 0; k < 3 && group[i] >= 0; k++)
        {
          sums[3 * group[i] + (int) k] += terms[k];
          total[k] += terms[k];
        }
    }
  for (guint i = 0; i < projection->n; i++)
    if (group[i] >= 0)
      {
        double x = projection->x[i] - total[1] / total[0];
        double y = projection->y[i] - total[2] / total[0];

        spread += x * x + y * y;
      }
  for (guint i = 0; i < n_groups; i++)
    if (sums[3 * i] > 0)
      {
        double x = sums[3 * i + 1] / sums[3 * i] - total[1] / total[0];
        double y = sums[3 * i + 2] / sums[3 * i] - total[2] / total[0];

        between += sums[3 * i] * (x * x + y * y);
      }
  return between / spread;
}

/* Of the spread in the plane: the shares between values of the first slot, and between even and odd
 * logarithms of it. */
static void
measure_order (const GscProjection *projection, double *by_value, double *by_parity)
{
  g_autofree int *group = g_new (int, projection->n);
  g_auto (GscProjectionLogs) logs = { 0 };

  gsc_projection_logs_init (&logs, projection->p);
  for (guint i = 0; i < projection->n; i++)
    group[i] = MIN (projection->first[i], projection->p - 1);
  *by_value = measure_between (projection, group, (guint) projection->p);
  for (guint i = 0; i < projection->n; i++)
    group[i] = logs.log[group[i]] < 0 ? -1 : logs.log[group[i]] % 2;
  *by_parity = measure_between (projection, group, 2);
}

char *
gsc_projection_text_summarise (const GscProjection *projection)
{
  g_autofree char *source = gsc_projection_text_describe_source (&projection->source, FALSE);
  g_autofree char *first = gsc_projection_text_name_first (&projection->source);
  g_autofree char *score = gsc_projection_text_describe_score (projection, 2);
  GString *text;
  double by_value, by_parity;

  measure_order (projection, &by_value, &by_parity);
  if (!isfinite (by_value) || !isfinite (by_parity))
    return g_strdup_printf (_ ("Projection of %s, %u points: they are all in one place."), source,
                            projection->n);
  text = g_string_new (NULL);
  /* Translators: a part of the model, a number of points, and two percentages. */
  g_string_append_printf (text,
                          _ ("Projection of %s, %u points: two components hold %s and %s of the "
                             "variance."),
                          source, projection->n, GSC_PERCENT (projection->variance[0]),
                          GSC_PERCENT (projection->variance[1]));
  g_string_append_c (text, ' ');
  if (is_embedding (&projection->source))
    g_string_append_printf (text,
                            _ ("Of the spread in this plane, %s lies between even and odd "
                               "logarithms."),
                            GSC_PERCENT (by_parity));
  else
    /* Translators: the second %s is x or y. */
    g_string_append_printf (text,
                            _ ("Of the spread in this plane, %s lies between values of %s, %s "
                               "between its even and odd logarithms."),
                            GSC_PERCENT (by_value), first, GSC_PERCENT (by_parity));
  if (score != NULL)
    {
      g_autofree char *sentence = gsc_figure_pages_begin_sentence (score);
      g_autofree char *whole = gsc_figure_pages_end_sentence (sentence);

      g_string_append_printf (text, " %s", whole);
    }
  return g_string_free (text, FALSE);
}
