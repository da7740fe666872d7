// SPDX-License-Identifier: MIT
// Files of code that were made to harm who reads them: the run goes on, without locations at worst.
#include "trace/where/reader.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "base/io.h"
#include "base/text.h"
#include "sandbox/wire.h"
#include "tests/trace/crafted.h"
#include "tests/trace/harness.h"
#include "tests/tracees/tracees.h"
#include "trace/where/known_file.h"

namespace plumbline::trace::testing {
namespace {

using plumbline::testing::TraceeBytes;
using where::KnownFile;
using where::Reader;

// --- What files say.

class Bytes {
 public:
  template <typename Number>
  Bytes& Add(Number number) {
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
    return *this;
  }
  Bytes& Add(std::string_view text) {
    bytes_ += text;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// A unit of debug information around `entries`.
std::string UnitOf(const std::string& entries) {
  const std::string rest =
      Bytes().Add(uint16_t{4}).Add(uint32_t{0}).Add(uint8_t{8}).Add(entries).bytes();
  return Bytes().Add(static_cast<uint32_t>(rest.size())).Add(rest).bytes();
}

// A function and one put in its place, each of which says that it is what the other is.
CraftedElf EntriesInACircle(CraftedElf elf) {
  using namespace std::string_view_literals;
  constexpr uint64_t kEverywhere = 0x7fffffff;
  const uint32_t unit_header = 11;
  const uint32_t function = unit_header + 1 + 8 + 8 + 4;
  const uint32_t inlined = function + 1 + 8 + 8 + 4;
  elf.Replace(".debug_abbrev",
              "\x01\x11\x01\x11\x01\x12\x07\x10\x17\x00\x00"
              "\x02\x2e\x01\x11\x01\x12\x07\x31\x13\x00\x00"
              "\x03\x1d\x01\x11\x01\x12\x07\x31\x13\x58\x0b\x59\x0b\x00\x00"
              "\x00"sv);
  Bytes entries;
  entries.Add(uint8_t{1}).Add(uint64_t{0}).Add(kEverywhere).Add(uint32_t{0});
  entries.Add(uint8_t{2}).Add(uint64_t{0}).Add(kEverywhere).Add(inlined);
  entries.Add(uint8_t{3}).Add(uint64_t{0}).Add(kEverywhere).Add(function);
  entries.Add(uint8_t{200}).Add(uint8_t{1}).Add("\0\0\0"sv);
  elf.Replace(".debug_info", UnitOf(entries.bytes()));
  return elf;
}

// Millions of functions, each within the other.
CraftedElf EntriesWithoutEnd(CraftedElf elf) {
  using namespace std::string_view_literals;
  elf.Replace(".debug_abbrev",
              "\x01\x11\x01\x11\x01\x12\x07\x10\x17\x00\x00"
              "\x02\x0b\x01\x11\x01\x12\x07\x00\x00"
              "\x00"sv);
  Bytes entries;
  entries.Add(uint8_t{1}).Add(uint64_t{0}).Add(uint64_t{0x7fffffff}).Add(uint32_t{0});
  for (int i = 0; i < 1'000'000; ++i)
    entries.Add(uint8_t{2}).Add(uint64_t{0}).Add(uint64_t{0x7fffffff});
  elf.Replace(".debug_info", UnitOf(entries.bytes()));
  return elf;
}

// More rows than there is memory for.
CraftedElf LinesWithoutEnd(CraftedElf elf) {
  constexpr size_t kRows = 24 << 20;
  constexpr size_t kLengthAt = 0;
  std::string table(elf.Section(".debug_line"));
  table.append(kRows, '\x01');
  const auto length = static_cast<uint32_t>(table.size() - sizeof(uint32_t));
  std::memcpy(table.data() + kLengthAt, &length, sizeof length);
  elf.Replace(".debug_line", table);
  return elf;
}

struct Attack {
  const char* name;
  std::function<CraftedElf(CraftedElf)> craft;
};

const std::vector<Attack>& Attacks() {
  static const std::vector<Attack> attacks{
      {"debug information is cut",
       [](CraftedElf elf) {
         elf.SetSize(".debug_info", elf.Section(".debug_info").size() / 2);
         return elf;
       }},
      {"abbreviations are cut",
       [](CraftedElf elf) {
         elf.SetSize(".debug_abbrev", 7);
         return elf;
       }},
      {"a section is larger than all files",
       [](CraftedElf elf) {
         elf.SetSize(".debug_info", uint64_t{1} << 62);
         return elf;
       }},
      {"a section reaches over the end",
       [](CraftedElf elf) {
         elf.SetSize(".debug_line", elf.content().size());
         return elf;
       }},
      {"a section is nowhere",
       [](CraftedElf elf) {
         elf.SetOffset(".debug_line", ~uint64_t{0} - 16);
         return elf;
       }},
      {"frames are larger than all files",
       [](CraftedElf elf) {
         elf.SetSize(".eh_frame", ~uint64_t{0});
         return elf;
       }},
      {"the table of frames is nowhere",
       [](CraftedElf elf) {
         elf.SetOffset(".eh_frame_hdr", uint64_t{1} << 50);
         return elf;
       }},
      {"there are more sections than the file holds",
       [](CraftedElf elf) {
         elf.SetSectionCount(0xfeff);
         return elf;
       }},
      {"the file ends before its sections",
       [](CraftedElf elf) {
         elf.CutTo(elf.content().size() / 2);
         return elf;
       }},
      {"it is a header alone",
       [](CraftedElf elf) {
         elf.CutTo(sizeof(Elf64_Ehdr));
         return elf;
       }},
      {"entries in a circle", EntriesInACircle},
      {"entries without end", EntriesWithoutEnd},
      {"lines without end", LinesWithoutEnd},
  };
  return attacks;
}

// --- Reading them.

std::set<uint64_t> SomeAddresses(CraftedElf& good) {
  constexpr uint64_t kStep = 16;
  const auto* const header = reinterpret_cast<const Elf64_Ehdr*>(good.content().data());
  std::set<uint64_t> addresses;
  for (uint64_t i = 0; i < 64; ++i) addresses.insert(header->e_entry + i * kStep);
  return addresses;
}

std::set<where::Place> PlacesAt(const std::set<uint64_t>& addresses) {
  std::set<where::Place> places;
  for (const uint64_t address : addresses) {
    places.insert({address, true});
    places.insert({address, false});
  }
  return places;
}

// Everything that is ever asked.
void AskAll(KnownFile& file, const std::set<uint64_t>& addresses) {
  (void)file.outline();
  for (const uint64_t address : addresses) (void)file.RowAt(address);
  file.LookUp(PlacesAt(addresses));
}

size_t Told(const KnownFile& file, const std::set<uint64_t>& addresses) {
  return static_cast<size_t>(std::ranges::count_if(
      addresses, [&](uint64_t address) { return file.LocationAt({address, false}) != nullptr; }));
}

// Of those that have been waited for.
Duration ProcessorTimeOfChildren() {
  rusage used{};
  ::getrusage(RUSAGE_CHILDREN, &used);
  return std::chrono::seconds(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         std::chrono::microseconds(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

TEST(Reader, TellsOfAGoodFile) {
  CraftedElf good(TraceeBytes("locations"));
  const std::set<uint64_t> addresses = SomeAddresses(good);
  KnownFile file(good.content());
  AskAll(file, addresses);
  ASSERT_NE(file.outline(), nullptr);
  EXPECT_TRUE(file.outline()->has_lines);
  EXPECT_GT(Told(file, addresses), 8U);
  EXPECT_TRUE(std::ranges::any_of(
      addresses, [&](uint64_t address) { return file.RowAt(address) != nullptr; }));
}

TEST(Reader, OutlivesWhatWasMadeToHarmIt) {
  CraftedElf good(TraceeBytes("locations"));
  const std::set<uint64_t> addresses = SomeAddresses(good);
  for (const Attack& attack : Attacks()) {
    SCOPED_TRACE(attack.name);
    const CraftedElf crafted = attack.craft(good);
    const Duration before = ProcessorTimeOfChildren();
    {
      KnownFile file(crafted.content());
      AskAll(file, addresses);
    }
    EXPECT_LT(ProcessorTimeOfChildren() - before, std::chrono::seconds(4));
  }
  KnownFile file(good.content());
  AskAll(file, addresses);
  EXPECT_GT(Told(file, addresses), 8U);
}

// Bits that fell over, wherever: the same ones each time.
TEST(Reader, OutlivesChance) {
  CraftedElf good(TraceeBytes("locations"));
  const std::set<uint64_t> addresses = SomeAddresses(good);
  uint64_t state = 20240917;
  const auto next = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return state >> 33;
  };
  for (int turn = 0; turn < 200; ++turn) {
    CraftedElf crafted = good;
    for (const char* section :
         {".debug_info", ".debug_abbrev", ".debug_line", ".debug_aranges", ".eh_frame"}) {
      if (!crafted.Has(section)) continue;
      for (int flips = 0; flips < 3; ++flips)
        crafted.Flip(section, next(), static_cast<char>(1U << (next() % 8)));
    }
    KnownFile file(crafted.content());
    AskAll(file, addresses);
  }
}

// --- What it may do.

UniqueFd GoodFile() { return *sandbox::MemoryFile(TraceeBytes("locations")); }

std::string FieldOf(const std::string& status, const std::string& name) {
  for (const std::string_view line : Lines(status)) {
    if (!line.starts_with(name + ":")) continue;
    const size_t value = line.find_first_not_of(" \t", name.size() + 1);
    return std::string(line.substr(std::min(value, line.size())));
  }
  return {};
}

TEST(Reader, HasNoRights) {
  const UniqueFd file = GoodFile();
  const auto reader = Reader::Start(file.get());
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->ReadOutline());
  const std::string process = "/proc/" + std::to_string(reader->process().value);
  const std::string status = ReadProc((process + "/status").c_str());
  EXPECT_EQ(FieldOf(status, "Seccomp"), "2");
  EXPECT_EQ(FieldOf(status, "NoNewPrivs"), "1");
  EXPECT_EQ(FieldOf(status, "CapEff"), "0000000000000000");
  EXPECT_EQ(FieldOf(status, "CapPrm"), "0000000000000000");
  if (::geteuid() == 0) {
    EXPECT_EQ(FieldOf(status, "Uid"), "65534\t65534\t65534\t65534");
  }
  const std::string limits = ReadProc((process + "/limits").c_str());
  EXPECT_THAT(limits, ::testing::ContainsRegex("Max cpu time +2 +2"));
  EXPECT_THAT(limits, ::testing::ContainsRegex("Max processes +0 +0"));
  EXPECT_THAT(limits, ::testing::ContainsRegex("Max address space +[0-9]+ +[0-9]+"));
}

TEST(Reader, ThatDiedTellsNothingMore) {
  const UniqueFd file = GoodFile();
  const auto reader = Reader::Start(file.get());
  ASSERT_TRUE(reader);
  const auto outline = reader->ReadOutline();
  ASSERT_TRUE(outline);
  const uint64_t address = outline->segments.at(1).address;
  ASSERT_EQ(::kill(reader->process().value, SIGKILL), 0);
  EXPECT_FALSE(reader->RowAt(address));
  EXPECT_FALSE(reader->ReadOutline());
  EXPECT_EQ(
      reader->LocationsAt(std::vector<where::Place>{{address, true}, {address, false}}).size(), 2U);
}

TEST(Reader, ThatIsSilentIsEnded) {
  const UniqueFd file = GoodFile();
  const auto reader = Reader::Start(file.get(), std::chrono::milliseconds(50));
  ASSERT_TRUE(reader);
  ASSERT_EQ(::kill(reader->process().value, SIGSTOP), 0);
  EXPECT_FALSE(reader->ReadOutline());
  EXPECT_EQ(::kill(reader->process().value, 0), -1);
}

TEST(Reader, OfWhatIsNoCodeKnowsNothing) {
  for (const std::string_view content : {"", "#!/bin/sh\n",
                                         "\x7f"
                                         "ELF"}) {
    KnownFile file{std::string(content)};
    EXPECT_EQ(file.outline(), nullptr);
    EXPECT_EQ(file.RowAt(0), nullptr);
  }
}

TEST(KnownFiles, AreKnownByTheirContent) {
  where::KnownFiles known;
  const UniqueFd one = GoodFile();
  const UniqueFd same = GoodFile();
  const UniqueFd other = *sandbox::MemoryFile(TraceeBytes("crashes"));
  const auto first = known.Find(one.get());
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(known.Find(same.get()), first);
  EXPECT_NE(known.Find(other.get()), first);
  EXPECT_EQ(known.Find(-1), nullptr);
}

// --- In a run.

using Crafted = TraceTest;
FOR_EACH_ACCOUNT(Crafted);

void ExpectItRuns(const std::string& program) {
  TracedRun run({.observed = Everything()});
  const sandbox::FileToMake file{.path = "/program/crafted", .content = program, .mode = 0755};
  ASSERT_TRUE(run.box().PutFiles({&file, 1}));
  run.StartCommand({"/program/crafted"});
  run.RunToRest(Rest::kBlocked);
  run.tracer().TellWhere();
  EXPECT_FALSE(run.Output().empty());
  EXPECT_FALSE(run.Calls("pipe2").empty());
}

TEST_P(Crafted, ProgramsAreRunAndTold) {
  Supervised([] {
    const CraftedElf good(TraceeBytes("locations"));
    for (const char* name : {"debug information is cut", "a section is larger than all files",
                             "frames are larger than all files", "entries in a circle"}) {
      SCOPED_TRACE(name);
      const auto attack = std::ranges::find(Attacks(), std::string_view(name), &Attack::name);
      ASSERT_NE(attack, Attacks().end());
      ExpectItRuns(attack->craft(good).content());
    }
  });
}

}  // namespace
}  // namespace plumbline::trace::testing
