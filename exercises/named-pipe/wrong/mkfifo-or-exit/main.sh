#!/bin/bash
if [ $# -ne 2 ]; then
    echo "Us: $0 write|read CAMI" >&2
    exit 2
fi
mkfifo -m 600 "$2" || exit 1
case $1 in
    write) cat > "$2" || exit 1 ;;
    read)
        cat "$2"
        rm "$2"
        ;;
    *)
        echo "Us: $0 write|read CAMI" >&2
        exit 2
        ;;
esac
