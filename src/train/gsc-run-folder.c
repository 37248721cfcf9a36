/* gsc-run-folder.c - a run on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-checkpoint.h"
#include "gsc-file-error.h"
#include "gsc-record-tables.h"
#include "gsc-run-lock.h"
#include "gsc-snapshot-files.h"
#include "gsc-split-tables.h"

#define INITIAL_FILE "initial.safetensors"

struct _GscRunFolder
{
  char *path;
  char *display_name; /* of path, for messages */
  gboolean writable;
  GscRunLock *lock; /* NULL without */
  GscConfig config;
  GscRecordTables *tables; /* NULL until wanted: they need tasks.csv */
  goffset budget;
};

static char *
get_file (const GscRunFolder *folder, const char *name)
{
  return g_build_filename (folder->path, name, NULL);
}

static void
set_errno (GError **error, const char *path, const char *what, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, gsc_file_error_from_errno (code), "%s: %s (%s).", name, what,
               g_strerror (code));
}

/* Folder, lock */

static GscRunFolder *
folder_new (const char *path, gboolean writable)
{
  GscRunFolder *folder = g_new0 (GscRunFolder, 1);

  folder->path = g_strdup (path);
  folder->display_name = g_filename_display_name (path);
  folder->writable = writable;
  folder->budget = GSC_RUN_DEFAULT_BUDGET;
  return folder;
}

void
gsc_run_folder_free (GscRunFolder *folder)
{
  if (folder == NULL)
    return;
  gsc_run_lock_free (folder->lock);
  gsc_record_tables_free (folder->tables);
  g_free (folder->path);
  g_free (folder->display_name);
  g_free (folder);
}

static gboolean
take_lock (GscRunFolder *folder, GError **error)
{
  folder->lock = gsc_run_lock_take (folder->path, error);
  return folder->lock != NULL;
}

gboolean
gsc_run_folder_check_lock (GscRunFolder *folder, GError **error)
{
  g_return_val_if_fail (folder->writable, FALSE);
  return gsc_run_lock_check (folder->lock, error);
}

gboolean
gsc_run_folder_is_busy (const char *path)
{
  return gsc_run_lock_is_held (path);
}

/* Deletes what a crash left of files under way; only the lock's holder writes any. */
static void
delete_unfinished (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, GSC_ATOMIC_FILE_PREFIX))
      {
        g_autofree char *file = g_build_filename (path, name, NULL);

        g_unlink (file);
      }
}

static gboolean
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
gsc_run_folder_is_run (const char *path)
{
  return has_file (path, "config.json");
}

static gboolean
make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0777) == 0)
    return TRUE;
  set_errno (error, path, _ ("The folder cannot be made"), errno);
  return FALSE;
}

GscRunFolder *
gsc_run_folder_create (const char *path,
                       const GscConfig *config,
                       const GscTaskSplit *tasks,
                       const GscInputSplit *inputs,
                       GError **error)
{
  return gsc_run_folder_create_from (path, config, tasks, inputs, NULL, error);
}

/* Also takes away what a folder that was never completed may hold. */
static gboolean
save_initial (const char *path, const GscModel *initial, GError **error)
{
  if (initial != NULL)
    return gsc_checkpoint_save (initial, NULL, path, error);
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  set_errno (error, path, _ ("The file cannot be deleted"), errno);
  return FALSE;
}

GscRunFolder *
gsc_run_folder_create_from (const char *path,
                            const GscConfig *config,
                            const GscTaskSplit *tasks,
                            const GscInputSplit *inputs,
                            const GscModel *initial,
                            GError **error)
{
  g_autoptr (GscRunFolder) folder = folder_new (path, TRUE);
  g_autofree char *config_file = get_file (folder, "config.json");
  g_autofree char *tasks_file = get_file (folder, "tasks.csv");
  g_autofree char *inputs_file = get_file (folder, "inputs.csv");
  g_autofree char *initial_file = get_file (folder, INITIAL_FILE);
  g_autofree char *snapshots = get_file (folder, GSC_SNAPSHOT_FOLDER);
  g_autofree char *state_file = gsc_run_folder_get_state_path (folder);

  g_return_val_if_fail (tasks->p == config->p && inputs->p == config->p, NULL);

  if (!gsc_config_validate (config, error) || !make_folder (path, error)
      || !take_lock (folder, error))
    return NULL;
  /* config.json comes last, so that it is there only in a complete folder; the state comes with the
   * first training, and a folder that has lost its recipe is not for overwriting either. */
  if (gsc_run_folder_is_run (path) || g_file_test (state_file, G_FILE_TEST_EXISTS))
    {
      g_set_error (
          error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS,
          _ ("%s: There is a run in this folder already; resume it or choose another folder."),
          folder->display_name);
      return NULL;
    }

  folder->config = *config;
  folder->tables = gsc_record_tables_new (path, config, tasks);
  if (!make_folder (snapshots, error)
      || !gsc_task_table_save (tasks_file, tasks, (guint) config->eval_sequences, error)
      || !gsc_input_table_save (inputs_file, inputs, error)
      || !gsc_record_tables_create (folder->tables, error)
      || !save_initial (initial_file, initial, error)
      || !gsc_config_save (config, config_file, error))
    return NULL;
  return g_steal_pointer (&folder);
}

/* The tables, whose columns depend on tasks.csv. Borrowed; NULL and @error when that is damaged. */
static GscRecordTables *
get_tables (GscRunFolder *folder, GError **error)
{
  g_autoptr (GscTaskSplit) tasks = NULL;

  if (folder->tables != NULL)
    return folder->tables;
  tasks = gsc_run_folder_read_tasks (folder, error);
  if (tasks != NULL)
    folder->tables = gsc_record_tables_new (folder->path, &folder->config, tasks);
  return folder->tables;
}

/* What only the writer may do when it opens a run that exists. */
static gboolean
prepare_writing (GscRunFolder *folder, GError **error)
{
  g_autofree char *snapshots = get_file (folder, GSC_SNAPSHOT_FOLDER);

  if (!take_lock (folder, error))
    return FALSE;
  delete_unfinished (folder->path);
  delete_unfinished (snapshots);
  return get_tables (folder, error) != NULL && gsc_record_tables_repair (folder->tables, error);
}

GscRunFolder *
gsc_run_folder_open (const char *path, gboolean writable, GError **error)
{
  g_autoptr (GscRunFolder) folder = folder_new (path, writable);
  g_autofree char *config_file = get_file (folder, "config.json");
  g_autoptr (GError) fault = NULL;

  gsc_config_init_default (&folder->config);
  if (!gsc_config_load (&folder->config, config_file, &fault))
    {
      if (!g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT)
          && !g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
        g_propagate_error (error, g_steal_pointer (&fault));
      else
        g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN,
                     g_file_test (path, G_FILE_TEST_EXISTS)
                         ? _ ("%s: This is no run: there is no config.json in it.")
                         : _ ("%s: There is no such folder."),
                     folder->display_name);
      return NULL;
    }
  if (writable && !prepare_writing (folder, error))
    return NULL;
  return g_steal_pointer (&folder);
}

const char *
gsc_run_folder_get_path (const GscRunFolder *folder)
{
  return folder->path;
}

const GscConfig *
gsc_run_folder_get_config (const GscRunFolder *folder)
{
  return &folder->config;
}

gboolean
gsc_run_folder_set_schedule (GscRunFolder *folder,
                             gint64 steps,
                             gint64 record_every,
                             GError **error)
{
  g_autofree char *config_file = get_file (folder, "config.json");
  GscConfig config = folder->config;

  g_return_val_if_fail (folder->writable, FALSE);
  config.steps = steps;
  config.record_every = record_every;
  if (!gsc_config_validate (&config, error) || !gsc_config_save (&config, config_file, error))
    return FALSE;
  folder->config = config;
  return TRUE;
}

char *
gsc_run_folder_get_state_path (const GscRunFolder *folder)
{
  return get_file (folder, "state.safetensors");
}

GscTaskSplit *
gsc_run_folder_read_tasks (GscRunFolder *folder, GError **error)
{
  g_autofree char *path = get_file (folder, "tasks.csv");

  return gsc_task_table_load (path, &folder->config, error);
}

GscInputSplit *
gsc_run_folder_read_inputs (GscRunFolder *folder, GError **error)
{
  g_autofree char *path = get_file (folder, "inputs.csv");

  return gsc_input_table_load (path, &folder->config, error);
}

/* Records */

gboolean
gsc_run_folder_append_record (GscRunFolder *folder, const GscRecord *record, GError **error)
{
  return gsc_run_folder_check_lock (folder, error)
         && gsc_record_tables_append (folder->tables, record, error);
}

GPtrArray *
gsc_run_folder_read_records (GscRunFolder *folder, GError **error)
{
  GscRecordTables *tables = get_tables (folder, error);

  return tables != NULL ? gsc_record_tables_read (tables, error) : NULL;
}

/* Snapshots */

GPtrArray *
gsc_run_folder_list_snapshots (GscRunFolder *folder, GError **error)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list_scored (folder->path, error);
  GPtrArray *list;

  if (snapshots == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < snapshots->len; i++)
    g_ptr_array_add (
        list, g_memdup2 (&g_array_index (snapshots, GscSnapshotInfo, i), sizeof (GscSnapshotInfo)));
  return list;
}

void
gsc_run_folder_set_snapshot_budget (GscRunFolder *folder, goffset bytes)
{
  folder->budget = bytes;
}

static void
take_pair (GHashTable *metadata, const char *key, char *value)
{
  g_hash_table_insert (metadata, (gpointer) key, value);
}

gboolean
gsc_run_folder_save_snapshot (GscRunFolder *folder,
                              const GscModel *model,
                              gint64 step,
                              GError **error)
{
  g_autoptr (GHashTable) metadata = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char *snapshots = get_file (folder, GSC_SNAPSHOT_FOLDER);
  g_autofree char *path = gsc_snapshot_files_get_path (folder->path, step);
  const GscConfig *config = &folder->config;

  if (!gsc_run_folder_check_lock (folder, error))
    return FALSE;
  take_pair (metadata, "p", g_strdup_printf ("%d", config->p));
  take_pair (metadata, "shots", g_strdup_printf ("%d", config->shots));
  take_pair (metadata, "seed", g_strdup_printf ("%" G_GINT64_FORMAT, config->seed));
  take_pair (metadata, "step", g_strdup_printf ("%" G_GINT64_FORMAT, step));
  take_pair (metadata, "grokscope", g_strdup (GSC_VERSION));
  take_pair (metadata, "config", gsc_config_to_text (config));
  return make_folder (snapshots, error) && gsc_checkpoint_save (model, metadata, path, error)
         && gsc_snapshot_files_thin (folder->path, folder->budget, error);
}

gboolean
gsc_run_folder_rewind (GscRunFolder *folder, gint64 step, GError **error)
{
  g_return_val_if_fail (folder->writable, FALSE);
  return gsc_record_tables_rewind (folder->tables, step, error)
         && gsc_snapshot_files_rewind (folder->path, step, error);
}

gint64
gsc_run_folder_find_step (GscRunFolder *folder, const char *which, GError **error)
{
  return gsc_snapshot_files_find (folder->path, which, error);
}

/* The weights in the file @path, which must be of the run's shape. */
static GscModel *
load_model (const GscRunFolder *folder, const char *path, GError **error)
{
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GscModel) model = gsc_checkpoint_load (path, 0, &metadata, error);
  GscModelConfig expected;

  if (model == NULL)
    return NULL;
  gsc_config_get_model (&folder->config, &expected);
  if (!gsc_model_config_equal (gsc_model_get_config (model), &expected))
    {
      g_autofree char *name = g_filename_display_name (path);
      const GscModelConfig *found = gsc_model_get_config (model);

      g_set_error (
          error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
          _ ("%s: The snapshot is of another model (vocabulary %d, width %d, heads %d, depth %d) "
             "than config.json says (vocabulary %d, width %d, heads %d, depth %d); delete it."),
          name, found->vocab, found->width, found->heads, found->depth, expected.vocab,
          expected.width, expected.heads, expected.depth);
      return NULL;
    }
  return g_steal_pointer (&model);
}

GscModel *
gsc_run_folder_load_snapshot (GscRunFolder *folder, gint64 step, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, step);
  g_autofree char *path = gsc_snapshot_files_get_path (folder->path, step);

  if (gsc_run_folder_find_step (folder, number, error) < 0)
    return NULL;
  return load_model (folder, path, error);
}

GscModel *
gsc_run_folder_load_initial (GscRunFolder *folder, GError **error)
{
  g_autofree char *path = get_file (folder, INITIAL_FILE);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  return load_model (folder, path, error);
}

/* Log */

void
gsc_run_folder_log (GscRunFolder *folder, const char *format, ...)
{
  g_autofree char *path = get_file (folder, "events.log");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *event = NULL;
  g_autofree char *line = NULL;
  va_list arguments;
  int fd;

  if (!folder->writable)
    return;
  va_start (arguments, format);
  event = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_strdelimit (event, "\n\r", ' '); /* one line each */
  line = g_strdup_printf ("%s %s\n", time, event);

  fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
  if (fd < 0)
    return;
  if (write (fd, line, strlen (line)) < 0)
    g_debug ("%s: %s", path, g_strerror (errno));
  close (fd);
}
