/* gsc-application.c - the program grokscope
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-application.h"

#include <glib/gi18n.h>

#include "gsc-gauge.h"
#include "gsc-installed-path.h"
#include "gsc-number.h"
#include "gsc-preferences.h"
#include "gsc-scrub-gauge.h"

/* Of --measure. */
#define MAX_SECONDS 3600

#define APPLICATION_ID "io.github.grokscope.Grokscope"

struct _GscApplication
{
  AdwApplication parent_instance;

  /* Owned References */
  GscLibrary *library;
  GSettings *settings;
  char *folder;
  char *action; /* what the command line asks for, or NULL */
  GscGauge *gauge;
  GscScrubGauge *scrub_gauge;

  gint64 start; /* monotonic time */
};

G_DEFINE_FINAL_TYPE (GscApplication, gsc_application, ADW_TYPE_APPLICATION)

GSettings *
gsc_application_load_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autofree char *folder = gsc_installed_path (GSC_DATADIR "/glib-2.0/schemas");
  g_autoptr (GSettingsSchemaSource) own = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  /* Of a prefix that the system does not look into. */
  if (schema == NULL)
    own = g_settings_schema_source_new_from_directory (folder, source, FALSE, NULL);
  if (own != NULL)
    schema = g_settings_schema_source_lookup (own, APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_message ("The settings schema %s is not installed: nothing will be remembered.",
                 APPLICATION_ID);
      return NULL;
    }
  return g_settings_new_full (schema, NULL, NULL);
}

/* Settings */

static void
apply_color_scheme (GscApplication *self)
{
  g_autofree char *name = g_settings_get_string (self->settings, "color-scheme");
  AdwColorScheme scheme = g_str_equal (name, "dark")    ? ADW_COLOR_SCHEME_FORCE_DARK
                          : g_str_equal (name, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT
                                                        : ADW_COLOR_SCHEME_DEFAULT;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
apply_threads (GscApplication *self)
{
  gsc_library_set_threads (self->library, (guint) g_settings_get_int (self->settings, "threads"));
}

/* Actions */

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *const developers[] = { _ ("The Grokscope developers"), NULL };

  /* Translators: your name, as credits show it */
  const char *translators = _ ("translator-credits");

  adw_show_about_window (
      gtk_application_get_active_window (GTK_APPLICATION (data)), "translator-credits",
      g_str_equal (translators, "translator-credits") ? "" : translators, "application-name", "Grokscope",
      "application-icon", APPLICATION_ID, "version", GSC_VERSION, "developer-name",
      _ ("The Grokscope developers"), "developers", developers, "license-type", GTK_LICENSE_GPL_3_0,
      "comments",
      _ ("A laboratory for “Learning to grok: Emergence of in-context learning and skill "
         "composition in modular arithmetic tasks” by He, Doshi, Das and Gromov (arXiv "
         "2406.02550)."),
      "website", "https://arxiv.org/abs/2406.02550", NULL);
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscApplication *self = data;
  GtkWindow *window = gsc_preferences_new (self->settings);

  gtk_window_set_transient_for (window, gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (window);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window;

  /* Closing saves; a program that just ended would not. */
  while ((window = gtk_application_get_active_window (GTK_APPLICATION (data))) != NULL)
    {
      GtkWindow *before = window;

      gtk_window_close (window);
      if (gtk_application_get_active_window (GTK_APPLICATION (data)) == before)
        break;
    }
}

static GscWindow *get_window (GscApplication *self);

/* Does what one of the window's actions does, where that is possible now. */
static void
activate_in_window (GscApplication *self, const char *name)
{
  GscWindow *window = get_window (self);

  gtk_window_present (GTK_WINDOW (window));
  if (g_action_group_get_action_enabled (G_ACTION_GROUP (window), name))
    g_action_group_activate_action (G_ACTION_GROUP (window), name, NULL);
}

/* Where nothing can be trained (the recipe has a fault, or something is trained already), that is
 * seen in the sidebar. */
static void
on_new_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GActionGroup *window = G_ACTION_GROUP (get_window (data));

  g_action_group_change_action_state (window, "show-sidebar", g_variant_new_boolean (TRUE));
  activate_in_window (data, "train-new");
}

static void
on_open_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  activate_in_window (data, "open");
}

static void
on_present (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  activate_in_window (data, "present");
}

static void
add_actions (GscApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = on_about },
    { .name = "preferences", .activate = on_preferences },
    { .name = "quit", .activate = on_quit },
    /* Those of the desktop entry. */
    { .name = "new-run", .activate = on_new_run },
    { .name = "open-run", .activate = on_open_run },
    { .name = "present", .activate = on_present },
  };
  static const struct
  {
    const char *action;
    const char *accels[3]; /* NULL-terminated */
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "app.preferences", { "<Control>comma" } },
    { "win.close", { "<Control>w" } },
    { "win.open-model", { "<Control>o" } },
    { "win.open", { "<Control><Shift>o" } },
    { "win.open-archive", { "<Control><Alt>o" } },
    { "win.save-archive", { "<Control><Alt>s" } },
    { "win.train-new", { "<Control>Return" } },
    { "win.new-sweep", { "<Control><Shift>n" } },
    { "win.choose-sweep", { "<Control><Alt>n" } },
    { "win.undo", { "<Control>z" } },
    { "win.redo", { "<Control><Shift>z" } },
    { "win.export", { "<Control>e" } },
    { "win.export-data", { "<Control><Shift>e" } },
    { "win.export-animation", { "<Control><Shift>m" } },
    { "win.zoom(1)", { "<Control>plus", "<Control>equal" } },
    { "win.zoom(-1)", { "<Control>minus" } },
    { "win.zoom(0)", { "<Control>0" } },
    { "win.show-sidebar", { "F9" } },
    { "win.guide", { "F1" } },
    { "win.present", { "F5", "F11" } },
    { "win.add-bookmark", { "<Control>d" } },
    { "win.bookmarks", { "<Control><Shift>d" } },
  };
  GAction *preferences;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  preferences = g_action_map_lookup_action (G_ACTION_MAP (self), "preferences");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (preferences), self->settings != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
}

/* GApplication */

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/grokscope/Grokscope/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
gsc_application_startup (GApplication *application)
{
  GscApplication *self = GSC_APPLICATION (application);

  G_APPLICATION_CLASS (gsc_application_parent_class)->startup (application);

  load_style ();
  self->library = gsc_library_new (self->folder);
  add_actions (self);
  if (self->settings == NULL)
    return;
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (apply_color_scheme),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::threads", G_CALLBACK (apply_threads), self,
                           G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  apply_threads (self);
}

static void
gsc_application_shutdown (GApplication *application)
{
  /* Its end waits for the training's. */
  g_clear_object (&GSC_APPLICATION (application)->library);

  G_APPLICATION_CLASS (gsc_application_parent_class)->shutdown (application);
}

static GscWindow *
get_window (GscApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (GSC_IS_WINDOW (l->data))
      return l->data;
  return gsc_window_new (ADW_APPLICATION (self), self->library, self->settings);
}

static void
gsc_application_activate (GApplication *application)
{
  GscApplication *self = GSC_APPLICATION (application);
  GscWindow *window = get_window (self);

  if (self->gauge != NULL)
    gsc_gauge_start (self->gauge, window, self->start);
  if (self->scrub_gauge != NULL)
    gsc_scrub_gauge_start (self->scrub_gauge, window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
gsc_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  GscApplication *self = GSC_APPLICATION (application);
  GscWindow *window = get_window (self);

  /* Before what is opened: that may be a window of its own, which is to be in front. */
  gsc_application_activate (application);
  for (int i = 0; i < n_files; i++)
    gsc_window_open_file (window, files[i]);
}

/* Nothing of the user's is touched or remembered. */
static void
use_folder (GscApplication *self, const char *folder)
{
  GApplication *application = G_APPLICATION (self);

  g_free (self->folder);
  self->folder = g_strdup (folder);
  g_clear_object (&self->settings);
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
}

/* What is asked for comes after the files are opened, in whichever process has the windows. */
static gboolean
gsc_application_local_command_line (GApplication *application, char ***arguments, int *status)
{
  GscApplication *self = GSC_APPLICATION (application);
  gboolean done = G_APPLICATION_CLASS (gsc_application_parent_class)
                      ->local_command_line (application, arguments, status);

  if (self->action != NULL && g_application_get_is_registered (application))
    g_action_group_activate_action (G_ACTION_GROUP (application), self->action, NULL);
  return done;
}

static int
gsc_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  static const struct
  {
    const char *option;
    const char *action;
  } actions[] = {
    { "new-run", "new-run" },
    { "open", "open-run" },
    { "present", "present" },
  };
  GscApplication *self = GSC_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *measure = NULL;
  const char *run = NULL;
  gint64 seconds;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("grokscope %s\n", GSC_VERSION);
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_variant_dict_contains (options, actions[i].option))
      {
        g_free (self->action);
        self->action = g_strdup (actions[i].action);
      }
  if (g_variant_dict_lookup (options, "measure", "&s", &measure))
    {
      if (!gsc_number_parse_int (measure, &seconds) || seconds < 1 || seconds > MAX_SECONDS)
        {
          g_printerr (_ ("--measure takes the seconds to measure for, from 1 to %d.\n"),
                      MAX_SECONDS);
          return 2;
        }
      self->gauge = gsc_gauge_new ((guint) seconds, &error);
      if (self->gauge == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      use_folder (self, gsc_gauge_get_folder (self->gauge));
    }
  if (g_variant_dict_lookup (options, "measure-scrub", "^&ay", &run))
    {
      self->scrub_gauge = gsc_scrub_gauge_new (run, &error);
      if (self->scrub_gauge == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      use_folder (self, gsc_scrub_gauge_get_folder (self->scrub_gauge));
    }
  return -1;
}

static void
gsc_application_finalize (GObject *object)
{
  GscApplication *self = GSC_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->gauge, gsc_gauge_free);
  g_clear_pointer (&self->scrub_gauge, gsc_scrub_gauge_free);
  g_free (self->folder);
  g_free (self->action);

  G_OBJECT_CLASS (gsc_application_parent_class)->finalize (object);
}

static void
gsc_application_class_init (GscApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gsc_application_finalize;
  application_class->startup = gsc_application_startup;
  application_class->shutdown = gsc_application_shutdown;
  application_class->activate = gsc_application_activate;
  application_class->open = gsc_application_open;
  application_class->local_command_line = gsc_application_local_command_line;
  application_class->handle_local_options = gsc_application_handle_local_options;
}

static void
gsc_application_init (GscApplication *self)
{
  static const GOptionEntry options[] = {
    { "new-run", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Train a new run with the recipe"), NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Choose a run’s folder to open"), NULL },
    { "present", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the run as in a talk"), NULL },
    { "measure", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Train “quick” in a folder of its own, print how smooth the window is and what the "
          "display costs, and quit"),
      N_ ("SECONDS") },
    { "measure-scrub", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Move through the time of a run, print how soon all panels show each step, and quit"),
      N_ ("RUN") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { 0 },
  };

  self->start = g_get_monotonic_time ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[RUN|MODEL…]"));
  g_application_set_option_context_summary (
      G_APPLICATION (self), _ ("Opens the main window, and in it the runs whose folders and the "
                               "models whose files are given."));
}

GscApplication *
gsc_application_new (GSettings *settings, const char *folder)
{
  GscApplication *self = g_object_new (GSC_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                                       "flags", G_APPLICATION_HANDLES_OPEN, NULL);

  g_set_object (&self->settings, settings);
  self->folder = folder != NULL ? g_strdup (folder) : gsc_library_get_default_folder ();
  return self;
}

GscLibrary *
gsc_application_get_library (GscApplication *self)
{
  g_return_val_if_fail (GSC_IS_APPLICATION (self), NULL);

  return self->library;
}
