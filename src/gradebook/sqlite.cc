// SPDX-License-Identifier: MIT
#include "gradebook/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <cerrno>

#include "base/unique_fd.h"

namespace plumbline::gradebook {
namespace {

constexpr int kBusyMilliseconds = 10'000;

std::string HintFor(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program writes to it; try again when that has ended";
    case SQLITE_FULL:
      return "the disk is full; what was kept before is safe";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return "give a file in a folder that you may write to";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "give a gradebook that plumbline grade made, or the name of a new one";
    default:
      return {};
  }
}

}  // namespace

// --- Statement.

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  ::sqlite3_finalize(statement);
}

Result<Statement> Statement::Prepare(Database& database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = ::sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &statement, nullptr);
  if (code != SQLITE_OK) return database.Failure();
  return Statement(database, statement);
}

namespace {

// What is bound is copied.
sqlite3_destructor_type Copied() { return SQLITE_TRANSIENT; }

}  // namespace

Statement& Statement::Bind(std::string_view text) {
  error_ |= ::sqlite3_bind_text64(statement_.get(), ++bound_, text.data() ? text.data() : "",
                                  text.size(), Copied(), SQLITE_UTF8);
  return *this;
}

Statement& Statement::Bind(int64_t number) {
  error_ |= ::sqlite3_bind_int64(statement_.get(), ++bound_, number);
  return *this;
}

Statement& Statement::BindBlob(std::string_view bytes) {
  error_ |= ::sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.data() ? bytes.data() : "",
                                  bytes.size(), Copied());
  return *this;
}

Statement& Statement::BindNull() {
  error_ |= ::sqlite3_bind_null(statement_.get(), ++bound_);
  return *this;
}

Result<bool> Statement::Step() {
  if (error_ != SQLITE_OK) return database_->Failure();
  const int code = ::sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->Failure();
}

Status Statement::Run() {
  TRY_ASSIGN(const bool row, Step());
  (void)row;
  return {};
}

std::string Statement::Text(int column) const {
  const auto* const bytes =
      static_cast<const char*>(::sqlite3_column_blob(statement_.get(), column));
  const int size = ::sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<size_t>(size));
}

int64_t Statement::Number(int column) const {
  return ::sqlite3_column_int64(statement_.get(), column);
}

bool Statement::IsNull(int column) const {
  return ::sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

// --- Database.

void Database::Close::operator()(sqlite3* handle) const { ::sqlite3_close_v2(handle); }

namespace {

// To make a file a WAL database SQLite asks for all of it at once and does not wait (no busy
// handler is asked where two could wait for each other): who opens it meanwhile would be told that
// it is locked. So one after the other opens a file in this folder; released when it is closed. Of
// the folder, since who closes the file itself lets go of SQLite's own locks (fcntl(2)).
UniqueFd TurnIn(const std::filesystem::path& path) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  UniqueFd turn(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  while (turn && ::flock(turn.get(), LOCK_EX) < 0 && errno == EINTR) continue;
  return turn;
}

}  // namespace

Result<Database> Database::Open(const std::filesystem::path& path) {
  Database database(path);
  const UniqueFd turn = TurnIn(path);
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  const int code = ::sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  database.handle_.reset(handle);
  if (code != SQLITE_OK) return database.Failure();
  ::sqlite3_busy_timeout(handle, kBusyMilliseconds);
  TRY(
      database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "PRAGMA foreign_keys = ON"));
  return database;
}

Status Database::Execute(const std::string& sql) {
  if (::sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return Failure();
  return {};
}

int64_t Database::LastRow() const { return ::sqlite3_last_insert_rowid(handle_.get()); }

std::unexpected<Error> Database::Failure() const {
  const int code = ::sqlite3_extended_errcode(handle_.get());
  return Fail(path_.string() + ": " + ::sqlite3_errmsg(handle_.get()), HintFor(code));
}

// --- Transaction.

Result<Transaction> Transaction::Begin(Database& database) {
  TRY(database.Execute("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  if (database_ != nullptr) (void)database_->Execute("ROLLBACK");
}

Status Transaction::Commit() {
  TRY(database_->Execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace plumbline::gradebook
