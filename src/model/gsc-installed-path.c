/* gsc-installed-path.c - where installed files are, also after the whole tree has been moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-installed-path.h"

#include <string.h>

/* What @path has after @start, which ends at a separator; or NULL. */
static const char *
get_rest (const char *path, const char *start)
{
  gsize length = strlen (start);

  return strncmp (path, start, length) == 0 && path[length] == G_DIR_SEPARATOR ? path + length
                                                                               : NULL;
}

/* The prefix that the program lies in, or NULL where it lies in no folder of programs, as when it
 * was built but not installed. */
static char *
find_prefix (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  const char *below = get_rest (GSC_BINDIR, GSC_PREFIX);

  if (folder == NULL || below == NULL || !g_str_has_suffix (folder, below))
    return NULL;
  return g_strndup (folder, strlen (folder) - strlen (below));
}

char *
gsc_installed_path (const char *path)
{
  const char *rest = get_rest (path, GSC_PREFIX);
  g_autofree char *prefix = rest != NULL ? find_prefix () : NULL;
  g_autofree char *moved = prefix != NULL ? g_strconcat (prefix, rest, NULL) : NULL;

  return moved != NULL && g_file_test (moved, G_FILE_TEST_EXISTS) ? g_steal_pointer (&moved)
                                                                  : g_strdup (path);
}

char *
gsc_installed_data (const char *name)
{
  g_autofree char *path = g_build_filename (GSC_DATADIR "/grokscope", name, NULL);
  g_autofree char *installed = gsc_installed_path (path);
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *built = NULL;

  if (g_file_test (installed, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&installed);
  if (program == NULL)
    return NULL;
  /* programs and tests are two folders deep */
  folder = g_path_get_dirname (program);
  built = g_build_filename (folder, "..", "..", "data", name, NULL);
  return g_file_test (built, G_FILE_TEST_EXISTS) ? g_canonicalize_filename (built, NULL) : NULL;
}
