/* widget-fixture.h - what tests ask of any widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

/* Fails, and says which, unless every focusable widget below @root has a name for assistive
 * technology. Returns how many there are. */
guint widget_fixture_assert_named (GtkWidget *root);

/* Runs the shortcut of the first of @widget and its ancestors that has one of this trigger, such as
 * "F2" or "<Shift>F10". FALSE if none has, or it does nothing. */
gboolean widget_fixture_press (GtkWidget *widget, const char *trigger);

/* The first widget of @type below @root whose @property (a string) is @value, or NULL. */
GtkWidget *
widget_fixture_find (GtkWidget *root, GType type, const char *property, const char *value);

/* Shows @window and waits until it is there. */
void widget_fixture_present (GtkWindow *window);
