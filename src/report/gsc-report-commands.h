/* gsc-report-commands.h - how to make a run again from the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-report-document.h"
#include "gsc-report-source.h"

G_BEGIN_DECLS

/* "grokscope-cli train --set p=11 ... FOLDER" with every key of @config, so that it says the same
 * to every version's presets; over several lines that a shell reads as one. (transfer full) */
char *gsc_report_make_train_command (const GscConfig *config, const char *folder);

/* The section: that command, what it does not repeat, and those of the figures. */
void gsc_report_add_commands (GscReportDocument *document, const GscReportSource *source);

G_END_DECLS
