/* gsc-export-show.c - files in the desktop's other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-show.h"

#define FILE_MANAGER "org.freedesktop.FileManager1"
#define FILE_MANAGER_PATH "/org/freedesktop/FileManager1"

/* Milliseconds: it may have to be started. */
#define PATIENCE 5000

void
gsc_export_show_file (GtkWindow *parent, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
}

typedef struct
{
  GWeakRef parent;
  char *path;
} Shown;

static void
on_shown (GObject *object, GAsyncResult *result, gpointer data)
{
  Shown *shown = data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, NULL);
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&shown->parent);
  g_autofree char *folder = g_path_get_dirname (shown->path);

  if (reply == NULL)
    gsc_export_show_file (parent, folder);
  g_weak_ref_clear (&shown->parent);
  g_free (shown->path);
  g_free (shown);
}

void
gsc_export_show_in_folder (GtkWindow *parent, const char *path)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  const char *uris[] = { uri, NULL };
  Shown *shown;

  if (bus == NULL || uri == NULL)
    {
      gsc_export_show_file (parent, folder);
      return;
    }
  shown = g_new0 (Shown, 1);
  g_weak_ref_init (&shown->parent, parent);
  shown->path = g_strdup (path);
  g_dbus_connection_call (bus, FILE_MANAGER, FILE_MANAGER_PATH, FILE_MANAGER, "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE,
                          PATIENCE, NULL, on_shown, shown);
}
