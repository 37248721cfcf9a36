/* gsc-window.c - the main window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-ablation-bar.h"
#include "gsc-compare-bar.h"
#include "gsc-estimate.h"
#include "gsc-window-private.h"

#define SIDEBAR_WIDTH 320

G_DEFINE_FINAL_TYPE (GscWindow, gsc_window, ADW_TYPE_APPLICATION_WINDOW)

/* What is shown */

static void
update_page (GscWindow *self)
{
  const char *page = "board";

  if (self->run == NULL)
    page = "welcome";
  else if (gsc_run_get_state (self->run) == GSC_RUN_BROKEN)
    {
      const char *message = gsc_run_get_message (self->run);
      g_autofree char *escaped = g_markup_escape_text (message != NULL ? message : "", -1);

      adw_status_page_set_description (self->broken, escaped);
      page = "broken";
    }
  gtk_stack_set_visible_child_name (self->stack, page);
}

void
gsc_window_update (GscWindow *self)
{
  update_page (self);
  gsc_window_update_header (self);
  gsc_window_update_actions (self);
}

static void
on_run_progress (GscWindow *self)
{
  gsc_window_update_header (self);
}

void
gsc_window_set_run (GscWindow *self, GscRun *run)
{
  if (run == self->run)
    return;
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_set_object (&self->run, run);
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "notify::state", G_CALLBACK (gsc_window_update), self);
      g_signal_connect_swapped (run, "notify::title", G_CALLBACK (gsc_window_update), self);
      g_signal_connect_swapped (run, "notify::step", G_CALLBACK (on_run_progress), self);
      if (gsc_run_get_config (run) != NULL)
        {
          const GscRunNotes *notes = gsc_run_get_notes (run);
          GscStopRule rule = notes != NULL ? notes->stop : gsc_stop_rule_default ();

          gsc_recipe_set_config (self->recipe, gsc_run_get_config (run),
                                 notes != NULL ? notes->preset : NULL);
          gsc_recipe_set_stop_rule (self->recipe, &rule);
        }
    }
  if (run == NULL)
    gsc_window_forget_compared (self, NULL);
  gsc_session_set_run (self->session, run);
  gsc_window_update (self);
}

void
gsc_window_show_run (GscWindow *self, GscRun *run)
{
  g_return_if_fail (GSC_IS_WINDOW (self));

  gsc_sidebar_select_run (self->sidebar, run);
  gsc_window_set_run (self, run);
}

static void
on_run_selected (GscWindow *self)
{
  GscRun *run = gsc_sidebar_get_selected_run (self->sidebar);

  gsc_window_set_run (self, run);
}

/* The training */

static void
on_training_progress (GscWindow *self)
{
  double speed = gsc_run_get_steps_per_second (self->training);

  if (speed > 0)
    gsc_estimate_set_measured (gsc_run_get_config (self->training), speed);
  gsc_window_update_header (self);
}

/* Follows whichever run is trained, shown or not. */
static void
on_training_changed (GscWindow *self)
{
  GscRun *training = gsc_library_get_training (self->library);

  if (training == self->training)
    return;
  if (self->training != NULL)
    g_signal_handlers_disconnect_by_func (self->training, on_training_progress, self);
  g_set_object (&self->training, training);
  if (training != NULL)
    g_signal_connect_swapped (training, "notify::steps-per-second",
                              G_CALLBACK (on_training_progress), self);
  gsc_estimate_set_busy (training != NULL);
  gsc_session_set_training (self->session, training != NULL);
  /* one that was made meanwhile may rest on another width's speed */
  if (training == NULL)
    gsc_recipe_refresh_estimate (self->recipe);
  gsc_window_update (self);
}

/* Everything is saved before the window goes. */
static gboolean
gsc_window_close_request (GtkWindow *window)
{
  GscWindow *self = GSC_WINDOW (window);

  /* The board is remembered as the user has arranged it, not as a lesson has. */
  gsc_lesson_bar_close (self->lessons);
  gsc_window_save_state (self);
  gsc_window_save_phase (self);
  gsc_worker_stop_and_wait (gsc_library_get_worker (self->library));
  return GTK_WINDOW_CLASS (gsc_window_parent_class)->close_request (window);
}

/* Construction */

/* The page scrolls inside, and what scrolls can be focused: it needs a name. */
static GtkWidget *
make_status_page (const char *icon, const char *title)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (page)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return page;
}

static GtkWidget *
make_welcome (void)
{
  GtkWidget *page
      = make_status_page ("io.github.grokscope.Grokscope-symbolic", _ ("Watch a Transformer Grok"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Train “quick”"));
  GtkWidget *tour = gtk_button_new_with_mnemonic (_ ("Take the T_our"));
  GtkWidget *example = gtk_button_new_with_mnemonic (_ ("Open E_xample Run"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  adw_status_page_set_description (
      ADW_STATUS_PAGE (page),
      _ ("A small transformer learns tasks z = a x + b y mod p from examples in its context. "
         "Trained on few tasks it memorises; on many it suddenly solves tasks it never saw."));
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.train-quick");
  gtk_widget_add_css_class (tour, "pill");
  gtk_widget_set_halign (tour, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (tour), "win.tour");
  gtk_widget_add_css_class (example, "pill");
  gtk_widget_set_halign (example, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (example), "win.open-example");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), example);
  gtk_box_append (GTK_BOX (box), tour);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), box);
  return page;
}

static void
on_train_quick (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  gsc_recipe_set_preset (self->recipe, gsc_preset_get_default ()->name);
  g_action_group_activate_action (G_ACTION_GROUP (self), "train-new", NULL);
}

static GtkWidget *
make_content (GscWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = gsc_window_make_header (self);

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "osd");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the training"), -1);
  self->banner = GSC_BANNER (gsc_banner_new ());

  self->broken = ADW_STATUS_PAGE (
      make_status_page ("dialog-warning-symbolic", _ ("This Run Cannot Be Read")));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_welcome (), "welcome");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->broken), "broken");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->board), "board");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), gsc_window_make_archive_bar (self));
  gtk_box_append (GTK_BOX (box), gsc_ablation_bar_new (self->session));
  gtk_box_append (GTK_BOX (box), gsc_compare_bar_new (self->comparison));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), gsc_window_make_lesson_bar (self));
  return box;
}

static void
build (GscWindow *self)
{
  static const GActionEntry quick = { .name = "train-quick", .activate = on_train_quick };

  self->session = gsc_session_new ();
  self->recipe = gsc_recipe_new ();
  self->board = GSC_BOARD (gsc_board_new ());
  gsc_board_set_session (self->board, self->session);
  self->comparison = gsc_comparison_new (self->session);
  gsc_board_set_comparison (self->board, self->comparison);
  self->sidebar = GSC_SIDEBAR (gsc_sidebar_new (self->library, self->recipe));
  gtk_widget_set_size_request (GTK_WIDGET (self->sidebar), SIDEBAR_WIDTH, -1);

  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->sidebar));
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (self->flap, make_content (self));
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->flap));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));
  gtk_widget_set_size_request (GTK_WIDGET (self), GSC_WINDOW_MIN_WIDTH, GSC_WINDOW_MIN_HEIGHT);

  gsc_window_add_actions (self);
  gsc_window_add_archive_actions (self);
  gsc_window_add_compare_actions (self);
  gsc_window_add_phase_actions (self);
  gsc_window_add_present_actions (self);
  gsc_window_add_film_actions (self);
  gsc_window_add_learn_actions (self);
  gsc_window_add_example_actions (self);
  gsc_window_add_report_actions (self);
  gsc_window_add_export_actions (self);
  gsc_window_add_time_actions (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), &quick, 1, self);
  gsc_window_add_shortcuts (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "board",
                                  gsc_board_get_action_group (self->board));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "heads",
                                  gsc_board_get_head_actions (self->board));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "runs",
                                  gsc_sidebar_get_action_group (self->sidebar));

  g_signal_connect_object (self->sidebar, "notify::selected-run", G_CALLBACK (on_run_selected),
                           self, G_CONNECT_SWAPPED);
  gsc_window_follow_messages (self);
  g_signal_connect_object (self->library, "notify::training", G_CALLBACK (on_training_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->recipe, "changed", G_CALLBACK (gsc_window_update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::live", G_CALLBACK (gsc_window_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::frame", G_CALLBACK (gsc_window_update_actions),
                           self, G_CONNECT_SWAPPED);
}

GscWindow *
gsc_window_new (AdwApplication *application, GscLibrary *library, GSettings *settings)
{
  GscWindow *self = g_object_new (GSC_TYPE_WINDOW, "application", application, "title", "Grokscope",
                                  "default-width", 1280, "default-height", 800, NULL);

  self->library = g_object_ref (library);
  g_set_object (&self->settings, settings);
  build (self);
  gsc_window_load_state (self);
  on_training_changed (self);
  gsc_window_update (self);
  return self;
}

GscLibrary *
gsc_window_get_library (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return self->library;
}

GscSession *
gsc_window_get_session (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return self->session;
}

GscRecipe *
gsc_window_get_recipe (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return self->recipe;
}

GscBoard *
gsc_window_get_board (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return self->board;
}

GscSidebar *
gsc_window_get_sidebar (GscWindow *self)
{
  g_return_val_if_fail (GSC_IS_WINDOW (self), NULL);

  return self->sidebar;
}

static void
gsc_window_dispose (GObject *object)
{
  GscWindow *self = GSC_WINDOW (object);

  g_clear_handle_id (&self->title_timeout, g_source_remove);
  gsc_window_end_report (self);
  gsc_window_end_example (self);
  gsc_window_clear_phase (self);
  gsc_window_clear_present (self);
  g_clear_weak_pointer (&self->message);
  if (self->zoom_style != NULL)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                   GTK_STYLE_PROVIDER (self->zoom_style));
  g_clear_object (&self->zoom_style);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  if (self->training != NULL)
    g_signal_handlers_disconnect_by_data (self->training, self);
  g_clear_object (&self->run);
  g_clear_object (&self->training);
  g_clear_object (&self->origin);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (gsc_window_parent_class)->dispose (object);

  /* What is computed in threads ends here, and not with the last reference to the window: the
   * program may end before that, and no thread may still be in BLAS then. */
  if (self->comparison != NULL)
    g_object_run_dispose (G_OBJECT (self->comparison));
  if (self->session != NULL)
    g_object_run_dispose (G_OBJECT (self->session));
}

static void
gsc_window_finalize (GObject *object)
{
  GscWindow *self = GSC_WINDOW (object);

  g_clear_object (&self->comparison);
  g_clear_object (&self->session);
  g_clear_object (&self->recipe);
  g_clear_object (&self->settings);
  g_clear_object (&self->library);
  g_strfreev (self->exported);

  G_OBJECT_CLASS (gsc_window_parent_class)->finalize (object);
}

static void
gsc_window_class_init (GscWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gsc_window_close_request;
}

static void
gsc_window_init (GscWindow *self)
{
  self->zoom = 1;
  self->lesson_figure = -1;
}
