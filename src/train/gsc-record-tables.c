/* gsc-record-tables.c - the records of a run as three tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-record-tables.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "gsc-csv-table.h"
#include "gsc-number.h"
#include "gsc-run-error.h"

#define METRICS_FILE "metrics.csv"

enum
{
  N_GENERAL = 6,     /* columns of metrics.csv after the step and before the sets */
  N_SET_COLUMNS = 3, /* of each set in metrics.csv */
  SHOT_COLUMNS = 3,  /* columns of per_shot.csv before the shots */
  TASK_COLUMNS = 3,  /* columns of per_task.csv before the tasks */
  N_MEASURES = 2,
  ALL_SHOT_ROWS = (1 << GSC_N_SETS) - 1,
  ALL_TASK_ROWS = (1 << (GSC_N_SETS * N_MEASURES)) - 1,
};

static const char *const measure_names[] = { "accuracy", "last_accuracy", NULL };

struct _GscRecordTables
{
  GscCsvTable *metrics;
  GscCsvTable *per_shot;
  GscCsvTable *per_task;
  guint n_shots;
  guint eval_sequences;
  GscTaskSplit *tasks;
  gint64 last_step; /* of the last record written; -1: none */
};

static char *
make_metrics_header (void)
{
  GString *header
      = g_string_new ("step,train_loss,lr,grad_norm,param_norm,seconds,tokens_per_second");

  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const char *set = gsc_set_get_name (i);

      g_string_append_printf (header, ",%s_loss,%s_accuracy,%s_last_accuracy", set, set, set);
    }
  return g_string_free (header, FALSE);
}

static char *
make_shot_header (guint n_shots)
{
  GString *header = g_string_new ("step,set,sequences");

  for (guint i = 0; i < n_shots; i++)
    g_string_append_printf (header, ",shot_%u", i);
  return g_string_free (header, FALSE);
}

static char *
make_task_header (const GscTaskSplit *tasks)
{
  GString *header = g_string_new ("step,set,measure");

  for (guint i = 0; i < tasks->n_id + tasks->n_ood; i++)
    g_string_append_printf (header, ",%d:%d", tasks->tasks[i].a, tasks->tasks[i].b);
  return g_string_free (header, FALSE);
}

static GscCsvTable *
make_table (const char *folder, const char *name, char *header)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GscCsvTable *table = gsc_csv_table_new (path, header);

  g_free (header);
  return table;
}

GscRecordTables *
gsc_record_tables_new (const char *folder, const GscConfig *config, const GscTaskSplit *tasks)
{
  GscRecordTables *tables = g_new0 (GscRecordTables, 1);

  tables->metrics = make_table (folder, METRICS_FILE, make_metrics_header ());
  tables->per_shot = make_table (folder, "per_shot.csv", make_shot_header ((guint) config->shots));
  tables->per_task = make_table (folder, "per_task.csv", make_task_header (tasks));
  tables->n_shots = (guint) config->shots;
  tables->eval_sequences = (guint) config->eval_sequences;
  tables->tasks = gsc_task_split_ref ((GscTaskSplit *) tasks);
  tables->last_step = -1;
  return tables;
}

void
gsc_record_tables_free (GscRecordTables *tables)
{
  if (tables == NULL)
    return;
  gsc_csv_table_free (tables->metrics);
  gsc_csv_table_free (tables->per_shot);
  gsc_csv_table_free (tables->per_task);
  gsc_task_split_unref (tables->tasks);
  g_free (tables);
}

gboolean
gsc_record_tables_create (GscRecordTables *tables, GError **error)
{
  tables->last_step = -1;
  return gsc_csv_table_create (tables->per_task, error)
         && gsc_csv_table_create (tables->per_shot, error)
         && gsc_csv_table_create (tables->metrics, error);
}

static gboolean
note_step (const GscCsvRow *row, gint64 step, gpointer data, GError **error)
{
  gint64 *last_step = data;

  *last_step = step;
  return TRUE;
}

/* metrics.csv first: from then on readers skip the later steps of the other two. */
static gboolean
cut_tables (GscRecordTables *tables, gint64 step, GError **error)
{
  gint64 last_step = -1;

  if (!gsc_csv_table_cut (tables->metrics, step, error)
      || !gsc_csv_table_read (tables->metrics, note_step, &last_step, error)
      || !gsc_csv_table_cut (tables->per_shot, last_step, error)
      || !gsc_csv_table_cut (tables->per_task, last_step, error))
    return FALSE;
  tables->last_step = last_step;
  return TRUE;
}

gboolean
gsc_record_tables_repair (GscRecordTables *tables, GError **error)
{
  return cut_tables (tables, G_MAXINT64, error);
}

gboolean
gsc_record_tables_rewind (GscRecordTables *tables, gint64 step, GError **error)
{
  return cut_tables (tables, step, error);
}

static void
append_number (GString *rows, double value)
{
  char text[GSC_NUMBER_TEXT_SIZE];

  g_string_append_c (rows, ',');
  g_string_append (rows, gsc_number_format_short (value, text));
}

static GString *
make_metrics_row (const GscRecord *record)
{
  GString *row = g_string_new (NULL);

  g_string_append_printf (row, "%" G_GINT64_FORMAT, record->step);
  append_number (row, record->train_loss);
  append_number (row, record->lr);
  append_number (row, record->grad_norm);
  append_number (row, record->param_norm);
  append_number (row, record->seconds);
  append_number (row, record->tokens_per_second);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      append_number (row, record->sets[i].loss);
      append_number (row, record->sets[i].accuracy);
      append_number (row, record->sets[i].last_accuracy);
    }
  return g_string_append_c (row, '\n');
}

static GString *
make_shot_rows (const GscRecord *record)
{
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const GscSetScore *score = &record->sets[i];

      g_string_append_printf (rows, "%" G_GINT64_FORMAT ",%s,%u", record->step,
                              gsc_set_get_name (i), score->sequences);
      for (guint shot = 0; shot < score->n_shots; shot++)
        append_number (rows, score->shot_accuracy[shot]);
      g_string_append_c (rows, '\n');
    }
  return rows;
}

/* @values: one for each of the @score's tasks, which ascend. */
static void
append_task_cells (GString *rows, const GscSetScore *score, const double *values, guint n_all)
{
  guint next = 0;

  for (guint i = 0; i < n_all; i++)
    if (next < score->n_tasks && score->task[next] == i)
      append_number (rows, values[next++]);
    else
      g_string_append_c (rows, ',');
}

static GString *
make_task_rows (const GscRecordTables *tables, const GscRecord *record)
{
  GString *rows = g_string_new (NULL);
  guint n_all = tables->tasks->n_id + tables->tasks->n_ood;

  for (guint i = 0; i < GSC_N_SETS; i++)
    for (guint measure = 0; measure < N_MEASURES; measure++)
      {
        const GscSetScore *score = &record->sets[i];

        g_string_append_printf (rows, "%" G_GINT64_FORMAT ",%s,%s", record->step,
                                gsc_set_get_name (i), measure_names[measure]);
        append_task_cells (rows, score,
                           measure == 0 ? score->task_accuracy : score->task_last_accuracy, n_all);
        g_string_append_c (rows, '\n');
      }
  return rows;
}

static gboolean
append_rows (GscCsvTable *table, GString *rows, goffset *start, GError **error)
{
  gboolean appended = gsc_csv_table_append (table, rows, start, error);

  g_string_free (rows, TRUE);
  return appended;
}

gboolean
gsc_record_tables_append (GscRecordTables *tables, const GscRecord *record, GError **error)
{
  goffset task_start, shot_start, start;

  for (guint i = 0; i < GSC_N_SETS; i++)
    g_return_val_if_fail (record->sets[i].n_shots == tables->n_shots, FALSE);
  if (record->step <= tables->last_step)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
                   _ ("%s: A record of step %" PRId64 " cannot follow one of step %" PRId64 "."),
                   gsc_csv_table_get_path (tables->metrics), record->step, tables->last_step);
      return FALSE;
    }

  if (!append_rows (tables->per_task, make_task_rows (tables, record), &task_start, error))
    return FALSE;
  if (!append_rows (tables->per_shot, make_shot_rows (record), &shot_start, error))
    {
      gsc_csv_table_undo (tables->per_task, task_start);
      return FALSE;
    }
  if (!append_rows (tables->metrics, make_metrics_row (record), &start, error))
    {
      gsc_csv_table_undo (tables->per_shot, shot_start);
      gsc_csv_table_undo (tables->per_task, task_start);
      return FALSE;
    }
  tables->last_step = record->step;
  return TRUE;
}

/* Records while the tables are read one after another. */
typedef struct
{
  const GscRecordTables *tables;
  GPtrArray *records;
  guint *shot_rows; /* of each record: bit set */
  guint *task_rows; /* of each record: bit N_MEASURES * set + measure */
  guint cursor;     /* first record that later rows can belong to */
  const char *set_names[GSC_N_SETS + 1];
} Reading;

static gboolean
read_metrics_row (const GscCsvRow *row, gint64 step, gpointer data, GError **error)
{
  static const guint no_tasks[GSC_N_SETS] = { 0 };
  Reading *reading = data;
  GscRecord *record = gsc_record_new (reading->tables->n_shots, no_tasks);
  double *general[N_GENERAL]
      = { &record->train_loss, &record->lr,      &record->grad_norm,
          &record->param_norm, &record->seconds, &record->tokens_per_second };
  guint n = reading->records->len;

  g_ptr_array_add (reading->records, record);
  record->step = step;
  if (n > 0 && step == ((GscRecord *) g_ptr_array_index (reading->records, n - 1))->step)
    return gsc_csv_row_fail (row, error,
                             _ ("Step %" PRId64 " comes twice; delete one of its lines."), step);
  for (guint i = 0; i < N_GENERAL; i++)
    if (!gsc_csv_row_get_number (row, 1 + i, general[i], error))
      return FALSE;
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      guint first = 1 + N_GENERAL + N_SET_COLUMNS * i;
      GscSetScore *score = &record->sets[i];

      if (!gsc_csv_row_get_number (row, first, &score->loss, error)
          || !gsc_csv_row_get_number (row, first + 1, &score->accuracy, error)
          || !gsc_csv_row_get_number (row, first + 2, &score->last_accuracy, error))
        return FALSE;
    }
  return TRUE;
}

/* The record of @step, or NULL when metrics.csv has none. Asked for ascending steps only. */
static GscRecord *
find_record (Reading *reading, gint64 step)
{
  for (; reading->cursor < reading->records->len; reading->cursor++)
    {
      GscRecord *record = g_ptr_array_index (reading->records, reading->cursor);

      if (record->step >= step)
        return record->step == step ? record : NULL;
    }
  return NULL;
}

static gboolean
read_shot_row (const GscCsvRow *row, gint64 step, gpointer data, GError **error)
{
  Reading *reading = data;
  GscRecord *record = find_record (reading, step);
  GscSetScore *score;
  gint64 sequences;
  guint set;

  if (record == NULL)
    return TRUE;
  if (!gsc_csv_row_get_word (row, 1, reading->set_names, &set, error)
      || !gsc_csv_row_get_int (row, 2, 0, G_MAXUINT, &sequences, error))
    return FALSE;
  score = &record->sets[set];
  score->sequences = (guint) sequences;
  for (guint i = 0; i < score->n_shots; i++)
    if (!gsc_csv_row_get_number (row, SHOT_COLUMNS + i, &score->shot_accuracy[i], error))
      return FALSE;
  reading->shot_rows[reading->cursor] |= 1u << set;
  return TRUE;
}

/* Sets up the list of tasks from the cells that are filled in. */
static gboolean
read_task_list (
    const Reading *reading, const GscCsvRow *row, guint set, GscSetScore *score, GError **error)
{
  const GscTaskSplit *tasks = reading->tables->tasks;
  gboolean is_id = set == GSC_SET_ID_TRAIN || set == GSC_SET_ID_TEST;
  guint begin = is_id ? 0 : tasks->n_id;
  guint n_scored = is_id ? tasks->n_id : gsc_task_split_n_scored_ood (tasks);
  guint n_all = tasks->n_id + tasks->n_ood;
  guint n = 0;

  for (guint i = 0; i < n_all; i++)
    n += row->cells[TASK_COLUMNS + i][0] != '\0';
  score->n_tasks = n;
  score->task = g_renew (guint, score->task, n);
  score->task_sequences = g_renew (guint, score->task_sequences, n);
  score->task_accuracy = g_renew (double, score->task_accuracy, n);
  score->task_last_accuracy = g_renew (double, score->task_last_accuracy, n);

  n = 0;
  for (guint i = 0; i < n_all; i++)
    {
      if (row->cells[TASK_COLUMNS + i][0] == '\0')
        continue;
      if (i < begin || i - begin >= n_scored)
        return gsc_csv_row_fail (row, error,
                                 _ ("The set %s does not score the task (%d, %d), yet cell %u is "
                                    "filled in."),
                                 gsc_set_get_name (set), tasks->tasks[i].a, tasks->tasks[i].b,
                                 TASK_COLUMNS + i + 1);
      score->task[n] = i;
      score->task_accuracy[n] = 0;
      score->task_last_accuracy[n] = 0;
      score->task_sequences[n++]
          = gsc_evaluation_sequences_of_task (n_scored, reading->tables->eval_sequences, i - begin);
    }
  return TRUE;
}

static gboolean
read_task_row (const GscCsvRow *row, gint64 step, gpointer data, GError **error)
{
  Reading *reading = data;
  GscRecord *record = find_record (reading, step);
  GscSetScore *score;
  guint n_all = reading->tables->tasks->n_id + reading->tables->tasks->n_ood;
  guint set, measure, bit;
  guint next = 0;
  double *values;

  if (record == NULL)
    return TRUE;
  if (!gsc_csv_row_get_word (row, 1, reading->set_names, &set, error)
      || !gsc_csv_row_get_word (row, 2, measure_names, &measure, error))
    return FALSE;
  score = &record->sets[set];
  bit = N_MEASURES * set;
  if ((reading->task_rows[reading->cursor] >> bit & ((1u << N_MEASURES) - 1)) == 0
      && !read_task_list (reading, row, set, score, error))
    return FALSE;

  values = measure == 0 ? score->task_accuracy : score->task_last_accuracy;
  for (guint i = 0; i < n_all; i++)
    {
      gboolean listed = next < score->n_tasks && score->task[next] == i;

      if (listed != (row->cells[TASK_COLUMNS + i][0] != '\0'))
        return gsc_csv_row_fail (
            row, error,
            _ ("The two measures of step %" PRId64 " and set %s are of different tasks."), step,
            gsc_set_get_name (set));
      if (listed && !gsc_csv_row_get_number (row, TASK_COLUMNS + i, &values[next++], error))
        return FALSE;
    }
  reading->task_rows[reading->cursor] |= 1u << (bit + measure);
  return TRUE;
}

GPtrArray *
gsc_record_tables_read (GscRecordTables *tables, GError **error)
{
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
  g_autoptr (GPtrArray) complete
      = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
  g_autofree guint *shot_rows = NULL;
  g_autofree guint *task_rows = NULL;
  Reading reading = { .tables = tables, .records = read };

  for (guint i = 0; i < GSC_N_SETS; i++)
    reading.set_names[i] = gsc_set_get_name (i);
  /* In the other order than they are written, so that a record written meanwhile is not half seen.
   */
  if (!gsc_csv_table_read (tables->metrics, read_metrics_row, &reading, error))
    return NULL;
  reading.shot_rows = shot_rows = g_new0 (guint, read->len);
  reading.task_rows = task_rows = g_new0 (guint, read->len);
  if (!gsc_csv_table_read (tables->per_shot, read_shot_row, &reading, error))
    return NULL;
  reading.cursor = 0;
  if (!gsc_csv_table_read (tables->per_task, read_task_row, &reading, error))
    return NULL;

  for (guint i = 0; i < read->len; i++)
    if (shot_rows[i] == ALL_SHOT_ROWS && task_rows[i] == ALL_TASK_ROWS)
      g_ptr_array_add (complete, g_steal_pointer (&g_ptr_array_index (read, i)));
  return g_steal_pointer (&complete);
}

GPtrArray *
gsc_record_tables_read_metrics (const char *folder, GError **error)
{
  g_autoptr (GscCsvTable) table = make_table (folder, METRICS_FILE, make_metrics_header ());
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
  const GscRecordTables tables = { .n_shots = 0 };
  Reading reading = { .tables = &tables, .records = records };

  if (!gsc_csv_table_read (table, read_metrics_row, &reading, error))
    return NULL;
  return g_steal_pointer (&records);
}

static gboolean
read_score (const GscCsvRow *row, gint64 step, gpointer data, GError **error)
{
  guint column = 1 + N_GENERAL + N_SET_COLUMNS * GSC_SET_OOD_TEST + 2;
  double score;

  if (!gsc_csv_row_get_number (row, column, &score, error))
    return FALSE;
  g_hash_table_insert (data, g_memdup2 (&step, sizeof step), g_memdup2 (&score, sizeof score));
  return TRUE;
}

GHashTable *
gsc_record_tables_read_scores (const char *folder, GError **error)
{
  g_autoptr (GscCsvTable) table = make_table (folder, METRICS_FILE, make_metrics_header ());
  g_autoptr (GHashTable) scores
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  if (!gsc_csv_table_read (table, read_score, scores, error))
    return NULL;
  return g_steal_pointer (&scores);
}
