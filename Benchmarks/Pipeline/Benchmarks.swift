import Foundation
import Measuring

let benchmarks: @Sendable () -> Void = {
  beginBenchmarks()
  measureTraining()
  measureGeneration()
  measureFiles()
  measureModelFiles()
}

/// One thread, and as many as there are processors.
let threadCounts = Set([1, ProcessInfo.processInfo.activeProcessorCount]).sorted()
