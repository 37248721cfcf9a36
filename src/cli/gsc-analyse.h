/* gsc-analyse.h - what the kinds of `grokscope-cli analyse` share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each kind is a file gsc-analyse-KIND.c: it makes the analysis and prints it as text for people,
 * as JSON or as CSV. Layers, heads and examples count from 1 in all of them; so do tokens.
 */

#pragma once

#include "gsc-cli-source.h"
#include "gsc-figure-table.h"
#include "gsc-json-writer.h"
#include "gsc-projection.h"
#include "gsc-record.h"
#include "gsc-similarity.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_ANALYSE_TEXT,
  GSC_ANALYSE_JSON,
  GSC_ANALYSE_CSV,
} GscAnalyseForm;

/* What is asked, from the command line and checked against the model. Borrows everything. */
typedef struct
{
  const char *what; /* the kind */
  const GscCliSource *source;
  GscSubject subject;
  GscTeam *team;
  GscWatch watch;
  GscAnalyseForm form;

  int a, b;             /* the task; -1: unknown, as the typed examples fit several or none */
  const gint32 *tokens; /* the context: complete examples */
  guint n_tokens;
  gboolean typed;      /* by --sequence */
  guint shot;          /* complete examples before the one looked at */
  gboolean shot_given; /* by --shot */
  int layer;           /* -1: not given */
  int head;
  GscProjectionPart part;
  GscSlotPair slots;
  GscSlot slot;
  gboolean centred;
  GscSet set;
  gboolean set_given;
  GscAblationMode mode; /* of ablations to come: ZERO or MEAN */
} GscAnalyse;

/* The kinds. FALSE and @error: as the analysis' own function; nothing has been printed. */
gboolean gsc_analyse_ablation (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_attention (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_cosine (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_kshot (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_lens (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_noise (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_pca (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_roles (const GscAnalyse *analyse, GError **error);
gboolean gsc_analyse_spectrum (const GscAnalyse *analyse, GError **error);

/* A GscWatch.progress: a line on standard error while it is a terminal. @data: unused. */
void gsc_analyse_show_progress (double done, gpointer data);

/* Takes that line away; before anything is printed. */
void gsc_analyse_end_progress (void);

/* The experiment, the step and what is ablated, then a blank line: what all texts begin with. */
void gsc_analyse_print_heading (const GscAnalyse *analyse);

/* "Task z = 2 x + 5 y" and "Context: 1 2 3 | ...", of the first tokens: for people. */
void gsc_analyse_print_context (const GscAnalyse *analyse, guint n_tokens);

/* Begins the object that every JSON is, with its members "what", "step", "p" and "ablated". */
void gsc_analyse_begin_json (const GscAnalyse *analyse, GscJsonWriter *json);

/* Ends object and document. */
void gsc_analyse_end_json (GscJsonWriter *json);

/* Members of an object. */
void gsc_analyse_add_int (GscJsonWriter *json, const char *name, gint64 value);
void gsc_analyse_add_number (GscJsonWriter *json, const char *name, double value);
void gsc_analyse_add_string (GscJsonWriter *json, const char *name, const char *value);
void gsc_analyse_add_bytes (GscJsonWriter *json, const char *name, const guint8 *values, guint n);

/* "task": [a, b] (or null) and "context": [tokens]. */
void gsc_analyse_add_context (const GscAnalyse *analyse, GscJsonWriter *json, guint n_tokens);

/* Prints the table as CSV and frees it. */
void gsc_analyse_print_csv (GscFigureTable *table);

/* Whether the command line asks for this head (for all heads where it names none). */
gboolean gsc_analyse_wants_head (const GscAnalyse *analyse, int layer, int head);

G_END_DECLS
