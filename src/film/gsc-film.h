/* gsc-film.h - a training as a film: its panels, step after step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every picture shows the newest record at its step, and the newest model that was kept by then.
 * Axes and colours are the same in all of them: curves have the axes of the whole run, and points
 * of a projection are turned from model to model so that they move as little as may be. The same
 * run and settings give the same pictures.
 */

#pragma once

#include "gsc-figure-panel.h"
#include "gsc-style.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

#define GSC_FILM_MIN_SIZE 64
#define GSC_FILM_MAX_SIZE 7680
#define GSC_FILM_MAX_RATE 120
#define GSC_FILM_MAX_FRAMES 99999
#define GSC_FILM_MAX_PANELS GSC_N_FIGURES

/* What is filmed, and how. A plain value; everything is borrowed, by gsc_film_new() alone. */
typedef struct
{
  const GscFigurePanel *panels;
  guint n_panels; /* 1..GSC_FILM_MAX_PANELS */
  int width;      /* pixels */
  int height;
  double text_scale; /* of what suits the size: 1 */
  GscPaletteKind theme;
  gint64 from; /* the first step; -1: that of the first record */
  gint64 to;   /* the last one; -1: that of the last record */
  int rate;    /* frames per second */
  double seconds;
  double speed;            /* steps a second; above 0: says how long it is, in place of seconds */
  const GscCursor *cursor; /* NULL: the default one */
  const gint32 *tokens;    /* the sequence: complete examples; NULL: drawn for the cursor's task */
  guint n_tokens;
  guint n_context; /* as in GscFigureMaterial */
} GscFilmSettings;

/* Learning curves, shots, attention and projection in 1920x1080, 30 frames a second for 20
 * seconds, of the whole run. */
void gsc_film_settings_init (GscFilmSettings *settings);

/* "1920x1080" into @settings. FALSE if it is none or of no size that a film can have. */
gboolean gsc_film_settings_parse_size (GscFilmSettings *settings, const char *text);

/* For one thread at a time. */
typedef struct _GscFilm GscFilm;

/* Of the run folder @path, whose data @run is: its records are those that it has now. @team:
 * nullable, borrowed for the film's life. NULL and @error: G_IO_ERROR_INVALID_ARGUMENT for
 * settings that make no film (a range without records, more than GSC_FILM_MAX_FRAMES), and as
 * gsc_run_folder_open(). */
GscFilm *gsc_film_new (GscRunData *run,
                       const char *path,
                       const GscFilmSettings *settings,
                       GscTeam *team,
                       GError **error);
void gsc_film_free (GscFilm *film);

int gsc_film_get_width (const GscFilm *film);
int gsc_film_get_height (const GscFilm *film);
int gsc_film_get_rate (const GscFilm *film);
guint gsc_film_count_frames (const GscFilm *film);

/* How many different pictures its frames are: what takes the time. */
guint gsc_film_count_pictures (const GscFilm *film);

/* "quick: learning curves, attention": for metadata. Borrowed. */
const char *gsc_film_get_title (const GscFilm *film);

/* The step that frame @frame stands for; the first and last are those of the range. */
gint64 gsc_film_get_step (const GscFilm *film, guint frame);

/* The step of the record and of the model that it shows. The model's is -1 where the run has
 * kept none. */
gint64 gsc_film_get_record_step (const GscFilm *film, guint frame);
gint64 gsc_film_get_model_step (const GscFilm *film, guint frame);

/* The picture of a frame, an RGB24 image. Without an earlier gsc_film_run() the scales of
 * projections are the frame's own: good for a preview. @cancellable: nullable. NULL and @error: as
 * gsc_figure_studio_make() and gsc_run_folder_load_snapshot(). */
cairo_surface_t *
gsc_film_paint (GscFilm *film, guint frame, GCancellable *cancellable, GError **error);

/* Takes a frame. @changed: whether @picture differs from that of the frame before. FALSE and
 * @error end the film. */
typedef gboolean (*GscFilmSink) (
    cairo_surface_t *picture, gboolean changed, guint frame, gpointer data, GError **error);

/* Paints all frames in order. @watch: nullable. FALSE and @error: as gsc_film_paint() and @sink, or
 * G_IO_ERROR_CANCELLED. */
gboolean gsc_film_run (
    GscFilm *film, GscFilmSink sink, gpointer data, const GscWatch *watch, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFilm, gsc_film_free)

G_END_DECLS
