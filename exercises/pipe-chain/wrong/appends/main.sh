#!/bin/bash
if [ $# -ne 1 ]; then
    echo "Us: $0 FITXER" >&2
    exit 2
fi
cat "$1" | sort | wc -l >> carta.txt
