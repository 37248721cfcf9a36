/* gsc-figure.c - the figures of a run: from its data to a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure.h"

#include "gsc-figure-pages.h"
#include "gsc-surface.h"

/* Points, in files. */
#define PAPER_TEXT_SIZE 8.0

/* Points: below this a page is one column of two. */
#define NARROW 340.0

static const struct
{
  const char *name;
  /* A good height is base + slope * width, and on a narrow page so much more, because texts and
   * legends take more lines there; points. */
  double slope;
  double base;
  double narrow;
  GscMeasure measure;
  GscFigurePage *(*lay_out) (const GscFigureData *data,
                             const GscFigureOptions *options,
                             const GscStyle *style,
                             double width,
                             double height);
} figures[GSC_N_FIGURES] = {
  [GSC_FIGURE_LEARNING_CURVES]
  = { "learning-curves", 0.3, 80, 65, GSC_MEASURE_LAST_ACCURACY, gsc_figure_pages_learning_curves },
  [GSC_FIGURE_SHOTS] = { "shots", 0.25, 105, 35, GSC_MEASURE_ACCURACY, gsc_figure_pages_shots },
  [GSC_FIGURE_TASK_GRID]
  = { "task-grid", 0.5, 24, 20, GSC_MEASURE_ACCURACY, gsc_figure_pages_task_grid },
};

void
gsc_figure_options_init (GscFigureOptions *options, GscFigure figure, int record)
{
  *options = (GscFigureOptions){ .record = record, .measure = figures[figure].measure };
}

const char *
gsc_figure_get_name (GscFigure figure)
{
  return figures[figure].name;
}

double
gsc_figure_get_height (GscFigure figure, double width)
{
  return figures[figure].base + figures[figure].slope * width
         + (width < NARROW ? figures[figure].narrow : 0);
}

GscFigurePage *
gsc_figure_lay_out (GscFigure figure,
                    const GscFigureData *data,
                    const GscFigureOptions *options,
                    const GscStyle *style,
                    double width,
                    double height)
{
  return figures[figure].lay_out (data, options, style, width, height);
}

void
gsc_figure_paint (GscFigure figure,
                  const GscFigureData *data,
                  const GscFigureOptions *options,
                  const GscStyle *style,
                  cairo_t *cr,
                  double width,
                  double height)
{
  g_autoptr (GscFigurePage) page = gsc_figure_lay_out (figure, data, options, style, width, height);

  gsc_figure_page_paint (page, cr);
}

/* Files */

static void
paint_page (cairo_t *cr, double width, double height, gpointer page)
{
  gsc_figure_page_paint (page, cr);
}

gboolean
gsc_figure_write (GscFigure figure,
                  const GscFigureData *data,
                  const GscFigureOptions *options,
                  const char *path,
                  double width,
                  double height,
                  double dpi,
                  GError **error)
{
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree char *title = g_strdup_printf ("%s: %s", data->name, figures[figure].name);
  g_autofree char *subject
      = gsc_figure_pages_describe (data, gsc_figure_data_get_record (data, options->record));
  const GscSurfaceInfo info
      = { .title = title, .subject = subject, .creator = "Grokscope " GSC_VERSION };
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), PAPER_TEXT_SIZE);
  page = gsc_figure_lay_out (figure, data, options, &style, width, height);
  return gsc_surface_write (path, width, height, dpi, &info, paint_page, page, error);
}
