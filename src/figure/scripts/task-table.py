# task-table.py - z over x and y, with the model's answers where there are some
#
# SPDX-License-Identifier: GPL-3.0-or-later

figure, ((axes,),) = new_figure()
axes.set_facecolor("black")
shown = image(axes, grid(rows, "x", "y", "z", P), vmin=0, vmax=P - 1, cmap="viridis")
for row in rows:
    if row["z"] and P <= 31:
        light = float(row["z"]) > P / 2
        axes.text(int(row["x"]), int(row["y"]), row["z"], ha="center", va="center",
                  color="black" if light else "white", fontsize=min(TEXT_SIZE, 150 * UNIT / P))
    if row["model_answer"]:
        right = row["model_answer"] == row["z"]
        axes.scatter(int(row["x"]), int(row["y"]), marker="o" if right else "x",
                     facecolor="none" if right else WRONG, edgecolor=RIGHT if right else None)
axes.set(xlabel="x", ylabel="y")
figure.colorbar(shown, ax=axes, label="z")
