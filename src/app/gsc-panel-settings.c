/* gsc-panel-settings.c - what a user can choose about a panel's figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-panel-settings.h"

#include <glib/gi18n.h>

/* One value of a choice. The enumerations of all choices begin with 0. */
typedef struct
{
  int value;
  const char *name;
  const char *label;
} Value;

#define MAX_VALUES 4

typedef struct
{
  const char *name;
  guint figures; /* bits 1 << GscFigure */
  gsize offset;  /* of a guint or gboolean in GscPanelSettings */
  const char *label;
  Value values[MAX_VALUES + 1]; /* ends with a NULL name; a switch has none */
} Setting;

#define SETS                                                                                       \
  {                                                                                                \
    { GSC_SET_ID_TRAIN, "id-train", N_ ("I.D. Tasks, Training Inputs") },                          \
        { GSC_SET_ID_TEST, "id-test", N_ ("I.D. Tasks, Test Inputs") },                            \
        { GSC_SET_OOD_TRAIN, "ood-train", N_ ("O.O.D. Tasks, Training Inputs") },                  \
    {                                                                                              \
      GSC_SET_OOD_TEST, "ood-test", N_ ("O.O.D. Tasks, Test Inputs")                               \
    }                                                                                              \
  }

#define FIGURE(name) (1u << GSC_FIGURE_##name)
#define FIELD(member) G_STRUCT_OFFSET (GscPanelSettings, member)

static const Setting settings_table[] = {
  { "measure",
    FIGURE (LEARNING_CURVES),
    FIELD (options.measure),
    N_ ("Measure"),
    { { GSC_MEASURE_LAST_ACCURACY, "last", N_ ("Accuracy at the Last Shot") },
      { GSC_MEASURE_ACCURACY, "all", N_ ("Accuracy Over All Shots") },
      { GSC_MEASURE_LOSS, "loss", N_ ("Loss") } } },
  { "measure",
    FIGURE (TASK_GRID) | FIGURE (ABLATION),
    FIELD (options.measure),
    N_ ("Measure"),
    { { GSC_MEASURE_LAST_ACCURACY, "last", N_ ("Accuracy at the Last Shot") },
      { GSC_MEASURE_ACCURACY, "all", N_ ("Accuracy Over All Shots") } } },
  { "log-steps",
    FIGURE (LEARNING_CURVES),
    FIELD (options.logarithmic_steps),
    N_ ("Logarithmic Steps"),
    { { 0, NULL, NULL } } },
  { "peak-set",
    FIGURE (LEARNING_CURVES),
    FIELD (options.peak_set),
    N_ ("Peak of"),
    SETS },
  { "mark-stop",
    FIGURE (LEARNING_CURVES),
    FIELD (options.mark_stop),
    N_ ("Mark Early Stopping"),
    { { 0, NULL, NULL } } },
  { "colors",
    FIGURE (TASK_GRID),
    FIELD (options.grid_colors),
    N_ ("Colours"),
    { { GSC_GRID_ACCURACY, "accuracy", N_ ("By Accuracy") },
      { GSC_GRID_ROLES, "roles", N_ ("By Role: Pre-Training or O.O.D.") } } },
  { "hide-test-inputs",
    FIGURE (TASK_TABLE),
    FIELD (options.hide_test_inputs),
    N_ ("Hide Test Inputs"),
    { { 0, NULL, NULL } } },
  { "scale",
    FIGURE (ATTENTION),
    FIELD (options.weight_scale),
    N_ ("Colour Scale"),
    { { GSC_SCALE_LINEAR, "linear", N_ ("Linear") },
      { GSC_SCALE_SQRT, "sqrt", N_ ("Square Root") },
      { GSC_SCALE_LOG, "log", N_ ("Logarithmic") } } },
  { "batch-mean",
    FIGURE (ATTENTION),
    FIELD (options.batch_mean),
    N_ ("Mean of Many Sequences"),
    { { 0, NULL, NULL } } },
  { "scale-per-head",
    FIGURE (ATTENTION),
    FIELD (options.scale_per_head),
    N_ ("Scale of Its Own for Each Head"),
    { { 0, NULL, NULL } } },
  { "head-similarity",
    FIGURE (ATTENTION),
    FIELD (options.head_similarity),
    N_ ("Similarity of the Heads"),
    { { 0, NULL, NULL } } },
  { "set", FIGURE (ATTENTION) | FIGURE (NOISE), FIELD (request.set), N_ ("Sequences"), SETS },
  { "slot",
    FIGURE (SIMILARITY),
    FIELD (request.slot),
    N_ ("Outputs at the Slot"),
    { { GSC_SLOT_X, "x", N_ ("x") },
      { GSC_SLOT_Y, "y", N_ ("y") },
      { GSC_SLOT_Z, "z", N_ ("z") } } },
  { "show-block",
    FIGURE (SIMILARITY),
    FIELD (options.show_block),
    N_ ("Enlarge the Block"),
    { { 0, NULL, NULL } } },
  { "view",
    FIGURE (KSHOT),
    FIELD (options.kshot_view),
    N_ ("View"),
    { { GSC_KSHOT_FOUR, "four", N_ ("Four Numbers of Shots") },
      { GSC_KSHOT_CURSOR, "cursor", N_ ("One Number of Shots") },
      { GSC_KSHOT_CURVES, "curves", N_ ("Accuracy by Shot") } } },
  { "mode",
    FIGURE (ABLATION),
    FIELD (request.mode),
    N_ ("A Head’s Output Is Replaced By"),
    { { GSC_ABLATION_ZERO, "zero", N_ ("Zero") },
      { GSC_ABLATION_MEAN, "mean", N_ ("Its Mean") } } },
  { "single-head",
    FIGURE (ATTENTION) | FIGURE (SIMILARITY),
    FIELD (options.single_head),
    N_ ("Selected Head Only"),
    { { 0, NULL, NULL } } },
  { "all-tokens",
    FIGURE (ATTENTION),
    FIELD (all_tokens),
    N_ ("All Tokens"),
    { { 0, NULL, NULL } } },
  { "source",
    FIGURE (PROJECTION),
    FIELD (source.part),
    N_ ("Projection Of"),
    { { GSC_PROJECTION_EMBEDDING, "embedding", N_ ("The Embedding") },
      { GSC_PROJECTION_HEAD, "head", N_ ("The Selected Head") },
      { GSC_PROJECTION_BLOCK, "block", N_ ("The Block’s Output") },
      { GSC_PROJECTION_MLP, "mlp", N_ ("The Block’s MLP") } } },
  { "slots",
    FIGURE (PROJECTION),
    FIELD (source.slots),
    N_ ("Slots"),
    { { GSC_SLOTS_XY, "xy", N_ ("x and y") },
      { GSC_SLOTS_XZ, "xz", N_ ("x and z") },
      { GSC_SLOTS_YZ, "yz", N_ ("y and z") } } },
  { "labels",
    FIGURE (PROJECTION),
    FIELD (options.labels),
    N_ ("Labels and Colours"),
    { { GSC_LABELS_VALUE, "value", N_ ("Value") },
      { GSC_LABELS_LOG, "log", N_ ("Discrete Logarithm") } } },
  { "parity-colors",
    FIGURE (PROJECTION),
    FIELD (options.parity_colors),
    N_ ("Colours of Even and Odd Logarithms"),
    { { 0, NULL, NULL } } },
  { "lens",
    FIGURE (PROJECTION),
    FIELD (options.lens),
    N_ ("Lens on the Chosen Point’s Circle"),
    { { 0, NULL, NULL } } },
  { "centred",
    FIGURE (PROJECTION),
    FIELD (source.centred),
    N_ ("Centred (Off: as in the Paper)"),
    { { 0, NULL, NULL } } },
};

static gboolean
is_switch (const Setting *setting)
{
  return setting->values[0].name == NULL;
}

static const Setting *
find (GscFigure figure, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    if ((settings_table[i].figures & (1u << figure)) != 0
        && g_str_equal (settings_table[i].name, name))
      return &settings_table[i];
  return NULL;
}

void
gsc_panel_settings_init (GscPanelSettings *settings, GscFigure figure)
{
  *settings = (GscPanelSettings){
    .source = { .part = GSC_PROJECTION_HEAD, .slots = GSC_SLOTS_XY, .centred = TRUE },
    .request = { .set = GSC_SET_OOD_TEST, .slot = GSC_SLOT_X, .mode = GSC_ABLATION_ZERO },
  };
  gsc_figure_options_init (&settings->options, figure);
  settings->options.bare = TRUE;
  settings->options.show_cursor = TRUE;
  settings->options.mark_record = TRUE;
}

const char **
gsc_panel_settings_list (GscFigure figure)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    if ((settings_table[i].figures & (1u << figure)) != 0)
      g_ptr_array_add (names, (gpointer) settings_table[i].name);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

GVariant *
gsc_panel_settings_get (const GscPanelSettings *settings, GscFigure figure, const char *name)
{
  const Setting *setting = find (figure, name);
  int value;

  if (setting == NULL)
    return NULL;
  value = G_STRUCT_MEMBER (int, settings, setting->offset);
  if (is_switch (setting))
    return g_variant_new_boolean (value);
  for (const Value *v = setting->values; v->name != NULL; v++)
    if (v->value == value)
      return g_variant_new_string (v->name);
  return g_variant_new_string (setting->values[0].name);
}

gboolean
gsc_panel_settings_set (GscPanelSettings *settings,
                        GscFigure figure,
                        const char *name,
                        GVariant *value)
{
  const Setting *setting = find (figure, name);
  GscFigureOptions usual;
  int *field;

  if (setting == NULL)
    return FALSE;
  field = &G_STRUCT_MEMBER (int, settings, setting->offset);
  if (is_switch (setting))
    {
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        return FALSE;
      *field = g_variant_get_boolean (value);
      gsc_figure_options_init (&usual, figure);
      settings->options.max_tokens = settings->all_tokens ? 0 : usual.max_tokens;
      return TRUE;
    }
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return FALSE;
  for (const Value *v = setting->values; v->name != NULL; v++)
    if (g_str_equal (v->name, g_variant_get_string (value, NULL)))
      {
        *field = v->value;
        return TRUE;
      }
  return FALSE;
}

GMenu *
gsc_panel_settings_make_menu (GscFigure figure, const char *prefix)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) switches = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    {
      const Setting *setting = &settings_table[i];
      g_autoptr (GMenu) section = NULL;

      if ((setting->figures & (1u << figure)) == 0)
        continue;
      if (is_switch (setting))
        {
          g_autofree char *action = g_strdup_printf ("%s.%s", prefix, setting->name);

          g_menu_append (switches, _ (setting->label), action);
          continue;
        }
      section = g_menu_new ();
      for (const Value *v = setting->values; v->name != NULL; v++)
        {
          g_autofree char *action = g_strdup_printf ("%s.%s::%s", prefix, setting->name, v->name);

          g_menu_append (section, _ (v->label), action);
        }
      g_menu_append_section (menu, _ (setting->label), G_MENU_MODEL (section));
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (switches)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (switches));
  return menu;
}
