/* gsc-kshot-curves.c - the algorithmic shift as curves against the shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-kshot-curves.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* Earlier ones are painted over later ones. */
enum
{
  SERIES_EXPLAINED,
  SERIES_OTHERS,
  SERIES_ALL,
  SERIES_RATIO,
  SERIES_BAYES,
  N_SERIES,
};

/* Translators: ratio matching is an algorithm: an example whose x and y have the same ratio gives
 * the answer. Bayes is the rule that knows all that can be known from the examples. */
static const char *const names[N_SERIES] = {
  [SERIES_EXPLAINED] = N_ ("model, explained by ratio matching"),
  [SERIES_OTHERS] = N_ ("model, not explained"),
  [SERIES_ALL] = N_ ("model, all queries"),
  [SERIES_RATIO] = N_ ("ratio matching"),
  [SERIES_BAYES] = N_ ("Bayes"),
};

static double
get_value (const GscKshotColumn *column, guint series)
{
  switch (series)
    {
    case SERIES_EXPLAINED:
      return column->explained_accuracy;
    case SERIES_OTHERS:
      return column->unexplained_accuracy;
    case SERIES_ALL:
      return column->accuracy;
    case SERIES_RATIO:
      return column->ratio_accuracy;
    case SERIES_BAYES:
    default:
      return column->bayes_accuracy;
    }
}

static void
get_looks (const GscStyle *style, GscSeriesLook *looks)
{
  const GscPalette *palette = style->palette;

  looks[SERIES_EXPLAINED]
      = (GscSeriesLook){ palette->right, GSC_MARKER_CIRCLE, TRUE, GSC_DASH_SOLID };
  looks[SERIES_OTHERS]
      = (GscSeriesLook){ palette->wrong, GSC_MARKER_DIAMOND, TRUE, GSC_DASH_SOLID };
  looks[SERIES_ALL] = (GscSeriesLook){ palette->dim, GSC_MARKER_NONE, FALSE, GSC_DASH_SOLID };
  looks[SERIES_RATIO] = palette->series[GSC_SERIES_RATIO];
  looks[SERIES_BAYES] = palette->series[GSC_SERIES_BAYES];
}

void
gsc_kshot_curves_add (GscFigurePage *page,
                      const GscKshot *kshot,
                      double cursor,
                      const GscRect *area)
{
  guint n = kshot->n_examples + 1;
  GscLineSeries *series = gsc_figure_page_alloc (page, N_SERIES * sizeof *series);
  GscSeriesLook *looks = gsc_figure_page_alloc (page, N_SERIES * sizeof *looks);
  double *x = gsc_figure_page_alloc (page, n * sizeof *x);
  GscLinePlotInput plot = {
    .x = { .min = -0.02 * n, .max = 1.02 * n - 1, .whole = TRUE, .title = _ ("shots") },
    .y = gsc_figure_pages_get_accuracy_axis (_ ("accuracy")),
    .series = series,
    .n_series = N_SERIES,
    .cursor = cursor,
    .legend = TRUE,
  };

  get_looks (gsc_figure_page_get_style (page), looks);
  for (guint k = 0; k < n; k++)
    x[k] = k;
  for (guint i = 0; i < N_SERIES; i++)
    {
      double *y = gsc_figure_page_alloc (page, n * sizeof *y);

      for (guint k = 0; k < n; k++)
        y[k] = get_value (&kshot->columns[k], i);
      series[i]
          = (GscLineSeries){ .name = _ (names[i]), .look = &looks[i], .n = n, .x = x, .y = y };
    }
  gsc_figure_page_add_line_plot (page, &plot, area);
}

gboolean
gsc_kshot_curves_pick (const GscFigurePage *page,
                       const GscKshot *kshot,
                       guint last,
                       double x,
                       double y,
                       GscFigurePick *pick)
{
  const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, 0);
  const GscKshotColumn *column;
  g_autofree char *shots = NULL;

  if (layout == NULL || !gsc_rect_contains (&layout->plot, x, y))
    return FALSE;
  pick->kind = GSC_PICK_SHOT;
  pick->shot = (guint) lround (CLAMP (gsc_axis_unmap (&layout->x, x), 0, (double) last));
  pick->rect
      = gsc_figure_pages_get_line_rect (&layout->plot, gsc_axis_map (&layout->x, pick->shot));
  column = &kshot->columns[pick->shot];
  shots = gsc_figure_pages_describe_shots (pick->shot);
  pick->text
      = g_strdup_printf (/* Translators: "3 shots", then accuracies, of which "%u of %u" says
                          * how many queries are answered right. */
                         _ ("%s\n"
                            "model: %s\n"
                            "  explained by ratio matching: %u of %u (%s)\n"
                            "  not explained: %u of %u (%s)\n"
                            "ratio matching: %s\n"
                            "Bayes: %s"),
                         shots, GSC_SHARE (column->accuracy), column->n_right_explained,
                         column->n_explained, GSC_SHARE (column->explained_accuracy),
                         column->n_right_unexplained,
                         (guint) (kshot->p * kshot->p) - column->n_explained,
                         GSC_SHARE (column->unexplained_accuracy),
                         GSC_SHARE (column->ratio_accuracy), GSC_SHARE (column->bayes_accuracy));
  return TRUE;
}

GscFigureTable *
gsc_kshot_curves_tabulate (const GscKshot *kshot)
{
  static const char *const columns[] = {
    "shots",
    "model",
    "ratio_matching",
    "bayes",
    "n_explained",
    "n_explained_right",
    "explained_accuracy",
    "n_unexplained",
    "n_unexplained_right",
    "unexplained_accuracy",
    NULL,
  };
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint k = 0; k <= kshot->n_examples; k++)
    {
      const GscKshotColumn *column = &kshot->columns[k];

      gsc_figure_table_add_int (table, k);
      gsc_figure_table_add_number (table, column->accuracy);
      gsc_figure_table_add_number (table, column->ratio_accuracy);
      gsc_figure_table_add_number (table, column->bayes_accuracy);
      gsc_figure_table_add_int (table, column->n_explained);
      gsc_figure_table_add_int (table, column->n_right_explained);
      gsc_figure_table_add_number (table, column->explained_accuracy);
      gsc_figure_table_add_int (table, kshot->p * kshot->p - (gint64) column->n_explained);
      gsc_figure_table_add_int (table, column->n_right_unexplained);
      gsc_figure_table_add_number (table, column->unexplained_accuracy);
    }
  return table;
}
