/* gsc-sequence-editor.h - typing the sequence that the model reads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-session.h"

G_BEGIN_DECLS

#define GSC_TYPE_SEQUENCE_EDITOR (gsc_sequence_editor_get_type ())

/* An entry with the session's sequence (Enter applies it, Esc takes back what was typed; a fault is
 * said below), a button for a new context, and the seed that the context was drawn by.
 *
 * Properties:
 *   session (GscSession or NULL)
 *   fault (string, read-only): what is wrong with what was entered last, or NULL */
G_DECLARE_FINAL_TYPE (GscSequenceEditor, gsc_sequence_editor, GSC, SEQUENCE_EDITOR, GtkWidget)

GtkWidget *gsc_sequence_editor_new (void);

void gsc_sequence_editor_set_session (GscSequenceEditor *editor, GscSession *session);

const char *gsc_sequence_editor_get_fault (GscSequenceEditor *editor); /* borrowed, or NULL */

/* The text in the entry. */
const char *gsc_sequence_editor_get_text (GscSequenceEditor *editor); /* borrowed */

/* As a user does: typing @text, and Enter. */
void gsc_sequence_editor_type (GscSequenceEditor *editor, const char *text);
void gsc_sequence_editor_apply (GscSequenceEditor *editor);

G_END_DECLS
