#!/bin/bash
if [ $# -ne 1 ] || [ -n "${1//[0-9]/}" ]; then
    echo "us: $0 PID" >&2
    exit 2
fi
d=/proc/$1/fd
[ -d $d ] || { echo "no existeix el procés $1" >&2; exit 1; }
llista=()
for e in $d/*; do
    [ -L $e ] && llista+=(${e##*/})
done
for fd in $(printf '%s\n' ${llista[*]} | sort -n); do
    ls -l $d/$fd | awk '{ n = split($9, p, "/"); print p[n], $11 }'
done
