# SPDX-License-Identifier: MIT
env LAB_TOKEN=child LAB_EXTRA=1 env
env | grep '^LAB_TOKEN='
