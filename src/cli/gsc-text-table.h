/* gsc-text-table.h - rows and columns for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Collects cells, then prints them in columns as wide as their widest cell. */
typedef struct _GscTextTable GscTextTable;

/* @alignment: one character a column, 'l' or 'r'. */
GscTextTable *gsc_text_table_new (const char *alignment);
void gsc_text_table_free (GscTextTable *table);

/* The next cell, row by row. */
void gsc_text_table_add (GscTextTable *table, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Prints the complete rows to standard output, two blanks between columns and @indent before the
 * first. */
void gsc_text_table_print (const GscTextTable *table, guint indent);

/* How many columns of a terminal @text takes: Chinese and Japanese characters take two. */
guint gsc_text_table_measure (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTextTable, gsc_text_table_free)

G_END_DECLS
