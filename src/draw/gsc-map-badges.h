/* gsc-map-badges.h - marks on triangular maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For maps of which only the part left of and below the diagonal is there: a short text in the free
 * corner at the top right, and a cross on what is there.
 */

#pragma once

#include "gsc-label.h"

G_BEGIN_DECLS

#define GSC_MAP_BADGE_LINES 2

/* The texts of @n maps of @width x @height, in the form of @texts [forms][n] (from long to short;
 * NULL: a map without; one line, or two with a newline between them) that comes first of those
 * whose every text fits into the corner; none if no form does. @labels [n][GSC_MAP_BADGE_LINES].
 * They stand at (0, 0) then. */
void gsc_map_badges_init (GscLabel *labels,
                          guint n,
                          const char *const *texts,
                          guint forms,
                          const GscStyle *style,
                          double width,
                          double height);

/* The lines of one map into its corner. */
void gsc_map_badges_place (GscLabel *lines, const GscRect *map, const GscStyle *style);

void gsc_map_badges_paint (cairo_t *cr, const GscLabel *label, const GscStyle *style);

/* Veils @map and crosses it out, below the diagonal. */
void gsc_map_badges_paint_cross (cairo_t *cr, const GscRect *map, const GscStyle *style);

G_END_DECLS
