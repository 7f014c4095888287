#!/bin/sh
# Unpacks programs of another Debian suite, with all that they need, into a folder of their own. Nothing of this machine is changed.
#   suite.sh SUITE FOLDER PACKAGE…      then FOLDER/run nft … runs one of /usr/sbin with its own libraries
set -eu
suite=$1
folder=$2
shift 2
[ ! -e "$folder/ready" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/root"
: >"$folder/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian $suite main" >"$folder/sources"
apt() {
  apt-get -qq -o "Dir::Etc::SourceList=$folder/sources" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$folder/lists" \
    -o "Dir::State::Status=$folder/status" -o "Dir::Cache=$folder/cache" -o Acquire::Languages=none -o APT::Install-Recommends=false \
    -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Debug::NoLocking=true "$@" </dev/null
}
apt update
apt install --download-only --yes "$@" >/dev/null
for package in "$folder"/cache/archives/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
rm -rf "$folder/lists" "$folder/cache"
cd "$folder/root"
libraries=''
for place in lib/*-linux-gnu usr/lib/*-linux-gnu; do [ ! -d "$place" ] || libraries=$libraries:\$root/$place; done
for loader in lib/*-linux-gnu/ld-*.so* usr/lib/*-linux-gnu/ld-*.so*; do [ ! -f "$loader" ] || break; done
{
  echo '#!/bin/sh'
  # shellcheck disable=SC2016 # expanded when it runs
  echo 'root=${0%/*}/root program=$1' # its own libraries, whatever this machine has
  echo 'shift'
  echo "exec \"\$root/$loader\" --library-path \"${libraries#:}\" \"\$root/usr/sbin/\$program\" \"\$@\""
} >"$folder/run"
chmod 755 "$folder/run"
: >"$folder/ready"
