/* gsc-panel-compare.c - a panel's two figures, side by side
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-panel-private.h"

#define GAP 6

static GscSession *
get_other (GscPanel *self)
{
  return self->comparison != NULL ? gsc_comparison_get_other (self->comparison) : NULL;
}

/* What is seen here: a figure without difference shows both instead. */
static GscShow
get_show (GscPanel *self)
{
  GscShow show;

  if (get_other (self) == NULL)
    return GSC_SHOW_A;
  show = gsc_comparison_get_show (self->comparison);
  if (show == GSC_SHOW_DIFFERENCE && !gsc_figure_has_difference (self->figure))
    return GSC_SHOW_BOTH;
  return show;
}

gboolean
gsc_panel_is_pair (GscPanel *self)
{
  return get_show (self) == GSC_SHOW_BOTH && !gsc_figure_has_together (self->figure);
}

GscSession *
gsc_panel_get_shown_session (GscPanel *self)
{
  return get_show (self) == GSC_SHOW_B ? get_other (self) : self->session;
}

GscPlotView *
gsc_panel_get_shown_plot (GscPanel *self)
{
  return get_show (self) == GSC_SHOW_B ? self->other_plot : self->plot;
}

GscFigureOptions
gsc_panel_get_shown_options (GscPanel *self)
{
  GscFigureOptions options = self->settings.options;

  switch (get_show (self))
    {
    case GSC_SHOW_DIFFERENCE:
      options.compare = GSC_COMPARE_DIFFERENCE;
      break;
    case GSC_SHOW_BOTH:
      options.compare
          = gsc_figure_has_together (self->figure) ? GSC_COMPARE_TOGETHER : GSC_COMPARE_SCALES;
      break;
    case GSC_SHOW_A:
    case GSC_SHOW_B:
    default:
      options.compare = GSC_COMPARE_SCALES;
    }
  return options;
}

/* Captions */

/* "B: quick 2, step 400", and why there is nothing to see of it. */
static char *
make_caption (GscPanel *self, gboolean other)
{
  g_autofree char *what = gsc_comparison_describe (self->comparison, other);
  g_autofree char *fault = NULL;

  if (other && gsc_figure_needs_model (self->figure))
    g_object_get (get_other (self), "message", &fault, NULL);
  return g_strdup_printf ("%s: %s%s%s", other ? "B" : "A", what, fault != NULL ? " – " : "",
                          fault != NULL ? fault : "");
}

static void
update_captions (GscPanel *self)
{
  GtkWidget *const captions[] = { self->caption, self->other_caption };

  if (get_other (self) == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (captions); i++)
    {
      g_autofree char *text = make_caption (self, i == 1);

      if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (captions[i])), text) != 0)
        gtk_label_set_text (GTK_LABEL (captions[i]), text);
    }
}

char *
gsc_panel_describe_comparison (GscPanel *self)
{
  if (get_other (self) == NULL)
    return NULL;
  switch (get_show (self))
    {
    case GSC_SHOW_DIFFERENCE:
      return g_strdup (_ ("A − B"));
    case GSC_SHOW_BOTH:
      return g_strdup (gsc_figure_has_together (self->figure) ? _ ("A solid, B dashed")
                                                              : _ ("A and B"));
    case GSC_SHOW_B:
      return g_strdup ("B");
    case GSC_SHOW_A:
    default:
      return g_strdup ("A");
    }
}

/* Widgets */

static GtkWidget *
make_side (GtkWidget *plot, GtkWidget **caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *caption = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (*caption), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (*caption, "caption-heading");
  gtk_widget_add_css_class (*caption, "compare-caption");
  gtk_widget_set_visible (*caption, FALSE);
  gtk_widget_set_vexpand (plot, TRUE);
  gtk_widget_set_hexpand (plot, TRUE);
  gtk_box_append (GTK_BOX (box), *caption);
  gtk_box_append (GTK_BOX (box), plot);
  return box;
}

GtkWidget *
gsc_panel_make_sides (GscPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);

  self->plot = GSC_PLOT_VIEW (gsc_plot_view_new (self->figure));
  self->other_plot = GSC_PLOT_VIEW (gsc_plot_view_new (self->figure));
  self->side = make_side (GTK_WIDGET (self->plot), &self->caption);
  self->other_side = make_side (GTK_WIDGET (self->other_plot), &self->other_caption);
  gtk_widget_set_visible (self->other_side, FALSE);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), self->side);
  gtk_box_append (GTK_BOX (box), self->other_side);
  return box;
}

void
gsc_panel_update_comparison (GscPanel *self)
{
  GscShow show = get_show (self);
  gboolean pair = gsc_panel_is_pair (self);

  gtk_widget_set_visible (self->side, show != GSC_SHOW_B);
  gtk_widget_set_visible (self->other_side, show == GSC_SHOW_B || pair);
  gtk_widget_set_visible (self->caption, pair);
  gtk_widget_set_visible (self->other_caption, pair || show == GSC_SHOW_B);
  update_captions (self);
}

static void
on_changed (GscPanel *self)
{
  update_captions (self);
  gsc_panel_refresh (self);
}

/* B has come or gone, or is seen otherwise. */
static void
on_other (GscPanel *self)
{
  gsc_plot_view_set_session (self->other_plot, get_other (self));
  gsc_plot_view_set_leader (self->other_plot, get_other (self) != NULL ? self->session : NULL);
  gsc_panel_apply_settings (self);
  gsc_panel_update_comparison (self);
  gsc_panel_refresh (self);
}

void
gsc_panel_set_comparison (GscPanel *self, GscComparison *comparison)
{
  g_return_if_fail (GSC_IS_PANEL (self));

  if (comparison == self->comparison)
    return;
  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_set_object (&self->comparison, comparison);
  if (comparison != NULL)
    {
      g_signal_connect_swapped (comparison, "notify::other", G_CALLBACK (on_other), self);
      g_signal_connect_swapped (comparison, "notify::show", G_CALLBACK (on_other), self);
      g_signal_connect_swapped (comparison, "changed", G_CALLBACK (on_changed), self);
    }
  on_other (self);
}

GscPlotView *
gsc_panel_get_other_plot (GscPanel *self)
{
  g_return_val_if_fail (GSC_IS_PANEL (self), NULL);

  return self->other_plot;
}
