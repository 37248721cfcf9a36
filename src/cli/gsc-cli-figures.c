/* gsc-cli-figures.c - grokscope-cli figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <glib/gstdio.h>

#include "gsc-cli.h"
#include "gsc-figure.h"
#include "gsc-surface.h"

#define POINTS_PER_INCH 72.0
#define MM_PER_INCH 25.4

/* The text width of most conferences in machine learning. */
#define DEFAULT_WIDTH (5.5 * POINTS_PER_INCH)

#define DEFAULT_DPI 300.0

typedef struct
{
  char *step;   /* NULL: best */
  char *format; /* NULL: pdf */
  char *size;   /* NULL: usual sizes */
  double dpi;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->step);
  g_free (options->format);
  g_free (options->size);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Reads "140x90mm", "5.5x3in" or "89mm" into points; *height is 0 where none is given. */
static gboolean
parse_size (const char *text, double *width, double *height)
{
  double unit;
  char *end;

  *width = g_ascii_strtod (text, &end);
  *height = 0;
  if (end == text)
    return FALSE;
  if (*end == 'x')
    {
      text = end + 1;
      *height = g_ascii_strtod (text, &end);
      if (end == text || !(*height > 0))
        return FALSE;
    }
  if (g_str_equal (end, "mm"))
    unit = POINTS_PER_INCH / MM_PER_INCH;
  else if (g_str_equal (end, "in"))
    unit = POINTS_PER_INCH;
  else
    return FALSE;
  *width *= unit;
  *height *= unit;
  return *width >= GSC_SURFACE_MIN_SIZE && *width <= GSC_SURFACE_MAX_SIZE
         && *height <= GSC_SURFACE_MAX_SIZE && (*height == 0 || *height >= GSC_SURFACE_MIN_SIZE);
}

/* Checks what can be checked before anything is read. */
static GscCliStatus
check_options (const Options *options, const char *command, double *width, double *height)
{
  const char *const *extensions = gsc_surface_get_extensions ();

  *width = DEFAULT_WIDTH;
  *height = 0;
  if (options->format != NULL && !g_strv_contains (extensions, options->format))
    {
      g_autofree char *known = g_strjoinv (", ", (char **) extensions);

      return gsc_cli_misused (command, _ ("There is no format “%s”; these are known: %s."),
                              options->format, known);
    }
  if (options->size != NULL && !parse_size (options->size, width, height))
    return gsc_cli_misused (command,
                            _ ("“%s” is no size; write it as 5.5x3in, 140x80mm or just a width, "
                               "89mm."),
                            options->size);
  if (!(options->dpi >= 1 && options->dpi <= 2400))
    return gsc_cli_misused (command, _ ("The dots per inch must be from 1 to 2400."));
  return GSC_CLI_OK;
}

static GscCliStatus
write_figures (
    const Options *options, const char *run, const char *folder, double width, double height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunData) data = gsc_run_data_load (run, &error);
  g_autoptr (GscFrame) frame = NULL;
  int record;

  if (data == NULL)
    return gsc_cli_fail (error);
  record = gsc_run_data_find_record (data, options->step != NULL ? options->step : "best", &error);
  if (record < 0)
    return gsc_cli_fail (error);
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_autofree char *name = g_filename_display_name (folder);

      gsc_cli_say (_ ("%s: The folder could not be made (%s)."), name, g_strerror (errno));
      return GSC_CLI_FAILED;
    }

  frame = gsc_frame_new (data, record);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s.%s", gsc_figure_get_name (i),
                                               options->format != NULL ? options->format : "pdf");
      g_autofree char *path = g_build_filename (folder, file, NULL);
      g_autofree char *name = g_filename_display_name (path);
      GscFigureOptions figure;

      if (gsc_figure_needs_model (i))
        continue;
      gsc_figure_options_init (&figure, i);
      if (!gsc_figure_write (i, frame, &figure, path, width,
                             height > 0 ? height : gsc_figure_get_height (i, width), options->dpi,
                             &error))
        return gsc_cli_fail (error);
      gsc_cli_print ("%s\n", name);
    }
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_figures (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_auto (Options) options = { .dpi = DEFAULT_DPI };
  const GOptionEntry entries[] = {
    { "step", 0, 0, G_OPTION_ARG_STRING, &options.step,
      N_ ("Which record of the run: a step, best (the default) or last"), N_ ("N|best|last") },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("Format of the files (default: pdf)"), N_ ("pdf|png") },
    { "size", 's', 0, G_OPTION_ARG_STRING, &options.size,
      N_ ("Printed size, in mm or inches: 5.5x3in, 140x80mm, 89mm (default: 5.5in wide)"),
      N_ ("WxH") },
    { "dpi", 0, 0, G_OPTION_ARG_DOUBLE, &options.dpi,
      N_ ("Dots per inch of PNG files (default: 300)"), N_ ("N") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN OUT_DIR"),
    .summary
    = N_ ("Draws the figures of the run in the folder RUN for print: learning-curves (accuracy "
          "against\nthe training step), task-grid (accuracy of each task), task-table (z over x "
          "and y for the\nfirst held-out task) and shots (accuracy by number of examples, beside "
          "the exact\nreferences). They become files in the folder OUT_DIR, which is made if it "
          "is not there;\nfiles of the same names are replaced."),
    .entries = entries,
    .min_arguments = 2,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;
  double width, height;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  status = check_options (&options, argv[0], &width, &height);
  if (status != GSC_CLI_OK)
    return status;
  return write_figures (&options, arguments[0], arguments[1], width, height);
}
