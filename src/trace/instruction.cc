// SPDX-License-Identifier: MIT
#include "trace/instruction.h"

#include <algorithm>
#include <cstring>

namespace plumbline::trace {
namespace {

enum class Map { kOne, k0F, k0F38, k0F3A };
enum class Does { kNothing, kReads, kWrites, kChanges, kExchanges };

struct Prefixes {
  bool lock = false;
  bool half = false;    // 66: 16 bits
  uint8_t repeat = 0;   // F2 or F3
  uint8_t segment = 0;  // 64 or 65
  bool wide = false;    // REX.W
  uint64_t reg = 0;     // what REX adds to the numbers of registers
  uint64_t index = 0;
  uint64_t base = 0;
  bool vex = false;
};

// The bytes of an instruction, one after another; 0 after their end.
class Bytes {
 public:
  explicit Bytes(std::string_view code) : code_(code) {}
  uint8_t Peek() const { return at_ < code_.size() ? static_cast<uint8_t>(code_[at_]) : 0; }
  uint8_t Next() {
    const uint8_t byte = Peek();
    ++at_;
    return byte;
  }
  template <typename Number>
  Number Take() {
    Number number{};
    if (at_ + sizeof number <= code_.size())
      std::memcpy(&number, code_.data() + at_, sizeof number);
    at_ += sizeof number;
    return number;
  }
  bool ok() const { return at_ <= code_.size(); }

 private:
  std::string_view code_;
  size_t at_ = 0;
};

bool IsLegacyPrefix(uint8_t byte, Prefixes& prefixes) {
  switch (byte) {
    case 0xf0:
      prefixes.lock = true;
      return true;
    case 0x66:
      prefixes.half = true;
      return true;
    case 0xf2:
    case 0xf3:
      prefixes.repeat = byte;
      return true;
    case 0x64:
    case 0x65:
      prefixes.segment = byte;
      return true;
    case 0x26:
    case 0x2e:
    case 0x36:
    case 0x3e:
    case 0x67:
      return true;
    default:
      return false;
  }
}

void TakeRex(uint8_t rex, Prefixes& prefixes) {
  prefixes.wide = (rex & 8) != 0;
  prefixes.reg = (rex & 4) != 0 ? 8 : 0;
  prefixes.index = (rex & 2) != 0 ? 8 : 0;
  prefixes.base = (rex & 1) != 0 ? 8 : 0;
}

// C5 and C4 stand for 0F, 0F 38 or 0F 3A; their bits are those of REX, upside down.
Map TakeVex(Bytes& code, Prefixes& prefixes) {
  prefixes.vex = true;
  const bool is_short = code.Next() == 0xc5;
  const uint8_t first = code.Next();
  prefixes.reg = (first & 0x80) != 0 ? 0 : 8;
  if (is_short) return Map::k0F;
  prefixes.index = (first & 0x40) != 0 ? 0 : 8;
  prefixes.base = (first & 0x20) != 0 ? 0 : 8;
  prefixes.wide = (code.Next() & 0x80) != 0;
  const int map = first & 0x1f;
  return map == 2 ? Map::k0F38 : map == 3 ? Map::k0F3A : Map::k0F;
}

Map TakeMap(Bytes& code, Prefixes& prefixes) {
  while (IsLegacyPrefix(code.Peek(), prefixes)) code.Next();
  if ((code.Peek() & 0xf0) == 0x40) TakeRex(code.Next(), prefixes);
  if (code.Peek() == 0xc4 || code.Peek() == 0xc5) return TakeVex(code, prefixes);
  if (code.Peek() != 0x0f) return Map::kOne;
  code.Next();
  if (code.Peek() != 0x38 && code.Peek() != 0x3a) return Map::k0F;
  return code.Next() == 0x38 ? Map::k0F38 : Map::k0F3A;
}

// --- What it does to the operand that can be in memory; `reg` is the opcode's extension.

Does DoesArithmetic(int opcode) {
  if ((opcode & 7) > 3) return Does::kNothing;
  const bool compares = opcode >> 3 == 7;
  const bool to_register = (opcode & 2) != 0;
  return compares || to_register ? Does::kReads : Does::kChanges;
}

Does OfOneByte(int opcode, int reg) {
  if (opcode < 0x40) return DoesArithmetic(opcode);
  switch (opcode) {
    case 0x63:
    case 0x69:
    case 0x6b:
    case 0x84:
    case 0x85:
    case 0x8a:
    case 0x8b:
    case 0x8e:
      return Does::kReads;
    case 0x80:
    case 0x81:
    case 0x83:
      return reg == 7 ? Does::kReads : Does::kChanges;
    case 0x86:
    case 0x87:
      return Does::kExchanges;
    case 0x88:
    case 0x89:
    case 0x8c:
    case 0x8f:
    case 0xc6:
    case 0xc7:
      return Does::kWrites;
    case 0xc0:
    case 0xc1:
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3:
      return Does::kChanges;
    case 0xf6:
    case 0xf7:
      return reg == 2 || reg == 3 ? Does::kChanges : Does::kReads;
    case 0xfe:
    case 0xff:
      return reg < 2 ? Does::kChanges : Does::kReads;
    default:
      // x87: what it loads and computes with, and what it stores.
      if (opcode < 0xd8 || opcode > 0xdf) return Does::kNothing;
      return (opcode & 1) != 0 && (reg == 2 || reg == 3 || reg == 7) ? Does::kWrites : Does::kReads;
  }
}

Does Of0F(int opcode, int reg, const Prefixes& prefixes) {
  switch (opcode) {
    case 0x11:
    case 0x13:
    case 0x17:
    case 0x29:
    case 0x2b:
    case 0x7f:
    case 0xc3:
    case 0xd6:
    case 0xe7:
      return Does::kWrites;
    case 0x7e:
      return prefixes.repeat == 0xf3 ? Does::kReads : Does::kWrites;
    case 0xa4:
    case 0xa5:
    case 0xab:
    case 0xac:
    case 0xad:
    case 0xb0:
    case 0xb1:
    case 0xb3:
    case 0xbb:
    case 0xc0:
    case 0xc1:
    case 0xc7:
      return Does::kChanges;
    case 0xba:
      return reg == 4 ? Does::kReads : Does::kChanges;
    case 0x10:
    case 0x12:
    case 0xa3:
    case 0xaf:
      return Does::kReads;
    default:
      break;
  }
  const auto within = [opcode](int first, int last) { return opcode >= first && opcode <= last; };
  if (within(0x90, 0x9f)) return Does::kWrites;
  const bool reads = within(0x14, 0x16) || opcode == 0x28 || opcode == 0x2a || within(0x2c, 0x2f) ||
                     within(0x40, 0x4f) || within(0x51, 0x70) || within(0x74, 0x76) ||
                     within(0x7c, 0x7d) || within(0xb6, 0xb8) || within(0xbc, 0xbf) ||
                     within(0xc2, 0xc6) || within(0xd0, 0xfe);
  return reads ? Does::kReads : Does::kNothing;
}

Does OfOpcode(Map map, int opcode, int reg, const Prefixes& prefixes) {
  switch (map) {
    case Map::kOne:
      return OfOneByte(opcode, reg);
    case Map::k0F:
      return Of0F(opcode, reg, prefixes);
    case Map::k0F38:  // movbe, which with F2 is crc32
      return opcode == 0xf1 && prefixes.repeat == 0 ? Does::kWrites : Does::kReads;
    case Map::k0F3A:  // pextr, vextract
      break;
  }
  const bool writes = (opcode >= 0x14 && opcode <= 0x17) || opcode == 0x19 || opcode == 0x39;
  return writes ? Does::kWrites : Does::kReads;
}

uint64_t BytesOf(Map map, int opcode, const Prefixes& prefixes) {
  const uint64_t whole = prefixes.wide ? 8 : prefixes.half ? 2 : 4;
  if (map == Map::kOne) return (opcode & 1) == 0 ? 1 : whole;
  if (map != Map::k0F) return 16;
  switch (opcode) {
    case 0xb0:
    case 0xb6:
    case 0xbe:
    case 0xc0:
      return 1;
    case 0xb7:
    case 0xbf:
      return 2;
    case 0xc7:
      return prefixes.wide ? 16 : 8;
    default:
      break;
  }
  if (opcode >= 0x90 && opcode <= 0x9f) return 1;
  const bool of_integers =
      (opcode >= 0x40 && opcode <= 0x4f) || (opcode >= 0xa3 && opcode <= 0xc1) || opcode == 0xc3;
  return of_integers ? whole : 16;
}

// --- Where it is.

uint64_t RegisterOf(uint64_t number, const user_regs_struct& r) {
  const unsigned long long values[] = {r.rax, r.rcx, r.rdx, r.rbx, r.rsp, r.rbp, r.rsi, r.rdi,
                                       r.r8,  r.r9,  r.r10, r.r11, r.r12, r.r13, r.r14, r.r15};
  return values[number & 15];
}

uint64_t SegmentOf(const Prefixes& prefixes, const user_regs_struct& registers) {
  if (prefixes.segment == 0x64) return registers.fs_base;
  return prefixes.segment == 0x65 ? registers.gs_base : 0;
}

uint64_t Displacement(int mode, Bytes& code) {
  if (mode == 1) return static_cast<uint64_t>(int64_t{code.Take<int8_t>()});
  return mode == 2 ? static_cast<uint64_t>(int64_t{code.Take<int32_t>()}) : 0;
}

// Nothing: the operand is a register, or beside the code, where nobody shares anything.
std::optional<uint64_t> AddressIn(uint8_t modrm, Bytes& code, const Prefixes& prefixes,
                                  const user_regs_struct& registers) {
  const int mode = modrm >> 6;
  const int low = modrm & 7;
  if (mode == 3 || (mode == 0 && low == 5)) return std::nullopt;
  if (low != 4)
    return RegisterOf(static_cast<uint64_t>(low) + prefixes.base, registers) +
           Displacement(mode, code);
  const uint8_t sib = code.Next();
  const uint64_t index = static_cast<uint64_t>(sib >> 3 & 7) + prefixes.index;
  const uint64_t base = sib & 7;
  uint64_t address = index == 4 ? 0 : RegisterOf(index, registers) << (sib >> 6);
  if (base == 5 && mode == 0) return address + Displacement(2, code);
  address += RegisterOf(base + prefixes.base, registers);
  return address + Displacement(mode, code);
}

// movs, stos; cmps, scas, lods; the forms of mov that have an address in them.
std::optional<MemoryAccess> WithoutModrm(int opcode, Bytes& code, const Prefixes& prefixes,
                                         const user_regs_struct& registers) {
  const uint64_t bytes = BytesOf(Map::kOne, opcode, prefixes);
  switch (opcode) {
    case 0xa0:
    case 0xa1:
    case 0xa2:
    case 0xa3:
      return MemoryAccess{
          .address = code.Take<uint64_t>(), .bytes = bytes, .writes = opcode >= 0xa2};
    case 0xa4:
    case 0xa5:
    case 0xaa:
    case 0xab:
      return MemoryAccess{.address = registers.rdi, .bytes = bytes, .writes = true};
    case 0xa6:
    case 0xa7:
    case 0xac:
    case 0xad:
      return MemoryAccess{.address = registers.rsi, .bytes = bytes};
    case 0xae:
    case 0xaf:
      return MemoryAccess{.address = registers.rdi, .bytes = bytes};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<MemoryAccess> AccessOf(std::string_view text, const user_regs_struct& registers) {
  Bytes code(text);
  Prefixes prefixes;
  const Map map = TakeMap(code, prefixes);
  const int opcode = code.Next();
  if (map == Map::kOne) {
    if (const auto access = WithoutModrm(opcode, code, prefixes, registers)) return access;
  }
  const uint8_t modrm = code.Next();
  const Does does = OfOpcode(map, opcode, modrm >> 3 & 7, prefixes);
  const auto address = AddressIn(modrm, code, prefixes, registers);
  if (does == Does::kNothing || !address || !code.ok()) return std::nullopt;
  return MemoryAccess{.address = *address + SegmentOf(prefixes, registers),
                      .bytes = BytesOf(map, opcode, prefixes),
                      .writes = does != Does::kReads,
                      .in_two_steps = does == Does::kChanges && !prefixes.lock};
}

bool IsSystemCall(std::string_view code) { return code.starts_with("\x0f\x05"); }

bool IsConditionalJump(std::string_view code) {
  // Hints of a branch, and BND.
  code.remove_prefix(std::min(code.find_first_not_of("\x2e\x3e\xf2"), code.size()));
  const auto byte = [code](size_t at) {
    return at < code.size() ? static_cast<uint8_t>(code[at]) : uint8_t{0};
  };
  const bool near = byte(0) == 0x0f && (byte(1) & 0xf0) == 0x80;
  return near || (byte(0) & 0xf0) == 0x70 || (byte(0) & 0xfc) == 0xe0;
}

}  // namespace plumbline::trace
