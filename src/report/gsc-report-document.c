/* gsc-report-document.c - what a report says, whatever the file's format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report-document.h"

#include <glib/gi18n.h>

#include "gsc-figure-export.h"

/* A table of more rows is for programs, not for eyes. */
#define MAX_ROWS 1500

/* Stands for what cannot be shown. */
#define REPLACEMENT 0xFFFD

static void
block_free (gpointer data)
{
  GscReportBlock *block = data;

  g_free (block->title);
  g_free (block->text);
  g_clear_pointer (&block->table, gsc_figure_table_free);
  g_clear_pointer (&block->frame, gsc_frame_unref);
  g_free (block);
}

/* (transfer full) */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *result = g_string_new (NULL);

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      gboolean fine = character == '\n' || character == '\t'
                      || (!g_unichar_iscntrl (character) && (character & 0xFFFE) != 0xFFFE);

      g_string_append_unichar (result, fine ? character : REPLACEMENT);
    }
  return g_string_free (result, FALSE);
}

GscReportDocument *
gsc_report_document_new (const char *title)
{
  GscReportDocument *document = g_new0 (GscReportDocument, 1);

  document->title = clean (title);
  document->blocks = g_ptr_array_new_with_free_func (block_free);
  return document;
}

void
gsc_report_document_free (GscReportDocument *document)
{
  if (document == NULL)
    return;
  g_free (document->title);
  g_ptr_array_unref (document->blocks);
  g_free (document);
}

static GscReportBlock *
add (GscReportDocument *document, GscReportKind kind, const char *title, const char *text)
{
  GscReportBlock *block = g_new0 (GscReportBlock, 1);

  block->kind = kind;
  block->title = title != NULL ? clean (title) : NULL;
  block->text = text != NULL ? clean (text) : NULL;
  g_ptr_array_add (document->blocks, block);
  return block;
}

void
gsc_report_document_add_heading (GscReportDocument *document, const char *text)
{
  add (document, GSC_REPORT_HEADING, NULL, text);
}

void
gsc_report_document_add_paragraph (GscReportDocument *document, const char *text)
{
  add (document, GSC_REPORT_PARAGRAPH, NULL, text);
}

void
gsc_report_document_add_code (GscReportDocument *document, const char *text)
{
  add (document, GSC_REPORT_CODE, NULL, text);
}

static void
clean_table (GscFigureTable *table)
{
  for (guint i = 0; i < table->cells->len; i++)
    {
      char *text = g_ptr_array_index (table->cells, i);

      table->cells->pdata[i] = clean (text);
      g_free (text);
    }
}

void
gsc_report_document_add_table (GscReportDocument *document,
                               const char *title,
                               GscFigureTable *table)
{
  GscReportBlock *block = add (document, GSC_REPORT_TABLE, title, NULL);

  clean_table (table);
  block->table = table;
}

void
gsc_report_document_add_figure (GscReportDocument *document,
                                const GscFigurePanel *panel,
                                GscFrame *frame)
{
  g_autofree char *summary = gsc_figure_summarise (panel->figure, frame, &panel->options);
  g_autoptr (GscFigureTable) table = gsc_figure_tabulate (panel->figure, frame, &panel->options);
  GscReportBlock *block
      = add (document, GSC_REPORT_FIGURE, _ (gsc_figure_get_title (panel->figure)), summary);

  block->panel = *panel;
  block->panel.options.bare = TRUE;
  block->frame = gsc_frame_ref (frame);
  if (table->n_rows > 0 && table->n_rows <= MAX_ROWS)
    {
      clean_table (table);
      block->table = g_steal_pointer (&table);
    }
}

gboolean
gsc_report_table_is_numeric (const GscFigureTable *table, guint column)
{
  gboolean any = FALSE;

  for (guint i = 0; i < table->n_rows; i++)
    {
      const char *text = gsc_figure_table_get (table, i, column);

      if (g_ascii_isdigit (*text) || (*text == '-' && g_ascii_isdigit (text[1]))
          || g_str_equal (text, "–"))
        any = TRUE;
      else if (*text != '\0')
        return FALSE;
    }
  return any;
}

GscFigurePage *
gsc_report_block_lay_out (const GscReportBlock *block, double width, double *height)
{
  GscFigurePaper paper;
  GscStyle style;

  gsc_figure_paper_init (&paper, NULL);
  paper.width = width;
  gsc_figure_paper_init_style (&paper, &style);
  *height = gsc_figure_export_get_height (block->panel.figure, &paper);
  return gsc_figure_lay_out (block->panel.figure, block->frame, &block->panel.options, &style,
                             width, *height);
}
