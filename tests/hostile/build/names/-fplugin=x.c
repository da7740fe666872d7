// SPDX-License-Identifier: MIT
int unused_as_well;
