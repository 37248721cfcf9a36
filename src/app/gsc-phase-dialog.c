/* gsc-phase-dialog.c - asks what a new phase diagram is to be of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-dialog.h"

#include <glib/gi18n.h>

#include "gsc-phase-cost.h"
#include "gsc-phase-form.h"
#include "gsc-phase-origin.h"
#include "gsc-phase-plan.h"
#include "gsc-stop-text.h"

#define WIDTH 560
#define HEIGHT 720

/* Milliseconds after the last key before the cost is measured. */
#define PAUSE 700

struct _GscPhaseDialog
{
  AdwWindow parent_instance;

  gboolean filling;
  guint jobs;
  guint timeout;

  /* Borrowed References */
  AdwComboRow *origin;
  AdwComboRow *keys[GSC_PHASE_PLAN_AXES];
  GtkEditable *values[GSC_PHASE_PLAN_AXES];
  GtkEditable *seeds;
  GtkEditable *steps;
  GtkEditable *name;
  AdwComboRow *stop;
  GtkEditable *stop_number; /* what the rule has one of */
  GtkLabel *fault_label;
  GtkLabel *estimate_label;
  GtkWidget *start;

  /* Owned References */
  GCancellable *measuring; /* of the cost, or NULL */
  GPtrArray *origins;      /* of GscPhaseOrigin */
  GPtrArray *choices;      /* of const char*: keys that can be axes */
  char *root;
  char *faults;
  GscSweep *sweep; /* what the fields say; NULL: they have faults */
};

enum
{
  SIGNAL_START,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPhaseDialog, gsc_phase_dialog, ADW_TYPE_WINDOW)

/* The cost */

static void
show_number (GscPhaseDialog *self)
{
  g_autofree char *text = self->sweep != NULL ? gsc_phase_cost_count (self->sweep) : g_strdup ("");

  gtk_label_set_text (self->estimate_label, text);
}

static void
on_measured (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscPhaseDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gsc_phase_cost_measure_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->measuring);
  gtk_label_set_text (self->estimate_label, text != NULL ? text : error->message);
}

static gboolean
on_timeout (gpointer data)
{
  GscPhaseDialog *self = data;

  self->timeout = 0;
  self->measuring = g_cancellable_new ();
  gsc_phase_cost_measure_async (self->sweep, self->jobs, self->measuring, on_measured,
                                g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
forget_cost (GscPhaseDialog *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
}

/* From the fields to a sweep */

static const char *
get_key (GscPhaseDialog *self, guint axis)
{
  guint chosen = adw_combo_row_get_selected (self->keys[axis]);

  /* "None" comes first. */
  return chosen > 0 && chosen <= self->choices->len ? g_ptr_array_index (self->choices, chosen - 1)
                                                    : NULL;
}

static const GscPhaseOrigin *
get_origin (GscPhaseDialog *self)
{
  return g_ptr_array_index (self->origins, adw_combo_row_get_selected (self->origin));
}

static GscStopMode
get_stop_mode (GscPhaseDialog *self)
{
  return (GscStopMode) adw_combo_row_get_selected (self->stop);
}

static void
read_fields (GscPhaseDialog *self)
{
  const GscPhaseOrigin *origin = get_origin (self);
  GscPhasePlan plan = { .name = gtk_editable_get_text (self->name),
                        .base = origin->base,
                        .seeds = gtk_editable_get_text (self->seeds),
                        .steps = gtk_editable_get_text (self->steps),
                        .stop = origin->stop,
                        .stop_number = gtk_editable_get_text (self->stop_number) };
  g_autoptr (GError) fault = NULL;
  g_autoptr (GError) name_fault = NULL;
  g_autofree char *folder = gsc_phase_plan_get_folder (self->root, plan.name, &name_fault);

  plan.stop.mode = get_stop_mode (self);
  plan.stop.only_marks = FALSE;
  for (guint i = 0; i < GSC_PHASE_PLAN_AXES; i++)
    {
      plan.keys[i] = get_key (self, i);
      plan.values[i] = gtk_editable_get_text (self->values[i]);
      gtk_widget_set_sensitive (GTK_WIDGET (self->values[i]), plan.keys[i] != NULL);
    }
  g_clear_pointer (&self->sweep, gsc_sweep_free);
  g_clear_pointer (&self->faults, g_free);
  self->sweep = gsc_phase_plan_make (&plan, &fault);
  if (self->sweep == NULL && name_fault != NULL)
    self->faults = g_strdup_printf ("%s\n%s", fault->message, name_fault->message);
  else if (self->sweep == NULL || name_fault != NULL)
    self->faults = g_strdup (fault != NULL ? fault->message : name_fault->message);
}

static void
on_changed (GscPhaseDialog *self)
{
  if (self->filling)
    return;
  read_fields (self);
  forget_cost (self);
  if (self->sweep != NULL)
    self->timeout = g_timeout_add (PAUSE, on_timeout, self);
  show_number (self);
  gtk_label_set_text (self->fault_label, self->faults != NULL ? self->faults : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault_label), self->faults != NULL);
  gtk_widget_set_sensitive (self->start, self->faults == NULL);
}

/* From an origin to the fields */

static void
set_key (GscPhaseDialog *self, guint axis, const char *key, const char *values)
{
  guint chosen = 0;

  for (guint i = 0; key != NULL && i < self->choices->len; i++)
    if (g_str_equal (g_ptr_array_index (self->choices, i), key))
      chosen = i + 1;
  adw_combo_row_set_selected (self->keys[axis], chosen);
  gtk_editable_set_text (self->values[axis], values);
}

static void
fill_axes (GscPhaseDialog *self, const GscSweep *sweep)
{
  guint n = 0;

  if (sweep == NULL)
    {
      set_key (self, 0, "tasks", "8, 24, 48, 96");
      set_key (self, 1, "alpha", "0.4, 0.6, 0.8");
      return;
    }
  for (guint i = 0; i < sweep->n_axes && n < GSC_PHASE_PLAN_AXES; i++)
    {
      g_autofree char *values = gsc_phase_plan_join_values (&sweep->axes[i]);

      if (!g_str_equal (sweep->axes[i].key, "seed"))
        set_key (self, n++, sweep->axes[i].key, values);
    }
  for (; n < GSC_PHASE_PLAN_AXES; n++)
    set_key (self, n, NULL, "");
}

/* Each rule has another number; the origin's stays where there is one. */
static void
fill_stop_number (GscPhaseDialog *self)
{
  static const char *const titles[] = { [GSC_STOP_OFF] = "",
                                        [GSC_STOP_PATIENCE] = N_ ("Patience (records)"),
                                        [GSC_STOP_AT_STEP] = N_ ("Stop at step"),
                                        [GSC_STOP_AT_ACCURACY] = N_ ("Stop at accuracy") };
  GscStopMode mode = get_stop_mode (self);
  const char *key = gsc_stop_text_get_key (mode);
  g_autofree char *text = key != NULL ? gsc_stop_text_get (&get_origin (self)->stop, key) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->stop_number), key != NULL);
  if (key == NULL)
    return;
  gsc_phase_form_name_entry (self->stop_number, _ (titles[mode]));
  gtk_editable_set_text (self->stop_number, text);
}

static void
on_stop_changed (GscPhaseDialog *self)
{
  gboolean filling = self->filling;

  self->filling = TRUE;
  fill_stop_number (self);
  self->filling = filling;
  on_changed (self);
}

static void
fill (GscPhaseDialog *self)
{
  const GscPhaseOrigin *origin = get_origin (self);
  int axis = origin->sweep != NULL ? gsc_sweep_find_axis (origin->sweep, "seed") : -1;
  g_autofree char *seeds = axis >= 0 ? gsc_phase_plan_join_values (&origin->sweep->axes[axis])
                                     : gsc_config_get (&origin->base, "seed");
  g_autofree char *steps = gsc_config_get (&origin->base, "steps");

  self->filling = TRUE;
  fill_axes (self, origin->sweep);
  gtk_editable_set_text (self->seeds, seeds);
  gtk_editable_set_text (self->steps, steps);
  adw_combo_row_set_selected (self->stop, origin->stop.mode);
  fill_stop_number (self);
  self->filling = FALSE;
  on_changed (self);
}

/* Starting */

gboolean
gsc_phase_dialog_start (GscPhaseDialog *self)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (GSC_IS_PHASE_DIALOG (self), FALSE);

  read_fields (self); /* the folder may be there by now */
  if (self->faults == NULL)
    {
      folder = gsc_phase_plan_get_folder (self->root, gtk_editable_get_text (self->name), &error);
      if (folder != NULL && gsc_sweep_save (self->sweep, folder, &error))
        {
          g_signal_emit (self, signals[SIGNAL_START], 0, folder);
          gtk_window_close (GTK_WINDOW (self));
          return TRUE;
        }
    }
  gtk_label_set_text (self->fault_label, error != NULL ? error->message : self->faults);
  gtk_widget_set_visible (GTK_WIDGET (self->fault_label), TRUE);
  return FALSE;
}

/* GObject */

static void
gsc_phase_dialog_dispose (GObject *object)
{
  GscPhaseDialog *self = GSC_PHASE_DIALOG (object);

  self->filling = TRUE;
  forget_cost (self);

  G_OBJECT_CLASS (gsc_phase_dialog_parent_class)->dispose (object);
}

static void
gsc_phase_dialog_finalize (GObject *object)
{
  GscPhaseDialog *self = GSC_PHASE_DIALOG (object);

  g_clear_pointer (&self->origins, g_ptr_array_unref);
  g_ptr_array_unref (self->choices);
  gsc_sweep_free (self->sweep);
  g_free (self->root);
  g_free (self->faults);

  G_OBJECT_CLASS (gsc_phase_dialog_parent_class)->finalize (object);
}

static void
gsc_phase_dialog_class_init (GscPhaseDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_phase_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_phase_dialog_finalize;

  signals[SIGNAL_START] = g_signal_new ("start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gsc_phase_dialog_init (GscPhaseDialog *self)
{
  const char *const *keys = gsc_config_get_keys ();

  self->choices = g_ptr_array_new ();
  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_str_equal (keys[i], "seed"))
      g_ptr_array_add (self->choices, (gpointer) keys[i]);
}

/* Construction */

static GtkStringList *
list_origins (GscPhaseDialog *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->origins->len; i++)
    gtk_string_list_append (names, ((GscPhaseOrigin *) g_ptr_array_index (self->origins, i))->name);
  return names;
}

static GtkEditable *
add_entry (GscPhaseDialog *self, GtkWidget *group, const char *title)
{
  GtkEditable *row = gsc_phase_form_add_entry (group, title);

  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  return row;
}

static GtkWidget *
make_page (GscPhaseDialog *self)
{
  static const char *const key_titles[]
      = { N_ ("First Axis"), N_ ("Second Axis"), N_ ("Third Axis") };
  static const char *const value_titles[]
      = { N_ ("Values of the First Axis"), N_ ("Values of the Second Axis"),
          N_ ("Values of the Third Axis") };
  const char *const rules[] = { [GSC_STOP_OFF] = _ ("Off"),
                                [GSC_STOP_PATIENCE] = _ ("Patience"),
                                [GSC_STOP_AT_STEP] = _ ("At step"),
                                [GSC_STOP_AT_ACCURACY] = _ ("At accuracy"),
                                NULL };
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = gsc_phase_form_add_group (page, NULL, NULL);

  /* The page scrolls inside, and what scrolls can be focused: it needs a name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (page)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New Phase Diagram"), -1);
  self->name = add_entry (self, group, _ ("Name"));
  self->origin = gsc_phase_form_add_combo (group, _ ("Start From"), list_origins (self));
  group = gsc_phase_form_add_group (
      page, _ ("Axes"),
      _ ("One run for every combination of values. Values are separated by commas, "
         "and numbers have a decimal point."));
  for (guint i = 0; i < GSC_PHASE_PLAN_AXES; i++)
    {
      self->keys[i] = gsc_phase_form_add_combo (group, _ (key_titles[i]),
                                                gsc_phase_form_list_keys (self->choices));
      self->values[i] = add_entry (self, group, _ (value_titles[i]));
    }
  group = gsc_phase_form_add_group (page, _ ("Runs"), NULL);
  self->seeds = add_entry (self, group, _ ("Seeds"));
  self->steps = add_entry (self, group, _ ("Steps"));
  self->stop = gsc_phase_form_add_combo (group, _ ("Stop Early"), gtk_string_list_new (rules));
  self->stop_number = add_entry (self, group, _ ("Patience (records)"));
  return page;
}

static GtkWidget *
make_header (GscPhaseDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  gtk_widget_set_tooltip_text (cancel, _ ("Close without starting (Esc)"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  self->start = gtk_button_new_with_mnemonic (_ ("_Start"));
  gtk_widget_add_css_class (self->start, "suggested-action");
  gtk_widget_set_tooltip_text (self->start, _ ("Train all runs on this computer"));
  g_signal_connect_swapped (self->start, "clicked", G_CALLBACK (gsc_phase_dialog_start), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->start);
  return header;
}

static void
build (GscPhaseDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *header = make_header (self);
  GtkWidget *page;
  g_autofree char *name = gsc_phase_plan_find_name (self->root);

  self->filling = TRUE;
  page = make_page (self);
  gtk_widget_set_vexpand (page, TRUE);
  self->fault_label = gsc_phase_form_make_label ("error");
  self->estimate_label = gsc_phase_form_make_label ("dim-label");
  gtk_widget_add_css_class (footer, "phase-footer");
  gtk_box_append (GTK_BOX (footer), GTK_WIDGET (self->fault_label));
  gtk_box_append (GTK_BOX (footer), GTK_WIDGET (self->estimate_label));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  gtk_box_append (GTK_BOX (box), footer);
  adw_window_set_content (ADW_WINDOW (self), box);

  gtk_editable_set_text (self->name, name);
  adw_combo_row_set_use_subtitle (self->origin, TRUE);
  for (guint i = 0; i < GSC_PHASE_PLAN_AXES; i++)
    {
      /* Names of axes are long. */
      adw_combo_row_set_use_subtitle (self->keys[i], TRUE);
      g_signal_connect_swapped (self->keys[i], "notify::selected", G_CALLBACK (on_changed), self);
    }
  g_signal_connect_swapped (self->stop, "notify::selected", G_CALLBACK (on_stop_changed), self);
  g_signal_connect_swapped (self->origin, "notify::selected", G_CALLBACK (fill), self);
  self->filling = FALSE;
  fill (self);
}

GscPhaseDialog *
gsc_phase_dialog_new (GtkWindow *parent,
                      const GscConfig *recipe,
                      const GscStopRule *stop,
                      const char *root,
                      guint jobs)
{
  GscPhaseDialog *self = g_object_new (GSC_TYPE_PHASE_DIALOG, "transient-for", parent, "modal",
                                       TRUE, "title", _ ("New Phase Diagram"), "default-width",
                                       WIDTH, "default-height", HEIGHT, NULL);

  self->root = g_strdup (root);
  self->jobs = MAX (jobs, 1);
  self->origins = gsc_phase_origin_list (recipe, stop);
  build (self);
  return self;
}

const char *
gsc_phase_dialog_get_faults (GscPhaseDialog *self)
{
  return self->faults;
}

const char *
gsc_phase_dialog_get_estimate (GscPhaseDialog *self)
{
  return gtk_label_get_text (self->estimate_label);
}

gboolean
gsc_phase_dialog_is_busy (GscPhaseDialog *self)
{
  return self->timeout != 0 || self->measuring != NULL;
}
