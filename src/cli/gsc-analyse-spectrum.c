/* gsc-analyse-spectrum.c - grokscope-cli analyse --what spectrum
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-spectrum.h"
#include "gsc-text-table.h"

/* JSON and CSV */

static void
add_part (GscJsonWriter *json, const char *name, const GscSpectrumPart *part)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_begin_object (json);
  gsc_analyse_add_int (json, "numbers", part->n);
  gsc_analyse_add_number (json, "mean", part->mean);
  gsc_analyse_add_number (json, "effective", part->effective);
  gsc_json_writer_name (json, "frequencies");
  gsc_json_writer_begin_array (json);
  for (guint k = 1; k <= part->n_frequencies; k++)
    {
      gsc_json_writer_begin_object (json);
      gsc_analyse_add_int (json, "frequency", k);
      gsc_analyse_add_number (json, "share", part->shares[k]);
      gsc_analyse_add_number (json, "noise", part->noise[k]);
      gsc_json_writer_end_object (json);
    }
  gsc_json_writer_end_array (json);
  gsc_json_writer_end_object (json);
}

static void
print_json (const GscAnalyse *analyse, const GscSpectrum *spectrum)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_analyse_begin_json (analyse, &json);
  gsc_analyse_add_int (&json, "root", spectrum->root);
  add_part (&json, "additive", &spectrum->additive);
  add_part (&json, "multiplicative", &spectrum->multiplicative);
  gsc_analyse_end_json (&json);
}

static void
add_rows (GscFigureTable *csv, const char *name, const GscSpectrumPart *part)
{
  for (guint k = 1; k <= part->n_frequencies; k++)
    {
      gsc_figure_table_add_text (csv, name);
      gsc_figure_table_add_int (csv, k);
      gsc_figure_table_add_number (csv, part->shares[k]);
      gsc_figure_table_add_number (csv, part->noise[k]);
    }
}

static void
print_csv (const GscSpectrum *spectrum)
{
  static const char *const columns[] = { "group", "frequency", "share", "noise", NULL };
  GscFigureTable *csv = gsc_figure_table_new (columns);

  add_rows (csv, "additive", &spectrum->additive);
  add_rows (csv, "multiplicative", &spectrum->multiplicative);
  gsc_analyse_print_csv (csv);
}

/* Text */

static guint
find_strongest (const GscSpectrumPart *part)
{
  guint best = 1;

  for (guint k = 2; k <= part->n_frequencies; k++)
    if (part->shares[k] > part->shares[best])
      best = k;
  return best;
}

static void
print_part (const GscSpectrumPart *part)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("rrrr");

  gsc_text_table_add (table, "%s", _ ("frequency"));
  gsc_text_table_add (table, "%s", _ ("share"));
  gsc_text_table_add (table, "%s", _ ("without order"));
  gsc_text_table_add (table, "%s", _ ("ratio"));
  for (guint k = 1; k <= part->n_frequencies; k++)
    {
      gsc_text_table_add (table, "%u", k);
      gsc_text_table_add (table, "%.3f", part->shares[k]);
      gsc_text_table_add (table, "%.3f", part->noise[k]);
      gsc_text_table_add (table, "%.2f", part->shares[k] / part->noise[k]);
    }
  gsc_text_table_print (table, 0);
}

static void
print_text (const GscAnalyse *analyse, const GscSpectrum *spectrum)
{
  const GscSpectrumPart *sum = &spectrum->additive;
  const GscSpectrumPart *product = &spectrum->multiplicative;
  guint k_sum = find_strongest (sum), k_product = find_strongest (product);

  gsc_analyse_print_heading (analyse);
  gsc_cli_print (_ ("Characters in the embedding. Strongest: additive frequency %u (%.1f %% of "
                    "the variance,\n%.1f %% without order), multiplicative %u (%.1f %%, %.1f %% "
                    "without order).\n"),
                 k_sum, 100 * sum->shares[k_sum], 100 * sum->noise[k_sum], k_product,
                 100 * product->shares[k_product], 100 * product->noise[k_product]);
  gsc_cli_print (_ ("\nAdditive, of the numbers 0 to %u; %.1f of %u frequencies matter:\n"),
                 sum->n - 1, sum->effective, sum->n_frequencies);
  print_part (sum);
  gsc_cli_print (_ ("\nMultiplicative, of the logarithm to the base %d of the numbers 1 to %u; "
                    "%.1f of %u\nfrequencies matter:\n"),
                 spectrum->root, product->n, product->effective, product->n_frequencies);
  print_part (product);
}

gboolean
gsc_analyse_spectrum (const GscAnalyse *analyse, GError **error)
{
  g_autoptr (GscSpectrum) spectrum = gsc_spectrum_new (&analyse->subject, error);

  if (spectrum == NULL)
    return FALSE;
  if (analyse->form == GSC_ANALYSE_JSON)
    print_json (analyse, spectrum);
  else if (analyse->form == GSC_ANALYSE_CSV)
    print_csv (spectrum);
  else
    print_text (analyse, spectrum);
  return TRUE;
}
