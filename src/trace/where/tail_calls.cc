// SPDX-License-Identifier: MIT
#include "trace/where/tail_calls.h"

#include <dwarf.h>

#include <functional>

namespace plumbline::trace::where {
namespace {

// Calls within `entry` and what is in it, until one is wanted no more.
using Visit = std::function<bool(Dwarf_Die& call)>;
bool VisitCalls(Dwarf_Die& entry, const Visit& visit, int depth = 0) {
  constexpr int kDeepest = 32;
  Dwarf_Die child;
  if (depth > kDeepest || dwarf_child(&entry, &child) != 0) return true;
  do {
    if (dwarf_tag(&child) == DW_TAG_call_site && !visit(child)) return false;
    if (!VisitCalls(child, visit, depth + 1)) return false;
  } while (dwarf_siblingof(&child, &child) == 0);
  return true;
}

bool Has(Dwarf_Die& entry, unsigned name) {
  Dwarf_Attribute attribute;
  bool set = false;
  return dwarf_formflag(dwarf_attr(&entry, name, &attribute), &set) == 0 && set;
}

std::optional<uint64_t> ReturnAddressOf(Dwarf_Die& call) {
  Dwarf_Attribute attribute;
  Dwarf_Addr address = 0;
  if (dwarf_formaddr(dwarf_attr(&call, DW_AT_call_return_pc, &attribute), &address) != 0)
    return std::nullopt;
  return address;
}

// The function that a call is of, if its code is known.
std::optional<Dwarf_Die> CalleeOf(Dwarf_Die& call) {
  Dwarf_Attribute attribute;
  Dwarf_Die callee;
  Dwarf_Addr begin = 0;
  if (dwarf_formref_die(dwarf_attr(&call, DW_AT_call_origin, &attribute), &callee) == nullptr ||
      dwarf_lowpc(&callee, &begin) != 0)
    return std::nullopt;
  return callee;
}

std::optional<Dwarf_Die> CallThatEndsAt(Dwarf_Die& unit, uint64_t address) {
  std::optional<Dwarf_Die> found;
  VisitCalls(unit, [&](Dwarf_Die& call) {
    if (ReturnAddressOf(call) == address + 1) found = call;
    return !found;
  });
  return found;
}

// The only one by which the function can leave; nothing: there are several, or the compiler does
// not say that it named them all.
std::optional<Dwarf_Die> OnlyTailCallOf(Dwarf_Die& function) {
  if (!Has(function, DW_AT_call_all_calls) && !Has(function, DW_AT_call_all_tail_calls))
    return std::nullopt;
  std::optional<Dwarf_Die> only;
  int count = 0;
  VisitCalls(function, [&](Dwarf_Die& call) {
    if (Has(call, DW_AT_call_tail_call)) {
      only = call;
      ++count;
    }
    return count < 2;
  });
  return count == 1 ? only : std::nullopt;
}

}  // namespace

std::optional<uint64_t> LastCallOf(Dwarf_Die& unit, uint64_t address) {
  std::optional<uint64_t> last;
  std::optional<Dwarf_Die> call = CallThatEndsAt(unit, address);
  // A function may call itself in this way.
  constexpr int kLongestChain = 16;
  for (int length = 0; call && length < kLongestChain; ++length) {
    auto callee = CalleeOf(*call);
    call = callee ? OnlyTailCallOf(*callee) : std::nullopt;
    const auto end = call ? ReturnAddressOf(*call) : std::nullopt;
    if (!end) break;
    last = *end - 1;
  }
  return last;
}

}  // namespace plumbline::trace::where
