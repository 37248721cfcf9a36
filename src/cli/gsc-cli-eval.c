/* gsc-cli-eval.c - grokscope-cli eval
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-source.h"
#include "gsc-cli.h"
#include "gsc-evaluation.h"
#include "gsc-json-writer.h"
#include "gsc-ops.h"
#include "gsc-text-table.h"

static GscRecord *
evaluate (const GscCliSource *source, guint threads)
{
  g_autoptr (GscEvaluation) evaluation
      = gsc_evaluation_new (&source->config, source->tasks, source->inputs);
  const float *weights = gsc_model_peek_weights (source->model);
  g_autoptr (GscTeam) team = NULL;
  GscPass *pass;
  GscRecord *record;

  gsc_linear_init ();
  team = gsc_team_new (threads);
  pass = gsc_pass_new (team, gsc_model_get_layout (source->model), source->config.shots, 0);
  gsc_pass_update (pass, weights);
  record = gsc_evaluation_run (evaluation, pass, weights);
  gsc_pass_free (pass); /* before the team */
  return record;
}

static void
print_json (const GscCliSource *source, const GscRecord *record)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_json_writer_begin_object (&json);
  gsc_json_writer_name (&json, "step");
  if (source->step >= 0)
    gsc_json_writer_int (&json, source->step);
  else
    gsc_json_writer_null (&json);
  gsc_json_writer_name (&json, "sets");
  gsc_json_writer_begin_object (&json);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const GscSetScore *score = &record->sets[i];

      gsc_json_writer_name (&json, gsc_set_get_name (i));
      gsc_json_writer_begin_object (&json);
      gsc_json_writer_name (&json, "loss");
      gsc_json_writer_number (&json, score->loss);
      gsc_json_writer_name (&json, "accuracy");
      gsc_json_writer_number (&json, score->accuracy);
      gsc_json_writer_name (&json, "last_accuracy");
      gsc_json_writer_number (&json, score->last_accuracy);
      gsc_json_writer_name (&json, "per_shot");
      gsc_json_writer_begin_array (&json);
      for (guint j = 0; j < score->n_shots; j++)
        gsc_json_writer_number (&json, score->shot_accuracy[j]);
      gsc_json_writer_end_array (&json);
      gsc_json_writer_name (&json, "sequences");
      gsc_json_writer_int (&json, score->sequences);
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_object (&json);
  gsc_json_writer_end_object (&json);
  gsc_json_writer_finish (&json);
}

static void
print_text (const GscCliSource *source, const GscRecord *record)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("lrrrr");
  g_autofree char *recipe = gsc_cli_recipe_describe (&source->config);
  guint n_shots = record->sets[0].n_shots;

  gsc_cli_print ("%s\n", recipe);
  if (source->step >= 0)
    gsc_cli_print (_ ("Weights after step %.0f, "), (double) source->step);
  gsc_cli_print (ngettext ("%u sequence in each set, chance %.3f\n\n",
                           "%u sequences in each set, chance %.3f\n\n", record->sets[0].sequences),
                 record->sets[0].sequences, 1.0 / source->config.p);

  gsc_text_table_add (table, "%s", "");
  for (guint i = 0; i < GSC_N_SETS; i++)
    gsc_text_table_add (table, "%s", gsc_cli_get_set_title (i));
  gsc_text_table_add (table, "%s", _ ("loss"));
  for (guint i = 0; i < GSC_N_SETS; i++)
    gsc_text_table_add (table, "%.4f", record->sets[i].loss);
  gsc_text_table_add (table, "%s", _ ("accuracy"));
  for (guint i = 0; i < GSC_N_SETS; i++)
    gsc_text_table_add (table, "%.3f", record->sets[i].accuracy);
  for (guint shot = 0; shot < n_shots; shot++)
    {
      /* Translators: accuracy after so many examples */
      gsc_text_table_add (table, ngettext ("  %u shot", "  %u shots", shot), shot);
      for (guint i = 0; i < GSC_N_SETS; i++)
        gsc_text_table_add (table, "%.3f", record->sets[i].shot_accuracy[shot]);
    }
  gsc_text_table_print (table, 0);
}

GscCliStatus
gsc_cli_eval (int argc, char **argv)
{
  g_auto (GscCliSourceOptions) options = GSC_CLI_SOURCE_OPTIONS_INIT;
  g_auto (GscCliSource) source = GSC_CLI_SOURCE_INIT;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GscRecord) record = NULL;
  gboolean json = FALSE;
  int threads = 0;
  const GOptionEntry entries[] = {
    GSC_CLI_SOURCE_ENTRIES (options),
    GSC_CLI_RECIPE_ENTRIES (options.recipe),
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN_OR_MODEL"),
    .summary
    = N_ ("Measures loss and accuracy on the four sets ({i.d., o.o.d. tasks} x {training, "
          "test inputs})\nand after each number of examples. RUN_OR_MODEL is a run folder, a "
          ".safetensors file or\na PyTorch .pth file."),
    .description
    = _ ("A run brings its own recipe; --set takes eval_sequences and shots there. For a "
         "model file\nthe experiment comes from the file's metadata (our snapshots have "
         "them) or from --preset\nand --set: p, shots, tasks, task_rule, alpha, seed.\n"),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (!gsc_cli_check_threads (argv[0], threads, &status))
    return status;
  status = gsc_cli_source_open_experiment (&source, argv[0], arguments[0], &options);
  if (status != GSC_CLI_OK)
    return status;
  record = evaluate (&source, (guint) threads);
  if (json)
    print_json (&source, record);
  else
    print_text (&source, record);
  return GSC_CLI_OK;
}
