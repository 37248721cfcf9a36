/* test-figure-phase.c - phase diagrams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-figure.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "gsc-figure-venue.h"
#include "gsc-phase-export.h"
#include "gsc-phase-recipe.h"
#include "page-fixture.h"

/* A sweep with results that are no training's: by hand. */
typedef struct
{
  GscSweep *sweep;
  GscSweepTable *table;
  GscSweepTableOptions options;
  GscPhaseView view;
} Fixture;

static const guint no_tasks[GSC_N_SETS] = { 0 };

static GscRecord *
make_record (gint64 step, const double accuracies[GSC_N_SETS])
{
  GscRecord *record = gsc_record_new (0, no_tasks);

  record->step = step;
  for (guint set = 0; set < GSC_N_SETS; set++)
    record->sets[set].last_accuracy = accuracies[set];
  return record;
}

/* Every run rises to a peak at step 100 and falls to 0.9 of it at step 200; each 7th is missing if
 * @holes: to do, being trained, failed in turn. */
static void
fixture_init (Fixture *fixture, const char *axes, gboolean holes)
{
  g_autofree char *text = g_strdup_printf (
      "{ \"name\": \"a test\", \"base\": { \"p\": 11 }, \"axes\": { %s } }", axes);
  g_autoptr (GError) error = NULL;
  g_autofree GPtrArray **records = NULL;
  g_autofree GscSweepState *states = NULL;
  guint n, hole = 0;

  fixture->sweep = gsc_sweep_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  n = fixture->sweep->n_cells;
  records = g_new (GPtrArray *, n);
  states = g_new (GscSweepState, n);
  for (guint i = 0; i < n; i++)
    {
      static const GscSweepState holes_of[]
          = { GSC_SWEEP_TO_DO, GSC_SWEEP_TRAINING, GSC_SWEEP_FAILED };
      double x = n > 1 ? (double) i / (n - 1) : 1;
      double peak[GSC_N_SETS] = { 1 - 0.1 * x, 0.2 + 0.7 * x, 0.9 * x * x, 0.1 + 0.7 * x * x };
      double end[GSC_N_SETS];

      for (guint set = 0; set < GSC_N_SETS; set++)
        end[set] = 0.9 * peak[set];
      records[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
      states[i] = GSC_SWEEP_FINISHED;
      if (holes && i % 7 == 3)
        {
          states[i] = holes_of[hole++ % G_N_ELEMENTS (holes_of)];
          continue;
        }
      g_ptr_array_add (records[i], make_record (100, peak));
      g_ptr_array_add (records[i], make_record (200, end));
    }
  fixture->options = gsc_sweep_table_options_default ();
  fixture->table = gsc_sweep_table_new (fixture->sweep, records, states, &fixture->options);
  gsc_phase_view_init (&fixture->view, fixture->sweep);
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (records[i]);
}

static void
fixture_clear (Fixture *fixture)
{
  gsc_sweep_table_free (fixture->table);
  gsc_sweep_free (fixture->sweep);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

#define SMALL "\"tasks\": [8, 24, 48, 96], \"alpha\": [0.4, 0.6, 0.8]"
#define DOUBLING "\"tasks\": [4, 8, 16, 32, 64, 96], \"alpha\": [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]"
#define SEEDS SMALL ", \"seed\": [1, 2, 3]"
#define DEPTHS SEEDS ", \"depth\": [4, 2]"

static GscPhaseFigure *
make_figure (const Fixture *fixture)
{
  g_autoptr (GscPhaseFrame) frame
      = gsc_phase_frame_new (fixture->sweep, fixture->table, &fixture->options, &fixture->view);

  return gsc_phase_figure_new (frame, 0);
}

static GscPhaseFigure *
make_recipe (const Fixture *fixture, GscPhaseRecipe recipe)
{
  g_autoptr (GError) error = NULL;
  GscPhaseFigure *figure = gsc_phase_recipe_make (recipe, fixture->sweep, fixture->table,
                                                  &fixture->options, &fixture->view, &error);

  g_assert_no_error (error);
  return figure;
}

static GscFigurePage *
lay_out (const GscPhaseFigure *figure, double width, double height)
{
  const GscPhaseFigureOptions options = { .show_cursor = FALSE };
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  return gsc_phase_figure_lay_out (figure, &options, &style, width, height);
}

/* Frames */

/* The paper's axes, whatever their order, by ascending value; seeds together, depth fixed. */
static void
test_view (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFrame) frame = NULL;
  g_auto (Fixture) one = { NULL };
  g_autoptr (GscPhaseFrame) row = NULL;

  fixture_init (&fixture,
                "\"seed\": [1, 2], \"alpha\": [0.8, 0.4], \"depth\": [2, 4], "
                "\"tasks\": [32, 8, 16]",
                FALSE);
  frame = gsc_phase_frame_new (fixture.sweep, fixture.table, &fixture.options, &fixture.view);
  g_assert_cmpstr (frame->across.key, ==, "tasks");
  g_assert_cmpstr (frame->up.key, ==, "alpha");
  g_assert_cmpstr (frame->across.names[0], ==, "8");
  g_assert_cmpstr (frame->across.names[2], ==, "32");
  g_assert_true (frame->across.doubling);
  g_assert_cmpstr (frame->up.names[0], ==, "0.4");
  g_assert_true (frame->up.doubling); /* two values, the one twice the other */
  g_assert_cmpstr (frame->together, ==, "seed");
  g_assert_cmpstr (frame->fixed_keys[0], ==, "depth");
  g_assert_cmpstr (frame->fixed_values[0], ==, "2");
  g_assert_null (frame->fixed_keys[1]);
  g_assert_cmpuint (frame->n_runs, ==, 12);
  for (guint i = 0; i < 6; i++)
    {
      const GscPhaseCell *cell = &frame->cells[i];

      g_assert_cmpuint (cell->n_runs, ==, 2);
      for (guint j = 0; j < cell->n_runs; j++)
        {
          const GscConfig *config
              = &fixture.sweep->cells[frame->runs[cell->first_run + j].cell].config;
          g_autofree char *tasks = gsc_config_get (config, "tasks");
          g_autofree char *alpha = gsc_config_get (config, "alpha");

          g_assert_cmpint (config->depth, ==, 2);
          g_assert_cmpstr (tasks, ==, frame->across.names[i % 3]);
          g_assert_cmpstr (alpha, ==, frame->up.names[i / 3]);
        }
    }

  fixture_init (&one, "\"alpha\": [0.2, 0.3, 0.5]", FALSE);
  row = gsc_phase_frame_new (one.sweep, one.table, &one.options, &one.view);
  g_assert_cmpuint (row->across.n, ==, 1);
  g_assert_null (row->across.key);
  g_assert_cmpuint (row->up.n, ==, 3);
  g_assert_false (row->up.doubling);
}

/* Cells of a sweep without further axes are the places of its table. */
static void
test_table_is_the_sweeps (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  const GscPhaseFrame *frame;

  fixture_init (&fixture, SEEDS, TRUE);
  fixture.view.moment = GSC_SWEEP_FINAL;
  figure = make_figure (&fixture);
  frame = figure->parts[0].frame;
  table = gsc_phase_figure_tabulate (figure);
  g_assert_cmpuint (table->n_rows, ==, fixture.table->n_places);
  for (guint i = 0; i < fixture.table->n_places; i++)
    {
      const GscSweepPlace *place = &fixture.table->places[i];
      const GscSweepScore *score = &place->at[GSC_SWEEP_FINAL];
      const guint *at = fixture.sweep->cells[place->first_cell].at;
      guint row = at[1] * frame->across.n + at[0];
      const GscPhaseCell *cell = gsc_phase_frame_get_cell (frame, at[0], at[1]);

      g_assert_cmpuint (cell->n_counted, ==, place->n_runs);
      g_assert_cmpstr (gsc_figure_table_get (table, row, 0), ==, frame->across.names[at[0]]);
      g_assert_cmpstr (gsc_figure_table_get (table, row, 1), ==, frame->up.names[at[1]]);
      g_assert_cmpstr (gsc_figure_table_get (table, row, 2), ==, "final");
      if (place->n_runs == 0)
        continue;
      for (guint set = 0; set < GSC_N_SETS; set++)
        {
          g_assert_cmpfloat_with_epsilon (cell->mean[set], score->mean[set], 1e-12);
          g_assert_cmpint (isnan (cell->spread[set]), ==, isnan (score->spread[set]));
          if (!isnan (score->spread[set]))
            g_assert_cmpfloat_with_epsilon (cell->spread[set], score->spread[set], 1e-12);
          g_assert_cmpfloat_with_epsilon (
              g_ascii_strtod (gsc_figure_table_get (table, row, 7 + 2 * set), NULL),
              score->mean[set], 1e-12);
        }
      g_assert_cmpint (cell->phase, ==, score->phase);
      g_assert_cmpuint (cell->n_phase, ==, score->n_phase);
      g_assert_cmpstr (gsc_figure_table_get (table, row, table->n_columns - 2), ==,
                       gsc_phase_get_name (score->phase));
    }
}

static void
test_missing (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_autoptr (GscFigurePage) page = NULL;
  g_autoptr (GArray) labels = NULL;
  g_autofree char *to_do = NULL, *training = NULL, *failed = NULL;
  const GscPhaseFrame *frame;
  gboolean in_legend = FALSE;

  fixture_init (&fixture, "\"tasks\": [4, 8, 16, 32, 64], \"alpha\": [0.2, 0.4, 0.6, 0.8]", TRUE);
  figure = make_figure (&fixture);
  frame = figure->parts[0].frame;
  /* runs 3, 10 and 17 of alpha within tasks */
  g_assert_cmpuint (frame->n_missing, ==, 3);
  to_do = gsc_phase_figure_describe_cell (frame, 0, 3);
  training = gsc_phase_figure_describe_cell (frame, 2, 2);
  failed = gsc_phase_figure_describe_cell (frame, 4, 1);
  g_assert_nonnull (strstr (to_do, "no result yet: 1 not begun"));
  g_assert_nonnull (strstr (training, "no result yet: 1 being trained"));
  g_assert_nonnull (strstr (failed, "no result yet: 1 failed"));
  g_assert_null (gsc_phase_frame_get_run (frame, gsc_phase_frame_get_cell (frame, 0, 3)));
  g_assert_nonnull (gsc_phase_frame_get_run (frame, gsc_phase_frame_get_cell (frame, 2, 2)));
  page = lay_out (figure, 396, gsc_phase_figure_get_height (figure, 396));
  labels = gsc_figure_page_list_labels (page);
  for (guint i = 0; i < labels->len; i++)
    in_legend
        = in_legend || g_str_equal (g_array_index (labels, GscLabel, i).text, "no result yet");
  g_assert_true (in_legend);
}

/* The run to be opened is one in the cell's phase; counts and spreads are told. */
static void
test_seeds (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_autofree char *text = NULL, *settings = NULL;
  const GscPhaseFrame *frame;

  fixture_init (&fixture, SEEDS, FALSE);
  figure = make_figure (&fixture);
  frame = figure->parts[0].frame;
  for (guint i = 0; i < frame->across.n * frame->up.n; i++)
    {
      const GscPhaseRun *run = gsc_phase_frame_get_run (frame, &frame->cells[i]);

      g_assert_cmpuint (frame->cells[i].n_counted, ==, 3);
      g_assert_cmpint (run->phase, ==, frame->cells[i].phase);
      g_assert_cmpint (run->step, ==, 100);
      g_assert_cmpstr (run->name, ==, fixture.sweep->cells[run->cell].name);
    }
  text = gsc_phase_figure_describe_cell (frame, 3, 2);
  g_assert_nonnull (strstr (text, "pre-training tasks 96"));
  g_assert_nonnull (strstr (text, "0.8"));
  g_assert_nonnull (strstr (text, "o.o.d. generalisation (3 of 3 runs)"));
  g_assert_nonnull (strstr (text, "±"));
  g_assert_nonnull (strstr (text, "3 finished"));
  settings = gsc_phase_figure_describe (figure);
  g_assert_nonnull (strstr (settings, "p = 11"));
  g_assert_nonnull (strstr (settings, "L = 2"));
  g_assert_nonnull (strstr (settings, "over seed"));
  g_assert_null (strstr (settings, "tasks ="));
}

/* Pages */

static void
assert_venues (const GscPhaseFigure *figure, const char *what)
{
  guint n;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      const GscPhaseFigureOptions options = { .show_cursor = FALSE };
      g_autoptr (GscFigurePage) page = NULL;
      GscFigurePaper paper;
      GscStyle style;
      double unit, height;

      gsc_figure_paper_init (&paper, &venues[i]);
      gsc_figure_paper_init_style (&paper, &style);
      unit = paper.text_size / 8;
      height = paper.height > 0 ? paper.height
                                : unit * gsc_phase_figure_get_height (figure, paper.width / unit);
      g_assert_cmpfloat (height, <, 3 * paper.width);
      page = gsc_phase_figure_lay_out (figure, &options, &style, paper.width, height);
      page_fixture_assert_tidy (page, paper.width, height, PAGE_FIXTURE_CORNERS / 2, what);
      for (guint part = 0; part < figure->n_parts; part++)
        {
          const GscCellMapLayout *map = gsc_figure_page_get_cell_map (page, part);

          g_assert_nonnull (map);
          if (map->plot.width / map->columns < 4 || map->plot.height / map->rows < 4)
            g_error ("%s, %g × %g: cells of %g × %g", what, paper.width, height,
                     map->plot.width / map->columns, map->plot.height / map->rows);
        }
    }
}

static void
test_tidy (void)
{
  static const char *const axes[]
      = { SMALL,
          DOUBLING,
          SEEDS,
          "\"tasks\": [8]",
          "\"alpha\": [0.2, 0.3, 0.5]",
          "\"optimizer\": [\"muon\", \"adamw\"], \"lr\": [0.001, 0.00015]" };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    for (guint holes = 0; holes < 2; holes++)
      {
        g_auto (Fixture) fixture = { NULL };
        g_autoptr (GscPhaseFigure) figure = NULL;

        fixture_init (&fixture, axes[i], holes);
        figure = make_figure (&fixture);
        assert_venues (figure, axes[i]);
      }
}

/* In usual cells stand numbers and names; in small ones letters, and a legend says what they mean.
 */
static void
test_texts (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_autoptr (GscFigurePage) large = NULL;
  g_autoptr (GscFigurePage) small = NULL;
  const GscCellMapLayout *map;

  fixture_init (&fixture, SEEDS, FALSE);
  figure = make_figure (&fixture);
  large = lay_out (figure, 1600, 900);
  small = lay_out (figure, 396, gsc_phase_figure_get_height (figure, 396));
  map = gsc_figure_page_get_cell_map (large, GSC_PHASE_MAP_PHASES);
  g_assert_cmpstr (map->texts[0].text, ==, "i.d.");
  g_assert_cmpstr (map->texts[1].text, ==, "memorisation");
  map = gsc_figure_page_get_cell_map (large, GSC_PHASE_MAP_ID_TRAIN);
  g_assert_cmpstr (map->texts[0].text, ==, "1.00");
  g_assert_cmpstr (map->texts[1].text, ==, "±0 (3)");
  map = gsc_figure_page_get_cell_map (small, GSC_PHASE_MAP_PHASES);
  g_assert_cmpstr (map->texts[0].text, ==, "IM");
  map = gsc_figure_page_get_cell_map (small, GSC_PHASE_MAP_ID_TRAIN);
  g_assert_cmpint (map->text, >=, 0);
  g_assert_cmpfloat (map->text_size, >=, 5);
}

/* What is picked in the middle of every cell of every map is that cell; arrow keys lead to all. */
static void
test_pick_and_move (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_autoptr (GscFigurePage) page = NULL;
  GscHeatMapCursor cursor = { 99, 99 };
  g_auto (GscPhasePick) nothing = { 0 };
  guint steps = 0;

  fixture_init (&fixture, SMALL, TRUE);
  figure = make_figure (&fixture);
  page = lay_out (figure, 700, 500);
  for (guint part = 0; part < GSC_PHASE_N_MAPS; part++)
    for (guint row = 0; row < 3; row++)
      for (guint column = 0; column < 4; column++)
        {
          const GscCellMapLayout *map = gsc_figure_page_get_cell_map (page, part);
          GscRect cell = gsc_cell_map_layout_get_cell (map, column, row);
          g_auto (GscPhasePick) pick = { 0 };
          g_autofree char *text
              = gsc_phase_figure_describe_cell (figure->parts[part].frame, column, row);

          g_assert_true (gsc_phase_figure_pick (page, cell.x + cell.width / 2,
                                                cell.y + cell.height / 2, &pick));
          g_assert_cmpuint (pick.part, ==, part);
          g_assert_cmpuint (pick.column, ==, column);
          g_assert_cmpuint (pick.row, ==, row);
          g_assert_cmpstr (pick.text, ==, text);
          g_assert_cmpfloat_with_epsilon (pick.rect.x, cell.x, 1e-9);
        }
  g_assert_false (gsc_phase_figure_pick (page, 1, 1, &nothing));
  g_assert_false (gsc_phase_figure_pick (page, NAN, 1, &nothing));

  gsc_phase_figure_move (figure, GSC_DIRECTION_UP, &cursor);
  g_assert_cmpuint (cursor.column, ==, 3);
  g_assert_cmpuint (cursor.row, ==, 2);
  while (gsc_phase_figure_move (figure, GSC_DIRECTION_LEFT, &cursor))
    steps++;
  while (gsc_phase_figure_move (figure, GSC_DIRECTION_DOWN, &cursor))
    steps++;
  g_assert_cmpuint (steps, ==, 5);
  g_assert_cmpuint (cursor.column + cursor.row, ==, 0);
  g_assert_true (gsc_phase_figure_move (figure, GSC_DIRECTION_RIGHT, &cursor));
  g_assert_true (gsc_phase_figure_move (figure, GSC_DIRECTION_UP, &cursor));
  g_assert_cmpuint (cursor.column, ==, 1);
  g_assert_cmpuint (cursor.row, ==, 1);
}

/* Letters differ, and so do the phases' colours in grey, with the spot. */
static void
test_told_apart (void)
{
  const GscPalette *palette = gsc_palette_get (GSC_PALETTE_PAPER);

  for (guint a = 0; a < GSC_N_PHASES; a++)
    for (guint b = 0; b < a; b++)
      g_assert_cmpstr (gsc_phase_map_get_letters (a), !=, gsc_phase_map_get_letters (b));
  for (guint i = 0; i < GSC_PALETTE_N_PHASES; i++)
    {
      const GscColor *fill = &palette->phases[i];

      g_assert_cmpfloat (gsc_color_get_contrast (fill, gsc_cell_map_get_ink (fill)), >, 4.5);
    }
  for (int i = 0; i <= 100; i++)
    {
      GscColor fill = gsc_palette_sequential (i / 100.0);

      g_assert_cmpfloat (gsc_color_get_contrast (&fill, gsc_cell_map_get_ink (&fill)), >, 4.5);
    }
}

/* Recipes */

static void
test_recipes (void)
{
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) phases = NULL;
  g_autoptr (GscPhaseFigure) depths = NULL;
  g_autoptr (GscPhaseFigure) moments = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autofree char *settings = NULL;
  g_autofree char *caption = NULL;

  fixture_init (&fixture, DEPTHS, FALSE);
  phases = make_recipe (&fixture, GSC_PHASE_RECIPE_1B);
  depths = make_recipe (&fixture, GSC_PHASE_RECIPE_3A);
  moments = make_recipe (&fixture, GSC_PHASE_RECIPE_4);
  g_assert_cmpuint (phases->n_parts, ==, 1);
  g_assert_cmpint (phases->parts[0].map, ==, GSC_PHASE_MAP_PHASES);
  g_assert_cmpuint (depths->n_parts, ==, 2);
  caption = gsc_phase_figure_get_caption (depths, 0);
  g_assert_cmpstr (caption, ==, "depth 2");
  g_assert_cmpint (depths->parts[0].frame->base.depth, ==, 2);
  g_assert_cmpint (depths->parts[1].frame->base.depth, ==, 4);
  settings = gsc_phase_figure_describe (depths);
  g_assert_null (strstr (settings, "L ="));
  table = gsc_phase_figure_tabulate (depths);
  g_assert_cmpuint (table->n_rows, ==, 2 * 12);
  g_assert_cmpstr (table->columns[0], ==, "depth");
  g_assert_cmpstr (gsc_figure_table_get (table, 0, 0), ==, "2");
  g_assert_cmpstr (gsc_figure_table_get (table, 12, 0), ==, "4");
  g_assert_cmpuint (moments->n_parts, ==, 8);
  g_assert_cmpint (moments->parts[3].frame->view.moment, ==, GSC_SWEEP_BEST);
  g_assert_cmpint (moments->parts[4].frame->view.moment, ==, GSC_SWEEP_FINAL);
  g_assert_cmpint (moments->parts[4].map, ==, GSC_PHASE_MAP_ID_TRAIN);
  assert_venues (phases, "1b");
  assert_venues (depths, "3a");
  assert_venues (moments, "4");
  for (int i = 0; i < GSC_PHASE_N_RECIPES; i++)
    g_assert_cmpint (gsc_phase_recipe_find (gsc_phase_recipe_get_name (i)), ==, i);
  g_assert_cmpint (gsc_phase_recipe_find ("1a"), ==, -1);
}

static void
test_recipes_without_axes (void)
{
  g_auto (Fixture) flat = { NULL };
  g_auto (Fixture) line = { NULL };
  g_autoptr (GError) depth = NULL;
  g_autoptr (GError) axes = NULL;

  fixture_init (&flat, SMALL, FALSE);
  g_assert_null (gsc_phase_recipe_make (GSC_PHASE_RECIPE_3A, flat.sweep, flat.table, &flat.options,
                                        &flat.view, &depth));
  g_assert_error (depth, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (depth->message, "\"depth\": [2, 4]"));
  fixture_init (&line, "\"tasks\": [8, 16]", FALSE);
  g_assert_null (gsc_phase_recipe_make (GSC_PHASE_RECIPE_1B, line.sweep, line.table, &line.options,
                                        &line.view, &axes));
  g_assert_error (axes, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (axes->message, "two axes"));
}

/* Files */

static char *
read_file (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_same_bytes (void)
{
  static const char *const extensions[] = { "pdf", "svg", "png", "csv" };
  g_auto (Fixture) fixture = { NULL };
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("phase-XXXXXX", &error);
  GscFigurePaper paper;

  g_assert_no_error (error);
  fixture_init (&fixture, SEEDS, TRUE);
  figure = make_figure (&fixture);
  gsc_figure_paper_init (&paper, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      char *files[2], *texts[2];
      gsize lengths[2];

      for (guint j = 0; j < 2; j++)
        {
          g_autofree char *name = g_strdup_printf ("%u.%s", j, extensions[i]);

          files[j] = g_build_filename (folder, name, NULL);
          if (g_str_equal (extensions[i], "csv"))
            gsc_phase_export_table (figure, &paper, files[j], &error);
          else
            gsc_phase_export (figure, &paper, files[j], &error);
          g_assert_no_error (error);
          texts[j] = read_file (files[j], &lengths[j]);
          g_assert_cmpint (g_remove (files[j]), ==, 0);
        }
      g_assert_cmpmem (texts[0], lengths[0], texts[1], lengths[1]);
      g_assert_cmpuint (lengths[0], <, 1000000);
      for (guint j = 0; j < 2; j++)
        {
          g_free (files[j]);
          g_free (texts[j]);
        }
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *json = g_strdup_printf ("%s/%u.json", folder, i);
      g_autofree char *script = g_strdup_printf ("%s/%u.py", folder, i);

      g_assert_cmpint (g_remove (json), ==, 0);
      g_assert_cmpint (g_remove (script), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phase/view", test_view);
  g_test_add_func ("/phase/table-is-the-sweeps", test_table_is_the_sweeps);
  g_test_add_func ("/phase/missing", test_missing);
  g_test_add_func ("/phase/seeds", test_seeds);
  g_test_add_func ("/phase/tidy", test_tidy);
  g_test_add_func ("/phase/texts", test_texts);
  g_test_add_func ("/phase/pick-and-move", test_pick_and_move);
  g_test_add_func ("/phase/told-apart", test_told_apart);
  g_test_add_func ("/phase/recipes", test_recipes);
  g_test_add_func ("/phase/recipes-without-axes", test_recipes_without_axes);
  g_test_add_func ("/phase/same-bytes", test_same_bytes);
  return g_test_run ();
}
