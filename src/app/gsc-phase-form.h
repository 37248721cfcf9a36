/* gsc-phase-form.h - rows and groups of the dialog for a new phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A group on a page of preferences. @title, @description: nullable. Borrowed, like all below. */
GtkWidget *gsc_phase_form_add_group (GtkWidget *page, const char *title, const char *description);

/* Takes @model. */
AdwComboRow *gsc_phase_form_add_combo (GtkWidget *group, const char *title, GtkStringList *model);
GtkEditable *gsc_phase_form_add_entry (GtkWidget *group, const char *title);

/* Another title, for assistive technology too. */
void gsc_phase_form_name_entry (GtkEditable *row, const char *title);

/* A wrapped text with a style class. */
GtkLabel *gsc_phase_form_make_label (const char *style);

/* "None" and then @keys (of char *), each with what it means. (transfer full) */
GtkStringList *gsc_phase_form_list_keys (GPtrArray *keys);

G_END_DECLS
