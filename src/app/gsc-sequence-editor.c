/* gsc-sequence-editor.c - typing the sequence that the model reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sequence-editor.h"

#include <glib/gi18n.h>

struct _GscSequenceEditor
{
  GtkWidget parent_instance;

  gboolean edited; /* the entry has something that was not applied */
  gboolean filling;

  /* Borrowed References */
  GtkWidget *entry;
  GtkWidget *seed;
  GtkWidget *button;
  GtkWidget *message;

  /* Owned References */
  GscSession *session;
  char *fault;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_FAULT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GscSequenceEditor, gsc_sequence_editor, GTK_TYPE_WIDGET)

static void
set_fault (GscSequenceEditor *self, const char *fault)
{
  if (g_strcmp0 (fault, self->fault) == 0)
    return;
  g_free (self->fault);
  self->fault = g_strdup (fault);
  gtk_label_set_text (GTK_LABEL (self->message), fault != NULL ? fault : "");
  gtk_widget_set_visible (self->message, fault != NULL);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (fault != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAULT]);
}

/* What the session has, unless somebody is typing. */
static void
refresh (GscSequenceEditor *self)
{
  gboolean shown = self->session != NULL && gsc_session_get_frame (self->session) != NULL;
  g_autofree char *text = shown ? gsc_session_get_sequence (self->session) : g_strdup ("");
  g_autofree char *seed = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self), shown);
  if (!shown || !gsc_session_has_own_sequence (self->session))
    {
      g_autofree char *number = g_strdup_printf (
          "%" G_GINT64_FORMAT, shown ? gsc_session_get_context_seed (self->session) : 0);

      /* Translators: the number that the context was drawn by */
      seed = g_strdup_printf (_ ("Seed %s"), number);
    }
  gtk_label_set_text (GTK_LABEL (self->seed), seed != NULL ? seed : _ ("Your own"));
  if (self->edited || g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->filling = FALSE;
}

/* Whatever was typed is not wanted any more. */
static void
take_back (GscSequenceEditor *self)
{
  self->edited = FALSE;
  set_fault (self, NULL);
  refresh (self);
}

static void
edited (GscSequenceEditor *self)
{
  if (self->filling)
    return;
  self->edited = TRUE;
  set_fault (self, NULL);
}

void
gsc_sequence_editor_apply (GscSequenceEditor *self)
{
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (!gsc_session_set_sequence (self->session, gsc_sequence_editor_get_text (self), &error))
    {
      set_fault (self, error->message);
      return;
    }
  take_back (self);
}

static void
new_context (GscSequenceEditor *self)
{
  if (self->session == NULL)
    return;
  self->edited = FALSE;
  gsc_session_new_context (self->session);
  take_back (self);
}

static gboolean
key_pressed (GscSequenceEditor *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape || (!self->edited && self->fault == NULL))
    return FALSE;
  take_back (self);
  return TRUE;
}

/* GObject */

static void
gsc_sequence_editor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscSequenceEditor *self = GSC_SEQUENCE_EDITOR (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_FAULT:
      g_value_set_string (value, self->fault);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_sequence_editor_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GscSequenceEditor *self = GSC_SEQUENCE_EDITOR (object);

  switch (id)
    {
    case PROP_SESSION:
      gsc_sequence_editor_set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_sequence_editor_dispose (GObject *object)
{
  GscSequenceEditor *self = GSC_SEQUENCE_EDITOR (object);
  GtkWidget *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (gsc_sequence_editor_parent_class)->dispose (object);
}

static void
gsc_sequence_editor_finalize (GObject *object)
{
  GscSequenceEditor *self = GSC_SEQUENCE_EDITOR (object);

  g_free (self->fault);
  G_OBJECT_CLASS (gsc_sequence_editor_parent_class)->finalize (object);
}

static void
gsc_sequence_editor_class_init (GscSequenceEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gsc_sequence_editor_get_property;
  object_class->set_property = gsc_sequence_editor_set_property;
  object_class->dispose = gsc_sequence_editor_dispose;
  object_class->finalize = gsc_sequence_editor_finalize;

  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, GSC_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FAULT]
      = g_param_spec_string ("fault", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sequenceeditor");
}

static void
gsc_sequence_editor_init (GscSequenceEditor *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("x y z | x y z | x y"));
  gtk_widget_set_tooltip_text (
      self->entry, _ ("Numbers from 0 to p − 1: the examples' x, y and z, then a query's x and y"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sequence"), -1);
  /* It is the text inside that has the focus. */
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Sequence"), -1);
  gtk_widget_add_css_class (self->entry, "numeric");
  self->seed = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->seed, "dim-label");
  gtk_widget_add_css_class (self->seed, "numeric");
  self->button = gtk_button_new_with_mnemonic (_ ("_New Context"));
  gtk_widget_set_tooltip_text (self->button, _ ("Draw other examples of the same task"));
  self->message = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_widget_add_css_class (self->message, "error");
  gtk_widget_set_visible (self->message, FALSE);

  gtk_box_append (GTK_BOX (row), self->entry);
  gtk_box_append (GTK_BOX (row), self->seed);
  gtk_box_append (GTK_BOX (row), self->button);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  gtk_widget_set_parent (self->message, GTK_WIDGET (self));

  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (edited), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (gsc_sequence_editor_apply), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (new_context), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->entry, keys);
  refresh (self);
}

/* Public functions */

GtkWidget *
gsc_sequence_editor_new (void)
{
  return g_object_new (GSC_TYPE_SEQUENCE_EDITOR, NULL);
}

void
gsc_sequence_editor_set_session (GscSequenceEditor *self, GscSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (refresh), self);
  take_back (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

const char *
gsc_sequence_editor_get_fault (GscSequenceEditor *self)
{
  return self->fault;
}

const char *
gsc_sequence_editor_get_text (GscSequenceEditor *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
gsc_sequence_editor_type (GscSequenceEditor *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}
