/* gsc-application.h - the program grokscope
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-library.h"
#include "gsc-window.h"

G_BEGIN_DECLS

#define GSC_TYPE_APPLICATION (gsc_application_get_type ())

/* Opens the runs whose folders are given on the command line. Options: --measure (see
 * gsc-gauge.h), --version. */
G_DECLARE_FINAL_TYPE (GscApplication, gsc_application, GSC, APPLICATION, AdwApplication)

/* @settings: NULL where the schema is not installed. @folder: where runs are kept; NULL: the usual
 * place. */
GscApplication *gsc_application_new (GSettings *settings, const char *folder);

/* What is remembered between starts, or NULL and a message where the schema is not installed.
 * (transfer full) */
GSettings *gsc_application_load_settings (void);

/* Borrowed; NULL before startup. */
GscLibrary *gsc_application_get_library (GscApplication *application);

G_END_DECLS
