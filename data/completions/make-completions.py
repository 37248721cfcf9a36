# make-completions.py - what shells complete after grokscope-cli, from what its --help says
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: make-completions.py GROKSCOPE_CLI bash|zsh|fish
#
# Made while building, so that no command or option is forgotten. Python's standard library only.

import json
import os
import re
import subprocess
import sys

NAME = "grokscope-cli"


class Option:
    def __init__(self, short, name, argument, help_text):
        self.short = short
        self.name = name
        self.argument = argument  # None: it takes none
        self.help = help_text
        self.words = []           # to choose from
        self.files = False        # or paths


class Command:
    def __init__(self, path, help_text):
        self.path = path  # ("train",), ("sweep", "run")
        self.help = help_text
        self.options = []
        self.words = []   # its arguments, where they are not paths
        self.subcommands = []

    def name(self):
        return " ".join(self.path)


def ask(*arguments):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    return subprocess.run([sys.argv[1], *arguments], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, encoding="utf-8",
                          env=environment).stdout


def first_words(text, heading):
    """The first words of the lines after the one that begins with @heading, up to an empty one."""
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith(heading)), None)
    words = []
    for line in lines[start + 1:] if start is not None else []:
        if not line.strip():
            break
        found = re.match(r"  (\S+)", line)
        if found:
            words.append(found.group(1))
    return words


def read_options(text):
    options = []
    for line in text.split("\n"):
        found = re.match(r"  (?:-(\w), )?--([a-z][a-z-]*)(?:=(.*?))?(?:\s{2,}(.*))?$", line)
        if found:
            options.append(Option(*found.groups()))
    return options


def read_commands():
    lists = {
        "preset": [preset["name"] for preset in json.loads(ask("presets", "--json"))],
        "figure": first_words(ask("figures", "--help"), "Figures ("),
        "recipe": first_words(ask("figures", "--help"), "Recipes") + ["all"],
        "width": first_words(ask("figures", "--help"), "Widths"),
        "what": first_words(ask("analyse", "--help"), "Kinds"),
        "on": ["id_train", "id_test", "ood_train", "ood_test"],
    }
    keys = [key + "=" for key in first_words(ask("train", "--help"), "Keys")]
    commands = []
    for line in ask("--help").split("Commands:\n")[1].split("\n\n")[0].split("\n"):
        name, help_text = line.split(None, 1)
        commands.append(Command((name,), help_text))
    for command in list(commands):
        text = ask(*command.path, "--help")
        command.options = read_options(text)
        nested = re.search(r"\] ((?:[a-z]+\|)+[a-z]+) …", text)
        for name in nested.group(1).split("|") if nested else []:
            line = re.search(r"\n  %s (?:\[?[A-Z]+\]? )+ *(.*)" % name, text)
            child = Command(command.path + (name,), line.group(1))
            child.options = read_options(ask(*child.path, "--help"))
            command.subcommands.append(child)
            commands.append(child)
    for command in commands:
        for option in command.options:
            add_values(option, lists, keys)
        if command.path == ("presets",):
            command.words = lists["preset"]
    return commands


def add_values(option, lists, keys):
    argument = option.argument or ""
    if argument == "KEY=VALUE":
        option.words = keys
    elif option.name in lists and argument:
        option.words = lists[option.name]
    elif re.search(r"[|,]", argument):
        option.words = [word for word in re.split(r"[|, ]+", argument)
                        if re.fullmatch(r"[a-z][a-z_]*", word)]
    option.files = not option.words and re.search(r"FILE|DIR|FOLDER", argument) is not None


def is_list(option):
    """Whether it takes several words with commas between them."""
    return option.argument is not None and re.fullmatch(r"[a-z]+(,[a-z]+)+", option.argument)


# bash

BASH = """\
# grokscope-cli - what bash completes after it
#
# SPDX-License-Identifier: GPL-3.0-or-later

_grokscope_cli ()
{
  local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
  local command=${COMP_WORDS[1]} words= files= space=1 prefix= options= arguments= i

  # bash takes --option=value apart
  if [ "$option" = = ]; then
    option=${COMP_WORDS[COMP_CWORD - 2]}
  elif [ "$cur" = = ]; then
    cur=
  fi
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '@COMMANDS@ --help --version' -- "$cur"))
    return
  fi
  case $command in
@NESTED@  esac
  case $command in
@OPTIONS@  esac
  case $command:$option in
@VALUES@    *)
      case $cur in
        -*) words=$options ;;
        *) words=$arguments files=1 ;;
      esac ;;
  esac
  if [ -n "$words" ]; then
    for i in $(compgen -W "$words" -- "$cur"); do COMPREPLY+=("$prefix$i"); done
  elif [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
  fi
  [ -n "$space" ] || compopt -o nospace 2>/dev/null
} && complete -F _grokscope_cli grokscope-cli
"""


def make_bash(commands):
    top = [command for command in commands if len(command.path) == 1]
    nested, options, values = [], [], []
    for command in commands:
        name = command.name().replace(" ", "-")
        if command.subcommands:
            nested.append("    %s)\n      if [ \"$COMP_CWORD\" -gt 2 ]; then command=%s-${COMP_WORDS[2]}; "
                          "fi ;;\n" % (name, name))
        words = [part for option in command.options
                 for part in (["-" + option.short] if option.short else []) + ["--" + option.name]]
        arguments = command.words + [child.path[-1] for child in command.subcommands]
        options.append("    %s)\n      options='%s'\n      arguments='%s' ;;\n"
                       % (name, " ".join(words), " ".join(arguments)))
        for option in command.options:
            if option.argument is None:
                continue
            names = ["%s:--%s" % (name, option.name)]
            if option.short:
                names.append("%s:-%s" % (name, option.short))
            actions = []
            if option.words:
                actions.append("words='%s'" % " ".join(option.words))
            if option.files:
                actions.append("files=1")
            if option.argument == "KEY=VALUE":
                actions.append("space=")
            if is_list(option):
                actions.append("case $cur in *,*) prefix=${cur%,*}, cur=${cur##*,} ;; esac")
            values.append("    %s) %s ;;\n" % ("|".join(names), "; ".join(actions) or ":"))
    return (BASH.replace("@COMMANDS@", " ".join(command.name() for command in top))
            .replace("@NESTED@", "".join(nested)).replace("@OPTIONS@", "".join(options))
            .replace("@VALUES@", "".join(values)))


# zsh

def zsh_escape(text):
    return re.sub(r"([\[\]:\\])", r"\\\1", text or "").replace("'", "'\\''")


def zsh_function(command):
    return "_grokscope-cli_" + "_".join(command.path)


def zsh_action(words, files):
    if words and all(word.endswith("=") for word in words):
        return "{compadd -S \"\" -- %s}" % " ".join(words)
    if words:
        return "(%s)" % " ".join(words)
    return "_files" if files else " "


def zsh_option(option):
    several = "*" if "several times" in (option.help or "") else ""
    names = "--%s%s" % (option.name, "=" if option.argument is not None else "")
    if option.short:
        short = "-%s%s" % (option.short, "+" if option.argument is not None else "")
        names = "{%s,%s}" % (short, names)
    text = "[%s]" % zsh_escape(option.help)
    if option.argument is not None:
        text += ":%s:%s" % (option.name, zsh_action(option.words, option.files))
    return "%s%s'%s'" % ("\\*" if several else "", names, text)


def make_zsh(commands):
    parts = ["#compdef grokscope-cli\n"
             "# grokscope-cli - what zsh completes after it\n#\n"
             "# SPDX-License-Identifier: GPL-3.0-or-later\n"]
    for command in commands:
        lines = ["    " + zsh_option(option) for option in command.options]
        if command.subcommands:
            lines.append("    '1:command:(%s)'" % " ".join(c.path[-1] for c in command.subcommands))
            lines.append("    '*::arguments: _grokscope-cli_dispatch %s'" % zsh_function(command))
        else:
            lines.append("    '*:argument:%s'" % zsh_action(command.words, True))
        parts.append("\n%s ()\n{\n  _arguments -s -S \\\n%s\n}\n"
                     % (zsh_function(command), " \\\n".join(lines)))
    parts.append("\n# The function of the command that the first word names, whose name begins with "
                 "$1.\n_grokscope-cli_dispatch ()\n{\n"
                 "  local function=${1}_${words[1]}\n"
                 "  (( $+functions[$function] )) && $function\n}\n")
    described = "\n".join("    '%s:%s'" % (command.name(), zsh_escape(command.help))
                          for command in commands if len(command.path) == 1)
    parts.append("\n_grokscope-cli ()\n{\n  local -a commands=(\n%s\n  )\n"
                 "  _arguments '(- *)--help[Show the commands]' '(- *)--version[Show the version]' \\\n"
                 "    '1:command:{_describe command commands}' \\\n"
                 "    '*::arguments: _grokscope-cli_dispatch _grokscope-cli'\n}\n"
                 "\n_grokscope-cli \"$@\"\n" % described)
    return "".join(parts)


# fish

def fish_quote(text):
    return "'%s'" % (text or "").replace("\\", "\\\\").replace("'", "\\'")


def make_fish(commands):
    lines = ["# grokscope-cli - what fish completes after it\n#\n"
             "# SPDX-License-Identifier: GPL-3.0-or-later\n"]
    start = "complete -c " + NAME
    for command in commands:
        seen = "; and ".join("__fish_seen_subcommand_from " + word for word in command.path)
        if len(command.path) == 1:
            before = "__fish_use_subcommand"
        else:
            others = " ".join(other.path[-1] for other in commands
                              if other.path[:-1] == command.path[:-1])
            before = ("__fish_seen_subcommand_from %s; and not __fish_seen_subcommand_from %s"
                      % (command.path[0], others))
        lines.append("%s -n %s -f -a %s -d %s" % (start, fish_quote(before), command.path[-1],
                                                  fish_quote(command.help)))
        if command.words:
            lines.append("%s -n %s -f -a %s" % (start, fish_quote(seen),
                                                fish_quote(" ".join(command.words))))
        for option in command.options:
            line = "%s -n %s -l %s" % (start, fish_quote(seen), option.name)
            if option.short:
                line += " -s " + option.short
            if option.argument is not None:
                line += " -r" if option.files else " -x"
            if option.words:
                line += " -a " + fish_quote(" ".join(option.words))
            lines.append("%s -d %s" % (line, fish_quote(option.help)))
    return "\n".join(lines) + "\n"


MAKERS = {"bash": make_bash, "zsh": make_zsh, "fish": make_fish}
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write(MAKERS[sys.argv[2]](read_commands()))
