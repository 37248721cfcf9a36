/* gsc-phase-options.c - the controls beside a phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-options.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gsc-phase-figure.h"
#include "gsc-term.h"

#define THRESHOLD_STEP 0.01

/* Of a slider, in logical pixels. */
#define SLIDER_WIDTH 190

struct _GscPhaseOptions
{
  GtkWidget parent_instance;

  gboolean filling;

  /* Borrowed References */
  AdwComboRow *moment;
  AdwComboRow *set;
  GtkSwitch *unfinished;
  GtkRange *thresholds[GSC_N_SETS];
  AdwPreferencesGroup *plane; /* NULL: one axis or none, nothing to choose */
  AdwComboRow *across;
  AdwComboRow *up;
  GPtrArray *others; /* of AdwComboRow, by axis; owned array */

  /* Owned References */
  GscPhaseReader *reader;
};

G_DEFINE_FINAL_TYPE (GscPhaseOptions, gsc_phase_options, GTK_TYPE_WIDGET)

/* From the controls to the reader */

static void
on_options_changed (GscPhaseOptions *self)
{
  GscSweepTableOptions options;

  if (self->filling)
    return;
  options = *gsc_phase_reader_get_options (self->reader);
  options.set = (GscSet) adw_combo_row_get_selected (self->set);
  options.unfinished = gtk_switch_get_active (self->unfinished);
  for (guint i = 0; i < GSC_N_SETS; i++)
    options.thresholds[i] = gtk_range_get_value (self->thresholds[i]);
  gsc_phase_reader_set_options (self->reader, &options);
}

/* Axes that are in the plane have nothing to choose. */
static void
update_others (GscPhaseOptions *self)
{
  const GscPhaseView *view = gsc_phase_reader_get_view (self->reader);

  for (guint i = 0; i < self->others->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->others, i),
                            view->across != (int) i && view->up != (int) i);
}

static void
on_view_changed (GscPhaseOptions *self)
{
  GscPhaseView view;

  if (self->filling)
    return;
  view = *gsc_phase_reader_get_view (self->reader);
  view.moment = (GscSweepMoment) adw_combo_row_get_selected (self->moment);
  if (self->plane != NULL)
    {
      /* "None" comes first. */
      view.across = (int) adw_combo_row_get_selected (self->across) - 1;
      view.up = (int) adw_combo_row_get_selected (self->up) - 1;
      for (guint i = 0; i < self->others->len; i++)
        view.at[i] = (int) adw_combo_row_get_selected (g_ptr_array_index (self->others, i)) - 1;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->set), view.moment == GSC_SWEEP_BEST);
  gsc_phase_reader_set_view (self->reader, &view);
  update_others (self);
}

/* The two are never the same axis: the other one takes what this one had. */
static void
on_axis_chosen (AdwComboRow *row, GParamSpec *pspec, GscPhaseOptions *self)
{
  const GscPhaseView *view = gsc_phase_reader_get_view (self->reader);
  AdwComboRow *other = row == self->across ? self->up : self->across;
  int before = row == self->across ? view->across : view->up;
  guint chosen = adw_combo_row_get_selected (row);

  if (self->filling)
    return;
  if (chosen > 0 && adw_combo_row_get_selected (other) == chosen)
    {
      self->filling = TRUE;
      adw_combo_row_set_selected (other, (guint) (before + 1));
      self->filling = FALSE;
    }
  on_view_changed (self);
}

/* Rows */

static void
explain (GtkWidget *widget, const char *term)
{
  g_autofree char *text = gsc_term_explain (term);

  gtk_widget_set_tooltip_text (widget, text);
}

static AdwComboRow *
add_combo (AdwPreferencesGroup *group, const char *title, const char *const *names, guint selected)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (names);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

static AdwPreferencesGroup *
add_group (GtkWidget *box, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  gtk_box_append (GTK_BOX (box), group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_moment (GscPhaseOptions *self, GtkWidget *box)
{
  const GscSweepTableOptions *options = gsc_phase_reader_get_options (self->reader);
  const GscPhaseView *view = gsc_phase_reader_get_view (self->reader);
  AdwPreferencesGroup *group = add_group (box, _ ("Runs"), NULL);
  const char *const moments[] = { _ ("Early-stopped"), _ ("Final"), NULL };
  const char *sets[GSC_N_SETS + 1] = { NULL };
  GtkWidget *row = adw_action_row_new ();

  for (guint i = 0; i < GSC_N_SETS; i++)
    sets[i] = gsc_phase_map_get_title ((GscPhaseMap) i);
  self->moment = add_combo (group, _ ("Record shown"), moments, view->moment);
  explain (GTK_WIDGET (self->moment), "peak");
  self->set = add_combo (group, _ ("Best by"), sets, options->set);
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (self->set),
      _ ("Early-stopped means the record at which the accuracy on this set was highest"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Unfinished runs"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("As they stand"));
  self->unfinished = GTK_SWITCH (gtk_switch_new ());
  gtk_switch_set_active (self->unfinished, options->unfinished);
  gtk_widget_set_valign (GTK_WIDGET (self->unfinished), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unfinished), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Unfinished runs"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->unfinished));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->unfinished));
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (self->moment, "notify::selected", G_CALLBACK (on_view_changed), self);
  g_signal_connect_swapped (self->set, "notify::selected", G_CALLBACK (on_options_changed), self);
  g_signal_connect_swapped (self->unfinished, "notify::active", G_CALLBACK (on_options_changed),
                            self);
}

static void
add_thresholds (GscPhaseOptions *self, GtkWidget *box)
{
  const GscSweepTableOptions *options = gsc_phase_reader_get_options (self->reader);
  AdwPreferencesGroup *group = add_group (box, _ ("Solved From"),
                                          _ ("The accuracy from which on a set counts as solved: "
                                             "which sets are tells the phase."));

  explain (GTK_WIDGET (group), "phase");
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const char *title = gsc_phase_map_get_title ((GscPhaseMap) i);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *scale
          = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, THRESHOLD_STEP);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      explain (row, "sets");
      gtk_scale_set_draw_value (GTK_SCALE (scale), TRUE);
      gtk_scale_set_digits (GTK_SCALE (scale), 2);
      gtk_scale_set_value_pos (GTK_SCALE (scale), GTK_POS_RIGHT);
      gtk_range_set_value (GTK_RANGE (scale), options->thresholds[i]);
      gtk_widget_set_size_request (scale, SLIDER_WIDTH, -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), scale);
      adw_preferences_group_add (group, row);
      self->thresholds[i] = GTK_RANGE (scale);
      g_signal_connect_swapped (scale, "value-changed", G_CALLBACK (on_options_changed), self);
    }
}

static const char *
get_axis_title (const GscSweepAxis *axis)
{
  return _ (gsc_phase_axis_get_title (axis->key));
}

static void
add_plane (GscPhaseOptions *self, GtkWidget *box)
{
  const GscSweep *sweep = gsc_phase_reader_get_sweep (self->reader);
  const GscPhaseView *view = gsc_phase_reader_get_view (self->reader);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  if (sweep->n_axes < 2)
    return;
  self->plane = add_group (box, _ ("Axes"), NULL);
  g_ptr_array_add (titles, (gpointer) _ ("None"));
  for (guint i = 0; i < sweep->n_axes; i++)
    g_ptr_array_add (titles, (gpointer) get_axis_title (&sweep->axes[i]));
  g_ptr_array_add (titles, NULL);
  self->across = add_combo (self->plane, _ ("Across"), (const char *const *) titles->pdata,
                            (guint) (view->across + 1));
  self->up = add_combo (self->plane, _ ("Up"), (const char *const *) titles->pdata,
                        (guint) (view->up + 1));
  /* Names of axes are long. */
  adw_combo_row_set_use_subtitle (self->across, TRUE);
  adw_combo_row_set_use_subtitle (self->up, TRUE);
  g_signal_connect (self->across, "notify::selected", G_CALLBACK (on_axis_chosen), self);
  g_signal_connect (self->up, "notify::selected", G_CALLBACK (on_axis_chosen), self);
  for (guint i = 0; i < sweep->n_axes; i++)
    {
      const GscSweepAxis *axis = &sweep->axes[i];
      g_autoptr (GPtrArray) values = g_ptr_array_new ();
      AdwComboRow *row;

      g_ptr_array_add (values, (gpointer) _ ("All, their mean"));
      for (guint j = 0; j < axis->n_values; j++)
        g_ptr_array_add (values, axis->values[j]);
      g_ptr_array_add (values, NULL);
      row = add_combo (self->plane, get_axis_title (axis), (const char *const *) values->pdata,
                       (guint) (view->at[i] + 1));
      explain (GTK_WIDGET (row), axis->key);
      g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (on_view_changed), self);
      g_ptr_array_add (self->others, row);
    }
  update_others (self);
}

/* GObject */

static void
gsc_phase_options_dispose (GObject *object)
{
  GscPhaseOptions *self = GSC_PHASE_OPTIONS (object);
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->others, g_ptr_array_unref);

  G_OBJECT_CLASS (gsc_phase_options_parent_class)->dispose (object);
}

static void
gsc_phase_options_class_init (GscPhaseOptionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_phase_options_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gsc_phase_options_init (GscPhaseOptions *self)
{
  self->others = g_ptr_array_new ();
}

GtkWidget *
gsc_phase_options_new (GscPhaseReader *reader)
{
  GscPhaseOptions *self = g_object_new (GSC_TYPE_PHASE_OPTIONS, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->reader = g_object_ref (reader);
  gtk_widget_add_css_class (box, "sidebar-content");
  add_moment (self, box);
  add_thresholds (self, box);
  add_plane (self, box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How the diagram is made"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

GtkRange *
gsc_phase_options_get_threshold (GscPhaseOptions *self, GscSet set)
{
  g_return_val_if_fail (GSC_IS_PHASE_OPTIONS (self) && set < GSC_N_SETS, NULL);

  return self->thresholds[set];
}
