# cosine-similarity.py - how alike the outputs for all inputs are
#
# SPDX-License-Identifier: GPL-3.0-or-later

layers, heads = unique(rows, "layer"), unique(rows, "head")
if "similarity" in rows[0]:
    n = max(int(row["other_input"]) for row in rows) + 1
    figure, panes = new_figure(len(layers), len(heads), sharex=True, sharey=True)
    for i, layer in enumerate(layers):
        for j, head in enumerate(heads):
            part = [row for row in rows if row["layer"] == layer and row["head"] == head]
            values = grid(part, "other_input", "input", "similarity", n)
            for row in part:
                values[int(row["other_input"])][int(row["input"])] = float(row["similarity"])
            shown = image(panes[i][j], values, origin="upper", vmin=-1, vmax=1, cmap=DIVERGING)
            panes[i][j].set_title("%s, layer %s" % (head if head == "block" else "head " + head,
                                                    layer))
    figure.supxlabel("input", fontsize=TEXT_SIZE)
    figure.colorbar(shown, ax=panes, label="similarity")
else:
    # Too many inputs for a table of all pairs: it says what the similarities depend on.
    relations = [name for name in rows[0] if name.startswith("by_") and rows[0][name]]
    figure, ((axes,),) = new_figure()
    values = [[number(row[name]) for name in relations] for row in rows]
    shown = image(axes, values, origin="upper", vmin=0, vmax=1, aspect="auto", cmap="viridis")
    axes.set_xticks(range(len(relations)), [name[3:] for name in relations])
    axes.set_yticks(range(len(rows)), ["layer %s, %s" % (row["layer"], row["head"]) for row in rows])
    figure.colorbar(shown, ax=axes, label="share of the variance")
