#!/bin/bash
if [ $# -eq 0 ]; then
    for i in {1..2000}; do echo "line $i"; done
    exit 0
fi
if [ "$*" != raw ]; then
    echo "us: $0 [raw]" >&2
    exit 2
fi
abans=$(stty -g)
stty -ixon -icanon -echo
while read -rsn1 c; do
    case $c in
        $'\x13') echo "got ^S" ;;
        $'\x11') echo "got ^Q" ;;
        q | $'\x04') break ;;
    esac
done
stty "$abans"
