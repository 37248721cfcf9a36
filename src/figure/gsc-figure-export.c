/* gsc-figure-export.c - figures as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-export.h"

#include <string.h>

#include <glib/gi18n.h>

#include "gsc-atomic-file.h"
#include "gsc-figure-pages.h"
#include "gsc-figure-script.h"
#include "gsc-number.h"
#include "gsc-plain-locale.h"
#include "gsc-surface.h"

#define CREATOR "Grokscope " GSC_VERSION

/* Pictures */

/* The run's settings and where the sequence comes from. */
static char *
describe (const GscFrame *frame, const GscFigureOrigin *origin)
{
  g_autofree char *settings = gsc_figure_pages_describe (frame->run, gsc_frame_get_record (frame));
  guint ablated = gsc_ablation_count (frame->ablation);
  GString *text = g_string_new (settings);

  if (origin != NULL && origin->context_seed >= 0)
    {
      g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, origin->context_seed);

      /* Translators: goes on with a list of settings: where the examples come from. */
      g_string_append_printf (text, _ (", context seed %s"), seed);
    }
  if (ablated > 0)
    /* Translators: goes on with a list of settings. To ablate a head is to switch it off. */
    g_string_append_printf (text, ngettext (", %u head ablated", ", %u heads ablated", ablated),
                            ablated);
  return g_string_free (text, FALSE);
}

static gboolean
write_picture (const char *title,
               const GscFrame *frame,
               const GscFigurePaper *paper,
               const GscFigureOrigin *origin,
               double height,
               GscPaintFunc paint,
               gpointer data,
               const char *path,
               GError **error)
{
  g_autofree char *whole_title = g_strdup_printf ("%s: %s", frame->run->name, title);
  g_autofree char *subject = describe (frame, origin);
  const GscSurfaceInfo info = {
    .title = whole_title, .subject = subject, .creator = CREATOR, .transparent = paper->transparent
  };

  return gsc_surface_write (path, paper->width, height, paper->dpi, &info, paint, data, error);
}

/* A figure's good height is one for text of 8 points. */
double
gsc_figure_export_get_height (GscFigure figure, const GscFigurePaper *paper)
{
  double scale = paper->text_size / 8;

  if (paper->height > 0)
    return paper->height;
  return scale * gsc_figure_get_height (figure, paper->width / scale);
}

static void
paint_page (cairo_t *cr, double width, double height, gpointer page)
{
  gsc_figure_page_paint (page, cr);
}

gboolean
gsc_figure_export (const GscFigurePanel *panel,
                   const GscFrame *frame,
                   const GscFigurePaper *paper,
                   const GscFigureOrigin *origin,
                   const char *path,
                   GError **error)
{
  double height = gsc_figure_export_get_height (panel->figure, paper);
  g_autoptr (GscFigurePage) page = NULL;
  GscStyle style;

  gsc_figure_paper_init_style (paper, &style);
  page = gsc_figure_lay_out (panel->figure, frame, &panel->options, &style, paper->width, height);
  gsc_figure_page_set_transparent (page, paper->transparent);
  return write_picture (gsc_figure_get_name (panel->figure), frame, paper, origin, height,
                        paint_page, page, path, error);
}

static void
paint_sheet (cairo_t *cr, double width, double height, gpointer sheet)
{
  gsc_figure_sheet_paint (sheet, cr);
}

gboolean
gsc_figure_export_sheet (GscFigureSheet *sheet,
                         const char *title,
                         const GscFigurePaper *paper,
                         const GscFigureOrigin *origin,
                         const char *path,
                         GError **error)
{
  gsc_figure_sheet_set_transparent (sheet, paper->transparent);
  return write_picture (title, gsc_figure_sheet_get_subject (sheet), paper, origin,
                        gsc_figure_sheet_get_height (sheet), paint_sheet, sheet, path, error);
}

/* What a table is of */

/* "  "name": " of the next member. */
static void
append_name (GString *json, const char *name)
{
  g_string_append_printf (json, "%s  \"%s\": ", json->len > 2 ? ",\n" : "", name);
}

/* As a JSON string. */
static void
append_text (GString *json, const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *quoted = NULL;

  json_node_set_string (node, valid);
  quoted = json_to_string (node, FALSE);
  g_string_append (json, quoted);
}

static void
add_text (GString *json, const char *name, const char *text)
{
  append_name (json, name);
  append_text (json, text);
}

static void
add_int (GString *json, const char *name, gint64 value)
{
  append_name (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

/* A number from -1 on, of which -1 is none. */
static void
add_natural (GString *json, const char *name, gint64 value)
{
  if (value >= 0)
    {
      add_int (json, name, value);
      return;
    }
  append_name (json, name);
  g_string_append (json, "null");
}

static void
add_boolean (GString *json, const char *name, gboolean value)
{
  append_name (json, name);
  g_string_append (json, value ? "true" : "false");
}

static void
add_recipe (GString *json, const GscConfig *config)
{
  g_autofree char *text = gsc_config_to_text (config);
  g_auto (GStrv) lines = g_strsplit (g_strstrip (text), "\n", -1);
  g_autofree char *indented = g_strjoinv ("\n  ", lines);

  append_name (json, "recipe");
  g_string_append (json, indented);
}

static void
add_origin (GString *json, const GscFigureOrigin *origin)
{
  if (origin == NULL || origin->tokens == NULL)
    return;
  add_natural (json, "context_seed", origin->context_seed);
  append_name (json, "context");
  for (guint i = 0; i < origin->n_tokens; i++)
    g_string_append_printf (json, "%s%d", i > 0 ? ", " : "[", origin->tokens[i]);
  g_string_append (json, origin->n_tokens > 0 ? "]" : "[]");
}

static void
add_ablation (GString *json, const GscFrame *frame)
{
  const GscConfig *config = &frame->run->config;
  guint n = 0;

  append_name (json, "ablated");
  g_string_append_c (json, '[');
  for (int i = 0; frame->ablation != NULL && i < config->depth * config->heads; i++)
    {
      guint layer = (guint) (i / config->heads), head = (guint) (i % config->heads);

      if (gsc_ablation_get (frame->ablation, layer, head) != GSC_ABLATION_NONE)
        g_string_append_printf (json, "%s[%u, %u]", n++ > 0 ? ", " : "", layer + 1, head + 1);
    }
  g_string_append_c (json, ']');
}

/* What of the options changes what the table holds. */
static void
add_options (GString *json, const GscFigurePanel *panel)
{
  static const char *const measures[] = { "last_accuracy", "accuracy", "loss" };
  static const char *const views[] = { "four", "cursor", "curves" };
  static const char *const parts[] = { "embedding", "head", "block", "mlp" };
  static const char *const pairs[] = { "xy", "xz", "yz" };
  const GscFigureOptions *options = &panel->options;

  switch (panel->figure)
    {
    case GSC_FIGURE_LEARNING_CURVES:
    case GSC_FIGURE_TASK_GRID:
    case GSC_FIGURE_LENS:
      add_text (json, "measure", measures[options->measure]);
      break;
    case GSC_FIGURE_ABLATION:
      add_text (json, "measure", measures[options->measure]);
      add_text (json, "ablation", panel->mode == GSC_ABLATION_MEAN ? "mean" : "zero");
      break;
    case GSC_FIGURE_ATTENTION:
      add_boolean (json, "mean_of_sequences", options->batch_mean);
      add_int (json, "max_tokens", options->max_tokens);
      break;
    case GSC_FIGURE_PROJECTION:
      add_text (json, "part", parts[panel->part]);
      add_text (json, "slots", pairs[panel->slots]);
      add_boolean (json, "centred", panel->centred);
      break;
    case GSC_FIGURE_KSHOT:
      add_text (json, "view", views[options->kshot_view]);
      break;
    case GSC_FIGURE_SIMILARITY:
      add_text (json, "slot", gsc_slot_get_name (panel->slot));
      break;
    case GSC_FIGURE_NOISE:
      add_text (json, "set", gsc_set_get_name (panel->set));
      break;
    default:
      break;
    }
}

static gboolean
is_difference (const GscFigurePanel *panel, const GscFrame *frame)
{
  return panel->options.compare == GSC_COMPARE_DIFFERENCE && frame->beside != NULL;
}

/* What is subtracted. */
static void
add_beside (GString *json, const GscFrame *beside)
{
  const GscRecord *record = gsc_frame_get_record (beside);

  add_text (json, "minus_run", beside->run->name);
  add_natural (json, "minus_step", record != NULL ? record->step : -1);
}

char *
gsc_figure_export_describe (const GscFigurePanel *panel,
                            const GscFrame *frame,
                            const GscFigureOrigin *origin)
{
  const GscRecord *record = gsc_frame_get_record (frame);
  const GscCursor *cursor = &frame->cursor;
  g_auto (GscPlainLocale) plain = gsc_plain_locale_begin ();
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (panel->figure, frame, &panel->options);
  g_autofree char *summary = gsc_figure_summarise (panel->figure, frame, &panel->options);
  GString *json = g_string_new ("{\n");

  add_text (json, "figure", gsc_figure_get_name (panel->figure));
  add_text (json, "title", gsc_figure_get_title (panel->figure));
  add_text (json, "summary", summary);
  add_text (json, "program", CREATOR);
  add_text (json, "run", frame->run->name);
  add_natural (json, "step", record != NULL ? record->step : -1);
  add_int (json, "seed", frame->run->config.seed);
  if (is_difference (panel, frame))
    add_beside (json, frame->beside);
  add_options (json, panel);
  if (gsc_figure_needs_model (panel->figure))
    {
      add_natural (json, "model_step", frame->step);
      add_int (json, "shot", cursor->shot);
      add_int (json, "layer", (gint64) cursor->layer + 1);
      add_int (json, "head", (gint64) cursor->head + 1);
      add_origin (json, origin);
      add_ablation (json, frame);
    }
  append_name (json, "task");
  g_string_append_printf (json, "[%d, %d]", cursor->a, cursor->b);
  append_name (json, "columns");
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append (json, i > 0 ? ", " : "[");
      append_text (json, table->columns[i]);
    }
  g_string_append_c (json, ']');
  add_int (json, "rows", table->n_rows);
  add_recipe (json, &frame->run->config);
  g_string_append (json, "\n}\n");
  return g_string_free (json, FALSE);
}

/* Tables */

gboolean
gsc_figure_export_write_beside (const char *path,
                                const char *extension,
                                const char *text,
                                GError **error)
{
  const char *dot = strrchr (path, '.');
  const char *folder_end = strrchr (path, G_DIR_SEPARATOR);
  gsize length = dot != NULL && (folder_end == NULL || dot > folder_end) ? (gsize) (dot - path)
                                                                         : strlen (path);
  g_autofree char *beside = g_strdup_printf ("%.*s%s", (int) length, path, extension);

  return gsc_atomic_file_write (beside, text, strlen (text), error);
}

gboolean
gsc_figure_export_table (const GscFigurePanel *panel,
                         const GscFrame *frame,
                         const GscFigurePaper *paper,
                         const GscFigureOrigin *origin,
                         const char *path,
                         GError **error)
{
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (panel->figure, frame, &panel->options);
  g_autofree char *csv = gsc_figure_table_to_csv (table);
  g_autofree char *json = gsc_figure_export_describe (panel, frame, origin);
  g_autofree char *csv_name = g_path_get_basename (path);
  double height = gsc_figure_export_get_height (panel->figure, paper);
  g_autofree char *script = gsc_figure_script_make (panel, frame, csv_name, paper, height);

  return gsc_atomic_file_write (path, csv, strlen (csv), error)
         && gsc_figure_export_write_beside (path, ".json", json, error)
         && (is_difference (panel, frame)
             || gsc_figure_export_write_beside (path, ".py", script, error));
}
