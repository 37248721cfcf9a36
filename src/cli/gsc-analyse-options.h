/* gsc-analyse-options.h - the command line of `grokscope-cli analyse`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-analyse.h"
#include "gsc-cli.h"

G_BEGIN_DECLS

/* Not given, for options that are whole numbers. */
#define GSC_ANALYSE_NOT_GIVEN G_MININT

/* What concerns only some of the kinds. */
typedef enum
{
  GSC_ANALYSE_TAKES_CONTEXT = 1 << 0, /* --task, --sequence, --context-seed */
  GSC_ANALYSE_TAKES_SHOT = 1 << 1,
  GSC_ANALYSE_TAKES_HEAD = 1 << 2, /* --layer, --head */
  GSC_ANALYSE_TAKES_PART = 1 << 3, /* --part, --as-in-paper */
  GSC_ANALYSE_TAKES_SLOTS = 1 << 4,
  GSC_ANALYSE_TAKES_SET = 1 << 5,  /* --on */
  GSC_ANALYSE_TAKES_MODE = 1 << 6, /* --ablate-mode without --ablate */
} GscAnalyseTakes;

typedef struct
{
  const char *name;
  guint takes; /* GscAnalyseTakes */
  gboolean (*run) (const GscAnalyse *analyse, GError **error);
} GscAnalyseKind;

/* As given; NULL, NOT_GIVEN and FALSE otherwise. */
typedef struct
{
  char *what;
  char *task;
  char *sequence;
  char *context_seed;
  int shot;
  int layer;
  int head;
  char *part;
  char *slots;
  gboolean as_in_paper;
  char *on;
  char *ablate;
  char *ablate_mode;
} GscAnalyseOptions;

#define GSC_ANALYSE_OPTIONS_INIT                                                                   \
  {                                                                                                \
    .shot = GSC_ANALYSE_NOT_GIVEN, .layer = GSC_ANALYSE_NOT_GIVEN, .head = GSC_ANALYSE_NOT_GIVEN,  \
  }

void gsc_analyse_options_clear (GscAnalyseOptions *options);

/* The kind named by --what, or NULL. */
const GscAnalyseKind *gsc_analyse_options_find_kind (const GscAnalyseOptions *options);

/* What can be said before anything is opened: unknown names, options that do not go with the kind.
 * Anything but GSC_CLI_OK: the fault has been reported, for the command @command. */
GscCliStatus gsc_analyse_options_check (const GscAnalyseOptions *options, const char *command);

/* Fills in what the options say about @analyse, whose source and subject are there (the subject
 * without an ablation). The context becomes *tokens (free with g_free()). Reports faults as
 * above. */
GscCliStatus gsc_analyse_options_apply (const GscAnalyseOptions *options,
                                        const char *command,
                                        GscAnalyse *analyse,
                                        gint32 **tokens);

/* The seed that a drawn context has with these options, which have been applied. */
gint64 gsc_analyse_options_get_context_seed (const GscAnalyseOptions *options);

/* The heads of --ablate, in a new GscAblation that starts from @means (nullable: without means), in
 * @mode. *ablation stays NULL without --ablate. Reports faults as above. */
GscCliStatus gsc_analyse_options_get_ablation (const GscAnalyseOptions *options,
                                               const char *command,
                                               const GscModelConfig *model,
                                               const GscAblation *means,
                                               GscAblationMode mode,
                                               GscAblation **ablation);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscAnalyseOptions, gsc_analyse_options_clear)

G_END_DECLS
