/* gsc-pickle.h - reading the pickle inside a PyTorch state dict
 *
 * A pickle is a program for a stack machine that may call any Python function. This reader knows
 * the few instructions and the few names that torch.save() needs for tensors in dictionaries and
 * lists, and refuses everything else by name. It calls nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-pickle-value.h"

G_BEGIN_DECLS

/* A parsed pickle: a pool of values. Immutable. */
typedef struct _GscPickle GscPickle;

/* Reads @length bytes at @data. Time and memory are bounded by a small multiple of @length, and by
 * a limit on the number of instructions. @error: GSC_MODEL_ERROR_FORMAT, without a file name. */
GscPickle *gsc_pickle_parse (gconstpointer data, gsize length, GError **error);
void gsc_pickle_free (GscPickle *pickle);

/* What the pickle holds. Borrowed. */
const GscPickleValue *gsc_pickle_get_root (const GscPickle *pickle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscPickle, gsc_pickle_free)

G_END_DECLS
