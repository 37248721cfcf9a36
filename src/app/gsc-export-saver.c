/* gsc-export-saver.c - asks where figures are to be written, and writes them there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-saver.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-export-tables.h"

/* File names in the question; of more only the number is said. */
#define MAX_NAMES 6

struct _GscExportSaver
{
  GObject parent_instance;

  /* Owned References */
  GscExportSource *source;
  GArray *items; /* of GscExportItem */
  GSettings *settings;
  GtkFileChooserNative *chooser;
  GscExportJob *job;
  GCancellable *cancellable;

  /* Borrowed References, weak */
  GtkWindow *parent;
  AdwMessageDialog *question;

  GscExportFormat format;
  GscFigurePaper paper;
};

enum
{
  SIGNAL_STARTED,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscExportSaver, gsc_export_saver, G_TYPE_OBJECT)

static void
end (GscExportSaver *self, char **paths, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, paths, message);
}

/* Drawing */

static void
on_job_done (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscExportSaver) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = NULL;

  if (gsc_export_job_run_finish (self->job, result, &error))
    {
      files = gsc_export_job_list_files (self->job);
      end (self, files, NULL);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end (self, NULL, NULL);
  else
    end (self, NULL, error->message);
}

static void
start (GscExportSaver *self)
{
  g_signal_emit (self, signals[SIGNAL_STARTED], 0);
  gsc_export_job_run_async (self->job, self->cancellable, on_job_done, g_object_ref (self));
}

/* What would be lost */

static void
on_answer (AdwMessageDialog *question, const char *response, gpointer data)
{
  GscExportSaver *self = data;

  g_clear_weak_pointer (&self->question);
  if (g_str_equal (response, "replace"))
    start (self);
  else
    end (self, NULL, NULL);
  g_object_unref (self);
}

/* (transfer full) */
static char *
describe_files (GPtrArray *files)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (files->len, MAX_NAMES); i++)
    {
      g_autofree char *name = g_filename_display_basename (g_ptr_array_index (files, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", name);
    }
  if (files->len > MAX_NAMES)
    g_string_append (text, "\n…");
  return g_string_free (text, FALSE);
}

static void
ask (GscExportSaver *self, GPtrArray *files)
{
  g_autofree char *names = describe_files (files);
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Replace %u File?", "Replace %u Files?", files->len), files->len);
  GtkWidget *question = adw_message_dialog_new (self->parent, heading, names);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _ ("_Cancel"),
                                    "replace", _ ("_Replace"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "replace",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_signal_connect (question, "response", G_CALLBACK (on_answer), g_object_ref (self));
  g_set_weak_pointer (&self->question, ADW_MESSAGE_DIALOG (question));
  gtk_window_present (GTK_WINDOW (question));
}

/* Those of the job's files that are there already, but for @agreed. */
static GPtrArray *
list_existing (GscExportSaver *self, const char *agreed)
{
  GPtrArray *existing = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) files = gsc_export_job_list_files (self->job);

  for (guint i = 0; files[i] != NULL; i++)
    if (g_strcmp0 (files[i], agreed) != 0 && g_file_test (files[i], G_FILE_TEST_EXISTS))
      g_ptr_array_add (existing, g_strdup (files[i]));
  return existing;
}

/* A name without the format's extension gets it; that of another kind of picture is the user's
 * choice. (transfer full) */
static char *
complete_path (GscExportSaver *self, const char *path)
{
  static const char *const pictures[] = { ".pdf", ".svg", ".png" };
  const char *extension = gsc_export_format_get_extension (self->format);
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *dotted = g_strconcat (".", extension, NULL);

  for (guint i = 0; self->format != GSC_EXPORT_TABLE && i < G_N_ELEMENTS (pictures); i++)
    if (g_str_has_suffix (lower, pictures[i]))
      return g_strdup (path);
  return g_str_has_suffix (lower, dotted) ? g_strdup (path) : g_strconcat (path, dotted, NULL);
}

void
gsc_export_saver_save_to (GscExportSaver *self, const char *path)
{
  gboolean in_folder = gsc_export_saver_wants_folder (self);
  g_autofree char *whole = in_folder ? g_strdup (path) : complete_path (self, path);
  g_autofree char *folder = in_folder ? g_strdup (path) : g_path_get_dirname (path);
  g_autoptr (GPtrArray) existing = NULL;

  g_return_if_fail (GSC_IS_EXPORT_SAVER (self));

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "export-folder", folder);
  g_clear_object (&self->job);
  self->job = gsc_export_job_new (self->source, (const GscExportItem *) self->items->data,
                                  self->items->len, self->format, &self->paper, whole, in_folder);
  existing = list_existing (self, path);
  if (existing->len > 0)
    ask (self, existing);
  else
    start (self);
}

/* Where */

/* In a sandbox a file that was chosen does not give a right to those beside it. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static gboolean
has_several_tables (const GscExportSource *source, const GscExportItem *item)
{
  g_autoptr (GArray) tables = gsc_export_tables_list (source, item);

  return tables->len > 1;
}

gboolean
gsc_export_saver_wants_folder (GscExportSaver *self)
{
  const GscExportItem *first = &g_array_index (self->items, GscExportItem, 0);

  g_return_val_if_fail (GSC_IS_EXPORT_SAVER (self), FALSE);

  return self->items->len > 1
         || (self->format == GSC_EXPORT_TABLE
             && (first->recipe != NULL || has_several_tables (self->source, first)
                 || is_sandboxed ()));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GscExportSaver) self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = file != NULL ? g_file_get_path (file) : NULL;
    }
  gtk_native_dialog_destroy (dialog);
  g_clear_object (&self->chooser);
  if (path != NULL)
    gsc_export_saver_save_to (self, path);
  else
    end (self, NULL,
         response == GTK_RESPONSE_ACCEPT ? _ ("Figures can be written to folders of this computer "
                                              "only; choose one of those.")
                                         : NULL);
}

void
gsc_export_saver_choose (GscExportSaver *self)
{
  gboolean in_folder = gsc_export_saver_wants_folder (self);
  const GscExportItem *first = &g_array_index (self->items, GscExportItem, 0);
  g_autofree char *base = gsc_export_item_make_name (first);
  g_autofree char *name
      = g_strdup_printf ("%s.%s", base, gsc_export_format_get_extension (self->format));
  g_autofree char *last = NULL;

  g_return_if_fail (GSC_IS_EXPORT_SAVER (self));

  self->chooser = gtk_file_chooser_native_new (
      in_folder ? _ ("Export Figures to a Folder") : _ ("Export Figure"), self->parent,
      in_folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Export"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (!in_folder)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  if (self->settings != NULL)
    last = g_settings_get_string (self->settings, "export-folder");
  if (last != NULL && g_file_test (last, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GFile) folder = g_file_new_for_path (last);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), folder, NULL);
    }
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), g_object_ref (self));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

AdwMessageDialog *
gsc_export_saver_get_question (GscExportSaver *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_SAVER (self), NULL);

  return self->question;
}

void
gsc_export_saver_cancel (GscExportSaver *self)
{
  g_return_if_fail (GSC_IS_EXPORT_SAVER (self));

  g_cancellable_cancel (self->cancellable);
}

double
gsc_export_saver_get_progress (GscExportSaver *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_SAVER (self), 0);

  return self->job != NULL ? gsc_export_job_get_progress (self->job) : 0;
}

/* GObject */

static void
gsc_export_saver_finalize (GObject *object)
{
  GscExportSaver *self = GSC_EXPORT_SAVER (object);

  g_clear_weak_pointer (&self->parent);
  g_clear_weak_pointer (&self->question);
  gsc_export_source_unref (self->source);
  g_array_unref (self->items);
  g_clear_object (&self->settings);
  g_clear_object (&self->chooser);
  g_clear_object (&self->job);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (gsc_export_saver_parent_class)->finalize (object);
}

static void
gsc_export_saver_class_init (GscExportSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gsc_export_saver_finalize;

  signals[SIGNAL_STARTED] = g_signal_new ("started", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED]
      = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRV, G_TYPE_STRING);
}

static void
gsc_export_saver_init (GscExportSaver *self)
{
  self->items = g_array_new (FALSE, FALSE, sizeof (GscExportItem));
  self->cancellable = g_cancellable_new ();
}

GscExportSaver *
gsc_export_saver_new (GtkWindow *parent,
                      GscExportSource *source,
                      const GscExportItem *items,
                      guint n_items,
                      GscExportFormat format,
                      const GscFigurePaper *paper,
                      GSettings *settings)
{
  GscExportSaver *self = g_object_new (GSC_TYPE_EXPORT_SAVER, NULL);

  g_set_weak_pointer (&self->parent, parent);
  self->source = gsc_export_source_ref (source);
  g_array_append_vals (self->items, items, n_items);
  self->format = format;
  self->paper = *paper;
  g_set_object (&self->settings, settings);
  return self;
}
