import Foundation
import Synth
import Tables
import TestSupport

/// Something that one row, or too few rows, of a column have.
struct Secret: Sendable {
  let column: String
  /// What no drawn field of the column may contain.
  let text: String
  /// What no file may contain: spellings and numbers that give it away.
  let traces: [String]

  init(_ column: String, _ text: String, traces: [String]? = nil) {
    self.column = column
    self.text = text
    self.traces = traces ?? [text]
  }
}

/// A random table with a column of every kind and secrets in each of them.
struct PlantedTable {
  let table: Table
  /// Planted in one row, some in four.
  static let secrets = [
    Secret("town", "Zwiesel-Unikat"), Secret("town", "Vierlingshausen"),
    Secret("amount", "1234567.89", traces: ["1234567.89", "123456789"]),
    Secret("amount", "512.3456789", traces: ["512.3456789", "5123456789", "51235", "512346"]),
    Secret("balance", "-987654321"),
    Secret("size", "3.1e17", traces: ["3.1e+17", "310000000000000000", "3.1e17"]),
    Secret("children", "918273645"),
    Secret("born", "1871-01-18", traces: ["1871", "-36142"]),
    Secret("born", "2099-12-31", traces: ["2099", "47481"]),
    Secret("stamp", "2031-07-07 07:07:07", traces: ["2031", "22467"]),
    Secret("latitude", "69.648713", traces: ["69.648713", "69648713", "69649000"]),
    Secret("longitude", "18.956324", traces: ["18.956324", "18956324", "18956000"]),
    Secret("email", "geheim"), Secret("email", "schattenreich"),
    Secret("name", "Quendelbichler"), Secret("phone", "+49 30 9182736"),
    Secret("id", "CU-0077177"), Secret("id", "CU-0000001"),
    Secret("postcode", "99998", traces: ["\"99998\"", "=99998"]),
    Secret("postcode", "W1A-1AA"),
    Secret("note", "Sonnenblumenkern"),
    Secret("fee", "7,654,321.09", traces: ["7,654,321", "7654321.09", "765432109"]),
    Secret("ticket", "kxqzvwy77"), Secret("ticket", "vqwxzkj88"),
    Secret("title", "Nachtigallengrund"), Secret("title", "Blue Loft in the Harbour, free"),
    Secret("title", "Green Room on the Hill: quiet"),
    Secret("fee", "(", traces: ["parentheses"]),
    Secret("fee", "Gnadenhalber"), Secret("age", "Methusalem"), Secret("due", "Nimmermehr"),
  ]

  init(rows: Int, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func draws(_ value: (inout SplitMix64) -> String) -> [String] {
      (0..<rows).map { _ in value(&random) }
    }
    func number(_ limit: Int, _ random: inout SplitMix64) -> Int {
      Int(random.unit() * Double(limit))
    }
    func word(_ count: Int, _ random: inout SplitMix64) -> String {
      String((0..<count).map { _ in "abdefgiklmnoprstu".randomElement(using: &random)! })
    }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let towns = ["Ulm", "Bonn", "Halle", "Köln"]
    var columns: [(name: String, fields: [String])] = []
    columns.append(("town", draws { towns[number(4, &$0)] }))
    columns.append(("amount", draws { String(format: "%.2f", 1000 * $0.unit() * $0.unit()) }))
    columns.append(("balance", draws { "\(number(2_000_000, &$0) - 1_000_000)" }))
    columns.append(("size", draws { String(format: "%.1f", 90 * $0.unit()) }))
    columns.append(("children", draws { "\(number(4, &$0))" }))
    columns.append(
      (
        "born",
        draws {
          "\(1950 + number(50, &$0))-\(two(1 + number(12, &$0)))-\(two(1 + number(28, &$0)))"
        }
      ))
    columns.append(
      (
        "stamp",
        draws {
          "\(2018 + number(5, &$0))-\(two(1 + number(12, &$0)))-\(two(1 + number(28, &$0))) "
            + "\(two(number(24, &$0))):\(two(number(60, &$0))):\(two(number(60, &$0)))"
        }
      ))
    columns.append(("latitude", draws { String(format: "%.6f", 52.4 + 0.2 * $0.unit()) }))
    columns.append(("longitude", draws { String(format: "%.6f", 13.2 + 0.4 * $0.unit()) }))
    columns.append(("email", draws { "\(word(6, &$0)).\(word(7, &$0))@example.com" }))
    columns.append(("name", draws { "\(word(5, &$0).capitalized) \(word(8, &$0).capitalized)" }))
    columns.append(("phone", draws { "+49 30 \(1_000_000 + number(8_000_000, &$0))" }))
    var ids = Set<String>()
    while ids.count < rows { ids.insert("CU-00\(10_000 + number(89_000, &random))") }
    columns.append(("id", ids.sorted().shuffled(using: &random)))
    columns.append(("postcode", draws { "\(number(2, &$0))\(1_000 + number(8_999, &$0))" }))
    columns.append(
      ("note", draws { "pays \(["late", "on time", "never"][number(3, &$0)]), \(word(6, &$0))" }))
    columns.append(
      ("fee", draws { "$" + ["", "1,", "2,"][number(3, &$0)] + "\(100 + number(899, &$0)).50" }))
    columns.append(
      ("age", draws { $0.unit() < 0.03 ? "unknown" : "\(18 + number(60, &$0))" }))
    columns.append(
      (
        "due",
        draws {
          $0.unit() < 0.03 ? "open" : "\(10 + number(18, &$0)).\(two(1 + number(12, &$0))).2021"
        }
      ))

    columns.append(
      (
        "title",
        draws {
          "\(["Blue", "Green", "Old"][number(3, &$0)]) \(["Room", "Loft", "House"][number(3, &$0)]) "
            + "\(["in the Harbour", "on the Hill"][number(2, &$0)]), "
            + "\(["quiet", "top", "no"][number(3, &$0)]) \(number(90, &$0))"
        }
      ))

    columns.append(
      (
        "ticket",
        (0..<rows).map { row in
          if row % 5 == 0 { return "standard1\(row / 5 % 3)" }
          // Three or four rows have the same code.
          var code = SplitMix64(seed: seed &+ UInt64(row / 4))
          return word(7, &code) + two(number(99, &code))
        }
      ))

    // Four rows are one fewer than the least that is publishable.
    func plant(_ secret: String, _ column: String, rows count: Int = 1) {
      let index = columns.firstIndex { $0.name == column }!
      for _ in 0..<count {
        var row = number(rows, &random)
        let planted = Set(PlantedTable.secrets.map(\.text))
        while planted.contains(where: columns[index].fields[row].contains) {
          row = number(rows, &random)
        }
        columns[index].fields[row] = secret
      }
    }
    for secret in PlantedTable.secrets {
      switch secret.text {
      case "Vierlingshausen": plant(secret.text, secret.column, rows: 4)
      case "vqwxzkj88": plant(secret.text, secret.column, rows: 4)
      case "918273645": plant(secret.text, secret.column, rows: 4)
      case "Nachtigallengrund": plant("Old House in Nachtigallengrund, top 7", secret.column)
      case "Green Room on the Hill: quiet": plant(secret.text, secret.column, rows: 4)
      case "geheim": plant("grete.geheim@schattenreich.example", secret.column)
      case "Quendelbichler": plant("Xaverl Quendelbichler", secret.column)
      case "Sonnenblumenkern": plant("pays late, Sonnenblumenkern", secret.column)
      case "7,654,321.09": plant("($7,654,321.09)", secret.column)
      case "Gnadenhalber", "Methusalem", "Nimmermehr": plant(secret.text, secret.column, rows: 4)
      case "(", "schattenreich", "69.648713", "18.956324": break
      default: plant(secret.text, secret.column)
      }
    }
    // One place.
    let place = number(rows, &random)
    columns[7].fields[place] = "69.648713"
    columns[8].fields[place] = "18.956324"
    table = try Table(columns: columns.map { Column($0.name, $0.fields) })
  }
}

/// Looks for secrets in what training leaves behind.
struct Attack {
  let generator: Generator
  let modelFile: Data
  let checkpoint: Data

  init(on table: some RowSource, options: TrainingOptions) async throws {
    let folder = TemporaryFolder()
    var options = options
    // One after each epoch: the last is what is left.
    options.checkpoint = Checkpointing(path: folder.file("checkpoint"), intervalSeconds: .infinity)
    generator = try await Generator.train(on: table, options: options)
    modelFile = try generator.fileBytes()
    checkpoint = try Data(contentsOf: URL(fileURLWithPath: folder.file("checkpoint")))
  }

  /// The secrets' texts that drawn rows have in their columns.
  func found(_ secrets: [Secret], inRows rows: Int, seed: UInt64) throws -> [String] {
    let folder = TemporaryFolder()
    try generator.drawFile(0..<rows, to: folder.file("rows.csv"), seed: seed, threadCount: 1)
    let drawn = try CSVFiles(paths: [folder.file("rows.csv")])
    let columns = try fields(of: drawn)
    return secrets.filter { secret in
      let column = drawn.columnNames.firstIndex(of: secret.column)!
      return columns[column].contains { $0.contains(secret.text) }
    }.map(\.text)
  }

  /// Whether a text stands in a file, or a number in its header, and there not as a part of a longer one: bytes of weights can
  /// be those of a short number by chance.
  private static func holds(_ file: Data, _ text: String) -> Bool {
    let isNumber = text.allSatisfy { $0.isNumber || $0 == "." }
    let file = isNumber ? header(of: file) : file
    func isDigit(at index: Int) -> Bool {
      file.indices.contains(index) && (0x30...0x39).contains(file[index])
    }
    var start = file.startIndex
    while let found = file.range(of: Data(text.utf8), in: start..<file.endIndex) {
      let isPart =
        isDigit(at: found.lowerBound - 1) || isDigit(at: found.upperBound)
        || file[file.startIndex..<found.lowerBound].last == UInt8(ascii: ".")
      if !isNumber || !isPart { return true }
      start = found.upperBound
    }
    return false
  }

  /// What a file says as JSON.
  private static func header(of file: Data) -> Data {
    file.dropFirst(8).prefix(file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) })
  }

  /// The traces of secrets that the bytes of model and checkpoint have, as text or as a number's bits.
  func found(_ secrets: [Secret]) -> [String] {
    secrets.flatMap { secret -> [String] in
      let traces = secret.traces.filter { trace in
        [modelFile, checkpoint].contains { Attack.holds($0, trace) }
      }
      let isNumberThere = Double(secret.text).map { number in
        let patterns = [
          withUnsafeBytes(of: number) { Data($0) },
          withUnsafeBytes(of: number.bitPattern.byteSwapped) { Data($0) },
          withUnsafeBytes(of: Int(exactly: number) ?? .max) { Data($0) },
        ]
        return patterns.contains { pattern in
          [modelFile, checkpoint].contains { $0.range(of: pattern) != nil }
        }
      }
      return traces + (isNumberThere == true ? ["the bits of \(secret.text)"] : [])
    }
  }
}
