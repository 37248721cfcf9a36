/* gsc-pickle-torch.h - what a state dict's pickle may ask for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-pickle-value.h"

G_BEGIN_DECLS

/* All errors: GSC_MODEL_ERROR_FORMAT, without a file name. */

/* The number (GscPickleValue.u.integer of a GSC_PICKLE_GLOBAL) of the Python object
 * @module.@name, or -1 and @error, which says that name, if it is none of the few that are allowed:
 * OrderedDict, the two functions that build tensors, and the storage classes. */
int gsc_pickle_torch_find (const char *module, const char *name, GError **error);

/* The storage that @id describes: a tuple ("storage", class, key, location, number of elements).
 * Owned by @pool. */
GscPickleValue *gsc_pickle_torch_refer (GPtrArray *pool, const GscPickleValue *id, GError **error);

/* What calling @callee, a global, with the tuple @arguments gives: an empty dictionary or a tensor.
 * Owned by @pool. */
GscPickleValue *gsc_pickle_torch_call (GPtrArray *pool,
                                       const GscPickleValue *callee,
                                       const GscPickleValue *arguments,
                                       GError **error);

G_END_DECLS
