# SPDX-License-Identifier: MIT
if (($# != 3)); then
  echo "usage: port-scan HOST FIRST LAST" >&2
  exit 2
fi
nmap -n -Pn -sT -p "$2-$3" -oG - "$1" | tr ' ,' '\n\n' | sed -n 's,^\([0-9]*\)/open/.*,\1 open,p'
