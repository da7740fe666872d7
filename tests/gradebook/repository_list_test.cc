// SPDX-License-Identifier: MIT
#include "gradebook/repository_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::gradebook {
namespace {

using ::testing::HasSubstr;

std::string Refusal(std::string_view text) {
  const auto list = ParseRepositoryList(text);
  EXPECT_FALSE(list) << text;
  return list ? "" : list.error().message;
}

std::string RevisionOf(const std::string& written) {
  const auto list = ParseRepositoryList("anna,x," + written);
  return list ? list->front().revision : list.error().message;
}

TEST(RepositoryList, HasALineEach) {
  const auto list = ParseRepositoryList(
      "\xef\xbb\xbfstudent,repository,branch\r\n"
      "# who left\r\n"
      "anna,https://git.example.org/anna/lab.git\r\n"
      "\n"
      "  joan , git@git.example.org:joan/lab.git , main\n"
      "\"Mas, Mar\",../mar/lab.git\n"
      "# pau,nowhere");
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(*list, (std::vector<Repository>{
                       {"anna", "https://git.example.org/anna/lab.git", "HEAD", 3},
                       {"joan", "git@git.example.org:joan/lab.git", "refs/heads/main", 5},
                       {"Mas, Mar", "../mar/lab.git", "HEAD", 6}}));
}

TEST(RepositoryList, MayNameABranchOrACommit) {
  const std::string hash(40, 'a');
  EXPECT_EQ(RevisionOf(""), "HEAD");
  EXPECT_EQ(RevisionOf("HEAD"), "HEAD");
  EXPECT_EQ(RevisionOf("lab/1"), "refs/heads/lab/1");
  EXPECT_EQ(RevisionOf("refs/tags/v1"), "refs/tags/v1");
  EXPECT_EQ(RevisionOf(hash), hash);
  EXPECT_EQ(RevisionOf(std::string(64, '0')), std::string(64, '0'));
  EXPECT_EQ(RevisionOf("abc123"), "refs/heads/abc123");
}

// Never an option, never a place to write to, never a pattern.
TEST(RepositoryList, HasNoNamesWithAnotherMeaning) {
  EXPECT_EQ(RevisionOf("-rf"), "refs/heads/-rf");
  EXPECT_EQ(RevisionOf("+main"), "refs/heads/+main");
  for (const char* name : {"a:b", "a b", "a*", "^a", "a..b", "a@{1}", "@", "a.lock", "/a", "a/",
                           "a//b", ".a", "a/.b", "a.", "a\\b", "a[b", "a~1", "a?", "\"a\tb\""})
    EXPECT_THAT(RevisionOf(name), HasSubstr("line 1: '")) << name;
}

TEST(RepositoryList, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(Refusal("anna,x\njoan\n"), HasSubstr("line 2: there is no repository of 'joan'"));
  EXPECT_THAT(Refusal("anna,\n"), HasSubstr("line 1: there is no repository of 'anna'"));
  EXPECT_THAT(Refusal(",x\n"), HasSubstr("line 1: there is no student"));
  EXPECT_THAT(Refusal("anna,x,y,z\n"), HasSubstr("line 1: too many fields"));
  EXPECT_THAT(Refusal("\"anna,x\n"), HasSubstr("line 1: a quote"));
  EXPECT_THAT(Refusal("#\nanna,x\n\nanna,y\n"),
              HasSubstr("line 4: 'anna' is there already, in line 2"));
  EXPECT_THAT(Refusal("anna,x\x1b[31m\n"), HasSubstr("line 1: a control character"));
  EXPECT_THAT(Refusal("anna,\xff\n"), HasSubstr("no text in UTF-8"));
  EXPECT_THAT(Refusal("# nobody\n"), HasSubstr("there is no repository in it"));
  EXPECT_THAT(Refusal(""), HasSubstr("there is no repository in it"));
}

TEST(RepositoryList, TellsPathsFromUrls) {
  for (const char* path : {"lab", "../lab", "/srv/lab.git", "./a:b", "-x"})
    EXPECT_TRUE(IsPath(path)) << path;
  for (const char* url :
       {"https://x/y", "file:///srv/lab", "host:lab", "git@host:lab/x", "ext::sh -c x"})
    EXPECT_FALSE(IsPath(url)) << url;
}

}  // namespace
}  // namespace plumbline::gradebook
