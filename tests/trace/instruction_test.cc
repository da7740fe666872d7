// SPDX-License-Identifier: MIT
// What an instruction does to memory; the bytes are those that an assembler makes.
#include "trace/instruction.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace plumbline::trace {
namespace {

using std::string_literals::operator""s;

user_regs_struct Known() {
  user_regs_struct registers{};
  registers.rax = 0x1000;
  registers.rbx = 0x2000;
  registers.rcx = 0x10;
  registers.rsp = 0x7000;
  registers.rsi = 0x4000;
  registers.rdi = 0x5000;
  registers.r13 = 0x6000;
  registers.fs_base = 0x900000;
  return registers;
}

// "read 4 @2000", "two steps 4 @2000", "write 1 @2000", "nothing".
std::string Told(const std::string& code) {
  const auto access = AccessOf(code, Known());
  if (!access) return "nothing";
  char text[64];
  const char* const does = access->in_two_steps ? "two steps" : access->writes ? "write" : "read";
  std::snprintf(text, sizeof text, "%s %d @%llx", does, static_cast<int>(access->bytes),
                static_cast<unsigned long long>(access->address));
  return text;
}

TEST(Instruction, LoadsAndStores) {
  EXPECT_EQ(Told("\x8b\x03"s), "read 4 @2000");             // mov (%rbx),%eax
  EXPECT_EQ(Told("\x48\x8b\x43\x08"s), "read 8 @2008");     // mov 8(%rbx),%rax
  EXPECT_EQ(Told("\x89\x43\xfc"s), "write 4 @1ffc");        // mov %eax,-4(%rbx)
  EXPECT_EQ(Told("\xc7\x03\x07\0\0\0"s), "write 4 @2000");  // movl $7,(%rbx)
  EXPECT_EQ(Told("\xc6\x03\x07"s), "write 1 @2000");        // movb $7,(%rbx)
  EXPECT_EQ(Told("\x66\x89\x03"s), "write 2 @2000");        // mov %ax,(%rbx)
  EXPECT_EQ(Told("\x0f\xb6\x03"s), "read 1 @2000");         // movzbl (%rbx),%eax
  EXPECT_EQ(Told("\x48\x63\x03"s), "read 8 @2000");         // movslq (%rbx),%rax
  EXPECT_EQ(Told("\x83\x3b\x05"s), "read 4 @2000");         // cmpl $5,(%rbx)
  EXPECT_EQ(Told("\x03\x03"s), "read 4 @2000");             // add (%rbx),%eax
  EXPECT_EQ(Told("\xa1\x08\x07\x06\x05\x04\x03\x02\x01"s), "read 4 @102030405060708");
}

TEST(Instruction, ThatReadAndWriteBack) {
  EXPECT_EQ(Told("\x83\x03\x01"s), "two steps 4 @2000");  // addl $1,(%rbx)
  EXPECT_EQ(Told("\xff\x03"s), "two steps 4 @2000");      // incl (%rbx)
  EXPECT_EQ(Told("\x48\x01\x03"s), "two steps 8 @2000");  // add %rax,(%rbx)
  EXPECT_EQ(Told("\xf0\x83\x03\x01"s), "write 4 @2000");  // lock addl $1,(%rbx)
  EXPECT_EQ(Told("\xf0\x0f\xc1\x03"s), "write 4 @2000");  // lock xadd %eax,(%rbx)
  EXPECT_EQ(Told("\x0f\xc1\x03"s), "two steps 4 @2000");  // xadd %eax,(%rbx)
  EXPECT_EQ(Told("\xf0\x0f\xb1\x13"s), "write 4 @2000");  // lock cmpxchg %edx,(%rbx)
  EXPECT_EQ(Told("\x87\x03"s), "write 4 @2000");          // xchg %eax,(%rbx): atomic
}

TEST(Instruction, EachWayToAddress) {
  EXPECT_EQ(Told("\x8b\x04\x8b"s), "read 4 @2040");                  // mov (%rbx,%rcx,4),%eax
  EXPECT_EQ(Told("\x8b\x44\x8b\x04"s), "read 4 @2044");              // mov 4(%rbx,%rcx,4),%eax
  EXPECT_EQ(Told("\x41\x8b\x45\x00"s), "read 4 @6000");              // mov 0(%r13),%eax
  EXPECT_EQ(Told("\x8b\x83\x00\x01\x00\x00"s), "read 4 @2100");      // mov 256(%rbx),%eax
  EXPECT_EQ(Told("\x8b\x04\x25\x00\x30\x00\x00"s), "read 4 @3000");  // mov 0x3000,%eax
  EXPECT_EQ(Told("\x8b\x04\x24"s), "read 4 @7000");                  // mov (%rsp),%eax
  EXPECT_EQ(Told("\x64\x8b\x03"s), "read 4 @902000");                // mov %fs:(%rbx),%eax
  EXPECT_EQ(Told("\x8b\x05\x00\x01\x00\x00"s), "nothing");           // mov 256(%rip),%eax
}

TEST(Instruction, OfManyBytes) {
  EXPECT_EQ(Told("\xf3\xa4"s), "write 1 @5000");           // rep movsb
  EXPECT_EQ(Told("\xf3\x48\xab"s), "write 8 @5000");       // rep stos %rax
  EXPECT_EQ(Told("\xf3\xa6"s), "read 1 @4000");            // repz cmpsb
  EXPECT_EQ(Told("\x0f\x11\x03"s), "write 16 @2000");      // movups %xmm0,(%rbx)
  EXPECT_EQ(Told("\x0f\x10\x03"s), "read 16 @2000");       // movups (%rbx),%xmm0
  EXPECT_EQ(Told("\xc5\xfe\x6f\x03"s), "read 16 @2000");   // vmovdqu (%rbx),%ymm0
  EXPECT_EQ(Told("\xc5\xfe\x7f\x03"s), "write 16 @2000");  // vmovdqu %ymm0,(%rbx)
}

TEST(Instruction, ThatAccessNothing) {
  EXPECT_EQ(Told("\x48\x8d\x43\x08"s), "nothing");      // lea 8(%rbx),%rax
  EXPECT_EQ(Told("\x0f\x1f\x44\x00\x00"s), "nothing");  // nop 0(%rax,%rax,1)
  EXPECT_EQ(Told("\x89\xd8"s), "nothing");              // mov %ebx,%eax
  EXPECT_EQ(Told("\xe8\x00\x00\x00\x00"s), "nothing");  // call
  EXPECT_EQ(Told("\x53"s), "nothing");                  // push %rbx
  EXPECT_EQ(Told("\x0f\x18\x0b"s), "nothing");          // prefetcht0 (%rbx)
  EXPECT_EQ(Told("\xf3\x0f\x1e\xfa"s), "nothing");      // endbr64
  EXPECT_EQ(Told(""s), "nothing");
  EXPECT_EQ(Told("\x8b"s), "nothing");  // cut off
  EXPECT_EQ(Told("\x8b\x83\x00"s), "nothing");
}

TEST(Instruction, ThatIsACall) {
  EXPECT_TRUE(IsSystemCall("\x0f\x05\x48"s));
  EXPECT_FALSE(IsSystemCall("\x0f\x0b"s));
  EXPECT_FALSE(IsSystemCall("\x0f"s));
}

TEST(Instruction, ThatDecides) {
  EXPECT_TRUE(IsConditionalJump("\x74\x05"s)) << "je";
  EXPECT_TRUE(IsConditionalJump("\x0f\x8f\x10\x00\x00\x00"s)) << "jg, near";
  EXPECT_TRUE(IsConditionalJump("\xf2\x7e\x05"s)) << "bnd jle";
  EXPECT_TRUE(IsConditionalJump("\xe3\x05"s)) << "jrcxz";
  EXPECT_FALSE(IsConditionalJump("\xeb\x05"s)) << "jmp";
  EXPECT_FALSE(IsConditionalJump("\xe8\x05\x00\x00\x00"s)) << "call";
  EXPECT_FALSE(IsConditionalJump("\x0f\x05"s)) << "syscall";
  EXPECT_FALSE(IsConditionalJump(""s));
}

}  // namespace
}  // namespace plumbline::trace
