/* gsc-run-list.h - the user's runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-library.h"

G_BEGIN_DECLS

#define GSC_TYPE_RUN_LIST (gsc_run_list_get_type ())

/* Property "selected" (GscRun or NULL). Signal "deleted" (GscRun *run): the user has removed it
 * from the library, which can still restore it. What cannot be done is said by the library's signal
 * "failed". */
G_DECLARE_FINAL_TYPE (GscRunList, gsc_run_list, GSC, RUN_LIST, GtkBox)

GtkWidget *gsc_run_list_new (GscLibrary *library);

GscRun *gsc_run_list_get_selected (GscRunList *list); /* borrowed, or NULL */
void gsc_run_list_set_selected (GscRunList *list, GscRun *run);

/* rename, resume, duplicate, delete, open-folder: for the selected run; insensitive without one.
 * The list has them as "runs". Borrowed. */
GActionGroup *gsc_run_list_get_action_group (GscRunList *list);

/* The row of a run (a GscRunRow), or NULL. Borrowed. */
GtkWidget *gsc_run_list_get_row (GscRunList *list, GscRun *run);

G_END_DECLS
