import Foundation

/// The numbers of `closed_form` in Tools/reference/golden.py.
func closedForm(_ phase: Double, _ count: Int, scale: Double = 1) -> [Float] {
  (0..<count).map { index in
    let i = Double(index)
    return Float(scale * sin(phase + 0.7 * i + 0.013 * i * i))
  }
}
