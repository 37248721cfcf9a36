/* gsc-export-provider.h - a panel that is dragged out of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-export-source.h"

G_BEGIN_DECLS

#define GSC_TYPE_EXPORT_PROVIDER (gsc_export_provider_get_type ())

/* Offers the picture as image/png, as image/svg+xml, and as a file for file managers and mail. It
 * is drawn, in a thread, when somebody asks for it. The file is in the user's cache folder. */
G_DECLARE_FINAL_TYPE (
    GscExportProvider, gsc_export_provider, GSC, EXPORT_PROVIDER, GdkContentProvider)

GdkContentProvider *gsc_export_provider_new (GscExportSource *source,
                                             const GscExportItem *item,
                                             const GscFigurePaper *paper);

G_END_DECLS
