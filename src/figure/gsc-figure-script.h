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

/* What scripts are made of: NAME = "text" and NAME = number, for Python, and scripts/NAME.py from
 * its first line on that is no comment. */
void gsc_figure_script_append_text (GString *script, const char *name, const char *text);
void gsc_figure_script_append_number (GString *script, const char *name, double value);
void gsc_figure_script_append_part (GString *script, const char *name);

G_END_DECLS
