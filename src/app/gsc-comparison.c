/* gsc-comparison.c - two models side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-comparison.h"

#include <glib/gi18n.h>
#include <string.h>

struct _GscComparison
{
  GObject parent_instance;

  /* Owned References */
  GscSession *session;
  GscSession *other; /* or NULL */
  GscFrame *a;       /* what each has beside its own of the other one */
  GscFrame *b;
  char *which; /* the record that B is to show as soon as its run is read, or NULL */

  GscShow show;
  gboolean passing; /* what one has is being passed on to the other */
};

enum
{
  PROP_0,
  PROP_OTHER,
  PROP_SHOW,
  N_PROPERTIES,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscComparison, gsc_comparison, G_TYPE_OBJECT)

static void
emit_changed (GscComparison *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Whether both are the same, whatever they are compared with. */
static gboolean
is_same_frame (const GscFrame *a, const GscFrame *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (a->insights[i] != b->insights[i] || a->insight_steps[i] != b->insight_steps[i])
      return FALSE;
  return a->run == b->run && memcmp (&a->cursor, &b->cursor, sizeof a->cursor) == 0
         && a->record == b->record && a->step == b->step && a->probe == b->probe
         && a->projection == b->projection && a->ablation == b->ablation;
}

/* The frame of one, by itself, goes beside the frames of the other; @passed: (inout) the one that
 * went before. Nothing happens where that is the same: a session that gives out a frame while it
 * gives out another begins anew, and would never end. */
static void
pass_frame (GscSession *from, GscSession *to, GscFrame **passed)
{
  GscFrame *frame = gsc_session_get_frame (from);

  if (is_same_frame (frame, *passed))
    return;
  g_clear_pointer (passed, gsc_frame_unref);
  if (frame != NULL)
    {
      *passed = gsc_frame_copy (frame);
      gsc_frame_set_beside (*passed, NULL);
    }
  gsc_session_set_beside (to, *passed);
}

static void
pass_frames (GscComparison *self)
{
  pass_frame (self->session, self->other, &self->a);
  pass_frame (self->other, self->session, &self->b);
}

/* B reads what A reads, if its model can: it draws its own sequence otherwise. */
static void
pass_sequence (GscComparison *self)
{
  const GscFrame *a = gsc_session_get_frame (self->session);
  const GscFrame *b = gsc_session_get_frame (self->other);
  g_autofree char *wanted = NULL;
  g_autofree char *present = NULL;

  if (a == NULL || b == NULL || a->run->config.p != b->run->config.p)
    return;
  wanted = gsc_session_get_sequence (self->session);
  present = gsc_session_get_sequence (self->other);
  if (g_strcmp0 (wanted, present) != 0)
    gsc_session_set_sequence (self->other, wanted, NULL);
}

static void
pass_cursor (GscComparison *self)
{
  GscCursor cursor = gsc_session_get_cursor (self->session);

  if (gsc_session_get_frame (self->session) == NULL)
    return;
  gsc_session_set_cursor (self->other, &cursor);
  pass_sequence (self);
}

/* As soon as B's run is read. */
static void
find_record (GscComparison *self)
{
  const GscFrame *frame = gsc_session_get_frame (self->other);
  g_autofree char *which = NULL;
  int record;

  if (self->which == NULL || frame == NULL)
    return;
  which = g_steal_pointer (&self->which);
  record = gsc_run_data_find_record (frame->run, which, NULL);
  if (record >= 0)
    gsc_session_set_record (self->other, record);
  else
    gsc_session_set_live (self->other, FALSE);
}

static void
on_frame (GscComparison *self)
{
  if (self->passing || self->other == NULL)
    return;
  self->passing = TRUE;
  pass_cursor (self);
  pass_frames (self);
  self->passing = FALSE;
  emit_changed (self);
}

static void
on_other_frame (GscComparison *self)
{
  if (self->passing)
    return;
  self->passing = TRUE;
  find_record (self);
  pass_cursor (self);
  pass_frames (self);
  self->passing = FALSE;
  emit_changed (self);
}

/* Nothing is compared any more. */
static void
drop_other (GscComparison *self)
{
  g_autoptr (GscSession) other = g_steal_pointer (&self->other);

  g_clear_pointer (&self->which, g_free);
  if (other == NULL)
    return;
  g_signal_handlers_disconnect_by_data (other, self);
  g_clear_pointer (&self->a, gsc_frame_unref);
  g_clear_pointer (&self->b, gsc_frame_unref);
  gsc_session_set_beside (self->session, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OTHER]);
  gsc_session_set_beside (other, NULL);
  gsc_session_set_run (other, NULL);
}

/* Public functions */

GscSession *
gsc_comparison_get_session (GscComparison *self)
{
  g_return_val_if_fail (GSC_IS_COMPARISON (self), NULL);

  return self->session;
}

GscSession *
gsc_comparison_get_other (GscComparison *self)
{
  g_return_val_if_fail (GSC_IS_COMPARISON (self), NULL);

  return self->other;
}

void
gsc_comparison_start (GscComparison *self, GscRun *run, const char *which)
{
  gboolean begins;

  g_return_if_fail (GSC_IS_COMPARISON (self));
  g_return_if_fail (GSC_IS_RUN (run));

  begins = self->other == NULL;
  g_free (self->which);
  self->which = g_strdup (which);
  if (begins)
    {
      self->other = gsc_session_new ();
      g_signal_connect_swapped (self->other, "notify::frame", G_CALLBACK (on_other_frame), self);
      self->show = GSC_SHOW_BOTH;
      gsc_session_set_turns (self->other, TRUE);
      gsc_session_set_beside (self->other, gsc_session_get_frame (self->session));
    }
  gsc_session_set_run (self->other, run);
  if (begins)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OTHER]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW]);
    }
  on_other_frame (self);
}

void
gsc_comparison_start_peak_and_final (GscComparison *self)
{
  GscRun *run;
  GscRunData *data;
  int peak;

  g_return_if_fail (GSC_IS_COMPARISON (self));

  run = gsc_session_get_run (self->session);
  data = run != NULL ? gsc_run_get_data (run) : NULL;
  peak = data != NULL ? gsc_run_data_find_record (data, "best", NULL) : -1;
  if (peak < 0)
    return;
  gsc_session_set_record (self->session, peak);
  gsc_comparison_start (self, run, "last");
}

void
gsc_comparison_stop (GscComparison *self)
{
  g_return_if_fail (GSC_IS_COMPARISON (self));

  if (self->other == NULL)
    return;
  drop_other (self);
  emit_changed (self);
}

void
gsc_comparison_set_show (GscComparison *self, GscShow show)
{
  g_return_if_fail (GSC_IS_COMPARISON (self));

  if (show == self->show)
    return;
  self->show = show;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW]);
  emit_changed (self);
}

GscShow
gsc_comparison_get_show (GscComparison *self)
{
  g_return_val_if_fail (GSC_IS_COMPARISON (self), GSC_SHOW_A);

  return self->show;
}

char *
gsc_comparison_describe (GscComparison *self, gboolean other)
{
  GscSession *session;
  const GscFrame *frame;
  const GscRecord *record;
  GscRun *run;

  g_return_val_if_fail (GSC_IS_COMPARISON (self), NULL);

  session = other ? self->other : self->session;
  run = session != NULL ? gsc_session_get_run (session) : NULL;
  if (run == NULL)
    return g_strdup ("");
  frame = gsc_session_get_frame (session);
  record = frame != NULL ? gsc_frame_get_record (frame) : NULL;
  if (record == NULL)
    return g_strdup (gsc_run_get_title (run));
  /* Translators: the title of a run, and a training step of it */
  return g_strdup_printf (_ ("%s, step %'d"), gsc_run_get_title (run), (int) record->step);
}

/* GObject */

static void
gsc_comparison_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscComparison *self = GSC_COMPARISON (object);

  switch (id)
    {
    case PROP_OTHER:
      g_value_set_object (value, self->other);
      break;
    case PROP_SHOW:
      g_value_set_int (value, (int) self->show);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_comparison_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOW)
    gsc_comparison_set_show (GSC_COMPARISON (object), (GscShow) g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gsc_comparison_dispose (GObject *object)
{
  GscComparison *self = GSC_COMPARISON (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      drop_other (self);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (gsc_comparison_parent_class)->dispose (object);
}

static void
gsc_comparison_class_init (GscComparisonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gsc_comparison_get_property;
  object_class->set_property = gsc_comparison_set_property;
  object_class->dispose = gsc_comparison_dispose;

  properties[PROP_OTHER] = g_param_spec_object ("other", NULL, NULL, GSC_TYPE_SESSION, seen);
  properties[PROP_SHOW] = g_param_spec_int ("show", NULL, NULL, GSC_SHOW_A, GSC_SHOW_DIFFERENCE,
                                            GSC_SHOW_BOTH, seen | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_comparison_init (GscComparison *self)
{
  self->show = GSC_SHOW_BOTH;
}

GscComparison *
gsc_comparison_new (GscSession *session)
{
  GscComparison *self = g_object_new (GSC_TYPE_COMPARISON, NULL);

  g_return_val_if_fail (GSC_IS_SESSION (session), NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (on_frame), self);
  return self;
}
