#!/bin/bash
# SPDX-License-Identifier: MIT
# Has a FIFO among its sources, which nobody writes. It is refused before anything of it is run.
if [ "$1" = calm ]; then echo calm; exit; fi
echo end
