/// What the tables look like in the charts.
struct TableKey {
  let subject: Subject

  init(_ subject: Subject) { self.subject = subject }

  var markup: Markup {
    let holdout: Markup =
      subject.hasHoldout
      ? "<li><i class=\"key holdout\"></i>holdout</li>" : .empty
    return """
      <ul class="keys"><li><i class="key training"></i>training</li>\(holdout)\
      <li><i class="key synthetic"></i>synthetic</li></ul>
      """
  }
}
