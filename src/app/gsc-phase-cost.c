/* gsc-phase-cost.c - how long a phase diagram takes, and how much room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-cost.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-estimate.h"
#include "gsc-sweep-work.h"

typedef struct
{
  GscSweep *sweep;
  guint jobs;     /* at once */
  double seconds; /* of all of it */
  double disk;    /* bytes */
} Cost;

static void
cost_free (gpointer data)
{
  Cost *cost = data;

  gsc_sweep_free (cost->sweep);
  g_free (cost);
}

/* Runs of a sweep may keep fewer snapshots than runs that are alone: this is the most. */
static double
measure_disk (const GscSweep *sweep)
{
  double bytes = 0;

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      GscEstimate estimate;

      gsc_estimate_compute (&sweep->cells[i].config, &sweep->stop, &estimate);
      bytes += estimate.disk;
    }
  return bytes;
}

static void
measure_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Cost *cost = data;
  GError *error = NULL;
  double longest, total;

  if (!gsc_sweep_estimate_time (cost->sweep, 1, &longest, &total, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cost->seconds = MAX (longest, total / cost->jobs);
  cost->disk = measure_disk (cost->sweep);
  g_task_return_boolean (task, TRUE);
}

/* Two digits, since no more are known. */
static guint64
round_bytes (double bytes)
{
  double unit = pow (10, MAX (floor (log10 (MAX (bytes, 1))) - 1, 0));

  return (guint64) (unit * round (bytes / unit));
}

char *
gsc_phase_cost_count (const GscSweep *sweep)
{
  return g_strdup_printf (ngettext ("%u run", "%u runs", sweep->n_cells), sweep->n_cells);
}

void
gsc_phase_cost_measure_async (const GscSweep *sweep,
                              guint jobs,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *text = gsc_sweep_to_text (sweep);
  Cost *cost = g_new0 (Cost, 1);

  cost->sweep = gsc_sweep_parse (text, strlen (text), NULL);
  cost->jobs = MIN (jobs, sweep->n_cells);
  g_task_set_task_data (task, cost, cost_free);
  g_task_run_in_thread (task, measure_in_thread);
}

char *
gsc_phase_cost_measure_finish (GAsyncResult *result, GError **error)
{
  const Cost *cost = g_task_get_task_data (G_TASK (result));
  g_autofree char *runs = NULL;
  g_autofree char *time = NULL;
  g_autofree char *disk = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  runs = gsc_phase_cost_count (cost->sweep);
  time = gsc_estimate_seconds_to_text (cost->seconds);
  disk = g_format_size (round_bytes (cost->disk));
  /* Translators: "12 runs, about 15 minutes with 2 at a time, up to 40 MB on disk" */
  return g_strdup_printf (_ ("%s, %s with %u at a time, up to %s on disk"), runs, time, cost->jobs,
                          disk);
}
