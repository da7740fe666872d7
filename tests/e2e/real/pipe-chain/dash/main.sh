# SPDX-License-Identifier: MIT
exec dash -c 'cat "$1" | sort | wc -l > carta.txt' dash "$1"
