/* gsc-phase-form.c - rows and groups of the dialog for a new phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-form.h"

#include <glib/gi18n.h>

#include "gsc-phase-frame.h"

GtkWidget *
gsc_phase_form_add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

AdwComboRow *
gsc_phase_form_add_combo (GtkWidget *group, const char *title, GtkStringList *model)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_object_unref (model);
  return ADW_COMBO_ROW (row);
}

void
gsc_phase_form_name_entry (GtkEditable *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

GtkEditable *
gsc_phase_form_add_entry (GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  gsc_phase_form_name_entry (GTK_EDITABLE (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return GTK_EDITABLE (row);
}

GtkLabel *
gsc_phase_form_make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

GtkStringList *
gsc_phase_form_list_keys (GPtrArray *keys)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      const char *title = gsc_phase_axis_get_title (key);
      g_autofree char *both = NULL;

      if (!g_str_equal (title, key))
        both = g_strdup_printf ("%s (%s)", _ (title), key);
      gtk_string_list_append (names, both != NULL ? both : key);
    }
  return names;
}
