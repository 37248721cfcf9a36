/* gsc-run-archive-names.h - the files in a run's archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by the files that write and read archives.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GSC_RUN_ARCHIVE_TYPE_NAME "mimetype"
#define GSC_RUN_ARCHIVE_LAST_NAME "config.json"

/* Those a run folder has at its top, without the last, in the order of the archive;
 * NULL-terminated. */
extern const char *const gsc_run_archive_names[];

/* Whether a run has a file of that name, relative to its folder. */
gboolean gsc_run_archive_knows_name (const char *name);

G_END_DECLS
