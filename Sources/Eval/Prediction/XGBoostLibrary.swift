import CXGBoost

/// XGBoost's C library (Chen and Guestrin, "XGBoost: a scalable tree boosting system", 2016).
enum XGBoostLibrary {
  /// Throws what the library says about a call unless it returned 0.
  static func check(_ status: CInt) throws(EvalError) {
    if status != 0 { throw .boostingFailed(reason: lastError) }
  }

  /// Keeps the library from writing to standard error; the setting is one of the thread.
  static func silence() throws(EvalError) {
    try check(XGBSetGlobalConfig(#"{"verbosity": 0}"#))
  }

  /// The last failure on this thread, without the place in the library's source and its stack.
  private static var lastError: String {
    let lines = String(cString: XGBGetLastError()).split(separator: "\n")
    let message = lines.prefix { !$0.hasPrefix("Stack trace") }.joined(separator: " ")
    guard let place = message.firstRange(of: ": ") else { return message }
    return message.hasPrefix("[") ? String(message[place.upperBound...]) : message
  }
}

/// Rows that XGBoost has taken over.
final class XGBoostMatrix {
  fileprivate let handle: DMatrixHandle
  /// The number of rows.
  let rowCount: Int

  /// A copy of features; `labels` has one number for each row where they are to be learnt from.
  init(_ features: FeatureMatrix, labels: [Float]? = nil) throws(EvalError) {
    var created: DMatrixHandle?
    try XGBoostLibrary.check(
      XGDMatrixCreateFromMat_omp(
        features.values, bst_ulong(features.rowCount), bst_ulong(features.featureCount), .nan,
        &created, 1))
    handle = created!
    rowCount = features.rowCount
    try setTypes(features.isCategory)
    if let labels {
      precondition(labels.count == rowCount, "\(labels.count) labels of \(rowCount) rows")
      try XGBoostLibrary.check(
        XGDMatrixSetFloatInfo(handle, "label", labels, bst_ulong(labels.count)))
    }
  }

  deinit { XGDMatrixFree(handle) }

  private func setTypes(_ isCategory: [Bool]) throws(EvalError) {
    let category: StaticString = "c"
    let quantity: StaticString = "q"
    var types = isCategory.map { isCategory -> UnsafePointer<CChar>? in
      // SAFETY: both strings are constants of the program that end in a zero byte.
      UnsafeRawPointer((isCategory ? category : quantity).utf8Start)
        .assumingMemoryBound(to: CChar.self)
    }
    try XGBoostLibrary.check(
      XGDMatrixSetStrFeatureInfo(handle, "feature_type", &types, bst_ulong(types.count)))
  }
}

/// A sum of trees.
final class XGBoostModel {
  private let handle: BoosterHandle

  /// No trees yet. Predictions for `matrices` are kept and brought up to date with each round.
  init(
    caching matrices: [XGBoostMatrix], parameters: [(name: String, value: String)]
  ) throws(EvalError) {
    var created: BoosterHandle?
    var handles: [DMatrixHandle?] = matrices.map(\.handle)
    try XGBoostLibrary.check(XGBoosterCreate(&handles, bst_ulong(handles.count), &created))
    handle = created!
    for (name, value) in parameters {
      try XGBoostLibrary.check(XGBoosterSetParam(handle, name, value))
    }
  }

  private init(owning handle: BoosterHandle) { self.handle = handle }

  deinit { XGBoosterFree(handle) }

  /// Adds the trees of one round.
  func boost(round: Int, on matrix: XGBoostMatrix) throws(EvalError) {
    try XGBoostLibrary.check(XGBoosterUpdateOneIter(handle, CInt(round), matrix.handle))
  }

  /// The model after a number of rounds, at least one.
  func prefix(rounds: Int) throws(EvalError) -> XGBoostModel {
    precondition(rounds > 0, "a model of \(rounds) rounds cannot be cut out")
    var created: BoosterHandle?
    try XGBoostLibrary.check(XGBoosterSlice(handle, 0, CInt(rounds), 1, &created))
    return XGBoostModel(owning: created!)
  }

  /// Hands over the sums of the trees, (rows, classes) for several classes, which last as long as the call.
  func withMargins<Result>(
    of matrix: XGBoostMatrix, _ body: (UnsafeBufferPointer<Float>) -> Result
  ) throws(EvalError) -> Result {
    let options = """
      {"type": 1, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": true}
      """
    var shape: UnsafePointer<bst_ulong>?
    var dimensionCount: bst_ulong = 0
    var margins: UnsafePointer<Float>?
    try XGBoostLibrary.check(
      XGBoosterPredictFromDMatrix(
        handle, matrix.handle, options, &shape, &dimensionCount, &margins))
    // SAFETY: the library fills as many dimensions as it says, and as many numbers as their product; both are the
    // model's until it is called again.
    let dimensions = UnsafeBufferPointer(start: shape, count: Int(dimensionCount))
    let count = dimensions.reduce(1) { $0 * Int($1) }
    return body(UnsafeBufferPointer(start: margins, count: count))
  }

  /// What the splits by each feature have gained over all trees.
  func totalGains(featureCount: Int) throws(EvalError) -> [Double] {
    var nameCount: bst_ulong = 0
    var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    var dimensionCount: bst_ulong = 0
    var shape: UnsafePointer<bst_ulong>?
    var scores: UnsafePointer<Float>?
    try XGBoostLibrary.check(
      XGBoosterFeatureScore(
        handle, #"{"importance_type": "total_gain"}"#, &nameCount, &names, &dimensionCount, &shape,
        &scores))
    var gains = Array(repeating: 0.0, count: featureCount)
    for index in 0..<Int(nameCount) {
      // SAFETY: the library gives `nameCount` names and, for trees, as many scores.
      let (name, score) = (String(cString: names![index]!), scores![index])
      // Features without names are called f0, f1 and so on; one that no split uses is left out.
      gains[Int(name.dropFirst())!] = Double(score)
    }
    return gains
  }
}
