/* gsc-film-dialog.c - exports the training of a run as a film
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-duration.h"
#include "gsc-film-job.h"
#include "gsc-sequence.h"

#define DEFAULT_WIDTH 560
#define DEFAULT_HEIGHT 700
#define PREVIEW_HEIGHT 210

/* Milliseconds: typing is over, and how often progress is shown. */
#define PREVIEW_DELAY 250
#define PROGRESS_INTERVAL 200

/* The picture is one of the end: there is the most to see then. */
#define PREVIEW_AT 1.0

struct _GscFilmDialog
{
  AdwWindow parent_instance;

  /* Borrowed References */
  GscFilmForm *form;
  GtkPicture *preview;
  GtkLabel *summary;
  GtkLabel *message;
  GtkWidget *export_button;
  GtkStack *stack; /* "form" or "progress" */
  GtkProgressBar *progress;
  GtkLabel *left;

  /* Owned References */
  GscRunData *run;
  char *path;
  GSettings *settings;
  gint32 *tokens;
  GscFilmJob *painting; /* of the preview, or NULL */
  GscFilmJob *job;      /* of the film, or NULL */
  char *fault;

  GscCursor cursor;
  guint n_tokens;
  gboolean own_sequence;
  GscProjectionSource projection;
  gboolean has_preview;
  guint preview_timeout;
  guint progress_timeout;
};

G_DEFINE_FINAL_TYPE (GscFilmDialog, gsc_film_dialog, ADW_TYPE_WINDOW)

enum
{
  EXPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_message (GscFilmDialog *self, const char *message)
{
  g_free (self->fault);
  self->fault = g_strdup (message);
  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}

/* The choices, with the session's projection in the panels @panels. */
static void
get_settings (GscFilmDialog *self, GscFilmSettings *film, GscFigurePanel *panels)
{
  gsc_film_settings_init (film);
  gsc_film_form_get (self->form, film);
  film->cursor = &self->cursor;
  if (self->n_tokens >= 3)
    {
      film->tokens = self->tokens;
      film->n_tokens = self->n_tokens - self->n_tokens % 3;
      film->n_context = gsc_sequence_count_context (self->n_tokens, self->own_sequence);
    }
  for (guint i = 0; i < film->n_panels; i++)
    {
      panels[i] = film->panels[i];
      if (panels[i].figure != GSC_FIGURE_PROJECTION)
        continue;
      panels[i].part = self->projection.part;
      panels[i].slots = self->projection.slots;
      panels[i].centred = self->projection.centred;
    }
  film->panels = panels;
}

static GscFilmOrder *
make_order (GscFilmDialog *self)
{
  GscFigurePanel panels[GSC_N_FIGURES];
  GscFilmSettings film;
  int threads = self->settings != NULL ? g_settings_get_int (self->settings, "threads") : 0;

  get_settings (self, &film, panels);
  return gsc_film_order_new (self->run, self->path, &film, (guint) threads);
}

/* Preview */

static void
show_picture (GscFilmDialog *self, cairo_surface_t *picture)
{
  int width = cairo_image_surface_get_width (picture);
  int height = cairo_image_surface_get_height (picture);
  cairo_surface_t *opaque = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (opaque);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gsize stride = (gsize) cairo_image_surface_get_stride (opaque);

  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (opaque);
  bytes = g_bytes_new (cairo_image_surface_get_data (opaque), stride * (gsize) height);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  gtk_picture_set_paintable (self->preview, GDK_PAINTABLE (texture));
  cairo_surface_destroy (opaque);
}

static void
on_previewed (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscFilmDialog) self = data;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *picture = gsc_film_job_preview_finish (GSC_FILM_JOB (object), result, &error);

  if (self->painting == GSC_FILM_JOB (object))
    {
      g_clear_object (&self->painting);
      self->has_preview = picture != NULL;
      if (picture != NULL)
        show_picture (self, picture);
      else
        show_message (self, error->message);
    }
  g_clear_pointer (&picture, cairo_surface_destroy);
}

static gboolean
on_preview_timeout (gpointer data)
{
  GscFilmDialog *self = data;
  g_autoptr (GscFilmOrder) order = make_order (self);

  self->preview_timeout = 0;
  self->painting = gsc_film_job_new (order);
  gsc_film_job_preview_async (self->painting, PREVIEW_AT, on_previewed, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
stop_preview (GscFilmDialog *self)
{
  g_clear_handle_id (&self->preview_timeout, g_source_remove);
  if (self->painting != NULL)
    gsc_film_job_cancel (self->painting);
  g_clear_object (&self->painting);
}

/* "600 pictures, 0:20, 700 steps a second". */
static void
update_summary (GscFilmDialog *self, const GscFilmSettings *film)
{
  double steps = (double) (film->to - film->from);
  int n = (int) (film->seconds * film->rate + 0.5);
  g_autofree char *duration = gsc_duration_format (film->seconds);
  g_autofree char *text = NULL;

  /* Translators: 600 pictures in 0:20 minutes, 750 steps a second */
  text = g_strdup_printf (ngettext ("%'d picture in %s, %.0f steps a second",
                                    "%'d pictures in %s, %.0f steps a second", (gulong) MAX (n, 1)),
                          MAX (n, 1), duration, steps / film->seconds);
  gtk_label_set_text (self->summary, text);
}

static void
on_changed (GscFilmDialog *self)
{
  GscFigurePanel panels[GSC_N_FIGURES];
  GscFilmSettings film;
  gboolean possible;

  get_settings (self, &film, panels);
  possible = film.n_panels > 0 && film.seconds * film.rate < GSC_FILM_MAX_FRAMES;
  stop_preview (self);
  show_message (self, possible ? NULL
                      : film.n_panels > 0
                          ? _ ("These are too many pictures; make the film shorter.")
                          : _ ("Choose at least one figure."));
  update_summary (self, &film);
  gtk_widget_set_sensitive (self->export_button, possible);
  self->has_preview = FALSE;
  if (possible)
    self->preview_timeout = g_timeout_add (PREVIEW_DELAY, on_preview_timeout, self);
}

/* The film */

static void
stop_progress (GscFilmDialog *self)
{
  g_clear_handle_id (&self->progress_timeout, g_source_remove);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_set_sensitive (self->export_button, TRUE);
}

static gboolean
on_progress (gpointer data)
{
  GscFilmDialog *self = data;
  double left = gsc_film_job_get_seconds_left (self->job);
  g_autofree char *text = NULL;

  gtk_progress_bar_set_fraction (self->progress, gsc_film_job_get_progress (self->job));
  if (left >= 0)
    {
      g_autofree char *duration = gsc_duration_format (left);

      text = g_strdup_printf (_ ("%s left"), duration);
    }
  gtk_label_set_text (self->left, text != NULL ? text : _ ("The film is being made."));
  return G_SOURCE_CONTINUE;
}

/* What a write has to know at its end. */
typedef struct
{
  GscFilmDialog *dialog;
  char *path;
  gboolean pictures;
} Write;

static void
on_written (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Write *write = data;
  g_autoptr (GscFilmDialog) self = write->dialog;
  g_autofree char *path = write->path;
  g_autoptr (GError) error = NULL;
  gboolean done = gsc_film_job_write_finish (GSC_FILM_JOB (object), result, &error);

  if (self->job != GSC_FILM_JOB (object))
    return;
  g_clear_object (&self->job);
  stop_progress (self);
  if (done)
    {
      g_signal_emit (self, signals[EXPORTED], 0, path, write->pictures);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_message (self, error->message);
}

void
gsc_film_dialog_write (GscFilmDialog *self, const char *path)
{
  g_autoptr (GscFilmOrder) order = NULL;
  Write *write;

  g_return_if_fail (GSC_IS_FILM_DIALOG (self) && self->job == NULL);

  stop_preview (self);
  if (self->settings != NULL)
    gsc_film_form_save (self->form, self->settings);
  show_message (self, NULL);
  order = make_order (self);
  self->job = gsc_film_job_new (order);
  write = g_new (Write, 1);
  *write
      = (Write){ g_object_ref (self), g_strdup (path), gsc_film_form_wants_pictures (self->form) };
  gsc_film_job_write_async (self->job, path, write->pictures, on_written, write);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_set_sensitive (self->export_button, FALSE);
  self->progress_timeout = g_timeout_add (PROGRESS_INTERVAL, on_progress, self);
  on_progress (self);
}

/* "/folder/NAME-film/NAME", the folder with a number where there is one of that name. */
static char *
claim_pictures (GscFilmDialog *self, const char *folder)
{
  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s-film", self->run->name)
                                     : g_strdup_printf ("%s-film-%u", self->run->name, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_build_filename (path, self->run->name, NULL);
    }
}

static void
on_chosen (GtkNativeDialog *chooser, int response, gpointer data)
{
  GscFilmDialog *self = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->job == NULL)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      path = g_file_get_path (file);
    }
  if (path != NULL && gsc_film_form_wants_pictures (self->form))
    {
      g_autofree char *pictures = claim_pictures (self, path);

      gsc_film_dialog_write (self, pictures);
    }
  else if (path != NULL)
    gsc_film_dialog_write (self, path);
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
on_export (GscFilmDialog *self)
{
  gboolean pictures = gsc_film_form_wants_pictures (self->form);
  g_autofree char *name = g_strdup_printf ("%s.webm", self->run->name);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      pictures ? _ ("Folder for the Pictures") : _ ("Export Animation"), GTK_WINDOW (self),
      pictures ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Export"), NULL);

  if (!pictures)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
gsc_film_dialog_cancel (GscFilmDialog *self)
{
  g_return_if_fail (GSC_IS_FILM_DIALOG (self));

  if (self->job == NULL)
    return;
  gsc_film_job_cancel (self->job);
  g_clear_object (&self->job);
  stop_progress (self);
}

gboolean
gsc_film_dialog_is_busy (GscFilmDialog *self)
{
  g_return_val_if_fail (GSC_IS_FILM_DIALOG (self), FALSE);

  return self->job != NULL;
}

gboolean
gsc_film_dialog_has_preview (GscFilmDialog *self)
{
  g_return_val_if_fail (GSC_IS_FILM_DIALOG (self), FALSE);

  return self->has_preview;
}

const char *
gsc_film_dialog_get_message (GscFilmDialog *self)
{
  g_return_val_if_fail (GSC_IS_FILM_DIALOG (self), NULL);

  return self->fault;
}

GscFilmForm *
gsc_film_dialog_get_form (GscFilmDialog *self)
{
  g_return_val_if_fail (GSC_IS_FILM_DIALOG (self), NULL);

  return self->form;
}

/* GObject */

static gboolean
on_close (GscFilmDialog *self)
{
  gsc_film_dialog_cancel (self);
  return FALSE;
}

static void
gsc_film_dialog_dispose (GObject *object)
{
  GscFilmDialog *self = GSC_FILM_DIALOG (object);

  stop_preview (self);
  if (self->job != NULL)
    gsc_film_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_handle_id (&self->progress_timeout, g_source_remove);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->run, gsc_run_data_unref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->tokens, g_free);
  g_clear_pointer (&self->fault, g_free);

  G_OBJECT_CLASS (gsc_film_dialog_parent_class)->dispose (object);
}

static void
gsc_film_dialog_class_init (GscFilmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_film_dialog_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[EXPORTED]
      = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static GtkWidget *
make_progress (GscFilmDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *title = gtk_label_new (_ ("Making the Film"));
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Stop"));

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->left = GTK_LABEL (gtk_label_new (NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the film"), -1);
  gtk_widget_set_halign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cancel, "pill");
  gtk_widget_set_tooltip_text (cancel, _ ("Stop; no film is written"));
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gsc_film_dialog_cancel), self);
  gtk_widget_add_css_class (title, "title-1");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (box, 48);
  gtk_widget_set_margin_end (box, 48);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->left));
  gtk_box_append (GTK_BOX (box), cancel);
  return box;
}

static GtkWidget *
make_form_page (GscFilmDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->preview = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_can_shrink (self->preview, TRUE);
  gtk_picture_set_alternative_text (self->preview, _ ("The last picture of the film"));
  gtk_widget_set_size_request (GTK_WIDGET (self->preview), -1, PREVIEW_HEIGHT);
  gtk_widget_set_margin_top (GTK_WIDGET (self->preview), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self->preview), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->preview), 12);
  gtk_widget_set_vexpand (GTK_WIDGET (self->preview), FALSE);
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_set_margin_start (GTK_WIDGET (self->message), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->message), 12);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->form), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->summary));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  return box;
}

static void
build (GscFilmDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->export_button = gtk_button_new_with_mnemonic (_ ("_Export…"));
  gtk_widget_add_css_class (self->export_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->export_button, _ ("Choose a place, and make the film"));
  g_signal_connect_swapped (self->export_button, "clicked", G_CALLBACK (on_export), self);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->export_button);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, make_form_page (self), "form");
  gtk_stack_add_named (self->stack, make_progress (self), "progress");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

static void
gsc_film_dialog_init (GscFilmDialog *self)
{
  g_signal_connect (self, "close-request", G_CALLBACK (on_close), NULL);
}

GscFilmDialog *
gsc_film_dialog_new (GtkWindow *parent, GscSession *session, GSettings *settings)
{
  const GscFrame *frame = gsc_session_get_frame (session);
  GscRun *run = gsc_session_get_run (session);
  g_autofree char *sequence = NULL;
  GscFilmDialog *self;

  if (frame == NULL || run == NULL || frame->run->records->len == 0)
    return NULL;
  self = g_object_new (GSC_TYPE_FILM_DIALOG, "transient-for", parent, "modal", parent != NULL,
                       "title", _ ("Export Animation"), "destroy-with-parent", TRUE, NULL);
  self->run = gsc_run_data_ref (frame->run);
  self->path = g_strdup (gsc_run_get_path (run));
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->cursor = gsc_session_get_cursor (session);
  self->projection = gsc_session_get_projection (session);
  self->own_sequence = gsc_session_has_own_sequence (session);
  sequence = gsc_session_get_sequence (session);
  if (sequence == NULL
      || !gsc_sequence_parse (sequence, self->run->config.p, &self->tokens, &self->n_tokens, NULL))
    self->n_tokens = 0;
  self->form = gsc_film_form_new (self->run, settings);
  build (self);
  on_changed (self);
  return self;
}
