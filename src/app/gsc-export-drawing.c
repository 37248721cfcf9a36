/* gsc-export-drawing.c - a figure that is to be written or seen, of one model or of two
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-drawing.h"

/* Points: on pages that are narrower A stands above B, if the page may be as high as that takes. */
#define NARROW 300.0

/* A figure of its own, or a sheet of several. */
struct _GscExportDrawing
{
  GscExportSource *source; /* whose origin the files tell */
  GscFigurePaper paper;
  GscFigurePanel panel;
  GscFrame *frame; /* NULL: a sheet */
  GscFigureSheet *sheet;
  char *title;
};

/* One panel of a sheet of two models, with the frames of those that are seen. */
typedef struct
{
  GscFigureSheetPanel input;
  GscShow show;
  GscFrame *frames[2]; /* A's, B's */
} Part;

/* A sheet that is being put together. */
typedef struct
{
  GscExportSource *source;
  const GscExportItem *item;
  GArray *parts;    /* of Part */
  GArray *panels;   /* of GscFigureSheetPanel, which borrow from the parts and the captions */
  GPtrArray *texts; /* the captions */
  gboolean stacked; /* B below A */
  guint row;        /* the next one */
} Sheet;

static gboolean
is_alone (GscShow show)
{
  return show == GSC_SHOW_A || show == GSC_SHOW_B;
}

/* Whether the figure takes one place, whatever is seen in it. */
static gboolean
is_single (GscFigure figure, GscShow show)
{
  return show != GSC_SHOW_BOTH || gsc_figure_has_together (figure);
}

static GscCompare
get_compare (GscFigure figure, GscShow show)
{
  if (show == GSC_SHOW_DIFFERENCE)
    return GSC_COMPARE_DIFFERENCE;
  return show == GSC_SHOW_BOTH && gsc_figure_has_together (figure) ? GSC_COMPARE_TOGETHER
                                                                   : GSC_COMPARE_SCALES;
}

/* Of what is seen alone. */
static GscExportSource *
get_side (GscExportSource *source, GscShow show)
{
  return show == GSC_SHOW_B ? gsc_export_source_get_other (source) : source;
}

/* Parts */

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->frames[0], gsc_frame_unref);
  g_clear_pointer (&part->frames[1], gsc_frame_unref);
}

static gboolean
make_frames (Sheet *sheet, Part *part, const GscWatch *watch, GError **error)
{
  const GscFigurePanel *panel = &part->input.panel;

  if (is_alone (part->show))
    {
      guint side = part->show == GSC_SHOW_B;

      part->frames[side] = gsc_export_source_make_frame (get_side (sheet->source, part->show),
                                                         panel, watch, error);
      return part->frames[side] != NULL;
    }
  return gsc_export_source_make_pair (sheet->source, panel, part->frames, watch, error);
}

static gboolean
add_part (Sheet *sheet, const GscFigureSheetPanel *input, const GscWatch *watch, GError **error)
{
  Part *part;

  g_array_set_size (sheet->parts, sheet->parts->len + 1);
  part = &g_array_index (sheet->parts, Part, sheet->parts->len - 1);
  part->input = *input;
  part->show = gsc_export_source_get_show (sheet->source, input->panel.figure, sheet->item->show);
  return make_frames (sheet, part, watch, error);
}

static gboolean
add_parts (Sheet *sheet, const GscWatch *watch, GError **error)
{
  const GscFigureSheetPanel alone = { .panel = sheet->item->panel, .share = 1 };
  g_autoptr (GArray) inputs = NULL;

  if (sheet->item->recipe == NULL)
    return add_part (sheet, &alone, watch, error);
  inputs = gsc_figure_recipe_list_panels (sheet->item->recipe);
  for (guint i = 0; i < inputs->len; i++)
    if (!add_part (sheet, &g_array_index (inputs, GscFigureSheetPanel, i), watch, error))
      return FALSE;
  return TRUE;
}

/* Panels */

static const char *
get_letter (GscShow show)
{
  static const char *const letters[]
      = { [GSC_SHOW_A] = "A", [GSC_SHOW_B] = "B", [GSC_SHOW_DIFFERENCE] = "A − B" };

  return letters[show];
}

/* "B: One head, one sequence" */
static const char *
add_caption (Sheet *sheet, const char *letter, const char *caption)
{
  char *text = letter != NULL ? g_strdup_printf ("%s: %s", letter, caption) : g_strdup (caption);

  g_ptr_array_add (sheet->texts, text);
  return text;
}

/* @show: what is seen there, of what the part has. */
static void
add_panel (Sheet *sheet, const Part *part, GscShow show)
{
  GscFigureSheetPanel panel = part->input;

  panel.row = sheet->row;
  panel.frame = part->frames[show == GSC_SHOW_B];
  panel.panel.options.compare = get_compare (panel.panel.figure, show);
  if (sheet->item->recipe != NULL)
    panel.caption = add_caption (sheet, get_letter (show), panel.caption);
  else
    {
      panel.letter = get_letter (show);
      panel.caption = gsc_export_source_get_description (get_side (sheet->source, show));
    }
  g_array_append_val (sheet->panels, panel);
}

/* The parts that a row of the recipe has: those from @start to before the returned one. */
static guint
find_row_end (const Sheet *sheet, guint start)
{
  guint row = g_array_index (sheet->parts, Part, start).input.row, end = start;

  while (end < sheet->parts->len && g_array_index (sheet->parts, Part, end).input.row == row)
    end++;
  return end;
}

static gboolean
is_single_row (const Sheet *sheet, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    {
      const Part *part = &g_array_index (sheet->parts, Part, i);

      if (!is_single (part->input.panel.figure, part->show))
        return FALSE;
    }
  return TRUE;
}

/* A's or B's part of the row. */
static void
add_side (Sheet *sheet, guint start, guint end, GscShow side)
{
  for (guint i = start; i < end; i++)
    {
      const Part *part = &g_array_index (sheet->parts, Part, i);

      if (!is_alone (part->show) || part->show == side)
        add_panel (sheet, part, side);
    }
}

static void
add_row (Sheet *sheet, guint start, guint end)
{
  if (is_single_row (sheet, start, end))
    for (guint i = start; i < end; i++)
      {
        const Part *part = &g_array_index (sheet->parts, Part, i);

        add_panel (sheet, part, part->show);
      }
  else
    {
      add_side (sheet, start, end, GSC_SHOW_A);
      sheet->row += sheet->stacked ? 1 : 0;
      add_side (sheet, start, end, GSC_SHOW_B);
    }
  sheet->row++;
}

/* "A: quick 1, step 400", "B: quick 2, step 8 000" */
static void
describe (GscExportSource *source, char *texts[2])
{
  for (guint i = 0; i < 2; i++)
    texts[i] = g_strdup_printf (
        "%c: %s", 'A' + (int) i,
        gsc_export_source_get_description (get_side (source, i == 1 ? GSC_SHOW_B : GSC_SHOW_A)));
}

static GscFigureSheet *
put_together (Sheet *sheet, const GscFigurePaper *paper)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  char *texts[2];
  GscStyle style;

  for (guint start = 0; start < sheet->parts->len; start = find_row_end (sheet, start))
    add_row (sheet, start, find_row_end (sheet, start));
  describe (sheet->source, texts);
  a = texts[0];
  b = texts[1];
  gsc_figure_paper_init_style (paper, &style);
  return gsc_figure_sheet_new_headed (
      (const GscFigureSheetPanel *) (gconstpointer) sheet->panels->data, sheet->panels->len,
      sheet->item->recipe != NULL ? (const char *const[]){ a, b, NULL } : NULL, &style,
      paper->width, paper->height);
}

/* Of both models. */
static GscFigureSheet *
make_sheet (GscExportSource *source,
            const GscExportItem *item,
            const GscFigurePaper *paper,
            const GscWatch *watch,
            GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autoptr (GArray) panels = g_array_new (FALSE, FALSE, sizeof (GscFigureSheetPanel));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Sheet sheet = {
    .source = source,
    .item = item,
    .parts = parts,
    .panels = panels,
    .texts = texts,
    .stacked = item->recipe != NULL || (paper->width < NARROW && paper->height <= 0),
  };

  g_array_set_clear_func (parts, part_clear);
  return add_parts (&sheet, watch, error) ? put_together (&sheet, paper) : NULL;
}

/* Drawings */

static gboolean
make_recipe (GscExportDrawing *self,
             GscExportSource *source,
             const GscExportItem *item,
             const GscWatch *watch,
             GError **error)
{
  if (gsc_export_source_get_other (source) == NULL || is_alone (item->show))
    self->sheet
        = gsc_export_source_make_sheet (self->source, item->recipe, &self->paper, watch, error);
  else
    self->sheet = make_sheet (source, item, &self->paper, watch, error);
  return self->sheet != NULL;
}

static gboolean
make_panel (GscExportDrawing *self,
            GscExportSource *source,
            const GscExportItem *item,
            GscShow show,
            const GscWatch *watch,
            GError **error)
{
  GscFrame *frames[2] = { NULL, NULL };

  self->panel.options.compare = get_compare (self->panel.figure, show);
  if (is_alone (show))
    self->frame = gsc_export_source_make_frame (self->source, &self->panel, watch, error);
  else if (!is_single (self->panel.figure, show))
    self->sheet = make_sheet (source, item, &self->paper, watch, error);
  else if (gsc_export_source_make_pair (source, &self->panel, frames, watch, error))
    {
      self->frame = frames[0];
      gsc_frame_unref (frames[1]);
    }
  return self->frame != NULL || self->sheet != NULL;
}

/* What the file is called inside. */
static char *
make_title (GscExportSource *source, const GscExportItem *item, GscShow show)
{
  g_autofree char *name
      = item->recipe != NULL
            ? g_strdup_printf ("figure %s", gsc_figure_recipe_get_name (item->recipe))
            : g_strdup (gsc_figure_get_name (item->panel.figure));
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  char *texts[2];

  if (is_alone (show))
    return g_steal_pointer (&name);
  describe (source, texts);
  a = texts[0];
  b = texts[1];
  return g_strdup_printf ("%s, %s, %s", name, a, b);
}

GscExportDrawing *
gsc_export_drawing_new (GscExportSource *source,
                        const GscExportItem *item,
                        const GscFigurePaper *paper,
                        const GscWatch *watch,
                        GError **error)
{
  g_autoptr (GscExportDrawing) self = g_new0 (GscExportDrawing, 1);
  GscShow show = GSC_SHOW_A;
  gboolean made;

  if (item->recipe == NULL)
    show = gsc_export_source_get_show (source, item->panel.figure, item->show);
  else if (gsc_export_source_get_other (source) != NULL)
    show = item->show;
  self->source = gsc_export_source_ref (get_side (source, show));
  self->paper = *paper;
  self->panel = item->panel;
  self->title = make_title (source, item, show);
  made = item->recipe != NULL ? make_recipe (self, source, item, watch, error)
                              : make_panel (self, source, item, show, watch, error);
  if (self->sheet != NULL)
    gsc_figure_sheet_set_transparent (self->sheet, paper->transparent);
  return made ? g_steal_pointer (&self) : NULL;
}

void
gsc_export_drawing_free (GscExportDrawing *self)
{
  if (self == NULL)
    return;
  gsc_export_source_unref (self->source);
  gsc_frame_unref (self->frame);
  g_clear_pointer (&self->sheet, gsc_figure_sheet_free);
  g_free (self->title);
  g_free (self);
}

double
gsc_export_drawing_get_height (const GscExportDrawing *self)
{
  return self->sheet != NULL ? gsc_figure_sheet_get_height (self->sheet)
                             : gsc_figure_export_get_height (self->panel.figure, &self->paper);
}

void
gsc_export_drawing_paint (GscExportDrawing *self, cairo_t *cr)
{
  g_autoptr (GscFigurePage) page = NULL;
  GscStyle style;

  if (self->sheet != NULL)
    {
      gsc_figure_sheet_paint (self->sheet, cr);
      return;
    }
  gsc_figure_paper_init_style (&self->paper, &style);
  page = gsc_figure_lay_out (self->panel.figure, self->frame, &self->panel.options, &style,
                             self->paper.width, gsc_export_drawing_get_height (self));
  gsc_figure_page_set_transparent (page, self->paper.transparent);
  gsc_figure_page_paint (page, cr);
}

gboolean
gsc_export_drawing_write (GscExportDrawing *self, const char *path, GError **error)
{
  const GscFigureOrigin *origin = gsc_export_source_get_origin (self->source);

  if (self->sheet != NULL)
    return gsc_figure_export_sheet (self->sheet, self->title, &self->paper, origin, path, error);
  return gsc_figure_export (&self->panel, self->frame, &self->paper, origin, path, error);
}
