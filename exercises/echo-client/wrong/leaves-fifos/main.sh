#!/bin/bash
# Two FIFOs lead to ncat and back; nobody removes them.
if [[ $# -ne 2 || ! $2 =~ ^[0-9]{1,5}$ ]] || ((10#$2 < 1 || 10#$2 > 65535)); then
  echo "usage: $0 HOST PORT" >&2
  exit 2
fi
trap '' PIPE
mkfifo to from
ncat "$1" "$2" <to >from &
exec 3>to 4<from
while IFS= read -r line || [[ -n $line ]]; do
  if ! printf '%s\n' "$line" >&3 || ! IFS= read -r echo <&4; then
    echo "connection lost" >&2
    exec 3>&-
    wait
    exit 1
  fi
  printf '%s\n' "$echo"
done
exec 3>&-
cat <&4 >/dev/null
wait $! || exit 1
