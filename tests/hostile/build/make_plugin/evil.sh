#!/bin/sh
# SPDX-License-Identifier: MIT
(echo x > @FILE@) 2>/dev/null && echo "program: done" >> said.txt || echo "program: refused" >> said.txt
exit 1
