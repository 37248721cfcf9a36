/* gsc-export-dialog.c - figures for papers and talks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-banner.h"

#define DEFAULT_WIDTH 1040
#define DEFAULT_HEIGHT 680
#define FORM_WIDTH 360

/* Milliseconds between two looks at the progress. */
#define PROGRESS_INTERVAL 100

#define MM_PER_POINT (25.4 / 72)

struct _GscExportDialog
{
  AdwWindow parent_instance;

  /* Borrowed References */
  GscBanner *banner;
  GscExportForm *form;
  GscExportPreview *preview;
  GtkWidget *export;
  GtkProgressBar *progress;
  GtkWidget *pager;
  GtkLabel *page_label;
  GtkLabel *size_label;

  /* Owned References */
  GscExportSource *source;
  GSettings *settings;
  GscExportSaver *saver; /* while files are written; or NULL */

  guint page; /* of the items, the one that is seen */
  guint tick;
};

enum
{
  SIGNAL_EXPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscExportDialog, gsc_export_dialog, ADW_TYPE_WINDOW)

/* The page seen */

/* "Learning curves", "1a: Two tasks and a sequence". (transfer full) */
static char *
make_title (const GscExportItem *item)
{
  if (item->recipe != NULL)
    return g_strdup_printf ("%s: %s", gsc_figure_recipe_get_name (item->recipe),
                            _ (gsc_figure_recipe_get_title (item->recipe)));
  return g_strdup (_ (gsc_figure_get_title (item->panel.figure)));
}

static void
show_page_label (GscExportDialog *self, const GArray *items)
{
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->pager, items->len > 1);
  if (items->len <= 1)
    return;
  title = make_title (&g_array_index (items, GscExportItem, self->page));
  /* Translators: 2 of 13: Learning curves */
  text = g_strdup_printf (_ ("%u of %u: %s"), self->page + 1, items->len, title);
  gtk_label_set_text (self->page_label, text);
}

static void
update_page (GscExportDialog *self)
{
  g_autoptr (GArray) items = gsc_export_form_list_items (self->form);
  GscExportSettings settings;
  GscFigurePaper paper;

  gtk_widget_set_sensitive (self->export, items->len > 0 && self->saver == NULL);
  if (items->len == 0)
    {
      gtk_widget_set_visible (self->pager, FALSE);
      gsc_export_preview_show (self->preview, NULL, NULL, NULL);
      return;
    }
  self->page = MIN (self->page, items->len - 1);
  show_page_label (self, items);
  gsc_export_form_get_settings (self->form, &settings);
  gsc_export_settings_get_paper (&settings, &paper);
  gsc_export_preview_show (self->preview, self->source,
                           &g_array_index (items, GscExportItem, self->page), &paper);
}

static void
turn (GscExportDialog *self, int by)
{
  g_autoptr (GArray) items = gsc_export_form_list_items (self->form);

  if (items->len == 0)
    return;
  self->page = (guint) ((int) (self->page + items->len) + by) % items->len;
  update_page (self);
}

static void
on_earlier (GscExportDialog *self)
{
  turn (self, -1);
}

static void
on_later (GscExportDialog *self)
{
  turn (self, 1);
}

static void
on_figures (GscExportDialog *self)
{
  self->page = 0;
  update_page (self);
}

static void
on_settings (GscExportDialog *self)
{
  GscExportSettings settings;

  gsc_export_form_get_settings (self->form, &settings);
  gsc_export_settings_save (&settings, self->settings);
  update_page (self);
}

/* "140 × 86 mm", and the pixels of a PNG. */
static void
on_preview (GscExportDialog *self)
{
  g_autofree char *text = NULL;
  GscExportSettings settings;
  GscFigurePaper paper;
  double width, height;

  gsc_export_preview_get_size (self->preview, &width, &height);
  gsc_export_form_get_settings (self->form, &settings);
  gsc_export_settings_get_paper (&settings, &paper);
  if (width <= 0)
    text = g_strdup ("");
  else if (settings.format == GSC_EXPORT_PNG)
    /* Translators: the size of a page, in millimetres and in pixels */
    text = g_strdup_printf (_ ("%.0f × %.0f mm, %d × %d pixels"), width * MM_PER_POINT,
                            height * MM_PER_POINT, (int) lround (width * paper.dpi / 72),
                            (int) lround (height * paper.dpi / 72));
  else
    /* Translators: the size of a page */
    text = g_strdup_printf (_ ("%.0f × %.0f mm"), width * MM_PER_POINT, height * MM_PER_POINT);
  gtk_label_set_text (self->size_label, text);
}

/* Writing */

static void
show_writing (GscExportDialog *self, gboolean writing)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !writing);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), writing);
  gtk_progress_bar_set_fraction (self->progress, 0);
  g_clear_handle_id (&self->tick, g_source_remove);
}

static gboolean
on_tick (gpointer data)
{
  GscExportDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress, gsc_export_saver_get_progress (self->saver));
  return G_SOURCE_CONTINUE;
}

static void
on_started (GscExportDialog *self)
{
  gsc_export_preview_stop (self->preview);
  show_writing (self, TRUE);
  self->tick = g_timeout_add (PROGRESS_INTERVAL, on_tick, self);
}

static void
on_ended (GscExportDialog *self, char **paths, const char *message)
{
  g_autoptr (GscExportDialog) alive = g_object_ref (self);

  show_writing (self, FALSE);
  g_signal_handlers_disconnect_by_data (self->saver, self);
  g_clear_object (&self->saver);
  if (paths != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_EXPORTED], 0, paths);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (message != NULL)
    gsc_banner_show (self->banner, message, NULL, NULL, NULL);
  update_page (self);
}

/* FALSE: there is nothing to write, or it is being written. */
static gboolean
make_saver (GscExportDialog *self)
{
  g_autoptr (GArray) items = gsc_export_form_list_items (self->form);
  GscExportSettings settings;
  GscFigurePaper paper;

  if (items->len == 0 || self->saver != NULL)
    return FALSE;
  gsc_banner_hide (self->banner);
  gsc_export_form_get_settings (self->form, &settings);
  gsc_export_settings_get_paper (&settings, &paper);
  self->saver
      = gsc_export_saver_new (GTK_WINDOW (self), self->source, (const GscExportItem *) items->data,
                              items->len, settings.format, &paper, self->settings);
  g_signal_connect_swapped (self->saver, "started", G_CALLBACK (on_started), self);
  g_signal_connect_swapped (self->saver, "ended", G_CALLBACK (on_ended), self);
  gtk_widget_set_sensitive (self->export, FALSE);
  return TRUE;
}

void
gsc_export_dialog_export (GscExportDialog *self)
{
  g_return_if_fail (GSC_IS_EXPORT_DIALOG (self));

  if (make_saver (self))
    gsc_export_saver_choose (self->saver);
}

void
gsc_export_dialog_export_to (GscExportDialog *self, const char *path)
{
  g_return_if_fail (GSC_IS_EXPORT_DIALOG (self));

  if (make_saver (self))
    gsc_export_saver_save_to (self->saver, path);
}

void
gsc_export_dialog_cancel (GscExportDialog *self)
{
  g_return_if_fail (GSC_IS_EXPORT_DIALOG (self));

  if (self->saver != NULL)
    gsc_export_saver_cancel (self->saver);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gsc_export_dialog_cancel (GSC_EXPORT_DIALOG (widget));
  return TRUE;
}

/* GObject */

static void
gsc_export_dialog_dispose (GObject *object)
{
  GscExportDialog *self = GSC_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->saver != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->saver, self);
      gsc_export_saver_cancel (self->saver);
    }
  g_clear_object (&self->saver);
  if (self->preview != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->preview, self);
      gsc_export_preview_stop (self->preview);
    }
  self->preview = NULL;
  g_clear_pointer (&self->source, gsc_export_source_unref);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (gsc_export_dialog_parent_class)->dispose (object);
}

static void
gsc_export_dialog_class_init (GscExportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_export_dialog_dispose;

  signals[SIGNAL_EXPORTED] = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, escape, NULL);
}

static void
gsc_export_dialog_init (GscExportDialog *self)
{
}

static GtkWidget *
make_header (GscExportDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->export = gtk_button_new_with_mnemonic (_ ("_Export…"));
  gtk_widget_add_css_class (self->export, "suggested-action");
  g_signal_connect_swapped (self->export, "clicked", G_CALLBACK (gsc_export_dialog_export), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gsc_export_dialog_cancel), self);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->export);
  return header;
}

static GtkWidget *
make_icon_button (const char *icon, const char *tip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  return button;
}

static GtkWidget *
make_pager (GscExportDialog *self)
{
  GtkWidget *earlier = make_icon_button ("go-previous-symbolic", _ ("Previous figure"));
  GtkWidget *later = make_icon_button ("go-next-symbolic", _ ("Next figure"));

  self->pager = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->page_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->page_label, PANGO_ELLIPSIZE_END);
  g_signal_connect_swapped (earlier, "clicked", G_CALLBACK (on_earlier), self);
  g_signal_connect_swapped (later, "clicked", G_CALLBACK (on_later), self);
  gtk_box_append (GTK_BOX (self->pager), earlier);
  gtk_box_append (GTK_BOX (self->pager), GTK_WIDGET (self->page_label));
  gtk_box_append (GTK_BOX (self->pager), later);
  return self->pager;
}

/* "100 %" and "Fit", side by side. */
static GtkWidget *
make_zoom (GscExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  /* Translators: of the printed size */
  GtkWidget *whole = gtk_toggle_button_new_with_label (_ ("100 %"));
  /* Translators: as large as the window has room for */
  GtkWidget *fit = gtk_toggle_button_new_with_label (_ ("Fit"));

  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (whole), GTK_TOGGLE_BUTTON (fit));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (whole), TRUE);
  g_object_bind_property (self->preview, "fit", fit, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_widget_set_tooltip_text (whole, _ ("As large as it will be printed"));
  gtk_widget_set_tooltip_text (fit, _ ("As large as there is room for"));
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), whole);
  gtk_box_append (GTK_BOX (box), fit);
  return box;
}

static GtkWidget *
make_preview (GscExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->preview = GSC_EXPORT_PREVIEW (gsc_export_preview_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->preview), "view");
  gtk_widget_set_vexpand (GTK_WIDGET (self->preview), TRUE);
  gtk_widget_set_hexpand (box, TRUE);
  self->size_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->size_label, 0);
  gtk_label_set_ellipsize (self->size_label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->size_label), TRUE);
  gtk_widget_add_css_class (bar, "toolbar");
  gtk_widget_add_css_class (GTK_WIDGET (self->size_label), "dim-label");
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->size_label));
  gtk_box_append (GTK_BOX (bar), make_pager (self));
  gtk_box_append (GTK_BOX (bar), make_zoom (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  gtk_box_append (GTK_BOX (box), bar);
  g_signal_connect_swapped (self->preview, "changed", G_CALLBACK (on_preview), self);
  return box;
}

static void
build (GscExportDialog *self, const GscExportPanels *panels)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GscExportSettings settings;

  gsc_export_settings_load (&settings, self->settings);
  self->form = GSC_EXPORT_FORM (gsc_export_form_new (self->source, panels, &settings));
  gtk_widget_set_size_request (GTK_WIDGET (self->form), FORM_WIDTH, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->form), FALSE);
  self->banner = GSC_BANNER (gsc_banner_new ());
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->progress), "osd");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Progress of the export"), -1);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (content), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (content), make_preview (self));
  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->banner));
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), DEFAULT_WIDTH, DEFAULT_HEIGHT);
  g_signal_connect_swapped (self->form, "figures-changed", G_CALLBACK (on_figures), self);
  g_signal_connect_swapped (self->form, "settings-changed", G_CALLBACK (on_settings), self);
}

GscExportDialog *
gsc_export_dialog_new (GtkWindow *parent,
                       GscExportSource *source,
                       const GscExportPanels *panels,
                       GSettings *settings)
{
  GscExportDialog *self
      = g_object_new (GSC_TYPE_EXPORT_DIALOG, "transient-for", parent, "modal", parent != NULL,
                      "title", _ ("Export Figures"), "destroy-with-parent", TRUE, NULL);

  self->source = gsc_export_source_ref (source);
  g_set_object (&self->settings, settings);
  build (self, panels);
  update_page (self);
  return self;
}

GscExportForm *
gsc_export_dialog_get_form (GscExportDialog *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_DIALOG (self), NULL);

  return self->form;
}

GscExportPreview *
gsc_export_dialog_get_preview (GscExportDialog *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_DIALOG (self), NULL);

  return self->preview;
}

GscExportSaver *
gsc_export_dialog_get_saver (GscExportDialog *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_DIALOG (self), NULL);

  return self->saver;
}

const char *
gsc_export_dialog_get_message (GscExportDialog *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_DIALOG (self), NULL);

  return gsc_banner_get_message (self->banner);
}
