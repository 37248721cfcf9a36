/* test-figure-curves.c - learning curves and accuracy by shot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>
#include <string.h>

#include "frame-fixture.h"

#define WIDTH 500.0
#define HEIGHT 300.0

static GscFigurePage *
lay_out (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), 11);
  return gsc_figure_lay_out (figure, frame, options, &style, WIDTH, HEIGHT);
}

static GscFigurePage *
lay_out_wide (const GscFrame *frame, const GscFigureOptions *options)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), 11);
  return gsc_figure_lay_out (GSC_FIGURE_LEARNING_CURVES, frame, options, &style, 3 * WIDTH, HEIGHT);
}

/* A run whose o.o.d./test accuracy is highest at record 3 of 6. */
static GscFrame *
make_peaked_frame (void)
{
  GscFrame *frame = frame_fixture_new (5, 6, FIXTURE_RISING);

  for (guint i = 0; i < 6; i++)
    {
      GscRecord *record = g_ptr_array_index (frame->run->records, i);

      record->sets[GSC_SET_OOD_TEST].last_accuracy = 0.8 - 0.1 * fabs (i - 3.0);
    }
  return frame;
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

/* Learning curves */

#define MINUS "\xe2\x88\x92"
#define PEAK "o.o.d./test peak at 300: 0.80, end 0.60 (" MINUS "0.20)"

/* The place of every record names it, linear and logarithmic. */
static void
test_pick_records (void)
{
  static const guint lengths[] = { 1, 2, 12, 300 };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GscFrame) frame = frame_fixture_new (5, lengths[i / 2], FIXTURE_RISING);
      g_autoptr (GscFigurePage) page = NULL;
      const GscLinePlotLayout *layout;
      GscFigureOptions options;

      gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
      options.logarithmic_steps = i % 2 == 1;
      page = lay_out (GSC_FIGURE_LEARNING_CURVES, frame, &options);
      layout = gsc_figure_page_get_line_plot (page, 0);
      for (guint j = options.logarithmic_steps ? 1 : 0; j < lengths[i / 2]; j++)
        {
          const GscRecord *record = gsc_run_data_get_record (frame->run, (int) j);
          double x = gsc_axis_map (&layout->x, (double) record->step);
          g_auto (GscFigurePick) pick = { 0 };

          x = CLAMP (x, layout->plot.x, gsc_rect_right (&layout->plot));
          g_assert_true (gsc_figure_pick (page, x, layout->plot.y + 5, &pick));
          g_assert_cmpint (pick.kind, ==, GSC_PICK_RECORD);
          g_assert_cmpint (pick.record, ==, (int) j);
          g_assert_cmpint (pick.step, ==, record->step);
          g_assert_nonnull (strstr (pick.text, "i.d./train "));
          g_assert_nonnull (strstr (pick.text, "o.o.d./test "));
          g_assert_true (gsc_rect_contains (&pick.rect, x, layout->plot.y + 5));
        }
    }
}

static void
test_pick_text (void)
{
  g_autoptr (GscFrame) frame = make_peaked_frame ();
  g_autoptr (GscFigurePage) page = NULL;
  g_auto (GscFigurePick) pick = { 0 };
  const GscLinePlotLayout *layout;
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
  page = lay_out (GSC_FIGURE_LEARNING_CURVES, frame, &options);
  layout = gsc_figure_page_get_line_plot (page, 0);
  g_assert_true (gsc_figure_pick (page, gsc_axis_map (&layout->x, 220), layout->plot.y, &pick));
  g_assert_cmpstr (pick.text, ==,
                   "step 200, accuracy at the last shot\ni.d./train 0.40\ni.d./test 0.40\n"
                   "o.o.d./train 0.40\no.o.d./test 0.70\n"
                   "stopped here: o.o.d./test 0.70, at the end 0.60 (\xe2\x88\x92"
                   "0.10)");
}

/* The record shown and the best one are marked; both at once if they are one. */
static void
test_marks (void)
{
  static const struct
  {
    int record;
    GscMeasure measure;
    gboolean best;
    gboolean shown;
    gboolean both;
  } cases[] = {
    { 5, GSC_MEASURE_LAST_ACCURACY, TRUE, TRUE, FALSE },
    { 3, GSC_MEASURE_LAST_ACCURACY, FALSE, FALSE, TRUE },
    { -1, GSC_MEASURE_LAST_ACCURACY, TRUE, FALSE, FALSE },
    { 5, GSC_MEASURE_LOSS, FALSE, TRUE, FALSE },
  };
  g_autoptr (GscFrame) frame = make_peaked_frame ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      const GscLinePlotLayout *layout;
      GscFigureOptions options;

      gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
      options.measure = cases[i].measure;
      options.show_cursor = TRUE;
      frame->record = cases[i].record;
      page = lay_out_wide (frame, &options);
      layout = gsc_figure_page_get_line_plot (page, 0);
      g_assert_cmpuint (layout->n_marks, ==, cases[i].best + cases[i].shown + cases[i].both);
      g_assert_cmpint (has_label (page, PEAK), ==, cases[i].best || cases[i].both);
      g_assert_cmpint (has_label (page, "step 500"), ==, cases[i].shown);
      g_assert_cmpint (isnan (layout->cursor_x), ==, cases[i].record < 0);
      if (cases[i].record >= 0)
        g_assert_cmpfloat_with_epsilon (layout->cursor_x,
                                        gsc_axis_map (&layout->x, 100 * cases[i].record), 0.01);
    }
}

/* What the run would have been worth at the cursor; the peak of any set, on its line, and the
 * rule's moment. */
static void
test_early_stopping (void)
{
  g_autoptr (GscFrame) frame = make_peaked_frame ();
  GscRunData *data = (GscRunData *) frame->run;
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree char *summary = NULL;
  const GscLinePlotLayout *layout;
  GscFigureOptions options;

  for (guint i = 0; i < 6; i++)
    {
      GscRecord *record = g_ptr_array_index (data->records, i);

      record->sets[GSC_SET_ID_TRAIN].last_accuracy = i == 1 ? 0.9 : 0.5;
    }
  data->stop = (GscStopRule){
    .mode = GSC_STOP_PATIENCE,
    .set = GSC_SET_OOD_TEST,
    .patience = 1,
    .only_marks = TRUE,
  };
  frame->record = 2;
  gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
  options.peak_set = GSC_SET_ID_TRAIN;
  options.show_cursor = TRUE;
  page = lay_out_wide (frame, &options);
  layout = gsc_figure_page_get_line_plot (page, 0);
  g_assert_true (has_label (page, "step 200: 0.50, end 0.50 (±0.00)"));
  g_assert_true (has_label (page, "i.d./train peak at 100: 0.90, end 0.50 (" MINUS "0.40)"));
  g_assert_true (has_label (page, "rule would stop at 400"));
  g_assert_cmpfloat_with_epsilon (layout->cursor_x, gsc_axis_map (&layout->x, 200), 1e-9);
  g_assert_cmpfloat_with_epsilon (layout->mark_rings[1].x, gsc_axis_map (&layout->x, 100), 1e-9);
  g_assert_cmpfloat_with_epsilon (layout->mark_rings[1].y, gsc_axis_map (&layout->y, 0.9), 1e-9);
  summary = gsc_figure_summarise (GSC_FIGURE_LEARNING_CURVES, frame, &options);
  g_assert_nonnull (strstr (summary, "stopped here: i.d./train 0.50, at the end 0.50"));
  gsc_figure_page_free (g_steal_pointer (&page));

  /* a rule that stops says so, and all marks but the cursor's can be left out */
  data->stop.only_marks = FALSE;
  page = lay_out_wide (frame, &options);
  g_assert_true (has_label (page, "rule stops at 400"));
  gsc_figure_page_free (g_steal_pointer (&page));
  options.mark_stop = FALSE;
  page = lay_out_wide (frame, &options);
  g_assert_cmpuint (gsc_figure_page_get_line_plot (page, 0)->n_marks, ==, 1);
  g_assert_true (has_label (page, "step 200"));
}

/* Nothing yet, or the first record only: axes up to the end of the training, and a note. */
static void
test_beginning (void)
{
  for (guint n = 0; n < 2; n++)
    {
      g_autoptr (GscFrame) frame = frame_fixture_new (5, n, FIXTURE_RISING);
      g_autoptr (GscFigurePage) page = NULL;
      GscFigureOptions options;

      gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
      page = lay_out (GSC_FIGURE_LEARNING_CURVES, frame, &options);
      g_assert_cmpfloat (gsc_figure_page_get_line_plot (page, 0)->x.max, ==,
                         (double) frame->run->config.steps);
      g_assert_cmpint (has_label (page, "no record yet"), ==, n == 0);
      g_assert_true (has_label (page, "accuracy"));
      g_assert_true (has_label (page, "training step"));
    }
}

static double
get_value (const GscSetScore *score, GscMeasure measure)
{
  return measure == GSC_MEASURE_LOSS       ? score->loss
         : measure == GSC_MEASURE_ACCURACY ? score->accuracy
                                           : score->last_accuracy;
}

static void
test_curve_table (void)
{
  static const char *const sets[GSC_N_SETS] = { "id_train", "id_test", "ood_train", "ood_test" };
  g_autoptr (GscFrame) frame = make_peaked_frame ();

  for (guint measure = GSC_MEASURE_LAST_ACCURACY; measure <= GSC_MEASURE_LOSS; measure++)
    for (guint logarithmic = 0; logarithmic < 2; logarithmic++)
      {
        g_autoptr (GscFigureTable) table = NULL;
        GscFigureOptions options;

        gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
        options.measure = measure;
        options.logarithmic_steps = logarithmic == 1;
        table = gsc_figure_tabulate (GSC_FIGURE_LEARNING_CURVES, frame, &options);
        g_assert_cmpuint (table->n_rows, ==, 6 - logarithmic); /* step 0 has no place */
        for (guint i = 0; i < table->n_rows; i++)
          {
            const GscRecord *record = gsc_run_data_get_record (frame->run, (int) (i + logarithmic));

            g_assert_cmpfloat (frame_fixture_get_number (table, i, "step"), ==,
                               (double) record->step);
            for (guint j = 0; j < GSC_N_SETS; j++)
              g_assert_cmpfloat (frame_fixture_get_number (table, i, sets[j]), ==,
                                 get_value (&record->sets[j], measure));
            g_assert_cmpfloat (frame_fixture_get_number (table, i, "chance"), ==,
                               measure == GSC_MEASURE_LOSS ? log (5) : 0.2);
          }
      }
}

static void
test_curve_summary (void)
{
  g_autoptr (GscFrame) frame = make_peaked_frame ();
  g_autofree char *text = NULL;
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_LEARNING_CURVES);
  text = gsc_figure_summarise (GSC_FIGURE_LEARNING_CURVES, frame, &options);
  g_assert_cmpstr (text, ==,
                   "6 records; accuracy at the last shot at step 500: i.d./train 1.00, i.d./test "
                   "1.00, o.o.d./train 1.00, o.o.d./test 0.60. The best o.o.d./test accuracy at "
                   "the last shot is 0.80, at step 300.");
}

/* Shots */

static void
test_pick_shots (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 3, FIXTURE_RISING);
  g_autoptr (GscFigurePage) page = NULL;
  guint shots = (guint) frame->run->config.shots;
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_SHOTS);
  page = lay_out (GSC_FIGURE_SHOTS, frame, &options);
  for (guint i = 0; i < GSC_N_INPUTS * shots; i++)
    {
      const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, i / shots);
      guint shot = i % shots;
      double x = gsc_axis_map (&layout->x, shot);
      g_autofree char *name = g_strdup_printf (shot == 1 ? "%u shot\n" : "%u shots\n", shot);
      g_auto (GscFigurePick) pick = { 0 };

      g_assert_true (gsc_figure_pick (page, x, layout->plot.y + 9, &pick));
      g_assert_cmpint (pick.kind, ==, GSC_PICK_SHOT);
      g_assert_cmpuint (pick.shot, ==, shot);
      g_assert_true (gsc_rect_contains (&pick.rect, x, layout->plot.y + 9));
      g_assert_true (g_str_has_prefix (pick.text, name));
      g_assert_nonnull (strstr (pick.text, "\ntraining inputs: i.d. 1.00, o.o.d. 1.00, Bayes "));
      g_assert_nonnull (strstr (pick.text, "\ntest inputs: i.d. 1.00, o.o.d. 1.00, Bayes "));
    }
}

static void
test_shot_cursor (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 3, FIXTURE_RISING);
  GscFigureOptions options;

  gsc_figure_options_init (&options, GSC_FIGURE_SHOTS);
  frame->cursor.shot = 3;
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GscFigurePage) page = NULL;

      options.show_cursor = i == 1;
      page = lay_out (GSC_FIGURE_SHOTS, frame, &options);
      for (guint j = 0; j < GSC_N_INPUTS; j++)
        {
          const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, j);

          if (options.show_cursor)
            g_assert_cmpfloat (layout->cursor_x, ==, gsc_axis_map (&layout->x, 3));
          else
            g_assert_true (isnan (layout->cursor_x));
        }
    }
}

static void
test_shot_table (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 3, FIXTURE_RISING);
  guint shots = (guint) frame->run->config.shots;
  GscFigureOptions options;
  g_autoptr (GscFigureTable) table = NULL;
  GscRecord *record = g_ptr_array_index (frame->run->records, 1);

  frame->record = 1;
  for (guint i = 0; i < GSC_N_SETS * shots; i++)
    record->sets[i / shots].shot_accuracy[i % shots] = i / 100.0;
  gsc_figure_options_init (&options, GSC_FIGURE_SHOTS);
  table = gsc_figure_tabulate (GSC_FIGURE_SHOTS, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, GSC_N_INPUTS * shots);
  for (guint i = 0; i < table->n_rows; i++)
    {
      GscInputs inputs = i / shots;
      guint shot = i % shots;
      const GscReferenceCurves *references = &frame->run->references[inputs];

      g_assert_cmpfloat (frame_fixture_get_number (table, i, "shots"), ==, shot);
      g_assert_cmpstr (frame_fixture_get_text (table, i, "inputs"), ==,
                       inputs == GSC_INPUTS_TRAIN ? "training" : "test");
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "id"), ==,
                         (gsc_run_data_get_set (FALSE, inputs) * shots + shot) / 100.0);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "ood"), ==,
                         (gsc_run_data_get_set (TRUE, inputs) * shots + shot) / 100.0);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "bayes"), ==, references->bayes[shot]);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "ratio_matching"), ==,
                         references->ratio[shot]);
      g_assert_cmpfloat (frame_fixture_get_number (table, i, "memorising_ood"), ==,
                         references->memorising_ood[shot]);
    }
}

static void
test_shot_summary (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 3, FIXTURE_RISING);
  g_autofree char *text = NULL;
  GscFigureOptions options;

  frame->cursor.shot = 2;
  gsc_figure_options_init (&options, GSC_FIGURE_SHOTS);
  text = gsc_figure_summarise (GSC_FIGURE_SHOTS, frame, &options);
  g_assert_true (g_str_has_prefix (text, "Accuracy after 2 examples at step 200: i.d./train 1.00, "
                                         "i.d./test 1.00, o.o.d./train 1.00, o.o.d./test 1.00; on "
                                         "test inputs Bayes reaches "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learning-curves/pick", test_pick_records);
  g_test_add_func ("/learning-curves/pick-text", test_pick_text);
  g_test_add_func ("/learning-curves/marks", test_marks);
  g_test_add_func ("/learning-curves/early-stopping", test_early_stopping);
  g_test_add_func ("/learning-curves/beginning", test_beginning);
  g_test_add_func ("/learning-curves/table", test_curve_table);
  g_test_add_func ("/learning-curves/summary", test_curve_summary);
  g_test_add_func ("/shots/pick", test_pick_shots);
  g_test_add_func ("/shots/cursor", test_shot_cursor);
  g_test_add_func ("/shots/table", test_shot_table);
  g_test_add_func ("/shots/summary", test_shot_summary);
  return g_test_run ();
}
