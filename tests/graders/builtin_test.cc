// SPDX-License-Identifier: MIT
// What holds of every kind's table: the loader, the schema and the manual are made from them.
#include "graders/builtin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace plumbline::graders {
namespace {

using ::testing::EndsWith;

TEST(BuiltinKinds, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const auto& kind : BuiltinKinds()) {
    EXPECT_TRUE(names.insert(kind.table.name).second) << kind.table.name;
    // Of its topic; who asks somebody else has none.
    EXPECT_EQ(std::ranges::count(kind.table.name, '.'), kind.table.name == "external" ? 0 : 1)
        << kind.table.name;
  }
}

TEST(BuiltinKinds, AreThoseOfTheTables) {
  ASSERT_EQ(BuiltinKinds().size(), KindTables().size());
  for (size_t i = 0; i < KindTables().size(); ++i) {
    EXPECT_EQ(BuiltinKinds()[i].table.name, KindTables()[i].name);
  }
}

TEST(BuiltinKinds, AreDescribedInSentences) {
  for (const auto& table : KindTables()) {
    EXPECT_THAT(table.doc, EndsWith(".")) << table.name;
    for (const auto& param : table.params) {
      EXPECT_THAT(param.doc, EndsWith(".")) << table.name << " " << param.name;
    }
    // Its findings are its own.
    EXPECT_EQ(table.findings.empty(), table.name == "external") << table.name;
    for (const auto& finding : table.findings) {
      EXPECT_THAT(finding.doc, EndsWith(".")) << table.name << " " << finding.code;
    }
  }
}

bool HasParam(const spec::KindTable& table, const std::string& name) {
  return std::ranges::find(table.params, name, &spec::ParamSpec::name) != table.params.end();
}

TEST(BuiltinKinds, NameOnlyParametersThatTheyHave) {
  for (const auto& table : KindTables()) {
    for (const std::string& name : table.one_of) EXPECT_TRUE(HasParam(table, name)) << name;
    for (const auto& group : table.exclusive) {
      for (const std::string& name : group) EXPECT_TRUE(HasParam(table, name)) << name;
    }
  }
}

TEST(BuiltinKinds, FindNobodyWhereTheyLookAtSomebody) {
  for (const auto& table : KindTables()) {
    const bool about_somebody = HasParam(table, "who") || HasParam(table, "by");
    const bool finds_nobody =
        std::ranges::any_of(table.findings, [](const auto& f) { return f.code == "nobody"; });
    EXPECT_TRUE(finds_nobody || !about_somebody) << table.name;
  }
}

TEST(BuiltinKinds, DefaultOnlyWhatIsNotRequired) {
  for (const auto& table : KindTables()) {
    for (const auto& param : table.params) {
      EXPECT_FALSE(param.required && param.default_value) << table.name << " " << param.name;
    }
  }
}

}  // namespace
}  // namespace plumbline::graders
