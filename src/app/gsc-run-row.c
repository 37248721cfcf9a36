/* gsc-run-row.c - one run in the list of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-row.h"

#include <glib/gi18n.h>

#include "gsc-duration.h"

/* Milliseconds. */
#define PROGRESS_INTERVAL 500

/* Logical pixels for each generation, and how many generations are told apart. */
#define INDENT 18
#define MAX_INDENTS 4

struct _GscRunRow
{
  GtkListBoxRow parent_instance;

  /* Owned References */
  GscRun *run;
  GscRun *parent; /* or NULL */

  /* Borrowed References */
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *status;
  GtkWidget *progress;
  GtkWidget *menu;
  GtkWidget *popover;
  GtkWidget *entry;
  GtkWidget *apply;

  guint timeout; /* until progress is shown */
};

enum
{
  MENU,
  RENAMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscRunRow, gsc_run_row, GTK_TYPE_LIST_BOX_ROW)

/* State in words */

/* "3,200", as the user's locale has it. */
static char *
format_count (gint64 count)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, count);
}

static char *
describe_training (GscRun *run)
{
  double speed = gsc_run_get_steps_per_second (run);
  double seconds = gsc_run_get_seconds_left (run);
  g_autofree char *left = NULL;

  if (speed <= 0.0)
    return g_strdup (_ ("training"));
  if (seconds < 0.0)
    return g_strdup_printf (
        speed < 10 ? _ ("training · %.1f steps/s") : _ ("training · %.0f steps/s"), speed);
  left = gsc_duration_format (seconds);
  /* Translators: steps a second, and the time left as "2:21". */
  return g_strdup_printf (speed < 10 ? _ ("%.1f steps/s · %s left") : _ ("%.0f steps/s · %s left"),
                          speed, left);
}

static char *
describe_finished (GscRun *run)
{
  GscRunData *data = gsc_run_get_data (run);
  g_autofree char *step = format_count (gsc_run_get_step (run));
  g_autofree char *steps = format_count (gsc_run_get_steps (run));

  if (data != NULL && data->records->len > 0)
    {
      GscStopSummary summary = gsc_stop_summarise (data->records, GSC_SET_OOD_TEST);
      g_autofree char *peak_step = format_count (summary.peak_step);

      if (summary.peak >= 0)
        return g_strdup_printf (_ ("best o.o.d./test %.2f at step %s"), summary.peak_accuracy,
                                peak_step);
    }
  if (gsc_run_get_step (run) < gsc_run_get_steps (run))
    return g_strdup_printf (_ ("stopped at step %s of %s"), step, steps);
  return g_strdup_printf (_ ("finished, %s steps"), steps);
}

static char *
describe_model_file (GscRun *run)
{
  const GscConfig *config = gsc_run_get_config (run);

  /* Translators: a prime, numbers of layers and heads, and the width of the layers. */
  return g_strdup_printf (_ ("model file · p = %d, %d × %d heads, width %d"), config->p,
                          config->depth, config->heads, config->width);
}

char *
gsc_run_row_describe (GscRun *run)
{
  g_autofree char *step = NULL;
  g_autofree char *steps = NULL;
  const char *message;

  g_return_val_if_fail (GSC_IS_RUN (run), NULL);

  step = format_count (gsc_run_get_step (run));
  steps = format_count (gsc_run_get_steps (run));
  message = gsc_run_get_message (run);
  switch (gsc_run_get_state (run))
    {
    case GSC_RUN_TRAINING:
      return describe_training (run);
    case GSC_RUN_ELSEWHERE:
      return g_strdup_printf (_ ("trained by another program, step %s of %s"), step, steps);
    case GSC_RUN_FINISHED:
      return describe_finished (run);
    case GSC_RUN_MODEL_FILE:
      return describe_model_file (run);
    case GSC_RUN_BROKEN:
      return g_strdup (message != NULL ? message : _ ("cannot be read"));
    case GSC_RUN_WAITING:
    default:
      return g_strdup_printf (_ ("paused at step %s of %s"), step, steps);
    }
}

static const char *
get_icon (GscRunState state)
{
  switch (state)
    {
    case GSC_RUN_TRAINING:
      return "media-playback-start-symbolic";
    case GSC_RUN_ELSEWHERE:
      return "utilities-terminal-symbolic";
    case GSC_RUN_FINISHED:
      return "emblem-ok-symbolic";
    case GSC_RUN_MODEL_FILE:
      return "package-x-generic-symbolic";
    case GSC_RUN_BROKEN:
      return "dialog-warning-symbolic";
    case GSC_RUN_WAITING:
    default:
      return "media-playback-pause-symbolic";
    }
}

/* Following the run */

static void
update_progress (GscRunRow *self)
{
  GscRunState state = gsc_run_get_state (self->run);
  gint64 steps = gsc_run_get_steps (self->run);

  gtk_widget_set_visible (self->progress, state == GSC_RUN_TRAINING || state == GSC_RUN_ELSEWHERE);
  gtk_progress_bar_set_fraction (
      GTK_PROGRESS_BAR (self->progress),
      steps > 0 ? CLAMP ((double) gsc_run_get_step (self->run) / steps, 0.0, 1.0) : 0.0);
}

/* @state after the step at which the run left its parent. */
static char *
add_origin (GscRunRow *self, const char *state)
{
  const GscRunNotes *notes = gsc_run_get_notes (self->run);
  g_autofree char *step = NULL;

  if (self->parent == NULL || notes == NULL)
    return g_strdup (state);
  step = format_count (notes->parent_step);
  /* Translators: a step of the run above, and the state of this one */
  return g_strdup_printf (_ ("from step %s · %s"), step, state);
}

/* Title or message, and where the run comes from: also where that is deleted. */
static char *
make_tooltip (GscRunRow *self)
{
  const GscRunNotes *notes = gsc_run_get_notes (self->run);
  const char *message = gsc_run_get_message (self->run);
  const char *text = message != NULL ? message : gsc_run_get_title (self->run);
  g_autofree char *step = NULL;

  if (notes == NULL || notes->parent == NULL)
    return g_strdup (text);
  step = format_count (notes->parent_step);
  return g_strdup_printf (
      self->parent != NULL ? _ ("%s\nContinues “%s” from step %s")
                           : _ ("%s\nContinues “%s”, which is not listed, from step %s"),
      text, self->parent != NULL ? gsc_run_get_title (self->parent) : notes->parent, step);
}

static void
update (GscRunRow *self)
{
  g_autofree char *state = gsc_run_row_describe (self->run);
  g_autofree char *status = add_origin (self, state);
  g_autofree char *tooltip = make_tooltip (self);
  const char *title = gsc_run_get_title (self->run);

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->status), status);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), get_icon (gsc_run_get_state (self->run)));
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), tooltip) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, status, -1);
  update_progress (self);
}

static gboolean
on_progress_timeout (gpointer data)
{
  GscRunRow *self = data;

  self->timeout = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* What changes with every step is shown some times a second. */
static void
on_progress (GscRunRow *self)
{
  if (self->timeout == 0)
    self->timeout = g_timeout_add (PROGRESS_INTERVAL, on_progress_timeout, self);
}

/* The menu */

static void
on_menu_shown (GscRunRow *self)
{
  g_signal_emit (self, signals[MENU], 0);
}

static void
on_context_click (GtkGestureClick *gesture, int n_press, double x, double y, GscRunRow *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu));
}

static gboolean
on_menu_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (GSC_RUN_ROW (widget)->menu));
  return TRUE;
}

/* Renaming */

static void
on_title_edited (GscRunRow *self)
{
  g_autofree char *title = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_widget_set_sensitive (self->apply, *g_strstrip (title) != '\0');
}

static void
on_apply (GscRunRow *self)
{
  g_autofree char *title = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (*g_strstrip (title) == '\0')
    return;
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (!g_str_equal (title, gsc_run_get_title (self->run)))
    g_signal_emit (self, signals[RENAMED], 0, title);
}

void
gsc_run_row_edit_title (GscRunRow *self)
{
  g_return_if_fail (GSC_IS_RUN_ROW (self));

  /* a hidden sidebar has no place for it */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), gsc_run_get_title (self->run));
  gtk_popover_popup (GTK_POPOVER (self->popover));
  gtk_widget_grab_focus (self->entry);
}

/* GObject */

static void
gsc_run_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (gsc_run_row_parent_class)->size_allocate (widget, width, height, baseline);

  gtk_popover_present (GTK_POPOVER (GSC_RUN_ROW (widget)->popover));
}

static void
gsc_run_row_dispose (GObject *object)
{
  GscRunRow *self = GSC_RUN_ROW (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  g_clear_object (&self->parent);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_run_row_parent_class)->dispose (object);
}

static void
gsc_run_row_class_init (GscRunRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_run_row_dispose;
  widget_class->size_allocate = gsc_run_row_size_allocate;

  signals[MENU] = g_signal_new ("menu", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  signals[RENAMED] = g_signal_new ("renamed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
}

static GtkWidget *
make_text (GscRunRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  self->status = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->status), 0);
  gtk_label_set_wrap (GTK_LABEL (self->status), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->status), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->status), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->status, "caption");
  gtk_widget_add_css_class (self->status, "dim-label");
  gtk_widget_add_css_class (self->status, "numeric");
  self->progress = gtk_progress_bar_new ();
  gtk_widget_set_margin_top (self->progress, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps done"), -1);

  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->status);
  gtk_box_append (GTK_BOX (box), self->progress);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_popover (GscRunRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 200);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Title of the run"), -1);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Title of the run"), -1);
  self->apply = gtk_button_new_with_mnemonic (_ ("_Rename"));
  gtk_widget_add_css_class (self->apply, "suggested-action");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_title_edited), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_apply), self);
  g_signal_connect_swapped (self->apply, "clicked", G_CALLBACK (on_apply), self);

  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->apply);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static void
gsc_run_row_init (GscRunRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkGesture *click = gtk_gesture_click_new ();

  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), make_text (self));
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->menu, _ ("Actions for This Run"));
  /* The button within it has the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->menu)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Actions for this run"), -1);
  gtk_widget_set_valign (self->menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu, "flat");
  gtk_box_append (GTK_BOX (box), self->menu);
  gtk_widget_add_css_class (box, "run-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  self->popover = make_popover (self);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_context_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
gsc_run_row_new (GscRun *run, GMenuModel *menu)
{
  static const char *const watched[]
      = { "notify::title", "notify::state", "notify::steps", "notify::data", "notify::message" };
  GscRunRow *self;

  g_return_val_if_fail (GSC_IS_RUN (run), NULL);

  self = g_object_new (GSC_TYPE_RUN_ROW, NULL);
  self->run = g_object_ref (run);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  g_signal_connect_swapped (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->menu)), "show",
                            G_CALLBACK (on_menu_shown), self);
  update (self);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_swapped (run, watched[i], G_CALLBACK (update), self);
  g_signal_connect_swapped (run, "notify::step", G_CALLBACK (on_progress), self);
  return GTK_WIDGET (self);
}

void
gsc_run_row_set_place (GscRunRow *self, guint depth, GscRun *parent)
{
  GtkWidget *child;

  g_return_if_fail (GSC_IS_RUN_ROW (self));

  child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (self));
  gtk_widget_set_margin_start (child, INDENT * (int) MIN (depth, MAX_INDENTS));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  (int) depth + 1, -1);
  g_set_object (&self->parent, parent);
  update (self);
}

GscRun *
gsc_run_row_get_run (GscRunRow *self)
{
  g_return_val_if_fail (GSC_IS_RUN_ROW (self), NULL);

  return self->run;
}

GtkWidget *
gsc_run_row_get_entry (GscRunRow *self)
{
  g_return_val_if_fail (GSC_IS_RUN_ROW (self), NULL);

  return self->entry;
}
