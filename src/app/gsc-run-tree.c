/* gsc-run-tree.c - runs, each below the one that it continues
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-tree.h"

/* A run in its place. */
typedef struct
{
  GscRun *run;
  GscRun *parent; /* or NULL */
  guint depth;
} Node;

struct _GscRunTree
{
  GObject parent_instance;

  /* Owned References */
  GListModel *runs;
  GArray *nodes; /* of Node */
};

static void gsc_run_tree_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GscRunTree,
                               gsc_run_tree,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gsc_run_tree_list_model_init))

static void
clear_node (gpointer data)
{
  Node *node = data;

  g_clear_object (&node->run);
  g_clear_object (&node->parent);
}

static GArray *
make_nodes (void)
{
  GArray *nodes = g_array_new (FALSE, TRUE, sizeof (Node));

  g_array_set_clear_func (nodes, clear_node);
  return nodes;
}

static Node *
get_node (GscRunTree *self, guint position)
{
  return position < self->nodes->len ? &g_array_index (self->nodes, Node, position) : NULL;
}

/* The tree */

/* A branch names its parent's folder, which is beside its own. */
static GscRun *
find_parent (GPtrArray *runs, GscRun *run)
{
  const GscRunNotes *notes = gsc_run_get_notes (run);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (notes == NULL || notes->parent == NULL)
    return NULL;
  folder = g_path_get_dirname (gsc_run_get_path (run));
  path = g_build_filename (folder, notes->parent, NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      GscRun *other = g_ptr_array_index (runs, i);

      if (other != run && g_str_equal (gsc_run_get_path (other), path))
        return other;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      GscRun *other = g_ptr_array_index (runs, i);
      g_autofree char *name = g_path_get_basename (gsc_run_get_path (other));

      if (other != run && g_str_equal (name, notes->parent))
        return other;
    }
  return NULL;
}

/* @runs, their parents, and which of them have their places; and all that comes below @index. */
static void
add_node (GArray *nodes,
          GPtrArray *runs,
          GscRun *const *parents,
          gboolean *placed,
          guint index,
          guint depth)
{
  GscRun *run = g_ptr_array_index (runs, index);
  const Node node = {
    .run = g_object_ref (run),
    .parent = depth > 0 ? g_object_ref (parents[index]) : NULL,
    .depth = depth,
  };

  placed[index] = TRUE;
  g_array_append_val (nodes, node);
  for (guint i = 0; i < runs->len; i++)
    if (!placed[i] && parents[i] == run)
      add_node (nodes, runs, parents, placed, i, depth + 1);
}

static GArray *
build (GscRunTree *self)
{
  guint n = g_list_model_get_n_items (self->runs);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree GscRun **parents = g_new0 (GscRun *, n);
  g_autofree gboolean *placed = g_new0 (gboolean, n);
  GArray *nodes = make_nodes ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (runs, g_list_model_get_item (self->runs, i));
  for (guint i = 0; i < n; i++)
    parents[i] = find_parent (runs, g_ptr_array_index (runs, i));
  for (guint i = 0; i < n; i++)
    if (parents[i] == NULL)
      add_node (nodes, runs, parents, placed, i, 0);
  /* Notes that name each other's runs as parents make no tree. */
  for (guint i = 0; i < n; i++)
    if (!placed[i])
      add_node (nodes, runs, parents, placed, i, 0);
  return nodes;
}

/* What is the same at both ends is not told as a change, so that its rows stay. */
static void
on_items_changed (GscRunTree *self)
{
  g_autoptr (GArray) before = self->nodes;
  GArray *after = build (self);
  guint first = 0, last = 0;

  self->nodes = after;
  while (first < MIN (before->len, after->len)
         && g_array_index (before, Node, first).run == g_array_index (after, Node, first).run)
    first++;
  while (last < MIN (before->len, after->len) - first
         && g_array_index (before, Node, before->len - 1 - last).run
                == g_array_index (after, Node, after->len - 1 - last).run)
    last++;
  g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last,
                              after->len - first - last);
}

guint
gsc_run_tree_get_depth (GscRunTree *self, guint position)
{
  const Node *node;

  g_return_val_if_fail (GSC_IS_RUN_TREE (self), 0);
  node = get_node (self, position);
  return node != NULL ? node->depth : 0;
}

GscRun *
gsc_run_tree_get_parent (GscRunTree *self, guint position)
{
  const Node *node;

  g_return_val_if_fail (GSC_IS_RUN_TREE (self), NULL);
  node = get_node (self, position);
  return node != NULL ? node->parent : NULL;
}

/* GListModel */

static GType
gsc_run_tree_get_item_type (GListModel *model)
{
  return GSC_TYPE_RUN;
}

static guint
gsc_run_tree_get_n_items (GListModel *model)
{
  return GSC_RUN_TREE (model)->nodes->len;
}

static gpointer
gsc_run_tree_get_item (GListModel *model, guint position)
{
  const Node *node = get_node (GSC_RUN_TREE (model), position);

  return node != NULL ? g_object_ref (node->run) : NULL;
}

static void
gsc_run_tree_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gsc_run_tree_get_item_type;
  iface->get_n_items = gsc_run_tree_get_n_items;
  iface->get_item = gsc_run_tree_get_item;
}

/* GObject */

static void
gsc_run_tree_finalize (GObject *object)
{
  GscRunTree *self = GSC_RUN_TREE (object);

  if (self->runs != NULL)
    g_signal_handlers_disconnect_by_data (self->runs, self);
  g_clear_object (&self->runs);
  g_array_unref (self->nodes);

  G_OBJECT_CLASS (gsc_run_tree_parent_class)->finalize (object);
}

static void
gsc_run_tree_class_init (GscRunTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gsc_run_tree_finalize;
}

static void
gsc_run_tree_init (GscRunTree *self)
{
  self->nodes = make_nodes ();
}

GscRunTree *
gsc_run_tree_new (GListModel *runs)
{
  GscRunTree *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (runs), NULL);

  self = g_object_new (GSC_TYPE_RUN_TREE, NULL);
  self->runs = g_object_ref (runs);
  g_array_unref (self->nodes);
  self->nodes = build (self);
  g_signal_connect_swapped (runs, "items-changed", G_CALLBACK (on_items_changed), self);
  return self;
}
