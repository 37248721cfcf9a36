#!/bin/sh
# stand-in-runtime.sh - a runtime and an SDK of Debian packages, under the names of GNOME's
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: stand-in-runtime.sh FOLDER RUNTIME SDK BRANCH PACKAGE...
#
# Makes the Flatpak installation FOLDER (an absolute path), which holds a RUNTIME with what the app
# needs to run, and an SDK with the PACKAGEs that a build needs as well. They stand in for GNOME's in
# ./dev flatpak alone: their GTK is older, and nothing made with them is to be given away.
#
# The packages come from where this machine's apt gets its own. For root, or with user namespaces.

set -eu
folder=$1
platform=$2
sdk=$3
branch=$4
shift 4
arch=$(flatpak --default-arch)

# What the GNOME runtime has of what the app uses, and what no desktop program does without. Never
# OpenBLAS: the app brings its own.
run_time='libgtk-4-1 libgtk-4-bin libadwaita-1-0 libjson-glib-1.0-0 libarchive13 librsvg2-common
  adwaita-icon-theme hicolor-icon-theme fonts-cantarell fonts-dejavu-core fontconfig
  gsettings-desktop-schemas dconf-gsettings-backend shared-mime-info desktop-file-utils xkb-data
  libglib2.0-bin gstreamer1.0-plugins-base gstreamer1.0-plugins-good ca-certificates'
# appstream-util brings the program with which flatpak-builder reads the metainfo.
build_time="$* appstream appstream-util"

rm -rf -- "$folder"
mkdir -p -- "$folder/tree/platform/usr/etc" "$folder/tree/sdk/usr/etc"
cd -- "$folder/tree"

# Of this machine's package sources those of the distribution itself, security updates included.
. /etc/os-release
origin=$(printf %s "$ID" | cut -c 1 | tr '[:lower:]' '[:upper:]')$(printf %s "$ID" | cut -c 2-)
apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
  'Created-By: Packages' "Origin: $origin" | sort -u >sources
[ -s sources ] || { echo "apt knows no package source of $origin" >&2; exit 1; }

# One tree for both: it is taken as the runtime before the SDK's packages go in. apt runs inside the
# tree, so that nothing can reach the machine's own packages.
export build_time
set --
proxy=$(apt-config shell value Acquire::http::Proxy)
[ -z "$proxy" ] || { eval "$proxy"; set -- --aptopt="Acquire::http::Proxy \"$value\""; }
mmdebstrap --mode=auto --variant=apt --format=null \
  --include="$(echo $run_time | tr ' ' ,)" "$@" \
  --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --customize-hook='sync-out /usr platform/usr' --customize-hook='sync-out /etc platform/usr/etc' \
  --customize-hook='chroot "$1" apt-get install -y $build_time' \
  --customize-hook='sync-out /usr sdk/usr' --customize-hook='sync-out /etc sdk/usr/etc' \
  '' /dev/null - <sources

# export_as TREE NAME: the tree as a runtime of that name. Flatpak shows its usr as /usr, and links from
# /etc into its usr/etc.
export_as ()
{
  tree=$1
  name=$2
  find "$tree" -perm /6000 -type f -exec chmod ug-s {} +
  (cd "$tree/usr/etc" && rm -rf resolv.conf hostname machine-id mtab .pwd.lock shadow* gshadow* apt)
  mkdir "$tree/files" "$tree/export"
  cat >"$tree/metadata" <<METADATA
[Runtime]
name=$name
runtime=$platform/$arch/$branch
sdk=$sdk/$arch/$branch

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share
METADATA
  flatpak build-export --runtime --no-update-summary --disable-fsync repository "$tree" "$branch"
  rm -rf -- "$tree"
}
export_as platform "$platform"
export_as sdk "$sdk"
flatpak build-update-repo repository

export FLATPAK_USER_DIR="$folder"
flatpak --user remote-add --no-gpg-verify stand-in "file://$folder/tree/repository"
flatpak --user install -y --noninteractive stand-in "$platform//$branch" "$sdk//$branch"
cd -- "$folder"
rm -rf -- tree
