/* gsc-film-alignment.h - the projections of a film's models, turned and scaled alike
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-frame.h"

G_BEGIN_DECLS

/* For one thread. */
typedef struct _GscFilmAlignment GscFilmAlignment;

GscFilmAlignment *gsc_film_alignment_new (void);
void gsc_film_alignment_free (GscFilmAlignment *alignment);

/* Adds the frame of the next model, by step; its projection is turned to lie nearest to the one
 * before (gsc_projection_align()). */
void gsc_film_alignment_add (GscFilmAlignment *alignment, const GscFrame *frame);

/* After the last one: all frames get scales that hold the points of all of them. */
void gsc_film_alignment_finish (GscFilmAlignment *alignment);

/* A copy of the frame of the model of @step, or NULL. */
GscFrame *gsc_film_alignment_make_frame (const GscFilmAlignment *alignment, gint64 step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFilmAlignment, gsc_film_alignment_free)

G_END_DECLS
