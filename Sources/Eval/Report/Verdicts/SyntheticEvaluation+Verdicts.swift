extension SyntheticEvaluation {
  /// What the figures mean, topic by topic, of those that there are.
  func verdicts(holdoutCount: Int?) -> [(topic: String, verdict: Verdict)] {
    let verdicts: [(topic: String, verdict: Verdict?)] = [
      ("Accuracy", .accuracy(accuracy.overall)),
      ("Similarity", similarity.map { .discriminator($0.discriminator.auc) }),
      ("Utility", utility.map { .utility($0) }),
      (
        "Privacy",
        privacy.map {
          .privacy($0, rowCount: table.rowCount, holdoutCount: holdoutCount)
        }
      ),
      ("Rules", rules.isEmpty ? nil : .rules(rules)),
      ("Statistics", statistics.isEmpty ? nil : .statistics(statistics)),
    ]
    return verdicts.compactMap { topic, verdict in verdict.map { (topic, $0) } }
  }
}
