/* gsc-text-table.c - rows and columns for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-text-table.h"

#include <string.h>

#include "gsc-cli.h"

struct _GscTextTable
{
  char *alignment;
  guint n_columns;
  GPtrArray *cells; /* char* */
};

GscTextTable *
gsc_text_table_new (const char *alignment)
{
  GscTextTable *table = g_new0 (GscTextTable, 1);

  table->alignment = g_strdup (alignment);
  table->n_columns = (guint) strlen (alignment);
  table->cells = g_ptr_array_new_with_free_func (g_free);
  return table;
}

void
gsc_text_table_free (GscTextTable *table)
{
  if (table == NULL)
    return;
  g_free (table->alignment);
  g_ptr_array_unref (table->cells);
  g_free (table);
}

void
gsc_text_table_add (GscTextTable *table, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (table->cells, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

guint
gsc_text_table_measure (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      width += g_unichar_iszerowidth (character) ? 0 : g_unichar_iswide (character) ? 2 : 1;
    }
  return width;
}

static guint
column_width (const GscTextTable *table, guint column)
{
  guint width = 0;

  for (guint i = column; i < table->cells->len; i += table->n_columns)
    width = MAX (width, gsc_text_table_measure (g_ptr_array_index (table->cells, i)));
  return width;
}

static void
append_blanks (GString *line, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (line, ' ');
}

void
gsc_text_table_print (const GscTextTable *table, guint indent)
{
  g_autofree guint *widths = g_new (guint, table->n_columns);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint j = 0; j < table->n_columns; j++)
    widths[j] = column_width (table, j);
  for (guint i = 0; i + table->n_columns <= table->cells->len; i += table->n_columns)
    {
      g_string_truncate (line, 0);
      append_blanks (line, indent);
      for (guint j = 0; j < table->n_columns; j++)
        {
          const char *cell = g_ptr_array_index (table->cells, i + j);
          guint blanks = widths[j] - gsc_text_table_measure (cell);

          if (table->alignment[j] == 'r')
            append_blanks (line, blanks);
          g_string_append (line, cell);
          if (table->alignment[j] == 'l')
            append_blanks (line, blanks);
          append_blanks (line, 2);
        }
      g_strchomp (line->str);
      gsc_cli_print ("%s\n", line->str);
    }
}
