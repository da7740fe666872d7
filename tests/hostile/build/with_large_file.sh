#!/bin/bash
# SPDX-License-Identifier: MIT
# Has a file that is larger than a source may be. It is refused before anything of it is run.
if [ "$1" = calm ]; then echo calm; exit; fi
echo end
