/* gsc-film-picture.c - one picture of a film
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-picture.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-figure-sheet.h"
#include "gsc-label.h"
#include "gsc-ticks.h"

/* A picture of 16:9 has so many lines of text of its size on top of each other. */
#define LINES 60.0

static guint
count_rows (const GscFilmPicture *picture)
{
  double rows = sqrt ((double) picture->n_panels * picture->height / picture->width);

  return CLAMP ((guint) lround (rows), 1, picture->n_panels);
}

static GscFigureSheet *
make_sheet (const GscFilmPicture *picture, const GscStyle *style, double height)
{
  g_autofree GscFigureSheetPanel *panels = g_new0 (GscFigureSheetPanel, picture->n_panels);
  guint rows = count_rows (picture);

  for (guint i = 0; i < picture->n_panels; i++)
    panels[i] = (GscFigureSheetPanel){
      .panel = picture->panels[i],
      .frame = picture->frames[i],
      .row = i * rows / picture->n_panels,
      .share = 1,
      .caption = _ (gsc_figure_get_title (picture->panels[i].figure)),
    };
  return gsc_figure_sheet_new_for_screen (panels, picture->n_panels, style,
                                          MAX (picture->width - 2 * style->gap, 1), height);
}

static gboolean
needs_model (const GscFilmPicture *picture)
{
  for (guint i = 0; i < picture->n_panels; i++)
    if (gsc_figure_needs_model (picture->panels[i].figure))
      return TRUE;
  return FALSE;
}

/* "step 4 250". (transfer full) */
static char *
describe_step (const GscFilmPicture *picture)
{
  char step[GSC_TICK_LABEL_SIZE], other[GSC_TICK_LABEL_SIZE];

  gsc_ticks_format ((double) picture->record_step, 0, FALSE, step);
  if (picture->model_step < 0 || picture->model_step == picture->record_step
      || !needs_model (picture))
    return g_strdup_printf (_ ("step %s"), step);
  return g_strdup_printf (_ ("step %s · model of step %s"), step,
                          gsc_ticks_format ((double) picture->model_step, 0, FALSE, other));
}

/* The run's name at the left and the step at the right of a line from @top on. */
static void
paint_head (const GscFilmPicture *picture, cairo_t *cr, const GscStyle *style, double top)
{
  g_autofree char *text = describe_step (picture);
  double margin = 2 * style->gap; /* as captions below it have */
  GscLabel name, step;

  gsc_label_init (&step, style, GSC_FONT_TITLE, text);
  gsc_label_shorten (&step, picture->width - 2 * margin);
  gsc_label_place (&step, picture->width - margin, top, 1, 0);
  gsc_label_init (&name, style, GSC_FONT_TITLE, picture->name);
  gsc_label_shorten (&name, step.rect.x - 2 * margin);
  gsc_label_place (&name, margin, top, 0, 0);
  gsc_label_paint (cr, &step, style, &style->palette->foreground);
  gsc_label_paint (cr, &name, style, &style->palette->dim);
  gsc_label_clear (&step);
  gsc_label_clear (&name);
}

cairo_surface_t *
gsc_film_picture_paint (const GscFilmPicture *picture)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GscFigureSheet) sheet = NULL;
  double head, size;
  GscStyle style;

  size = MIN (picture->width * 9.0 / 16, picture->height) / LINES * picture->text_scale;
  gsc_style_init (&style, gsc_palette_get (picture->theme), MAX (size, 1));
  head = gsc_label_get_line_height (&style, GSC_FONT_TITLE) + 3 * style.gap;
  gsc_style_set_color (cr, &style.palette->background);
  cairo_paint (cr);
  paint_head (picture, cr, &style, 2 * style.gap);
  sheet = make_sheet (picture, &style, MAX (picture->height - head - style.gap, 1));
  cairo_translate (cr, style.gap, head);
  gsc_figure_sheet_paint (sheet, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
