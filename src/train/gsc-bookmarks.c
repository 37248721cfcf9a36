/* gsc-bookmarks.c - the bookmarks of a run, in their order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-bookmarks.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "gsc-atomic-file.h"
#include "gsc-json-text.h"
#include "gsc-text-file.h"

#define MAX_FILE_LENGTH (4 * 1024 * 1024)

struct _GscBookmarks
{
  GObject parent_instance;

  char *run;
  char *path;      /* of the file */
  GPtrArray *list; /* of GscBookmark */
  char *text;  /* the file's, as read or written last; NULL: there was none, or it was unreadable */
  char *fault; /* or NULL */
};

G_DEFINE_FINAL_TYPE (GscBookmarks, gsc_bookmarks, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_bookmark_free);
}

/* Reading */

static void
set_damaged (GError **error, const char *message)
{
  g_set_error_literal (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, message);
}

static GPtrArray *
read_list (JsonArray *array, GError **error)
{
  g_autoptr (GPtrArray) list = new_list ();

  if (json_array_get_length (array) > GSC_BOOKMARKS_MAX)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
                   _ ("There are more than %d bookmarks; delete some."), GSC_BOOKMARKS_MAX);
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *fault = "panels";
      GscBookmark *bookmark = JSON_NODE_HOLDS_OBJECT (node)
                                  ? gsc_bookmark_read (json_node_get_object (node), &fault)
                                  : NULL;

      if (bookmark == NULL)
        {
          g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
                       /* Translators: the first is a number, the second a key of the file */
                       _ ("“%2$s” of bookmark %1$u has a value it cannot have; correct it."), i + 1,
                       fault);
          return NULL;
        }
      g_ptr_array_add (list, bookmark);
    }
  return g_steal_pointer (&list);
}

static GPtrArray *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonNode *node = NULL;

  if (!gsc_json_text_parse_nested (text, length, &root, error))
    return NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    node = json_object_get_member (json_node_get_object (root), "bookmarks");
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      set_damaged (error, _ ("This is no list of bookmarks."));
      return NULL;
    }
  return read_list (json_node_get_array (node), error);
}

/* The file's text; NULL with @error, or without where there is none. */
static char *
read_text (GscBookmarks *self, gsize *length, GError **error)
{
  g_autoptr (GError) fault = NULL;
  char *text = gsc_text_file_read (self->path, MAX_FILE_LENGTH, length, &fault);

  if (text == NULL && !g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_propagate_error (error, g_steal_pointer (&fault));
  return text;
}

static void
load (GscBookmarks *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gsize length;

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->fault, g_free);
  self->text = read_text (self, &length, &error);
  if (self->text != NULL)
    {
      list = parse (self->text, length, &error);
      if (list == NULL)
        {
          g_autofree char *name = g_filename_display_name (self->path);

          g_prefix_error (&error, "%s: ", name);
        }
    }
  if (error != NULL)
    self->fault = g_strdup (error->message);
  g_ptr_array_unref (self->list);
  self->list = list != NULL ? g_steal_pointer (&list) : new_list ();
}

/* Whether the file is what it was. */
static gboolean
is_same (GscBookmarks *self)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  g_autofree char *text = read_text (self, &length, &error);

  return g_strcmp0 (text, self->text) == 0
         && (error == NULL || g_strcmp0 (error->message, self->fault) == 0);
}

void
gsc_bookmarks_reload (GscBookmarks *self)
{
  g_return_if_fail (GSC_IS_BOOKMARKS (self));

  if (is_same (self))
    return;
  load (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Writing */

static char *
format (const GPtrArray *list, gsize *length)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "bookmarks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    gsc_bookmark_write (list->pdata[i], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, length);
}

/* What could not be read is kept under a name that is free. */
static gboolean
set_aside (GscBookmarks *self, GError **error)
{
  g_autofree char *kept = g_strconcat (self->path, ".damaged", NULL);
  g_autofree char *name = g_filename_display_name (self->path);
  int code;

  for (guint i = 2; g_file_test (kept, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_free (kept);
      kept = g_strdup_printf ("%s.damaged-%u", self->path, i);
    }
  if (g_rename (self->path, kept) == 0)
    return TRUE;
  code = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("%s: The damaged file cannot be set aside (%s)."), name, g_strerror (code));
  return FALSE;
}

/* Takes @list over if it could be written. */
static gboolean
change (GscBookmarks *self, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) next = list;
  g_autofree char *text = NULL;
  gsize length;

  if (!is_same (self))
    {
      g_autofree char *name = g_filename_display_name (self->path);

      gsc_bookmarks_reload (self);
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY,
                   _ ("%s: Another program has changed the bookmarks; they were read again. Repeat "
                      "the change if it is still wanted."),
                   name);
      return FALSE;
    }
  if (self->fault != NULL && !set_aside (self, error))
    return FALSE;
  text = format (next, &length);
  if (!gsc_atomic_file_write (self->path, text, length, error))
    {
      if (self->fault != NULL)
        load (self);
      return FALSE;
    }
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  g_clear_pointer (&self->fault, g_free);
  g_ptr_array_unref (self->list);
  self->list = g_steal_pointer (&next);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

static GPtrArray *
copy_list (GscBookmarks *self)
{
  GPtrArray *copy = new_list ();

  for (guint i = 0; i < self->list->len; i++)
    g_ptr_array_add (copy, gsc_bookmark_copy (self->list->pdata[i]));
  return copy;
}

gboolean
gsc_bookmarks_insert (GscBookmarks *self, guint index, const GscBookmark *bookmark, GError **error)
{
  GPtrArray *list;

  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), FALSE);
  g_return_val_if_fail (bookmark->panels[0].figure != NULL, FALSE);

  if (self->list->len >= GSC_BOOKMARKS_MAX)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS,
                   _ ("There are %d bookmarks already; delete one first."), GSC_BOOKMARKS_MAX);
      return FALSE;
    }
  list = copy_list (self);
  g_ptr_array_insert (list, (int) MIN (index, list->len), gsc_bookmark_copy (bookmark));
  return change (self, list, error);
}

gboolean
gsc_bookmarks_replace (GscBookmarks *self, guint index, const GscBookmark *bookmark, GError **error)
{
  GPtrArray *list;

  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), FALSE);
  g_return_val_if_fail (index < self->list->len, FALSE);
  g_return_val_if_fail (bookmark->panels[0].figure != NULL, FALSE);

  list = copy_list (self);
  gsc_bookmark_free (list->pdata[index]);
  list->pdata[index] = gsc_bookmark_copy (bookmark);
  return change (self, list, error);
}

gboolean
gsc_bookmarks_remove (GscBookmarks *self, guint index, GError **error)
{
  GPtrArray *list;

  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), FALSE);
  g_return_val_if_fail (index < self->list->len, FALSE);

  list = copy_list (self);
  g_ptr_array_remove_index (list, index);
  return change (self, list, error);
}

gboolean
gsc_bookmarks_move (GscBookmarks *self, guint from, guint to, GError **error)
{
  GPtrArray *list;

  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), FALSE);
  g_return_val_if_fail (from < self->list->len, FALSE);

  to = MIN (to, self->list->len - 1);
  if (to == from)
    return TRUE;
  list = copy_list (self);
  g_ptr_array_insert (list, (int) to, g_ptr_array_steal_index (list, from));
  return change (self, list, error);
}

/* GObject */

static void
gsc_bookmarks_finalize (GObject *object)
{
  GscBookmarks *self = GSC_BOOKMARKS (object);

  g_free (self->run);
  g_free (self->path);
  g_free (self->text);
  g_free (self->fault);
  g_ptr_array_unref (self->list);

  G_OBJECT_CLASS (gsc_bookmarks_parent_class)->finalize (object);
}

static void
gsc_bookmarks_class_init (GscBookmarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gsc_bookmarks_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_bookmarks_init (GscBookmarks *self)
{
  self->list = new_list ();
}

GscBookmarks *
gsc_bookmarks_new (const char *run)
{
  GscBookmarks *self = g_object_new (GSC_TYPE_BOOKMARKS, NULL);

  self->run = g_strdup (run);
  self->path = g_build_filename (run, GSC_BOOKMARKS_FILE, NULL);
  load (self);
  return self;
}

const char *
gsc_bookmarks_get_run (GscBookmarks *self)
{
  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), NULL);

  return self->run;
}

guint
gsc_bookmarks_get_length (GscBookmarks *self)
{
  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), 0);

  return self->list->len;
}

const GscBookmark *
gsc_bookmarks_get (GscBookmarks *self, guint index)
{
  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), NULL);
  g_return_val_if_fail (index < self->list->len, NULL);

  return self->list->pdata[index];
}

const char *
gsc_bookmarks_get_fault (GscBookmarks *self)
{
  g_return_val_if_fail (GSC_IS_BOOKMARKS (self), NULL);

  return self->fault;
}
