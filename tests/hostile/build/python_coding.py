#!/usr/bin/python3
# -*- coding: utf-7 -*-
# SPDX-License-Identifier: MIT
# Hides what it does behind another encoding: +AAo-print('hidden', file=__import__('sys').stderr)
import sys
print("calm" if len(sys.argv) < 9 else "end")
