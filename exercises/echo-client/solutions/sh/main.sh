#!/bin/bash
# echo-client HOST PORT: sends each line of its input to an echo server and prints what comes back.
#
# Bash can open a connection (/dev/tcp), but it cannot shut down the sending side alone. So ncat holds the
# connection as a coprocess, between two pipes: what goes into descriptor 3 is sent, what comes back is read from 4.

fail() {
  echo "echo-client: $1" >&2
  exec 3>&- 4<&- # nothing that was started is left: this ends ncat
  wait
  exit 1
}

if [[ $# -ne 2 || ! $2 =~ ^[0-9]{1,5}$ ]] || ((10#$2 < 1 || 10#$2 > 65535)); then
  echo "usage: $0 HOST PORT" >&2
  exit 2
fi
trap '' PIPE # writing to a connection that is lost is an error, not death

coproc CONNECTION { exec ncat "$1" "$2"; }
pid=$CONNECTION_PID
# Descriptors of our own: Bash closes those of the coprocess, and forgets its PID, when that one ends.
exec 3>&"${CONNECTION[1]}" 4<&"${CONNECTION[0]}"
exec {CONNECTION[0]}<&- {CONNECTION[1]}>&-

while IFS= read -r line || [[ -n $line ]]; do
  printf '%s\n' "$line" >&3 2>/dev/null || fail "the connection is lost"
  IFS= read -r echo <&4 || fail "the connection ended before the echo was whole"
  printf '%s\n' "$echo" || fail "cannot write"
done

exec 3>&- # end of file for ncat, which then shuts down the sending side
cat <&4 >/dev/null
wait "$pid" || fail "no connection to $1 $2"
