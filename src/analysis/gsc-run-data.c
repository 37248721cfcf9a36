/* gsc-run-data.c - a run's recipe, splits, records and references
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-data.h"

#include <glib/gi18n.h>

#include "gsc-number.h"
#include "gsc-reference.h"
#include "gsc-run-notes.h"

/* For memorising Bayes: a standard error of at most 0.8 %, below a line's width in any figure. */
#define N_DRAWS 4000

static GPtrArray *
share_records (GPtrArray *records)
{
  GPtrArray *shared = g_ptr_array_new_full (records->len + 1, (GDestroyNotify) gsc_record_unref);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (shared, gsc_record_ref (g_ptr_array_index (records, i)));
  return shared;
}

static void
compute_references (GscRunData *data, GscInputs inputs)
{
  GscReferenceCurves *curves = &data->references[inputs];
  const GscTaskSplit *tasks = data->tasks;
  gboolean test = inputs == GSC_INPUTS_TEST;
  const guint16 *pairs = test ? data->inputs->test : data->inputs->train;
  guint n_pairs = test ? data->inputs->n_test : data->inputs->n_train;
  guint shots = (guint) data->config.shots;
  guint64 seed = (guint64) data->config.seed;
  int p = data->config.p;

  curves->bayes = g_new0 (double, shots);
  curves->ratio = g_new0 (double, shots);
  curves->memorising_id = g_new0 (double, shots);
  curves->memorising_ood = g_new0 (double, shots);
  gsc_reference_bayes_curve (p, pairs, n_pairs, shots, curves->bayes);
  gsc_reference_ratio_curve (p, pairs, n_pairs, shots, NULL, curves->ratio);
  gsc_reference_memorising_curve (p, tasks->tasks, tasks->n_id, tasks->tasks, tasks->n_id, pairs,
                                  n_pairs, shots, seed, N_DRAWS, curves->memorising_id, NULL);
  gsc_reference_memorising_curve (p, tasks->tasks, tasks->n_id, tasks->tasks + tasks->n_id,
                                  tasks->n_ood, pairs, n_pairs, shots, seed, N_DRAWS,
                                  curves->memorising_ood, NULL);
}

static void
references_clear (gpointer references)
{
  GscReferenceCurves *curves = references;

  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      g_free (curves[i].bayes);
      g_free (curves[i].ratio);
      g_free (curves[i].memorising_id);
      g_free (curves[i].memorising_ood);
    }
}

/* Everything but the references. */
static GscRunData *
data_new (const char *name,
          const GscConfig *config,
          GscTaskSplit *tasks,
          GscInputSplit *inputs,
          GPtrArray *records)
{
  GscRunData *data = g_new0 (GscRunData, 1);

  g_atomic_ref_count_init (&data->ref_count);
  data->name = g_strdup (name);
  data->config = *config;
  data->tasks = gsc_task_split_ref (tasks);
  data->inputs = gsc_input_split_ref (inputs);
  data->records = share_records (records);
  data->stop = gsc_stop_rule_default ();
  return data;
}

GscRunData *
gsc_run_data_new (const char *name,
                  const GscConfig *config,
                  GscTaskSplit *tasks,
                  GscInputSplit *inputs,
                  GPtrArray *records)
{
  GscRunData *data = data_new (name, config, tasks, inputs, records);

  data->references = g_atomic_rc_box_alloc0 (GSC_N_INPUTS * sizeof (GscReferenceCurves));
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    compute_references (data, i);
  return data;
}

GscRunData *
gsc_run_data_new_from_file (const char *name,
                            const GscConfig *config,
                            GscTaskSplit *tasks,
                            GscInputSplit *inputs)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GscRunData *data = gsc_run_data_new (name, config, tasks, inputs, none);

  data->from_file = TRUE;
  return data;
}

static GscRunData *
derive (const GscRunData *data, const char *name, GPtrArray *records)
{
  GscRunData *derived = data_new (name, &data->config, data->tasks, data->inputs, records);

  derived->from_file = data->from_file;
  derived->stop = data->stop;
  derived->references = g_atomic_rc_box_acquire (data->references);
  return derived;
}

GscRunData *
gsc_run_data_append (const GscRunData *data, GscRecord *record)
{
  GscRunData *longer = derive (data, data->name, data->records);

  g_ptr_array_add (longer->records, gsc_record_ref (record));
  return longer;
}

GscRunData *
gsc_run_data_rename (const GscRunData *data, const char *name)
{
  return derive (data, name, data->records);
}

GscRunData *
gsc_run_data_replace_records (const GscRunData *data, GPtrArray *records)
{
  return derive (data, data->name, records);
}

GscRunData *
gsc_run_data_replace_stop (const GscRunData *data, const GscStopRule *stop)
{
  GscRunData *derived = derive (data, data->name, data->records);

  derived->stop = *stop;
  return derived;
}

GscRunData *
gsc_run_data_load (const char *path, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, error);
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GscRunNotes) notes = NULL;
  GscRunData *data;
  g_autofree char *absolute = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (folder == NULL)
    return NULL;
  tasks = gsc_run_folder_read_tasks (folder, error);
  if (tasks == NULL)
    return NULL;
  inputs = gsc_run_folder_read_inputs (folder, error);
  if (inputs == NULL)
    return NULL;
  records = gsc_run_folder_read_records (folder, error);
  if (records == NULL)
    return NULL;
  absolute = g_canonicalize_filename (path, NULL);
  base = g_path_get_basename (absolute);
  name = g_filename_display_name (base);
  data = gsc_run_data_new (name, gsc_run_folder_get_config (folder), tasks, inputs, records);
  /* Notes that cannot be read are no reason not to show the run. */
  notes = gsc_run_notes_load (path, NULL);
  if (notes != NULL)
    data->stop = notes->stop;
  return data;
}

GscRunData *
gsc_run_data_ref (GscRunData *data)
{
  g_atomic_ref_count_inc (&data->ref_count);
  return data;
}

void
gsc_run_data_unref (GscRunData *data)
{
  if (data == NULL || !g_atomic_ref_count_dec (&data->ref_count))
    return;
  g_atomic_rc_box_release_full (data->references, references_clear);
  g_ptr_array_unref (data->records);
  gsc_task_split_unref (data->tasks);
  gsc_input_split_unref (data->inputs);
  g_free (data->name);
  g_free (data);
}

const GscRecord *
gsc_run_data_get_record (const GscRunData *data, int index)
{
  return index >= 0 && (guint) index < data->records->len ? g_ptr_array_index (data->records, index)
                                                          : NULL;
}

GscSet
gsc_run_data_get_set (gboolean ood, GscInputs inputs)
{
  if (ood)
    return inputs == GSC_INPUTS_TRAIN ? GSC_SET_OOD_TRAIN : GSC_SET_OOD_TEST;
  return inputs == GSC_INPUTS_TRAIN ? GSC_SET_ID_TRAIN : GSC_SET_ID_TEST;
}

static int
find_best (const GscRunData *data)
{
  double best = -1;
  int index = (int) data->records->len - 1; /* where nothing is a number */

  for (guint i = 0; i < data->records->len; i++)
    {
      double accuracy
          = gsc_run_data_get_record (data, (int) i)->sets[GSC_SET_OOD_TEST].last_accuracy;

      if (accuracy > best)
        {
          best = accuracy;
          index = (int) i;
        }
    }
  return index;
}

/* The record whose step is closest. */
static int
find_nearest (const GscRunData *data, gint64 step)
{
  int nearest = 0;

  for (guint i = 1; i < data->records->len; i++)
    if (ABS (gsc_run_data_get_record (data, (int) i)->step - step)
        < ABS (gsc_run_data_get_record (data, nearest)->step - step))
      nearest = (int) i;
  return nearest;
}

int
gsc_run_data_find_record (const GscRunData *data, const char *which, GError **error)
{
  gint64 step;
  int nearest;

  if (data->records->len == 0)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT,
                   _ ("The run %s has no records yet; train it first."), data->name);
      return -1;
    }
  if (g_str_equal (which, "last"))
    return (int) data->records->len - 1;
  if (g_str_equal (which, "best"))
    return find_best (data);
  if (!gsc_number_parse_int (which, &step) || step < 0 || step > G_MAXINT64 / 2)
    {
      g_autofree char *shown = g_utf8_make_valid (which, -1);

      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT,
                   _ ("“%s” names no record; ask for best, last or the number of a step."), shown);
      return -1;
    }
  nearest = find_nearest (data, step);
  if (gsc_run_data_get_record (data, nearest)->step == step)
    return nearest;
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT,
               _ ("The run %s has no record of step %.0f; the nearest is that of step %.0f."),
               data->name, (double) step, (double) gsc_run_data_get_record (data, nearest)->step);
  return -1;
}
