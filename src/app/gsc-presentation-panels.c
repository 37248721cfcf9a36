/* gsc-presentation-panels.c - a presentation's panels, and what covers them while they change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-presentation-private.h"

#include "gsc-board-order.h"
#include "gsc-frame-change.h"

/* Milliseconds between two looks whether the next view is there, and how long the one before is
 * seen at most. */
#define COVER_INTERVAL 16
#define COVER_TIME 500

/* The view before stays until the next is painted. */

static gboolean
is_painted (GscPresentation *self)
{
  gboolean busy = FALSE;

  g_object_get (self->session, "busy", &busy, NULL);
  if (busy || gsc_painter_is_busy (gsc_painter_get_default ()))
    return FALSE;
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    {
      GscPlotView *plot = self->panels[i] != NULL ? gsc_panel_get_plot (self->panels[i]) : NULL;

      if (plot != NULL && gtk_widget_get_mapped (GTK_WIDGET (plot))
          && gsc_plot_view_get_texture (plot) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
uncover (GscPresentation *self)
{
  g_clear_handle_id (&self->cover_timeout, g_source_remove);
  gtk_widget_set_visible (self->cover, FALSE);
  gtk_picture_set_paintable (GTK_PICTURE (self->cover), NULL);
}

static gboolean
on_cover_timeout (gpointer data)
{
  GscPresentation *self = data;

  if (!is_painted (self) && g_get_monotonic_time () < self->cover_end)
    return G_SOURCE_CONTINUE;
  self->cover_timeout = 0;
  uncover (self);
  return G_SOURCE_REMOVE;
}

void
gsc_presentation_cover_view (GscPresentation *self)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkPaintable) image = NULL;

  if (!gtk_widget_get_mapped (self->view) || self->panels[0] == NULL)
    return;
  if (self->cover_timeout == 0)
    {
      paintable = gtk_widget_paintable_new (self->view);
      image = gdk_paintable_get_current_image (paintable);
      gtk_picture_set_paintable (GTK_PICTURE (self->cover), image);
      gtk_widget_set_visible (self->cover, TRUE);
      self->cover_timeout = g_timeout_add (COVER_INTERVAL, on_cover_timeout, self);
    }
  self->cover_end = g_get_monotonic_time () + COVER_TIME * 1000;
}

/* Panels */

/* What is not seen need not be computed. */
void
gsc_presentation_update_wanted (GscPresentation *self)
{
  GscSession *sessions[]
      = { self->session,
          self->comparison != NULL ? gsc_comparison_get_other (self->comparison) : NULL };
  gboolean probe = FALSE;
  gboolean projection = FALSE;
  guint insights = 0;

  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (self->panels[i] != NULL)
      {
        GscFigure figure = gsc_panel_get_figure (self->panels[i]);
        int insight = gsc_frame_change_get_insight (figure);

        probe = probe || gsc_frame_change_shows_probe (figure);
        projection = projection || gsc_frame_change_shows_projection (figure);
        if (insight >= 0 && insight != GSC_INSIGHT_SCORES)
          insights |= 1u << insight;
      }
  for (guint i = 0; i < G_N_ELEMENTS (sessions) && sessions[i] != NULL; i++)
    {
      gsc_session_set_wanted (sessions[i], probe, projection);
      gsc_session_set_wanted_insights (sessions[i], insights);
    }
}

static void
remove_panel (GscPresentation *self, guint index)
{
  if (self->panels[index] == NULL)
    return;
  gtk_box_remove (GTK_BOX (self->stage), GTK_WIDGET (self->panels[index]));
  self->panels[index] = NULL;
}

/* Figures that this program does not have are left out. */
void
gsc_presentation_set_panels (GscPresentation *self, const GscBookmark *bookmark)
{
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    {
      const GscBookmarkPanel *wish = &bookmark->panels[i];
      int figure = wish->figure != NULL ? gsc_board_order_find_figure (wish->figure) : -1;
      GscPanel *panel = self->panels[i];

      if (panel != NULL && (int) gsc_panel_get_figure (panel) != figure)
        {
          remove_panel (self, i);
          panel = NULL;
        }
      if (figure < 0)
        continue;
      if (panel == NULL)
        {
          panel = self->panels[i] = GSC_PANEL (gsc_panel_new ((GscFigure) figure));
          gsc_panel_set_presented (panel);
          gtk_widget_set_hexpand (GTK_WIDGET (panel), TRUE);
          gtk_box_insert_child_after (GTK_BOX (self->stage), GTK_WIDGET (panel),
                                      i > 0 ? GTK_WIDGET (self->panels[i - 1]) : NULL);
          gsc_panel_set_session (panel, self->session);
          gsc_panel_set_comparison (panel, self->comparison);
        }
      if (wish->choices != NULL)
        gsc_panel_load_state (panel, wish->choices);
    }
  gsc_presentation_update_wanted (self);
}

gboolean
gsc_presentation_needs_model (GscPresentation *self)
{
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (self->panels[i] != NULL && gsc_figure_needs_model (gsc_panel_get_figure (self->panels[i])))
      return TRUE;
  return FALSE;
}
