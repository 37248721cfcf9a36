/* gsc-figure-sequence.c - one sequence in context and the model's answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-zp.h"

/* Numbers given, number asked for, right, wrong. */
#define N_ENTRIES 4

static guint
count_groups (const GscProbe *probe)
{
  return (probe->n_tokens + GSC_STRIP_N_CELLS - 1) / GSC_STRIP_N_CELLS;
}

/* The answer after so many examples, or NULL. */
static const GscProbeAnswer *
find_answer (const GscProbe *probe, guint shot)
{
  for (guint i = 0; i < probe->n_answers; i++)
    if (probe->answers[i].shot == shot)
      return &probe->answers[i];
  return NULL;
}

static GscVerdict
get_verdict (const GscProbeAnswer *answer)
{
  if (answer->truth < 0)
    return GSC_VERDICT_NONE;
  return answer->answer == answer->truth ? GSC_VERDICT_RIGHT : GSC_VERDICT_WRONG;
}

/* The model's answer with the places of a number and its probability. */
static const char *
get_answer_format (const GscProbeAnswer *answer)
{
  switch (get_verdict (answer))
    {
    case GSC_VERDICT_RIGHT:
      /* Translators: the model's answer and its probability. */
      return _ ("model: %d (%s), right");
    case GSC_VERDICT_WRONG:
      return _ ("model: %d (%s), wrong");
    case GSC_VERDICT_NONE:
    default:
      return _ ("model: %d (%s)");
    }
}

/* The c with which the query is c times the inputs of @example, which explains it. */
static int
find_ratio (const GscProbe *probe, const GscProbeAnswer *answer, guint example)
{
  const gint32 *query = &probe->tokens[GSC_STRIP_N_CELLS * answer->shot];
  const gint32 *inputs = &probe->tokens[GSC_STRIP_N_CELLS * example];
  guint slot = inputs[0] != 0 ? 0 : 1;

  if (inputs[slot] == 0) /* (0, 0) explains itself only */
    return 0;
  return query[slot] * gsc_zp_inverse (inputs[slot], probe->p) % probe->p;
}

/* Strip */

static const char *
print_note (GscFigurePage *page, const GscProbe *probe, const GscProbeAnswer *answer)
{
  guint example;

  if (answer->ratio.n_explaining == 0)
    return "–";
  example = answer->explaining[0];
  return gsc_figure_page_print (page, "%d × #%u", find_ratio (probe, answer, example), example + 1);
}

static GscStripGroup
make_group (GscFigurePage *page, const GscProbe *probe, guint index)
{
  const GscProbeAnswer *answer = find_answer (probe, index);
  GscStripGroup group
      = { .lines[GSC_STRIP_HEADING] = gsc_figure_page_print (page, "#%u", index + 1) };

  for (guint i = 0; i < GSC_STRIP_N_CELLS; i++)
    {
      guint token = GSC_STRIP_N_CELLS * index + i;

      if (token < probe->n_tokens)
        group.cells[i] = gsc_figure_page_print (page, "%d", probe->tokens[token]);
    }
  if (group.cells[GSC_STRIP_N_CELLS - 1] == NULL)
    {
      group.cells[GSC_STRIP_N_CELLS - 1] = "?";
      group.open = TRUE;
    }
  if (answer == NULL)
    return group;
  group.verdict = get_verdict (answer);
  group.lines[GSC_STRIP_ANSWER] = gsc_figure_page_print (page, "%d", answer->answer);
  group.lines[GSC_STRIP_DETAIL]
      = gsc_figure_page_print (page, "%s", GSC_PERCENT (answer->probability));
  group.lines[GSC_STRIP_NOTE] = print_note (page, probe, answer);
  return group;
}

static GscStripInput
make_strip (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  guint n = count_groups (frame->probe);
  GscStripGroup *groups = gsc_figure_page_alloc (page, n * sizeof *groups);

  for (guint i = 0; i < n; i++)
    groups[i] = make_group (page, frame->probe, i);
  return (GscStripInput){
    .groups = groups,
    .n_groups = n,
    .cursor = options->show_cursor ? (int) frame->cursor.shot : -1,
    .titles = {
      [GSC_STRIP_HEADING] = _ ("example"),
      [GSC_STRIP_ANSWER] = _ ("model"),
      /* Translators: how many times an earlier example the inputs are. */
      [GSC_STRIP_NOTE] = C_ ("row of a sequence", "ratio"),
    },
    .cells_title = "x y z",
  };
}

static GscLegendInput
make_legend (GscFigurePage *page)
{
  static const char *const texts[N_ENTRIES]
      = { N_ ("input x, y"), N_ ("output z"), N_ ("model right"), N_ ("model wrong") };
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  const GscColor colors[N_ENTRIES]
      = { palette->input, palette->output, palette->background, palette->background };
  GscLegendEntry *entries = gsc_figure_page_alloc (page, N_ENTRIES * sizeof *entries);

  for (guint i = 0; i < N_ENTRIES; i++)
    entries[i] = (GscLegendEntry){
      .text = _ (texts[i]),
      .kind = GSC_LEGEND_CELL,
      .color = colors[i],
      .verdict = i < 2 ? GSC_VERDICT_NONE : GSC_VERDICT_RIGHT + (i - 2),
    };
  return (GscLegendInput){ entries, N_ENTRIES };
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const char *title = _ ("One sequence and the model's answers");
  GscStripInput strip;
  GscFigurePage *page;
  GscRect area;

  if (frame->probe == NULL)
    return gsc_figure_pages_note (frame, options, style, width, height, title,
                                  gsc_figure_pages_get_no_model ());
  page = gsc_figure_pages_begin (frame, options, style, width, height, title, TRUE);
  area = gsc_figure_page_get_content (page);
  if (!options->bare)
    {
      GscLegendInput legend = make_legend (page);

      area = gsc_figure_page_add_legend (page, &legend, &area);
    }
  strip = make_strip (page, frame, options);
  gsc_figure_page_add_strip (page, &strip, &area);
  return page;
}

/* Pick and move */

static char *
describe_query (const GscProbe *probe, guint group)
{
  const gint32 *tokens = &probe->tokens[GSC_STRIP_N_CELLS * group];

  if (GSC_STRIP_N_CELLS * group + 1 >= probe->n_tokens)
    return g_strdup_printf (_ ("example %u: (x, y) = (%d, ?)"), group + 1, tokens[0]);
  if (GSC_STRIP_N_CELLS * group + 2 >= probe->n_tokens)
    return g_strdup_printf (_ ("example %u: (x, y) = (%d, %d)"), group + 1, tokens[0], tokens[1]);
  return g_strdup_printf (_ ("example %u: (x, y) = (%d, %d), z = %d"), group + 1, tokens[0],
                          tokens[1], tokens[2]);
}

static void
append_ratio (GString *text, const GscProbe *probe, const GscProbeAnswer *answer)
{
  const GscRatioMatch *ratio = &answer->ratio;

  if (!ratio->answerable)
    {
      g_string_append (text, _ ("no example explains it by ratio matching"));
      return;
    }
  g_string_append_printf (text, _ ("ratio matching: %d"), ratio->answer);
  for (guint i = 0; i < ratio->n_explaining; i++)
    {
      g_string_append (text, i == 0 ? ", " : " = ");
      /* Translators: the query is so many times an earlier example. */
      g_string_append_printf (text, _ ("%d × example %u"),
                              find_ratio (probe, answer, answer->explaining[i]),
                              answer->explaining[i] + 1);
    }
}

/* Three lines, @separator between them. */
static void
append_answer (GString *text,
               const GscProbe *probe,
               const GscProbeAnswer *answer,
               const char *separator)
{
  g_string_append_printf (text, get_answer_format (answer), answer->answer,
                          GSC_PERCENT (answer->probability));
  g_string_append (text, separator);
  append_ratio (text, probe, answer);
  g_string_append (text, separator);
  if (answer->bayes < 0)
    g_string_append (text, _ ("Bayes: no task fits the examples"));
  else
    /* Translators: the answer of Bayes' rule and its probability. */
    g_string_append_printf (text, _ ("Bayes: %d (%s)"), answer->bayes,
                            GSC_PERCENT (answer->bayes_probability));
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscStripLayout *layout = gsc_figure_page_get_strip (page, 0);
  const GscProbeAnswer *answer;
  GscStripPick place;
  g_autofree char *query = NULL;
  GString *text;

  if (layout == NULL || !gsc_strip_pick (layout, x, y, &place))
    return FALSE;
  pick->kind = GSC_PICK_TOKEN;
  pick->token = GSC_STRIP_N_CELLS * place.group + place.cell;
  pick->token = MIN (pick->token, frame->probe->n_tokens - 1);
  pick->shot = place.group;
  pick->rect = layout->groups[place.group].cells[place.cell];
  query = describe_query (frame->probe, place.group);
  text = g_string_new (query);
  answer = find_answer (frame->probe, place.group);
  if (answer != NULL)
    {
      g_string_append_c (text, '\n');
      append_answer (text, frame->probe, answer, "\n");
    }
  pick->text = g_string_free (text, FALSE);
  return TRUE;
}

/* The cursor's shot must be one of the run, too. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  guint n = (guint) frame->run->config.shots;

  if (frame->probe == NULL)
    return FALSE;
  n = MIN (n, count_groups (frame->probe));
  if (direction == GSC_DIRECTION_LEFT && cursor->shot > 0)
    cursor->shot--;
  else if (direction == GSC_DIRECTION_RIGHT && cursor->shot + 1 < n)
    cursor->shot++;
  else
    return FALSE;
  return TRUE;
}

/* Words and numbers */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscProbe *probe = frame->probe;
  const GscProbeAnswer *answer;
  guint n_right = 0, n_asked = 0;
  GString *text;

  if (probe == NULL)
    return gsc_figure_pages_end_sentence (gsc_figure_pages_get_no_model ());
  for (guint i = 0; i < probe->n_answers; i++)
    {
      n_right += get_verdict (&probe->answers[i]) == GSC_VERDICT_RIGHT;
      n_asked += get_verdict (&probe->answers[i]) != GSC_VERDICT_NONE;
    }
  text = g_string_new (NULL);
  g_string_append_printf (text,
                          ngettext ("The model is right in %u of %u example.",
                                    "The model is right in %u of %u examples.", n_asked),
                          n_right, n_asked);
  answer = find_answer (probe, frame->cursor.shot);
  if (answer == NULL && probe->n_answers > 0)
    answer = &probe->answers[probe->n_answers - 1];
  if (answer != NULL)
    {
      g_autofree char *query = describe_query (probe, answer->shot);
      g_autofree char *sentence = gsc_figure_pages_begin_sentence (query);
      g_autoptr (GString) details = g_string_new (sentence);
      g_autofree char *whole = NULL;

      g_string_append (details, "; ");
      append_answer (details, probe, answer, "; ");
      whole = gsc_figure_pages_end_sentence (details->str);
      g_string_append_printf (text, " %s", whole);
    }
  return g_string_free (text, FALSE);
}

/* "1 4": the examples by ratio matching. */
static void
add_explaining (GscFigureTable *table, const GscProbeAnswer *answer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; answer != NULL && i < answer->ratio.n_explaining; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", answer->explaining[i] + 1);
  gsc_figure_table_add_text (table, text->str);
}

/* A row for each example; numbers that are not there are empty. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = { "example",
                                         "x",
                                         "y",
                                         "z",
                                         "answer",
                                         "probability",
                                         "ratio_answer",
                                         "explaining",
                                         "bayes",
                                         "bayes_probability",
                                         NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);
  const GscProbe *probe = frame->probe;

  for (guint i = 0; probe != NULL && i < count_groups (probe); i++)
    {
      const GscProbeAnswer *answer = find_answer (probe, i);

      gsc_figure_table_add_int (table, i + 1);
      for (guint j = GSC_STRIP_N_CELLS * i; j < GSC_STRIP_N_CELLS * (i + 1); j++)
        gsc_figure_table_add_number (table, j < probe->n_tokens ? probe->tokens[j] : NAN);
      gsc_figure_table_add_number (table, answer != NULL ? answer->answer : NAN);
      gsc_figure_table_add_number (table, answer != NULL ? answer->probability : NAN);
      gsc_figure_table_add_number (
          table, answer != NULL && answer->ratio.answerable ? answer->ratio.answer : NAN);
      add_explaining (table, answer);
      gsc_figure_table_add_number (table,
                                   answer != NULL && answer->bayes >= 0 ? answer->bayes : NAN);
      gsc_figure_table_add_number (
          table, answer != NULL && answer->bayes >= 0 ? answer->bayes_probability : NAN);
    }
  return table;
}

const GscFigureClass gsc_figure_sequence = {
  .name = "sequence",
  .title = N_ ("Sequence"),
  .needs_model = TRUE,
  .slope = 0.15,
  .base = 90,
  .narrow = 40,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
