/* test-figure-sequence.c - one sequence in context and the model's answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"

static GscFigurePage *
lay_out (const GscFrame *frame, const GscFigureOptions *options, double width, double height)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), 11);
  return gsc_figure_lay_out (GSC_FIGURE_SEQUENCE, frame, options, &style, width, height);
}

static gboolean
has_label (const GscFigurePage *page, const char *text)
{
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

  for (guint i = 0; i < labels->len; i++)
    if (g_str_equal (g_array_index (labels, GscLabel, i).text, text))
      return TRUE;
  return FALSE;
}

/* Every token at its place, with its number; whatever the sequence ends with. */
static void
test_picks (void)
{
  static const double sizes[][2] = { { 1200, 90 }, { 400, 250 }, { 300, 220 }, { 1900, 700 } };

  for (guint n_tokens = 23; n_tokens <= 24; n_tokens++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (GscFrame) frame = frame_fixture_new (11, 2, FIXTURE_RISING);
        g_autoptr (GscFigurePage) page = NULL;
        const GscStripLayout *strip;
        GscFigureOptions options;

        frame_fixture_add_probe (frame, n_tokens);
        gsc_figure_options_init (&options, GSC_FIGURE_SEQUENCE);
        options.bare = TRUE;
        page = lay_out (frame, &options, sizes[i][0], sizes[i][1]);
        strip = gsc_figure_page_get_strip (page, 0);
        g_assert_cmpuint (strip->n_shown, ==, 8);
        for (guint token = 0; token < n_tokens; token++)
          {
            const GscRect *cell = &strip->groups[token / 3].cells[token % 3];
            g_auto (GscFigurePick) pick = { 0 };
            g_autofree char *number = g_strdup_printf ("%d", frame->probe->tokens[token]);

            g_assert_true (gsc_figure_pick (page, cell->x + cell->width / 2,
                                            cell->y + cell->height / 2, &pick));
            g_assert_cmpint (pick.kind, ==, GSC_PICK_TOKEN);
            g_assert_cmpuint (pick.token, ==, token);
            g_assert_cmpuint (pick.shot, ==, token / 3);
            g_assert_cmpfloat (pick.rect.x, ==, cell->x);
            g_assert_nonnull (strstr (pick.text, number));
            g_assert_nonnull (strstr (pick.text, "\nmodel: "));
            g_assert_cmpstr (strip->groups[token / 3].numbers[token % 3].text, ==, number);
          }
        g_assert_cmpint (has_label (page, "?"), ==, n_tokens == 23);
      }
}

/* A sequence by hand: x, y, 2x + 3y mod 5, the third example twice the first. */
static void
test_pick_text (void)
{
  static const gint32 tokens[] = { 1, 2, 3, 0, 1, 3, 2, 4, 1 };
  const GscModelConfig shape = {
    .vocab = 5, .width = 8, .heads = 2, .depth = 1, .activation = GSC_ACTIVATION_RELU, .tied = TRUE
  };
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 2, FIXTURE_RISING);
  g_autoptr (GscModel) model = gsc_model_new (&shape, NULL);
  g_autoptr (GscProbe) probe = NULL;
  g_autoptr (GscFigurePage) page = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  GscFigureOptions options;
  const GscStripLayout *strip;
  g_auto (GscFigurePick) pick = { 0 };
  g_autofree char *expected = NULL;
  const GscProbeAnswer *answer;

  gsc_model_init_weights (model, 1);
  probe = gsc_probe_new (&(GscSubject){ .model = model, .p = 5 }, tokens, G_N_ELEMENTS (tokens),
                         NULL);
  gsc_frame_set_probe (frame, probe);
  gsc_figure_options_init (&options, GSC_FIGURE_SEQUENCE);
  page = lay_out (frame, &options, 600, 200);
  strip = gsc_figure_page_get_strip (page, 0);
  g_assert_true (
      gsc_figure_pick (page, strip->groups[2].frame.x + 1, strip->groups[2].frame.y + 1, &pick));
  answer = &probe->answers[2];
  expected = g_strdup_printf (
      "example 3: (x, y) = (2, 4), z = 1\nmodel: %d (%.0f %%), %s\nratio matching: 1, 2 × example "
      "1\nBayes: 1 (100 %%)",
      answer->answer, 100 * answer->probability, answer->answer == 1 ? "right" : "wrong");
  g_assert_cmpstr (pick.text, ==, expected);
  g_assert_true (has_label (page, "2 × #1"));

  table = gsc_figure_tabulate (GSC_FIGURE_SEQUENCE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 3);
  g_assert_cmpfloat (frame_fixture_get_number (table, 2, "z"), ==, 1);
  g_assert_cmpfloat (frame_fixture_get_number (table, 2, "ratio_answer"), ==, 1);
  g_assert_cmpstr (frame_fixture_get_text (table, 2, "explaining"), ==, "1");
  g_assert_cmpstr (frame_fixture_get_text (table, 1, "ratio_answer"), ==, "");
  g_assert_cmpfloat (frame_fixture_get_number (table, 2, "bayes"), ==, 1);
}

/* The same numbers as the probe's, row by row. */
static void
test_table (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 2, FIXTURE_RISING);
  g_autoptr (GscFigureTable) table = NULL;
  GscFigureOptions options;

  frame_fixture_add_probe (frame, 23);
  gsc_figure_options_init (&options, GSC_FIGURE_SEQUENCE);
  table = gsc_figure_tabulate (GSC_FIGURE_SEQUENCE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "example"), ==, i + 1);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "x"), ==, frame->probe->tokens[3 * i]);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "y"), ==,
                         frame->probe->tokens[3 * i + 1]);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "answer"), ==,
                         frame->probe->answers[i].answer);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "probability"), ==,
                         frame->probe->answers[i].probability);
    }
  g_assert_true (isnan (frame_fixture_get_number (table, 7, "z")));
}

static void
test_without_model (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 2, FIXTURE_RISING);
  g_autoptr (GscFigurePage) page = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autofree char *summary = NULL;
  g_auto (GscFigurePick) pick = { 0 };
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_SEQUENCE);
  page = lay_out (frame, &options, 400, 200);
  table = gsc_figure_tabulate (GSC_FIGURE_SEQUENCE, frame, &options);
  summary = gsc_figure_summarise (GSC_FIGURE_SEQUENCE, frame, &options);
  g_assert_true (has_label (page, "No model to show yet"));
  g_assert_false (gsc_figure_pick (page, 200, 100, &pick));
  g_assert_cmpuint (table->n_rows, ==, 0);
  g_assert_cmpstr (summary, ==, "No model to show yet.");
}

static void
test_summary (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 2, FIXTURE_RISING);
  g_autofree char *summary = NULL;
  GscFigureOptions options;
  guint n_right = 0;
  g_autofree char *start = NULL;

  frame_fixture_add_probe (frame, 24);
  for (guint i = 0; i < 8; i++)
    n_right += frame->probe->answers[i].answer == frame->probe->tokens[3 * i + 2];
  start = g_strdup_printf (
      "The model is right in %u of 8 examples. Example 5: (x, y) = (%d, %d), z = %d; model: ",
      n_right, frame->probe->tokens[12], frame->probe->tokens[13], frame->probe->tokens[14]);
  frame->cursor.shot = 4;
  gsc_figure_options_init (&options, GSC_FIGURE_SEQUENCE);
  summary = gsc_figure_summarise (GSC_FIGURE_SEQUENCE, frame, &options);
  g_assert_true (g_str_has_prefix (summary, start));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sequence/picks", test_picks);
  g_test_add_func ("/sequence/pick-text", test_pick_text);
  g_test_add_func ("/sequence/table", test_table);
  g_test_add_func ("/sequence/without-model", test_without_model);
  g_test_add_func ("/sequence/summary", test_summary);
  return g_test_run ();
}
