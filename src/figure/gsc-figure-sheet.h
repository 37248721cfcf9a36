/* gsc-figure-sheet.h - several figures on one page, as in a paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-panel.h"

G_BEGIN_DECLS

/* A panel and the frame it is drawn from. */
typedef struct
{
  GscFigurePanel panel;
  GscFrame *frame;     /* borrowed; the sheet keeps a reference */
  guint row;           /* panels stand by row, and in a row from left to right */
  double share;        /* of the row's width, compared with the row's others */
  const char *caption; /* a few words beside the letter */
  const char *letter;  /* NULL: the next of a, b, ... */
} GscFigureSheetPanel;

/* Figures without titles of their own, each with a bold letter (a, b, ...; none for a single one)
 * and its caption above. In a row the frames of the plots begin and end at the same heights, and
 * panels that stand below each other at the left begin at the same place. For one thread. */
typedef struct _GscFigureSheet GscFigureSheet;

/* @height: 0 for what suits the panels; where it is much lower they stand in one row. @n from 1 to
 * 26. */
GscFigureSheet *gsc_figure_sheet_new (
    const GscFigureSheetPanel *panels, guint n, const GscStyle *style, double width, double height);
/* The same with lines of text above all panels: what they have in common. @headings:
 * NULL-terminated.
 */
GscFigureSheet *gsc_figure_sheet_new_headed (const GscFigureSheetPanel *panels,
                                             guint n,
                                             const char *const *headings,
                                             const GscStyle *style,
                                             double width,
                                             double height);
/* The same for a screen: the rows stay however low the page is, and there are captions in bold
 * instead of letters. @height is not 0. */
GscFigureSheet *gsc_figure_sheet_new_for_screen (
    const GscFigureSheetPanel *panels, guint n, const GscStyle *style, double width, double height);
void gsc_figure_sheet_free (GscFigureSheet *sheet);

double gsc_figure_sheet_get_height (const GscFigureSheet *sheet);

/* The frame that its first panel is drawn from. Borrowed. */
const GscFrame *gsc_figure_sheet_get_subject (const GscFigureSheet *sheet);

/* Where the plots of a panel are, without their ticks and titles. */
GscRect gsc_figure_sheet_get_frame (const GscFigureSheet *sheet, guint panel);

void gsc_figure_sheet_set_transparent (GscFigureSheet *sheet, gboolean transparent);
void gsc_figure_sheet_paint (const GscFigureSheet *sheet, cairo_t *cr);

/* As gsc_figure_page_list_labels(). */
GArray *gsc_figure_sheet_list_labels (const GscFigureSheet *sheet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFigureSheet, gsc_figure_sheet_free)

G_END_DECLS
