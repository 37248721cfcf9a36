/* gsc-phase-window.c - a sweep's folder as a phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-window.h"

#include <glib/gi18n.h>

#include "gsc-banner.h"
#include "gsc-estimate.h"
#include "gsc-phase-export.h"
#include "gsc-table-dialog.h"

#define WIDTH 1220
#define HEIGHT 760
#define MIN_WIDTH 360
#define MIN_HEIGHT 420
#define OPTIONS_WIDTH 350

struct _GscPhaseWindow
{
  AdwWindow parent_instance;

  /* Borrowed References */
  GscPhasePlot *plot;
  GscPhaseOptions *options;
  GscBanner *banner;
  AdwFlap *flap;
  GtkButton *train;
  AdwButtonContent *train_content;
  GtkProgressBar *bar;
  GtkLabel *progress;
  GtkLabel *settings; /* what the diagram rests on */

  /* Owned References */
  GscSweepWorker *worker;
  GscPhaseReader *reader;
};

enum
{
  SIGNAL_OPEN_RUN,
  SIGNAL_TRAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPhaseWindow, gsc_phase_window, ADW_TYPE_WINDOW)

/* Whether it is this sweep that the program trains. */
static gboolean
is_training (GscPhaseWindow *self)
{
  return g_strcmp0 (gsc_sweep_worker_get_folder (self->worker),
                    gsc_phase_reader_get_folder (self->reader))
         == 0;
}

/* How far it is */

static void
add_part (GString *text, char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

static void
update_progress (GscPhaseWindow *self)
{
  guint n = gsc_phase_reader_get_sweep (self->reader)->n_cells;
  guint finished = gsc_phase_reader_count (self->reader, GSC_SWEEP_FINISHED);
  guint training = gsc_phase_reader_count (self->reader, GSC_SWEEP_TRAINING);
  guint begun = gsc_phase_reader_count (self->reader, GSC_SWEEP_BEGUN);
  guint failed = gsc_phase_reader_count (self->reader, GSC_SWEEP_FAILED);
  double done = n > 0 ? (double) finished / n : 1;
  g_autoptr (GString) text = g_string_new (NULL);
  GscSweepRunnerSummary summary;

  add_part (text, g_strdup_printf (ngettext ("%u of %u run finished", "%u of %u runs finished", n),
                                   finished, n));
  if (training > 0)
    add_part (text,
              g_strdup_printf (ngettext ("%u under way", "%u under way", training), training));
  if (begun > 0)
    add_part (text, g_strdup_printf (ngettext ("%u paused", "%u paused", begun), begun));
  if (failed > 0)
    add_part (text, g_strdup_printf (ngettext ("%u run failed", "%u runs failed", failed), failed));
  if (is_training (self) && gsc_sweep_worker_get_summary (self->worker, &summary))
    {
      done = summary.done;
      if (summary.ending)
        add_part (text, g_strdup (_ ("saving")));
      else if (gsc_sweep_worker_gives_way (self->worker))
        add_part (text, g_strdup (_ ("gives way to the training of a run")));
      else if (summary.left > 0)
        {
          g_autofree char *left = gsc_estimate_seconds_to_text (summary.left);

          /* Translators: a time, such as "about 3 minutes" */
          add_part (text, g_strdup_printf (_ ("%s left"), left));
        }
    }
  if (g_strcmp0 (gtk_label_get_text (self->progress), text->str) != 0)
    gtk_label_set_text (self->progress, text->str);
  gtk_progress_bar_set_fraction (self->bar, done);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), finished < n);
}

/* The button does what one would do next. */
static void
update_button (GscPhaseWindow *self)
{
  guint n = gsc_phase_reader_get_sweep (self->reader)->n_cells;
  guint over = gsc_phase_reader_count (self->reader, GSC_SWEEP_FINISHED)
               + gsc_phase_reader_count (self->reader, GSC_SWEEP_FAILED);
  gboolean training = is_training (self);
  gboolean busy = gsc_sweep_worker_is_running (self->worker) && !training;
  gboolean begun = over > 0 || gsc_phase_reader_count (self->reader, GSC_SWEEP_BEGUN) > 0;
  const char *label = training ? _ ("Pause") : begun ? _ ("Continue") : _ ("Train");
  const char *tip = training ? _ ("Pause the training here; everything is saved (Ctrl+Return)")
                    : busy   ? _ ("Another phase diagram is being trained; pause it first")
                             : _ ("Train the runs that are not finished, on this computer "
                                    "(Ctrl+Return)");
  GscSweepRunnerSummary summary;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "phase.train",
                                 training ? !gsc_sweep_worker_get_summary (self->worker, &summary)
                                                || !summary.ending
                                          : !busy && over < n);
  gtk_widget_set_visible (GTK_WIDGET (self->train), training || over < n);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self->train)), tip) == 0
      && g_strcmp0 (adw_button_content_get_label (self->train_content), label) == 0)
    return;
  adw_button_content_set_label (self->train_content, label);
  adw_button_content_set_icon_name (self->train_content, training
                                                             ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->train), tip);
}

static void
on_worker_changed (GscPhaseWindow *self)
{
  update_progress (self);
  update_button (self);
}

static void
on_worker_ended (GscPhaseWindow *self, const char *folder, const char *message)
{
  if (g_strcmp0 (folder, gsc_phase_reader_get_folder (self->reader)) != 0)
    return;
  if (message != NULL)
    gsc_phase_window_say (self, message);
  gsc_phase_reader_look (self->reader);
}

static void
on_read (GscPhaseWindow *self)
{
  GscPhaseFrame *frame = gsc_phase_reader_get_frame (self->reader);
  g_autoptr (GscPhaseFigure) figure = gsc_phase_figure_new (frame, 0);
  g_autofree char *settings = gsc_phase_figure_describe (figure);

  gsc_phase_plot_set_figure (self->plot, figure);
  gtk_label_set_text (self->settings, settings);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->settings), settings);
  on_worker_changed (self);
}

/* Actions */

static void
on_chosen (GscPhaseWindow *self, const GscPhaseRun *run)
{
  g_autofree char *path
      = gsc_sweep_get_path (gsc_phase_reader_get_sweep (self->reader),
                            gsc_phase_reader_get_folder (self->reader), run->cell);

  g_signal_emit (self, signals[SIGNAL_OPEN_RUN], 0, path, run->counts ? run->step : (gint64) -1);
}

static void
train_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GscPhaseWindow *self = GSC_PHASE_WINDOW (widget);

  if (is_training (self))
    gsc_sweep_worker_stop (self->worker);
  else
    {
      gsc_banner_hide (self->banner);
      g_signal_emit (self, signals[SIGNAL_TRAIN], 0);
    }
}

static void
table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GscPhaseWindow *self = GSC_PHASE_WINDOW (widget);
  GscPhaseFigure *figure = gsc_phase_plot_get_figure (self->plot);

  if (figure != NULL)
    gtk_window_present (GTK_WINDOW (
        gsc_table_dialog_new (GTK_WINDOW (self), gsc_phase_reader_get_sweep (self->reader)->name,
                              gsc_phase_figure_tabulate (figure))));
}

gboolean
gsc_phase_window_export (GscPhaseWindow *self, const char *path, GError **error)
{
  GscPhaseFigure *figure;
  GscFigurePaper paper;

  g_return_val_if_fail (GSC_IS_PHASE_WINDOW (self), FALSE);

  figure = gsc_phase_plot_get_figure (self->plot);
  if (figure == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PENDING,
                           _ ("The runs are still being read; try again in a moment."));
      return FALSE;
    }
  gsc_figure_paper_init (&paper, NULL);
  if (g_str_has_suffix (path, ".csv"))
    return gsc_phase_export_table (figure, &paper, path, error);
  return gsc_phase_export (figure, &paper, path, error);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  GscPhaseWindow *self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      path = g_file_get_path (file);
      if (path != NULL && !gsc_phase_window_export (self, path, &error))
        gsc_phase_window_say (self, error->message);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Export the Diagram as PDF, SVG, PNG or CSV"), GTK_WINDOW (widget),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "phase-diagram.pdf");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* GObject */

static void
gsc_phase_window_dispose (GObject *object)
{
  GscPhaseWindow *self = GSC_PHASE_WINDOW (object);

  if (self->reader != NULL)
    g_signal_handlers_disconnect_by_data (self->reader, self);
  if (self->worker != NULL)
    g_signal_handlers_disconnect_by_data (self->worker, self);
  g_clear_object (&self->reader);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (gsc_phase_window_parent_class)->dispose (object);
}

static void
gsc_phase_window_class_init (GscPhaseWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_phase_window_dispose;

  signals[SIGNAL_OPEN_RUN]
      = g_signal_new ("open-run", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_TRAIN] = g_signal_new ("train", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "phase.train", NULL, train_action);
  gtk_widget_class_install_action (widget_class, "phase.table", NULL, table_action);
  gtk_widget_class_install_action (widget_class, "phase.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "phase.train", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "phase.table",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "phase.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

/* Construction */

static void
gsc_phase_window_init (GscPhaseWindow *self)
{
}

static GtkWidget *
make_button (const char *icon, const char *tip, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_header (GscPhaseWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  AdwHeaderBar *bar = ADW_HEADER_BAR (header);
  GtkWidget *toggle = gtk_toggle_button_new ();
  g_autofree char *folder = g_filename_display_name (gsc_phase_reader_get_folder (self->reader));

  self->train = GTK_BUTTON (gtk_button_new ());
  self->train_content = ADW_BUTTON_CONTENT (adw_button_content_new ());
  gtk_button_set_child (self->train, GTK_WIDGET (self->train_content));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->train), "phase.train");
  adw_header_bar_pack_start (bar, GTK_WIDGET (self->train));
  adw_header_bar_set_title_widget (
      bar, adw_window_title_new (gsc_phase_reader_get_sweep (self->reader)->name, folder));
  gtk_button_set_icon_name (GTK_BUTTON (toggle), "preferences-system-symbolic");
  gtk_widget_set_tooltip_text (toggle, _ ("How the diagram is made"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How the diagram is made"), -1);
  g_object_bind_property (self->flap, "reveal-flap", toggle, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  adw_header_bar_pack_end (bar, toggle);
  adw_header_bar_pack_end (bar, make_button ("document-save-symbolic",
                                             _ ("Export the diagram (Ctrl+E)"), "phase.export"));
  adw_header_bar_pack_end (
      bar, make_button ("view-list-symbolic", _ ("Show as table (Ctrl+T)"), "phase.table"));
  return header;
}

static GtkLabel *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  return GTK_LABEL (label);
}

static void
build (GscPhaseWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->plot = GSC_PHASE_PLOT (gsc_phase_plot_new ());
  self->options = GSC_PHASE_OPTIONS (gsc_phase_options_new (self->reader));
  self->banner = GSC_BANNER (gsc_banner_new ());
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the runs"), -1);
  self->progress = make_label ("heading");
  self->settings = make_label ("dim-label");
  gtk_widget_add_css_class (page, "phase-page");
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->plot));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->settings));

  gtk_widget_set_size_request (GTK_WIDGET (self->options), OPTIONS_WIDTH, -1);
  self->flap = ADW_FLAP (adw_flap_new ());
  adw_flap_set_flap_position (self->flap, GTK_PACK_END);
  adw_flap_set_flap (self->flap, GTK_WIDGET (self->options));
  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_content (self->flap, page);
  gtk_widget_set_vexpand (GTK_WIDGET (self->flap), TRUE);

  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->flap));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_widget_set_size_request (GTK_WIDGET (self), MIN_WIDTH, MIN_HEIGHT);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->plot));

  g_signal_connect_object (self->plot, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->reader, "changed", G_CALLBACK (on_read), self);
  g_signal_connect_swapped (self->worker, "changed", G_CALLBACK (on_worker_changed), self);
  g_signal_connect_swapped (self->worker, "ended", G_CALLBACK (on_worker_ended), self);
  on_worker_changed (self);
}

GscPhaseWindow *
gsc_phase_window_new (GscSweepWorker *worker, const char *folder, GError **error)
{
  g_autoptr (GscPhaseReader) reader = gsc_phase_reader_new (folder, error);
  GscPhaseWindow *self;

  if (reader == NULL)
    return NULL;
  self = g_object_new (GSC_TYPE_PHASE_WINDOW, "title", gsc_phase_reader_get_sweep (reader)->name,
                       "default-width", WIDTH, "default-height", HEIGHT, NULL);
  self->reader = g_steal_pointer (&reader);
  self->worker = g_object_ref (worker);
  build (self);
  return self;
}

/* Public functions */

const char *
gsc_phase_window_get_folder (GscPhaseWindow *self)
{
  return gsc_phase_reader_get_folder (self->reader);
}

GscPhasePlot *
gsc_phase_window_get_plot (GscPhaseWindow *self)
{
  return self->plot;
}

GscPhaseOptions *
gsc_phase_window_get_options (GscPhaseWindow *self)
{
  return self->options;
}

GscPhaseReader *
gsc_phase_window_get_reader (GscPhaseWindow *self)
{
  return self->reader;
}

const char *
gsc_phase_window_get_progress (GscPhaseWindow *self)
{
  return gtk_label_get_text (self->progress);
}

const char *
gsc_phase_window_get_message (GscPhaseWindow *self)
{
  return gsc_banner_get_message (self->banner);
}

void
gsc_phase_window_say (GscPhaseWindow *self, const char *message)
{
  g_return_if_fail (GSC_IS_PHASE_WINDOW (self));

  gsc_banner_show (self->banner, message, NULL, NULL, NULL);
}
