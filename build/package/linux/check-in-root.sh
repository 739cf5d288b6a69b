#!/bin/sh
# Installs a deb in a root folder, runs the checks of the installed program without a network, and takes it out again.
# Runs in a mount namespace of its own, so that nothing stays mounted.
set -eu
root=$1
deb=$2
for name in proc sys dev; do mount --rbind "/$name" "$root/$name"; done
export DEBIAN_FRONTEND=noninteractive
in_root() { env PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@"; }
cp "$deb" "$root/aloud.deb"
in_root apt-get update -qq
in_root apt-get install -y -qq --no-install-recommends /aloud.deb
rm "$root/aloud.deb"
code=0
ALOUD_INSTALLED_ROOT=$root unshare --net \
  sh -c 'ip link set lo up && exec npx --no-install playwright test -c e2e/installed' || code=$?
in_root apt-get purge -y -qq aloud
test ! -e "$root/opt/aloud" || { echo "Files were left behind in /opt/aloud." >&2; code=1; }
exit "$code"
