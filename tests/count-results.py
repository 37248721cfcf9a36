#!/usr/bin/env python3
"""count-results.py - sums up what tests found

SPDX-License-Identifier: GPL-3.0-or-later

Usage: count-results.py FOLDER...        what `meson test` found in build folders
       count-results.py --tap FILE       what one TAP program printed
       count-results.py --total FILE...  what several test commands printed, each of which ended
                                         with such a count

Reads FOLDER/meson-logs/testlog.json. Every TAP line of a test program counts as one test. A program
that failed in another way (it crashed, ran out of time, stopped early) counts as one failure, and so
does a folder or a command without results. The last line printed is the count; the exit status is 0
only if something passed (or, of a single TAP program, was skipped) and nothing failed. Above it: what
the failed programs printed, and which they were.
"""

import json
import os
import re
import sys

TAP_LINE = re.compile(r"^(not )?ok\b(?:[^#\\]|\\.)*(?:#\s*(skip)\b)?", re.IGNORECASE)
TAP_PLAN = re.compile(r"^1\.\.(\d+)(\s*#\s*skip\b)?", re.IGNORECASE)
COUNT = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")
SHOWN_LINES = 200


def count_lines(text):
    """Numbers of passed, failed and skipped tests that TAP reports."""
    passed = failed = skipped = 0
    for line in text.splitlines():
        match = TAP_LINE.match(line)
        if match is None:
            continue
        if match[2]:
            skipped += 1
        elif match[1]:
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_program(record):
    """The same of one program that Meson ran."""
    passed, failed, skipped = count_lines(record.get("stdout", ""))
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


def read_text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def print_count(passed, failed, skipped):
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))


def main_tap(path):
    text = read_text(path)
    passed, failed, skipped = count_lines(text)
    plans = [plan for plan in map(TAP_PLAN.match, text.splitlines()) if plan]
    if plans and plans[0][2]:
        skipped = 1
    elif [int(plan[1]) for plan in plans] != [passed + failed + skipped]:
        print("The tests stopped early")
        failed += 1
    print_count(passed, failed, skipped)
    return 0 if passed + skipped and not failed else 1


def main_total(paths):
    totals = [0, 0, 0]
    for path in paths:
        count = COUNT.match((read_text(path).splitlines() or [""])[-1])
        if count is None:
            print(f"No results: {os.path.basename(path)}")
        counts = [int(number or 0) for number in count.groups()] if count else [0, 1, 0]
        totals = [total + number for total, number in zip(totals, counts)]
    print_count(*totals)
    return 0 if totals[0] and not totals[1] else 1


def main_meson(folders):
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
    print_count(*totals)
    return 0 if totals[0] and not totals[1] else 1


def main(arguments):
    if arguments[:1] == ["--tap"]:
        return main_tap(arguments[1])
    if arguments[:1] == ["--total"]:
        return main_total(arguments[1:])
    return main_meson(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
