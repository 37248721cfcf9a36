#!/usr/bin/env python3
# test-guide.py - the user guide is one whole file and says what the program does
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: test-guide.py BUILD_FOLDER

import base64
import os
import re
import sys
import xml.etree.ElementTree as tree

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HTML = "{http://www.w3.org/1999/xhtml}"
count = 0


def check(passed, description, findings=""):
    global count
    count += 1
    for line in str(findings).splitlines() if not passed else []:
        print("#", line)
    print("%s %d - %s" % ("ok" if passed else "not ok", count, description))


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def accelerators():
    """What the shortcuts window lists, as the guide writes it: "Ctrl+E"."""
    names = {"<Control>": "Ctrl+", "<Shift>": "Shift+", "<Alt>": "Alt+"}
    for keys in re.findall(r'name="accelerator">([^<]*(?:&lt;[^<]*)*)</', read(
            ROOT, "src/app/gtk/help-overlay.ui")):
        for key in keys.replace("&lt;", "<").replace("&gt;", ">").split():
            for tag, name in names.items():
                key = key.replace(tag, name)
            yield "+".join(part if len(part) > 1 else part.upper() for part in key.split("+"))


def main():
    path = os.path.join(sys.argv[1], "data/help/guide.html")
    text = read(path)
    page = tree.fromstring(text)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    links = [element.get("href") for element in page.iter(HTML + "a")]
    check(len(ids) == len(set(ids)), "no id comes twice", ids)
    check(links and all(link[:1] == "#" and link[1:] in ids for link in links),
          "each link leads to a place in the page", links)
    headings = [element.get("id") for element in page.iter(HTML + "h2")]
    check([link[1:] for link in links] == headings, "the contents are the headings, in order",
          headings)

    pictures = list(page.iter(HTML + "img"))
    begin = "data:image/png;base64,"
    check(pictures and all(picture.get("src").startswith(begin) for picture in pictures),
          "the pictures are inside")
    check(all(base64.b64decode(picture.get("src")[len(begin):])[:8] == b"\x89PNG\r\n\x1a\n"
              for picture in pictures), "and are pictures")
    check(all(len(picture.get("alt", "")) > 20 for picture in pictures), "and are described")
    check("@picture:" not in text and not re.search(r"""(src|href)=["'](https?:)?//""", text)
          and "url(" not in text, "nothing comes from elsewhere")
    check(os.path.getsize(path) < 2e6, "it is below 2 MB", os.path.getsize(path))

    words = " ".join("".join(element.itertext()) for element in page.iter())
    keys = set(accelerators())
    told = {match for match in re.findall(r"(?:Ctrl\+)(?:Shift\+)?[A-Z?](?=\W)",
                                          re.sub(r"\s+", " ", "".join(page.itertext())))}
    check(told and told - {"Ctrl+?"} <= keys, "it names no key that does not exist", told - keys)
    for key in ("F1", "F5", "F9", "Ctrl+E", "Ctrl+D"):
        check(key in words, "it tells of %s" % key)
    print("1..%d" % count)


main()
