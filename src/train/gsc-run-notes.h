/* gsc-run-notes.h - what people add to a run: its name, where it comes from, when to stop it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file notes.json in the run's folder, a flat JSON object, written atomically. A run without it
 * (one from the terminal) has the defaults: no file is no error, nor is a key that is not there or
 * not known.
 */

#pragma once

#include "gsc-stop-rule.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;   /* NULL: the folder's name */
  char *preset;  /* the preset it was started from, or NULL */
  char *example; /* it came with the program, as the example of this name; or NULL */
  char *parent;  /* folder name of the run it was branched from, or NULL */
  gint64 parent_step;
  GscStopRule stop;
  /* The run was declared finished at this step though steps were left; -1: it was not. Valid only
   * as long as no more steps are done, which may happen elsewhere. */
  gint64 ended_step;
  char *ended_why; /* the stop rule's explanation; NULL: the user ended it */
  /* When the stop rule first held, with the run ended there or only marked, this was the best step
   * so far, whose snapshot is kept whatever the budget; -1: it has not held. */
  gint64 best;
} GscRunNotes;

GscRunNotes *gsc_run_notes_new (void);
GscRunNotes *gsc_run_notes_copy (const GscRunNotes *notes);
void gsc_run_notes_free (GscRunNotes *notes);

/* Sets both fields; @why is copied. */
void gsc_run_notes_set_ended (GscRunNotes *notes, gint64 step, const char *why);

/* @error names the file and the fault; a damaged file is never overwritten by loading. */
GscRunNotes *gsc_run_notes_load (const char *run_path, GError **error);
gboolean gsc_run_notes_save (const GscRunNotes *notes, const char *run_path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRunNotes, gsc_run_notes_free)

G_END_DECLS
