# ablation.py - the four accuracies without each head
#
# SPDX-License-Identifier: GPL-3.0-or-later

names = [("", "")] + [key for key in dict.fromkeys((row["layer"], row["head"]) for row in rows)
                      if key != ("", "")]
values = {(row["layer"], row["head"], row["set"]): row for row in rows}
figure, ((axes,),) = new_figure()
changes = [[0 if not layer else number(values[layer, head, key]["change"]) for key in SETS]
           for layer, head in names]
shown = image(axes, changes, origin="upper", vmin=-1, vmax=1, cmap=DIVERGING, aspect="auto")
for i, (layer, head) in enumerate(names):
    for j, key in enumerate(SETS):
        row = values[layer, head, key]
        text = "%+.2f" % number(row["change"]) if layer else "%.2f" % number(row["accuracy"])
        axes.text(j, i, text, ha="center", va="center",
                  color="white" if abs(changes[i][j]) > 0.6 else "black")
axes.set_xticks(range(len(SETS)), [title for title, _ in SETS.values()])
axes.set_yticks(range(len(names)), ["layer %s, head %s" % key if key[0] else "base line"
                                    for key in names])
figure.colorbar(shown, ax=axes, label="change of the " + MEASURE)
