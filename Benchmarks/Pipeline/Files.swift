import Measuring
import Support
import Tables

/// Reading and writing CSV: bytes are those of the text, also where the file is compressed.
func measureFiles() {
  let rowCount = 200_000
  measureReading("splitting", rowCount: rowCount) { Double(try $0.fieldByteCount()) }
  measureReading("profiling", rowCount: rowCount) {
    Double(try TableProfile(scanning: $0).rowCount)
  }
  measureReading("reading into memory", rowCount: rowCount) {
    Double(try Table(reading: $0).rowCount)
  }
  for name in ["plain.csv", "compressed.csv.gz"] {
    measure("CSV, writing \(name)", .bytes, time: .microseconds, samples: 10, seconds: 5) {
      let table = sampleTable(rowCount: rowCount)
      let (path, plain) = (scratchPath(name), scratchPath("plain.csv"))
      try table.write(to: plain)
      return Workload(
        amount: Double(try byteCount(ofFile: plain)), run: { try table.write(to: path) },
        checksum: { Double(try byteCount(ofFile: path)) })
    }
  }
}

private func measureReading(
  _ name: String, rowCount: Int, read: @escaping (CSVFiles) throws -> Double
) {
  for file in ["plain.csv", "compressed.csv.gz"] {
    measure("CSV, \(name), \(file)", .bytes, time: .microseconds, samples: 20, seconds: 5) {
      let table = sampleTable(rowCount: rowCount)
      let (path, plain) = (scratchPath(file), scratchPath("plain.csv"))
      try table.write(to: plain)
      try table.write(to: path)
      let files = try CSVFiles(paths: [path])
      var result = 0.0
      return Workload(
        amount: Double(try byteCount(ofFile: plain)), run: { result = try read(files) },
        checksum: { result })
    }
  }
}
