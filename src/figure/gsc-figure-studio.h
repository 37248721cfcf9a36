/* gsc-figure-studio.h - makes the frames that panels are drawn from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For figures that are made at once, as files are; the app's own panels get theirs piece by piece.
 */

#pragma once

#include "gsc-figure-panel.h"

G_BEGIN_DECLS

/* What there is. Everything is borrowed and must live as long as the studio. */
typedef struct
{
  GscRunData *run;
  int record;                /* shown; -1: none */
  const GscSubject *subject; /* the model with its config, tasks and inputs; NULL: there is none */
  gint64 step;               /* of the model */
  GscCursor cursor;
  const gint32 *tokens; /* the sequence: complete examples */
  guint n_tokens;
  guint n_context; /* the first so many tokens are the context of k-shot grid and similarity */
  GscTeam *team;   /* or NULL: this thread alone */
  const GscWatch *watch; /* or NULL */
} GscFigureMaterial;

/* For one thread. */
typedef struct _GscFigureStudio GscFigureStudio;

GscFigureStudio *gsc_figure_studio_new (const GscFigureMaterial *material);
void gsc_figure_studio_free (GscFigureStudio *studio);

/* The frame with everything that @panel shows; what earlier panels had made is used again. NULL and
 * @error: as the analyses (gsc_probe_new(), gsc_projection_new(), gsc_insight_new()), or
 * G_IO_ERROR_NOT_FOUND where there is no model and the panel needs one. */
GscFrame *
gsc_figure_studio_make (GscFigureStudio *studio, const GscFigurePanel *panel, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFigureStudio, gsc_figure_studio_free)

G_END_DECLS
