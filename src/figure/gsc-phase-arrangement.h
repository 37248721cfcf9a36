/* gsc-phase-arrangement.h - where the maps of a phase diagram stand on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For gsc-phase-figure-layout.c. All lengths are in points.
 */

#pragma once

#include "gsc-figure-page.h"
#include "gsc-phase-figure.h"

G_BEGIN_DECLS

/* Everything around the maps' cells. */
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
} GscPhaseRoom;

/* Maps of the same size in rows. */
typedef struct
{
  guint columns, rows;
  gboolean legend_in_slot; /* in the one place that the maps leave free */
  double cell_width, cell_height;
  double score; /* the higher, the better its cells can be read */
} GscPhaseArrangement;

/* What @maps (one for each part of @figure) and @legend need in @content. */
GscPhaseRoom gsc_phase_room_measure (const GscPhaseFigure *figure,
                                     const GscCellMapInput *maps,
                                     const GscLegendInput *legend,
                                     const GscStyle *style,
                                     const GscRect *content);

/* The arrangement with the largest cells in @content. */
GscPhaseArrangement gsc_phase_arrangement_choose (const GscPhaseFigure *figure,
                                                  const GscPhaseRoom *room,
                                                  const GscLegendInput *legend,
                                                  const GscStyle *style,
                                                  const GscRect *content);

/* For a page of @width whose height is free: the most maps in a row whose numbers can be read, with
 * cells of a good height. */
GscPhaseArrangement gsc_phase_arrangement_choose_height (const GscPhaseFigure *figure,
                                                         const GscPhaseRoom *room,
                                                         const GscLegendInput *legend,
                                                         const GscStyle *style,
                                                         double width);

/* What the maps and their titles take without any cells. */
void gsc_phase_arrangement_add_up (const GscPhaseArrangement *all,
                                   const GscPhaseRoom *room,
                                   double *width,
                                   double *height);

/* Where map @index stands: the phases of a full diagram in the last column of three, the sets
 * beside them as tasks by inputs. */
guint gsc_phase_arrangement_get_slot (const GscPhaseFigure *figure, guint columns, guint index);

/* Whether a map stands below that slot. */
gboolean
gsc_phase_arrangement_is_above_another (const GscPhaseFigure *figure, guint columns, guint slot);

/* A slot with its map's names and titles, where the maps begin at @origin. */
GscRect gsc_phase_arrangement_get_map_area (const GscPhaseArrangement *all,
                                            const GscPhaseRoom *room,
                                            const GscPhaseFrame *frame,
                                            guint slot,
                                            const GscPoint *origin);

G_END_DECLS
