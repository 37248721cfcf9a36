/* gsc-lesson-bar.c - the lessons' cards, below the board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-lesson-bar.h"

#include <glib/gi18n.h>

struct _GscLessonBar
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkRevealer *revealer;
  GtkLabel *title;
  GtkLabel *text;
  GtkLabel *fact;
  GtkWidget *show_me;
  GtkWidget *back;
  GtkButton *next;
  GtkWidget *focus; /* weak: what had it before, or NULL */

  guint card;
  gboolean shows_panel;

  /* Owned References */
  GscSession *session;
};

enum
{
  SIGNAL_SHOW_PANEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscLessonBar, gsc_lesson_bar, GTK_TYPE_WIDGET)

static const GscLesson *
get_lesson (GscLessonBar *self)
{
  guint n;

  return &gsc_lesson_get_all (&n)[self->card];
}

/* What depends on the run shown. */
static void
refresh_fact (GscLessonBar *self)
{
  const GscFrame *frame;
  g_autofree char *fact = NULL;

  if (!gsc_lesson_bar_is_open (self))
    return;
  frame = gsc_session_get_frame (self->session);
  fact = frame != NULL ? gsc_lesson_describe_run (get_lesson (self), frame->run) : NULL;
  gtk_widget_set_sensitive (self->show_me, frame != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->fact), fact != NULL);
  if (g_strcmp0 (gtk_label_get_text (self->fact), fact != NULL ? fact : "") != 0)
    gtk_label_set_text (self->fact, fact != NULL ? fact : "");
}

static void
refresh (GscLessonBar *self)
{
  const GscLesson *lesson = get_lesson (self);
  guint n;
  g_autofree char *title = NULL;

  gsc_lesson_get_all (&n);
  /* Translators: 2 of 6: The Split */
  title = g_strdup_printf (_ ("%u of %u: %s"), self->card + 1, n, _ (lesson->title));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, _ (lesson->text));
  gtk_widget_set_sensitive (self->back, self->card > 0);
  gtk_button_set_label (self->next, self->card + 1 == n ? _ ("_Done") : _ ("_Next"));
  refresh_fact (self);
}

static void
hide_panel (GscLessonBar *self)
{
  if (self->shows_panel)
    g_signal_emit (self, signals[SIGNAL_SHOW_PANEL], 0, -1);
  self->shows_panel = FALSE;
}

static void
take_focus (GscLessonBar *self)
{
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->show_me) ? self->show_me
                                                                  : GTK_WIDGET (self->next));
}

void
gsc_lesson_bar_open (GscLessonBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_return_if_fail (GSC_IS_LESSON_BAR (self));

  if (!gsc_lesson_bar_is_open (self))
    {
      g_set_weak_pointer (&self->focus, root != NULL ? gtk_root_get_focus (root) : NULL);
      self->card = 0;
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      gtk_revealer_set_reveal_child (self->revealer, TRUE);
      refresh (self);
    }
  take_focus (self);
}

void
gsc_lesson_bar_close (GscLessonBar *self)
{
  GtkWidget *focus = self->focus;

  g_return_if_fail (GSC_IS_LESSON_BAR (self));

  if (!gsc_lesson_bar_is_open (self))
    return;
  hide_panel (self);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
  g_clear_weak_pointer (&self->focus);
}

gboolean
gsc_lesson_bar_is_open (GscLessonBar *self)
{
  g_return_val_if_fail (GSC_IS_LESSON_BAR (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

guint
gsc_lesson_bar_get_card (GscLessonBar *self)
{
  g_return_val_if_fail (GSC_IS_LESSON_BAR (self), 0);

  return self->card;
}

const char *
gsc_lesson_bar_get_fact (GscLessonBar *self)
{
  g_return_val_if_fail (GSC_IS_LESSON_BAR (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self->fact)) ? gtk_label_get_text (self->fact) : NULL;
}

void
gsc_lesson_bar_move (GscLessonBar *self, int by)
{
  guint n;
  int card = (int) self->card + by;

  g_return_if_fail (GSC_IS_LESSON_BAR (self));

  gsc_lesson_get_all (&n);
  if (card < 0)
    return;
  if (card >= (int) n)
    {
      gsc_lesson_bar_close (self);
      return;
    }
  hide_panel (self);
  self->card = (guint) card;
  refresh (self);
  take_focus (self);
}

void
gsc_lesson_bar_show_me (GscLessonBar *self)
{
  g_return_if_fail (GSC_IS_LESSON_BAR (self));

  if (!gsc_lesson_bar_is_open (self) || gsc_session_get_frame (self->session) == NULL)
    return;
  gsc_lesson_apply (get_lesson (self), self->session);
  self->shows_panel = TRUE;
  g_signal_emit (self, signals[SIGNAL_SHOW_PANEL], 0, (int) get_lesson (self)->figure);
}

static void
on_back (GtkButton *button, gpointer data)
{
  gsc_lesson_bar_move (data, -1);
}

static void
on_next (GtkButton *button, gpointer data)
{
  gsc_lesson_bar_move (data, 1);
}

static void
on_show_me (GtkButton *button, gpointer data)
{
  gsc_lesson_bar_show_me (data);
}

static void
on_close (GtkButton *button, gpointer data)
{
  gsc_lesson_bar_close (data);
}

static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  gsc_lesson_bar_close (GSC_LESSON_BAR (widget));
  return TRUE;
}

static gboolean
on_arrow (GtkWidget *widget, GVariant *args, gpointer data)
{
  gsc_lesson_bar_move (GSC_LESSON_BAR (widget), g_variant_get_int32 (args));
  return TRUE;
}

static void
gsc_lesson_bar_dispose (GObject *object)
{
  GscLessonBar *self = GSC_LESSON_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->focus);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_lesson_bar_parent_class)->dispose (object);
}

static void
gsc_lesson_bar_class_init (GscLessonBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_lesson_bar_dispose;
  signals[SIGNAL_SHOW_PANEL] = g_signal_new ("show-panel", GSC_TYPE_LESSON_BAR, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "gsclessonbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, on_arrow, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, on_arrow, "i", -1);
}

static GtkLabel *
make_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_button (GscLessonBar *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_buttons (GscLessonBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  const char *tip = _ ("End the Lessons (Esc)");

  /* Translators: a lesson's button: moves the cursor to what the lesson is about */
  self->show_me = add_button (self, box, _ ("_Show Me"), G_CALLBACK (on_show_me));
  gtk_widget_add_css_class (self->show_me, "suggested-action");
  self->back = add_button (self, box, _ ("_Back"), G_CALLBACK (on_back));
  self->next = GTK_BUTTON (add_button (self, box, _ ("_Next"), G_CALLBACK (on_next)));
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_signal_connect (close, "clicked", G_CALLBACK (on_close), self);
  gtk_box_append (GTK_BOX (box), close);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
gsc_lesson_bar_init (GscLessonBar *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *revealer = gtk_revealer_new ();

  gtk_widget_add_css_class (bar, "gsc-lesson-bar");
  self->title = make_label (top, "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_box_append (GTK_BOX (top), make_buttons (self));
  gtk_box_append (GTK_BOX (bar), top);
  self->text = make_label (bar, NULL);
  self->fact = make_label (bar, "dim-label");
  self->revealer = GTK_REVEALER (revealer);
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_NONE);
  gtk_revealer_set_child (self->revealer, bar);
  gtk_widget_set_parent (revealer, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lessons"), -1);
  /* The card is what its key is about: a screen reader says it with the focus. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->show_me),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->title, self->text,
                                  self->fact, NULL, -1);
}

GtkWidget *
gsc_lesson_bar_new (GscSession *session)
{
  GscLessonBar *self = g_object_new (GSC_TYPE_LESSON_BAR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (refresh_fact), self);
  return GTK_WIDGET (self);
}
