#!/bin/sh
# test-dev.sh - the ./dev command, on a copy of it among stand-ins for Meson, apt and the programs
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -u
cd -- "$(dirname -- "$0")/.." || exit 1
. tests/tap.sh

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
unset CI GROKSCOPE_BUILD DISPLAY WAYLAND_DISPLAY CC

# A tree with a space in its path, and a PATH that holds nothing but what is put there.
tree="$scratch/a tree"
bin=$scratch/bin
calls=$scratch/calls
mkdir -p "$tree/tests" "$bin" "$scratch/home"
cp dev "$tree/dev"
cp tests/count-results.py "$tree/tests"
for tool in sh cat cp dirname env grep ls mkdir rm sed tail; do
  ln -s "$(command -v "$tool")" "$bin/$tool"
done

stand_in () # stand_in NAME: a program from standard input
{
  { echo '#!/bin/sh'; cat; } >"$bin/$1"
  chmod +x "$bin/$1"
}
for program in cc ninja msgfmt xgettext Xvfb dbus-run-session desktop-file-validate pdffonts pdfinfo \
  pdftoppm rsvg-convert localedef msgen msgfilter appstreamcli update-mime-database; do
  echo 'exit 0' | stand_in "$program"
done
echo "PATH='$PATH' exec python3 \"\$@\"" | stand_in python3
echo 'exit 1' | stand_in setarch
echo 'echo machine' | stand_in uname
echo 'echo "${FAKE_UID:-1000}"' | stand_in id
stand_in pkg-config <<'PKG_CONFIG'
case "$*" in *gtk4*) [ "${FAKE_GTK-found}" = found ] || exit 1 ;; esac
[ "${FAKE_LIBRARIES-found}" = found ]
PKG_CONFIG

# Meson: makes a folder with a command-line tool in it, and "tests" by copying a prepared log.
stand_in meson <<'MESON'
echo "meson $*" >>"$CALLS"
case $1 in
  setup)
    mkdir -p "$2/meson-private" "$2/src/cli" "$2/meson-logs"
    : >"$2/build.ninja"
    cp "$CLI" "$2/src/cli/grokscope-cli"
    case "$*" in *"${FAKE_BROKEN:-nothing is broken}"*) echo "broken build" >&2; exit 1 ;; esac
    ;;
  test) cp "$FAKE_LOG" "$3/meson-logs/testlog.json" ;;
esac
MESON

# The command-line tool: notes how it was called; "trains" up to step FAKE_STEP of 20.
cat >"$scratch/cli" <<'CLI'
#!/bin/sh
echo "cli $*" >>"$CALLS"
[ "$1" = figures ] && exit "${FAKE_FIGURES:-0}"
[ "$1" = train ] || exit 0
for out; do :; done
mkdir -p "$out"
echo '{ "warmup_steps" : 7, "steps" : 20, "record_every" : 5 }' >"$out/config.json"
printf 'step,train_loss\n0,3.5\n%s,1.5\n' "${FAKE_STEP:-20}" >"$out/metrics.csv"
exit "${FAKE_STATUS:-0}"
CLI
chmod +x "$scratch/cli"

# dev [NAME=VALUE...] ARGUMENT...: runs the copy from another folder with standard input closed;
# leaves $status, $calls and the files out and err.
dev ()
{
  rm -f "$calls"
  : >"$calls"
  status=0
  (
    cd "$scratch" || exit 99
    while :; do
      case ${1-} in
        [A-Z]*=*) export "${1?}"; shift ;;
        *) break ;;
      esac
    done
    export PATH="$bin" CALLS="$calls" CLI="$scratch/cli" XDG_DATA_HOME="$scratch/home"
    "$tree/dev" "$@" <&-
  ) >"$scratch/out" 2>"$scratch/err" || status=$?
}
is () # is EXPECTED FOUND
{
  [ "$1" = "$2" ] && return 0
  printf 'expected: %s\nfound:    %s\n' "$1" "$2"
  cat "$scratch/out" "$scratch/err"
  return 1
}
holds () # holds FILE TEXT
{
  grep -qF -- "$2" "$1" && return 0
  echo "not found: $2"
  cat "$1"
  return 1
}
last_line () { tail -n 1 "$scratch/out"; }
called () { grep "^$1" "$calls"; }

# --- syntax -----------------------------------------------------------------------------------

for script in dev .ci/run tests/*.sh flatpak/*.sh; do
  check "$script is POSIX shell" sh -n "$script"
done

# --- help and usage ---------------------------------------------------------------------------

dev help
check 'help succeeds' is 0 "$status"
for command in run test bench screenshots flatpak build clean help; do
  check "help names $command" holds "$scratch/out" "  $command "
done
dev frobnicate
check 'an unknown command is a usage error' is 2 "$status"
check 'and is named on standard error' holds "$scratch/err" 'unknown command frobnicate'
check 'with the usage' holds "$scratch/err" 'Usage: ./dev'
check 'and nothing on standard output' [ ! -s "$scratch/out" ]
dev
check 'no command is a usage error' is 2 "$status"
dev test --frobnicate
check 'an unknown argument of test is a usage error' is 2 "$status"
dev clean build
check 'clean takes no argument' is 2 "$status"

# --- build and clean --------------------------------------------------------------------------

dev build
check 'build succeeds from another folder, in a path with a space' is 0 "$status"
check 'and builds in build/' [ -f "$tree/build/build.ninja" ]
dev build
check 'a second build says nothing' is 0: "$status:$(cat "$scratch/out" "$scratch/err")"
check 'and does not configure again' is '' "$(called 'meson setup')"
mv "$tree" "$scratch/moved tree"
tree="$scratch/moved tree"
dev build
check 'a moved tree is configured again' [ -n "$(called 'meson setup')" ]
dev FAKE_BROKEN=setup GROKSCOPE_BUILD="$scratch/broken" build
check 'a build that fails is a failure' is 1 "$status"
check 'and its log is shown' holds "$scratch/err" 'broken build'

mkdir "$scratch/foreign"
: >"$scratch/foreign/precious"
dev GROKSCOPE_BUILD="$scratch/foreign" build
check 'a folder with other files is not built in' is 1 "$status"
dev GROKSCOPE_BUILD="$scratch/foreign" clean
check 'nor cleaned' is 0:yes "$status:$([ -e "$scratch/foreign/precious" ] && echo yes)"
dev GROKSCOPE_BUILD=relative build
check 'a relative build folder is below the caller'\''s folder' [ -f "$scratch/relative/build.ninja" ]
dev GROKSCOPE_BUILD="$scratch/other build" build
check 'GROKSCOPE_BUILD names the build folder' [ -f "$scratch/other build/build.ninja" ]
dev clean
check 'clean removes build/' [ ! -e "$tree/build" ]

# --- run and bench ----------------------------------------------------------------------------

runs=$scratch/home/grokscope/runs
dev FAKE_STEP=15 run --threads 1
check 'run trains the preset quick' \
  is "cli train --preset quick --threads 1 $runs/quick-1" "$(called 'cli train')"
check 'and draws nothing of an unfinished run' is '' "$(called 'cli figures')"
dev FAKE_STEP=20 run --threads 1
check 'a second run goes on with it' is "cli train --resume --threads 1 $runs/quick-1" "$(called 'cli train')"
check 'and draws the figures of the finished run' \
  is "cli figures $runs/quick-1 $runs/quick-1/figures" "$(called 'cli figures')"
check 'which is a success' is 0 "$status"
dev FAKE_STEP=15 run
check 'a finished run is left alone' is "cli train --preset quick $runs/quick-2" "$(called 'cli train')"
dev run --set seed=2
check 'a recipe of its own gets a run of its own' \
  is "cli train --preset quick --set seed=2 $runs/quick-3" "$(called 'cli train')"
dev run --preset memorise
check 'another preset names the run' is "cli train --preset memorise $runs/memorise-1" "$(called 'cli train')"
dev FAKE_STATUS=1 run --preset=deep
check 'a failed training is a failure' is 1 "$status"
check 'and draws nothing' is '' "$(called 'cli figures')"
dev FAKE_FIGURES=1 run --preset deep --set seed=3
check 'figures that cannot be drawn are a failure' is 1 "$status"
mkdir -p "$tree/build/src/app"
printf '#!/bin/sh\necho the app\n' >"$tree/build/src/app/grokscope"
chmod +x "$tree/build/src/app/grokscope"
dev DISPLAY=:9 run
check 'where there is an app and a display, run opens it' is 'the app' "$(last_line)"
dev run
check 'without a display it trains' is "cli train --resume $runs/quick-2" "$(called 'cli train')"
rm -r "$tree/build/src/app"
dev bench --json
check 'bench passes its arguments on' is 'cli bench --json' "$(called cli)"
dev bench --app
check 'bench --app needs the app' is 1 "$status"
dev screenshots
check 'so do screenshots' is 1 "$status"
check 'which is said' holds "$scratch/err" 'the app was not built'

# --- test -------------------------------------------------------------------------------------

record () { printf '{"name": "%s", "result": "%s", "stdout": "%s", "stderr": "%s", "command": ["%s"]}\n' \
  "$1" "$2" "$3" "${4-}" "$1"; }
good=$scratch/good.json
bad=$scratch/bad.json
record one OK 'TAP version 13\n1..2\nok 1 /a\nok 2 /b\n# not ok\n' >"$good"
record two OK '' >>"$good"
cp "$good" "$bad"
{
  record three FAIL 'ok 1 /a\n# 2 is not 3\nnot ok 2 /b\n'
  record four TIMEOUT 'ok 1 /a\n'
  record five ERROR '' 'five fell over'
  record six OK 'ok 1 /a # SKIP why\n'
} >>"$bad"

dev FAKE_LOG="$good" test
check 'test counts what passed' is '0:3 passed, 0 failed' "$status:$(last_line)"
check 'and runs one build' is 1 "$(called 'meson test' | grep -c .)"
dev FAKE_LOG="$bad" test
check 'test counts failures, time-outs, crashes and skips' \
  is '1:5 passed, 3 failed, 1 skipped' "$status:$(last_line)"
: >"$scratch/none.json"
check 'and shows what a failed program printed' holds "$scratch/out" '# 2 is not 3'
check 'on standard error too' holds "$scratch/out" 'five fell over'
dev FAKE_LOG="$scratch/none.json" test
check 'no test at all is a failure' is '1:0 passed, 1 failed' "$status:$(last_line)"
dev FAKE_LOG="$good" test --sanitize
check 'test --sanitize runs three builds' is '0:9 passed, 0 failed' "$status:$(last_line)"
check 'one with AddressSanitizer and UBSan' holds "$calls" '-Db_sanitize=address,undefined'
check 'one with ThreadSanitizer' holds "$calls" '-Db_sanitize=thread'
check 'both without the app' is 2 "$(called 'meson setup' | grep -c -e '-Dapp=disabled')"
dev clean
dev FAKE_LOG="$good" CI=true FAKE_BROKEN=b_sanitize=thread test
check 'CI does the same, and a build that fails counts as a failure' \
  is '1:6 passed, 1 failed' "$status:$(last_line)"
dev clean
check 'clean removes all of them' is "$tree/build*" "$(echo "$tree"/build*)"

# --- missing packages -------------------------------------------------------------------------

dev FAKE_LIBRARIES=missing build
check 'without apt, what is missing stops the build' is 1 "$status"
check 'each library is named with its version' holds "$scratch/err" 'glib-2.0 2.74 or newer'
check 'with the names other systems use' holds "$scratch/err" 'Fedora:'
dev build
check 'without apt, a system that has everything builds' is 0 "$status"
dev FAKE_GTK=missing build
check 'without GTK the command line is built' is 0 "$status"
check 'and what the app lacks is said' holds "$scratch/err" 'gtk4 4.8 or newer'

echo 'case $4 in gcc | meson) echo installed ;; *) exit 1 ;; esac' | stand_in dpkg-query
echo 'echo "apt-get $*" >>"$CALLS"' | stand_in apt-get
dev FAKE_LIBRARIES=missing build
check 'without root or sudo, missing packages stop the build' is 1 "$status"
check 'and the exact command is shown' \
  holds "$scratch/err" '  apt-get install -y --no-install-recommends libc6-dev ninja-build'
check 'and nothing was installed' is '' "$(called apt-get)"
dev FAKE_GTK=missing build
check 'but without GTK alone they do not' is '0:' "$status:$(called apt-get)"
dev FAKE_GTK=missing FAKE_UID=0 build
check 'root gets the app' is 1 "$(called 'apt-get install' | grep -c libadwaita-1-dev)"
dev FAKE_LIBRARIES=missing FAKE_UID=0 build
check 'root fetches the lists once' is 'apt-get -qq update' "$(called 'apt-get.*update')"
check 'and installs only what is missing' \
  is 1:0 "$(called 'apt-get install' | grep -c libopenblas-dev):$(called 'apt-get install' | grep -cw gcc)"
check 'what is still missing afterwards is named' holds "$scratch/err" 'openblas 0.3.13 or newer'
dev FAKE_UID=0 build
check 'where everything is there, apt is not asked' is 0: "$status:$(called apt-get)"
printf '[ "$1" = -n ] && [ "$2" = true ] && exit 0\necho "sudo $*" >>"$CALLS"\n"$@"\n' | stand_in sudo
dev FAKE_LIBRARIES=missing build
check 'sudo is used where it asks no question' holds "$calls" \
  'sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y'

# --- flatpak ----------------------------------------------------------------------------------

mkdir "$tree/flatpak"
echo 'echo "try $*" >>"$CALLS"; exit "${FAKE_STATUS:-0}"' >"$tree/flatpak/try.sh"
dev FAKE_UID=0 flatpak
check 'flatpak asks for its own packages' is 1 "$(called 'apt-get install' | grep -cw flatpak-builder)"
check 'and for none of the build, which its sandbox has' \
  is 0 "$(called 'apt-get install' | grep -cw libgtk-4-dev)"
check 'what is still missing stops it' is 1: "$status:$(called try)"
for program in flatpak flatpak-builder bwrap eu-strip mmdebstrap flock xvfb-run xdotool; do
  echo 'exit 0' | stand_in "$program"
done
dev XDG_DATA_DIRS="$scratch/share" FAKE_UID=0 flatpak
check 'the portal is asked for too' \
  is 1:1 "$status:$(called 'apt-get install' | grep -cw xdg-desktop-portal-gtk)"
mkdir -p "$scratch/share/dbus-1/services"
: >"$scratch/share/dbus-1/services/org.freedesktop.impl.portal.desktop.gtk.service"
export XDG_DATA_DIRS="$scratch/share"
dev FAKE_LIBRARIES=missing flatpak
check 'where all of them are, it is tried' is 0: "$status:$(called apt-get)"
check 'with the packages of the build' is 1 "$(called 'try gcc .* libgtk-4-dev ' | grep -c .)"
dev FAKE_STATUS=1 flatpak
check 'and its failure is that of the command' is 1 "$status"
rm "$bin/apt-get"
dev flatpak
check 'without apt there is no runtime for it' is 1: "$status:$(called try)"

# --- counts -----------------------------------------------------------------------------------

# counted OPTION TEXT...: the status and the last line of count-results.py with files of these texts.
counted ()
{
  option=$1
  shift
  number=0
  for text; do
    shift
    number=$((number + 1))
    printf "$text" >"$scratch/counted-$number"
    set -- "$@" "$scratch/counted-$number"
  done
  status=0
  python3 tests/count-results.py "$option" "$@" >"$scratch/out" || status=$?
  echo "$status:$(last_line)"
}
check 'TAP is counted' is '1:1 passed, 1 failed' "$(counted --tap 'ok 1 - a\nnot ok 2 - b\n1..2\n')"
check 'TAP that stops early is a failure' is '1:1 passed, 1 failed' "$(counted --tap 'ok 1 - a\n')"
check 'TAP that lacks a test is a failure' is '1:1 passed, 1 failed' "$(counted --tap '1..2\nok 1 - a\n')"
check 'no TAP is a failure' is '1:0 passed, 1 failed' "$(counted --tap '')"
check 'TAP that skips everything is not' \
  is '0:0 passed, 0 failed, 1 skipped' "$(counted --tap '1..0 # SKIP why\n')"
check 'counts are added up' is '0:5 passed, 0 failed, 3 skipped' \
  "$(counted --total 'x\n2 passed, 0 failed, 2 skipped\n' '3 passed, 0 failed, 1 skipped\n')"
check 'one failure is enough' is '1:5 passed, 1 failed' \
  "$(counted --total '2 passed, 1 failed\n' '3 passed, 0 failed\n')"
check 'a command without a count failed' is '1:2 passed, 1 failed' \
  "$(counted --total '2 passed, 0 failed\n' '3 passed, 0 failed\nand fell over\n')"

# --- continuous integration -------------------------------------------------------------------

for tool in mktemp tee; do ln -s "$(command -v "$tool")" "$bin/$tool"; done
mkdir "$tree/.ci"
cp .ci/run "$tree/.ci"
cat >"$tree/dev" <<'DEV'
#!/bin/sh
echo "$1 $CI"
[ "$1" != "$FAKE_BROKEN" ] || exit 1
echo '4 passed, 0 failed'
DEV
# ci [NAME]: runs it with a ./dev of which the command NAME breaks.
ci () { PATH=$bin FAKE_BROKEN=${1-} "$tree/.ci/run" >"$scratch/out" 2>"$scratch/err"; }
ci
check 'CI succeeds' is 0 $?
check 'it runs all tests' holds "$scratch/out" 'test true'
check 'and the Flatpak' holds "$scratch/out" 'flatpak true'
check 'its last line counts both' is '8 passed, 0 failed' "$(last_line)"
ci flatpak
check 'it fails with the Flatpak' is 1 $?
check 'and says so' is '4 passed, 1 failed' "$(last_line)"
ci test
check 'and with the tests' is 1 $?

finish
