/* gsc-figures-sweep.c - `grokscope-cli figures` of a sweep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figures-sweep.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "gsc-cli-sweep.h"
#include "gsc-figure-recipe.h"
#include "gsc-nearest-name.h"
#include "gsc-phase-export.h"
#include "gsc-phase-recipe.h"

/* The sweep, and what was found. */
typedef struct
{
  GscSweep *sweep;
  GscSweepTable *table;
  GscSweepTableOptions options;
  GscPhaseView view;
} Material;

static void
material_clear (Material *material)
{
  g_clear_pointer (&material->table, gsc_sweep_table_free);
  g_clear_pointer (&material->sweep, gsc_sweep_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Material, material_clear)

void
gsc_figures_sweep_options_clear (GscFiguresSweepOptions *options)
{
  g_clear_pointer (&options->moment, g_free);
  g_clear_pointer (&options->at, g_strfreev);
}

gboolean
gsc_figures_sweep_options_are_given (const GscFiguresSweepOptions *options)
{
  return options->moment != NULL || options->at != NULL || options->unfinished
         || options->threshold != GSC_FIGURES_NO_THRESHOLD;
}

/* The command line */

static GscCliStatus
read_options (const char *command,
              const GscFiguresSweepOptions *options,
              GscSweepTableOptions *table,
              GscSweepMoment *moment)
{
  guint set = 0;

  *moment = GSC_SWEEP_BEST;
  *table = gsc_sweep_table_options_default ();
  table->unfinished = options->unfinished;
  if (options->moment != NULL)
    {
      for (guint i = 0; i < GSC_SWEEP_N_MOMENTS; i++)
        if (g_str_equal (options->moment, gsc_sweep_moment_get_name ((GscSweepMoment) i)))
          *moment = (GscSweepMoment) i;
      if (!g_str_equal (options->moment, gsc_sweep_moment_get_name (*moment)))
        return gsc_cli_misused (command, _ ("%s takes one of: %s."), "--moment", "best, final");
    }
  if (options->set != NULL)
    {
      while (set < GSC_N_SETS && !g_str_equal (options->set, gsc_set_get_name ((GscSet) set)))
        set++;
      if (set == GSC_N_SETS)
        return gsc_cli_misused (command, _ ("There is no set “%s”."), options->set);
      table->set = (GscSet) set;
    }
  if (options->threshold == GSC_FIGURES_NO_THRESHOLD)
    return GSC_CLI_OK;
  if (!(options->threshold >= 0 && options->threshold <= 1))
    return gsc_cli_misused (command, _ ("The threshold must be from 0 to 1."));
  for (guint i = 0; i < GSC_N_SETS; i++)
    table->thresholds[i] = options->threshold;
  return GSC_CLI_OK;
}

/* "depth=4" and "depth=all". */
static GscCliStatus
read_at (const char *command, const GscFiguresSweepOptions *options, Material *material)
{
  const GscSweep *sweep = material->sweep;

  for (guint i = 0; options->at != NULL && options->at[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (options->at[i], "=", 2);
      g_autofree char *quoted = gsc_nearest_name_quote (options->at[i]);
      int axis = g_strv_length (parts) == 2 ? gsc_sweep_find_axis (sweep, parts[0]) : -1;
      guint value = 0;

      if (axis < 0)
        return gsc_cli_misused (command,
                                _ ("“%s” names no axis of this sweep; write it as "
                                   "depth=4 or depth=all."),
                                quoted);
      while (value < sweep->axes[axis].n_values
             && !g_str_equal (sweep->axes[axis].values[value], parts[1]))
        value++;
      if (value < sweep->axes[axis].n_values)
        material->view.at[axis] = (int) value;
      else if (g_str_equal (parts[1], "all"))
        material->view.at[axis] = GSC_PHASE_ALL;
      else
        {
          g_autofree char *all = g_strjoinv (", ", sweep->axes[axis].values);

          return gsc_cli_misused (command, _ ("“%s”: the values of that axis are: %s."), quoted,
                                  all);
        }
    }
  return GSC_CLI_OK;
}

/* Names that a run's figures have are said to be so. */
static GscCliStatus
check_figures (const char *command, const GscFiguresSweepOrder *order)
{
  for (guint i = 0; order->figures != NULL && order->figures[i] != NULL; i++)
    {
      const char *name = order->figures[i];
      g_autofree char *quoted = gsc_nearest_name_quote (name);

      if (g_str_equal (name, GSC_FIGURES_SWEEP_NAME))
        continue;
      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        if (g_str_equal (name, gsc_figure_get_name (figure)))
          return gsc_cli_misused (command,
                                  _ ("The figure “%s” is of one run, and this folder is a sweep. "
                                     "Name one of the runs in it, or draw “%s”."),
                                  name, GSC_FIGURES_SWEEP_NAME);
      return gsc_cli_misused (command,
                              _ ("There is no figure “%s” of a sweep; there is this one: %s."),
                              quoted, GSC_FIGURES_SWEEP_NAME);
    }
  return GSC_CLI_OK;
}

static GscCliStatus
check_recipes (const char *command, const GscFiguresSweepOrder *order)
{
  for (guint i = 0; order->recipes != NULL && order->recipes[i] != NULL; i++)
    {
      const char *name = order->recipes[i];
      g_autofree char *quoted = gsc_nearest_name_quote (name);

      if (g_str_equal (name, "all") || gsc_phase_recipe_find (name) >= 0)
        continue;
      if (gsc_figure_recipe_find (name) != NULL)
        return gsc_cli_misused (command,
                                _ ("The recipe %s is of one run, and this folder is a sweep. Name "
                                   "one of the runs in it; of a sweep there are 1b, 3a and 4."),
                                name);
      return gsc_cli_misused (command,
                              _ ("There is no recipe “%s” of a sweep; there are 1b, 3a, 4 and "
                                 "all."),
                              quoted);
    }
  return GSC_CLI_OK;
}

/* Files */

static void
print_path (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  gsc_cli_print ("%s\n", name);
}

/* (transfer full) */
static char *
get_path (const GscFiguresSweepOrder *order, const GscPhaseFigure *figure, const char *extension)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", figure->name, extension);

  return g_build_filename (order->out, file, NULL);
}

static gboolean
write_table (const GscFiguresSweepOrder *order, const GscPhaseFigure *figure, GError **error)
{
  static const char *const extensions[] = { "csv", "json", "py" };
  g_autofree char *csv = get_path (order, figure, "csv");

  if (!gsc_phase_export_table (figure, order->paper, csv, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *path = get_path (order, figure, extensions[i]);

      print_path (path);
    }
  return TRUE;
}

static GscCliStatus
write_figure (const GscFiguresSweepOrder *order, const GscPhaseFigure *figure)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; order->formats[i] != NULL; i++)
    {
      g_autofree char *path = get_path (order, figure, order->formats[i]);

      if (g_str_equal (order->formats[i], "csv"))
        {
          if (!write_table (order, figure, &error))
            return gsc_cli_fail (error);
        }
      else if (gsc_phase_export (figure, order->paper, path, &error))
        print_path (path);
      else
        return gsc_cli_fail (error);
    }
  return GSC_CLI_OK;
}

/* Of those that come with “all”, what the sweep has no axes for is left out, and said. */
static GscCliStatus
write_recipe (const GscFiguresSweepOrder *order,
              const Material *material,
              GscPhaseRecipe recipe,
              gboolean by_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscPhaseFigure) figure = gsc_phase_recipe_make (
      recipe, material->sweep, material->table, &material->options, &material->view, &error);

  if (figure != NULL)
    return write_figure (order, figure);
  if (by_name)
    return gsc_cli_fail (error);
  gsc_cli_say (_ ("Left out: %s"), error->message);
  return GSC_CLI_OK;
}

static GscCliStatus
write_recipes (const GscFiguresSweepOrder *order, const Material *material)
{
  GscCliStatus status = GSC_CLI_OK;

  for (guint i = 0; order->recipes != NULL && order->recipes[i] != NULL; i++)
    {
      int recipe = gsc_phase_recipe_find (order->recipes[i]);

      if (recipe >= 0)
        status = write_recipe (order, material, (GscPhaseRecipe) recipe, TRUE);
      for (guint j = 0; recipe < 0 && j < GSC_PHASE_N_RECIPES && status == GSC_CLI_OK; j++)
        status = write_recipe (order, material, (GscPhaseRecipe) j, FALSE);
      if (status != GSC_CLI_OK)
        return status;
    }
  return GSC_CLI_OK;
}

static GscCliStatus
make_folder (const char *folder)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return GSC_CLI_OK;
  gsc_cli_say (_ ("%s: The folder could not be made (%s)."), name, g_strerror (errno));
  return GSC_CLI_FAILED;
}

GscCliStatus
gsc_figures_sweep_draw (const char *command,
                        const GscFiguresSweepOptions *options,
                        const GscFiguresSweepOrder *order)
{
  g_auto (Material) material = { NULL };
  g_autoptr (GscPhaseFrame) frame = NULL;
  GscSweepMoment moment;
  GscCliStatus status = read_options (command, options, &material.options, &moment);

  if (status == GSC_CLI_OK)
    status = check_figures (command, order);
  if (status == GSC_CLI_OK)
    status = check_recipes (command, order);
  if (status != GSC_CLI_OK)
    return status;
  material.sweep = gsc_cli_sweep_load (order->sweep);
  if (material.sweep == NULL)
    return GSC_CLI_FAILED;
  material.table = gsc_sweep_table_load (material.sweep, order->sweep, &material.options);
  gsc_phase_view_init (&material.view, material.sweep);
  material.view.moment = moment;
  status = read_at (command, options, &material);
  if (status == GSC_CLI_OK)
    status = make_folder (order->out);
  if (status == GSC_CLI_OK && (order->figures != NULL || order->recipes == NULL))
    {
      g_autoptr (GscPhaseFigure) figure = NULL;

      frame
          = gsc_phase_frame_new (material.sweep, material.table, &material.options, &material.view);
      figure = gsc_phase_figure_new (frame, 0);
      status = write_figure (order, figure);
    }
  return status == GSC_CLI_OK ? write_recipes (order, &material) : status;
}
