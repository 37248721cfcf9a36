/* gsc-preset.h - experiments that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"

G_BEGIN_DECLS

/* A named recipe. All text is static, in English, one or two sentences. */
typedef struct
{
  const char *name; /* for --preset */
  /* Marked for translation, but not translated. */
  const char *title;
  const char *shows; /* the question it answers */
  const char *look;  /* what to look at while it trains */
  gboolean paper;    /* the paper's exact recipe: hours to days */
  GscConfig config;
} GscPreset;

/* All presets, the default one first. Static. */
const GscPreset *gsc_preset_get_all (guint *n_presets);

/* Their names, NULL-terminated; static. */
const char *const *gsc_preset_get_names (void);

/* The preset "quick". */
const GscPreset *gsc_preset_get_default (void);

/* The preset called @name, or NULL and GSC_CONFIG_ERROR_UNKNOWN_KEY naming the nearest and listing
 * all. */
const GscPreset *gsc_preset_find (const char *name, GError **error);

G_END_DECLS
