/* gsc-window-example.c - the main window: the run that comes with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-window-private.h"

typedef struct
{
  GWeakRef window;
  gboolean asked; /* by the user, and not only offered */
} Opening;

static void
opening_free (Opening *opening)
{
  g_weak_ref_clear (&opening->window);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
show (GscWindow *self, GscRun *run)
{
  gsc_window_show_run (self, run);
  gsc_banner_show (self->banner, _ ("This trained run came with Grokscope."), _ ("Take the T_our"),
                   "win.tour", NULL);
}

static void
on_opened (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GscWindow) self = g_weak_ref_get (&opening->window);
  g_autoptr (GError) error = NULL;
  GscRun *run = gsc_library_open_example_finish (GSC_LIBRARY (object), result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->example);
  /* Once is enough: who deletes it does not want it, and what failed now fails the next time. */
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, "example-offered", TRUE);
  if (run == NULL)
    gsc_banner_show (self->banner, error->message, NULL, NULL, NULL);
  /* Meanwhile another may have been opened or trained. */
  else if (opening->asked || self->run == NULL)
    show (self, run);
}

static void
begin (GscWindow *self, gboolean asked)
{
  Opening *opening;

  if (self->example != NULL)
    return;
  opening = g_new0 (Opening, 1);
  g_weak_ref_init (&opening->window, self);
  opening->asked = asked;
  self->example = g_cancellable_new ();
  gsc_library_open_example (self->library, self->example, on_opened, opening);
}

void
gsc_window_offer_example (GscWindow *self)
{
  if (g_settings_get_boolean (self->settings, "example-offered"))
    return;
  if (g_list_model_get_n_items (G_LIST_MODEL (self->library)) > 0)
    g_settings_set_boolean (self->settings, "example-offered", TRUE);
  else
    begin (self, FALSE);
}

void
gsc_window_end_example (GscWindow *self)
{
  g_cancellable_cancel (self->example);
  g_clear_object (&self->example);
}

static void
on_open_example (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  begin (data, TRUE);
}

void
gsc_window_add_example_actions (GscWindow *self)
{
  static const GActionEntry open = { .name = "open-example", .activate = on_open_example };

  g_action_map_add_action_entries (G_ACTION_MAP (self), &open, 1, self);
}
