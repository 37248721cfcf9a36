/* gsc-export-form.h - which figures are exported, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-export-settings.h"
#include "gsc-export-source.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_EXPORT_ONE,     /* one panel */
  GSC_EXPORT_SEVERAL, /* those that are ticked */
  GSC_EXPORT_ALL,     /* all figures of the run */
  GSC_EXPORT_RECIPE,  /* a figure of the paper */
} GscExportWhat;

/* All panels as they are shown. A plain value. */
typedef struct
{
  GscFigurePanel panels[GSC_N_FIGURES];
  gboolean shown[GSC_N_FIGURES]; /* ticked at first */
  GscFigure figure;              /* the one that is asked for */
  GscShow show;                  /* what is seen where two are compared; A otherwise */
} GscExportPanels;

#define GSC_TYPE_EXPORT_FORM (gsc_export_form_get_type ())

/* Signals:
 *   "figures-changed" (): gsc_export_form_list_items()
 *   "settings-changed" (): gsc_export_form_get_settings() */
G_DECLARE_FINAL_TYPE (GscExportForm, gsc_export_form, GSC, EXPORT_FORM, AdwPreferencesPage)

/* @source says which figures there are. */
GtkWidget *gsc_export_form_new (GscExportSource *source,
                                const GscExportPanels *panels,
                                const GscExportSettings *settings);

/* Of GscExportItem, in the figures' order; may be empty. (transfer full) */
GArray *gsc_export_form_list_items (GscExportForm *form);

void gsc_export_form_get_settings (GscExportForm *form, GscExportSettings *settings);
void gsc_export_form_set_settings (GscExportForm *form, const GscExportSettings *settings);

/* What a user does. */
void gsc_export_form_choose (GscExportForm *form, GscExportWhat what);
void gsc_export_form_choose_figure (GscExportForm *form, GscFigure figure);
void gsc_export_form_tick (GscExportForm *form, GscFigure figure, gboolean ticked);
void gsc_export_form_choose_show (GscExportForm *form, GscShow show);
void gsc_export_form_choose_recipe (GscExportForm *form, const GscFigureRecipe *recipe);

G_END_DECLS
