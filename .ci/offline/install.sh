#!/usr/bin/env bash
# Installs Sayso from this folder, without internet: Debian packages, then Sayso itself into /opt/sayso/VERSION with the
# command /usr/local/bin/sayso. Run it again with the bundle of a newer version to bring Sayso up to date.
# It makes no data folder and starts nothing; neither does it touch what is there: see README beside it.
set -euo pipefail
cd "$(dirname "$0")"
stop() { echo "install.sh: $*" >&2; exit 1; }

[[ $(id -u) == 0 ]] || stop "this must run as root: sudo ./install.sh"
suite=$(<suite) version=$(<version)
. /etc/os-release
[[ ${VERSION_CODENAME:-} == "$suite" ]] || stop "this bundle is for Debian $suite, but this machine has ${PRETTY_NAME:-another system}."
sha256sum --quiet --check SHA256SUMS || stop "the bundle is damaged: copy it again."

echo "Installing Debian packages"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/archives/partial"
# apt reads as its own user _apt, who must see the folder; a copy in a place that is open to it costs no question.
chmod -R a+rX "$work"
cp -r debs "$work/debs"
chmod -R a+rX "$work/debs"
echo "deb [trusted=yes] file:$work/debs ./" >"$work/sources.list"
here=(-o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$work/lists"
    -o "Dir::Cache::Archives=$work/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
mapfile -t packages <packages.txt
apt-get "${here[@]}" -qq update
DEBIAN_FRONTEND=noninteractive apt-get "${here[@]}" -y -qq --no-install-recommends install "${packages[@]}" >"$work/log" 2>&1 \
    || { tail -20 "$work/log" >&2; stop "the Debian packages could not be installed; apt's last words are above."; }

folder=/opt/sayso/$version
echo "Installing Sayso $version into $folder"
python3 -m venv --clear "$folder"
pip=("$folder/bin/python" -m pip --isolated install --quiet --disable-pip-version-check --no-index --find-links wheels)
"${pip[@]}" --require-hashes -r requirements.txt
"${pip[@]}" --require-hashes --no-deps -r requirements-writing.txt
"${pip[@]}" --no-deps wheels/sayso-"$version"-*.whl
ln -sfn "$folder/bin/sayso" /usr/local/bin/sayso
echo "Installed: $(/usr/local/bin/sayso --version)."
if [[ -e /etc/systemd/system/sayso.service ]]; then
    echo "Next: README, 'A newer version'."
else
    echo "Next: sayso setup"
fi
