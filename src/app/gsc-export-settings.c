/* gsc-export-settings.c - how figures are written, as a user chose it last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-settings.h"

#define POINTS_PER_MM (72 / 25.4)
#define DEFAULT_DPI 300
#define CUSTOM "custom"

static const char *const extensions[] = {
  [GSC_EXPORT_PDF] = "pdf",
  [GSC_EXPORT_SVG] = "svg",
  [GSC_EXPORT_PNG] = "png",
  [GSC_EXPORT_TABLE] = "csv",
};

const char *
gsc_export_format_get_extension (GscExportFormat format)
{
  return extensions[format];
}

void
gsc_export_settings_init (GscExportSettings *self)
{
  *self = (GscExportSettings){
    .format = GSC_EXPORT_PDF,
    .dpi = DEFAULT_DPI,
    .venue = gsc_figure_venue_find ("neurips"),
    .width = 140,
    .theme = GSC_PALETTE_PAPER,
  };
}

void
gsc_export_settings_load (GscExportSettings *self, GSettings *settings)
{
  g_autofree char *format = NULL;
  g_autofree char *size = NULL;
  g_autofree char *theme = NULL;
  GscFigurePaper paper;

  gsc_export_settings_init (self);
  if (settings == NULL)
    return;
  format = g_settings_get_string (settings, "export-format");
  for (guint i = 0; i < GSC_N_EXPORT_FORMATS; i++)
    if (g_str_equal (extensions[i], format))
      self->format = (GscExportFormat) i;
  size = g_settings_get_string (settings, "export-size");
  self->venue = gsc_figure_venue_find (size);
  self->dpi = g_settings_get_int (settings, "export-dpi");
  self->width = g_settings_get_double (settings, "export-width");
  self->height = g_settings_get_double (settings, "export-height");
  if (self->height > 0)
    self->height = MAX (self->height, GSC_EXPORT_MIN_SIZE);
  self->inches = g_settings_get_boolean (settings, "export-inches");
  theme = g_settings_get_string (settings, "export-theme");
  gsc_figure_paper_init (&paper, NULL);
  if (gsc_figure_paper_parse_theme (&paper, theme))
    self->theme = paper.theme;
  self->transparent = g_settings_get_boolean (settings, "export-transparent");
}

void
gsc_export_settings_save (const GscExportSettings *self, GSettings *settings)
{
  if (settings == NULL)
    return;
  g_settings_set_string (settings, "export-format", extensions[self->format]);
  g_settings_set_string (settings, "export-size", self->venue != NULL ? self->venue->name : CUSTOM);
  g_settings_set_int (settings, "export-dpi", self->dpi);
  g_settings_set_double (settings, "export-width", self->width);
  g_settings_set_double (settings, "export-height", self->height);
  g_settings_set_boolean (settings, "export-inches", self->inches);
  g_settings_set_string (settings, "export-theme", gsc_palette_get (self->theme)->name);
  g_settings_set_boolean (settings, "export-transparent", self->transparent);
}

gboolean
gsc_export_settings_is_slide (const GscExportSettings *self)
{
  return self->venue != NULL && self->venue->height > 0;
}

void
gsc_export_settings_get_paper (const GscExportSettings *self, GscFigurePaper *paper)
{
  gsc_figure_paper_init (paper, self->venue);
  if (self->venue == NULL)
    {
      paper->width = self->width * POINTS_PER_MM;
      paper->height = self->height * POINTS_PER_MM;
    }
  if (!gsc_export_settings_is_slide (self))
    paper->dpi = self->dpi;
  paper->theme = self->theme;
  paper->transparent = self->transparent;
}
