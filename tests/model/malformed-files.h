/* malformed-files.h - model files that must be refused, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model-config.h"

G_BEGIN_DECLS

typedef struct _MalformedFile MalformedFile;

/* One file that is wrong: how to make it, and what the refusal says. */
struct _MalformedFile
{
  const char *name;
  GByteArray *(*make) (const MalformedFile *file);
  const char *phrase; /* part of the message */
  const char *text;   /* this and the next two: see make */
  const char *replacement;
  guint64 number;
  GscModelError code; /* the error's domain is GSC_MODEL_ERROR */
};

extern const MalformedFile malformed_files[];
extern const guint n_malformed_files;

G_END_DECLS
