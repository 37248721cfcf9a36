/* gsc-ratio-match.c - the skill of ratio matching on one context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ratio-match.h"

#include "gsc-zp.h"

/* The c in 0..p-1 with (x, y) = c (example[0], example[1]), or -1 if there is none. */
static int
find_ratio (int p, const gint32 *example, int x, int y)
{
  if (x == 0 && y == 0)
    return 0;
  if ((example[0] == 0 && example[1] == 0) || (x * example[1] - y * example[0]) % p != 0)
    return -1;
  if (example[0] != 0)
    return x * gsc_zp_inverse (example[0], p) % p;
  return y * gsc_zp_inverse (example[1], p) % p;
}

GscRatioMatch
gsc_ratio_match (int p, const gint32 *tokens, guint n_examples, int x, int y, guint *explaining)
{
  GscRatioMatch match = { FALSE, -1, TRUE, 0 };
  guint votes[GSC_ZP_MAX] = { 0 };

  for (guint i = 0; i < n_examples; i++)
    {
      const gint32 *example = &tokens[3 * i];
      int ratio = find_ratio (p, example, x, y);

      if (ratio < 0)
        continue;
      votes[ratio * example[2] % p]++;
      if (explaining != NULL)
        explaining[match.n_explaining] = i;
      match.n_explaining++;
    }
  match.answerable = match.n_explaining > 0 || (x == 0 && y == 0);
  if (!match.answerable)
    return match;

  match.answer = 0; /* the answer to (0, 0), if there is no example */
  for (int z = 1; z < p; z++)
    if (votes[z] > votes[match.answer])
      match.answer = z;
  match.unanimous = votes[match.answer] == match.n_explaining;
  return match;
}
