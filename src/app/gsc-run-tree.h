/* gsc-run-tree.h - runs, each below the one that it continues
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run.h"

G_BEGIN_DECLS

#define GSC_TYPE_RUN_TREE (gsc_run_tree_get_type ())

/* A GListModel of GscRun: those of another one in its order, but branches come directly after the
 * run that they were branched from, and after its earlier ones. A run whose parent is not in the
 * list is a root. */
G_DECLARE_FINAL_TYPE (GscRunTree, gsc_run_tree, GSC, RUN_TREE, GObject)

/* @runs: of GscRun, followed. */
GscRunTree *gsc_run_tree_new (GListModel *runs);

/* How many ancestors the run at @position has in the list. */
guint gsc_run_tree_get_depth (GscRunTree *tree, guint position);

/* The run that it continues, or NULL. Borrowed. */
GscRun *gsc_run_tree_get_parent (GscRunTree *tree, guint position);

G_END_DECLS
