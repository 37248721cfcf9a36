/* gsc-analyse-options.c - the command line of `grokscope-cli analyse`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse-options.h"

#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-sequence.h"

/* The context that the app shows first, too. */
#define DEFAULT_CONTEXT_SEED 1

#define MAX_CONTEXT_SEED ((G_GINT64_CONSTANT (1) << 53) - 1)

static const GscAnalyseKind kinds[] = {
  { "kshot", GSC_ANALYSE_TAKES_CONTEXT | GSC_ANALYSE_TAKES_SHOT, gsc_analyse_kshot },
  { "pca",
    GSC_ANALYSE_TAKES_CONTEXT | GSC_ANALYSE_TAKES_SHOT | GSC_ANALYSE_TAKES_HEAD
        | GSC_ANALYSE_TAKES_PART | GSC_ANALYSE_TAKES_SLOTS,
    gsc_analyse_pca },
  { "attention", GSC_ANALYSE_TAKES_CONTEXT | GSC_ANALYSE_TAKES_HEAD | GSC_ANALYSE_TAKES_SET,
    gsc_analyse_attention },
  { "cosine",
    GSC_ANALYSE_TAKES_CONTEXT | GSC_ANALYSE_TAKES_SHOT | GSC_ANALYSE_TAKES_HEAD
        | GSC_ANALYSE_TAKES_SLOTS,
    gsc_analyse_cosine },
  { "roles", GSC_ANALYSE_TAKES_HEAD | GSC_ANALYSE_TAKES_SET, gsc_analyse_roles },
  { "ablation", GSC_ANALYSE_TAKES_MODE, gsc_analyse_ablation },
  { "noise", GSC_ANALYSE_TAKES_SET, gsc_analyse_noise },
  { "lens", 0, gsc_analyse_lens },
  { "spectrum", 0, gsc_analyse_spectrum },
};

static const char *const part_names[] = { "embedding", "head", "block", "mlp", NULL };
static const char *const pair_names[] = { "xy", "xz", "yz", NULL };
static const char *const slot_names[] = { "x", "y", "z", NULL };
static const char *const set_names[] = { "id_train", "id_test", "ood_train", "ood_test", NULL };
static const char *const mode_names[] = { "zero", "mean", NULL };

void
gsc_analyse_options_clear (GscAnalyseOptions *options)
{
  g_free (options->what);
  g_free (options->task);
  g_free (options->sequence);
  g_free (options->context_seed);
  g_free (options->part);
  g_free (options->slots);
  g_free (options->on);
  g_free (options->ablate);
  g_free (options->ablate_mode);
}

const GscAnalyseKind *
gsc_analyse_options_find_kind (const GscAnalyseOptions *options)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (options->what, kinds[i].name) == 0)
      return &kinds[i];
  return NULL;
}

static gboolean
is_given (int number)
{
  return number != GSC_ANALYSE_NOT_GIVEN;
}

/* Before anything is opened */

static GscCliStatus
check_what (const GscAnalyseOptions *options, const char *command)
{
  const char *names[G_N_ELEMENTS (kinds) + 1] = { NULL };
  g_autofree char *all = NULL;
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    names[i] = kinds[i].name;
  all = g_strjoinv ("|", (char **) names);
  if (options->what == NULL)
    return gsc_cli_misused (command, _ ("What is to be analysed? Say it with --what %s."), all);
  quoted = gsc_nearest_name_quote (options->what);
  if (gsc_analyse_options_find_kind (options) == NULL)
    return gsc_cli_misused (command, _ ("There is no analysis “%s”; the nearest one is “%s”."),
                            quoted, gsc_nearest_name (options->what, names));
  return GSC_CLI_OK;
}

/* Options that say nothing to this kind would be overlooked silently. */
static GscCliStatus
check_takes (const GscAnalyseOptions *options, const char *command)
{
  const GscAnalyseKind *kind = gsc_analyse_options_find_kind (options);
  const struct
  {
    const char *name;
    gboolean given;
    GscAnalyseTakes takes;
  } entries[] = {
    { "--task", options->task != NULL, GSC_ANALYSE_TAKES_CONTEXT },
    { "--sequence", options->sequence != NULL, GSC_ANALYSE_TAKES_CONTEXT },
    { "--context-seed", options->context_seed != NULL, GSC_ANALYSE_TAKES_CONTEXT },
    { "--shot", is_given (options->shot), GSC_ANALYSE_TAKES_SHOT },
    { "--layer", is_given (options->layer), GSC_ANALYSE_TAKES_HEAD },
    { "--head", is_given (options->head), GSC_ANALYSE_TAKES_HEAD },
    { "--part", options->part != NULL, GSC_ANALYSE_TAKES_PART },
    { "--as-in-paper", options->as_in_paper, GSC_ANALYSE_TAKES_PART },
    { "--slots", options->slots != NULL, GSC_ANALYSE_TAKES_SLOTS },
    { "--on", options->on != NULL, GSC_ANALYSE_TAKES_SET },
    { "--ablate-mode", options->ablate_mode != NULL && options->ablate == NULL,
      GSC_ANALYSE_TAKES_MODE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i].given && !(kind->takes & entries[i].takes))
      {
        if (entries[i].takes == GSC_ANALYSE_TAKES_MODE)
          return gsc_cli_misused (command, _ ("--ablate-mode goes with --ablate."));
        return gsc_cli_misused (command, _ ("%s does not go with --what %s."), entries[i].name,
                                kind->name);
      }
  if (options->on != NULL && (kind->takes & GSC_ANALYSE_TAKES_CONTEXT)
      && (options->task != NULL || options->sequence != NULL || options->context_seed != NULL))
    return gsc_cli_misused (command, _ ("--on is about the mean of many sequences; it does not go "
                                        "with --task, --sequence and --context-seed."));
  if (options->sequence != NULL && options->context_seed != NULL)
    return gsc_cli_misused (command, _ ("--sequence and --context-seed exclude each other."));
  return GSC_CLI_OK;
}

/* The index of @word, @fallback if it is NULL. */
static GscCliStatus
read_name (const char *command,
           const char *option,
           const char *word,
           const char *const *names,
           guint fallback,
           guint *index)
{
  g_autofree char *all = g_strjoinv (", ", (char **) names);

  *index = fallback;
  if (word == NULL)
    return GSC_CLI_OK;
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (word, names[i]))
      {
        *index = i;
        return GSC_CLI_OK;
      }
  return gsc_cli_misused (command, _ ("%s takes one of: %s."), option, all);
}

static gboolean
looks_at_pairs (const GscAnalyseOptions *options)
{
  return g_str_equal (options->what, "pca");
}

/* All names at once: fills in @analyse. */
static GscCliStatus
read_names (const GscAnalyseOptions *options, const char *command, GscAnalyse *analyse)
{
  guint part, slots, set, mode;
  GscCliStatus status
      = read_name (command, "--part", options->part, part_names, GSC_PROJECTION_HEAD, &part);

  if (status == GSC_CLI_OK)
    status = read_name (command, "--slots", options->slots,
                        looks_at_pairs (options) ? pair_names : slot_names, 0, &slots);
  if (status == GSC_CLI_OK)
    status = read_name (command, "--on", options->on, set_names, GSC_SET_OOD_TEST, &set);
  if (status == GSC_CLI_OK)
    status = read_name (command, "--ablate-mode", options->ablate_mode, mode_names, 0, &mode);
  if (status != GSC_CLI_OK)
    return status;
  analyse->part = part;
  analyse->slots = looks_at_pairs (options) ? slots : GSC_SLOTS_XY;
  analyse->slot = looks_at_pairs (options) ? GSC_SLOT_X : slots;
  analyse->set = set;
  analyse->set_given = options->on != NULL;
  analyse->mode = mode == 0 ? GSC_ABLATION_ZERO : GSC_ABLATION_MEAN;
  analyse->centred = !options->as_in_paper;
  return GSC_CLI_OK;
}

GscCliStatus
gsc_analyse_options_check (const GscAnalyseOptions *options, const char *command)
{
  GscAnalyse scratch = { 0 };
  GscCliStatus status = check_what (options, command);

  if (status == GSC_CLI_OK)
    status = check_takes (options, command);
  if (status == GSC_CLI_OK)
    status = read_names (options, command, &scratch);
  return status;
}

/* Against the model */

/* A number from 1 to @max as an index; -1 where none is given. */
static GscCliStatus
read_index (const char *command, const char *option, int given, int max, int *index)
{
  *index = is_given (given) ? given - 1 : -1;
  if (!is_given (given) || (given >= 1 && given <= max))
    return GSC_CLI_OK;
  return gsc_cli_misused (command, _ ("%s must be from 1 to %d for this model."), option, max);
}

/* Two whole numbers with @separator between them. */
static gboolean
read_pair (const char *text, const char *separator, gint64 *first, gint64 *second)
{
  g_auto (GStrv) parts = g_strsplit (text, separator, 3);

  return g_strv_length (parts) == 2 && gsc_number_parse_int (g_strstrip (parts[0]), first)
         && gsc_number_parse_int (g_strstrip (parts[1]), second);
}

static GscCliStatus
read_task (const GscAnalyseOptions *options, const char *command, GscAnalyse *analyse)
{
  gint64 a, b;
  int p = analyse->subject.p;

  if (!read_pair (options->task, ",", &a, &b) || a < 0 || a >= p || b < 0 || b >= p)
    return gsc_cli_misused (command, _ ("--task takes two numbers a,b from 0 to %d."), p - 1);
  analyse->a = (int) a;
  analyse->b = (int) b;
  return GSC_CLI_OK;
}

/* The one task that fits all complete examples; FALSE if there is none or there are several. */
static gboolean
find_task (const GscAnalyse *analyse, int *a, int *b)
{
  int p = analyse->subject.p, n = 0;

  for (int i = 0; i < p * p; i++)
    {
      const GscTask task = { .a = i / p, .b = i % p };
      gboolean fits = TRUE;

      for (guint at = 0; fits && at + 2 < analyse->n_tokens; at += 3)
        fits = gsc_task_answer (&task, p, analyse->tokens[at], analyse->tokens[at + 1])
               == analyse->tokens[at + 2];
      if (!fits)
        continue;
      *a = task.a;
      *b = task.b;
      n++;
    }
  return n == 1;
}

static GscCliStatus
read_sequence (const GscAnalyseOptions *options,
               const char *command,
               GscAnalyse *analyse,
               gint32 **tokens)
{
  gboolean open = g_str_equal (options->what, "attention"); /* a query at the end may be open */
  g_autoptr (GError) error = NULL;

  if (!gsc_sequence_parse (options->sequence, analyse->subject.p, tokens, &analyse->n_tokens,
                           &error)
      || (open && !gsc_sequence_check_length (analyse->n_tokens, &error)))
    return gsc_cli_misused (command, "%s", error->message);
  if (!open && analyse->n_tokens % 3 != 0)
    return gsc_cli_misused (command, _ ("--sequence takes complete examples x y z here."));
  analyse->tokens = *tokens;
  analyse->typed = TRUE;
  if (options->task != NULL || find_task (analyse, &analyse->a, &analyse->b))
    return GSC_CLI_OK;
  if (g_str_equal (options->what, "kshot") || g_str_equal (options->what, "cosine"))
    return gsc_cli_misused (command, _ ("The examples do not say what the task is; give it with "
                                        "--task a,b."));
  analyse->a = analyse->b = -1;
  return GSC_CLI_OK;
}

gint64
gsc_analyse_options_get_context_seed (const GscAnalyseOptions *options)
{
  gint64 seed = DEFAULT_CONTEXT_SEED;

  if (options->context_seed != NULL)
    gsc_number_parse_int (options->context_seed, &seed);
  return seed;
}

static GscCliStatus
draw_context (const GscAnalyseOptions *options,
              const char *command,
              GscAnalyse *analyse,
              gint32 **tokens)
{
  const GscConfig *config = analyse->subject.config;
  const GscTask task = { .a = analyse->a, .b = analyse->b };
  gint64 seed = DEFAULT_CONTEXT_SEED;
  GscRng rng;

  if (options->context_seed != NULL
      && (!gsc_number_parse_int (options->context_seed, &seed) || seed < 0
          || seed > MAX_CONTEXT_SEED))
    return gsc_cli_misused (command, _ ("--context-seed takes a whole number from 0 on."));
  analyse->n_tokens = 3 * (guint) config->shots;
  analyse->tokens = *tokens = g_new (gint32, analyse->n_tokens);
  gsc_rng_init (&rng, (guint64) seed, GSC_RNG_SHOW, 0, 0);
  gsc_sequence_draw (&rng, config->p, &task, analyse->subject.inputs->train,
                     analyse->subject.inputs->n_train, config->shots, *tokens);
  return GSC_CLI_OK;
}

/* Examples before the one looked at: for pca that one must be in the context, otherwise a typed
 * context may be used up whole. */
static GscCliStatus
read_shot (const GscAnalyseOptions *options, const char *command, GscAnalyse *analyse)
{
  guint n = analyse->n_tokens / 3;
  guint max = analyse->typed && !looks_at_pairs (options) ? n : n - 1;

  analyse->shot_given = is_given (options->shot);
  analyse->shot = analyse->shot_given ? (guint) MAX (options->shot, -1) : max;
  if (analyse->shot <= max)
    return GSC_CLI_OK;
  return gsc_cli_misused (command, _ ("--shot must be from 0 to %u here."), max);
}

GscCliStatus
gsc_analyse_options_apply (const GscAnalyseOptions *options,
                           const char *command,
                           GscAnalyse *analyse,
                           gint32 **tokens)
{
  const GscModelConfig *model = gsc_model_get_config (analyse->subject.model);
  const GscTaskSplit *tasks = analyse->subject.tasks;
  GscCliStatus status = read_names (options, command, analyse);

  analyse->what = options->what;
  analyse->a = tasks->tasks[tasks->n_id].a;
  analyse->b = tasks->tasks[tasks->n_id].b;
  if (status == GSC_CLI_OK)
    status = read_index (command, "--layer", options->layer, model->depth, &analyse->layer);
  if (status == GSC_CLI_OK)
    status = read_index (command, "--head", options->head, model->heads, &analyse->head);
  if (status == GSC_CLI_OK && options->task != NULL)
    status = read_task (options, command, analyse);
  if (status == GSC_CLI_OK && options->sequence != NULL)
    status = read_sequence (options, command, analyse, tokens);
  else if (status == GSC_CLI_OK)
    status = draw_context (options, command, analyse, tokens);
  return status == GSC_CLI_OK ? read_shot (options, command, analyse) : status;
}

GscCliStatus
gsc_analyse_options_get_ablation (const GscAnalyseOptions *options,
                                  const char *command,
                                  const GscModelConfig *model,
                                  const GscAblation *means,
                                  GscAblationMode mode,
                                  GscAblation **ablation)
{
  g_autoptr (GscAblation) result
      = means != NULL ? gsc_ablation_copy (means) : gsc_ablation_new (model, NULL, 0);
  g_auto (GStrv) heads = NULL;

  if (options->ablate == NULL)
    return GSC_CLI_OK;
  heads = g_strsplit (options->ablate, ",", -1);
  for (guint i = 0; heads[i] != NULL; i++)
    {
      g_autofree char *quoted = gsc_nearest_name_quote (heads[i]);
      gint64 layer, head;

      if (!read_pair (heads[i], ":", &layer, &head))
        return gsc_cli_misused (command, _ ("--ablate takes LAYER:HEAD,…; “%s” is none."), quoted);
      if (layer < 1 || layer > model->depth || head < 1 || head > model->heads)
        return gsc_cli_misused (command,
                                _ ("There is no head %s: the model has %d layers of %d heads."),
                                quoted, model->depth, model->heads);
      gsc_ablation_set (result, (guint) layer - 1, (guint) head - 1, mode);
    }
  *ablation = g_steal_pointer (&result);
  return GSC_CLI_OK;
}
