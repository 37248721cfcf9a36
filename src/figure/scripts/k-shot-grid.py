# k-shot-grid.py - the answers to all queries of a task after some examples
#
# SPDX-License-Identifier: GPL-3.0-or-later

if "n_explained" in rows[0]:
    figure, ((axes,),) = new_figure()
    for name, title, look in (("model", "model", dict(color=RIGHT, marker="o")),
                              ("explained_accuracy", "where ratio matching answers",
                               dict(color=WRONG, marker="D")),
                              ("unexplained_accuracy", "elsewhere",
                               dict(color="#d55e00", marker="s")),
                              ("ratio_matching", "ratio matching", RATIO),
                              ("bayes", "Bayes", BAYES)):
        axes.plot(column(rows, "shots"), column(rows, name), label=title, **look)
    axes.set_xlabel("shots")
    accuracy_axis(axes)
    axes.legend()
else:
    KINDS = (("model", "model"), ("ratio_matching", "ratio\nmatching"), ("bayes", "Bayes"),
             ("difference", "model minus\nratio matching"))
    shots = unique(rows, "shots")
    colors = matplotlib.colors.ListedColormap([WRONG, "#e6e6e6", RIGHT])
    figure, panes = new_figure(len(KINDS), len(shots), sharex=True, sharey=True)
    for i, (name, title) in enumerate(KINDS):
        for j, k in enumerate(shots):
            part = []
            for row in rows:
                if row["shots"] != k:
                    continue
                if name == "difference":
                    value = row[name]
                else:
                    value = "" if not row[name] else 1 if row[name] == row["z"] else -1
                part.append(dict(row, value=str(value or 0)))
            axes = panes[i][j]
            image(axes, grid(part, "x", "y", "value", P), vmin=-1, vmax=1, cmap=colors,
                  aspect="auto")
            if name == "difference":
                signs = column(part, "value")
                axes.set_title("+%d −%d" % (signs.count(1), signs.count(-1)))
            else:
                share = column(part, "value").count(1) / len(part)
                axes.set_title(("%s shots\n" % k if i == 0 else "") + "%.2f" % share)
            if j == 0:
                axes.set_ylabel(title)
    figure.supxlabel("x (y upwards); blue: right, orange: wrong, grey: no answer",
                     fontsize=TEXT_SIZE)
