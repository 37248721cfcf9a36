/* gsc-preferences.c - the window of preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

static const char *const schemes[] = { "system", "light", "dark" };

static gboolean
get_scheme (GValue *value, GVariant *variant, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (g_variant_get_string (variant, NULL), schemes[i]))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
set_scheme (const GValue *value, const GVariantType *type, gpointer data)
{
  return g_variant_new_string (schemes[MIN (g_value_get_uint (value), 2)]);
}

static GtkWidget *
make_scheme_row (GSettings *settings)
{
  const char *const names[] = { _ ("Follow System"), _ ("Light"), _ ("Dark"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Style"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "color-scheme", row, "selected", G_SETTINGS_BIND_DEFAULT,
                                get_scheme, set_scheme, NULL, NULL);
  return row;
}

static GtkWidget *
make_threads_row (GSettings *settings)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 256, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Training Threads"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("0: one for each processor. The results do not depend on it."));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Training Threads"), -1);
  g_settings_bind (settings, "threads", spin, "value", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static GtkWidget *
make_presentation_row (GSettings *settings)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (1.5, 2, 0.1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Text While Presenting"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _ ("How many times as large as in the window."));
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text While Presenting"), -1);
  g_settings_bind (settings, "presentation-text", spin, "value", G_SETTINGS_BIND_DEFAULT);
  return row;
}

GtkWindow *
gsc_preferences_new (GSettings *settings)
{
  GtkWidget *window = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_scheme_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_threads_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_presentation_row (settings));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  return GTK_WINDOW (window);
}
