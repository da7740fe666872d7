#!/bin/bash
if [[ ! $1 =~ ^[0-9]+$ || $# -gt 1 ]]; then
    echo "usage: $0 PID" >&2
    exit 2
fi
cd /proc/$1/fd 2> /dev/null || { echo "$1: no such process" >&2; exit 1; }
all=(*)
list=()
for fd in "${all[@]}"; do [ -h $fd ] && list+=($fd); done
for fd in "${list[@]}"; do
    echo "$fd $(readlink $fd)"
done
