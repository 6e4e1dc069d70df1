import NN
import Tables

/// A trained model of a table: draws new rows that have the table's statistics and none of its records.
///
/// Train one with ``train(on:options:resuming:progress:activity:)``, keep it with ``write(to:)`` and ``init(contentsOf:)``,
/// draw rows with ``generate(rows:seed:threadCount:)-(Int,_,_)``.
public struct Generator: Sendable {
  /// Rows of the training data.
  public let rowCount: Int
  /// What happened in training.
  public var report: TrainingReport
  /// How the matrix products of drawing are computed; at first as in training.
  public var precision: Precision

  /// The columns of the table.
  package let fields: [Field]
  /// What the model learns: the fields' parts.
  package let columns: [ColumnEncoder]
  package let plan: TrainingPlan
  package let network: Network
  /// The trained weights that draw whole rows.
  package let values: ParameterArena
  /// The trained weights that answer conditionals in any order; nil where ``values`` do.
  package let conditionalValues: ParameterArena?
  /// The head biases that whole rows are drawn with in place of those of ``values``; nil before
  /// ``calibrated(on:pool:while:)``.
  package internal(set) var calibration: CodeValues?
  package let prior: PairPrior
  /// Which codes columns have together in every row that is drawn; no two of them share a column.
  package let rules: [DecisionDiagram]

  /// The columns' names, in the order of the training data.
  public var columnNames: [String] { fields.map(\.name) }
  /// The rules that every drawn row obeys: those that were given, and those that were found in the training data.
  public var constraints: [Constraint] { (plan.constraints ?? []) + foundRules.constraints }
  /// The columns that are computed from others, by given formulas and found ones.
  public var derivations: [Derivation] { (plan.derivations ?? []) + foundRules.derivations }
  /// Those of ``constraints`` and ``derivations`` that were not given but found in the training data.
  public var foundRules: FoundRules { plan.foundRules ?? FoundRules() }
  /// Number of trained numbers.
  public var parameterCount: Int {
    network.layout.parameterCount * (conditionalValues == nil ? 1 : 2)
  }
}

extension Network {
  /// The network of a plan for columns with these codes.
  package init(_ plan: TrainingPlan, columns: [ColumnEncoder]) {
    self.init(
      vocabularySizes: columns.map(\.vocabularySize), hiddenSize: plan.modelSize.hiddenSize,
      residualSize: plan.modelSize.residualSize, dropout: plan.dropout)
  }
}
