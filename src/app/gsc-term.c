/* gsc-term.c - the terms of the experiment, each in one sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-term.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-config.h"

/* Figures of a part without a number. */
#define APPENDIX "appendix"

typedef struct
{
  const char *sentence; /* NULL: a key of the recipe, which has its own */
  const char *section;  /* of the paper: a number or APPENDIX; NULL: none */
  const char *figures;  /* "1c, 3c", or NULL */
  const char *needs;    /* a term to be explained along with it, or NULL */
} Term;

/* Those of the recipe and of tables; panels have theirs by figure. */
static const char *const names[] = {
  "alpha",     "depth",         "heads",           "shots", "tasks",      "stop",  "stop_patience",
  "stop_step", "stop_accuracy", "stop_only_marks", "sets",  "chance",     "phase", "peak",
  "drop",      "half_life",     "ratio_matching",  "bayes", "memorising", "log",   NULL,
};

/* In the order of names. */
static const Term terms[] = {
  { .figures = "1b, 3a, 4" },
  { .figures = "3a" },
  { .figures = "6" },
  { .figures = "1c, 3c" },
  { .figures = "1b, 3a, 4" },
  { .sentence = N_ ("When to end the run before its last step: deeper models forget how to solve "
                    "tasks they never saw."),
    .section = "4" },
  { .sentence
    = N_ ("Stops after so many records in a row without a new best o.o.d./test accuracy.") },
  { .sentence = N_ ("Stops after this step; the learning rate is that of the longer run.") },
  { .sentence = N_ ("Stops as soon as the o.o.d./test accuracy at the last shot is this high.") },
  { .sentence
    = N_ ("The run goes on to its last step; the moment at which it would have been stopped is "
          "marked in the learning curves.") },
  { .sentence = N_ ("I.d. tasks are trained on, o.o.d. tasks never; test inputs are pairs (x, y) "
                    "that no training sequence has."),
    .section = "3" },
  { .sentence = N_ ("What guessing reaches: one answer in p is right.") },
  { .sentence = N_ ("What a model can do, by which of the four sets it solves."),
    .section = "3",
    .figures = "3a" },
  { .sentence = N_ ("The record with the highest o.o.d./test accuracy: the best moment to stop."),
    .section = "4" },
  { .sentence = N_ ("How much accuracy is lost again from the peak to the end."), .section = "4" },
  { .sentence = N_ ("Steps from the peak until half of what exceeds chance is lost."),
    .section = "4" },
  { .sentence = N_ ("If x and y are c times those of an earlier example, so is z: a skill that "
                    "works without knowing the task."),
    .section = "5" },
  { .sentence = N_ ("The best possible answers of one who knows that there are p² tasks.") },
  { .sentence = N_ ("The best possible answers of one who knows only the pre-training tasks.") },
  { .sentence = N_ ("The power to which a primitive root has to be raised to give the number; "
                    "products become sums."),
    .section = "5" },
};

static const Term panels[GSC_N_FIGURES] = {
  [GSC_FIGURE_LEARNING_CURVES]
  = { .sentence = N_ ("Accuracy or loss against training steps; drag to travel in time."),
      .needs = "sets" },
  [GSC_FIGURE_TASK_GRID]
  = { .sentence = N_ ("Each cell is a task: the pair (a, b) of z = ax + by modulo p."),
      .figures = "1" },
  [GSC_FIGURE_TASK_TABLE]
  = { .sentence = N_ ("z for all inputs x and y of one task."), .figures = "1a" },
  [GSC_FIGURE_SHOTS]
  = { .sentence = N_ ("Accuracy against the number of examples seen before the question."),
      .figures = "1c, 3c",
      .needs = "ratio_matching" },
  [GSC_FIGURE_ATTENTION]
  = { .sentence = N_ ("How much each position looks at each earlier one, for every head."),
      .section = "5",
      .figures = "6" },
  [GSC_FIGURE_PROJECTION]
  = { .sentence = N_ ("The outputs for all pairs of numbers, on their two principal components."),
      .figures = "1d, 1e, 6" },
  [GSC_FIGURE_SEQUENCE]
  = { .sentence = N_ ("Examples x, y, z of one task, and the model’s answer to each."),
      .figures = "1a" },
  [GSC_FIGURE_KSHOT]
  = { .sentence = N_ ("All questions of one task after the same k examples: which are answered."),
      .figures = "5",
      .needs = "ratio_matching" },
  [GSC_FIGURE_SIMILARITY]
  = { .sentence = N_ ("How alike the outputs for different inputs are; stripes tell what they "
                      "depend on."),
      .figures = "7, 8" },
  [GSC_FIGURE_NOISE]
  = { .sentence = N_ ("Accuracy when some of the examples have a wrong z."), .section = APPENDIX },
  [GSC_FIGURE_LENS] = { .sentence = N_ ("What each layer would answer if it were the last one.") },
  [GSC_FIGURE_SPECTRUM]
  = { .sentence = N_ ("Which frequencies the embedding of the numbers is made of, also in the "
                      "order of their logarithms."),
      .section = "5",
      .needs = "log" },
  [GSC_FIGURE_ABLATION]
  = { .sentence = N_ ("How the accuracy changes when the output of one head is replaced.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (terms) + 1 == G_N_ELEMENTS (names));

static const Term *
find (const char *name)
{
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    if (g_str_equal (gsc_term_of_figure ((GscFigure) i), name))
      return &panels[i];
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return &terms[i];
  return NULL;
}

const char *const *
gsc_term_get_all (void)
{
  static const char *all[G_N_ELEMENTS (names) + GSC_N_FIGURES];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      memcpy (all, names, sizeof names);
      for (guint i = 0; i < GSC_N_FIGURES; i++)
        all[G_N_ELEMENTS (names) - 1 + i] = gsc_term_of_figure ((GscFigure) i);
      g_once_init_leave (&done, 1);
    }
  return all;
}

const char *
gsc_term_of_figure (GscFigure figure)
{
  /* The name of this figure is also that of a recipe key. */
  return figure == GSC_FIGURE_SHOTS ? "accuracy-by-shot" : gsc_figure_get_name (figure);
}

const char *
gsc_term_get_sentence (const char *name)
{
  const Term *term = find (name);

  if (term != NULL && term->sentence != NULL)
    return _ (term->sentence);
  return gsc_config_get_help (name);
}

/* "section 5, figure 6", or NULL. (transfer full) */
static char *
make_reference (const Term *term)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_strcmp0 (term->section, APPENDIX) == 0)
    g_string_append (text, _ ("appendix"));
  else if (term->section != NULL)
    g_string_append_printf (text, _ ("section %s"), term->section);
  if (term->figures != NULL)
    {
      if (text->len > 0)
        g_string_append (text, ", ");
      /* Translators: numbers, "1c" or "1c, 3c" */
      g_string_append_printf (
          text, strchr (term->figures, ',') != NULL ? _ ("figures %s") : _ ("figure %s"),
          term->figures);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

static void
explain (GString *text, const char *name)
{
  const char *sentence = gsc_term_get_sentence (name);
  const Term *term = find (name);
  g_autofree char *reference = term != NULL ? make_reference (term) : NULL;

  if (sentence == NULL)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, sentence);
  if (reference != NULL)
    {
      g_string_append_c (text, '\n');
      /* Translators: where the paper has it, "section 5, figure 6" */
      g_string_append_printf (text, _ ("Paper: %s"), reference);
    }
  if (term != NULL && term->needs != NULL)
    explain (text, term->needs);
}

char *
gsc_term_explain (const char *name)
{
  g_autoptr (GString) text = g_string_new (NULL);

  explain (text, name);
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
