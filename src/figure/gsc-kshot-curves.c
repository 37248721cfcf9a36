/* gsc-kshot-curves.c - the algorithmic shift as curves against the shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-kshot-curves.h"

#include <math.h>

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

static const char *const names[N_SERIES] = {
  [SERIES_EXPLAINED] = "model, explained by ratio matching",
  [SERIES_OTHERS] = "model, not explained",
  [SERIES_ALL] = "model, all queries",
  [SERIES_RATIO] = "ratio matching",
  [SERIES_BAYES] = "Bayes",
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
    .x = { .min = -0.02 * n, .max = 1.02 * n - 1, .whole = TRUE, .title = "shots" },
    .y = gsc_figure_pages_get_accuracy_axis ("accuracy"),
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
      series[i] = (GscLineSeries){ .name = names[i], .look = &looks[i], .n = n, .x = x, .y = y };
    }
  gsc_figure_page_add_line_plot (page, &plot, area);
}

void
gsc_kshot_curves_append_shift (GString *text, const GscKshot *kshot, guint shot)
{
  const GscKshotColumn *column = &kshot->columns[shot];
  guint n = (guint) (kshot->p * kshot->p);

  g_string_append (text, "right on ");
  gsc_figure_pages_append_share (text, column->accuracy);
  g_string_append_printf (text, " of %u queries: on ", n);
  gsc_figure_pages_append_share (text, column->explained_accuracy);
  g_string_append_printf (text, " of the %u that ratio matching explains and on ",
                          column->n_explained);
  gsc_figure_pages_append_share (text, column->unexplained_accuracy);
  g_string_append_printf (text, " of the %u others", n - column->n_explained);
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
  GString *text;

  if (layout == NULL || !gsc_rect_contains (&layout->plot, x, y))
    return FALSE;
  pick->kind = GSC_PICK_SHOT;
  pick->shot = (guint) lround (CLAMP (gsc_axis_unmap (&layout->x, x), 0, (double) last));
  pick->rect
      = gsc_figure_pages_get_line_rect (&layout->plot, gsc_axis_map (&layout->x, pick->shot));
  column = &kshot->columns[pick->shot];
  text = g_string_new (NULL);
  g_string_append_printf (text, pick->shot == 1 ? "%u shot" : "%u shots", pick->shot);
  g_string_append (text, "\nmodel: ");
  gsc_figure_pages_append_share (text, column->accuracy);
  g_string_append_printf (text, "\n  explained by ratio matching: %u of %u (",
                          column->n_right_explained, column->n_explained);
  gsc_figure_pages_append_share (text, column->explained_accuracy);
  g_string_append_printf (text, ")\n  not explained: %u of %u (", column->n_right_unexplained,
                          (guint) (kshot->p * kshot->p) - column->n_explained);
  gsc_figure_pages_append_share (text, column->unexplained_accuracy);
  g_string_append (text, ")\nratio matching: ");
  gsc_figure_pages_append_share (text, column->ratio_accuracy);
  g_string_append (text, "\nBayes: ");
  gsc_figure_pages_append_share (text, column->bayes_accuracy);
  pick->text = g_string_free (text, FALSE);
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
