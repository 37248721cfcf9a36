/* gsc-board-area.c - the panels of a board in their places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-board-area.h"

#include "gsc-board-layout.h"

/* Until it has a width. */
#define NATURAL_WIDTH 900

struct _GscBoardArea
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GscPanel *single; /* or NULL */
};

G_DEFINE_FINAL_TYPE (GscBoardArea, gsc_board_area, GTK_TYPE_WIDGET)

static GscBoardItem
make_item (GscPanel *panel, int width)
{
  GscBoardItem item = { .figure = gsc_panel_get_figure (panel) };

  gtk_widget_measure (GTK_WIDGET (panel), GTK_ORIENTATION_HORIZONTAL, -1, &item.min_width, NULL,
                      NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (panel), GTK_ORIENTATION_VERTICAL,
                      width < 0 ? -1 : MAX (item.min_width, width), &item.min_height, NULL, NULL,
                      NULL);
  item.pair = gsc_panel_is_pair (panel);
  item.chrome = gsc_panel_measure_chrome (panel, width < 0 ? -1 : MAX (item.min_width, width));
  return item;
}

/* The panels to place, at most GSC_BOARD_LAYOUT_MAX; how many. */
static guint
list_panels (GscBoardArea *self, int width, GscPanel **panels, GscBoardItem *items)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child)
        && (self->single == NULL || child == GTK_WIDGET (self->single)))
      {
        panels[n] = GSC_PANEL (child);
        items[n++] = make_item (GSC_PANEL (child), width);
      }
  return n;
}

/* All panels have text of the same size. */
static double
get_text_size (GscPanel *const *panels, guint n)
{
  return n > 0 ? gsc_plot_view_get_text_size (gsc_panel_get_plot (panels[0])) : 11;
}

static int
place (GscBoardArea *self,
       GscPanel *const *panels,
       const GscBoardItem *items,
       guint n,
       int width,
       int height,
       GdkRectangle *places)
{
  double text_size = get_text_size (panels, n);

  if (self->single != NULL && n == 1)
    return gsc_board_layout_place_alone (&items[0], text_size, width, height, places);
  return gsc_board_layout_place (items, n, text_size, width, height, places);
}

static GtkSizeRequestMode
gsc_board_area_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gsc_board_area_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  GscBoardArea *self = GSC_BOARD_AREA (widget);
  GscPanel *panels[GSC_BOARD_LAYOUT_MAX];
  GscBoardItem items[GSC_BOARD_LAYOUT_MAX];
  guint n = list_panels (self, -1, panels, items);
  int least = gsc_board_layout_get_min_width (items, n);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, NATURAL_WIDTH);
    }
  else
    *minimum = *natural = place (self, panels, items, n,
                                 for_size < 0 ? MAX (least, NATURAL_WIDTH) : for_size, 0, NULL);
}

static void
gsc_board_area_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GscBoardArea *self = GSC_BOARD_AREA (widget);
  GscPanel *panels[GSC_BOARD_LAYOUT_MAX];
  GscBoardItem items[GSC_BOARD_LAYOUT_MAX];
  GdkRectangle places[GSC_BOARD_LAYOUT_MAX];
  guint n = list_panels (self, -1, panels, items);

  place (self, panels, items, n, width, height, places);
  for (guint i = 0; i < n; i++)
    gtk_widget_size_allocate (GTK_WIDGET (panels[i]), &places[i], -1);
}

static void
gsc_board_area_dispose (GObject *object)
{
  GtkWidget *child;

  GSC_BOARD_AREA (object)->single = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (gsc_board_area_parent_class)->dispose (object);
}

static void
gsc_board_area_class_init (GscBoardAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_board_area_dispose;
  widget_class->get_request_mode = gsc_board_area_get_request_mode;
  widget_class->measure = gsc_board_area_measure;
  widget_class->size_allocate = gsc_board_area_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "board");
}

static void
gsc_board_area_init (GscBoardArea *self)
{
}

GtkWidget *
gsc_board_area_new (void)
{
  return g_object_new (GSC_TYPE_BOARD_AREA, NULL);
}

void
gsc_board_area_set_panels (GscBoardArea *self, GscPanel *const *panels, guint n)
{
  GtkWidget *before = NULL;

  for (guint i = 0; i < n; i++)
    {
      gtk_widget_insert_after (GTK_WIDGET (panels[i]), GTK_WIDGET (self), before);
      before = GTK_WIDGET (panels[i]);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
gsc_board_area_set_single (GscBoardArea *self, GscPanel *panel)
{
  self->single = panel;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_child_visible (child, panel == NULL || child == GTK_WIDGET (panel));
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
