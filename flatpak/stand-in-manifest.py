#!/usr/bin/env python3
"""stand-in-manifest.py - the manifest with one module replaced, for a build without a network

SPDX-License-Identifier: GPL-3.0-or-later

Usage: stand-in-manifest.py MANIFEST MODULE

Prints MANIFEST with the module that MODULE (a file) describes in place of the one of that name.
"""

import json
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(manifest_path, module_path):
    manifest = read(manifest_path)
    replacement = read(module_path)
    places = [place for place, module in enumerate(manifest["modules"])
              if module["name"] == replacement["name"]]
    if len(places) != 1:
        sys.exit(f"{manifest_path} has {len(places)} modules named {replacement['name']}")
    manifest["modules"][places[0]] = replacement
    print(json.dumps(manifest, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
