/* gsc-figure.c - the figures of a run: from a frame to a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>

#include "gsc-figure-class.h"
#include "gsc-figure-pages.h"

/* Points: below this a page is one column of two. */
#define NARROW 340.0

/* What the paper's figure 6 shows. */
#define PAPER_TOKENS 48

static const GscFigureClass *const figures[GSC_N_FIGURES] = {
  [GSC_FIGURE_LEARNING_CURVES] = &gsc_figure_learning_curves,
  [GSC_FIGURE_TASK_GRID] = &gsc_figure_task_grid,
  [GSC_FIGURE_TASK_TABLE] = &gsc_figure_task_table,
  [GSC_FIGURE_SHOTS] = &gsc_figure_shots,
  [GSC_FIGURE_ATTENTION] = &gsc_figure_attention,
  [GSC_FIGURE_PROJECTION] = &gsc_figure_projection,
  [GSC_FIGURE_SEQUENCE] = &gsc_figure_sequence,
  [GSC_FIGURE_KSHOT] = &gsc_figure_kshot,
  [GSC_FIGURE_SIMILARITY] = &gsc_figure_similarity,
  [GSC_FIGURE_NOISE] = &gsc_figure_noise,
  [GSC_FIGURE_LENS] = &gsc_figure_lens,
  [GSC_FIGURE_SPECTRUM] = &gsc_figure_spectrum,
  [GSC_FIGURE_ABLATION] = &gsc_figure_ablation,
};

/* What draws it with these options. */
static const GscFigureClass *
get_class (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  const GscFigureClass *difference = figures[figure]->difference;

  return options->compare == GSC_COMPARE_DIFFERENCE && frame->beside != NULL && difference != NULL
             ? difference
             : figures[figure];
}

/* What a page has to remember for picks. */
typedef struct
{
  GscFigure figure;
  GscFrame *frame;
  GscFigureOptions options;
} Subject;

static void
subject_free (gpointer data)
{
  Subject *subject = data;

  gsc_frame_unref (subject->frame);
  g_free (subject);
}

void
gsc_figure_options_init (GscFigureOptions *options, GscFigure figure)
{
  *options = (GscFigureOptions){
    .measure = figures[figure]->measure,
    .mark_record = TRUE,
    .mark_stop = TRUE,
    .peak_set = GSC_SET_OOD_TEST,
    .weight_scale = GSC_SCALE_SQRT,
    .max_tokens = PAPER_TOKENS,
    .hide_test_inputs = TRUE,
    .lens_value = 1,
  };
}

const char *
gsc_figure_get_name (GscFigure figure)
{
  return figures[figure]->name;
}

const char *
gsc_figure_get_title (GscFigure figure)
{
  return figures[figure]->title;
}

gboolean
gsc_figure_needs_model (GscFigure figure)
{
  return figures[figure]->needs_model;
}

gboolean
gsc_figure_has_difference (GscFigure figure)
{
  return figures[figure]->difference != NULL;
}

gboolean
gsc_figure_has_together (GscFigure figure)
{
  return figures[figure]->together;
}

gboolean
gsc_figure_has_extent (GscFigure figure)
{
  return figures[figure]->get_extent != NULL;
}

double
gsc_figure_get_extent (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  g_return_val_if_fail (figures[figure]->get_extent != NULL, 0);

  return figures[figure]->get_extent (frame, options);
}

double
gsc_figure_get_height (GscFigure figure, double width)
{
  return figures[figure]->base + figures[figure]->slope * width
         + (width < NARROW ? figures[figure]->narrow : 0);
}

GscFigurePage *
gsc_figure_lay_out (GscFigure figure,
                    const GscFrame *frame,
                    const GscFigureOptions *options,
                    const GscStyle *style,
                    double width,
                    double height)
{
  GscFigurePage *page
      = get_class (figure, frame, options)->lay_out (frame, options, style, width, height);
  Subject *subject = g_new (Subject, 1);

  *subject = (Subject){ figure, gsc_frame_ref ((GscFrame *) frame), *options };
  gsc_figure_page_set_subject (page, subject, subject_free);
  return page;
}

gboolean
gsc_figure_pick (const GscFigurePage *page, double x, double y, GscFigurePick *pick)
{
  const Subject *subject = gsc_figure_page_get_subject (page);

  *pick = (GscFigurePick){ .kind = GSC_PICK_NONE, .record = -1, .query = -1, .key = -1 };
  if (!isfinite (x) || !isfinite (y))
    return FALSE;
  return get_class (subject->figure, subject->frame, &subject->options)
      ->pick (page, subject->frame, &subject->options, x, y, pick);
}

void
gsc_figure_pick_clear (GscFigurePick *pick)
{
  g_clear_pointer (&pick->text, g_free);
}

gboolean
gsc_figure_move (
    GscFigure figure, const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  return figures[figure]->move (frame, direction, cursor, record);
}

char *
gsc_figure_summarise (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  return get_class (figure, frame, options)->summarise (frame, options);
}

GscFigureTable *
gsc_figure_tabulate (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  return get_class (figure, frame, options)->tabulate (frame, options);
}
