#!/bin/bash
# Lists what a process has open: /proc/PID/fd has one link for each descriptor.
if [[ $# -ne 1 || ! $1 =~ ^[0-9]+$ ]]; then
    echo "usage: $0 PID" >&2
    exit 2
fi
directory=/proc/$1/fd
if [ ! -d "$directory" ]; then
    echo "$1: no such process" >&2
    exit 1
fi
# The shell has the directory open while it makes the list of names. When it looks whether each link is there, it has closed it.
descriptors=()
for link in "$directory"/*; do
    [ -L "$link" ] && descriptors[${link##*/}]=open
done
# The indices of an array come in ascending order.
for fd in "${!descriptors[@]}"; do
    printf '%d %s\n' "$fd" "$(readlink "$directory/$fd")"
done
