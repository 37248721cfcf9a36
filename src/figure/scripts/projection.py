# projection.py - principal components of what a part of the model gives
#
# SPDX-License-Identifier: GPL-3.0-or-later

first = next(iter(rows[0]))
log = "log" if "log" in rows[0] else "log_" + first
MARKERS = {"even": "o", "odd": "^", "zero": "D"}


def parity(row):
    return "zero" if not row[log] else "odd" if int(row[log]) % 2 else "even"


figure, ((axes,),) = new_figure()
for kind, marker in MARKERS.items():
    part = [row for row in rows if parity(row) == kind]
    if PARITY:
        look = dict(color={"even": RIGHT, "odd": WRONG, "zero": "black"}[kind])
    elif LABELS == "log" and kind == "zero":
        look = dict(color="black")
    else:
        name, top = (log, P - 2) if LABELS == "log" else (first, P - 1)
        look = dict(c=column(part, name), vmin=0, vmax=top, cmap="twilight_shifted")
    shown = axes.scatter(column(part, "pc1"), column(part, "pc2"), marker=marker,
                         s=(4.2 * UNIT) ** 2, edgecolor="black", linewidth=0.3 * UNIT,
                         label="%s = 0" % first if kind == "zero" else "%s %s" % (log, kind), **look)
    if "c" in look:
        colored = shown
for value in unique(rows, first):
    part = [row for row in rows if row[first] == value]
    x, y = (sum(column(part, name)) / len(part) for name in ("pc1", "pc2"))
    text = value if LABELS == "value" else part[0][log] or "zero"
    axes.annotate(text, (x, y), xytext=(5 * UNIT, 5 * UNIT), textcoords="offset points")
axes.set(xlabel="PC 1", ylabel="PC 2")
axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.15), ncol=3)
if not PARITY:
    figure.colorbar(colored, ax=axes, label=first if LABELS == "value" else log)
