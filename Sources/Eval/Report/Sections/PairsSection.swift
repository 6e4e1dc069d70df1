/// The accuracy of pairs of columns as a heat map; a click shows the joint distribution.
struct PairsSection: ReportSection {
  static let id = "pairs"
  static let title = "Pairs"
  let subject: Subject

  var body: Markup {
    let shown = subject.selection.matrix
    guard shown.count > 1 else {
      return absence("The table has one column, so there are no pairs.")
    }
    let omission = subject.selection.omission(shown, of: "pairs").map { " \($0)" } ?? ""
    return """
      <p>The \(term(.bivariate, "accuracy of each pair")) of columns; the stronger the shade, the worse. On the diagonal \
      is the accuracy of the column alone. <span class="script">Choose a cell to see the two columns \
      together.</span>\(omission)</p>\
      <div class="pairs" data-table="\(subject.index)"><div class="matrix">\(map)\
      <div><h4>Least accurate pairs</h4>\(worst)</div></div>\
      <div class="script">\(chooser)<p class="chosen" aria-live="polite"></p><div class="joint"></div></div></div>
      """
  }

  private var map: Markup {
    let shown = subject.selection.matrix
    let accuracies = self.accuracies
    let names = shown.map(subject.name)
    let lowest = accuracies.flatMap { $0 }.compactMap { $0?.value }.min() ?? 1
    // A table whose pairs are all accurate keeps light shades.
    let full = min(lowest, 0.9)
    let (chart, width) = HeatMap(
      title: "Accuracy of pairs of columns",
      description:
        "A matrix of columns by columns. The tables beside and below show the same as numbers.",
      labels: names, values: accuracies.map { $0.map { $0?.value } },
      shades: .sequential(none: 1, full: full), cellSize: shown.count > 20 ? 16 : 22,
      isInteractive: true
    ) { row, column, value in
      let holdout = accuracies[row][column]?.holdout.map { ", holdout \(NumberText.percent($0))" }
      let columns =
        row == column
        ? shortened(names[row], to: 40)
        : "\(shortened(names[row], to: 40)) and \(shortened(names[column], to: 40))"
      return "\(columns): \(NumberText.percent(value))\(holdout ?? "")"
    }.element()
    return """
      <div class="map"><div class="scroll" tabindex="0" role="region" aria-label="Accuracy of pairs">\
      <div style="width:\(width)px">\(chart)</div></div>\
      \(ShadeKey(from: "100 %", to: NumberText.percent(full, digits: 0)).markup)</div>
      """
  }

  /// One matrix of the columns that are shown.
  private var accuracies: [[Measured?]] {
    let shown = subject.selection.matrix
    let place = place
    var matrix = [[Measured?]](
      repeating: Array(repeating: nil, count: shown.count), count: shown.count)
    for pair in subject.figures.accuracy.pairs {
      guard let first = place[pair.first], let second = place[pair.second] else { continue }
      matrix[first][second] = pair.accuracy
      matrix[second][first] = pair.accuracy
    }
    for (index, column) in shown.enumerated() {
      matrix[index][index] = subject.figures.accuracy.columns[column].univariate
    }
    return matrix
  }

  /// Two lists to choose columns from, for readers who cannot point at a cell.
  private var chooser: Markup {
    let choices = subject.selection.matrix.enumerated().map { index, column -> Markup in
      "<option value=\"\(index)\">\(shortened(subject.name(column), to: 40))</option>"
    }
    return """
      <p class="chooser"><select aria-label="First column">\(choices)</select> × \
      <select aria-label="Second column">\(choices)</select></p>
      """
  }

  /// The names as a button, where the script has the pair.
  private func chooses(_ first: Int?, _ second: Int?, _ names: Markup) -> Markup {
    guard let first, let second else { return names }
    return """
      <button type="button" class="pick" data-r="\(first)" data-c="\(second)">\(names)</button>
      """
  }

  /// The index of a column in the matrix.
  private var place: [String: Int] {
    Dictionary(
      uniqueKeysWithValues: subject.selection.matrix.enumerated().map {
        (subject.name($0.element), $0.offset)
      })
  }

  private var worst: Markup {
    let place = place
    let pairs = subject.figures.accuracy.pairs
    let order = pairs.indices.sorted {
      (pairs[$0].accuracy.value, $0) < (pairs[$1].accuracy.value, $1)
    }
    let rows = order.prefix(10).map { index -> [FigureTable.Cell] in
      let pair = pairs[index]
      let names: Markup = "\(nameTag(pair.first)) × \(nameTag(pair.second))"
      return [
        .init(chooses(place[pair.first], place[pair.second], names)),
        .init("\(NumberText.percent(pair.accuracy.value))"),
        .init("<span class=\"quiet\">\(NumberText.percent(pair.accuracy.holdout))</span>"),
      ]
    }
    return FigureTable(
      "Least accurate pairs",
      columns: [
        .init("columns", isNumeric: false), .init("accuracy"),
        .init("holdout", isShown: subject.hasHoldout),
      ],
      rows: Array(rows)
    ).markup
  }
}
