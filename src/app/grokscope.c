/* grokscope.c - the desktop program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>
#include <locale.h>

#include "gsc-application.h"
#include "gsc-installed-path.h"

int
main (int argc, char **argv)
{
  g_autofree char *locale = gsc_installed_path (LOCALEDIR);
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GscApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  settings = gsc_application_load_settings ();
  application = gsc_application_new (settings, NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
