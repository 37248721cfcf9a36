/* gsc-plain-locale.h - text that is the same wherever it is written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <locale.h>

G_BEGIN_DECLS

/* While one lives, this thread writes in English and with decimal points: for what programs and
 * people elsewhere read, made of the words that are on the screen, too.
 *
 *   g_auto (GscPlainLocale) plain = gsc_plain_locale_begin ();
 */
typedef struct
{
  locale_t plain; /* or (locale_t) 0 where there was no memory for it */
  locale_t before;
} GscPlainLocale;

static inline GscPlainLocale
gsc_plain_locale_begin (void)
{
  GscPlainLocale self = { .plain = newlocale (LC_ALL_MASK, "C", (locale_t) 0) };

  if (self.plain != (locale_t) 0)
    self.before = uselocale (self.plain);
  return self;
}

static inline void
gsc_plain_locale_end (GscPlainLocale *self)
{
  if (self->plain == (locale_t) 0)
    return;
  uselocale (self->before);
  freelocale (self->plain);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscPlainLocale, gsc_plain_locale_end)

G_END_DECLS
