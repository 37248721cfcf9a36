# tap.sh - the few lines of TAP that the project's shell tests share
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by tests/test-*.sh. A test program ends with `finish`.

# Messages of the tools used are read by the tests.
export LC_ALL=C
count=0

# check DESCRIPTION COMMAND...: one test, passed if the command succeeds. What the command printed
# is shown if it does not.
check ()
{
  description=$1
  shift
  count=$((count + 1))
  if output=$("$@" 2>&1); then
    echo "ok $count - $description"
  else
    printf '%s\n' "$output" | sed 's/^/# /'
    echo "not ok $count - $description"
  fi
}

finish ()
{
  echo "1..$count"
}

# empty TEXT: succeeds if there is none, shows it otherwise. For checks whose findings are a text.
empty ()
{
  [ -z "$1" ] || { printf '%s\n' "$1"; return 1; }
}

# files [PATH...]: the project's own files (git's where there is a repository, so that build folders
# and editor leftovers do not count), NUL-free names, one a line.
files ()
{
  if [ -e .git ] && command -v git >/dev/null 2>&1; then
    # -c safe.directory: continuous integration often checks out as another user.
    git -c safe.directory='*' ls-files --cached --others --exclude-standard -- "$@"
  else
    find "${@:-.}" \( -name 'build*' -o -name '__pycache__' -o -name '.git' -o -name '.cache' \) \
      -prune -o -type f -print | sed 's|^\./||'
  fi | while read -r file; do
    # Git also lists what was deleted and not committed yet.
    [ ! -f "$file" ] || printf '%s\n' "$file"
  done | sort
}
