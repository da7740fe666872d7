#!/bin/bash
if [ $# -ne 2 ]; then
    echo "Us: $0 PARAULA FITXER" >&2
    exit 2
fi
grep -c "$1" "$2"
exit 0
