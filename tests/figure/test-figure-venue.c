/* test-figure-venue.c - sizes and names of printed pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-venue.h"

#include <math.h>

#define MM (72 / 25.4)

/* Each name leads to the width that its journal wants. */
static void
test_widths (void)
{
  static const struct
  {
    const char *name;
    double width;
  } cases[] = {
    { "neurips", 5.5 * 72 },       { "icml", 3.25 * 72 },      { "icml-double", 6.75 * 72 },
    { "acl", 3.3 * 72 },           { "acl-double", 6.8 * 72 }, { "nature-single", 89 * MM },
    { "nature-double", 183 * MM },
  };
  guint n;

  gsc_figure_venue_get_all (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (cases) + 2); /* and slides */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GscFigureVenue *venue = gsc_figure_venue_find (cases[i].name);
      GscFigurePaper paper;

      g_assert_nonnull (venue);
      g_assert_cmpfloat_with_epsilon (venue->width, cases[i].width, 1e-9);
      gsc_figure_paper_init (&paper, venue);
      g_assert_cmpfloat (paper.width, ==, venue->width);
      g_assert_cmpfloat (paper.height, ==, 0);
      g_assert_cmpfloat (paper.text_size, ==, 8);
      g_assert_cmpint (paper.theme, ==, GSC_PALETTE_PAPER);
    }
  g_assert_null (gsc_figure_venue_find ("nature"));
  g_assert_null (gsc_figure_venue_find (NULL));
}

/* A slide's pictures have the pixels it is named after. */
static void
test_slides (void)
{
  static const struct
  {
    const char *name;
    int width, height;
  } cases[] = { { "slide", 1920, 1080 }, { "slide-4k", 3840, 2160 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GscFigureVenue *venue = gsc_figure_venue_find (cases[i].name);

      g_assert_cmpfloat (venue->width * venue->dpi / 72, ==, cases[i].width);
      g_assert_cmpfloat (venue->height * venue->dpi / 72, ==, cases[i].height);
    }
}

/* At every venue lines are at least half a point wide. */
static void
test_lines (void)
{
  guint n;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      GscFigurePaper paper;
      GscStyle style;

      gsc_figure_paper_init (&paper, &venues[i]);
      gsc_figure_paper_init_style (&paper, &style);
      g_assert_cmpfloat (style.line_width, >=, 0.5);
      g_assert_cmpfloat (style.axis_width, >=, 0.5);
      g_assert_cmpfloat (style.grid_width, >=, 0.5);
      g_assert_cmpfloat (style.text_size, >=, 5);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    double width, height;
  } cases[] = {
    { "89mm", 89 * MM, 0 },     { "5.5in", 396, 0 },      { "140x90mm", 140 * MM, 90 * MM },
    { "5.5x3in", 396, 216 },    { "icml", 3.25 * 72, 0 }, { "slide", 960, 540 },
    { "0.14in", 0.14 * 72, 0 },
  };
  static const char *const wrong[]
      = { "",    "5.5",   "in",    "5.5cm", "5.5xin", "5.5x-3in",  "5.5x0in", "-89mm",
          "0mm", "1e9in", "nanmm", "infin", "89 mm",  "nature mm", "5x5x5in", "0.01in" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GscFigurePaper paper;

      gsc_figure_paper_init (&paper, NULL);
      g_assert_true (gsc_figure_paper_parse (&paper, cases[i].text));
      g_assert_cmpfloat_with_epsilon (paper.width, cases[i].width, 1e-9);
      g_assert_cmpfloat_with_epsilon (paper.height, cases[i].height, 1e-9);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GscFigurePaper paper;

      gsc_figure_paper_init (&paper, NULL);
      if (gsc_figure_paper_parse (&paper, wrong[i]))
        g_error ("“%s” is taken for a size", wrong[i]);
      g_assert_cmpfloat (paper.width, ==, 396);
      g_assert_cmpfloat (paper.height, ==, 0);
    }
}

static void
test_themes (void)
{
  GscFigurePaper paper;
  GscStyle style;

  gsc_figure_paper_init (&paper, NULL);
  g_assert_true (gsc_figure_paper_parse_theme (&paper, "dark"));
  gsc_figure_paper_init_style (&paper, &style);
  g_assert_cmpstr (style.palette->name, ==, "dark");
  g_assert_false (gsc_figure_paper_parse_theme (&paper, "pink"));
  g_assert_cmpint (paper.theme, ==, GSC_PALETTE_DARK);
  g_assert_true (gsc_figure_paper_parse_theme (&paper, "paper"));
  g_assert_cmpint (paper.theme, ==, GSC_PALETTE_PAPER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-venue/widths", test_widths);
  g_test_add_func ("/figure-venue/slides", test_slides);
  g_test_add_func ("/figure-venue/lines", test_lines);
  g_test_add_func ("/figure-venue/parse", test_parse);
  g_test_add_func ("/figure-venue/themes", test_themes);
  return g_test_run ();
}
