/* gsc-report-pdf.c - a report as pages of a PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report-pdf.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

#include "gsc-surface.h"

#define CREATOR "Grokscope " GSC_VERSION

/* A4, in points. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define MARGIN 54.0
#define CONTENT_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define CONTENT_BOTTOM (PAGE_HEIGHT - MARGIN)

#define SANS "Arial, Liberation Sans, DejaVu Sans, Sans"
#define MONO "DejaVu Sans Mono, Liberation Mono, Monospace"
#define TITLE_SIZE 17.0
#define HEADING_SIZE 13.0
#define TEXT_SIZE 9.0
#define SMALL_SIZE 8.0
#define CODE_SIZE 7.0

#define CELL_GAP 8.0
#define MAX_HEADING 46.0 /* before a heading is broken */
#define CELL_PADDING 2.0
#define CODE_PADDING 6.0

/* What stands together on one page: a line of text, a row of a table, a figure. */
typedef struct
{
  double space; /* above it, unless it begins a page */
  double height;
  gboolean keep;       /* on the page of the next one */
  PangoLayout *layout; /* line @line of it */
  int line;
  gboolean code;        /* that line has a ground */
  GPtrArray *cells;     /* or of PangoLayout: a row ... */
  const double *places; /* ... with the left ends and widths of its cells, by turns */
  gboolean heading;     /* of a table */
  int header;           /* the row that is repeated above it on a new page, or -1 */
  GscFigurePage *figure;
} Piece;

/* A piece on a page. */
typedef struct
{
  guint piece;
  guint page;
  double y;
} Place;

typedef struct
{
  const GscReportDocument *document;
  PangoContext *context;
  GArray *pieces;     /* of Piece */
  GArray *places;     /* of Place, by page */
  GPtrArray *columns; /* of double*: Piece.places */
  guint n_pages;
} Pages;

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_clear_object (&piece->layout);
  g_clear_pointer (&piece->cells, g_ptr_array_unref);
  g_clear_pointer (&piece->figure, gsc_figure_page_free);
}

static void
pages_clear (Pages *pages)
{
  g_object_unref (pages->context);
  g_array_unref (pages->pieces);
  g_array_unref (pages->places);
  g_ptr_array_unref (pages->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pages, pages_clear)

/* Text */

/* One that follows neither the desktop nor the user's language, as figures do. (transfer full) */
static PangoContext *
make_context (void)
{
  g_autoptr (PangoFontMap) map = pango_cairo_font_map_new ();
  cairo_font_options_t *options = cairo_font_options_create ();
  PangoContext *context;

  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (map), 72);
  context = pango_font_map_create_context (map);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("en"));
  return context;
}

/* (transfer full) */
static PangoLayout *
make_layout (
    Pages *pages, const char *text, const char *family, double size, gboolean bold, double width)
{
  PangoLayout *layout = pango_layout_new (pages->context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, family);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE + 0.5));
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static PangoRectangle
get_line_rect (PangoLayout *layout, int line)
{
  PangoRectangle logical;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, line), NULL, &logical);
  return logical;
}

/* A piece for each line. */
static void
add_text (Pages *pages,
          const char *text,
          const char *family,
          double size,
          gboolean bold,
          double space,
          gboolean keep)
{
  gboolean code = g_str_equal (family, MONO);
  double width = CONTENT_WIDTH - (code ? 2 * CODE_PADDING : 0);
  g_autoptr (PangoLayout) layout = make_layout (pages, text, family, size, bold, width);
  int n = pango_layout_get_line_count (layout);

  for (int i = 0; i < n; i++)
    {
      Piece piece = { .header = -1, .line = i, .code = code };

      piece.layout = g_object_ref (layout);
      piece.space = i == 0 ? space : 0;
      piece.height = 1.15 * get_line_rect (layout, i).height / PANGO_SCALE;
      /* neither the first nor the last line of a paragraph stands alone */
      piece.keep = keep || (!code && n > 1 && (i == 0 || i == n - 2));
      g_array_append_val (pages->pieces, piece);
    }
}

/* Tables */

static double
measure (Pages *pages, const char *text, gboolean bold)
{
  g_autoptr (PangoLayout) layout = make_layout (pages, text, SANS, SMALL_SIZE, bold, 0);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE + 1;
}

/* Their left ends and widths, by turns: as wide as their texts (but headings of several words are
 * broken); where that is too much, the widest gives way. */
static double *
make_columns (Pages *pages, const GscFigureTable *table)
{
  double *places = g_new0 (double, 2 * table->n_columns);
  double total = CELL_GAP * (table->n_columns - 1), x = 0;
  guint widest = 0;

  for (guint i = 0; i < table->n_columns; i++)
    {
      double *width = &places[2 * i + 1];

      *width = MIN (measure (pages, table->columns[i], TRUE), MAX_HEADING);
      for (guint row = 0; row < table->n_rows; row++)
        *width = MAX (*width, measure (pages, gsc_figure_table_get (table, row, i), FALSE));
      total += *width;
      if (*width > places[2 * widest + 1])
        widest = i;
    }
  if (total > CONTENT_WIDTH)
    places[2 * widest + 1] = MAX (MAX_HEADING, places[2 * widest + 1] - (total - CONTENT_WIDTH));
  for (guint i = 0; i < table->n_columns; i++)
    {
      places[2 * i] = x;
      x += places[2 * i + 1] + CELL_GAP;
    }
  g_ptr_array_add (pages->columns, places);
  return places;
}

/* @row: -1 for the headings. */
static void
add_row (Pages *pages, const GscFigureTable *table, int row, const double *places, int header)
{
  Piece piece = { .heading = row < 0, .header = header, .places = places, .keep = row < 0 };

  piece.cells = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < table->n_columns; i++)
    {
      const char *text = row < 0 ? table->columns[i] : gsc_figure_table_get (table, (guint) row, i);
      PangoLayout *layout = make_layout (pages, text, SANS, SMALL_SIZE, row < 0, places[2 * i + 1]);
      PangoRectangle logical;

      if (gsc_report_table_is_numeric (table, i))
        pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
      pango_layout_get_extents (layout, NULL, &logical);
      piece.height = MAX (piece.height, (double) logical.height / PANGO_SCALE + 2 * CELL_PADDING);
      g_ptr_array_add (piece.cells, layout);
    }
  g_array_append_val (pages->pieces, piece);
}

static void
add_table (Pages *pages, const GscReportBlock *block)
{
  const double *places = make_columns (pages, block->table);
  int header;

  add_text (pages, block->title, SANS, TEXT_SIZE, TRUE, 10, TRUE);
  header = (int) pages->pieces->len;
  add_row (pages, block->table, -1, places, -1);
  for (guint row = 0; row < block->table->n_rows; row++)
    add_row (pages, block->table, (int) row, places, header);
}

/* Figures */

static void
add_figure (Pages *pages, const GscReportBlock *block)
{
  Piece piece = { .header = -1, .space = 4, .keep = TRUE };

  add_text (pages, block->title, SANS, 10, TRUE, 18, TRUE);
  piece.figure = gsc_report_block_lay_out (block, CONTENT_WIDTH, &piece.height);
  g_array_append_val (pages->pieces, piece);
  add_text (pages, block->text, SANS, SMALL_SIZE, FALSE, 5, FALSE);
}

static void
add_block (Pages *pages, const GscReportBlock *block)
{
  switch (block->kind)
    {
    case GSC_REPORT_HEADING:
      add_text (pages, block->text, SANS, HEADING_SIZE, TRUE, 20, TRUE);
      break;
    case GSC_REPORT_PARAGRAPH:
      add_text (pages, block->text, SANS, TEXT_SIZE, FALSE, 6, FALSE);
      break;
    case GSC_REPORT_CODE:
      add_text (pages, block->text, MONO, CODE_SIZE, FALSE, 8, FALSE);
      break;
    case GSC_REPORT_TABLE:
      add_table (pages, block);
      break;
    case GSC_REPORT_FIGURE:
      add_figure (pages, block);
      break;
    }
}

/* Pages */

static const Piece *
get_piece (const Pages *pages, guint index)
{
  return &g_array_index (pages->pieces, Piece, index);
}

/* How much room a piece wants together with those it is kept with. */
static double
get_need (const Pages *pages, guint index)
{
  double need = get_piece (pages, index)->height;

  while (get_piece (pages, index)->keep && index + 1 < pages->pieces->len)
    {
      index++;
      need += get_piece (pages, index)->space + get_piece (pages, index)->height;
    }
  return need;
}

static void
put (Pages *pages, guint index, double *y)
{
  const Place place = { index, pages->n_pages - 1, *y };

  g_array_append_val (pages->places, place);
  *y += get_piece (pages, index)->height;
}

static void
paginate (Pages *pages)
{
  double y = MARGIN;

  pages->n_pages = 1;
  for (guint i = 0; i < pages->pieces->len; i++)
    {
      const Piece *piece = get_piece (pages, i);
      double need = get_need (pages, i);

      if (y > MARGIN && y + piece->space + need > CONTENT_BOTTOM)
        {
          pages->n_pages++;
          y = MARGIN;
          if (piece->header >= 0)
            put (pages, (guint) piece->header, &y);
        }
      else if (y > MARGIN)
        y += piece->space;
      put (pages, i, &y);
    }
}

static void
set_grey (cairo_t *cr, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
}

static void
paint_line (cairo_t *cr, const Piece *piece, double y)
{
  PangoRectangle logical = get_line_rect (piece->layout, piece->line);

  if (piece->code)
    {
      set_grey (cr, 0.95);
      cairo_rectangle (cr, MARGIN, y, CONTENT_WIDTH, piece->height + 0.1);
      cairo_fill (cr);
    }
  set_grey (cr, 0.1);
  cairo_move_to (cr, MARGIN + (piece->code ? CODE_PADDING : 0),
                 y - (double) logical.y / PANGO_SCALE);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (piece->layout, piece->line));
}

static void
paint_row (cairo_t *cr, const Piece *piece, double y)
{
  set_grey (cr, 0.1);
  for (guint i = 0; i < piece->cells->len; i++)
    {
      cairo_move_to (cr, MARGIN + piece->places[2 * i], y + CELL_PADDING);
      pango_cairo_show_layout (cr, g_ptr_array_index (piece->cells, i));
    }
  set_grey (cr, piece->heading ? 0.3 : 0.8);
  cairo_set_line_width (cr, piece->heading ? 0.8 : 0.5);
  cairo_move_to (cr, MARGIN, y + piece->height);
  cairo_rel_line_to (cr, CONTENT_WIDTH, 0);
  cairo_stroke (cr);
}

static void
paint_small (cairo_t *cr, Pages *pages, const char *text, PangoAlignment alignment, double y)
{
  g_autoptr (PangoLayout) layout = make_layout (pages, text, SANS, 7.5, FALSE, CONTENT_WIDTH);

  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  set_grey (cr, 0.35);
  cairo_move_to (cr, MARGIN, y);
  pango_cairo_show_layout (cr, layout);
}

/* A GscPaintSheetFunc */
static void
paint_page (cairo_t *cr, guint page, gpointer data)
{
  Pages *pages = data;
  /* Translators: the number of a page, and how many there are */
  g_autofree char *number = g_strdup_printf (_ ("%u of %u"), page + 1, pages->n_pages);

  for (guint i = 0; i < pages->places->len; i++)
    {
      const Place *place = &g_array_index (pages->places, Place, i);
      const Piece *piece = get_piece (pages, place->piece);

      if (place->page != page)
        continue;
      cairo_save (cr);
      if (piece->layout != NULL)
        paint_line (cr, piece, place->y);
      else if (piece->cells != NULL)
        paint_row (cr, piece, place->y);
      else
        {
          cairo_translate (cr, MARGIN, place->y);
          gsc_figure_page_paint (piece->figure, cr);
        }
      cairo_restore (cr);
    }
  if (page > 0)
    paint_small (cr, pages, pages->document->title, PANGO_ALIGN_LEFT, MARGIN / 2);
  paint_small (cr, pages, number, PANGO_ALIGN_CENTER, PAGE_HEIGHT - MARGIN / 2 - 6);
}

gboolean
gsc_report_pdf_write (const GscReportDocument *document, const char *path, GError **error)
{
  const GscSurfaceInfo info = { .title = document->title, .creator = CREATOR };
  g_auto (Pages) pages = {
    .document = document,
    .context = make_context (),
    .pieces = g_array_new (FALSE, FALSE, sizeof (Piece)),
    .places = g_array_new (FALSE, FALSE, sizeof (Place)),
    .columns = g_ptr_array_new_with_free_func (g_free),
  };

  g_array_set_clear_func (pages.pieces, piece_clear);
  add_text (&pages, document->title, SANS, TITLE_SIZE, TRUE, 0, TRUE);
  for (guint i = 0; i < document->blocks->len; i++)
    add_block (&pages, g_ptr_array_index (document->blocks, i));
  paginate (&pages);
  return gsc_surface_write_pages (path, PAGE_WIDTH, PAGE_HEIGHT, pages.n_pages, &info, paint_page,
                                  &pages, error);
}
