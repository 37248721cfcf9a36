/* gsc-board-actions.c - the board's actions and its menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-board-private.h"

static void
change_shown (GSimpleAction *action, GVariant *value, gpointer data)
{
  int figure = gsc_board_order_find_figure (g_action_get_name (G_ACTION (action))
                                            + strlen (GSC_BOARD_SHOW_PREFIX));

  gsc_board_set_shown (data, (GscFigure) figure, g_variant_get_boolean (value));
}

static void
show_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (int i = 0; i < GSC_N_FIGURES; i++)
    gsc_board_set_shown (data, (GscFigure) i, TRUE);
}

static void
show_usual (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  for (int i = 0; i < GSC_N_FIGURES; i++)
    gsc_board_set_shown (data, (GscFigure) i, gsc_board_order_is_usually_shown ((GscFigure) i));
}

/* The cursor's head alone, in the attention panel. */
static void
show_head (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscBoard *self = data;
  GscPanel *panel = self->panels[GSC_FIGURE_ATTENTION];

  gsc_board_set_shown (self, GSC_FIGURE_ATTENTION, TRUE);
  if (self->enlarged >= 0)
    gsc_board_set_enlarged (self, GSC_FIGURE_ATTENTION);
  g_action_group_change_action_state (gsc_panel_get_action_group (panel), "single-head",
                                      g_variant_new_boolean (TRUE));
}

static void
reset_order (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *const none[] = { NULL };

  gsc_board_set_order (data, none);
}

static void
put_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_board_set_enlarged (data, -1);
}

void
gsc_board_add_actions (GscBoard *self)
{
  static const GActionEntry entries[] = {
    { .name = "show-all", .activate = show_all },
    { .name = "show-usual", .activate = show_usual },
    { .name = "show-head", .activate = show_head },
    { .name = "reset-order", .activate = reset_order },
    { .name = "put-back", .activate = put_back },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  for (int i = 0; i < GSC_N_FIGURES; i++)
    {
      g_autofree char *name
          = g_strconcat (GSC_BOARD_SHOW_PREFIX, gsc_figure_get_name ((GscFigure) i), NULL);
      g_autoptr (GSimpleAction) action
          = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (TRUE));

      g_signal_connect (action, "change-state", G_CALLBACK (change_shown), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "board", G_ACTION_GROUP (self->actions));
}

GActionGroup *
gsc_board_get_action_group (GscBoard *self)
{
  return G_ACTION_GROUP (self->actions);
}

GActionGroup *
gsc_board_get_head_actions (GscBoard *self)
{
  return (GActionGroup *) self->heads;
}

GMenuModel *
gsc_board_make_menu (GscBoard *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) panels = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  GscBoardOrder usual;

  gsc_board_order_init (&usual);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GscFigure figure = usual.figures[i];
      g_autofree char *action
          = g_strconcat ("board." GSC_BOARD_SHOW_PREFIX, gsc_figure_get_name (figure), NULL);

      g_menu_append (panels, _ (gsc_figure_get_title (figure)), action);
    }
  g_menu_append (all, _ ("Show _All Panels"), "board.show-all");
  g_menu_append (all, _ ("_Usual Panels"), "board.show-usual");
  g_menu_append (all, _ ("Usual _Order"), "board.reset-order");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (panels));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  return G_MENU_MODEL (menu);
}
