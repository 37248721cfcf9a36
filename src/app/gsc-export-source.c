/* gsc-export-source.c - what a session shows, to make figures for files of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-source.h"

#include "gsc-figure-studio.h"
#include "gsc-frame-change.h"
#include "gsc-sequence.h"
#include "gsc-snapshot-cache.h"
#include "gsc-team.h"

struct _GscExportSource
{
  gatomicrefcount ref_count;
  GscFrame *frame;
  char *run_path;
  gboolean in_file; /* the model is not in a run's folder */
  gint64 step;      /* where it is looked for there */
  gint32 *tokens;
  GscFigureOrigin origin;
  guint threads;
  GscExportSource *other; /* NULL: nothing is compared */
  char *description;

  /* under the lock */
  GMutex lock;
  GscSnapshot *snapshot; /* NULL: not read yet */
  GscSubject subject;
  GscTeam *team;
  GscWatch watch; /* the present caller's */
  GscFigureStudio *studio;
};

char *
gsc_export_item_make_name (const GscExportItem *item)
{
  if (item->recipe != NULL)
    return g_strdup_printf ("figure-%s", gsc_figure_recipe_get_name (item->recipe));
  return g_strdup (gsc_figure_get_name (item->panel.figure));
}

GscExportSource *
gsc_export_source_new (GscSession *session, guint threads)
{
  GscFrame *frame = gsc_session_get_frame (session);
  const GscRecord *record;
  GscExportSource *self;
  const gint32 *tokens;
  guint n_tokens;

  if (frame == NULL)
    return NULL;
  self = g_new0 (GscExportSource, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->frame = gsc_frame_ref (frame);
  self->run_path = g_strdup (gsc_run_get_path (gsc_session_get_run (session)));
  self->in_file = frame->run->from_file;
  record = gsc_frame_get_record (frame);
  self->step = record != NULL ? record->step : 0;
  tokens = gsc_session_get_tokens (session, &n_tokens);
  self->tokens = g_memdup2 (tokens, n_tokens * sizeof *tokens);
  self->origin = (GscFigureOrigin){
    .context_seed
    = gsc_session_has_own_sequence (session) ? -1 : gsc_session_get_context_seed (session),
    .tokens = self->tokens,
    .n_tokens = n_tokens,
  };
  self->threads = threads;
  if (gsc_session_get_snapshot (session) != NULL)
    self->snapshot = gsc_snapshot_ref (gsc_session_get_snapshot (session));
  return self;
}

GscExportSource *
gsc_export_source_new_compared (GscComparison *comparison, guint threads)
{
  GscSession *other = gsc_comparison_get_other (comparison);
  GscExportSource *self = gsc_export_source_new (gsc_comparison_get_session (comparison), threads);

  if (self == NULL || other == NULL)
    return self;
  self->other = gsc_export_source_new (other, threads);
  if (self->other == NULL)
    return self;
  self->description = gsc_comparison_describe (comparison, FALSE);
  self->other->description = gsc_comparison_describe (comparison, TRUE);
  return self;
}

GscExportSource *
gsc_export_source_ref (GscExportSource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
gsc_export_source_unref (GscExportSource *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  gsc_figure_studio_free (self->studio);
  g_clear_pointer (&self->team, gsc_team_free);
  g_clear_pointer (&self->snapshot, gsc_snapshot_unref);
  g_mutex_clear (&self->lock);
  gsc_frame_unref (self->frame);
  gsc_export_source_unref (self->other);
  g_free (self->description);
  g_free (self->tokens);
  g_free (self->run_path);
  g_free (self);
}

const GscFrame *
gsc_export_source_get_frame (const GscExportSource *self)
{
  return self->frame;
}

const GscFigureOrigin *
gsc_export_source_get_origin (const GscExportSource *self)
{
  return &self->origin;
}

GscExportSource *
gsc_export_source_get_other (GscExportSource *self)
{
  return self->other;
}

const char *
gsc_export_source_get_description (const GscExportSource *self)
{
  return self->description != NULL ? self->description : "";
}

/* What is there */

static gboolean
has_figure (const GscExportSource *self, GscFigure figure)
{
  return figure != GSC_FIGURE_LEARNING_CURVES || !self->in_file;
}

GscShow
gsc_export_source_get_show (const GscExportSource *self, GscFigure figure, GscShow wanted)
{
  if (self->other == NULL)
    return GSC_SHOW_A;
  if (wanted == GSC_SHOW_A || wanted == GSC_SHOW_B)
    return wanted;
  if (!has_figure (self->other, figure))
    return GSC_SHOW_A;
  if (!has_figure (self, figure))
    return GSC_SHOW_B;
  return gsc_figure_has_difference (figure) ? wanted : GSC_SHOW_BOTH;
}

gboolean
gsc_export_source_has (const GscExportSource *self, const GscExportItem *item)
{
  GscFigure figure = item->panel.figure;

  if (item->recipe != NULL)
    {
      g_autoptr (GArray) panels = gsc_figure_recipe_list_panels (item->recipe);

      figure = g_array_index (panels, GscFigureSheetPanel, 0).panel.figure;
    }
  if (gsc_export_source_get_show (self, figure, item->show) == GSC_SHOW_B)
    return has_figure (self->other, figure);
  return has_figure (self, figure);
}

static gboolean
has_insight (const GscFrame *frame, GscInsightKind kind)
{
  return frame->insights[kind] != NULL && frame->insight_steps[kind] == frame->step;
}

static gboolean
has_panel (const GscFrame *frame, const GscFigurePanel *panel)
{
  int insight = gsc_frame_change_get_insight (panel->figure);
  gboolean means = panel->options.batch_mean || panel->options.head_similarity;

  if (panel->about != GSC_PANEL_OF_CURSOR)
    return FALSE;
  if (!gsc_figure_needs_model (panel->figure))
    return !frame->run->from_file || gsc_frame_get_scores (frame) != NULL;
  if (panel->figure == GSC_FIGURE_PROJECTION)
    return frame->projection != NULL;
  if (panel->figure == GSC_FIGURE_ATTENTION)
    return frame->probe != NULL && (!means || has_insight (frame, GSC_INSIGHT_HEAD_MAPS));
  if (insight >= 0)
    return has_insight (frame, (GscInsightKind) insight);
  return frame->probe != NULL;
}

gboolean
gsc_export_source_is_ready (const GscExportSource *self, const GscExportItem *item)
{
  return item->recipe == NULL && has_panel (self->frame, &item->panel);
}

/* Making the rest */

/* A run that has no model yet is no fault. */
static gboolean
load_model (GscExportSource *self, GError **error)
{
  g_autoptr (GscSnapshotCache) cache = NULL;
  g_autoptr (GError) fault = NULL;

  if (self->snapshot != NULL || self->in_file)
    return TRUE;
  cache = gsc_snapshot_cache_new ();
  self->snapshot = gsc_snapshot_cache_load (cache, self->run_path, self->step, NULL, &fault);
  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* With the lock held. */
static GscFigureStudio *
get_studio (GscExportSource *self, gboolean needs_model, GError **error)
{
  GscRunData *run = self->frame->run;
  GscFigureMaterial material;

  if (self->studio != NULL && (self->snapshot != NULL || !needs_model))
    return self->studio;
  if (needs_model && !load_model (self, error))
    return NULL;
  if (self->snapshot != NULL)
    self->subject = (GscSubject){
      .model = self->snapshot->model,
      .p = run->config.p,
      .ablation = self->frame->ablation,
      .config = &run->config,
      .tasks = run->tasks,
      .inputs = run->inputs,
    };
  if (self->team == NULL)
    self->team = gsc_team_new (self->threads);
  material = (GscFigureMaterial){
    .run = run,
    .record = self->frame->record,
    .subject = self->snapshot != NULL ? &self->subject : NULL,
    .step = self->snapshot != NULL ? self->snapshot->step : -1,
    .cursor = self->frame->cursor,
    .tokens = self->tokens,
    .n_tokens = self->origin.n_tokens,
    .n_context = gsc_sequence_count_context (self->origin.n_tokens, self->origin.context_seed < 0),
    .team = self->team,
    .watch = &self->watch,
  };
  gsc_figure_studio_free (self->studio);
  self->studio = gsc_figure_studio_new (&material);
  return self->studio;
}

static gboolean
needs_model (const GscExportSource *self, const GscFigurePanel *panel)
{
  return self->in_file || gsc_figure_needs_model (panel->figure);
}

/* Waits for its turn. */
static void
enter (GscExportSource *self, const GscWatch *watch)
{
  g_mutex_lock (&self->lock);
  self->watch = watch != NULL ? *watch : (GscWatch){ NULL };
}

static void
leave (GscExportSource *self)
{
  self->watch = (GscWatch){ NULL };
  g_mutex_unlock (&self->lock);
}

GscFrame *
gsc_export_source_make_frame (GscExportSource *self,
                              const GscFigurePanel *panel,
                              const GscWatch *watch,
                              GError **error)
{
  GscFigureStudio *studio;
  GscFrame *frame = NULL;

  if (has_panel (self->frame, panel))
    return gsc_frame_ref (self->frame);
  enter (self, watch);
  if (gsc_watch_step (watch, 0, error))
    {
      studio = get_studio (self, needs_model (self, panel), error);
      if (studio != NULL)
        frame = gsc_figure_studio_make (studio, panel, error);
    }
  leave (self);
  return frame;
}

/* Beside nothing. */
static GscFrame *
make_alone (GscExportSource *self,
            const GscFigurePanel *panel,
            const GscWatch *watch,
            GError **error)
{
  g_autoptr (GscFrame) frame = gsc_export_source_make_frame (self, panel, watch, error);
  GscFrame *copy;

  if (frame == NULL)
    return NULL;
  copy = gsc_frame_copy (frame);
  gsc_frame_set_beside (copy, NULL);
  return copy;
}

/* B's points lie as near to A's as may be, as on the screen. */
static void
turn (GscFrame *a, GscFrame *b)
{
  GscProjection *turned;

  if (a->projection == NULL || b->projection == NULL)
    return;
  turned = gsc_projection_align (b->projection, a->projection);
  gsc_frame_set_projection (b, turned);
  gsc_projection_unref (turned);
}

gboolean
gsc_export_source_make_pair (GscExportSource *self,
                             const GscFigurePanel *panel,
                             GscFrame *frames[2],
                             const GscWatch *watch,
                             GError **error)
{
  g_autoptr (GscFrame) a = make_alone (self, panel, watch, error);
  g_autoptr (GscFrame) b = a != NULL ? make_alone (self->other, panel, watch, error) : NULL;

  if (b == NULL)
    return FALSE;
  turn (a, b);
  frames[0] = gsc_frame_copy (a);
  frames[1] = gsc_frame_copy (b);
  gsc_frame_set_beside (frames[0], b);
  gsc_frame_set_beside (frames[1], a);
  return TRUE;
}

GscFigureSheet *
gsc_export_source_make_sheet (GscExportSource *self,
                              const GscFigureRecipe *recipe,
                              const GscFigurePaper *paper,
                              const GscWatch *watch,
                              GError **error)
{
  g_autoptr (GArray) panels = gsc_figure_recipe_list_panels (recipe);
  GscFigureSheet *sheet = NULL;
  GscFigureStudio *studio;
  gboolean model = FALSE;
  GscStyle style;

  for (guint i = 0; i < panels->len; i++)
    model = model || needs_model (self, &g_array_index (panels, GscFigureSheetPanel, i).panel);
  gsc_figure_paper_init_style (paper, &style);
  enter (self, watch);
  if (gsc_watch_step (watch, 0, error))
    {
      studio = get_studio (self, model, error);
      if (studio != NULL)
        sheet = gsc_figure_recipe_make (recipe, studio, &style, paper->width, paper->height, error);
    }
  leave (self);
  return sheet;
}
