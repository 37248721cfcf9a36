# phase-diagram.py - accuracies and phases of a sweep's runs in the plane of two settings
#
# SPDX-License-Identifier: GPL-3.0-or-later

PHASES = {
    "none": ("#ffffff", "–", "nothing solved"),
    "id-memorisation": ("#f4a582", "IM", "i.d. memorisation"),
    "id-generalisation": ("#c6dbef", "IG", "i.d. generalisation"),
    "ood-memorisation": ("#6baed6", "OM", "o.o.d. memorisation"),
    "ood-generalisation": ("#08306b", "OG", "o.o.d. generalisation"),
}


def values_of(name):
    """The values along an axis, in order; one place where there is no axis."""
    return unique(rows, name) if name else [""]


def light(color):
    red, green, blue = matplotlib.colors.to_rgb(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.4


across, up = values_of(ACROSS), values_of(UP)
n_columns = min(len(PARTS), 4 if len(PARTS) == 8 else 3)
n_rows = math.ceil(len(PARTS) / n_columns)
figure, panes = new_figure(n_rows, n_columns)
panes = [axes for line in panes for axes in line]
scale = matplotlib.cm.ScalarMappable(matplotlib.colors.Normalize(0, 1), "viridis")
for axes, (value, chosen, title) in zip(panes, PARTS):
    for row in rows:
        if any(row[name] != text for name, text in chosen.items()):
            continue
        x = across.index(row[ACROSS]) if ACROSS else 0
        y = up.index(row[UP]) if UP else 0
        color, text, hatch = MISSING, "", "///"
        if row[value]:
            color, text = (PHASES[row[value]][:2] if value == "phase"
                           else (scale.to_rgba(float(row[value])), "%.2f" % float(row[value])))
            hatch = None
        axes.add_patch(plt.Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=color, hatch=hatch,
                                     edgecolor="#595959" if hatch else color))
        axes.text(x, y, text, ha="center", va="center", fontsize=0.75 * TEXT_SIZE,
                  color="black" if light(color) else "white")
    axes.set(title=title, xlim=(-0.5, len(across) - 0.5), ylim=(-0.5, len(up) - 0.5),
             xlabel=ACROSS_TITLE, ylabel=UP_TITLE)
    axes.set_xticks(range(len(across)), across)
    axes.set_yticks(range(len(up)), up)
for axes in panes[len(PARTS):]:
    axes.set_axis_off()
if any(part[0] != "phase" for part in PARTS):
    figure.colorbar(scale, ax=panes, label="accuracy")
if any(part[0] == "phase" for part in PARTS):
    keys = [plt.Rectangle((0, 0), 1, 1, facecolor=color, edgecolor="#595959")
            for color, _, _ in PHASES.values()]
    names = ["%s %s" % (letters, name) for _, letters, name in PHASES.values()]
    figure.get_layout_engine().set(rect=(0, 0.14, 1, 0.86))  # the legend has its place below
    figure.legend(keys, names, loc="lower center", ncol=3)
