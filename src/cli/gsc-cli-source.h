/* gsc-cli-source.h - the model and the experiment that RUN_OR_MODEL stands for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-cli-recipe.h"
#include "gsc-input-split.h"
#include "gsc-model.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

/* What the command line says about it. */
typedef struct
{
  char *step; /* "best", "last" or a number; NULL: last */
  int heads;  /* 0: as the file says */
  GscCliRecipe recipe;
} GscCliSourceOptions;

#define GSC_CLI_SOURCE_OPTIONS_INIT                                                                \
  {                                                                                                \
    NULL                                                                                           \
  }

/* --step and --heads, for a GOptionEntry array. @options: an lvalue. */
#define GSC_CLI_SOURCE_ENTRIES(options)                                                            \
  { "step",                                                                                        \
    0,                                                                                             \
    0,                                                                                             \
    G_OPTION_ARG_STRING,                                                                           \
    &(options).step,                                                                               \
    N_ ("Which snapshot of a run: a step, best or last (the default)"),                            \
    N_ ("N|best|last") },                                                                          \
  {                                                                                                \
    "heads", 0, 0, G_OPTION_ARG_INT, &(options).heads,                                             \
        N_ ("Attention heads, for a model file that does not say"), N_ ("N")                       \
  }

void gsc_cli_source_options_clear (GscCliSourceOptions *options);

/* Reports a number of heads that no model has. */
GscCliStatus gsc_cli_source_check_heads (const char *command, int heads);

/* Whether the model file at @path, which could not be loaded, lacks nothing but the number of
 * heads. */
gboolean gsc_cli_source_lacks_heads (const char *path);

typedef struct
{
  GscModel *model;
  gint64 step;                  /* of the weights; -1: unknown */
  GscConfig config;             /* the experiment, the model's shape included */
  gboolean trained_shots_known; /* config.shots is what the model was trained with */
  /* of a run; NULL for a model file */
  GscTaskSplit *tasks;
  GscInputSplit *inputs;
} GscCliSource;

#define GSC_CLI_SOURCE_INIT                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }

void gsc_cli_source_clear (GscCliSource *source);

/* Opens @path for measuring the model: the whole experiment is known afterwards. A run has its own,
 * of which only eval_sequences and shots may be set. For a model file it comes from the preset, or
 * else from the file's metadata, then
 * --config, then --set. Anything but GSC_CLI_OK: the fault has been reported, for the command
 * @command. */
GscCliStatus gsc_cli_source_open_experiment (GscCliSource *source,
                                             const char *command,
                                             const char *path,
                                             const GscCliSourceOptions *options);

/* Opens @path for asking the model: only p counts. Of a model file that does not say it, p is the
 * vocabulary. */
GscCliStatus gsc_cli_source_open_model (GscCliSource *source,
                                        const char *command,
                                        const char *path,
                                        const GscCliSourceOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscCliSourceOptions, gsc_cli_source_options_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscCliSource, gsc_cli_source_clear)

G_END_DECLS
