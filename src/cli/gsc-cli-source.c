/* gsc-cli-source.c - the model and the experiment that RUN_OR_MODEL stands for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-source.h"

#include "gsc-checkpoint.h"
#include "gsc-model-origin.h"
#include "gsc-run-folder.h"
#include "gsc-zp.h"

/* What may be set for a run without becoming another experiment. */
static const char *const run_keys[] = { "eval_sequences", "shots", NULL };
static const char *const model_keys[] = { "p", NULL };
static const char *const no_keys[] = { NULL };

/* The model's shape among the keys of a recipe. */
static const char *const shape_keys[] = { "width", "heads", "depth", "activation", "tied" };

void
gsc_cli_source_options_clear (GscCliSourceOptions *options)
{
  g_clear_pointer (&options->step, g_free);
  gsc_cli_recipe_clear (&options->recipe);
}

void
gsc_cli_source_clear (GscCliSource *source)
{
  g_clear_pointer (&source->model, gsc_model_free);
  g_clear_pointer (&source->tasks, gsc_task_split_unref);
  g_clear_pointer (&source->inputs, gsc_input_split_unref);
}

GscCliStatus
gsc_cli_source_check_heads (const char *command, int heads)
{
  if (heads >= 0 && heads <= GSC_MODEL_MAX_WIDTH / 2)
    return GSC_CLI_OK;
  return gsc_cli_misused (command, _ ("The number of heads must be from 1 to %d."),
                          GSC_MODEL_MAX_WIDTH / 2);
}

/* Runs */

static GscCliStatus
check_run_options (const char *command, const GscCliSourceOptions *options, const char *const *keys)
{
  g_autofree char *other = gsc_cli_recipe_find_other_key (&options->recipe, keys);
  g_autofree char *allowed = g_strjoinv (", ", (char **) keys);

  if (options->recipe.preset != NULL || options->recipe.config != NULL)
    return gsc_cli_misused (
        command, _ ("A run has its own recipe: --preset and --config are for model files."));
  if (other != NULL && keys[0] == NULL)
    return gsc_cli_misused (
        command, _ ("A run has its own recipe; “%s” can be set for model files only."), other);
  if (other != NULL)
    return gsc_cli_misused (command,
                            _ ("A run has its own recipe, of which only %s can be set, not “%s”."),
                            allowed, other);
  return GSC_CLI_OK;
}

static GscCliStatus
open_run (GscCliSource *source,
          const char *command,
          const char *path,
          const GscCliSourceOptions *options,
          const char *const *keys)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  GscCliStatus status = check_run_options (command, options, keys);

  if (status != GSC_CLI_OK)
    return status;
  folder = gsc_run_folder_open (path, FALSE, &error);
  if (folder == NULL)
    return gsc_cli_fail (error);
  source->config = *gsc_run_folder_get_config (folder);
  source->trained_shots_known = TRUE;
  if (options->heads != 0 && options->heads != source->config.heads)
    return gsc_cli_misused (command, _ ("The run's model has %d heads, not %d."),
                            source->config.heads, options->heads);
  status = gsc_cli_recipe_read (&options->recipe, &source->config);
  if (status != GSC_CLI_OK)
    return status;

  source->step
      = gsc_run_folder_find_step (folder, options->step != NULL ? options->step : "last", &error);
  if (source->step >= 0)
    source->model = gsc_run_folder_load_snapshot (folder, source->step, &error);
  if (source->model != NULL)
    source->tasks = gsc_run_folder_read_tasks (folder, &error);
  if (source->tasks != NULL)
    source->inputs = gsc_run_folder_read_inputs (folder, &error);
  return source->inputs != NULL ? GSC_CLI_OK : gsc_cli_fail (error);
}

/* Model files */

gboolean
gsc_cli_source_lacks_heads (const char *path)
{
  g_autoptr (GscModel) model = gsc_checkpoint_load (path, 1, NULL, NULL);

  return model != NULL;
}

/* Whether the recipe says how many heads there are. */
static gboolean
recipe_names_heads (const GscCliRecipe *recipe)
{
  return recipe->preset != NULL || recipe->config != NULL
         || gsc_cli_recipe_sets_key (recipe, "heads");
}

/* Loads the model; heads come from --heads, else the file, else the recipe. */
static GscCliStatus
load_file (GscCliSource *source,
           const char *path,
           const GscCliSourceOptions *options,
           GHashTable **metadata)
{
  g_autoptr (GError) error = NULL;

  source->model = gsc_checkpoint_load (path, options->heads, metadata, &error);
  if (source->model != NULL)
    return GSC_CLI_OK;
  if (options->heads == 0 && gsc_cli_source_lacks_heads (path))
    {
      GscConfig config;
      GscCliStatus status;

      if (!recipe_names_heads (&options->recipe))
        {
          gsc_cli_fail (error);
          g_printerr (_ ("Say it with --heads N; the paper's models have 4.\n"));
          return GSC_CLI_FAILED;
        }
      gsc_config_init_default (&config);
      status = gsc_cli_recipe_read (&options->recipe, &config);
      if (status != GSC_CLI_OK)
        return status;
      g_clear_error (&error);
      source->model = gsc_checkpoint_load (path, config.heads, metadata, &error);
      if (source->model != NULL)
        return GSC_CLI_OK;
    }
  return gsc_cli_fail (error);
}

/* Takes what the metadata say about the experiment. TRUE in @whole: the complete recipe. Returns
 * whether p is known. */
static gboolean
take_metadata (GscCliSource *source, GHashTable *metadata, gboolean *whole)
{
  GscModelOrigin origin;

  gsc_model_origin_read (&origin, metadata, &source->config);
  source->step = origin.step;
  source->trained_shots_known = origin.knows_shots;
  *whole = origin.whole;
  return origin.knows_p;
}

/* Copies the shape of the model into the recipe, which must not claim another one where somebody
 * has written it. */
static GscCliStatus
take_shape (GscCliSource *source, const char *path, const GscCliRecipe *recipe, gboolean claimed)
{
  const GscModelConfig *model = gsc_model_get_config (source->model);
  GscConfig found = source->config;

  gsc_model_origin_take_shape (&found, model);
  for (guint i = 0; i < G_N_ELEMENTS (shape_keys); i++)
    {
      g_autofree char *wanted = gsc_config_get (&source->config, shape_keys[i]);
      g_autofree char *present = gsc_config_get (&found, shape_keys[i]);

      if ((claimed || gsc_cli_recipe_sets_key (recipe, shape_keys[i]))
          && !g_str_equal (wanted, present))
        {
          g_autofree char *name = g_filename_display_name (path);

          gsc_cli_say (_ ("%s: The model's %s is %s, but the experiment says %s."), name,
                       shape_keys[i], present, wanted);
          return GSC_CLI_FAILED;
        }
    }
  source->config = found;
  return GSC_CLI_OK;
}

static GscCliStatus
check_p (const GscCliSource *source, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  int vocab = gsc_model_get_config (source->model)->vocab;

  if (source->config.p <= vocab)
    return GSC_CLI_OK;
  gsc_cli_say (_ ("%s: The model knows %d tokens, too few for p = %d."), name, vocab,
               source->config.p);
  return GSC_CLI_FAILED;
}

static GscCliStatus
check_file_options (const char *command, const char *path, const GscCliSourceOptions *options)
{
  g_autofree char *name = g_filename_display_name (path);

  if (options->step == NULL)
    return GSC_CLI_OK;
  return gsc_cli_misused (command, _ ("--step chooses a snapshot of a run; %s is not a run."),
                          name);
}

static GscCliStatus
open_file_experiment (GscCliSource *source,
                      const char *command,
                      const char *path,
                      const GscCliSourceOptions *options)
{
  const GscCliRecipe *recipe = &options->recipe;
  g_autoptr (GHashTable) metadata = NULL;
  GscCliStatus status = check_file_options (command, path, options);
  gboolean whole, known;

  if (status == GSC_CLI_OK)
    status = load_file (source, path, options, &metadata);
  if (status != GSC_CLI_OK)
    return status;

  gsc_config_init_default (&source->config);
  known = take_metadata (source, metadata, &whole);
  if (!known && recipe->preset == NULL && recipe->config == NULL
      && !gsc_cli_recipe_sets_key (recipe, "p"))
    return gsc_cli_misused (
        command,
        _ ("The file does not say what it was trained on; give --preset NAME, or --set p=PRIME and "
           "whatever else differs from the preset quick: shots, tasks, task_rule, alpha, seed."));
  status = gsc_cli_recipe_read (recipe, &source->config);
  if (status == GSC_CLI_OK)
    status = take_shape (source, path, recipe,
                         whole || recipe->preset != NULL || recipe->config != NULL);
  return status == GSC_CLI_OK ? check_p (source, path) : status;
}

static GscCliStatus
take_p (GscCliSource *source,
        const char *command,
        const char *path,
        const GscCliRecipe *recipe,
        gboolean known)
{
  g_autofree char *other = gsc_cli_recipe_find_other_key (recipe, model_keys);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;

  if (other != NULL)
    return gsc_cli_misused (command, _ ("Only p can be set here, not “%s”."), other);
  for (guint i = 0; recipe->sets != NULL && recipe->sets[i] != NULL; i++)
    {
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      if (!gsc_cli_recipe_split (recipe->sets[i], &key, &value))
        return gsc_cli_misused (command, _ ("--set takes p=PRIME here."));
      if (!gsc_config_set (&source->config, key, value, &error))
        return gsc_cli_misused (command, "%s", error->message);
    }
  if (recipe->sets != NULL)
    known = TRUE;
  if (!known)
    source->config.p = gsc_model_get_config (source->model)->vocab;

  if (!gsc_zp_check_prime (source->config.p, &error))
    {
      if (known)
        gsc_cli_say ("%s: %s", name, error->message);
      else
        gsc_cli_say (
            _ ("%s: The file does not say what p is, and its %d tokens are no prime number; "
               "give --set p=PRIME."),
            name, source->config.p);
      return GSC_CLI_USAGE;
    }
  if (!known)
    gsc_cli_say (
        _ ("%s does not say what p is; it is taken to be the number of its tokens, %d (else: "
           "--set p=PRIME)."),
        name, source->config.p);
  return check_p (source, path);
}

GscCliStatus
gsc_cli_source_open_experiment (GscCliSource *source,
                                const char *command,
                                const char *path,
                                const GscCliSourceOptions *options)
{
  GscCliStatus status = gsc_cli_source_check_heads (command, options->heads);
  g_autoptr (GError) error = NULL;

  if (status != GSC_CLI_OK)
    return status;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return open_run (source, command, path, options, run_keys);
  status = open_file_experiment (source, command, path, options);
  if (status != GSC_CLI_OK)
    return status;

  source->tasks
      = gsc_task_split_new (source->config.p, (guint) source->config.tasks,
                            source->config.task_rule, (guint64) source->config.seed, &error);
  if (source->tasks != NULL)
    source->inputs = gsc_input_split_new (source->config.p, source->config.alpha,
                                          (guint64) source->config.seed, &error);
  return source->inputs != NULL ? GSC_CLI_OK : gsc_cli_fail (error);
}

GscCliStatus
gsc_cli_source_open_model (GscCliSource *source,
                           const char *command,
                           const char *path,
                           const GscCliSourceOptions *options)
{
  g_autoptr (GHashTable) metadata = NULL;
  GscCliStatus status = gsc_cli_source_check_heads (command, options->heads);
  gboolean known, whole;

  if (status != GSC_CLI_OK)
    return status;
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return open_run (source, command, path, options, no_keys);
  status = check_file_options (command, path, options);
  if (status == GSC_CLI_OK)
    status = load_file (source, path, options, &metadata);
  if (status != GSC_CLI_OK)
    return status;
  gsc_config_init_default (&source->config);
  known = take_metadata (source, metadata, &whole);
  return take_p (source, command, path, &options->recipe, known);
}
