#!/bin/bash
# cat has the pipe as its standard output, and as descriptor 3 too.
if [[ $# -ne 1 ]]; then
    echo "usage: ${0##*/} FILE" >&2
    exit 2
fi
exec 3> >(sort | wc -l > carta.txt)
chain=$!
cat -- "$1" >&3
exec 3>&-
wait "$chain"
