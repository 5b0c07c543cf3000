#!/bin/sh
# Makes this device a kiosk of {{ address }}. Run it on the device itself, as root, from the folder that
# "sayso setup kiosk" wrote. Debian 12 or later without a desktop; it takes cage and Chromium from Debian.
set -eu
cd "$(dirname "$0")"
apt-get install -y --no-install-recommends cage chromium fonts-noto-core
id {{ user }} >/dev/null 2>&1 || useradd --system --shell /usr/sbin/nologin --groups video,render,input,audio {{ user }}
install -D -m 0644 sayso-kiosk.json /etc/chromium/policies/managed/sayso-kiosk.json
# The kiosk's key is in it: nobody else may read it.
install -D -m 0400 -o {{ user }} start.html {{ start }}
install -m 0644 sayso-kiosk.service /etc/systemd/system/sayso-kiosk.service
# No text console by keys, no restart by Ctrl-Alt-Del.
mkdir -p /etc/systemd/logind.conf.d
printf '[Login]\nNAutoVTs=0\nReserveVT=0\n' >/etc/systemd/logind.conf.d/sayso-kiosk.conf
systemctl mask ctrl-alt-del.target
systemctl set-default graphical.target
systemctl daemon-reload
systemctl enable sayso-kiosk.service
echo "Ready. Delete this folder, for the kiosk's key is in it, then: reboot"
