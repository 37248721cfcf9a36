/* test-figure-attention.c - every head's attention
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "frame-fixture.h"
#include "gsc-head-similarity.h"
#include "view-fixture.h"

#define FIGURE GSC_FIGURE_ATTENTION

/* A frame of @p with the probe, which it takes over; layer 1, head 2 is the cursor's. */
static GscFrame *
make_frame (int p, GscProbe *probe)
{
  g_autoptr (GscRunData) data = data_fixture_new (p, 2, FIXTURE_RISING);
  GscFrame *frame = gsc_frame_new (data, 1);

  gsc_frame_set_probe (frame, probe);
  gsc_probe_unref (probe);
  frame->cursor.layer = 0;
  frame->cursor.head = 1;
  return frame;
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         GscPaletteKind palette,
         double text_size,
         double width,
         double height)
{
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (palette), text_size);
  return gsc_figure_lay_out (FIGURE, frame, options, &style, width, height);
}

/* Depths, heads, lengths, primes and sizes of panels: all text on the page, none on other text. */
static void
test_layout (void)
{
  static const int shapes[][4] = { { 1, 1, 2, 3 },   { 2, 4, 48, 11 }, { 4, 8, 48, 29 },
                                   { 8, 8, 96, 29 }, { 8, 2, 24, 11 }, { 1, 8, 47, 97 } };
  static const double sizes[][3]
      = { { 300, 220, 11 }, { 300, 220, 14 }, { 450, 300, 12 },  { 234, 180, 8 },
          { 396, 240, 8 },  { 300, 700, 12 }, { 1920, 1080, 20 } };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (GscFrame) frame = make_frame (
          shapes[i][3], view_fixture_new_probe (shapes[i][3], shapes[i][0], shapes[i][1],
                                                (guint) shapes[i][2], VIEW_PATTERN));

      for (guint k = 0; k < 16 * G_N_ELEMENTS (sizes); k++)
        {
          const double *size = sizes[k / 16];
          GscFigureOptions options;
          g_autoptr (GscFigurePage) page = NULL;
          g_autoptr (GArray) labels = NULL;

          gsc_figure_options_init (&options, FIGURE);
          options.bare = k % 2 == 0;
          options.single_head = k / 2 % 2 == 1;
          options.max_tokens = k / 4 % 2 == 0 ? 0 : 20;
          options.head_similarity = k / 8 % 2 == 1;
          page = lay_out (frame, &options, GSC_PALETTE_LIGHT, size[2], size[0], size[1]);
          labels = gsc_figure_page_list_labels (page);
          g_assert_cmpuint (labels->len, >=, 2);
          for (guint a = 0; a < labels->len; a++)
            {
              const GscLabel *label = &g_array_index (labels, GscLabel, a);

              g_assert_cmpfloat (label->rect.x, >=, 0);
              g_assert_cmpfloat (label->rect.y, >=, 0);
              g_assert_cmpfloat (gsc_rect_right (&label->rect), <=, size[0] + 0.01);
              g_assert_cmpfloat (gsc_rect_bottom (&label->rect), <=, size[1] + 0.01);
              for (guint b = 0; b < a; b++)
                g_assert_false (gsc_label_is_near (label, &g_array_index (labels, GscLabel, b), 0));
            }
        }
    }
}

/* Every cell is found where it is, with its numbers; above the diagonal the head is. */
static void
test_pick (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_RANDOM));
  const GscProbe *probe = frame->probe;
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscMultiplesLayout *layout;

  gsc_figure_options_init (&options, FIGURE);
  page = lay_out (frame, &options, GSC_PALETTE_PAPER, 8, 396, 260);
  layout = gsc_figure_page_get_multiples (page, 0);
  g_assert_cmpuint (layout->n, ==, 23);
  for (guint i = 0; i < 8 * 23 * 23; i++)
    {
      guint head = i / (23 * 23), query = i / 23 % 23, key = i % 23;
      GscRect cell = gsc_multiples_layout_get_cell (layout, head / 4, head % 4, query, key);
      g_auto (GscFigurePick) pick = { 0 };

      g_assert_true (
          gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
      g_assert_cmpint (pick.kind, ==, GSC_PICK_HEAD);
      g_assert_cmpuint (pick.layer, ==, head / 4);
      g_assert_cmpuint (pick.head, ==, head % 4);
      g_assert_nonnull (pick.text);
      if (key > query)
        {
          g_assert_cmpint (pick.query, ==, -1);
          g_assert_cmpint (pick.key, ==, -1);
          g_assert_cmpfloat (pick.rect.width, ==, layout->width);
          continue;
        }
      g_assert_cmpint (pick.query, ==, (int) query);
      g_assert_cmpint (pick.key, ==, (int) key);
      g_assert_cmpfloat (pick.rect.width, ==, cell.width);
      if (query == 8 && key == 3 && head == 5)
        {
          g_autofree char *start
              = g_strdup_printf ("layer 2, head 2\nquery: z of example 3 (token 9 = %d)\n"
                                 "key: x of example 2 (token 4 = %d)\nweight 0.",
                                 probe->tokens[8], probe->tokens[3]);

          g_assert_true (g_str_has_prefix (pick.text, start));
          g_assert_cmpfloat_with_epsilon (g_ascii_strtod (pick.text + strlen (start) - 2, NULL),
                                          gsc_probe_get_weight (probe, 1, 1, query, key), 0.005);
        }
    }
  g_assert_false (gsc_figure_pick (page, 1, 1, &(GscFigurePick){ 0 }));
}

/* One head: the cursor's, with the tokens at its sides. */
static void
test_single (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 12, VIEW_PATTERN));
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  const GscMultiplesLayout *layout;
  g_auto (GscFigurePick) pick = { 0 };

  gsc_figure_options_init (&options, FIGURE);
  options.single_head = TRUE;
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 12, 450, 300);
  layout = gsc_figure_page_get_multiples (page, 0);
  g_assert_cmpuint (layout->rows * layout->columns, ==, 1);
  g_assert_true (g_str_has_prefix (layout->heading.text, "layer 1, head 2"));
  for (guint i = 0; i < layout->n; i++)
    {
      g_autofree char *token = g_strdup_printf ("%d", frame->probe->tokens[i]);

      g_assert_cmpstr (layout->x_labels[i].text, ==, token);
      g_assert_cmpstr (layout->y_labels[i].text, ==, token);
    }
  g_assert_true (gsc_figure_pick (page, layout->plot.x + 2, layout->plot.y + 2, &pick));
  g_assert_cmpuint (pick.layer, ==, 0);
  g_assert_cmpuint (pick.head, ==, 1);

  /* a cursor from a deeper model */
  frame->cursor.layer = 7;
  frame->cursor.head = 9;
  g_clear_pointer (&page, gsc_figure_page_free);
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 12, 450, 300);
  g_assert_true (
      g_str_has_prefix (gsc_figure_page_get_multiples (page, 0)->heading.text, "layer 2, head 4"));
}

/* Each weight has the colour that the bar shows beside its tick, on every scale. */
static void
test_colors (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 2, 12, VIEW_RANDOM));

  for (guint i = 0; i < 3; i++)
    {
      cairo_surface_t *surface;
      GscFigureOptions options;
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *layout;

      gsc_figure_options_init (&options, FIGURE);
      options.weight_scale = (GscWeightScale) i;
      page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, 400, 300);
      layout = gsc_figure_page_get_multiples (page, 0);
      surface = frame_fixture_paint (page, 400, 300, 2);
      for (guint query = 0; query < 11; query++)
        for (guint key = 0; key < 11; key++)
          {
            GscRect cell = gsc_multiples_layout_get_cell (layout, 1, 1, query, key);
            guint32 found = frame_fixture_get_pixel (surface, 2 * (cell.x + cell.width / 2),
                                                     2 * (cell.y + cell.height / 2));
            double weight = gsc_probe_get_weight (frame->probe, 1, 1, query, key);
            double share = weight;
            GscColor color;

            if (i == GSC_SCALE_SQRT)
              share = sqrt (weight);
            else if (i == GSC_SCALE_LOG)
              share = 1 + log10 (MAX (weight, 0.001)) / 3;
            color = key > query ? gsc_palette_get (GSC_PALETTE_DARK)->background
                                : gsc_palette_sequential (share);
            for (guint shift = 0; shift < 24; shift += 8)
              g_assert_cmpint (ABS ((int) (found >> shift & 0xff)
                                    - (int) (gsc_color_scale_pack (&color) >> shift & 0xff)),
                               <=, 2);
          }
      cairo_surface_destroy (surface);
    }
}

/* Arrows reach every head, and stop at the borders. */
static void
test_move (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 3, 4, 12, VIEW_EQUAL));
  GscCursor cursor = { 0 };
  int record = 0;

  for (guint layer = 0; layer < 3; layer++)
    {
      for (guint head = 1; head < 4; head++)
        {
          g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_RIGHT, &cursor, &record));
          g_assert_cmpuint (cursor.head, ==, head);
        }
      g_assert_false (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_RIGHT, &cursor, &record));
      while (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_LEFT, &cursor, &record))
        g_assert_cmpuint (cursor.layer, ==, layer);
      g_assert_cmpuint (cursor.head, ==, 0);
      g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_DOWN, &cursor, &record)
                     == (layer < 2));
    }
  g_assert_true (gsc_figure_move (FIGURE, frame, GSC_DIRECTION_UP, &cursor, &record));
  g_assert_cmpuint (cursor.layer, ==, 1);
  g_assert_cmpint (record, ==, 0);
}

/* Adds the mean of @n sequences like the probe's, with the roles and similarity measured on it. */
static void
add_maps (GscFrame *frame, guint n)
{
  const GscProbe *probe = frame->probe;
  gsize n_heads = (gsize) probe->model.depth * probe->model.heads;
  gsize size = (gsize) probe->n_read * probe->n_read;
  g_autofree double *products = g_new0 (double, n_heads *n_heads);
  GscHeadMaps *maps = g_new0 (GscHeadMaps, 1);
  g_autoptr (GscInsight) insight = g_new0 (GscInsight, 1);

  g_atomic_ref_count_init (&maps->ref_count);
  maps->model = probe->model;
  maps->p = probe->p;
  maps->set = GSC_SET_OOD_TEST;
  maps->n_sequences = n;
  maps->n = probe->n_read;
  maps->attention = g_memdup2 (probe->attention, n_heads * size * sizeof (float));
  maps->roles = g_new (GscHeadRoles, n_heads);
  for (gsize i = 0; i < n_heads; i++)
    gsc_head_roles_measure (&maps->roles[i], probe->p, probe->tokens, probe->n_read,
                            probe->attention + i * size, probe->n_read);
  maps->similarity = g_new (float, n_heads *n_heads);
  gsc_head_similarity_add (products, probe->attention, (guint) n_heads, probe->n_read);
  gsc_head_similarity_finish (products, (guint) n_heads, maps->similarity);
  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = GSC_INSIGHT_HEAD_MAPS;
  insight->head_maps = maps;
  gsc_frame_set_insight (frame, insight);
}

/* Known heads have badges with the shares that they were made with, and all of them on hover. */
static void
test_roles (void)
{
  static const GscHeadRole made[]
      = { GSC_HEAD_ROLE_PREVIOUS, GSC_HEAD_ROLE_EXAMPLE, GSC_HEAD_ROLE_SLOT, GSC_HEAD_ROLE_FIRST };
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 1, 4, 48, VIEW_PATTERN));
  g_autoptr (GscFrame) even = make_frame (11, view_fixture_new_probe (11, 1, 4, 48, VIEW_EQUAL));
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  g_autoptr (GscFigurePage) plain = NULL;
  g_autofree char *summary = NULL;
  const GscMultiplesLayout *layout;

  gsc_figure_options_init (&options, FIGURE);
  options.bare = TRUE;
  page = lay_out (frame, &options, GSC_PALETTE_LIGHT, 9, 900, 300);
  layout = gsc_figure_page_get_multiples (page, 0);
  for (guint head = 0; head < 4; head++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, 0, head);
      const char *badge = layout->badges[head * GSC_MAP_BADGE_LINES].text;
      g_auto (GscFigurePick) pick = { 0 };
      GscHeadRoles roles;
      double share;

      gsc_head_roles_measure (&roles, 11, frame->probe->tokens, 47,
                              frame->probe->attention + head * 47 * 47, 47);
      share = roles.share[made[head]];
      g_assert_cmpint (roles.best, ==, made[head]);
      g_assert_true (g_str_has_prefix (badge, gsc_head_role_get_name (made[head])));
      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (strrchr (badge, ' ') + 1, NULL), share,
                                      0.005001);
      g_assert_true (
          gsc_figure_pick (page, gsc_rect_right (&map) - 5, map.y + map.height / 5, &pick));
      g_assert_cmpint (pick.query, ==, -1);
      for (guint role = 0; role < GSC_N_HEAD_ROLES; role++)
        g_assert_nonnull (strstr (pick.text, gsc_head_role_get_title (role)));
      /* the role is named at the head's, and again as the first of all scores */
      g_assert_nonnull (strstr (pick.text, ": "));
      g_assert_true (
          g_str_has_prefix (strchr (pick.text, ':') + 2, gsc_head_role_get_title (made[head])));
      g_assert_true (
          g_str_has_prefix (strchr (pick.text, '\n') + 1, gsc_head_role_get_title (made[head])));
    }
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_nonnull (strstr (summary, "Roles: layer 1, head 1: previous token 0."));
  g_assert_nonnull (strstr (summary, "; layer 1, head 4: first token 0."));

  plain = lay_out (even, &options, GSC_PALETTE_LIGHT, 9, 900, 300);
  layout = gsc_figure_page_get_multiples (plain, 0);
  for (guint i = 0; i < 4 * GSC_MAP_BADGE_LINES; i++)
    g_assert_null (layout->badges[i].text);
  g_free (summary);
  summary = gsc_figure_summarise (FIGURE, even, &options);
  g_assert_nonnull (strstr (summary, "Roles: none of them stands out."));
}

/* The mean of a batch instead of the sequence: its numbers, slots instead of tokens. */
static void
test_batch (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_PATTERN));
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  g_autoptr (GscFigurePage) single = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *summary = NULL;
  g_auto (GscFigurePick) pick = { 0 };
  const GscMultiplesLayout *layout;
  GscRect cell;

  gsc_figure_options_init (&options, FIGURE);
  options.batch_mean = TRUE;
  missing = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_cmpstr (missing, ==, "No mean attention to show yet.");
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 0);
  page = lay_out (frame, &options, GSC_PALETTE_LIGHT, 8, 396, 260);
  g_assert_null (gsc_figure_page_get_multiples (page, 0));

  add_maps (frame, 64);
  gsc_frame_set_probe (frame, NULL);
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_nonnull (strstr (summary, "on 23 tokens, mean over 64 sequences of o.o.d./test."));
  gsc_figure_table_free (g_steal_pointer (&table));
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 8 * 23 * 24 / 2);
  gsc_figure_page_free (g_steal_pointer (&page));
  page = lay_out (frame, &options, GSC_PALETTE_LIGHT, 8, 396, 260);
  layout = gsc_figure_page_get_multiples (page, 0);
  cell = gsc_multiples_layout_get_cell (layout, 1, 1, 8, 3);
  g_assert_true (gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
  g_assert_true (g_str_has_prefix (pick.text, "layer 2, head 2\nquery: z of example 3 (token 9)\n"
                                              "key: x of example 2 (token 4)\nmean weight 0."));

  options.single_head = TRUE;
  single = lay_out (frame, &options, GSC_PALETTE_LIGHT, 12, 900, 900);
  layout = gsc_figure_page_get_multiples (single, 0);
  g_assert_true (g_str_has_prefix (layout->heading.text, "layer 1, head 2: own example 0."));
  g_assert_cmpstr (layout->x_labels[0].text, ==, "x1");
  g_assert_cmpstr (layout->y_labels[22].text, ==, "y8");
}

/* A map of all pairs of heads, beside or below the others. */
static void
test_similarity (void)
{
  static const double sizes[][2] = { { 500, 260 }, { 300, 700 }, { 900, 600 }, { 380, 280 } };
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_PATTERN));
  GscFigureOptions options;
  g_autoptr (GscFigureTable) table = NULL;
  guint first = 8 * 23 * 24 / 2;

  add_maps (frame, 5);
  gsc_figure_options_init (&options, FIGURE);
  options.head_similarity = TRUE;
  for (guint k = 0; k < 2 * G_N_ELEMENTS (sizes); k++)
    {
      const double *size = sizes[k / 2];
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *maps, *layout;

      options.batch_mean = k % 2 == 0;
      page = lay_out (frame, &options, GSC_PALETTE_LIGHT, 8, size[0], size[1]);
      maps = gsc_figure_page_get_multiples (page, 0);
      layout = gsc_figure_page_get_multiples (page, 1);
      g_assert_true (layout->plot.x >= gsc_rect_right (&maps->plot)
                     || layout->plot.y >= gsc_rect_bottom (&maps->plot));
      g_assert_cmpuint (layout->n, ==, 8);
      for (guint i = 0; i < 64; i++)
        {
          GscRect cell = gsc_multiples_layout_get_cell (layout, 0, 0, i / 8, i % 8);
          g_auto (GscFigurePick) pick = { 0 };
          const char *value;
          double found;

          g_assert_true (
              gsc_figure_pick (page, cell.x + cell.width / 2, cell.y + cell.height / 2, &pick));
          g_assert_cmpint (pick.kind, ==, GSC_PICK_HEAD);
          g_assert_cmpuint (pick.layer * 4 + pick.head, ==, i / 8);
          g_assert_cmpint (pick.query, ==, -1);
          value = strstr (pick.text, "similarity ") + strlen ("similarity ");
          found = g_str_has_prefix (value, "−") ? -g_ascii_strtod (value + strlen ("−"), NULL)
                                                : g_ascii_strtod (value, NULL);
          g_assert_cmpfloat_with_epsilon (
              found, frame->insights[GSC_INSIGHT_HEAD_MAPS]->head_maps->similarity[i], 0.01);
        }
    }
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, first + 64);
  for (guint i = 0; i < 64; i++)
    {
      g_assert_cmpfloat (frame_fixture_get_number (table, first + i, "layer"), ==, i / 8 / 4 + 1);
      g_assert_cmpfloat (frame_fixture_get_number (table, first + i, "other_head"), ==,
                         i % 8 % 4 + 1);
      g_assert_cmpstr (frame_fixture_get_text (table, first + i, "weight"), ==, "");
      g_assert_cmpfloat_with_epsilon (
          frame_fixture_get_number (table, first + i, "similarity"),
          frame->insights[GSC_INSIGHT_HEAD_MAPS]->head_maps->similarity[i], 1e-5);
    }
}

/* With a scale for each head its largest weight of the second half has the brightest colour. */
static void
test_scale_per_head (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 2, 12, VIEW_RANDOM));
  GscFigureOptions options;
  GscColor bright = gsc_palette_sequential (1);

  for (guint k = 0; k < 6; k++)
    {
      g_autoptr (GscFigurePage) page = NULL;
      const GscMultiplesLayout *layout;
      cairo_surface_t *surface;

      gsc_figure_options_init (&options, FIGURE);
      options.weight_scale = (GscWeightScale) (k % 3);
      options.scale_per_head = k < 3;
      page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, 400, 300);
      layout = gsc_figure_page_get_multiples (page, 0);
      surface = frame_fixture_paint (page, 400, 300, 2);
      for (guint head = 0; head < 4; head++)
        {
          guint best_query = 5, best_key = 0;
          GscRect cell;
          guint32 found;

          for (guint query = 5; query < 11; query++)
            for (guint key = 0; key <= query; key++)
              if (gsc_probe_get_weight (frame->probe, head / 2, head % 2, query, key)
                  > gsc_probe_get_weight (frame->probe, head / 2, head % 2, best_query, best_key))
                {
                  best_query = query;
                  best_key = key;
                }
          cell = gsc_multiples_layout_get_cell (layout, head / 2, head % 2, best_query, best_key);
          found = frame_fixture_get_pixel (surface, 2 * (cell.x + cell.width / 2),
                                           2 * (cell.y + cell.height / 2));
          g_assert_true ((found == (gsc_color_scale_pack (&bright) & 0xffffff)) == (k < 3));
        }
      cairo_surface_destroy (surface);
    }
}

/* Heads that are taken out are crossed out, and said to be. */
static void
test_ablated (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_PATTERN));
  g_autoptr (GscAblation) ablation = gsc_ablation_new (&frame->probe->model, NULL, 0);
  GscFigureOptions options;
  g_autoptr (GscFigurePage) page = NULL;
  g_autofree char *summary = NULL;
  const GscMultiplesLayout *layout;
  cairo_surface_t *surface;
  guint32 ink;

  gsc_ablation_set (ablation, 0, 1, GSC_ABLATION_ZERO);
  gsc_frame_set_ablation (frame, ablation);
  gsc_figure_options_init (&options, FIGURE);
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, 600, 400);
  layout = gsc_figure_page_get_multiples (page, 0);
  surface = frame_fixture_paint (page, 600, 400, 2);
  ink = gsc_color_scale_pack (&gsc_palette_get (GSC_PALETTE_DARK)->foreground) & 0xffffff;
  for (guint head = 0; head < 8; head++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, head / 4, head % 4);
      guint32 found = frame_fixture_get_pixel (surface, 2 * (map.x + 0.3 * map.width),
                                               2 * (map.y + 0.7 * map.height));
      g_auto (GscFigurePick) pick = { 0 };

      g_assert_true ((found == ink) == (head == 1));
      g_assert_true (gsc_figure_pick (page, gsc_rect_right (&map) - 2, map.y + 2, &pick));
      g_assert_true ((strstr (pick.text, "ablated (zero)") != NULL) == (head == 1));
    }
  cairo_surface_destroy (surface);
  summary = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_suffix (summary, " Layer 1, head 2 is ablated (zero)."));
  options.single_head = TRUE;
  gsc_figure_page_free (g_steal_pointer (&page));
  page = lay_out (frame, &options, GSC_PALETTE_DARK, 12, 900, 600);
  g_assert_true (
      g_str_has_suffix (gsc_figure_page_get_multiples (page, 0)->heading.text, ", ablated (zero)"));
}

/* Sentence and table say what is drawn. */
static void
test_text (void)
{
  g_autoptr (GscFrame) frame = make_frame (11, view_fixture_new_probe (11, 2, 4, 24, VIEW_RANDOM));
  GscFigureOptions options;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autoptr (GscFigureTable) table = NULL;
  g_autoptr (GscFigureTable) single = NULL;
  guint row = 0;

  gsc_figure_options_init (&options, FIGURE);
  options.max_tokens = 10;
  all = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_prefix (all, "Attention of 2 layers with 4 heads each on 10 tokens."));
  table = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (table->n_rows, ==, 8 * 55);
  for (guint head = 0; head < 8; head++)
    for (guint query = 0; query < 10; query++)
      for (guint key = 0; key <= query; key++, row++)
        {
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 0)), ==, (int) head / 4 + 1);
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 1)), ==, (int) head % 4 + 1);
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 2)), ==, (int) query + 1);
          g_assert_cmpint (atoi (gsc_figure_table_get (table, row, 3)), ==, (int) key + 1);
          g_assert_cmpfloat_with_epsilon (
              g_ascii_strtod (gsc_figure_table_get (table, row, 4), NULL),
              gsc_probe_get_weight (frame->probe, head / 4, head % 4, query, key), 1e-6);
        }

  options.single_head = TRUE;
  one = gsc_figure_summarise (FIGURE, frame, &options);
  g_assert_true (g_str_has_prefix (one, "Attention of layer 1, head 2 on 10 tokens."));
  single = gsc_figure_tabulate (FIGURE, frame, &options);
  g_assert_cmpuint (single->n_rows, ==, 55);
  g_assert_cmpstr (gsc_figure_table_get (single, 0, 1), ==, "2");
}

/* Without a model, with weights that are no numbers, on pages of any size: a page. */
static void
test_degenerate (void)
{
  static const double sizes[][2] = { { 1, 1 }, { 10, 500 }, { 500, 10 }, { 80, 80 }, { 400, 200 } };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 500, 500);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GscFrame) frame
          = make_frame (3, view_fixture_new_probe (3, 8, 8, i == 0 ? 2 : 96, VIEW_NAN));
      GscFigureOptions options;
      g_autofree char *summary = NULL;
      g_autoptr (GscFigureTable) table = NULL;

      if (i == 2)
        gsc_frame_set_probe (frame, NULL);
      gsc_figure_options_init (&options, FIGURE);
      options.show_cursor = TRUE;
      options.single_head = i == 1;
      for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
        {
          g_autoptr (GscFigurePage) page = NULL;
          g_auto (GscFigurePick) pick = { 0 };

          options.head_similarity = k % 2 == 1;
          options.scale_per_head = k % 2 == 0;
          page = lay_out (frame, &options, GSC_PALETTE_DARK, 8, sizes[k][0], sizes[k][1]);
          gsc_figure_page_paint (page, cr);
          gsc_figure_pick (page, sizes[k][0] / 2, sizes[k][1] / 2, &pick);
          g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
        }
      options.head_similarity = FALSE;
      summary = gsc_figure_summarise (FIGURE, frame, &options);
      g_assert_cmpuint (strlen (summary), >, 0);
      table = gsc_figure_tabulate (FIGURE, frame, &options);
      g_assert_cmpuint (table->n_rows, ==, i == 0 ? 64 * 3 : i == 1 ? 48 * 49 / 2 : 0);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-attention/layout", test_layout);
  g_test_add_func ("/figure-attention/pick", test_pick);
  g_test_add_func ("/figure-attention/single", test_single);
  g_test_add_func ("/figure-attention/colors", test_colors);
  g_test_add_func ("/figure-attention/move", test_move);
  g_test_add_func ("/figure-attention/roles", test_roles);
  g_test_add_func ("/figure-attention/batch", test_batch);
  g_test_add_func ("/figure-attention/similarity", test_similarity);
  g_test_add_func ("/figure-attention/scale-per-head", test_scale_per_head);
  g_test_add_func ("/figure-attention/ablated", test_ablated);
  g_test_add_func ("/figure-attention/text", test_text);
  g_test_add_func ("/figure-attention/degenerate", test_degenerate);
  return g_test_run ();
}
