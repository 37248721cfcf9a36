/* gsc-sidebar.h - runs, experiments and the recipe of the next run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-controls.h"
#include "gsc-experiments.h"
#include "gsc-run-list.h"

G_BEGIN_DECLS

#define GSC_TYPE_SIDEBAR (gsc_sidebar_get_type ())

/* About 300 pixels wide. Three sections that scroll and can be closed, and below them, always in
 * sight, what the run will take and the button that activates "win.train-new".
 * Property "selected-run" (GscRun or NULL). Signal "deleted" (GscRun *run): as GscRunList's. */
G_DECLARE_FINAL_TYPE (GscSidebar, gsc_sidebar, GSC, SIDEBAR, GtkBox)

GtkWidget *gsc_sidebar_new (GscLibrary *library, GscRecipe *recipe);

GscRun *gsc_sidebar_get_selected_run (GscSidebar *sidebar); /* borrowed, or NULL */
void gsc_sidebar_select_run (GscSidebar *sidebar, GscRun *run);

/* The actions of the selected run, "runs" (gsc_run_list_get_action_group()). Borrowed. */
GActionGroup *gsc_sidebar_get_action_group (GscSidebar *sidebar);

/* Its parts. Borrowed. */
GscRunList *gsc_sidebar_get_run_list (GscSidebar *sidebar);
GscExperiments *gsc_sidebar_get_experiments (GscSidebar *sidebar);
GscControls *gsc_sidebar_get_controls (GscSidebar *sidebar);

G_END_DECLS
