/* gsc-model-dialog.c - asks what a model file does not say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-model-dialog.h"

#include <glib/gi18n.h>

#include "gsc-recipe-row.h"

#define DEFAULT_WIDTH 440

struct _GscModelDialog
{
  AdwWindow parent_instance;

  /* Borrowed References */
  GtkWidget *content;
  GtkWidget *fault;
  GtkWidget *open;
  GtkWidget *spinner;

  /* Owned References */
  GscModelFile *file;
  GscRecipe *recipe;
  char *message; /* what is wrong, or NULL */

  gboolean opening;
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscModelDialog, gsc_model_dialog, ADW_TYPE_WINDOW)

static const char *const keys[] = { "p", "heads", "shots", "tasks", "task_rule", "alpha", "seed" };

/* Takes @message over. @at_field: it is said beside a field already. */
static void
set_fault (GscModelDialog *self, char *message, gboolean at_field)
{
  g_free (self->message);
  self->message = message;
  gtk_label_set_text (GTK_LABEL (self->fault), message != NULL ? message : "");
  gtk_widget_set_visible (self->fault, message != NULL && !at_field);
  gtk_widget_set_sensitive (self->open, message == NULL && !self->opening);
}

/* Text in a field that is no value leaves the recipe with the value before. */
static const char *
find_field_fault (GscModelDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *fault = gsc_recipe_get_fault (self->recipe, keys[i]);

      if (fault != NULL)
        return fault;
    }
  return NULL;
}

static void
check (GscModelDialog *self)
{
  const char *fault = find_field_fault (self);

  if (fault != NULL)
    set_fault (self, g_strdup (fault), TRUE);
  else
    set_fault (self, gsc_model_file_check (self->file, gsc_recipe_get_config (self->recipe)),
               FALSE);
}

/* Opening */

typedef struct
{
  GscModelFile *file;
  GscConfig config;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  gsc_model_file_free (opening->file);
  g_free (opening);
}

static void
open_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Opening *opening = data;
  GError *error = NULL;
  GscRun *run = gsc_model_file_make_run (opening->file, &opening->config, &error);

  if (run != NULL)
    g_task_return_pointer (task, run, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
set_opening (GscModelDialog *self, gboolean opening)
{
  self->opening = opening;
  gtk_widget_set_sensitive (self->content, !opening);
  gtk_widget_set_sensitive (self->open, !opening && self->message == NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), opening);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscModelDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRun) run = g_task_propagate_pointer (G_TASK (result), &error);

  /* It was closed meanwhile. */
  if (self->content == NULL)
    return;
  set_opening (self, FALSE);
  if (run == NULL)
    {
      set_fault (self, g_strdup (error->message), FALSE);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, run);
  gtk_window_close (GTK_WINDOW (self));
}

void
gsc_model_dialog_open (GscModelDialog *self)
{
  g_autoptr (GTask) task = NULL;
  Opening *opening;

  g_return_if_fail (GSC_IS_MODEL_DIALOG (self));

  if (self->opening || self->message != NULL)
    return;
  set_opening (self, TRUE);
  opening = g_new0 (Opening, 1);
  opening->file = gsc_model_file_copy (self->file);
  opening->config = *gsc_recipe_get_config (self->recipe);
  task = g_task_new (NULL, NULL, on_opened, g_object_ref (self));
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

/* Construction */

static char *
describe_file (const GscModelFile *file)
{
  const GscModelConfig *shape = &file->shape;

  /* Translators: the shape of a model. */
  return g_strdup_printf (_ ("%d layers of width %d, %d tokens%s. %s"), shape->depth, shape->width,
                          shape->vocab, file->heads_known ? "" : _ (", heads not said"),
                          file->origin.whole
                              ? _ ("The file says what it was trained on.")
                              : _ ("Say what it was trained on, as far as you know: the o.o.d. "
                                   "tasks are those that are not in its split."));
}

static GtkWidget *
make_header (GscModelDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->open = gtk_button_new_with_mnemonic (_ ("_Open"));
  gtk_widget_add_css_class (self->open, "suggested-action");
  g_signal_connect_swapped (self->open, "clicked", G_CALLBACK (gsc_model_dialog_open), self);
  self->spinner = gtk_spinner_new ();
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->open);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->spinner);
  return header;
}

static GtkWidget *
make_content (GscModelDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  g_autofree char *text = describe_file (self->file);
  GtkWidget *shape = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (shape), TRUE);
  gtk_label_set_xalign (GTK_LABEL (shape), 0);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The experiment"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), gsc_recipe_row_new (self->recipe, keys[i]));
  self->fault = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->fault), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->fault), 0);
  gtk_widget_add_css_class (self->fault, "error");
  gtk_box_append (GTK_BOX (box), shape);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->fault);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  return box;
}

static void
gsc_model_dialog_dispose (GObject *object)
{
  GscModelDialog *self = GSC_MODEL_DIALOG (object);

  self->content = NULL;
  if (self->recipe != NULL)
    g_signal_handlers_disconnect_by_data (self->recipe, self);

  G_OBJECT_CLASS (gsc_model_dialog_parent_class)->dispose (object);
}

static void
gsc_model_dialog_finalize (GObject *object)
{
  GscModelDialog *self = GSC_MODEL_DIALOG (object);

  g_clear_object (&self->recipe);
  gsc_model_file_free (self->file);
  g_free (self->message);

  G_OBJECT_CLASS (gsc_model_dialog_parent_class)->finalize (object);
}

static void
gsc_model_dialog_class_init (GscModelDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_model_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_model_dialog_finalize;

  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, GSC_TYPE_RUN);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
gsc_model_dialog_init (GscModelDialog *self)
{
}

GscModelDialog *
gsc_model_dialog_new (GtkWindow *parent, GscModelFile *file)
{
  g_autofree char *base = g_path_get_basename (file->path);
  g_autofree char *title = g_filename_display_name (base);
  GscModelDialog *self
      = g_object_new (GSC_TYPE_MODEL_DIALOG, "transient-for", parent, "modal", TRUE, "title", title,
                      "default-width", DEFAULT_WIDTH, "destroy-with-parent", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->file = file;
  self->recipe = gsc_recipe_new ();
  gsc_recipe_set_config (self->recipe, &file->config, NULL);
  gtk_box_append (GTK_BOX (box), make_header (self));
  self->content = make_content (self);
  gtk_box_append (GTK_BOX (box), self->content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->open);
  g_signal_connect_swapped (self->recipe, "changed", G_CALLBACK (check), self);
  check (self);
  return self;
}

GscRecipe *
gsc_model_dialog_get_recipe (GscModelDialog *self)
{
  g_return_val_if_fail (GSC_IS_MODEL_DIALOG (self), NULL);

  return self->recipe;
}

const char *
gsc_model_dialog_get_fault (GscModelDialog *self)
{
  g_return_val_if_fail (GSC_IS_MODEL_DIALOG (self), NULL);

  return self->message;
}
