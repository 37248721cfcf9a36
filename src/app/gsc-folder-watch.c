/* gsc-folder-watch.c - says when something has changed in a folder, but not too often
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-folder-watch.h"

#include <gio/gio.h>

struct _GscFolderWatch
{
  GFileMonitor *monitor; /* NULL where the system has none left */
  guint pause;
  guint timeout; /* 0: no change since the last call */
  GscFolderWatchFunc func;
  gpointer data;
};

static gboolean
on_timeout (gpointer data)
{
  GscFolderWatch *watch = data;

  watch->timeout = 0;
  watch->func (watch->data);
  return G_SOURCE_REMOVE;
}

static void
on_changed (
    GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  GscFolderWatch *watch = data;

  if (watch->timeout == 0)
    watch->timeout = g_timeout_add (watch->pause, on_timeout, watch);
}

GscFolderWatch *
gsc_folder_watch_new (const char *path, guint pause, GscFolderWatchFunc func, gpointer data)
{
  GscFolderWatch *watch = g_new0 (GscFolderWatch, 1);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  watch->pause = pause;
  watch->func = func;
  watch->data = data;
  watch->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, &error);
  if (watch->monitor == NULL)
    g_debug ("%s is not watched: %s", path, error->message);
  else
    {
      g_file_monitor_set_rate_limit (watch->monitor, (int) pause);
      g_signal_connect (watch->monitor, "changed", G_CALLBACK (on_changed), watch);
    }
  return watch;
}

void
gsc_folder_watch_free (GscFolderWatch *watch)
{
  if (watch == NULL)
    return;
  if (watch->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (watch->monitor, watch);
      g_file_monitor_cancel (watch->monitor);
      g_object_unref (watch->monitor);
    }
  g_clear_handle_id (&watch->timeout, g_source_remove);
  g_free (watch);
}
