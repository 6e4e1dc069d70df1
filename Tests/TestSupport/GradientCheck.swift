import Testing

/// The derivative of a function with respect to every number of every input, by central differences.
public func centralDifferences(
  at inputs: [[Double]], step: Double = 1e-5, of function: ([[Double]]) -> Double
) -> [[Double]] {
  var moved = inputs
  return inputs.indices.map { input in
    inputs[input].indices.map { index in
      let center = inputs[input][index]
      moved[input][index] = center + step
      let above = function(moved)
      moved[input][index] = center - step
      let below = function(moved)
      moved[input][index] = center
      return (above - below) / (2 * step)
    }
  }
}

/// Records an issue for each input whose gradient is not that of a plain Double function at the inputs.
public func expectGradients(
  _ actual: [[Float]], at inputs: [[Float]], absolute: Double, relative: Double,
  sourceLocation: SourceLocation = #_sourceLocation, of function: ([[Double]]) -> Double
) {
  let expected = centralDifferences(at: inputs.map { $0.map(Double.init) }, of: function)
  #expect(actual.count == expected.count, sourceLocation: sourceLocation)
  for (index, pair) in zip(actual, expected).enumerated() {
    expectClose(
      pair.0, pair.1, absolute: absolute, relative: relative, "gradient of input \(index):",
      sourceLocation: sourceLocation)
  }
}
