#!/bin/bash
# Bash has no limit for a connection through /dev/tcp.
for port in "$2" "$3"; do
  if [[ $# != 3 || ! $port =~ ^[0-9]{1,5}$ || $port -lt 1 || $port -gt 65535 ]]; then
    echo "usage: port-scan HOST FIRST LAST" >&2
    exit 2
  fi
done
for ((port = $2; port <= $3; port++)); do
  if : 3<> "/dev/tcp/$1/$port"; then
    echo "$port open"
  fi
done 2> /dev/null
exit 0
