/// The name of a column or table, cut where it is very long; a right-to-left name does not reverse its surroundings.
package func nameTag(_ name: String, width: Int = 32) -> Markup {
  if name.isEmpty { return "<i>(no name)</i>" }
  let shown = shortened(name, to: width)
  return shown == name
    ? "<bdi>\(name)</bdi>"
    : "<bdi title=\"\(shortened(name, to: 300))\">\(shown)</bdi>"
}

/// The name of a table without the folders of its path; these are shown when it is pointed at.
package func tableTag(_ name: String, width: Int = 32) -> Markup {
  let file = name.split(separator: "/").last.map(String.init) ?? name
  if file == name { return nameTag(name, width: width) }
  return "<bdi title=\"\(shortened(name, to: 300))\">\(shortened(file, to: width))</bdi>"
}

/// A value of a table.
package func valueTag(_ value: String?, width: Int = 28) -> Markup {
  guard let value else { return "<i class=\"quiet\">missing</i>" }
  return value.isEmpty ? "<i class=\"quiet\">(empty)</i>" : nameTag(value, width: width)
}

/// A verdict: a sign and words, in its colour.
func verdictTag(_ verdict: Verdict) -> Markup {
  """
  <p class="verdict \(verdict.level.word)"><span class="sign" aria-hidden="true">\(verdict.level.sign)</span>\
  <span class="hidden">\(verdict.level.word): </span>\(verdict.words).</p>
  """
}

/// A chart with a heading in a frame.
package func figureTag(_ heading: Markup, _ chart: Markup, note: Markup = .empty) -> Markup {
  let note: Markup = note.isEmpty ? .empty : "<p class=\"note\">\(note)</p>"
  return "<figure><figcaption>\(heading)</figcaption>\(chart)\(note)</figure>"
}

/// Words with a link to their definition at the end of the page.
package func term(_ definition: Definition, _ words: String? = nil) -> Markup {
  "<a class=\"term\" href=\"#\(definition.anchor)\">\(words ?? definition.name)</a>"
}

/// Why something is not there.
package func absence(_ reason: String) -> Markup { "<p class=\"absent\">\(reason)</p>" }

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
