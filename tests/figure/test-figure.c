/* test-figure.c - what all figures have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "frame-fixture.h"
#include "page-fixture.h"
#include "gsc-figure-export.h"

enum
{
  N_VARIANTS = 4,
};

/* Tokens of the sequences: 8 examples. */
#define N_TOKENS 24

static void
init_options (GscFigureOptions *options, GscFigure figure, guint variant)
{
  gsc_figure_options_init (options, figure);
  if (variant == 0)
    return;
  options->measure = (GscMeasure) (variant - 1);
  options->logarithmic_steps = variant % 2 == 0;
  options->show_cursor = variant % 2 == 1;
  options->hide_test_inputs = variant % 2 == 0;
  options->grid_colors = variant == 2 ? GSC_GRID_ROLES : GSC_GRID_ACCURACY;
}

static GscFigurePage *
lay_out (GscFigure figure, const GscFrame *frame, guint variant, double width, double height)
{
  GscFigureOptions options;
  GscStyle style;

  init_options (&options, figure, variant);
  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_figure_lay_out (figure, frame, &options, &style, width, height);
}

/* At every size that is printed, in every variant. */
static void
test_files_tidy (void)
{
  static const double widths[] = { 234, 252, 396, 486, 516, 720 }; /* ICML, Nature ... slides */
  static const int primes[] = { 3, 11, 29, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      g_autoptr (GscFrame) frame = frame_fixture_new (primes[i], 12, FIXTURE_RISING);

      frame_fixture_add_probe (frame, N_TOKENS);
      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        for (guint k = 0; k < G_N_ELEMENTS (widths) * N_VARIANTS; k++)
          {
            double width = widths[k / N_VARIANTS];
            double height = gsc_figure_get_height (figure, width);
            g_autoptr (GscFigurePage) page = lay_out (figure, frame, k % N_VARIANTS, width, height);

            page_fixture_assert_tidy (page, width, height, PAGE_FIXTURE_TOUCHING,
                                      gsc_figure_get_name (figure));
          }
    }
}

/* The same for the app's panels, from the smallest to a whole screen, in both themes. */
static void
test_panels_tidy (void)
{
  static const struct
  {
    double width;
    double height;
    double text_size;
  } sizes[] = {
    { 300, 220, 11 }, { 300, 220, 14 },   { 400, 250, 11 },  { 220, 420, 11 },
    { 500, 300, 12 }, { 1200, 180, 11 },  { 700, 450, 13 },  { 1600, 900, 14 },
    { 900, 900, 11 }, { 3840, 2160, 14 }, { 300, 2000, 12 },
  };
  static const int primes[] = { 3, 11, 29, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      g_autoptr (GscFrame) frame = frame_fixture_new (primes[i], 12, FIXTURE_RISING);

      frame_fixture_add_probe (frame, i % 2 == 0 ? N_TOKENS : N_TOKENS - 1);
      for (guint k = 0; k < G_N_ELEMENTS (sizes) * GSC_N_FIGURES * N_VARIANTS; k++)
        {
          guint size = k / N_VARIANTS / GSC_N_FIGURES;
          GscFigure figure = k / N_VARIANTS % GSC_N_FIGURES;
          g_autoptr (GscFigurePage) page = NULL;
          GscFigureOptions options;
          GscStyle style;

          gsc_style_init (&style,
                          gsc_palette_get (size % 2 == 0 ? GSC_PALETTE_LIGHT : GSC_PALETTE_DARK),
                          sizes[size].text_size);
          init_options (&options, figure, k % N_VARIANTS);
          options.bare = TRUE;
          page = gsc_figure_lay_out (figure, frame, &options, &style, sizes[size].width,
                                     sizes[size].height);
          page_fixture_assert_tidy (page, sizes[size].width, sizes[size].height,
                                    PAGE_FIXTURE_TOUCHING, gsc_figure_get_name (figure));
        }
    }
}

static gboolean
has_label (GscFigurePage *page, const char *text)
{
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (g_array_index (labels, GscLabel, i).text, text) != NULL)
      return TRUE;
  return FALSE;
}

/* The settings and every line's name are on the page. */
static void
test_texts (void)
{
  static const char *const texts[GSC_N_FIGURES][8] = {
    [GSC_FIGURE_LEARNING_CURVES]
    = { "last shot", "p = 11, 60 of 121 tasks, α = 0.6", "i.d./train", "o.o.d./test",
        "chance, 1/11", "ratio matching", "training step", "step 300" },
    [GSC_FIGURE_TASK_GRID] = { "each task", "p = 11, 60 of 121 tasks", "step 300", "pre-training",
                               "held-out", "accuracy", "a", "b" },
    [GSC_FIGURE_TASK_TABLE]
    = { "mod 11 (held out, o.o.d.)", "p = 11, 60 of 121 tasks", "test input", "x", "y" },
    [GSC_FIGURE_SHOTS]
    = { "examples", "p = 11, 60 of 121 tasks", "step 300", "Bayes", "ratio matching",
        "memorising, o.o.d.", "training inputs", "test inputs" },
    [GSC_FIGURE_SEQUENCE] = { "One sequence", "p = 11, 60 of 121 tasks", "input x, y", "output z",
                              "#1", "#8", "model right" },
  };
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 4, FIXTURE_RISING);

  frame_fixture_add_probe (frame, N_TOKENS);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autoptr (GscFigurePage) page = lay_out (figure, frame, 0, 396, 220);

      for (guint i = 0; i < 8 && texts[figure][i] != NULL; i++)
        if (!has_label (page, texts[figure][i]))
          g_error ("%s lacks “%s”", gsc_figure_get_name (figure), texts[figure][i]);
    }
}

/* A panel has its title elsewhere. */
static void
test_bare (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 4, FIXTURE_RISING);

  frame_fixture_add_probe (frame, N_TOKENS);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      GscFigureOptions options;
      GscStyle style;

      gsc_figure_options_init (&options, figure);
      options.bare = TRUE;
      gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
      page = gsc_figure_lay_out (figure, frame, &options, &style, 396, 220);
      g_assert_false (has_label (page, "60 of 121 tasks"));
    }
}

/* Settings that are too long for one line go on in the next; nothing of them is cut. */
static void
test_narrow (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 4, FIXTURE_RISING);

  frame_fixture_add_probe (frame, N_TOKENS);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autoptr (GscFigurePage) page = lay_out (figure, frame, 0, 180, 260);
      g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

      g_assert_true (has_label (page, "seed 1"));
      for (guint i = 0; i < 4; i++)
        {
          const GscLabel *label = &g_array_index (labels, GscLabel, i);
          GscLabel whole;

          gsc_label_init (&whole, gsc_figure_page_get_style (page), label->font, label->text);
          g_assert_null (strstr (label->text, "…"));
          g_assert_cmpfloat (label->rect.width, ==, whole.rect.width);
          gsc_label_clear (&whole);
        }
    }
}

/* Whatever is at a place, it names something that is there, in words, inside the page. */
static void
assert_pick (const GscFigurePage *page, const GscFrame *frame, double x, double y)
{
  const GscConfig *config = &frame->run->config;
  g_auto (GscFigurePick) pick = { 0 };

  if (!gsc_figure_pick (page, x, y, &pick))
    {
      g_assert_cmpint (pick.kind, ==, GSC_PICK_NONE);
      g_assert_null (pick.text);
      return;
    }
  g_assert_cmpint (pick.kind, !=, GSC_PICK_NONE);
  g_assert_true (g_utf8_validate (pick.text, -1, NULL));
  g_assert_cmpuint (strlen (pick.text), >, 5);
  g_assert_false (g_str_has_suffix (pick.text, "\n"));
  g_assert_cmpfloat (pick.rect.width, >, 0);
  g_assert_cmpfloat (pick.rect.height, >, 0);
  g_assert_cmpint (pick.a, <, config->p);
  g_assert_cmpint (pick.b, <, config->p);
  g_assert_cmpint (pick.x, <, config->p);
  g_assert_cmpint (pick.y, <, config->p);
  g_assert_cmpuint (pick.shot, <, config->shots);
  if (pick.kind == GSC_PICK_RECORD)
    g_assert_cmpint (pick.step, ==, gsc_run_data_get_record (frame->run, pick.record)->step);
}

/* Nothing to show, or nothing that makes sense: a page all the same, at any size, and an answer to
 * every question about it. */
static void
test_degenerate (void)
{
  static const struct
  {
    int p;
    guint n_records;
    FixtureKind kind;
    guint n_tokens;
  } runs[] = {
    { 3, 0, FIXTURE_RISING, 0 }, { 3, 1, FIXTURE_RISING, 2 }, { 3, 1, FIXTURE_NAN, 3 },
    { 3, 2, FIXTURE_EQUAL, 5 },  { 3, 3, FIXTURE_NAN, 0 },    { 97, 0, FIXTURE_RISING, 0 },
    { 97, 2, FIXTURE_NAN, 24 },
  };
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 }, { 400, 200 } };
  static const GscPaletteKind palettes[] = { GSC_PALETTE_LIGHT, GSC_PALETTE_DARK };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autoptr (GscFrame) frame = frame_fixture_new (runs[i].p, runs[i].n_records, runs[i].kind);

      if (runs[i].n_tokens > 0)
        frame_fixture_add_probe (frame, runs[i].n_tokens);
      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        for (guint k = 0; k < G_N_ELEMENTS (sizes) * N_VARIANTS; k++)
          {
            double width = sizes[k / N_VARIANTS][0], height = sizes[k / N_VARIANTS][1];
            g_autoptr (GscFigurePage) page = NULL;
            g_autoptr (GscFigureTable) table = NULL;
            g_autofree char *summary = NULL;
            GscFigureOptions options;
            GscStyle style;

            gsc_style_init (&style, gsc_palette_get (palettes[k % 2]), 8);
            init_options (&options, figure, k % N_VARIANTS);
            page = gsc_figure_lay_out (figure, frame, &options, &style, width, height);
            cairo_surface_destroy (frame_fixture_paint (page, width, height, 1));
            for (guint j = 0; j < 36; j++)
              assert_pick (page, frame, width * (j % 6) / 5.1, height * (j / 6) / 5.1);
            if (k >= N_VARIANTS) /* words and numbers know no size */
              continue;
            summary = gsc_figure_summarise (figure, frame, &options);
            g_assert_cmpuint (strlen (summary), >, 10);
            g_assert_true (g_str_has_suffix (summary, "."));
            table = gsc_figure_tabulate (figure, frame, &options);
            g_assert_cmpuint (table->cells->len, ==, table->n_rows * table->n_columns);
          }
    }
}

static void
test_picks_outside (void)
{
  static const double places[][2]
      = { { -1, 100 }, { 397, 100 }, { 200, -1 },  { 200, 1e9 },   { -1e9, -1e9 },
          { 0, 0 },    { NAN, 100 }, { 100, NAN }, { INFINITY, 5 } };
  g_autoptr (GscFrame) frame = frame_fixture_new (11, 4, FIXTURE_RISING);

  frame_fixture_add_probe (frame, N_TOKENS);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autoptr (GscFigurePage) page = lay_out (figure, frame, 0, 396, 220);

      for (guint i = 0; i < G_N_ELEMENTS (places); i++)
        {
          g_auto (GscFigurePick) pick = { .kind = GSC_PICK_TASK };

          if (gsc_figure_pick (page, places[i][0], places[i][1], &pick))
            g_error ("%s has “%s” at (%g, %g)", gsc_figure_get_name (figure), pick.text,
                     places[i][0], places[i][1]);
          g_assert_cmpint (pick.kind, ==, GSC_PICK_NONE);
        }
    }
}

/* Arrow keys, wherever they lead: never out of the run, and back again. */
static void
test_moves (void)
{
  static const GscDirection back[] = {
    [GSC_DIRECTION_LEFT] = GSC_DIRECTION_RIGHT,
    [GSC_DIRECTION_RIGHT] = GSC_DIRECTION_LEFT,
    [GSC_DIRECTION_UP] = GSC_DIRECTION_DOWN,
    [GSC_DIRECTION_DOWN] = GSC_DIRECTION_UP,
  };
  static const gboolean moves[GSC_N_FIGURES] = {
    [GSC_FIGURE_LEARNING_CURVES] = TRUE,
    [GSC_FIGURE_TASK_GRID] = TRUE,
    [GSC_FIGURE_SHOTS] = TRUE,
    [GSC_FIGURE_SEQUENCE] = TRUE,
  };
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 6, FIXTURE_RISING);

  frame_fixture_add_probe (frame, N_TOKENS);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      GscCursor cursor = frame->cursor;
      int record = frame->record;
      guint n_moves = 0, n_refused = 0;

      for (guint i = 0; i < 400; i++)
        {
          GscDirection direction = g_test_rand_int_range (0, GSC_DIRECTION_DOWN + 1);
          const GscCursor cursor_before = cursor;
          const int record_before = record;

          if (gsc_figure_move (figure, frame, direction, &cursor, &record))
            {
              GscCursor returned = cursor;
              int record_returned = record;

              n_moves++;
              g_assert_true (gsc_frame_has_cursor (frame->run, &cursor));
              g_assert_nonnull (gsc_run_data_get_record (frame->run, record));
              g_assert_true (memcmp (&cursor, &cursor_before, sizeof cursor) != 0
                             || record != record_before);
              g_assert_true (
                  gsc_figure_move (figure, frame, back[direction], &returned, &record_returned));
              g_assert_cmpmem (&returned, sizeof returned, &cursor_before, sizeof cursor_before);
              g_assert_cmpint (record_returned, ==, record_before);
            }
          else
            {
              n_refused++;
              g_assert_cmpmem (&cursor, sizeof cursor, &cursor_before, sizeof cursor_before);
              g_assert_cmpint (record, ==, record_before);
            }
        }
      g_assert_cmpuint (n_refused, >, 0);
      if (moves[figure])
        g_assert_cmpuint (n_moves, >, 50);
    }
}

/* A cursor that names nothing of the run does no harm. */
static void
test_stray_cursor (void)
{
  g_autoptr (GscFrame) frame = frame_fixture_new (5, 2, FIXTURE_RISING);

  frame_fixture_add_probe (frame, N_TOKENS);
  frame->cursor = (GscCursor){ 77, -3, 1000, 1000, 1000 };
  frame->record = 12;
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    for (guint variant = 0; variant < N_VARIANTS; variant++)
      {
        g_autoptr (GscFigurePage) page = lay_out (figure, frame, variant, 396, 220);
        g_autoptr (GscFigureTable) table = NULL;
        g_autofree char *summary = NULL;
        GscFigureOptions options;

        init_options (&options, figure, variant);
        cairo_surface_destroy (frame_fixture_paint (page, 396, 220, 1));
        table = gsc_figure_tabulate (figure, frame, &options);
        summary = gsc_figure_summarise (figure, frame, &options);
        g_assert_nonnull (summary);
      }
}

/* Files: embedded outline fonts only, the same bytes from the same data, small. */
static void
test_write (void)
{
  g_autofree char *folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  g_autoptr (GscFrame) frame = frame_fixture_new (97, 200, FIXTURE_RISING);
  g_autoptr (GError) error = NULL;

  frame_fixture_add_probe (frame, N_TOKENS);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autofree char *name = g_strdup_printf ("%s.pdf", gsc_figure_get_name (figure));
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      gsize first_length, second_length;
      GscFigurePanel panel;
      GscFigurePaper paper;

      gsc_figure_panel_init (&panel, figure);
      gsc_figure_paper_init (&paper, NULL);
      paper.height = 220;
      gsc_figure_export (&panel, frame, &paper, NULL, path, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &first, &first_length, NULL));
      gsc_figure_export (&panel, frame, &paper, NULL, path, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &second, &second_length, NULL));
      g_assert_cmpmem (first, first_length, second, second_length);
      g_assert_cmpuint (first_length, <, 1000 * 1000);
      g_assert_nonnull (memmem (first, first_length, "/FontFile", 9));
      g_assert_null (memmem (first, first_length, "/Type3", 6));
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/files-tidy", test_files_tidy);
  g_test_add_func ("/figure/panels-tidy", test_panels_tidy);
  g_test_add_func ("/figure/texts", test_texts);
  g_test_add_func ("/figure/bare", test_bare);
  g_test_add_func ("/figure/narrow", test_narrow);
  g_test_add_func ("/figure/degenerate", test_degenerate);
  g_test_add_func ("/figure/picks-outside", test_picks_outside);
  g_test_add_func ("/figure/moves", test_moves);
  g_test_add_func ("/figure/stray-cursor", test_stray_cursor);
  g_test_add_func ("/figure/write", test_write);
  return g_test_run ();
}
