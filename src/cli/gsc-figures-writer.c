/* gsc-figures-writer.c - the files of `grokscope-cli figures`
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figures-writer.h"

#include "gsc-analyse.h"

static GscCliStatus
report (const GError *error)
{
  gsc_analyse_end_progress ();
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return gsc_cli_fail (error);
  gsc_cli_say (_ ("Stopped before all figures were drawn."));
  return GSC_CLI_FAILED;
}

/* (transfer full) */
static char *
get_path (const GscFiguresWriter *writer, const char *base, const char *extension)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", base, extension);

  return g_build_filename (writer->folder, file, NULL);
}

static void
print_path (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  gsc_analyse_end_progress ();
  gsc_cli_print ("%s\n", name);
}

static gboolean
is_table (const char *format)
{
  return g_str_equal (format, "csv");
}

static gboolean
write_table (const GscFiguresWriter *writer,
             const GscFigurePanel *panel,
             const GscFrame *frame,
             const char *base,
             GError **error)
{
  static const char *const extensions[] = { "csv", "json", "py" };
  g_autofree char *csv = get_path (writer, base, "csv");

  if (!gsc_figure_export_table (panel, frame, &writer->paper, &writer->origin, csv, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    {
      g_autofree char *path = get_path (writer, base, extensions[i]);

      print_path (path);
    }
  return TRUE;
}

GscCliStatus
gsc_figures_writer_write (const GscFiguresWriter *writer, const GscFigurePanel *panel)
{
  const char *base = gsc_figure_get_name (panel->figure);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscFrame) frame = gsc_figure_studio_make (writer->studio, panel, &error);
  gboolean done = frame != NULL;

  for (guint i = 0; done && writer->formats[i] != NULL; i++)
    if (is_table (writer->formats[i]))
      done = write_table (writer, panel, frame, base, &error);
    else
      {
        g_autofree char *path = get_path (writer, base, writer->formats[i]);

        done = gsc_figure_export (panel, frame, &writer->paper, &writer->origin, path, &error);
        if (done)
          print_path (path);
      }
  return done ? GSC_CLI_OK : report (error);
}

/* Recipes */

static gboolean
write_panels (const GscFiguresWriter *writer,
              const GscFigureRecipe *recipe,
              const char *base,
              GError **error)
{
  g_autoptr (GArray) panels = gsc_figure_recipe_list_panels (recipe);

  for (guint i = 0; i < panels->len; i++)
    {
      const GscFigurePanel *panel = &g_array_index (panels, GscFigureSheetPanel, i).panel;
      g_autofree char *name
          = panels->len > 1 ? g_strdup_printf ("%s-%c", base, 'a' + (int) i) : g_strdup (base);
      g_autoptr (GscFrame) frame = gsc_figure_studio_make (writer->studio, panel, error);

      if (frame == NULL || !write_table (writer, panel, frame, name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_sheet (const GscFiguresWriter *writer,
             const GscFigureRecipe *recipe,
             const char *path,
             GError **error)
{
  g_autofree char *title = g_strdup_printf ("figure %s", gsc_figure_recipe_get_name (recipe));
  g_autoptr (GscFigureSheet) sheet = NULL;
  GscStyle style;

  gsc_figure_paper_init_style (&writer->paper, &style);
  sheet = gsc_figure_recipe_make (recipe, writer->studio, &style, writer->paper.width,
                                  writer->paper.height, error);
  if (sheet == NULL
      || !gsc_figure_export_sheet (sheet, title, &writer->paper, &writer->origin, path, error))
    return FALSE;
  print_path (path);
  return TRUE;
}

GscCliStatus
gsc_figures_writer_write_recipe (const GscFiguresWriter *writer, const GscFigureRecipe *recipe)
{
  g_autofree char *base = g_strdup_printf ("figure-%s", gsc_figure_recipe_get_name (recipe));
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  for (guint i = 0; done && writer->formats[i] != NULL; i++)
    if (is_table (writer->formats[i]))
      done = write_panels (writer, recipe, base, &error);
    else
      {
        g_autofree char *path = get_path (writer, base, writer->formats[i]);

        done = write_sheet (writer, recipe, path, &error);
      }
  return done ? GSC_CLI_OK : report (error);
}
