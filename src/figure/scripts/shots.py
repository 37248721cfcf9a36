# shots.py - accuracy by number of examples, beside exact references
#
# SPDX-License-Identifier: GPL-3.0-or-later

LINES = [("bayes", "Bayes", BAYES), ("ratio_matching", "ratio matching", RATIO),
         ("memorising_id", "memorising, i.d.", MEMORISING),
         ("memorising_ood", "memorising, o.o.d.", dict(MEMORISING, linestyle=":"))]
figure, (panes,) = new_figure(1, 2, sharey=True)
for axes, kind in zip(panes, ("training", "test")):
    part = [row for row in rows if row["inputs"] == kind]
    shots = column(part, "shots")
    for name, which, title in (("id", "id_", "model, i.d."), ("ood", "ood_", "model, o.o.d.")):
        axes.plot(shots, column(part, name), label=title,
                  **SETS[which + ("train" if kind == "training" else "test")][1])
    for name, title, look in LINES:
        axes.plot(shots, column(part, name), label=title, **look)
    axes.axhline(1 / P, label="chance", **CHANCE)
    axes.set(xlabel="examples", title=kind + " inputs")
accuracy_axis(panes[0])
panes[1].legend(loc="center left", bbox_to_anchor=(1, 0.5))
