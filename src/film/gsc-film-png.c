/* gsc-film-png.c - films as numbered pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-png.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <glib/gstdio.h>

#include "gsc-surface.h"

/* PNG files say how large they are meant to be. */
#define DPI 72.0

/* One sequence under way. */
typedef struct
{
  GscFilm *film;
  const char *name;
  char *folder; /* where the pictures are made: within the one they will be in */
  cairo_surface_t *picture;
  char *latest; /* the file of the latest one */
} Sequence;

/* (transfer full) */
static char *
make_path (const char *folder, const char *name, guint frame)
{
  g_autofree char *file = g_strdup_printf ("%s-%05u.png", name, frame + 1);

  return g_build_filename (folder, file, NULL);
}

static void
set_error (GError **error, const char *path, const char *what)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s (%s).", name, what,
               g_strerror (code));
}

static void
paint_picture (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_set_source_surface (cr, ((Sequence *) data)->picture, 0, 0);
  cairo_paint (cr);
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize length;

  return g_file_get_contents (from, &bytes, &length, error)
         && g_file_set_contents_full (to, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0666,
                                      error);
}

static gboolean
take_frame (cairo_surface_t *picture, gboolean changed, guint frame, gpointer data, GError **error)
{
  Sequence *sequence = data;
  const GscSurfaceInfo info
      = { gsc_film_get_title (sequence->film), NULL, "Grokscope " GSC_VERSION, FALSE };
  g_autofree char *path = make_path (sequence->folder, sequence->name, frame);
  gboolean done;

  sequence->picture = picture;
  if (changed || sequence->latest == NULL)
    done = gsc_surface_write (path, gsc_film_get_width (sequence->film),
                              gsc_film_get_height (sequence->film), DPI, &info, paint_picture,
                              sequence, error);
  else
    done = copy_file (sequence->latest, path, error);
  g_free (sequence->latest);
  sequence->latest = g_steal_pointer (&path);
  return done;
}

/* All pictures to where they belong, and what a longer film left behind them away. */
static gboolean
move_pictures (const Sequence *sequence, const char *folder, GError **error)
{
  guint n = gsc_film_count_frames (sequence->film);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *from = make_path (sequence->folder, sequence->name, i);
      g_autofree char *to = make_path (folder, sequence->name, i);

      if (g_rename (from, to) != 0)
        {
          set_error (error, to, _ ("The picture could not be put in place"));
          return FALSE;
        }
    }
  for (guint i = n;; i++)
    {
      g_autofree char *path = make_path (folder, sequence->name, i);

      if (g_unlink (path) != 0)
        return TRUE;
    }
}

static void
delete_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

gboolean
gsc_film_png_write (
    GscFilm *film, const char *folder, const char *name, const GscWatch *watch, GError **error)
{
  Sequence sequence = { .film = film, .name = name };
  gboolean made = g_mkdir (folder, 0777) == 0, done = FALSE;

  if (!made && (errno != EEXIST || !g_file_test (folder, G_FILE_TEST_IS_DIR)))
    {
      set_error (error, folder, _ ("The folder could not be made"));
      return FALSE;
    }
  sequence.folder = g_build_filename (folder, ".film-XXXXXX", NULL);
  if (g_mkdtemp (sequence.folder) == NULL)
    set_error (error, folder, _ ("The folder cannot be written to"));
  else
    {
      done = gsc_film_run (film, take_frame, &sequence, watch, error)
             && move_pictures (&sequence, folder, error);
      delete_folder (sequence.folder);
    }
  if (made && !done)
    g_rmdir (folder);
  g_free (sequence.latest);
  g_free (sequence.folder);
  return done;
}
