/* gsc-film-png.h - films as numbered pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-film.h"

G_BEGIN_DECLS

/* Writes the film as NAME-00001.png, NAME-00002.png ... into @folder, which is made if it is not
 * there (its parent is), all of them or none. Pictures of that name are replaced, and those that a
 * longer film left behind them are deleted. FALSE and @error: as gsc_film_run(), G_FILE_ERROR or
 * GSC_SURFACE_ERROR. */
gboolean gsc_film_png_write (
    GscFilm *film, const char *folder, const char *name, const GscWatch *watch, GError **error);

G_END_DECLS
