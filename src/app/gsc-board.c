/* gsc-board.c - all panels of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gsc-board-private.h"
#include "gsc-frame-change.h"

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_ORDER,
  PROP_HIDDEN,
  PROP_ENLARGED,
  N_PROPS,
};

enum
{
  SIGNAL_STATE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscBoard, gsc_board, GTK_TYPE_WIDGET)

static void
state_changed (GscBoard *self)
{
  if (!self->loading)
    g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

/* What is not seen need not be computed. */
static void
update_wanted (GscBoard *self)
{
  GscSession *other
      = self->comparison != NULL ? gsc_comparison_get_other (self->comparison) : NULL;
  gboolean probe = FALSE;
  gboolean projection = FALSE;
  guint insights = 0;

  if (self->session == NULL || self->inactive)
    return;
  for (int i = 0; i < GSC_N_FIGURES; i++)
    {
      int insight = gsc_frame_change_get_insight ((GscFigure) i);

      if (!self->shown[i] || (self->enlarged >= 0 && self->enlarged != i))
        continue;
      probe = probe || gsc_frame_change_shows_probe ((GscFigure) i);
      projection = projection || gsc_frame_change_shows_projection ((GscFigure) i);
      if (insight >= 0)
        insights |= 1u << insight;
    }
  insights &= ~(1u << GSC_INSIGHT_SCORES);
  gsc_session_set_wanted (self->session, probe, projection);
  gsc_session_set_wanted_insights (self->session, insights);
  if (other == NULL)
    return;
  gsc_session_set_wanted (other, probe, projection);
  gsc_session_set_wanted_insights (other, insights);
}

/* Brings widgets and actions in line with what is to be shown. */
static void
update_shown (GscBoard *self)
{
  gboolean any = FALSE;

  for (int i = 0; i < GSC_N_FIGURES; i++)
    {
      g_autofree char *name
          = g_strconcat (GSC_BOARD_SHOW_PREFIX, gsc_figure_get_name ((GscFigure) i), NULL);
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

      gtk_widget_set_visible (GTK_WIDGET (self->panels[i]), self->shown[i]);
      g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (self->shown[i]));
      any = any || self->shown[i];
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "panels" : "empty");
  update_wanted (self);
}

static void
apply_order (GscBoard *self)
{
  GscPanel *panels[GSC_N_FIGURES];

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    panels[i] = self->panels[self->order.figures[i]];
  gsc_board_area_set_panels (self->area, panels, GSC_N_FIGURES);
}

static void
order_changed (GscBoard *self)
{
  apply_order (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
  state_changed (self);
}

/* Order */

void
gsc_board_set_order (GscBoard *self, const char *const *names)
{
  if (gsc_board_order_set (&self->order, names))
    order_changed (self);
}

char **
gsc_board_get_order (GscBoard *self)
{
  return gsc_board_order_list (&self->order);
}

gboolean
gsc_board_move (GscBoard *self, GscFigure figure, int places)
{
  if (!gsc_board_order_move (&self->order, figure, places, self->shown))
    return FALSE;
  order_changed (self);
  return TRUE;
}

/* Visibility */

gboolean
gsc_board_is_shown (GscBoard *self, GscFigure figure)
{
  return self->shown[figure];
}

void
gsc_board_set_shown (GscBoard *self, GscFigure figure, gboolean shown)
{
  shown = !!shown;
  if (self->shown[figure] == shown)
    return;
  if (!shown && self->enlarged == (int) figure)
    gsc_board_set_enlarged (self, -1);
  self->shown[figure] = shown;
  update_shown (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDDEN]);
  state_changed (self);
}

static char **
list_hidden (GscBoard *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    if (!self->shown[i])
      g_ptr_array_add (names, g_strdup (gsc_figure_get_name ((GscFigure) i)));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

int
gsc_board_get_enlarged (GscBoard *self)
{
  return self->enlarged;
}

/* The panel keeps the focus if it had it; one that cannot be seen any more gives it on. */
static void
move_focus (GscBoard *self, int figure)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *plot = GTK_WIDGET (gsc_panel_get_plot (self->panels[figure]));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
      && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->panels[figure])))
    gtk_widget_grab_focus (plot);
}

void
gsc_board_set_enlarged (GscBoard *self, int figure)
{
  int before = self->enlarged;

  figure = figure >= 0 && figure < GSC_N_FIGURES ? figure : -1;
  if (figure == before)
    return;
  if (figure >= 0)
    {
      gsc_board_set_shown (self, (GscFigure) figure, TRUE);
      move_focus (self, figure);
    }
  self->enlarged = figure;
  if (before >= 0)
    gsc_panel_set_enlarged (self->panels[before], FALSE);
  if (figure >= 0)
    gsc_panel_set_enlarged (self->panels[figure], TRUE);
  gsc_board_area_set_single (self->area, figure >= 0 ? self->panels[figure] : NULL);
  update_wanted (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENLARGED]);
  state_changed (self);
}

/* What panels ask for */

static void
panel_enlarge (GscBoard *self, GscPanel *panel)
{
  int figure = (int) gsc_panel_get_figure (panel);

  gsc_board_set_enlarged (self, self->enlarged == figure ? -1 : figure);
}

static void
panel_hide (GscBoard *self, GscPanel *panel)
{
  gsc_board_set_shown (self, gsc_panel_get_figure (panel), FALSE);
}

static void
panel_move (GscBoard *self, int places, GscPanel *panel)
{
  gsc_board_move (self, gsc_panel_get_figure (panel), places);
}

static void
panel_take (GscBoard *self, GscPanel *other, GscPanel *panel)
{
  GscFigure figure = gsc_panel_get_figure (other);

  if (self->panels[figure] == other
      && gsc_board_order_put (&self->order, figure, gsc_panel_get_figure (panel)))
    order_changed (self);
}

/* Esc. What it has no use for goes on to the window. */
static gboolean
escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GscBoard *self = GSC_BOARD (widget);

  if (self->enlarged >= 0)
    gsc_board_set_enlarged (self, -1);
  else if (self->comparison != NULL && gsc_comparison_get_other (self->comparison) != NULL)
    gsc_comparison_stop (self->comparison);
  else if (self->session != NULL && gsc_session_is_locked (self->session))
    gsc_session_unlock (self->session);
  else
    return FALSE;
  return TRUE;
}

/* State */

GVariant *
gsc_board_save_state (GscBoard *self)
{
  g_auto (GStrv) order = gsc_board_get_order (self);
  g_auto (GStrv) hidden = list_hidden (self);
  GVariantDict state;
  GVariantDict panels;

  g_variant_dict_init (&panels, NULL);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    g_variant_dict_insert_value (&panels, gsc_figure_get_name ((GscFigure) i),
                                 gsc_panel_save_state (self->panels[i]));
  g_variant_dict_init (&state, NULL);
  g_variant_dict_insert (&state, "order", "^as", order);
  g_variant_dict_insert (&state, "hidden", "^as", hidden);
  g_variant_dict_insert (&state, "enlarged", "s",
                         self->enlarged >= 0 ? gsc_figure_get_name ((GscFigure) self->enlarged)
                                             : "");
  g_variant_dict_insert_value (&state, "panels", g_variant_dict_end (&panels));
  return g_variant_dict_end (&state);
}

/* Panels that the program did not have when the state was saved are shown as usual. */
static void
load_hidden (GscBoard *self, const char *const *hidden, const char *const *known)
{
  for (int i = 0; i < GSC_N_FIGURES; i++)
    {
      const char *name = gsc_figure_get_name ((GscFigure) i);

      if (known == NULL || g_strv_contains (known, name))
        gsc_board_set_shown (self, (GscFigure) i, !g_strv_contains (hidden, name));
    }
}

void
gsc_board_load_state (GscBoard *self, GVariant *state)
{
  g_autoptr (GVariant) panels = NULL;
  g_autofree const char **order = NULL;
  g_autofree const char **hidden = NULL;
  const char *enlarged;

  if (!g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT))
    return;
  self->loading = TRUE;
  if (g_variant_lookup (state, "order", "^a&s", &order))
    gsc_board_set_order (self, order);
  if (g_variant_lookup (state, "hidden", "^a&s", &hidden))
    load_hidden (self, hidden, order);
  panels = g_variant_lookup_value (state, "panels", G_VARIANT_TYPE_VARDICT);
  for (int i = 0; panels != NULL && i < GSC_N_FIGURES; i++)
    {
      g_autoptr (GVariant) panel = g_variant_lookup_value (
          panels, gsc_figure_get_name ((GscFigure) i), G_VARIANT_TYPE_VARDICT);

      if (panel != NULL)
        gsc_panel_load_state (self->panels[i], panel);
    }
  if (g_variant_lookup (state, "enlarged", "&s", &enlarged))
    gsc_board_set_enlarged (self, gsc_board_order_find_figure (enlarged));
  self->loading = FALSE;
  state_changed (self);
}

/* GObject */

static void
gsc_board_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscBoard *self = GSC_BOARD (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_ORDER:
      g_value_take_boxed (value, gsc_board_get_order (self));
      break;
    case PROP_HIDDEN:
      g_value_take_boxed (value, list_hidden (self));
      break;
    case PROP_ENLARGED:
      g_value_set_string (
          value, self->enlarged >= 0 ? gsc_figure_get_name ((GscFigure) self->enlarged) : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_board_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GscBoard *self = GSC_BOARD (object);

  switch (id)
    {
    case PROP_SESSION:
      gsc_board_set_session (self, g_value_get_object (value));
      break;
    case PROP_ORDER:
      gsc_board_set_order (self, g_value_get_boxed (value));
      break;
    case PROP_ENLARGED:
      gsc_board_set_enlarged (self, gsc_board_order_find_figure (g_value_get_string (value)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_board_dispose (GObject *object)
{
  GscBoard *self = GSC_BOARD (object);

  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_clear_object (&self->comparison);
  g_clear_object (&self->session);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_object (&self->actions);
  g_clear_object (&self->heads);
  G_OBJECT_CLASS (gsc_board_parent_class)->dispose (object);
}

static void
gsc_board_class_init (GscBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags set = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gsc_board_get_property;
  object_class->set_property = gsc_board_set_property;
  object_class->dispose = gsc_board_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, GSC_TYPE_SESSION, set);
  properties[PROP_ORDER] = g_param_spec_boxed ("order", NULL, NULL, G_TYPE_STRV, set);
  properties[PROP_HIDDEN]
      = g_param_spec_boxed ("hidden", NULL, NULL, G_TYPE_STRV,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENLARGED] = g_param_spec_string ("enlarged", NULL, NULL, NULL, set);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_STATE_CHANGED]
      = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape, NULL);
}

static void
add_panels (GscBoard *self)
{
  for (int i = 0; i < GSC_N_FIGURES; i++)
    {
      GscPanel *panel = GSC_PANEL (gsc_panel_new ((GscFigure) i));

      self->panels[i] = panel;
      self->shown[i] = gsc_board_order_is_usually_shown ((GscFigure) i);
      g_signal_connect_swapped (panel, "enlarge", G_CALLBACK (panel_enlarge), self);
      g_signal_connect_swapped (panel, "hide-panel", G_CALLBACK (panel_hide), self);
      g_signal_connect_swapped (panel, "move", G_CALLBACK (panel_move), self);
      g_signal_connect_swapped (panel, "take", G_CALLBACK (panel_take), self);
      g_signal_connect_swapped (panel, "changed", G_CALLBACK (state_changed), self);
    }
}

static GtkWidget *
make_empty_page (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Show _All Panels"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "view-grid-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("All Panels Are Hidden"));
  /* The page scrolls inside, and what scrolls can be focused. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (page)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("All Panels Are Hidden"), -1);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "board.show-all");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static void
gsc_board_init (GscBoard *self)
{
  self->enlarged = -1;
  gsc_board_order_init (&self->order);
  gsc_board_add_actions (self);
  add_panels (self);
  self->area = GSC_BOARD_AREA (gsc_board_area_new ());
  apply_order (self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->area));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Panels"), -1);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), self->scroller, "panels");
  gtk_stack_add_named (GTK_STACK (self->stack), make_empty_page (), "empty");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  update_shown (self);
}

/* Public functions */

GtkWidget *
gsc_board_new (void)
{
  return g_object_new (GSC_TYPE_BOARD, NULL);
}

GscSession *
gsc_board_get_session (GscBoard *self)
{
  return self->session;
}

void
gsc_board_set_session (GscBoard *self, GscSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gsc_panel_set_session (self->panels[i], session);
  g_clear_object (&self->heads);
  if (session != NULL)
    self->heads = gsc_head_actions_new (session);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "heads", gsc_board_get_head_actions (self));
  update_wanted (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
on_compared (GscBoard *self)
{
  update_wanted (self);
  gtk_widget_queue_resize (GTK_WIDGET (self->area));
}

void
gsc_board_set_comparison (GscBoard *self, GscComparison *comparison)
{
  g_return_if_fail (GSC_IS_BOARD (self));

  if (comparison == self->comparison)
    return;
  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_set_object (&self->comparison, comparison);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gsc_panel_set_comparison (self->panels[i], comparison);
  if (comparison != NULL)
    {
      g_signal_connect_swapped (comparison, "notify::other", G_CALLBACK (on_compared), self);
      g_signal_connect_swapped (comparison, "notify::show", G_CALLBACK (on_compared), self);
    }
  on_compared (self);
}

void
gsc_board_set_active (GscBoard *self, gboolean active)
{
  g_return_if_fail (GSC_IS_BOARD (self));

  self->inactive = !active;
  update_wanted (self);
}

GscPanel *
gsc_board_get_panel (GscBoard *self, GscFigure figure)
{
  return self->panels[figure];
}
