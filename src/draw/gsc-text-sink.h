/* gsc-text-sink.h - text that is kept as text while a page is painted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * cairo turns text into outlines in SVG files. Where a context has a sink, labels are not painted
 * but collected, so that who writes the file can write them as text.
 */

#pragma once

#include <pango/pangocairo.h>

#include "gsc-palette.h"

G_BEGIN_DECLS

/* A piece of text of one font, as it would have been painted. */
typedef struct
{
  char *text;            /* what is visible of it, "…" included */
  cairo_matrix_t matrix; /* from the text's own space, in which its baseline begins at (0, 0), to
                            the page's */
  double width;          /* points in its own space */
  char *family;
  double size; /* points */
  gboolean bold;
  GscColor color;
} GscSinkText;

typedef struct _GscTextSink GscTextSink;

GscTextSink *gsc_text_sink_new (void);
void gsc_text_sink_free (GscTextSink *sink);

/* From now on labels painted on @cr go to @sink, which must outlive it. */
void gsc_text_sink_attach (GscTextSink *sink, cairo_t *cr);

/* The sink of @cr, or NULL. */
GscTextSink *gsc_text_sink_get (cairo_t *cr);

/* Takes the first line of @layout, whose top left corner is at the current point of @cr. */
void gsc_text_sink_add (GscTextSink *sink, cairo_t *cr, PangoLayout *layout, const GscColor *color);

/* What has been collected, in order. Borrowed. */
const GscSinkText *gsc_text_sink_get_texts (const GscTextSink *sink, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTextSink, gsc_text_sink_free)

G_END_DECLS
