/* gsc-painter.h - the thread that paints the panels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures take milliseconds to lay out and paint: too long for the main loop, which has to stay
 * fluid while a training uses every core. One thread paints for the whole app; each client has one
 * slot for what it wants next, and what it wants later replaces what it wanted before.
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-figure.h"

G_BEGIN_DECLS

#define GSC_TYPE_PAINTER (gsc_painter_get_type ())

/* For the main thread. Its last reference ends the thread. */
G_DECLARE_FINAL_TYPE (GscPainter, gsc_painter, GSC, PAINTER, GObject)

/* What is to be painted. A plain value; the frame is borrowed. */
typedef struct
{
  GscFrame *frame;
  GscFigure figure;
  GscFigureOptions options;
  GscPaletteKind palette;
  double text_size; /* logical pixels */
  int width;        /* logical pixels, 1 to GSC_PAINTER_MAX_SIZE */
  int height;
  int scale; /* device pixels in a logical one */
} GscPainterJob;

/* Device pixels a side. */
#define GSC_PAINTER_MAX_SIZE 16384

/* How soon a job has to be done. */
typedef enum
{
  GSC_PAINTER_AT_ONCE, /* a user waits for it */
  GSC_PAINTER_PACED,   /* a training goes on: as often as painting's share of the time allows */
} GscPainterPace;

/* Paced jobs of one client come at most this often, in milliseconds ... */
#define GSC_PAINTER_INTERVAL 120
/* ... and all of them together take at most this share of one processor. */
#define GSC_PAINTER_SHARE 0.025

/* What has been painted, in the main thread: a picture of @job's size, and the page (transfer full;
 * its coordinates are logical pixels) for picks. @job->frame lives as long as @page. @texture is
 * NULL where there is no memory for it. */
typedef void (*GscPainterFunc) (const GscPainterJob *job,
                                GdkTexture *texture,
                                GscFigurePage *page,
                                gpointer data);

typedef struct _GscPainterClient GscPainterClient;

GscPainter *gsc_painter_new (void);

/* The one that all views share: made when first wanted, gone with its last reference.
 * (transfer full) */
GscPainter *gsc_painter_get_default (void);

/* @func is called with what the client asked for, until it is removed. */
GscPainterClient *gsc_painter_add_client (GscPainter *painter, GscPainterFunc func, gpointer data);
void gsc_painter_remove_client (GscPainter *painter, GscPainterClient *client);

/* Puts @job (copied) into the client's slot in place of what is still waiting there. */
void gsc_painter_request (GscPainter *painter,
                          GscPainterClient *client,
                          const GscPainterJob *job,
                          GscPainterPace pace);

/* Empties the client's slot; what is being painted for it is thrown away. */
void gsc_painter_cancel (GscPainter *painter, GscPainterClient *client);

/* Whether anything is waiting, being painted, or not handed out yet. */
gboolean gsc_painter_is_busy (GscPainter *painter);

/* Waits until all that was asked for is painted, whatever its pace, and hands it out: for pictures
 * of the window, and tests. */
void gsc_painter_flush (GscPainter *painter);

/* Paints a job here and now, as the thread does; any thread. (transfer full), and the page in
 * @page (nullable, transfer full). NULL where there is no memory. */
GdkTexture *gsc_painter_paint (const GscPainterJob *job, GscFigurePage **page);

/* The pixels of a picture that a painter made, as a cairo surface that must not be changed.
 * Borrowed. Where the processor draws the window this is far quicker to show than the texture,
 * which GTK 4.8 converts pixel by pixel each time. */
cairo_surface_t *gsc_painter_get_surface (GdkTexture *picture);

G_END_DECLS
