/* gsc-film-alignment.h - a figure of a film's models, scaled alike (and projections turned alike)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-panel.h"

G_BEGIN_DECLS

/* For one thread. */
typedef struct _GscFilmAlignment GscFilmAlignment;

/* Whether the figure's scale would change from model to model otherwise. */
gboolean gsc_film_alignment_is_needed (GscFigure figure);

/* @panel is copied. */
GscFilmAlignment *gsc_film_alignment_new (const GscFigurePanel *panel);
void gsc_film_alignment_free (GscFilmAlignment *alignment);

/* Adds the frame of the next model, by step; a projection is turned to lie nearest to the one
 * before (gsc_projection_align()). */
void gsc_film_alignment_add (GscFilmAlignment *alignment, const GscFrame *frame);

/* After the last one: all frames get a scale that holds all of them. */
void gsc_film_alignment_finish (GscFilmAlignment *alignment);

/* A copy of the frame of the model of @step, or NULL. */
GscFrame *gsc_film_alignment_make_frame (const GscFilmAlignment *alignment, gint64 step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFilmAlignment, gsc_film_alignment_free)

G_END_DECLS
