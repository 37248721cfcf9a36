/* gsc-window-phase.c - the main window: phase diagrams
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-phase-dialog.h"
#include "gsc-phase-window.h"
#include "gsc-window-private.h"

/* How many are remembered. */
#define MAX_RECENT 8

struct _GscWindowPhase
{
  GscSweepWorker *worker;
  GPtrArray *windows; /* of GscPhaseWindow, open ones; borrowed */
  GMenu *recent;
};

/* ~/.local/share/grokscope/sweeps: beside the library's runs. (transfer full) */
static char *
get_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "grokscope", "sweeps", NULL);
}

/* Runs at once: one for each processor. */
static guint
count_jobs (GscWindow *self)
{
  guint threads
      = self->settings != NULL ? (guint) g_settings_get_int (self->settings, "threads") : 0;

  return threads > 0 ? threads : g_get_num_processors ();
}

/* Remembering */

static void
fill_recent (GscWindow *self)
{
  g_auto (GStrv) paths = NULL;

  g_menu_remove_all (self->phase->recent);
  if (self->settings == NULL)
    return;
  paths = g_settings_get_strv (self->settings, "sweeps");
  for (guint i = 0; paths[i] != NULL; i++)
    if (gsc_sweep_is_sweep (paths[i]))
      {
        g_autofree char *name = g_filename_display_basename (paths[i]);
        g_auto (GStrv) words = g_strsplit (name, "_", -1);
        g_autofree char *label = g_strjoinv ("__", words);
        g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

        g_menu_item_set_action_and_target (item, "win.open-sweep", "s", paths[i]);
        g_menu_append_item (self->phase->recent, item);
      }
}

/* The latest first. */
static void
remember (GscWindow *self, const char *folder)
{
  g_auto (GStrv) paths = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (self->settings == NULL)
    return;
  paths = g_settings_get_strv (self->settings, "sweeps");
  g_ptr_array_add (kept, (gpointer) folder);
  for (guint i = 0; paths[i] != NULL && kept->len < MAX_RECENT; i++)
    if (!g_str_equal (paths[i], folder))
      g_ptr_array_add (kept, paths[i]);
  g_ptr_array_add (kept, NULL);
  g_settings_set_strv (self->settings, "sweeps", (const char *const *) kept->pdata);
  fill_recent (self);
}

/* Runs of a sweep */

typedef struct
{
  GscWindow *window;
  gint64 step; /* -1: as the run is opened */
} Opening;

static void
show_step (GscWindow *self, GscRun *run, gint64 step)
{
  g_autofree char *which = g_strdup_printf ("%" G_GINT64_FORMAT, step);
  GscRunData *data = gsc_run_get_data (run);
  int record = data != NULL && step >= 0 ? gsc_run_data_find_record (data, which, NULL) : -1;

  if (record >= 0 && run == self->run)
    gsc_session_set_record (self->session, record);
}

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GscWindow) window = opening->window;

  if (gsc_run_load_finish (GSC_RUN (object), result, NULL))
    show_step (window, GSC_RUN (object), opening->step);
}

static void
on_open_run (GscWindow *self, const char *path, gint64 step)
{
  g_autoptr (GError) error = NULL;
  GscRun *run = gsc_library_open (self->library, path, &error);
  Opening *opening;

  gtk_window_present (GTK_WINDOW (self));
  if (run == NULL)
    {
      gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
      return;
    }
  gsc_window_show_run (self, run);
  opening = g_new (Opening, 1);
  *opening = (Opening){ g_object_ref (self), step };
  gsc_run_load_async (run, on_loaded, opening);
}

/* Windows */

static GscPhaseWindow *
find_window (GscWindow *self, const char *folder)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);

  for (guint i = 0; i < self->phase->windows->len; i++)
    {
      GscPhaseWindow *window = g_ptr_array_index (self->phase->windows, i);

      if (g_str_equal (gsc_phase_window_get_folder (window), path))
        return window;
    }
  return NULL;
}

static void
on_gone (gpointer data, GObject *window)
{
  g_ptr_array_remove (((GscWindow *) data)->phase->windows, window);
}

static void
train (GscWindow *self, GscPhaseWindow *window)
{
  g_autoptr (GError) error = NULL;

  if (!gsc_sweep_worker_start (self->phase->worker, gsc_phase_window_get_folder (window),
                               count_jobs (self), &error))
    gsc_phase_window_say (window, error->message);
}

/* NULL, and a message, if there is no sweep. Borrowed. */
static GscPhaseWindow *
open_sweep (GscWindow *self, const char *folder)
{
  GscPhaseWindow *window = find_window (self, folder);
  g_autoptr (GError) error = NULL;

  if (window == NULL)
    {
      window = gsc_phase_window_new (self->phase->worker, folder, &error);
      if (window == NULL)
        {
          gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
          return NULL;
        }
      gtk_window_set_application (GTK_WINDOW (window),
                                  gtk_window_get_application (GTK_WINDOW (self)));
      g_ptr_array_add (self->phase->windows, window);
      g_object_weak_ref (G_OBJECT (window), on_gone, self);
      g_signal_connect_object (window, "open-run", G_CALLBACK (on_open_run), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (window, "train", G_CALLBACK (train), self, G_CONNECT_SWAPPED);
      remember (self, gsc_phase_window_get_folder (window));
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Actions */

static void
on_start (GscWindow *self, const char *folder)
{
  GscPhaseWindow *window = open_sweep (self, folder);

  if (window != NULL)
    train (self, window);
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  g_autofree char *root = get_root ();
  const GscStopRule stop = gsc_recipe_get_stop_rule (self->recipe);
  GscPhaseDialog *dialog = gsc_phase_dialog_new (
      GTK_WINDOW (self), gsc_recipe_get_config (self->recipe), &stop, root, count_jobs (self));

  g_signal_connect_object (dialog, "start", G_CALLBACK (on_start), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_folder_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = g_file_get_path (file);
      if (path != NULL)
        open_sweep (data, path);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Open the Folder of a Phase Diagram"), GTK_WINDOW (data),
                                     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_folder_chosen), data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_open_sweep (GSimpleAction *action, GVariant *folder, gpointer data)
{
  open_sweep (data, g_variant_get_string (folder, NULL));
}

static void
on_resume_sweep (GSimpleAction *action, GVariant *folder, gpointer data)
{
  gsc_banner_hide (((GscWindow *) data)->banner);
  on_start (data, g_variant_get_string (folder, NULL));
}

static void
on_ended (GscWindow *self, const char *folder, const char *message)
{
  g_autofree char *name = g_filename_display_basename (folder);
  g_autofree char *text = NULL;

  /* Where the diagram is shown, it says so itself. */
  if (find_window (self, folder) != NULL)
    return;
  text = g_strdup_printf (_ ("The training of the phase diagram “%s” has ended."), name);
  if (message != NULL)
    gsc_banner_show (self->banner, message, NULL, NULL, NULL);
  else
    gsc_window_toast (self, text);
}

/* A run that is trained by itself is one that somebody looks at. */
static void
on_training_changed (GscWindow *self)
{
  gsc_sweep_worker_set_gives_way (self->phase->worker,
                                  gsc_library_get_training (self->library) != NULL);
}

static const GActionEntry entries[] = {
  { .name = "new-sweep", .activate = on_new },
  { .name = "choose-sweep", .activate = on_open },
  { .name = "open-sweep", .activate = on_open_sweep, .parameter_type = "s" },
  { .name = "resume-sweep", .activate = on_resume_sweep, .parameter_type = "s" },
};

/* What the other files of the window call */

static GscWindowPhase *
get_phase (GscWindow *self)
{
  if (self->phase == NULL)
    {
      self->phase = g_new0 (GscWindowPhase, 1);
      self->phase->worker = gsc_sweep_worker_new ();
      self->phase->windows = g_ptr_array_new ();
      self->phase->recent = g_menu_new ();
    }
  return self->phase;
}

GMenuModel *
gsc_window_make_phase_menu (GscWindow *self)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("New P_hase Diagram…"), "win.new-sweep");
  g_menu_append (menu, _ ("Open Phase _Diagram…"), "win.choose-sweep");
  g_menu_append_submenu (menu, _ ("Recen_t Phase Diagrams"),
                         G_MENU_MODEL (get_phase (self)->recent));
  return G_MENU_MODEL (menu);
}

void
gsc_window_add_phase_actions (GscWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (get_phase (self)->worker, "ended", G_CALLBACK (on_ended), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->library, "notify::training", G_CALLBACK (on_training_changed),
                           self, G_CONNECT_SWAPPED);
  on_training_changed (self);
  fill_recent (self);
}

gboolean
gsc_window_open_sweep (GscWindow *self, const char *folder)
{
  return gsc_sweep_is_sweep (folder) && open_sweep (self, folder) != NULL;
}

void
gsc_window_save_phase (GscWindow *self)
{
  const char *folder = gsc_sweep_worker_get_folder (self->phase->worker);

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "interrupted-sweep", folder != NULL ? folder : "");
  gsc_sweep_worker_stop_and_wait (self->phase->worker);
}

void
gsc_window_offer_sweep (GscWindow *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, "interrupted-sweep");
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  g_settings_reset (self->settings, "interrupted-sweep");
  if (path[0] == '\0' || !gsc_sweep_is_sweep (path))
    return;
  name = g_filename_display_basename (path);
  text = g_strdup_printf (_ ("The phase diagram “%s” was training when the window was closed; its "
                             "runs are saved."),
                          name);
  gsc_banner_show (self->banner, text, _ ("Go On"), "win.resume-sweep",
                   g_variant_new_string (path));
}

void
gsc_window_clear_phase (GscWindow *self)
{
  GscWindowPhase *phase = self->phase;

  if (phase == NULL)
    return;
  while (phase->windows->len > 0)
    {
      GscPhaseWindow *window = g_ptr_array_steal_index (phase->windows, 0);

      g_object_weak_unref (G_OBJECT (window), on_gone, self);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  g_signal_handlers_disconnect_by_data (phase->worker, self);
  g_signal_handlers_disconnect_by_func (self->library, on_training_changed, self);
  g_object_unref (phase->worker);
  g_ptr_array_unref (phase->windows);
  g_object_unref (phase->recent);
  g_clear_pointer (&self->phase, g_free);
}
