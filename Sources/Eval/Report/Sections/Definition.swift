/// What a figure of the report means, how it is computed and where it comes from.
package enum Definition: String, CaseIterable, Sendable {
  case accuracy, expected, holdout, univariate, bivariate, trivariate
  case shape, trend, association
  case discriminator, centroidCosine
  case utility, importance
  case distance, closerToTraining, neighbourRatio, identicalShare
  case alphaPrecision, betaRecall, authenticity
  case statistic, rule, relation

  package var anchor: String { "def-\(rawValue)" }

  /// What figures mean, as a part of a page.
  package static func list(_ definitions: [Definition]) -> Markup {
    let items = definitions.map { definition -> Markup in
      "<dt id=\"\(definition.anchor)\">\(definition.name)</dt><dd>\(definition.text)</dd>"
    }
    return "<dl class=\"definitions\">\(items)</dl>"
  }

  package var name: String {
    switch self {
    case .accuracy: "Accuracy"
    case .expected: "Expected"
    case .holdout: "Holdout"
    case .univariate: "Univariate accuracy"
    case .bivariate: "Bivariate accuracy"
    case .trivariate: "Trivariate accuracy"
    case .shape: "Shape"
    case .trend: "Trend"
    case .association: "Association"
    case .discriminator: "Discriminator AUC"
    case .centroidCosine: "Cosine of centres"
    case .utility: "Utility"
    case .importance: "Importance"
    case .distance: "Distance to closest record"
    case .closerToTraining: "Closer to training"
    case .neighbourRatio: "Nearest-neighbour distance ratio"
    case .identicalShare: "Identical rows"
    case .alphaPrecision: "α-precision"
    case .betaRecall: "β-recall"
    case .authenticity: "Authenticity"
    case .statistic: "Statistic"
    case .rule: "Rule"
    case .relation: "Relation"
    }
  }

  package var text: String {
    switch self {
    case .accuracy:
      """
      The mean of univariate, bivariate and trivariate accuracy, from 0 to 100 %. Overall it says \
      how closely the distributions of one, two and three columns agree with those of the real \
      rows. As mostlyai-qa defines it (Platzer and Reutterer, “Holdout-based empirical assessment \
      of mixed-type synthetic data”, 2021).
      """
    case .expected:
      """
      The average accuracy of an independent sample of as many real rows as there are synthetic \
      ones. Chance keeps it below 100 %; a higher value is not better.
      """
    case .holdout:
      """
      The same figure computed with the holdout in place of the synthetic rows: what real rows get \
      that were not trained on. Compare every figure with it.
      """
    case .univariate:
      """
      Numbers are cut into bins at the deciles of the real rows. The ten most frequent categories are \
      kept and the others counted together. Missing values have their own bin. The accuracy is 1 \
      minus half the sum of the absolute differences between the shares of real and synthetic \
      rows; the mean over the columns.
      """
    case .bivariate:
      """
      The same for two columns together, each cut as above: the mean over all pairs. The value of one \
      column is the mean over its pairs.
      """
    case .trivariate:
      """
      The same for three columns together: the mean over all triples, or over a sample of \
      10,000 of them.
      """
    case .shape:
      """
      For a number 1 minus the Kolmogorov–Smirnov distance, the largest difference between the two \
      distribution functions; for a category 1 minus the total variation distance, half the sum of \
      the differences of the shares. As SDMetrics defines KSComplement and TVComplement.
      """
    case .trend:
      """
      For two numbers 1 minus half the difference between the two Pearson correlations; otherwise \
      1 minus the total variation distance of the two contingency tables. As SDMetrics defines \
      CorrelationSimilarity and ContingencySimilarity.
      """
    case .association:
      """
      How strongly two columns are associated: Pearson’s correlation of two numbers, from −1 to 1; \
      Cramér’s V of two categories and the correlation ratio of a number and a category, both \
      corrected for chance, from 0 to 1.
      """
    case .discriminator:
      """
      The area under the ROC curve of gradient boosted trees that try to distinguish synthetic rows from \
      real ones they have not seen (classifier two-sample test, Lopez-Paz and Oquab, 2017): the mean of \
      a cross-validation of five folds, with at most 50,000 rows of each kind. At 0.5 they guess, at 1 they are \
      always right. The holdout’s value is for distinguishing holdout from training rows. The interval is \
      Newcombe’s 95 % score interval of an AUC (2006).
      """
    case .centroidCosine:
      """
      The cosine of the angle between the centres of synthetic and training rows in the space of \
      their features: 1 when they lie in the same direction.
      """
    case .utility:
      """
      Train on synthetic, test on real: gradient boosted trees learn to predict the target from \
      synthetic rows, and once more from real ones; both are judged on real rows that neither has \
      seen. AUC is the area under the ROC curve (for several classes the mean of one against the \
      rest), R² the share of the variance that is explained, RMSE the root of the mean squared \
      error. The interval is that of the difference over the rows that both predict: DeLong’s (1988) \
      for the AUC, with a correction of half a row of the rarest class.
      """
    case .importance:
      """
      The share of a model’s gain (the loss that its splits remove) that comes from splits on a \
      column. Two models that use the same columns have learnt the same relations.
      """
    case .distance:
      """
      How far a row is from the most similar training row (DCR). Numbers are replaced by their rank, \
      so the smallest and the largest are 1 apart; two different categories are 1 apart as well. \
      Distances of synthetic rows should be like those of the holdout; much shorter ones are a \
      sign of copies.
      """
    case .closerToTraining:
      """
      The share of synthetic rows that are closer to a training row than to a holdout row, with \
      equally many of both; a tie counts half. Rows that reveal nothing about single people are \
      equally often closer to either: 50 %. The interval is a 95 % confidence interval; rows that \
      share a closest record count as one in it.
      """
    case .neighbourRatio:
      """
      The distance to the closest training row divided by the distance to the second closest, the \
      mean over rows. A ratio near 0 means that a row belongs to one training row and no other.
      """
    case .identicalShare:
      """
      The share of rows that occur in the training table, identical in every value. In a small table of few \
      columns, rows are often identical by chance: compare the holdout’s share.
      """
    case .alphaPrecision:
      """
      The share of synthetic rows that lie among the typical training rows, over all thresholds of \
      typical: 100 % when as many synthetic as training rows lie within each distance of the \
      centre. As Alaa and others define it (“How faithful is your synthetic data?”, 2022).
      """
    case .betaRecall:
      """
      The share of training rows that have a synthetic row as close as their own neighbours: how \
      much of the real variety is covered. Source as for α-precision.
      """
    case .authenticity:
      """
      The share of synthetic rows that are farther from their closest training row than that is \
      from its own neighbour: rows that are not copies with noise. Source as for α-precision.
      """
    case .statistic:
      """
      A figure by groups, chosen by the user. The deviation is the mean \
      absolute difference from the training rows’ figure, weighted by the groups’ training rows \
      and in the unit of the figure.
      """
    case .rule:
      """
      Columns that occur only in some combinations. A row keeps the rule if its combination \
      occurs in the real rows.
      """
    case .relation:
      """
      A sum, product, equality or order of two or three columns of numbers, dates or times, or a column that determines \
      another, that at least 95 % of the training rows keep and that shuffling a column breaks at least four times as often. \
      Sums are differences of the other two columns, too. Candidates are found in at most 2,000 training rows. The tolerance, \
      where there is one, is the smallest round number that is enough: minutes for times, days for dates. Times are counted \
      modulo a day. The interval is Newcombe’s for the difference of two shares (1998).
      """
    }
  }
}
