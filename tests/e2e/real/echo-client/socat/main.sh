# SPDX-License-Identifier: MIT
exec socat STDIO "TCP:$1:$2"
