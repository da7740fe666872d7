#!/bin/bash
# port-scan HOST FIRST LAST: tells which TCP ports of a host are open.
#
# A helper tries one port after the other and writes a line for each. Its connect may hang, and Bash cannot limit
# that; but it can limit how long it waits for a line: then the helper is ended, and another one goes on behind.

is_port() {
  [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535))
}

# `:` does nothing, but its redirection connects; the descriptor is closed again when it is done.
try_ports() {
  local port
  for ((port = $2; port <= $3; port++)); do
    if : 2>/dev/null 3<>"/dev/tcp/$1/$port"; then echo "$port open"; else echo "$port"; fi
  done
} 2>/dev/null

if (($# != 3)) || ! is_port "$2" || ! is_port "$3"; then
  echo "usage: $0 HOST FIRST LAST" >&2
  exit 2
fi
next=$((10#$2)) last=$((10#$3))
while ((next <= last)); do
  exec 4< <(try_ports "$1" "$next" "$last")
  helper=$!
  while ((next <= last)) && read -r -t 1 -u 4 line; do
    if [[ $line == *open ]]; then echo "$line"; fi
    next=$((next + 1))
  done
  if ((next <= last)); then next=$((next + 1)); fi # no answer from that one
  kill "$helper" 2>/dev/null
  wait "$helper"
  exec 4<&-
done
exit 0
