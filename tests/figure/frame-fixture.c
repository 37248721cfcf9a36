/* frame-fixture.c - frames to draw, without a training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "frame-fixture.h"

#include <math.h>

#include "gsc-sequence.h"

#define SEED 3

GscFrame *
frame_fixture_new (int p, guint n_records, FixtureKind kind)
{
  g_autoptr (GscRunData) data = data_fixture_new (p, n_records, kind);

  return gsc_frame_new (data, (int) n_records - 1);
}

void
frame_fixture_add_probe (GscFrame *frame, guint n_tokens)
{
  const GscConfig *config = &frame->run->config;
  const GscModelConfig shape = {
    .vocab = config->p,
    .width = 16,
    .heads = config->heads,
    .depth = config->depth,
    .activation = GSC_ACTIVATION_RELU,
    .tied = TRUE,
  };
  const GscTask task = { .a = frame->cursor.a, .b = frame->cursor.b };
  int shots = (int) (n_tokens + 2) / 3;
  g_autofree gint32 *tokens = g_new (gint32, 3 * shots);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscModel) model = gsc_model_new (&shape, &error);
  g_autoptr (GscProbe) probe = NULL;
  GscRng rng;

  g_assert_no_error (error);
  gsc_model_init_weights (model, SEED);
  gsc_rng_init (&rng, SEED, 0, 0, 0);
  gsc_sequence_draw (&rng, config->p, &task, frame->run->inputs->train, frame->run->inputs->n_train,
                     shots, tokens);
  probe = gsc_probe_new (&(GscSubject){ .model = model, .p = config->p }, tokens, n_tokens, &error);
  g_assert_no_error (error);
  gsc_frame_set_probe (frame, probe);
}

const char *
frame_fixture_get_text (const GscFigureTable *table, guint row, const char *column)
{
  for (guint i = 0; i < table->n_columns; i++)
    if (g_str_equal (table->columns[i], column))
      {
        g_assert_cmpuint (row, <, table->n_rows);
        return gsc_figure_table_get (table, row, i);
      }
  g_error ("There is no column “%s”.", column);
}

double
frame_fixture_get_number (const GscFigureTable *table, guint row, const char *column)
{
  const char *text = frame_fixture_get_text (table, row, column);
  char *end;
  double number = g_ascii_strtod (text, &end);

  g_assert_cmpstr (end, ==, "");
  return end == text ? NAN : number;
}

cairo_surface_t *
frame_fixture_paint (const GscFigurePage *page, double width, double height, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) ceil (width * scale), (int) ceil (height * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  gsc_figure_page_paint (page, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

guint32
frame_fixture_get_pixel (cairo_surface_t *surface, double x, double y)
{
  const unsigned char *row = cairo_image_surface_get_data (surface)
                             + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (x, <, cairo_image_surface_get_width (surface));
  g_assert_cmpfloat (y, <, cairo_image_surface_get_height (surface));
  return ((const guint32 *) (gconstpointer) row)[(gsize) x] & 0xffffff;
}
