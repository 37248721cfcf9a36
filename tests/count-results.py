#!/usr/bin/env python3
"""count-results.py - sums up what `meson test` found in one or more build folders

SPDX-License-Identifier: GPL-3.0-or-later

Usage: count-results.py FOLDER...

Reads FOLDER/meson-logs/testlog.json. Every TAP line of a test program counts as one test. A program
that failed in another way (it crashed, ran out of time, stopped early) counts as one failure, and so
does a folder without results. The last line printed is the count; the exit status is 0 only if
something passed and nothing failed. Above it: what the failed programs printed, and which they were.
"""

import json
import os
import re
import sys

TAP_LINE = re.compile(r"^(not )?ok\b(?:[^#\\]|\\.)*(?:#\s*(skip)\b)?", re.IGNORECASE)
SHOWN_LINES = 200


def count_program(record):
    """Numbers of passed, failed and skipped tests of one program."""
    passed = failed = skipped = 0
    for line in record.get("stdout", "").splitlines():
        match = TAP_LINE.match(line)
        if match is None:
            continue
        if match[2]:
            skipped += 1
        elif match[1]:
            failed += 1
        else:
            passed += 1
    result = record["result"]
    if result == "SKIP" and not skipped:
        skipped = 1
    elif result not in ("OK", "SKIP") and not failed:
        failed = 1
    elif passed + failed + skipped == 0:
        passed = 1  # not a TAP program: its exit status is the test
    return passed, failed, skipped


def read_folder(folder):
    """The records of a folder's last `meson test`, None if there are none."""
    try:
        with open(os.path.join(folder, "meson-logs", "testlog.json"), encoding="utf-8") as log:
            return [json.loads(line) for line in log]
    except FileNotFoundError:
        return None


def show_output(folder, record):
    """Prints what a failed program said, the tests that passed left out."""
    print(f"--- {record['name']} in {folder}: {' '.join(record['command'])}")
    lines = (record.get("stdout", "") + "\n" + record.get("stderr", "")).splitlines()
    lines = [line for line in lines if line.strip() and not line.startswith("ok ")]
    print("\n".join(lines[-SHOWN_LINES:]))


def main(folders):
    totals = [0, 0, 0]
    faults = []
    for folder in folders:
        records = read_folder(folder)
        if not records:
            totals[1] += 1
            faults.append(f"{folder}: no test ran")
            continue
        for record in records:
            counts = count_program(record)
            totals = [total + count for total, count in zip(totals, counts)]
            if counts[1]:
                show_output(folder, record)
                faults.append(f"{folder}: {record['name']} ({record['result']})")
    if faults:
        print("Failed:")
        for fault in faults:
            print(f"  {fault}")
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
