/* gsc-model-file.c - a model somebody has saved, and the experiment it is looked at in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-model-file.h"

#include <glib/gi18n.h>

#include "gsc-checkpoint.h"
#include "gsc-preset.h"
#include "gsc-zp.h"

/* Of the paper's models, and of ours. */
#define USUAL_HEADS 4

/* Tokens that the authors' vocabulary has beside the numbers. */
#define EXTRA_TOKENS 18

/* What the file does not say: as the preset with the same p, or the same width, or the default. */
static void
propose (GscModelFile *file)
{
  int vocab = file->shape.vocab;
  int p = gsc_zp_check_prime (vocab, NULL) ? vocab : vocab - EXTRA_TOKENS;
  guint n_presets;
  const GscPreset *presets = gsc_preset_get_all (&n_presets);
  const GscPreset *best = gsc_preset_get_default ();

  for (guint i = 0; i < n_presets; i++)
    if (presets[i].config.p == p
        && (best->config.p != p || presets[i].config.depth == file->shape.depth))
      best = &presets[i];
  file->config = best->config;
  if (gsc_zp_check_prime (p, NULL))
    file->config.p = p;
  /* most of the tasks, as in the preset, where there are fewer than it takes */
  if (file->config.tasks >= file->config.p * file->config.p)
    file->config.tasks = file->config.p * file->config.p * 4 / 5 / 4 * 4;
}

GscModelFile *
gsc_model_file_open (const char *path, GError **error)
{
  g_autoptr (GscModel) model = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GError) fault = NULL;
  GscModelFile *file;

  model = gsc_checkpoint_load (path, 0, &metadata, &fault);
  if (model == NULL)
    model = gsc_checkpoint_load (path, USUAL_HEADS, &metadata, NULL);
  if (model == NULL)
    model = gsc_checkpoint_load (path, 1, &metadata, NULL);
  if (model == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  file = g_new0 (GscModelFile, 1);
  file->path = g_canonicalize_filename (path, NULL);
  file->shape = *gsc_model_get_config (model);
  file->heads_known = fault == NULL;
  propose (file);
  gsc_model_origin_read (&file->origin, metadata, &file->config);
  gsc_model_origin_take_shape (&file->config, &file->shape);
  return file;
}

GscModelFile *
gsc_model_file_copy (const GscModelFile *file)
{
  GscModelFile *copy = g_memdup2 (file, sizeof *file);

  copy->path = g_strdup (file->path);
  return copy;
}

void
gsc_model_file_free (GscModelFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file);
}

char *
gsc_model_file_check (const GscModelFile *file, const GscConfig *config)
{
  g_autoptr (GError) error = NULL;

  if (!gsc_config_validate (config, &error))
    return g_strdup (error->message);
  if (config->p > file->shape.vocab)
    return g_strdup_printf (_ ("The model knows %d tokens, too few for p = %d."), file->shape.vocab,
                            config->p);
  return NULL;
}

GscRun *
gsc_model_file_make_run (const GscModelFile *file, const GscConfig *config, GError **error)
{
  g_autofree char *fault = gsc_model_file_check (file, config);
  g_autofree char *base = g_path_get_basename (file->path);
  g_autofree char *name = g_filename_display_name (base);
  g_autoptr (GscModel) model = NULL;
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GscRunData) data = NULL;
  g_autoptr (GscSnapshot) snapshot = NULL;
  GscConfig whole = *config;
  GscRun *run;

  if (fault != NULL)
    {
      g_set_error_literal (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID, fault);
      return NULL;
    }
  model = gsc_checkpoint_load (file->path, config->heads, NULL, error);
  if (model == NULL)
    return NULL;
  gsc_model_origin_take_shape (&whole, gsc_model_get_config (model));
  tasks = gsc_task_split_new (whole.p, (guint) whole.tasks, whole.task_rule, (guint64) whole.seed,
                              error);
  if (tasks == NULL)
    return NULL;
  inputs = gsc_input_split_new (whole.p, whole.alpha, (guint64) whole.seed, error);
  if (inputs == NULL)
    return NULL;
  data = gsc_run_data_new_from_file (name, &whole, tasks, inputs);
  snapshot = gsc_snapshot_new (g_steal_pointer (&model), MAX (file->origin.step, 0));
  run = gsc_run_new (file->path);
  gsc_run_set_config (run, &whole);
  gsc_run_set_progress (run, snapshot->step, 0, 0, -1);
  gsc_run_set_snapshot (run, snapshot);
  gsc_run_set_data (run, data);
  gsc_run_set_state (run, GSC_RUN_MODEL_FILE, NULL);
  return run;
}
