/* gsc-run.h - one run as the app knows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-run-data.h"
#include "gsc-run-notes.h"
#include "gsc-snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_RUN_WAITING,    /* has steps left, and nobody trains it */
  GSC_RUN_TRAINING,   /* by this program */
  GSC_RUN_ELSEWHERE,  /* by another process */
  GSC_RUN_FINISHED,   /* all steps done, or stopped early */
  GSC_RUN_MODEL_FILE, /* a model file: nothing to train (gsc-model-file.h) */
  GSC_RUN_BROKEN,     /* cannot be read: see "message" */
} GscRunState;

#define GSC_TYPE_RUN (gsc_run_get_type ())
G_DECLARE_FINAL_TYPE (GscRun, gsc_run, GSC, RUN, GObject)

/* For the main thread. Properties, all but the first read-only for the views and notified:
 *   path (string)                 the folder, or the model file
 *   title (string)                for people
 *   state (int, GscRunState)
 *   step, steps (int64)           done, planned
 *   steps-per-second (double)     0 when not training
 *   seconds-left (double)         negative: not known
 *   loss (double)                 of the latest batch
 *   message (string or NULL)      what is wrong, or why it ended
 *   data (pointer, GscRunData)    NULL until gsc_run_load_async()
 *   snapshot (pointer, GscSnapshot) the weights last given out by the training, or those
 *     of a model file; NULL otherwise
 */
const char *gsc_run_get_path (GscRun *run);
const char *gsc_run_get_title (GscRun *run);
GscRunState gsc_run_get_state (GscRun *run);
gint64 gsc_run_get_step (GscRun *run);
gint64 gsc_run_get_steps (GscRun *run);
double gsc_run_get_steps_per_second (GscRun *run);
double gsc_run_get_seconds_left (GscRun *run);
double gsc_run_get_loss (GscRun *run);
const char *gsc_run_get_message (GscRun *run);
const GscConfig *gsc_run_get_config (GscRun *run); /* NULL for a broken run */
const GscRunNotes *gsc_run_get_notes (GscRun *run);
GscRunData *gsc_run_get_data (GscRun *run);      /* borrowed, or NULL */
GscSnapshot *gsc_run_get_snapshot (GscRun *run); /* borrowed, or NULL */

/* Reads records and references in a thread and sets "data", or "message" and the state BROKEN.
 * @callback is called when it is done (nullable). */
void gsc_run_load_async (GscRun *run, GAsyncReadyCallback callback, gpointer user_data);
gboolean gsc_run_load_finish (GscRun *run, GAsyncResult *result, GError **error);

/* What the library does with it. */
GscRun *gsc_run_new (const char *path);
void gsc_run_set_notes (GscRun *run, const GscRunNotes *notes);
void gsc_run_set_config (GscRun *run, const GscConfig *config);
void gsc_run_set_state (GscRun *run, GscRunState state, const char *message);
void gsc_run_set_progress (
    GscRun *run, gint64 step, double loss, double steps_per_second, double seconds_left);
void gsc_run_set_data (GscRun *run, GscRunData *data);
void gsc_run_set_snapshot (GscRun *run, GscSnapshot *snapshot);

G_END_DECLS
