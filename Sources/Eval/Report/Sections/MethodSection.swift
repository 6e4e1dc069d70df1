/// What every figure means.
struct MethodSection {
  let evaluation: Evaluation

  var markup: Markup {
    """
    <section id="method"><h2>Method</h2><p>All samples were drawn with the seed \(String(evaluation.seed)); the same \
    tables and the same seed give the same figures.</p>\
    <p>Verdicts compare with the holdout where there is one: “as close” is within half a percentage point of its \
    accuracy, “nearly” within two, “less” within five; copies are to be looked for past half of the way from the expected \
    accuracy to 100 %. The discriminator’s words change at an AUC of 0.02, 0.08 and \
    0.2 above the holdout’s; those of utility at 2, 8 and 20 % of what the model of the real rows has learnt.</p>\
    \(Definition.list(Definition.allCases))</section>
    """
  }
}
