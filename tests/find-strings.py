# find-strings.py - texts in the sources that translators do not get
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: python3 find-strings.py FILE...
#
# Prints "FILE:LINE: TEXT" for every literal that looks as if a person would read it and that goes
# through none of gettext's functions, and every entry of ALLOWED that is of no use. The files are C
# sources and GtkBuilder definitions. Guesses: a text of at least two words, a capitalised word, or
# any word at a place that is shown. Python's standard library only.

import re
import sys
import xml.etree.ElementTree as ElementTree

# What hands a text to gettext, now or later.
MARKING = {"_", "N_", "C_", "NC_", "Q_", "ngettext", "g_dngettext", "g_dpgettext2"}

# Texts for programmers, and lines of the log of a run, which stays English.
UNSEEN = {"g_assert", "g_assert_true", "g_critical", "g_debug", "g_error", "g_message", "g_return_if_fail",
          "g_return_val_if_fail", "g_warning", "g_thread_new", "gsc_run_folder_log"}

# Where a single small word is shown, too.
SHOWN_MEMBERS = {"caption", "cells_title", "column_name", "heading", "label", "last_column", "row_name",
                 "title", "tooltip", "x_title", "y_title"}
SHOWN_ARGUMENTS = {"adw_toast_new", "adw_window_title_new", "adw_window_title_set_subtitle",
                   "adw_window_title_set_title", "gsc_figure_page_add_note", "gsc_figure_page_add_text",
                   "gsc_figure_pages_get_accuracy_axis", "gtk_button_new_with_label",
                   "gtk_button_new_with_mnemonic", "gtk_check_button_new_with_label",
                   "gtk_label_new", "gtk_label_set_text", "gtk_label_set_label",
                   "gtk_toggle_button_new_with_label", "gtk_widget_set_tooltip_text",
                   "gtk_window_set_title", "g_menu_append", "g_menu_append_section",
                   "g_menu_append_submenu"}

# File (a regular expression), text (another) and the reason.
ALLOWED = [
    (r"src/.*", r"Grokscope( <GSC_VERSION>)?", "the program's name"),
    (r"src/.*", r"Arial, .*|DejaVu Sans Mono, .*", "the names of fonts"),
    (r"src/(app|figure)/.*", r"AdamW|Muon", "the names of optimisers"),
    (r"src/app/.*", r"(Menu\||<\w+>)*[A-Z]\w*(\|.*)?", "the names of keys"),
    (r"src/(app|report)/.*", r"(:root|[\w ]+ )\{.*", "CSS"),
    (r"src/app/gsc-export-show.c", r"ShowItems", "a method on D-Bus"),
    (r"src/cli/gsc-cli-sweep-slurm.c", r"#!/bin/sh.*", "a script for Slurm"),
    (r"src/cli/gsc-cli-sweep-follow.c", r"Invalid job id", "what Slurm says"),
    (r"src/(cli|report)/.*", r" ?(%s |grokscope-cli )?(sweep|report|figures) .*", "commands"),
    (r"src/draw/gsc-surface.c", r"[A-Z]\w+", "keys of metadata"),
    (r"src/draw/gsc-svg.c", r" lengthAdjust.*", "SVG"),
    (r"src/figure/.*", r"#!/usr/bin/env python3.*|True|False", "Python"),
    (r"src/figure/gsc-figure-script.c", r"accuracy at the last shot", "Python"),
    (r"src/film/gsc-film-webm.c", r"\w+ \(g[\w-]+\)", "the names of GStreamer's plug-ins"),
    (r"src/model/gsc-pickle-torch.c", r"\w+", "the names of PyTorch's classes"),
    (r"src/report/gsc-report.c", r"@inproceedings.*", "BibTeX"),
    (r"src/train/gsc-run-lock.c", r"host %s .*", "what is in a lock"),
]

TOKEN = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|[A-Za-z_]\w*|\n|.""",
                   re.DOTALL)
MACRO_IN_TEXT = re.compile(r"(G_\w+_FORMAT|PRI\w+|[A-Z][A-Z_]+)$")
NO_WORDS = re.compile(r"%[-+ #0-9.*']*[a-zA-Z]+|<[^<>]*>|<\w+ [^<>]*$|\\.")
ACTION = re.compile(r"[a-z]+(\.[a-z-]+)+(::\w+|\(-?\d+\))?$")


def tokenise(text):
    """Tokens with their lines, without comments, blanks and directives of the preprocessor (but the
    replacement of a macro is looked at)."""
    tokens, line, directive = [], 1, False
    for match in TOKEN.finditer(text):
        token, at = match.group(0), line
        line += token.count("\n")
        if token == "\n":
            directive = directive and text[match.start() - 1] == "\\"
        elif token == "#" and not text[:match.start()].rpartition("\n")[2].strip():
            directive = not text.startswith("define", match.end())
        elif not directive and not token.isspace() and not token.startswith(("/*", "//")):
            tokens.append((token, at))
    return tokens


def list_literals(text):
    """(line, literal, the functions and brackets around it, what it is assigned to)"""
    tokens, around, i = tokenise(text), [], 0
    while i < len(tokens):
        token, line = tokens[i]
        if token == "(":
            around.append(tokens[i - 1][0] if i > 0 else "")
        elif token in "{[":
            around.append(token)
        elif token in ")}]":
            around[-1:] = []
        elif token.startswith('"'):
            member = tokens[i - 2][0] if i > 1 and tokens[i - 1][0] == "=" else ""
            literal = ""
            while i < len(tokens) and (tokens[i][0].startswith('"')
                                       or MACRO_IN_TEXT.match(tokens[i][0])):
                part = tokens[i][0]
                literal += part[1:-1] if part.startswith('"') else "<%s>" % part
                i += 1
            yield line, literal, list(around), member
            continue
        i += 1


def is_shown(literal, around, member):
    bare = NO_WORDS.sub("", literal)
    if member in SHOWN_MEMBERS or (around and around[-1] in SHOWN_ARGUMENTS):
        return re.search(r"[A-Za-z]{2,}", bare) and not ACTION.match(literal)
    return re.search(r"[A-Za-z]{2,} +[a-z(]", bare) or re.match(r"[A-Z][a-z]{3,}", bare)


def find_in_source(text):
    for line, literal, around, member in list_literals(text):
        if not MARKING.intersection(around) and not UNSEEN.intersection(around) \
                and is_shown(literal, around, member):
            yield line, literal


def find_in_definition(path):
    for element in ElementTree.parse(path).iter("property"):
        if element.get("name") in ("label", "title", "subtitle", "tooltip-text", "text") \
                and element.get("translatable") is None and re.search(r"[A-Za-z]{2}", element.text or ""):
            yield 1, element.text


def main():
    used = set()
    for path in sys.argv[1:]:
        if path.endswith(".ui"):
            found = find_in_definition(path)
        else:
            with open(path, encoding="utf-8") as file:
                found = list(find_in_source(file.read()))
        for line, literal in found:
            reasons = {entry for entry in ALLOWED if re.fullmatch(entry[0], path)
                       and re.fullmatch(entry[1], literal, re.DOTALL)}
            used |= reasons
            if not reasons:
                print("%s:%d: %s" % (path, line, literal))
    for entry in ALLOWED:
        if len(sys.argv) > 2 and entry not in used:
            print("nothing is left of what is allowed: %s in %s" % (entry[1], entry[0]))


main()
