// SPDX-License-Identifier: MIT
int spaces;
