/* gsc-model-file.h - a model somebody has saved, and the experiment it is looked at in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A .pth or .safetensors file of any scale. It says little about the tasks it was trained on: what
 * it does not say, the user does. The file is only read.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-model-origin.h"
#include "gsc-run.h"

G_BEGIN_DECLS

/* What a look into the file has found out. */
typedef struct
{
  char *path;           /* absolute */
  GscModelConfig shape; /* heads are a guess unless heads_known */
  gboolean heads_known;
  GscModelOrigin origin;
  GscConfig config; /* to propose: what is not known is as in the preset that fits best */
} GscModelFile;

/* Any thread; reads the file. NULL and @error naming the file and what is wrong with it. */
GscModelFile *gsc_model_file_open (const char *path, GError **error);
GscModelFile *gsc_model_file_copy (const GscModelFile *file);
void gsc_model_file_free (GscModelFile *file);

/* What is wrong with looking at the file's model in the experiment @config, a sentence a line;
 * (transfer full), NULL if all is well. */
char *gsc_model_file_check (const GscModelFile *file, const GscConfig *config);

/* Reads the model and makes a run of it (GSC_RUN_MODEL_FILE), which has no records. Any thread;
 * takes up to a second or two. NULL and @error as gsc_model_file_open() and
 * gsc_model_file_check(). The run is for the main thread from then on. */
GscRun *gsc_model_file_make_run (const GscModelFile *file, const GscConfig *config, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscModelFile, gsc_model_file_free)

G_END_DECLS
