/* gsc-figures-order.c - what "grokscope-cli figures" is to draw
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figures-order.h"

#include <string.h>

#include "gsc-nearest-name.h"
#include "gsc-phase-recipe.h"
#include "gsc-surface.h"

void
gsc_figures_line_clear (GscFiguresLine *line)
{
  gsc_cli_source_options_clear (&line->source);
  gsc_analyse_options_clear (&line->options);
  gsc_figures_sweep_options_clear (&line->sweep);
  g_free (line->out);
  g_strfreev (line->figures);
  g_strfreev (line->recipes);
  g_free (line->format);
  g_free (line->width);
  g_free (line->size);
  g_free (line->theme);
}

void
gsc_figures_order_clear (GscFiguresOrder *order)
{
  g_strfreev (order->formats);
  g_array_unref (order->panels);
  g_ptr_array_unref (order->recipes);
}

static GscCliStatus
read_formats (const GscFiguresLine *line, const char *command, GscFiguresOrder *order)
{
  static const char *const known[] = { "pdf", "svg", "png", "csv", NULL };

  order->formats = g_strsplit (line->format != NULL ? line->format : "pdf", ",", -1);
  for (guint i = 0; order->formats[i] != NULL; i++)
    if (!g_strv_contains (known, g_strstrip (order->formats[i])))
      {
        g_autofree char *all = g_strjoinv (", ", (char **) known);
        g_autofree char *quoted = gsc_nearest_name_quote (order->formats[i]);

        return gsc_cli_misused (command, _ ("There is no format “%s”; these are known: %s."),
                                quoted, all);
      }
  return GSC_CLI_OK;
}

static GscCliStatus
misused_size (const char *command, const char *text)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *quoted = gsc_nearest_name_quote (text);
  guint n;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", venues[i].name);
  return gsc_cli_misused (command,
                          _ ("“%s” is no size; write it as 89mm, 5.5in, 5.5x3in or 140x80mm, or "
                             "take one of these: %s."),
                          quoted, names->str);
}

static GscCliStatus
read_paper (const GscFiguresLine *line, const char *command, GscFigurePaper *paper)
{
  const char *size = line->size != NULL ? line->size : line->width;

  gsc_figure_paper_init (paper, NULL);
  if (line->size != NULL && line->width != NULL)
    return gsc_cli_misused (command, _ ("--size and --width exclude each other."));
  if (size != NULL && !gsc_figure_paper_parse (paper, size))
    return misused_size (command, size);
  if (line->theme != NULL && !gsc_figure_paper_parse_theme (paper, line->theme))
    return gsc_cli_misused (command, _ ("%s takes one of: %s."), "--theme", "paper, light, dark");
  if (line->dpi != GSC_FIGURES_DEFAULT_DPI && !(line->dpi >= 1 && line->dpi <= 2400))
    return gsc_cli_misused (command, _ ("The dots per inch must be from 1 to 2400."));
  if (line->dpi != GSC_FIGURES_DEFAULT_DPI)
    paper->dpi = line->dpi;
  paper->transparent = line->transparent;
  return GSC_CLI_OK;
}

static GscCliStatus
misused_name (const char *command, const char *message, const char *name, GPtrArray *known)
{
  g_autofree char *quoted = gsc_nearest_name_quote (name);
  g_autofree char *all = NULL;

  g_ptr_array_add (known, NULL);
  all = g_strjoinv (", ", (char **) known->pdata);
  return gsc_cli_misused (command, message, quoted, all);
}

static void
add_panel (const GscFiguresLine *line, GscFiguresOrder *order, GscFigure figure)
{
  GscFigurePanel panel;

  gsc_figure_panel_init (&panel, figure);
  panel.options.single_head = line->options.head != GSC_ANALYSE_NOT_GIVEN;
  g_array_append_val (order->panels, panel);
}

static GscCliStatus
read_figures (const GscFiguresLine *line, const char *command, GscFiguresOrder *order)
{
  gboolean usual = line->figures == NULL && line->recipes == NULL;

  for (guint figure = 0; figure < GSC_N_FIGURES && (line->all || usual); figure++)
    {
      GscFigurePanel panel;

      gsc_figure_panel_init (&panel, figure);
      if (line->all || !gsc_figure_panel_is_slow (&panel))
        add_panel (line, order, figure);
    }
  for (guint i = 0; !line->all && line->figures != NULL && line->figures[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) known = g_ptr_array_new ();
      guint figure = 0;

      for (; figure < GSC_N_FIGURES; figure++)
        {
          if (g_str_equal (line->figures[i], gsc_figure_get_name (figure)))
            break;
          g_ptr_array_add (known, (gpointer) gsc_figure_get_name (figure));
        }
      if (figure == GSC_N_FIGURES)
        return misused_name (command, _ ("There is no figure “%s”; these are known: %s."),
                             line->figures[i], known);
      add_panel (line, order, figure);
    }
  return GSC_CLI_OK;
}

static GscCliStatus
read_recipes (const GscFiguresLine *line, const char *command, GscFiguresOrder *order)
{
  for (guint i = 0; line->recipes != NULL && line->recipes[i] != NULL; i++)
    {
      const GscFigureRecipe *recipe = gsc_figure_recipe_find (line->recipes[i]);
      g_autoptr (GPtrArray) known = g_ptr_array_new ();

      for (guint j = 0; j < gsc_figure_recipe_count (); j++)
        {
          const GscFigureRecipe *other = gsc_figure_recipe_get (j);

          if (g_str_equal (line->recipes[i], "all"))
            g_ptr_array_add (order->recipes, (gpointer) other);
          g_ptr_array_add (known, (gpointer) gsc_figure_recipe_get_name (other));
        }
      if (g_str_equal (line->recipes[i], "all"))
        continue;
      if (recipe == NULL)
        return misused_name (command, _ ("There is no recipe “%s”; these are known: %s, all."),
                             line->recipes[i], known);
      g_ptr_array_add (order->recipes, (gpointer) recipe);
    }
  return GSC_CLI_OK;
}

/* Names that only sweeps have figures for. */
static GscCliStatus
refuse_sweeps (const GscFiguresLine *line, const char *command)
{
  if (gsc_figures_sweep_options_are_given (&line->sweep))
    return gsc_cli_misused (command, _ ("--moment, --threshold, --unfinished and --at are for the "
                                        "folder of a sweep."));
  for (guint i = 0; line->recipes != NULL && line->recipes[i] != NULL; i++)
    if (gsc_phase_recipe_find (line->recipes[i]) >= 0)
      return gsc_cli_misused (command,
                              _ ("The recipe %s compares the runs of a sweep, and this is a single "
                                 "run or model. Name a folder of “grokscope-cli sweep run”."),
                              line->recipes[i]);
  for (guint i = 0; line->figures != NULL && line->figures[i] != NULL; i++)
    if (g_str_equal (line->figures[i], GSC_FIGURES_SWEEP_NAME))
      return gsc_cli_misused (command,
                              _ ("The figure “%s” compares the runs of a sweep, and this is a "
                                 "single run or model. Name a folder of “grokscope-cli sweep "
                                 "run”."),
                              line->figures[i]);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_figures_order_read (const GscFiguresLine *line,
                        const char *command,
                        gboolean sweep,
                        GscFiguresOrder *order)
{
  GscCliStatus status = GSC_CLI_OK;

  order->panels = g_array_new (FALSE, FALSE, sizeof (GscFigurePanel));
  order->recipes = g_ptr_array_new ();
  order->chosen = line->figures != NULL || line->recipes != NULL;
  if (!gsc_cli_check_threads (command, line->threads, &status))
    return status;
  if (line->options.sequence != NULL && line->options.context_seed != NULL)
    return gsc_cli_misused (command, _ ("--sequence and --context-seed exclude each other."));
  status = read_formats (line, command, order);
  if (status == GSC_CLI_OK)
    status = read_paper (line, command, &order->paper);
  if (status == GSC_CLI_OK && !sweep)
    status = refuse_sweeps (line, command);
  if (status == GSC_CLI_OK && !sweep)
    status = read_figures (line, command, order);
  return status == GSC_CLI_OK && !sweep ? read_recipes (line, command, order) : status;
}
