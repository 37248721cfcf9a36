/* gsc-figures-sweep.h - `grokscope-cli figures` of a sweep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-cli.h"
#include "gsc-figure-venue.h"

G_BEGIN_DECLS

/* The figure of a sweep that is no recipe: its name. */
#define GSC_FIGURES_SWEEP_NAME "phase-diagram"

/* What of the command line concerns sweeps. */
typedef struct
{
  char *moment;     /* "best" or "final"; NULL: best */
  const char *set;  /* borrowed, of --set, which is KEY=VALUE elsewhere; NULL: o.o.d./test */
  double threshold; /* GSC_FIGURES_NO_THRESHOLD: the usual */
  gboolean unfinished;
  char **at; /* KEY=VALUE, or NULL */
} GscFiguresSweepOptions;

#define GSC_FIGURES_NO_THRESHOLD (-1.0)

/* Entries for GscCliSyntax that fill in @options. */
#define GSC_FIGURES_SWEEP_ENTRIES(options)                                                         \
  { "moment",                                                                                      \
    0,                                                                                             \
    0,                                                                                             \
    G_OPTION_ARG_STRING,                                                                           \
    &(options).moment,                                                                             \
    N_ ("Of a sweep: runs early-stopped (the default) or at their ends"),                          \
    N_ ("best|final") },                                                                           \
      { "threshold",                                                                               \
        0,                                                                                         \
        0,                                                                                         \
        G_OPTION_ARG_DOUBLE,                                                                       \
        &(options).threshold,                                                                      \
        N_ ("Of a sweep: accuracy from which a set counts as solved (default: 0.5)"),              \
        N_ ("A") },                                                                                \
      { "unfinished",                                                                              \
        0,                                                                                         \
        0,                                                                                         \
        G_OPTION_ARG_NONE,                                                                         \
        &(options).unfinished,                                                                     \
        N_ ("Of a sweep: count unfinished runs as they stand"),                                    \
        NULL },                                                                                    \
  {                                                                                                \
    "at", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(options).at,                                          \
        N_ ("Of a sweep: the value of an axis beside the two of the diagram (default: its "        \
            "first), or "                                                                          \
            "KEY=all for the mean; may be given several times"),                                   \
        N_ ("KEY=VALUE")                                                                           \
  }

void gsc_figures_sweep_options_clear (GscFiguresSweepOptions *options);

/* Whether an option of sweeps is given. */
gboolean gsc_figures_sweep_options_are_given (const GscFiguresSweepOptions *options);

/* What is to be drawn. Everything is borrowed. */
typedef struct
{
  const char *sweep;          /* its folder */
  const char *out;            /* the folder for the files */
  const char *const *figures; /* names, or NULL */
  const char *const *recipes; /* names, or NULL */
  const char *const *formats;
  const GscFigurePaper *paper;
} GscFiguresSweepOrder;

/* Draws the figures of a sweep: its diagram if none is named. Says what is wrong, and prints the
 * names of the files. */
GscCliStatus gsc_figures_sweep_draw (const char *command,
                                     const GscFiguresSweepOptions *options,
                                     const GscFiguresSweepOrder *order);

G_END_DECLS
