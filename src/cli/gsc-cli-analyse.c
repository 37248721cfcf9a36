/* gsc-cli-analyse.c - grokscope-cli analyse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse-options.h"
#include "gsc-analyse.h"
#include "gsc-head-means.h"
#include "gsc-interrupt.h"

/* How the analysis is made and shown. */
typedef struct
{
  GscCliSourceOptions source;
  GscAnalyseOptions options;
  int threads;
  gboolean json;
  gboolean csv;
} CommandLine;

static GscCliStatus
report (const GError *error)
{
  gsc_analyse_end_progress ();
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return gsc_cli_fail (error);
  gsc_cli_say (_ ("Stopped before the analysis was done."));
  return GSC_CLI_FAILED;
}

/* Heads to be ablated, by their means where it says so. */
static GscCliStatus
make_ablation (const CommandLine *line,
               const char *command,
               const GscAnalyse *analyse,
               GscAblation **ablation)
{
  const GscModelConfig *model = gsc_model_get_config (analyse->subject.model);
  g_autoptr (GscAblation) means = NULL;
  g_autoptr (GError) error = NULL;
  GscCliStatus status;

  /* what cannot be is said before minutes are spent on means */
  status = gsc_analyse_options_get_ablation (&line->options, command, model, NULL,
                                             GSC_ABLATION_ZERO, ablation);
  if (status != GSC_CLI_OK || *ablation == NULL || analyse->mode != GSC_ABLATION_MEAN)
    return status;
  g_clear_pointer (ablation, gsc_ablation_unref);
  means = gsc_head_means_measure (&analyse->subject, analyse->team, &analyse->watch, &error);
  if (means == NULL)
    return report (error);
  return gsc_analyse_options_get_ablation (&line->options, command, model, means, GSC_ABLATION_MEAN,
                                           ablation);
}

static GscCliStatus
analyse_source (const CommandLine *line, const char *command, const GscCliSource *source)
{
  g_autoptr (GscTeam) team = gsc_team_new ((guint) line->threads);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = NULL;
  g_autoptr (GscAblation) ablation = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint32 *tokens = NULL;
  GscAnalyse analyse = {
    .source = source,
    .subject = { .model = source->model,
                 .p = source->config.p,
                 .config = &source->config,
                 .tasks = source->tasks,
                 .inputs = source->inputs },
    .team = team,
    .watch = { .cancellable = cancellable, .progress = gsc_analyse_show_progress },
    .form = line->json  ? GSC_ANALYSE_JSON
            : line->csv ? GSC_ANALYSE_CSV
                        : GSC_ANALYSE_TEXT,
  };
  GscCliStatus status = gsc_analyse_options_apply (&line->options, command, &analyse, &tokens);

  if (status != GSC_CLI_OK)
    return status;
  interrupt = gsc_interrupt_new (cancellable);
  status = make_ablation (line, command, &analyse, &ablation);
  if (status != GSC_CLI_OK)
    return status;
  analyse.subject.ablation = ablation;
  if (!gsc_analyse_options_find_kind (&line->options)->run (&analyse, &error))
    return report (error);
  return GSC_CLI_OK;
}

static GscCliStatus
check (const CommandLine *line, const char *command)
{
  GscCliStatus status;

  if (!gsc_cli_check_threads (command, line->threads, &status))
    return status;
  if (line->json && line->csv)
    return gsc_cli_misused (command, _ ("--json and --csv exclude each other."));
  return gsc_analyse_options_check (&line->options, command);
}

static GscCliStatus
run (const CommandLine *line, const char *command, const char *path)
{
  g_auto (GscCliSource) source = GSC_CLI_SOURCE_INIT;
  GscCliStatus status = check (line, command);

  if (status == GSC_CLI_OK)
    status = gsc_cli_source_open_experiment (&source, command, path, &line->source);
  return status == GSC_CLI_OK ? analyse_source (line, command, &source) : status;
}

GscCliStatus
gsc_cli_analyse (int argc, char **argv)
{
  g_auto (GscCliSourceOptions) source = GSC_CLI_SOURCE_OPTIONS_INIT;
  g_auto (GscAnalyseOptions) options = GSC_ANALYSE_OPTIONS_INIT;
  g_auto (GStrv) arguments = NULL;
  CommandLine line = { .threads = 0 };
  const GOptionEntry entries[] = {
    { "what", 'w', 0, G_OPTION_ARG_STRING, &options.what, N_ ("The analysis, see below"),
      N_ ("KIND") },
    GSC_CLI_SOURCE_ENTRIES (source),
    GSC_CLI_RECIPE_ENTRIES (source.recipe),
    { "task", 0, 0, G_OPTION_ARG_STRING, &options.task,
      N_ ("The task z = a x + b y (default: the first held-out one)"), N_ ("A,B") },
    { "sequence", 0, 0, G_OPTION_ARG_STRING, &options.sequence,
      N_ ("The context, complete examples (default: drawn, as in the app)"), N_ ("\"X Y Z …\"") },
    { "context-seed", 0, 0, G_OPTION_ARG_STRING, &options.context_seed,
      N_ ("Draw another context (default: 1)"), N_ ("N") },
    { "shot", 0, 0, G_OPTION_ARG_INT, &options.shot,
      N_ ("Examples before the one that is looked at (default: all)"), N_ ("N") },
    { "layer", 0, 0, G_OPTION_ARG_INT, &options.layer,
      N_ ("Only this layer, from 1 (pca: default the last)"), N_ ("N") },
    { "head", 0, 0, G_OPTION_ARG_INT, &options.head,
      N_ ("Only this head of a layer, from 1 (pca: default 1)"), N_ ("N") },
    { "part", 0, 0, G_OPTION_ARG_STRING, &options.part, N_ ("pca: what is projected"),
      N_ ("embedding|head|block|mlp") },
    { "slots", 0, 0, G_OPTION_ARG_STRING, &options.slots,
      N_ ("What varies in the example: two slots for pca, one for cosine"),
      N_ ("xy|xz|yz, x|y|z") },
    { "as-in-paper", 0, 0, G_OPTION_ARG_NONE, &options.as_in_paper,
      N_ ("pca: points that are not centred, as the paper's script draws them"), NULL },
    { "on", 0, 0, G_OPTION_ARG_STRING, &options.on,
      N_ ("Sequences of this set (default: ood_test; attention: the context)"), N_ ("SET") },
    { "ablate", 0, 0, G_OPTION_ARG_STRING, &options.ablate,
      N_ ("Take these heads out of the model first"), N_ ("LAYER:HEAD,…") },
    { "ablate-mode", 0, 0, G_OPTION_ARG_STRING, &options.ablate_mode,
      N_ ("Put zero (the default) or the head's mean in its place"), N_ ("zero|mean") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &line.threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &line.json, N_ ("Print JSON"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &line.csv, N_ ("Print a table as CSV"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN_OR_MODEL"),
    .summary
    = N_ ("Looks inside a model. RUN_OR_MODEL is a run folder, a .safetensors file or a PyTorch "
          ".pth\nfile; as with eval, a run brings its own recipe and a model file takes one from "
          "its metadata\nor from --preset and --set."),
    .description
    = _ ("Kinds of analysis:\n"
         "  kshot      answers to all queries of a task after each number of examples\n"
         "  pca        principal components of what a part of the model gives\n"
         "  attention  where heads look in one sequence, or on average (--on)\n"
         "  cosine     similarity of outputs between all inputs\n"
         "  roles      what each head looks at, in scores\n"
         "  ablation   the four accuracies without each head\n"
         "  noise      accuracy with wrong labels in the context\n"
         "  lens       what the model would answer after each layer\n"
         "  spectrum   additive and multiplicative characters in the embedding\n"),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  line.source = source;
  line.options = options;
  return run (&line, argv[0], arguments[0]);
}
