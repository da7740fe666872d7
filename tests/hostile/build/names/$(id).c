// SPDX-License-Identifier: MIT
int dollars;
