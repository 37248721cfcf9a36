/* session-fixture.h - a session with a run that nobody trained
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-session.h"

typedef struct
{
  GscRun *run;
  GscSession *session;
} SessionFixture;

/* A run of p = 11 with @n_records records and a model with fresh weights, live. */
void session_fixture_open (SessionFixture *fixture, guint n_records);

/* Asserts that nothing holds the session any more. */
void session_fixture_close (SessionFixture *fixture);

/* One more record, as a training would give it out. */
void session_fixture_append (SessionFixture *fixture);

/* Iterates until the frame has a probe and a projection. */
void session_fixture_wait (SessionFixture *fixture);

/* Iterates the main loop until @done is TRUE of @data; fails after half a minute. */
typedef gboolean (*SessionFixtureTest) (gpointer data);
void session_fixture_iterate_until (SessionFixtureTest done, gpointer data);

/* Iterates until the window has been laid out and drawn anew. */
void session_fixture_settle (GtkWidget *window);

/* Iterates for some milliseconds. */
void session_fixture_iterate (guint milliseconds);
