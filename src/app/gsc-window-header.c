/* gsc-window-header.c - the main window's header bar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-duration.h"
#include "gsc-window-private.h"

/* Microseconds: numbers that change faster cannot be read. */
#define TITLE_INTERVAL 500000

static char *
describe_training (GscRun *run)
{
  GString *text = g_string_new (NULL);
  double left = gsc_run_get_seconds_left (run);
  double speed = gsc_run_get_steps_per_second (run);

  /* Translators: step 8,120 of 20,000 */
  g_string_append_printf (text, _ ("step %'d of %'d"), (int) gsc_run_get_step (run),
                          (int) gsc_run_get_steps (run));
  if (speed > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, speed < 10 ? _ ("%.1f steps/s") : _ ("%.0f steps/s"), speed);
    }
  if (left >= 0)
    {
      g_autofree char *duration = gsc_duration_format (left);

      g_string_append (text, " · ");
      /* Translators: 2:21 left */
      g_string_append_printf (text, _ ("%s left"), duration);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_run (GscRun *run)
{
  switch (gsc_run_get_state (run))
    {
    case GSC_RUN_TRAINING:
      return describe_training (run);
    case GSC_RUN_ELSEWHERE:
      return g_strdup_printf (_ ("step %'d of %'d · trained by another program"),
                              (int) gsc_run_get_step (run), (int) gsc_run_get_steps (run));
    case GSC_RUN_WAITING:
      return g_strdup_printf (_ ("paused at step %'d of %'d"), (int) gsc_run_get_step (run),
                              (int) gsc_run_get_steps (run));
    case GSC_RUN_FINISHED:
      return g_strdup_printf (_ ("finished at step %'d"), (int) gsc_run_get_step (run));
    case GSC_RUN_MODEL_FILE:
      return g_strdup (_ ("model file"));
    case GSC_RUN_BROKEN:
    default:
      return g_strdup (_ ("cannot be read"));
    }
}

/* The primary button does the next thing one would do. */
static void
update_primary (GscWindow *self)
{
  GscRun *training = gsc_library_get_training (self->library);
  gboolean waits = self->run != NULL && gsc_run_get_state (self->run) == GSC_RUN_WAITING;
  const char *label = training != NULL ? _ ("Pause") : waits ? _ ("Resume") : _ ("Train");
  const char *tip = training != NULL ? _ ("Pause the training; everything is saved (Space)")
                    : waits          ? _ ("Go on with this run (Space)")
                                     : _ ("Train a new run with the recipe in the sidebar "
                                          "(Ctrl+Return)");
  const char *icon
      = training != NULL ? "media-playback-pause-symbolic" : "media-playback-start-symbolic";

  /* Setting what is set already would still lay the header out again. */
  if (g_strcmp0 (adw_button_content_get_label (self->primary_content), label) == 0)
    return;
  adw_button_content_set_label (self->primary_content, label);
  adw_button_content_set_icon_name (self->primary_content, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->primary), tip);
  if (training != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->primary), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->primary), "suggested-action");
}

static void
update_now (GscWindow *self)
{
  GscRun *training = gsc_library_get_training (self->library);
  g_autofree char *subtitle = NULL;

  self->title_time = g_get_monotonic_time ();
  if (self->run != NULL)
    subtitle = describe_run (self->run);
  adw_window_title_set_title (self->title,
                              self->run != NULL ? gsc_run_get_title (self->run) : "Grokscope");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  update_primary (self);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), training != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->go_live),
                          self->run != NULL && !gsc_session_get_live (self->session));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), training != NULL);
  if (training != NULL && gsc_run_get_steps (training) > 0)
    gtk_progress_bar_set_fraction (self->progress, (double) gsc_run_get_step (training)
                                                       / (double) gsc_run_get_steps (training));
}

static gboolean
on_title_timeout (gpointer data)
{
  GscWindow *self = data;

  self->title_timeout = 0;
  update_now (self);
  return G_SOURCE_REMOVE;
}

void
gsc_window_update_header (GscWindow *self)
{
  gint64 wait = self->title_time + TITLE_INTERVAL - g_get_monotonic_time ();

  if (self->title_timeout != 0)
    return;
  if (wait <= 0)
    update_now (self);
  else
    self->title_timeout = g_timeout_add ((guint) (wait / 1000) + 1, on_title_timeout, self);
}

/* What the window can do, by what it is for: short enough for a small screen. */
static GMenuModel *
make_menu (GscWindow *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) phase = gsc_window_make_phase_menu (self);
  g_autoptr (GMenu) runs = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) studies = g_menu_new ();
  g_autoptr (GMenu) compare = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();
  g_autoptr (GMenu) present = g_menu_new ();
  g_autoptr (GMenu) edit = g_menu_new ();
  g_autoptr (GMenu) program = g_menu_new ();
  g_autoptr (GMenu) help = g_menu_new ();

  g_menu_append (open, _ ("_Open Run…"), "win.open");
  g_menu_append (open, _ ("Open Run _Archive…"), "win.open-archive");
  g_menu_append (open, _ ("Open E_xample Run"), "win.open-example");
  g_menu_append (open, _ ("Open _Model…"), "win.open-model");
  g_menu_append_submenu (runs, _ ("_Open"), G_MENU_MODEL (open));
  g_menu_append (runs, _ ("_New Run From Here…"), "win.branch");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (runs));

  g_menu_append (compare, _ ("_Compare With…"), "win.compare");
  g_menu_append (compare, _ ("Compare Pea_k and Final"), "win.compare-peak-and-final");
  g_menu_append (compare, _ ("_Table of Runs"), "win.runs-table");
  g_menu_append_submenu (studies, _ ("_Compare"), G_MENU_MODEL (compare));
  g_menu_append_submenu (studies, _ ("Phase _Diagrams"), phase);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (studies));

  g_menu_append (export, _ ("_Export Figures…"), "win.export");
  g_menu_append (export, _ ("Export Num_bers…"), "win.export-data");
  g_menu_append (export, _ ("Export Ani_mation…"), "win.export-animation");
  g_menu_append (export, _ ("Sa_ve Report…"), "win.report");
  g_menu_append (export, _ ("_Show Last Export in Folder"), "win.show-exported");
  g_menu_append_submenu (files, _ ("_Export"), G_MENU_MODEL (export));
  g_menu_append (present, _ ("_Present"), "win.present");
  g_menu_append (present, _ ("_Add Bookmark"), "win.add-bookmark");
  g_menu_append (present, _ ("_Bookmarks…"), "win.bookmarks");
  g_menu_append_submenu (files, _ ("_Presentation"), G_MENU_MODEL (present));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));

  g_menu_append (edit, _ ("_Undo Change of Recipe"), "win.undo");
  g_menu_append (edit, _ ("_Redo Change of Recipe"), "win.redo");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));

  g_menu_append (help, _ ("User _Guide"), "win.guide");
  g_menu_append (help, _ ("_Tour"), "win.tour");
  g_menu_append (help, _ ("_Lessons"), "win.lessons");
  g_menu_append (help, _ ("_Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (help, _ ("Copy Paper’s _BibTeX Entry"), "win.copy-citation");
  g_menu_append (program, _ ("_Preferences"), "app.preferences");
  g_menu_append_submenu (program, _ ("_Help"), G_MENU_MODEL (help));
  g_menu_append (program, _ ("_About Grokscope"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  return G_MENU_MODEL (menu);
}

/* Which panels are shown. */
static GMenuModel *
make_view_menu (GscWindow *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) panels = gsc_board_make_menu (self->board);
  g_autoptr (GMenu) all = g_menu_new ();

  g_menu_append_section (menu, _ ("Panels"), panels);
  g_menu_append (all, _ ("_Larger Figures"), "win.zoom(1)");
  g_menu_append (all, _ ("_Smaller Figures"), "win.zoom(-1)");
  g_menu_append (all, _ ("_Usual Layout"), "win.reset-board");
  g_menu_append (all, _ ("_Sidebar"), "win.show-sidebar");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_menu_button (const char *icon, const char *tip, GMenuModel *menu)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), icon);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_unref (menu);
  return button;
}

static GtkWidget *
make_icon_button (const char *icon, const char *tip, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

GtkWidget *
gsc_window_make_header (GscWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  AdwHeaderBar *bar = ADW_HEADER_BAR (header);
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *menu;

  gtk_button_set_icon_name (GTK_BUTTON (toggle), "sidebar-show-symbolic");
  gtk_widget_set_tooltip_text (toggle, _ ("Show or hide the sidebar (F9)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sidebar"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (toggle), "win.show-sidebar");
  adw_header_bar_pack_start (bar, toggle);

  self->primary = GTK_BUTTON (gtk_button_new ());
  self->primary_content = ADW_BUTTON_CONTENT (adw_button_content_new ());
  gtk_button_set_child (self->primary, GTK_WIDGET (self->primary_content));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->primary), "win.toggle-training");
  gtk_widget_add_css_class (GTK_WIDGET (self->primary), "suggested-action");
  adw_header_bar_pack_start (bar, GTK_WIDGET (self->primary));

  self->stop = GTK_BUTTON (make_icon_button (
      "media-playback-stop-symbolic", _ ("End the training here, with a last record"), "win.stop"));
  adw_header_bar_pack_start (bar, GTK_WIDGET (self->stop));

  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("Grokscope", NULL));
  adw_header_bar_set_title_widget (bar, GTK_WIDGET (self->title));

  menu = make_menu_button ("open-menu-symbolic", _ ("Main menu"), make_menu (self));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (menu), TRUE);
  adw_header_bar_pack_end (bar, menu);
  adw_header_bar_pack_end (
      bar, make_menu_button ("view-grid-symbolic", _ ("Panels"), make_view_menu (self)));
  adw_header_bar_pack_end (bar, make_icon_button ("document-save-symbolic",
                                                  _ ("Export figures (Ctrl+E)"), "win.export"));
  adw_header_bar_pack_end (bar, make_icon_button ("x-office-presentation-symbolic",
                                                  _ ("Present (F5)"), "win.present"));
  self->go_live = GTK_BUTTON (make_icon_button ("media-seek-forward-symbolic",
                                                _ ("Follow the newest step (End)"), "win.go-live"));
  adw_header_bar_pack_end (bar, GTK_WIDGET (self->go_live));
  self->spinner = gtk_spinner_new ();
  g_object_bind_property (self->session, "busy", self->spinner, "spinning", G_BINDING_DEFAULT);
  adw_header_bar_pack_end (bar, self->spinner);
  return header;
}
