#!/bin/sh
# With the kill program instead of the shell's own.
usage() {
    echo "usage: ${0##*/} SIGNAL PID" >&2
    exit 2
}
[ $# -eq 2 ] || usage
case $2 in
    '' | *[!0-9]*) usage ;;
esac
[ "$2" -gt 0 ] || usage
case $1 in
    0 | 00* | '' | *[!A-Z0-9]*) echo "there is no signal '$1'" >&2; exit 1 ;;
esac
if ! reason=$(env kill -s "$1" "$2" 2>&1); then
    echo "$reason" >&2
    exit 1
fi
