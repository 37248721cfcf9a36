/* gsc-strip.h - a sequence of numbers in groups, and what was said about each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-label.h"

G_BEGIN_DECLS

/* Cells of a group: two numbers given and one asked for. */
enum
{
  GSC_STRIP_N_CELLS = 3,
};

/* Lines of text of a group, from above. The cells stand after the heading. */
typedef enum
{
  GSC_STRIP_HEADING, /* "#3" */
  GSC_STRIP_ANSWER,  /* what was answered, after a check mark or a cross */
  GSC_STRIP_DETAIL,  /* beside the answer or below it: "97 %" */
  GSC_STRIP_NOTE,    /* "3 × #2" */
  GSC_STRIP_N_LINES,
} GscStripLine;

/* Borrows everything. */
typedef struct
{
  const char *cells[GSC_STRIP_N_CELLS];
  gboolean open; /* the last cell is not known: it is only a frame */
  GscVerdict verdict;
  const char *lines[GSC_STRIP_N_LINES]; /* or NULL */
} GscStripGroup;

typedef struct
{
  const GscStripGroup *groups;
  guint n_groups;
  int cursor; /* a group with a frame, -1: none */
  const char
      *titles[GSC_STRIP_N_LINES]; /* of the lines, at the left where there is room; or NULL */
  const char *cells_title;
} GscStripInput;

typedef struct
{
  GscRect rect; /* of everything of the group; no width if the group is left out */
  GscRect cells[GSC_STRIP_N_CELLS];
  GscRect frame; /* around the cells */
  GscPoint mark; /* the verdict's middle */
  GscLabel numbers[GSC_STRIP_N_CELLS];
  GscLabel lines[GSC_STRIP_N_LINES];
} GscStripGroupLayout;

typedef struct
{
  double text_size; /* smaller or larger than the style's by the room there is */
  guint n_groups;
  guint first; /* groups before this are left out */
  guint n_shown;
  gboolean answers;            /* there are answers with their marks */
  GscStripGroupLayout *groups; /* [n_groups] */
  guint n_titles;
  GscLabel *titles; /* [n_titles] beside the first row */
} GscStripLayout;

/* As many rows as needed, with as many of the lines of text as fit into @area; where not even the
 * cells of all groups do, groups before and after the cursor (or the first ones) are left out. */
GscStripLayout *
gsc_strip_layout (const GscStripInput *input, const GscStyle *style, const GscRect *area);
void gsc_strip_layout_free (GscStripLayout *layout);

void gsc_strip_paint (cairo_t *cr,
                      const GscStripLayout *layout,
                      const GscStripInput *input,
                      const GscStyle *style);

typedef struct
{
  guint group;
  guint cell;
} GscStripPick;

/* The group at (x, y), and its cell there (of a text, the one above or below it). FALSE if there is
 * none. */
gboolean gsc_strip_pick (const GscStripLayout *layout, double x, double y, GscStripPick *pick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscStripLayout, gsc_strip_layout_free)

G_END_DECLS
