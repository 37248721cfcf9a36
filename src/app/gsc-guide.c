/* gsc-guide.c - opens the user guide
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-guide.h"

#include <glib/gi18n.h>

#include "gsc-export-show.h"
#include "gsc-installed-path.h"

char *
gsc_guide_find (void)
{
  g_autofree char *installed = gsc_installed_path (GSC_DATADIR "/grokscope/help/guide.html");
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *built = NULL;

  if (g_file_test (installed, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&installed);
  if (program == NULL)
    return NULL;
  folder = g_path_get_dirname (program);
  built = g_build_filename (folder, "..", "..", "data", "help", "guide.html", NULL);
  return g_file_test (built, G_FILE_TEST_EXISTS) ? g_canonicalize_filename (built, NULL) : NULL;
}

gboolean
gsc_guide_show (GtkWindow *parent, GError **error)
{
  g_autofree char *path = gsc_guide_find ();

  if (path == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                   _ ("The user guide is not installed; install Grokscope again."));
      return FALSE;
    }
  gsc_export_show_file (parent, path);
  return TRUE;
}
