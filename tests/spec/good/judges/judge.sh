#!/bin/sh
# SPDX-License-Identifier: MIT
echo '{"passed": true}'
