/* gsc-preferences.h - the window of preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Changes @settings at once. (transfer none; the toolkit owns windows) */
GtkWindow *gsc_preferences_new (GSettings *settings);

G_END_DECLS
