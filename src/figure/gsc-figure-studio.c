/* gsc-figure-studio.c - makes the frames that panels are drawn from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-studio.h"

#include <glib/gi18n.h>

/* An insight and what it is the answer to. */
typedef struct
{
  GscInsightRequest request;
  GscInsight *insight;
} Kept;

struct _GscFigureStudio
{
  GscFigureMaterial material;
  GscProbe *probe;
  GscProjection *projection; /* the latest */
  GArray *kept;              /* of Kept */
};

static void
kept_clear (gpointer data)
{
  gsc_insight_unref (((Kept *) data)->insight);
}

GscFigureStudio *
gsc_figure_studio_new (const GscFigureMaterial *material)
{
  GscFigureStudio *studio = g_new0 (GscFigureStudio, 1);

  studio->material = *material;
  gsc_run_data_ref (material->run);
  studio->kept = g_array_new (FALSE, FALSE, sizeof (Kept));
  g_array_set_clear_func (studio->kept, kept_clear);
  return studio;
}

void
gsc_figure_studio_free (GscFigureStudio *studio)
{
  if (studio == NULL)
    return;
  gsc_run_data_unref (studio->material.run);
  g_clear_pointer (&studio->probe, gsc_probe_unref);
  g_clear_pointer (&studio->projection, gsc_projection_unref);
  g_array_unref (studio->kept);
  g_free (studio);
}

static gboolean
add_probe (GscFigureStudio *studio, GscFrame *frame, GError **error)
{
  const GscFigureMaterial *material = &studio->material;

  if (studio->probe == NULL)
    studio->probe = gsc_probe_new (material->subject, material->tokens, material->n_tokens, error);
  if (studio->probe == NULL)
    return FALSE;
  gsc_frame_set_probe (frame, studio->probe);
  return TRUE;
}

static gboolean
add_projection (GscFigureStudio *studio,
                const GscFigurePanel *panel,
                GscFrame *frame,
                GError **error)
{
  const GscFigureMaterial *material = &studio->material;
  guint n = material->n_tokens / 3;
  GscProjectionSource source = {
    .part = panel->part,
    .layer = frame->cursor.layer,
    .head = frame->cursor.head,
    .slots = panel->slots,
    .example = MIN (frame->cursor.shot, MAX (n, 1) - 1),
    .centred = panel->centred,
  };

  if (studio->projection == NULL
      || !gsc_projection_source_equal (&studio->projection->source, &source))
    {
      g_clear_pointer (&studio->projection, gsc_projection_unref);
      studio->projection = gsc_projection_new (
          material->subject, material->tokens, 3 * n, &source,
          material->watch != NULL ? material->watch->cancellable : NULL, error);
    }
  if (studio->projection == NULL)
    return FALSE;
  gsc_frame_set_projection (frame, studio->projection);
  return TRUE;
}

static gboolean
add_insight (GscFigureStudio *studio,
             const GscFigurePanel *panel,
             GscInsightKind kind,
             GscFrame *frame,
             GError **error)
{
  const GscFigureMaterial *material = &studio->material;
  const GscInsightRequest request = {
    .kind = kind,
    .set = panel->set,
    .a = frame->cursor.a,
    .b = frame->cursor.b,
    .tokens = material->tokens,
    .n_tokens = material->n_context,
    .shot = MIN (frame->cursor.shot, material->n_context / 3),
    .slot = panel->slot,
    .mode = panel->mode,
    .step = material->step,
  };
  Kept kept = { .request = request };

  for (guint i = 0; i < studio->kept->len; i++)
    {
      const Kept *other = &g_array_index (studio->kept, Kept, i);

      if (gsc_insight_request_equal (&other->request, &request))
        {
          kept.insight = other->insight;
          break;
        }
    }
  if (kept.insight == NULL)
    {
      kept.insight
          = gsc_insight_new (&request, material->subject, material->team, material->watch, error);
      if (kept.insight == NULL)
        return FALSE;
      g_array_append_val (studio->kept, kept);
    }
  gsc_frame_set_insight (frame, kept.insight);
  frame->insight_steps[kind] = material->step;
  return TRUE;
}

/* What the model does, as far as the panel shows it. */
static gboolean
add_model (GscFigureStudio *studio, const GscFigurePanel *panel, GscFrame *frame, GError **error)
{
  static const int kinds[GSC_N_FIGURES] = {
    [GSC_FIGURE_LEARNING_CURVES] = -1,
    [GSC_FIGURE_TASK_GRID] = -1,
    [GSC_FIGURE_TASK_TABLE] = -1,
    [GSC_FIGURE_SHOTS] = -1,
    [GSC_FIGURE_ATTENTION] = -1,
    [GSC_FIGURE_PROJECTION] = -1,
    [GSC_FIGURE_SEQUENCE] = -1,
    [GSC_FIGURE_KSHOT] = GSC_INSIGHT_KSHOT,
    [GSC_FIGURE_SIMILARITY] = GSC_INSIGHT_SIMILARITY,
    [GSC_FIGURE_NOISE] = GSC_INSIGHT_NOISE,
    [GSC_FIGURE_LENS] = GSC_INSIGHT_LENS,
    [GSC_FIGURE_SPECTRUM] = GSC_INSIGHT_SPECTRUM,
    [GSC_FIGURE_ABLATION] = GSC_INSIGHT_ABLATION,
  };
  gboolean means = panel->figure == GSC_FIGURE_ATTENTION
                   && (panel->options.batch_mean || panel->options.head_similarity);

  frame->step = studio->material.step;
  if (studio->material.subject->ablation != NULL)
    gsc_frame_set_ablation (frame, (GscAblation *) studio->material.subject->ablation);
  if (panel->figure == GSC_FIGURE_PROJECTION)
    return add_projection (studio, panel, frame, error);
  if (kinds[panel->figure] >= 0)
    return add_insight (studio, panel, (GscInsightKind) kinds[panel->figure], frame, error);
  if (means && !add_insight (studio, panel, GSC_INSIGHT_HEAD_MAPS, frame, error))
    return FALSE;
  return add_probe (studio, frame, error);
}

static void
point_at (const GscFigureStudio *studio, const GscFigurePanel *panel, GscFrame *frame)
{
  const GscTaskSplit *tasks = studio->material.run->tasks;

  if (panel->about == GSC_PANEL_OF_FIRST_LAYER)
    frame->cursor.layer = 0;
  if (panel->about == GSC_PANEL_OF_LAST_LAYER)
    frame->cursor.layer = (guint) studio->material.run->config.depth - 1;
  if (panel->about == GSC_PANEL_OF_PRE_TRAINING)
    {
      frame->cursor.a = tasks->tasks[0].a;
      frame->cursor.b = tasks->tasks[0].b;
    }
}

GscFrame *
gsc_figure_studio_make (GscFigureStudio *studio, const GscFigurePanel *panel, GError **error)
{
  const GscFigureMaterial *material = &studio->material;
  int last = (int) material->run->records->len - 1;
  g_autoptr (GscFrame) frame = gsc_frame_new (
      material->run, panel->about == GSC_PANEL_OF_LAST_RECORD ? last : material->record);

  frame->cursor = material->cursor;
  point_at (studio, panel, frame);
  if (material->subject == NULL && gsc_figure_needs_model (panel->figure))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("%s: There is no model to draw the figure %s from."), material->run->name,
                   gsc_figure_get_name (panel->figure));
      return NULL;
    }
  /* a model file has no records: its scores are measured */
  if (material->subject != NULL && material->run->from_file
      && !gsc_figure_needs_model (panel->figure)
      && !add_insight (studio, panel, GSC_INSIGHT_SCORES, frame, error))
    return NULL;
  if (gsc_figure_needs_model (panel->figure) && !add_model (studio, panel, frame, error))
    return NULL;
  return g_steal_pointer (&frame);
}
