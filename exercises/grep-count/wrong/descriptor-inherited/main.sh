#!/bin/bash
if [ $# -ne 2 ]; then
    echo "usage: $0 WORD FILE" >&2
    exit 2
fi
exec 3> >(wc -l)
counter=$!
grep -- "$1" "$2" >&3
exec 3>&-
wait $counter
