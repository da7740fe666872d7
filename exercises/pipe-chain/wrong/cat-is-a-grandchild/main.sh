#!/bin/bash
# sort is the child of what became wc, and cat that of what became sort: nobody waits for them.
if [[ $# -ne 1 ]]; then
    echo "usage: ${0##*/} FILE" >&2
    exit 2
fi
wc -l < <(sort < <(cat -- "$1")) > carta.txt
