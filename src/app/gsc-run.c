/* gsc-run.c - one run as the app knows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run.h"

#include <math.h>

struct _GscRun
{
  GObject parent_instance;

  GscRunState state;
  gint64 step;
  gint64 steps;
  double steps_per_second;
  double seconds_left;
  double loss;
  gboolean has_config;
  GscConfig config;
  guint n_given;   /* how often data were given: a load that began before is stale */
  guint n_loads;   /* begun */
  guint last_load; /* newest that has ended: earlier ones are stale */

  /* Owned References */
  char *path;
  char *title;
  char *message;
  GscRunNotes *notes;
  GscRunData *data;
  GscSnapshot *snapshot;
};

enum
{
  PROP_0,
  PROP_PATH,
  PROP_TITLE,
  PROP_STATE,
  PROP_STEP,
  PROP_STEPS,
  PROP_STEPS_PER_SECOND,
  PROP_SECONDS_LEFT,
  PROP_LOSS,
  PROP_MESSAGE,
  PROP_DATA,
  PROP_SNAPSHOT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_TYPE (GscRun, gsc_run, G_TYPE_OBJECT)

static void
notify (GscRun *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Reading */

const char *
gsc_run_get_path (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->path;
}

const char *
gsc_run_get_title (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->title;
}

GscRunState
gsc_run_get_state (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), GSC_RUN_BROKEN);
  return self->state;
}

gint64
gsc_run_get_step (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), 0);
  return self->step;
}

gint64
gsc_run_get_steps (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), 0);
  return self->steps;
}

double
gsc_run_get_steps_per_second (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), 0);
  return self->steps_per_second;
}

double
gsc_run_get_seconds_left (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), -1);
  return self->seconds_left;
}

double
gsc_run_get_loss (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NAN);
  return self->loss;
}

const char *
gsc_run_get_message (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->message;
}

const GscConfig *
gsc_run_get_config (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->has_config ? &self->config : NULL;
}

const GscRunNotes *
gsc_run_get_notes (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->notes;
}

GscRunData *
gsc_run_get_data (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->data;
}

GscSnapshot *
gsc_run_get_snapshot (GscRun *self)
{
  g_return_val_if_fail (GSC_IS_RUN (self), NULL);
  return self->snapshot;
}

/* Writing */

/* Takes over @data. */
static void
replace_data (GscRun *self, GscRunData *data)
{
  GscRunData *old = self->data;

  self->data = data;
  gsc_run_data_unref (old);
  if (data != old)
    notify (self, PROP_DATA);
}

/* The notes' title, or the folder's name. */
static void
update_title (GscRun *self)
{
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *title = NULL;

  if (self->notes->title != NULL)
    title = g_strdup (self->notes->title);
  else
    title = g_filename_display_name (base);
  if (g_strcmp0 (title, self->title) == 0)
    return;
  g_free (self->title);
  self->title = g_steal_pointer (&title);
  notify (self, PROP_TITLE);
  if (self->data != NULL)
    replace_data (self, gsc_run_data_rename (self->data, self->title)); /* figures bear it */
}

void
gsc_run_set_notes (GscRun *self, const GscRunNotes *notes)
{
  GscRunNotes *copy;

  g_return_if_fail (GSC_IS_RUN (self));

  copy = gsc_run_notes_copy (notes);
  gsc_run_notes_free (self->notes);
  self->notes = copy;
  update_title (self);
}

void
gsc_run_set_config (GscRun *self, const GscConfig *config)
{
  g_return_if_fail (GSC_IS_RUN (self));

  self->config = *config;
  self->has_config = TRUE;
  if (self->steps == config->steps)
    return;
  self->steps = config->steps;
  notify (self, PROP_STEPS);
}

void
gsc_run_set_state (GscRun *self, GscRunState state, const char *message)
{
  g_return_if_fail (GSC_IS_RUN (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (message, self->message) != 0)
    {
      char *copy = g_strdup (message);

      g_free (self->message);
      self->message = copy;
      notify (self, PROP_MESSAGE);
    }
  if (state != self->state)
    {
      self->state = state;
      notify (self, PROP_STATE);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_double (GscRun *self, double *field, double value, guint property)
{
  if (*field == value || (isnan (*field) && isnan (value)))
    return;
  *field = value;
  notify (self, property);
}

void
gsc_run_set_progress (
    GscRun *self, gint64 step, double loss, double steps_per_second, double seconds_left)
{
  g_return_if_fail (GSC_IS_RUN (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (step != self->step)
    {
      self->step = step;
      notify (self, PROP_STEP);
    }
  set_double (self, &self->loss, loss, PROP_LOSS);
  set_double (self, &self->steps_per_second, steps_per_second, PROP_STEPS_PER_SECOND);
  set_double (self, &self->seconds_left, seconds_left, PROP_SECONDS_LEFT);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
give_data (GscRun *self, GscRunData *data)
{
  if (data == NULL || g_str_equal (data->name, self->title))
    replace_data (self, data != NULL ? gsc_run_data_ref (data) : NULL);
  else
    replace_data (self, gsc_run_data_rename (data, self->title));
}

void
gsc_run_set_data (GscRun *self, GscRunData *data)
{
  g_return_if_fail (GSC_IS_RUN (self));

  self->n_given++;
  give_data (self, data);
}

void
gsc_run_set_snapshot (GscRun *self, GscSnapshot *snapshot)
{
  GscSnapshot *old;

  g_return_if_fail (GSC_IS_RUN (self));

  if (snapshot == self->snapshot)
    return;
  old = self->snapshot;
  self->snapshot = snapshot != NULL ? gsc_snapshot_ref (snapshot) : NULL;
  if (old != NULL)
    gsc_snapshot_unref (old);
  notify (self, PROP_SNAPSHOT);
}

/* Loading */

typedef struct
{
  char *path;
  GscRunData *known; /* as read before, or NULL: its splits and references still hold */
  guint n_given;
  guint number;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_free (loading->path);
  gsc_run_data_unref (loading->known);
  g_free (loading);
}

/* The references take by far the longest, and a folder's splits never change. */
static GscRunData *
load_records (const Loading *loading, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (loading->path, FALSE, error);
  g_autoptr (GPtrArray) records = NULL;

  if (folder == NULL)
    return NULL;
  if (loading->known == NULL
      || !gsc_config_equal (gsc_run_folder_get_config (folder), &loading->known->config))
    return gsc_run_data_load (loading->path, error);
  records = gsc_run_folder_read_records (folder, error);
  return records != NULL ? gsc_run_data_replace_records (loading->known, records) : NULL;
}

static void
load_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GscRunData *loaded = load_records (data, &error);

  if (loaded != NULL)
    g_task_return_pointer (task, loaded, (GDestroyNotify) gsc_run_data_unref);
  else
    g_task_return_error (task, error);
}

/* Between the thread and the caller: puts the data in their place. Only the outer task holds the
 * run, so that it is never dropped in the thread. */
static void
on_loaded (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  GscRun *self = g_task_get_source_object (outer);
  const Loading *loading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunData) data = g_task_propagate_pointer (G_TASK (result), &error);
  /* A training that began meanwhile, or a later load, has newer data. */
  gboolean stale = loading->n_given != self->n_given || loading->number < self->last_load;

  if (!stale)
    self->last_load = loading->number;
  if (data == NULL)
    {
      if (!stale && self->state != GSC_RUN_TRAINING)
        gsc_run_set_state (self, GSC_RUN_BROKEN, error->message);
      g_task_return_error (outer, g_steal_pointer (&error));
      return;
    }
  if (!stale)
    {
      gsc_run_set_config (self, &data->config);
      give_data (self, data);
    }
  g_task_return_boolean (outer, TRUE);
}

void
gsc_run_load_async (GscRun *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GTask *outer;
  Loading *loading;

  g_return_if_fail (GSC_IS_RUN (self));

  outer = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (outer, gsc_run_load_async);
  task = g_task_new (NULL, NULL, on_loaded, outer);
  loading = g_new0 (Loading, 1);
  loading->path = g_strdup (self->path);
  loading->known = self->data != NULL ? gsc_run_data_ref (self->data) : NULL;
  loading->n_given = self->n_given;
  loading->number = ++self->n_loads;
  g_task_set_task_data (task, loading, loading_free);
  g_task_run_in_thread (task, load_in_thread);
}

gboolean
gsc_run_load_finish (GscRun *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Class */

GscRun *
gsc_run_new (const char *path)
{
  return g_object_new (GSC_TYPE_RUN, "path", path, NULL);
}

static void
gsc_run_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  GscRun *self = GSC_RUN (object);

  switch (property)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_STEP:
      g_value_set_int64 (value, self->step);
      break;
    case PROP_STEPS:
      g_value_set_int64 (value, self->steps);
      break;
    case PROP_STEPS_PER_SECOND:
      g_value_set_double (value, self->steps_per_second);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_double (value, self->seconds_left);
      break;
    case PROP_LOSS:
      g_value_set_double (value, self->loss);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_DATA:
      g_value_set_pointer (value, self->data);
      break;
    case PROP_SNAPSHOT:
      g_value_set_pointer (value, self->snapshot);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
gsc_run_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  GscRun *self = GSC_RUN (object);

  switch (property)
    {
    case PROP_PATH:
      self->path = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
gsc_run_constructed (GObject *object)
{
  GscRun *self = GSC_RUN (object);

  G_OBJECT_CLASS (gsc_run_parent_class)->constructed (object);
  g_assert (self->path != NULL);
  update_title (self);
}

static void
gsc_run_finalize (GObject *object)
{
  GscRun *self = GSC_RUN (object);

  g_free (self->path);
  g_free (self->title);
  g_free (self->message);
  gsc_run_notes_free (self->notes);
  gsc_run_data_unref (self->data);
  g_clear_pointer (&self->snapshot, gsc_snapshot_unref);

  G_OBJECT_CLASS (gsc_run_parent_class)->finalize (object);
}

static void
gsc_run_class_init (GscRunClass *klass)
{
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = gsc_run_constructed;
  object_class->finalize = gsc_run_finalize;
  object_class->get_property = gsc_run_get_property;
  object_class->set_property = gsc_run_set_property;

  properties[PROP_PATH]
      = g_param_spec_string ("path", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, seen);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, GSC_RUN_WAITING, GSC_RUN_BROKEN,
                                             GSC_RUN_WAITING, seen);
  properties[PROP_STEP] = g_param_spec_int64 ("step", NULL, NULL, 0, G_MAXINT64, 0, seen);
  properties[PROP_STEPS] = g_param_spec_int64 ("steps", NULL, NULL, 0, G_MAXINT64, 0, seen);
  properties[PROP_STEPS_PER_SECOND]
      = g_param_spec_double ("steps-per-second", NULL, NULL, 0, G_MAXDOUBLE, 0, seen);
  properties[PROP_SECONDS_LEFT]
      = g_param_spec_double ("seconds-left", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, -1, seen);
  properties[PROP_LOSS]
      = g_param_spec_double ("loss", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, seen);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, seen);
  properties[PROP_DATA] = g_param_spec_pointer ("data", NULL, NULL, seen);
  properties[PROP_SNAPSHOT] = g_param_spec_pointer ("snapshot", NULL, NULL, seen);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gsc_run_init (GscRun *self)
{
  self->seconds_left = -1;
  self->loss = NAN;
  self->notes = gsc_run_notes_new ();
}
