import Foundation

/// The majority value of each of many voters, in one pass over the rows (Boyer and Moore, "MJRTY: a fast majority vote
/// algorithm", 1991).
package struct BoyerMooreMajority {
  private var values: [Int32]
  /// For each voter, the rows of its value that cannot be paired with rows of another value.
  private var leads: [Int32]
  private var rowCount = 0

  package init(voterCount: Int) {
    values = Array(repeating: 0, count: voterCount)
    leads = values
  }

  /// Counts a row.
  package mutating func add(_ voter: Int, _ value: Int) {
    rowCount += 1
    if leads[voter] == 0 { values[voter] = Int32(value) }
    leads[voter] += values[voter] == value ? 1 : -1
  }

  /// The value of each voter; nil if its lead is smaller.
  package func winners(leastLead: Int) -> [Int?] {
    zip(values, leads).map { $1 >= leastLead ? Int($0) : nil }
  }

  /// The mean information of the values about a row: the entropy of the winners, times the share of the rows that they lead by.
  package func nats(leastLead: Int) -> Double {
    var led: [Int32: Double] = [:]
    for (value, lead) in zip(values, leads) where lead >= leastLead {
      led[value, default: 0] += Double(lead)
    }
    let sums = led.values.sorted()
    let total = sums.reduce(0, +)
    return sums.reduce(0) { $0 - $1 * log($1 / total) } / Double(max(1, rowCount))
  }
}
