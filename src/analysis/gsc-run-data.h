/* gsc-run-data.h - a run's recipe, splits, records and references
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run-folder.h"
#include "gsc-stop-rule.h"

G_BEGIN_DECLS

/* Accuracy by shot of the exact references (gsc-reference.h) on one kind of inputs, each
 * [config.shots]. Part of the data that the run's successive states share. */
typedef struct
{
  double *bayes;
  double *ratio;
  double *memorising_id; /* memorising Bayes, on its own tasks */
  double *memorising_ood;
} GscReferenceCurves;

typedef enum
{
  GSC_INPUTS_TRAIN,
  GSC_INPUTS_TEST,
  GSC_N_INPUTS,
} GscInputs;

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  char *name; /* of the run */
  GscConfig config;
  GscTaskSplit *tasks;
  GscInputSplit *inputs;
  GPtrArray *records;             /* of GscRecord, by step; may be empty */
  gboolean from_file;             /* of a model file: nothing is known of its training */
  GscStopRule stop;               /* when the run was, or was to be, ended early */
  GscReferenceCurves *references; /* [GSC_N_INPUTS] */
} GscRunData;

/* Takes references to @records (of GscRecord, by step) and the splits, which must be of @config->p.
 * Takes a moment (the references), well below a second for p = 29. */
GscRunData *gsc_run_data_new (const char *name,
                              const GscConfig *config,
                              GscTaskSplit *tasks,
                              GscInputSplit *inputs,
                              GPtrArray *records);

/* The same for a model file, without records. */
GscRunData *gsc_run_data_new_from_file (const char *name,
                                        const GscConfig *config,
                                        GscTaskSplit *tasks,
                                        GscInputSplit *inputs);

/* @data with one more record, whose step is after the others'; rests on the same splits, records
 * and references, so that a training can give out a new state of its run at each record. */
GscRunData *gsc_run_data_append (const GscRunData *data, GscRecord *record);

/* @data with another rule of early stopping; it is off in new data, and that of the run's notes in
 * data that is loaded. */
GscRunData *gsc_run_data_replace_stop (const GscRunData *data, const GscStopRule *stop);

/* @data under another name, and with the records of @records. */
GscRunData *gsc_run_data_rename (const GscRunData *data, const char *name);
GscRunData *gsc_run_data_replace_records (const GscRunData *data, GPtrArray *records);

/* Reads the run folder @path, whose name becomes the run's. @error: as gsc_run_folder_open() and
 * its reading functions. */
GscRunData *gsc_run_data_load (const char *path, GError **error);

GscRunData *gsc_run_data_ref (GscRunData *data);
void gsc_run_data_unref (GscRunData *data);

/* The index of the record meant by @which: "last", "best" (highest o.o.d./test accuracy at the last
 * shot; the earliest if several), or its step. -1 and GSC_RUN_ERROR_NO_SNAPSHOT if there is none;
 * the error names the nearest. */
int gsc_run_data_find_record (const GscRunData *data, const char *which, GError **error);

/* The record, or NULL where there is none of that index. */
const GscRecord *gsc_run_data_get_record (const GscRunData *data, int index);

/* The four sets: of i.d. or o.o.d. tasks, of training or test inputs. */
GscSet gsc_run_data_get_set (gboolean ood, GscInputs inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRunData, gsc_run_data_unref)

G_END_DECLS
