# attention.py - where every head looks: rows are queries, columns keys
#
# SPDX-License-Identifier: GPL-3.0-or-later

maps = [row for row in rows if row["query"]]
layers, heads = unique(maps, "layer"), unique(maps, "head")
n = max(int(row["query"]) for row in maps)
figure, panes = new_figure(len(layers), len(heads), sharex=True, sharey=True)
for i, layer in enumerate(layers):
    for j, head in enumerate(heads):
        part = [dict(row, query=int(row["query"]) - 1, key=int(row["key"]) - 1) for row in maps
                if row["layer"] == layer and row["head"] == head]
        axes = panes[i][j]
        shown = image(axes, grid(part, "key", "query", "weight", n), origin="upper",
                      norm=matplotlib.colors.PowerNorm(0.5, 0, 1), aspect="auto", cmap="viridis")
        role = part[0]["role"] if part[0]["role_share"] else ""
        axes.set_title("layer %s, head %s%s" % (layer, head, "\n" + role if role else ""))
        axes.set(xticks=range(2, n, 3), yticks=range(2, n, 3))
        axes.set_xticklabels([])
        axes.set_yticklabels([])
figure.supxlabel("key (ticks: z)", fontsize=TEXT_SIZE)
figure.supylabel("query", fontsize=TEXT_SIZE)
figure.colorbar(shown, ax=panes, label="weight")
