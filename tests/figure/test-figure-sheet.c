/* test-figure-sheet.c - figures put together as in the paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-sheet.h"

#include <math.h>
#include <string.h>

#include "gsc-figure-recipe.h"
#include "gsc-figure-venue.h"
#include "material-fixture.h"

static GscFigureSheet *
make_recipe (const MaterialFixture *fixture, const char *name, const GscFigurePaper *paper)
{
  const GscFigureRecipe *recipe = gsc_figure_recipe_find (name);
  g_autoptr (GscFigureStudio) studio = gsc_figure_studio_new (&fixture->material);
  g_autoptr (GError) error = NULL;
  GscFigureSheet *sheet;
  GscStyle style;

  g_assert_nonnull (recipe);
  gsc_figure_paper_init_style (paper, &style);
  sheet = gsc_figure_recipe_make (recipe, studio, &style, paper->width, paper->height, &error);
  g_assert_no_error (error);
  return sheet;
}

static void
assert_labels (GArray *labels, double width, double height, const char *what)
{
  g_assert_cmpuint (labels->len, >, 0);
  for (guint a = 0; a < labels->len; a++)
    {
      const GscLabel *label = &g_array_index (labels, GscLabel, a);

      if (label->rect.x < 0 || label->rect.y < 0 || gsc_rect_right (&label->rect) > width
          || gsc_rect_bottom (&label->rect) > height)
        g_error ("%s, %g × %g: “%s” leaves the page", what, width, height, label->text);
      for (guint b = 0; b < a; b++)
        {
          const GscLabel *other = &g_array_index (labels, GscLabel, b);

          if (gsc_label_is_near (label, other, -0.01))
            g_error ("%s, %g × %g: “%s” is on “%s”", what, width, height, label->text, other->text);
        }
    }
}

/* All recipes of small and large models: nothing is clipped or covered at any venue. */
static void
test_recipes_tidy (void)
{
  static const int primes[] = { 5, 13, 29 };
  guint n_venues;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n_venues);

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      g_auto (MaterialFixture) fixture = { 0 };
      g_autoptr (GscFigureStudio) studio = NULL;

      material_fixture_init (&fixture, primes[i], i == 2 ? 8 : 4, 40);
      studio = gsc_figure_studio_new (&fixture.material);
      for (guint j = 0; j < gsc_figure_recipe_count (); j++)
        {
          const GscFigureRecipe *recipe = gsc_figure_recipe_get (j);

          /* p^4 pairs for each head: a matter of seconds */
          if (primes[i] == 29 && g_str_equal (gsc_figure_recipe_get_name (recipe), "8"))
            continue;
          for (guint k = 0; k < n_venues; k++)
            {
              g_autoptr (GscFigureSheet) sheet = NULL;
              g_autoptr (GArray) labels = NULL;
              g_autoptr (GError) error = NULL;
              GscFigurePaper paper;
              GscStyle style;

              gsc_figure_paper_init (&paper, &venues[k]);
              gsc_figure_paper_init_style (&paper, &style);
              sheet = gsc_figure_recipe_make (recipe, studio, &style, paper.width, paper.height,
                                              &error);
              g_assert_no_error (error);
              labels = gsc_figure_sheet_list_labels (sheet);
              assert_labels (labels, paper.width, gsc_figure_sheet_get_height (sheet),
                             gsc_figure_recipe_get_name (recipe));
              if (paper.height > 0)
                g_assert_cmpfloat (gsc_figure_sheet_get_height (sheet), ==, paper.height);
            }
        }
    }
}

static gboolean
has_label (GscFigureSheet *sheet, const char *text, GscFont font)
{
  g_autoptr (GArray) labels = gsc_figure_sheet_list_labels (sheet);

  for (guint i = 0; i < labels->len; i++)
    {
      const GscLabel *label = &g_array_index (labels, GscLabel, i);

      if (label->font == font && g_str_equal (label->text, text))
        return TRUE;
    }
  return FALSE;
}

/* Several panels have letters, one alone has none. */
static void
test_letters (void)
{
  g_auto (MaterialFixture) fixture = { 0 };
  g_autoptr (GscFigureSheet) one = NULL;
  g_autoptr (GscFigureSheet) three = NULL;
  GscFigurePaper paper;

  material_fixture_init (&fixture, 7, 4, 10);
  gsc_figure_paper_init (&paper, NULL);
  one = make_recipe (&fixture, "1c", &paper);
  three = make_recipe (&fixture, "6", &paper);
  g_assert_false (has_label (one, "a", GSC_FONT_TITLE));
  g_assert_true (has_label (three, "a", GSC_FONT_TITLE));
  g_assert_true (has_label (three, "b", GSC_FONT_TITLE));
  g_assert_true (has_label (three, "c", GSC_FONT_TITLE));
  g_assert_false (has_label (three, "d", GSC_FONT_TITLE));
}

/* Frames of one row begin and end at the same heights, and below each other at the same widths. */
static void
test_aligned (void)
{
  g_auto (MaterialFixture) fixture = { 0 };
  g_autoptr (GscFigureSheet) curves = NULL;
  g_autoptr (GscFigureSheet) tables = NULL;
  g_autoptr (GscFigureSheet) mixed = NULL;
  GscFigureSheetPanel panels[2] = { { .share = 1, .caption = "one" }, { .share = 2 } };
  GscFigurePaper paper;
  GscStyle style;
  GscRect a, b;

  material_fixture_init (&fixture, 11, 4, 10);
  gsc_figure_paper_init (&paper, NULL);
  curves = make_recipe (&fixture, "3b", &paper);
  a = gsc_figure_sheet_get_frame (curves, 0);
  b = gsc_figure_sheet_get_frame (curves, 1);
  g_assert_cmpfloat_with_epsilon (a.x, b.x, 0.01);
  g_assert_cmpfloat_with_epsilon (gsc_rect_right (&a), gsc_rect_right (&b), 0.01);
  g_assert_cmpfloat (gsc_rect_bottom (&a), <, b.y);

  tables = make_recipe (&fixture, "1a", &paper);
  a = gsc_figure_sheet_get_frame (tables, 0);
  b = gsc_figure_sheet_get_frame (tables, 1);
  g_assert_cmpfloat_with_epsilon (a.y, b.y, 0.01);
  g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (&a), gsc_rect_bottom (&b), 0.01);
  g_assert_cmpfloat (gsc_rect_right (&a), <, b.x);

  /* plots of two kinds, with legend and without */
  gsc_figure_panel_init (&panels[0].panel, GSC_FIGURE_SHOTS);
  gsc_figure_panel_init (&panels[1].panel, GSC_FIGURE_LEARNING_CURVES);
  panels[0].frame = material_fixture_make_frame (&fixture, &panels[0].panel);
  panels[1].frame = material_fixture_make_frame (&fixture, &panels[1].panel);
  gsc_figure_paper_init_style (&paper, &style);
  mixed = gsc_figure_sheet_new (panels, 2, &style, 700, 250);
  a = gsc_figure_sheet_get_frame (mixed, 0);
  b = gsc_figure_sheet_get_frame (mixed, 1);
  g_assert_cmpfloat_with_epsilon (a.y, b.y, 0.01);
  g_assert_cmpfloat (a.width, <, b.width);
  g_assert_cmpfloat (b.height, >, 100);
  gsc_frame_unref (panels[0].frame);
  gsc_frame_unref (panels[1].frame);
}

/* Where a page is wide and low, panels stand beside each other. */
static void
test_slide (void)
{
  g_auto (MaterialFixture) fixture = { 0 };
  g_autoptr (GscFigureSheet) page = NULL;
  g_autoptr (GscFigureSheet) slide = NULL;
  GscFigurePaper paper;
  GscRect a, b;

  material_fixture_init (&fixture, 11, 4, 10);
  gsc_figure_paper_init (&paper, NULL);
  page = make_recipe (&fixture, "6", &paper);
  a = gsc_figure_sheet_get_frame (page, 0);
  b = gsc_figure_sheet_get_frame (page, 1);
  g_assert_cmpfloat (gsc_rect_bottom (&a), <, b.y);

  gsc_figure_paper_init (&paper, gsc_figure_venue_find ("slide"));
  slide = make_recipe (&fixture, "6", &paper);
  a = gsc_figure_sheet_get_frame (slide, 0);
  b = gsc_figure_sheet_get_frame (slide, 1);
  g_assert_cmpfloat (gsc_rect_right (&a), <, b.x);
}

/* Each recipe has a name of its own and frames that show what its panels are about. */
static void
test_recipes (void)
{
  static const char *const names[]
      = { "1a", "1c", "1d", "1e", "3b", "3c", "5", "6", "7", "8", "label-noise" };
  g_auto (MaterialFixture) fixture = { 0 };
  g_autoptr (GscFigureStudio) studio = NULL;

  material_fixture_init (&fixture, 5, 2, 10);
  fixture.material.record = 3;
  studio = gsc_figure_studio_new (&fixture.material);
  g_assert_cmpuint (gsc_figure_recipe_count (), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const GscFigureRecipe *recipe = gsc_figure_recipe_get (i);
      g_autoptr (GArray) panels = gsc_figure_recipe_list_panels (recipe);

      g_assert_cmpstr (gsc_figure_recipe_get_name (recipe), ==, names[i]);
      g_assert_true (gsc_figure_recipe_find (names[i]) == recipe);
      for (guint j = 0; j < panels->len; j++)
        {
          const GscFigurePanel *panel = &g_array_index (panels, GscFigureSheetPanel, j).panel;
          g_autoptr (GError) error = NULL;
          g_autoptr (GscFrame) frame = gsc_figure_studio_make (studio, panel, &error);
          g_autoptr (GscFigureTable) table = NULL;

          g_assert_no_error (error);
          table = gsc_figure_tabulate (panel->figure, frame, &panel->options);
          g_assert_cmpuint (table->n_rows, >, 0);
          g_assert_cmpint (frame->record, ==, panel->about == GSC_PANEL_OF_LAST_RECORD ? 9 : 3);
          if (panel->about == GSC_PANEL_OF_FIRST_LAYER)
            g_assert_cmpuint (frame->projection->source.layer, ==, 0);
          if (panel->about == GSC_PANEL_OF_LAST_LAYER)
            g_assert_cmpuint (frame->projection->source.layer, ==, 1);
          if (panel->figure == GSC_FIGURE_SIMILARITY)
            g_assert_cmpint (frame->insights[GSC_INSIGHT_SIMILARITY]->similarity->slot, ==,
                             panel->slot);
          if (panel->about == GSC_PANEL_OF_PRE_TRAINING)
            g_assert_cmpint (
                gsc_task_split_lookup (frame->run->tasks, frame->cursor.a, frame->cursor.b), <,
                (int) frame->run->tasks->n_id);
        }
    }
  g_assert_null (gsc_figure_recipe_find ("2"));
}

/* Without a model there is an error that names the figure, and figures of the records are there. */
static void
test_no_model (void)
{
  g_auto (MaterialFixture) fixture = { 0 };
  g_autoptr (GscFigureStudio) studio = NULL;
  g_autoptr (GscFrame) frame = NULL;
  g_autoptr (GError) error = NULL;
  GscFigurePanel panel;

  material_fixture_init (&fixture, 5, 2, 10);
  fixture.material.subject = NULL;
  studio = gsc_figure_studio_new (&fixture.material);
  gsc_figure_panel_init (&panel, GSC_FIGURE_ATTENTION);
  g_assert_null (gsc_figure_studio_make (studio, &panel, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "attention"));
  gsc_figure_panel_init (&panel, GSC_FIGURE_SHOTS);
  g_clear_error (&error);
  frame = gsc_figure_studio_make (studio, &panel, &error);
  g_assert_no_error (error);
}

/* What is asked twice is made once. */
static void
test_kept (void)
{
  g_auto (MaterialFixture) fixture = { 0 };
  g_autoptr (GscFigureStudio) studio = NULL;
  g_autoptr (GscFrame) first = NULL;
  g_autoptr (GscFrame) second = NULL;
  g_autoptr (GscFrame) other = NULL;
  GscFigurePanel panel;

  material_fixture_init (&fixture, 5, 2, 10);
  studio = gsc_figure_studio_new (&fixture.material);
  gsc_figure_panel_init (&panel, GSC_FIGURE_SIMILARITY);
  first = gsc_figure_studio_make (studio, &panel, NULL);
  second = gsc_figure_studio_make (studio, &panel, NULL);
  panel.slot = GSC_SLOT_Z;
  other = gsc_figure_studio_make (studio, &panel, NULL);
  g_assert_true (first->insights[GSC_INSIGHT_SIMILARITY]
                 == second->insights[GSC_INSIGHT_SIMILARITY]);
  g_assert_true (first->insights[GSC_INSIGHT_SIMILARITY]
                 != other->insights[GSC_INSIGHT_SIMILARITY]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-sheet/recipes-tidy", test_recipes_tidy);
  g_test_add_func ("/figure-sheet/letters", test_letters);
  g_test_add_func ("/figure-sheet/aligned", test_aligned);
  g_test_add_func ("/figure-sheet/slide", test_slide);
  g_test_add_func ("/figure-sheet/recipes", test_recipes);
  g_test_add_func ("/figure-sheet/no-model", test_no_model);
  g_test_add_func ("/figure-sheet/kept", test_kept);
  return g_test_run ();
}
