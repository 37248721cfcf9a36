/* gsc-export-image.c - a figure as a picture for other programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-image.h"

#include <glib/gstdio.h>

#include "gsc-export-drawing.h"

typedef struct
{
  GscExportSource *source;
  GscExportItem item;
  GscFigurePaper paper;
} Job;

GscExportImage *
gsc_export_image_ref (GscExportImage *image)
{
  g_atomic_ref_count_inc (&image->ref_count);
  return image;
}

void
gsc_export_image_unref (GscExportImage *image)
{
  if (image == NULL || !g_atomic_ref_count_dec (&image->ref_count))
    return;
  g_bytes_unref (image->png);
  g_bytes_unref (image->svg);
  g_free (image);
}

/* As a file of that extension in @folder, which is gone afterwards. */
static GBytes *
write_file (GscExportDrawing *drawing, const char *folder, const char *file, GError **error)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  char *contents = NULL;
  gsize length;

  if (!gsc_export_drawing_write (drawing, path, error))
    return NULL;
  g_file_get_contents (path, &contents, &length, error);
  g_unlink (path);
  return contents != NULL ? g_bytes_new_take (contents, length) : NULL;
}

GscExportImage *
gsc_export_image_make (GscExportSource *source,
                       const GscExportItem *item,
                       const GscFigurePaper *paper,
                       GCancellable *cancellable,
                       GError **error)
{
  const GscWatch watch = { .cancellable = cancellable };
  g_autoptr (GscExportDrawing) drawing
      = gsc_export_drawing_new (source, item, paper, &watch, error);
  g_autofree char *folder = drawing != NULL ? g_dir_make_tmp ("grokscope-XXXXXX", error) : NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;
  GscExportImage *image;

  if (folder == NULL)
    return NULL;
  png = write_file (drawing, folder, "image.png", error);
  if (png != NULL)
    svg = write_file (drawing, folder, "image.svg", error);
  g_rmdir (folder);
  if (svg == NULL)
    return NULL;
  image = g_new (GscExportImage, 1);
  *image = (GscExportImage){ .png = g_steal_pointer (&png), .svg = g_steal_pointer (&svg) };
  g_atomic_ref_count_init (&image->ref_count);
  return image;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  gsc_export_source_unref (job->source);
  g_free (job);
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  GscExportImage *image
      = gsc_export_image_make (job->source, &job->item, &job->paper, cancellable, &error);

  if (image != NULL)
    g_task_return_pointer (task, image, (GDestroyNotify) gsc_export_image_unref);
  else
    g_task_return_error (task, error);
}

void
gsc_export_image_make_async (GscExportSource *source,
                             const GscExportItem *item,
                             const GscFigurePaper *paper,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job){ gsc_export_source_ref (source), *item, *paper };
  g_task_set_source_tag (task, gsc_export_image_make_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_thread);
}

GscExportImage *
gsc_export_image_make_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GdkContentProvider *
gsc_export_image_make_content (const GscExportImage *image)
{
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_for_bytes ("image/png", image->png),
    gdk_content_provider_new_for_bytes ("image/svg+xml", image->svg),
  };

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}
