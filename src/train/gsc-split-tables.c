/* gsc-split-tables.c - tasks.csv and inputs.csv
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-split-tables.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "gsc-atomic-file.h"
#include "gsc-csv.h"
#include "gsc-record.h"
#include "gsc-run-error.h"

#define TASK_HEADER "a,b,role,origin,rectangle,sequences_train,sequences_test"
#define INPUT_HEADER "x,y,role"

/* In the order of GscTaskRole and GscTaskOrigin. */
static const char *const task_roles[] = { "pre-training", "ood", NULL };
static const char *const origins[] = { "seed", "rectangle", "filled", "random", "held-out", NULL };
static const char *const input_roles[] = { "test", "train", NULL };

static guint
get_sequences (const GscTaskSplit *tasks, guint i, guint eval_sequences)
{
  guint n_scored = gsc_task_split_n_scored_ood (tasks);

  if (i < tasks->n_id)
    return gsc_evaluation_sequences_of_task (tasks->n_id, eval_sequences, i);
  i -= tasks->n_id;
  return i < n_scored ? gsc_evaluation_sequences_of_task (n_scored, eval_sequences, i) : 0;
}

gboolean
gsc_task_table_save (const char *path,
                     const GscTaskSplit *tasks,
                     guint eval_sequences,
                     GError **error)
{
  g_autoptr (GString) text = g_string_new (TASK_HEADER "\n");

  for (guint i = 0; i < tasks->n_id + tasks->n_ood; i++)
    {
      const GscTask *task = &tasks->tasks[i];
      guint sequences = get_sequences (tasks, i, eval_sequences);

      g_string_append_printf (text, "%d,%d,%s,%s,", task->a, task->b, task_roles[task->role],
                              origins[task->origin]);
      if (task->rectangle >= 0)
        g_string_append_printf (text, "%d", task->rectangle);
      g_string_append_printf (text, ",%u,%u\n", sequences, sequences);
    }
  return gsc_atomic_file_write (path, text->str, text->len, error);
}

gboolean
gsc_input_table_save (const char *path, const GscInputSplit *inputs, GError **error)
{
  g_autoptr (GString) text = g_string_new (INPUT_HEADER "\n");

  for (int x = 0; x < inputs->p; x++)
    for (int y = 0; y < inputs->p; y++)
      g_string_append_printf (text, "%d,%d,%s\n", x, y,
                              input_roles[gsc_input_split_is_train (inputs, x, y) ? 1 : 0]);
  return gsc_atomic_file_write (path, text->str, text->len, error);
}

static void G_GNUC_PRINTF (3, 4) fail (const char *path, GError **error, const char *format, ...)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *fault = NULL;
  va_list arguments;

  va_start (arguments, format);
  fault = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, "%s: %s", name, fault);
}

typedef struct
{
  const GscConfig *config;
  guint n_rows;
  GscTask *tasks;   /* p^2, when reading tasks */
  guint8 *is_train; /* p^2, when reading inputs */
} Reading;

static gboolean
check_room (const Reading *reading, const GscCsvRow *row, GError **error)
{
  int p = reading->config->p;

  if (reading->n_rows < (guint) (p * p))
    return TRUE;
  return gsc_csv_row_fail (row, error, _ ("There are more than the %d lines that p = %d has."),
                           p * p, p);
}

static gboolean
read_task (const GscCsvRow *row, gpointer data, GError **error)
{
  Reading *reading = data;
  int p = reading->config->p;
  guint role, origin;
  gint64 a, b, sequences;
  gint64 rectangle = -1;

  if (!check_room (reading, row, error) || !gsc_csv_row_get_int (row, 0, 0, p - 1, &a, error)
      || !gsc_csv_row_get_int (row, 1, 0, p - 1, &b, error)
      || !gsc_csv_row_get_word (row, 2, task_roles, &role, error)
      || !gsc_csv_row_get_word (row, 3, origins, &origin, error)
      || (row->cells[4][0] != '\0'
          && !gsc_csv_row_get_int (row, 4, 0, p * p / 4, &rectangle, error))
      || !gsc_csv_row_get_int (row, 5, 0, G_MAXINT, &sequences, error)
      || !gsc_csv_row_get_int (row, 6, 0, G_MAXINT, &sequences, error))
    return FALSE;
  reading->tasks[reading->n_rows++] = (GscTask){
    .a = (int) a,
    .b = (int) b,
    .role = (GscTaskRole) role,
    .origin = (GscTaskOrigin) origin,
    .rectangle = (int) rectangle,
  };
  return TRUE;
}

GscTaskSplit *
gsc_task_table_load (const char *path, const GscConfig *config, GError **error)
{
  g_autofree GscTask *tasks = g_new0 (GscTask, config->p * config->p);
  Reading reading = { .config = config, .tasks = tasks };
  g_autoptr (GscTaskSplit) split = NULL;
  g_autoptr (GError) fault = NULL;

  if (!gsc_csv_read (path, TASK_HEADER, GSC_CSV_TORN_IS_ERROR, read_task, &reading, NULL, error))
    return NULL;
  split = gsc_task_split_new_from_tasks (config->p, tasks, reading.n_rows, &fault);
  if (split == NULL)
    {
      fail (path, error, "%s", fault->message);
      return NULL;
    }
  if (split->n_id != (guint) config->tasks)
    {
      fail (path, error, _ ("The file has %u pre-training tasks, but config.json says %d."),
            split->n_id, config->tasks);
      return NULL;
    }
  return g_steal_pointer (&split);
}

static gboolean
read_input (const GscCsvRow *row, gpointer data, GError **error)
{
  Reading *reading = data;
  int p = reading->config->p;
  int cell = (int) reading->n_rows;
  gint64 x, y;
  guint role;

  if (!check_room (reading, row, error) || !gsc_csv_row_get_int (row, 0, 0, p - 1, &x, error)
      || !gsc_csv_row_get_int (row, 1, 0, p - 1, &y, error)
      || !gsc_csv_row_get_word (row, 2, input_roles, &role, error))
    return FALSE;
  if (x != cell / p || y != cell % p)
    return gsc_csv_row_fail (row, error, _ ("The pair (%d, %d) must stand here, not (%d, %d)."),
                             cell / p, cell % p, (int) x, (int) y);
  reading->is_train[reading->n_rows++] = (guint8) role;
  return TRUE;
}

GscInputSplit *
gsc_input_table_load (const char *path, const GscConfig *config, GError **error)
{
  guint n_all = (guint) (config->p * config->p);
  g_autofree guint8 *is_train = g_new0 (guint8, n_all);
  Reading reading = { .config = config, .is_train = is_train };
  g_autoptr (GError) fault = NULL;
  GscInputSplit *split;

  if (!gsc_csv_read (path, INPUT_HEADER, GSC_CSV_TORN_IS_ERROR, read_input, &reading, NULL, error))
    return NULL;
  if (reading.n_rows < n_all)
    {
      fail (path, error, _ ("The file has %u pairs, but there are %u at p = %d."), reading.n_rows,
            n_all, config->p);
      return NULL;
    }
  split = gsc_input_split_new_from_roles (config->p, is_train, &fault);
  if (split == NULL)
    fail (path, error, "%s", fault->message);
  return split;
}
