/* gsc-head-roles.c - what a head looks at, in a few numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-roles.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "gsc-ratio-match.h"

/* Tokens of an example: x, y and z. */
#define SLOTS 3

static void
add (GscHeadRoles *roles, GscHeadRole role, double share, double chance)
{
  roles->share[role] += share;
  roles->chance[role] += chance;
  roles->queries[role]++;
}

static double
add_up (const float *weights, guint first, guint end, guint stride)
{
  double sum = 0;

  for (guint key = first; key < end; key += stride)
    sum += weights[key];
  return sum;
}

/* The roles that depend on positions alone. */
static void
add_places (GscHeadRoles *roles, const float *weights, guint query)
{
  double even = 1.0 / (query + 1);
  guint slot = query % SLOTS, start = query - slot;

  add (roles, GSC_HEAD_ROLE_PREVIOUS, weights[query - 1], even);
  add (roles, GSC_HEAD_ROLE_FIRST, weights[0], even);
  if (query >= 2)
    add (roles, GSC_HEAD_ROLE_TWO_BACK, weights[query - 2], even);
  if (start == 0)
    return;
  add (roles, GSC_HEAD_ROLE_EXAMPLE, add_up (weights, start, query + 1, 1), (slot + 1) * even);
  add (roles, GSC_HEAD_ROLE_SLOT, add_up (weights, slot, start, SLOTS), start / SLOTS * even);
}

static void
add_ratio (GscHeadRoles *roles,
           int p,
           const gint32 *tokens,
           const float *weights,
           guint query,
           guint *explaining)
{
  guint n_examples = query / SLOTS;
  const gint32 *last = tokens + query;
  guint n = gsc_ratio_match (p, tokens, n_examples, last[-1], last[0], explaining).n_explaining;
  double share = 0;

  if (n == 0 || n == n_examples)
    return;
  for (guint i = 0; i < n; i++)
    share += add_up (weights, SLOTS * explaining[i], SLOTS * (explaining[i] + 1), 1);
  add (roles, GSC_HEAD_ROLE_RATIO, share,
       add_up (weights, 0, SLOTS * n_examples, 1) * n / n_examples);
}

/* The entropy of a query's weights over that of even ones. */
static double
measure_spread (const float *weights, guint query)
{
  double entropy = 0;

  for (guint key = 0; key <= query; key++)
    if (weights[key] > 0)
      entropy -= weights[key] * log (weights[key]);
  return entropy / log (query + 1.0);
}

static void
choose_best (GscHeadRoles *roles)
{
  double greatest = GSC_HEAD_ROLE_THRESHOLD;

  roles->best = GSC_HEAD_ROLE_NONE;
  for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
    if (roles->queries[role] >= GSC_HEAD_ROLE_MIN_QUERIES
        && gsc_head_roles_get_excess (roles, role) >= greatest)
      {
        greatest = gsc_head_roles_get_excess (roles, role);
        roles->best = role;
      }
}

void
gsc_head_roles_measure (
    GscHeadRoles *roles, int p, const gint32 *tokens, guint n, const float *attention, gsize stride)
{
  g_autofree guint *explaining = g_new (guint, n / SLOTS + 1);

  memset (roles, 0, sizeof *roles);
  for (guint query = 1; query < n; query++)
    {
      const float *weights = attention + query * stride;

      add_places (roles, weights, query);
      if (query % SLOTS == 1)
        add_ratio (roles, p, tokens, weights, query, explaining);
      roles->spread += measure_spread (weights, query);
    }
  for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
    {
      roles->share[role] /= roles->queries[role]; /* NaN without any */
      roles->chance[role] /= roles->queries[role];
    }
  roles->spread /= roles->queries[GSC_HEAD_ROLE_PREVIOUS]; /* all queries but the first, too */
  choose_best (roles);
}

void
gsc_head_roles_pool (GscHeadRoles *roles, const GscHeadRoles *parts, guint n_parts, gsize stride)
{
  memset (roles, 0, sizeof *roles);
  for (guint i = 0; i < n_parts; i++)
    {
      const GscHeadRoles *part = &parts[i * stride];

      for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
        {
          if (part->queries[role] == 0)
            continue;
          roles->share[role] += part->queries[role] * part->share[role];
          roles->chance[role] += part->queries[role] * part->chance[role];
          roles->queries[role] += part->queries[role];
        }
      if (part->queries[GSC_HEAD_ROLE_PREVIOUS] > 0)
        roles->spread += part->queries[GSC_HEAD_ROLE_PREVIOUS] * part->spread;
    }
  for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
    {
      roles->share[role] /= roles->queries[role];
      roles->chance[role] /= roles->queries[role];
    }
  roles->spread /= roles->queries[GSC_HEAD_ROLE_PREVIOUS];
  choose_best (roles);
}

double
gsc_head_roles_get_excess (const GscHeadRoles *roles, GscHeadRole role)
{
  return (roles->share[role] - roles->chance[role]) / (1 - roles->chance[role]);
}

const char *
gsc_head_role_get_name (GscHeadRole role)
{
  static const char *const names[]
      = { "previous", "two-back", "first", "example", "slot", "ratio", "none" };

  return names[role];
}

const char *
gsc_head_role_get_title (GscHeadRole role)
{
  static const char *const titles[] = {
    /* Translators: what a head of attention looks at, "previous token 0.93" for instance. A token
     * is one number of the sequence x y z x y z ..., an example three of them; a slot is x, y or z;
     * a ratio is that of x and y. */
    N_ ("previous token"),
    N_ ("two tokens before"),
    N_ ("first token"),
    N_ ("own example"),
    N_ ("same slot of earlier examples"),
    N_ ("same ratio"),
    N_ ("no role"),
  };

  return _ (titles[role]);
}
