# spectrum.py - additive and multiplicative characters in the embedding
#
# SPDX-License-Identifier: GPL-3.0-or-later

figure, (panes,) = new_figure(1, 2)
for axes, name, color in zip(panes, ("additive", "multiplicative"), (RIGHT, WRONG)):
    part = [row for row in rows if row["characters"] == name]
    frequencies = column(part, "frequency")
    axes.bar(frequencies, column(part, "share"), color=color)
    axes.hlines(column(part, "without_order"), [k - 0.4 for k in frequencies],
                [k + 0.4 for k in frequencies], color="black", label="numbers without any order")
    axes.set(xlabel="frequency", ylabel="share of the variance", title=name)
panes[0].legend(loc="upper center", bbox_to_anchor=(0.5, -0.2))
