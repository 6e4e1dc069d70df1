import Foundation

/// The numbers of `closed_form` in Tools/reference/trajectory.py.
func closedForm(
  _ phase: Double, _ count: Int, scale: Double = 0.1, offset: Double = 0
) -> [Float] {
  (0..<count).map { index in
    let i = Double(index)
    return Float(offset + scale * sin(phase + 0.7 * i + 0.013 * i * i))
  }
}
