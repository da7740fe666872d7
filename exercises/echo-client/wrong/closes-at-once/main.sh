#!/bin/bash
# Bash's own connections cannot be half closed: this one is closed at the end, and nothing is waited for.
if [[ $# -ne 2 || ! $2 =~ ^[0-9]{1,5}$ ]] || ((10#$2 < 1 || 10#$2 > 65535)); then
  echo "usage: $0 HOST PORT" >&2
  exit 2
fi
trap '' PIPE
exec 3<>"/dev/tcp/$1/$2" || exit 1
while IFS= read -r line || [[ $line ]]; do
  printf '%s\n' "$line" >&3 || exit 1
  if ! IFS= read -r reply <&3; then
    echo "connection lost" >&2
    exit 1
  fi
  printf '%s\n' "$reply"
done
exec 3>&-
