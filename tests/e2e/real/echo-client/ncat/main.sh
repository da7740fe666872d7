# SPDX-License-Identifier: MIT
exec ncat "$1" "$2"
