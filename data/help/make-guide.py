#!/usr/bin/env python3
# make-guide.py - the user guide as one file: puts the pictures into the page
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: make-guide.py TEMPLATE FOLDER_OF_PICTURES OUTPUT

import base64
import os
import re
import sys


def main():
    template, folder, output = sys.argv[1:]

    def inline(match):
        with open(os.path.join(folder, match.group(1)), "rb") as file:
            return "data:image/png;base64," + base64.b64encode(file.read()).decode("ascii")

    with open(template, encoding="utf-8") as file:
        page = re.sub(r"@picture:([a-z0-9.-]+)@", inline, file.read())
    with open(output, "w", encoding="utf-8") as file:
        file.write(page)


main()
