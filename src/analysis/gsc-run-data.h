/* gsc-figure-data.h - all that the figures of one run show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run-folder.h"

G_BEGIN_DECLS

/* Accuracy by shot of the exact references (gsc-reference.h) on one kind of inputs, each
 * [config.shots]. */
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
  GPtrArray *records; /* of GscRecord, by step; may be empty */
  GscReferenceCurves references[GSC_N_INPUTS];
} GscFigureData;

/* Copies @records (of GscRecord, by step) and everything else. The splits must be of
 * @config->p. Takes a moment (the references), well below a second for p = 29. */
GscFigureData *gsc_figure_data_new (const char *name,
                                    const GscConfig *config,
                                    GscTaskSplit *tasks,
                                    GscInputSplit *inputs,
                                    GPtrArray *records);

/* Reads the run folder @path, whose name becomes the run's. @error: as gsc_run_folder_open() and
 * its reading functions. */
GscFigureData *gsc_figure_data_load (const char *path, GError **error);

GscFigureData *gsc_figure_data_ref (GscFigureData *data);
void gsc_figure_data_unref (GscFigureData *data);

/* The index of the record meant by @which: "last", "best" (highest o.o.d./test accuracy at the last
 * shot; the earliest if several), or its step. -1 and GSC_RUN_ERROR_NO_SNAPSHOT if there is none;
 * the error names the nearest. */
int gsc_figure_data_find_record (const GscFigureData *data, const char *which, GError **error);

/* The record, or NULL where there is none of that index. */
const GscRecord *gsc_figure_data_get_record (const GscFigureData *data, int index);

/* The four sets: of i.d. or o.o.d. tasks, of training or test inputs. */
GscSet gsc_figure_data_get_set (gboolean ood, GscInputs inputs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFigureData, gsc_figure_data_unref)

G_END_DECLS
