/* film-fixture.h - a tiny trained run, and a small film of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-film.h"

typedef struct
{
  char *place; /* an empty folder */
  char *path;  /* the run: records at the steps 0, 10, 20, 30 and 40 */
  GscRunData *run;
  GscFigurePanel panels[2]; /* learning curves and projection */
  GscFilmSettings settings; /* 160 x 96 pixels, 9 frames in 0.9 seconds */
} FilmFixture;

void film_fixture_set_up (FilmFixture *fixture, gconstpointer data);
void film_fixture_tear_down (FilmFixture *fixture, gconstpointer data);

#define FILM_FIXTURE_ADD(name, func)                                                               \
  g_test_add (name, FilmFixture, NULL, film_fixture_set_up, func, film_fixture_tear_down)

/* Must succeed. (transfer full) */
GscFilm *film_fixture_make (FilmFixture *fixture);

/* Takes away the model that was kept at @step. */
void film_fixture_forget_model (FilmFixture *fixture, gint64 step);

/* A path in the empty folder. (transfer full) */
char *film_fixture_get_path (FilmFixture *fixture, const char *name);

/* How many files and folders @folder holds, hidden ones too. */
guint film_fixture_count_files (const char *folder);

/* The frame's picture; must succeed. (transfer full) */
cairo_surface_t *film_fixture_paint (GscFilm *film, guint frame);

/* The mean difference of two pictures' colours, 0..255; they must be of the same size. */
double film_fixture_compare (cairo_surface_t *a, cairo_surface_t *b);

/* A watch that cancels once the share @stop_at is done (above 1: never); progress must not go back.
 */
typedef struct
{
  GscWatch watch;
  double latest;
  double stop_at;
} FilmWatch;

void film_watch_init (FilmWatch *watch, double stop_at);
void film_watch_clear (FilmWatch *watch);
