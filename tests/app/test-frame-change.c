/* test-frame-change.c - what the step from one frame to the next means for a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-frame-change.h"

#include "data-fixture.h"

typedef struct
{
  GscRunData *data;
  GscRunData *longer; /* with one more record */
  GscFrame *frame;    /* of data's last record */
} Fixture;

static void
open_fixture (Fixture *fixture)
{
  GscRecord *record;

  fixture->data = data_fixture_new (7, 3, FIXTURE_RISING);
  record = data_fixture_make_record (&fixture->data->config, fixture->data->tasks, 300, 0.5, 1);
  fixture->longer = gsc_run_data_append (fixture->data, record);
  gsc_record_unref (record);
  fixture->frame = gsc_frame_new (fixture->data, 2);
}

static void
close_fixture (Fixture *fixture)
{
  gsc_frame_unref (fixture->frame);
  gsc_run_data_unref (fixture->longer);
  gsc_run_data_unref (fixture->data);
}

static void
test_same (void)
{
  Fixture fixture;
  g_autoptr (GscFrame) same = NULL;

  open_fixture (&fixture);
  same = gsc_frame_copy (fixture.frame);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    for (int live = 0; live <= 1; live++)
      {
        g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, same, live), ==,
                         GSC_FRAME_CHANGE_NONE);
        g_assert_cmpint (gsc_frame_change_find (figure, NULL, same, live), ==,
                         GSC_FRAME_CHANGE_BY_USER);
      }
  close_fixture (&fixture);
}

/* Every part of the cursor, and another run. */
static void
test_user (void)
{
  Fixture fixture;
  g_autoptr (GscRunData) other_data = data_fixture_new (7, 3, FIXTURE_RISING);

  open_fixture (&fixture);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GscFrame) other
          = i == 5 ? gsc_frame_new (other_data, 2) : gsc_frame_copy (fixture.frame);

      other->cursor.a += i == 0;
      other->cursor.b += i == 1;
      other->cursor.shot -= i == 2;
      other->cursor.layer += i == 3;
      other->cursor.head += i == 4;
      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, other, TRUE), ==,
                         GSC_FRAME_CHANGE_BY_USER);
    }
  close_fixture (&fixture);
}

/* A new record that is shown changes all that shows a record; one that is not shown only the
 * curves. */
static void
test_record (void)
{
  Fixture fixture;
  g_autoptr (GscFrame) newest = NULL;
  g_autoptr (GscFrame) pinned = NULL;

  open_fixture (&fixture);
  newest = gsc_frame_new (fixture.longer, 3);
  pinned = gsc_frame_new (fixture.longer, 2);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, newest, TRUE), ==,
                       GSC_FRAME_CHANGE_BY_TRAINING);
      g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, newest, FALSE), ==,
                       GSC_FRAME_CHANGE_BY_USER);
      g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, pinned, FALSE), ==,
                       figure == GSC_FIGURE_LEARNING_CURVES ? GSC_FRAME_CHANGE_BY_TRAINING
                                                            : GSC_FRAME_CHANGE_NONE);
    }
  close_fixture (&fixture);
}

/* Another model matters to the figures that show one. */
static void
test_model (void)
{
  Fixture fixture;
  g_autoptr (GscFrame) other = NULL;

  open_fixture (&fixture);
  other = gsc_frame_copy (fixture.frame);
  other->step = 12345;
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      gboolean model
          = gsc_frame_change_shows_probe (figure) || gsc_frame_change_shows_projection (figure);

      g_assert_true (model || gsc_frame_change_get_insight (figure) >= 0
                     || !gsc_figure_needs_model (figure));
      g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, other, TRUE), ==,
                       model ? GSC_FRAME_CHANGE_BY_TRAINING : GSC_FRAME_CHANGE_NONE);
      g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, other, FALSE), ==,
                       model ? GSC_FRAME_CHANGE_BY_USER : GSC_FRAME_CHANGE_NONE);
    }
  close_fixture (&fixture);
}

/* Another insight matters to the figures that show one of its kind. */
static void
test_insight (void)
{
  Fixture fixture;

  open_fixture (&fixture);
  for (int kind = 0; kind < GSC_N_INSIGHTS; kind++)
    {
      g_autoptr (GscFrame) other = gsc_frame_copy (fixture.frame);
      GscInsight insight = { .kind = (GscInsightKind) kind };
      guint n_figures = 0;

      other->insights[kind] = &insight;
      for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
        {
          gboolean shows = gsc_frame_change_get_insight (figure) == kind;

          n_figures += shows;
          g_assert_cmpint (gsc_frame_change_find (figure, fixture.frame, other, TRUE), ==,
                           shows ? GSC_FRAME_CHANGE_BY_TRAINING : GSC_FRAME_CHANGE_NONE);
        }
      g_assert_cmpuint (n_figures, >=, 1);
      other->insights[kind] = NULL;
    }
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-change/same", test_same);
  g_test_add_func ("/frame-change/user", test_user);
  g_test_add_func ("/frame-change/record", test_record);
  g_test_add_func ("/frame-change/model", test_model);
  g_test_add_func ("/frame-change/insight", test_insight);
  return g_test_run ();
}
