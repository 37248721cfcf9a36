/* gsc-run-store.c - folders of runs: making, copying, and putting them out of sight
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gsc-atomic-file.h"

#define MAX_NUMBER 1000000

static void
set_errno (GError **error, const char *path, const char *what, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s (%s).", name, what,
               g_strerror (code));
}

/* Makes GIO's message, which has no full stop, one of ours. */
static void
complete_error (GError **error, const char *path, const char *what)
{
  g_autofree char *name = NULL;
  g_autofree char *reason = NULL;

  if (error == NULL || *error == NULL)
    return;
  name = g_filename_display_name (path);
  reason = g_strdup ((*error)->message);
  g_free ((*error)->message);
  (*error)->message = g_strdup_printf ("%s: %s (%s).", name, what, reason);
}

/* New folders */

char *
gsc_run_store_claim (const char *folder, const char *stem, guint *number, GError **error)
{
  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      set_errno (error, folder, _ ("The folder of the runs cannot be made"), errno);
      return NULL;
    }
  for (guint i = 1; i < MAX_NUMBER; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%u", stem, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_mkdir (path, 0777) == 0)
        {
          *number = i;
          return g_steal_pointer (&path);
        }
      if (errno != EEXIST)
        {
          set_errno (error, path, _ ("The run's folder cannot be made"), errno);
          return NULL;
        }
    }
  set_errno (error, folder, _ ("The run's folder cannot be made"), EEXIST);
  return NULL;
}

char *
gsc_run_store_get_stem (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dash = strrchr (base, '-');

  if (dash != NULL && dash > base && dash[1] != '\0'
      && strspn (dash + 1, "0123456789") == strlen (dash + 1))
    *dash = '\0';
  return g_steal_pointer (&base);
}

/* Trees */

typedef gboolean (*VisitFunc) (const char *path, GFileInfo *info, gpointer data, GError **error);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Calls @func for each entry of a folder, by name. */
static gboolean
visit (const char *path, VisitFunc func, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autoptr (GFile) file = g_file_new_for_path (child);
      g_autoptr (GFileInfo) info
          = g_file_query_info (file,
                               G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                              "," G_FILE_ATTRIBUTE_STANDARD_NAME,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);

      if (info == NULL)
        {
          complete_error (error, child, _ ("The file cannot be read"));
          return FALSE;
        }
      if (!func (child, info, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_size (const char *path, GFileInfo *info, gpointer data, GError **error)
{
  goffset *size = data;

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return visit (path, add_size, data, error);
  *size += g_file_info_get_size (info);
  return TRUE;
}

goffset
gsc_run_store_measure (const char *path)
{
  goffset size = 0;

  visit (path, add_size, &size, NULL);
  return size;
}

static gboolean
delete_entry (const char *path, GFileInfo *info, gpointer data, GError **error)
{
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY
      && !visit (path, delete_entry, NULL, error))
    return FALSE;
  if (g_remove (path) == 0 || errno == ENOENT)
    return TRUE;
  set_errno (error, path, _ ("The file cannot be deleted"), errno);
  return FALSE;
}

static gboolean
is_link_or_no_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR);
}

gboolean
gsc_run_store_delete (const char *path, GError **error)
{
  if (!is_link_or_no_folder (path) && !visit (path, delete_entry, NULL, error))
    return FALSE;
  if (g_remove (path) == 0 || errno == ENOENT)
    return TRUE;
  set_errno (error, path, _ ("The folder cannot be deleted"), errno);
  return FALSE;
}

/* Copying */

/* Copied apart: what comes first, so that all else is at least as new and is cut back to it when
 * the copy is resumed, and what comes last. */
#define FIRST_FILE "state.safetensors"
#define LAST_FILE "config.json"
/* Its time is that of the run (gsc-run-scan.h); a copy is made now. */
#define DATED_FILE "tasks.csv"

typedef struct
{
  const char *to;
  GCancellable *cancellable;
  gboolean is_top;
} Copying;

static gboolean
copy_file (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  if (g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, cancellable, NULL, NULL, error))
    return TRUE;
  complete_error (error, from, _ ("The file cannot be copied"));
  return FALSE;
}

static gboolean
is_left_out (const Copying *copying, const char *name)
{
  static const char *const names[] = { FIRST_FILE, LAST_FILE, "lock", "notes.json", NULL };

  return g_str_has_prefix (name, GSC_ATOMIC_FILE_PREFIX)
         || (copying->is_top && g_strv_contains (names, name));
}

static gboolean
copy_entry (const char *path, GFileInfo *info, gpointer data, GError **error)
{
  const Copying *copying = data;
  const char *name = g_file_info_get_name (info);
  g_autofree char *to = g_build_filename (copying->to, name, NULL);
  Copying inner = { to, copying->cancellable, FALSE };

  if (g_cancellable_set_error_if_cancelled (copying->cancellable, error))
    return FALSE;
  if (is_left_out (copying, name))
    return TRUE;
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return copy_file (path, to, copying->cancellable, error);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    return TRUE; /* no link or pipe is part of a run */
  if (g_mkdir (to, 0777) != 0)
    {
      set_errno (error, to, _ ("The folder cannot be made"), errno);
      return FALSE;
    }
  return visit (path, copy_entry, &inner, error);
}

gboolean
gsc_run_store_copy (const char *from, const char *to, GCancellable *cancellable, GError **error)
{
  g_autofree char *first = g_build_filename (from, FIRST_FILE, NULL);
  g_autofree char *first_to = g_build_filename (to, FIRST_FILE, NULL);
  g_autofree char *last = g_build_filename (from, LAST_FILE, NULL);
  g_autofree char *last_to = g_build_filename (to, LAST_FILE, NULL);
  g_autofree char *dated = g_build_filename (to, DATED_FILE, NULL);
  Copying copying = { to, cancellable, TRUE };

  if ((!g_file_test (first, G_FILE_TEST_EXISTS) || copy_file (first, first_to, cancellable, error))
      && visit (from, copy_entry, &copying, error))
    {
      utimensat (AT_FDCWD, dated, NULL, 0);
      if (copy_file (last, last_to, cancellable, error))
        return TRUE;
    }
  gsc_run_store_delete (to, NULL);
  return FALSE;
}

/* Deleting and its undoing */

char *
gsc_run_store_set_aside (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *deleted = g_build_filename (folder, GSC_RUN_STORE_DELETED, NULL);
  g_autofree char *target = g_build_filename (deleted, base, NULL);

  if (g_mkdir (deleted, 0700) != 0 && errno != EEXIST)
    {
      set_errno (error, deleted, _ ("The folder cannot be made"), errno);
      return NULL;
    }
  if (is_link_or_no_folder (deleted))
    {
      set_errno (error, deleted, _ ("This is no folder; remove it"), ENOTDIR);
      return NULL;
    }
  for (guint i = 2; g_file_test (target, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%u", base, i);

      g_free (target);
      target = g_build_filename (deleted, name, NULL);
    }
  if (g_rename (path, target) == 0)
    return g_steal_pointer (&target);
  set_errno (error, path, _ ("The run cannot be moved"), errno);
  return NULL;
}

gboolean
gsc_run_store_bring_back (const char *aside, const char *path, GError **error)
{
  /* Renaming would take an empty folder's place without a word. */
  if (g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    set_errno (error, path, _ ("The run cannot be restored"), EEXIST);
  else if (g_rename (aside, path) == 0)
    return TRUE;
  else
    set_errno (error, path, _ ("The run cannot be restored"), errno);
  return FALSE;
}

static gboolean
trash (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (g_file_trash (file, NULL, &error))
    return TRUE;
  g_debug ("%s does not go to the trash: %s", path, error->message);
  return FALSE;
}

gboolean
gsc_run_store_purge (const char *aside, const char *path, GError **error)
{
  g_autofree char *deleted = g_path_get_dirname (aside);
  g_autofree char *name = g_path_get_basename (deleted);

  if (!g_str_equal (name, GSC_RUN_STORE_DELETED) || is_link_or_no_folder (deleted))
    {
      set_errno (error, aside, _ ("The folder cannot be deleted"), EPERM);
      return FALSE;
    }
  /* Back for a moment, because the trash remembers where a folder came from. */
  if (gsc_run_store_bring_back (aside, path, NULL))
    {
      if (trash (path))
        return TRUE;
      if (g_rename (path, aside) != 0)
        {
          set_errno (error, path, _ ("The folder cannot be deleted"), errno);
          return FALSE;
        }
    }
  else if (trash (aside))
    return TRUE;
  return gsc_run_store_delete (aside, error);
}

void
gsc_run_store_purge_all (const char *folder)
{
  g_autofree char *deleted = g_build_filename (folder, GSC_RUN_STORE_DELETED, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (is_link_or_no_folder (deleted))
    return;
  dir = g_dir_open (deleted, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *aside = g_build_filename (deleted, g_ptr_array_index (names, i), NULL);
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr (GError) error = NULL;

      if (!gsc_run_store_purge (aside, path, &error))
        g_debug ("%s", error->message); /* next time, then */
    }
  g_rmdir (deleted);
}
