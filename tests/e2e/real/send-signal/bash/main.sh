# SPDX-License-Identifier: MIT
kill -s "$1" "$2"
