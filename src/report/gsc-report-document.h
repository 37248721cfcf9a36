/* gsc-report-document.h - what a report says, whatever the file's format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-panel.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_REPORT_HEADING,   /* text */
  GSC_REPORT_PARAGRAPH, /* text */
  GSC_REPORT_CODE,      /* text of several lines that stay as they are */
  GSC_REPORT_TABLE,     /* title, table whose first column names the rows */
  GSC_REPORT_FIGURE,    /* title, text (what is seen in it), panel, frame, table or NULL */
} GscReportKind;

/* A plain value; the document owns everything. */
typedef struct
{
  GscReportKind kind;
  char *title;
  char *text;
  GscFigureTable *table;
  GscFigurePanel panel;
  GscFrame *frame;
} GscReportBlock;

typedef struct
{
  char *title;
  GPtrArray *blocks; /* of GscReportBlock, from the first to the last */
} GscReportDocument;

/* All text is copied, valid UTF-8 is made of it, and control characters are replaced: names come
 * from anywhere. */
GscReportDocument *gsc_report_document_new (const char *title);
void gsc_report_document_free (GscReportDocument *document);

void gsc_report_document_add_heading (GscReportDocument *document, const char *text);
void gsc_report_document_add_paragraph (GscReportDocument *document, const char *text);
void gsc_report_document_add_code (GscReportDocument *document, const char *text);

/* Takes @table. */
void gsc_report_document_add_table (GscReportDocument *document,
                                    const char *title,
                                    GscFigureTable *table);

/* A figure with its numbers, as far as a page can hold them. */
void gsc_report_document_add_figure (GscReportDocument *document,
                                     const GscFigurePanel *panel,
                                     GscFrame *frame);

/* Whether the cells of a column are numbers, to be aligned at the right. */
gboolean gsc_report_table_is_numeric (const GscFigureTable *table, guint column);

/* The page of a figure block, without titles, @width points wide. (transfer full) */
GscFigurePage *gsc_report_block_lay_out (const GscReportBlock *block, double width, double *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscReportDocument, gsc_report_document_free)

G_END_DECLS
