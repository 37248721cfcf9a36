/* page-fixture.h - pages to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

/* Nearer than this many points are labels that lie on one another: theirs may touch, their empty
 * corners may overlap. */
#define PAGE_FIXTURE_TOUCHING (-0.01)
#define PAGE_FIXTURE_CORNERS (-1.0)

/* @figure of @frame with light colours; all sizes in points. (transfer full) */
GscFigurePage *page_fixture_lay_out (GscFigure figure,
                                     const GscFrame *frame,
                                     const GscFigureOptions *options,
                                     double text_size,
                                     double width,
                                     double height);

/* All text is on the page of @width x @height, none on other text: no two labels are nearer than
 * @distance. @what names the page in the message. */
void page_fixture_assert_tidy (
    const GscFigurePage *page, double width, double height, double distance, const char *what);
