/* gsc-film-alignment.c - a figure of a film's models, scaled alike (and projections turned alike)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-alignment.h"

struct _GscFilmAlignment
{
  GscFigurePanel panel;
  GPtrArray *frames; /* of GscFrame, by step */
};

gboolean
gsc_film_alignment_is_needed (GscFigure figure)
{
  return figure == GSC_FIGURE_PROJECTION || gsc_figure_has_extent (figure);
}

GscFilmAlignment *
gsc_film_alignment_new (const GscFigurePanel *panel)
{
  GscFilmAlignment *alignment = g_new0 (GscFilmAlignment, 1);

  alignment->panel = *panel;
  alignment->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_frame_unref);
  return alignment;
}

void
gsc_film_alignment_free (GscFilmAlignment *alignment)
{
  if (alignment == NULL)
    return;
  g_ptr_array_unref (alignment->frames);
  g_free (alignment);
}

void
gsc_film_alignment_add (GscFilmAlignment *alignment, const GscFrame *frame)
{
  guint n = alignment->frames->len;
  GscFrame *aligned = gsc_frame_copy (frame);

  if (n > 0 && aligned->projection != NULL)
    {
      const GscFrame *before = g_ptr_array_index (alignment->frames, n - 1);
      g_autoptr (GscProjection) projection
          = gsc_projection_align (aligned->projection, before->projection);

      gsc_frame_set_projection (aligned, projection);
    }
  g_ptr_array_add (alignment->frames, aligned);
}

/* A projection of two points, the corners of the smallest box that holds all others. */
static GscProjection *
make_corners (const GscFilmAlignment *alignment)
{
  const GscProjection *first
      = ((const GscFrame *) g_ptr_array_index (alignment->frames, 0))->projection;
  GscProjection *corners = g_new0 (GscProjection, 1);

  g_atomic_ref_count_init (&corners->ref_count);
  corners->source = first->source;
  corners->p = first->p;
  corners->n = 2;
  corners->first = g_new0 (guint16, 2);
  corners->second = g_new0 (guint16, 2);
  corners->x = g_new (double, 2);
  corners->y = g_new (double, 2);
  corners->x[0] = corners->y[0] = G_MAXDOUBLE;
  corners->x[1] = corners->y[1] = -G_MAXDOUBLE;
  for (guint i = 0; i < alignment->frames->len; i++)
    {
      const GscProjection *projection
          = ((const GscFrame *) g_ptr_array_index (alignment->frames, i))->projection;

      for (guint j = 0; j < projection->n; j++)
        {
          corners->x[0] = MIN (corners->x[0], projection->x[j]);
          corners->x[1] = MAX (corners->x[1], projection->x[j]);
          corners->y[0] = MIN (corners->y[0], projection->y[j]);
          corners->y[1] = MAX (corners->y[1], projection->y[j]);
        }
    }
  return corners;
}

/* A frame that is nothing but the corners. */
static GscFrame *
make_scales (const GscFilmAlignment *alignment)
{
  g_autoptr (GscProjection) corners = make_corners (alignment);
  GscFrame *scales = gsc_frame_copy (g_ptr_array_index (alignment->frames, 0));

  gsc_frame_set_projection (scales, corners);
  return scales;
}

/* A copy of the frame whose scale reaches furthest. */
static GscFrame *
copy_largest (const GscFilmAlignment *alignment)
{
  const GscFigurePanel *panel = &alignment->panel;
  const GscFrame *largest = g_ptr_array_index (alignment->frames, 0);

  for (guint i = 1; i < alignment->frames->len; i++)
    {
      const GscFrame *frame = g_ptr_array_index (alignment->frames, i);

      if (gsc_figure_get_extent (panel->figure, frame, &panel->options)
          > gsc_figure_get_extent (panel->figure, largest, &panel->options))
        largest = frame;
    }
  return gsc_frame_copy (largest);
}

void
gsc_film_alignment_finish (GscFilmAlignment *alignment)
{
  g_autoptr (GscFrame) scales = NULL;

  if (alignment->frames->len == 0)
    return;
  scales = gsc_figure_has_extent (alignment->panel.figure) ? copy_largest (alignment)
                                                           : make_scales (alignment);
  for (guint i = 0; i < alignment->frames->len; i++)
    gsc_frame_set_beside (g_ptr_array_index (alignment->frames, i), scales);
}

GscFrame *
gsc_film_alignment_make_frame (const GscFilmAlignment *alignment, gint64 step)
{
  for (guint i = 0; i < alignment->frames->len; i++)
    {
      const GscFrame *frame = g_ptr_array_index (alignment->frames, i);

      if (frame->step == step)
        return gsc_frame_copy (frame);
    }
  return NULL;
}
