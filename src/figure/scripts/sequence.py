# sequence.py - one sequence and the model's answers
#
# SPDX-License-Identifier: GPL-3.0-or-later

figure, ((axes,),) = new_figure()
PER_LINE = 8
for i, row in enumerate(rows):
    left, top = 3.4 * (i % PER_LINE), -4.5 * (i // PER_LINE)
    axes.text(left + 1.5, top + 1.3, "#" + row["example"], ha="center", va="center", color="#595959")
    for j, slot in enumerate("xyz"):
        axes.add_patch(plt.Rectangle((left + j, top), 1, 1, edgecolor="black",
                                     facecolor="#f9cdbd" if slot == "z" else "#cfe6f7"))
        axes.text(left + j + 0.5, top + 0.5, row[slot], ha="center", va="center")
    if row["answer"]:
        right = row["answer"] == row["z"]
        axes.text(left + 1.5, top - 0.6, "%s %s" % ("right:" if right else "wrong:", row["answer"]),
                  ha="center", va="center", color=RIGHT if right else "#a06000")
        axes.text(left + 1.5, top - 1.5, "%.0f %%" % (100 * number(row["probability"])),
                  ha="center", va="center", color="#595959")
    if row["explaining"]:
        axes.text(left + 1.5, top - 2.4, "#" + row["explaining"].split()[0], ha="center",
                  va="center", color="#595959")
axes.set(xlim=(-0.2, 3.4 * min(PER_LINE, len(rows))), ylim=(-4.5 * math.ceil(len(rows) / PER_LINE) + 1,
                                                            2))
axes.axis("off")
