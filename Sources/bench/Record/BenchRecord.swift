import Foundation
import NN
import Study

/// The machine and the seed of a report.
struct BenchRecord {
  let machine: Machine
  let rates = ProductRates()
  let seed: UInt64

  init(threadCount: Int? = nil, seed: UInt64) {
    machine = Machine(threadCount: threadCount, revision: sourceRevision())
    self.seed = seed
  }

  /// A line for each: processor, features, BLAS with its core, kernels, revision and seed, rates.
  var description: String {
    """
    processor: \(machine.processor), \(machine.processorCount) processors, \(machine.threadCount) threads
    features:  \(Machine.features.isEmpty ? "none" : Machine.features.joined(separator: " "))
    BLAS:      \(BLASLibrary.description)
    kernels:   \(VectorKernels.description)
    revision:  \(machine.revision ?? "unknown"), seed \(seed)
    products:  \(String(
      format: "%.1f GFLOP/s at 256 x 192 x 64, BLAS %.1f, and %.1f at 2048 x 2048 x 2048, one thread",
      rates.own, rates.small, rates.large))
    """
  }
}

/// The state of the repository that the program was built from, `-dirty` where files have been changed; nil if there is no repository.
func sourceRevision() -> String? {
  let git = Process()
  git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
  git.arguments = ["git", "-C", sources, "describe", "--always", "--dirty"]
  let output = Pipe()
  git.standardOutput = output
  git.standardError = FileHandle.nullDevice
  guard (try? git.run()) != nil else { return nil }
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  git.waitUntilExit()
  return git.terminationStatus == 0 ? text.trimmingCharacters(in: .newlines) : nil
}
