#!/bin/bash
# timeout(1) starts a Bash for each port.
port='^0*([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$'
if [[ $# != 3 || ! $2 =~ $port || ! $3 =~ $port ]]; then
  printf 'usage: port-scan HOST FIRST LAST\n' >&2
  exit 2
fi
for n in $(seq "$2" "$3"); do
  timeout 1 bash -c ': < "/dev/tcp/$0/$1"' "$1" "$n" 2> /dev/null && echo "$n open"
done
exit 0
