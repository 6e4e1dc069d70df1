import Foundation
import Measuring
import Support
import Synth
import Tables

/// Rows drawn by a model of the sample table; how well it was trained does not matter.
func measureGeneration() {
  let rowCount = 50_000
  for size in ModelSize.allCases {
    for threads in threadCounts {
      measure(
        "Generation into memory, \(size.rawValue), \(threads) threads", .rows, time: .microseconds,
        samples: 5,
        seconds: 10
      ) {
        let generator = try await sampleGenerator(size)
        var table: Table?
        return Workload(
          amount: Double(rowCount),
          run: {
            table = try waiting { try await generator.generate(rows: rowCount, threadCount: threads) }
          },
          checksum: { Double(try table!.fieldByteCount()) })
      }
      measure(
        "Generation into a CSV file, \(size.rawValue), \(threads) threads", .rows,
        time: .microseconds, samples: 5,
        seconds: 10
      ) {
        let generator = try await sampleGenerator(size)
        let path = scratchPath("drawn.csv")
        return Workload(
          amount: Double(rowCount),
          run: {
            try waiting {
              try await generator.writeRows(0..<rowCount, to: path, threadCount: threads)
            }
          },
          checksum: { Double(try byteCount(ofFile: path)) })
      }
    }
  }
}

/// Writing and reading the file of a trained model.
func measureModelFiles() {
  for size in ModelSize.allCases {
    measure(
      "Model file, writing, \(size.rawValue)", .bytes, time: .microseconds, samples: 50, seconds: 3
    ) {
      let generator = try await sampleGenerator(size)
      let path = scratchPath("model.likeness")
      try generator.write(to: path)
      return Workload(
        amount: Double(try byteCount(ofFile: path)), run: { try generator.write(to: path) },
        checksum: { Double(try byteCount(ofFile: path)) })
    }
    measure(
      "Model file, reading, \(size.rawValue)", .bytes, time: .microseconds, samples: 50, seconds: 3
    ) {
      let path = scratchPath("model.likeness")
      try await sampleGenerator(size).write(to: path)
      var parameterCount = 0
      return Workload(
        amount: Double(try byteCount(ofFile: path)),
        run: { parameterCount = try Generator(contentsOf: path).parameterCount },
        checksum: { Double(parameterCount) })
    }
  }
}

private func sampleGenerator(_ size: ModelSize) async throws -> Generator {
  try await Generator.train(
    on: sampleTable(rowCount: 5_000), options: TrainingOptions(modelSize: size, epochs: 1))
}

/// The size of a file.
func byteCount(ofFile path: String) throws -> Int {
  try URL(fileURLWithPath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
}
