#!/bin/bash
if [ $# -ne 2 ] || ! [[ $2 =~ ^[0-9]+$ ]] || [ "$2" -eq 0 ]; then
    echo "us: $0 SENYAL PID" >&2
    exit 2
fi
if [ "$1" = 0 ]; then
    echo "0 no és cap senyal" >&2
    exit 1
fi
kill -s "$1" "$2" || echo "no s'ha pogut" >&2
