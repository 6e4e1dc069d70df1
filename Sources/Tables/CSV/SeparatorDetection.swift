/// Guesses the byte between fields: comma, semicolon, tab or bar.
///
/// The winner occurs equally often in most of the first rows; of several such bytes it is the most
/// frequent. If none occurs, the table has a single column and the result is a separator that does
/// not occur.
///
/// - Parameters:
///   - text: The start of a file.
///   - isWhole: Whether the text is the whole file, so that its last row is complete.
func detectSeparator(_ text: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> UInt8 {
  let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]
  var best: UInt8?
  var absent: UInt8?
  var bestScore = (agreeing: 0, count: 0)
  for candidate in candidates {
    let counts = separatorCounts(text, separator: candidate, isWhole: isWhole)
    if absent == nil && counts.allSatisfy({ $0 == 0 }) { absent = candidate }
    guard let header = counts.first, header > 0 else { continue }
    // A separator is in most rows; a comma in a sentence is not.
    guard counts.count(where: { $0 > 0 }) * 2 >= counts.count else { continue }
    let score = (agreeing: counts.count { $0 == header }, count: header)
    if score > bestScore {
      best = candidate
      bestScore = score
    }
  }
  return best ?? absent ?? candidates[0]
}

/// The number of separators outside quotes in each of the first rows that are not blank.
private func separatorCounts(
  _ text: UnsafeBufferPointer<UInt8>, separator: UInt8, isWhole: Bool
) -> [Int] {
  let wantedRowCount = 20
  var counts: [Int] = []
  var count = 0
  var isQuoted = false
  var previous = CSVByte.lineFeed
  var isBlank = true
  for byte in text {
    defer { previous = byte }
    if byte == CSVByte.quote {
      // Inside a quoted field a doubled quote closes and opens again, which changes nothing here.
      let canOpen = isBlank || previous == separator || previous == CSVByte.quote
      isQuoted = !isQuoted && canOpen
      isBlank = false
    } else if byte == CSVByte.lineFeed && !isQuoted {
      if !isBlank { counts.append(count) }
      if counts.count == wantedRowCount { return counts }
      count = 0
      isBlank = true
    } else if byte != CSVByte.carriageReturn {
      isBlank = false
      if byte == separator && !isQuoted { count += 1 }
    }
  }
  if !isBlank && (isWhole || counts.isEmpty) { counts.append(count) }
  return counts
}
