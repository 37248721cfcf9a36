/* gsc-phase-cells.c - the cells of a phase diagram's maps: colours, flags and texts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-cells.h"

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* Ways to write in cells, the best first. */
enum
{
  WAY_FULL,   /* with the number of runs, or a phase's whole name */
  WAY_SPREAD, /* without the number, or letters with it */
  WAY_PLAIN,  /* the mean, or letters */
  WAY_SHORT,  /* .71 instead of 0.71 */
  N_WAYS,
};

static const GscColorScale scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 };

GscColor
gsc_phase_cells_get_phase_color (const GscPalette *palette, GscPhase phase)
{
  return phase == GSC_PHASE_NONE ? palette->background
                                 : palette->phases[phase - GSC_PHASE_ID_MEMORISATION];
}

static GscColor
get_color (const GscPalette *palette, const GscPhaseCell *cell, GscPhaseMap map)
{
  if (cell->n_counted == 0)
    return palette->missing;
  if (map == GSC_PHASE_MAP_PHASES)
    return gsc_phase_cells_get_phase_color (palette, cell->phase);
  return gsc_color_scale_get (&scale, cell->mean[map]);
}

static guint8
get_flags (const GscPhaseCell *cell, GscPhaseMap map)
{
  guint8 flags = 0;

  if (cell->n_counted == 0)
    return GSC_CELL_MAP_HATCHED;
  if (cell->partial)
    flags |= GSC_CELL_MAP_CORNERED;
  /* salmon and mid blue are alike in grey */
  if (map == GSC_PHASE_MAP_PHASES && cell->phase == GSC_PHASE_ID_MEMORISATION)
    flags |= GSC_CELL_MAP_SPOTTED;
  return flags;
}

/* Of a cell without a result: whether there will be one. */
static const char *
get_missing_text (const GscPhaseCell *cell)
{
  if (cell->n_states[GSC_SWEEP_TRAINING] > 0 || cell->n_states[GSC_SWEEP_BEGUN] > 0)
    return "…";
  return cell->n_states[GSC_SWEEP_FAILED] > 0 ? "×" : NULL;
}

static const char *
print_share (GscFigurePage *page, double share)
{
  return gsc_figure_page_print (page, "%s", GSC_SHARE (share));
}

/* "0.71" as ".71": what lies between 0 and 1 is known to. */
static const char *
print_short_share (GscFigurePage *page, double share)
{
  const char *text = print_share (page, share);

  if (text[0] == '0' && text[1] != '\0')
    return text + 1;
  return text[0] == '1' ? "1" : text;
}

static void
write_accuracy (GscFigurePage *page,
                const GscPhaseCell *cell,
                GscPhaseMap map,
                guint way,
                const char *lines[GSC_CELL_MAP_N_LINES])
{
  lines[0] = way == WAY_SHORT ? print_short_share (page, cell->mean[map])
                              : print_share (page, cell->mean[map]);
  if (way >= WAY_PLAIN)
    return;
  if (cell->n_counted > 1)
    {
      const char *spread = print_share (page, cell->spread[map]);

      lines[1] = way == WAY_FULL ? gsc_figure_page_print (page, "±%s (%u)", spread, cell->n_counted)
                                 : gsc_figure_page_print (page, "±%s", spread);
    }
  else if (way == WAY_FULL)
    lines[1] = gsc_figure_page_print (page, "(%u)", cell->n_counted);
}

static void
write_phase (GscFigurePage *page,
             const GscPhaseCell *cell,
             guint way,
             const char *lines[GSC_CELL_MAP_N_LINES])
{
  if (way == WAY_FULL)
    {
      g_auto (GStrv) words = g_strsplit (_ (gsc_phase_get_title (cell->phase)), " ", 2);

      lines[0] = gsc_figure_page_print (page, "%s", words[0]);
      lines[1] = words[1] != NULL ? gsc_figure_page_print (page, "%s", words[1]) : NULL;
      return;
    }
  lines[0] = gsc_phase_map_get_letters (cell->phase);
  if (way == WAY_SPREAD)
    lines[1] = gsc_figure_page_print (page, "%u/%u", cell->n_phase, cell->n_counted);
}

gboolean
gsc_phase_cells_have_several (const GscPhaseFrame *frame)
{
  for (guint i = 0; i < frame->across.n * frame->up.n; i++)
    if (frame->cells[i].n_counted > 1)
      return TRUE;
  return FALSE;
}

/* The ways of writing in a map's cells: with counts and spreads where there are several runs. */
static void
write_cells (GscFigurePage *page, const GscPhasePart *part, GscCellMapInput *input)
{
  const GscPhaseFrame *frame = part->frame;
  gboolean phases = part->map == GSC_PHASE_MAP_PHASES,
           several = gsc_phase_cells_have_several (frame);
  guint n = input->rows * input->columns;
  const char **texts
      = gsc_figure_page_alloc (page, N_WAYS * n * GSC_CELL_MAP_N_LINES * sizeof *texts);

  input->texts = texts;
  for (guint way = 0; way < (phases ? WAY_SHORT : N_WAYS); way++)
    {
      if (!several && (way == WAY_SPREAD || (way == WAY_FULL && !phases)))
        continue;
      input->n_texts++;
      for (guint i = 0; i < n; i++, texts += GSC_CELL_MAP_N_LINES)
        {
          const GscPhaseCell *cell = &frame->cells[i];

          if (cell->n_counted == 0)
            texts[0] = get_missing_text (cell);
          else if (phases)
            write_phase (page, cell, way, texts);
          else
            write_accuracy (page, cell, part->map, way, texts);
        }
    }
}

static const char *
get_short_title (const char *key)
{
  static const char *const shorts[][2] = {
    { "tasks", N_ ("tasks") }, { "alpha", "α" }, { "depth", "L" }, { "width", "d" },
    { "heads", "H" },          { "shots", "S" }, { "p", "p" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shorts); i++)
    if (g_strcmp0 (shorts[i][0], key) == 0)
      return shorts[i][1];
  return key;
}

static const char *
get_title (GscFigurePage *page, const GscPhaseAxis *axis)
{
  if (axis->key == NULL)
    return NULL;
  return axis->doubling ? gsc_figure_page_print (page, _ ("%s (log scale)"), _ (axis->title))
                        : gsc_figure_page_print (page, "%s", _ (axis->title));
}

GscCellMapInput
gsc_phase_cells_make (GscFigurePage *page,
                      const GscPhaseFigure *figure,
                      guint index,
                      const GscPhaseFigureOptions *options)
{
  const GscPhasePart *part = &figure->parts[index];
  const GscPhaseFrame *frame = part->frame;
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  guint n = frame->across.n * frame->up.n;
  GscColor *colors = gsc_figure_page_alloc (page, n * sizeof *colors);
  guint8 *flags = gsc_figure_page_alloc (page, n);
  GscHeatMapCursor *cursor = gsc_figure_page_alloc (page, sizeof *cursor);
  g_autofree char *caption = gsc_phase_figure_get_caption (figure, index);
  GscCellMapInput input = {
    .heading = gsc_figure_page_print (page, "%s", caption),
    .letter = figure->lettered && figure->n_parts > 1
                  ? gsc_figure_page_print (page, "%c", 'a' + (int) index)
                  : NULL,
    .x_title = { get_title (page, &frame->across), get_short_title (frame->across.key) },
    .y_title = { get_title (page, &frame->up), get_short_title (frame->up.key) },
    .columns = frame->across.n,
    .rows = frame->up.n,
    .column_names = (const char *const *) frame->across.names,
    .row_names = (const char *const *) frame->up.names,
    .colors = colors,
    .flags = flags,
    .cursor = options->show_cursor ? cursor : NULL,
  };

  *cursor = options->cursor;
  for (guint i = 0; i < n; i++)
    {
      colors[i] = get_color (palette, &frame->cells[i], part->map);
      flags[i] = get_flags (&frame->cells[i], part->map);
    }
  write_cells (page, part, &input);
  return input;
}

gboolean
gsc_phase_cells_have_maps (const GscPhaseFigure *figure, gboolean phases)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if ((figure->parts[i].map == GSC_PHASE_MAP_PHASES) == phases)
      return TRUE;
  return FALSE;
}

GscColorBarInput
gsc_phase_cells_make_bar (void)
{
  return (GscColorBarInput){ .scale = scale, .title = _ ("accuracy") };
}
