/* gsc-figure.h - the figures of a run: from a frame to a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place that knows both the engine's data and the plots. A figure is a pure function of
 * (frame, options, style, size): the app's panels and the files come from here alike, so screen and
 * paper cannot differ. Any thread.
 */

#pragma once

#include "gsc-figure-page.h"
#include "gsc-figure-table.h"
#include "gsc-frame.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_FIGURE_LEARNING_CURVES, /* the four sets against the training step */
  GSC_FIGURE_TASK_GRID,       /* roles or accuracies in the plane of all tasks */
  GSC_FIGURE_TASK_TABLE,      /* z over (x, y) for the cursor's task (fig. 1a) */
  GSC_FIGURE_SHOTS,           /* the four sets and the exact references against the shots */
  GSC_FIGURE_ATTENTION,       /* every head's attention on the sequence (fig. 6) */
  GSC_FIGURE_PROJECTION,      /* principal components (fig. 1d, 1e, 6) */
  GSC_FIGURE_SEQUENCE,        /* one sequence and the model's answers (fig. 1a, below) */
  GSC_FIGURE_KSHOT,           /* all queries of the cursor's task (fig. 5) */
  GSC_FIGURE_SIMILARITY,      /* how alike outputs are for all inputs (fig. 7, 8) */
  GSC_FIGURE_NOISE,           /* wrong labels in the context (appendix) */
  GSC_FIGURE_LENS,            /* what each layer would answer */
  GSC_FIGURE_SPECTRUM,        /* characters in the embedding */
  GSC_FIGURE_ABLATION,        /* the four accuracies without each head */
  GSC_N_FIGURES,
} GscFigure;

typedef enum
{
  GSC_MEASURE_LAST_ACCURACY, /* at the last shot */
  GSC_MEASURE_ACCURACY,      /* over all shots */
  GSC_MEASURE_LOSS,          /* learning curves only; elsewhere as ACCURACY */
} GscMeasure;

typedef enum
{
  GSC_GRID_ACCURACY, /* cells of the task grid by accuracy */
  GSC_GRID_ROLES,    /* by role: pre-training or o.o.d. */
} GscGridColors;

typedef enum
{
  GSC_SCALE_LINEAR,
  GSC_SCALE_SQRT,
  GSC_SCALE_LOG,
} GscWeightScale;

typedef enum
{
  GSC_LABELS_VALUE, /* points by the value of the first slot */
  GSC_LABELS_LOG,   /* by its discrete logarithm; 0 stays apart */
} GscPointLabels;

typedef enum
{
  GSC_KSHOT_FOUR,   /* grids of the paper's four numbers of shots, side by side (fig. 5) */
  GSC_KSHOT_CURSOR, /* those of the cursor's shot alone, large */
  GSC_KSHOT_CURVES, /* accuracy against the shots where ratio matching explains, and elsewhere */
} GscKshotView;

/* What becomes of the frame beside the frame, where there is one. */
typedef enum
{
  GSC_COMPARE_SCALES,     /* axes and colours take it in, so that both figures compare */
  GSC_COMPARE_TOGETHER,   /* both in one plot, its lines dashed: learning curves */
  GSC_COMPARE_DIFFERENCE, /* the frame minus it: figures of gsc_figure_has_difference() */
} GscCompare;

/* How a figure is drawn. A plain value; a figure looks only at what concerns it. */
typedef struct
{
  GscCompare compare;         /* with the frame beside; as SCALES where a figure has it not */
  gboolean bare;              /* without title and settings: a panel has them elsewhere */
  GscMeasure measure;         /* learning curves, task grid, ablation */
  gboolean logarithmic_steps; /* learning curves; step 0 is left out then */
  gboolean mark_record;       /* learning curves: a line at the frame's record */
  gboolean mark_stop;         /* learning curves: the peak, its way down, the stop rule's moment */
  GscSet peak_set;            /* whose peak that is */
  gboolean show_cursor;       /* what the frame's cursor points at is marked */
  GscGridColors grid_colors;
  gboolean hide_test_inputs;   /* task table: test inputs blacked out, as in the paper */
  GscWeightScale weight_scale; /* attention */
  gboolean single_head;        /* attention, similarity: the cursor's head alone, large */
  gboolean every_pair;         /* similarity: in its table all values, if they are not millions */
  gboolean show_block;         /* similarity: large is the cursor's layer's block, not its head */
  gboolean scale_per_head;     /* attention: each map's colours end at its head's largest weight */
  gboolean batch_mean;         /* attention: the mean of the insight's sequences, not the probe's */
  gboolean head_similarity;    /* attention: a map of how alike the heads are, too */
  guint max_tokens;            /* attention: the first so many tokens; 0: all */
  GscPointLabels labels;       /* projection: labels, and colours but for the next */
  gboolean parity_colors;      /* projection: two colours, of even and odd logarithms */
  gboolean lens;               /* projection: the points of one first value, enlarged */
  guint lens_value;            /* that value, 0..p-1 (above: the last) */
  GscKshotView kshot_view;     /* k-shot grid */
} GscFigureOptions;

/* The figure as it is in a file: with titles, its usual measure, 48 tokens, no cursor; the learning
 * curves mark the record. The task grid's measure is the accuracy over all shots: at the last one
 * alone a task has only a handful of answers. */
void gsc_figure_options_init (GscFigureOptions *options, GscFigure figure);

/* "learning-curves", "task-grid" ...: names of files, settings and actions. Static. */
const char *gsc_figure_get_name (GscFigure figure);

/* "Learning curves": for people. Static, in English, marked for translation. */
const char *gsc_figure_get_title (GscFigure figure);

/* Whether it needs the frame's probe or projection, and is only a note without it. */
gboolean gsc_figure_needs_model (GscFigure figure);

/* Whether two frames can be subtracted, or be drawn in one plot. */
gboolean gsc_figure_has_difference (GscFigure figure);
gboolean gsc_figure_has_together (GscFigure figure);

/* Whether the frame decides how far the figure's scale reaches, and how far that is: a frame beside
 * it that reaches further gives it its scale. */
gboolean gsc_figure_has_extent (GscFigure figure);
double
gsc_figure_get_extent (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options);

/* A good height for a page of @width with text of 8 points; both in points. */
double gsc_figure_get_height (GscFigure figure, double width);

/* The figure as a page of @width x @height points. Any frame and any size give a page; it keeps a
 * reference to @frame. */
GscFigurePage *gsc_figure_lay_out (GscFigure figure,
                                   const GscFrame *frame,
                                   const GscFigureOptions *options,
                                   const GscStyle *style,
                                   double width,
                                   double height);

/* What a place on a page means. */
typedef enum
{
  GSC_PICK_NONE,   /* nothing */
  GSC_PICK_RECORD, /* record, step */
  GSC_PICK_TASK,   /* a, b */
  GSC_PICK_INPUT,  /* x, y (and shot, in the k-shot grid) */
  GSC_PICK_SHOT,   /* shot */
  GSC_PICK_HEAD,   /* layer, head (and query, key where query >= 0) */
  GSC_PICK_TOKEN,  /* token, shot */
  GSC_PICK_POINT,  /* point: index in the projection; x, y: the values of its two slots */
  GSC_PICK_BAR,    /* text only */
} GscPickKind;

/* A plain value but for the text. */
typedef struct
{
  GscPickKind kind;
  int record;
  gint64 step;
  int a, b;
  int x, y;
  guint shot;
  guint layer, head;
  int query, key;
  guint token;
  guint point;
  GscRect rect; /* what to highlight on the page */
  char *text;   /* what it shows there, for a tooltip: one or a few lines with numbers */
} GscFigurePick;

/* What is at (x, y) of a page of gsc_figure_lay_out(). FALSE and kind NONE if nothing is. End with
 * gsc_figure_pick_clear(). */
gboolean gsc_figure_pick (const GscFigurePage *page, double x, double y, GscFigurePick *pick);
void gsc_figure_pick_clear (GscFigurePick *pick);

typedef enum
{
  GSC_DIRECTION_LEFT,
  GSC_DIRECTION_RIGHT,
  GSC_DIRECTION_UP,
  GSC_DIRECTION_DOWN,
} GscDirection;

/* Where an arrow key leads inside the figure: changes *cursor (and *record, for learning curves)
 * from where it stands. FALSE where there is nothing further in that direction. */
gboolean gsc_figure_move (GscFigure figure,
                          const GscFrame *frame,
                          GscDirection direction,
                          GscCursor *cursor,
                          int *record);

/* One or two sentences with the numbers that matter, for accessibility. (transfer full) */
char *
gsc_figure_summarise (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options);

/* Exactly what is drawn, as a table: "show as table" and CSV. (transfer full) */
GscFigureTable *
gsc_figure_tabulate (GscFigure figure, const GscFrame *frame, const GscFigureOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscFigurePick, gsc_figure_pick_clear)

G_END_DECLS
