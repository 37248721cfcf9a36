# logit-lens.py - what each layer would answer
#
# SPDX-License-Identifier: GPL-3.0-or-later

figure, (panes,) = new_figure(1, 2)
# the last shot alone, or the mean over all (no number of shots)
shots = str(SHOTS - 1) if "last" in MEASURE else ""
for axes, name, title in zip(panes, ("accuracy", "probability"),
                             ("accuracy", "probability of the right z")):
    for key, (label, look) in SETS.items():
        part = [row for row in rows if row["set"] == key and row["shots"] == shots]
        axes.plot(column(part, "layer"), column(part, name), label=label, **look)
    accuracy_axis(axes, title)
    axes.set_xlabel("after layer (0: embedding)")
    axes.set_xticks(sorted({int(row["layer"]) for row in rows}))
panes[0].legend()
