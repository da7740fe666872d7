#!/bin/bash
set -euo pipefail
if [ $# -ne 2 ]; then
    echo "usage: $0 WORD FILE" >&2
    exit 2
fi
grep "$1" "$2" | wc -l
