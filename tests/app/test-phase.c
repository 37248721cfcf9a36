/* test-phase.c - phase diagrams in the app: trained, looked at, exported
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-application.h"
#include "gsc-phase-export.h"
#include "gsc-phase-window.h"
#include "sweep-fixture.h"
#include "training-fixture.h"
#include "widget-fixture.h"

/* Four runs in a plane; long ones are there to be paused. */
#define SWEEP(steps)                                                                               \
  "{ \"base\": { " SWEEP_FIXTURE_SHAPE ", \"steps\": " steps " }, "                                \
  "\"axes\": { \"tasks\": [8, 12], \"alpha\": [0.4, 0.8] } }"

static GscApplication *application;

typedef struct
{
  char *folder;
  GscSweepWorker *worker;
  GscPhaseWindow *window;
  guint n_ended;
  guint n_train; /* asked for by the window */
  char *run;     /* the one to be opened */
  gint64 step;
} Fixture;

static void
on_ended (Fixture *fixture, const char *folder, const char *message)
{
  g_assert_cmpstr (folder, ==, fixture->folder);
  g_assert_cmpstr (message, ==, NULL);
  fixture->n_ended++;
}

static void
on_open_run (Fixture *fixture, const char *path, gint64 step)
{
  g_free (fixture->run);
  fixture->run = g_strdup (path);
  fixture->step = step;
}

static void
on_train (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->n_train++;
  gsc_sweep_worker_start (fixture->worker, fixture->folder, 2, &error);
  g_assert_no_error (error);
}

static void
open_fixture (Fixture *fixture, const char *text)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (text);
  g_autoptr (GError) error = NULL;

  *fixture = (Fixture){ .folder = training_fixture_folder ("sweep") };
  gsc_sweep_save (sweep, fixture->folder, &error);
  g_assert_no_error (error);
  fixture->worker = gsc_sweep_worker_new ();
  fixture->window = gsc_phase_window_new (fixture->worker, fixture->folder, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (fixture->worker, "ended", G_CALLBACK (on_ended), fixture);
  g_signal_connect_swapped (fixture->window, "open-run", G_CALLBACK (on_open_run), fixture);
  g_signal_connect_swapped (fixture->window, "train", G_CALLBACK (on_train), fixture);
  widget_fixture_present (GTK_WINDOW (fixture->window));
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
close_fixture (Fixture *fixture)
{
  gpointer weak[]
      = { fixture->window, gsc_phase_window_get_reader (fixture->window), fixture->worker };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    g_object_add_weak_pointer (weak[i], &weak[i]);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->worker);
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    training_fixture_wait (is_gone, &weak[i]);
  g_free (fixture->folder);
  g_free (fixture->run);
}

static const GscPhaseFrame *
get_frame (Fixture *fixture)
{
  GscPhaseFigure *figure = gsc_phase_plot_get_figure (gsc_phase_window_get_plot (fixture->window));

  return figure != NULL ? figure->parts[0].frame : NULL;
}

static gboolean
has_figure (gpointer data)
{
  return get_frame (data) != NULL;
}

static gboolean
is_complete (gpointer data)
{
  const GscPhaseFrame *frame = get_frame (data);

  return frame != NULL && frame->n_states[GSC_SWEEP_FINISHED] == 4;
}

static gboolean
is_under_way (gpointer data)
{
  GscSweepRunnerSummary summary;

  return gsc_sweep_worker_get_summary (((Fixture *) data)->worker, &summary) && summary.done > 0.01;
}

static gboolean
is_idle (gpointer data)
{
  return !gsc_sweep_worker_is_running (((Fixture *) data)->worker);
}

static gboolean
is_read (gpointer data)
{
  return !gsc_phase_reader_is_busy (gsc_phase_window_get_reader (((Fixture *) data)->window));
}

static void
press_train (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "phase.train", NULL));
}

static void
train_all (Fixture *fixture)
{
  training_fixture_wait (has_figure, fixture);
  press_train (fixture);
  g_assert_cmpuint (fixture->n_train, ==, 1);
  training_fixture_wait (is_complete, fixture);
  training_fixture_wait (is_idle, fixture);
  g_assert_cmpuint (fixture->n_ended, ==, 1);
}

/* All cells fill in; keys and clicks open what stands in them. */
static void
test_fill_and_choose (void)
{
  Fixture fixture;
  GscPhasePlot *plot;
  const GscPhaseFrame *frame;
  const GscPhaseRun *run;
  const GscFigurePage *page;
  const GscCellMapLayout *map;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  GscRect rect;

  open_fixture (&fixture, SWEEP ("60"));
  training_fixture_wait (has_figure, &fixture);
  frame = get_frame (&fixture);
  g_assert_cmpuint (frame->n_missing, ==, 4);
  plot = gsc_phase_window_get_plot (fixture.window);
  g_assert_false (gsc_phase_plot_choose_cursor (plot));
  train_all (&fixture);
  training_fixture_wait (is_read, &fixture);

  frame = get_frame (&fixture);
  g_assert_cmpuint (frame->n_missing, ==, 0);
  g_assert_cmpuint (frame->across.n, ==, 2);
  g_assert_cmpuint (frame->up.n, ==, 2);
  g_assert_nonnull (strstr (gsc_phase_window_get_progress (fixture.window), "4 of 4"));
  widget_fixture_assert_named (GTK_WIDGET (fixture.window));

  g_assert_true (gsc_phase_plot_choose_cursor (plot));
  run = gsc_phase_frame_get_run (frame, gsc_phase_frame_get_cell (frame, 0, 0));
  path = g_build_filename (fixture.folder, run->name, NULL);
  g_assert_cmpstr (fixture.run, ==, path);
  g_assert_cmpint (fixture.step, ==, run->step);

  g_assert_true (gsc_phase_plot_move (plot, GSC_DIRECTION_RIGHT));
  g_assert_false (gsc_phase_plot_move (plot, GSC_DIRECTION_RIGHT));
  g_assert_cmpuint (gsc_phase_plot_get_cursor (plot).column, ==, 1);
  training_fixture_idle (300); /* what had to change its size has done so */
  page = gsc_phase_plot_get_page (plot);
  map = gsc_figure_page_get_cell_map (page, 0);
  rect = gsc_cell_map_layout_get_cell (map, 1, 1);
  g_assert_true (gsc_phase_plot_hover (plot, rect.x + rect.width / 2, rect.y + rect.height / 2));
  training_fixture_idle (300); /* showing the card must not take it away */
  g_assert_nonnull (gsc_phase_plot_get_hover_text (plot));
  g_assert_true (gsc_phase_plot_choose (plot, rect.x + rect.width / 2, rect.y + rect.height / 2));
  run = gsc_phase_frame_get_run (frame, gsc_phase_frame_get_cell (frame, 1, 1));
  other = g_build_filename (fixture.folder, run->name, NULL);
  g_assert_cmpstr (fixture.run, ==, other);
  g_assert_cmpstr (path, !=, other);
  gsc_phase_plot_leave (plot);
  g_assert_null (gsc_phase_plot_get_hover_text (plot));
  close_fixture (&fixture);
}

/* A set whose threshold is 0 is solved, one above all accuracies is not. */
static void
test_thresholds (void)
{
  Fixture fixture;
  GscPhaseOptions *options;

  open_fixture (&fixture, SWEEP ("60"));
  train_all (&fixture);
  options = gsc_phase_window_get_options (fixture.window);
  gtk_range_set_value (gsc_phase_options_get_threshold (options, GSC_SET_ID_TRAIN), 1);
  training_fixture_wait (is_read, &fixture);
  g_assert_cmpuint (get_frame (&fixture)->n_phases[GSC_PHASE_NONE], ==, 4);
  for (guint i = 0; i < GSC_N_SETS; i++)
    gtk_range_set_value (gsc_phase_options_get_threshold (options, (GscSet) i), 0);
  training_fixture_wait (is_read, &fixture);
  g_assert_cmpuint (get_frame (&fixture)->n_phases[GSC_PHASE_OOD_GENERALISATION], ==, 4);
  close_fixture (&fixture);
}

static gint64
sum_steps (Fixture *fixture)
{
  const GscSweep *sweep
      = gsc_phase_reader_get_sweep (gsc_phase_window_get_reader (fixture->window));
  gint64 sum = 0;

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };

      gsc_sweep_get_status (sweep, fixture->folder, i, &status, NULL);
      g_assert_cmpint (status.state, !=, GSC_SWEEP_TRAINING);
      sum += status.step;
    }
  return sum;
}

static void
test_pause_and_continue (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  gint64 paused;

  open_fixture (&fixture, SWEEP ("20000"));
  training_fixture_wait (has_figure, &fixture);
  press_train (&fixture);
  training_fixture_wait (is_under_way, &fixture);
  g_assert_false (gsc_sweep_worker_start (fixture.worker, fixture.folder, 2, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  training_fixture_assert_sentence (error->message, "phase diagram");
  press_train (&fixture); /* which pauses now */
  training_fixture_wait (is_idle, &fixture);
  g_assert_cmpuint (fixture.n_train, ==, 1);
  g_assert_cmpuint (fixture.n_ended, ==, 1);
  paused = sum_steps (&fixture);
  g_assert_cmpint (paused, >, 0);
  g_assert_cmpint (paused, <, 4 * 20000);

  training_fixture_wait (is_read, &fixture);
  press_train (&fixture);
  g_assert_cmpuint (fixture.n_train, ==, 2);
  training_fixture_wait (is_under_way, &fixture);
  gsc_sweep_worker_stop_and_wait (fixture.worker);
  g_assert_cmpuint (fixture.n_ended, ==, 2);
  g_assert_cmpint (sum_steps (&fixture), >=, paused);
  close_fixture (&fixture);
}

static guint
count_here (Fixture *fixture)
{
  GscSweepRunnerSummary summary;

  return gsc_sweep_worker_get_summary (fixture->worker, &summary) ? summary.n_here : 0;
}

static gboolean
is_one_here (gpointer data)
{
  return count_here (data) == 1;
}

static gboolean
are_two_here (gpointer data)
{
  return count_here (data) == 2;
}

static gboolean
is_none_here (gpointer data)
{
  return gsc_sweep_worker_is_running (((Fixture *) data)->worker) && count_here (data) == 0;
}

static gboolean
says_so (Fixture *fixture)
{
  return strstr (gsc_phase_window_get_progress (fixture->window), "gives way") != NULL;
}

/* Half of two runs go on while another training does; none of one. */
static void
test_gives_way (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;

  open_fixture (&fixture, SWEEP ("20000"));
  training_fixture_wait (has_figure, &fixture);
  press_train (&fixture);
  training_fixture_wait (are_two_here, &fixture);
  g_assert_false (says_so (&fixture));
  gsc_sweep_worker_set_gives_way (fixture.worker, TRUE);
  training_fixture_wait (is_one_here, &fixture);
  g_assert_true (says_so (&fixture));
  gsc_sweep_worker_set_gives_way (fixture.worker, FALSE);
  training_fixture_wait (are_two_here, &fixture);
  g_assert_false (says_so (&fixture));
  gsc_sweep_worker_stop_and_wait (fixture.worker);

  /* It may be said before. */
  gsc_sweep_worker_set_gives_way (fixture.worker, TRUE);
  g_assert_false (says_so (&fixture));
  gsc_sweep_worker_start (fixture.worker, fixture.folder, 1, &error);
  g_assert_no_error (error);
  training_fixture_idle (700);
  g_assert_true (is_none_here (&fixture));
  g_assert_true (says_so (&fixture));
  gsc_sweep_worker_set_gives_way (fixture.worker, FALSE);
  training_fixture_wait (is_one_here, &fixture);
  gsc_sweep_worker_stop_and_wait (fixture.worker);
  close_fixture (&fixture);
}

static void
test_export (void)
{
  static const char *const names[] = { "a.pdf", "a.svg", "a.png", "a.csv", "a.json" };
  Fixture fixture;
  GscFigurePaper paper;
  g_autofree char *mine = training_fixture_folder ("mine");
  g_autofree char *theirs = training_fixture_folder ("theirs");
  g_autoptr (GError) error = NULL;
  g_autofree char *bad = NULL;

  open_fixture (&fixture, SWEEP ("60"));
  train_all (&fixture);
  training_fixture_wait (is_read, &fixture);
  gsc_figure_paper_init (&paper, NULL);
  g_mkdir_with_parents (mine, 0700);
  g_mkdir_with_parents (theirs, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GscPhaseFigure *figure
          = gsc_phase_plot_get_figure (gsc_phase_window_get_plot (fixture.window));
      g_autofree char *a = g_build_filename (mine, names[i], NULL);
      g_autofree char *b = g_build_filename (theirs, names[i], NULL);
      g_autofree char *bytes_a = NULL;
      g_autofree char *bytes_b = NULL;
      gsize n_a, n_b;

      if (g_str_has_suffix (a, ".csv"))
        gsc_phase_export_table (figure, &paper, b, &error);
      else if (!g_str_has_suffix (a, ".json"))
        gsc_phase_export (figure, &paper, b, &error);
      g_assert_no_error (error);
      if (!g_str_has_suffix (a, ".json")) /* it comes with the table */
        gsc_phase_window_export (fixture.window, a, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (a, &bytes_a, &n_a, NULL));
      g_assert_true (g_file_get_contents (b, &bytes_b, &n_b, NULL));
      g_assert_cmpmem (bytes_a, n_a, bytes_b, n_b);
    }
  bad = g_build_filename (mine, "a.doc", NULL);
  g_assert_false (gsc_phase_window_export (fixture.window, bad, &error));
  g_assert_nonnull (error);
  close_fixture (&fixture);
}

static void
test_no_sweep (void)
{
  g_autofree char *folder = training_fixture_folder ("nothing");
  g_autoptr (GscSweepWorker) worker = gsc_sweep_worker_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_phase_window_new (worker, folder, &error));
  training_fixture_assert_sentence (error->message, "nothing");
  g_clear_error (&error);
  g_assert_false (gsc_sweep_worker_start (worker, folder, 1, &error));
  training_fixture_assert_sentence (error->message, "nothing");
  g_assert_false (gsc_sweep_worker_is_running (worker));
}

/* The program's only phase window, or NULL. */
static GscPhaseWindow *
find_phase_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (GSC_IS_PHASE_WINDOW (window))
        return GSC_PHASE_WINDOW (window);
    }
  return NULL;
}

static gboolean
has_steps (gpointer data)
{
  const GscSweep *sweep
      = gsc_phase_reader_get_sweep (gsc_phase_window_get_reader (find_phase_window ()));
  g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };

  gsc_sweep_get_status (sweep, data, 0, &status, NULL);
  return status.step >= 20;
}

static gboolean
can_be_opened (gpointer data)
{
  GscPhasePlot *plot = gsc_phase_window_get_plot (find_phase_window ());

  return gsc_phase_plot_choose_cursor (plot);
}

static gboolean
shows_record (gpointer data)
{
  GscFrame *frame = gsc_session_get_frame (gsc_window_get_session (data));

  return frame != NULL && frame->step >= 0;
}

static gboolean
trains_nothing (gpointer data)
{
  return gsc_library_get_training (data) == NULL;
}

/* Opened in the main window, trained, saved with it, offered again; a cell opens its run there. */
static void
test_main_window (void)
{
  g_autofree char *folder = training_fixture_folder ("sweep");
  g_autofree char *runs = training_fixture_folder ("runs");
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (SWEEP ("100000"));
  g_autoptr (GscLibrary) library = gsc_library_new (runs);
  g_autoptr (GSettings) settings = gsc_application_load_settings ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autofree char *interrupted = NULL;
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  GscConfig config;
  g_auto (GStrv) recent = NULL;
  g_autoptr (GError) error = NULL;
  GscWindow *window;
  GscRun *run;
  gpointer weak;

  gsc_sweep_save (sweep, folder, &error);
  g_assert_no_error (error);
  g_settings_set_boolean (settings, "example-offered", TRUE);
  window = gsc_window_new (ADW_APPLICATION (application), library, settings);
  weak = window;
  g_object_add_weak_pointer (weak, &weak);
  widget_fixture_present (GTK_WINDOW (window));
  gsc_window_open_file (window, file);
  g_assert_nonnull (find_phase_window ());
  recent = g_settings_get_strv (settings, "sweeps");
  g_assert_cmpstr (recent[0], ==, folder);
  gtk_widget_activate_action (GTK_WIDGET (find_phase_window ()), "phase.train", NULL);
  training_fixture_wait (has_steps, folder);
  training_fixture_wait (can_be_opened, folder);
  run = gsc_session_get_run (gsc_window_get_session (window));
  g_assert_nonnull (run);
  g_assert_true (g_str_has_prefix (gsc_run_get_path (run), folder));
  training_fixture_wait (shows_record, window);

  /* A run that is trained in the window has the right of way, for as long as it is. */
  config = training_fixture_config ();
  config.steps = 1000000;
  g_assert_null (strstr (gsc_phase_window_get_progress (find_phase_window ()), "gives way"));
  g_assert_nonnull (gsc_library_train_new (library, &config, notes, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (gsc_phase_window_get_progress (find_phase_window ()), "gives way"));
  gsc_library_stop (library);
  training_fixture_wait (trains_nothing, library);
  g_assert_null (strstr (gsc_phase_window_get_progress (find_phase_window ()), "gives way"));

  gtk_window_close (GTK_WINDOW (window));
  training_fixture_idle (300);
  g_assert_null (weak);
  g_assert_null (find_phase_window ());
  interrupted = g_settings_get_string (settings, "interrupted-sweep");
  g_assert_cmpstr (interrupted, ==, folder);

  window = gsc_window_new (ADW_APPLICATION (application), library, settings);
  g_assert_nonnull (gsc_window_get_banner (window));
  g_assert_nonnull (strstr (gsc_window_get_banner (window), "sweep"));
  g_settings_reset (settings, "sweeps");
  g_settings_reset (settings, "runs-elsewhere");
  gtk_window_close (GTK_WINDOW (window));
  training_fixture_idle (100);
}

int
main (int argc, char **argv)
{
  g_autofree char *unused = NULL;

  training_fixture_init (&argc, &argv);
  unused = g_build_filename (g_get_user_data_dir (), "unused", NULL);
  application = gsc_application_new (NULL, unused);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  training_fixture_add ("/phase/fill-and-choose", test_fill_and_choose);
  training_fixture_add ("/phase/thresholds", test_thresholds);
  training_fixture_add ("/phase/pause-and-continue", test_pause_and_continue);
  training_fixture_add ("/phase/gives-way", test_gives_way);
  training_fixture_add ("/phase/export", test_export);
  training_fixture_add ("/phase/no-sweep", test_no_sweep);
  training_fixture_add ("/phase/main-window", test_main_window);
  return g_test_run ();
}
