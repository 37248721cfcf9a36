/* gsc-installed-path.h - where installed files are, also after the whole tree has been moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @path below the prefix that the program was built for, as it is now: below the prefix in whose
 * folder of programs the running program lies, if there is something there; else @path itself.
 * (transfer full) */
char *gsc_installed_path (const char *path);

/* The file @name of the program's data ("help/guide.html"): the installed one, or that of the
 * folder the program was built in; NULL where there is neither. (transfer full) */
char *gsc_installed_data (const char *name);

G_END_DECLS
