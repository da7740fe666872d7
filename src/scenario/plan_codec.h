// SPDX-License-Identifier: MIT
// Tasks and answers as documents: CBOR (RFC 8949) maps by field name. Every text is a byte string,
// since a student's bytes are no UTF-8; a map with such keys is an array of pairs. README.md has
// the rules.
//
// Decoding takes bytes from nobody in particular: whatever they are, the result is a value in range
// or an Error that names the place ("plan.scenario.steps[3].action: no such variant").
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "build/build.h"
#include "scenario/plan.h"
#include "scenario/protocol.h"

namespace plumbline::scenario {

std::string Encode(const build::Request& request);
std::string Encode(const build::Report& report);
std::string Encode(const Plan& plan);
std::string Encode(const Error& error);
std::string Encode(const Offer& offer);
std::string Encode(const Offered& offered);

Result<build::Request> DecodeRequest(std::string_view bytes);
Result<build::Report> DecodeReport(std::string_view bytes);
Result<Plan> DecodePlan(std::string_view bytes);
Result<Error> DecodeError(std::string_view bytes);
Result<Offer> DecodeOffer(std::string_view bytes);
Result<Offered> DecodeOffered(std::string_view bytes);

// A well-formed CBOR document may nest a million arrays in a megabyte, and decoders recurse. True
// if `bytes` is one document of at most `most` levels whose strings do not reach beyond its end;
// looks at the heads alone, in one pass without recursion.
bool NestsWithin(std::string_view bytes, size_t most);

}  // namespace plumbline::scenario
