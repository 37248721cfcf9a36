/* gsc-export-show.h - files in the desktop's other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a sandbox these go through the desktop's portals.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the file in the program that the user has for it. @parent: nullable. */
void gsc_export_show_file (GtkWindow *parent, const char *path);

/* Shows the file in the file manager, in its folder; where no file manager can do that, the folder
 * alone. */
void gsc_export_show_in_folder (GtkWindow *parent, const char *path);

G_END_DECLS
