/* training-fixture.h - tiny runs and a main loop that ends, for tests of the worker and the library
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-training.h"

/* For main() in g_test_init()'s place: the user's folders are a temporary one, in memory where
 * there is such a place, because all writes are brought to the disk. */
void training_fixture_init (int *argc, char ***argv);

/* As g_test_add_func(); the user's folders are emptied after the test. */
void training_fixture_add (const char *path, GTestFunc func);

/* 30 steps and 7 records in a blink. */
GscConfig training_fixture_config (void);

/* A path in the user's data folder, which need not exist. (transfer full) */
char *training_fixture_folder (const char *name);

/* Trains @config in @path up to @stop_at (-1: to the end) without any app. */
void training_fixture_train (const char *path, const GscConfig *config, gint64 stop_at);

GPtrArray *training_fixture_read_records (const char *path);
GscModel *training_fixture_load_snapshot (const char *path, gint64 step);

/* Figures but for the clocks, at the steps that are multiples of 5, and the last weights must be
 * the same. */
void training_fixture_assert_same_runs (const char *a, const char *b);

/* Runs the main loop until @done says so; fails after minutes. */
typedef gboolean (*TrainingFixtureFunc) (gpointer data);
void training_fixture_wait (TrainingFixtureFunc done, gpointer data);

/* Runs the main loop for so long. */
void training_fixture_idle (guint milliseconds);

/* A message for the user: a sentence that names @name. */
void training_fixture_assert_sentence (const char *message, const char *name);
