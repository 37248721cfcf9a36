/* gsc-export-job.c - writes figures into files, in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-job.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "gsc-export-drawing.h"
#include "gsc-export-tables.h"

/* Of the progress. */
#define WHOLE 10000

struct _GscExportJob
{
  GObject parent_instance;

  /* Owned References */
  GscExportSource *source;
  GArray *items; /* of GscExportItem */
  char *path;
  char *folder; /* that the files are in */

  GscExportFormat format;
  GscFigurePaper paper;
  gboolean in_folder;

  /* the thread's, but for the last */
  guint n_done;
  int progress; /* atomic */
};

G_DEFINE_FINAL_TYPE (GscExportJob, gsc_export_job, G_TYPE_OBJECT)

/* Names */

/* Without extension: (transfer full) */
static char *
make_base (GscExportJob *self, const GscExportItem *item)
{
  g_autofree char *name = NULL;
  char *dot;

  if (self->in_folder)
    return gsc_export_item_make_name (item);
  name = g_path_get_basename (self->path);
  dot = strrchr (name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return g_steal_pointer (&name);
}

/* With extension, without folder. */
static void
append_names (GscExportJob *self, const GscExportItem *item, GPtrArray *names)
{
  g_autofree char *base = make_base (self, item);
  g_autoptr (GArray) tables = NULL;

  if (self->format != GSC_EXPORT_TABLE)
    {
      g_ptr_array_add (names, self->in_folder ? g_strdup_printf (
                                  "%s.%s", base, gsc_export_format_get_extension (self->format))
                                              : g_path_get_basename (self->path));
      return;
    }
  tables = gsc_export_tables_list (self->source, item);
  for (guint i = 0; i < tables->len; i++)
    {
      const GscExportTable *table = &g_array_index (tables, GscExportTable, i);
      const char *const *extensions = gsc_export_table_get_extensions (table);

      for (guint j = 0; extensions[j] != NULL; j++)
        g_ptr_array_add (names, g_strconcat (base, table->suffix, extensions[j], NULL));
    }
}

static GPtrArray *
list_names (GscExportJob *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->items->len; i++)
    append_names (self, &g_array_index (self->items, GscExportItem, i), names);
  return names;
}

char **
gsc_export_job_list_files (GscExportJob *self)
{
  g_autoptr (GPtrArray) names = NULL;
  GPtrArray *paths = g_ptr_array_new ();

  g_return_val_if_fail (GSC_IS_EXPORT_JOB (self), NULL);

  names = list_names (self);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (paths, g_build_filename (self->folder, g_ptr_array_index (names, i), NULL));
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

/* The thread */

static void
on_progress (double done, gpointer data)
{
  GscExportJob *self = data;
  double share = ((double) self->n_done + done) / (double) self->items->len;

  g_atomic_int_set (&self->progress, (int) (share * WHOLE));
}

static gboolean
write_tables (GscExportJob *self,
              const GscExportItem *item,
              const GscWatch *watch,
              const char *folder,
              GError **error)
{
  g_autofree char *base = make_base (self, item);
  g_autoptr (GArray) tables = gsc_export_tables_list (self->source, item);

  for (guint i = 0; i < tables->len; i++)
    {
      const GscExportTable *table = &g_array_index (tables, GscExportTable, i);
      g_autofree char *file = g_strconcat (base, table->suffix, ".csv", NULL);
      g_autofree char *path = g_build_filename (folder, file, NULL);

      if (!gsc_export_table_write (table, self->source, &self->paper, watch, path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_drawing (GscExportJob *self,
               const GscExportItem *item,
               const GscWatch *watch,
               const char *path,
               GError **error)
{
  g_autoptr (GscExportDrawing) drawing
      = gsc_export_drawing_new (self->source, item, &self->paper, watch, error);

  return drawing != NULL && gsc_watch_step (watch, 1, error)
         && gsc_export_drawing_write (drawing, path, error);
}

static gboolean
write_item (GscExportJob *self,
            const GscExportItem *item,
            const GscWatch *watch,
            const char *folder,
            GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *path = NULL;

  if (!gsc_watch_step (watch, 0, error))
    return FALSE;
  if (self->format == GSC_EXPORT_TABLE)
    return write_tables (self, item, watch, folder, error);
  names = g_ptr_array_new_with_free_func (g_free);
  append_names (self, item, names);
  path = g_build_filename (folder, g_ptr_array_index (names, 0), NULL);
  return write_drawing (self, item, watch, path, error);
}

static gboolean
write_items (GscExportJob *self, const GscWatch *watch, const char *folder, GError **error)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      self->n_done = i;
      if (!write_item (self, &g_array_index (self->items, GscExportItem, i), watch, folder, error))
        return FALSE;
    }
  return gsc_watch_step (watch, 1, error);
}

/* Several files */

static gboolean
fail_with_errno (const char *path, int fault, const char *format, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *message = g_strdup_printf (format, g_strerror (fault));

  g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (fault), "%s: %s", name,
               message);
  return FALSE;
}

static gboolean
put_in_place (GscExportJob *self, const char *from, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (self);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *source = g_build_filename (from, g_ptr_array_index (names, i), NULL);
      g_autofree char *target = g_build_filename (self->folder, g_ptr_array_index (names, i), NULL);

      if (g_rename (source, target) != 0)
        /* Translators: %s is the system's reason */
        return fail_with_errno (target, errno, _ ("The file could not be written (%s)."), error);
    }
  return TRUE;
}

static void
remove_folder (GscExportJob *self, const char *folder)
{
  g_autoptr (GPtrArray) names = list_names (self);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* Beside their place first. */
static gboolean
write_several (GscExportJob *self, const GscWatch *watch, GError **error)
{
  g_autofree char *beside = g_build_filename (self->folder, ".grokscope-XXXXXX", NULL);
  gboolean done;

  if (g_mkdtemp_full (beside, 0777) == NULL)
    return fail_with_errno (self->folder, errno,
                            /* Translators: %s is the system's reason */
                            _ ("No file can be written to this folder (%s)."), error);
  done = write_items (self, watch, beside, error) && put_in_place (self, beside, error);
  remove_folder (self, beside);
  return done;
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GscExportJob *self = object;
  const GscWatch watch = { .cancellable = cancellable, .progress = on_progress, .data = self };
  g_autoptr (GPtrArray) names = list_names (self);
  GError *error = NULL;
  gboolean done = names->len > 1 ? write_several (self, &watch, &error)
                                 : write_items (self, &watch, self->folder, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The main thread */

void
gsc_export_job_run_async (GscExportJob *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GSC_IS_EXPORT_JOB (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gsc_export_job_run_async);
  /* What is written at the last moment is written. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_thread);
}

gboolean
gsc_export_job_run_finish (GscExportJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

double
gsc_export_job_get_progress (GscExportJob *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_JOB (self), 0);

  return (double) g_atomic_int_get (&self->progress) / WHOLE;
}

GscExportJob *
gsc_export_job_new (GscExportSource *source,
                    const GscExportItem *items,
                    guint n_items,
                    GscExportFormat format,
                    const GscFigurePaper *paper,
                    const char *path,
                    gboolean in_folder)
{
  GscExportJob *self = g_object_new (GSC_TYPE_EXPORT_JOB, NULL);

  g_return_val_if_fail (n_items == 1 || (n_items > 1 && in_folder), self);

  self->source = gsc_export_source_ref (source);
  g_array_append_vals (self->items, items, n_items);
  self->format = format;
  self->paper = *paper;
  self->path = g_strdup (path);
  self->in_folder = in_folder;
  self->folder = in_folder ? g_strdup (path) : g_path_get_dirname (path);
  return self;
}

static void
gsc_export_job_finalize (GObject *object)
{
  GscExportJob *self = GSC_EXPORT_JOB (object);

  gsc_export_source_unref (self->source);
  g_array_unref (self->items);
  g_free (self->path);
  g_free (self->folder);

  G_OBJECT_CLASS (gsc_export_job_parent_class)->finalize (object);
}

static void
gsc_export_job_class_init (GscExportJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gsc_export_job_finalize;
}

static void
gsc_export_job_init (GscExportJob *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (GscExportItem));
}
