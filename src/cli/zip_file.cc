// SPDX-License-Identifier: MIT
// By zlib: the writer of libarchive needs all its other formats, and libxml2 for one of them, which
// a program in one piece would have to take along.
#include "cli/zip_file.h"

#include <zlib.h>

#include <cstdint>
#include <limits>
#include <string_view>

namespace plumbline::cli {
namespace {

// APPNOTE.TXT 4.3 and 4.4.
constexpr uint32_t kLocalHeader = 0x04034b50;
constexpr uint32_t kInDirectory = 0x02014b50;
constexpr uint32_t kEndOfDirectory = 0x06054b50;
constexpr uint16_t kVersion = 20;           // 2.0: what deflating needs
constexpr uint16_t kMadeOnUnix = 3 << 8;    // so that modes are looked at
constexpr uint16_t kNamesInUtf8 = 1 << 11;  // a flag
constexpr uint16_t kDeflated = 8;           // a method
constexpr uint16_t kBeginningOfZip = 0x21;  // 1980-01-01, in the form of MS-DOS
constexpr uint32_t kRegularFile = 0100000;  // S_IFREG
constexpr size_t kMostFiles = std::numeric_limits<uint16_t>::max() - 1;
constexpr size_t kMostBytes = size_t{1} << 31;  // well below where the format needs more fields

class Fields {
 public:
  Fields& Two(uint32_t number) { return Low(number, 2); }
  Fields& Four(size_t number) { return Low(number, 4); }
  Fields& Text(std::string_view text) {
    text_ += text;
    return *this;
  }
  size_t size() const { return text_.size(); }
  const std::string& text() const { return text_; }

 private:
  Fields& Low(size_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) text_ += static_cast<char>((number >> (8 * i)) & 0xff);
    return *this;
  }
  std::string text_;
};

Result<std::string> Deflated(std::string_view content) {
  z_stream stream{};
  // Without zlib's own header: deflateInit2 in zlib.h.
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    return Fail("cannot make a zip archive: no memory is left");
  std::string out(deflateBound(&stream, content.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (code != Z_STREAM_END) return Fail("cannot make a zip archive: it is not compressed");
  return out;
}

// What both headers of a file have in common.
void AddCommon(Fields& to, const ZippedFile& file, const std::string& deflated) {
  const auto* const content = reinterpret_cast<const Bytef*>(file.content.data());
  to.Two(kVersion).Two(kNamesInUtf8).Two(kDeflated).Two(0).Two(kBeginningOfZip);
  to.Four(crc32_z(0, content, file.content.size()));
  to.Four(deflated.size()).Four(file.content.size());
  to.Two(static_cast<uint32_t>(file.path.size())).Two(0);
}

}  // namespace

Result<std::string> Zipped(const std::vector<ZippedFile>& files) {
  Fields out;
  Fields directory;
  if (files.size() > kMostFiles) return Fail("cannot make a zip archive of so many files");
  for (const ZippedFile& file : files) {
    if (file.path.size() > std::numeric_limits<uint16_t>::max() ||
        out.size() + file.content.size() > kMostBytes)
      return Fail("cannot make a zip archive: " + file.path + " is too large for it");
    TRY_ASSIGN(const std::string deflated, Deflated(file.content));
    const uint32_t mode = kRegularFile | (file.executable ? 0755U : 0644U);
    directory.Four(kInDirectory).Two(kMadeOnUnix | kVersion);
    AddCommon(directory, file, deflated);
    directory.Two(0).Two(0).Two(0).Four(mode << 16).Four(out.size()).Text(file.path);
    out.Four(kLocalHeader);
    AddCommon(out, file, deflated);
    out.Text(file.path).Text(deflated);
  }
  const size_t begin = out.size();
  const auto count = static_cast<uint32_t>(files.size());
  out.Text(directory.text()).Four(kEndOfDirectory).Two(0).Two(0).Two(count).Two(count);
  out.Four(directory.size()).Four(begin).Two(0);
  return out.text();
}

}  // namespace plumbline::cli
