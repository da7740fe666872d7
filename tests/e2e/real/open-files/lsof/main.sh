# SPDX-License-Identifier: MIT
# lsof prints a field a line: of each descriptor its number and its name.
set -o pipefail
lsof -w -a -p "$1" -d 0-9999 -F fn | sed -n '/^f/{s///;h}; /^n/{s///;H;x;s/\n/ /p}'
