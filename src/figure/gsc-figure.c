/* gsc-figure.c - the figures of a run: from a frame to a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include <math.h>

#include "gsc-figure-class.h"
#include "gsc-figure-pages.h"
#include "gsc-surface.h"

/* Points, in files. */
#define PAPER_TEXT_SIZE 8.0

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
};

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
    .weight_scale = GSC_SCALE_SQRT,
    .max_tokens = PAPER_TOKENS,
    .hide_test_inputs = TRUE,
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
  GscFigurePage *page = figures[figure]->lay_out (frame, options, style, width, height);
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
  return figures[subject->figure]->pick (page, subject->frame, &subject->options, x, y, pick);
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
  return figures[figure]->summarise (frame, options);
}

GscFigureTable *
gsc_figure_tabulate (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options)
{
  return figures[figure]->tabulate (frame, options);
}

/* Files */

static void
paint_page (cairo_t *cr, double width, double height, gpointer page)
{
  gsc_figure_page_paint (page, cr);
}

gboolean
gsc_figure_write (GscFigure figure,
                  const GscFrame *frame,
                  const GscFigureOptions *options,
                  const char *path,
                  double width,
                  double height,
                  double dpi,
                  GError **error)
{
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree char *title = g_strdup_printf ("%s: %s", frame->run->name, figures[figure]->name);
  g_autofree char *subject = gsc_figure_pages_describe (frame->run, gsc_frame_get_record (frame));
  const GscSurfaceInfo info
      = { .title = title, .subject = subject, .creator = "Grokscope " GSC_VERSION };
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), PAPER_TEXT_SIZE);
  page = gsc_figure_lay_out (figure, frame, options, &style, width, height);
  return gsc_surface_write (path, width, height, dpi, &info, paint_page, page, error);
}
