/* gsc-phase-dialog.c - asks what a new phase diagram is to be of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-dialog.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gsc-estimate.h"
#include "gsc-installed-path.h"
#include "gsc-phase-frame.h"
#include "gsc-phase-plan.h"
#include "gsc-preset.h"
#include "gsc-sweep-work.h"

#define WIDTH 560
#define HEIGHT 720

/* Milliseconds after the last key before the cost is measured. */
#define PAUSE 700

/* Installed beside the program. */
static const char *const shipped[] = { "phase-tiny", "phase-small" };

/* What one can begin with. */
typedef struct
{
  GscConfig base;
  GscStopRule stop;
  GscSweep *sweep; /* NULL: a recipe without axes */
} Origin;

struct _GscPhaseDialog
{
  AdwWindow parent_instance;

  gboolean filling;
  guint jobs;
  guint timeout;
  guint generation; /* of the fields; a measurement of older ones is dropped */
  gboolean measuring;

  /* Borrowed References */
  AdwComboRow *origin;
  AdwComboRow *keys[GSC_PHASE_PLAN_AXES];
  GtkEditable *values[GSC_PHASE_PLAN_AXES];
  GtkEditable *seeds;
  GtkEditable *steps;
  GtkEditable *name;
  AdwComboRow *stop;
  GtkLabel *fault_label;
  GtkLabel *estimate_label;
  GtkWidget *start;

  /* Owned References */
  GArray *origins;    /* of Origin */
  GPtrArray *choices; /* of const char*: keys that can be axes */
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

typedef struct
{
  GscSweep *sweep;
  guint jobs;
  guint generation;
  double seconds; /* of all of it */
  double disk;    /* bytes */
} Cost;

static void
cost_free (gpointer data)
{
  Cost *cost = data;

  gsc_sweep_free (cost->sweep);
  g_free (cost);
}

/* Runs of a sweep may keep fewer snapshots than runs that are alone: this is the most. */
static double
measure_disk (const GscSweep *sweep)
{
  double bytes = 0;

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      GscEstimate estimate;

      gsc_estimate_compute (&sweep->cells[i].config, &sweep->stop, &estimate);
      bytes += estimate.disk;
    }
  return bytes;
}

static void
measure_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Cost *cost = data;
  GError *error = NULL;
  double longest, total;

  if (!gsc_sweep_estimate_time (cost->sweep, 1, &longest, &total, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  cost->seconds = MAX (longest, total / MIN (cost->jobs, cost->sweep->n_cells));
  cost->disk = measure_disk (cost->sweep);
  g_task_return_boolean (task, TRUE);
}

/* Two digits, since no more are known. */
static guint64
round_bytes (double bytes)
{
  double unit = pow (10, MAX (floor (log10 (MAX (bytes, 1))) - 1, 0));

  return (guint64) (unit * round (bytes / unit));
}

static void
show_number (GscPhaseDialog *self)
{
  g_autofree char *text
      = self->sweep != NULL ? g_strdup_printf (ngettext ("%u run", "%u runs", self->sweep->n_cells),
                                               self->sweep->n_cells)
                            : g_strdup ("");

  gtk_label_set_text (self->estimate_label, text);
}

static void
on_measured (GObject *object, GAsyncResult *result, gpointer data)
{
  GscPhaseDialog *self = GSC_PHASE_DIALOG (object);
  Cost *cost = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *runs = NULL;
  g_autofree char *time = NULL;
  g_autofree char *disk = NULL;
  g_autofree char *text = NULL;
  guint at_once;

  if (cost->generation != self->generation)
    return;
  self->measuring = FALSE;
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      gtk_label_set_text (self->estimate_label, error->message);
      return;
    }
  at_once = MIN (self->jobs, cost->sweep->n_cells);
  runs = g_strdup_printf (ngettext ("%u run", "%u runs", cost->sweep->n_cells),
                          cost->sweep->n_cells);
  time = gsc_estimate_seconds_to_text (cost->seconds);
  disk = g_format_size (round_bytes (cost->disk));
  /* Translators: "12 runs, about 15 minutes with 2 at a time, up to 40 MB on disk" */
  text = g_strdup_printf (_ ("%s, %s with %u at a time, up to %s on disk"), runs, time, at_once,
                          disk);
  gtk_label_set_text (self->estimate_label, text);
}

static gboolean
on_timeout (gpointer data)
{
  GscPhaseDialog *self = data;
  g_autoptr (GTask) task = NULL;
  g_autofree char *text = NULL;
  Cost *cost;

  self->timeout = 0;
  if (self->sweep == NULL)
    return G_SOURCE_REMOVE;
  text = gsc_sweep_to_text (self->sweep);
  cost = g_new0 (Cost, 1);
  cost->sweep = gsc_sweep_parse (text, strlen (text), NULL);
  cost->jobs = self->jobs;
  cost->generation = self->generation;
  self->measuring = TRUE;
  task = g_task_new (self, NULL, on_measured, NULL);
  g_task_set_task_data (task, cost, cost_free);
  g_task_run_in_thread (task, measure_in_thread);
  return G_SOURCE_REMOVE;
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

static const Origin *
get_origin (GscPhaseDialog *self)
{
  return &g_array_index (self->origins, Origin, adw_combo_row_get_selected (self->origin));
}

static void
read_fields (GscPhaseDialog *self)
{
  const Origin *origin = get_origin (self);
  GscPhasePlan plan = { .name = gtk_editable_get_text (self->name),
                        .base = origin->base,
                        .seeds = gtk_editable_get_text (self->seeds),
                        .steps = gtk_editable_get_text (self->steps),
                        .stop = origin->stop };
  g_autoptr (GError) fault = NULL;
  g_autoptr (GError) name_fault = NULL;
  g_autofree char *folder = gsc_phase_plan_get_folder (self->root, plan.name, &name_fault);

  /* The recipe's own numbers stay where its rule is the same. */
  plan.stop.mode = adw_combo_row_get_selected (self->stop) == 1 ? GSC_STOP_PATIENCE : GSC_STOP_OFF;
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
  self->generation++;
  self->measuring = FALSE;
  g_clear_handle_id (&self->timeout, g_source_remove);
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

static void
fill (GscPhaseDialog *self)
{
  const Origin *origin = get_origin (self);
  int axis = origin->sweep != NULL ? gsc_sweep_find_axis (origin->sweep, "seed") : -1;
  g_autofree char *seeds = axis >= 0 ? gsc_phase_plan_join_values (&origin->sweep->axes[axis])
                                     : gsc_config_get (&origin->base, "seed");
  g_autofree char *steps = gsc_config_get (&origin->base, "steps");

  self->filling = TRUE;
  fill_axes (self, origin->sweep);
  gtk_editable_set_text (self->seeds, seeds);
  gtk_editable_set_text (self->steps, steps);
  adw_combo_row_set_selected (self->stop, origin->stop.mode == GSC_STOP_PATIENCE);
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
  self->generation++; /* what is still being measured is dropped */
  g_clear_handle_id (&self->timeout, g_source_remove);

  G_OBJECT_CLASS (gsc_phase_dialog_parent_class)->dispose (object);
}

static void
gsc_phase_dialog_finalize (GObject *object)
{
  GscPhaseDialog *self = GSC_PHASE_DIALOG (object);

  for (guint i = 0; i < self->origins->len; i++)
    gsc_sweep_free (g_array_index (self->origins, Origin, i).sweep);
  g_array_unref (self->origins);
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

  self->origins = g_array_new (FALSE, TRUE, sizeof (Origin));
  self->choices = g_ptr_array_new ();
  for (guint i = 0; keys[i] != NULL; i++)
    if (!g_str_equal (keys[i], "seed"))
      g_ptr_array_add (self->choices, (gpointer) keys[i]);
}

/* Construction */

static void
add_origin (GscPhaseDialog *self,
            GtkStringList *names,
            const char *name,
            const GscConfig *base,
            const GscStopRule *stop,
            GscSweep *sweep)
{
  Origin origin = { *base, *stop, sweep };

  g_array_append_val (self->origins, origin);
  gtk_string_list_append (names, name);
}

/* The controls' recipe, the sweeps that come with the program, the presets. */
static GtkStringList *
list_origins (GscPhaseDialog *self, const GscConfig *recipe, const GscStopRule *stop)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  g_autofree char *folder = gsc_installed_path (GSC_DATADIR "/grokscope/sweeps");
  const GscStopRule off = gsc_stop_rule_default ();
  const GscPreset *presets;
  guint n;

  add_origin (self, names, _ ("The recipe in the controls"), recipe, stop, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *file = g_strconcat (shipped[i], ".json", NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);
      GscSweep *sweep = gsc_sweep_load (path, NULL);

      if (sweep != NULL)
        add_origin (self, names, shipped[i], &sweep->base, &sweep->stop, sweep);
    }
  presets = gsc_preset_get_all (&n);
  for (guint i = 0; i < n; i++)
    {
      /* Translators: the name of a preset */
      g_autofree char *name = g_strdup_printf (_ ("Preset “%s”"), presets[i].name);

      add_origin (self, names, name, &presets[i].config, &off, NULL);
    }
  return names;
}

static AdwComboRow *
add_combo (GtkWidget *group, const char *title, GtkStringList *model)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_object_unref (model);
  return ADW_COMBO_ROW (row);
}

static GtkEditable *
add_entry (GscPhaseDialog *self, GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
  return GTK_EDITABLE (row);
}

static GtkWidget *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static GtkStringList *
list_keys (GscPhaseDialog *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < self->choices->len; i++)
    {
      const char *key = g_ptr_array_index (self->choices, i);
      const char *title = gsc_phase_axis_get_title (key);
      g_autofree char *both = NULL;

      if (!g_str_equal (title, key))
        both = g_strdup_printf ("%s (%s)", _ (title), key);
      gtk_string_list_append (names, both != NULL ? both : key);
    }
  return names;
}

static GtkWidget *
make_page (GscPhaseDialog *self, const GscConfig *recipe, const GscStopRule *stop)
{
  static const char *const key_titles[] = { N_ ("First Axis"), N_ ("Second Axis") };
  static const char *const value_titles[]
      = { N_ ("Values of the First Axis"), N_ ("Values of the Second Axis") };
  const char *const rules[]
      = { _ ("Off: all steps"), _ ("When the accuracy gets no better"), NULL };
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = add_group (page, NULL, NULL);

  /* The page scrolls inside, and what scrolls can be focused: it needs a name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (page)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("New Phase Diagram"), -1);
  self->name = add_entry (self, group, _ ("Name"));
  self->origin = add_combo (group, _ ("Start From"), list_origins (self, recipe, stop));
  group = add_group (page, _ ("Axes"),
                     _ ("One run for every combination of values. Values are separated by commas, "
                        "and numbers have a decimal point."));
  for (guint i = 0; i < GSC_PHASE_PLAN_AXES; i++)
    {
      self->keys[i] = add_combo (group, _ (key_titles[i]), list_keys (self));
      self->values[i] = add_entry (self, group, _ (value_titles[i]));
    }
  group = add_group (page, _ ("Runs"), NULL);
  self->seeds = add_entry (self, group, _ ("Seeds"));
  self->steps = add_entry (self, group, _ ("Steps"));
  self->stop = add_combo (group, _ ("Stop Early"), gtk_string_list_new (rules));
  return page;
}

static GtkLabel *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
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
build (GscPhaseDialog *self, const GscConfig *recipe, const GscStopRule *stop)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *header = make_header (self);
  GtkWidget *page;
  g_autofree char *name = gsc_phase_plan_find_name (self->root);

  self->filling = TRUE;
  page = make_page (self, recipe, stop);
  gtk_widget_set_vexpand (page, TRUE);
  self->fault_label = make_label ("error");
  self->estimate_label = make_label ("dim-label");
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
  g_signal_connect_swapped (self->stop, "notify::selected", G_CALLBACK (on_changed), self);
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
  build (self, recipe, stop);
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
  return self->timeout != 0 || self->measuring;
}
