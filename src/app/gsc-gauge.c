/* gsc-gauge.c - how fluid the window is while a model trains, and what showing it costs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-gauge.h"

#include <glib/gi18n.h>

#include "gsc-run-store.h"

/* Shown and hidden in an order that cancels a steady drift: ABBA ABBA ... */
static const gboolean shown[] = { TRUE, FALSE, FALSE, TRUE };

/* Milliseconds. The training and the processor's clock settle; then phases are short, because what
 * else the machine does changes within seconds, and many. */
#define WARM_UP 4000
#define PHASE 2000

/* The share of a phase in which showing or hiding everything settles; it is not counted. */
#define SETTLING 0.2

/* Milliseconds between updates where nothing is shown. */
#define HIDDEN_INTERVAL (3600 * 1000)
#define SHOWN_INTERVAL 120

struct _GscGauge
{
  char *folder;
  GscWindow *window;
  gint64 start;
  gint64 first_frame;

  guint n_phases; /* a multiple of four */
  guint phase_milliseconds;
  guint phase;
  gint64 phase_time;
  gint64 phase_step;
  guint frames; /* of the session */
  double shown_seconds;
  GArray *speeds[2]; /* of double: steps a second of the hidden phases, of the shown ones */
};

/* The poll function has no data of its own. */
static GArray *stalls; /* of double, milliseconds */
static gboolean counting;
static gint64 woke;

static int
poll_func (GPollFD *fds, guint n_fds, int timeout)
{
  int result;

  if (counting && woke != 0)
    {
      double busy = (double) (g_get_monotonic_time () - woke) * 1e-3;

      g_array_append_val (stalls, busy);
    }
  result = g_poll (fds, n_fds, timeout);
  woke = g_get_monotonic_time ();
  return result;
}

GscGauge *
gsc_gauge_new (guint seconds, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("grokscope-measure-XXXXXX", error);
  GscGauge *gauge;

  if (folder == NULL)
    return NULL;
  gauge = g_new0 (GscGauge, 1);
  gauge->n_phases = MAX (1, seconds * 1000 / (PHASE * G_N_ELEMENTS (shown))) * G_N_ELEMENTS (shown);
  gauge->phase_milliseconds = seconds * 1000 / gauge->n_phases;
  for (int i = 0; i < 2; i++)
    gauge->speeds[i] = g_array_new (FALSE, FALSE, sizeof (double));
  gauge->folder = g_steal_pointer (&folder);
  stalls = g_array_new (FALSE, FALSE, sizeof (double));
  return gauge;
}

void
gsc_gauge_free (GscGauge *gauge)
{
  if (gauge == NULL)
    return;
  gsc_run_store_delete (gauge->folder, NULL);
  g_free (gauge->folder);
  g_clear_pointer (&stalls, g_array_unref);
  for (int i = 0; i < 2; i++)
    g_array_unref (gauge->speeds[i]);
  g_free (gauge);
}

const char *
gsc_gauge_get_folder (GscGauge *gauge)
{
  return gauge->folder;
}

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

/* The shares of the steps that the display takes, in percent, of all neighbouring pairs of a shown
 * and a hidden phase: other programs' load changes more between pairs than within one. */
static GArray *
list_costs (const GscGauge *gauge)
{
  GArray *costs = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < MIN (gauge->speeds[FALSE]->len, gauge->speeds[TRUE]->len); i++)
    {
      double hidden = g_array_index (gauge->speeds[FALSE], double, i);
      double cost = 100 * (1 - g_array_index (gauge->speeds[TRUE], double, i) / hidden);

      g_array_append_val (costs, cost);
    }
  g_array_sort (costs, compare);
  return costs;
}

static void
print_report (const GscGauge *gauge)
{
  g_autoptr (GArray) costs = list_costs (gauge);
  double busy = 0;

  for (guint i = 0; i < stalls->len; i++)
    busy += g_array_index (stalls, double, i);
  g_array_sort (stalls, compare);
  g_print ("first_frame_ms %.0f\n", (double) (gauge->first_frame - gauge->start) * 1e-3);
  g_print ("main_loop_turns %u\n", stalls->len);
  g_print ("main_loop_busy_percent %.1f\n", busy / gauge->shown_seconds * 0.1);
  g_print ("stall_ms_median %.2f\n", get_quantile (stalls, 0.5));
  g_print ("stall_ms_p99 %.2f\n", get_quantile (stalls, 0.99));
  g_print ("stall_ms_max %.2f\n", get_quantile (stalls, 1));
  g_print ("frames_per_second %.1f\n", gauge->frames / gauge->shown_seconds);
  for (int i = 1; i >= 0; i--)
    {
      g_array_sort (gauge->speeds[i], compare);
      g_print ("steps_per_second_%s %.1f\n", i ? "shown" : "hidden",
               get_quantile (gauge->speeds[i], 0.5));
    }
  g_print ("pairs %u\n", costs->len);
  g_print ("display_costs_percent %.1f\n", get_quantile (costs, 0.5));
  g_print ("display_costs_percent_quartiles %.1f %.1f\n", get_quantile (costs, 0.25),
           get_quantile (costs, 0.75));
}

static gint64
get_step (const GscGauge *gauge)
{
  return gsc_worker_get_step (gsc_library_get_worker (gsc_window_get_library (gauge->window)));
}

static gboolean
is_shown (const GscGauge *gauge)
{
  return shown[gauge->phase % G_N_ELEMENTS (shown)];
}

static gboolean
on_settled (gpointer data)
{
  GscGauge *gauge = data;

  gauge->phase_time = g_get_monotonic_time ();
  gauge->phase_step = get_step (gauge);
  counting = is_shown (gauge);
  return G_SOURCE_REMOVE;
}

static gboolean on_phase_over (gpointer data);

static void
begin_phase (GscGauge *gauge)
{
  GscLibrary *library = gsc_window_get_library (gauge->window);
  gboolean show = is_shown (gauge);

  gsc_worker_set_interval (gsc_library_get_worker (library),
                           show ? SHOWN_INTERVAL : HIDDEN_INTERVAL);
  gtk_widget_set_visible (GTK_WIDGET (gsc_window_get_board (gauge->window)), show);
  gsc_session_set_run (gsc_window_get_session (gauge->window),
                       show ? gsc_library_get_training (library) : NULL);
  g_timeout_add ((guint) (SETTLING * gauge->phase_milliseconds), on_settled, gauge);
  g_timeout_add (gauge->phase_milliseconds, on_phase_over, gauge);
}

static void
finish (GscGauge *gauge)
{
  if (gauge->speeds[TRUE]->len > 0 && gauge->speeds[FALSE]->len > 0 && stalls->len > 0)
    print_report (gauge);
  else
    g_printerr (_ ("The training ended before there was anything to compare.\n"));
  gtk_window_close (GTK_WINDOW (gauge->window));
}

static gboolean
on_phase_over (gpointer data)
{
  GscGauge *gauge = data;
  double seconds = (double) (g_get_monotonic_time () - gauge->phase_time) * 1e-6;
  double speed = (double) (get_step (gauge) - gauge->phase_step) / seconds;

  counting = FALSE;
  /* A fast machine may have finished the run. */
  if (gsc_library_get_training (gsc_window_get_library (gauge->window)) == NULL)
    {
      finish (gauge);
      return G_SOURCE_REMOVE;
    }
  g_array_append_val (gauge->speeds[is_shown (gauge)], speed);
  if (is_shown (gauge))
    gauge->shown_seconds += seconds;
  if (++gauge->phase < gauge->n_phases)
    begin_phase (gauge);
  else
    finish (gauge);
  return G_SOURCE_REMOVE;
}

static gboolean
on_warm (gpointer data)
{
  begin_phase (data);
  return G_SOURCE_REMOVE;
}

static void
on_frame (GscGauge *gauge)
{
  if (counting)
    gauge->frames++;
}

static void
on_first_paint (GdkFrameClock *clock, gpointer data)
{
  GscGauge *gauge = data;

  g_signal_handlers_disconnect_by_func (clock, on_first_paint, gauge);
  gauge->first_frame = g_get_monotonic_time ();
  g_action_group_activate_action (G_ACTION_GROUP (gauge->window), "train-quick", NULL);
  g_signal_connect_swapped (gsc_window_get_session (gauge->window), "notify::frame",
                            G_CALLBACK (on_frame), gauge);
  g_timeout_add (WARM_UP, on_warm, gauge);
}

static void
on_realize (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_first_paint),
                    data);
}

void
gsc_gauge_start (GscGauge *gauge, GscWindow *window, gint64 start)
{
  gauge->window = window;
  gauge->start = start;
  g_main_context_set_poll_func (NULL, poll_func);
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), gauge);
}
