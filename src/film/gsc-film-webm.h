/* gsc-film-webm.h - films as WebM files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * VP9, or VP8 where there is no encoder for it, in 4:2:0 as every player and browser takes it. By
 * GStreamer; a program built without it says so.
 */

#pragma once

#include "gsc-film.h"

G_BEGIN_DECLS

/* Whether this program was built with GStreamer, and it has the plug-ins. @error (nullable) says
 * what is missing: G_IO_ERROR_NOT_SUPPORTED. Any thread; the first call may take a moment. */
gboolean gsc_film_webm_is_supported (GError **error);

/* Writes the film into the file @path, replacing one that is there: completely or not at all. FALSE
 * and @error: as gsc_film_run() and gsc_film_webm_is_supported(), G_FILE_ERROR, or
 * G_IO_ERROR_FAILED in the words of GStreamer. */
gboolean
gsc_film_webm_write (GscFilm *film, const char *path, const GscWatch *watch, GError **error);

G_END_DECLS
