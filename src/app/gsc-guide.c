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
  return gsc_installed_data ("help/guide.html");
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
