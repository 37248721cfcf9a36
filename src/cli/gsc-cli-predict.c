/* gsc-cli-predict.c - grokscope-cli predict
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-source.h"
#include "gsc-cli.h"
#include "gsc-json-writer.h"
#include "gsc-ops.h"
#include "gsc-posterior.h"
#include "gsc-ratio-match.h"
#include "gsc-sequence.h"
#include "gsc-text-table.h"
#include "gsc-workspace.h"

/* As many as a recipe may have; and how many explaining examples a line of text names. */
#define MAX_SHOTS 128
#define MAX_NAMED 2

/* A sequence and the model's answer to it. */
typedef struct
{
  const GscCliSource *source;
  gint32 *tokens; /* [time] */
  guint time;
  guint n_answers;      /* positions 1, 4, 7, ... that predict a z */
  GscWorkspace *ws;     /* after the forward pass */
  const float *logits;  /* [time][vocab]; the workspace's */
  float *probabilities; /* [time][vocab] */
} Prediction;

static void
prediction_run (Prediction *prediction)
{
  GscModel *model = prediction->source->model;
  GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  g_autoptr (GscTokenTable) table = NULL;
  int time = (int) prediction->time, vocab = gsc_model_get_config (model)->vocab;

  gsc_linear_init ();
  table = gsc_token_table_new (layout);
  gsc_token_table_update (table, weights);
  prediction->ws = gsc_workspace_new (layout, 1, time, GSC_OUTPUTS_ALL, FALSE);
  gsc_workspace_forward (prediction->ws, weights, table, prediction->tokens, 1);
  prediction->logits = gsc_workspace_get_logits (prediction->ws);
  prediction->probabilities = g_new (float, (gsize) time *vocab);
  gsc_ops_get ()->softmax (prediction->probabilities, prediction->logits, time, vocab);
  prediction->n_answers = (prediction->time + 1) / 3;
}

static void
prediction_clear (Prediction *prediction)
{
  gsc_workspace_free (prediction->ws);
  g_free (prediction->tokens);
  g_free (prediction->probabilities);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Prediction, prediction_clear)

static int
get_vocab (const Prediction *prediction)
{
  return gsc_model_get_config (prediction->source->model)->vocab;
}

/* The most probable token at @position besides @other (-1: none); the lowest of several. */
static int
find_best (const Prediction *prediction, guint position, int other)
{
  int vocab = get_vocab (prediction);
  const float *logits = prediction->logits + (gsize) position * vocab;
  int best = -1;

  for (int token = 0; token < vocab; token++)
    if (token != other && (best < 0 || logits[token] > logits[best]))
      best = token;
  return best;
}

static float
get_probability (const Prediction *prediction, guint position, int token)
{
  return prediction->probabilities[(gsize) position * get_vocab (prediction) + token];
}

static GscRatioMatch
match (const Prediction *prediction, guint shot, guint *explaining)
{
  const gint32 *query = prediction->tokens + 3 * shot;

  return gsc_ratio_match (prediction->source->config.p, prediction->tokens, shot, query[0],
                          query[1], explaining);
}

/* JSON */

static void
print_answers (const Prediction *prediction, GscJsonWriter *json)
{
  guint explaining[MAX_SHOTS];

  gsc_json_writer_begin_array (json);
  for (guint shot = 0; shot < prediction->n_answers; shot++)
    {
      guint position = 3 * shot + 1;
      int answer = find_best (prediction, position, -1);
      GscRatioMatch ratio = match (prediction, shot, explaining);

      gsc_json_writer_begin_object (json);
      gsc_json_writer_name (json, "position");
      gsc_json_writer_int (json, position);
      gsc_json_writer_name (json, "shot");
      gsc_json_writer_int (json, shot);
      gsc_json_writer_name (json, "answer");
      gsc_json_writer_int (json, answer);
      gsc_json_writer_name (json, "probability");
      gsc_json_writer_float (json, get_probability (prediction, position, answer));
      gsc_json_writer_name (json, "explained_by");
      gsc_json_writer_begin_array (json);
      for (guint i = 0; i < ratio.n_explaining; i++)
        gsc_json_writer_int (json, explaining[i]);
      gsc_json_writer_end_array (json);
      gsc_json_writer_end_object (json);
    }
  gsc_json_writer_end_array (json);
}

static void
print_matrix (GscJsonWriter *json, const float *values, int rows, int cols, int stride)
{
  gsc_json_writer_begin_array (json);
  for (int i = 0; i < rows; i++)
    {
      gsc_json_writer_begin_array (json);
      for (int j = 0; j < cols; j++)
        gsc_json_writer_float (json, values[(gsize) i * stride + j]);
      gsc_json_writer_end_array (json);
    }
  gsc_json_writer_end_array (json);
}

static void
print_attention (const Prediction *prediction, GscJsonWriter *json)
{
  const GscModelConfig *model = gsc_model_get_config (prediction->source->model);

  gsc_json_writer_begin_array (json);
  for (int layer = 0; layer < model->depth; layer++)
    {
      gsc_json_writer_begin_array (json);
      for (int head = 0; head < model->heads; head++)
        {
          int n_queries, stride;
          const float *map
              = gsc_workspace_get_attention (prediction->ws, layer, 0, head, &n_queries, &stride);

          print_matrix (json, map, n_queries, (int) prediction->time, stride);
        }
      gsc_json_writer_end_array (json);
    }
  gsc_json_writer_end_array (json);
}

static void
print_json (const Prediction *prediction, gboolean attention)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  int vocab = get_vocab (prediction);

  gsc_json_writer_begin_object (&json);
  gsc_json_writer_name (&json, "tokens");
  gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < prediction->time; i++)
    gsc_json_writer_int (&json, prediction->tokens[i]);
  gsc_json_writer_end_array (&json);
  gsc_json_writer_name (&json, "answers");
  print_answers (prediction, &json);
  gsc_json_writer_name (&json, "logits");
  print_matrix (&json, prediction->logits, (int) prediction->time, vocab, vocab);
  if (attention)
    {
      gsc_json_writer_name (&json, "attention");
      print_attention (prediction, &json);
    }
  gsc_json_writer_end_object (&json);
  gsc_json_writer_finish (&json);
}

/* Text */

/* "7 = #1 ×2, #3 ×5 +1": the answer of ratio matching and the examples it comes from, numbered
 * from 1. */
static char *
describe_ratio (const Prediction *prediction, guint shot)
{
  guint explaining[MAX_SHOTS];
  GscRatioMatch ratio = match (prediction, shot, explaining);
  const gint32 *query = prediction->tokens + 3 * shot;
  int p = prediction->source->config.p;
  GString *text;

  if (!ratio.answerable)
    return g_strdup ("-");
  text = g_string_new (NULL);
  g_string_append_printf (text, "%d", ratio.answer);
  for (guint i = 0; i < MIN (ratio.n_explaining, MAX_NAMED); i++)
    {
      const gint32 *example = prediction->tokens + 3 * explaining[i];
      int factor = 0;

      while ((factor * example[0] - query[0]) % p != 0 || (factor * example[1] - query[1]) % p != 0)
        factor++;
      g_string_append_printf (text, "%s#%u ×%d", i == 0 ? " = " : ", ", explaining[i] + 1, factor);
    }
  if (ratio.n_explaining > MAX_NAMED)
    g_string_append_printf (text, " +%u", ratio.n_explaining - MAX_NAMED);
  if (!ratio.unanimous)
    g_string_append_printf (text, " %s", _ ("(the examples disagree)"));
  return g_string_free (text, FALSE);
}

/* What the posterior over all tasks says. */
static char *
describe_posterior (const Prediction *prediction, guint shot)
{
  const gint32 *query = prediction->tokens + 3 * shot;
  GscPosterior posterior;

  gsc_posterior_all_tasks (&posterior, prediction->source->config.p, prediction->tokens, shot,
                           query[0], query[1]);
  if (posterior.n_fitting == 0)
    return g_strdup (_ ("no task fits"));
  if (posterior.n_best > 1)
    return g_strdup (_ ("any"));
  return g_strdup_printf ("%d (%.2f)", posterior.best, posterior.probability[posterior.best]);
}

static void
add_answer (const Prediction *prediction, guint shot, GscTextTable *table)
{
  const gint32 *query = prediction->tokens + 3 * shot;
  guint position = 3 * shot + 1;
  int answer = find_best (prediction, position, -1);
  int runner_up = find_best (prediction, position, answer);
  g_autofree char *ratio = describe_ratio (prediction, shot);
  g_autofree char *posterior = describe_posterior (prediction, shot);

  gsc_text_table_add (table, "%u", shot);
  gsc_text_table_add (table, "%d %d", query[0], query[1]);
  if (position + 1 < prediction->time)
    gsc_text_table_add (table, "%d", query[2]);
  else
    gsc_text_table_add (table, "?");
  gsc_text_table_add (table, "%d (%.2f)", answer,
                      (double) get_probability (prediction, position, answer));
  if (position + 1 >= prediction->time)
    gsc_text_table_add (table, "%s", "");
  else
    gsc_text_table_add (table, "%s", answer == query[2] ? _ ("right") : _ ("wrong"));
  if (runner_up >= 0)
    gsc_text_table_add (table, "%d (%.2f)", runner_up,
                        (double) get_probability (prediction, position, runner_up));
  else
    gsc_text_table_add (table, "-");
  gsc_text_table_add (table, "%s", ratio);
  gsc_text_table_add (table, "%s", posterior);
}

static void
print_text (const Prediction *prediction)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("rrrrlrll");

  gsc_text_table_add (table, "%s", _ ("shot"));
  gsc_text_table_add (table, "x y");
  gsc_text_table_add (table, "z");
  gsc_text_table_add (table, "%s", _ ("model"));
  gsc_text_table_add (table, "%s", "");
  gsc_text_table_add (table, "%s", _ ("runner-up"));
  gsc_text_table_add (table, "%s", _ ("ratio matching"));
  gsc_text_table_add (table, "%s", _ ("Bayes"));
  for (guint shot = 0; shot < prediction->n_answers; shot++)
    add_answer (prediction, shot, table);
  gsc_text_table_print (table, 0);
  gsc_cli_print (
      _ ("\nProbabilities are in brackets. “7 = #2 ×3”: ratio matching answers 7, because x y is "
         "3 times that\nof the second example (modulo %d) and so is z. Bayes: the posterior over "
         "all %d tasks.\n"),
      prediction->source->config.p, prediction->source->config.p * prediction->source->config.p);
}

/* The sequence of the command line, checked. */
static GscCliStatus
read_sequence (Prediction *prediction, const char *command, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint shots;

  if (!gsc_sequence_parse (text, prediction->source->config.p, &prediction->tokens,
                           &prediction->time, &error)
      || !gsc_sequence_check_length (prediction->time, &error))
    return gsc_cli_misused (command, "%s", error->message);
  shots = (prediction->time + 1) / 3;
  if (shots > MAX_SHOTS)
    return gsc_cli_misused (command,
                            _ ("The sequence has %u examples; at most %d can be asked about."),
                            shots, MAX_SHOTS);
  if (prediction->source->trained_shots_known && (int) shots > prediction->source->config.shots)
    gsc_cli_say (_ ("The sequence has %u examples, more than the %d the model was trained with."),
                 shots, prediction->source->config.shots);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_predict (int argc, char **argv)
{
  g_auto (GscCliSourceOptions) options = GSC_CLI_SOURCE_OPTIONS_INIT;
  g_auto (GscCliSource) source = GSC_CLI_SOURCE_INIT;
  g_auto (Prediction) prediction = { .source = &source };
  g_auto (GStrv) arguments = NULL;
  g_autofree char *sequence = NULL;
  gboolean json = FALSE, attention = FALSE;
  const GOptionEntry entries[] = {
    GSC_CLI_SOURCE_ENTRIES (options),
    { "sequence", 0, 0, G_OPTION_ARG_STRING, &sequence,
      N_ ("The sequence x y z x y z …; the last z may be missing"), N_ ("\"X Y Z …\"") },
    { "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &options.recipe.sets,
      N_ ("The prime p, for a model file that does not say"), N_ ("p=PRIME") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json,
      N_ ("Print JSON, with the logits at every position"), NULL },
    { "attention", 0, 0, G_OPTION_ARG_NONE, &attention, N_ ("With --json: all attention maps, too"),
      NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN_OR_MODEL"),
    .summary
    = N_ ("Asks a model for every z of a sequence, and shows beside its answers what ratio "
          "matching\nand the exact posterior say. RUN_OR_MODEL is a run folder, a .safetensors "
          "file or a\nPyTorch .pth file."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (sequence == NULL)
    return gsc_cli_misused (argv[0], _ ("A sequence is needed: --sequence \"4 21 5 2 6\"."));
  if (attention && !json)
    return gsc_cli_misused (argv[0], _ ("--attention goes with --json."));
  status = gsc_cli_source_open_model (&source, argv[0], arguments[0], &options);
  if (status == GSC_CLI_OK)
    status = read_sequence (&prediction, argv[0], sequence);
  if (status != GSC_CLI_OK)
    return status;
  prediction_run (&prediction);
  if (json)
    print_json (&prediction, attention);
  else
    print_text (&prediction);
  return GSC_CLI_OK;
}
