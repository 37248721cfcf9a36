/* guarded.c - arrays that notice when something outside them is touched
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "guarded.h"

#include <glib.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CANARY 0x7fd5c200u /* a NaN that no arithmetic makes */
#define FRONT 16           /* at least so many canaries */

typedef struct
{
  uint32_t *map;
  size_t bytes; /* with the guard page */
  size_t front; /* words in front of the array */
} Guarded;

static GArray *guarded;
static GPtrArray *plain;

/* Memory for n words of 4 bytes, and then the guard page. */
static void *
new_words (size_t n)
{
  size_t page = (size_t) sysconf (_SC_PAGESIZE);
  size_t used = ((n + FRONT) * 4 + page - 1) / page * page;
  Guarded array = { .bytes = used + page, .front = used / 4 - n };

  array.map = mmap (NULL, array.bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (array.map != MAP_FAILED);
  g_assert_cmpint (mprotect ((char *) array.map + used, page, PROT_NONE), ==, 0);
  for (size_t i = 0; i < array.front; i++)
    array.map[i] = CANARY;
  if (guarded == NULL)
    guarded = g_array_new (FALSE, FALSE, sizeof (Guarded));
  g_array_append_val (guarded, array);
  return array.map + array.front;
}

float *
guarded_floats (size_t n)
{
  float *array = new_words (n);

  for (size_t i = 0; i < n; i++)
    array[i] = NAN;
  return array;
}

int32_t *
guarded_ints (size_t n)
{
  int32_t *array = new_words (n);

  memset (array, 0xff, n * sizeof *array);
  return array;
}

float *
guarded_random (GscRng *rng, size_t n, double mean, double deviation)
{
  float *array = new_words (n);

  for (size_t i = 0; i < n; i++)
    array[i] = (float) (mean + deviation * gsc_rng_normal (rng));
  return array;
}

int32_t *
guarded_random_ints (GscRng *rng, size_t n, uint32_t below)
{
  int32_t *array = new_words (n);

  for (size_t i = 0; i < n; i++)
    array[i] = (int32_t) gsc_rng_below (rng, below);
  return array;
}

float *
guarded_copy (const float *from, size_t n)
{
  float *array = new_words (n);

  memcpy (array, from, n * sizeof *array);
  return array;
}

double *
doubles (size_t n)
{
  double *array = g_new0 (double, n + 1);

  if (plain == NULL)
    plain = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (plain, array);
  return array;
}

double *
widened (const float *from, size_t n)
{
  double *array = doubles (n);

  for (size_t i = 0; i < n; i++)
    array[i] = from[i];
  return array;
}

void
guarded_release (void)
{
  for (guint i = 0; guarded != NULL && i < guarded->len; i++)
    {
      const Guarded *array = &g_array_index (guarded, Guarded, i);

      for (size_t j = 0; j < array->front; j++)
        g_assert_cmphex (array->map[j], ==, CANARY);
      munmap (array->map, array->bytes);
    }
  g_clear_pointer (&guarded, g_array_unref);
  g_clear_pointer (&plain, g_ptr_array_unref);
}
