#!/bin/bash
if [ $# -ne 2 ]; then
    echo "Us: $0 PARAULA FITXER" >&2
    exit 2
fi
grep "$1" "$2" > /tmp/trobades.txt
wc -l < /tmp/trobades.txt
rm /tmp/trobades.txt
