// SPDX-License-Identifier: MIT
// A gradebook of a test's own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

#include "gradebook/gradebook.h"

namespace plumbline::gradebook {

class SampleBook : public ::testing::Test {
 protected:
  SampleBook() {
    std::string name = ::testing::TempDir() + "plumbline-book-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~SampleBook() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file() const { return folder_ / "class.db"; }
  Gradebook Open() const {
    auto book = Gradebook::Open(file());
    EXPECT_TRUE(book) << book.error().message;
    return *std::move(book);
  }
  // With a class of two, one exercise, and this many points for the first of them.
  Gradebook Filled(int points = 7) const {
    Gradebook book = Open();
    EXPECT_TRUE(book.PutStudents({{"u1", "Anna Puig", "anna@x", "A"}, {"u2", "=cmd", "", ""}}));
    EXPECT_TRUE(book.PutExercise("pipes", "Pipes", 10));
    const auto attempt = book.AttemptOf({"u1", "pipes", "h1"}, 100, "anna");
    EXPECT_TRUE(attempt);
    EXPECT_TRUE(book.PutResult(*attempt, Result(points), {}));
    return book;
  }
  static ResultRow Result(int points) {
    return {.state = ResultRow::State::kGraded,
            .exercise_hash = "e1",
            .version = "0.1",
            .points = points,
            .max_points = 10,
            .passed = points >= 5,
            .grade = "{}",
            .language = "c"};
  }

  std::filesystem::path folder_;
};

}  // namespace plumbline::gradebook
