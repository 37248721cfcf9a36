/* gsc-phase-figure-layout.c - phase diagrams on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-phase-figure.h"

/* Between maps, and between them and the bar; in text sizes. */
#define GAP 1.2

/* Of cells: at most so wide for their height, and so high for their width, in that many text sizes.
 */
#define MAX_WIDE 2.4
#define MAX_HIGH 1.2
#define MAX_WIDTH 11.0
#define MAX_HEIGHT 6.0

/* Letters are wider than high: cells of this shape serve them as well as square ones half again as
 * high. */
#define TEXT_SHAPE 1.6

/* For good heights, at text of 8 points: the narrowest cells whose numbers can be read, their
 * heights for their widths, and limits of these. */
#define WIDE_WIDTH 16.0 /* of all maps in one row */
#define GOOD_WIDTH 9.5
#define SMALL_WIDTH 6.0 /* rather than one map below the other */
#define GOOD_SHAPE 0.75
#define MIN_GOOD_HEIGHT 11.0
#define MIN_TWO_LINES 18.0
#define MAX_GOOD_HEIGHT 30.0

/* Ways to write in cells, the best first. */
enum
{
  WAY_FULL,   /* with the number of runs, or a phase's whole name */
  WAY_SPREAD, /* without the number, or letters with it */
  WAY_PLAIN,  /* the mean, or letters */
  WAY_SHORT,  /* .71 instead of 0.71 */
  N_WAYS,
};

#define MAX_ENTRIES (GSC_N_PHASES + 2)

static const GscColorScale scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 };

/* Maps */

static GscColor
get_phase_color (const GscPalette *palette, GscPhase phase)
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
    return get_phase_color (palette, cell->phase);
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

static gboolean
has_several (const GscPhaseFrame *frame)
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
  gboolean phases = part->map == GSC_PHASE_MAP_PHASES, several = has_several (frame);
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

static GscCellMapInput
make_map (GscFigurePage *page,
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

/* Legend */

static gboolean
has_phase (const GscPhaseFigure *figure, GscPhase phase)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if (figure->parts[i].map == GSC_PHASE_MAP_PHASES && figure->parts[i].frame->n_phases[phase] > 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_maps_of (const GscPhaseFigure *figure, gboolean phases)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if ((figure->parts[i].map == GSC_PHASE_MAP_PHASES) == phases)
      return TRUE;
  return FALSE;
}

/* Whether any cell of any map has that flag. */
static gboolean
has_flag (const GscCellMapInput *maps, guint n, GscCellMapFlags flag)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < maps[i].rows * maps[i].columns; j++)
      if (maps[i].flags[j] & flag)
        return TRUE;
  return FALSE;
}

/* @named: the phases' names stand in the cells. */
static GscLegendInput
make_legend (GscFigurePage *page,
             const GscPhaseFigure *figure,
             const GscCellMapInput *maps,
             gboolean named)
{
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscLegendEntry *entries = gsc_figure_page_alloc (page, MAX_ENTRIES * sizeof *entries);
  guint n = 0;

  for (guint i = 0; i < GSC_N_PHASES && !named && has_maps_of (figure, TRUE); i++)
    {
      /* the paper's four, and none only where it occurs */
      GscPhase phase = (GscPhase) ((i + 1) % GSC_N_PHASES);

      if (phase == GSC_PHASE_NONE && !has_phase (figure, phase))
        continue;
      entries[n++] = (GscLegendEntry){
        .text = gsc_figure_page_print (page, "%s %s", gsc_phase_map_get_letters (phase),
                                       _ (gsc_phase_get_title (phase))),
        .kind = GSC_LEGEND_CELL,
        .color = get_phase_color (palette, phase),
        .map_flags = phase == GSC_PHASE_ID_MEMORISATION ? GSC_CELL_MAP_SPOTTED : 0,
      };
    }
  if (has_flag (maps, figure->n_parts, GSC_CELL_MAP_HATCHED))
    entries[n++] = (GscLegendEntry){ .text = _ ("no result yet"),
                                     .kind = GSC_LEGEND_CELL,
                                     .color = palette->missing,
                                     .map_flags = GSC_CELL_MAP_HATCHED };
  if (has_flag (maps, figure->n_parts, GSC_CELL_MAP_CORNERED))
    entries[n++] = (GscLegendEntry){ .text = _ ("not all runs finished"),
                                     .kind = GSC_LEGEND_CELL,
                                     .color = palette->background,
                                     .map_flags = GSC_CELL_MAP_CORNERED };
  return (GscLegendInput){ entries, n };
}

/* Arrangement */

/* Maps of the same size in rows. */
typedef struct
{
  guint columns, rows;
  gboolean legend_in_slot; /* in the one place that the maps leave free */
  double cell_width, cell_height;
  double score;
} Arrangement;

/* Everything around the maps' cells, in points. */
typedef struct
{
  double left;  /* names */
  double title; /* of the rows, beside the first column */
  double right;
  double top;
  double bottom; /* names and title of the columns */
  double gap;
  double bar;    /* with the gap before it */
  double legend; /* below all, with the gap before it */
} Room;

/* Where map @index stands: the phases of a full diagram in the last column of three, the sets
 * beside them as tasks by inputs. */
static guint
get_slot (const GscPhaseFigure *figure, guint columns, guint index)
{
  static const guint diagram[GSC_PHASE_N_MAPS] = { 0, 1, 3, 4, 2 };

  if (figure->n_parts == GSC_PHASE_N_MAPS && columns == 3
      && figure->parts[GSC_PHASE_N_MAPS - 1].map == GSC_PHASE_MAP_PHASES)
    return diagram[index];
  return index;
}

/* What the maps and their titles take without any cells. */
static void
add_up (const Arrangement *all, const Room *room, double *width, double *height)
{
  *width = room->title + all->columns * (room->left + room->right) + (all->columns - 1) * room->gap
           + room->bar;
  *height = all->rows * (room->top + room->bottom) + (all->rows - 1) * room->gap
            + (all->legend_in_slot ? 0 : room->legend);
}

static Arrangement
arrange (const GscPhaseFigure *figure,
         const Room *room,
         const GscStyle *style,
         guint columns,
         double width,
         double height)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  Arrangement all = { .columns = columns, .rows = (figure->n_parts + columns - 1) / columns };
  double text = style->text_size, around, above;

  all.legend_in_slot = columns > 1 && all.rows > 1 && all.rows * columns == figure->n_parts + 1;
  add_up (&all, room, &around, &above);
  all.cell_width = MAX ((width - around) / columns / frame->across.n, 0.01);
  all.cell_height = MAX ((height - above) / all.rows / frame->up.n, 0.01);
  all.cell_width = MIN (all.cell_width, MIN (MAX_WIDTH * text, MAX_WIDE * all.cell_height));
  all.cell_height = MIN (all.cell_height, MIN (MAX_HEIGHT * text, MAX_HIGH * all.cell_width));
  all.score = MIN (all.cell_width, TEXT_SHAPE * all.cell_height);
  return all;
}

/* Whether the last row would have free places, but for one of an odd number of maps. */
static gboolean
is_ragged (const GscPhaseFigure *figure, guint columns)
{
  guint rows = (figure->n_parts + columns - 1) / columns;

  return rows * columns > figure->n_parts + figure->n_parts % 2;
}

static Room
measure_room (const GscPhaseFigure *figure,
              const GscCellMapInput *maps,
              const GscLegendInput *legend,
              const GscStyle *style,
              const GscRect *content)
{
  GscCellMapInput untitled = maps[0];
  GscCellMapRoom with = gsc_cell_map_measure (&maps[0], style), without;
  Room room;

  untitled.y_title[0] = NULL;
  without = gsc_cell_map_measure (&untitled, style);
  room = (Room){ .left = without.left,
                 .title = with.left - without.left,
                 .right = with.right,
                 .top = with.top,
                 .bottom = with.bottom,
                 .gap = GAP * style->text_size };
  if (has_maps_of (figure, FALSE))
    {
      GscColorBarInput bar = { .scale = scale, .title = _ ("accuracy") };
      g_autoptr (GscColorBarLayout) probe = gsc_color_bar_layout (&bar, style, content);

      room.bar = room.gap + probe->width;
    }
  if (legend->n_entries > 0)
    {
      g_autoptr (GscLegendLayout) probe = gsc_legend_layout (legend, style, content);

      room.legend = probe->rect.height + 2 * style->gap;
      if (probe->rect.height > GSC_LEGEND_MAX_SHARE * content->height)
        room.legend = 0;
    }
  return room;
}

/* Where a map's cells begin, and the area with its names and titles. */
static GscRect
get_map_area (const Arrangement *all,
              const Room *room,
              const GscPhaseFrame *frame,
              guint slot,
              const GscPoint *origin)
{
  double cells_width = all->cell_width * frame->across.n;
  double cells_height = all->cell_height * frame->up.n;
  guint column = slot % all->columns, row = slot / all->columns;
  GscRect area = {
    origin->x + room->title + column * (room->left + cells_width + room->right + room->gap),
    origin->y + row * (room->top + cells_height + room->bottom + room->gap),
    room->left + cells_width + room->right,
    room->top + cells_height + room->bottom,
  };

  if (column == 0)
    {
      area.x -= room->title;
      area.width += room->title;
    }
  return area;
}

/* Whether a legend fits into the slot that the maps leave free. */
static gboolean
fits_slot (const GscPhaseFigure *figure,
           const Arrangement *all,
           const Room *room,
           const GscLegendInput *legend,
           const GscStyle *style)
{
  GscRect slot
      = get_map_area (all, room, figure->parts[0].frame, figure->n_parts, &(GscPoint){ 0, 0 });
  g_autoptr (GscLegendLayout) probe = gsc_legend_layout (legend, style, &slot);

  const GscRect endless = { 0, 0, G_MAXDOUBLE / 4, slot.height };

  if (probe->rect.height > slot.height - room->bottom)
    return FALSE;
  for (guint i = 0; i < legend->n_entries; i++)
    {
      const GscLegendInput entry = { &legend->entries[i], 1 };
      g_autoptr (GscLegendLayout) whole = gsc_legend_layout (&entry, style, &endless);

      if (whole->rect.width > slot.width)
        return FALSE; /* its text would be cut */
    }
  return TRUE;
}

/* The arrangement with the largest cells. */
static Arrangement
choose_arrangement (const GscPhaseFigure *figure,
                    const Room *room,
                    const GscLegendInput *legend,
                    const GscStyle *style,
                    const GscRect *content)
{
  Arrangement best = { .score = -1 };

  for (guint columns = 1; columns <= figure->n_parts; columns++)
    {
      Arrangement all;

      if (is_ragged (figure, columns))
        continue;
      all = arrange (figure, room, style, columns, content->width, content->height);
      if (all.legend_in_slot && !fits_slot (figure, &all, room, legend, style))
        {
          all = arrange (figure, room, style, columns, content->width,
                         content->height - room->legend);
          all.legend_in_slot = FALSE;
        }
      if (all.score > best.score)
        best = all;
    }
  return best;
}

/* Whether a map stands below that slot. */
static gboolean
is_above_another (const GscPhaseFigure *figure, guint columns, guint slot)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if (get_slot (figure, columns, i) == slot + columns)
      return TRUE;
  return FALSE;
}

static void
add_maps (GscFigurePage *page,
          const GscPhaseFigure *figure,
          const GscCellMapInput *maps,
          const Arrangement *all,
          const Room *room,
          const GscPoint *origin)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  double right = 0, top = G_MAXDOUBLE, bottom = 0;

  for (guint i = 0; i < figure->n_parts; i++)
    {
      guint slot = get_slot (figure, all->columns, i);
      GscRect area = get_map_area (all, room, frame, slot, origin);
      double line = gsc_label_get_line_height (gsc_figure_page_get_style (page), GSC_FONT_NORMAL);
      GscCellMapInput map = maps[i];
      const GscCellMapLayout *layout;

      if (slot % all->columns > 0)
        map.y_title[0] = NULL;
      if (is_above_another (figure, all->columns, slot) && map.x_title[0] != NULL)
        {
          map.x_title[0] = NULL;
          area.height -= line;
        }
      layout = gsc_figure_page_add_cell_map (page, &map, &area);
      right = MAX (right, gsc_rect_right (&layout->plot));
      top = MIN (top, layout->plot.y);
      bottom = MAX (bottom, gsc_rect_bottom (&layout->plot));
    }
  if (room->bar > 0)
    {
      GscColorBarInput bar = { .scale = scale, .title = _ ("accuracy") };
      GscRect area = { right + room->gap, top, room->bar - room->gap, bottom - top };

      gsc_figure_page_add_color_bar (page, &bar, &area);
    }
}

/* Whether the names of the phases stand in the cells of all maps that have them. */
static gboolean
are_named (const GscPhaseFigure *figure,
           const GscCellMapInput *maps,
           const GscStyle *style,
           const Arrangement *all)
{
  for (guint i = 0; i < figure->n_parts; i++)
    if (figure->parts[i].map == GSC_PHASE_MAP_PHASES
        && gsc_cell_map_choose_text (&maps[i], style, all->cell_width, all->cell_height) != 0)
      return FALSE;
  return TRUE;
}

/* Maps of one kind write alike: as the one with the least room can. */
static void
share_ways (const GscPhaseFigure *figure,
            GscCellMapInput *maps,
            const GscStyle *style,
            const Arrangement *all)
{
  for (guint phases = 0; phases < 2; phases++)
    {
      guint skipped = 0;

      for (guint i = 0; i < figure->n_parts; i++)
        {
          int way = gsc_cell_map_choose_text (&maps[i], style, all->cell_width, all->cell_height);

          if ((figure->parts[i].map == GSC_PHASE_MAP_PHASES) == phases)
            skipped = MAX (skipped, way >= 0 ? (guint) way : maps[i].n_texts);
        }
      for (guint i = 0; i < figure->n_parts; i++)
        {
          guint mine = MIN (skipped, maps[i].n_texts);

          if ((figure->parts[i].map == GSC_PHASE_MAP_PHASES) != phases)
            continue;
          maps[i].texts += mine * maps[i].rows * maps[i].columns * GSC_CELL_MAP_N_LINES;
          maps[i].n_texts -= mine;
        }
    }
}

static void
fill_page (GscFigurePage *page,
           const GscPhaseFigure *figure,
           const GscPhaseFigureOptions *options,
           const GscStyle *style)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  GscRect content = gsc_figure_page_get_content (page), slot;
  g_autofree GscCellMapInput *maps = g_new0 (GscCellMapInput, figure->n_parts);
  GscLegendInput legend;
  Arrangement all;
  GscPoint origin;
  double width, height;
  Room room;

  for (guint i = 0; i < figure->n_parts; i++)
    maps[i] = make_map (page, figure, i, options);
  legend = make_legend (page, figure, maps, FALSE);
  room = measure_room (figure, maps, &legend, style, &content);
  all = choose_arrangement (figure, &room, &legend, style, &content);
  if (are_named (figure, maps, style, &all))
    {
      legend = make_legend (page, figure, maps, TRUE);
      room = measure_room (figure, maps, &legend, style, &content);
      all = choose_arrangement (figure, &room, &legend, style, &content);
    }
  share_ways (figure, maps, style, &all);
  add_up (&all, &room, &width, &height);
  width += all.columns * all.cell_width * frame->across.n;
  height += all.rows * all.cell_height * frame->up.n;
  origin = (GscPoint){ content.x + MAX (content.width - width, 0) / 2,
                       content.y + MAX (content.height - height, 0) / 2 };
  add_maps (page, figure, maps, &all, &room, &origin);
  if (legend.n_entries == 0 || room.legend == 0)
    return;
  if (all.legend_in_slot)
    {
      slot = get_map_area (&all, &room, frame, figure->n_parts, &origin);
      slot.height -= room.bottom;
      /* it stands at the bottom, and has been found to fit: its share of the height is no matter */
      slot.y -= 2 * slot.height;
      slot.height *= 3;
    }
  else
    slot = (GscRect){ content.x, origin.y, content.width, height };
  gsc_figure_page_add_legend (page, &legend, &slot);
}

GscFigurePage *
gsc_phase_figure_lay_out (const GscPhaseFigure *figure,
                          const GscPhaseFigureOptions *options,
                          const GscStyle *style,
                          double width,
                          double height)
{
  g_autofree char *title = options->bare ? NULL : gsc_phase_figure_get_title (figure);
  g_autofree char *settings = options->bare ? NULL : gsc_phase_figure_describe (figure);
  GscFigurePage *page = gsc_figure_page_new (style, width, height, title, settings);

  gsc_figure_page_set_subject (page, gsc_phase_figure_ref ((GscPhaseFigure *) figure),
                               (GDestroyNotify) gsc_phase_figure_unref);
  fill_page (page, figure, options, style);
  return page;
}

/* Of cells, for an arrangement to be good. */
static double
get_least_width (const Arrangement *all)
{
  if (all->columns == 2)
    return SMALL_WIDTH;
  return all->rows == 1 ? WIDE_WIDTH : GOOD_WIDTH;
}

/* With the most maps in a row whose numbers can be read. */
double
gsc_phase_figure_get_height (const GscPhaseFigure *figure, double width)
{
  const GscPhaseFrame *frame = figure->parts[0].frame;
  g_autofree char *title = gsc_phase_figure_get_title (figure);
  g_autofree char *settings = gsc_phase_figure_describe (figure);
  GscStyle style;
  GscRect content;
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree GscCellMapInput *maps = g_new0 (GscCellMapInput, figure->n_parts);
  const GscPhaseFigureOptions options = { .bare = FALSE };
  Arrangement all = { 0 };
  GscLegendInput legend;
  double around = 0, above = 0, cell_width = 0, cell_height;
  Room room;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  page = gsc_figure_page_new (&style, width, width, title, settings);
  content = gsc_figure_page_get_content (page);
  for (guint i = 0; i < figure->n_parts; i++)
    maps[i] = make_map (page, figure, i, &options);
  legend = make_legend (page, figure, maps, FALSE);
  room = measure_room (figure, maps, &legend, &style, &content);
  for (guint columns = figure->n_parts; columns > 0; columns--)
    {
      if (is_ragged (figure, columns))
        continue;
      if (cell_width >= get_least_width (&all))
        break;
      all = arrange (figure, &room, &style, columns, content.width, G_MAXDOUBLE / 4);
      cell_width = all.cell_width;
    }
  cell_height = CLAMP (GOOD_SHAPE * cell_width,
                       has_several (frame) ? MIN_TWO_LINES : MIN_GOOD_HEIGHT, MAX_GOOD_HEIGHT);
  all.cell_height = cell_height;
  all.cell_width = MIN (all.cell_width, MAX_WIDE * cell_height);
  if (all.legend_in_slot)
    all.legend_in_slot = fits_slot (figure, &all, &room, &legend, &style);
  add_up (&all, &room, &around, &above);
  return content.y + style.gap + above + all.rows * cell_height * frame->up.n + 1;
}
