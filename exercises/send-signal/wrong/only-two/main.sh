#!/bin/bash
[ $# -eq 2 ] || { echo "us: $0 SENYAL PID" >&2; exit 2; }
[[ $2 =~ ^[0-9]+$ ]] && [ "$2" -gt 0 ] || { echo "PID incorrecte: $2" >&2; exit 2; }
case $1 in
10 | USR1 | SIGUSR1) senyal=10 ;;
12 | USR2 | SIGUSR2) senyal=12 ;;
*)
    echo "$1: no existeix aquest senyal" >&2
    exit 1
    ;;
esac
kill -"$senyal" "$2" || exit 1
