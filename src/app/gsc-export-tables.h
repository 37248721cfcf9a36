/* gsc-export-tables.h - the tables that an exported figure has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-export-source.h"

G_BEGIN_DECLS

/* One of them. A plain value. */
typedef struct
{
  GscFigurePanel panel;
  GscShow show;    /* A, B or the difference */
  char suffix[24]; /* of the file's name: "", or "-a" and "-b" where two are compared */
} GscExportTable;

/* Those of the panel, or of all panels of the recipe (which are -a, -b, ... themselves): (transfer
 * full) array of GscExportTable. */
GArray *gsc_export_tables_list (const GscExportSource *source, const GscExportItem *item);

/* The files of one, without the suffix: NULL-terminated (".csv"). Static. */
const char *const *gsc_export_table_get_extensions (const GscExportTable *table);

/* Writes them (gsc_figure_export_table()); @path: of the CSV. Any thread. */
gboolean gsc_export_table_write (const GscExportTable *table,
                                 GscExportSource *source,
                                 const GscFigurePaper *paper,
                                 const GscWatch *watch,
                                 const char *path,
                                 GError **error);

G_END_DECLS
