/* gsc-export-provider.c - a panel that is dragged out of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-provider.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "gsc-export-image.h"

struct _GscExportProvider
{
  GdkContentProvider parent_instance;

  /* Owned References */
  GscExportSource *source;
  GscExportImage *image; /* NULL: not asked for yet */

  GscExportItem item;
  GscFigurePaper paper;
};

G_DEFINE_FINAL_TYPE (GscExportProvider, gsc_export_provider, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
gsc_export_provider_ref_formats (GdkContentProvider *provider)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();
  g_autoptr (GdkContentFormats) file = gdk_content_formats_union_serialize_mime_types (
      gdk_content_formats_new_for_gtype (G_TYPE_FILE));
  const char *const *types = gdk_content_formats_get_mime_types (file, NULL);

  gdk_content_formats_builder_add_mime_type (builder, "image/png");
  gdk_content_formats_builder_add_mime_type (builder, "image/svg+xml");
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, types[i]);
  return gdk_content_formats_builder_free_to_formats (builder);
}

/* Writing */

static void
on_bytes_written (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_serialized (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The picture as a file. (transfer full) */
static GFile *
make_file (GscExportProvider *self, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "grokscope", NULL);
  g_autofree char *base = gsc_export_item_make_name (&self->item);
  g_autofree char *name = g_strconcat (base, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize length;
  const char *bytes = g_bytes_get_data (self->image->png, &length);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int fault = errno;

      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (fault), "%s: %s", folder,
                   g_strerror (fault));
      return NULL;
    }
  return g_file_set_contents (path, bytes, (gssize) length, error) ? g_file_new_for_path (path)
                                                                   : NULL;
}

static void
write_image (GscExportProvider *self, GTask *task)
{
  GOutputStream *stream = g_object_get_data (G_OBJECT (task), "stream");
  const char *mime_type = g_task_get_task_data (task);
  int priority = g_task_get_priority (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GBytes *bytes = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GError *error = NULL;
  GFile *file;

  if (g_str_equal (mime_type, "image/png"))
    bytes = self->image->png;
  else if (g_str_equal (mime_type, "image/svg+xml"))
    bytes = self->image->svg;
  if (bytes != NULL)
    {
      gsize length;
      const void *contents = g_bytes_get_data (bytes, &length);

      g_output_stream_write_all_async (stream, contents, length, priority, cancellable,
                                       on_bytes_written, g_object_ref (task));
      return;
    }
  file = make_file (self, &error);
  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_value_init (&value, G_TYPE_FILE);
  g_value_take_object (&value, file);
  gdk_content_serialize_async (stream, mime_type, &value, priority, cancellable, on_serialized,
                               g_object_ref (task));
}

static void
on_image (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GscExportProvider *self = g_task_get_source_object (task);
  GError *error = NULL;
  GscExportImage *image = gsc_export_image_make_finish (result, &error);

  if (image == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_pointer (&self->image, gsc_export_image_unref);
  self->image = image;
  write_image (self, task);
}

static void
gsc_export_provider_write_async (GdkContentProvider *provider,
                                 const char *mime_type,
                                 GOutputStream *stream,
                                 int io_priority,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GscExportProvider *self = GSC_EXPORT_PROVIDER (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gsc_export_provider_write_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_strdup (mime_type), g_free);
  g_object_set_data_full (G_OBJECT (task), "stream", g_object_ref (stream), g_object_unref);
  if (self->image != NULL)
    write_image (self, task);
  else
    gsc_export_image_make_async (self->source, &self->item, &self->paper, cancellable, on_image,
                                 g_steal_pointer (&task));
}

static gboolean
gsc_export_provider_write_finish (GdkContentProvider *provider,
                                  GAsyncResult *result,
                                  GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
gsc_export_provider_finalize (GObject *object)
{
  GscExportProvider *self = GSC_EXPORT_PROVIDER (object);

  gsc_export_source_unref (self->source);
  gsc_export_image_unref (self->image);

  G_OBJECT_CLASS (gsc_export_provider_parent_class)->finalize (object);
}

static void
gsc_export_provider_class_init (GscExportProviderClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gsc_export_provider_finalize;
  provider_class->ref_formats = gsc_export_provider_ref_formats;
  provider_class->write_mime_type_async = gsc_export_provider_write_async;
  provider_class->write_mime_type_finish = gsc_export_provider_write_finish;
}

static void
gsc_export_provider_init (GscExportProvider *self)
{
}

GdkContentProvider *
gsc_export_provider_new (GscExportSource *source,
                         const GscExportItem *item,
                         const GscFigurePaper *paper)
{
  GscExportProvider *self = g_object_new (GSC_TYPE_EXPORT_PROVIDER, NULL);

  self->source = gsc_export_source_ref (source);
  self->item = *item;
  self->paper = *paper;
  return GDK_CONTENT_PROVIDER (self);
}
