import Eval
import NN
import Tables
import TestSupport
import Testing

@Suite struct SimilaritiesTests {
  private let tables: ComparedTables
  private let similarities: Similarities

  init() throws {
    tables = try SmallTables.compared()
    similarities = Similarities(tables, seed: 1, pool: WorkerPool(threadCount: 2))
  }

  @Test func shapesAreThoseOfSDMetrics() {
    let shapes = similarities.shapes[0]
    #expect(shapes.map(\.metric) == [.ks, .ks, .ks, .tv, .tv, .tv])
    for shape in shapes { expectGolden(shape.similarity, shape.column) }
  }

  @Test func trendsAreThoseOfSDMetrics() {
    let trends = similarities.trends[0]
    #expect(trends.count == 15)
    #expect(trends.count { $0.metric == .correlation } == 3)
    for trend in trends { expectGolden(trend.similarity, "\(trend.first), \(trend.second)") }
  }

  /// SDMetrics adds a millionth to the counts of levels that training rows lack.
  private func expectGolden(_ similarity: Measured, _ name: String) {
    let value = EvaluationGolden.similarity[name]![0]
    let holdout = EvaluationGolden.holdoutSimilarity[name]![0]
    expectClose([similarity.value, similarity.holdout!], [value, holdout], absolute: 1e-8, name)
  }

  @Test func associationsAreThoseOfOtherPrograms() {
    let names = tables.columns.map(\.name)
    let matrices = similarities.associations[0]
    for (first, row) in matrices.training.enumerated() {
      #expect(row[first] == 1)
      for second in row.indices where second > first {
        let name = "\(names[first]), \(names[second])"
        expectClose(
          [row[second], matrices.synthetic[first][second]],
          [
            EvaluationGolden.associations[name]![0],
            EvaluationGolden.syntheticAssociations[name]![0],
          ], absolute: 1e-9, name)
        #expect(row[second] == matrices.training[second][first])
      }
    }
  }

  /// 700 × 700 levels are counted as the pairs that occur.
  @Test func categoriesOfManyLevelsAreCompared() throws {
    var random = SplitMix64(seed: 1)
    let codes = (0..<2_000).map { _ in Int.random(in: 0..<700, using: &random) }
    let other = (0..<2_000).map { _ in Int.random(in: 0..<700, using: &random) }
    let table = try Table(columns: [
      Column("a", codes.map { "a\($0)" }), Column("same", codes.map { "b\($0)" }),
      Column("other", other.map { "c\($0)" }),
    ])
    let tables = try ComparedTables(training: table, synthetic: [table])
    let found = Similarities(tables, seed: 1, pool: WorkerPool(threadCount: 2))
    #expect(found.trends[0].map(\.similarity.value) == [1, 1, 1])
    let matrix = found.associations[0].training
    #expect(abs(matrix[0][1] - 1) < 1e-9)
    #expect(matrix[0][2] < 0.1)
  }

  @Test func whatIsNotDefinedIsLeftOut() throws {
    let training = try Table(columns: [
      Column("constant", [0.1, 0.1, 0.1]), Column("number", [1, 2, 4]),
      Column("empty", [String?](repeating: nil, count: 3)), Column("level", ["x", "x", "x"]),
    ])
    let tables = try ComparedTables(training: training, synthetic: [training])
    let found = Similarities(tables, seed: 1, pool: WorkerPool(threadCount: 1))
    #expect(found.shapes[0].map(\.column) == ["constant", "number", "level"])
    #expect(found.trends[0].count == 5)
    #expect(found.trends[0].allSatisfy { $0.similarity.value == 1 })
    let identity = (0..<4).map { row in (0..<4).map { $0 == row ? 1.0 : 0 } }
    #expect(found.associations[0].training == identity)
  }
}
