/* gsc-stop-text.h - the rule of early stopping as a user types it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The keys of its fields are "stop" (gsc_stop_mode_get_name()), "stop_patience", "stop_step",
 * "stop_accuracy" and "stop_only_marks".
 */

#pragma once

#include "gsc-stop-rule.h"

G_BEGIN_DECLS

/* (transfer full) */
char *gsc_stop_text_get (const GscStopRule *rule, const char *key);

/* Sets one field of @rule; NULL, or a sentence on what is wrong with @text. (transfer full) */
char *gsc_stop_text_set (GscStopRule *rule, const char *key, const char *text);

/* Whether that field of the rule is in use. */
gboolean gsc_stop_text_is_used (const GscStopRule *rule, const char *key);

/* The key of the number that a rule of @mode has; NULL: none. Static. */
const char *gsc_stop_text_get_key (GscStopMode mode);

G_END_DECLS
