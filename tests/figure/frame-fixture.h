/* frame-fixture.h - frames to draw, without a training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "data-fixture.h"
#include "gsc-figure.h"

/* A frame of a run as data_fixture_new() makes it, at its last record; without a model.
 * (transfer full) */
GscFrame *frame_fixture_new (int p, guint n_records, FixtureKind kind);

/* Adds what a model with random weights does with a sequence of @n_tokens of the cursor's task, the
 * last of them perhaps a query. */
void frame_fixture_add_probe (GscFrame *frame, guint n_tokens);

/* A number of the table. NaN where the cell is empty. */
double frame_fixture_get_number (const GscFigureTable *table, guint row, const char *column);

/* The text of the table's cell. */
const char *frame_fixture_get_text (const GscFigureTable *table, guint row, const char *column);

/* @page as pixels, @scale of them a point. (transfer full) */
cairo_surface_t *
frame_fixture_paint (const GscFigurePage *page, double width, double height, double scale);

/* A pixel's colour, 0xrrggbb; (@x, @y) in pixels. */
guint32 frame_fixture_get_pixel (cairo_surface_t *surface, double x, double y);
