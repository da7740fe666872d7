#!/bin/bash
# kill does nearly all of it. It would take 0 for a question, -5 for a group and %1 for a job: these are refused here.
if [[ $# -ne 2 || ! $2 =~ ^0*[1-9][0-9]*$ ]]; then
    echo "usage: $0 SIGNAL PID" >&2
    exit 2
fi
# kill -l says the number of a name and the name of a number.
if [[ ! $1 =~ ^[A-Z0-9+-]+$ || $1 =~ ^0+$ || $1 == EXIT ]] || ! kill -l "$1" > /dev/null 2>&1; then
    echo "$1: no such signal" >&2
    exit 1
fi
kill -s "$1" "$2" || exit 1 # its own message says why
