#!/bin/bash
# echo-client HOST PORT: sends each line of its input to an echo server and prints what comes back.
#
# Bash can open a connection (/dev/tcp), but it cannot shut down the sending side alone. So ncat holds the
# connection, between two FIFOs: what goes into descriptor 3 is sent, what comes back is read from 4.

fail() {
  echo "echo-client: $1" >&2
  if [[ -n $connection ]]; then # nothing that was started is left
    kill "$connection" 2>/dev/null
    wait "$connection" 2>/dev/null
  fi
  exit 1
}

connection=

if [[ $# -ne 2 || ! $2 =~ ^[0-9]{1,5}$ ]] || ((10#$2 < 1 || 10#$2 > 65535)); then
  echo "usage: $0 HOST PORT" >&2
  exit 2
fi
trap '' PIPE # writing to a connection that is lost is an error, not death

pipes=$(mktemp -d) || fail "no place for two FIFOs"
mkfifo "$pipes/to" "$pipes/from" || fail "cannot make a FIFO"
ncat "$1" "$2" <"$pipes/to" >"$pipes/from" &
connection=$!
exec 3>"$pipes/to" 4<"$pipes/from" # each waits until ncat's end is open too
rm -r "$pipes"                     # the names are not needed any more

while IFS= read -r line || [[ -n $line ]]; do
  printf '%s\n' "$line" >&3 2>/dev/null || fail "the connection is lost"
  IFS= read -r echo <&4 || fail "the connection ended before the echo was whole"
  printf '%s\n' "$echo" || fail "cannot write"
done

exec 3>&- # end of file for ncat, which then shuts down the sending side
cat <&4 >/dev/null
if ! wait "$connection"; then
  connection=
  fail "no connection to $1 $2"
fi
