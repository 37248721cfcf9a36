/* gsc-pickle.c - reading the pickle inside a PyTorch state dict
 *
 * The instructions are those of Python's pickletools, protocol 2 to 5.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-pickle.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-format-error.h"
#include "gsc-pickle-torch.h"

/* A state dict needs about 35 instructions a tensor, and our deepest model has 67 tensors. */
#define MAX_INSTRUCTIONS 200000
#define MAX_MARKS 1000

enum
{
  OP_MARK = '(',
  OP_STOP = '.',
  OP_BINFLOAT = 'G',
  OP_BININT = 'J',
  OP_BININT1 = 'K',
  OP_BININT2 = 'M',
  OP_NONE = 'N',
  OP_BINPERSID = 'Q',
  OP_REDUCE = 'R',
  OP_BINUNICODE = 'X',
  OP_APPEND = 'a',
  OP_BUILD = 'b',
  OP_GLOBAL = 'c',
  OP_APPENDS = 'e',
  OP_BINGET = 'h',
  OP_INST = 'i',
  OP_LONG_BINGET = 'j',
  OP_BINPUT = 'q',
  OP_LONG_BINPUT = 'r',
  OP_SETITEM = 's',
  OP_TUPLE = 't',
  OP_SETITEMS = 'u',
  OP_EMPTY_DICT = '}',
  OP_EMPTY_LIST = ']',
  OP_EMPTY_TUPLE = ')',
  OP_PROTO = 0x80,
  OP_TUPLE1 = 0x85,
  OP_TUPLE2 = 0x86,
  OP_TUPLE3 = 0x87,
  OP_NEWTRUE = 0x88,
  OP_NEWFALSE = 0x89,
  OP_LONG1 = 0x8a,
  OP_SHORT_BINUNICODE = 0x8c,
  OP_STACK_GLOBAL = 0x93,
  OP_MEMOIZE = 0x94,
  OP_FRAME = 0x95,
};

struct _GscPickle
{
  GPtrArray *pool; /* all values; they refer to each other freely */
  const GscPickleValue *root;
};

/* The stack machine. */
typedef struct
{
  const guint8 *at;
  const guint8 *end;
  GscPickle *pickle;
  GPtrArray *stack;
  GArray *marks;    /* guint: height of the stack at each open mark */
  GHashTable *memo; /* number -> value: sparse, so that a huge number costs nothing */
  GError **error;
} Machine;

/* NULL: an error that has been reported. */
static gboolean
push (Machine *m, GscPickleValue *value)
{
  if (value == NULL)
    return FALSE;
  g_ptr_array_add (m->stack, value);
  return TRUE;
}

/* A new value on top of the stack. */
static GscPickleValue *
push_new (Machine *m, GscPickleType type)
{
  GscPickleValue *value = gsc_pickle_value_new (m->pickle->pool, type);

  push (m, value);
  return value;
}

static gboolean
push_int (Machine *m, GscPickleType type, gint64 integer)
{
  push_new (m, type)->u.integer = integer;
  return TRUE;
}

static gboolean
stack_error (Machine *m)
{
  return gsc_format_error (m->error,
                           _ ("The pickle is damaged (it takes a value that is not there)."));
}

/* What lies below the innermost mark belongs to values still being built. */
static guint
get_floor (Machine *m)
{
  return m->marks->len > 0 ? g_array_index (m->marks, guint, m->marks->len - 1) : 0;
}

static GscPickleValue *
pop (Machine *m)
{
  if (m->stack->len <= get_floor (m))
    {
      stack_error (m);
      return NULL;
    }
  return g_ptr_array_steal_index (m->stack, m->stack->len - 1);
}

static GscPickleValue *
peek (Machine *m)
{
  if (m->stack->len <= get_floor (m))
    {
      stack_error (m);
      return NULL;
    }
  return g_ptr_array_index (m->stack, m->stack->len - 1);
}

/* Closes the innermost mark; values from *start on lie above it. */
static gboolean
pop_mark (Machine *m, guint *start)
{
  if (m->marks->len == 0)
    return stack_error (m);
  *start = get_floor (m);
  g_array_set_size (m->marks, m->marks->len - 1);
  return TRUE;
}

static gboolean
take (Machine *m, gsize n, const guint8 **bytes)
{
  if ((gsize) (m->end - m->at) < n)
    return gsc_format_error (m->error, _ ("The pickle ends too early."));
  *bytes = m->at;
  m->at += n;
  return TRUE;
}

/* @n bytes, little-endian, at most 8. */
static gboolean
take_number (Machine *m, guint n, guint64 *number)
{
  const guint8 *bytes = NULL;

  if (!take (m, n, &bytes))
    return FALSE;
  *number = 0;
  for (guint i = 0; i < n; i++)
    *number |= (guint64) bytes[i] << (8 * i);
  return TRUE;
}

/* @n bytes in two's complement. */
static gboolean
push_signed (Machine *m, guint n)
{
  guint64 number = 0;

  if (n > 8)
    return gsc_format_error (m->error, _ ("The pickle has a whole number of more than 64 bits."));
  if (!take_number (m, n, &number))
    return FALSE;
  if (n > 0 && n < 8 && (number >> (8 * n - 1)) != 0)
    number |= G_MAXUINT64 << (8 * n);
  return push_int (m, GSC_PICKLE_INT, (gint64) number);
}

/* A float64, the only big-endian thing in a pickle. */
static gboolean
push_float (Machine *m)
{
  const guint8 *bytes = NULL;
  guint64 bits = 0;
  double number;

  if (!take (m, 8, &bytes))
    return FALSE;
  for (guint i = 0; i < 8; i++)
    bits = bits << 8 | bytes[i];
  memcpy (&number, &bits, sizeof number);
  push_new (m, GSC_PICKLE_FLOAT)->u.number = number;
  return TRUE;
}

static gboolean
push_string (Machine *m, guint size_of_length)
{
  guint64 length = 0;
  const guint8 *bytes = NULL;

  if (!take_number (m, size_of_length, &length) || !take (m, length, &bytes))
    return FALSE;
  if (!g_utf8_validate_len ((const char *) bytes, length, NULL))
    return gsc_format_error (m->error, _ ("The pickle has a string that is not UTF-8 text."));
  push_new (m, GSC_PICKLE_STRING)->u.string = g_strndup ((const char *) bytes, length);
  return TRUE;
}

static gboolean
push_global (Machine *m, const char *module, const char *name)
{
  int id = gsc_pickle_torch_find (module, name, m->error);

  return id >= 0 && push_int (m, GSC_PICKLE_GLOBAL, id);
}

/* A text line without its end. */
static char *
take_line (Machine *m)
{
  const guint8 *start = m->at;
  const guint8 *end = memchr (start, '\n', (gsize) (m->end - start));

  if (end == NULL)
    {
      gsc_format_error (m->error, _ ("The pickle ends too early."));
      return NULL;
    }
  m->at = end + 1;
  return g_strndup ((const char *) start, (gsize) (end - start));
}

static gboolean
do_global (Machine *m)
{
  g_autofree char *module = take_line (m);
  g_autofree char *name = module != NULL ? take_line (m) : NULL;

  return name != NULL && push_global (m, module, name);
}

static gboolean
do_stack_global (Machine *m)
{
  GscPickleValue *name = pop (m);
  GscPickleValue *module = name != NULL ? pop (m) : NULL;

  if (module == NULL)
    return FALSE;
  if (name->type != GSC_PICKLE_STRING || module->type != GSC_PICKLE_STRING)
    return gsc_format_error (m->error, _ ("The pickle is damaged (a function without a name)."));
  return push_global (m, module->u.string, name->u.string);
}

/* The topmost values, from number @start on, become the items of a new tuple. */
static void
collect_tuple (Machine *m, guint start)
{
  GscPickleValue *tuple = gsc_pickle_value_new (m->pickle->pool, GSC_PICKLE_TUPLE);

  for (guint i = start; i < m->stack->len; i++)
    g_ptr_array_add (tuple->u.items, g_ptr_array_index (m->stack, i));
  g_ptr_array_set_size (m->stack, (int) start);
  push (m, tuple);
}

static gboolean
do_short_tuple (Machine *m, guint n)
{
  if (m->stack->len < get_floor (m) + n)
    return stack_error (m);
  collect_tuple (m, m->stack->len - n);
  return TRUE;
}

static gboolean
do_marked_tuple (Machine *m)
{
  guint start = 0;

  if (!pop_mark (m, &start))
    return FALSE;
  collect_tuple (m, start);
  return TRUE;
}

/* Moves the values from number @start on into the container below them. */
static gboolean
fill (Machine *m, GscPickleType type, guint start)
{
  guint end = m->stack->len;
  GscPickleValue *container;

  if (type == GSC_PICKLE_DICT && (end - start) % 2 != 0)
    return gsc_format_error (m->error, _ ("The pickle is damaged (a key without a value)."));
  if (start <= get_floor (m))
    return stack_error (m);
  container = g_ptr_array_index (m->stack, start - 1);
  if (container->type != type)
    return gsc_format_error (
        m->error, _ ("The pickle is damaged (it fills something that is no container)."));
  for (guint i = start; i < end; i++)
    g_ptr_array_add (container->u.items, g_ptr_array_index (m->stack, i));
  g_ptr_array_set_size (m->stack, (int) start);
  return TRUE;
}

static gboolean
do_fill_marked (Machine *m, GscPickleType type)
{
  guint start = 0;

  return pop_mark (m, &start) && fill (m, type, start);
}

static gboolean
do_fill_short (Machine *m, GscPickleType type, guint n)
{
  if (m->stack->len < get_floor (m) + n)
    return stack_error (m);
  return fill (m, type, m->stack->len - n);
}

static gboolean
do_persistent_id (Machine *m)
{
  GscPickleValue *id = pop (m);

  return id != NULL && push (m, gsc_pickle_torch_refer (m->pickle->pool, id, m->error));
}

static gboolean
do_reduce (Machine *m)
{
  GscPickleValue *arguments = pop (m);
  GscPickleValue *callee = arguments != NULL ? pop (m) : NULL;

  return callee != NULL
         && push (m, gsc_pickle_torch_call (m->pickle->pool, callee, arguments, m->error));
}

/* Python's state_dict() hangs version numbers, _metadata, on its OrderedDict. Nothing else may be
 * changed this way, and the version numbers are of no use here. */
static gboolean
do_build (Machine *m)
{
  GscPickleValue *state = pop (m);
  GscPickleValue *object = state != NULL ? peek (m) : NULL;

  if (object == NULL)
    return FALSE;
  if (object->type != GSC_PICKLE_DICT || state->type != GSC_PICKLE_DICT || state->u.items->len != 2
      || gsc_pickle_dict_find (state, "_metadata") == NULL)
    return gsc_format_error (
        m->error, _ ("The pickle sets attributes of an object; only tensors are allowed."));
  return TRUE;
}

static gboolean
do_put (Machine *m, guint64 number)
{
  GscPickleValue *value = peek (m);

  if (value == NULL)
    return FALSE;
  g_hash_table_insert (m->memo, GUINT_TO_POINTER (number), value);
  return TRUE;
}

static gboolean
do_get (Machine *m, guint64 number)
{
  GscPickleValue *value = g_hash_table_lookup (m->memo, GUINT_TO_POINTER (number));

  if (value == NULL)
    return gsc_format_error (m->error, _ ("The pickle is damaged (it recalls an unknown value)."));
  return push (m, value);
}

static gboolean
do_mark (Machine *m)
{
  if (m->marks->len == MAX_MARKS)
    return gsc_format_error (m->error, _ ("The pickle is nested too deeply."));
  g_array_append_val (m->marks, m->stack->len);
  return TRUE;
}

static gboolean
do_proto (Machine *m)
{
  guint64 version = 0;

  if (!take_number (m, 1, &version))
    return FALSE;
  if (version < 2 || version > 5)
    return gsc_format_error (m->error, _ ("The pickle uses the unknown protocol %u."),
                             (guint) version);
  return TRUE;
}

/* Instructions that only have a number as argument. */
static gboolean
do_numbered (Machine *m, guint8 op)
{
  guint64 number = 0;

  switch (op)
    {
    case OP_BINPUT:
      return take_number (m, 1, &number) && do_put (m, number);
    case OP_LONG_BINPUT:
      return take_number (m, 4, &number) && do_put (m, number);
    case OP_BINGET:
      return take_number (m, 1, &number) && do_get (m, number);
    case OP_LONG_BINGET:
      return take_number (m, 4, &number) && do_get (m, number);
    case OP_BININT1:
      return take_number (m, 1, &number) && push_int (m, GSC_PICKLE_INT, (gint64) number);
    case OP_BININT2:
      return take_number (m, 2, &number) && push_int (m, GSC_PICKLE_INT, (gint64) number);
    case OP_LONG1:
      return take_number (m, 1, &number) && push_signed (m, (guint) number);
    default: /* OP_FRAME: a hint about buffering */
      return take_number (m, 8, &number);
    }
}

static gboolean
do_instruction (Machine *m, guint8 op)
{
  switch (op)
    {
    case OP_PROTO:
      return do_proto (m);
    case OP_MARK:
      return do_mark (m);
    case OP_BINPUT:
    case OP_LONG_BINPUT:
    case OP_BINGET:
    case OP_LONG_BINGET:
    case OP_BININT1:
    case OP_BININT2:
    case OP_LONG1:
    case OP_FRAME:
      return do_numbered (m, op);
    case OP_MEMOIZE:
      return do_put (m, g_hash_table_size (m->memo));
    case OP_NONE:
      return push_int (m, GSC_PICKLE_NONE, 0);
    case OP_NEWTRUE:
    case OP_NEWFALSE:
      return push_int (m, GSC_PICKLE_BOOL, op == OP_NEWTRUE);
    case OP_BININT:
      return push_signed (m, 4);
    case OP_BINFLOAT:
      return push_float (m);
    case OP_BINUNICODE:
      return push_string (m, 4);
    case OP_SHORT_BINUNICODE:
      return push_string (m, 1);
    case OP_EMPTY_DICT:
      return push_new (m, GSC_PICKLE_DICT) != NULL;
    case OP_EMPTY_LIST:
      return push_new (m, GSC_PICKLE_LIST) != NULL;
    case OP_EMPTY_TUPLE:
    case OP_TUPLE1:
    case OP_TUPLE2:
    case OP_TUPLE3:
      return do_short_tuple (m, op == OP_EMPTY_TUPLE ? 0 : op - OP_TUPLE1 + 1u);
    case OP_TUPLE:
      return do_marked_tuple (m);
    case OP_APPEND:
      return do_fill_short (m, GSC_PICKLE_LIST, 1);
    case OP_APPENDS:
      return do_fill_marked (m, GSC_PICKLE_LIST);
    case OP_SETITEM:
      return do_fill_short (m, GSC_PICKLE_DICT, 2);
    case OP_SETITEMS:
      return do_fill_marked (m, GSC_PICKLE_DICT);
    case OP_GLOBAL:
    case OP_INST: /* never allowed, but its argument tells the user what it wanted */
      return do_global (m)
             && (op == OP_GLOBAL
                 || gsc_format_error (m->error,
                                      _ ("The pickle makes a call no state dict needs.")));
    case OP_STACK_GLOBAL:
      return do_stack_global (m);
    case OP_BINPERSID:
      return do_persistent_id (m);
    case OP_REDUCE:
      return do_reduce (m);
    case OP_BUILD:
      return do_build (m);
    default:
      return gsc_format_error (
          m->error, _ ("The pickle has the instruction 0x%02x, which no state dict needs."), op);
    }
}

static gboolean
run (Machine *m)
{
  for (guint i = 0; i < MAX_INSTRUCTIONS; i++)
    {
      const guint8 *op = NULL;

      if (!take (m, 1, &op))
        return FALSE;
      if (*op == OP_STOP)
        {
          m->pickle->root = pop (m);
          return m->pickle->root != NULL;
        }
      if (!do_instruction (m, *op))
        return FALSE;
    }
  return gsc_format_error (m->error, _ ("The pickle has more than %d instructions."),
                           MAX_INSTRUCTIONS);
}

GscPickle *
gsc_pickle_parse (gconstpointer data, gsize length, GError **error)
{
  g_autoptr (GscPickle) pickle = g_new0 (GscPickle, 1);
  g_autoptr (GPtrArray) stack = g_ptr_array_new ();
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) memo = g_hash_table_new (NULL, NULL);
  Machine machine = {
    .at = data,
    .end = (const guint8 *) data + length,
    .pickle = pickle,
    .stack = stack,
    .marks = marks,
    .memo = memo,
    .error = error,
  };

  pickle->pool = gsc_pickle_pool_new ();
  return run (&machine) ? g_steal_pointer (&pickle) : NULL;
}

void
gsc_pickle_free (GscPickle *pickle)
{
  if (pickle == NULL)
    return;
  g_ptr_array_unref (pickle->pool);
  g_free (pickle);
}

const GscPickleValue *
gsc_pickle_get_root (const GscPickle *pickle)
{
  return pickle->root;
}
