/* gsc-figure-venue.h - the pages that figures are printed on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-style.h"

G_BEGIN_DECLS

/* A column, a page or a slide as a journal or conference wants it (figures.md, "Export"). A plain
 * value; static strings. */
typedef struct
{
  const char *name;  /* "nature-single": for command lines and settings */
  const char *title; /* "Nature, one column": marked for translation */
  double width;      /* points */
  double height;     /* points; 0: as high as the figure likes */
  double text_size;  /* points */
  double dpi;        /* of PNG files: 300, and for slides what gives their pixels */
} GscFigureVenue;

/* All of them, papers first. Static. */
const GscFigureVenue *gsc_figure_venue_get_all (guint *n);

/* The venue of that name, or NULL. */
const GscFigureVenue *gsc_figure_venue_find (const char *name);

/* What a figure is drawn on. A plain value. */
typedef struct
{
  double width;  /* points */
  double height; /* points; 0: as high as the figure likes */
  double text_size;
  double dpi; /* of PNG files */
  GscPaletteKind theme;
  gboolean transparent; /* nothing is painted where the page is empty */
} GscFigurePaper;

/* The venue's page in white, or 5.5 inches (the text width of most conferences) for NULL. */
void gsc_figure_paper_init (GscFigurePaper *paper, const GscFigureVenue *venue);

/* Reads the name of a venue, a width ("89mm", "5.5in") or a size ("140x90mm", "5.5x3in") onto
 * @paper, whose other values stay. FALSE if it is none of these, or no page can have that size. */
gboolean gsc_figure_paper_parse (GscFigurePaper *paper, const char *text);

/* "paper", "light" or "dark". FALSE if it is none of these. */
gboolean gsc_figure_paper_parse_theme (GscFigurePaper *paper, const char *text);

void gsc_figure_paper_init_style (const GscFigurePaper *paper, GscStyle *style);

G_END_DECLS
