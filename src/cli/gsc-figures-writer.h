/* gsc-figures-writer.h - the files of `grokscope-cli figures`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-cli.h"
#include "gsc-figure-export.h"
#include "gsc-figure-recipe.h"
#include "gsc-figure-studio.h"

G_BEGIN_DECLS

/* How files are written. Everything is borrowed. */
typedef struct
{
  const char *folder;         /* is there */
  const char *const *formats; /* file name extensions without a dot: pdf, svg, png, csv */
  GscFigurePaper paper;
  GscFigureOrigin origin;
  GscFigureStudio *studio;
} GscFiguresWriter;

/* Makes the panel and writes it in all formats as the figure's name; prints the files' names.
 * Reports faults. */
GscCliStatus gsc_figures_writer_write (const GscFiguresWriter *writer, const GscFigurePanel *panel);

/* The same for a recipe, as figure-NAME; of its panels there are tables figure-NAME-a, and so on.
 */
GscCliStatus gsc_figures_writer_write_recipe (const GscFiguresWriter *writer,
                                              const GscFigureRecipe *recipe);

G_END_DECLS
