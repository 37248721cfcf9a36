/* gsc-library.c - the user's runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-library-private.h"

#include <string.h>

#include "gsc-run-store.h"

enum
{
  SCAN_PAUSE = 300,  /* milliseconds between looks at the folder of the runs */
  ROOM_PAUSE = 3000, /* milliseconds between looks whether there is room on the disk */
  POLL_PAUSE = 2,    /* seconds: the end of another process is seen in no folder */
};

enum
{
  PROP_0,
  PROP_TRAINING,
  PROP_WAITING,
  N_PROPERTIES,
};

enum
{
  SIGNAL_FAILED,
  SIGNAL_ENDED,
  SIGNAL_MARKED,
  SIGNAL_RESUMED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void gsc_library_list_model_init (GListModelInterface *iface);

G_DEFINE_TYPE_WITH_CODE (GscLibrary,
                         gsc_library,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, gsc_library_list_model_init))

/* The list */

static GType
gsc_library_get_item_type (GListModel *model)
{
  return GSC_TYPE_RUN;
}

static guint
gsc_library_get_n_items (GListModel *model)
{
  return GSC_LIBRARY (model)->entries->len;
}

static GscRun *
get_run (GscLibrary *self, guint index)
{
  return gsc_library_entry_get_run (g_ptr_array_index (self->entries, index));
}

static gpointer
gsc_library_get_item (GListModel *model, guint position)
{
  GscLibrary *self = GSC_LIBRARY (model);

  return position < self->entries->len ? g_object_ref (get_run (self, position)) : NULL;
}

static void
gsc_library_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gsc_library_get_item_type;
  iface->get_n_items = gsc_library_get_n_items;
  iface->get_item = gsc_library_get_item;
}

static GscLibraryEntry *
find_entry (GscLibrary *self, const char *path)
{
  g_autofree char *wanted = g_canonicalize_filename (path, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (gsc_run_get_path (get_run (self, i)), wanted))
      return g_ptr_array_index (self->entries, i);
  return NULL;
}

GscLibraryEntry *
gsc_library_find_entry (GscLibrary *self, GscRun *run)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (get_run (self, i) == run)
      return g_ptr_array_index (self->entries, i);
  return NULL;
}

gboolean
gsc_library_is_elsewhere (GscLibrary *self, GscLibraryEntry *entry)
{
  GscRun *run = gsc_library_entry_get_run (entry);
  g_autofree char *parent = g_path_get_dirname (gsc_run_get_path (run));

  /* A file is nobody's to move, wherever it is. */
  return gsc_run_get_state (run) == GSC_RUN_MODEL_FILE || !g_str_equal (parent, self->folder);
}

/* The newer first, and of two as new the one whose folder sorts later. */
static int
compare_entries (GscLibraryEntry *a, GscLibraryEntry *b)
{
  gint64 first = gsc_library_entry_get_time (a), second = gsc_library_entry_get_time (b);

  if (first != second)
    return first > second ? -1 : 1;
  return strcmp (gsc_run_get_path (gsc_library_entry_get_run (b)),
                 gsc_run_get_path (gsc_library_entry_get_run (a)));
}

/* Takes over @entry. */
void
gsc_library_insert (GscLibrary *self, GscLibraryEntry *entry)
{
  guint position = 0;

  while (position < self->entries->len
         && compare_entries (g_ptr_array_index (self->entries, position), entry) <= 0)
    position++;
  g_ptr_array_insert (self->entries, (int) position, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/* The caller takes the list's reference over. */
GscLibraryEntry *
gsc_library_take_out (GscLibrary *self, GscLibraryEntry *entry)
{
  guint position;

  if (!g_ptr_array_find (self->entries, entry, &position))
    return NULL;
  g_ptr_array_steal_index (self->entries, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  return entry;
}

void
gsc_library_fail (GscLibrary *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, message);
}

void
gsc_library_notify_training (GscLibrary *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINING]);
}

void
gsc_library_notify_waiting (GscLibrary *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

void
gsc_library_emit_marked (GscLibrary *self, GscRun *run, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_MARKED], 0, run, message);
}

void
gsc_library_emit_resumed (GscLibrary *self, GscRun *run)
{
  g_signal_emit (self, signals[SIGNAL_RESUMED], 0, run);
}

void
gsc_library_emit_ended (GscLibrary *self, GscRun *run, int end, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, run, end, message);
}

/* Other processes */

static gboolean
on_poll (gpointer data)
{
  GscLibrary *self = data;
  gboolean any = FALSE;

  for (guint i = 0; i < self->entries->len; i++)
    {
      g_autoptr (GscLibraryEntry) entry
          = gsc_library_entry_ref (g_ptr_array_index (self->entries, i));

      if (gsc_run_get_state (gsc_library_entry_get_run (entry)) != GSC_RUN_ELSEWHERE)
        continue;
      gsc_library_entry_refresh (entry);
      any = TRUE;
    }
  if (any)
    return G_SOURCE_CONTINUE;
  self->poll = 0;
  return G_SOURCE_REMOVE;
}

static void
on_state_changed (GscRun *run, GParamSpec *pspec, GscLibrary *self)
{
  if (gsc_run_get_state (run) == GSC_RUN_ELSEWHERE && self->poll == 0)
    self->poll = g_timeout_add_seconds (POLL_PAUSE, on_poll, self);
}

GscLibraryEntry *
gsc_library_make_entry (GscLibrary *self, const char *path)
{
  GscLibraryEntry *entry = gsc_library_entry_new (path);

  g_signal_connect_object (gsc_library_entry_get_run (entry), "notify::state",
                           G_CALLBACK (on_state_changed), self, 0);
  return entry;
}

static void
add_run (GscLibrary *self, const char *path)
{
  GscLibraryEntry *entry = gsc_library_make_entry (self, path);

  gsc_library_entry_refresh (entry);
  gsc_library_entry_set_watching (entry, TRUE);
  gsc_library_insert (self, entry);
}

static void scan_folder (gpointer data);

/* Runs in the folder that are not listed yet. A folder without recipe may get one at any moment: it
 * is the last file of a new run. */
static void
add_new_runs (GscLibrary *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (name[0] == '.' || find_entry (self, path) != NULL
          || !g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      if (!gsc_run_folder_is_run (path) && !g_hash_table_contains (self->unfinished, path))
        g_hash_table_insert (self->unfinished, g_strdup (path),
                             gsc_folder_watch_new (path, SCAN_PAUSE, scan_folder, self));
      if (!gsc_run_folder_is_run (path)) /* after the watch began, so that nothing is missed */
        continue;
      g_hash_table_remove (self->unfinished, path);
      add_run (self, path);
    }
}

/* Takes runs whose folders are gone off the list. */
static void
drop_lost_runs (GscLibrary *self)
{
  for (guint i = self->entries->len; i-- > 0;)
    {
      GscLibraryEntry *entry;

      if (i >= self->entries->len) /* whoever was told has taken off more */
        continue;
      entry = g_ptr_array_index (self->entries, i);
      if (entry != self->training && !gsc_library_is_elsewhere (self, entry)
          && !g_file_test (gsc_run_get_path (get_run (self, i)), G_FILE_TEST_IS_DIR))
        gsc_library_entry_unref (gsc_library_take_out (self, entry));
    }
}

static gboolean
is_lost (gpointer path, gpointer watch, gpointer data)
{
  return !g_file_test (path, G_FILE_TEST_IS_DIR);
}

static void
scan_folder (gpointer data)
{
  GscLibrary *self = data;

  drop_lost_runs (self);
  g_hash_table_foreach_remove (self->unfinished, is_lost, NULL);
  add_new_runs (self);
}

/* Finding */

GscRun *
gsc_library_open (GscLibrary *self, const char *path, GError **error)
{
  g_autofree char *absolute = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  GscLibraryEntry *entry;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);

  absolute = g_canonicalize_filename (path, NULL);
  entry = find_entry (self, absolute);
  if (entry == NULL)
    {
      folder = gsc_run_folder_open (absolute, FALSE, error);
      if (folder == NULL)
        return NULL;
      g_hash_table_remove (self->unfinished, absolute);
      add_run (self, absolute);
      entry = find_entry (self, absolute);
    }
  return gsc_library_entry_get_run (entry);
}

void
gsc_library_add_model_file (GscLibrary *self, GscRun *run)
{
  GscLibraryEntry *before;

  g_return_if_fail (GSC_IS_LIBRARY (self));
  g_return_if_fail (gsc_run_get_state (run) == GSC_RUN_MODEL_FILE);

  before = find_entry (self, gsc_run_get_path (run));
  gsc_library_insert (self, gsc_library_entry_new_for_model (run));
  if (before != NULL)
    gsc_library_entry_unref (gsc_library_take_out (self, before));
}

char **
gsc_library_list_elsewhere (GscLibrary *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  for (guint i = 0; i < self->entries->len; i++)
    if (gsc_library_is_elsewhere (self, g_ptr_array_index (self->entries, i))
        && gsc_run_get_state (get_run (self, i)) != GSC_RUN_MODEL_FILE)
      g_strv_builder_add (paths, gsc_run_get_path (get_run (self, i)));
  return g_strv_builder_end (paths);
}

GscRun *
gsc_library_find (GscLibrary *self, const char *path)
{
  GscLibraryEntry *entry;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  entry = find_entry (self, path);
  return entry != NULL ? gsc_library_entry_get_run (entry) : NULL;
}

/* Class */

char *
gsc_library_get_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "grokscope", "runs", NULL);
}

GscLibrary *
gsc_library_new (const char *folder)
{
  GscLibrary *self = g_object_new (GSC_TYPE_LIBRARY, NULL);

  self->folder = g_canonicalize_filename (folder, NULL);
  gsc_run_store_purge_all (self->folder);
  self->watch = gsc_folder_watch_new (self->folder, SCAN_PAUSE, scan_folder, self);
  add_new_runs (self);
  return self;
}

static void
gsc_library_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_TRAINING:
      g_value_set_object (value, gsc_library_get_training (GSC_LIBRARY (object)));
      break;
    case PROP_WAITING:
      g_value_set_object (value, gsc_library_get_waiting (GSC_LIBRARY (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
gsc_library_dispose (GObject *object)
{
  GscLibrary *self = GSC_LIBRARY (object);

  if (self->worker != NULL)
    {
      gsc_worker_stop_and_wait (self->worker);
      g_signal_handlers_disconnect_by_data (self->worker, self);
    }
  g_clear_object (&self->worker);
  gsc_library_stop_waiting (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_pointer (&self->watch, gsc_folder_watch_free);
  g_hash_table_remove_all (self->unfinished);
  g_clear_pointer (&self->training, gsc_library_entry_unref);
  for (guint i = 0; i < self->entries->len; i++)
    gsc_library_entry_set_watching (g_ptr_array_index (self->entries, i), FALSE);

  G_OBJECT_CLASS (gsc_library_parent_class)->dispose (object);
}

static void
gsc_library_finalize (GObject *object)
{
  GscLibrary *self = GSC_LIBRARY (object);

  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->removed);
  g_hash_table_unref (self->unfinished);
  g_object_unref (self->cancellable);
  g_free (self->room.failed_path);
  g_free (self->folder);
  g_free (self->example);

  G_OBJECT_CLASS (gsc_library_parent_class)->finalize (object);
}

static void
gsc_library_class_init (GscLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gsc_library_dispose;
  object_class->finalize = gsc_library_finalize;
  object_class->get_property = gsc_library_get_property;

  properties[PROP_TRAINING]
      = g_param_spec_object ("training", NULL, NULL, GSC_TYPE_RUN,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_WAITING]
      = g_param_spec_object ("waiting", NULL, NULL, GSC_TYPE_RUN,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_FAILED] = g_signal_new ("failed", GSC_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_ENDED]
      = g_signal_new ("ended", GSC_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, GSC_TYPE_RUN, G_TYPE_INT, G_TYPE_STRING);
  signals[SIGNAL_MARKED] = g_signal_new ("marked", GSC_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, GSC_TYPE_RUN, G_TYPE_STRING);
  signals[SIGNAL_RESUMED] = g_signal_new ("resumed", GSC_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, GSC_TYPE_RUN);
}

static void
gsc_library_init (GscLibrary *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_library_entry_unref);
  self->removed
      = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) gsc_library_entry_unref, g_free);
  self->unfinished = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) gsc_folder_watch_free);
  self->cancellable = g_cancellable_new ();
  self->room.pause = ROOM_PAUSE;
  self->room.patience = 1;
  self->worker = gsc_worker_new ();
  g_signal_connect (self->worker, "update", G_CALLBACK (gsc_library_on_update), self);
  g_signal_connect (self->worker, "ended", G_CALLBACK (gsc_library_on_ended), self);
}
