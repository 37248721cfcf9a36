/* gsc-cli-sweep-progress.c - what `sweep run` shows while it trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On a terminal a few lines, rewritten several times a second: one for each run under way and one
 * for all together. Elsewhere a line for each run that ends, and now and then one for all.
 */

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "gsc-cli-sweep.h"
#include "gsc-text-table.h"

#define LINE_INTERVAL (60 * G_USEC_PER_SEC) /* elsewhere than on a terminal */
#define DEFAULT_COLUMNS 80
#define DEFAULT_ROWS 24

struct _GscSweepDisplay
{
  const GscSweep *sweep;
  gboolean live;  /* a terminal that can rewrite lines */
  gboolean *told; /* [n_cells] that it has ended */
  gboolean begun; /* the runs that had ended before have been passed over */
  guint n_lines;  /* on the screen, to be rewritten */
  gint64 said;    /* when all together were last told of */
};

GscSweepDisplay *
gsc_sweep_display_new (const GscSweep *sweep)
{
  GscSweepDisplay *display = g_new0 (GscSweepDisplay, 1);

  display->sweep = sweep;
  display->live = isatty (STDOUT_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
  display->told = g_new0 (gboolean, sweep->n_cells);
  display->said = g_get_monotonic_time ();
  return display;
}

void
gsc_sweep_display_free (GscSweepDisplay *display)
{
  if (display == NULL)
    return;
  g_free (display->told);
  g_free (display);
}

static void
get_size (guint *columns, guint *rows)
{
  struct winsize size;

  *columns = DEFAULT_COLUMNS;
  *rows = DEFAULT_ROWS;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
    {
      *columns = size.ws_col;
      *rows = size.ws_row;
    }
}

/* Cut to the terminal's width; the last column stays free, for some terminals wrap there. */
static void
append_line (GString *text, const char *line, guint columns, guint *n_lines)
{
  g_autofree char *cut = g_strdup (line);

  while (gsc_text_table_measure (cut) > columns - 1)
    *g_utf8_find_prev_char (cut, cut + strlen (cut)) = '\0';

  g_string_append_printf (text, "%s\033[K\n", cut);
  (*n_lines)++;
}

/* (transfer full) */
static char *
describe_all (const GscSweepDisplay *display, const GscSweepRunnerSummary *summary)
{
  g_autofree char *left = gsc_cli_sweep_format_left (summary->left);
  const char *most = display->sweep->stop.mode != GSC_STOP_OFF ? _ ("at most ") : "";
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%u of %u runs finished, %.0f %% of the work"),
                          summary->n[GSC_SWEEP_FINISHED], display->sweep->n_cells,
                          100 * summary->done);
  if (summary->n[GSC_SWEEP_FAILED] > 0)
    g_string_append_printf (text, _ (", %u failed"), summary->n[GSC_SWEEP_FAILED]);
  if (summary->n[GSC_SWEEP_TRAINING] > summary->n_here)
    g_string_append_printf (text, _ (", %u trained elsewhere"),
                            summary->n[GSC_SWEEP_TRAINING] - summary->n_here);
  if (summary->ending)
    g_string_append (text, _ ("; stopping"));
  else if (summary->n_here > 0 && summary->left >= 0)
    g_string_append_printf (text, _ ("; %s%s left"), most, left);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (transfer full) */
static char *
describe_cell (const GscSweepDisplay *display, guint index, const GscSweepRunnerCell *cell)
{
  g_autofree char *left = gsc_cli_sweep_format_left (cell->left);

  /* Translators: a run of a sweep: name, steps done and planned, time left */
  return g_strdup_printf (_ ("%s  %.0f/%.0f  %s left"), display->sweep->cells[index].name,
                          (double) cell->step, (double) display->sweep->cells[index].config.steps,
                          left);
}

static char *
describe_end (const GscSweepDisplay *display, guint index, const GscSweepRunnerCell *cell)
{
  const char *name = display->sweep->cells[index].name;

  if (cell->state == GSC_SWEEP_FAILED)
    return g_strdup_printf (_ ("%s: failed. %s"), name, cell->why);
  if (cell->why != NULL)
    return g_strdup_printf (_ ("%s: ended at step %.0f. %s"), name, (double) cell->step, cell->why);
  return g_strdup_printf (_ ("%s: finished, %.0f steps"), name, (double) cell->step);
}

/* Goes back to the first of the lines that are rewritten. */
static void
rewind_lines (GscSweepDisplay *display, GString *text)
{
  if (display->n_lines > 0)
    g_string_append_printf (text, "\033[%uA\r\033[J", display->n_lines);
  display->n_lines = 0;
}

/* Those that have ended since the last time. */
static void
append_ended (GscSweepDisplay *display, GscSweepRunner *runner, GString *text)
{
  for (guint i = 0; i < display->sweep->n_cells; i++)
    {
      GscSweepRunnerCell cell;
      g_autofree char *line = NULL;

      gsc_sweep_runner_get_cell (runner, i, &cell);
      if (display->told[i] || (cell.state != GSC_SWEEP_FINISHED && cell.state != GSC_SWEEP_FAILED))
        continue;
      display->told[i] = TRUE;
      if (!display->begun && cell.state == GSC_SWEEP_FINISHED)
        continue;
      line = describe_end (display, i, &cell);
      g_string_append_printf (text, "%s\n", line);
    }
  display->begun = TRUE;
}

static void
append_live (GscSweepDisplay *display, GscSweepRunner *runner, GString *text, const char *all)
{
  guint columns, rows;

  get_size (&columns, &rows);
  for (guint i = 0; i < display->sweep->n_cells && display->n_lines + 2 < rows; i++)
    {
      GscSweepRunnerCell cell;
      g_autofree char *line = NULL;

      gsc_sweep_runner_get_cell (runner, i, &cell);
      if (!cell.here)
        continue;
      line = describe_cell (display, i, &cell);
      append_line (text, line, columns, &display->n_lines);
    }
  append_line (text, all, columns, &display->n_lines);
}

void
gsc_sweep_display_update (GscSweepRunner *runner, gpointer data)
{
  GscSweepDisplay *display = data;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *all = NULL;
  GscSweepRunnerSummary summary;
  gint64 now = g_get_monotonic_time ();
  gsize before;

  gsc_sweep_runner_get_summary (runner, &summary);
  all = describe_all (display, &summary);
  rewind_lines (display, text);
  before = text->len;
  append_ended (display, runner, text);
  if (display->live)
    append_live (display, runner, text, all);
  else if (text->len > before || now - display->said >= LINE_INTERVAL)
    {
      g_string_append_printf (text, "%s\n", all);
      display->said = now;
    }
  if (text->len > 0)
    gsc_cli_print ("%s", text->str);
}

void
gsc_sweep_display_finish (GscSweepDisplay *display, GscSweepRunner *runner)
{
  g_autoptr (GString) text = g_string_new (NULL);

  rewind_lines (display, text);
  append_ended (display, runner, text);
  gsc_cli_print ("%s", text->str);
}
