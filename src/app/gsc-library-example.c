/* gsc-library-example.c - the library: the run that comes with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-installed-path.h"
#include "gsc-library-private.h"

#define EXAMPLE "quick"
#define ARCHIVE "examples/" EXAMPLE GSC_RUN_ARCHIVE_SUFFIX

/* What its folder is called, so that the user's first run of the preset still gets the number 1. */
#define FOLDER "example"

void
gsc_library_set_example (GscLibrary *self, const char *archive)
{
  char *copy = g_strdup (archive);

  g_return_if_fail (GSC_IS_LIBRARY (self));

  g_free (self->example);
  self->example = copy;
}

/* The one that is listed, and can be shown; or NULL. */
static GscRun *
find_example (GscLibrary *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      GscRun *run = gsc_library_entry_get_run (g_ptr_array_index (self->entries, i));
      const GscRunNotes *notes = gsc_run_get_notes (run);

      if (gsc_run_get_state (run) != GSC_RUN_BROKEN && notes != NULL
          && g_strcmp0 (notes->example, EXAMPLE) == 0)
        return run;
    }
  return NULL;
}

static void
on_imported (GObject *object, GAsyncResult *result, gpointer data)
{
  GscLibrary *self = GSC_LIBRARY (object);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GscRun *run = gsc_library_import_finish (self, result, &error);

  if (run == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Translators: the title of a run that comes with the program; “quick” is the name of a preset */
  gsc_library_rename (self, run, _ ("Example: quick"), NULL);
  g_task_return_pointer (task, g_object_ref (run), g_object_unref);
}

void
gsc_library_open_example (GscLibrary *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *archive = NULL;
  GscRun *listed;

  g_return_if_fail (GSC_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_check_cancellable (task, FALSE);
  listed = find_example (self);
  if (listed != NULL)
    {
      g_task_return_pointer (task, g_object_ref (listed), g_object_unref);
      return;
    }
  archive = self->example != NULL ? g_strdup (self->example) : gsc_installed_data (ARCHIVE);
  if (archive == NULL)
    g_task_return_new_error (task, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                             _ ("The example run is not installed; install Grokscope again."));
  else
    gsc_library_import_named (self, archive, FOLDER, cancellable, NULL, NULL, on_imported,
                              g_steal_pointer (&task));
}

GscRun *
gsc_library_open_example_finish (GscLibrary *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GscRun) run = NULL;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  run = g_task_propagate_pointer (G_TASK (result), error);
  return run; /* the list has it */
}
