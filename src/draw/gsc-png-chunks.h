/* gsc-png-chunks.h - what a PNG picture says about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *keyword; /* one of the PNG standard, 1 to 79 ASCII letters */
  const char *text;    /* UTF-8; NULL: leave it out */
} GscPngText;

/* Puts the resolution (pHYs) and texts (iTXt) behind the header of the PNG file @bytes. Source:
 * PNG specification, third edition (W3C 2025), 11.3. */
void gsc_png_chunks_insert (GByteArray *bytes, double dpi, const GscPngText *texts, guint n_texts);

G_END_DECLS
