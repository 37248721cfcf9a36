/* gsc-film-settings.c - what is filmed, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film.h"

static gboolean
is_size (gint64 pixels)
{
  return pixels >= GSC_FILM_MIN_SIZE && pixels <= GSC_FILM_MAX_SIZE;
}

void
gsc_film_settings_init (GscFilmSettings *settings)
{
  static const GscFigure figures[] = {
    GSC_FIGURE_LEARNING_CURVES,
    GSC_FIGURE_SHOTS,
    GSC_FIGURE_ATTENTION,
    GSC_FIGURE_PROJECTION,
  };
  static GscFigurePanel panels[G_N_ELEMENTS (figures)];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
        gsc_figure_panel_init (&panels[i], figures[i]);
      g_once_init_leave (&made, 1);
    }
  *settings = (GscFilmSettings){
    .panels = panels,
    .n_panels = G_N_ELEMENTS (panels),
    .width = 1920,
    .height = 1080,
    .text_scale = 1,
    .theme = GSC_PALETTE_LIGHT,
    .from = -1,
    .to = -1,
    .rate = 30,
    .seconds = 20,
  };
}

gboolean
gsc_film_settings_parse_size (GscFilmSettings *settings, const char *text)
{
  guint64 width, height;
  char *end;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  width = g_ascii_strtoull (text, &end, 10);
  if (*end != 'x' || !g_ascii_isdigit (end[1]))
    return FALSE;
  height = g_ascii_strtoull (end + 1, &end, 10);
  if (*end != '\0' || !is_size ((gint64) MIN (width, G_MAXINT))
      || !is_size ((gint64) MIN (height, G_MAXINT)))
    return FALSE;
  settings->width = (int) width;
  settings->height = (int) height;
  return TRUE;
}
