/* gsc-cli-info.c - grokscope-cli info
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-checkpoint.h"
#include "gsc-cli-recipe.h"
#include "gsc-cli-scores.h"
#include "gsc-cli-source.h"
#include "gsc-cli.h"
#include "gsc-json-writer.h"
#include "gsc-run-folder.h"
#include "gsc-state-dict.h"
#include "gsc-text-table.h"

/* Files */

/* What a file of tensors holds. */
typedef struct
{
  const char *path;
  GscStateDict *dict;
  GList *names;
  GscModel *model; /* NULL: no model, or one whose number of heads nobody says */
  gboolean lacks_heads;
} File;

static void
file_clear (File *file)
{
  g_list_free (file->names);
  gsc_state_dict_free (file->dict);
  gsc_model_free (file->model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, file_clear)

static GscCliStatus
file_open (File *file, const char *path)
{
  g_autoptr (GError) error = NULL;

  file->path = path;
  file->dict = gsc_state_dict_open (path, &error);
  if (file->dict == NULL)
    return gsc_cli_fail (error);
  file->names = gsc_state_dict_list_names (file->dict);
  file->model = gsc_checkpoint_load (path, 0, NULL, NULL);
  if (file->model == NULL)
    {
      /* One head is possible for every width. */
      file->model = gsc_checkpoint_load (path, 1, NULL, NULL);
      file->lacks_heads = file->model != NULL;
    }
  return GSC_CLI_OK;
}

static guint64
count_elements (const File *file)
{
  guint64 n = 0;

  for (GList *link = file->names; link != NULL; link = link->next)
    n += gsc_state_dict_find (file->dict, link->data)->n_elements;
  return n;
}

static char *
describe_shape (const GscTensorInfo *info)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < info->n_dims; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", info->dims[i]);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/* Metadata in alphabetical order. (transfer container) */
static GList *
sorted_keys (GHashTable *metadata)
{
  return g_list_sort (g_hash_table_get_keys (metadata), (GCompareFunc) strcmp);
}

static void
write_model_shape (GscJsonWriter *json, const File *file)
{
  const GscModelConfig *model = gsc_model_get_config (file->model);

  gsc_json_writer_begin_object (json);
  gsc_json_writer_name (json, "vocab");
  gsc_json_writer_int (json, model->vocab);
  gsc_json_writer_name (json, "width");
  gsc_json_writer_int (json, model->width);
  gsc_json_writer_name (json, "heads");
  if (file->lacks_heads)
    gsc_json_writer_null (json);
  else
    gsc_json_writer_int (json, model->heads);
  gsc_json_writer_name (json, "depth");
  gsc_json_writer_int (json, model->depth);
  gsc_json_writer_name (json, "activation");
  gsc_json_writer_string (json, model->activation == GSC_ACTIVATION_GELU ? "gelu" : "relu");
  gsc_json_writer_name (json, "tied");
  gsc_json_writer_boolean (json, model->tied);
  gsc_json_writer_name (json, "parameters");
  gsc_json_writer_int (json, (gint64) gsc_model_get_layout (file->model)->n_params);
  gsc_json_writer_end_object (json);
}

static void
print_file_json (const File *file)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  GHashTable *metadata = gsc_state_dict_get_metadata (file->dict);
  g_autoptr (GList) keys = sorted_keys (metadata);
  g_autofree char *name = g_filename_display_name (file->path);

  gsc_json_writer_begin_object (&json);
  gsc_json_writer_name (&json, "kind");
  gsc_json_writer_string (&json, file->model != NULL ? "model" : "tensors");
  gsc_json_writer_name (&json, "path");
  gsc_json_writer_string (&json, name);
  gsc_json_writer_name (&json, "model");
  if (file->model != NULL)
    write_model_shape (&json, file);
  else
    gsc_json_writer_null (&json);
  gsc_json_writer_name (&json, "metadata");
  gsc_json_writer_begin_object (&json);
  for (GList *link = keys; link != NULL; link = link->next)
    {
      gsc_json_writer_name (&json, link->data);
      gsc_json_writer_string (&json, g_hash_table_lookup (metadata, link->data));
    }
  gsc_json_writer_end_object (&json);
  gsc_json_writer_name (&json, "tensors");
  gsc_json_writer_begin_array (&json);
  for (GList *link = file->names; link != NULL; link = link->next)
    {
      const GscTensorInfo *info = gsc_state_dict_find (file->dict, link->data);

      gsc_json_writer_begin_object (&json);
      gsc_json_writer_name (&json, "name");
      gsc_json_writer_string (&json, link->data);
      gsc_json_writer_name (&json, "dtype");
      gsc_json_writer_string (&json, gsc_dtype_get_name (info->dtype));
      gsc_json_writer_name (&json, "shape");
      gsc_json_writer_begin_array (&json);
      for (guint i = 0; i < info->n_dims; i++)
        gsc_json_writer_int (&json, info->dims[i]);
      gsc_json_writer_end_array (&json);
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_json_writer_end_object (&json);
  gsc_json_writer_finish (&json);
}

static void
print_model_text (const File *file)
{
  const GscModelConfig *model = gsc_model_get_config (file->model);
  g_autofree char *heads = g_strdup_printf ("%d", model->heads);

  gsc_cli_print (_ ("A model: %d tokens, width %d, %s heads, depth %d, %s, %s\n"), model->vocab,
                 model->width, file->lacks_heads ? _ ("an unknown number of") : heads, model->depth,
                 model->activation == GSC_ACTIVATION_GELU ? "gelu" : "relu",
                 model->tied ? _ ("output tied to the embedding") : _ ("output of its own"));
  gsc_cli_print (_ ("%.0f parameters\n"), (double) gsc_model_get_layout (file->model)->n_params);
}

static void
print_file_text (const File *file)
{
  g_autoptr (GscTextTable) described = gsc_text_table_new ("ll");
  g_autoptr (GscTextTable) tensors = gsc_text_table_new ("lll");
  GHashTable *metadata = gsc_state_dict_get_metadata (file->dict);
  g_autoptr (GList) keys = sorted_keys (metadata);

  if (file->model != NULL)
    print_model_text (file);
  else
    gsc_cli_print (_ ("Tensors, but not a model of this kind (%.0f numbers)\n"),
                   (double) count_elements (file));

  if (keys != NULL)
    gsc_cli_print (_ ("\nMetadata:\n"));
  for (GList *link = keys; link != NULL; link = link->next)
    {
      g_autofree char *value = g_strdup (g_hash_table_lookup (metadata, link->data));

      g_strdelimit (value, "\n\t\r", ' ');
      gsc_text_table_add (described, "%s", (const char *) link->data);
      gsc_text_table_add (described, "%s", value);
    }
  gsc_text_table_print (described, 2);

  gsc_cli_print (_ ("\nTensors:\n"));
  for (GList *link = file->names; link != NULL; link = link->next)
    {
      const GscTensorInfo *info = gsc_state_dict_find (file->dict, link->data);
      g_autofree char *shape = describe_shape (info);

      gsc_text_table_add (tensors, "%s", (const char *) link->data);
      gsc_text_table_add (tensors, "%s", gsc_dtype_get_name (info->dtype));
      gsc_text_table_add (tensors, "%s", shape);
    }
  gsc_text_table_print (tensors, 2);
}

/* Runs */

typedef struct
{
  GscRunFolder *folder;
  GPtrArray *records;    /* GscRecord */
  GPtrArray *snapshots;  /* GscSnapshotInfo */
  const GscRecord *last; /* NULL without records */
  const GscRecord *best;
  goffset bytes; /* of all snapshots */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->records, g_ptr_array_unref);
  g_clear_pointer (&run->snapshots, g_ptr_array_unref);
  gsc_run_folder_free (run->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static GscCliStatus
run_open (Run *run, const char *path)
{
  g_autoptr (GError) error = NULL;

  run->folder = gsc_run_folder_open (path, FALSE, &error);
  if (run->folder != NULL)
    run->records = gsc_run_folder_read_records (run->folder, &error);
  if (run->records != NULL)
    run->snapshots = gsc_run_folder_list_snapshots (run->folder, &error);
  if (run->snapshots == NULL)
    return gsc_cli_fail (error);

  if (run->records->len > 0)
    run->last = g_ptr_array_index (run->records, run->records->len - 1);
  run->best = gsc_cli_scores_find_best (run->records);
  for (guint i = 0; i < run->snapshots->len; i++)
    run->bytes += ((const GscSnapshotInfo *) g_ptr_array_index (run->snapshots, i))->size;
  return GSC_CLI_OK;
}

static void
write_record (GscJsonWriter *json, const GscRecord *record)
{
  if (record == NULL)
    {
      gsc_json_writer_null (json);
      return;
    }
  gsc_json_writer_begin_object (json);
  gsc_json_writer_name (json, "step");
  gsc_json_writer_int (json, record->step);
  gsc_json_writer_name (json, "train_loss");
  gsc_json_writer_number (json, record->train_loss);
  gsc_json_writer_name (json, "seconds");
  gsc_json_writer_number (json, record->seconds);
  gsc_json_writer_name (json, "last_accuracy");
  gsc_json_writer_begin_object (json);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      gsc_json_writer_name (json, gsc_set_get_name (i));
      gsc_json_writer_number (json, record->sets[i].last_accuracy);
    }
  gsc_json_writer_end_object (json);
  gsc_json_writer_end_object (json);
}

static void
print_run_json (const Run *run, const char *path)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  const GscConfig *config = gsc_run_folder_get_config (run->folder);
  g_autofree char *recipe = g_strchomp (gsc_config_to_text (config));
  g_autofree char *name = g_filename_display_name (path);

  gsc_json_writer_begin_object (&json);
  gsc_json_writer_name (&json, "kind");
  gsc_json_writer_string (&json, "run");
  gsc_json_writer_name (&json, "path");
  gsc_json_writer_string (&json, name);
  gsc_json_writer_name (&json, "config");
  gsc_json_writer_raw (&json, recipe);
  gsc_json_writer_name (&json, "records");
  gsc_json_writer_int (&json, run->records->len);
  gsc_json_writer_name (&json, "last");
  write_record (&json, run->last);
  gsc_json_writer_name (&json, "best");
  write_record (&json, run->best);
  gsc_json_writer_name (&json, "snapshots");
  gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < run->snapshots->len; i++)
    {
      const GscSnapshotInfo *info = g_ptr_array_index (run->snapshots, i);

      gsc_json_writer_begin_object (&json);
      gsc_json_writer_name (&json, "step");
      gsc_json_writer_int (&json, info->step);
      gsc_json_writer_name (&json, "bytes");
      gsc_json_writer_int (&json, info->size);
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_json_writer_end_object (&json);
  gsc_json_writer_finish (&json);
}

static void
print_run_text (const Run *run)
{
  const GscConfig *config = gsc_run_folder_get_config (run->folder);
  g_autofree char *recipe = gsc_cli_recipe_describe (config);
  g_autofree char *bytes = gsc_cli_format_bytes (run->bytes);
  g_autoptr (GString) steps = g_string_new (NULL);

  gsc_cli_print (_ ("A run:\n%s\n"), recipe);
  if (run->last == NULL)
    gsc_cli_print (_ ("\nNo record yet.\n"));
  else
    {
      g_autofree char *duration = gsc_cli_format_duration (run->last->seconds);

      gsc_cli_print (_ ("\nRecorded up to step %.0f of %.0f (%u records), %s of training.\n\n"),
                     (double) run->last->step, (double) config->steps, run->records->len, duration);
      gsc_cli_scores_print (run->records);
    }

  for (guint i = 0; i < run->snapshots->len; i++)
    g_string_append_printf (
        steps, "%s%" G_GINT64_FORMAT, i == 0 ? "" : " ",
        ((const GscSnapshotInfo *) g_ptr_array_index (run->snapshots, i))->step);
  gsc_cli_print (_ ("\n%u snapshots, %s, of the steps:\n%s\n"), run->snapshots->len, bytes,
                 steps->str);
}

static GscCliStatus
describe_run (const char *path, gboolean json)
{
  g_auto (Run) run = { NULL };
  GscCliStatus status = run_open (&run, path);

  if (status != GSC_CLI_OK)
    return status;
  if (json)
    print_run_json (&run, path);
  else
    print_run_text (&run);
  return GSC_CLI_OK;
}

static GscCliStatus
describe_file (const char *path, gboolean json)
{
  g_auto (File) file = { NULL };
  GscCliStatus status = file_open (&file, path);

  if (status != GSC_CLI_OK)
    return status;
  if (json)
    print_file_json (&file);
  else
    print_file_text (&file);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_info (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("FILE_OR_RUN"),
    .summary = N_ ("Says what a run folder, a .safetensors file or a PyTorch .pth file holds."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (g_file_test (arguments[0], G_FILE_TEST_IS_DIR))
    return describe_run (arguments[0], json);
  return describe_file (arguments[0], json);
}
