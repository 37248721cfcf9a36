/* gsc-report-html.c - a report as one HTML file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report-html.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-svg.h"

#define CREATOR "Grokscope " GSC_VERSION

/* Of a figure, in points: the browser scales it. */
#define FIGURE_WIDTH 440.0

/* Neither "<" nor "&", nor ">": they would mean something else in XML. */
static const char style[]
    = ":root{color-scheme:light dark;--ground:#fff;--text:#1d1d20;--soft:#f3f3f5;--line:#d6d6da;"
      "--dim:#5c5c63;--link:#1a5fb4}\n"
      "@media (prefers-color-scheme:dark){:root{--ground:#1e1e20;--text:#f0f0f2;--soft:#2b2b2e;"
      "--line:#47474c;--dim:#b4b4ba;--link:#8fc0ff}}\n"
      "*{box-sizing:border-box}\n"
      "body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:54rem;background:var(--ground);"
      "color:var(--text);font:1rem/1.55 system-ui,sans-serif}\n"
      "h1{font-size:1.8rem;line-height:1.2;overflow-wrap:anywhere}\n"
      "h2{font-size:1.3rem;margin:2.5rem 0 .75rem;padding-top:.75rem;"
      "border-top:1px solid var(--line)}\n"
      "h3{font-size:1.05rem;margin:1.75rem 0 .5rem}\n"
      "p{max-width:46rem;overflow-wrap:anywhere}\n"
      "a{color:var(--link)}\n"
      "nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;list-style:none}\n"
      "figure{margin:0 0 1rem}\n"
      "figure svg{display:block;width:100%;height:auto;background:#fff;border-radius:6px}\n"
      "figcaption{margin-top:.5rem;color:var(--dim)}\n"
      ".scroll{overflow:auto;max-height:32rem;margin:.75rem 0}\n"
      "table{border-collapse:collapse;font-size:.9rem}\n"
      "caption{text-align:start;font-weight:600;padding-bottom:.35rem}\n"
      "th,td{padding:.28rem .7rem;border-bottom:1px solid var(--line);text-align:start;"
      "vertical-align:top}\n"
      "thead th{border-bottom-width:2px}\n"
      "tbody th{font-weight:500}\n"
      ".n{text-align:end;font-variant-numeric:tabular-nums}\n"
      "pre{padding:.8rem 1rem;border-radius:6px;background:var(--soft);font-size:.85rem;"
      "line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere}\n"
      "summary{cursor:pointer;color:var(--dim)}\n"
      ":focus-visible{outline:2px solid var(--link);outline-offset:2px}\n"
      "@media print{:root{--ground:#fff;--text:#000;--soft:#f3f3f5;--line:#bbb;--dim:#333;"
      "--link:#000}body{max-width:none;padding:0;font-size:10pt}nav,details{display:none}"
      ".scroll{max-height:none;overflow:visible}h2,h3{break-after:avoid}"
      "figure,tr{break-inside:avoid}}\n";

static void
append_escaped (GString *html, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (html, escaped);
}

/* <NAME>TEXT</NAME> */
static void
append_element (GString *html, const char *name, const char *text)
{
  g_string_append_printf (html, "<%s>", name);
  append_escaped (html, text);
  g_string_append_printf (html, "</%s>\n", name);
}

/* Tables */

static void
append_cell (
    GString *html, const char *tag, const char *attributes, gboolean number, const char *text)
{
  g_string_append_printf (html, "<%s%s%s>", tag, attributes, number ? " class=\"n\"" : "");
  append_escaped (html, text);
  g_string_append_printf (html, "</%s>", tag);
}

/* In a box that scrolls, also by keys. */
static void
append_table (GString *html, const GscFigureTable *table, const char *title, gboolean with_caption)
{
  g_autofree gboolean *numeric = g_new (gboolean, table->n_columns);
  g_autofree char *label = g_markup_escape_text (title, -1);

  g_string_append_printf (
      html, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\"><table>\n",
      label);
  if (with_caption)
    append_element (html, "caption", title);
  g_string_append (html, "<thead><tr>");
  for (guint i = 0; i < table->n_columns; i++)
    {
      numeric[i] = gsc_report_table_is_numeric (table, i);
      append_cell (html, "th", " scope=\"col\"", numeric[i], table->columns[i]);
    }
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint row = 0; row < table->n_rows; row++)
    {
      g_string_append (html, "<tr>");
      for (guint i = 0; i < table->n_columns; i++)
        append_cell (html, i == 0 && with_caption ? "th" : "td",
                     i == 0 && with_caption ? " scope=\"row\"" : "", numeric[i],
                     gsc_figure_table_get (table, row, i));
      g_string_append (html, "</tr>\n");
    }
  g_string_append (html, "</tbody></table></div>\n");
}

/* Figures */

static void
paint (cairo_t *cr, double width, double height, gpointer page)
{
  gsc_figure_page_paint (page, cr);
}

/* The names in an SVG document count from 1 in each; here they are made different, inside tags
 * only. */
static void
append_renamed (GString *html, const char *svg, guint number)
{
  static const char *const marks[] = { " id=\"", "href=\"#", "url(#" };
  gboolean in_tag = FALSE;

  for (const char *c = svg; *c != '\0'; c++)
    {
      in_tag = *c == '<' || (in_tag && *c != '>');
      for (guint i = 0; in_tag && i < G_N_ELEMENTS (marks); i++)
        if (g_str_has_prefix (c, marks[i]))
          {
            g_string_append_printf (html, "%sf%u-", marks[i], number);
            c += strlen (marks[i]);
            break;
          }
      g_string_append_c (html, *c);
    }
}

static gboolean
append_svg (GString *html, const GscReportBlock *block, guint number, GError **error)
{
  const GscSurfaceInfo info = { .title = block->title };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *summary = g_markup_escape_text (block->text, -1);
  g_autoptr (GscFigurePage) page = NULL;
  cairo_status_t status;
  const char *svg;
  double height;

  page = gsc_report_block_lay_out (block, FIGURE_WIDTH, &height);
  status = gsc_svg_make (bytes, FIGURE_WIDTH, height, &info, paint, page);
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  svg = status == CAIRO_STATUS_SUCCESS ? strstr ((const char *) bytes->data, "<svg ") : NULL;
  if (svg == NULL)
    {
      g_set_error (error, GSC_SURFACE_ERROR, GSC_SURFACE_ERROR_FAILED,
                   _ ("%s: The figure could not be drawn (%s)."), block->title,
                   cairo_status_to_string (status));
      return FALSE;
    }
  g_string_append_printf (html, "<svg role=\"img\" aria-label=\"%s\" ", summary);
  append_renamed (html, svg + strlen ("<svg "), number);
  return TRUE;
}

static gboolean
append_figure (GString *html, const GscReportBlock *block, guint number, GError **error)
{
  g_string_append_printf (html, "<section id=\"%s\">\n", gsc_figure_get_name (block->panel.figure));
  append_element (html, "h3", block->title);
  g_string_append (html, "<figure>\n");
  if (!append_svg (html, block, number, error))
    return FALSE;
  append_element (html, "figcaption", block->text);
  g_string_append (html, "</figure>\n");
  if (block->table != NULL)
    {
      g_string_append (html, "<details>");
      append_element (html, "summary", _ ("The numbers as a table"));
      append_table (html, block->table, block->title, FALSE);
      g_string_append (html, "</details>\n");
    }
  g_string_append (html, "</section>\n");
  return TRUE;
}

/* The document */

static void
append_head (GString *html, const GscReportDocument *document)
{
  /* Translators: the code of the language that you translate to, as in HTML: de, fr, zh-Hans */
  const char *language = _ ("en");

  g_string_append_printf (html,
                          "<!DOCTYPE html>\n"
                          "<html lang=\"%s\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
                          "<meta charset=\"utf-8\" />\n"
                          "<meta name=\"viewport\" content=\"width=device-width\" />\n"
                          "<meta name=\"generator\" content=\"%s\" />\n",
                          language, CREATOR);
  append_element (html, "title", document->title);
  g_string_append_printf (html, "<style>\n%s</style>\n</head>\n<body>\n<header>\n", style);
  append_element (html, "h1", document->title);
}

/* Links to the sections. */
static void
append_contents (GString *html, const GscReportDocument *document)
{
  g_autofree char *label = g_markup_escape_text (_ ("Contents"), -1);
  guint n = 0;

  g_string_append_printf (html, "<nav aria-label=\"%s\"><ul>\n", label);
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const GscReportBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind != GSC_REPORT_HEADING)
        continue;
      g_string_append_printf (html, "<li><a href=\"#section-%u\">", ++n);
      append_escaped (html, block->text);
      g_string_append (html, "</a></li>\n");
    }
  g_string_append (html, "</ul></nav>\n</header>\n<main>\n");
}

GString *
gsc_report_html_make (const GscReportDocument *document, GError **error)
{
  GString *html = g_string_new (NULL);
  guint n_sections = 0, n_figures = 0;
  gboolean fine = TRUE;

  append_head (html, document);
  append_contents (html, document);
  for (guint i = 0; i < document->blocks->len && fine; i++)
    {
      const GscReportBlock *block = g_ptr_array_index (document->blocks, i);

      switch (block->kind)
        {
        case GSC_REPORT_HEADING:
          g_string_append_printf (html, "<h2 id=\"section-%u\">", ++n_sections);
          append_escaped (html, block->text);
          g_string_append (html, "</h2>\n");
          break;
        case GSC_REPORT_PARAGRAPH:
          append_element (html, "p", block->text);
          break;
        case GSC_REPORT_CODE:
          append_element (html, "pre", block->text);
          break;
        case GSC_REPORT_TABLE:
          append_table (html, block->table, block->title, TRUE);
          break;
        case GSC_REPORT_FIGURE:
          fine = append_figure (html, block, ++n_figures, error);
          break;
        }
    }
  g_string_append (html, "</main>\n</body>\n</html>\n");
  if (fine)
    return html;
  g_string_free (html, TRUE);
  return NULL;
}
