/* gsc-film-form.h - the rows that say what is filmed, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-film.h"
#include "gsc-run-data.h"

G_BEGIN_DECLS

#define GSC_TYPE_FILM_FORM (gsc_film_form_get_type ())

/* Rows on a page of preferences. Signal "changed" (): one of the choices. */
G_DECLARE_FINAL_TYPE (GscFilmForm, gsc_film_form, GSC, FILM_FORM, AdwPreferencesPage)

/* @run says which steps there are. @settings: the choices are taken from its keys "film-…"; NULL:
 * the usual ones. */
GscFilmForm *gsc_film_form_new (GscRunData *run, GSettings *settings);

/* The choices, onto @film; its panels are made by gsc_figure_panel_init() and live as long as the
 * form does not change. There may be none. */
void gsc_film_form_get (GscFilmForm *form, GscFilmSettings *film);

/* Whether pictures are wanted in place of a film. */
gboolean gsc_film_form_wants_pictures (GscFilmForm *form);

/* Remembers the choices for the next time; the steps are the run's alone. */
void gsc_film_form_save (GscFilmForm *form, GSettings *settings);

/* What a user does. */
void gsc_film_form_tick (GscFilmForm *form, GscFigure figure, gboolean ticked);
void gsc_film_form_set_steps (GscFilmForm *form, gint64 from, gint64 to);
void gsc_film_form_set_length (GscFilmForm *form, double seconds, int rate);
void gsc_film_form_set_pictures (GscFilmForm *form, gboolean pictures);
void gsc_film_form_set_size (GscFilmForm *form, guint size); /* the number of the row's entry */

G_END_DECLS
