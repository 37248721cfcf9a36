/* run-fixture.h - a small run in a folder of its own, for the tests of run folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run-folder.h"

/* Sanitizers make programs ten times slower: of what is tried often, or takes its time, less is
 * enough there, as the other build has it all. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define RUN_FIXTURE_FEWER(n) ((n) / 5)
#else
#define RUN_FIXTURE_FEWER(n) (n)
#endif

typedef struct
{
  char *parent;
  char *path; /* does not exist at first */
  GscConfig config;
  GscTaskSplit *tasks;
  GscInputSplit *inputs;
} RunFixture;

/* For g_test_add(). */
void run_fixture_set_up (RunFixture *fixture, gconstpointer data);
void run_fixture_tear_down (RunFixture *fixture, gconstpointer data);

#define RUN_FIXTURE_ADD(name, func)                                                                \
  g_test_add (name, RunFixture, NULL, run_fixture_set_up, func, run_fixture_tear_down)

/* Both must succeed. (transfer full) */
GscRunFolder *run_fixture_create (RunFixture *fixture);
GscRunFolder *run_fixture_open (RunFixture *fixture, gboolean writable);

/* A file of the run. (transfer full) */
char *run_fixture_get_path (RunFixture *fixture, const char *name);
char *run_fixture_read_file (RunFixture *fixture, const char *name, gsize *length);
void run_fixture_write_file (RunFixture *fixture, const char *name, const char *text, gsize length);

/* A record of numbers that differ in every place. (transfer full) */
GscRecord *run_fixture_make_record (RunFixture *fixture, gint64 step);

/* Appends that record; must succeed. */
void run_fixture_append (RunFixture *fixture, GscRunFolder *folder, gint64 step);

/* Equal in all that tables keep. */
void run_fixture_assert_same_record (const GscRecord *a, const GscRecord *b);

/* The run's records must be those that run_fixture_make_record() makes of @steps (ended by -1). */
void run_fixture_assert_records (RunFixture *fixture, GscRunFolder *folder, const gint64 *steps);

#define ASSERT_RECORDS(fixture, folder, ...)                                                       \
  run_fixture_assert_records (fixture, folder, (const gint64[]){ __VA_ARGS__, -1 })

/* A model of the run's shape with weights of @seed. (transfer full) */
GscModel *run_fixture_make_model (RunFixture *fixture, guint64 seed);

/* Saves a snapshot of such a model; must succeed. */
void run_fixture_save_snapshot (RunFixture *fixture, GscRunFolder *folder, gint64 step);

/* A message must be a sentence that names the file and has @fault in it. */
void run_fixture_assert_message (const GError *error, const char *name, const char *fault);
