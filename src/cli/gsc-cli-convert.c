/* gsc-cli-convert.c - grokscope-cli convert
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <sys/stat.h>

#include "gsc-checkpoint.h"
#include "gsc-cli-source.h"
#include "gsc-cli.h"

#define SUFFIX ".safetensors"

/* Whether both are the same file, under whatever names. */
static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat first, second;

  return stat (a, &first) == 0 && stat (b, &second) == 0 && first.st_dev == second.st_dev
         && first.st_ino == second.st_ino;
}

static GscCliStatus
check_target (const char *command, const char *in, const char *out, gboolean force)
{
  g_autofree char *name = g_filename_display_name (out);

  if (!g_str_has_suffix (out, SUFFIX))
    return gsc_cli_misused (command, _ ("%s: The new file's name must end in “%s”."), name, SUFFIX);
  if (is_same_file (in, out))
    {
      gsc_cli_say (_ ("%s: A model cannot be converted into itself."), name);
      return GSC_CLI_FAILED;
    }
  if (!force && g_file_test (out, G_FILE_TEST_EXISTS))
    {
      gsc_cli_say (_ ("%s: The file exists; --force replaces it."), name);
      return GSC_CLI_FAILED;
    }
  return GSC_CLI_OK;
}

static GscCliStatus
convert (const char *in, const char *out, int heads)
{
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GscModel) model = gsc_checkpoint_load (in, heads, &metadata, &error);
  g_autofree char *name = g_filename_display_name (out);
  const GscModelConfig *config;

  if (model == NULL)
    {
      gsc_cli_fail (error);
      if (heads == 0 && gsc_cli_source_lacks_heads (in))
        g_printerr (_ ("Say it with --heads N; the paper's models have 4.\n"));
      return GSC_CLI_FAILED;
    }
  if (!gsc_checkpoint_save (model, metadata, out, &error))
    return gsc_cli_fail (error);
  config = gsc_model_get_config (model);
  gsc_cli_print (_ ("%s: %d tokens, width %d, %d heads, depth %d\n"), name, config->vocab,
                 config->width, config->heads, config->depth);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_convert (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  gboolean force = FALSE;
  int heads = 0;
  const GOptionEntry entries[] = {
    { "heads", 0, 0, G_OPTION_ARG_INT, &heads,
      N_ ("Attention heads, for a model file that does not say"), N_ ("N") },
    { "force", 'f', 0, G_OPTION_ARG_NONE, &force, N_ ("Replace OUT.safetensors if it exists"),
      NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("IN OUT.safetensors"),
    .summary
    = N_ ("Writes the model IN (.safetensors or PyTorch .pth) as float32 .safetensors under the "
          "authors'\ntensor names, with its shape in the metadata. No code in a .pth file is "
          "ever run."),
    .entries = entries,
    .min_arguments = 2,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  status = gsc_cli_source_check_heads (argv[0], heads);
  if (status == GSC_CLI_OK)
    status = check_target (argv[0], arguments[0], arguments[1], force);
  return status == GSC_CLI_OK ? convert (arguments[0], arguments[1], heads) : status;
}
