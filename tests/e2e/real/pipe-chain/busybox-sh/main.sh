# SPDX-License-Identifier: MIT
exec busybox sh -c 'cat "$1" | sort | wc -l > carta.txt' sh "$1"
