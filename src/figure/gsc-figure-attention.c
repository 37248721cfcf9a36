/* gsc-figure-attention.c - every head's attention
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figure 6 of the paper: layers from top to bottom, heads from left to right; in each map a row for
 * each query and a column for each key, and in its free corner what the head looks at, if it is one
 * thing. Of one sequence, or the mean of many.
 */

#include <glib/gi18n.h>

#include "gsc-attention-text.h"
#include "gsc-attention-view.h"
#include "gsc-figure-pages.h"

/* Weights below this share of the largest are as pale as it on the logarithmic scale. */
#define LEAST_WEIGHT 0.001

/* In sizes of the text: on a narrower page the maps need the colour bar's place more. */
#define MIN_WIDTH_OF_BAR 24.0
#define MIN_WIDTH_OF_SIMILARITY_BAR 16.0

/* Many small maps use a panel of another shape than theirs better as rectangles. */
#define STRETCH 1.5

/* The map of similarity takes so much of the width, or of the height. */
#define SIMILARITY_SHARE 0.36

/* The least height of the map of similarity below the others, in sizes of the text. */
#define MIN_SIMILARITY 14.0

static GscColorScale
make_scale (const GscFigureOptions *options, double top)
{
  switch (options->weight_scale)
    {
    case GSC_SCALE_SQRT:
      return (GscColorScale){ GSC_COLOR_SCALE_SQUARE_ROOT, 0, top };
    case GSC_SCALE_LOG:
      return (GscColorScale){ GSC_COLOR_SCALE_LOGARITHMIC, LEAST_WEIGHT * top, top };
    case GSC_SCALE_LINEAR:
    default:
      return (GscColorScale){ GSC_COLOR_SCALE_SEQUENTIAL, 0, top };
    }
}

/* Page */

/* From long to short. */
enum
{
  BADGE_LINE,
  BADGE_TWO_LINES,
  BADGE_SHORT_LINES,
  BADGE_SHORT,
  N_BADGE_FORMS
};

/* The role of a head as a badge. */
static const char *
print_badge (GscFigurePage *page, const GscHeadRoles *roles, guint form)
{
  /* Translators: badges on small maps, at most ten letters: what a head looks at. */
  static const char *const names[] = {
    NC_ ("badge", "previous"), NC_ ("badge", "two-back"), NC_ ("badge", "first"),
    NC_ ("badge", "example"),  NC_ ("badge", "slot"),     NC_ ("badge", "ratio"),
  };
  /* Translators: the same in at most six letters. */
  static const char *const short_names[] = {
    NC_ ("short badge", "prev."), NC_ ("short badge", "2 back"), NC_ ("short badge", "first"),
    NC_ ("short badge", "ex."),   NC_ ("short badge", "slot"),   NC_ ("short badge", "ratio"),
  };
  const char *name;

  if (roles->best == GSC_HEAD_ROLE_NONE)
    return NULL;
  name = form >= BADGE_SHORT_LINES ? g_dpgettext2 (NULL, "short badge", short_names[roles->best])
                                   : g_dpgettext2 (NULL, "badge", names[roles->best]);
  if (form == BADGE_SHORT)
    return name;
  return gsc_figure_page_print (page, "%s%c%s", name, form == BADGE_LINE ? ' ' : '\n',
                                GSC_SHARE (roles->share[roles->best]));
}

/* Badges, crosses and scales of all heads. */
static void
add_marks (GscFigurePage *page,
           const GscAttentionView *view,
           const GscFigureOptions *options,
           GscMultiplesInput *maps)
{
  guint n = gsc_attention_view_count_heads (view), heads = (guint) view->model->heads;
  const char **badges = gsc_figure_page_alloc (page, N_BADGE_FORMS * n * sizeof *badges);
  gboolean *crossed = gsc_figure_page_alloc (page, n * sizeof *crossed);
  GscColorScale *scales = gsc_figure_page_alloc (page, n * sizeof *scales);

  for (guint i = 0; i < n; i++)
    {
      GscHeadRoles roles;

      gsc_attention_view_get_roles (view, i / heads, i % heads, &roles);
      for (guint form = 0; form < N_BADGE_FORMS; form++)
        badges[form * n + i] = print_badge (page, &roles, form);
      crossed[i] = gsc_attention_view_describe_ablation (view, i / heads, i % heads) != NULL;
      scales[i] = make_scale (
          options, gsc_attention_view_get_common_top (view, options, i / heads, i % heads));
    }
  maps->badges = badges;
  maps->badge_forms = N_BADGE_FORMS;
  maps->crossed = crossed;
  if (options->scale_per_head)
    maps->scales = scales;
}

/* One head alone, with the tokens at its sides; of a mean, their slots. */
static void
choose_head (GscFigurePage *page,
             const GscAttentionView *view,
             const GscFigureOptions *options,
             GscMultiplesInput *maps)
{
  const char **labels = gsc_figure_page_alloc (page, view->n * sizeof *labels);
  gboolean *crossed = gsc_figure_page_alloc (page, sizeof *crossed);
  g_autofree char *name = NULL;
  const char *ablation;
  guint layer = view->layer, head = view->head;
  GscHeadRoles roles;

  gsc_attention_view_get_roles (view, layer, head, &roles);
  name = gsc_attention_view_describe_head (layer, head, &roles);
  ablation = gsc_attention_view_describe_ablation (view, layer, head);
  maps->heading = gsc_figure_page_print (page, ablation != NULL ? "%s, %s" : "%s", name, ablation);
  maps->values = gsc_attention_view_get_map (view, layer, head);
  maps->rows = maps->columns = 1;
  maps->row_name = maps->column_name = NULL;
  maps->stretch = 1;
  if (options->scale_per_head)
    maps->scale
        = make_scale (options, gsc_attention_view_get_common_top (view, options, layer, head));
  *crossed = ablation != NULL;
  maps->crossed = crossed;
  for (guint i = 0; i < view->n; i++)
    labels[i] = view->maps != NULL ? gsc_figure_page_print (page, "%c%u", "xyz"[i % 3], i / 3 + 1)
                                   : gsc_figure_page_print (page, "%d", view->probe->tokens[i]);
  maps->labels = labels;
}

static GscMultiplesInput
make_maps (GscFigurePage *page, const GscAttentionView *view, const GscFigureOptions *options)
{
  gsize n_read = view->n_read;
  GscMultiplesInput maps = {
    .rows = (guint) view->model->depth,
    .columns = (guint) view->model->heads,
    .row_name = _ ("layer"),
    /* Translators: a head of attention. */
    .column_name = _ ("head"),
    /* Translators: attention goes from queries to keys; ticks stand at every third token, z. */
    .x_title = _ ("key (ticks: z)"),
    .y_title = _ ("query"),
    .stretch = STRETCH,
    .n = view->n,
    .values = view->attention,
    .map_stride = n_read * n_read,
    .row_stride = n_read,
    .lower = TRUE,
    .scale = make_scale (options, 1),
    .first_tick = 2,
    .tick_stride = 3,
    .chosen = -1,
  };

  if (options->single_head)
    {
      choose_head (page, view, options, &maps);
      return maps;
    }
  add_marks (page, view, options, &maps);
  if (options->show_cursor)
    maps.chosen = (int) (view->layer * maps.columns + view->head);
  return maps;
}

/* What is left for the maps beside a bar, if @area is @min_width (in sizes of the text) wide. */
static GscRect
leave_bar (const GscColorBarInput *bar,
           double min_width,
           const GscStyle *style,
           const GscRect *area)
{
  g_autoptr (GscColorBarLayout) probe = NULL;
  GscRect left = *area;

  if (area->width < min_width * style->text_size)
    return left;
  probe = gsc_color_bar_layout (bar, style, area);
  left.width = MAX (area->width - probe->width - style->text_size, 1);
  return left;
}

/* Maps, and at their right the bar, if there is room. */
static const GscMultiplesLayout *
add_maps (GscFigurePage *page,
          const GscMultiplesInput *maps,
          const GscColorBarInput *bar,
          double min_width,
          const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  GscRect left = leave_bar (bar, min_width, style, area);
  const GscMultiplesLayout *layout = gsc_figure_page_add_multiples (page, maps, &left);
  GscRect bar_area = *area;

  if (left.width < area->width)
    {
      /* the heading may be wider than what it stands above */
      bar_area.x = MAX (gsc_rect_right (&layout->plot), gsc_rect_right (&layout->heading.rect))
                   + style->text_size;
      bar_area.y = layout->plot.y;
      bar_area.height = layout->plot.height;
      gsc_figure_page_add_color_bar (page, bar, &bar_area);
    }
  return layout;
}

static void
add_similarity (GscFigurePage *page, const GscAttentionView *view, const GscRect *area)
{
  guint n = gsc_attention_view_count_heads (view), heads = (guint) view->model->heads;
  float *values = gsc_figure_page_alloc (page, (gsize) n * n * sizeof *values);
  const char **labels = gsc_figure_page_alloc (page, n * sizeof *labels);
  g_autofree float *similarity = gsc_attention_view_dup_similarity (view);
  GscColorBarInput bar = { .scale = { GSC_COLOR_SCALE_DIVERGING, -1, 1 }, .title = _ ("cosine") };
  GscMultiplesInput map = {
    .heading = _ ("similarity of heads"),
    .rows = 1,
    .columns = 1,
    /* Translators: "2.3" is the head 3 of layer 2. */
    .x_title = _ ("layer.head"),
    .stretch = 1,
    .n = n,
    .values = values,
    .row_stride = n,
    .scale = bar.scale,
    .tick_stride = heads,
    .labels = labels,
    .chosen = -1,
  };

  for (gsize i = 0; i < (gsize) n * n; i++)
    values[i] = similarity[i];
  for (guint i = 0; i < n; i++)
    labels[i] = gsc_figure_page_print (page, "%u.%u", i / heads + 1, i % heads + 1);
  add_maps (page, &map, &bar, MIN_WIDTH_OF_SIMILARITY_BAR, area);
}

/* How large a map gets in @area. */
static double
measure_map (const GscMultiplesInput *maps,
             const GscColorBarInput *bar,
             const GscStyle *style,
             const GscRect *area)
{
  GscRect left = leave_bar (bar, MIN_WIDTH_OF_BAR, style, area);
  g_autoptr (GscMultiplesLayout) layout = gsc_multiples_layout (maps, style, &left);

  return layout->width * layout->height;
}

/* The maps and their similarity: side by side, or one above the other where that makes the maps
 * larger and leaves enough for the similarity. */
static void
add_both (GscFigurePage *page,
          const GscAttentionView *view,
          const GscMultiplesInput *maps,
          const GscColorBarInput *bar,
          const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  double gap = 1.5 * style->text_size;
  double beside = MIN (SIMILARITY_SHARE * area->width, area->height);
  double below = SIMILARITY_SHARE * area->height;
  GscRect left = *area, above = *area, rest = *area;
  const GscMultiplesLayout *layout;

  left.width = MAX (area->width - beside - gap, 1);
  above.height = MAX (area->height - below - gap, 1);
  if (below >= MIN_SIMILARITY * style->text_size
      && measure_map (maps, bar, style, &above) > measure_map (maps, bar, style, &left))
    {
      layout = add_maps (page, maps, bar, MIN_WIDTH_OF_BAR, &above);
      rest.y = gsc_rect_bottom (&layout->x_title.rect) + gap;
      rest.height = MAX (gsc_rect_bottom (area) - rest.y, 1);
    }
  else
    {
      add_maps (page, maps, bar, MIN_WIDTH_OF_BAR, &left);
      rest.x = gsc_rect_right (area) - beside;
      rest.width = beside;
    }
  add_similarity (page, view, &rest);
}

/* @view: what is shown, or NULL. */
static char *
make_title (const GscAttentionView *view)
{
  g_autofree char *source = NULL;

  if (view == NULL)
    return g_strdup (_ ("Attention of each head"));
  if (view->maps == NULL)
    return g_strdup (_ ("Attention of each head on one sequence"));
  source = gsc_attention_view_describe_source (view);
  /* Translators: the last is "mean over 256 sequences of i.d./test". */
  return g_strdup_printf (_ ("Attention of each head, %s"), source);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscAttentionView view;
  gboolean shown = gsc_attention_view_init (&view, frame, options);
  g_autofree char *title = make_title (shown ? &view : NULL);
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  /* Translators: a weight of the attention. */
  GscColorBarInput bar = { .title = _ ("weight") };
  GscMultiplesInput maps;

  if (!shown)
    {
      gsc_figure_page_add_note (page, gsc_attention_view_get_missing (options), &area);
      return page;
    }
  maps = make_maps (page, &view, options);
  bar.scale = maps.scale;
  if (maps.scales != NULL)
    bar.title = _ ("weight / head's largest");
  if (options->head_similarity)
    add_both (page, &view, &maps, &bar, &area);
  else
    add_maps (page, &maps, &bar, MIN_WIDTH_OF_BAR, &area);
  return page;
}

/* Picks */

static char *
describe_cell (const GscAttentionView *view, const GscFigurePick *pick)
{
  g_autofree char *query = gsc_attention_view_describe_token (view, (guint) pick->query);
  g_autofree char *key = gsc_attention_view_describe_token (view, (guint) pick->key);
  const float *map = gsc_attention_view_get_map (view, pick->layer, pick->head);
  const char *format = view->maps != NULL
                           ? _ ("layer %u, head %u\nquery: %s\nkey: %s\nmean weight %s")
                           : _ ("layer %u, head %u\nquery: %s\nkey: %s\nweight %s");
  char weight[GSC_TICK_LABEL_SIZE];

  gsc_figure_pages_format (map[(gsize) pick->query * view->n_read + pick->key], 2, weight);
  return g_strdup_printf (format, pick->layer + 1, pick->head + 1, query, key, weight);
}

static char *
describe_head (const GscAttentionView *view, guint layer, guint head)
{
  GscHeadRoles roles;
  const char *ablation = gsc_attention_view_describe_ablation (view, layer, head);
  GString *text = g_string_new (NULL);
  g_autofree char *name = NULL;
  g_autofree char *scores = NULL;

  gsc_attention_view_get_roles (view, layer, head, &roles);
  name = gsc_attention_view_describe_head (layer, head, &roles);
  scores = gsc_attention_view_describe_scores (&roles, "\n");
  g_string_append_printf (text, "%s\n", name);
  if (ablation != NULL)
    g_string_append_printf (text, "%s\n", ablation);
  g_string_append_printf (text, "%s\n", scores);
  /* Translators: how evenly a head looks at all tokens; 1 is evenly. */
  g_string_append_printf (text, _ ("spread over the tokens %s (even 1)"), GSC_SHARE (roles.spread));
  return g_string_free (text, FALSE);
}

static gboolean
pick_head (const GscMultiplesLayout *layout,
           const GscAttentionView *view,
           const GscFigureOptions *options,
           const GscMultiplesPick *found,
           GscFigurePick *pick)
{
  pick->kind = GSC_PICK_HEAD;
  pick->layer = options->single_head ? view->layer : found->row;
  pick->head = options->single_head ? view->head : found->column;
  if (found->cell_column <= found->cell_row)
    {
      pick->query = (int) found->cell_row;
      pick->key = (int) found->cell_column;
      pick->rect = gsc_multiples_layout_get_cell (layout, found->row, found->column,
                                                  found->cell_row, found->cell_column);
      pick->text = describe_cell (view, pick);
    }
  else /* where there is no cell the head as a whole is meant */
    {
      pick->query = pick->key = -1;
      pick->rect = gsc_multiples_layout_get_map (layout, found->row, found->column);
      pick->text = describe_head (view, pick->layer, pick->head);
    }
  return TRUE;
}

/* The head of the row is the one that is picked. */
static gboolean
pick_pair (const GscMultiplesLayout *layout,
           const GscAttentionView *view,
           const GscMultiplesPick *found,
           GscFigurePick *pick)
{
  g_autofree float *similarity = gsc_attention_view_dup_similarity (view);
  guint heads = (guint) view->model->heads;
  guint row = found->cell_row, column = found->cell_column;
  char value[GSC_TICK_LABEL_SIZE];

  pick->kind = GSC_PICK_HEAD;
  pick->layer = row / heads;
  pick->head = row % heads;
  pick->query = pick->key = -1;
  pick->rect = gsc_multiples_layout_get_cell (layout, 0, 0, row, column);
  pick->text = g_strdup_printf (
      _ ("layer %u, head %u\nlayer %u, head %u\nsimilarity %s"), pick->layer + 1, pick->head + 1,
      column / heads + 1, column % heads + 1,
      gsc_figure_pages_format (similarity[row * (gsize) layout->n + column], 2, value));
  return TRUE;
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscMultiplesLayout *maps = gsc_figure_page_get_multiples (page, 0);
  const GscMultiplesLayout *similarity = gsc_figure_page_get_multiples (page, 1);
  GscAttentionView view;
  GscMultiplesPick found;

  if (!gsc_attention_view_init (&view, frame, options))
    return FALSE;
  if (maps != NULL && gsc_multiples_pick (maps, x, y, &found))
    return pick_head (maps, &view, options, &found, pick);
  if (similarity != NULL && gsc_multiples_pick (similarity, x, y, &found))
    return pick_pair (similarity, &view, &found, pick);
  return FALSE;
}

/* Arrows go from head to head as the maps stand, whether all or one of them are shown. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  const GscModelConfig *model = frame->probe != NULL ? &frame->probe->model : NULL;
  guint depth = (guint) (model != NULL ? model->depth : frame->run->config.depth);
  guint heads = (guint) (model != NULL ? model->heads : frame->run->config.heads);
  guint layer = MIN (cursor->layer, depth - 1);
  guint head = MIN (cursor->head, heads - 1);

  if (direction == GSC_DIRECTION_LEFT && head > 0)
    head--;
  else if (direction == GSC_DIRECTION_RIGHT && head + 1 < heads)
    head++;
  else if (direction == GSC_DIRECTION_UP && layer > 0)
    layer--;
  else if (direction == GSC_DIRECTION_DOWN && layer + 1 < depth)
    layer++;
  else
    return FALSE;
  cursor->layer = layer;
  cursor->head = head;
  return TRUE;
}

const GscFigureClass gsc_figure_attention = {
  .name = "attention",
  .title = N_ ("Attention"),
  .needs_model = TRUE,
  .slope = 0.5,
  .base = 44,
  .narrow = 20,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = gsc_attention_text_summarise,
  .tabulate = gsc_attention_text_tabulate,
  .difference = &gsc_figure_attention_difference,
};
