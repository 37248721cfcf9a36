# learning-curves.py - the four sets against the training step
#
# SPDX-License-Identifier: GPL-3.0-or-later

figure, ((axes,),) = new_figure()
steps = column(rows, "step")
for name, (title, look) in SETS.items():
    axes.plot(steps, column(rows, name), label=title, markevery=max(len(steps) // 8, 1), **look)
for name, title in (("ratio_matching_train", "ratio matching, training inputs"),
                    ("ratio_matching_test", "ratio matching, test inputs")):
    if name in rows[0] and rows[0][name]:
        axes.plot(steps, column(rows, name), label=title, **RATIO)
axes.plot(steps, column(rows, "chance"), label="chance", **CHANCE)
if STEP >= 0:
    axes.axvline(STEP, color="black", linewidth=0.6 * UNIT)
if LOGARITHMIC_STEPS:
    axes.set_xscale("log")
if MEASURE == "loss":
    axes.set_ylabel(MEASURE)
else:
    accuracy_axis(axes, MEASURE)
axes.set_xlabel("training step")
axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
