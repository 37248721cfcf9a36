/* gsc-figures-order.h - what "grokscope-cli figures" is to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-analyse-options.h"
#include "gsc-cli.h"
#include "gsc-figures-sweep.h"
#include "gsc-figures-writer.h"

G_BEGIN_DECLS

#define GSC_FIGURES_DEFAULT_DPI 0.0 /* the paper's own */

/* As typed. End with gsc_figures_line_clear(). */
typedef struct
{
  GscCliSourceOptions source;
  GscAnalyseOptions options;
  GscFiguresSweepOptions sweep;
  char *out;
  char **figures; /* NULL: the usual ones */
  char **recipes;
  gboolean all;
  char *format; /* NULL: pdf */
  char *width;
  char *size;
  char *theme;
  gboolean transparent;
  double dpi;
  int threads;
} GscFiguresLine;

/* The same, read: a plain value that owns its arrays. Begin with zeroes, end with
 * gsc_figures_order_clear(). */
typedef struct
{
  GscFigurePaper paper;
  char **formats;
  GArray *panels;     /* of GscFigurePanel */
  GPtrArray *recipes; /* of GscFigureRecipe, borrowed */
  gboolean chosen;    /* by name */
} GscFiguresOrder;

void gsc_figures_line_clear (GscFiguresLine *line);
void gsc_figures_order_clear (GscFiguresOrder *order);

/* Reads @line into *order before anything is opened. What is wrong is said on standard error, as
 * that of @command. @sweep: the figures are of a sweep and have names of their own, which are not
 * looked at. */
GscCliStatus gsc_figures_order_read (const GscFiguresLine *line,
                                     const char *command,
                                     gboolean sweep,
                                     GscFiguresOrder *order);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscFiguresLine, gsc_figures_line_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscFiguresOrder, gsc_figures_order_clear)

G_END_DECLS
