/// How strongly columns are associated in the training and in the synthetic rows.
struct AssociationsSection: ReportSection {
  static let id = "associations"
  static let title = "Associations"
  let subject: Subject

  var body: Markup {
    guard let associations = subject.figures.similarity?.associations else {
      return absence("Similarity was not asked for.")
    }
    let shown = subject.selection.matrix
    let omission = subject.selection.omission(shown, of: "associations").map { " \($0)" } ?? ""
    let training = matrix(associations.training, of: shown)
    let synthetic = matrix(associations.synthetic, of: shown)
    let difference = zip(training, synthetic).map { training, synthetic in
      zip(training, synthetic).map { pair -> Double? in
        guard let training = pair.0, let synthetic = pair.1 else { return nil }
        return synthetic - training
      }
    }
    let largest = difference.flatMap { $0 }.compactMap { $0.map(abs) }.max() ?? 0
    let full = max(0.2, largest)
    let maps = [
      map("Training", training, full: 1), map("Synthetic", synthetic, full: 1),
      map("Synthetic − training", difference, full: full),
    ]
    // As narrow as the labels can still be read.
    let least = 0.9 * chart("", training, full: 1).width + 26
    return """
      <p>How strongly two columns are associated (\(term(.association))).\(omission)</p>\
      <div class="charts" style="--least:\(least)px">\(maps)</div>
      """
  }

  private func matrix(_ values: [[Double]], of shown: [Int]) -> [[Double?]] {
    shown.map { row in
      shown.map { column in
        guard row != column, row < values.count, column < values[row].count else { return nil }
        return values[row][column]
      }
    }
  }

  private func map(
    _ title: String, _ values: [[Double?]], full: Double
  ) -> Markup {
    let end = NumberText.number(full, significant: 2)
    let (chart, width) = chart(title, values, full: full)
    return figureTag(
      "\(title)",
      """
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)">\
      <div style="min-width:\(width * 0.8)px">\(chart)</div></div>\
      \(ShadeKey(from: "−" + end, to: end, isDiverging: true).markup)
      """)
  }

  private func chart(
    _ title: String, _ values: [[Double?]], full: Double
  ) -> (markup: Markup, width: Double) {
    let names = subject.selection.matrix.map { shortened(subject.name($0), to: 40) }
    return HeatMap(
      title: title, description: "A matrix of columns by columns.", labels: names, values: values,
      shades: .diverging(full: full), cellSize: max(10, min(22, 230 / Double(names.count)))
    ) { row, column, value in
      "\(names[row]) and \(names[column]): \(NumberText.fixed(value, digits: 2))"
    }.element()
  }
}
