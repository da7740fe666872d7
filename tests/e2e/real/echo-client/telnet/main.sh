# SPDX-License-Identifier: MIT
exec telnet "$1" "$2"
