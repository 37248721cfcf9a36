/* gsc-phase-figure.h - phase diagrams: from a sweep to a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The counterpart of gsc-figure.h for sweeps, with the same operations on a figure that is a list
 * of maps: the diagram of the app (gsc_phase_figure_new()) or one of the paper's
 * (gsc-phase-recipe.h). A pure function of (figure, options, style, size). Any thread.
 */

#pragma once

#include "gsc-figure.h"
#include "gsc-phase-frame.h"

G_BEGIN_DECLS

/* What one map shows. */
typedef enum
{
  GSC_PHASE_MAP_ID_TRAIN = GSC_SET_ID_TRAIN, /* accuracies on a set */
  GSC_PHASE_MAP_ID_TEST = GSC_SET_ID_TEST,
  GSC_PHASE_MAP_OOD_TRAIN = GSC_SET_OOD_TRAIN,
  GSC_PHASE_MAP_OOD_TEST = GSC_SET_OOD_TEST,
  GSC_PHASE_MAP_PHASES = GSC_N_SETS, /* the phases */
  GSC_PHASE_N_MAPS,
} GscPhaseMap;

/* "id_train", "id_test", "ood_train", "ood_test", "phase": for files. Static. */
const char *gsc_phase_map_get_name (GscPhaseMap map);

/* "i.d./train", ..., "phase": for people, in the language of the locale. Static. */
const char *gsc_phase_map_get_title (GscPhaseMap map);

/* "OG": the phase in a small cell; "–" for none. Static. */
const char *gsc_phase_map_get_letters (GscPhase phase);

/* What a map is called above it. Made when it is needed: files of numbers are in English in any
 * locale, drawings in the user's language. */
typedef enum
{
  GSC_PHASE_CAPTION_MAP,       /* "o.o.d./test" */
  GSC_PHASE_CAPTION_MOMENT,    /* "Phases, early-stopped" */
  GSC_PHASE_CAPTION_DEPTH,     /* "depth 4": of a frame whose depth is fixed */
  GSC_PHASE_CAPTION_MAP_MOMENT /* "o.o.d./test, best" */
} GscPhaseCaption;

typedef struct
{
  GscPhaseFrame *frame; /* owned */
  GscPhaseMap map;
  GscPhaseCaption caption;
} GscPhasePart;

/* Immutable and reference-counted. All frames are of one sweep and have the same axes. */
typedef struct
{
  gatomicrefcount references;
  char *name;        /* "phase-diagram", "figure-4": of files */
  const char *title; /* static, not translated; NULL: told by the number of runs */
  gboolean lettered; /* a, b, ... before the captions */
  guint n_parts;     /* at least 1 */
  GscPhasePart *parts;
} GscPhaseFigure;

/* The diagram. @maps: bits 1 << GscPhaseMap of those wanted; 0: all five. Keeps a reference to
 * @frame. */
GscPhaseFigure *gsc_phase_figure_new (GscPhaseFrame *frame, guint maps);
GscPhaseFigure *gsc_phase_figure_ref (GscPhaseFigure *figure);
void gsc_phase_figure_unref (GscPhaseFigure *figure);

/* The same of any maps: takes the frames of parts[n] over and copies @name. @title is as in
 * GscPhaseFigure. */
GscPhaseFigure *gsc_phase_figure_new_of_parts (
    const char *name, const char *title, gboolean lettered, GscPhasePart *parts, guint n);

/* Above all maps, and above part @part: in the language of the calling thread. (transfer full) */
char *gsc_phase_figure_get_title (const GscPhaseFigure *figure);
char *gsc_phase_figure_get_caption (const GscPhaseFigure *figure, guint part);

/* How it is drawn. A plain value; zeroes are as in a file. */
typedef struct
{
  gboolean bare;           /* without title and settings: a panel has them elsewhere */
  gboolean show_cursor;    /* the cursor's cell is marked in all maps */
  GscHeatMapCursor cursor; /* column and row */
} GscPhaseFigureOptions;

/* A good height for a page of @width with text of 8 points; both in points. */
double gsc_phase_figure_get_height (const GscPhaseFigure *figure, double width);

/* The figure as a page of @width x @height points. Any figure and any size give a page; it keeps
 * a reference to @figure. */
GscFigurePage *gsc_phase_figure_lay_out (const GscPhaseFigure *figure,
                                         const GscPhaseFigureOptions *options,
                                         const GscStyle *style,
                                         double width,
                                         double height);

/* A plain value but for the text. */
typedef struct
{
  guint part; /* the map */
  guint column, row;
  const GscPhaseCell *cell; /* of the part's frame */
  const GscPhaseRun *run;   /* what a click opens, at run->step where it counts; or NULL */
  GscRect rect;             /* of the cell on the page */
  char *text;               /* for a tooltip: a few lines with numbers */
} GscPhasePick;

/* The cell at (x, y) of a page of gsc_phase_figure_lay_out(). FALSE, and zeroes, if there is none.
 * End with gsc_phase_pick_clear(). */
gboolean gsc_phase_figure_pick (const GscFigurePage *page, double x, double y, GscPhasePick *pick);
void gsc_phase_pick_clear (GscPhasePick *pick);

/* What pick->text says of a cell: its place, runs, accuracies, phase. (transfer full) */
char *gsc_phase_figure_describe_cell (const GscPhaseFrame *frame, guint column, guint row);

/* Where an arrow key leads: changes *cursor. FALSE where there is nothing further in that
 * direction. A cursor outside is brought inside first. */
gboolean gsc_phase_figure_move (const GscPhaseFigure *figure,
                                GscDirection direction,
                                GscHeatMapCursor *cursor);

/* One or two sentences with the numbers that matter, for accessibility. (transfer full) */
char *gsc_phase_figure_summarise (const GscPhaseFigure *figure);

/* Exactly what is drawn, a row for each cell of each frame: "show as table" and CSV. (transfer
 * full) */
GscFigureTable *gsc_phase_figure_tabulate (const GscPhaseFigure *figure);

/* "p = 11, S = 16, d = 64, H = 4, L = 2, early-stopped by o.o.d./test, solved from 0.5 on": below
 * the title, and in files. (transfer full) */
char *gsc_phase_figure_describe (const GscPhaseFigure *figure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscPhaseFigure, gsc_phase_figure_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscPhasePick, gsc_phase_pick_clear)

G_END_DECLS
