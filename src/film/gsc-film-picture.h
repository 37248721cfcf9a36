/* gsc-film-picture.h - one picture of a film
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-panel.h"
#include "gsc-style.h"

G_BEGIN_DECLS

/* What is in it. A plain value; everything is borrowed. */
typedef struct
{
  const GscFigurePanel *panels;
  GscFrame *const *frames; /* that they are drawn from */
  guint n_panels;
  int width; /* pixels */
  int height;
  double text_scale;
  GscPaletteKind theme;
  const char *name;   /* of the run */
  gint64 record_step; /* of what the records say */
  gint64 model_step;  /* of what is seen in the model; -1: there is none */
} GscFilmPicture;

/* An RGB24 image: the panels in rows that suit its shape, below the run's name and the step. */
cairo_surface_t *gsc_film_picture_paint (const GscFilmPicture *picture);

G_END_DECLS
