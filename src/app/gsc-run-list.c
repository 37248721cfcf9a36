/* gsc-run-list.c - the user's runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-list.h"

#include <glib/gi18n.h>

#include "gsc-run-row.h"
#include "gsc-run-tree.h"

struct _GscRunList
{
  GtkBox parent_instance;

  /* Owned References */
  GscLibrary *library;
  GscRunTree *tree;
  GscRun *selected;
  GSimpleActionGroup *actions;
  GMenuModel *menu;

  /* Borrowed References */
  GtkWidget *list;
  GtkWidget *empty;

  gboolean selecting; /* the list box is brought in line, not used */
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscRunList, gsc_run_list, GTK_TYPE_BOX)

/* Actions */

static void
set_enabled (GscRunList *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* One that was ended early can go on, too. */
static gboolean
can_resume (GscRun *run)
{
  GscRunState state = gsc_run_get_state (run);

  return state == GSC_RUN_WAITING
         || (state == GSC_RUN_FINISHED && gsc_run_get_step (run) < gsc_run_get_steps (run));
}

static void
update_actions (GscRunList *self)
{
  GscRunState state = self->selected != NULL ? gsc_run_get_state (self->selected) : GSC_RUN_BROKEN;
  gboolean any = self->selected != NULL;
  gboolean folder = any && state != GSC_RUN_BROKEN && state != GSC_RUN_MODEL_FILE;
  gboolean idle = any && state != GSC_RUN_TRAINING && state != GSC_RUN_ELSEWHERE;

  set_enabled (self, "compare", any && state != GSC_RUN_BROKEN);
  set_enabled (self, "rename", folder);
  set_enabled (self, "resume", any && can_resume (self->selected));
  set_enabled (self, "duplicate", idle && folder);
  set_enabled (self, "delete", idle);
  set_enabled (self, "open-folder", any && state != GSC_RUN_MODEL_FILE);
  set_enabled (self, "save-archive", folder);
}

/* Says what could not be done. */
static void
fail (GscRunList *self, const GError *error)
{
  if (self->library != NULL)
    g_signal_emit_by_name (self->library, "failed", error->message);
}

static void
on_rename (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscRunList *self = data;
  GtkWidget *row = gsc_run_list_get_row (self, self->selected);

  if (row != NULL)
    gsc_run_row_edit_title (GSC_RUN_ROW (row));
}

static void
on_resume (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscRunList *self = data;
  g_autoptr (GError) error = NULL;

  if (!gsc_library_resume (self->library, self->selected, &error))
    fail (self, error);
}

static void
on_duplicate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscRunList *self = data;
  g_autoptr (GError) error = NULL;
  GscRun *copy = gsc_library_duplicate (self->library, self->selected, &error);

  if (copy != NULL)
    gsc_run_list_set_selected (self, copy);
  else
    fail (self, error);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscRunList *self = data;
  g_autoptr (GscRun) run = g_object_ref (self->selected);
  g_autoptr (GError) error = NULL;

  if (gsc_library_remove (self->library, run, &error))
    g_signal_emit (self, signals[DELETED], 0, run);
  else
    fail (self, error);
}

static void
on_folder_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscRunList) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    fail (self, error);
}

static void
on_open_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscRunList *self = data;
  g_autoptr (GFile) file = g_file_new_for_path (gsc_run_get_path (self->selected));
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GdkAppLaunchContext) context
      = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL,
                                           on_folder_shown, g_object_ref (self));
}

/* The window has the choice: of what is selected, and so is shown, with another one. */
static void
on_compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "win.compare", NULL);
}

/* So has it where to, of the same run. */
static void
on_save_archive (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (data), "win.save-archive", NULL);
}

static const GActionEntry entries[] = {
  { .name = "compare", .activate = on_compare },
  { .name = "rename", .activate = on_rename },
  { .name = "resume", .activate = on_resume },
  { .name = "duplicate", .activate = on_duplicate },
  { .name = "delete", .activate = on_delete },
  { .name = "open-folder", .activate = on_open_folder },
  { .name = "save-archive", .activate = on_save_archive },
};

/* Selection */

GtkWidget *
gsc_run_list_get_row (GscRunList *self, GscRun *run)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (GSC_IS_RUN_LIST (self), NULL);

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (gsc_run_row_get_run (GSC_RUN_ROW (row)) == run)
      return GTK_WIDGET (row);
  return NULL;
}

/* Marks the row of the selected run. */
static void
show_selection (GscRunList *self)
{
  GtkWidget *row = self->selected != NULL ? gsc_run_list_get_row (self, self->selected) : NULL;

  self->selecting = TRUE;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), (GtkListBoxRow *) row);
  self->selecting = FALSE;
}

static void
set_selected (GscRunList *self, GscRun *run)
{
  if (run == self->selected)
    return;
  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  g_set_object (&self->selected, run);
  if (run != NULL)
    g_signal_connect_swapped (run, "notify::state", G_CALLBACK (update_actions), self);
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
on_row_selected (GscRunList *self, GtkListBoxRow *row)
{
  /* A row that goes with its run leaves none selected: see on_items_changed(). */
  if (!self->selecting && row != NULL)
    set_selected (self, gsc_run_row_get_run (GSC_RUN_ROW (row)));
}

static void
on_row_menu (GscRunRow *row, GscRunList *self)
{
  gsc_run_list_set_selected (self, gsc_run_row_get_run (row));
}

static void
on_row_renamed (GscRunRow *row, const char *title, GscRunList *self)
{
  g_autoptr (GError) error = NULL;

  if (!gsc_library_rename (self->library, gsc_run_row_get_run (row), title, &error))
    fail (self, error);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GscRunList *self = data;
  GtkWidget *row = gsc_run_row_new (item, self->menu);

  g_signal_connect_object (row, "menu", G_CALLBACK (on_row_menu), self, 0);
  g_signal_connect_object (row, "renamed", G_CALLBACK (on_row_renamed), self, 0);
  return row;
}

/* Runs that come and go change where others stand. */
static void
place_rows (GscRunList *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    gsc_run_row_set_place (GSC_RUN_ROW (row), gsc_run_tree_get_depth (self->tree, (guint) i),
                           gsc_run_tree_get_parent (self->tree, (guint) i));
}

/* After the list box has its rows. A selected run that is gone gives way to its neighbour. */
static void
on_items_changed (GscRunList *self, guint position, guint removed, guint added)
{
  guint n_runs = g_list_model_get_n_items (G_LIST_MODEL (self->tree));

  place_rows (self);
  gtk_widget_set_visible (self->empty, n_runs == 0);
  gtk_widget_set_visible (self->list, n_runs > 0);
  if (self->selected != NULL && gsc_run_list_get_row (self, self->selected) == NULL)
    {
      g_autoptr (GscRun) next = n_runs > 0 ? g_list_model_get_item (G_LIST_MODEL (self->tree),
                                                                    MIN (position, n_runs - 1))
                                           : NULL;

      set_selected (self, next);
    }
  show_selection (self);
}

/* GObject */

static void
gsc_run_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GscRunList *self = GSC_RUN_LIST (object);

  if (property_id == PROP_SELECTED)
    g_value_set_object (value, self->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
gsc_run_list_set_property (GObject *object,
                           guint property_id,
                           const GValue *value,
                           GParamSpec *pspec)
{
  GscRunList *self = GSC_RUN_LIST (object);

  if (property_id == PROP_SELECTED)
    gsc_run_list_set_selected (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
gsc_run_list_dispose (GObject *object)
{
  GscRunList *self = GSC_RUN_LIST (object);

  if (self->selected != NULL)
    g_signal_handlers_disconnect_by_data (self->selected, self);
  g_clear_object (&self->selected);
  if (self->library != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->tree, self);
      self->selecting = TRUE;
      gtk_list_box_bind_model (GTK_LIST_BOX (self->list), NULL, NULL, NULL, NULL);
    }
  g_clear_object (&self->tree);
  g_clear_object (&self->library);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);

  G_OBJECT_CLASS (gsc_run_list_parent_class)->dispose (object);
}

static void
gsc_run_list_class_init (GscRunListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gsc_run_list_get_property;
  object_class->set_property = gsc_run_list_set_property;
  object_class->dispose = gsc_run_list_dispose;

  properties[PROP_SELECTED]
      = g_param_spec_object ("selected", NULL, NULL, GSC_TYPE_RUN,
                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[DELETED] = g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, GSC_TYPE_RUN);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "runs.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "runs.delete", NULL);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();

  g_menu_append (first, _ ("_Resume Training"), "runs.resume");
  g_menu_append (first, _ ("_Compare With…"), "runs.compare");
  g_menu_append (first, _ ("Re_name…"), "runs.rename");
  g_menu_append (first, _ ("_Duplicate"), "runs.duplicate");
  g_menu_append (first, _ ("_Open Folder"), "runs.open-folder");
  g_menu_append (first, _ ("_Save as Archive…"), "runs.save-archive");
  g_menu_append (second, _ ("D_elete"), "runs.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  return G_MENU_MODEL (menu);
}

static void
gsc_run_list_init (GscRunList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->menu = make_menu ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "runs", G_ACTION_GROUP (self->actions));
  update_actions (self);

  self->empty
      = gtk_label_new (_ ("No runs yet. Choose an experiment and train it: it is kept here, "
                          "to be looked at again and again."));
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_box_append (GTK_BOX (self), self->empty);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (self->list, "run-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Runs"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  gtk_box_append (GTK_BOX (self), self->list);
}

GtkWidget *
gsc_run_list_new (GscLibrary *library)
{
  GscRunList *self;

  g_return_val_if_fail (GSC_IS_LIBRARY (library), NULL);

  self = g_object_new (GSC_TYPE_RUN_LIST, NULL);
  self->library = g_object_ref (library);
  self->tree = gsc_run_tree_new (G_LIST_MODEL (library));
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), G_LIST_MODEL (self->tree), make_row, self,
                           NULL);
  g_signal_connect_swapped (self->tree, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (self, 0, 0, 0);
  return GTK_WIDGET (self);
}

GscRun *
gsc_run_list_get_selected (GscRunList *self)
{
  g_return_val_if_fail (GSC_IS_RUN_LIST (self), NULL);

  return self->selected;
}

void
gsc_run_list_set_selected (GscRunList *self, GscRun *run)
{
  g_return_if_fail (GSC_IS_RUN_LIST (self));
  g_return_if_fail (run == NULL || gsc_run_list_get_row (self, run) != NULL);

  set_selected (self, run);
  show_selection (self);
}

GActionGroup *
gsc_run_list_get_action_group (GscRunList *self)
{
  g_return_val_if_fail (GSC_IS_RUN_LIST (self), NULL);

  return G_ACTION_GROUP (self->actions);
}
