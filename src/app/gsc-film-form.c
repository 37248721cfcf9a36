/* gsc-film-form.c - the rows that say what is filmed, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-form.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-film-webm.h"

#define MAX_SECONDS 3600

static const char *const sizes[]
    = { "1280x720", "1920x1080", "2560x1440", "3840x2160", "1080x1080", "1080x1920" };
static const double text_scales[] = { 0.8, 1, 1.3, 1.7 };
static const char *const themes[] = { "light", "dark", "paper" };
static const char *const formats[] = { "webm", "png" };

struct _GscFilmForm
{
  AdwPreferencesPage parent_instance;

  /* Borrowed References */
  AdwComboRow *format;
  AdwExpanderRow *figures;
  GtkCheckButton *ticks[GSC_N_FIGURES];
  AdwComboRow *size;
  AdwComboRow *text;
  AdwComboRow *theme;
  GtkSpinButton *from;
  GtkSpinButton *to;
  GtkSpinButton *seconds;
  GtkSpinButton *rate;

  GscFigurePanel panels[GSC_N_FIGURES]; /* those that are ticked */
  guint n_panels;
};

G_DEFINE_FINAL_TYPE (GscFilmForm, gsc_film_form, ADW_TYPE_PREFERENCES_PAGE)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed (GscFilmForm *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The figures that are ticked, in a sentence's worth of words. */
static void
update_figures (GscFilmForm *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  self->n_panels = 0;
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    if (gtk_check_button_get_active (self->ticks[i]))
      {
        gsc_figure_panel_init (&self->panels[self->n_panels++], i);
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                _ (gsc_figure_get_title (i)));
      }
  if (self->n_panels == 0)
    g_string_append (text, _ ("Choose at least one."));
  adw_expander_row_set_subtitle (self->figures, text->str);
}

static void
on_ticked (GscFilmForm *self)
{
  update_figures (self);
  on_changed (self);
}

/* A step after the other's stays where it is; the other follows. */
static void
on_from_changed (GscFilmForm *self)
{
  if (gtk_spin_button_get_value (self->to) < gtk_spin_button_get_value (self->from))
    gtk_spin_button_set_value (self->to, gtk_spin_button_get_value (self->from));
  on_changed (self);
}

static void
on_to_changed (GscFilmForm *self)
{
  if (gtk_spin_button_get_value (self->from) > gtk_spin_button_get_value (self->to))
    gtk_spin_button_set_value (self->from, gtk_spin_button_get_value (self->to));
  on_changed (self);
}

/* Rows */

static AdwComboRow *
add_combo (GscFilmForm *self, AdwPreferencesGroup *group, const char *title, GtkStringList *names)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  g_object_unref (names);
  return ADW_COMBO_ROW (row);
}

static GtkSpinButton *
add_spin (GscFilmForm *self,
          AdwPreferencesGroup *group,
          const char *title,
          double min,
          double max,
          double step,
          GCallback changed)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (min, max, step);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  /* the focus is on the text within */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (spin)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (spin, "value-changed", changed, self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return GTK_SPIN_BUTTON (spin);
}

static void
add_figures (GscFilmForm *self, AdwPreferencesGroup *group)
{
  self->figures = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->figures), _ ("Figures"));
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *tick = gtk_check_button_new ();
      GscFigurePanel panel;

      gsc_figure_panel_init (&panel, i);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (gsc_figure_get_title (i)));
      if (gsc_figure_panel_is_slow (&panel))
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Takes long for each model"));
      gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), tick);
      gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (gsc_figure_get_title (i)), -1);
      g_signal_connect_object (tick, "toggled", G_CALLBACK (on_ticked), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (self->figures, row);
      self->ticks[i] = GTK_CHECK_BUTTON (tick);
    }
  adw_preferences_group_add (group, GTK_WIDGET (self->figures));
}

static GtkStringList *
list_sizes (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      GscFilmSettings film;
      g_autofree char *name = NULL;

      gsc_film_settings_parse_size (&film, sizes[i]);
      /* Translators: the width and height of a film in pixels */
      name = g_strdup_printf (_ ("%d × %d"), film.width, film.height);
      gtk_string_list_append (names, name);
    }
  return names;
}

static void
add_look (GscFilmForm *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  const char *const format_names[] = { _ ("WebM Film"), _ ("Numbered PNG Pictures"), NULL };
  const char *const text_names[] = { _ ("Small"), _ ("Normal"), _ ("Large"), _ ("Huge"), NULL };
  const char *const theme_names[] = { _ ("Light"), _ ("Dark"), _ ("Print"), NULL };
  g_autoptr (GError) error = NULL;

  self->format = add_combo (self, group, _ ("Format"), gtk_string_list_new (format_names));
  if (!gsc_film_webm_is_supported (&error))
    {
      adw_combo_row_set_selected (self->format, 1);
      gtk_widget_set_sensitive (GTK_WIDGET (self->format), FALSE);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->format), error->message);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->format), 0);
    }
  add_figures (self, group);
  self->size = add_combo (self, group, _ ("Size in Pixels"), list_sizes ());
  self->text = add_combo (self, group, _ ("Text"), gtk_string_list_new (text_names));
  self->theme = add_combo (self, group, _ ("Colours"), gtk_string_list_new (theme_names));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
}

static void
add_time (GscFilmForm *self, GscRunData *run)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  gint64 first = 0, last = 1;

  if (run->records->len > 0)
    {
      first = gsc_run_data_get_record (run, 0)->step;
      last = gsc_run_data_get_record (run, (int) run->records->len - 1)->step;
    }
  self->from
      = add_spin (self, group, _ ("From Step"), (double) first, (double) MAX (last, first + 1),
                  (double) MAX (run->config.record_every, 1), G_CALLBACK (on_from_changed));
  self->to = add_spin (self, group, _ ("To Step"), (double) first, (double) MAX (last, first + 1),
                       (double) MAX (run->config.record_every, 1), G_CALLBACK (on_to_changed));
  self->seconds
      = add_spin (self, group, _ ("Length in Seconds"), 1, MAX_SECONDS, 1, G_CALLBACK (on_changed));
  self->rate = add_spin (self, group, _ ("Pictures a Second"), 1, GSC_FILM_MAX_RATE, 1,
                         G_CALLBACK (on_changed));
  gtk_spin_button_set_value (self->to, (double) last);
  gtk_spin_button_set_value (self->from, (double) first);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
}

/* What is remembered */

static void
choose (AdwComboRow *row, const char *const *names, guint n, const char *name, guint otherwise)
{
  adw_combo_row_set_selected (row, otherwise);
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i], name) == 0)
      adw_combo_row_set_selected (row, i);
}

static void
choose_text (GscFilmForm *self, double scale)
{
  guint nearest = 1;

  for (guint i = 0; i < G_N_ELEMENTS (text_scales); i++)
    if (ABS (text_scales[i] - scale) < ABS (text_scales[nearest] - scale))
      nearest = i;
  adw_combo_row_set_selected (self->text, nearest);
}

static void
load (GscFilmForm *self, GSettings *settings)
{
  g_auto (GStrv) figures = settings != NULL ? g_settings_get_strv (settings, "film-figures") : NULL;
  g_autofree char *size = settings != NULL ? g_settings_get_string (settings, "film-size") : NULL;
  g_autofree char *theme = settings != NULL ? g_settings_get_string (settings, "film-theme") : NULL;
  g_autofree char *format
      = settings != NULL ? g_settings_get_string (settings, "film-format") : NULL;
  GscFilmSettings usual;

  gsc_film_settings_init (&usual);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      gboolean ticked = figures != NULL
                        && g_strv_contains ((const char *const *) figures, gsc_figure_get_name (i));

      for (guint j = 0; figures == NULL && j < usual.n_panels; j++)
        ticked = ticked || usual.panels[j].figure == i;
      gtk_check_button_set_active (self->ticks[i], ticked);
    }
  choose (self->size, sizes, G_N_ELEMENTS (sizes), size, 1);
  choose (self->theme, themes, G_N_ELEMENTS (themes), theme, 0);
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->format)))
    choose (self->format, formats, G_N_ELEMENTS (formats), format, 0);
  choose_text (self, settings != NULL ? g_settings_get_double (settings, "film-text") : 1);
  gtk_spin_button_set_value (self->seconds, settings != NULL
                                                ? g_settings_get_double (settings, "film-seconds")
                                                : usual.seconds);
  gtk_spin_button_set_value (
      self->rate, settings != NULL ? g_settings_get_int (settings, "film-rate") : usual.rate);
}

void
gsc_film_form_save (GscFilmForm *self, GSettings *settings)
{
  const char *figures[GSC_N_FIGURES + 1] = { NULL };

  g_return_if_fail (GSC_IS_FILM_FORM (self));

  for (guint i = 0; i < self->n_panels; i++)
    figures[i] = gsc_figure_get_name (self->panels[i].figure);
  g_settings_set_strv (settings, "film-figures", figures);
  g_settings_set_string (settings, "film-size", sizes[adw_combo_row_get_selected (self->size)]);
  g_settings_set_string (settings, "film-theme", themes[adw_combo_row_get_selected (self->theme)]);
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->format)))
    g_settings_set_string (settings, "film-format",
                           formats[adw_combo_row_get_selected (self->format)]);
  g_settings_set_double (settings, "film-text",
                         text_scales[adw_combo_row_get_selected (self->text)]);
  g_settings_set_double (settings, "film-seconds", gtk_spin_button_get_value (self->seconds));
  g_settings_set_int (settings, "film-rate", gtk_spin_button_get_value_as_int (self->rate));
}

/* The choices */

void
gsc_film_form_get (GscFilmForm *self, GscFilmSettings *film)
{
  static const GscPaletteKind kinds[] = { GSC_PALETTE_LIGHT, GSC_PALETTE_DARK, GSC_PALETTE_PAPER };

  g_return_if_fail (GSC_IS_FILM_FORM (self));

  film->panels = self->panels;
  film->n_panels = self->n_panels;
  gsc_film_settings_parse_size (film, sizes[adw_combo_row_get_selected (self->size)]);
  film->text_scale = text_scales[adw_combo_row_get_selected (self->text)];
  film->theme = kinds[adw_combo_row_get_selected (self->theme)];
  film->from = (gint64) gtk_spin_button_get_value (self->from);
  film->to = (gint64) gtk_spin_button_get_value (self->to);
  film->seconds = gtk_spin_button_get_value (self->seconds);
  film->speed = 0;
  film->rate = gtk_spin_button_get_value_as_int (self->rate);
}

gboolean
gsc_film_form_wants_pictures (GscFilmForm *self)
{
  g_return_val_if_fail (GSC_IS_FILM_FORM (self), FALSE);

  return adw_combo_row_get_selected (self->format) == 1;
}

void
gsc_film_form_tick (GscFilmForm *self, GscFigure figure, gboolean ticked)
{
  g_return_if_fail (GSC_IS_FILM_FORM (self));

  gtk_check_button_set_active (self->ticks[figure], ticked);
}

void
gsc_film_form_set_steps (GscFilmForm *self, gint64 from, gint64 to)
{
  g_return_if_fail (GSC_IS_FILM_FORM (self));

  gtk_spin_button_set_value (self->from, (double) from);
  gtk_spin_button_set_value (self->to, (double) to);
}

void
gsc_film_form_set_length (GscFilmForm *self, double seconds, int rate)
{
  g_return_if_fail (GSC_IS_FILM_FORM (self));

  gtk_spin_button_set_value (self->seconds, seconds);
  gtk_spin_button_set_value (self->rate, rate);
}

void
gsc_film_form_set_pictures (GscFilmForm *self, gboolean pictures)
{
  g_return_if_fail (GSC_IS_FILM_FORM (self));

  adw_combo_row_set_selected (self->format, pictures ? 1 : 0);
}

void
gsc_film_form_set_size (GscFilmForm *self, guint size)
{
  g_return_if_fail (GSC_IS_FILM_FORM (self) && size < G_N_ELEMENTS (sizes));

  adw_combo_row_set_selected (self->size, size);
}

/* GObject */

static void
gsc_film_form_class_init (GscFilmFormClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_film_form_init (GscFilmForm *self)
{
}

GscFilmForm *
gsc_film_form_new (GscRunData *run, GSettings *settings)
{
  GscFilmForm *self = g_object_new (GSC_TYPE_FILM_FORM, NULL);

  add_look (self);
  add_time (self, run);
  /* the page scrolls inside, and what scrolls can be focused */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Choices for the Film"), -1);
  load (self, settings);
  update_figures (self);
  return self;
}
