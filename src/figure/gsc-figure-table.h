/* gsc-figure-table.h - what a figure shows, as a table of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tidy: one observation a row. Text of numbers is as in CSV: a point, no grouping, empty where
 * there is none. */
typedef struct
{
  guint n_columns;
  char **columns; /* [n_columns] headings: lower case, with "_" for blanks */
  guint n_rows;
  GPtrArray *cells; /* of char*, row by row: [n_rows * n_columns] */
} GscFigureTable;

/* @columns: NULL-terminated, copied. */
GscFigureTable *gsc_figure_table_new (const char *const *columns);
void gsc_figure_table_free (GscFigureTable *table);

/* Append a cell; a row is complete when as many cells as columns have been added. */
void gsc_figure_table_add_text (GscFigureTable *table, const char *text);
void gsc_figure_table_add_int (GscFigureTable *table, gint64 value);
void gsc_figure_table_add_number (GscFigureTable *table, double value); /* NaN: empty */

/* A cell's text. Borrowed. */
const char *gsc_figure_table_get (const GscFigureTable *table, guint row, guint column);

/* A cell's text for people: broken numbers have four digits and the locale's decimal point.
 * (transfer full) */
char *gsc_figure_table_format (const GscFigureTable *table, guint row, guint column);

/* The table as CSV with a heading line (RFC 4180). (transfer full) */
char *gsc_figure_table_to_csv (const GscFigureTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFigureTable, gsc_figure_table_free)

G_END_DECLS
