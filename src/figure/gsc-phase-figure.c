/* gsc-phase-figure.c - phase diagrams: what they are, picks, words and numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-figure.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-number.h"

const char *
gsc_phase_map_get_name (GscPhaseMap map)
{
  g_return_val_if_fail ((guint) map < GSC_PHASE_N_MAPS, NULL);
  return map == GSC_PHASE_MAP_PHASES ? "phase" : gsc_set_get_name ((GscSet) map);
}

const char *
gsc_phase_map_get_title (GscPhaseMap map)
{
  g_return_val_if_fail ((guint) map < GSC_PHASE_N_MAPS, NULL);
  return map == GSC_PHASE_MAP_PHASES ? _ ("phase") : gsc_figure_pages_get_set_title ((GscSet) map);
}

const char *
gsc_phase_map_get_letters (GscPhase phase)
{
  static const char *const letters[GSC_N_PHASES] = {
    [GSC_PHASE_NONE] = "–",
    [GSC_PHASE_ID_MEMORISATION] = "IM",
    [GSC_PHASE_ID_GENERALISATION] = "IG",
    [GSC_PHASE_OOD_MEMORISATION] = "OM",
    [GSC_PHASE_OOD_GENERALISATION] = "OG",
  };

  g_return_val_if_fail ((guint) phase < GSC_N_PHASES, NULL);
  return letters[phase];
}

/* Figures */

GscPhaseFigure *
gsc_phase_figure_new_of_parts (
    const char *name, const char *title, gboolean lettered, GscPhasePart *parts, guint n)
{
  GscPhaseFigure *figure = g_new0 (GscPhaseFigure, 1);

  g_return_val_if_fail (n >= 1, NULL);
  g_atomic_ref_count_init (&figure->references);
  figure->name = g_strdup (name);
  figure->title = title;
  figure->lettered = lettered;
  figure->n_parts = n;
  figure->parts = g_memdup2 (parts, n * sizeof *parts);
  return figure;
}

GscPhaseFigure *
gsc_phase_figure_new (GscPhaseFrame *frame, guint maps)
{
  GscPhasePart parts[GSC_PHASE_N_MAPS];
  guint n = 0;

  if ((maps & ((1u << GSC_PHASE_N_MAPS) - 1)) == 0)
    maps = (1u << GSC_PHASE_N_MAPS) - 1;
  for (guint map = 0; map < GSC_PHASE_N_MAPS; map++)
    if (maps & (1u << map))
      parts[n++] = (GscPhasePart){ gsc_phase_frame_ref (frame), map, GSC_PHASE_CAPTION_MAP };
  return gsc_phase_figure_new_of_parts ("phase-diagram", NULL, FALSE, parts, n);
}

char *
gsc_phase_figure_get_title (const GscPhaseFigure *figure)
{
  guint n = figure->parts[0].frame->n_runs;

  if (figure->title != NULL)
    return g_strdup (_ (figure->title));
  return g_strdup_printf (ngettext ("Phase diagram of %u run", "Phase diagram of %u runs", n), n);
}

static const char *
get_fixed (const GscPhaseFrame *frame, const char *key)
{
  for (guint i = 0; frame->fixed_keys[i] != NULL; i++)
    if (g_str_equal (frame->fixed_keys[i], key))
      return frame->fixed_values[i];
  return "";
}

char *
gsc_phase_figure_get_caption (const GscPhaseFigure *figure, guint part)
{
  const GscPhaseFrame *frame = figure->parts[part].frame;
  const char *map = gsc_phase_map_get_title (figure->parts[part].map);
  gboolean best = frame->view.moment == GSC_SWEEP_BEST;

  switch (figure->parts[part].caption)
    {
    case GSC_PHASE_CAPTION_MOMENT:
      return g_strdup (best ? _ ("Phases, early-stopped") : _ ("Phases at the end"));
    case GSC_PHASE_CAPTION_DEPTH:
      return g_strdup_printf (_ ("depth %s"), get_fixed (frame, "depth"));
    case GSC_PHASE_CAPTION_MAP_MOMENT:
      return g_strdup_printf (best ? _ ("%s, best") : _ ("%s, final"), map);
    case GSC_PHASE_CAPTION_MAP:
    default:
      return g_strdup (map);
    }
}

GscPhaseFigure *
gsc_phase_figure_ref (GscPhaseFigure *figure)
{
  g_atomic_ref_count_inc (&figure->references);
  return figure;
}

void
gsc_phase_figure_unref (GscPhaseFigure *figure)
{
  if (figure == NULL || !g_atomic_ref_count_dec (&figure->references))
    return;
  for (guint i = 0; i < figure->n_parts; i++)
    gsc_phase_frame_unref (figure->parts[i].frame);
  g_free (figure->parts);
  g_free (figure->name);
  g_free (figure);
}

/* Pick and move */

gboolean
gsc_phase_figure_pick (const GscFigurePage *page, double x, double y, GscPhasePick *pick)
{
  const GscPhaseFigure *figure = gsc_figure_page_get_subject (page);
  const GscCellMapLayout *layout;

  *pick = (GscPhasePick){ 0 };
  if (!isfinite (x) || !isfinite (y))
    return FALSE;
  for (guint i = 0; (layout = gsc_figure_page_get_cell_map (page, i)) != NULL; i++)
    {
      int cell = gsc_cell_map_pick (layout, x, y);
      const GscPhaseFrame *frame = figure->parts[i].frame;

      if (cell < 0)
        continue;
      pick->part = i;
      pick->column = (guint) cell % layout->columns;
      pick->row = (guint) cell / layout->columns;
      pick->cell = gsc_phase_frame_get_cell (frame, pick->column, pick->row);
      pick->run = gsc_phase_frame_get_run (frame, pick->cell);
      pick->rect = gsc_cell_map_layout_get_cell (layout, pick->column, pick->row);
      pick->text = gsc_phase_figure_describe_cell (frame, pick->column, pick->row);
      return TRUE;
    }
  return FALSE;
}

void
gsc_phase_pick_clear (GscPhasePick *pick)
{
  g_clear_pointer (&pick->text, g_free);
}

gboolean
gsc_phase_figure_move (const GscPhaseFigure *figure,
                       GscDirection direction,
                       GscHeatMapCursor *cursor)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  guint last_column = frame->across.n - 1, last_row = frame->up.n - 1;
  GscHeatMapCursor from = { MIN (cursor->column, last_column), MIN (cursor->row, last_row) };

  *cursor = from;
  if (direction == GSC_DIRECTION_LEFT && from.column > 0)
    cursor->column--;
  else if (direction == GSC_DIRECTION_RIGHT && from.column < last_column)
    cursor->column++;
  else if (direction == GSC_DIRECTION_DOWN && from.row > 0)
    cursor->row--;
  else if (direction == GSC_DIRECTION_UP && from.row < last_row)
    cursor->row++;
  return cursor->column != from.column || cursor->row != from.row;
}

/* Words */

/* "pre-training tasks 96, share of training inputs α 0.8". */
static void
append_place (GString *text, const GscPhaseFrame *frame, guint column, guint row)
{
  if (frame->across.key != NULL)
    g_string_append_printf (text, "%s %s", _ (frame->across.title), frame->across.names[column]);
  if (frame->up.key != NULL)
    g_string_append_printf (text, "%s%s %s", frame->across.key != NULL ? ", " : "",
                            _ (frame->up.title), frame->up.names[row]);
  if (frame->across.key == NULL && frame->up.key == NULL)
    g_string_append (text, _ ("the only place"));
}

static void
append_accuracies (GString *text, const GscPhaseCell *cell)
{
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      g_string_append_printf (text, "%s%s %s", set > 0 ? ", " : "",
                              gsc_figure_pages_get_set_title ((GscSet) set),
                              GSC_SHARE (cell->mean[set]));
      if (cell->n_counted > 1)
        g_string_append_printf (text, " ± %s", GSC_SHARE (cell->spread[set]));
    }
}

/* How many runs stand where: "1 finished, 2 being trained". */
static void
append_states (GString *text, const guint n_states[GSC_SWEEP_N_STATES])
{
  static const char *const words[GSC_SWEEP_N_STATES] = {
    [GSC_SWEEP_TO_DO] = N_ ("%u not begun"),        [GSC_SWEEP_BEGUN] = N_ ("%u begun"),
    [GSC_SWEEP_TRAINING] = N_ ("%u being trained"), [GSC_SWEEP_FINISHED] = N_ ("%u finished"),
    [GSC_SWEEP_FAILED] = N_ ("%u failed"),
  };
  gboolean first = TRUE;

  for (guint i = 0; i < GSC_SWEEP_N_STATES; i++)
    {
      guint state = (i + GSC_SWEEP_FINISHED) % GSC_SWEEP_N_STATES;

      if (n_states[state] == 0)
        continue;
      g_string_append (text, first ? "" : ", ");
      g_string_append_printf (text, _ (words[state]), n_states[state]);
      first = FALSE;
    }
}

char *
gsc_phase_figure_describe_cell (const GscPhaseFrame *frame, guint column, guint row)
{
  const GscPhaseCell *cell = gsc_phase_frame_get_cell (frame, column, row);
  GString *text = g_string_new (NULL);

  append_place (text, frame, column, row);
  if (cell->n_counted == 0)
    {
      g_string_append_c (text, '\n');
      g_string_append (text, _ ("no result yet"));
      g_string_append (text, ": ");
      append_states (text, cell->n_states);
      return g_string_free (text, FALSE);
    }
  g_string_append_printf (text, "\n%s", _ (gsc_phase_get_title (cell->phase)));
  if (cell->n_counted > 1)
    g_string_append_printf (text, _ (" (%u of %u runs)"), cell->n_phase, cell->n_counted);
  g_string_append_c (text, '\n');
  append_accuracies (text, cell);
  g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          frame->view.moment == GSC_SWEEP_BEST ? _ ("early-stopped at step %s")
                                                               : _ ("at the end, step %s"),
                          GSC_COUNT ((gint64) round (cell->step)));
  if (cell->n_runs > 1 || cell->partial)
    {
      g_string_append (text, "; ");
      append_states (text, cell->n_states);
    }
  return g_string_free (text, FALSE);
}

/* The moment that all frames show, or GSC_SWEEP_N_MOMENTS. */
static GscSweepMoment
get_moment (const GscPhaseFigure *figure)
{
  GscSweepMoment moment = figure->parts[0].frame->view.moment;

  for (guint i = 1; i < figure->n_parts; i++)
    if (figure->parts[i].frame->view.moment != moment)
      return GSC_SWEEP_N_MOMENTS;
  return moment;
}

/* The key's value where all runs that are shown share it, else NULL. (transfer full) */
static char *
get_common (const GscPhaseFigure *figure, const char *key)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  g_auto (GStrv) together = g_strsplit (frame->together != NULL ? frame->together : "", ", ", -1);
  g_autofree char *value = gsc_config_get (&frame->base, key);

  if (g_strcmp0 (frame->across.key, key) == 0 || g_strcmp0 (frame->up.key, key) == 0
      || g_strv_contains ((const char *const *) together, key))
    return NULL;
  for (guint i = 1; i < figure->n_parts; i++)
    {
      g_autofree char *other = gsc_config_get (&figure->parts[i].frame->base, key);

      if (!g_str_equal (value, other))
        return NULL;
    }
  return g_steal_pointer (&value);
}

static void
append_thresholds (GString *text, const GscPhaseFrame *frame)
{
  gboolean same = TRUE;
  char number[GSC_NUMBER_TEXT_SIZE];

  for (guint set = 1; set < GSC_N_SETS; set++)
    same = same && frame->thresholds[set] == frame->thresholds[0];
  g_string_append (text, _ ("solved from "));
  for (guint set = 0; set < (same ? 1 : GSC_N_SETS); set++)
    g_string_append_printf (text, "%s%s", set > 0 ? " / " : "",
                            gsc_number_format (frame->thresholds[set], number));
}

char *
gsc_phase_figure_describe (const GscPhaseFigure *figure)
{
  static const struct
  {
    const char *key;
    const char *symbol;
  } known[] = { { "p", "p" },     { "tasks", "tasks" }, { "alpha", "α" }, { "shots", "S" },
                { "width", "d" }, { "heads", "H" },     { "depth", "L" } };
  const GscPhaseFrame *frame = figure->parts[0].frame;
  GscSweepMoment moment = get_moment (figure);
  GString *text = g_string_new (NULL);
  gboolean known_key;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *value = get_common (figure, known[i].key);

      if (value != NULL)
        g_string_append_printf (text, "%s = %s, ", known[i].symbol, value);
    }
  for (guint i = 0; frame->fixed_keys[i] != NULL; i++)
    {
      g_autofree char *value = get_common (figure, frame->fixed_keys[i]);

      known_key = FALSE;
      for (guint j = 0; j < G_N_ELEMENTS (known); j++)
        known_key = known_key || g_str_equal (known[j].key, frame->fixed_keys[i]);
      if (value != NULL && !known_key)
        g_string_append_printf (text, "%s = %s, ", frame->fixed_keys[i], value);
    }
  if (frame->together != NULL)
    /* Translators: the %s is a list of settings that runs differ in, as "seed". */
    g_string_append_printf (text, _ ("mean ± standard deviation (runs) over %s, "),
                            frame->together);
  if (moment == GSC_SWEEP_BEST)
    g_string_append_printf (text, _ ("early-stopped by %s, "),
                            gsc_figure_pages_get_set_title (frame->set));
  else if (moment == GSC_SWEEP_FINAL)
    g_string_append (text, _ ("final, "));
  append_thresholds (text, frame);
  return g_string_free (text, FALSE);
}

/* The cell with the highest accuracy on o.o.d. tasks and test inputs: what the paper is about. NULL
 * without results. */
static const GscPhaseCell *
find_best (const GscPhaseFrame *frame, guint *column, guint *row)
{
  const GscPhaseCell *best = NULL;

  for (guint i = 0; i < frame->across.n * frame->up.n; i++)
    {
      const GscPhaseCell *cell = &frame->cells[i];

      if (cell->n_counted == 0
          || (best != NULL && !(cell->mean[GSC_SET_OOD_TEST] > best->mean[GSC_SET_OOD_TEST])))
        continue;
      best = cell;
      *column = i % frame->across.n;
      *row = i / frame->across.n;
    }
  return best;
}

char *
gsc_phase_figure_summarise (const GscPhaseFigure *figure)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  g_autofree char *title = gsc_phase_figure_get_title (figure);
  GString *text = g_string_new (NULL);
  const char *separator = ": ";
  const GscPhaseCell *best;
  guint column = 0, row = 0;

  g_string_append_printf (text, _ ("%s: %u × %u cells, runs: "), title, frame->across.n,
                          frame->up.n);
  append_states (text, frame->n_states);
  g_string_append (text, "; ");
  g_string_append (text, frame->view.moment == GSC_SWEEP_BEST ? _ ("early-stopped") : _ ("final"));
  for (guint phase = GSC_N_PHASES; phase-- > 0;)
    if (frame->n_phases[phase] > 0)
      {
        g_string_append_printf (text, "%s%s %u", separator,
                                _ (gsc_phase_get_title ((GscPhase) phase)), frame->n_phases[phase]);
        separator = ", ";
      }
  if (frame->n_missing > 0)
    g_string_append_printf (text, _ ("%swithout a result %u"), separator, frame->n_missing);
  best = find_best (frame, &column, &row);
  if (best != NULL)
    {
      g_string_append_printf (text, _ (". The highest o.o.d./test accuracy is %s"),
                              GSC_SHARE (best->mean[GSC_SET_OOD_TEST]));
      if (best->n_counted > 1)
        g_string_append_printf (text, " ± %s", GSC_SHARE (best->spread[GSC_SET_OOD_TEST]));
      g_string_append (text, ", ");
      append_place (text, frame, column, row);
    }
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

/* Numbers */

static GscFigureTable *
make_table (const GscPhaseFrame *frame)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  static const char *const counts[] = { "moment", "runs", "counted", "finished", "step" };

  for (guint i = 0; frame->fixed_keys[i] != NULL; i++)
    g_ptr_array_add (columns, g_strdup (frame->fixed_keys[i]));
  if (frame->across.key != NULL)
    g_ptr_array_add (columns, g_strdup (frame->across.key));
  if (frame->up.key != NULL)
    g_ptr_array_add (columns, g_strdup (frame->up.key));
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_ptr_array_add (columns, g_strdup (counts[i]));
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      g_ptr_array_add (columns, g_strdup (gsc_set_get_name ((GscSet) set)));
      g_ptr_array_add (columns, g_strdup_printf ("%s_spread", gsc_set_get_name ((GscSet) set)));
    }
  g_ptr_array_add (columns, g_strdup ("phase"));
  g_ptr_array_add (columns, g_strdup ("phase_runs"));
  g_ptr_array_add (columns, NULL);
  return gsc_figure_table_new ((const char *const *) columns->pdata);
}

static void
add_row (GscFigureTable *table, const GscPhaseFrame *frame, guint column, guint row)
{
  const GscPhaseCell *cell = gsc_phase_frame_get_cell (frame, column, row);
  gboolean known = cell->n_counted > 0;

  for (guint i = 0; frame->fixed_values[i] != NULL; i++)
    gsc_figure_table_add_text (table, frame->fixed_values[i]);
  if (frame->across.key != NULL)
    gsc_figure_table_add_text (table, frame->across.names[column]);
  if (frame->up.key != NULL)
    gsc_figure_table_add_text (table, frame->up.names[row]);
  gsc_figure_table_add_text (table, gsc_sweep_moment_get_name (frame->view.moment));
  gsc_figure_table_add_int (table, cell->n_runs);
  gsc_figure_table_add_int (table, cell->n_counted);
  gsc_figure_table_add_int (table, cell->n_states[GSC_SWEEP_FINISHED]);
  gsc_figure_table_add_number (table, known ? cell->step : NAN);
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      gsc_figure_table_add_number (table, known ? cell->mean[set] : NAN);
      gsc_figure_table_add_number (table, known ? cell->spread[set] : NAN);
    }
  gsc_figure_table_add_text (table, known ? gsc_phase_get_name (cell->phase) : "");
  gsc_figure_table_add_number (table, known ? cell->n_phase : NAN);
}

/* Whether an earlier part is of the same frame. */
static gboolean
is_repeated (const GscPhaseFigure *figure, guint part)
{
  for (guint i = 0; i < part; i++)
    if (figure->parts[i].frame == figure->parts[part].frame)
      return TRUE;
  return FALSE;
}

GscFigureTable *
gsc_phase_figure_tabulate (const GscPhaseFigure *figure)
{
  GscFigureTable *table = make_table (figure->parts[0].frame);

  for (guint i = 0; i < figure->n_parts; i++)
    {
      const GscPhaseFrame *frame = figure->parts[i].frame;

      for (guint row = 0; row < frame->up.n && !is_repeated (figure, i); row++)
        for (guint column = 0; column < frame->across.n; column++)
          add_row (table, frame, column, row);
    }
  return table;
}
