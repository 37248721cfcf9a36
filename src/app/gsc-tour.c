/* gsc-tour.c - a few cards that show a newcomer round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-tour.h"

#include <glib/gi18n.h>

#include "gsc-figure.h"

#define WIDTH 460
#define HEIGHT 480

typedef struct
{
  const char *icon;
  const char *title;
  const char *text;
  int figure; /* the panel it is about, or -1 */
} Card;

static const Card cards[] = {
  { "io.github.grokscope.Grokscope-symbolic", N_ ("Can It Learn to Learn?"),
    N_ ("A task is a pair (a, b): z = a x + b y mod p. A small transformer reads examples x y z of "
        "one task, which nobody names, and has to continue."),
    -1 },
  { "view-grid-symbolic", N_ ("Some Tasks Are Held Out"),
    /* Translators: o.o.d. is out of distribution, i.d. in distribution */
    N_ ("In the task grid each cell is a task. Some are trained on (i.d.), the others never "
        "(o.o.d.). Some inputs are held out, too: that makes four sets."),
    GSC_FIGURE_TASK_GRID },
  { "media-playback-start-symbolic", N_ ("Train, and Watch"),
    N_ ("“quick” takes a few minutes. For a while all four accuracies stay at chance, then they "
        "leave it in steps. With too few tasks (“memorise”) the o.o.d. ones never do."),
    GSC_FIGURE_LEARNING_CURVES },
  { "document-open-recent-symbolic", N_ ("Travel in Time"),
    N_ ("Drag in the learning curves, or press the arrow keys: every panel shows the model as it "
        "was. Deep models forget what they could; the marker says when to stop early."),
    GSC_FIGURE_LEARNING_CURVES },
  { "system-search-symbolic", N_ ("Look Inside"),
    N_ ("Attention shows where each head looks; right-click a head to switch it off, and see what "
        "gets lost. The projection shows how numbers are arranged."),
    GSC_FIGURE_ATTENTION },
  { "document-save-symbolic", N_ ("Show It to Others"),
    N_ ("Ctrl+E exports figures for papers, F5 presents bookmarks on a stage, and F1 opens the "
        "guide. Nothing you train is ever lost."),
    -1 },
};

struct _GscTour
{
  AdwWindow parent_instance;

  /* Borrowed References */
  AdwCarousel *carousel;
  GtkButton *back;
  GtkButton *next;

  guint card;
  gboolean shows_panel;
};

enum
{
  SIGNAL_SHOW_PANEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscTour, gsc_tour, ADW_TYPE_WINDOW)

static void
hide_panel (GscTour *self)
{
  if (self->shows_panel)
    g_signal_emit (self, signals[SIGNAL_SHOW_PANEL], 0, -1);
  self->shows_panel = FALSE;
}

static void
update_buttons (GscTour *self)
{
  gboolean last = self->card + 1 == G_N_ELEMENTS (cards);

  gtk_widget_set_sensitive (GTK_WIDGET (self->back), self->card > 0);
  gtk_button_set_label (self->next, last ? _ ("_Done") : _ ("_Next"));
}

static void
on_page_changed (AdwCarousel *carousel, guint page, gpointer data)
{
  GscTour *self = data;

  if (page == self->card)
    return;
  hide_panel (self);
  self->card = page;
  update_buttons (self);
}

void
gsc_tour_move (GscTour *self, int by)
{
  int card = CLAMP ((int) self->card + by, 0, (int) G_N_ELEMENTS (cards));

  g_return_if_fail (GSC_IS_TOUR (self));

  if (card == (int) G_N_ELEMENTS (cards))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  if (card == (int) self->card)
    return;
  hide_panel (self);
  self->card = (guint) card;
  adw_carousel_scroll_to (self->carousel, adw_carousel_get_nth_page (self->carousel, (guint) card),
                          TRUE);
  update_buttons (self);
}

void
gsc_tour_show_panel (GscTour *self)
{
  g_return_if_fail (GSC_IS_TOUR (self));

  if (cards[self->card].figure < 0)
    return;
  self->shows_panel = TRUE;
  g_signal_emit (self, signals[SIGNAL_SHOW_PANEL], 0, cards[self->card].figure);
}

guint
gsc_tour_get_n_cards (GscTour *self)
{
  return G_N_ELEMENTS (cards);
}

guint
gsc_tour_get_card (GscTour *self)
{
  g_return_val_if_fail (GSC_IS_TOUR (self), 0);

  return self->card;
}

static void
on_back (GtkButton *button, gpointer data)
{
  gsc_tour_move (data, -1);
}

static void
on_next (GtkButton *button, gpointer data)
{
  gsc_tour_move (data, 1);
}

static void
on_show (GtkButton *button, gpointer data)
{
  gsc_tour_show_panel (data);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer data)
{
  gsc_tour_move (GSC_TOUR (widget), g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
gsc_tour_close_request (GtkWindow *window)
{
  hide_panel (GSC_TOUR (window));
  return GTK_WINDOW_CLASS (gsc_tour_parent_class)->close_request (window);
}

static void
gsc_tour_class_init (GscTourClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_WINDOW_CLASS (klass)->close_request = gsc_tour_close_request;
  signals[SIGNAL_SHOW_PANEL] = g_signal_new ("show-panel", GSC_TYPE_TOUR, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, on_arrow, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, on_arrow, "i", -1);
}

static GtkWidget *
make_card (GscTour *self, const Card *card)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), card->icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ (card->title));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ (card->text));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_hexpand (page, TRUE);
  /* The page scrolls inside, and what scrolls can be focused: it needs a name. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (page)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ (card->title), -1);
  if (card->figure >= 0)
    {
      GtkWidget *show = gtk_button_new_with_mnemonic (_ ("_Show This Panel"));

      gtk_widget_set_halign (show, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (show, "pill");
      g_signal_connect (show, "clicked", G_CALLBACK (on_show), self);
      adw_status_page_set_child (ADW_STATUS_PAGE (page), show);
    }
  return page;
}

static GtkButton *
make_button (GscTour *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", callback, self);
  return GTK_BUTTON (button);
}

static void
gsc_tour_init (GscTour *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *dots = adw_carousel_indicator_dots_new ();

  gtk_window_set_title (GTK_WINDOW (self), _ ("Tour"));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, HEIGHT);
  self->back = make_button (self, _ ("_Back"), G_CALLBACK (on_back));
  self->next = make_button (self, _ ("_Next"), G_CALLBACK (on_next));
  gtk_widget_add_css_class (GTK_WIDGET (self->next), "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), GTK_WIDGET (self->back));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->next));

  self->carousel = ADW_CAROUSEL (adw_carousel_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->carousel), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    adw_carousel_append (self->carousel, make_card (self, &cards[i]));
  g_signal_connect (self->carousel, "page-changed", G_CALLBACK (on_page_changed), self);
  adw_carousel_indicator_dots_set_carousel (ADW_CAROUSEL_INDICATOR_DOTS (dots), self->carousel);

  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->carousel));
  gtk_box_append (GTK_BOX (box), dots);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_WIDGET (self->next));
  gtk_widget_grab_focus (GTK_WIDGET (self->next));
  update_buttons (self);
}

GtkWidget *
gsc_tour_new (GtkWindow *parent)
{
  return g_object_new (GSC_TYPE_TOUR, "transient-for", parent, NULL);
}
