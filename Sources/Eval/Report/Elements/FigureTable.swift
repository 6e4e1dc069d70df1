/// A table of an HTML page; a script sorts it when a heading is clicked.
package struct FigureTable {
  package struct Column {
    package var title: Markup
    package var isNumeric: Bool
    /// Whether it is shown: the holdout's column is not if there is no holdout.
    package var isShown: Bool

    package init(_ title: Markup, isNumeric: Bool = true, isShown: Bool = true) {
      self.title = title
      self.isNumeric = isNumeric
      self.isShown = isShown
    }
  }

  package struct Cell {
    package var content: Markup
    /// What the script sorts by; the text when nil.
    package var order: Double?

    package init(_ content: Markup, order: Double? = nil) {
      self.content = content
      self.order = order.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  package var caption: String
  package var columns: [Column]
  package var rows: [[Cell]]
  package var isSortable: Bool

  package init(_ caption: String, columns: [Column], rows: [[Cell]], isSortable: Bool = false) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.isSortable = isSortable
  }

  package var markup: Markup {
    let head = columns.filter(\.isShown).map { column -> Markup in
      let title: Markup =
        isSortable ? "<button type=\"button\">\(column.title)</button>" : column.title
      if column.title.isEmpty { return "<td></td>" }
      return "<th scope=\"col\"\(alignment(column))>\(title)</th>"
    }
    let body = rows.map { row -> Markup in
      let cells = zip(row, columns).filter(\.1.isShown).enumerated().map { index, pair -> Markup in
        let (cell, column) = pair
        let order: Markup =
          isSortable && cell.order != nil
          ? " data-v=\"\(sortable(cell.order!))\"" : .empty
        // The first cell names the row.
        return index == 0
          ? "<th scope=\"row\"\(order)>\(cell.content)</th>"
          : "<td\(alignment(column))\(order)>\(cell.content)</td>"
      }
      return "<tr>\(cells)</tr>"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table\
      \(isSortable ? " class=\"sortable\"" as Markup : .empty)><caption class="hidden">\(caption)</caption>\
      <thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>
      """
  }

  private func alignment(_ column: Column) -> Markup {
    column.isNumeric ? " class=\"n\"" : .empty
  }

  private func sortable(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(Float(value))"
  }
}

/// What shades of a heat map mean.
struct ShadeKey {
  private let from: String
  private let to: String
  private let kind: Markup

  init(from: String, to: String, isDiverging: Bool = false) {
    self.from = from
    self.to = to
    kind = isDiverging ? "diverging" : "sequential"
  }

  var markup: Markup {
    "<p class=\"shades\"><span>\(from)</span><i class=\"\(kind)\"></i><span>\(to)</span></p>"
  }
}
