import Support

/// Something to be measured, ready to run.
public struct Workload {
  /// What one call gets through, in the unit of the rate that is measured.
  let amount: Double
  let callsPerSample: Int
  let setUp: (() -> Void)?
  let run: () throws -> Void
  let checksum: () throws -> Double

  /// - Parameters:
  ///   - amount: what one call gets through: floating-point operations, bytes or rows.
  ///   - callsPerSample: enough of them that a sample takes some tenths of a millisecond or more.
  ///   - setUp: made before every call, not timed; calls are then timed one by one.
  ///   - run: what is timed.
  ///   - checksum: depends on the result, and is neither zero nor infinite nor no number unless the result is wrong.
  public init(
    amount: Double, callsPerSample: Int = 1, setUp: (() -> Void)? = nil,
    run: @escaping () throws -> Void, checksum: @escaping () throws -> Double
  ) {
    self.amount = amount
    self.callsPerSample = callsPerSample
    self.setUp = setUp
    self.run = run
    self.checksum = checksum
  }

  /// Seconds of one call, the mean of a sample.
  func sample() throws -> Double {
    var seconds = 0.0
    if let setUp {
      for _ in 0..<callsPerSample {
        setUp()
        seconds += try elapsedSeconds(run)
      }
    } else {
      seconds = try elapsedSeconds {
        for _ in 0..<callsPerSample { try run() }
      }
    }
    try check(try checksum())
    return seconds / Double(callsPerSample)
  }
}

/// A benchmark whose result cannot be right: its figures are thrown away.
public struct WrongResult: Error {
  let checksum: Double
}

/// Throws unless a checksum is a number other than zero.
public func check(_ checksum: Double) throws {
  guard checksum.isFinite, checksum != 0 else { throw WrongResult(checksum: checksum) }
}
