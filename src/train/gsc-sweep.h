/* gsc-sweep.h - many runs that differ in a few keys: the recipe of a phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As a file:
 *
 *   {
 *     "name": "phases at p = 11",
 *     "base": { "preset": "quick", "steps": 8000 },
 *     "axes": { "tasks": [16, 32, 64], "alpha": [0.4, 0.8], "seed": [1, 2] },
 *     "stop": { "mode": "patience", "set": "ood_test", "patience": 20 }
 *   }
 *
 * "base" is a recipe as in config.json, of which every key may be left out; "preset" names the one
 * to begin with (quick if there is none). "axes" gives a list of values for any key; the cells are
 * all combinations, those of the last axis next to each other. "stop" ends each run early
 * (gsc-stop-rule.h); its keys but "mode" may be left out, and all of it.
 *
 * A sweep's folder holds the file as sweep.json, with the whole base, and one ordinary run folder
 * for each cell, named after its place: tasks=16,alpha=0.4,seed=1.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-stop-rule.h"

G_BEGIN_DECLS

#define GSC_SWEEP_FILE "sweep.json"
#define GSC_SWEEP_MAX_CELLS 10000

/* One key and the values it takes. */
typedef struct
{
  const char *key; /* static */
  guint n_values;
  char **values; /* [n_values], NULL-terminated; as gsc_config_get() writes them */
} GscSweepAxis;

typedef struct
{
  char *name; /* of the run folder */
  guint *at;  /* [n_axes] which value of each axis */
  GscConfig config;
} GscSweepCell;

/* Immutable once made: any thread may read it. */
typedef struct
{
  char *name;     /* for people */
  GscConfig base; /* the keys of axes have no meaning in it */
  GscStopRule stop;
  guint n_axes;
  GscSweepAxis *axes;
  guint n_cells;
  GscSweepCell *cells; /* valid recipes all */
} GscSweep;

/* @axes: copied; their keys may be any strings and their values any text that gsc_config_set()
 * takes. NULL and GSC_CONFIG_ERROR_INVALID whose message has one sentence a line for every fault:
 * unknown keys, keys that occur twice, values that no key takes, combinations that are impossible.
 */
GscSweep *gsc_sweep_new (const char *name,
                         const GscConfig *base,
                         const GscSweepAxis *axes,
                         guint n_axes,
                         const GscStopRule *stop,
                         GError **error);

/* The same from JSON of @length bytes. @error: also GSC_CONFIG_ERROR_PARSE. */
GscSweep *gsc_sweep_parse (const char *text, gsize length, GError **error);

void gsc_sweep_free (GscSweep *sweep);

/* A file, or a folder that has a sweep.json. @error names the file. */
GscSweep *gsc_sweep_load (const char *path, GError **error);

/* Writes sweep.json into @folder, which is made if it is not there (parents too). */
gboolean gsc_sweep_save (const GscSweep *sweep, const char *folder, GError **error);

/* Whether @folder has a sweep.json. */
gboolean gsc_sweep_is_sweep (const char *folder);

/* The text of sweep.json; the same sweep gives the same bytes. (transfer full) */
char *gsc_sweep_to_text (const GscSweep *sweep);

/* Whether every cell of @part is one of @whole, and they stop by the same rule: so that runs of
 * @part can be gone on with as runs of @whole. */
gboolean gsc_sweep_contains (const GscSweep *whole, const GscSweep *part);

/* Index of the cell called @name, or -1. */
int gsc_sweep_find_cell (const GscSweep *sweep, const char *name);

/* Index of the axis of @key, or -1. */
int gsc_sweep_find_axis (const GscSweep *sweep, const char *key);

/* Path of a cell's run. (transfer full) */
char *gsc_sweep_get_path (const GscSweep *sweep, const char *folder, guint cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSweep, gsc_sweep_free)

G_END_DECLS
