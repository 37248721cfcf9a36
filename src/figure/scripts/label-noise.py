# label-noise.py - accuracy with wrong labels in the context
#
# SPDX-License-Identifier: GPL-3.0-or-later

figure, ((left, right),) = new_figure(1, 2)
counted = [row for row in rows if not row["wrong_example"]]
single = [row for row in rows if row["wrong_example"]]
left.set_facecolor(MISSING)
shown = image(left, grid(counted, "shots", "wrong", "accuracy", SHOTS), vmin=0, vmax=1,
              cmap="viridis")
left.set(xlabel="shots", ylabel="wrong labels")
figure.colorbar(shown, ax=left, label="accuracy")

title, look = SETS[rows[0]["set"]]
right.errorbar(column(single, "wrong_example"), column(single, "accuracy"),
               yerr=column(single, "standard_error"), label="one wrong", **look)
for row in counted:
    if int(row["shots"]) == SHOTS - 1 and row["wrong"] == "0":
        right.axhline(number(row["accuracy"]), label="none wrong", **BAYES)
right.set(xlabel="the wrong example", title=title)
accuracy_axis(right, "accuracy after %d shots" % (SHOTS - 1))
right.legend()
