/* gsc-film-no-webm.c - what there is of WebM without GStreamer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-webm.h"

#include <glib/gi18n.h>

gboolean
gsc_film_webm_is_supported (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("This program was built without GStreamer and cannot write WebM films; "
                          "export a sequence of PNG pictures instead."));
  return FALSE;
}

gboolean
gsc_film_webm_write (GscFilm *film, const char *path, const GscWatch *watch, GError **error)
{
  return gsc_film_webm_is_supported (error);
}
