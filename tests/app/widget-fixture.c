/* widget-fixture.c - what tests ask of any widget
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widget-fixture.h"

#include <adwaita.h>

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return TRUE;
  /* Whose text is its name. */
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return TRUE;
  /* The lists that an expander row is made of. */
  if (GTK_IS_LIST_BOX (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW) != NULL)
    widget = gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW);
  return ADW_IS_PREFERENCES_ROW (widget)
         && *adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)) != '\0';
}

guint
widget_fixture_assert_named (GtkWidget *root)
{
  guint n = 0;

  /* Popovers and their menus come with the toolkit. */
  if (GTK_IS_POPOVER_MENU (root))
    return 0;
  /* The switch and arrow that a row does not use. */
  if (!gtk_widget_get_visible (root) && gtk_widget_get_ancestor (root, ADW_TYPE_ACTION_ROW) != NULL)
    return 0;
  if (gtk_widget_get_focusable (root) && gtk_widget_get_can_focus (root))
    {
      n++;
      if (!has_name (root))
        {
          GString *path = g_string_new (NULL);

          for (GtkWidget *widget = root; widget != NULL; widget = gtk_widget_get_parent (widget))
            g_string_append_printf (path, " < %s", G_OBJECT_TYPE_NAME (widget));
          g_error ("No accessible name:%s", path->str);
        }
    }
  /* So do the items inside the button and list of a drop-down or a combo row. */
  if (gtk_widget_get_ancestor (root, GTK_TYPE_DROP_DOWN) != NULL && !GTK_IS_DROP_DOWN (root))
    return n;
  if (gtk_widget_get_ancestor (root, ADW_TYPE_COMBO_ROW) != NULL && !ADW_IS_COMBO_ROW (root))
    return n;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += widget_fixture_assert_named (child);
  return n;
}

static gboolean
press_in (GtkWidget *widget, GListModel *shortcuts, const char *trigger)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      g_autofree char *name = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

      if (g_str_equal (name, trigger)
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                           GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

gboolean
widget_fixture_press (GtkWidget *widget, const char *trigger)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (GTK_IS_SHORTCUT_CONTROLLER (controller)
              && press_in (widget, G_LIST_MODEL (controller), trigger))
            return TRUE;
        }
    }
  return FALSE;
}

GtkWidget *
widget_fixture_find (GtkWidget *root, GType type, const char *property, const char *value)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      g_autofree char *found = NULL;

      g_object_get (root, property, &found, NULL);
      if (g_strcmp0 (found, value) == 0)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = widget_fixture_find (child, type, property, value);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
widget_fixture_present (GtkWindow *window)
{
  gtk_window_present (window);
  while (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
