/* gsc-kshot-columns.c - the numbers of shots that the k-shot grid shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-kshot-columns.h"

#include <math.h>

#define PAPER_THIRD 13
#define PAPER_LAST 31

const GscKshot *
gsc_kshot_columns_get_kshot (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_KSHOT];

  return insight != NULL ? insight->kshot : NULL;
}

guint
gsc_kshot_columns_find_last (const GscFrame *frame, const GscKshot *kshot)
{
  return MIN (kshot->n_examples, MAX ((guint) frame->run->config.shots, 1) - 1);
}

guint
gsc_kshot_columns_find_shot (const GscFrame *frame, const GscKshot *kshot)
{
  return MIN (frame->cursor.shot, gsc_kshot_columns_find_last (frame, kshot));
}

guint
gsc_kshot_columns_find (const GscFrame *frame,
                        const GscFigureOptions *options,
                        const GscKshot *kshot,
                        guint shots[GSC_KSHOT_MAX_COLUMNS])
{
  guint last = gsc_kshot_columns_find_last (frame, kshot);
  guint third = MAX ((guint) lround ((double) PAPER_THIRD * last / PAPER_LAST), 3);
  const guint wanted[GSC_KSHOT_MAX_COLUMNS]
      = { MIN (1, last), MIN (2, last), MIN (third, last), last };
  guint n = 0;

  if (options->kshot_view == GSC_KSHOT_CURSOR)
    {
      shots[0] = gsc_kshot_columns_find_shot (frame, kshot);
      return 1;
    }
  for (guint i = 0; i < GSC_KSHOT_MAX_COLUMNS; i++)
    if (n == 0 || wanted[i] > shots[n - 1])
      shots[n++] = wanted[i];
  return n;
}
