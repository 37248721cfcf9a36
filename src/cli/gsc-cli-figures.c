/* gsc-cli-figures.c - grokscope-cli figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "gsc-figures-order.h"
#include "gsc-interrupt.h"
#include "gsc-nearest-name.h"
#include "gsc-phase-recipe.h"
#include "gsc-sequence.h"
#include "gsc-surface.h"
#include "gsc-sweep.h"

/* The run and its model */

static gboolean
has_snapshot (const char *path, gint64 step, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, error);
  g_autofree char *which = g_strdup_printf ("%" G_GINT64_FORMAT, step);

  return folder != NULL && gsc_run_folder_find_step (folder, which, error) >= 0;
}

/* The run with the record asked for; of a run whose record has lost its snapshot the source stays
 * without a model. */
static GscCliStatus
open_run (const GscFiguresLine *line,
          const char *command,
          const char *path,
          const GscFiguresOrder *order,
          GscCliSource *source,
          GscRunData **run,
          int *record)
{
  const char *which = line->source.step != NULL ? line->source.step : "best";
  g_autoptr (GError) error = NULL;
  GscCliSourceOptions options = line->source;
  g_autofree char *step = NULL;

  *run = gsc_run_data_load (path, &error);
  if (*run == NULL)
    return gsc_cli_fail (error);
  *record = gsc_run_data_find_record (*run, which, &error);
  if (*record < 0)
    return gsc_cli_fail (error);
  step = g_strdup_printf ("%" G_GINT64_FORMAT, gsc_run_data_get_record (*run, *record)->step);
  if (!has_snapshot (path, gsc_run_data_get_record (*run, *record)->step, &error))
    {
      if (order->chosen)
        return GSC_CLI_OK; /* it is said when a figure needs it */
      gsc_cli_say (_ ("Figures that need the model are left out: %s"), error->message);
      return GSC_CLI_OK;
    }
  options.step = step;
  return gsc_cli_source_open_experiment (source, command, path, &options);
}

static GscCliStatus
open_source (const GscFiguresLine *line,
             const char *command,
             const char *path,
             const GscFiguresOrder *order,
             GscCliSource *source,
             GscRunData **run,
             int *record)
{
  g_autofree char *name = NULL;
  GscCliStatus status;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) || !g_file_test (path, G_FILE_TEST_EXISTS))
    return open_run (line, command, path, order, source, run, record);
  status = gsc_cli_source_open_experiment (source, command, path, &line->source);
  if (status != GSC_CLI_OK)
    return status;
  name = g_path_get_basename (path);
  *run = gsc_run_data_new_from_file (name, &source->config, source->tasks, source->inputs);
  *record = -1;
  return GSC_CLI_OK;
}

/* Figures */

static GscCliStatus
make_folder (const char *folder)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return GSC_CLI_OK;
  gsc_cli_say (_ ("%s: The folder could not be made (%s)."), name, g_strerror (errno));
  return GSC_CLI_FAILED;
}

/* Whether there is something to draw: not where neither the user nor the run asks for it. */
static gboolean
is_there (const GscFigurePanel *panel,
          const GscFiguresOrder *order,
          const GscFigureMaterial *material)
{
  if (order->chosen)
    return TRUE;
  if (material->subject == NULL && gsc_figure_needs_model (panel->figure))
    return FALSE;
  return panel->figure != GSC_FIGURE_LEARNING_CURVES || !material->run->from_file;
}

static GscCliStatus
write_all (const GscFiguresOrder *order,
           const GscFiguresWriter *writer,
           const GscFigureMaterial *material)
{
  GscCliStatus status = make_folder (writer->folder);

  for (guint i = 0; i < order->panels->len && status == GSC_CLI_OK; i++)
    {
      const GscFigurePanel *panel = &g_array_index (order->panels, GscFigurePanel, i);

      if (is_there (panel, order, material))
        status = gsc_figures_writer_write (writer, panel);
    }
  for (guint i = 0; i < order->recipes->len && status == GSC_CLI_OK; i++)
    status = gsc_figures_writer_write_recipe (writer, g_ptr_array_index (order->recipes, i));
  return status;
}

/* What the options say about cursor and sequence, checked against the model. */
static GscCliStatus
read_cursor (const GscFiguresLine *line,
             const char *command,
             const GscCliSource *source,
             const GscSubject *subject,
             GscFigureMaterial *material,
             gint32 **tokens)
{
  GscAnalyse analyse = { .source = source, .subject = *subject };
  GscAnalyseOptions options = line->options;
  GscCliStatus status;

  options.what = (char *) "kshot";
  status = gsc_analyse_options_apply (&options, command, &analyse, tokens);
  if (status != GSC_CLI_OK)
    return status;
  material->tokens = analyse.tokens;
  material->n_tokens = analyse.n_tokens;
  material->n_context = gsc_sequence_count_context (analyse.n_tokens, analyse.typed);
  material->cursor = (GscCursor){
    .a = analyse.a,
    .b = analyse.b,
    .shot = MIN (analyse.shot, (guint) material->run->config.shots - 1),
    .layer = analyse.layer >= 0 ? (guint) analyse.layer : material->cursor.layer,
    .head = analyse.head >= 0 ? (guint) analyse.head : material->cursor.head,
  };
  return GSC_CLI_OK;
}

static GscCliStatus
draw (const GscFiguresLine *line,
      const char *command,
      const GscFiguresOrder *order,
      const char *folder,
      const GscCliSource *source,
      GscRunData *run,
      int record)
{
  g_autoptr (GscTeam) team = gsc_team_new ((guint) line->threads);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = NULL;
  g_autoptr (GscFigureStudio) studio = NULL;
  g_autofree gint32 *tokens = NULL;
  const GscWatch watch = { .cancellable = cancellable, .progress = gsc_analyse_show_progress };
  const GscSubject subject = { .model = source->model,
                               .p = run->config.p,
                               .config = &source->config,
                               .tasks = source->tasks,
                               .inputs = source->inputs };
  GscFigureMaterial material = {
    .run = run,
    .record = record,
    .subject = source->model != NULL ? &subject : NULL,
    .step = source->step,
    .cursor = gsc_frame_default_cursor (run),
    .team = team,
    .watch = &watch,
  };
  GscFiguresWriter writer = {
    folder, (const char *const *) order->formats, order->paper, { .context_seed = -1 }, NULL
  };
  GscCliStatus status = GSC_CLI_OK;

  if (material.subject != NULL)
    status = read_cursor (line, command, source, &subject, &material, &tokens);
  if (status != GSC_CLI_OK)
    return status;
  interrupt = gsc_interrupt_new (cancellable);
  studio = gsc_figure_studio_new (&material);
  writer.studio = studio;
  writer.origin.tokens = material.tokens;
  writer.origin.n_tokens = material.n_tokens;
  if (line->options.sequence == NULL)
    writer.origin.context_seed = gsc_analyse_options_get_context_seed (&line->options);
  return write_all (order, &writer, &material);
}

static GscCliStatus
draw_sweep (const GscFiguresLine *line,
            const char *command,
            const GscFiguresOrder *order,
            const char *sweep,
            const char *folder)
{
  const GscFiguresSweepOrder sweep_order = {
    .sweep = sweep,
    .out = folder,
    .figures = (const char *const *) line->figures,
    .recipes = (const char *const *) line->recipes,
    .formats = (const char *const *) order->formats,
    .paper = &order->paper,
  };

  GscFiguresSweepOptions options = line->sweep;
  char **sets = line->source.recipe.sets;

  /* --set KEY=VALUE is for model files; of a sweep it names a set, as in "sweep table" */
  if (sets != NULL && sets[0] != NULL)
    options.set = sets[g_strv_length (sets) - 1];
  return gsc_figures_sweep_draw (command, &options, &sweep_order);
}

static GscCliStatus
run_command (const GscFiguresLine *line, const char *command, char **arguments)
{
  g_auto (GscCliSource) source = GSC_CLI_SOURCE_INIT;
  g_autoptr (GscRunData) run = NULL;
  g_auto (GscFiguresOrder) order = { .formats = NULL };
  const char *folder = line->out != NULL ? line->out : arguments[1];
  gboolean sweep = gsc_sweep_is_sweep (arguments[0]);
  GscCliStatus status = gsc_figures_order_read (line, command, sweep, &order);
  int record = -1;

  if (status == GSC_CLI_OK && (line->out != NULL) == (arguments[1] != NULL))
    return gsc_cli_misused (command, line->out != NULL
                                         ? _ ("The folder is named twice, by --out and at the end.")
                                         : _ ("Where to? Name a folder with --out DIR."));
  if (status == GSC_CLI_OK && sweep)
    return draw_sweep (line, command, &order, arguments[0], folder);
  if (status == GSC_CLI_OK)
    status = open_source (line, command, arguments[0], &order, &source, &run, &record);
  if (status != GSC_CLI_OK)
    return status;
  return draw (line, command, &order, folder, &source, run, record);
}

/* For --help. (transfer full) */
static char *
describe_names (void)
{
  GString *text = g_string_new (_ ("Figures (* needs a while; drawn with --all or by name):\n"));
  guint n;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n);

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      GscFigurePanel panel;

      gsc_figure_panel_init (&panel, figure);
      g_string_append_printf (text, "  %-18s %s%s\n", gsc_figure_get_name (figure),
                              _ (gsc_figure_get_title (figure)),
                              gsc_figure_panel_is_slow (&panel) ? " *" : "");
    }
  g_string_append (text, _ ("\nRecipes, named after the paper's figures:\n"));
  for (guint i = 0; i < gsc_figure_recipe_count (); i++)
    {
      const GscFigureRecipe *recipe = gsc_figure_recipe_get (i);

      g_string_append_printf (text, "  %-18s %s\n", gsc_figure_recipe_get_name (recipe),
                              _ (gsc_figure_recipe_get_title (recipe)));
    }
  g_string_append (text, _ ("\nOf a sweep's folder there are:\n"));
  g_string_append_printf (text, "  %-18s %s\n", GSC_FIGURES_SWEEP_NAME,
                          _ ("Accuracies on the four sets, and phases"));
  for (guint i = 0; i < GSC_PHASE_N_RECIPES; i++)
    {
      g_autofree char *name
          = g_strdup_printf ("recipe %s", gsc_phase_recipe_get_name ((GscPhaseRecipe) i));

      g_string_append_printf (text, "  %-18s %s\n", name,
                              _ (gsc_phase_recipe_get_title ((GscPhaseRecipe) i)));
    }
  g_string_append (text, _ ("\nWidths:\n"));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "  %-18s %s, %.4g in\n", venues[i].name, _ (venues[i].title),
                            venues[i].width / 72);
  return g_string_free (text, FALSE);
}

GscCliStatus
gsc_cli_figures (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *names = describe_names ();
  g_auto (GscFiguresLine) line = {
    .source = GSC_CLI_SOURCE_OPTIONS_INIT,
    .options = GSC_ANALYSE_OPTIONS_INIT,
    .sweep = { .threshold = GSC_FIGURES_NO_THRESHOLD },
    .dpi = GSC_FIGURES_DEFAULT_DPI,
  };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &line.out,
      N_ ("The folder for the files, made if it is not there"), N_ ("DIR") },
    { "figure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &line.figures,
      N_ ("Only this figure; may be given several times"), N_ ("NAME") },
    { "recipe", 0, 0, G_OPTION_ARG_STRING_ARRAY, &line.recipes,
      N_ ("A figure of the paper, with all its panels; or all"), N_ ("NAME") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &line.all, N_ ("Those that need a while, too"), NULL },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &line.format,
      N_ ("Formats of the files (default: pdf)"), N_ ("pdf,svg,png,csv") },
    { "width", 0, 0, G_OPTION_ARG_STRING, &line.width,
      N_ ("Printed width: 89mm, 5.5in or a name from below (default: 5.5in)"), N_ ("W") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &line.size,
      N_ ("Printed size with the height: 5.5x3in, 140x80mm"), N_ ("WxH") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &line.theme,
      N_ ("Colours for print (the default) or as on the screen"), N_ ("paper|light|dark") },
    { "transparent", 0, 0, G_OPTION_ARG_NONE, &line.transparent, N_ ("Without a background"),
      NULL },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &line.dpi, N_ ("Dots per inch of PNG files (default: 300)"),
      N_ ("N") },
    { "step", 0, 0, G_OPTION_ARG_STRING, &line.source.step,
      N_ ("Which record of the run: a step, best (the default) or last"), N_ ("N|best|last") },
    { "heads", 0, 0, G_OPTION_ARG_INT, &line.source.heads,
      N_ ("Attention heads, for a model file that does not say"), N_ ("N") },
    GSC_CLI_RECIPE_ENTRIES (line.source.recipe),
    { "task", 0, 0, G_OPTION_ARG_STRING, &line.options.task,
      N_ ("The task z = a x + b y (default: the first held-out one)"), N_ ("A,B") },
    { "sequence", 0, 0, G_OPTION_ARG_STRING, &line.options.sequence,
      N_ ("The context, complete examples (default: drawn, as in the app)"), N_ ("\"X Y Z …\"") },
    { "context-seed", 0, 0, G_OPTION_ARG_STRING, &line.options.context_seed,
      N_ ("Draw another context (default: 1)"), N_ ("N") },
    { "shot", 0, 0, G_OPTION_ARG_INT, &line.options.shot,
      N_ ("Examples before the one that is looked at (default: all)"), N_ ("N") },
    { "layer", 0, 0, G_OPTION_ARG_INT, &line.options.layer,
      N_ ("The layer that is looked at, from 1 (default: the last)"), N_ ("N") },
    { "head", 0, 0, G_OPTION_ARG_INT, &line.options.head,
      N_ ("Its head, from 1, large where a figure shows all of them"), N_ ("N") },
    GSC_FIGURES_SWEEP_ENTRIES (line.sweep),
    { "threads", 't', 0, G_OPTION_ARG_INT, &line.threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN_OR_MODEL_OR_SWEEP [OUT_DIR]"),
    .summary
    = N_ ("Draws the figures of a run, of a model file or of a sweep, for print: PDF and SVG with\n"
          "text as text, PNG, and the numbers as CSV, with a JSON file that says of what they are\n"
          "and a Python script that draws them. They become files in the folder DIR; files of the\n"
          "same names are replaced. The same run gives the same bytes."),
    .description = names,
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  return run_command (&line, argv[0], arguments);
}
