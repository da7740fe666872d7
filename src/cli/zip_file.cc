// SPDX-License-Identifier: MIT
#include "cli/zip_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <ctime>
#include <memory>

namespace plumbline::cli {
namespace {

using Writer = std::unique_ptr<archive, decltype(&archive_write_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

constexpr std::time_t kBeginningOfZip = 315'532'800;  // 1980-01-01T00:00:00Z

std::unexpected<Error> ErrorOf(const Writer& writer) {
  const char* const text = archive_error_string(writer.get());
  return Fail(std::string("cannot make a zip archive: ") + (text ? text : "no reason is given"));
}

la_ssize_t Append(archive* /*writer*/, void* out, const void* bytes, size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

Status Add(const Writer& writer, const ZippedFile& file) {
  const Entry entry(archive_entry_new(), &archive_entry_free);
  archive_entry_set_pathname(entry.get(), file.path.c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), file.executable ? 0755 : 0644);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
  archive_entry_set_mtime(entry.get(), kBeginningOfZip, 0);
  if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK) return ErrorOf(writer);
  const la_ssize_t written =
      archive_write_data(writer.get(), file.content.data(), file.content.size());
  if (written != static_cast<la_ssize_t>(file.content.size())) return ErrorOf(writer);
  return {};
}

}  // namespace

Result<std::string> Zipped(const std::vector<ZippedFile>& files) {
  std::string out;
  const Writer writer(archive_write_new(), &archive_write_free);
  if (!writer || archive_write_set_format_zip(writer.get()) != ARCHIVE_OK ||
      archive_write_open2(writer.get(), &out, nullptr, &Append, nullptr, nullptr) != ARCHIVE_OK)
    return ErrorOf(writer);
  for (const ZippedFile& file : files) TRY(Add(writer, file));
  if (archive_write_close(writer.get()) != ARCHIVE_OK) return ErrorOf(writer);
  return out;
}

}  // namespace plumbline::cli
