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
