#!/bin/bash
# nc holds the connection; a process substitution feeds it, a FIFO brings back what it gets.
case $2 in
'' | *[!0-9]* | ??????*) bad=yes ;;
esac
if [ $# != 2 ] || [ "$bad" ] || [ "$2" -eq 0 ] || [ "$2" -gt 65535 ]; then
  echo "echo-client: I need a host and a port" >&2
  exit 2
fi
trap '' PIPE
replies=replies.$$
mkfifo "$replies" || exit 1
exec 5> >(exec nc "$1" "$2" >"$replies")
connection=$!
exec 6<"$replies"
rm "$replies"

while IFS= read -r line || [ "$line" ]; do
  if ! printf '%s\n' "$line" >&5 || ! IFS= read -r answer <&6 || [ "$answer" != "$line" ]; then
    echo "echo-client: connection lost" >&2
    exec 5>&- 6<&-
    wait $connection
    exit 1
  fi
  printf '%s\n' "$answer"
done
exec 5>&-
while read -r -N 4096 _ <&6; do :; done
wait $connection || exit 1
