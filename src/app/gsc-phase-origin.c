/* gsc-phase-origin.c - what a new phase diagram can begin with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-origin.h"

#include <glib/gi18n.h>

#include "gsc-installed-path.h"
#include "gsc-preset.h"

/* Installed beside the program. */
static const char *const shipped[] = { "phase-tiny", "phase-small" };

static void
add (GPtrArray *origins,
     const char *name,
     const GscConfig *base,
     const GscStopRule *stop,
     GscSweep *sweep)
{
  GscPhaseOrigin *origin = g_new (GscPhaseOrigin, 1);

  *origin = (GscPhaseOrigin){ g_strdup (name), *base, *stop, sweep };
  g_ptr_array_add (origins, origin);
}

static void
add_shipped (GPtrArray *origins)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *name = g_strdup_printf ("sweeps/%s.json", shipped[i]);
      g_autofree char *path = gsc_installed_data (name);
      GscSweep *sweep = path != NULL ? gsc_sweep_load (path, NULL) : NULL;

      if (sweep != NULL)
        add (origins, shipped[i], &sweep->base, &sweep->stop, sweep);
    }
}

static void
add_presets (GPtrArray *origins)
{
  const GscStopRule off = gsc_stop_rule_default ();
  const GscPreset *presets;
  guint n;

  presets = gsc_preset_get_all (&n);
  for (guint i = 0; i < n; i++)
    {
      /* Translators: the name of a preset */
      g_autofree char *name = g_strdup_printf (_ ("Preset “%s”"), presets[i].name);

      add (origins, name, &presets[i].config, &off, NULL);
    }
}

GPtrArray *
gsc_phase_origin_list (const GscConfig *recipe, const GscStopRule *stop)
{
  GPtrArray *origins = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_phase_origin_free);

  add (origins, _ ("The recipe in the controls"), recipe, stop, NULL);
  add_shipped (origins);
  add_presets (origins);
  return origins;
}

void
gsc_phase_origin_free (GscPhaseOrigin *origin)
{
  g_free (origin->name);
  gsc_sweep_free (origin->sweep);
  g_free (origin);
}
