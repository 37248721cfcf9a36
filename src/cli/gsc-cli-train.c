/* gsc-cli-train.c - grokscope-cli train
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "gsc-cli-recipe.h"
#include "gsc-cli-scores.h"
#include "gsc-cli.h"
#include "gsc-progress.h"
#include "gsc-training.h"

/* What may change when a run goes on. */
static const char *const resumable_keys[] = { "steps", "record_every", NULL };

typedef struct
{
  GscCliRecipe recipe;
  int threads; /* 0: one per processor */
  gboolean resume;
  const char *path;
} Options;

/* Stopping */

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };
static GscTrainer *volatile signal_trainer = NULL;
static const char *volatile signal_message = NULL;

/* The handler is taken away as it is entered: a second signal ends the process at once. */
static void
on_signal (int number)
{
  if (signal_trainer != NULL)
    gsc_trainer_stop (signal_trainer);
  if (signal_message != NULL && write (STDERR_FILENO, signal_message, strlen (signal_message)) < 0)
    return; /* nobody reads it: stop all the same */
}

static void
catch_signals (GscTrainer *trainer)
{
  struct sigaction action
      = { .sa_handler = on_signal, .sa_flags = (int) SA_RESETHAND | SA_RESTART };

  signal_message
      = _ ("\nStopping after this step and saving; once more to stop at once, without saving.\n");
  signal_trainer = trainer;
  for (guint i = 0; i < G_N_ELEMENTS (stop_signals); i++)
    {
      struct sigaction present;

      /* What was ignored from the start (nohup) stays so. */
      if (sigaction (stop_signals[i], NULL, &present) == 0 && present.sa_handler != SIG_IGN)
        sigaction (stop_signals[i], &action, NULL);
    }
}

/* From here on a signal ends the process: everything is saved. */
static void
release_signals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (stop_signals); i++)
    {
      struct sigaction present;

      if (sigaction (stop_signals[i], NULL, &present) == 0 && present.sa_handler == on_signal)
        signal (stop_signals[i], SIG_DFL);
    }
  signal_trainer = NULL;
  signal_message = NULL;
}

/* A GscTrainerCallback */
static gboolean
on_progress (GscTrainer *trainer,
             const GscStepInfo *info,
             const GscRecord *record,
             gpointer data,
             GError **error)
{
  GscProgress *progress = data;

  if (record != NULL)
    gsc_progress_record (progress, record);
  else
    gsc_progress_step (progress, info);
  if (record != NULL && gsc_cli_output_is_gone ())
    gsc_trainer_stop (trainer); /* like a program that the pipe ends */
  return TRUE;
}

/* Before */

/* A run to be resumed may be given another length. */
static GscCliStatus
apply_resume_keys (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GPtrArray) records = NULL;
  GscConfig config;
  GscCliStatus status;

  if (options->recipe.sets == NULL)
    return GSC_CLI_OK;
  folder = gsc_run_folder_open (options->path, TRUE, &error);
  if (folder == NULL)
    return gsc_cli_fail (error);
  config = *gsc_run_folder_get_config (folder);
  status = gsc_cli_recipe_read (&options->recipe, &config);
  if (status != GSC_CLI_OK)
    return status;

  records = gsc_run_folder_read_records (folder, &error);
  if (records == NULL)
    return gsc_cli_fail (error);
  if (records->len > 0)
    {
      const GscRecord *last = g_ptr_array_index (records, records->len - 1);

      if (config.steps < last->step)
        {
          g_autofree char *done = g_strdup_printf ("%" G_GINT64_FORMAT, last->step);

          gsc_cli_say (_ ("steps must be at least %s: so many the run has done already."), done);
          return GSC_CLI_USAGE;
        }
    }
  if (!gsc_run_folder_set_schedule (folder, config.steps, config.record_every, &error))
    return gsc_cli_fail (error);
  return GSC_CLI_OK;
}

static GscCliStatus
check_resume_options (const Options *options)
{
  g_autofree char *other = gsc_cli_recipe_find_other_key (&options->recipe, resumable_keys);

  if (options->recipe.preset != NULL || options->recipe.config != NULL)
    return gsc_cli_misused (
        "train", _ ("A run keeps its recipe: --preset and --config do not go with --resume."));
  if (other != NULL)
    return gsc_cli_misused ("train",
                            _ ("A run keeps its recipe: with --resume only steps and record_every "
                               "can be set, not “%s”."),
                            other);
  return GSC_CLI_OK;
}

/* The training, new or resumed; or NULL, and @status says how to end. */
static GscTraining *
open_training (const Options *options, GscCliStatus *status)
{
  g_autoptr (GError) error = NULL;
  GscTraining *training;
  GscConfig config;

  if (options->resume)
    {
      *status = check_resume_options (options);
      if (*status == GSC_CLI_OK)
        *status = apply_resume_keys (options);
      if (*status != GSC_CLI_OK)
        return NULL;
      training = gsc_training_resume (options->path, (guint) options->threads, &error);
    }
  else
    {
      gsc_config_init_default (&config);
      *status = gsc_cli_recipe_read (&options->recipe, &config);
      if (*status != GSC_CLI_OK)
        return NULL;
      training = gsc_training_new (options->path, &config, (guint) options->threads, &error);
    }
  if (training != NULL)
    return training;

  *status = gsc_cli_fail (error);
  if (g_error_matches (error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS))
    {
      g_autofree char *word = gsc_cli_quote (options->path);

      g_printerr (_ ("To go on with it: %s train --resume %s\n"), gsc_cli_get_program (), word);
    }
  return NULL;
}

/* After */

/* A sequence to try, no longer than trained: a held-out task, some examples, and a query that is
 * twice the first. */
static char *
example_sequence (GscTrainer *trainer)
{
  const GscTaskSplit *tasks = gsc_trainer_get_tasks (trainer);
  const GscTask *task = &tasks->tasks[tasks->n_id];
  static const int inputs[][2] = { { 1, 2 }, { 1, 0 }, { 2, 1 }, { 0, 1 }, { 2, 2 } };
  GString *text = g_string_new (NULL);
  guint n_examples = (guint) gsc_trainer_get_config (trainer)->shots - 1;
  int p = tasks->p;

  for (guint i = 0; i < MIN (n_examples, G_N_ELEMENTS (inputs)); i++)
    g_string_append_printf (text, "%d %d %d ", inputs[i][0], inputs[i][1],
                            gsc_task_answer (task, p, inputs[i][0], inputs[i][1]));
  g_string_append_printf (text, "%d %d", 2, 4 % p);
  return g_string_free (text, FALSE);
}

static void
print_summary (GscTraining *training, const Options *options, gint64 first_step)
{
  GscTrainer *trainer = gsc_training_get_trainer (training);
  const GscConfig *config = gsc_trainer_get_config (trainer);
  g_autoptr (GPtrArray) records
      = gsc_run_folder_read_records (gsc_training_get_folder (training), NULL);
  g_autofree char *word = gsc_cli_quote (options->path);
  gint64 step = gsc_trainer_get_step (trainer);

  gsc_cli_print ("\n");
  if (step < config->steps)
    gsc_cli_print (_ ("Stopped at step %.0f of %.0f; everything is saved.\n"), (double) step,
                   (double) config->steps);
  else if (step == first_step)
    gsc_cli_print (_ ("All %.0f steps of this run are done; --set steps=NUMBER makes it longer.\n"),
                   (double) step);
  else
    gsc_cli_print (_ ("Done: %.0f steps.\n"), (double) step);

  if (records != NULL && records->len > 0)
    {
      gsc_cli_print ("\n");
      gsc_cli_scores_print (records);
    }
  gsc_cli_print (_ ("\nThe run is in %s. What next:\n"), word);
  if (step < config->steps)
    gsc_cli_print ("  %s train --resume %s\n", gsc_cli_get_program (), word);
  if (records != NULL && records->len > 0)
    {
      g_autofree char *sequence = example_sequence (trainer);

      gsc_cli_print ("  %s eval %s\n", gsc_cli_get_program (), word);
      gsc_cli_print ("  %s predict %s --sequence \"%s\"\n", gsc_cli_get_program (), word, sequence);
    }
}

/* A full disk ends a training, but not its run. */
static GscCliStatus
fail (GscTraining *training, const Options *options, GError *error)
{
  GscCliStatus status = gsc_cli_fail (error);
  g_autofree char *word = NULL;
  g_autofree char *size = NULL;

  if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return status;
  word = gsc_cli_quote (options->path);
  size = g_format_size ((guint64) gsc_training_get_record_size (
      gsc_trainer_get_config (gsc_training_get_trainer (training))));
  g_printerr (_ ("The run is kept up to its last record. Make room for at least %s, then go on: "
                 "%s train --resume %s\n"),
              size, gsc_cli_get_program (), word);
  return status;
}

static GscCliStatus
train (const Options *options)
{
  GscCliStatus status = GSC_CLI_OK;
  g_autoptr (GscTraining) training = open_training (options, &status);
  g_autoptr (GscProgress) progress = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *recipe = NULL;
  g_autofree char *word = NULL;
  GscTrainer *trainer;
  guint threads;
  gint64 first_step;
  gboolean fine;

  if (training == NULL)
    return status;
  trainer = gsc_training_get_trainer (training);
  threads = gsc_trainer_get_threads (trainer);
  first_step = gsc_trainer_get_step (trainer);
  catch_signals (trainer);

  recipe = gsc_cli_recipe_describe (gsc_trainer_get_config (trainer));
  word = gsc_cli_quote (options->path);
  gsc_cli_print ("%s\n", recipe);
  if (first_step > 0)
    gsc_cli_print (ngettext ("Going on after step %.0f in %s with %u thread.\n",
                             "Going on after step %.0f in %s with %u threads.\n", threads),
                   (double) first_step, word, threads);
  else
    gsc_cli_print (ngettext ("Training in %s with %u thread. Ctrl+C stops and saves.\n",
                             "Training in %s with %u threads. Ctrl+C stops and saves.\n", threads),
                   word, threads);
  gsc_cli_print ("\n");

  progress = gsc_progress_new (gsc_trainer_get_config (trainer), first_step);
  fine = gsc_training_run (training, on_progress, progress, &error);
  gsc_progress_finish (progress);
  release_signals ();
  if (!fine)
    return fail (training, options, error);
  print_summary (training, options, first_step);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_train (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *description = gsc_cli_recipe_get_help ();
  Options options = { .recipe = GSC_CLI_RECIPE_INIT };
  g_auto (GscCliRecipe) recipe = GSC_CLI_RECIPE_INIT;
  const GOptionEntry entries[] = {
    GSC_CLI_RECIPE_ENTRIES (recipe),
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { "resume", 'r', 0, G_OPTION_ARG_NONE, &options.resume,
      N_ ("Go on with the run in OUT_DIR exactly where it stopped"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("OUT_DIR"),
    .summary
    = N_ ("Trains a model and keeps recipe, metrics and snapshots in the folder OUT_DIR.\n"
          "The recipe is that of the preset “quick” if nothing else is said. Ctrl+C stops "
          "after the\npresent step and saves; --resume goes on from there with the same bits, "
          "whatever the\nnumber of threads. With --resume, --set steps=N makes a run longer."),
    .description = description,
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (!gsc_cli_check_threads (argv[0], options.threads, &status))
    return status;
  options.recipe = recipe;
  options.path = arguments[0];
  return train (&options);
}
