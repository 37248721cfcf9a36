/* gsc-export-settings.h - how figures are written, as a user chose it last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-figure-venue.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_EXPORT_PDF,
  GSC_EXPORT_SVG,
  GSC_EXPORT_PNG,
  GSC_EXPORT_TABLE, /* what is drawn, as CSV, with JSON and a script beside it */
  GSC_N_EXPORT_FORMATS,
} GscExportFormat;

/* The format's file name extension without a dot: "csv" for tables. Static. */
const char *gsc_export_format_get_extension (GscExportFormat format);

/* A plain value. */
typedef struct
{
  GscExportFormat format;
  int dpi;                     /* of PNG files on paper; slides have their own */
  const GscFigureVenue *venue; /* NULL: the custom size */
  double width;                /* custom: millimetres */
  double height;               /* 0: as high as the figure likes */
  gboolean inches;             /* how the custom size is shown */
  GscPaletteKind theme;
  gboolean transparent;
} GscExportSettings;

/* What a custom size can be, in millimetres. */
#define GSC_EXPORT_MIN_SIZE 20.0
#define GSC_EXPORT_MAX_SIZE 2000.0

void gsc_export_settings_init (GscExportSettings *export_settings);

/* From the keys "export-…"; as gsc_export_settings_init() for NULL. */
void gsc_export_settings_load (GscExportSettings *export_settings, GSettings *settings);

/* Nothing for NULL. */
void gsc_export_settings_save (const GscExportSettings *export_settings, GSettings *settings);

/* The page that they mean. */
void gsc_export_settings_get_paper (const GscExportSettings *export_settings,
                                    GscFigurePaper *paper);

/* Whether the page has a number of pixels of its own, so that dpi does not count. */
gboolean gsc_export_settings_is_slide (const GscExportSettings *export_settings);

G_END_DECLS
