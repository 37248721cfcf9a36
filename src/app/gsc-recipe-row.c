/* gsc-recipe-row.c - one value of the recipe with its field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-recipe-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-number.h"
#include "gsc-term.h"
#include "gsc-zp.h"

typedef enum
{
  FIELD_SPIN,   /* whole numbers */
  FIELD_ENTRY,  /* real numbers */
  FIELD_CHOICE, /* words */
  FIELD_SWITCH, /* true or false */
} FieldKind;

typedef struct
{
  const char *key;
  const char *title;
  FieldKind kind;
  double min, max, step;          /* SPIN: where its arrows go; any text may be typed */
  const char *const *values;      /* CHOICE: texts of the key */
  const char *const *value_names; /* CHOICE: for people */
} Field;

static const char *const task_rules[] = { "rectangle", "random", NULL };
static const char *const task_rule_names[] = { N_ ("Rectangles"), N_ ("Random"), NULL };
static const char *const activations[] = { "relu", "gelu", NULL };
static const char *const activation_names[] = { "ReLU", "GELU", NULL };
static const char *const optimizers[] = { "adamw", "muon", NULL };
static const char *const optimizer_names[] = { "AdamW", "Muon", NULL };
static const char *const stops[] = { "off", "patience", "step", "accuracy", NULL };
static const char *const stop_names[]
    = { N_ ("Off"), N_ ("Patience"), N_ ("At step"), N_ ("At accuracy"), NULL };

#define MAX_WHOLE 9007199254740991.0 /* 2^53 - 1: what an adjustment keeps exactly */

#define SPIN(k, t, from, to, by)                                                                   \
  .key = k, .title = t, .kind = FIELD_SPIN, .min = from, .max = to, .step = by

static const Field fields[] = {
  { SPIN ("depth", N_ ("Depth"), 1, GSC_MODEL_MAX_DEPTH, 1) },
  { SPIN ("tasks", N_ ("Task count"), 1, MAX_WHOLE, 1) },
  { .key = "stop",
    .title = N_ ("Early stopping"),
    .kind = FIELD_CHOICE,
    .values = stops,
    .value_names = stop_names },
  { SPIN ("stop_patience", N_ ("Patience (records)"), 1, 1e6, 1) },
  { SPIN ("stop_step", N_ ("Stop at step"), 1, MAX_WHOLE, 1000) },
  { .key = "stop_accuracy", .title = N_ ("Stop at accuracy"), .kind = FIELD_ENTRY },
  { .key = "stop_only_marks", .title = N_ ("Only mark the moment"), .kind = FIELD_SWITCH },
  { SPIN ("heads", N_ ("Heads"), 1, GSC_MODEL_MAX_WIDTH / 2, 1) },
  { SPIN ("width", N_ ("Width"), 2, GSC_MODEL_MAX_WIDTH, 2) },
  { .key = "activation",
    .title = N_ ("Activation"),
    .kind = FIELD_CHOICE,
    .values = activations,
    .value_names = activation_names },
  { .key = "tied", .title = N_ ("Tied embedding"), .kind = FIELD_SWITCH },
  { SPIN ("p", N_ ("Prime p"), GSC_ZP_MIN, GSC_ZP_MAX, 1) },
  { .key = "task_rule",
    .title = N_ ("Task rule"),
    .kind = FIELD_CHOICE,
    .values = task_rules,
    .value_names = task_rule_names },
  { .key = "alpha", .title = N_ ("Alpha"), .kind = FIELD_ENTRY },
  { SPIN ("shots", N_ ("Shots"), 1, 128, 1) },
  { SPIN ("batch", N_ ("Batch"), 1, 65536, 16) },
  { .key = "optimizer",
    .title = N_ ("Optimiser"),
    .kind = FIELD_CHOICE,
    .values = optimizers,
    .value_names = optimizer_names },
  { .key = "lr", .title = N_ ("Learning rate"), .kind = FIELD_ENTRY },
  { .key = "weight_decay", .title = N_ ("Weight decay"), .kind = FIELD_ENTRY },
  { .key = "muon_lr", .title = N_ ("Muon learning rate"), .kind = FIELD_ENTRY },
  { .key = "muon_weight_decay", .title = N_ ("Muon weight decay"), .kind = FIELD_ENTRY },
  { .key = "muon_momentum", .title = N_ ("Muon momentum"), .kind = FIELD_ENTRY },
  { .key = "beta1", .title = N_ ("Beta 1"), .kind = FIELD_ENTRY },
  { .key = "beta2", .title = N_ ("Beta 2"), .kind = FIELD_ENTRY },
  { .key = "epsilon", .title = N_ ("Epsilon"), .kind = FIELD_ENTRY },
  { SPIN ("warmup_steps", N_ ("Warm-up steps"), 0, MAX_WHOLE, 500) },
  { .key = "lr_start", .title = N_ ("Warm-up start"), .kind = FIELD_ENTRY },
  { .key = "lr_floor", .title = N_ ("Decay floor"), .kind = FIELD_ENTRY },
  { SPIN ("steps", N_ ("Steps"), 1, MAX_WHOLE, 1000) },
  { SPIN ("record_every", N_ ("Record every"), 1, MAX_WHOLE, 50) },
  { SPIN ("eval_sequences", N_ ("Evaluation sequences"), 1, 65536, 64) },
  { SPIN ("seed", N_ ("Seed"), 0, MAX_WHOLE, 1) },
};

struct _GscRecipeRow
{
  AdwPreferencesRow parent_instance;

  /* Owned References */
  GscRecipe *recipe;

  /* Borrowed References */
  GtkWidget *field;
  GtkWidget *fault;

  const Field *kind;
  char *help;        /* owned */
  double value;      /* SPIN: the number that the text last was */
  gboolean updating; /* the field is being set, not used */
};

G_DEFINE_FINAL_TYPE (GscRecipeRow, gsc_recipe_row, ADW_TYPE_PREFERENCES_ROW)

static const Field *
find_field (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].key, key))
      return &fields[i];
  return NULL;
}

/* Spin buttons: any text may stand in them, and stays as it was typed. */

static void
on_text_changed (GtkEditable *editable, GscRecipeRow *self)
{
  if (!self->updating)
    gsc_recipe_set_text (self->recipe, self->kind->key, gtk_editable_get_text (editable));
}

static int
on_input (GtkSpinButton *spin, double *value, GscRecipeRow *self)
{
  gint64 whole;

  if (!gsc_number_parse_int (gtk_editable_get_text (GTK_EDITABLE (spin)), &whole))
    return GTK_INPUT_ERROR;
  *value = (double) whole;
  return TRUE;
}

static double
get_step (GscRecipeRow *self)
{
  const GscConfig *config = gsc_recipe_get_config (self->recipe);

  if (g_str_equal (self->kind->key, "tasks") && config->task_rule == GSC_TASK_RULE_RECTANGLE)
    return 4;
  if (g_str_equal (self->kind->key, "width"))
    return 2.0 * CLAMP (config->heads, 1, GSC_MODEL_MAX_WIDTH / 2);
  return self->kind->step;
}

/* Where the arrows lead from @from when they say @to: to primes for p, to multiples of the step
 * elsewhere. */
static double
find_stop (GscRecipeRow *self, double from, double to)
{
  double step = get_step (self);
  int direction = to > from ? 1 : -1;

  if (g_str_equal (self->kind->key, "p"))
    {
      int p = (int) to;

      while (p > GSC_ZP_MIN && p < GSC_ZP_MAX && !gsc_zp_is_prime (p))
        p += direction;
      return p;
    }
  return MAX (direction > 0 ? floor (to / step) * step : ceil (to / step) * step, self->kind->min);
}

/* Called whenever the spin button would write its number. */
static gboolean
on_output (GtkSpinButton *spin, GscRecipeRow *self)
{
  double value = gtk_spin_button_get_value (spin);
  g_autofree char *text = NULL;

  /* Only its arrows change the number by themselves. */
  if (self->updating || value == self->value)
    return TRUE;
  text = g_strdup_printf ("%.0f", find_stop (self, self->value, value));
  gtk_editable_set_text (GTK_EDITABLE (spin), text);
  gtk_editable_set_position (GTK_EDITABLE (spin), -1);
  return TRUE;
}

/* The sidebar is scrolled with the wheel; what lies under the pointer must not change by that. */
static void
ignore_scrolling (GtkWidget *spin)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
prepare_editable (GscRecipeRow *self)
{
  GtkEditable *editable = GTK_EDITABLE (self->field);

  gtk_editable_set_width_chars (editable, 7);
  gtk_editable_set_max_width_chars (editable, 7);
  /* Ctrl+Z undoes changes of the recipe. */
  gtk_editable_set_enable_undo (editable, FALSE);
  gtk_widget_add_css_class (self->field, "numeric");
  g_signal_connect (self->field, "changed", G_CALLBACK (on_text_changed), self);
}

static void
make_spin (GscRecipeRow *self)
{
  self->field = gtk_spin_button_new_with_range (self->kind->min, self->kind->max, self->kind->step);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (self->field), GTK_UPDATE_IF_VALID);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (self->field), 0);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->field), FALSE);
  g_signal_connect (self->field, "input", G_CALLBACK (on_input), self);
  g_signal_connect (self->field, "output", G_CALLBACK (on_output), self);
  ignore_scrolling (self->field);
  prepare_editable (self);
}

static void
update_spin (GscRecipeRow *self, const char *text)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (self->field);
  const GscConfig *config = gsc_recipe_get_config (self->recipe);
  double max = g_str_equal (self->kind->key, "tasks") ? MAX ((double) config->p * config->p - 1, 1)
                                                      : self->kind->max;
  double step = get_step (self);
  gint64 whole;

  gtk_spin_button_set_increments (spin, step, 10 * step);
  gtk_spin_button_set_range (spin, self->kind->min, max);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  if (gsc_number_parse_int (text, &whole) && whole >= self->kind->min && whole <= max)
    gtk_spin_button_set_value (spin, (double) whole);
  self->value = gtk_spin_button_get_value (spin);
}

/* Entries, drop-downs, switches */

static void
make_entry (GscRecipeRow *self)
{
  self->field = gtk_entry_new ();
  gtk_entry_set_input_hints (GTK_ENTRY (self->field), GTK_INPUT_HINT_NO_SPELLCHECK);
  prepare_editable (self);
}

static void
on_selected (GtkDropDown *drop_down, GParamSpec *pspec, GscRecipeRow *self)
{
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    gsc_recipe_set_text (self->recipe, self->kind->key, self->kind->values[selected]);
}

static void
make_choice (GscRecipeRow *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; self->kind->value_names[i] != NULL; i++)
    gtk_string_list_append (names, _ (self->kind->value_names[i]));
  self->field = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  g_signal_connect (self->field, "notify::selected", G_CALLBACK (on_selected), self);
}

static void
update_choice (GscRecipeRow *self, const char *text)
{
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; self->kind->values[i] != NULL; i++)
    if (g_str_equal (self->kind->values[i], text))
      selected = i;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->field), selected);
}

static void
on_switched (GtkSwitch *field, GParamSpec *pspec, GscRecipeRow *self)
{
  if (!self->updating)
    gsc_recipe_set_text (self->recipe, self->kind->key,
                         gtk_switch_get_active (field) ? "true" : "false");
}

static void
make_switch (GscRecipeRow *self)
{
  self->field = gtk_switch_new ();
  g_signal_connect (self->field, "notify::active", G_CALLBACK (on_switched), self);
}

/* The row */

static gboolean
is_of_use (GscRecipeRow *self)
{
  const char *key = self->kind->key;
  GscStopMode mode = gsc_recipe_get_stop_rule (self->recipe).mode;

  if (g_str_equal (key, "stop_patience"))
    return mode == GSC_STOP_PATIENCE;
  if (g_str_equal (key, "stop_step"))
    return mode == GSC_STOP_AT_STEP;
  if (g_str_equal (key, "stop_accuracy"))
    return mode == GSC_STOP_AT_ACCURACY;
  if (g_str_equal (key, "stop_only_marks"))
    return mode != GSC_STOP_OFF;
  if (g_str_has_prefix (key, "muon_"))
    return gsc_recipe_get_config (self->recipe)->optimizer == GSC_OPTIMIZER_MUON;
  return TRUE;
}

static void
update_field (GscRecipeRow *self)
{
  g_autofree char *text = gsc_recipe_get_text (self->recipe, self->kind->key);

  self->updating = TRUE;
  switch (self->kind->kind)
    {
    case FIELD_SPIN:
      update_spin (self, text);
      break;
    case FIELD_ENTRY:
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->field)), text) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->field), text);
      break;
    case FIELD_CHOICE:
      update_choice (self, text);
      break;
    case FIELD_SWITCH:
    default:
      gtk_switch_set_active (GTK_SWITCH (self->field), g_str_equal (text, "true"));
    }
  self->updating = FALSE;
}

static void
update_fault (GscRecipeRow *self)
{
  const char *fault = gsc_recipe_get_fault (self->recipe, self->kind->key);

  gtk_label_set_label (GTK_LABEL (self->fault), fault != NULL ? fault : "");
  gtk_widget_set_visible (self->fault, fault != NULL);
  if (fault != NULL)
    {
      gtk_widget_add_css_class (self->field, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->field),
                                      GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->fault, NULL, -1);
    }
  else
    {
      gtk_widget_remove_css_class (self->field, "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->field),
                                     GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
    }
  /* A fault is never hidden: nothing could be trained, and nobody would see why. */
  gtk_widget_set_visible (GTK_WIDGET (self), fault != NULL || is_of_use (self));
}

/* What cannot be changed says why. */
static void
update_lock (GscRecipeRow *self)
{
  const char *lock = gsc_recipe_get_lock (self->recipe, self->kind->key);

  const char *tooltip = lock != NULL ? lock : self->help;

  gtk_widget_set_sensitive (self->field, lock == NULL);
  /* Setting what is set already would still make GTK ask for it anew. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), tooltip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
}

static void
on_recipe_changed (GscRecipeRow *self)
{
  update_field (self);
  update_fault (self);
  update_lock (self);
}

static void
gsc_recipe_row_dispose (GObject *object)
{
  GscRecipeRow *self = GSC_RECIPE_ROW (object);

  if (self->recipe != NULL)
    g_signal_handlers_disconnect_by_data (self->recipe, self);
  g_clear_object (&self->recipe);
  g_clear_pointer (&self->help, g_free);

  G_OBJECT_CLASS (gsc_recipe_row_parent_class)->dispose (object);
}

static void
gsc_recipe_row_class_init (GscRecipeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_recipe_row_dispose;
}

static void
gsc_recipe_row_init (GscRecipeRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

static GtkWidget *
make_title (GscRecipeRow *self)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (_ (self->kind->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->field);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
make_fault (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "error");
  return label;
}

static void
make_field (GscRecipeRow *self)
{
  switch (self->kind->kind)
    {
    case FIELD_SPIN:
      make_spin (self);
      break;
    case FIELD_ENTRY:
      make_entry (self);
      break;
    case FIELD_CHOICE:
      make_choice (self);
      break;
    case FIELD_SWITCH:
    default:
      make_switch (self);
    }
  gtk_widget_set_valign (self->field, GTK_ALIGN_CENTER);
}

/* Name and help for those who do not see the row as a whole. */
static void
describe_field (GscRecipeRow *self, GtkWidget *title, const char *help)
{
  GtkWidget *part = NULL;

  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  title, NULL, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  help, -1);
  /* The part that has the focus: an entry's text, a drop-down's button. */
  if (GTK_IS_EDITABLE (self->field))
    part = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->field)));
  else if (GTK_IS_DROP_DOWN (self->field))
    part = gtk_widget_get_first_child (self->field);
  if (part != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    title, NULL, -1);
}

static void
build (GscRecipeRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title;

  make_field (self);
  title = make_title (self);
  self->fault = make_fault ();
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), self->field);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->fault);
  gtk_widget_add_css_class (box, "recipe-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (self->kind->title));
  self->help = gsc_term_explain (self->kind->key);
  describe_field (self, title, gsc_term_get_sentence (self->kind->key));
}

GtkWidget *
gsc_recipe_row_new (GscRecipe *recipe, const char *key)
{
  GscRecipeRow *self;
  const Field *kind = find_field (key);

  g_return_val_if_fail (GSC_IS_RECIPE (recipe), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (GSC_TYPE_RECIPE_ROW, NULL);
  self->kind = kind;
  self->recipe = g_object_ref (recipe);
  build (self);
  on_recipe_changed (self);
  g_signal_connect_swapped (recipe, "changed", G_CALLBACK (on_recipe_changed), self);
  return GTK_WIDGET (self);
}

const char *
gsc_recipe_row_find_title (const char *key)
{
  const Field *field = find_field (key);

  return field != NULL ? _ (field->title) : NULL;
}

const char *
gsc_recipe_row_get_key (GscRecipeRow *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE_ROW (self), NULL);

  return self->kind->key;
}

GtkWidget *
gsc_recipe_row_get_field (GscRecipeRow *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE_ROW (self), NULL);

  return self->field;
}
