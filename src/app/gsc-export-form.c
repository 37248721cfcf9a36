/* gsc-export-form.c - which figures are exported, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-form.h"

#include <glib/gi18n.h>

#define MM_PER_INCH 25.4

static const int resolutions[] = { 300, 600 };

static const char *const whats[] = {
  [GSC_EXPORT_ONE] = N_ ("One panel"),
  [GSC_EXPORT_SEVERAL] = N_ ("Several panels"),
  [GSC_EXPORT_ALL] = N_ ("All figures of the run"),
  [GSC_EXPORT_RECIPE] = N_ ("A figure of the paper"),
};

static const char *const formats[] = {
  [GSC_EXPORT_PDF] = "PDF",
  [GSC_EXPORT_SVG] = "SVG",
  [GSC_EXPORT_PNG] = "PNG",
  [GSC_EXPORT_TABLE] = N_ ("CSV, JSON and script"),
};

/* As in the bar above the panels. */
static const struct
{
  const char *title;
  const char *subtitle;
} shows[] = {
  [GSC_SHOW_A] = { "A", N_ ("A alone") },
  [GSC_SHOW_B] = { "B", N_ ("B alone") },
  [GSC_SHOW_BOTH] = { N_ ("A and B"), N_ ("Side by side, with the same scales") },
  [GSC_SHOW_DIFFERENCE] = { N_ ("A − B"), N_ ("The difference, where there is one") },
};

static const struct
{
  GscPaletteKind theme;
  const char *title;
} themes[] = {
  { GSC_PALETTE_PAPER, N_ ("For print") },
  { GSC_PALETTE_LIGHT, N_ ("Light, as on the screen") },
  { GSC_PALETTE_DARK, N_ ("Dark, as on the screen") },
};

struct _GscExportForm
{
  AdwPreferencesPage parent_instance;

  /* Borrowed References */
  AdwComboRow *what;
  AdwComboRow *figure;
  AdwComboRow *recipe;
  AdwComboRow *show; /* seen where two are compared */
  AdwExpanderRow *several;
  GtkCheckButton *ticks[GSC_N_FIGURES];
  AdwComboRow *format;
  AdwComboRow *resolution;
  AdwPreferencesGroup *page;
  AdwComboRow *size;
  AdwComboRow *unit;
  GtkWidget *width_row;
  GtkWidget *height_row;
  GtkSpinButton *width;
  GtkSpinButton *height;
  AdwComboRow *theme;
  GtkWidget *transparent_row;
  GtkSwitch *transparent;

  /* Owned References */
  GscExportSource *source;

  GscExportPanels panels;
  GscExportSettings settings;
  gboolean loading;
};

enum
{
  SIGNAL_FIGURES_CHANGED,
  SIGNAL_SETTINGS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscExportForm, gsc_export_form, ADW_TYPE_PREFERENCES_PAGE)

/* Figures */

static GscExportItem
make_item (GscExportForm *self, guint figure)
{
  return (GscExportItem){ .panel = self->panels.panels[figure],
                          .show = (GscShow) adw_combo_row_get_selected (self->show) };
}

static gboolean
has_figure (GscExportForm *self, guint figure)
{
  GscExportItem item = make_item (self, figure);

  return gsc_export_source_has (self->source, &item);
}

static gboolean
is_wanted (GscExportForm *self, guint figure)
{
  switch ((GscExportWhat) adw_combo_row_get_selected (self->what))
    {
    case GSC_EXPORT_ONE:
      return figure == adw_combo_row_get_selected (self->figure);
    case GSC_EXPORT_SEVERAL:
      return has_figure (self, figure) && gtk_check_button_get_active (self->ticks[figure]);
    case GSC_EXPORT_ALL:
      return has_figure (self, figure);
    case GSC_EXPORT_RECIPE:
    default:
      return FALSE;
    }
}

GArray *
gsc_export_form_list_items (GscExportForm *self)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (GscExportItem));

  g_return_val_if_fail (GSC_IS_EXPORT_FORM (self), items);

  if (adw_combo_row_get_selected (self->what) == GSC_EXPORT_RECIPE)
    {
      GscExportItem item
          = { .recipe = gsc_figure_recipe_get (adw_combo_row_get_selected (self->recipe)),
              .show = (GscShow) adw_combo_row_get_selected (self->show) };

      g_array_append_val (items, item);
    }
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    if (is_wanted (self, i))
      {
        GscExportItem item = make_item (self, i);

        g_array_append_val (items, item);
      }
  return items;
}

static void
on_figures (GscExportForm *self)
{
  guint what = adw_combo_row_get_selected (self->what);

  gtk_widget_set_visible (GTK_WIDGET (self->figure), what == GSC_EXPORT_ONE);
  gtk_widget_set_visible (GTK_WIDGET (self->several), what == GSC_EXPORT_SEVERAL);
  gtk_widget_set_visible (GTK_WIDGET (self->recipe), what == GSC_EXPORT_RECIPE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->show),
                               _ (shows[adw_combo_row_get_selected (self->show)].subtitle));
  if (what == GSC_EXPORT_SEVERAL)
    adw_expander_row_set_expanded (self->several, TRUE);
  if (!self->loading)
    g_signal_emit (self, signals[SIGNAL_FIGURES_CHANGED], 0);
}

void
gsc_export_form_choose (GscExportForm *self, GscExportWhat what)
{
  adw_combo_row_set_selected (self->what, what);
}

void
gsc_export_form_choose_figure (GscExportForm *self, GscFigure figure)
{
  adw_combo_row_set_selected (self->figure, figure);
}

void
gsc_export_form_tick (GscExportForm *self, GscFigure figure, gboolean ticked)
{
  gtk_check_button_set_active (self->ticks[figure], ticked);
}

void
gsc_export_form_choose_show (GscExportForm *self, GscShow show)
{
  adw_combo_row_set_selected (self->show, show);
}

void
gsc_export_form_choose_recipe (GscExportForm *self, const GscFigureRecipe *recipe)
{
  for (guint i = 0; i < gsc_figure_recipe_count (); i++)
    if (gsc_figure_recipe_get (i) == recipe)
      adw_combo_row_set_selected (self->recipe, i);
}

/* Settings */

static double
get_unit (GscExportForm *self)
{
  return self->settings.inches ? MM_PER_INCH : 1;
}

/* Brings the spin buttons to the settings' unit and values. */
static void
show_size (GscExportForm *self)
{
  GtkSpinButton *const buttons[] = { self->width, self->height };
  const double values[] = { self->settings.width, self->settings.height };
  double unit = get_unit (self);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      gtk_spin_button_set_digits (buttons[i], self->settings.inches ? 2 : 1);
      gtk_spin_button_set_range (buttons[i], i == 0 ? GSC_EXPORT_MIN_SIZE / unit : 0,
                                 GSC_EXPORT_MAX_SIZE / unit);
      gtk_spin_button_set_increments (buttons[i], self->settings.inches ? 0.1 : 1,
                                      self->settings.inches ? 1 : 10);
      gtk_spin_button_set_value (buttons[i], values[i] / unit);
    }
}

/* What concerns the chosen format and size. */
static void
update_rows (GscExportForm *self)
{
  gboolean table = self->settings.format == GSC_EXPORT_TABLE;
  gboolean custom = self->settings.venue == NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->resolution),
                          self->settings.format == GSC_EXPORT_PNG
                              && !gsc_export_settings_is_slide (&self->settings));
  gtk_widget_set_visible (GTK_WIDGET (self->unit), custom);
  gtk_widget_set_visible (self->width_row, custom);
  gtk_widget_set_visible (self->height_row, custom);
  /* The script draws at the page's size, in colours of its own. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->theme), !table);
  gtk_widget_set_sensitive (self->transparent_row, !table);
}

static void
read_size (GscExportForm *self)
{
  double unit = get_unit (self);
  double height = gtk_spin_button_get_value (self->height) * unit;

  self->settings.width = CLAMP (gtk_spin_button_get_value (self->width) * unit, GSC_EXPORT_MIN_SIZE,
                                GSC_EXPORT_MAX_SIZE);
  self->settings.height = height > 0 ? CLAMP (height, GSC_EXPORT_MIN_SIZE, GSC_EXPORT_MAX_SIZE) : 0;
}

static void
on_settings (GscExportForm *self)
{
  gboolean inches = adw_combo_row_get_selected (self->unit) == 1;
  guint n_venues;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n_venues);
  guint size = adw_combo_row_get_selected (self->size);

  if (self->loading)
    return;
  self->settings.format = (GscExportFormat) adw_combo_row_get_selected (self->format);
  self->settings.dpi = resolutions[adw_combo_row_get_selected (self->resolution)];
  self->settings.venue = size < n_venues ? &venues[size] : NULL;
  self->settings.theme = themes[adw_combo_row_get_selected (self->theme)].theme;
  self->settings.transparent = gtk_switch_get_active (self->transparent);
  if (inches == self->settings.inches)
    read_size (self);
  else
    {
      self->settings.inches = inches;
      self->loading = TRUE;
      show_size (self);
      self->loading = FALSE;
    }
  update_rows (self);
  g_signal_emit (self, signals[SIGNAL_SETTINGS_CHANGED], 0);
}

void
gsc_export_form_get_settings (GscExportForm *self, GscExportSettings *settings)
{
  g_return_if_fail (GSC_IS_EXPORT_FORM (self));

  *settings = self->settings;
}

void
gsc_export_form_set_settings (GscExportForm *self, const GscExportSettings *settings)
{
  guint n_venues;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n_venues);

  g_return_if_fail (GSC_IS_EXPORT_FORM (self));

  self->loading = TRUE;
  self->settings = *settings;
  adw_combo_row_set_selected (self->format, settings->format);
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    if (settings->dpi >= resolutions[i])
      adw_combo_row_set_selected (self->resolution, i);
  adw_combo_row_set_selected (
      self->size, settings->venue != NULL ? (guint) (settings->venue - venues) : n_venues);
  adw_combo_row_set_selected (self->unit, settings->inches);
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (settings->theme == themes[i].theme)
      adw_combo_row_set_selected (self->theme, i);
  gtk_switch_set_active (self->transparent, settings->transparent);
  show_size (self);
  update_rows (self);
  self->loading = FALSE;
  g_signal_emit (self, signals[SIGNAL_SETTINGS_CHANGED], 0);
}

/* Rows */

/* @titles is taken over. */
static AdwComboRow *
add_combo (GscExportForm *self,
           AdwPreferencesGroup *group,
           const char *title,
           GtkStringList *titles,
           GCallback changed)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  g_object_unref (titles);
  g_signal_connect_swapped (row, "notify::selected", changed, self);
  adw_preferences_group_add (group, row);
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle, GtkWidget *widget)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), widget);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkStringList *
list_figures (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gtk_string_list_append (titles, _ (gsc_figure_get_title ((GscFigure) i)));
  return titles;
}

static GtkStringList *
list_recipes (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < gsc_figure_recipe_count (); i++)
    {
      const GscFigureRecipe *recipe = gsc_figure_recipe_get (i);
      g_autofree char *title = g_strdup_printf ("%s: %s", gsc_figure_recipe_get_name (recipe),
                                                _ (gsc_figure_recipe_get_title (recipe)));

      gtk_string_list_append (titles, title);
    }
  return titles;
}

static GtkStringList *
list_translated (const char *const *titles, guint n)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _ (titles[i]));
  return list;
}

static void
add_ticks (GscExportForm *self)
{
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *tick = gtk_check_button_new ();
      const char *title = _ (gsc_figure_get_title ((GscFigure) i));

      self->ticks[i] = GTK_CHECK_BUTTON (tick);
      gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                      -1);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
      adw_expander_row_add_row (self->several, row);
      g_signal_connect_swapped (tick, "toggled", G_CALLBACK (on_figures), self);
    }
}

static AdwPreferencesGroup *
add_group (GscExportForm *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/* What is A and what is B. (transfer full) */
static char *
describe_compared (GscExportForm *self)
{
  return g_markup_printf_escaped (
      "A: %s\nB: %s", gsc_export_source_get_description (self->source),
      gsc_export_source_get_description (gsc_export_source_get_other (self->source)));
}

static void
add_show (GscExportForm *self, AdwPreferencesGroup *group)
{
  GtkStringList *titles = gtk_string_list_new (NULL);
  g_autofree char *description = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shows); i++)
    gtk_string_list_append (titles, i > GSC_SHOW_B ? _ (shows[i].title) : shows[i].title);
  self->show = add_combo (self, group, _ ("Show"), titles, G_CALLBACK (on_figures));
  gtk_widget_set_visible (GTK_WIDGET (self->show),
                          gsc_export_source_get_other (self->source) != NULL);
  if (gsc_export_source_get_other (self->source) == NULL)
    return;
  description = describe_compared (self);
  adw_preferences_group_set_description (group, description);
}

static void
add_figures (GscExportForm *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Figures"));

  self->what = add_combo (self, group, _ ("Export"), list_translated (whats, G_N_ELEMENTS (whats)),
                          G_CALLBACK (on_figures));
  self->figure = add_combo (self, group, _ ("Panel"), list_figures (), G_CALLBACK (on_figures));
  self->recipe = add_combo (self, group, _ ("Figure"), list_recipes (), G_CALLBACK (on_figures));
  add_show (self, group);
  self->several = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->several), _ ("Panels"));
  adw_preferences_group_add (group, GTK_WIDGET (self->several));
  add_ticks (self);
}

static void
add_file (GscExportForm *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("File"));
  GtkStringList *dots = gtk_string_list_new (NULL);

  self->format
      = add_combo (self, group, _ ("Format"), list_translated (formats, G_N_ELEMENTS (formats)),
                   G_CALLBACK (on_settings));
  for (guint i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      /* Translators: dots per inch */
      g_autofree char *title = g_strdup_printf (_ ("%d dpi"), resolutions[i]);

      gtk_string_list_append (dots, title);
    }
  self->resolution = add_combo (self, group, _ ("Resolution"), dots, G_CALLBACK (on_settings));
}

static void
add_page (GscExportForm *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Page"));
  const char *const units[] = { N_ ("Millimetres"), N_ ("Inches") };
  GtkStringList *sizes = gtk_string_list_new (NULL);
  GtkStringList *colors = gtk_string_list_new (NULL);
  guint n;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (sizes, _ (venues[i].title));
  gtk_string_list_append (sizes, _ ("Custom"));
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    gtk_string_list_append (colors, _ (themes[i].title));
  self->size = add_combo (self, group, _ ("Size"), sizes, G_CALLBACK (on_settings));
  self->unit = add_combo (self, group, _ ("Unit"), list_translated (units, G_N_ELEMENTS (units)),
                          G_CALLBACK (on_settings));
  self->width = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 1, 1));
  self->height = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, 1, 1));
  self->width_row = add_row (group, _ ("Width"), NULL, GTK_WIDGET (self->width));
  self->height_row
      = add_row (group, _ ("Height"), _ ("0: what suits the figure"), GTK_WIDGET (self->height));
  g_signal_connect_swapped (self->width, "value-changed", G_CALLBACK (on_settings), self);
  g_signal_connect_swapped (self->height, "value-changed", G_CALLBACK (on_settings), self);
  self->theme = add_combo (self, group, _ ("Colours"), colors, G_CALLBACK (on_settings));
  self->transparent = GTK_SWITCH (gtk_switch_new ());
  self->transparent_row
      = add_row (group, _ ("Transparent background"), NULL, GTK_WIDGET (self->transparent));
  g_signal_connect_swapped (self->transparent, "notify::active", G_CALLBACK (on_settings), self);
}

/* GObject */

static void
gsc_export_form_dispose (GObject *object)
{
  g_clear_pointer (&GSC_EXPORT_FORM (object)->source, gsc_export_source_unref);

  G_OBJECT_CLASS (gsc_export_form_parent_class)->dispose (object);
}

static void
gsc_export_form_class_init (GscExportFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_export_form_dispose;

  signals[SIGNAL_FIGURES_CHANGED]
      = g_signal_new ("figures-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SETTINGS_CHANGED]
      = g_signal_new ("settings-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_export_form_init (GscExportForm *self)
{
  self->loading = TRUE;
}

GtkWidget *
gsc_export_form_new (GscExportSource *source,
                     const GscExportPanels *panels,
                     const GscExportSettings *settings)
{
  GscExportForm *self = g_object_new (GSC_TYPE_EXPORT_FORM, NULL);

  self->source = gsc_export_source_ref (source);
  self->panels = *panels;
  /* The page scrolls inside, and what scrolls can be focused. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choices"), -1);
  add_figures (self);
  add_file (self);
  add_page (self);
  adw_combo_row_set_selected (self->figure, panels->figure);
  adw_combo_row_set_selected (self->show, panels->show);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (self->ticks[i]), ADW_TYPE_ACTION_ROW);

      gtk_check_button_set_active (self->ticks[i], panels->shown[i]);
      gtk_widget_set_visible (row, has_figure (self, i));
    }
  on_figures (self);
  gsc_export_form_set_settings (self, settings);
  return GTK_WIDGET (self);
}
