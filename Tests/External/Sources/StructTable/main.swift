import Synth
import Tables

struct Visit: Sendable {
  var town: String?
  var nights: Int?
  var price: Double?
}

/// Visits as a table that a model can be trained on.
struct VisitSource: RowSource {
  let visits: [Visit]
  let name = "The visits"
  let columnNames = ["town", "nights", "price"]

  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    for first in stride(from: 0, to: visits.count, by: 1_000) {
      let batch = visits[first..<min(first + 1_000, visits.count)]
      try body(
        ColumnBatch(
          firstRow: first,
          columns: [
            Column("town", batch.map(\.town)), Column("nights", batch.map(\.nights)),
            Column("price", batch.map(\.price)),
          ]))
    }
  }
}

/// Collects drawn visits.
struct VisitSink: RowSink {
  var visits: [Visit] = []

  mutating func write(_ batch: ColumnBatch) throws {
    visits += (0..<batch.rowCount).map { row in
      Visit(
        town: batch.text(row, 0), nights: batch.number(row, 1).map { Int($0) },
        price: batch.number(row, 2))
    }
  }

  mutating func finish() throws {}
}

let visits = (0..<2_000).map { row in
  Visit(
    town: row % 10 == 0 ? nil : ["Ulm", "Bonn", "Halle"][row % 3], nights: 1 + row % 7,
    price: Double(50 + row * 7 % 100) + 0.5)
}
let options = TrainingOptions(epochs: 2)
let generator = try await Generator.train(on: VisitSource(visits: visits), options: options)
let drawn = try await generator.generate(rows: 0..<500, into: VisitSink()).visits
precondition(drawn.count == 500, "\(drawn.count) rows were drawn")
precondition(Set(drawn.map(\.town)) == ["Ulm", "Bonn", "Halle", nil], "other towns were drawn")
precondition(drawn.allSatisfy { (1...7).contains($0.nights ?? 0) }, "other nights were drawn")
precondition(
  drawn.allSatisfy {
    (50...150).contains($0.price ?? 0) && $0.price! * 2 == ($0.price! * 2).rounded()
  },
  "other prices were drawn")
print("500 visits")
