#!/bin/sh
# Copies what Java and the image's health check need from a Debian or Ubuntu: glibc, bash, their licences, and the entries of
# the package database from which scanners read their versions. infra/Dockerfile runs it; the image has nothing else of the system.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: infra/system-files.sh <directory>" >&2
  exit 2
fi
if ! command -v dpkg >/dev/null; then
  echo "infra/system-files.sh: BASE is neither Debian nor Ubuntu. Name an image with glibc and bash in --build-arg SYSTEM=…" >&2
  exit 1
fi
to=$1
packages='base-files bash libc6 libtinfo6'
mkdir -p "$to"

{
  # /bin, /lib and others are links to /usr. The packages name files under either path.
  for link in /bin /sbin /lib /lib64; do
    if [ -L "$link" ]; then echo "$link"; fi
  done
  # Java converts character sets itself, and has its own time zones and certificates.
  # shellcheck disable=SC2086
  dpkg -L $packages | sed -E 's,^/(bin|sbin|lib|lib64)(/|$),/usr/\1\2,' |
    grep -vE '^/\.$|/gconv(/|$)|^/usr/share/(man|locale|lintian|info|menu)(/|$)' |
    grep -vE '^/usr/share/doc/[^/]+/' || true
  # shellcheck disable=SC2086
  for package in $packages; do echo "/usr/share/doc/$package/copyright"; done
  echo /etc/nsswitch.conf
} | sort -u | while read -r path; do
  if [ -e "$path" ] || [ -L "$path" ]; then echo "${path#/}"; fi
done >"$to.list"
tar -C / --create --no-recursion --files-from "$to.list" | tar -C "$to" --extract
rm "$to.list"

# The worker's user. It has no home: whatever it writes is in /tmp.
printf '%s\n' 'root:x:0:0:root:/root:/usr/sbin/nologin' 'attache:x:10001:10001:Attaché:/tmp:/usr/sbin/nologin' >"$to/etc/passwd"
printf '%s\n' 'root:x:0:' 'attache:x:10001:' >"$to/etc/group"
mkdir -p "$to/tmp" "$to/var/lib/dpkg"
chmod 1777 "$to/tmp"
# shellcheck disable=SC2086
dpkg-query --status $packages >"$to/var/lib/dpkg/status"
