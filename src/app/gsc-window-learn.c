/* gsc-window-learn.c - the main window: guide, tour, lessons, and how to cite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-guide.h"
#include "gsc-report.h"
#include "gsc-tour.h"
#include "gsc-window-private.h"

static void
on_guide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (!gsc_guide_show (GTK_WINDOW (self), &error))
    gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
}

static void
on_show_panel (GscTour *tour, int figure, gpointer data)
{
  GscWindow *self = data;

  if (figure >= 0)
    gsc_board_set_shown (self->board, (GscFigure) figure, TRUE);
  gsc_board_set_enlarged (self->board, figure);
}

static void
on_tour (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *tour = gsc_tour_new (data);

  g_signal_connect_object (tour, "show-panel", G_CALLBACK (on_show_panel), data, 0);
  gtk_window_present (GTK_WINDOW (tour));
}

/* A lesson's panel fills the board; afterwards the board is as it was. */
static void
on_lesson_panel (GscLessonBar *bar, int figure, gpointer data)
{
  GscWindow *self = data;

  if (self->lesson_figure == figure)
    {
      if (figure >= 0)
        gsc_board_set_enlarged (self->board, figure);
      return;
    }
  if (figure >= 0)
    {
      self->enlarged_before = gsc_board_get_enlarged (self->board);
      self->lesson_figure_hidden = !gsc_board_is_shown (self->board, (GscFigure) figure);
      gsc_board_set_enlarged (self->board, figure);
    }
  else
    {
      gsc_board_set_enlarged (self->board, self->enlarged_before);
      if (self->lesson_figure_hidden)
        gsc_board_set_shown (self->board, (GscFigure) self->lesson_figure, FALSE);
    }
  self->lesson_figure = figure;
}

GtkWidget *
gsc_window_make_lesson_bar (GscWindow *self)
{
  GtkWidget *bar = gsc_lesson_bar_new (self->session);

  self->lessons = GSC_LESSON_BAR (bar);
  g_signal_connect_object (bar, "show-panel", G_CALLBACK (on_lesson_panel), self, 0);
  return bar;
}

/* They tell of a run: without one, of the example. */
static void
on_lessons (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  if (self->run == NULL)
    g_action_group_activate_action (G_ACTION_GROUP (self), "open-example", NULL);
  gsc_lesson_bar_open (self->lessons);
}

static void
on_copy_citation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (data), gsc_report_get_bibtex ());
  /* Translators: BibTeX is the format of a bibliography. */
  gsc_window_toast (data, _ ("The paper’s BibTeX entry is on the clipboard."));
}

void
gsc_window_add_learn_actions (GscWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "guide", .activate = on_guide },
    { .name = "tour", .activate = on_tour },
    { .name = "lessons", .activate = on_lessons },
    { .name = "copy-citation", .activate = on_copy_citation },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
