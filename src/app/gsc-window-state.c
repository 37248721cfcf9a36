/* gsc-window-state.c - the main window: what is remembered until the next start
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-window-private.h"

void
gsc_window_save_state (GscWindow *self)
{
  GscRun *training = gsc_library_get_training (self->library);
  g_auto (GStrv) elsewhere = NULL;
  g_autofree char *recipe = NULL;
  int width, height;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  elsewhere = gsc_library_list_elsewhere (self->library);
  recipe = gsc_config_to_text (gsc_recipe_get_config (self->recipe));
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_boolean (self->settings, "show-sidebar", adw_flap_get_reveal_flap (self->flap));
  g_settings_set_value (self->settings, "board", gsc_board_save_state (self->board));
  g_settings_set_string (self->settings, "last-run",
                         self->run != NULL ? gsc_run_get_path (self->run) : "");
  g_settings_set_string (self->settings, "interrupted-run",
                         training != NULL ? gsc_run_get_path (training) : "");
  g_settings_set_strv (self->settings, "runs-elsewhere", (const char *const *) elsewhere);
  g_settings_set_string (self->settings, "recipe", recipe);
}

static void
offer_interrupted (GscWindow *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, "interrupted-run");
  GscRun *run = path[0] != '\0' ? gsc_library_find (self->library, path) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *action = NULL;

  g_settings_reset (self->settings, "interrupted-run");
  if (run == NULL || gsc_run_get_state (run) != GSC_RUN_WAITING)
    return;
  text = g_strdup_printf (_ ("“%s” was training when the window was closed; it is saved at step "
                             "%'d of %'d."),
                          gsc_run_get_title (run), (int) gsc_run_get_step (run),
                          (int) gsc_run_get_steps (run));
  gsc_banner_show (self->banner, text, _ ("Go On"), "win.resume-interrupted",
                   g_variant_new_string (path));
}

static void
open_runs_elsewhere (GscWindow *self)
{
  g_auto (GStrv) paths = g_settings_get_strv (self->settings, "runs-elsewhere");

  /* A folder that is gone is forgotten without a word: it may have been on a disk. */
  for (guint i = 0; paths[i] != NULL; i++)
    gsc_library_open (self->library, paths[i], NULL);
}

void
gsc_window_load_state (GscWindow *self)
{
  g_autoptr (GVariant) board = NULL;
  g_autofree char *last = NULL;
  GscRun *run = NULL;
  int width, height;

  if (self->settings != NULL)
    {
      g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, GSC_WINDOW_MIN_WIDTH),
                                   MAX (height, GSC_WINDOW_MIN_HEIGHT));
      if (g_settings_get_boolean (self->settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
      adw_flap_set_reveal_flap (self->flap,
                                g_settings_get_boolean (self->settings, "show-sidebar"));
      board = g_settings_get_value (self->settings, "board");
      gsc_board_load_state (self->board, board);
      open_runs_elsewhere (self);
      last = g_settings_get_string (self->settings, "last-run");
      run = gsc_library_find (self->library, last);
    }
  if (run == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->library)) > 0)
    {
      g_autoptr (GscRun) newest = g_list_model_get_item (G_LIST_MODEL (self->library), 0);

      run = newest;
    }
  if (run != NULL)
    gsc_window_show_run (self, run);
  if (self->settings != NULL)
    {
      g_autofree char *recipe = g_settings_get_string (self->settings, "recipe");
      GscConfig config;

      gsc_config_init_default (&config);
      if (run == NULL && recipe[0] != '\0'
          && gsc_config_read_text (&config, recipe, strlen (recipe), NULL))
        gsc_recipe_set_config (self->recipe, &config, NULL);
      gsc_window_offer_sweep (self);
      offer_interrupted (self);
      gsc_window_offer_example (self);
    }
}
