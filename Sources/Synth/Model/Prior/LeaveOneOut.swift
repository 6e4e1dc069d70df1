import Foundation

/// The leave-one-out likelihood of a column given a parent: every row is predicted from all others,
/// p(v | u) = (n_uv - 1 + a p(v)) / (n_u - 1 + a), at every strength a that may be chosen.
///
/// Make one for a column and use it for all of its parents: logarithms of small counts are computed once.
struct LeaveOneOut {
  /// The strengths that may be chosen: 4^-2 to 4^5.
  private static let strengths = SIMD8((-2...5).map { pow(4, Double($0)) })

  /// p(v) without the row that is predicted.
  private let marginal: [Double]
  /// The log-likelihood of the column without a parent, in nats.
  private let base: Double
  /// log(k - 1 + a p(v)) for the counts k from 1 to a limit, code after code.
  private var cellLogs: [SIMD8<Double>] = []
  /// Where the logarithms of each code begin, and the end of the last.
  private var starts: [Int] = [0]
  /// log(k - 1 + a) for the counts k from 1 on.
  private let parentLogs: [SIMD8<Double>]

  /// The most logarithms that are kept for a code.
  private static let mostLogs = 128
  private static let allParentLogs = (1...mostLogs).map { logs(count: Double($0), share: 1) }

  /// - Parameters:
  ///   - columnRows: rows with each code of the column.
  ///   - isReused: whether several parents follow, so that logarithms are worth keeping.
  init(columnRows: [Double], isReused: Bool = false) {
    let total =
      columnRows.reduce(0, +) + JointCounts.pseudoCount * Double(columnRows.count)
    marginal = columnRows.map { max($0 - 1 + JointCounts.pseudoCount, 0) / (total - 1) }
    base = zip(columnRows, marginal).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.1) : $0 }
    parentLogs = isReused ? LeaveOneOut.allParentLogs : []
    for (rows, share) in zip(columnRows, marginal) {
      let count = isReused ? min(LeaveOneOut.mostLogs, Int(rows)) : 0
      cellLogs += (0..<count).map { LeaveOneOut.logs(count: Double($0 + 1), share: share) }
      starts.append(cellLogs.count)
    }
  }

  private static func logs(count: Double, share: Double) -> SIMD8<Double> {
    var logs = SIMD8<Double>()
    for index in strengths.indices { logs[index] = log(count - 1 + strengths[index] * share) }
    return logs
  }

  /// The strength with the highest likelihood, and how many nats it saves against the column without a parent.
  ///
  /// - Parameters:
  ///   - parentRows: rows with each code of the parent.
  ///   - cells: rows with parent's code u and code v, at u width + v.
  func best(parentRows: [Double], cells: [Double]) -> (strength: Double, gain: Double) {
    let width = marginal.count
    var likelihood = SIMD8<Double>()
    for (u, rows) in parentRows.enumerated() where rows > 0 {
      likelihood -= rows * parentLogs(of: rows)
      for v in 0..<width where cells[u * width + v] > 0 {
        let count = cells[u * width + v]
        likelihood += count * cellLogs(of: count, code: v)
      }
    }
    var best = (strength: 0.0, gain: -Double.infinity)
    for index in likelihood.indices where likelihood[index] - base > best.gain {
      best = (LeaveOneOut.strengths[index], likelihood[index] - base)
    }
    return best
  }

  private func parentLogs(of rows: Double) -> SIMD8<Double> {
    Int(rows) <= parentLogs.count
      ? parentLogs[Int(rows) - 1] : LeaveOneOut.logs(count: rows, share: 1)
  }

  private func cellLogs(of count: Double, code: Int) -> SIMD8<Double> {
    let place = starts[code] + Int(count) - 1
    return place < starts[code + 1]
      ? cellLogs[place] : LeaveOneOut.logs(count: count, share: marginal[code])
  }
}
