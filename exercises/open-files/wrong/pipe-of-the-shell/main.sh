#!/bin/bash
if [[ $# -ne 1 || ! $1 =~ ^[0-9]+$ ]]; then
    echo "us: $0 PID" >&2
    exit 2
fi
if [ ! -d /proc/$1 ]; then
    echo "$0: no hi ha cap procés $1" >&2
    exit 1
fi
for f in $(printf '%s\n' /proc/$1/fd/* | sort -t / -k 5 -n); do
    echo "${f##*/} $(readlink $f)"
done
