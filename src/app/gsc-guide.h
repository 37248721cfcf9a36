/* gsc-guide.h - opens the user guide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The guide's file: the installed one, or that of the folder the program was built in; NULL where
 * there is neither. (transfer full) */
char *gsc_guide_find (void);

/* Opens it in the user's browser. Without a file FALSE and a sentence; what the browser cannot do,
 * @parent's desktop says itself. @parent: nullable. */
gboolean gsc_guide_show (GtkWindow *parent, GError **error);

G_END_DECLS
