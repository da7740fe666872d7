#!/bin/bash
# Ctrl-S and Ctrl-Q: without argument the terminal's business, with "raw" the script's.
if [ $# -eq 0 ]; then
    for ((n = 1; n <= 2000; n++)); do echo "line $n"; done
    exit 0
fi
if [ $# -ne 1 ] || [ "$1" != raw ]; then
    echo "usage: $0 [raw]" >&2
    exit 2
fi
found=$(stty -g) || exit 1
trap 'stty "$found"' EXIT # at the end, whatever it is
trap 'exit 143' TERM
stty -ixon -icanon -echo min 1 time 0
while IFS= read -r -N 1 key; do
    case $key in
        $'\x13') echo "got ^S" ;;
        $'\x11') echo "got ^Q" ;;
        q | $'\x04') break ;;
    esac
done
exit 0
