/* gsc-svg.h - a painted page as SVG
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-surface.h"

G_BEGIN_DECLS

/* Paints a page of @width x @height points and appends it to @bytes as an SVG document, with text
 * as text: all of it above everything else, in fonts that the reader's machine must have (a generic
 * one of the same width stands in). The same painting and @info give the same bytes. */
cairo_status_t gsc_svg_make (GByteArray *bytes,
                             double width,
                             double height,
                             const GscSurfaceInfo *info,
                             GscPaintFunc paint,
                             gpointer data);

G_END_DECLS
