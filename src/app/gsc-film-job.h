/* gsc-film-job.h - a film under way, in a thread of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-film.h"
#include "gsc-run-data.h"

G_BEGIN_DECLS

/* What is filmed of which run. Immutable; reference-counted (atomically). */
typedef struct
{
  GscRunData *run;
  char *path; /* the run's folder */
  GscFilmSettings settings;
  guint threads; /* 0: one per processor */
} GscFilmOrder;

/* Copies everything. */
GscFilmOrder *gsc_film_order_new (GscRunData *run,
                                  const char *path,
                                  const GscFilmSettings *settings,
                                  guint threads);
GscFilmOrder *gsc_film_order_ref (GscFilmOrder *order);
void gsc_film_order_unref (GscFilmOrder *order);

#define GSC_TYPE_FILM_JOB (gsc_film_job_get_type ())

/* For the main thread. */
G_DECLARE_FINAL_TYPE (GscFilmJob, gsc_film_job, GSC, FILM_JOB, GObject)

GscFilmJob *gsc_film_job_new (GscFilmOrder *order);

/* Writes the film to @path: a WebM film, or, with @pictures, numbered PNG pictures NAME-00001.png
 * in its folder, with NAME the last part of @path without ".png". @callback is called when it is
 * done; once for a job. */
void gsc_film_job_write_async (GscFilmJob *job,
                               const char *path,
                               gboolean pictures,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* FALSE and @error: as gsc_film_new(), gsc_film_webm_write() and gsc_film_png_write(). */
gboolean gsc_film_job_write_finish (GscFilmJob *job, GAsyncResult *result, GError **error);

/* Paints one picture, at the share @where of the film, 0..1. */
void gsc_film_job_preview_async (GscFilmJob *job,
                                 double where,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* (transfer full), RGB24; or NULL and @error as gsc_film_new() and gsc_film_paint(). */
cairo_surface_t *
gsc_film_job_preview_finish (GscFilmJob *job, GAsyncResult *result, GError **error);

/* Stops it: it ends with G_IO_ERROR_CANCELLED, and nothing is written. */
void gsc_film_job_cancel (GscFilmJob *job);

/* The share that is done, 0..1, and the seconds that are left, negative where that is not known. */
double gsc_film_job_get_progress (GscFilmJob *job);
double gsc_film_job_get_seconds_left (GscFilmJob *job);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFilmOrder, gsc_film_order_unref)

G_END_DECLS
