// SPDX-License-Identifier: MIT
// In which pieces streams were written, told call by call.
#include "trace/written_pieces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using Way = record::Transfer::Way;

record::Transfer Moved(int object, Way way, uint64_t bytes) {
  record::Transfer transfer;
  transfer.object = object;
  transfer.way = way;
  transfer.bytes = bytes;
  return transfer;
}

constexpr HostPid kClient{10};
constexpr HostPid kPeer{20};

TEST(WrittenPieces, AreUsedUpByReads) {
  WrittenPieces written;
  for (const uint64_t bytes : {3, 4}) written.Note(Moved(1, Way::kWritten, bytes), false);
  written.Note(Moved(1, Way::kRead, 5), false);
  EXPECT_THAT(written.Of(1), Optional(ElementsAre(2)));
  EXPECT_THAT(written.Of(2), Optional(IsEmpty()));
}

TEST(WrittenPieces, AreNotKnownOfWhatOthersWriteToo) {
  WrittenPieces written;
  written.Note(Moved(1, Way::kRead, 1), false);
  EXPECT_EQ(written.Of(1), std::nullopt);
  written.Note(Moved(2, Way::kWritten, 1), true);
  EXPECT_EQ(written.Of(2), std::nullopt);
}

TEST(WrittenPieces, ComeOutAtTheOtherEndOfAPair) {
  WrittenPieces written;
  written.NotePair(1, 2);
  written.NotePair(0, 3);
  written.Note(Moved(1, Way::kWritten, 3), false);
  EXPECT_THAT(written.Of(2), Optional(ElementsAre(3)));
  EXPECT_THAT(written.Of(1), Optional(IsEmpty()));
  EXPECT_FALSE(written.HasOtherEnd(3));
}

// The same client twice, and somebody who is not seen connecting.
TEST(WrittenPieces, ConnectionsAreAcceptedInTheirOrder) {
  WrittenPieces written;
  written.NoteConnected(1, kClient, "s");
  written.NoteConnected(2, kClient, "s");
  written.NoteAccepted(5, kPeer, "s");
  written.NoteAccepted(6, kClient, "s");
  written.NoteAccepted(7, kClient, "s");
  EXPECT_FALSE(written.HasOtherEnd(5));
  EXPECT_EQ(written.SourceOf(6), 1);
  EXPECT_EQ(written.SourceOf(7), 2);
}

// Who listens anew has a queue of its own.
TEST(WrittenPieces, WhatNobodyAcceptedIsForgotten) {
  WrittenPieces written;
  written.NoteConnected(1, kClient, "s");
  written.NoteListening("s");
  written.NoteAccepted(5, kClient, "s");
  EXPECT_FALSE(written.HasOtherEnd(5));
}

}  // namespace
}  // namespace plumbline::trace
