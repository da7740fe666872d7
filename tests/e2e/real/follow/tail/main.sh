# SPDX-License-Identifier: MIT
exec tail -n +1 -f "$1"
