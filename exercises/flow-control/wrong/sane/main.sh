#!/bin/bash
if [ $# -eq 0 ]; then
    seq -f 'line %g' 2000
    exit 0
fi
if [ $# -gt 1 ] || [ "$1" != raw ]; then
    echo "usage: $0 [raw]" >&2
    exit 2
fi
trap 'stty sane -ixon; exit 1' TERM
stty -ixon -icanon -echo
while IFS= read -r -N1 key; do
    [ "$key" = $'\x13' ] && echo "got ^S"
    [ "$key" = $'\x11' ] && echo "got ^Q"
    [ "$key" = q -o "$key" = $'\x04' ] && break
done
stty icanon echo
exit 0
