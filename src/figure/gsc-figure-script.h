/* gsc-figure-script.h - a Python script that draws a figure again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-panel.h"
#include "gsc-figure-venue.h"

G_BEGIN_DECLS

/* A script for Python 3 with matplotlib that reads @csv_name (the table of gsc_figure_tabulate(),
 * a file beside the script) and draws the figure from nothing else, on a page of @paper's width and
 * @height points, to a PDF of the same name or the file named on its command line. (transfer full)
 */
char *gsc_figure_script_make (const GscFigurePanel *panel,
                              const GscFrame *frame,
                              const char *csv_name,
                              const GscFigurePaper *paper,
                              double height);

G_END_DECLS
