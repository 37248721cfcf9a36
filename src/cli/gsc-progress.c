/* gsc-progress.c - what `train` shows while it trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "gsc-cli.h"
#include "gsc-text-table.h"

#define REDRAW_INTERVAL 100000 /* microseconds */
#define RATE_WINDOW 2.0        /* steps per second are those of about the last two seconds */
#define DEFAULT_COLUMNS 80
#define MIN_BAR 6
#define MAX_BAR 30

struct _GscProgress
{
  gint64 steps;
  gint64 first_step;
  gboolean live;   /* a terminal that can rewrite a line */
  gboolean blocks; /* it shows block elements */
  gboolean drawn;

  gint64 begin; /* times in microseconds */
  gint64 redrawn;
  double mark_seconds; /* training time when the rate was last taken, and the step */
  gint64 mark_step;
  gboolean settled; /* a whole window is over */
  double rate;      /* steps per second of training; 0 while unknown */

  gint64 step;
  double loss;
  gboolean scored;
  double accuracies[GSC_N_SETS]; /* of the latest record, at the last shot */
};

static gboolean
can_rewrite (void)
{
  const char *terminal = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && g_strcmp0 (terminal, "dumb") != 0;
}

static int
get_columns (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return DEFAULT_COLUMNS;
}

/* Numbers for people: fewer digits where there is less room for doubt. */
static char *
format_rate (double rate)
{
  return g_strdup_printf (rate < 10 ? "%.2f" : rate < 100 ? "%.1f" : "%.0f", rate);
}

/* "1:05", "2:00:10"; "-" while unknown. */
static char *
format_left (const GscProgress *progress)
{
  double elapsed = (g_get_monotonic_time () - progress->begin) * 1e-6;
  gint64 done = progress->step - progress->first_step;
  gint64 left;

  if (done <= 0 || elapsed <= 0.0)
    return g_strdup ("-");
  /* Of the whole session, evaluation included: steadier than the rate of the moment. */
  left = (gint64) (elapsed / (double) done * (double) (progress->steps - progress->step) + 0.5);
  if (left >= 100 * 3600)
    return gsc_cli_format_duration ((double) left);
  if (left >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int) (left / 3600), (int) (left / 60 % 60),
                            (int) (left % 60));
  return g_strdup_printf ("%d:%02d", (int) (left / 60), (int) (left % 60));
}

/* The four accuracies, @separator between them. */
static char *
format_accuracies (const GscProgress *progress, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      g_string_append (text, i > 0 ? separator : "");
      if (progress->scored)
        g_string_append_printf (text, "%.2f", progress->accuracies[i]);
      else
        g_string_append (text, "   -");
    }
  return g_string_free (text, FALSE);
}

static void
append_bar (const GscProgress *progress, GString *line, int width)
{
  int filled = (int) ((double) width * (double) progress->step / (double) progress->steps);

  for (int i = 0; i < width; i++)
    if (progress->blocks)
      g_string_append (line, i < filled ? "█" : "░");
    else
      g_string_append_c (line, i < filled ? '#' : '.');
  g_string_append_c (line, ' ');
}

/* The longest of several forms that fits @columns, a bar before it where there is still room. */
static char *
format_line (const GscProgress *progress, int columns)
{
  g_autofree char *accuracies = format_accuracies (progress, " ");
  g_autofree char *rate = format_rate (progress->rate);
  g_autofree char *left = format_left (progress);
  g_autofree char *count
      = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, progress->step, progress->steps);
  int percent = (int) (100.0 * (double) progress->step / (double) progress->steps);
  char *forms[] = {
    /* Translators: the live line of "train": steps done, loss, four accuracies, steps a second,
       time left */
    g_strdup_printf (_ ("%s  loss %.3f  acc %s  %s/s  %s left"), count, progress->loss, accuracies,
                     rate, left),
    g_strdup_printf ("%s  %.3f  %s  %s/s  %s", count, progress->loss, accuracies, rate, left),
    g_strdup_printf ("%s  %.3f  %s  %s", count, progress->loss, accuracies, left),
    g_strdup_printf ("%d %%  %s  %s", percent, accuracies, left),
    g_strdup_printf ("%d %%  %s", percent, left),
    g_strdup_printf ("%d %%", percent),
  };
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean fits = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      int room = columns - (int) gsc_text_table_measure (forms[i]);

      if (!fits && room >= 0)
        {
          fits = TRUE;
          if (room > MIN_BAR)
            append_bar (progress, line, MIN (room - 1, MAX_BAR));
          g_string_append (line, forms[i]);
        }
      g_free (forms[i]);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
draw (GscProgress *progress)
{
  /* The last column stays free: some terminals wrap there. */
  g_autofree char *line = format_line (progress, get_columns () - 1);

  gsc_cli_print ("\r%s\033[K", line);
  progress->drawn = TRUE;
  progress->redrawn = g_get_monotonic_time ();
}

GscProgress *
gsc_progress_new (const GscConfig *config, gint64 first_step)
{
  GscProgress *progress = g_new0 (GscProgress, 1);
  g_autofree char *meaning = g_strdup_printf (
      _ ("Accuracies are those at the last shot (%d examples seen; chance %.2f): "
         "i.d. tasks with training inputs and with test inputs, then o.o.d. tasks "
         "with both."),
      config->shots - 1, 1.0 / config->p);

  progress->steps = config->steps;
  progress->first_step = first_step;
  progress->step = first_step;
  progress->live = can_rewrite ();
  progress->blocks = g_get_charset (NULL);
  progress->begin = g_get_monotonic_time ();
  progress->mark_step = -1;

  gsc_cli_print_paragraph (meaning, 0);
  if (progress->live)
    gsc_cli_print (
        _ ("Steps done, training loss, the four accuracies, steps a second, time left:\n"));
  else
    gsc_cli_print ("%9s %8s %8s %8s %9s %8s %9s %9s\n", _ ("step"), _ ("loss"), "id_train",
                   "id_test", "ood_train", "ood_test", _ ("steps/s"), _ ("left"));
  return progress;
}

void
gsc_progress_free (GscProgress *progress)
{
  g_free (progress);
}

static void
take_rate (GscProgress *progress, const GscStepInfo *info)
{
  double seconds = info->seconds - progress->mark_seconds;

  /* The first step of a session warms up and does not count; a window that has just begun says too
   * little. */
  if (progress->mark_step < 0)
    {
      progress->mark_seconds = info->seconds;
      progress->mark_step = info->step;
      return;
    }
  if (seconds > 0.0 && (!progress->settled || seconds >= RATE_WINDOW / 4))
    progress->rate = (double) (info->step - progress->mark_step) / seconds;
  if (seconds >= RATE_WINDOW)
    {
      progress->settled = TRUE;
      progress->mark_seconds = info->seconds;
      progress->mark_step = info->step;
    }
}

void
gsc_progress_step (GscProgress *progress, const GscStepInfo *info)
{
  gint64 now = g_get_monotonic_time ();

  progress->step = info->step;
  progress->loss = info->loss;
  take_rate (progress, info);
  if (progress->live && now - progress->redrawn >= REDRAW_INTERVAL)
    draw (progress);
}

void
gsc_progress_record (GscProgress *progress, const GscRecord *record)
{
  progress->step = record->step;
  progress->loss = record->train_loss;
  progress->scored = TRUE;
  for (guint i = 0; i < GSC_N_SETS; i++)
    progress->accuracies[i] = record->sets[i].last_accuracy;

  if (progress->live)
    draw (progress);
  else
    {
      g_autofree char *rate = format_rate (progress->rate);
      g_autofree char *left = format_left (progress);

      gsc_cli_print ("%9" G_GINT64_FORMAT " %8.4f %8.3f %8.3f %9.3f %8.3f %9s %9s\n",
                     progress->step, progress->loss, progress->accuracies[GSC_SET_ID_TRAIN],
                     progress->accuracies[GSC_SET_ID_TEST], progress->accuracies[GSC_SET_OOD_TRAIN],
                     progress->accuracies[GSC_SET_OOD_TEST], progress->rate > 0.0 ? rate : "-",
                     left);
    }
}

void
gsc_progress_finish (GscProgress *progress)
{
  if (!progress->drawn)
    return;
  draw (progress);
  gsc_cli_print ("\n");
  progress->drawn = FALSE;
}
