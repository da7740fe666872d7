#!/bin/bash
if [ $# -ne 1 ]; then
    echo "Us: $0 FITXER" >&2
    exit 2
fi
cat "$1" > paraules.tmp
sort paraules.tmp > ordenat.tmp
wc -l < ordenat.tmp > carta.txt
estat=$?
rm -f paraules.tmp ordenat.tmp
exit $estat
