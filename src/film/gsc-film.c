/* gsc-film.c - a training as a film: its panels, step after step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-figure-studio.h"
#include "gsc-film-alignment.h"
#include "gsc-film-picture.h"
#include "gsc-run-folder.h"
#include "gsc-sequence.h"

/* Of a sequence that is drawn, as the app's first one. */
#define CONTEXT_SEED 1

/* The share of the work that aligning is, where it has to be done. */
#define ALIGNING_SHARE 0.25

/* One picture: what it shows. */
typedef struct
{
  int record;
  int model; /* index into the run's snapshots; -1: there is none */
} Moment;

struct _GscFilm
{
  GscRunData *run;
  GscRunFolder *folder;
  GPtrArray *snapshots; /* of GscSnapshotInfo, by step */
  GscTeam *team;
  char *title;

  GscFigurePanel *panels; /* [n_panels] */
  guint n_panels;
  int width, height;
  double text_scale;
  GscPaletteKind theme;
  gint64 from, to;
  int rate;
  guint n_frames;

  GscCursor cursor;
  gint32 *tokens;
  guint n_tokens;
  guint n_context;

  GscFilmAlignment **alignments; /* [n_panels]; NULL: not yet, or not needed */

  /* The latest picture and the frames it was drawn from. */
  Moment moment;
  GscFrame **frames; /* [n_panels]; NULL: none yet */
  cairo_surface_t *picture;
};

/* Moments */

static int
find_record (const GscFilm *film, gint64 step)
{
  guint low = 0, high = film->run->records->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (gsc_run_data_get_record (film->run, (int) middle)->step <= step)
        low = middle;
      else
        high = middle;
    }
  return (int) low;
}

static gint64
get_snapshot_step (const GscFilm *film, guint index)
{
  return ((const GscSnapshotInfo *) g_ptr_array_index (film->snapshots, index))->step;
}

/* The newest one at @step, or else the first. */
static int
find_model (const GscFilm *film, gint64 step)
{
  guint low = 0, high = film->snapshots->len;

  if (high == 0)
    return -1;
  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (get_snapshot_step (film, middle) <= step)
        low = middle;
      else
        high = middle;
    }
  return (int) low;
}

gint64
gsc_film_get_step (const GscFilm *film, guint frame)
{
  gint64 last = (gint64) film->n_frames - 1;

  if (last == 0)
    return film->to;
  return film->from + ((film->to - film->from) * MIN ((gint64) frame, last) + last / 2) / last;
}

static Moment
get_moment (const GscFilm *film, guint frame)
{
  gint64 step = gsc_film_get_step (film, frame);

  return (Moment){ find_record (film, step), find_model (film, step) };
}

static gboolean
moment_equal (Moment a, Moment b)
{
  return a.record == b.record && a.model == b.model;
}

gint64
gsc_film_get_record_step (const GscFilm *film, guint frame)
{
  return gsc_run_data_get_record (film->run, get_moment (film, frame).record)->step;
}

gint64
gsc_film_get_model_step (const GscFilm *film, guint frame)
{
  int model = get_moment (film, frame).model;

  return model >= 0 ? get_snapshot_step (film, (guint) model) : -1;
}

guint
gsc_film_count_pictures (const GscFilm *film)
{
  Moment last = { -1, -1 };
  guint n = 0;

  for (guint i = 0; i < film->n_frames; i++)
    {
      Moment moment = get_moment (film, i);

      if (i == 0 || !moment_equal (moment, last))
        n++;
      last = moment;
    }
  return n;
}

/* Frames */

/* The frames of all panels, or of the panel @only, of a model; (transfer full) in @frames. */
static gboolean
make_frames (GscFilm *film,
             Moment moment,
             int only,
             GscFrame **frames,
             GCancellable *cancellable,
             GError **error)
{
  const GscWatch watch = { .cancellable = cancellable };
  GscSubject subject = {
    .p = film->run->config.p,
    .config = &film->run->config,
    .tasks = film->run->tasks,
    .inputs = film->run->inputs,
  };
  GscFigureMaterial material = {
    .run = film->run,
    .record = moment.record,
    .step = -1,
    .cursor = film->cursor,
    .tokens = film->tokens,
    .n_tokens = film->n_tokens,
    .n_context = film->n_context,
    .team = film->team,
    .watch = &watch,
  };
  g_autoptr (GscModel) model = NULL;
  g_autoptr (GscFigureStudio) studio = NULL;

  if (moment.model >= 0)
    {
      material.step = get_snapshot_step (film, (guint) moment.model);
      model = gsc_run_folder_load_snapshot (film->folder, material.step, error);
      if (model == NULL)
        return FALSE;
      subject.model = model;
      material.subject = &subject;
    }
  studio = gsc_figure_studio_new (&material);
  for (guint i = 0; i < film->n_panels; i++)
    {
      if (only >= 0 && i != (guint) only)
        continue;
      if (only < 0 && film->alignments[i] != NULL)
        frames[i] = gsc_film_alignment_make_frame (film->alignments[i], material.step);
      else
        frames[i] = gsc_figure_studio_make (studio, &film->panels[i], error);
      if (frames[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
drop_frames (GscFilm *film)
{
  for (guint i = 0; i < film->n_panels; i++)
    g_clear_pointer (&film->frames[i], gsc_frame_unref);
}

/* The same model at another record. */
static void
move_frames (GscFilm *film, int record)
{
  for (guint i = 0; i < film->n_panels; i++)
    {
      GscFrame *frame = gsc_frame_copy (film->frames[i]);

      if (film->panels[i].about != GSC_PANEL_OF_LAST_RECORD)
        frame->record = record;
      gsc_frame_unref (film->frames[i]);
      film->frames[i] = frame;
    }
}

static gboolean
go_to (GscFilm *film, Moment moment, GCancellable *cancellable, GError **error)
{
  gboolean there = film->frames[0] != NULL && film->moment.model == moment.model;

  if (!there)
    {
      drop_frames (film);
      if (!make_frames (film, moment, -1, film->frames, cancellable, error))
        {
          drop_frames (film);
          return FALSE;
        }
    }
  move_frames (film, moment.record);
  film->moment = moment;
  return TRUE;
}

/* Pictures */

static cairo_surface_t *
paint_frames (const GscFilm *film)
{
  const GscFilmPicture picture = {
    .panels = film->panels,
    .frames = film->frames,
    .n_panels = film->n_panels,
    .width = film->width,
    .height = film->height,
    .text_scale = film->text_scale,
    .theme = film->theme,
    .name = film->run->name,
    .record_step = gsc_run_data_get_record (film->run, film->moment.record)->step,
    .model_step
    = film->moment.model >= 0 ? get_snapshot_step (film, (guint) film->moment.model) : -1,
  };

  return gsc_film_picture_paint (&picture);
}

cairo_surface_t *
gsc_film_paint (GscFilm *film, guint frame, GCancellable *cancellable, GError **error)
{
  Moment moment = get_moment (film, frame);
  cairo_status_t status;

  if (film->picture != NULL && moment_equal (moment, film->moment))
    return cairo_surface_reference (film->picture);
  g_clear_pointer (&film->picture, cairo_surface_destroy);
  if (!go_to (film, moment, cancellable, error))
    return NULL;
  film->picture = paint_frames (film);
  status = cairo_surface_status (film->picture);
  if (status == CAIRO_STATUS_SUCCESS)
    return cairo_surface_reference (film->picture);
  g_clear_pointer (&film->picture, cairo_surface_destroy);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("A picture could not be drawn (%s)."),
               cairo_status_to_string (status));
  return NULL;
}

/* The whole film */

static gboolean
is_aligned (const GscFilm *film, guint panel)
{
  return gsc_film_alignment_is_needed (film->panels[panel].figure);
}

/* Aligns the panel's figures of all models that are shown. */
static gboolean
align_panel (
    GscFilm *film, guint panel, double start, double share, const GscWatch *watch, GError **error)
{
  g_autoptr (GscFilmAlignment) alignment = gsc_film_alignment_new (&film->panels[panel]);
  g_autofree GscFrame **frames = g_new0 (GscFrame *, film->n_panels);
  int first = find_model (film, film->from), last = find_model (film, film->to);

  for (int i = first; i >= 0 && i <= last; i++)
    {
      const Moment moment = { find_record (film, film->from), i };

      if (!gsc_watch_step (watch, start + share * (i - first) / (last - first + 1), error)
          || !make_frames (film, moment, (int) panel, frames,
                           watch != NULL ? watch->cancellable : NULL, error))
        return FALSE;
      gsc_film_alignment_add (alignment, frames[panel]);
      g_clear_pointer (&frames[panel], gsc_frame_unref);
    }
  gsc_film_alignment_finish (alignment);
  film->alignments[panel] = g_steal_pointer (&alignment);
  return TRUE;
}

/* Sets *share to the share of the work that this was. */
static gboolean
align (GscFilm *film, double *share, const GscWatch *watch, GError **error)
{
  guint n = 0, done = 0;

  for (guint i = 0; i < film->n_panels; i++)
    n += is_aligned (film, i) && film->alignments[i] == NULL ? 1 : 0;
  *share = n > 0 && film->snapshots->len > 0 ? ALIGNING_SHARE : 0;
  if (*share == 0)
    return TRUE;
  /* what has been painted has other scales */
  g_clear_pointer (&film->picture, cairo_surface_destroy);
  drop_frames (film);
  for (guint i = 0; i < film->n_panels; i++)
    if (is_aligned (film, i) && film->alignments[i] == NULL
        && !align_panel (film, i, *share * done++ / n, *share / n, watch, error))
      return FALSE;
  return TRUE;
}

gboolean
gsc_film_run (GscFilm *film, GscFilmSink sink, gpointer data, const GscWatch *watch, GError **error)
{
  GCancellable *cancellable = watch != NULL ? watch->cancellable : NULL;
  Moment last = { -1, -1 };
  double share;

  if (!align (film, &share, watch, error))
    return FALSE;
  for (guint i = 0; i < film->n_frames; i++)
    {
      cairo_surface_t *picture;
      gboolean done;

      if (!gsc_watch_step (watch, share + (1 - share) * i / film->n_frames, error))
        return FALSE;
      picture = gsc_film_paint (film, i, cancellable, error);
      if (picture == NULL)
        return FALSE;
      done = sink (picture, i == 0 || !moment_equal (last, film->moment), i, data, error);
      cairo_surface_destroy (picture);
      if (!done)
        return FALSE;
      last = film->moment;
    }
  return gsc_watch_step (watch, 1, error);
}

/* Making it */

static void
draw_sequence (GscFilm *film)
{
  const GscRunData *run = film->run;
  const GscTask *task
      = &run->tasks->tasks[gsc_task_split_lookup (run->tasks, film->cursor.a, film->cursor.b)];
  GscRng rng;

  film->n_tokens = 3 * (guint) run->config.shots;
  film->n_context = gsc_sequence_count_context (film->n_tokens, FALSE);
  film->tokens = g_new (gint32, film->n_tokens);
  gsc_rng_init (&rng, CONTEXT_SEED, GSC_RNG_SHOW, 0, 0);
  gsc_sequence_draw (&rng, run->config.p, task, run->inputs->train, run->inputs->n_train,
                     run->config.shots, film->tokens);
}

static gboolean
set_range (GscFilm *film, const GscFilmSettings *settings, GError **error)
{
  const GPtrArray *records = film->run->records;
  double n;
  gint64 first, last;

  if (records->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("%s: The run has no records yet, so that there is nothing to film."),
                   film->run->name);
      return FALSE;
    }
  first = gsc_run_data_get_record (film->run, 0)->step;
  last = gsc_run_data_get_record (film->run, (int) records->len - 1)->step;
  film->from = settings->from >= 0 ? MAX (settings->from, first) : first;
  film->to = settings->to >= 0 ? MIN (settings->to, last) : last;
  if (film->from > film->to)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("%s: There is nothing to film in these steps; the run has records from step "
                      "%d to %d."),
                   film->run->name, (int) first, (int) last);
      return FALSE;
    }
  n = (settings->speed > 0 ? (double) (film->to - film->from) / settings->speed : settings->seconds)
      * settings->rate;
  if (!(n <= GSC_FILM_MAX_FRAMES + 0.5))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("The film would have more than %d pictures; make it shorter or show fewer a "
                      "second."),
                   GSC_FILM_MAX_FRAMES);
      return FALSE;
    }
  film->n_frames = (guint) CLAMP (lround (n), 1, GSC_FILM_MAX_FRAMES);
  return TRUE;
}

static char *
make_title (const GscFilm *film)
{
  GString *title = g_string_new (film->run->name);

  for (guint i = 0; i < film->n_panels; i++)
    {
      g_autofree char *name = g_ascii_strdown (gsc_figure_get_title (film->panels[i].figure), -1);

      g_string_append_printf (title, "%s %s", i == 0 ? ":" : ",", name);
    }
  return g_string_free (title, FALSE);
}

static gboolean
check_settings (const GscFilmSettings *settings, GError **error)
{
  gboolean good = settings->n_panels >= 1 && settings->n_panels <= GSC_FILM_MAX_PANELS
                  && MIN (settings->width, settings->height) >= GSC_FILM_MIN_SIZE
                  && MAX (settings->width, settings->height) <= GSC_FILM_MAX_SIZE
                  && settings->rate >= 1 && settings->rate <= GSC_FILM_MAX_RATE
                  && (settings->seconds > 0 || settings->speed > 0) && settings->text_scale > 0;

  if (!good)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("A film has 1 to %d panels, %d to %d pixels in width and height, and 1 to %d "
                    "pictures a second."),
                 GSC_FILM_MAX_PANELS, GSC_FILM_MIN_SIZE, GSC_FILM_MAX_SIZE, GSC_FILM_MAX_RATE);
  return good;
}

GscFilm *
gsc_film_new (GscRunData *run,
              const char *path,
              const GscFilmSettings *settings,
              GscTeam *team,
              GError **error)
{
  g_autoptr (GscFilm) film = NULL;

  if (!check_settings (settings, error))
    return NULL;
  film = g_new0 (GscFilm, 1);
  film->run = gsc_run_data_ref (run);
  film->team = team;
  film->n_panels = settings->n_panels;
  film->panels = g_memdup2 (settings->panels, settings->n_panels * sizeof *settings->panels);
  film->frames = g_new0 (GscFrame *, film->n_panels);
  film->alignments = g_new0 (GscFilmAlignment *, film->n_panels);
  film->width = settings->width;
  film->height = settings->height;
  film->text_scale = settings->text_scale;
  film->theme = settings->theme;
  film->rate = settings->rate;
  film->title = make_title (film);
  film->cursor = settings->cursor != NULL ? *settings->cursor : gsc_frame_default_cursor (run);
  if (settings->tokens != NULL)
    {
      film->n_tokens = settings->n_tokens;
      film->n_context = settings->n_context;
      film->tokens = g_memdup2 (settings->tokens, settings->n_tokens * sizeof (gint32));
    }
  else
    draw_sequence (film);
  if (!set_range (film, settings, error))
    return NULL;
  film->folder = gsc_run_folder_open (path, FALSE, error);
  if (film->folder != NULL)
    film->snapshots = gsc_run_folder_list_snapshots (film->folder, error);
  return film->snapshots != NULL ? g_steal_pointer (&film) : NULL;
}

void
gsc_film_free (GscFilm *film)
{
  if (film == NULL)
    return;
  drop_frames (film);
  for (guint i = 0; i < film->n_panels; i++)
    gsc_film_alignment_free (film->alignments[i]);
  g_free (film->alignments);
  g_free (film->frames);
  g_clear_pointer (&film->picture, cairo_surface_destroy);
  g_clear_pointer (&film->snapshots, g_ptr_array_unref);
  g_clear_pointer (&film->folder, gsc_run_folder_free);
  gsc_run_data_unref (film->run);
  g_free (film->title);
  g_free (film->panels);
  g_free (film->tokens);
  g_free (film);
}

int
gsc_film_get_width (const GscFilm *film)
{
  return film->width;
}

int
gsc_film_get_height (const GscFilm *film)
{
  return film->height;
}

int
gsc_film_get_rate (const GscFilm *film)
{
  return film->rate;
}

guint
gsc_film_count_frames (const GscFilm *film)
{
  return film->n_frames;
}

const char *
gsc_film_get_title (const GscFilm *film)
{
  return film->title;
}
