/* gsc-film-dialog.h - exports the training of a run as a film
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-film-form.h"
#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_FILM_DIALOG (gsc_film_dialog_get_type ())

/* A window with the choices, one picture of the film, and, while it is made, how far it is. Esc
 * closes it, which also stops the film. What was chosen is remembered.
 * Signal "exported" (char *path, gboolean pictures): the film is there, and the window closes. */
G_DECLARE_FINAL_TYPE (GscFilmDialog, gsc_film_dialog, GSC, FILM_DIALOG, AdwWindow)

/* Of the run that @session shows, as far as it has got, with its cursor, sequence and projection.
 * @parent and @settings: nullable. NULL where it shows no run that was trained. */
GscFilmDialog *gsc_film_dialog_new (GtkWindow *parent, GscSession *session, GSettings *settings);

/* For tests: the choices, and what the button does once a file has been chosen. */
GscFilmForm *gsc_film_dialog_get_form (GscFilmDialog *dialog);
void gsc_film_dialog_write (GscFilmDialog *dialog, const char *path);

/* Stops the film; nothing is written. */
void gsc_film_dialog_cancel (GscFilmDialog *dialog);

/* Whether a film is being made. */
gboolean gsc_film_dialog_is_busy (GscFilmDialog *dialog);

/* Whether the picture shown is one of the present choices. */
gboolean gsc_film_dialog_has_preview (GscFilmDialog *dialog);

/* What went wrong, or NULL. Borrowed. */
const char *gsc_film_dialog_get_message (GscFilmDialog *dialog);

G_END_DECLS
