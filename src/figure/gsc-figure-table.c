/* gsc-figure-table.c - what a figure shows, as a table of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-table.h"

#include <math.h>
#include <string.h>

#include "gsc-number.h"

GscFigureTable *
gsc_figure_table_new (const char *const *columns)
{
  GscFigureTable *table = g_new0 (GscFigureTable, 1);

  table->columns = g_strdupv ((char **) columns);
  table->n_columns = g_strv_length (table->columns);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  return table;
}

void
gsc_figure_table_free (GscFigureTable *table)
{
  if (table == NULL)
    return;
  g_strfreev (table->columns);
  g_ptr_array_unref (table->cells);
  g_free (table);
}

static void
add (GscFigureTable *table, char *text)
{
  g_ptr_array_add (table->cells, text);
  table->n_rows = table->cells->len / table->n_columns;
}

void
gsc_figure_table_add_text (GscFigureTable *table, const char *text)
{
  add (table, g_strdup (text != NULL ? text : ""));
}

void
gsc_figure_table_add_int (GscFigureTable *table, gint64 value)
{
  add (table, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
gsc_figure_table_add_number (GscFigureTable *table, double value)
{
  char text[GSC_NUMBER_TEXT_SIZE];

  gsc_figure_table_add_text (table, isnan (value) ? "" : gsc_number_format (value, text));
}

const char *
gsc_figure_table_get (const GscFigureTable *table, guint row, guint column)
{
  return g_ptr_array_index (table->cells, row * table->n_columns + column);
}

char *
gsc_figure_table_format (const GscFigureTable *table, guint row, guint column)
{
  const char *text = gsc_figure_table_get (table, row, column);
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || strpbrk (text, ".eE") == NULL || !isfinite (number))
    return g_strdup (text);
  return g_strdup_printf (fabs (number) < 1000 ? "%.4g" : "%.0f", number);
}

static void
append_cell (GString *csv, const char *text)
{
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

char *
gsc_figure_table_to_csv (const GscFigureTable *table)
{
  GString *csv = g_string_new (NULL);

  for (guint column = 0; column < table->n_columns; column++)
    {
      if (column > 0)
        g_string_append_c (csv, ',');
      append_cell (csv, table->columns[column]);
    }
  g_string_append_c (csv, '\n');
  for (guint i = 0; i < table->n_rows * table->n_columns; i++)
    {
      append_cell (csv, g_ptr_array_index (table->cells, i));
      g_string_append_c (csv, (i + 1) % table->n_columns == 0 ? '\n' : ',');
    }
  return g_string_free (csv, FALSE);
}
