#!/bin/bash
if [ $# != 2 ]; then
    echo "Us: $0 PARAULA FITXER" >&2
    exit 2
fi
grep $1 $2 | wc -l
