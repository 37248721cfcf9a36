/* test-figure-table.c - tables of text and their CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-table.h"

#include <math.h>

static const char *const columns[] = { "step", "name", "accuracy", NULL };

static void
test_cells (void)
{
  g_autoptr (GscFigureTable) table = gsc_figure_table_new (columns);

  g_assert_cmpuint (table->n_columns, ==, 3);
  g_assert_cmpuint (table->n_rows, ==, 0);
  gsc_figure_table_add_int (table, G_MAXINT64);
  gsc_figure_table_add_text (table, "ü");
  g_assert_cmpuint (table->n_rows, ==, 0); /* a row is one when it is complete */
  gsc_figure_table_add_number (table, 0.25);
  g_assert_cmpuint (table->n_rows, ==, 1);
  gsc_figure_table_add_int (table, -7);
  gsc_figure_table_add_text (table, NULL);
  gsc_figure_table_add_number (table, NAN);
  g_assert_cmpuint (table->n_rows, ==, 2);
  g_assert_cmpstr (gsc_figure_table_get (table, 0, 0), ==, "9223372036854775807");
  g_assert_cmpstr (gsc_figure_table_get (table, 0, 1), ==, "ü");
  g_assert_cmpstr (gsc_figure_table_get (table, 0, 2), ==, "0.25");
  g_assert_cmpstr (gsc_figure_table_get (table, 1, 0), ==, "-7");
  g_assert_cmpstr (gsc_figure_table_get (table, 1, 1), ==, "");
  g_assert_cmpstr (gsc_figure_table_get (table, 1, 2), ==, "");
}

/* Numbers come back as they were. */
static void
test_numbers (void)
{
  static const double numbers[] = { 0, 1, -1.5, 1.0 / 3, 1e-300, 6.02e23, 0.1 };
  g_autoptr (GscFigureTable) table = gsc_figure_table_new (columns);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    gsc_figure_table_add_number (table, numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpfloat (g_ascii_strtod (gsc_figure_table_get (table, i / 3, i % 3), NULL), ==,
                       numbers[i]);
}

/* RFC 4180: what would end a cell is in quotes, quotes are doubled. */
static void
test_csv (void)
{
  static const char *const odd[]
      = { "a,b", "say \"no\"", "two\nlines", "back\rward", " plain ", "" };
  g_autoptr (GscFigureTable) table = gsc_figure_table_new (columns);
  g_autofree char *empty = gsc_figure_table_to_csv (table);
  g_autofree char *csv = NULL;

  g_assert_cmpstr (empty, ==, "step,name,accuracy\n");
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    gsc_figure_table_add_text (table, odd[i]);
  csv = gsc_figure_table_to_csv (table);
  g_assert_cmpstr (csv, ==,
                   "step,name,accuracy\n"
                   "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\n"
                   "\"back\rward\", plain ,\n");
}

static void
test_headings (void)
{
  static const char *const odd[] = { "x, y", NULL };
  g_autoptr (GscFigureTable) table = gsc_figure_table_new (odd);
  g_autofree char *csv = NULL;

  gsc_figure_table_add_int (table, 1);
  csv = gsc_figure_table_to_csv (table);
  g_assert_cmpstr (csv, ==, "\"x, y\"\n1\n");
  gsc_figure_table_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-table/cells", test_cells);
  g_test_add_func ("/figure-table/numbers", test_numbers);
  g_test_add_func ("/figure-table/csv", test_csv);
  g_test_add_func ("/figure-table/headings", test_headings);
  return g_test_run ();
}
