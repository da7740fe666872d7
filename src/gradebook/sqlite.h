// SPDX-License-Identifier: MIT
// SQLite, as far as a gradebook needs it: a connection, statements, transactions. Errors say which
// file, and what to do about the common ones (a full disk, another program that writes).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace plumbline::gradebook {

class Database;

// A prepared statement with its values. Steps through its rows; columns are counted from 0.
class Statement {
 public:
  // `sql` has a ? for each value that Bind gives, in order.
  static Result<Statement> Prepare(Database& database, const std::string& sql);

  Statement& Bind(std::string_view text);
  Statement& Bind(int64_t number);
  Statement& BindBlob(std::string_view bytes);
  Statement& BindNull();

  // True: there is a row. False: there is none any more.
  Result<bool> Step();
  // Of a statement that gives no rows.
  Status Run();

  std::string Text(int column) const;
  int64_t Number(int column) const;
  bool IsNull(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  Statement(Database& database, sqlite3_stmt* statement)
      : database_(&database), statement_(statement) {}

  Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
  int error_ = 0;  // of a Bind
};

class Database {
 public:
  // Makes the file if it is not there. WAL (sqlite.org/wal.html), foreign keys held; waits for
  // another writer at most ten seconds.
  static Result<Database> Open(const std::filesystem::path& path);

  Status Execute(const std::string& sql);
  int64_t LastRow() const;
  // What the last call failed at.
  std::unexpected<Error> Failure() const;
  sqlite3* handle() { return handle_.get(); }

 private:
  friend class Statement;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  explicit Database(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  std::unique_ptr<sqlite3, Close> handle_;
};

// All or nothing of what is done while it lives: without Commit() nothing.
class Transaction {
 public:
  static Result<Transaction> Begin(Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status Commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace plumbline::gradebook
