/* gsc-window-actions.c - what the main window's menus, buttons and keys do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-training.h"
#include "gsc-window-private.h"

/* Records that Shift with an arrow key goes. */
#define FAR 10

/* Of the figures' text: as in style.css, and how far it can be changed. */
#define FIGURE_TEXT 0.76
#define ZOOM_STEP 1.15
#define MIN_ZOOM 0.6
#define MAX_ZOOM 2.5

static void
report (GscWindow *self, GError *error)
{
  gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
}

/* Training */

static void
train_new (GscWindow *self, GscRun *parent, gint64 parent_step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  GscRun *run;

  if (!gsc_recipe_is_valid (self->recipe))
    {
      gsc_window_toast (self, _ ("The recipe has a fault; see the sidebar."));
      return;
    }
  notes->stop = gsc_recipe_get_stop_rule (self->recipe);
  if (!gsc_recipe_is_modified (self->recipe))
    notes->preset = g_strdup (gsc_recipe_get_preset (self->recipe));
  if (parent != NULL)
    {
      notes->parent = g_path_get_basename (gsc_run_get_path (parent));
      notes->parent_step = parent_step;
    }
  run = gsc_library_train_new (self->library, gsc_recipe_get_config (self->recipe), notes, parent,
                               &error);
  if (run == NULL)
    report (self, error);
  else
    {
      gsc_banner_hide (self->banner);
      gsc_recipe_set_origin (self->recipe, NULL, NULL);
      gsc_window_show_run (self, run);
    }
}

/* By the recipe: from where it says. */
static void
train_by_recipe (GscWindow *self)
{
  if (gsc_recipe_get_origin (self->recipe) != NULL)
    train_new (self, self->origin, self->origin_step);
  else
    train_new (self, NULL, 0);
}

static void
on_train_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  train_by_recipe (data);
}

static void
on_branch (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscFrame *frame = gsc_session_get_frame (self->session);

  g_autofree char *origin = NULL;

  if (self->run == NULL || frame == NULL || frame->step < 0)
    return;
  g_set_object (&self->origin, self->run);
  self->origin_step = frame->step;
  /* Translators: the title of a run, and a step of it */
  origin = g_strdup_printf (_ ("“%s” from step %'d"), gsc_run_get_title (self->run),
                            (int) frame->step);
  /* What was changed already stays, if the model's shape was not. */
  if (!gsc_training_check_branch (gsc_recipe_get_config (self->recipe), &frame->run->config, NULL))
    gsc_recipe_set_config (self->recipe, &frame->run->config, NULL);
  gsc_recipe_set_origin (self->recipe, origin, &frame->run->config);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
resume (GscWindow *self, GscRun *run)
{
  g_autoptr (GError) error = NULL;

  if (!gsc_library_resume (self->library, run, &error))
    report (self, error);
  else
    {
      gsc_banner_hide (self->banner);
      gsc_window_show_run (self, run);
    }
}

static void
on_resume (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  if (self->run != NULL)
    resume (self, self->run);
}

static void
on_resume_interrupted (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscRun *run = gsc_library_find (self->library, g_variant_get_string (parameter, NULL));

  if (run != NULL)
    resume (self, run);
}

static void
on_pause (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_library_pause (((GscWindow *) data)->library);
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_library_stop (((GscWindow *) data)->library);
}

static void
on_toggle_training (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  if (gsc_library_get_training (self->library) != NULL)
    gsc_library_pause (self->library);
  else if (self->run != NULL && gsc_run_get_state (self->run) == GSC_RUN_WAITING)
    resume (self, self->run);
  else
    train_by_recipe (self);
}

/* Runs from elsewhere */

static void
on_folder_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  GscWindow *self = data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  GscRun *run;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = g_file_get_path (file);
      run = path != NULL ? gsc_library_open (self->library, path, &error) : NULL;
      if (run != NULL)
        gsc_window_show_run (self, run);
      else if (error != NULL)
        report (self, error);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Open a Run’s Folder"), GTK_WINDOW (data),
                                     GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Open"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_folder_chosen), data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_open_model (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_window_choose_model_file (data);
}

/* The cursor */

static void
move_record (GscWindow *self, int by)
{
  GscFrame *frame = gsc_session_get_frame (self->session);

  if (frame != NULL)
    gsc_session_set_record (self->session, MAX (frame->record + by, 0));
}

static void
on_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  move_record (data, g_variant_get_int32 (parameter));
}

static void
on_first_step (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_session_set_record (((GscWindow *) data)->session, 0);
}

static void
on_go_live (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_session_set_live (((GscWindow *) data)->session, TRUE);
}

static void
on_shot (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  int shot = (int) gsc_session_get_cursor (self->session).shot + g_variant_get_int32 (parameter);

  gsc_session_set_shot (self->session, (guint) MAX (shot, 0));
}

static void
on_head (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscCursor cursor = gsc_session_get_cursor (self->session);
  int head = (int) cursor.head + g_variant_get_int32 (parameter);

  gsc_session_set_head (self->session, cursor.layer, (guint) MAX (head, 0));
}

static void
on_layer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscCursor cursor = gsc_session_get_cursor (self->session);
  int layer = (int) cursor.layer + g_variant_get_int32 (parameter);

  gsc_session_set_head (self->session, (guint) MAX (layer, 0), cursor.head);
}

static void
on_new_context (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_session_new_context (((GscWindow *) data)->session);
}

/* Esc takes back one thing at a time: a large panel first, then a comparison, then what the cursor
 * is locked to. */
static void
on_unlock (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  if (gsc_board_get_enlarged (self->board) >= 0)
    gsc_board_set_enlarged (self->board, -1);
  else if (gsc_comparison_get_other (self->comparison) != NULL)
    gsc_comparison_stop (self->comparison);
  else
    gsc_session_unlock (self->session);
}

/* The rest */

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_recipe_undo (((GscWindow *) data)->recipe);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_recipe_redo (((GscWindow *) data)->recipe);
}

static void
on_reset_board (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GActionGroup *board = gsc_board_get_action_group (self->board);

  gsc_board_set_enlarged (self->board, -1);
  g_action_group_activate_action (board, "show-usual", NULL);
  g_action_group_activate_action (board, "reset-order", NULL);
}

/* Figures follow the font size of their place, and with it all their lengths. */
void
gsc_window_set_zoom (GscWindow *self, double zoom)
{
  char size[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *css = NULL;

  self->zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  g_ascii_formatd (size, sizeof size, "%.3f", FIGURE_TEXT * self->zoom);
  css = g_strdup_printf ("panel plot { font-size: %sem; }", size);
  if (self->zoom_style == NULL)
    {
      self->zoom_style = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                  GTK_STYLE_PROVIDER (self->zoom_style),
                                                  GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
    }
  gtk_css_provider_load_from_data (self->zoom_style, css, -1);
}

static void
on_zoom (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  int by = g_variant_get_int32 (parameter);

  if (gsc_window_get_presentation (self) != NULL)
    gsc_window_zoom_presentation (self, by == 0 ? 0 : by > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  else
    gsc_window_set_zoom (self, by == 0  ? 1
                               : by > 0 ? self->zoom * ZOOM_STEP
                                        : self->zoom / ZOOM_STEP);
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
}

static const GActionEntry entries[] = {
  { .name = "train-new", .activate = on_train_new },
  { .name = "branch", .activate = on_branch },
  { .name = "resume", .activate = on_resume },
  { .name = "resume-interrupted", .activate = on_resume_interrupted, .parameter_type = "s" },
  { .name = "pause", .activate = on_pause },
  { .name = "stop", .activate = on_stop },
  { .name = "toggle-training", .activate = on_toggle_training },
  { .name = "open", .activate = on_open },
  { .name = "open-model", .activate = on_open_model },
  { .name = "step", .activate = on_step, .parameter_type = "i" },
  { .name = "first-step", .activate = on_first_step },
  { .name = "go-live", .activate = on_go_live },
  { .name = "shot", .activate = on_shot, .parameter_type = "i" },
  { .name = "head", .activate = on_head, .parameter_type = "i" },
  { .name = "layer", .activate = on_layer, .parameter_type = "i" },
  { .name = "new-context", .activate = on_new_context },
  { .name = "unlock", .activate = on_unlock },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
  { .name = "reset-board", .activate = on_reset_board },
  { .name = "zoom", .activate = on_zoom, .parameter_type = "i" },
  { .name = "close", .activate = on_close },
};

static void
set_enabled (GscWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name)), enabled);
}

void
gsc_window_update_actions (GscWindow *self)
{
  gboolean training = gsc_library_get_training (self->library) != NULL;
  gboolean waits = self->run != NULL && gsc_run_get_state (self->run) == GSC_RUN_WAITING;
  gboolean valid = gsc_recipe_is_valid (self->recipe);
  gboolean trained = self->run != NULL && gsc_run_get_state (self->run) != GSC_RUN_MODEL_FILE;
  GscFrame *frame = gsc_session_get_frame (self->session);
  gboolean undo, redo;

  g_object_get (self->recipe, "can-undo", &undo, "can-redo", &redo, NULL);
  set_enabled (self, "train-new", valid && !training);
  set_enabled (self, "branch", trained && !training && frame != NULL && frame->step >= 0);
  set_enabled (self, "resume", waits && !training);
  set_enabled (self, "pause", training);
  set_enabled (self, "stop", training);
  set_enabled (self, "toggle-training", training || waits || valid);
  set_enabled (self, "play", gsc_player_can_play (self->player));
  set_enabled (self, "go-to-peak", gsc_player_can_play (self->player));
  set_enabled (self, "go-live", !gsc_session_get_live (self->session));
  set_enabled (self, "undo", undo);
  set_enabled (self, "redo", redo);
  gsc_window_update_archive_actions (self);
  gsc_window_update_compare_actions (self);
  gsc_window_update_present_actions (self);
  gsc_window_update_report_actions (self);
  gsc_window_update_export_actions (self);
}

void
gsc_window_add_actions (GscWindow *self)
{
  g_autoptr (GPropertyAction) sidebar
      = g_property_action_new ("show-sidebar", self->flap, "reveal-flap");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (sidebar));
}

/* Keys without Ctrl wait until the focused widget has refused them, so that entries, spin buttons
 * and sliders keep their own. */
void
gsc_window_add_shortcuts (GscWindow *self)
{
  static const struct
  {
    const char *trigger;
    const char *action;
    int by;           /* of actions that take a number */
    const char *word; /* of those that take a word */
  } keys[] = {
    { "space", "win.space", 0, NULL },
    { "p", "win.play", 0, NULL },
    { "<Shift>p", "win.go-to-peak", 0, NULL },
    { "Left", "win.step", -1, NULL },
    { "Right", "win.step", 1, NULL },
    { "<Shift>Left", "win.step", -FAR, NULL },
    { "<Shift>Right", "win.step", FAR, NULL },
    { "Home", "win.first-step", 0, NULL },
    { "End", "win.go-live", 0, NULL },
    { "Up", "win.shot", 1, NULL },
    { "Down", "win.shot", -1, NULL },
    { "bracketleft", "win.head", -1, NULL },
    { "bracketright", "win.head", 1, NULL },
    { "braceleft", "win.layer", -1, NULL },
    { "braceright", "win.layer", 1, NULL },
    { "n", "win.new-context", 0, NULL },
    { "c", "win.compare", 0, NULL },
    { "<Shift>c", "win.compare-peak-and-final", 0, NULL },
    { "a", "heads.toggle", 0, "zero" },
    { "<Shift>a", "heads.toggle", 0, "mean" },
    { "<Shift>r", "heads.restore-all", 0, NULL },
    { "Escape", "win.unlock", 0, NULL },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                gtk_named_action_new (keys[i].action));

      if (keys[i].by != 0)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].by));
      if (keys[i].word != NULL)
        gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].word));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
