#!/bin/bash
# SPDX-License-Identifier: MIT
# Has folders in one another, deeper than a submission may. It is refused before anything of it is run.
if [ "$1" = calm ]; then echo calm; exit; fi
echo end
