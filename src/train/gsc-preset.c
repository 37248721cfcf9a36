/* gsc-preset.c - experiments that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-preset.h"

#include <glib/gi18n.h>

#include "gsc-nearest-name.h"

/* Shared by the small presets: what fits a laptop and a cup of tea. */
#define SMALL_TASK .p = 11, .shots = 16, .task_rule = GSC_TASK_RULE_RECTANGLE, .alpha = 0.8
#define SMALL_MODEL                                                                                \
  .width = 64, .heads = 4, .activation = GSC_ACTIVATION_RELU, .tied = TRUE, .batch = 96
#define SMALL_RECORDS .record_every = 200, .eval_sequences = 512

/* Muon on the matrices; lr and weight_decay are AdamW's, on embedding and LayerNorm. The warm-up is
 * long and starts high, so that the rate is still high when a run leaves its plateaus (4,000 to
 * 6,000 steps for seeds 2 to 5) and falls only afterwards. */
#define MUON_OPTIMIZER                                                                             \
  .optimizer = GSC_OPTIMIZER_MUON, .lr = 1e-3, .weight_decay = 0.1, .beta1 = 0.9, .beta2 = 0.98,   \
  .epsilon = 1e-8, .muon_lr = 0.005, .muon_weight_decay = 0.06, .muon_momentum = 0.95,             \
  .warmup_steps = 7000, .lr_start = 0.8, .lr_floor = 0.05

/* Not used by AdamW, but every recipe is complete. */
#define MUON_UNUSED .muon_lr = 0.005, .muon_weight_decay = 0.06, .muon_momentum = 0.95

/* experiment.md, "Training": the paper's recipe. */
#define PAPER_TASK .p = 29, .shots = 32, .task_rule = GSC_TASK_RULE_RECTANGLE
#define PAPER_MODEL .width = 512, .heads = 4, .activation = GSC_ACTIVATION_RELU, .tied = TRUE
#define PAPER_TRAINING                                                                             \
  .optimizer = GSC_OPTIMIZER_ADAMW, .lr = 1.5e-4, .weight_decay = 2.0, .beta1 = 0.9,               \
  .beta2 = 0.98, .epsilon = 1e-8, MUON_UNUSED, .warmup_steps = 10000, .lr_start = 0.01,            \
  .lr_floor = 0.1, .steps = 200000, .record_every = 1000, .eval_sequences = 512, .seed = 1

static const GscPreset presets[] = {
  {
      .name = "quick",
      .title = N_ ("Grokking in a few minutes"),
      .shows
      = N_ ("Can a two-block transformer learn to solve tasks it was never trained on? It sees "
            "96 of the 121 tasks z = a x + b y mod 11."),
      .look
      = N_ ("The four accuracies leave chance together, in steps: o.o.d./test at the last shot "
            "ends near 0.7, not far below what ratio matching can explain."),
      .config = { SMALL_TASK, SMALL_MODEL, SMALL_RECORDS, MUON_OPTIMIZER, .tasks = 96, .depth = 2,
                  .steps = 15000, .seed = 3 },
  },
  {
      .name = "memorise",
      .title = N_ ("Too few tasks: memorisation"),
      .shows = N_ ("What does the same model learn from only 16 tasks?"),
      .look = N_ ("i.d./train comes near 1 while both o.o.d. accuracies stay at chance, 1/11."),
      .config = { SMALL_TASK, SMALL_MODEL, SMALL_RECORDS, MUON_OPTIMIZER, .tasks = 16, .depth = 2,
                  .steps = 15000, .seed = 3 },
  },
  {
      .name = "adamw",
      .title = N_ ("The paper's optimiser at small scale"),
      .shows = N_ ("Does the effect need Muon? The quick experiment with AdamW throughout."),
      .look = N_ ("Whether and when the accuracies leave chance: this recipe is not tuned yet."),
      .config = { SMALL_TASK, SMALL_MODEL, SMALL_RECORDS, MUON_UNUSED,
                  .optimizer = GSC_OPTIMIZER_ADAMW, .lr = 1e-3, .weight_decay = 0.3, .beta1 = 0.9,
                  .beta2 = 0.98, .epsilon = 1e-8, .lr_start = 0.01, .lr_floor = 0.1, .tasks = 96,
                  .depth = 2, .warmup_steps = 500, .steps = 20000, .seed = 3 },
  },
  {
      .name = "deep",
      .title = N_ ("Four blocks: generalisation comes and goes"),
      .shows
      = N_ ("A deeper model and 48 tasks: does it lose what it had generalised, so that one must "
            "stop early?"),
      .look = N_ ("o.o.d./train rises to 0.7 by step 2,500 and then falls to 0.3, while i.d./train "
                  "stays at 1 and i.d./test goes on rising: the tasks it never saw are forgotten."),
      /* Seeds 2 and 3 show it; as quick, but for depth, tasks and length. */
      .config = { SMALL_TASK, SMALL_MODEL, SMALL_RECORDS, MUON_OPTIMIZER, .tasks = 48, .depth = 4,
                  .steps = 12000, .seed = 2 },
  },
  {
      .name = "paper-d2",
      .title = N_ ("The paper's model with two blocks"),
      .shows
      = N_ ("The least depth that generalises out of distribution, at the paper's scale: p = 29 "
            "and 512 tasks."),
      .look = N_ ("o.o.d. accuracy by shot: nearly only what ratio matching explains."),
      .paper = TRUE,
      .config = { PAPER_TASK, PAPER_MODEL, PAPER_TRAINING, .tasks = 512, .alpha = 0.6, .depth = 2,
                  .batch = 1024 },
  },
  {
      .name = "paper-d4",
      .title = N_ ("The paper's model with four blocks"),
      .shows = N_ ("The released model: 384 tasks, batch 1536."),
      .look = N_ ("The shift from ratio matching at few shots to modular regression at many."),
      .paper = TRUE,
      .config = { PAPER_TASK, PAPER_MODEL, PAPER_TRAINING, .tasks = 384, .alpha = 0.8, .depth = 4,
                  .batch = 1536 },
  },
  {
      .name = "paper-d6",
      .title = N_ ("The paper's model with six blocks"),
      .shows = N_ ("Transience: o.o.d. generalisation that comes and goes."),
      .look
      = N_ ("o.o.d. accuracy rises and then falls while i.d. accuracy stays; the best snapshot is "
            "not the last."),
      .paper = TRUE,
      .config = { PAPER_TASK, PAPER_MODEL, PAPER_TRAINING, .tasks = 512, .alpha = 0.8, .depth = 6,
                  .batch = 1024 },
  },
};

const GscPreset *
gsc_preset_get_all (guint *n_presets)
{
  *n_presets = G_N_ELEMENTS (presets);
  return presets;
}

const char *const *
gsc_preset_get_names (void)
{
  static gsize names = 0;

  if (g_once_init_enter (&names))
    {
      const char **list = g_new0 (const char *, G_N_ELEMENTS (presets) + 1);

      for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
        list[i] = presets[i].name;
      g_once_init_leave (&names, (gsize) list);
    }
  return (const char *const *) names;
}

const GscPreset *
gsc_preset_get_default (void)
{
  return &presets[0];
}

const GscPreset *
gsc_preset_find (const char *name, GError **error)
{
  g_autofree char *quoted = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (g_str_equal (presets[i].name, name))
      return &presets[i];

  quoted = gsc_nearest_name_quote (name);
  all = g_strjoinv (", ", (char **) gsc_preset_get_names ());
  g_set_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_UNKNOWN_KEY,
               _ ("There is no preset “%s”; the nearest one is “%s”. The presets are: %s."), quoted,
               gsc_nearest_name (name, gsc_preset_get_names ()), all);
  return NULL;
}
