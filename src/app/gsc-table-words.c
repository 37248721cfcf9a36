/* gsc-table-words.c - the names in a figure's table, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-table-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-head-roles.h"
#include "gsc-phase-figure.h"
#include "gsc-recipe-row.h"
#include "gsc-term.h"

typedef struct
{
  const char *name;
  const char *title; /* the first letter becomes a capital */
  const char *term;
} Word;

static const Word words[] = {
  { "run", N_ ("run"), NULL },
  { "step", N_ ("step"), NULL },
  { "chance", N_ ("chance"), "chance" },
  { "layer", N_ ("layer"), NULL },
  { "head", N_ ("head"), "heads" },
  { "other", N_ ("other head"), NULL },
  { "other_head", N_ ("other head"), NULL },
  { "ablation", N_ ("Ablation"), "ablation" },
  { "set", N_ ("Set"), "sets" },
  { "accuracy", N_ ("accuracy"), NULL },
  { "standard_error", N_ ("standard error"), NULL },
  { "error", N_ ("standard error"), NULL },
  { "change", N_ ("change"), NULL },
  { "difference", N_ ("difference"), NULL },
  { "sequences", N_ ("Sequences"), NULL },
  { "example", N_ ("example"), NULL },
  { "answer", N_ ("answer"), NULL },
  { "probability", N_ ("probability"), NULL },
  { "ratio_answer", N_ ("ratio matching"), "ratio_matching" },
  { "ratio_matching", N_ ("ratio matching"), "ratio_matching" },
  { "ratio_matching_train", N_ ("ratio matching/train"), "ratio_matching" },
  { "ratio_matching_test", N_ ("ratio matching/test"), "ratio_matching" },
  { "explaining", N_ ("explained by"), "ratio_matching" },
  { "explained_by", N_ ("explained by"), "ratio_matching" },
  { "explained", N_ ("explained"), "ratio_matching" },
  { "unexplained", N_ ("not explained"), "ratio_matching" },
  { "bayes", N_ ("Bayes"), "bayes" },
  { "memorising_id", N_ ("memorising, i.d."), "memorising" },
  { "memorising_ood", N_ ("memorising, o.o.d."), "memorising" },
  { "id", N_ ("i.d."), "sets" },
  { "ood", N_ ("o.o.d."), "sets" },
  { "train", N_ ("training inputs"), "sets" },
  { "test", N_ ("test inputs"), "sets" },
  { "inputs", N_ ("inputs"), "sets" },
  { "wrong", N_ ("wrong labels"), "label-noise" },
  { "wrong_example", N_ ("the wrong example"), "label-noise" },
  { "model", N_ ("model"), NULL },
  { "right", N_ ("right"), NULL },
  { "role", N_ ("role"), NULL },
  { "rectangle", N_ ("rectangle"), "task_rule" },
  { "query", N_ ("query"), "attention" },
  { "key", N_ ("Key"), "attention" },
  { "weight", N_ ("weight"), "attention" },
  { "mean", N_ ("mean"), NULL },
  { "slot", N_ ("slot"), NULL },
  { "input", N_ ("input"), NULL },
  { "other_input", N_ ("other input"), NULL },
  { "similarity", N_ ("similarity"), "cosine-similarity" },
  { "quotient", N_ ("quotient"), NULL },
  { "ratio", N_ ("ratio"), "ratio_matching" },
  { "moment", N_ ("Record shown"), "peak" },
  { "runs", N_ ("runs"), NULL },
  { "counted", N_ ("counted"), NULL },
  { "finished", N_ ("finished"), NULL },
  { "spread", N_ ("spread"), NULL },
  { "phase", N_ ("phase"), "phase" },
  { "peak", N_ ("Peak"), "peak" },
  { "final", N_ ("Final"), NULL },
  { "drop", N_ ("Drop"), "drop" },
  { "half_life", N_ ("Half-life"), "half_life" },
  { "shots_50", N_ ("shots to 50 %"), "shots" },
  { "shots_90", N_ ("shots to 90 %"), "shots" },
  { "characters", N_ ("characters"), "spectrum" },
  { "frequency", N_ ("frequency"), "spectrum" },
  { "share", N_ ("share"), NULL },
  { "without_order", N_ ("without order"), "spectrum" },
  { "number", N_ ("number"), NULL },
  { "log", N_ ("discrete logarithm"), "log" },
  { "pc1", N_ ("PC 1"), "projection" },
  { "pc2", N_ ("PC 2"), "projection" },
};

/* What stands for itself. */
static const char *const letters[] = { "a", "b", "x", "y", "z", NULL };

static const Word *
find_word (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].name, name))
      return &words[i];
  return NULL;
}

static const char *
find_set (const char *name)
{
  for (guint set = 0; set < GSC_N_SETS; set++)
    if (g_str_equal (gsc_set_get_name ((GscSet) set), name))
      return gsc_phase_map_get_title ((GscPhaseMap) set);
  return NULL;
}

/* One word or a set of words with a title of its own. (transfer full) */
static char *
find_title (const char *name)
{
  const Word *word = find_word (name);
  const char *title = find_set (name);

  if (title == NULL && word != NULL)
    title = _ (word->title);
  if (title == NULL)
    title = gsc_recipe_row_find_title (name);
  if (title == NULL && g_strv_contains (letters, name))
    title = name;
  return g_strdup (title);
}

static char *translate (const char *name);

/* "train_accuracy_a" from "train" and "accuracy_a". (transfer full) */
static char *
put_together (const char *name)
{
  for (const char *end = strrchr (name, '_'); end != NULL;
       end = g_strrstr_len (name, end - name, "_"))
    {
      g_autofree char *head = g_strndup (name, (gsize) (end - name));
      g_autofree char *first = find_title (head);
      g_autofree char *rest = first != NULL ? translate (end + 1) : NULL;

      if (rest != NULL)
        /* Translators: a heading of two parts: what it is of, and what: "Peak, step" */
        return g_strdup_printf (_ ("%s, %s"), first, rest);
    }
  return NULL;
}

/* NULL if a part is not known. (transfer full) */
static char *
translate (const char *name)
{
  char *title = find_title (name);

  if (title != NULL)
    return title;
  if (g_str_has_prefix (name, "n_"))
    return translate (name + strlen ("n_"));
  if (g_str_has_prefix (name, "by_"))
    {
      g_autofree char *what = translate (name + strlen ("by_"));

      /* Translators: how alike outputs are by this, "by ratio", "by x" */
      return what != NULL ? g_strdup_printf (_ ("by %s"), what) : NULL;
    }
  return put_together (name);
}

/* "i.d." and "k-shot" are written so wherever they stand. (transfer full) */
static char *
capitalise (const char *text)
{
  gunichar first = g_utf8_get_char_validated (text, -1);
  const char *rest = g_utf8_next_char (text);
  char letter[6];
  int n;

  if (!g_unichar_isalpha (g_utf8_get_char (rest)))
    return g_strdup (text);
  n = g_unichar_to_utf8 (g_unichar_toupper (first), letter);
  return g_strdup_printf ("%.*s%s", n, letter, rest);
}

/* In a comparison: of which of both, or NULL. */
static const char *
find_side (const char *column)
{
  return g_str_has_suffix (column, "_a") ? "A" : g_str_has_suffix (column, "_b") ? "B" : NULL;
}

char *
gsc_table_words_make_heading (const char *column)
{
  const char *side = find_side (column);
  g_autofree char *base
      = side != NULL ? g_strndup (column, strlen (column) - 2) : g_strdup (column);
  g_autofree char *title = translate (base);
  g_autofree char *heading = title != NULL ? capitalise (title) : NULL;

  if (heading == NULL)
    return g_strdup (column);
  return side != NULL ? g_strdup_printf (_ ("%s, %s"), heading, side) : g_steal_pointer (&heading);
}

const char *
gsc_table_words_get_term (const char *column)
{
  const Word *word = find_word (column);
  const char *last = strrchr (column, '_');
  g_autofree char *first = NULL;
  const char *term;

  if (word != NULL)
    return word->term;
  if (find_set (column) != NULL)
    return "sets";
  if (gsc_term_get_sentence (column) != NULL)
    return g_intern_string (column);
  /* That of the whole is that of what it is of. */
  if (last == NULL)
    return NULL;
  first = g_strndup (column, (gsize) (last - column));
  term = gsc_table_words_get_term (first);
  return term != NULL ? term : gsc_table_words_get_term (last + 1);
}

/* Of phases, roles and the like; the column tells "none" from "none". */
const char *
gsc_table_words_find_cell (const char *column, const char *cell)
{
  static const struct
  {
    const char *name;
    const char *title;
  } others[] = {
    { "pre-training", N_ ("pre-training task") },
    { "ood", N_ ("o.o.d. task") },
    { "training", N_ ("training inputs") },
    { "test", N_ ("test inputs") },
    { "best", N_ ("early-stopped") },
    { "final", N_ ("final") },
    { "zero", N_ ("zero") },
    { "mean", N_ ("mean") },
    { "none", N_ ("none") },
    { "additive", N_ ("numbers") },
    { "multiplicative", N_ ("logarithms") },
  };

  if (g_str_has_suffix (column, "phase"))
    for (guint phase = 0; phase < GSC_N_PHASES; phase++)
      if (g_str_equal (gsc_phase_get_name ((GscPhase) phase), cell))
        return _ (gsc_phase_get_title ((GscPhase) phase));
  if (g_str_equal (column, "role"))
    for (guint role = 0; role <= GSC_HEAD_ROLE_NONE; role++)
      if (g_str_equal (gsc_head_role_get_name ((GscHeadRole) role), cell))
        return gsc_head_role_get_title ((GscHeadRole) role);
  if (g_str_equal (column, "set"))
    return find_set (cell);
  for (guint i = 0; i < G_N_ELEMENTS (others) && !g_str_equal (column, "run"); i++)
    if (g_str_equal (others[i].name, cell))
      return _ (others[i].title);
  return NULL;
}
