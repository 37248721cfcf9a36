/* gsc-bookmark.h - one view of a run, to come back to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plain value: nothing here knows which figures there are or what the run has. Whoever shows it
 * brings it into range.
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Panels side by side. */
#define GSC_BOOKMARK_PANELS 2

#define GSC_BOOKMARK_MIN_ZOOM 0.25
#define GSC_BOOKMARK_MAX_ZOOM 4.0

/* Bytes. */
#define GSC_BOOKMARK_MAX_TEXT 1000

typedef struct
{
  char *figure;      /* its name, as "attention"; NULL: no such panel */
  GVariant *choices; /* "a{sv}" of strings and booleans: how it is drawn; or NULL */
} GscBookmarkPanel;

typedef struct
{
  char *text;                                   /* one line for people; may be empty, never NULL */
  GscBookmarkPanel panels[GSC_BOOKMARK_PANELS]; /* the first has a figure */
  gboolean live;                                /* follows the newest record ... */
  gint64 step;                                  /* ... or the record of this step */
  int a;                                        /* the task */
  int b;
  guint shot;
  guint layer;
  guint head;
  gint64 seed;    /* of the sequence that is drawn for the task ... */
  char *sequence; /* ... or the numbers that were typed; NULL: none were */
  double zoom;    /* of the figures' text; 1: as usual */
} GscBookmark;

/* Live, of the usual size, showing @figure. */
GscBookmark *gsc_bookmark_new (const char *figure);
GscBookmark *gsc_bookmark_copy (const GscBookmark *bookmark);
void gsc_bookmark_free (GscBookmark *bookmark);

/* @text as one line of limited length: control characters become spaces. */
void gsc_bookmark_set_text (GscBookmark *bookmark, const char *text);

/* @index: 0..GSC_BOOKMARK_PANELS-1. @figure: NULL takes the panel away. @choices: nullable, sunk.
 */
void
gsc_bookmark_set_panel (GscBookmark *bookmark, guint index, const char *figure, GVariant *choices);

/* As an object of bookmarks.json (gsc-bookmarks.h). */
void gsc_bookmark_write (const GscBookmark *bookmark, JsonBuilder *builder);

/* NULL and @fault (out, static): the key whose value is no such thing. What is missing is as
 * gsc_bookmark_new() has it, unknown keys are passed over. */
GscBookmark *gsc_bookmark_read (JsonObject *object, const char **fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscBookmark, gsc_bookmark_free)

G_END_DECLS
