/* gsc-phase-frame.c - what a phase diagram shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-frame.h"

#include <math.h>

#include <glib/gi18n.h>

/* Ratios of neighbouring values that differ by less are the same. */
#define SAME_RATIO 1e-6

const char *
gsc_phase_axis_get_title (const char *key)
{
  static const struct
  {
    const char *key;
    const char *title;
  } titles[] = {
    { "tasks", N_ ("pre-training tasks") },
    { "alpha", N_ ("share of training inputs α") },
    { "depth", N_ ("depth L") },
    { "width", N_ ("width d") },
    { "heads", N_ ("heads H") },
    { "shots", N_ ("examples S") },
    { "p", N_ ("prime p") },
    { "seed", N_ ("seed") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (titles[i].key, key) == 0)
      return titles[i].title;
  return key;
}

/* Views */

static gboolean
is_seed (const GscSweepAxis *axis)
{
  return g_str_equal (axis->key, "seed");
}

/* The first axis that is not @taken: seeds last. */
static int
find_free_axis (const GscSweep *sweep, int taken, int also_taken)
{
  for (int seeds = 0; seeds < 2; seeds++)
    for (guint i = 0; i < sweep->n_axes; i++)
      if ((int) i != taken && (int) i != also_taken && is_seed (&sweep->axes[i]) == seeds)
        return (int) i;
  return GSC_PHASE_NO_AXIS;
}

void
gsc_phase_view_init (GscPhaseView *view, const GscSweep *sweep)
{
  int tasks = gsc_sweep_find_axis (sweep, "tasks");
  int alpha = gsc_sweep_find_axis (sweep, "alpha");

  g_return_if_fail (sweep->n_axes <= GSC_PHASE_MAX_AXES);
  *view = (GscPhaseView){ .moment = GSC_SWEEP_BEST };
  view->across = tasks >= 0 ? tasks : find_free_axis (sweep, alpha, GSC_PHASE_NO_AXIS);
  view->up = alpha >= 0 ? alpha : find_free_axis (sweep, view->across, GSC_PHASE_NO_AXIS);
  for (guint i = 0; i < sweep->n_axes; i++)
    view->at[i] = is_seed (&sweep->axes[i]) ? GSC_PHASE_ALL : 0;
}

/* Axes of the plane */

typedef struct
{
  double number;
  guint value;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a, *second = b;

  if (first->number != second->number)
    return first->number < second->number ? -1 : 1;
  return first->value < second->value ? -1 : first->value > second->value;
}

static gboolean
read_number (const char *text, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*number);
}

static gboolean
is_doubling (const Place *places, guint n)
{
  for (guint i = 1; i < n; i++)
    if (!(places[i - 1].number > 0)
        || fabs (places[i].number / places[i - 1].number - 2) > SAME_RATIO)
      return FALSE;
  return n > 1;
}

static void
axis_init (GscPhaseAxis *axis, const GscSweep *sweep, int index)
{
  const GscSweepAxis *source = index >= 0 ? &sweep->axes[index] : NULL;
  g_autofree Place *places = NULL;
  gboolean numbers = TRUE;

  axis->axis = index;
  axis->n = source != NULL ? source->n_values : 1;
  axis->values = g_new0 (guint, axis->n);
  axis->names = g_new0 (char *, axis->n + 1);
  if (source == NULL)
    {
      axis->names[0] = g_strdup ("");
      return;
    }
  axis->key = source->key;
  axis->title = gsc_phase_axis_get_title (source->key);
  places = g_new0 (Place, axis->n);
  for (guint i = 0; i < axis->n; i++)
    {
      places[i].value = i;
      numbers = read_number (source->values[i], &places[i].number) && numbers;
    }
  for (guint i = 0; i < axis->n && !numbers; i++)
    places[i].number = 0;
  qsort (places, axis->n, sizeof *places, compare_places);
  axis->doubling = is_doubling (places, axis->n);
  for (guint i = 0; i < axis->n; i++)
    {
      axis->values[i] = places[i].value;
      axis->names[i] = g_strdup (source->values[places[i].value]);
    }
}

static void
axis_clear (GscPhaseAxis *axis)
{
  g_free (axis->values);
  g_strfreev (axis->names);
}

/* Cells */

/* Whether the run of @cell is among those of the view. */
static gboolean
is_in_view (const GscSweep *sweep, const GscPhaseView *view, guint cell)
{
  for (guint i = 0; i < sweep->n_axes; i++)
    if ((int) i != view->across && (int) i != view->up && view->at[i] >= 0
        && sweep->cells[cell].at[i] != (guint) view->at[i])
      return FALSE;
  return TRUE;
}

/* Where the run of @cell stands along an axis. */
static guint
find_place (const GscPhaseAxis *axis, const GscSweepCell *cell)
{
  guint place = 0;

  while (axis->axis >= 0 && axis->values[place] != cell->at[axis->axis])
    place++;
  return place;
}

static void
run_init (GscPhaseRun *run,
          const GscSweep *sweep,
          const GscSweepTable *table,
          guint cell,
          GscSweepMoment moment)
{
  const GscSweepResult *result = &table->results[cell];

  run->cell = cell;
  run->name = g_strdup (sweep->cells[cell].name);
  run->state = result->state;
  run->counts = result->counts;
  if (!result->counts)
    return;
  run->step = result->at[moment].step;
  run->phase = result->at[moment].phase;
  for (guint set = 0; set < GSC_N_SETS; set++)
    run->accuracy[set] = result->at[moment].accuracy[set];
}

/* Sorts the sweep's runs into the cells, in the sweep's order. */
static void
make_runs (GscPhaseFrame *frame, const GscSweep *sweep, const GscSweepTable *table)
{
  guint n_cells = frame->across.n * frame->up.n, n = 0;
  g_autofree int *place = g_new (int, MAX (sweep->n_cells, 1));
  g_autofree guint *next = g_new (guint, n_cells);

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      const GscSweepCell *cell = &sweep->cells[i];

      place[i] = -1;
      if (!is_in_view (sweep, &frame->view, i))
        continue;
      place[i] = (int) (find_place (&frame->up, cell) * frame->across.n
                        + find_place (&frame->across, cell));
      frame->cells[place[i]].n_runs++;
      frame->n_runs++;
    }
  for (guint i = 0; i < n_cells; i++)
    {
      frame->cells[i].first_run = next[i] = n;
      n += frame->cells[i].n_runs;
    }
  frame->runs = g_new0 (GscPhaseRun, MAX (frame->n_runs, 1));
  for (guint i = 0; i < sweep->n_cells; i++)
    if (place[i] >= 0)
      run_init (&frame->runs[next[place[i]]++], sweep, table, i, frame->view.moment);
}

/* Two passes, for exact spreads. */
static void
score_cell (const GscPhaseFrame *frame, GscPhaseCell *cell)
{
  const GscPhaseRun *runs = &frame->runs[cell->first_run];
  guint phases[GSC_N_PHASES] = { 0 };

  for (guint i = 0; i < cell->n_runs; i++)
    {
      cell->n_states[runs[i].state]++;
      cell->n_counted += runs[i].counts;
    }
  cell->partial = cell->n_states[GSC_SWEEP_FINISHED] < cell->n_runs;
  for (guint i = 0; i < cell->n_runs; i++)
    {
      if (!runs[i].counts)
        continue;
      cell->step += (double) runs[i].step / cell->n_counted;
      phases[runs[i].phase]++;
      for (guint set = 0; set < GSC_N_SETS; set++)
        cell->mean[set] += runs[i].accuracy[set] / cell->n_counted;
    }
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      double squares = 0;

      for (guint i = 0; i < cell->n_runs; i++)
        if (runs[i].counts)
          squares += (runs[i].accuracy[set] - cell->mean[set])
                     * (runs[i].accuracy[set] - cell->mean[set]);
      cell->spread[set] = cell->n_counted > 1 ? sqrt (squares / (cell->n_counted - 1)) : NAN;
    }
  for (guint phase = 0; phase < GSC_N_PHASES; phase++)
    if (phases[phase] > cell->n_phase)
      {
        cell->phase = (GscPhase) phase;
        cell->n_phase = phases[phase];
      }
}

static void
score_cells (GscPhaseFrame *frame)
{
  for (guint i = 0; i < frame->across.n * frame->up.n; i++)
    {
      GscPhaseCell *cell = &frame->cells[i];

      score_cell (frame, cell);
      for (guint state = 0; state < GSC_SWEEP_N_STATES; state++)
        frame->n_states[state] += cell->n_states[state];
      if (cell->n_counted > 0)
        frame->n_phases[cell->phase]++;
      else
        frame->n_missing++;
    }
}

/* The axes beside the plane that are fixed, and those that are not. */
static void
describe_others (GscPhaseFrame *frame, const GscSweep *sweep)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GString) together = g_string_new (NULL);

  for (guint i = 0; i < sweep->n_axes; i++)
    {
      const GscSweepAxis *axis = &sweep->axes[i];

      if ((int) i == frame->view.across || (int) i == frame->view.up)
        continue;
      if (frame->view.at[i] >= 0)
        {
          g_strv_builder_add (keys, axis->key);
          g_strv_builder_add (values, axis->values[frame->view.at[i]]);
        }
      else if (axis->n_values > 1)
        g_string_append_printf (together, "%s%s", together->len > 0 ? ", " : "", axis->key);
    }
  frame->fixed_keys = g_strv_builder_end (keys);
  frame->fixed_values = g_strv_builder_end (values);
  frame->together = together->len > 0 ? g_strdup (together->str) : NULL;
}

/* Frames */

/* Numbers of axes and values that the sweep has not are as if they were not given. */
static void
check_view (GscPhaseView *view, const GscSweep *sweep)
{
  if (view->across >= (int) sweep->n_axes || view->across < 0)
    view->across = GSC_PHASE_NO_AXIS;
  if (view->up >= (int) sweep->n_axes || view->up < 0 || view->up == view->across)
    view->up = GSC_PHASE_NO_AXIS;
  for (guint i = 0; i < sweep->n_axes; i++)
    if (view->at[i] < 0 || view->at[i] >= (int) sweep->axes[i].n_values)
      view->at[i] = GSC_PHASE_ALL;
}

/* The recipe of the first run that is shown. */
static const GscConfig *
get_base (const GscPhaseFrame *frame, const GscSweep *sweep)
{
  return frame->n_runs > 0 ? &sweep->cells[frame->runs[0].cell].config : &sweep->base;
}

GscPhaseFrame *
gsc_phase_frame_new (const GscSweep *sweep,
                     const GscSweepTable *table,
                     const GscSweepTableOptions *options,
                     const GscPhaseView *view)
{
  GscPhaseFrame *frame = g_new0 (GscPhaseFrame, 1);

  g_atomic_ref_count_init (&frame->references);
  frame->name = g_strdup (sweep->name != NULL ? sweep->name : "");
  frame->view = *view;
  check_view (&frame->view, sweep);
  frame->set = options->set;
  for (guint set = 0; set < GSC_N_SETS; set++)
    frame->thresholds[set] = options->thresholds[set];
  axis_init (&frame->across, sweep, frame->view.across);
  axis_init (&frame->up, sweep, frame->view.up);
  frame->cells = g_new0 (GscPhaseCell, frame->across.n * frame->up.n);
  make_runs (frame, sweep, table);
  score_cells (frame);
  describe_others (frame, sweep);
  frame->base = *get_base (frame, sweep);
  return frame;
}

GscPhaseFrame *
gsc_phase_frame_ref (GscPhaseFrame *frame)
{
  g_atomic_ref_count_inc (&frame->references);
  return frame;
}

void
gsc_phase_frame_unref (GscPhaseFrame *frame)
{
  if (frame == NULL || !g_atomic_ref_count_dec (&frame->references))
    return;
  for (guint i = 0; i < frame->n_runs; i++)
    g_free (frame->runs[i].name);
  g_free (frame->runs);
  g_free (frame->cells);
  axis_clear (&frame->across);
  axis_clear (&frame->up);
  g_strfreev (frame->fixed_keys);
  g_strfreev (frame->fixed_values);
  g_free (frame->together);
  g_free (frame->name);
  g_free (frame);
}

const GscPhaseCell *
gsc_phase_frame_get_cell (const GscPhaseFrame *frame, guint column, guint row)
{
  g_return_val_if_fail (column < frame->across.n && row < frame->up.n, NULL);
  return &frame->cells[row * frame->across.n + column];
}

const GscPhaseRun *
gsc_phase_frame_get_run (const GscPhaseFrame *frame, const GscPhaseCell *cell)
{
  const GscPhaseRun *runs = &frame->runs[cell->first_run];

  for (guint i = 0; i < cell->n_runs && cell->n_counted > 0; i++)
    if (runs[i].counts && runs[i].phase == cell->phase)
      return &runs[i];
  for (guint i = 0; i < cell->n_runs; i++)
    if (runs[i].state != GSC_SWEEP_TO_DO)
      return &runs[i];
  return NULL;
}
