/* page-fixture.c - pages to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "page-fixture.h"

GscFigurePage *
page_fixture_lay_out (GscFigure figure,
                      const GscFrame *frame,
                      const GscFigureOptions *options,
                      double text_size,
                      double width,
                      double height)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), text_size);
  return gsc_figure_lay_out (figure, frame, options, &style, width, height);
}

void
page_fixture_assert_tidy (
    const GscFigurePage *page, double width, double height, double distance, const char *what)
{
  g_autoptr (GArray) labels = gsc_figure_page_list_labels (page);

  g_assert_cmpuint (labels->len, >, 0);
  for (guint a = 0; a < labels->len; a++)
    {
      const GscLabel *label = &g_array_index (labels, GscLabel, a);

      if (label->rect.x < -0.01 || label->rect.y < -0.01
          || gsc_rect_right (&label->rect) > width + 0.01
          || gsc_rect_bottom (&label->rect) > height + 0.01)
        g_error ("%s, %g × %g: “%s” leaves the page", what, width, height, label->text);
      for (guint b = 0; b < a; b++)
        {
          const GscLabel *other = &g_array_index (labels, GscLabel, b);

          if (gsc_label_is_near (label, other, distance))
            g_error ("%s, %g × %g: “%s” is on “%s”", what, width, height, label->text, other->text);
        }
    }
}
