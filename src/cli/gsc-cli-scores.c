/* gsc-cli-scores.c - how far a run has come, as a small table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-scores.h"

#include "gsc-cli.h"
#include "gsc-text-table.h"

const GscRecord *
gsc_cli_scores_find_best (const GPtrArray *records)
{
  const GscRecord *best = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const GscRecord *record = g_ptr_array_index (records, i);

      if (best == NULL
          || record->sets[GSC_SET_OOD_TEST].last_accuracy
                 > best->sets[GSC_SET_OOD_TEST].last_accuracy)
        best = record;
    }
  return best;
}

void
gsc_cli_scores_print (const GPtrArray *records)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("lrr");
  const GscRecord *last = g_ptr_array_index (records, records->len - 1);
  const GscRecord *best = gsc_cli_scores_find_best (records);

  gsc_cli_print (_ ("Accuracy at the last shot; the best is that on o.o.d./test:\n"));
  gsc_text_table_add (table, "%s", "");
  gsc_text_table_add (table, _ ("last (step %.0f)"), (double) last->step);
  gsc_text_table_add (table, _ ("best (step %.0f)"), (double) best->step);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      gsc_text_table_add (table, "%s", gsc_cli_get_set_title (i));
      gsc_text_table_add (table, "%.3f", last->sets[i].last_accuracy);
      gsc_text_table_add (table, "%.3f", best->sets[i].last_accuracy);
    }
  gsc_text_table_print (table, 2);
}
