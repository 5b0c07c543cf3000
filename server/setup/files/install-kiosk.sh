#!/bin/sh
# Makes this device a kiosk of {{ address }}. Run it on the device itself, as root, from the folder that
# "sayso setup kiosk" wrote. Debian 12 or later without a desktop; it takes cage and Chromium from Debian.
set -eu
cd "$(dirname "$0")"
[ "$(id -u)" = 0 ] || { echo "install-kiosk.sh: this must run as root." >&2; exit 1; }
apt-get update
# libpam-systemd gives cage the screen and the touches, libgl1-mesa-dri draws on it; without xwayland cage does not start.
apt-get install -y --no-install-recommends cage chromium fonts-noto-core dbus libgl1-mesa-dri libpam-systemd xwayland
id {{ user }} >/dev/null 2>&1 || useradd --system --home-dir /run/sayso-kiosk --no-create-home \
    --shell /usr/sbin/nologin --groups video,render,input,audio {{ user }}
install -D -m 0644 sayso-kiosk.json /etc/chromium/policies/managed/sayso-kiosk.json
install -D -m 0644 kiosk-keys /etc/xkb/symbols/sayso-kiosk
install -D -m 0644 kiosk-rules /etc/xkb/rules/sayso-kiosk
# The kiosk's key is in it: nobody else may read it.
install -D -m 0400 -o {{ user }} start.html {{ start }}
install -m 0644 sayso-kiosk.service /etc/systemd/system/sayso-kiosk.service
# No text console by keys, no restart by Ctrl-Alt-Del, no commands to the kernel by keys.
mkdir -p /etc/systemd/logind.conf.d
printf '[Login]\nNAutoVTs=0\nReserveVT=0\n' >/etc/systemd/logind.conf.d/sayso-kiosk.conf
printf 'kernel.sysrq = 0\n' >/etc/sysctl.d/60-sayso-kiosk.conf
systemctl mask ctrl-alt-del.target
systemctl set-default graphical.target
systemctl daemon-reload
systemctl enable sayso-kiosk.service
echo "Ready. Delete this folder, for the kiosk's key is in it, then: reboot"
