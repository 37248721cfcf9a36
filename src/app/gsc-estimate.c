/* gsc-estimate.c - time, memory and disk space that a run will take on this machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-estimate.h"

#include <glib/gi18n.h>
#include <math.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "gsc-benchmark.h"
#include "gsc-param-layout.h"
#include "gsc-run-folder.h"
#include "gsc-task-split.h"
#include "gsc-work.h"

/* Widths are put into groups by the nearest power of two: small products use a processor less well
 * than large ones. */
#define N_GROUPS 14

/* Wider models use a processor no better. */
#define MAX_MEASURED_WIDTH 512

/* Niceness of the measuring threads. */
#define NICE 19

/* Millions of operations a second by group of widths, 0: not known. Atomic. */
static guint speeds[N_GROUPS];
static int is_busy; /* atomic */

static guint
find_group (int width)
{
  return MIN ((guint) lround (log2 (MAX (width, 1))), N_GROUPS - 1);
}

/* Operations a second at models like @config's, from the nearest group of widths that is known; 0
 * if none is. */
static double
get_speed (const GscConfig *config)
{
  int group = (int) find_group (config->width);

  for (int distance = 0; distance < N_GROUPS; distance++)
    for (int side = -1; side <= 1; side += 2)
      {
        int other = group + side * distance;
        guint speed = other >= 0 && other < N_GROUPS ? g_atomic_int_get (&speeds[other]) : 0;

        if (speed > 0)
          return speed * 1e6;
      }
  return 0.0;
}

static void
set_speed (const GscConfig *config, double operations)
{
  guint speed = (guint) CLAMP (operations * 1e-6, 1.0, 4e9);

  g_atomic_int_set (&speeds[find_group (config->width)], speed);
}

static double
estimate_disk (const GscConfig *config, const GscParamLayout *layout)
{
  double records = (double) gsc_work_count_records (config, 0, config->steps);
  double snapshot = layout->n_params * sizeof (float);
  int held_out = config->p * config->p - config->tasks;
  /* Numbers of a row of each table, some nine characters each: two measures of each task on two
   * kinds of inputs, and each shot on the four sets. */
  double table = 9.0 * (4.0 * (config->tasks + MIN (held_out, 256)) + 4.0 * config->shots + 20);

  /* Three snapshots are always kept; the state has weights and two moments. */
  return MIN (records * snapshot, MAX (3 * snapshot, (double) GSC_RUN_DEFAULT_BUDGET))
         + records * table + 3 * snapshot;
}

void
gsc_estimate_compute (const GscConfig *config, const GscStopRule *rule, GscEstimate *estimate)
{
  GscModelConfig model;
  g_autoptr (GscParamLayout) layout = NULL;
  double speed = get_speed (config);
  GscConfig trained = *config;

  gsc_config_get_model (config, &model);
  layout = gsc_param_layout_new (&model);
  if (rule != NULL && rule->only_marks)
    rule = NULL;
  if (rule != NULL && rule->mode == GSC_STOP_AT_STEP)
    trained.steps = MIN (trained.steps, rule->step);
  *estimate = (GscEstimate){
    .seconds = -1.0,
    .at_most
    = rule != NULL && (rule->mode == GSC_STOP_PATIENCE || rule->mode == GSC_STOP_AT_ACCURACY),
    /* The window has a copy of the weights. */
    .memory = gsc_work_estimate_memory (config, g_get_num_processors ())
              + layout->n_floats * sizeof (float),
    .available = (double) sysconf (_SC_PHYS_PAGES) * sysconf (_SC_PAGESIZE),
    .disk = estimate_disk (&trained, layout),
  };
  if (speed > 0.0)
    estimate->seconds = gsc_work_count (&trained, 0, trained.steps) / speed;
}

/* Words */

char *
gsc_estimate_seconds_to_text (double seconds)
{
  const double minute = 60, hour = 60 * minute, day = 24 * hour, year = 365 * day;
  gulong n;

  if (seconds < 8)
    return g_strdup (_ ("a few seconds"));
  if (seconds < 55)
    {
      n = 5 * (gulong) ceil (seconds / 5);
      return g_strdup_printf (ngettext ("about %lu second", "about %lu seconds", n), n);
    }
  if (seconds < 57.5 * minute)
    {
      n = (gulong) MAX (lround (seconds / minute), 1);
      if (n >= 10)
        n = 5 * (gulong) lround (seconds / minute / 5);
      return g_strdup_printf (ngettext ("about %lu minute", "about %lu minutes", n), n);
    }
  if (seconds < 36 * hour)
    {
      n = (gulong) MAX (lround (seconds / hour), 1);
      return g_strdup_printf (ngettext ("about %lu hour", "about %lu hours", n), n);
    }
  if (seconds < 60 * day)
    {
      n = (gulong) lround (seconds / day);
      return g_strdup_printf (ngettext ("about %lu day", "about %lu days", n), n);
    }
  if (seconds < 2 * year)
    {
      n = (gulong) lround (seconds / year * 12);
      return g_strdup_printf (ngettext ("about %lu month", "about %lu months", n), n);
    }
  if (seconds < 100 * year)
    {
      n = (gulong) lround (seconds / year);
      return g_strdup_printf (ngettext ("about %lu year", "about %lu years", n), n);
    }
  return g_strdup (_ ("more than a lifetime"));
}

/* "45 MB": two digits, since no more are known. */
static char *
format_bytes (double bytes)
{
  static const char *const formats[]
      = { N_ ("%.*f kB"), N_ ("%.*f MB"), N_ ("%.*f GB"), N_ ("%.*f TB") };
  double number = MAX (bytes / 1e3, 1.0);
  double unit;
  guint i = 0;

  for (; number >= 999.5 && i + 1 < G_N_ELEMENTS (formats); i++)
    number /= 1e3;
  unit = number < 9.95 ? 0.1 : number < 99.5 ? 1.0 : 10.0;
  return g_strdup_printf (_ (formats[i]), number < 9.95 ? 1 : 0, unit * round (number / unit));
}

char *
gsc_estimate_to_text (const GscEstimate *estimate)
{
  g_autofree char *memory = format_bytes (estimate->memory);
  g_autofree char *disk = format_bytes (estimate->disk);
  g_autofree char *seconds = NULL;
  g_autofree char *time = NULL;

  if (estimate->seconds < 0.0)
    time = g_strdup (_ ("time not known yet"));
  else
    {
      seconds = gsc_estimate_seconds_to_text (estimate->seconds);
      time = estimate->at_most ? g_strdup_printf (_ ("at most %s"), seconds)
                               : g_steal_pointer (&seconds);
    }
  if (estimate->available > 0.0 && estimate->memory > estimate->available)
    {
      g_autofree char *available = format_bytes (estimate->available);

      /* Translators: time of a training, its memory, the machine's memory. */
      return g_strdup_printf (_ ("%s · needs %s of memory, but this machine has %s"), time, memory,
                              available);
    }
  /* Translators: time of a training, its memory, its space on the disk. */
  return g_strdup_printf (_ ("%s · %s of memory · %s on disk"), time, memory, disk);
}

/* Measuring */

gboolean
gsc_estimate_is_measured (const GscConfig *config)
{
  return g_atomic_int_get (&speeds[find_group (config->width)]) > 0;
}

void
gsc_estimate_set_measured (const GscConfig *config, double steps_per_second)
{
  double record = gsc_work_count_record (config) / config->record_every;

  if (steps_per_second > 0.0)
    set_speed (config, steps_per_second * (gsc_benchmark_count_real (config) + record));
}

void
gsc_estimate_set_busy (gboolean busy)
{
  g_atomic_int_set (&is_busy, busy);
}

/* A model of about the same speed that is quickly made and fits into memory. */
static GscConfig
make_stand_in (const GscConfig *config)
{
  GscConfig small = *config;

  small.depth = MIN (small.depth, 2);
  if (small.width > MAX_MEASURED_WIDTH)
    {
      small.width = MAX_MEASURED_WIDTH;
      small.heads = 4;
    }
  return small;
}

static gpointer
measure (gpointer data)
{
  g_autoptr (GTask) task = data;
  const GscConfig *config = g_task_get_task_data (task);
  GscConfig stand_in = make_stand_in (config);
  GError *error = NULL;
  double seconds;

  /* Of this thread only, and of those that it starts: on Linux niceness is a thread's. */
  setpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid), NICE);
  seconds = gsc_benchmark_estimate_step (&stand_in, 0, &error);
  if (seconds < 0.0)
    {
      g_task_return_error (task, error);
      return NULL;
    }
  /* A training that began meanwhile has slowed it down: its own figures are better. */
  if (!g_atomic_int_get (&is_busy))
    set_speed (config, gsc_benchmark_count_real (&stand_in) / MAX (seconds, 1e-9));
  g_task_return_boolean (task, TRUE);
  return NULL;
}

void
gsc_estimate_measure_async (const GscConfig *config,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, gsc_estimate_measure_async);
  g_task_set_task_data (task, g_memdup2 (config, sizeof *config), g_free);
  if (g_atomic_int_get (&is_busy))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               _ ("The time is not measured while a training runs."));
      return;
    }
  g_thread_unref (g_thread_new ("estimate", measure, g_steal_pointer (&task)));
}

gboolean
gsc_estimate_measure_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
