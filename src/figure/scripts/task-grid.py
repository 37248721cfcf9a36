# task-grid.py - every task by its role, or by the accuracies on its sequences
#
# SPDX-License-Identifier: GPL-3.0-or-later

by_accuracy = "train_accuracy" in rows[0]
panels = ([("train_accuracy", "training inputs"), ("test_accuracy", "test inputs")]
          if by_accuracy else [("role", "tasks")])
figure, (panes,) = new_figure(1, len(panels))
trained = [row for row in rows if row["role"] == "pre-training"]
for axes, (name, title) in zip(panes, panels):
    if by_accuracy:
        shown = image(axes, grid(rows, "a", "b", name, P), vmin=0, vmax=1, cmap="viridis")
        axes.scatter(column(trained, "a"), column(trained, "b"), s=(60 * UNIT / P) ** 2 / 4,
                     color="white", edgecolor="black", linewidth=0.5 * UNIT,
                     label="pre-training task")
    else:
        values = [dict(row, value=0.25 if row["role"] == "pre-training" else 0.75) for row in rows]
        image(axes, grid(values, "a", "b", "value", P), vmin=0, vmax=1, cmap="cividis")
    axes.set(xlabel="a", ylabel="b", title=title)
    axes.locator_params(integer=True)
if by_accuracy:
    figure.colorbar(shown, ax=list(panes), label="accuracy")
