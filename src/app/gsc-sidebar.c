/* gsc-sidebar.c - runs, experiments and the recipe of the next run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sidebar.h"

#include <glib/gi18n.h>

#include "gsc-train-bar.h"

#define WIDTH 300

struct _GscSidebar
{
  GtkBox parent_instance;

  /* Borrowed References */
  GscRunList *runs;
  GscExperiments *experiments;
  GscControls *controls;
};

enum
{
  PROP_0,
  PROP_SELECTED_RUN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscSidebar, gsc_sidebar, GTK_TYPE_BOX)

static void
on_selected (GscSidebar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_RUN]);
}

static void
on_deleted (GscSidebar *self, GscRun *run)
{
  g_signal_emit (self, signals[DELETED], 0, run);
}

static void
gsc_sidebar_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GscSidebar *self = GSC_SIDEBAR (object);

  if (property_id == PROP_SELECTED_RUN)
    g_value_set_object (value, gsc_run_list_get_selected (self->runs));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
gsc_sidebar_class_init (GscSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gsc_sidebar_get_property;
  properties[PROP_SELECTED_RUN]
      = g_param_spec_object ("selected-run", NULL, NULL, GSC_TYPE_RUN,
                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, GSC_TYPE_RUN);
}

static void
gsc_sidebar_init (GscSidebar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
  /* Its rows take what width there is, but it asks for no more. */
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "sidebar-box");
}

/* A heading that closes and opens what is below it. */
static GtkWidget *
make_section (const char *title, GtkWidget *content)
{
  GtkWidget *expander = gtk_expander_new (NULL);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_margin_start (label, 6);
  gtk_expander_set_label_widget (GTK_EXPANDER (expander), label);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  gtk_expander_set_child (GTK_EXPANDER (expander), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  gtk_widget_add_css_class (content, "sidebar-section");
  return expander;
}

GtkWidget *
gsc_sidebar_new (GscLibrary *library, GscRecipe *recipe)
{
  GscSidebar *self;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  g_return_val_if_fail (GSC_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (GSC_IS_RECIPE (recipe), NULL);

  self = g_object_new (GSC_TYPE_SIDEBAR, NULL);
  self->runs = GSC_RUN_LIST (gsc_run_list_new (library));
  self->experiments = GSC_EXPERIMENTS (gsc_experiments_new (recipe));
  self->controls = GSC_CONTROLS (gsc_controls_new (recipe));
  g_signal_connect_object (self->runs, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->runs, "deleted", G_CALLBACK (on_deleted), self, G_CONNECT_SWAPPED);

  gtk_box_append (GTK_BOX (box), make_section (_ ("Runs"), GTK_WIDGET (self->runs)));
  gtk_box_append (GTK_BOX (box), make_section (_ ("Controls"), GTK_WIDGET (self->controls)));
  gtk_box_append (GTK_BOX (box), make_section (_ ("Experiments"), GTK_WIDGET (self->experiments)));
  gtk_widget_add_css_class (box, "sidebar-content");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs, experiments and controls"), -1);
  gtk_box_append (GTK_BOX (self), scroller);
  gtk_box_append (GTK_BOX (self), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (self), gsc_train_bar_new (recipe));
  return GTK_WIDGET (self);
}

GscRun *
gsc_sidebar_get_selected_run (GscSidebar *self)
{
  g_return_val_if_fail (GSC_IS_SIDEBAR (self), NULL);

  return gsc_run_list_get_selected (self->runs);
}

void
gsc_sidebar_select_run (GscSidebar *self, GscRun *run)
{
  g_return_if_fail (GSC_IS_SIDEBAR (self));

  gsc_run_list_set_selected (self->runs, run);
}

GActionGroup *
gsc_sidebar_get_action_group (GscSidebar *self)
{
  g_return_val_if_fail (GSC_IS_SIDEBAR (self), NULL);

  return gsc_run_list_get_action_group (self->runs);
}

GscRunList *
gsc_sidebar_get_run_list (GscSidebar *self)
{
  g_return_val_if_fail (GSC_IS_SIDEBAR (self), NULL);

  return self->runs;
}

GscExperiments *
gsc_sidebar_get_experiments (GscSidebar *self)
{
  g_return_val_if_fail (GSC_IS_SIDEBAR (self), NULL);

  return self->experiments;
}

GscControls *
gsc_sidebar_get_controls (GscSidebar *self)
{
  g_return_val_if_fail (GSC_IS_SIDEBAR (self), NULL);

  return self->controls;
}
