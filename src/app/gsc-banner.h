/* gsc-banner.h - a line across the window that says what is the matter
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GSC_TYPE_BANNER (gsc_banner_get_type ())

/* For states that last (an unreadable run, a full disk, divergence, an interrupted training); what
 * passes is a toast. Screen readers are told when it appears. */
G_DECLARE_FINAL_TYPE (GscBanner, gsc_banner, GSC, BANNER, GtkWidget)

GtkWidget *gsc_banner_new (void);

/* Shows @message, with a button called @label that activates @action with @target (floating or
 * NULL); without a label there is no button. The user can close it. */
void gsc_banner_show (GscBanner *banner,
                      const char *message,
                      const char *label,
                      const char *action,
                      GVariant *target);
void gsc_banner_hide (GscBanner *banner);

/* What it says, or NULL when hidden. Borrowed. */
const char *gsc_banner_get_message (GscBanner *banner);

G_END_DECLS
