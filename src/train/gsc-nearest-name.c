/* gsc-nearest-name.c - what a misspelt name was meant to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-nearest-name.h"

#include <string.h>

enum
{
  MAX_COMPARED = 40, /* bytes of a name that are compared, and characters that are shown */
  MIN_PART = 3,      /* characters a part of a name needs to be taken for the name */
};

static char
fold (char c)
{
  return c == '-' ? '_' : g_ascii_tolower (c);
}

/* Optimal string alignment distance, three rows of the table at a time. */
static guint
get_distance (const char *a, const char *b)
{
  guint rows[3][MAX_COMPARED + 1];
  guint *before = rows[0], *previous = rows[1], *current = rows[2];
  gsize n_a = strnlen (a, MAX_COMPARED);
  gsize n_b = strnlen (b, MAX_COMPARED);

  for (gsize j = 0; j <= n_b; j++)
    previous[j] = (guint) j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *oldest = before;

      current[0] = (guint) i;
      for (gsize j = 1; j <= n_b; j++)
        {
          gboolean same = fold (a[i - 1]) == fold (b[j - 1]);
          guint best = MIN (previous[j], current[j - 1]) + 1;

          best = MIN (best, previous[j - 1] + !same);
          if (i > 1 && j > 1 && fold (a[i - 1]) == fold (b[j - 2])
              && fold (a[i - 2]) == fold (b[j - 1]))
            best = MIN (best, before[j - 2] + 1);
          current[j] = best;
        }
      before = previous;
      previous = current;
      current = oldest;
    }
  return previous[n_b];
}

/* Whether @part, long enough to mean something, stands in @name: "momentum" in "muon_momentum". */
static gboolean
is_part_of (const char *part, const char *name)
{
  gsize n = strnlen (part, MAX_COMPARED);

  for (; n >= MIN_PART && strlen (name) >= n; name++)
    {
      gsize same = 0;

      while (same < n && fold (part[same]) == fold (name[same]))
        same++;
      if (same == n)
        return TRUE;
    }
  return FALSE;
}

const char *
gsc_nearest_name (const char *text, const char *const *names)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;

  for (; *names != NULL; names++)
    {
      guint distance = get_distance (text, *names);

      if (distance > 1 && is_part_of (text, *names))
        distance = 1;
      if (distance < least)
        {
          least = distance;
          nearest = *names;
        }
    }
  return nearest;
}

char *
gsc_nearest_name_quote (const char *text)
{
  g_autofree char *start = g_strndup (text, 4 * MAX_COMPARED + 4); /* UTF-8: up to 4 bytes each */
  g_autofree char *valid = g_utf8_make_valid (start, -1);
  GString *quoted = g_string_new (NULL);
  guint n = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (n++ == MAX_COMPARED)
        {
          g_string_append (quoted, "…");
          break;
        }
      g_string_append_unichar (quoted, g_unichar_isprint (character) ? character : 0xFFFD);
    }
  return g_string_free (quoted, FALSE);
}
