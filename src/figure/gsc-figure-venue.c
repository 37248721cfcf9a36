/* gsc-figure-venue.c - the pages that figures are printed on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-venue.h"

#include <glib/gi18n.h>

#include "gsc-surface.h"

#define INCH 72.0
#define MM (72.0 / 25.4)

/* Points on paper; a slide is seen from further away. */
#define PAPER_TEXT_SIZE 8.0
#define SLIDE_TEXT_SIZE 18.0

#define PAPER_DPI 300.0

#define DEFAULT_WIDTH (5.5 * INCH)

#define ON_PAPER(name, title, width)                                                               \
  {                                                                                                \
    name, title, width, 0, PAPER_TEXT_SIZE, PAPER_DPI                                              \
  }

/* 16:9, 13 1/3 inches wide as presentation programs have them. */
#define SLIDE(name, title, dpi)                                                                    \
  {                                                                                                \
    name, title, 960, 540, SLIDE_TEXT_SIZE, dpi                                                    \
  }

static const GscFigureVenue venues[] = {
  ON_PAPER ("neurips", N_ ("NeurIPS and ICLR"), 5.5 * INCH),
  ON_PAPER ("icml", N_ ("ICML, one column"), 3.25 * INCH),
  ON_PAPER ("icml-double", N_ ("ICML, both columns"), 6.75 * INCH),
  ON_PAPER ("acl", N_ ("ACL, one column"), 3.3 * INCH),
  ON_PAPER ("acl-double", N_ ("ACL, both columns"), 6.8 * INCH),
  ON_PAPER ("nature-single", N_ ("Nature, one column"), 89 * MM),
  ON_PAPER ("nature-double", N_ ("Nature, both columns"), 183 * MM),
  SLIDE ("slide", N_ ("Slide, 1920 × 1080"), 144),
  SLIDE ("slide-4k", N_ ("Slide, 3840 × 2160"), 288),
};

const GscFigureVenue *
gsc_figure_venue_get_all (guint *n)
{
  *n = G_N_ELEMENTS (venues);
  return venues;
}

const GscFigureVenue *
gsc_figure_venue_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (venues); i++)
    if (g_strcmp0 (venues[i].name, name) == 0)
      return &venues[i];
  return NULL;
}

static void
take_venue (GscFigurePaper *paper, const GscFigureVenue *venue)
{
  paper->width = venue->width;
  paper->height = venue->height;
  paper->text_size = venue->text_size;
  paper->dpi = venue->dpi;
}

void
gsc_figure_paper_init (GscFigurePaper *paper, const GscFigureVenue *venue)
{
  *paper = (GscFigurePaper){
    .width = DEFAULT_WIDTH,
    .text_size = PAPER_TEXT_SIZE,
    .dpi = PAPER_DPI,
    .theme = GSC_PALETTE_PAPER,
  };
  if (venue != NULL)
    take_venue (paper, venue);
}

static gboolean
is_possible (double length)
{
  return length >= GSC_SURFACE_MIN_SIZE && length <= GSC_SURFACE_MAX_SIZE;
}

gboolean
gsc_figure_paper_parse (GscFigurePaper *paper, const char *text)
{
  const GscFigureVenue *venue = gsc_figure_venue_find (text);
  double width, height = 0, unit;
  char *end;

  if (venue != NULL)
    {
      take_venue (paper, venue);
      return TRUE;
    }
  width = g_ascii_strtod (text, &end);
  if (end == text)
    return FALSE;
  if (*end == 'x')
    {
      text = end + 1;
      height = g_ascii_strtod (text, &end);
      if (end == text || !(height > 0))
        return FALSE;
    }
  if (g_str_equal (end, "mm"))
    unit = MM;
  else if (g_str_equal (end, "in"))
    unit = INCH;
  else
    return FALSE;
  if (!is_possible (width * unit) || (height != 0 && !is_possible (height * unit)))
    return FALSE;
  paper->width = width * unit;
  paper->height = height * unit;
  return TRUE;
}

gboolean
gsc_figure_paper_parse_theme (GscFigurePaper *paper, const char *text)
{
  for (guint kind = GSC_PALETTE_LIGHT; kind <= GSC_PALETTE_PAPER; kind++)
    if (g_str_equal (gsc_palette_get (kind)->name, text))
      {
        paper->theme = kind;
        return TRUE;
      }
  return FALSE;
}

void
gsc_figure_paper_init_style (const GscFigurePaper *paper, GscStyle *style)
{
  gsc_style_init (style, gsc_palette_get (paper->theme), paper->text_size);
}
