# SPDX-License-Identifier: MIT
exec busybox telnet "$1" "$2"
