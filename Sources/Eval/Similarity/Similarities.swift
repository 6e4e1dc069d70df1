import NN

/// What shapes, trends and associations of all synthetic tables are.
package struct Similarities: Sendable {
  /// By synthetic table and column.
  package let shapes: [[ColumnShape]]
  /// By synthetic table and pair.
  package let trends: [[PairTrend]]
  /// By synthetic table.
  package let associations: [Associations]

  /// - Parameters:
  ///   - seed: Chooses columns where there are too many for all pairs.
  ///   - pool: The result does not depend on its threads.
  package init(_ tables: ComparedTables, seed: UInt64, pool: WorkerPool) {
    let pairs = ColumnSets(columnCount: tables.columns.count, seed: seed).pairs
    shapes = ColumnShape.shapes(of: tables, pool: pool)
    trends = PairTrends(tables, pool: pool).trends(of: pairs, pool: pool)
    let matrices = AssociationMatrices(tables, pairs: pairs, pool: pool).tables
    associations = matrices.dropFirst().map {
      Associations(training: matrices[0], synthetic: $0)
    }
  }
}
