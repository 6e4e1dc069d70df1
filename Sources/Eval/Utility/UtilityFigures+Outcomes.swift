extension UtilityFigures {
  /// A model trained on synthetic rows beside the one that was trained on training rows.
  package init(
    of target: Target, synthetic: UtilityTest.Outcome, real: UtilityTest.Outcome
  ) {
    self.target = target.column
    task = real.task
    self.synthetic = synthetic.score
    self.real = real.score
    importance = zip(synthetic.shares, real.shares)
      .map { FeatureImportance(column: $0.column, synthetic: $0.share, real: $1.share) }
      .sorted { $0.real > $1.real }
  }
}
