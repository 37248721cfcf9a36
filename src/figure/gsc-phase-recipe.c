/* gsc-phase-recipe.c - the paper's figures of sweeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-recipe.h"

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

static const struct
{
  const char *name;
  const char *title;
} recipes[GSC_PHASE_N_RECIPES] = {
  [GSC_PHASE_RECIPE_1B] = { "1b", N_ ("Phase diagram") },
  [GSC_PHASE_RECIPE_3A] = { "3a", N_ ("Phase diagrams by depth") },
  [GSC_PHASE_RECIPE_4] = { "4", N_ ("Accuracies, early-stopped (best) and final") },
};

/* More panels than this no page has room for. */
#define MAX_DEPTHS 16

const char *
gsc_phase_recipe_get_name (GscPhaseRecipe recipe)
{
  g_return_val_if_fail ((guint) recipe < GSC_PHASE_N_RECIPES, NULL);
  return recipes[recipe].name;
}

const char *
gsc_phase_recipe_get_title (GscPhaseRecipe recipe)
{
  g_return_val_if_fail ((guint) recipe < GSC_PHASE_N_RECIPES, NULL);
  return recipes[recipe].title;
}

int
gsc_phase_recipe_find (const char *name)
{
  for (int i = 0; i < GSC_PHASE_N_RECIPES; i++)
    if (g_strcmp0 (recipes[i].name, name) == 0)
      return i;
  return -1;
}

/* What all recipes are made of. */
typedef struct
{
  const GscSweep *sweep;
  const GscSweepTable *table;
  const GscSweepTableOptions *options;
  GscPhaseView view;
} Material;

static void
add_part (GArray *parts, GscPhaseFrame *frame, GscPhaseMap map, GscPhaseCaption caption)
{
  GscPhasePart part = { gsc_phase_frame_ref (frame), map, caption };

  g_array_append_val (parts, part);
}

static GscPhaseFrame *
make_frame (const Material *material)
{
  return gsc_phase_frame_new (material->sweep, material->table, material->options, &material->view);
}

static void
add_phases (GArray *parts, Material *material)
{
  g_autoptr (GscPhaseFrame) frame = make_frame (material);

  add_part (parts, frame, GSC_PHASE_MAP_PHASES, GSC_PHASE_CAPTION_MOMENT);
}

/* By ascending depth. */
static void
add_depths (GArray *parts, Material *material, int axis)
{
  const GscSweepAxis *depths = &material->sweep->axes[axis];
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint value = 0; value < depths->n_values; value++)
    {
      guint at = 0;

      while (at < order->len
             && g_ascii_strtoll (depths->values[g_array_index (order, guint, at)], NULL, 10)
                    < g_ascii_strtoll (depths->values[value], NULL, 10))
        at++;
      g_array_insert_val (order, at, value);
    }
  for (guint i = 0; i < order->len; i++)
    {
      g_autoptr (GscPhaseFrame) frame = NULL;

      material->view.at[axis] = (int) g_array_index (order, guint, i);
      frame = make_frame (material);
      add_part (parts, frame, GSC_PHASE_MAP_PHASES, GSC_PHASE_CAPTION_DEPTH);
    }
}

static void
add_moments (GArray *parts, Material *material)
{
  for (guint moment = 0; moment < GSC_SWEEP_N_MOMENTS; moment++)
    {
      g_autoptr (GscPhaseFrame) frame = NULL;

      material->view.moment = (GscSweepMoment) moment;
      frame = make_frame (material);
      for (guint set = 0; set < GSC_N_SETS; set++)
        add_part (parts, frame, (GscPhaseMap) set, GSC_PHASE_CAPTION_MAP_MOMENT);
    }
}

static gboolean
check_axes (GscPhaseRecipe recipe, const Material *material, GError **error)
{
  const GscSweep *sweep = material->sweep;
  int depth = gsc_sweep_find_axis (sweep, "depth");

  if (recipe == GSC_PHASE_RECIPE_3A
      && (depth < 0 || depth == material->view.across || depth == material->view.up))
    {
      g_set_error (
          error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
          _ ("Figure 3a compares depths, and this sweep has no axis “depth” beside the two "
             "of the diagram. Add one to its file, as \"depth\": [2, 4], or draw figure "
             "1b."));
      return FALSE;
    }
  if (recipe == GSC_PHASE_RECIPE_3A && sweep->axes[depth].n_values > MAX_DEPTHS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Figure 3a has room for %d depths, and this sweep has more."), MAX_DEPTHS);
      return FALSE;
    }
  if (material->view.across == GSC_PHASE_NO_AXIS || material->view.up == GSC_PHASE_NO_AXIS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Figure %s needs a sweep with two axes, as “tasks” and “alpha”; this one has "
                      "%u. The figure “phase-diagram” can be drawn of it."),
                   recipes[recipe].name, sweep->n_axes);
      return FALSE;
    }
  return TRUE;
}

GscPhaseFigure *
gsc_phase_recipe_make (GscPhaseRecipe recipe,
                       const GscSweep *sweep,
                       const GscSweepTable *table,
                       const GscSweepTableOptions *options,
                       const GscPhaseView *view,
                       GError **error)
{
  Material material = { sweep, table, options, *view };
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (GscPhasePart));
  g_autofree char *name = NULL;

  g_return_val_if_fail ((guint) recipe < GSC_PHASE_N_RECIPES, NULL);
  if (!check_axes (recipe, &material, error))
    return NULL;
  switch (recipe)
    {
    case GSC_PHASE_RECIPE_3A:
      add_depths (parts, &material, gsc_sweep_find_axis (sweep, "depth"));
      break;
    case GSC_PHASE_RECIPE_4:
      add_moments (parts, &material);
      break;
    case GSC_PHASE_RECIPE_1B:
    case GSC_PHASE_N_RECIPES:
    default:
      add_phases (parts, &material);
      break;
    }
  name = g_strdup_printf ("figure-%s", recipes[recipe].name);
  return gsc_phase_figure_new_of_parts (name, recipes[recipe].title, TRUE,
                                        (GscPhasePart *) (gpointer) parts->data, parts->len);
}
