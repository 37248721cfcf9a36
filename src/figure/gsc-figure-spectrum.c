/* gsc-figure-spectrum.c - which characters the embedding is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two small plots with one scale: frequencies of the numbers modulo p, and of their logarithms.
 */

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* More than labels and title of the y axis take, in sizes of the text. */
#define ROOM_OF_AXIS 6.0

/* For files. */
static const char *const names[] = { "additive", "multiplicative" };

static const GscSpectrum *
get_spectrum (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_SPECTRUM];

  return insight != NULL ? insight->spectrum : NULL;
}

static const GscSpectrumPart *
get_part (const GscSpectrum *spectrum, guint index)
{
  return index == 0 ? &spectrum->additive : &spectrum->multiplicative;
}

/* The strongest frequency, 0 if nothing varies. */
static guint
find_strongest (const GscSpectrumPart *part)
{
  guint best = 0;

  for (guint k = 1; k <= part->n_frequencies; k++)
    if (part->shares[k] > part->shares[best])
      best = k;
  return best;
}

/* Page */

static double
find_highest (const GscSpectrum *spectrum)
{
  double highest = 0;

  for (guint i = 0; i < 2; i++)
    {
      const GscSpectrumPart *part = get_part (spectrum, i);

      for (guint k = 1; k <= part->n_frequencies; k++)
        highest = MAX (highest, MAX (part->shares[k], part->noise[k]));
    }
  return highest;
}

/* 0 where there is no model. */
static double
get_extent (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscSpectrum *spectrum = get_spectrum (frame);

  return spectrum != NULL ? find_highest (spectrum) : 0;
}

static GscRect
add_legend (GscFigurePage *page, const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  GscLegendEntry *entry = gsc_figure_page_alloc (page, sizeof *entry);
  GscSeriesLook *look = gsc_figure_page_alloc (page, sizeof *look);
  GscLegendInput legend = { entry, 1 };

  *look = (GscSeriesLook){ .color = style->palette->foreground };
  *entry = (GscLegendEntry){ .text = _ ("numbers without any order"),
                             .kind = GSC_LEGEND_LINE,
                             .look = look };
  return gsc_figure_page_add_legend (page, &legend, area);
}

static const char *
make_heading (GscFigurePage *page, const GscSpectrum *spectrum, guint index, gboolean shorter)
{
  const GscSpectrumPart *part = get_part (spectrum, index);
  char effective[GSC_TICK_LABEL_SIZE];

  const char *format;

  /* Translators: characters of the numbers modulo p (additive) and of their logarithms. */
  if (index == 0)
    format = shorter ? _ ("additive: %s of %u") : _ ("additive: %s of %u frequencies matter");
  else
    format = shorter ? _ ("multiplicative: %s of %u")
                     : _ ("multiplicative: %s of %u frequencies matter");
  return gsc_figure_page_print (
      page, format, gsc_figure_pages_format (part->effective, 2, effective), part->n_frequencies);
}

/* Whether full headings fit above both plots, so that these are of one height. */
static gboolean
has_room (GscFigurePage *page, const GscSpectrum *spectrum, const GscRect halves[2])
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  gboolean fits = TRUE;

  for (guint i = 0; i < 2; i++)
    {
      GscLabel label;

      gsc_label_init (&label, style, GSC_FONT_NORMAL, make_heading (page, spectrum, i, FALSE));
      fits = fits && label.rect.width <= halves[i].width - ROOM_OF_AXIS * style->text_size;
      gsc_label_clear (&label);
    }
  return fits;
}

static void
add_plot (GscFigurePage *page,
          const GscSpectrum *spectrum,
          double highest,
          guint index,
          const char *heading,
          const GscRect *area)
{
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  const GscSpectrumPart *part = get_part (spectrum, index);
  const GscBarPlotInput plot = {
    .heading = heading,
    .x_title = index == 0
                   ? _ ("frequency")
                   : gsc_figure_page_print (page, _ ("frequency (log base %d)"), spectrum->root),
    .y_title = _ ("share of the variance"),
    .first = 1,
    .n = part->n_frequencies,
    .values = part->shares + 1,
    .levels = part->noise + 1,
    .max = 1.06 * highest,
    .color = palette->series[index == 0 ? GSC_SERIES_ID_TRAIN : GSC_SERIES_OOD_TRAIN].color,
  };

  gsc_figure_page_add_bar_plot (page, &plot, area);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  /* Translators: characters of a group: the waves that a Fourier transform is made of. */
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                _ ("Characters in the embedding"), TRUE);
  const GscSpectrum *spectrum = get_spectrum (frame);
  GscRect content = gsc_figure_page_get_content (page);
  GscRect area, halves[2];
  gboolean shorter;
  double highest;

  if (spectrum == NULL)
    {
      gsc_figure_page_add_note (page, gsc_figure_pages_get_no_model (), &content);
      return page;
    }
  highest = get_extent (frame, options);
  if (frame->beside != NULL)
    highest = MAX (highest, get_extent (frame->beside, options));
  area = add_legend (page, &content);
  gsc_figure_pages_split (&area, 1.5 * style->text_size, halves);
  shorter = !has_room (page, spectrum, halves);
  for (guint i = 0; i < 2; i++)
    add_plot (page, spectrum, highest, i, make_heading (page, spectrum, i, shorter), &halves[i]);
  return page;
}

/* Picks */

static char *
describe_bar (const GscSpectrum *spectrum, guint index, guint frequency)
{
  const GscSpectrumPart *part = get_part (spectrum, index);
  GString *text = g_string_new (NULL);

  if (index == 0)
    g_string_append_printf (text, _ ("additive frequency %u of %u"), frequency, part->n);
  else
    g_string_append_printf (text, _ ("multiplicative frequency %u of %u (base %d)"), frequency,
                            part->n, spectrum->root);
  g_string_append_c (text, '\n');
  if (index == 1 && frequency == part->n_frequencies)
    g_string_append_printf (text, "%s\n", _ ("odd against even logarithms"));
  /* Translators: two percentages. */
  g_string_append_printf (text, _ ("%s of the variance; without any order %s"),
                          GSC_PERCENT (part->shares[frequency]),
                          GSC_PERCENT (part->noise[frequency]));
  return g_string_free (text, FALSE);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  for (guint i = 0; i < 2; i++)
    {
      const GscBarPlotLayout *layout = gsc_figure_page_get_bar_plot (page, i);
      int bar = layout != NULL ? gsc_bar_plot_pick (layout, x, y) : -1;

      if (bar < 0)
        continue;
      pick->kind = GSC_PICK_BAR;
      pick->rect = layout->bars[bar];
      pick->text = describe_bar (get_spectrum (frame), i, (guint) bar + 1);
      return TRUE;
    }
  return FALSE;
}

/* Text */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscSpectrum *spectrum = get_spectrum (frame);
  GString *text;

  if (spectrum == NULL)
    return gsc_figure_pages_end_sentence (gsc_figure_pages_get_no_model ());
  text = g_string_new (_ ("Variance of the embedding by frequency."));
  for (guint i = 0; i < 2; i++)
    {
      const GscSpectrumPart *part = get_part (spectrum, i);
      guint strongest = find_strongest (part);
      char effective[GSC_TICK_LABEL_SIZE];

      g_string_append_c (text, ' ');
      if (strongest == 0)
        {
          g_string_append (text, i == 0 ? _ ("Additive characters: nothing varies.")
                                        : _ ("Multiplicative characters: nothing varies."));
          continue;
        }
      /* Translators: the first %s is a number like 2.4, the others are percentages. */
      g_string_append_printf (
          text,
          i == 0 ? _ ("Additive characters: %s of %u frequencies matter, the strongest, %u, has %s "
                      "(%s without any order).")
                 : _ ("Multiplicative characters: %s of %u frequencies matter, the strongest, %u, "
                      "has %s (%s without any order)."),
          gsc_figure_pages_format (part->effective, 2, effective), part->n_frequencies, strongest,
          GSC_PERCENT (part->shares[strongest]), GSC_PERCENT (part->noise[strongest]));
    }
  return g_string_free (text, FALSE);
}

static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[]
      = { "characters", "frequency", "share", "without_order", NULL };
  const GscSpectrum *spectrum = get_spectrum (frame);
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint i = 0; spectrum != NULL && i < 2; i++)
    {
      const GscSpectrumPart *part = get_part (spectrum, i);

      for (guint k = 1; k <= part->n_frequencies; k++)
        {
          gsc_figure_table_add_text (table, names[i]);
          gsc_figure_table_add_int (table, k);
          gsc_figure_table_add_number (table, part->shares[k]);
          gsc_figure_table_add_number (table, part->noise[k]);
        }
    }
  return table;
}

const GscFigureClass gsc_figure_spectrum = {
  .name = "spectrum",
  .title = N_ ("Spectrum"),
  .needs_model = TRUE,
  .slope = 0.42,
  .base = 50,
  .narrow = 60,
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
  .get_extent = get_extent,
};
