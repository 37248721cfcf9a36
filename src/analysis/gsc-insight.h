/* gsc-insight.h - any analysis of a model, asked for by a plain value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the app and the command line can ask about a model beside a probe and a projection, in one
 * shape: a request that can be compared, and a result that can be shared and kept.
 */

#pragma once

#include "gsc-ablation-table.h"
#include "gsc-head-maps.h"
#include "gsc-kshot.h"
#include "gsc-lens.h"
#include "gsc-noise.h"
#include "gsc-scores.h"
#include "gsc-similarity.h"
#include "gsc-spectrum.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_INSIGHT_HEAD_MAPS,  /* GscHeadMaps: attention as the mean of a batch, roles of heads */
  GSC_INSIGHT_KSHOT,      /* GscKshot: all p^2 queries of one task (fig. 5) */
  GSC_INSIGHT_SIMILARITY, /* GscSimilarity: cosine similarity of outputs (fig. 7, 8) */
  GSC_INSIGHT_NOISE,      /* GscNoise: wrong labels in the context (appendix) */
  GSC_INSIGHT_LENS,       /* GscLens: what each layer would answer */
  GSC_INSIGHT_SPECTRUM,   /* GscSpectrum: characters in the embedding */
  GSC_INSIGHT_ABLATION,   /* GscAblationTable: the accuracies without each head */
  GSC_INSIGHT_SCORES,     /* GscRecord: the four sets' scores, measured anew */
  GSC_N_INSIGHTS,
} GscInsightKind;

/* What is asked. A plain value, the tokens borrowed; each kind looks only at what concerns it. */
typedef struct
{
  GscInsightKind kind;
  GscSet set;           /* head maps, noise */
  int a, b;             /* k-shot, similarity: the task */
  const gint32 *tokens; /* k-shot, similarity: the context, complete examples */
  guint n_tokens;
  guint shot; /* similarity */
  GscSlot slot;
  GscAblationMode mode; /* ablation: ZERO or MEAN */
  gint64 step;          /* scores: what their record says; makes no difference to what is asked */
} GscInsightRequest;

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  GscInsightKind kind;
  union
  {
    GscHeadMaps *head_maps;
    GscKshot *kshot;
    GscSimilarity *similarity;
    GscNoise *noise;
    GscLens *lens;
    GscSpectrum *spectrum;
    GscAblationTable *ablation;
    GscRecord *scores;
  };
} GscInsight;

/* Whether both ask the same, so that they have the same answer of the same subject. */
gboolean gsc_insight_request_equal (const GscInsightRequest *a, const GscInsightRequest *b);

/* Makes what is asked of @subject, whose config, tasks and inputs must be there. @team (nullable:
 * this thread alone) shares out the work; @watch (nullable) follows and stops it. NULL and @error:
 * as the analyses' own functions. */
GscInsight *gsc_insight_new (const GscInsightRequest *request,
                             const GscSubject *subject,
                             GscTeam *team,
                             const GscWatch *watch,
                             GError **error);

GscInsight *gsc_insight_ref (GscInsight *insight);
void gsc_insight_unref (GscInsight *insight);

/* The memory it takes, in bytes, roughly. */
gsize gsc_insight_get_size (const GscInsight *insight);

/* "k-shot", "similarity" ...: stable names. Static. */
const char *gsc_insight_kind_get_name (GscInsightKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscInsight, gsc_insight_unref)

G_END_DECLS
