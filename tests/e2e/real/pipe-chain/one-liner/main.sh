# SPDX-License-Identifier: MIT
# What everybody types, in a shell of its own.
bash -c 'cat "$1" | sort | wc -l > carta.txt' bash "$1"
