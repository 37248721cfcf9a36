/* gsc-figure-recipe.c - the figures of the paper, put together from this program's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-recipe.h"

#include <glib/gi18n.h>

/* What a panel differs in from the figure as it is in a file. */
typedef struct
{
  GscFigure figure;
  guint row;
  double share;
  const char *caption;
  GscPanelSubject about;
  gboolean loss; /* learning curves */
  GscSlotPair slots;
  GscPointLabels labels;
  gboolean parity_colors;
  GscSlot slot;
} Part;

#define MAX_PARTS 4

struct _GscFigureRecipe
{
  const char *name;
  const char *title;
  guint n;
  Part parts[MAX_PARTS];
};

#define PART(name, its_row, its_caption, ...)                                                      \
  {                                                                                                \
    .figure = GSC_FIGURE_##name, .row = its_row, .share = 1, .caption = its_caption, __VA_ARGS__   \
  }

static const GscFigureRecipe recipes[] = {
  { "1a",
    N_ ("Two tasks and a sequence"),
    3,
    {
        PART (TASK_TABLE, 0, N_ ("A pre-training task"), .about = GSC_PANEL_OF_PRE_TRAINING),
        PART (TASK_TABLE, 0, N_ ("A held-out task")),
        PART (SEQUENCE, 1, N_ ("A sequence of the held-out task")),
    } },
  { "1c",
    N_ ("Accuracy by shot"),
    1,
    {
        PART (SHOTS, 0, N_ ("Accuracy by number of examples")),
    } },
  { "1d",
    N_ ("A head of the first layer"),
    1,
    {
        PART (PROJECTION,
              0,
              N_ ("A head of the first layer, inputs x and y"),
              .about = GSC_PANEL_OF_FIRST_LAYER),
    } },
  { "1e",
    N_ ("A head of the last layer"),
    1,
    {
        PART (PROJECTION,
              0,
              N_ ("A head of the last layer, by logarithm"),
              .about = GSC_PANEL_OF_LAST_LAYER,
              .labels = GSC_LABELS_LOG),
    } },
  { "3b",
    N_ ("Learning curves"),
    2,
    {
        PART (LEARNING_CURVES, 0, N_ ("Accuracy at the last shot")),
        PART (LEARNING_CURVES, 1, N_ ("Loss"), .loss = TRUE),
    } },
  { "3c",
    N_ ("Accuracy by shot, then and at the end"),
    2,
    {
        PART (SHOTS, 0, N_ ("Stopped early")),
        PART (SHOTS, 1, N_ ("At the end of the training"), .about = GSC_PANEL_OF_LAST_RECORD),
    } },
  { "5",
    N_ ("All queries of a task"),
    1,
    {
        PART (KSHOT, 0, N_ ("All queries after k examples")),
    } },
  { "6",
    N_ ("Attention and what heads make of it"),
    3,
    {
        PART (ATTENTION, 0, N_ ("Attention of all heads")),
        PART (PROJECTION,
              1,
              N_ ("A head of the first layer"),
              .about = GSC_PANEL_OF_FIRST_LAYER,
              .labels = GSC_LABELS_LOG),
        PART (PROJECTION,
              1,
              N_ ("A head of the last layer"),
              .about = GSC_PANEL_OF_LAST_LAYER,
              .labels = GSC_LABELS_LOG,
              .parity_colors = TRUE),
    } },
  { "7",
    N_ ("Similarity of outputs at x"),
    1,
    {
        PART (SIMILARITY, 0, N_ ("Cosine similarity at slot x")),
    } },
  { "8",
    N_ ("Similarity of outputs at y and z"),
    2,
    {
        PART (SIMILARITY, 0, N_ ("Cosine similarity at slot y"), .slot = GSC_SLOT_Y),
        PART (SIMILARITY, 1, N_ ("Cosine similarity at slot z"), .slot = GSC_SLOT_Z),
    } },
  { "label-noise",
    N_ ("Wrong labels in the context"),
    1,
    {
        PART (NOISE, 0, N_ ("Accuracy with wrong labels")),
    } },
};

guint
gsc_figure_recipe_count (void)
{
  return G_N_ELEMENTS (recipes);
}

const GscFigureRecipe *
gsc_figure_recipe_get (guint index)
{
  return &recipes[index];
}

const GscFigureRecipe *
gsc_figure_recipe_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    if (g_strcmp0 (recipes[i].name, name) == 0)
      return &recipes[i];
  return NULL;
}

const char *
gsc_figure_recipe_get_name (const GscFigureRecipe *recipe)
{
  return recipe->name;
}

const char *
gsc_figure_recipe_get_title (const GscFigureRecipe *recipe)
{
  return recipe->title;
}

GArray *
gsc_figure_recipe_list_panels (const GscFigureRecipe *recipe)
{
  GArray *list = g_array_new (FALSE, TRUE, sizeof (GscFigureSheetPanel));

  for (guint i = 0; i < recipe->n; i++)
    {
      const Part *part = &recipe->parts[i];
      GscFigureSheetPanel panel
          = { .row = part->row, .share = part->share, .caption = _ (part->caption) };

      gsc_figure_panel_init (&panel.panel, part->figure);
      panel.panel.about = part->about;
      panel.panel.slots = part->slots;
      panel.panel.slot = part->slot;
      panel.panel.options.labels = part->labels;
      panel.panel.options.parity_colors = part->parity_colors;
      if (part->loss)
        panel.panel.options.measure = GSC_MEASURE_LOSS;
      g_array_append_val (list, panel);
    }
  return list;
}

static void
drop_frame (gpointer data)
{
  g_clear_pointer (&((GscFigureSheetPanel *) data)->frame, gsc_frame_unref);
}

GscFigureSheet *
gsc_figure_recipe_make (const GscFigureRecipe *recipe,
                        GscFigureStudio *studio,
                        const GscStyle *style,
                        double width,
                        double height,
                        GError **error)
{
  g_autoptr (GArray) panels = gsc_figure_recipe_list_panels (recipe);

  g_array_set_clear_func (panels, drop_frame);
  for (guint i = 0; i < panels->len; i++)
    {
      GscFigureSheetPanel *panel = &g_array_index (panels, GscFigureSheetPanel, i);

      panel->frame = gsc_figure_studio_make (studio, &panel->panel, error);
      if (panel->frame == NULL)
        return NULL;
    }
  return gsc_figure_sheet_new ((const GscFigureSheetPanel *) (gconstpointer) panels->data,
                               panels->len, style, width, height);
}
