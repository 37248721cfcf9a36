/* gsc-scrub-gauge.c - how soon the panels follow when the time is moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-scrub-gauge.h"

#include <glib/gi18n.h>

#include "gsc-frame-change.h"
#include "gsc-plot-view.h"
#include "gsc-run-store.h"

/* Moves of each kind. */
#define N_MOVES 100

/* Milliseconds: between two moves, and after which a move has failed. */
#define PAUSE 20
#define TOO_LONG 20000

/* Kinds of moves. */
typedef enum
{
  FORWARD,
  BACK,
  JUMP,
  N_KINDS,
} Kind;

static const char *const kind_names[] = { "forward", "back", "jump" };

struct _GscScrubGauge
{
  char *run;
  char *folder;

  GscWindow *window;
  GdkFrameClock *clock;
  guint move; /* the one under way, of N_KINDS * N_MOVES; N_KINDS * N_MOVES + 1: none yet */
  gboolean waits;
  gint64 begin;           /* monotonic time of the move under way */
  guint timeout;          /* that it may take */
  guint failures;         /* moves that took longer than that */
  GArray *times[N_KINDS]; /* of double, milliseconds */
};

GscScrubGauge *
gsc_scrub_gauge_new (const char *run, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("grokscope-measure-XXXXXX", error);
  GscScrubGauge *gauge;

  if (folder == NULL)
    return NULL;
  gauge = g_new0 (GscScrubGauge, 1);
  gauge->run = g_canonicalize_filename (run, NULL);
  gauge->folder = g_steal_pointer (&folder);
  for (guint i = 0; i < N_KINDS; i++)
    gauge->times[i] = g_array_new (FALSE, FALSE, sizeof (double));
  return gauge;
}

void
gsc_scrub_gauge_free (GscScrubGauge *gauge)
{
  if (gauge == NULL)
    return;
  g_clear_handle_id (&gauge->timeout, g_source_remove);
  gsc_run_store_delete (gauge->folder, NULL);
  for (guint i = 0; i < N_KINDS; i++)
    g_array_unref (gauge->times[i]);
  g_free (gauge->folder);
  g_free (gauge->run);
  g_free (gauge);
}

const char *
gsc_scrub_gauge_get_folder (GscScrubGauge *gauge)
{
  return gauge->folder;
}

/* What is shown */

/* Whether every figure that can be seen is painted as it is in @frame. */
static gboolean
is_painted (GtkWidget *widget, GscFrame *frame)
{
  if (!gtk_widget_get_mapped (widget))
    return TRUE;
  if (GSC_IS_PLOT_VIEW (widget))
    {
      GscPlotView *view = GSC_PLOT_VIEW (widget);
      const GscFrame *painted = gsc_plot_view_get_painted (view);

      return painted != NULL
             && gsc_frame_change_find (gsc_plot_view_get_figure (view), painted, frame, FALSE)
                    == GSC_FRAME_CHANGE_NONE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!is_painted (child, frame))
      return FALSE;
  return TRUE;
}

static gboolean
is_shown (GscScrubGauge *gauge)
{
  GscSession *session = gsc_window_get_session (gauge->window);
  GscFrame *frame = gsc_session_get_frame (session);
  gboolean busy;

  g_object_get (session, "busy", &busy, NULL);
  if (frame == NULL || busy || frame->step < 0)
    return FALSE;
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (frame->insights[i] != NULL && frame->insight_steps[i] != frame->step)
      return FALSE;
  return is_painted (GTK_WIDGET (gsc_window_get_board (gauge->window)), frame);
}

/* The report */

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_quantile (GArray *sorted, double share)
{
  return g_array_index (sorted, double, (guint) (share * (sorted->len - 1) + 0.5));
}

static void
print_times (const char *name, GArray *times)
{
  if (times->len == 0)
    return;
  g_array_sort (times, compare);
  g_print ("%s_ms_median %.1f\n", name, get_quantile (times, 0.5));
  g_print ("%s_ms_p99 %.1f\n", name, get_quantile (times, 0.99));
  g_print ("%s_ms_max %.1f\n", name, get_quantile (times, 1));
}

static void
finish (GscScrubGauge *gauge)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));

  g_print ("moves %u\n", N_KINDS * N_MOVES);
  g_print ("moves_failed %u\n", gauge->failures);
  for (guint i = 0; i < N_KINDS; i++)
    {
      print_times (kind_names[i], gauge->times[i]);
      g_array_append_vals (all, gauge->times[i]->data, gauge->times[i]->len);
    }
  print_times ("scrub", all);
  gtk_window_close (GTK_WINDOW (gauge->window));
}

/* The moves */

static int
choose_record (guint move, guint n_records)
{
  guint i = move % N_MOVES;

  switch ((Kind) (move / N_MOVES))
    {
    case FORWARD:
      return (int) (i % n_records);
    case BACK:
      return (int) ((n_records - 1) - i % n_records);
    case JUMP:
    case N_KINDS:
    default:
      /* the golden ratio's multiples: far apart, and soon everywhere */
      return (int) ((guint) ((double) n_records * 0.6180339887 * (i + 1)) % n_records);
    }
}

static gboolean begin_move (gpointer data);

static void
end_move (GscScrubGauge *gauge)
{
  g_clear_handle_id (&gauge->timeout, g_source_remove);
  gauge->waits = FALSE;
  gauge->move++;
  if (gauge->move < N_KINDS * N_MOVES)
    g_timeout_add (PAUSE, begin_move, gauge);
  else
    finish (gauge);
}

static gboolean
on_too_long (gpointer data)
{
  GscScrubGauge *gauge = data;

  gauge->timeout = 0;
  gauge->failures++;
  end_move (gauge);
  return G_SOURCE_REMOVE;
}

static gboolean
begin_move (gpointer data)
{
  GscScrubGauge *gauge = data;
  GscSession *session = gsc_window_get_session (gauge->window);
  guint n_records = gsc_session_get_frame (session)->run->records->len;
  int record = choose_record (gauge->move, n_records);

  if (record == gsc_session_get_frame (session)->record)
    record = (record + 1) % (int) n_records;
  gauge->waits = TRUE;
  gauge->begin = g_get_monotonic_time ();
  gauge->timeout = g_timeout_add (TOO_LONG, on_too_long, gauge);
  gsc_session_set_record (session, record);
  return G_SOURCE_REMOVE;
}

/* What is painted by now has just been drawn. */
static void
on_drawn (GscScrubGauge *gauge)
{
  double time = (double) (g_get_monotonic_time () - gauge->begin) * 1e-3;

  if (!gauge->waits || !is_shown (gauge))
    return;
  if (gauge->move < N_KINDS * N_MOVES)
    g_array_append_val (gauge->times[gauge->move / N_MOVES], time);
  end_move (gauge);
}

static gboolean
on_first (gpointer data)
{
  GscScrubGauge *gauge = data;
  GscFrame *frame = gsc_session_get_frame (gsc_window_get_session (gauge->window));

  if (frame == NULL || !is_shown (gauge))
    return G_SOURCE_CONTINUE;
  if (frame->run->records->len < 2)
    {
      g_printerr (_ ("The run has no two records to move between.\n"));
      gtk_window_close (GTK_WINDOW (gauge->window));
      return G_SOURCE_REMOVE;
    }
  begin_move (gauge);
  return G_SOURCE_REMOVE;
}

static void
on_realize (GtkWidget *window, GscScrubGauge *gauge)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                            G_CALLBACK (on_drawn), gauge);
}

void
gsc_scrub_gauge_start (GscScrubGauge *gauge, GscWindow *window)
{
  g_autoptr (GError) error = NULL;
  GscRun *run;

  gauge->window = window;
  run = gsc_library_open (gsc_window_get_library (window), gauge->run, &error);
  if (run == NULL)
    {
      g_printerr ("%s\n", error->message);
      g_idle_add_once ((GSourceOnceFunc) gtk_window_close, window);
      return;
    }
  gsc_window_show_run (window, run);
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), gauge);
  g_timeout_add (PAUSE, on_first, gauge);
}
