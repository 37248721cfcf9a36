/* gsc-cli-animate.c - grokscope-cli animate
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-figure-venue.h"
#include "gsc-film-png.h"
#include "gsc-film-webm.h"
#include "gsc-interrupt.h"
#include "gsc-nearest-name.h"
#include "gsc-number.h"

/* Pictures are called frame-00001.png. */
#define PICTURE_NAME "frame"

typedef struct
{
  char *out;
  char **figures; /* NULL: the usual ones */
  char *from;     /* NULL: the first record */
  char *to;
  double speed; /* 0: not given */
  double seconds;
  int rate;
  char *size;
  char *theme;
  double text_scale;
  int threads;
} CommandLine;

static void
command_line_clear (CommandLine *line)
{
  g_free (line->out);
  g_strfreev (line->figures);
  g_free (line->from);
  g_free (line->to);
  g_free (line->size);
  g_free (line->theme);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CommandLine, command_line_clear)

static gboolean
is_webm (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".webm");
}

/* Before anything is opened */

static GscCliStatus
read_out (const CommandLine *line, const char *command)
{
  static const char *const films[] = { ".mp4", ".mkv", ".mov", ".avi", ".gif", ".apng", ".png" };
  g_autofree char *lower = NULL;

  if (line->out == NULL || *line->out == '\0')
    return gsc_cli_misused (command, _ ("Where to? Name a film with --out FILE.webm, or a folder "
                                        "for its pictures with --out FOLDER."));
  lower = g_ascii_strdown (line->out, -1);
  for (guint i = 0; i < G_N_ELEMENTS (films); i++)
    if (g_str_has_suffix (lower, films[i]))
      return gsc_cli_misused (command,
                              _ ("Films are written as .webm, or as PNG pictures into a folder; "
                                 "there is no %s."),
                              films[i]);
  return GSC_CLI_OK;
}

static GscCliStatus
read_step (const char *command, const char *option, const char *text, gint64 *step)
{
  if (text == NULL || (gsc_number_parse_int (text, step) && *step >= 0))
    return GSC_CLI_OK;
  return gsc_cli_misused (command, _ ("%s takes a training step, a whole number from 0 on."),
                          option);
}

static GscCliStatus
read_figures (const CommandLine *line, const char *command, GArray *panels)
{
  for (guint i = 0; line->figures != NULL && line->figures[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) known = g_ptr_array_new ();
      g_autofree char *quoted = NULL;
      g_autofree char *all = NULL;
      GscFigurePanel panel;
      guint figure = 0;

      for (; figure < GSC_N_FIGURES; figure++)
        {
          if (g_str_equal (line->figures[i], gsc_figure_get_name (figure)))
            break;
          g_ptr_array_add (known, (gpointer) gsc_figure_get_name (figure));
        }
      if (figure < GSC_N_FIGURES)
        {
          gsc_figure_panel_init (&panel, figure);
          g_array_append_val (panels, panel);
          continue;
        }
      g_ptr_array_add (known, NULL);
      all = g_strjoinv (", ", (char **) known->pdata);
      quoted = gsc_nearest_name_quote (line->figures[i]);
      return gsc_cli_misused (command, _ ("There is no figure “%s”; these are known: %s."), quoted,
                              all);
    }
  if (panels->len > GSC_FILM_MAX_PANELS)
    return gsc_cli_misused (command, _ ("A film has at most %d figures."),
                            (int) GSC_FILM_MAX_PANELS);
  return GSC_CLI_OK;
}

static GscCliStatus
read_look (const CommandLine *line, const char *command, GscFilmSettings *settings)
{
  GscFigurePaper paper = { .theme = settings->theme };

  if (line->size != NULL && !gsc_film_settings_parse_size (settings, line->size))
    return gsc_cli_misused (command,
                            _ ("--size takes width and height in pixels, as 1920x1080, each from "
                               "%d to %d."),
                            GSC_FILM_MIN_SIZE, GSC_FILM_MAX_SIZE);
  if (line->theme != NULL && !gsc_figure_paper_parse_theme (&paper, line->theme))
    return gsc_cli_misused (command, _ ("%s takes one of: %s."), "--theme", "paper, light, dark");
  if (!(line->text_scale >= 0.25 && line->text_scale <= 4))
    return gsc_cli_misused (command, _ ("--text-scale takes a number from 0.25 to 4."));
  settings->theme = paper.theme;
  settings->text_scale = line->text_scale;
  return GSC_CLI_OK;
}

static GscCliStatus
read_time (const CommandLine *line, const char *command, GscFilmSettings *settings)
{
  GscCliStatus status = read_step (command, "--from", line->from, &settings->from);

  if (status == GSC_CLI_OK)
    status = read_step (command, "--to", line->to, &settings->to);
  if (status != GSC_CLI_OK)
    return status;
  if (line->speed != 0 && line->seconds != 0)
    return gsc_cli_misused (command, _ ("--speed and --seconds exclude each other."));
  if (!(line->speed >= 0 && line->speed <= 1e12 && line->seconds >= 0 && line->seconds <= 1e6))
    return gsc_cli_misused (command, _ ("--speed and --seconds take a number above 0."));
  if (line->rate < 1 || line->rate > GSC_FILM_MAX_RATE)
    return gsc_cli_misused (command, _ ("--fps takes a whole number from 1 to %d."),
                            GSC_FILM_MAX_RATE);
  settings->rate = line->rate;
  settings->speed = line->speed;
  if (line->seconds > 0)
    settings->seconds = line->seconds;
  return GSC_CLI_OK;
}

static GscCliStatus
read_settings (const CommandLine *line,
               const char *command,
               GArray *panels,
               GscFilmSettings *settings)
{
  GscCliStatus status = GSC_CLI_OK;

  gsc_film_settings_init (settings);
  if (!gsc_cli_check_threads (command, line->threads, &status))
    return status;
  status = read_out (line, command);
  if (status == GSC_CLI_OK)
    status = read_figures (line, command, panels);
  if (status == GSC_CLI_OK)
    status = read_look (line, command, settings);
  if (status == GSC_CLI_OK)
    status = read_time (line, command, settings);
  if (panels->len > 0)
    {
      settings->panels = (const GscFigurePanel *) (gconstpointer) panels->data;
      settings->n_panels = panels->len;
    }
  return status;
}

/* The film */

static gboolean
write_film (GscFilm *film, const char *out, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = gsc_interrupt_new (cancellable);
  const GscWatch watch = { .cancellable = cancellable, .progress = gsc_analyse_show_progress };
  gboolean done = is_webm (out) ? gsc_film_webm_write (film, out, &watch, error)
                                : gsc_film_png_write (film, out, PICTURE_NAME, &watch, error);

  gsc_analyse_end_progress ();
  return done;
}

static GscCliStatus
run_command (const CommandLine *line, const char *command, const char *path)
{
  g_autoptr (GArray) panels = g_array_new (FALSE, FALSE, sizeof (GscFigurePanel));
  g_autoptr (GscRunData) run = NULL;
  g_autoptr (GscTeam) team = NULL;
  g_autoptr (GscFilm) film = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  GscFilmSettings settings;
  GscCliStatus status = read_settings (line, command, panels, &settings);

  if (status != GSC_CLI_OK)
    return status;
  if (is_webm (line->out) && !gsc_film_webm_is_supported (&error))
    return gsc_cli_fail (error);
  run = gsc_run_data_load (path, &error);
  if (run == NULL)
    return gsc_cli_fail (error);
  team = gsc_team_new ((guint) line->threads);
  film = gsc_film_new (run, path, &settings, team, &error);
  if (film != NULL && write_film (film, line->out, &error))
    {
      name = g_filename_display_name (line->out);
      gsc_cli_print ("%s\n", name);
      return GSC_CLI_OK;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return gsc_cli_fail (error);
  gsc_cli_say (_ ("Stopped; no film was written."));
  return GSC_CLI_FAILED;
}

/* For --help. (transfer full) */
static char *
describe_names (void)
{
  GString *text = g_string_new (_ ("Figures (* takes long for each model):\n"));

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      GscFigurePanel panel;

      gsc_figure_panel_init (&panel, figure);
      g_string_append_printf (text, "  %-18s %s%s\n", gsc_figure_get_name (figure),
                              _ (gsc_figure_get_title (figure)),
                              gsc_figure_panel_is_slow (&panel) ? " *" : "");
    }
  return g_string_free (text, FALSE);
}

GscCliStatus
gsc_cli_animate (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *names = describe_names ();
  g_auto (CommandLine) line = { .rate = 30, .text_scale = 1 };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &line.out,
      N_ ("The film, or a folder for its pictures, made if it is not there"),
      N_ ("FILE.webm|FOLDER") },
    { "figure", 0, 0, G_OPTION_ARG_STRING_ARRAY, &line.figures,
      N_ ("A figure to be shown; may be given several times (default: learning-curves, shots, "
          "attention, projection)"),
      N_ ("NAME") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &line.from,
      N_ ("The step it begins at (default: the first)"), N_ ("STEP") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &line.to, N_ ("The step it ends at (default: the last)"),
      N_ ("STEP") },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &line.seconds,
      N_ ("How long it is, in seconds (default: 20)"), N_ ("S") },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &line.speed,
      N_ ("Training steps that it shows in a second, instead of --seconds"), N_ ("N") },
    { "fps", 0, 0, G_OPTION_ARG_INT, &line.rate, N_ ("Pictures a second (default: 30)"), N_ ("N") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &line.size,
      N_ ("Width and height in pixels (default: 1920x1080)"), N_ ("WxH") },
    { "text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &line.text_scale,
      N_ ("Larger or smaller text: 1.5, 0.8"), N_ ("N") },
    { "theme", 0, 0, G_OPTION_ARG_STRING, &line.theme,
      N_ ("Colours as on the screen (default: light) or for print"), N_ ("light|dark|paper") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &line.threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN"),
    .summary = N_ ("Films the training of a run: its figures, step after step, as a WebM film for "
                   "talks and pages, or\nas numbered PNG pictures, frame-00001.png and so on, for "
                   "other programs to make a film of."),
    .description = names,
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  return run_command (&line, argv[0], arguments[0]);
}
