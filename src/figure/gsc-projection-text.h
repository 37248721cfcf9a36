/* gsc-projection-text.h - a projection in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-projection.h"

G_BEGIN_DECLS

/* Logarithms of the numbers 1..p-1, as they are shown. */
typedef struct
{
  int root;
  int *log; /* [p]; -1 for 0 */
} GscProjectionLogs;

void gsc_projection_logs_init (GscProjectionLogs *logs, int p);
void gsc_projection_logs_clear (GscProjectionLogs *logs);

/* "x" and "y", the names of the two slots; "n" for the numbers of the embedding. */
char gsc_projection_text_get_slot (const GscProjectionSource *source, guint index);

/* What labels and colours are of: "number", "x". (transfer full) */
char *gsc_projection_text_name_first (const GscProjectionSource *source);

/* "layer 2, head 1, slots x and y of example 16"; @shorter: in fewer words. (transfer full) */
char *gsc_projection_text_describe_source (const GscProjectionSource *source, gboolean shorter);

/* The circle score in a line: all of it (@detail 2), without the second circle (1) or just the
 * number (0). NULL where the points lie in one place. (transfer full) */
char *gsc_projection_text_describe_score (const GscProjection *projection, guint detail);

/* A point in three lines: its values, their logarithms, its coordinates. (transfer full) */
char *gsc_projection_text_describe_point (const GscProjection *projection, guint point);

/* All of it in some sentences. (transfer full) */
char *gsc_projection_text_summarise (const GscProjection *projection);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscProjectionLogs, gsc_projection_logs_clear)

G_END_DECLS
